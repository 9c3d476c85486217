"""What a document leaves open: the questions to show first, and how far it goes with each."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tenderkit.reports import wording

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tenderkit.scoring import OutcomeScore, Scorecard, ThemeScore


def words(themes: Iterable[tuple[OutcomeScore, ThemeScore]]) -> list[str]:
    """Return what the document does with each theme, in words."""
    return [wording.level_word(theme) for _, theme in themes]


def foremost(card: Scorecard, only: str | None = None) -> list[tuple[OutcomeScore, ThemeScore]]:
    """Return for each outcome the open question about which least is said, even perhaps; the lowest score first."""
    by_outcome = groupby(wording.open_themes(card, only), key=lambda pair: pair[0].id)
    least = (
        min(pairs, key=lambda pair: (pair[1].level, wording.level_word(pair[1]) == wording.TO_CHECK))
        for _, pairs in by_outcome
    )
    return sorted(least, key=lambda pair: pair[0].score)
