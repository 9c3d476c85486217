"""Findings as JSON: a contract, versioned, with its JSON Schema beside it (`findings.schema.json`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenderkit.findings import Acceptor
from tenderkit.reports.json import TOOL, read_schema, unread_values, written

if TYPE_CHECKING:
    from tenderkit.findings import Acceptance, Checked, CheckReport, Entry, Finding

SCHEMA = "tenderkit/findings/1"


def render(report: CheckReport) -> str:
    """Return the findings as JSON, with a line break at its end."""
    value = {
        "schema": SCHEMA,
        "tool": TOOL,
        "documents": [_document(checked) for checked in report.documents],
        "stale": [_entry(entry) for entry in report.stale],
        "before": report.before,
    }
    return written(value)


def schema() -> dict[str, Any]:
    """
    Return the JSON Schema of the findings.

    >>> schema()["$id"]
    'tenderkit/findings/1'
    """
    return read_schema("tenderkit.reports.findings", "findings.schema.json")


def _document(checked: Checked) -> dict[str, Any]:
    document = checked.document
    return {
        "path": document.path,
        "sha256": document.sha256 or None,
        "role": checked.role or None,
        "findings": [_finding(finding) for finding in checked.findings],
        "notices": [
            {"message": notice.message, "page": notice.anchor.page, "line": notice.anchor.line}
            for notice in checked.notices
        ],
        "unread": unread_values(document),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.rule.code,
        "name": finding.rule.name,
        "severity": finding.rule.severity.value,
        "message": finding.message,
        "quote": finding.quote,
        "page": finding.anchor.page,
        "page_approximate": finding.anchor.approximate,
        "label": finding.anchor.label,
        "line": finding.anchor.line,
        "section": list(finding.section),
        "start": finding.start,
        "end": finding.end,
        "fingerprint": finding.fingerprint,
        "baselined": finding.accepted is not None and finding.accepted.by is Acceptor.BASELINE,
        "accepted": _acceptance(finding.accepted),
        "lapsed": _acceptance(finding.lapsed),
    }


def _acceptance(acceptance: Acceptance | None) -> dict[str, Any] | None:
    if acceptance is None:
        return None
    expires = acceptance.expires.isoformat() if acceptance.expires else None
    return {"by": acceptance.by.value, "reason": acceptance.reason, "owner": acceptance.owner, "expires": expires}


def _entry(entry: Entry) -> dict[str, Any]:
    return {
        "code": entry.code,
        "path": entry.path,
        "quote": entry.quote,
        "fingerprint": entry.fingerprint,
        **(_acceptance(entry.acceptance) or {}),
    }
