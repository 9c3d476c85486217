"""Ties as Markdown, for a wiki or a report to a board; nothing in a document can become markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.reports import wording
from tenderkit.reports.markdown import escape
from tenderkit.reports.ties import told

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tenderkit.ties import OutcomeTie, Ties


def render(documents: Sequence[Ties]) -> str:
    """Return a table a document: outcome, KPI, target, date, payment, and where the chain breaks."""
    lines = ["# From outcomes to payments", ""]
    for ties in documents:
        lines += _document(ties)
    return "\n".join(lines).strip("\n") + "\n"


def _document(ties: Ties) -> Iterator[str]:
    yield f"## {escape(ties.report.document.path)}"
    yield ""
    for line in wording.unread_lines(ties.report.document.unread):
        yield f"Not read: {escape(line)}"
        yield ""
    if ties.report.scorecard is None:
        return
    yield told.summary(ties)
    yield ""
    if not ties.outcomes:
        return
    yield "| outcome | KPI | target | measured | payment, credit or remedy | chain |"
    yield "|---|---|---|---|---|---|"
    for outcome in ties.outcomes:
        for cells in _rows(outcome):
            yield f"| {' | '.join(escape(cell) for cell in cells)} |"
    yield ""
    for title, paid in (("Paid for, and tied to no outcome", ties.untied), ("Where any KPI is missed", ties.general)):
        if paid:
            yield f"{title}:"
            yield ""
            yield from (f"* {escape(told.money(money))}" for money in paid)
            yield ""


def _rows(outcome: OutcomeTie) -> Iterator[tuple[str, ...]]:
    state = told.state(outcome)
    for indicator in outcome.indicators:
        paid = "; ".join(told.money(money) for money in indicator.money)
        yield outcome.label, told.name(indicator), indicator.target, indicator.date, paid, state
    for money in outcome.money:
        yield outcome.label, "", "", "", told.money(money), state
    if not outcome.indicators and not outcome.money:
        yield outcome.label, "none", "", "", "", state
