"""Findings as Markdown, for a wiki, an issue or the summary of a build; nothing in a document can become markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.reports.findings import told
from tenderkit.reports.markdown import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderkit.findings import Checked, CheckReport


def render(report: CheckReport, *, statistics: bool = False) -> str:
    """Return a table of findings a document; *statistics* gives one table by rule instead."""
    lines = ["# Findings", "", told.summary(report), ""]
    if statistics:
        lines += ["| findings | rule | name |", "|--:|---|---|"]
        lines += [f"| {count} | {rule.code} | {rule.name} |" for count, rule in told.by_rule(report.findings)]
    else:
        for checked in report.documents:
            lines += _document(checked)
    return "\n".join(lines).strip("\n") + "\n"


def _document(checked: Checked) -> Iterator[str]:
    unread = told.not_read(checked)
    if not checked.findings and not unread and not checked.notices:
        return
    yield f"## {escape(checked.document.path)}"
    yield ""
    for line in unread:
        yield f"Not read: {escape(line)}"
        yield ""
    if checked.findings:
        yield "| rule | severity | place | what is wrong | instead |"
        yield "|---|---|---|---|---|"
    for finding in checked.findings:
        rule = finding.rule
        why = told.accepted(finding)
        state = rule.severity.value if finding.counts else "accepted"
        message = told.message(finding) + (f" ({why})" if why else "")
        cells = (rule.code, state, told.line_and_place(finding), message, rule.instead)
        yield f"| {' | '.join(escape(cell) for cell in cells)} |"
    if checked.findings:
        yield ""
    for notice in checked.notices:
        where = told.line_and_place(notice)
        yield escape(f"{told.notice(notice)} ({where})" if where else told.notice(notice))
        yield ""
