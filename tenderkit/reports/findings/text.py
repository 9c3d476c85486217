"""Findings for a person at a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from tenderkit.reports import wording
from tenderkit.reports.findings import told
from tenderkit.reports.lines import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tenderkit.findings import Checked, CheckReport, Finding


def render(report: CheckReport, *, statistics: bool = False) -> str:
    """Return findings document by document, and how many there are; *statistics* counts them by rule instead."""
    lines: list[str] = []
    if statistics:
        lines += [f"{count:5,}  {rule.code} {rule.name}" for count, rule in told.by_rule(report.findings)]
    else:
        for checked in report.documents:
            lines += _document(checked)
    return "".join(f"{line}\n" for line in [*lines, told.summary(report)])


def _document(checked: Checked) -> Iterator[str]:
    unread = told.not_read(checked)
    if not checked.findings and not unread and not checked.notices:
        return
    yield wording.harmless(checked.document.path) + (f" (read as a {checked.role})" if checked.role else "")
    for line in unread:
        yield from textwrap.wrap(f"Not read: {line}", WIDTH, initial_indent="  ", subsequent_indent="    ")
    for finding in checked.findings:
        if finding.counts:
            yield from _finding(finding)
    yield from _accepted(finding for finding in checked.findings if not finding.counts)
    for notice in checked.notices:
        where = told.line_and_place(notice)
        yield wording.shorten("  note" + (f", {where}" if where else ""), WIDTH)
        yield from textwrap.wrap(told.notice(notice), WIDTH, initial_indent="    ", subsequent_indent="    ")
    yield ""


def _finding(finding: Finding) -> Iterator[str]:
    rule = finding.rule
    where = told.line_and_place(finding)
    yield wording.shorten(f"  {rule.code} {rule.severity.value}" + (f", {where}" if where else ""), WIDTH)
    for part in (told.message(finding), told.accepted(finding), f"Instead: {wording.harmless(rule.instead)}"):
        said = f"{part[:1].upper()}{part[1:]}"
        yield from textwrap.wrap(said, WIDTH, initial_indent="    ", subsequent_indent="    ")


def _accepted(findings: Iterable[Finding]) -> Iterator[str]:
    """Yield what does not count, in short and by its reason, so that it buries nothing that does."""
    places: dict[str, list[str]] = {}
    for finding in findings:
        line = finding.anchor.line
        where = f"line {line}" if line else told.place(finding)
        places.setdefault(told.accepted(finding), []).append(", ".join(filter(None, (finding.rule.code, where))))
    for why, found in places.items():
        said = f"{why[:1].upper()}{why[1:]}"
        yield from textwrap.wrap(said, WIDTH, initial_indent="  ", subsequent_indent="    ")
        yield from textwrap.wrap("; ".join(found), WIDTH, initial_indent="    ", subsequent_indent="    ")
