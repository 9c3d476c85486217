"""Ties for a person at a terminal, 80 columns wide: the chain of every outcome in a table, then link by link."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from tenderkit.reports import wording
from tenderkit.reports.lines import WIDTH
from tenderkit.reports.ties import told
from tenderkit.ties import Link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tenderkit.ties import Indicator, OutcomeTie, Ties

_LABEL = 28
_KPIS = 14


def render(documents: Sequence[Ties]) -> str:
    """Return the ties of each document, one after the other."""
    return "\n".join("".join(f"{line}\n" for line in _document(ties)) for ties in documents)


def _document(ties: Ties) -> Iterator[str]:
    document = ties.report.document
    yield wording.harmless(document.path) + (f" (read as a {ties.report.role})" if ties.report.role else "")
    for line in wording.unread_lines(document.unread):
        yield from _wrapped(f"Not read: {line}", 2)
    if ties.report.scorecard is None:
        return
    yield told.summary(ties)
    if not ties.outcomes:
        return
    yield ""
    yield f"  {'outcome':{_LABEL}}{'KPI':{_KPIS}}target  date  payment"
    for outcome in ties.outcomes:
        yield f"  {wording.shorten(outcome.label, _LABEL - 2):{_LABEL}}{_chain(outcome)}"
    for outcome in ties.outcomes:
        yield ""
        yield from _outcome(outcome)
    if ties.untied:
        yield ""
        yield "Paid for, and tied to no outcome"
        for paid in ties.untied:
            yield from _wrapped(told.money(paid), 2)
    if ties.general:
        yield ""
        yield "Where any KPI is missed"
        for paid in ties.general:
            yield from _wrapped(told.quote(paid.place), 2)


def _chain(outcome: OutcomeTie) -> str:
    """Return the links of an outcome as far as they hold: "K1, K2  yes  yes  yes"."""
    missing = outcome.missing
    if not outcome.indicators:
        return "none, breaks here" + ("; a payment names it" if outcome.money else "")
    names = wording.shorten(", ".join(each.reference or each.name for each in outcome.indicators), _KPIS - 2)
    cells = [f"{names:{_KPIS}}"]
    for link, width in ((Link.TARGET, 8), (Link.DATE, 6), (Link.PAYMENT, 0)):
        if link in missing:
            return "".join(cells) + "none, breaks here"
        apart = link is Link.PAYMENT and all(link in indicator.missing for indicator in outcome.indicators)
        cells.append(told.apart(outcome) if apart else f"{'yes':{width}}")
    return "".join(cells)


def _outcome(outcome: OutcomeTie) -> Iterator[str]:
    yield f"{outcome.label}: {told.state(outcome)}"
    where = told.where(outcome.promise)
    yield from _wrapped(f"{told.quote(outcome.promise)}{f' ({where})' if where else ''}", 2)
    for indicator in outcome.indicators:
        yield from _indicator(indicator, told.apart(outcome))
    if not outcome.indicators:
        yield "  KPI: none"
    for paid in outcome.money:
        yield from _wrapped(told.money(paid), 2)


def _indicator(indicator: Indicator, apart: str) -> Iterator[str]:
    """Yield an indicator's links; *apart* names what pays for its outcome without it, if anything does."""
    yield from _wrapped(told.name(indicator), 2)
    yield from _wrapped(f"target: {told.words(indicator.target)}", 4)
    yield from _wrapped(f"measured: {told.words(indicator.date)}", 4)
    for paid in indicator.money:
        yield from _wrapped(told.money(paid), 4)
    if not indicator.money:
        yield from _wrapped(
            f"payment, credit or remedy: {f'not by this KPI, but {apart}' if apart else told.NOTHING}", 4
        )


def _wrapped(text: str, indent: int) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2))
