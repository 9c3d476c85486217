"""
Findings as GitLab takes them for its code quality report: on the lines of Markdown, HTML and text, else on the first.

GitLab knows no accepted findings: here they are of the least severity, and their description says why.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from tenderkit.reports.findings import told
from tenderkit.reports.json import written
from tenderkit.severity import Severity

if TYPE_CHECKING:
    from tenderkit.findings import CheckReport, Finding

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.NOTE: "minor"}


def render(report: CheckReport) -> str:
    """Return the findings as a JSON list, with a line break at its end."""
    found: list[dict[str, Any]] = []
    for checked in report.documents:
        path = checked.given or checked.document.path
        found += [_finding(finding, path) for finding in checked.findings]
        severity = "major" if checked.role else "blocker"  # read in part, or not at all
        found += [_issue(path, "not-read", severity, line, f"Not read: {line}") for line in told.not_read(checked)]
        for notice in checked.notices:
            found.append(_issue(path, "notice", "info", notice.message, told.notice(notice)))
            found[-1]["location"]["lines"]["begin"] = notice.anchor.line or 1
    return written(found)


def _finding(finding: Finding, path: str) -> dict[str, Any]:
    where, why = told.place(finding), told.accepted(finding)
    text = told.message(finding) + (f" ({where})" if where else "") + (f" [{why}]" if why else "")
    severity = _SEVERITIES[finding.rule.severity] if finding.counts else "info"
    issue = _issue(path, finding.rule.code, severity, finding.fingerprint, text)
    issue["location"]["lines"]["begin"] = finding.anchor.line or 1
    return issue


def _issue(path: str, name: str, severity: str, stays: str, text: str) -> dict[str, Any]:
    return {
        "description": text,
        "check_name": name,
        "fingerprint": hashlib.sha256(f"{path}\0{name}\0{stays}".encode("utf-8", "replace")).hexdigest()[:32],
        "severity": severity,
        "location": {"path": path, "lines": {"begin": 1}},
    }
