"""Findings stand where they say, whatever stands around them."""

from hypothesis import given
from hypothesis import strategies as st

from tenderkit.document import DocumentBuilder, Kind, View, passage
from tenderkit.findings import Checker
from tenderkit.roles import Role
from tenderkit.rules import choose, load_rules
from tenderkit.severity import Severity

CHECKER = Checker(load_rules())
BAD = "The Supplier shall comply with the Data Protection Act 1998 from [insert date]."
LINES = st.lists(
    st.sampled_from([BAD, "We test.", "# 2 Scope", "- one item", "Method | 60%", "See section 9.", "The ZQRM meets."]),
    max_size=12,
)


def codes(document, role=Role.TENDER):
    return [finding.rule.code for finding in CHECKER.check(document, role).findings]


def test_a_finding_quotes_the_text_at_its_place():
    document = passage(f"# 1 Terms\n{BAD}")
    first, second = CHECKER.check(document, Role.TENDER).findings
    assert (first.quote, first.section) == ("Data Protection Act 1998", ("1 Terms",))
    assert second.message == "The placeholder “[insert date]” was left in."


@given(LINES)
def test_every_finding_quotes_what_stands_there_and_findings_are_in_reading_order(lines):
    document = passage("\n".join(lines))
    found = CHECKER.check(document, Role.TENDER).findings
    assert all(item.quote == document.text[item.start : item.end] for item in found if item.start is not None)
    places = [-1 if item.start is None else item.start for item in found]
    assert places == sorted(places)


@given(LINES)
def test_text_that_breaks_no_rule_adds_no_finding(lines):
    plain = passage("\n".join(lines))
    longer = passage("\n".join([*lines, "Libraries open at nine and close at five."]))
    assert codes(longer) == codes(plain)


def test_a_rule_is_asked_only_of_the_roles_it_is_for():
    document = passage("The contract goes to the most economically advantageous tender.")
    assert codes(document) == ["TK404"]
    assert codes(document, Role.CONTRACT) == []


def test_a_missing_section_is_told_of_long_tenders_only():
    asked = "The Supplier shall answer every call within one hour of its arrival at the desk. "
    assert not [code for code in codes(passage(asked * 20)) if code.startswith("TK31")]
    found = codes(passage(asked * 400))
    assert found == ["TK311", "TK312", "TK313", "TK315"]
    assert codes(passage(f"{asked * 400} Personal data is safe.")) == ["TK312", "TK313", "TK315"]


def test_a_running_header_is_told_once_and_code_never():
    builder = DocumentBuilder()
    for _ in range(3):
        builder.add(Kind.RUNNING, "Contract [insert reference]")
        builder.add(Kind.CODE, "name = [insert reference]")
    assert codes(builder.finish("a.docx", "", "")) == ["TK301"]


def test_a_soft_hyphen_or_a_line_of_capitals_hides_nothing():
    assert codes(passage("It names the Data Protec\u00adtion Act 1998.")) == ["TK401"]
    assert codes(passage("THE DATA PROTECTION ACT 1998 APPLIES.")) == ["TK401"]


def test_what_is_less_grave_can_be_left_out():
    report = CHECKER.check(passage("The ZQRM meets.\nAsk the ZQRM.\nPrice: TBC"), Role.TENDER)
    assert [item.rule.severity for item in report.findings] == [Severity.NOTE, Severity.WARNING]


def test_a_phrase_does_not_reach_over_the_end_of_a_sentence():
    rules = choose(load_rules(), ["TK406"])
    found = Checker(rules).check(passage("We follow WCAG. Version 2.1 of the plan is out."), Role.BID).findings
    assert found == ()


def test_a_document_without_text_is_asked_nothing():
    assert CHECKER.check(passage("")).findings == ()


def test_tracked_changes_are_told_whichever_view_is_read():
    for view in View:
        builder = DocumentBuilder()
        builder.read_as(view)
        builder.add(Kind.PARAGRAPH, "We test.")
        assert codes(builder.finish("a.docx", "", "")) == ["TK304"]
