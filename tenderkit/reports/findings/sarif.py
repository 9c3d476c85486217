"""Findings as SARIF 2.1.0, as code hosts and editors take them; page and section are logical locations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tenderkit import __version__
from tenderkit.findings import NOWHERE, Acceptor
from tenderkit.reports.findings import told
from tenderkit.reports.json import written

if TYPE_CHECKING:
    from tenderkit.document import Anchor
    from tenderkit.findings import Checked, CheckReport, Finding, Notice
    from tenderkit.rules import Rule


def render(report: CheckReport) -> str:
    """Return the findings as one SARIF run, with a line break at its end."""
    index = {rule.code: number for number, rule in enumerate(report.rules)}
    documents = [checked for checked in report.documents if checked.document.path != "-"]
    notices = [_unread(checked) for checked in report.documents if checked.document.unread]
    notices += [_notice(notice, checked) for checked in report.documents for notice in checked.notices]
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
            _result(finding, checked, index[finding.rule.code], compared=report.against)
            for checked in report.documents
            for finding in checked.findings
        ],
    }
    value = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return written(value)


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


def _result(finding: Finding, checked: Checked, index: int, *, compared: bool) -> dict[str, Any]:
    location = _location(checked, finding.anchor)
    where = told.place(finding)
    if where:
        location["logicalLocations"] = [{"fullyQualifiedName": where, "kind": "section" if finding.section else "page"}]
    place = {"page": finding.anchor.page, "start": finding.start, "end": finding.end, "quote": finding.quote or None}
    known = {name: value for name, value in place.items() if value is not None}
    if known:
        location["properties"] = known
    message = told.message(finding) + (f" ({where})" if where else "")
    value: dict[str, Any] = {
        "ruleId": finding.rule.code,
        "ruleIndex": index,
        "level": finding.rule.severity.value,
        "message": {"text": message},
        "locations": [location],
        "partialFingerprints": {"tenderkit/v1": finding.fingerprint},
    }
    if compared:
        listed = finding.lapsed or finding.accepted
        value["baselineState"] = "unchanged" if listed and listed.by is Acceptor.BASELINE else "new"
    if finding.accepted:
        kind = "inSource" if finding.accepted.by is Acceptor.INLINE else "external"
        value["suppressions"] = [{"kind": kind, "justification": told.accepted(finding)}]
    return value


def _location(checked: Checked, anchor: Anchor) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(checked)}}
    if anchor.line:
        place["region"] = {"startLine": anchor.line}
    return {"physicalLocation": place}


def _notice(notice: Notice, checked: Checked) -> dict[str, Any]:
    return {"level": "note", "message": {"text": told.notice(notice)}, "locations": [_location(checked, notice.anchor)]}


def _unread(checked: Checked) -> dict[str, Any]:
    text = f"Not read: {'; '.join(told.not_read(checked))}"
    level = "warning" if checked.role else "error"
    return {"level": level, "message": {"text": text}, "locations": [_location(checked, NOWHERE)]}
