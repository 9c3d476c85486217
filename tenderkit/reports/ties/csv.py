"""Ties as CSV: a row a link from an outcome over a KPI to money, for a spreadsheet; no cell can start a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from tenderkit.reports.csv import cell
from tenderkit.reports.ties import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tenderkit.ties import Indicator, Money, Ties

COLUMNS = (
    "path", "role", "outcome", "outcome_label", "state", "kpi", "measures", "target", "date",
    "money", "money_reference", "money_text", "money_for", "money_due", "page", "section", "quote",
)  # fmt: skip


def render(documents: Sequence[Ties]) -> str:
    """Return a row for each KPI and payment of each outcome, and one for an outcome that has neither."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for ties in documents:
        for row in _rows(ties):
            writer.writerow({name: cell(value) for name, value in row.items()})
    return stream.getvalue()


def _rows(ties: Ties) -> Iterator[dict[str, object]]:
    about: dict[str, object] = {"path": ties.report.document.path, "role": ties.report.role}
    for outcome in ties.outcomes:
        promise = outcome.promise
        row = about | {
            "outcome": outcome.id,
            "outcome_label": outcome.label,
            "state": told.state(outcome),
            "page": promise.anchor.page,
            "section": " > ".join(promise.section),
            "quote": promise.quote,
        }
        links: list[tuple[Indicator | None, Money | None]] = [
            (indicator, money) for indicator in outcome.indicators for money in indicator.money or (None,)
        ]
        links += [(None, money) for money in outcome.money]
        for indicator, money in links or [(None, None)]:
            yield row | _indicator(indicator) | _money(money)
    for money in ties.untied:
        yield about | {"state": "tied to no outcome"} | _money(money)


def _indicator(indicator: Indicator | None) -> dict[str, object]:
    if indicator is None:
        return {}
    return {
        "kpi": indicator.reference,
        "measures": indicator.name,
        "target": indicator.target,
        "date": indicator.date,
    }


def _money(money: Money | None) -> dict[str, object]:
    if money is None:
        return {}
    return {
        "money": money.kind.value,
        "money_reference": money.reference,
        "money_text": money.text,
        "money_for": money.for_what,
        "money_due": money.due,
    }
