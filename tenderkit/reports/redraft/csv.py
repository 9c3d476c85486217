"""What a redraft gained and lost, as CSV: a row a theme; no cell can start a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.reports.csv import table
from tenderkit.reports.wording import best, level_word, where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderkit.redraft import Redraft

COLUMNS = (
    "outcome", "outcome_label", "theme", "theme_label", "asks", "move", "points",
    "old_path", "old_level", "old_level_word", "old_quote", "old_place",
    "new_path", "new_level", "new_level_word", "new_quote", "new_place",
    "came", "gone", "newly_declined", "no_longer_declined",
)  # fmt: skip


def render(redraft: Redraft) -> str:
    """Return a row for every theme in both versions."""
    return table(COLUMNS, _rows(redraft))


def _rows(redraft: Redraft) -> Iterator[dict[str, object]]:
    for change in redraft.themes:
        row: dict[str, object] = {
            "outcome": change.outcome_id,
            "outcome_label": change.outcome,
            "theme": change.before.id,
            "theme_label": change.before.label,
            "asks": change.before.asks,
            "move": change.move.value,
            "points": round(change.points, 2),
            "came": len(change.passages.came),
            "gone": len(change.passages.gone),
            "newly_declined": len(change.declined.came),
            "no_longer_declined": len(change.declined.gone),
        }
        for name, report, scored in (("old", redraft.before, change.before), ("new", redraft.after, change.after)):
            evidence = best(scored)
            row |= {
                f"{name}_path": report.document.path,
                f"{name}_level": int(scored.level),
                f"{name}_level_word": level_word(scored),
                f"{name}_quote": evidence.quote if evidence else None,
                f"{name}_place": where(evidence) if evidence else None,
            }
        yield row
