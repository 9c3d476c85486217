"""
Findings as JUnit XML, which every build server shows: a suite a document, a failed test a finding.

Accepted findings are skipped tests, with the reason; what does not fail the run is a passed test that tells of it, and
a document without findings is one passed test. No two tests have one name. The time of a run is no part of a result:
what the format asks for in its place is always the same.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from lxml import etree

from tenderkit.reports import wording
from tenderkit.reports.findings import told
from tenderkit.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tenderkit.findings import Checked, CheckReport, Finding

_NO_XML = re.compile("[\ufffe\uffff]")  # what XML allows nowhere, beside what `harmless` takes out
_NO_TIME = {"timestamp": "1970-01-01T00:00:00", "hostname": "localhost", "time": "0"}


def render(report: CheckReport, *, fail_on: Severity = Severity.NOTE) -> str:
    """Return the findings as JUnit XML, with a line break at its end; those less grave than *fail_on* fail no test."""
    suites = etree.Element("testsuites")
    for number, checked in enumerate(report.documents):
        suites.append(_suite(checked, number, fail_on))
    etree.indent(suites)
    text = etree.tostring(suites, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suite(checked: Checked, number: int, fail_on: Severity) -> etree._Element:
    path = _token(checked.given or checked.document.path)
    cases = [_finding(finding, path, fail_on) for finding in checked.findings]
    _tell_apart(cases)
    if not checked.role:
        cases.append(_case("can be read", path, "error", _text(*told.not_read(checked)), "unread"))
    elif not cases:
        cases.append(_passed("has no finding", path))
    counts = {
        sort: str(sum(1 for case in cases if case.find(child) is not None))
        for sort, child in (("failures", "failure"), ("errors", "error"))
    }
    named = {"name": path, "package": path, "id": str(number), "tests": str(len(cases))}
    suite = etree.Element("testsuite", {**named, **counts, **_NO_TIME})
    properties = etree.SubElement(suite, "properties")
    etree.SubElement(properties, "property", name="read as", value=checked.role or "not read")
    suite.extend(cases)
    etree.SubElement(suite, "system-out").text = _text(
        *(told.not_read(checked) if checked.role else ()), *(told.notice(notice) for notice in checked.notices)
    )
    etree.SubElement(suite, "system-err")
    return suite


def _tell_apart(cases: Iterable[etree._Element]) -> None:
    """Number the tests of one name, which servers would take for one."""
    seen: Counter[str] = Counter()
    for case in cases:
        name = str(case.get("name"))
        seen[name] += 1
        if seen[name] > 1:
            case.set("name", f"{name} ({seen[name]})")


def _finding(finding: Finding, path: str, fail_on: Severity) -> etree._Element:
    rule, where = finding.rule, told.line_and_place(finding)
    name = f"{rule.code} {rule.name}" + (f", {where}" if where else "")
    why = told.accepted(finding)
    if not finding.counts:
        return _case(name, path, "skipped", _text(why), "")
    text = _text(told.message(finding), why, f"Instead: {wording.harmless(rule.instead)}")
    if rule.severity.rank <= fail_on.rank:
        return _case(name, path, "failure", text, rule.severity.value)
    passed = _passed(name, path)
    etree.SubElement(passed, "system-out").text = f"{rule.severity.value}: {text}"
    return passed


def _passed(name: str, path: str) -> etree._Element:
    """Return a test, which passes as long as nothing stands in it that says otherwise."""
    return etree.Element("testcase", name=_token(name), classname=path, time="0")


def _case(name: str, path: str, outcome: str, text: str, sort: str) -> etree._Element:
    case = _passed(name, path)
    inside = etree.SubElement(case, outcome, message=text.partition("\n")[0])
    if sort:
        inside.set("type", sort)
        inside.text = text
    return case


def _text(*lines: str) -> str:
    """Return lines, those without words left out, fit for XML."""
    return _NO_XML.sub("", "\n".join(line for line in lines if line))


def _token(text: str) -> str:
    return " ".join(_text(wording.harmless(text)).split())
