"""The comparison as JSON: a contract, versioned, with its JSON Schema beside it (`compare.schema.json`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenderkit.evidence import Level
from tenderkit.reports.compare import told
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
    from tenderkit.compare import Bid, ComparedOutcome, ComparedTheme, Comparison, Ranking
    from tenderkit.evidence import Evidence
    from tenderkit.scoring import ThemeScore

SCHEMA = "tenderkit/compare/1"


def render(comparison: Comparison) -> str:
    """Return the comparison as JSON, with a line break at its end."""
    value = {
        "schema": SCHEMA,
        **head(comparison.scheme),
        "bids": [_bid(bid, comparison.ranking) for bid in comparison.bids],
        "pairs": _pairs(comparison.ranking),
        "outcomes": [_outcome(outcome) for outcome in comparison.outcomes],
        "warnings": list(comparison.warnings),
        "method": told.METHOD,
    }
    return written(value)


def schema() -> dict[str, Any]:
    """
    Return the JSON Schema of the comparison.

    >>> schema()["properties"]["schema"]
    {'const': 'tenderkit/compare/1'}
    """
    return read_schema("tenderkit.reports.compare", "compare.schema.json")


def _bid(bid: Bid, ranking: Ranking) -> dict[str, Any]:
    document, card = bid.report.document, bid.report.scorecard
    standing = ranking.standings.get(bid.key)
    levels = bid.levels()
    return {
        "key": bid.key,
        "path": document.path,
        "sha256": document.sha256 or None,
        "role": str(bid.report.role) or None,
        "pages": document.pages,
        "pages_read": document.pages_read,
        "words": document.words,
        "status": {status.value: card.count(status) for status in Status} if card else None,
        "levels": {str(int(level)): levels[level] for level in Level} if card else None,
        "themes": {word.replace(" ", "_"): number for word, number in told.themes(bid).items()} if card else None,
        "score": round(card.score, 1) if card else None,
        "depth": round(card.depth, 1) if card else None,
        "place": standing.place if standing else None,
        "place_shared": standing.shared if standing else None,
        "lowest_place": standing.lowest if standing else None,
        "declined": len(card.declined) if card else None,
        "hidden": [hidden_value(hidden) for hidden in document.hidden],
        "integrity": [integrity_value(note) for note in bid.report.integrity],
        "unread": unread_values(document),
        "notes": list(document.notes),
    }


def _pairs(ranking: Ranking) -> list[dict[str, Any]]:
    return [
        {
            "first": pair.first,
            "second": pair.second,
            "difference": pair.difference,
            "margin": pair.margin,
            "ahead": pair.ahead or None,
        }
        for pair in ranking.pairs
    ]


def _outcome(outcome: ComparedOutcome) -> dict[str, Any]:
    return {
        "id": outcome.id,
        "label": outcome.label,
        "weight": outcome.weight,
        "bids": [
            {
                "key": key,
                "status": scored.status.value,
                "score": round(scored.score, 1),
                "place": outcome.ranking.standings[key].place,
                "place_shared": outcome.ranking.standings[key].shared,
            }
            for key, scored in outcome.bids.items()
        ],
        "pairs": _pairs(outcome.ranking),
        "themes": [_theme(theme) for theme in outcome.themes],
    }


def _theme(theme: ComparedTheme) -> dict[str, Any]:
    unsure = dict(told.to_check(theme))
    return {
        "id": theme.id,
        "label": theme.label,
        "asks": theme.asks,
        "differs": theme.differs,
        "bids": [_answer(key, scored, unsure.get(key)) for key, scored in theme.bids.items()],
    }


def _answer(key: str, scored: ThemeScore, unsure: Evidence | None) -> dict[str, Any]:
    evidence = best(scored)
    return {
        "key": key,
        "level": int(scored.level),
        "level_name": level_name(scored.level),
        "passages": len(scored.evidence),
        "backed": scored.backed,
        "best": evidence_value(evidence) if evidence else None,
        "declined": [passage_value(passage) for passage in scored.evidence if passage.declined],
        "possible": scored.possible,
        "to_check": evidence_value(unsure) if unsure else None,
    }
