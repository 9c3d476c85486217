"""Findings as SARIF 2.1.0, as code hosts and editors take them; page and section are logical locations."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tenderkit import __version__
from tenderkit.reports.findings import told

if TYPE_CHECKING:
    from tenderkit.findings import Checked, CheckReport, Finding
    from tenderkit.rules import Rule


def render(report: CheckReport) -> str:
    """Return the findings as one SARIF run, with a line break at its end."""
    index = {rule.code: number for number, rule in enumerate(report.rules)}
    documents = [checked for checked in report.documents if checked.document.path != "-"]
    notices = [_unread(checked) for checked in report.documents if checked.document.unread]
    run = {
        "tool": {
            "driver": {
                "name": "tenderkit",
                "version": __version__,
                "rules": [_rule(rule) for rule in report.rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "artifacts": [_artifact(checked) for checked in documents],
        "invocations": [{"executionSuccessful": not _failed(report), "toolExecutionNotifications": notices}],
        "results": [
            _result(finding, checked, index[finding.rule.code])
            for checked in report.documents
            for finding in checked.findings
        ],
    }
    value = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _failed(report: CheckReport) -> bool:
    return any(not checked.role for checked in report.documents)


def _uri(checked: Checked) -> str:
    return quote(checked.given or checked.document.path)


def _rule(rule: Rule) -> dict[str, Any]:
    value: dict[str, Any] = {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.name.replace("-", " ")},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why}\n\nInstead: {rule.instead}"},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"tags": [rule.pack]},
    }
    address = next((source for source in rule.sources if source.startswith("http")), None)
    if address:
        value["helpUri"] = address
    return value


def _artifact(checked: Checked) -> dict[str, Any]:
    value: dict[str, Any] = {"location": {"uri": _uri(checked)}}
    document = checked.document
    if document.media_type:
        value["mimeType"] = document.media_type
    if document.sha256:
        value["hashes"] = {"sha-256": document.sha256}
    return value


def _result(finding: Finding, checked: Checked, index: int) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": _uri(checked)}}}
    where = told.place(finding)
    if where:
        location["logicalLocations"] = [{"fullyQualifiedName": where, "kind": "section" if finding.section else "page"}]
    place = {"page": finding.anchor.page, "start": finding.start, "end": finding.end, "quote": finding.quote or None}
    known = {name: value for name, value in place.items() if value is not None}
    if known:
        location["properties"] = known
    message = told.message(finding) + (f" ({where})" if where else "")
    return {
        "ruleId": finding.rule.code,
        "ruleIndex": index,
        "level": finding.rule.severity.value,
        "message": {"text": message},
        "locations": [location],
        "partialFingerprints": {"tenderkit/v1": _fingerprint(finding, checked)},
    }


def _fingerprint(finding: Finding, checked: Checked) -> str:
    """Return what stays the same when the document changes elsewhere."""
    parts = (finding.rule.code, _uri(checked), finding.quote, *finding.section[-1:])
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]


def _unread(checked: Checked) -> dict[str, Any]:
    text = f"Not read: {'; '.join(told.not_read(checked))}"
    location = {"physicalLocation": {"artifactLocation": {"uri": _uri(checked)}}}
    return {"level": "warning" if checked.role else "error", "message": {"text": text}, "locations": [location]}
