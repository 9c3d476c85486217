"""Ties as JSON: a contract, versioned, with its JSON Schema beside it (`ties.schema.json`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenderkit.reports.json import TOOL, read_schema, unread_values, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenderkit.ties import Indicator, Money, OutcomeTie, Place, Ties

SCHEMA = "tenderkit/ties/1"


def render(documents: Sequence[Ties]) -> str:
    """Return the ties as JSON, with a line break at its end."""
    value = {
        "schema": SCHEMA,
        "tool": TOOL,
        "documents": [_document(ties) for ties in documents],
    }
    return written(value)


def schema() -> dict[str, Any]:
    """
    Return the JSON Schema of the ties.

    >>> schema()["$id"]
    'tenderkit/ties/1'
    """
    return read_schema("tenderkit.reports.ties", "ties.schema.json")


def _document(ties: Ties) -> dict[str, Any]:
    document = ties.report.document
    return {
        "path": document.path,
        "sha256": document.sha256 or None,
        "role": ties.report.role or None,
        "whole": len(ties.whole),
        "outcomes": [_outcome(outcome) for outcome in ties.outcomes],
        "untied": [_money(money) for money in ties.untied],
        "general": [_money(money) for money in ties.general],
        "unread": unread_values(document),
    }


def _outcome(outcome: OutcomeTie) -> dict[str, Any]:
    return {
        "id": outcome.id,
        "label": outcome.label,
        "breaks_at": outcome.breaks_at.value if outcome.breaks_at else None,
        "missing": [link.value for link in outcome.missing],
        "promise": _place(outcome.promise),
        "indicators": [_indicator(indicator) for indicator in outcome.indicators],
        "money": [_money(money) for money in outcome.money],
    }


def _indicator(indicator: Indicator) -> dict[str, Any]:
    return {
        "reference": indicator.reference or None,
        "name": indicator.name,
        "target": indicator.target or None,
        "date": indicator.date or None,
        "missing": [link.value for link in indicator.missing],
        "money": [_money(money) for money in indicator.money],
        **_place(indicator.place),
    }


def _money(money: Money) -> dict[str, Any]:
    return {
        "kind": money.kind.value,
        "reference": money.reference or None,
        "text": money.text,
        "for": money.for_what or None,
        "due": money.due or None,
        **_place(money.place),
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "quote": place.quote,
        "start": place.start,
        "end": place.end,
        "page": place.anchor.page,
        "page_approximate": place.anchor.approximate,
        "section": list(place.section),
    }
