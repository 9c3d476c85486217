"""What a redraft gained and lost, as JSON: a contract, versioned, with its JSON Schema (`diff.schema.json`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenderkit.redraft import Move
from tenderkit.reports.json import (
    evidence_value,
    head,
    hidden_value,
    integrity_value,
    passage_value,
    read_schema,
    unread_values,
    written,
)
from tenderkit.reports.wording import best, level_name
from tenderkit.scoring import Status

if TYPE_CHECKING:
    from tenderkit.assess import DocumentReport
    from tenderkit.redraft import Redraft, ThemeChange
    from tenderkit.scoring import OutcomeScore, ThemeScore

SCHEMA = "tenderkit/diff/1"


def render(redraft: Redraft) -> str:
    """Return what changed as JSON, with a line break at its end."""
    value = {
        "schema": SCHEMA,
        **head(redraft.scheme),
        "old": _version(redraft.before),
        "new": _version(redraft.after),
        "changed": redraft.changed,
        "lost": redraft.lost,
        "gained": len(redraft.moved(Move.GAINED)),
        "fallen": len(redraft.moved(Move.LOST)),
        "closed": [_question(change) for change in redraft.themes if change.closed],
        "opened": [_question(change) for change in redraft.themes if change.opened],
        "outcomes": [
            {"id": before.id, "label": before.label, "old": _outcome(before), "new": _outcome(after)}
            for before, after in redraft.outcomes
        ],
        "themes": [_theme(change) for change in redraft.themes],
        "hidden": {
            "came": [hidden_value(hidden) for hidden in redraft.hidden.came],
            "gone": [hidden_value(hidden) for hidden in redraft.hidden.gone],
        },
        "integrity": {
            "came": [integrity_value(note) for note in redraft.integrity.came],
            "gone": [integrity_value(note) for note in redraft.integrity.gone],
        },
        "warnings": list(redraft.warnings),
    }
    return written(value)


def schema() -> dict[str, Any]:
    """
    Return the JSON Schema.

    >>> schema()["properties"]["schema"]
    {'const': 'tenderkit/diff/1'}
    """
    return read_schema("tenderkit.reports.redraft", "diff.schema.json")


def _version(report: DocumentReport) -> dict[str, Any]:
    document, card = report.document, report.scorecard
    return {
        "path": document.path,
        "sha256": document.sha256 or None,
        "role": str(report.role) or None,
        "pages": document.pages,
        "words": document.words,
        "score": round(card.score, 1) if card else None,
        "depth": round(card.depth, 1) if card else None,
        "status": {status.value: card.count(status) for status in Status} if card else None,
        "open": len(card.gaps) if card else None,
        "declined": len(card.declined) if card else None,
        "unread": unread_values(document),
    }


def _question(change: ThemeChange) -> dict[str, Any]:
    return {"outcome": change.outcome_id, "theme": change.before.id, "asks": change.before.asks}


def _outcome(outcome: OutcomeScore) -> dict[str, Any]:
    return {"status": outcome.status.value, "score": round(outcome.score, 1)}


def _theme(change: ThemeChange) -> dict[str, Any]:
    return {
        "outcome": change.outcome_id,
        "theme": change.before.id,
        "label": change.before.label,
        "asks": change.before.asks,
        "move": change.move.value,
        "points": round(change.points, 2),
        "old": _level(change.before),
        "new": _level(change.after),
        "came": [evidence_value(passage) for passage in change.passages.came],
        "gone": [evidence_value(passage) for passage in change.passages.gone],
        "newly_declined": [passage_value(passage) for passage in change.declined.came],
        "no_longer_declined": [passage_value(passage) for passage in change.declined.gone],
    }


def _level(scored: ThemeScore) -> dict[str, Any]:
    evidence = best(scored)
    return {
        "level": int(scored.level),
        "level_name": level_name(scored.level),
        "best": evidence_value(evidence) if evidence else None,
    }
