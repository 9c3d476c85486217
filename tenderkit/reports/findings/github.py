"""Findings as workflow commands: GitHub shows each as an annotation of its file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.reports.findings import told
from tenderkit.reports.wording import harmless
from tenderkit.severity import Severity

if TYPE_CHECKING:
    from tenderkit.document import Anchor
    from tenderkit.findings import CheckReport

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: CheckReport) -> str:
    """Return one command a finding; a document's own words can start no command and end no property."""
    lines = []
    for checked in report.documents:
        file = _property(checked.given or checked.document.path)
        level = "warning" if checked.role else "error"  # read in part, or not at all
        lines += [f"::{level} file={file},title=Not read::{_data(line)}" for line in told.not_read(checked)]
        for finding in checked.findings:
            where = told.place(finding)
            title = _property(f"{finding.rule.code} {finding.rule.name}")
            text = f"{where}: {told.message(finding)}" if where else told.message(finding)
            why = told.accepted(finding)
            command = _COMMANDS[finding.rule.severity] if finding.counts else "notice"
            text = f"{text} ({why})" if why else text
            lines.append(f"::{command} file={file}{_line(finding.anchor)},title={title}::{_data(text)}")
        lines += [
            f"::notice file={file}{_line(notice.anchor)},title=tenderkit::{_data(told.notice(notice))}"
            for notice in checked.notices
        ]
    return "".join(f"{line}\n" for line in lines)


def _line(anchor: Anchor) -> str:
    return f",line={anchor.line}" if anchor.line else ""


def _data(text: str) -> str:
    return harmless(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
