"""The comparison as Markdown, for a wiki or an issue; nothing in a document can become markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.reports import quoting, wording
from tenderkit.reports.compare import told
from tenderkit.reports.markdown import escape, table_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderkit.compare import ComparedOutcome, ComparedTheme, Comparison
    from tenderkit.evidence import Evidence


def render(comparison: Comparison) -> str:
    """Return the comparison as Markdown, with a line break at its end."""
    return "\n".join(_lines(comparison)).strip("\n") + "\n"


def _lines(comparison: Comparison) -> Iterator[str]:
    yield f"# {wording.count(len(comparison.bids), 'document')} side by side"
    yield ""
    for bid in comparison.bids:
        yield f"- **{bid.key}** {escape(bid.path)}: {escape('; '.join((told.about(bid), *told.flags(bid))))}"
    yield ""
    for warning in comparison.warnings:
        yield f"Beware: {escape(warning)}"
        yield ""
    bids = comparison.read
    if bids:
        yield "## At a glance"
        yield ""
        yield table_row("", *(bid.key for bid in bids))
        yield f"|---|{'--:|' * len(bids)}"
        columns = [[*told.summary(bid), ("place", str(comparison.ranking.standings[bid.key]))] for bid in bids]
        for row in zip(*columns, strict=True):
            yield table_row(row[0][0], *(value for _, value in row))
        yield ""
        yield "## Outcomes"
        yield ""
        yield table_row("outcome", *(bid.key for bid in bids), "scores")
        yield f"|---|{'---|' * len(bids)}---|"
        for outcome in comparison.outcomes:
            states = (f"{outcome.bids[bid.key].status.value} ({outcome.bids[bid.key].score:.1f})" for bid in bids)
            yield table_row(escape(outcome.label), *states, told.verdict(outcome.ranking))
        yield ""
    if comparison.ranking.pairs:
        yield "## How sure the order is"
        yield ""
        for line in told.apart(comparison):
            yield f"- {line}"
        yield ""
        yield f"{told.METHOD} {told.margins(comparison)}"
        yield ""
    for outcome in comparison.outcomes:
        if outcome.themes:
            yield from _outcome(outcome)


def _outcome(outcome: ComparedOutcome) -> Iterator[str]:
    yield f"## {escape(outcome.label)}"
    yield ""
    for theme in outcome.themes:
        yield from _theme(theme)
    yield ""


def _theme(theme: ComparedTheme) -> Iterator[str]:
    yield f"- **{escape(theme.label)}**: {told.levels(theme)}"
    for key, best in told.quotes(theme):
        yield _quoted(key, best, wording.doubt(theme.bids[key]))
        declines = told.declines(theme.bids[key])
        if declines:
            yield _quoted(f"{key} but also", declines)
    for key, unsure in told.to_check(theme):
        yield _quoted(f"{key} {wording.NOT_SCORED}", unsure)


def _quoted(key: str, evidence: Evidence, doubt: str = "") -> str:
    beside = "; ".join(part for part in (wording.where(evidence), doubt) if part)
    return f"  - {key}: {escape(quoting.excerpt(evidence))}{f' ({escape(beside)})' if beside else ''}"
