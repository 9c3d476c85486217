"""The sample template and its corrected twin: every planted defect is found, every format is known to the letter."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import JUnitXml
from lxml import etree
from sarif_pydantic import Sarif

from tenderkit.document import Anchor, DocumentBuilder, Kind, Unread, passage
from tenderkit.findings import Acceptance, Acceptor, Checked, Checker, CheckReport, Entry, Notice
from tenderkit.readers import read
from tenderkit.reports.findings import Format, render
from tenderkit.roles import Role
from tenderkit.rules import load_rules
from tenderkit.severity import Severity

SAMPLES = Path(__file__).parents[2] / "samples"
SCHEMAS = Path(__file__).parents[3] / "shared" / "schemas"
RULES = load_rules()
# One for each thing that is wrong in the draft; a code as often as it was planted.
PLANTED = {
    "TK301": 3, "TK302": 2, "TK303": 1, "TK305": 1, "TK306": 1, "TK307": 1, "TK308": 1, "TK309": 1, "TK310": 1,
    "TK317": 1,
    "TK401": 1, "TK402": 1, "TK403": 1, "TK404": 1, "TK405": 1, "TK406": 1, "TK407": 1, "TK415": 1, "TK416": 1,
}  # fmt: skip

SAID = {
    "contract.docx": {"TK501": 4, "TK504": 3, "TK505": 1},
    "bid-thin.docx": {"TK104": 5, "TK603": 1},
    "bid-stuffed.md": {"TK107": 1, "TK601": 1, "TK602": 1, "TK603": 5, "TK604": 2},
}


@cache
def checked(name):
    file = SAMPLES / name
    document = Checker(RULES).check(read(file.read_bytes(), file.name), given=f"samples/{file.name}")
    return CheckReport(RULES, (document,))


def test_every_planted_defect_is_found_and_nothing_else():
    assert Counter(finding.rule.code for finding in checked("template-draft.md").findings) == PLANTED


def test_the_corrected_twin_has_no_finding():
    assert checked("template-corrected.md").findings == ()


@pytest.mark.parametrize("name", ["tender.docx", "bid-strong.pdf"])
def test_a_good_tender_and_a_good_bid_have_no_finding(name):
    assert checked(name).findings == ()


@pytest.mark.parametrize(("name", "expected"), SAID.items())
def test_the_other_samples_have_the_findings_that_a_reader_would_have(name, expected):
    assert Counter(finding.rule.code for finding in checked(name).findings) == expected


@pytest.mark.parametrize(
    ("form", "suffix"),
    [
        (Format.TEXT, "txt"),
        (Format.JSON, "json"),
        (Format.GITHUB, "github"),
        (Format.MARKDOWN, "md"),
        (Format.JUNIT, "junit.xml"),
        (Format.GITLAB, "gitlab.json"),
    ],
)
def test_a_format_is_as_its_golden_file(golden, form, suffix):
    golden(f"check.{suffix}", render(checked("template-draft.md"), form))


def test_sarif_is_as_its_golden_file(golden):
    rules = tuple(rule for rule in RULES if rule.severity is Severity.NOTE)  # a few, so that the file stays readable
    file = SAMPLES / "template-draft.md"
    document = Checker(rules).check(read(file.read_bytes(), file.name), given=f"samples/{file.name}")
    golden("check.sarif", render(CheckReport(rules, (document,)), Format.SARIF))


def lived_in():
    """The draft of which some findings are accepted: one until a day that is over, one by a comment."""
    (draft,) = checked("template-draft.md").documents
    accepted = Acceptance(Acceptor.BASELINE, "Known; <b>mended</b> next year.", "A. Brook", date(2027, 3, 31))
    changes = [{"lapsed": accepted}, {"accepted": accepted}, {"accepted": Acceptance(Acceptor.INLINE, "Set later.")}]
    first = tuple(replace(finding, **change) for finding, change in zip(draft.findings, changes, strict=False))
    notice = Notice("The comment 'tenderkit: ignore TK301' gives no reason.", Anchor(line=7), ("1 About this tender",))
    draft = replace(draft, findings=(*first, draft.findings[3]), notices=(notice,))
    unread = Checked(DocumentBuilder(unread=[Unread(None, "locked")]).finish("b.pdf", "", ""), "")
    stale = Entry("0" * 16, "TK302", "template-draft.md", "TBC", accepted)
    rules = tuple(
        sorted({finding.rule.code: finding.rule for finding in draft.findings}.values(), key=lambda r: r.code)
    )
    return CheckReport(rules, (draft, unread), (stale,), against=True)


@pytest.mark.parametrize("form", list(Format))
def test_what_is_accepted_is_as_its_golden_file(golden, form):
    golden(f"accepted.{form.value}", render(lived_in(), form))


def test_in_junit_only_what_fails_the_run_fails_a_test():
    report = checked("bid-thin.docx")
    grave = sum(finding.rule.severity is Severity.ERROR for finding in report.findings)
    suite = etree.fromstring(render(report, Format.JUNIT, fail_on=Severity.ERROR).encode())[0]
    assert suite.get("failures") == str(grave)
    told = [case.findtext("system-out") for case in suite.iterfind("testcase") if case.find("failure") is None]
    assert len(told) == len(report.findings) - grave > 0
    assert all("Instead: " in text for text in told)


def test_in_junit_no_two_tests_have_one_name():
    suite = etree.fromstring(render(checked("contract.docx"), Format.JUNIT).encode())[0]
    names = [case.get("name") for case in suite.iterfind("testcase")]
    assert len(set(names)) == len(names) == len(checked("contract.docx").findings)


def test_where_nothing_is_found_it_says_as_what_the_document_was_read_and_how_much_was_asked():
    asked = sum(not rule.roles or Role.BID in rule.roles for rule in RULES)
    told = f"Nothing found in 1 document (read as a bid); {asked} of {len(RULES)} rules asked.\n"
    assert render(checked("bid-strong.pdf"), Format.TEXT) == told


@pytest.mark.parametrize("report", [checked("template-draft.md"), checked("template-corrected.md"), lived_in()])
def test_others_can_read_sarif_and_junit(report):
    (run,) = Sarif.model_validate(json.loads(render(report, Format.SARIF))).runs
    assert len(run.results) == len(report.findings)
    suites = list(JUnitXml.fromstring(render(report, Format.JUNIT).encode()))
    assert sum(suite.failures for suite in suites) == len(report.counted)
    assert [case.is_passed for suite in suites for case in suite].count(True) == (not report.findings)
    if SCHEMAS.is_dir():  # the official ones are not ours to ship; where they are not, the lines above have looked
        sarif = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8"))
        jsonschema.Draft7Validator(sarif).validate(json.loads(render(report, Format.SARIF)))
        junit = etree.XMLSchema(etree.parse(SCHEMAS / "junit.xsd"))
        junit.assertValid(etree.fromstring(render(report, Format.JUNIT).encode()))


@given(st.text(min_size=1, max_size=40))
def test_no_text_of_a_document_breaks_a_format(text):
    document = Checker(RULES).check(passage(f"Ends [insert {text}] here.\nThe Data Protection Act 1998."), Role.TENDER)
    report = CheckReport(RULES, (replace(document, given=text, notices=(Notice(text),)),))
    etree.fromstring(render(report, Format.JUNIT).encode("utf-8", "strict"))
    for form in (Format.JSON, Format.SARIF, Format.GITLAB):
        json.loads(render(report, form))
    assert render(report, Format.GITHUB).count("\n") == len(report.findings) + 1


@pytest.mark.parametrize("form", [Format.TEXT, Format.GITHUB, Format.MARKDOWN])
def test_what_could_steer_a_terminal_is_taken_out(form):
    document = Checker(RULES).check(passage("Ends [insert \x1b\u202edate] here."), Role.TENDER)
    out = render(CheckReport(RULES, (document,)), form)
    assert "TK301" in out
    assert "\x1b" not in out
    assert "\u202e" not in out


def test_a_document_read_in_part_is_a_warning_and_one_not_read_an_error():
    builder = DocumentBuilder(unread=[Unread(2, "image only")])
    builder.add(Kind.PARAGRAPH, "We test.")
    partly = Checker(RULES).check(builder.finish("a.pdf", "", ""), Role.BID)
    nothing = Checker(RULES).check(DocumentBuilder(unread=[Unread(None, "locked")]).finish("b.pdf", "", ""))
    assert render(CheckReport(RULES, (partly, nothing)), Format.GITHUB).splitlines() == [
        "::warning file=a.pdf,title=Not read::page 2: image only",
        "::error file=b.pdf,title=Not read::locked",
    ]
