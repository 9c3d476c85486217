"""The comparison as CSV: a row for each theme in each bid, for a pivot table; no cell can start a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.reports.compare import told
from tenderkit.reports.csv import quote_cells, table
from tenderkit.reports.wording import level_word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderkit.compare import Bid, ComparedOutcome, Comparison

COLUMNS = (
    "outcome", "outcome_label", "theme", "theme_label", "asks", "differs",
    "bid", "path", "role", "level", "level_word", "stance", "who", "measured", "confidence",
    "page", "page_approximate", "label", "section", "quote", "because", "passages",
    "outcome_status", "outcome_score", "outcome_place", "weight", "score", "place", "note",
    "scored",
)  # fmt: skip


def render(comparison: Comparison) -> str:
    """Return the rows of every theme in every bid; a bid that was not read is one row."""
    return table(COLUMNS, _rows(comparison))


def _rows(comparison: Comparison) -> Iterator[dict[str, object]]:
    for outcome in comparison.outcomes:
        for bid in comparison.read:
            yield from _themes(comparison, outcome, bid)
    for bid in comparison.bids:
        if bid.report.scorecard is None:
            yield {"bid": bid.key, "path": bid.path, "note": "; ".join(told.flags(bid))}


def _themes(comparison: Comparison, outcome: ComparedOutcome, bid: Bid) -> Iterator[dict[str, object]]:
    card = bid.report.scorecard
    for theme in outcome.themes:
        scored, state = theme.bids[bid.key], outcome.bids[bid.key]
        row: dict[str, object] = {
            "outcome": outcome.id,
            "outcome_label": outcome.label,
            "theme": theme.id,
            "theme_label": theme.label,
            "asks": theme.asks,
            "differs": theme.differs,
            "bid": bid.key,
            "path": bid.path,
            "role": bid.report.role,
            "level": int(scored.level),
            "level_word": level_word(scored),
            "passages": len(scored.evidence),
            "outcome_status": state.status.value,
            "outcome_score": round(state.score, 1),
            "outcome_place": outcome.ranking.standings[bid.key],
            "weight": outcome.weight,
            "score": round(card.score, 1) if card else None,
            "place": comparison.ranking.standings[bid.key],
            "note": "; ".join(told.flags(bid)),
        }
        yield row | quote_cells(scored, theme.possible[bid.key])
