"""The chain from an outcome to money is found in tables and clauses, and breaks where a link is missing."""

import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderkit.assess import Assessor
from tenderkit.document import passage
from tenderkit.reports.ties import Format, render
from tenderkit.reports.ties.json import schema
from tenderkit.roles import Role
from tenderkit.tie_finding import find_ties
from tenderkit.ties import Link, MoneyKind
from tenderkit.vocabulary import load_vocabulary

ASSESSOR = Assessor(load_vocabulary())
KPIS = """\
KPI | Outcome | Measure | Target | First measured
K1 | Services | Requests completed online | 85% | 30 September 2028
K2 | Inclusion | Accessibility faults older than 30 days | None | 31 December 2027
K3 | Data | Duplicate records | To be agreed | 31 March 2028
"""


def ties(text, role=Role.CONTRACT):
    return find_ties(ASSESSOR.assess(passage(text), role), ASSESSOR.scheme)


def breaks(text):
    return {tie.id: tie.breaks_at for tie in ties(text).outcomes}


def test_each_outcome_breaks_at_its_first_missing_link():
    assert breaks(f"{KPIS}Ten per cent of the charge is payable only when K1 is met.") == {
        "services": None,
        "inclusion": Link.PAYMENT,
        "data": Link.TARGET,
    }


def test_a_target_of_none_is_a_target_and_one_to_be_agreed_is_not():
    targets = {indicator.reference: indicator.target for indicator in ties(KPIS).indicators}
    assert targets == {"K1": "85%", "K2": "None", "K3": ""}


def test_a_clause_may_name_indicators_one_by_one_or_as_a_range():
    (first, second, third) = ties(f"{KPIS}K1 to K2 attract service credits.").indicators
    assert [money.kind for money in first.money] == [MoneyKind.CREDIT]
    assert second.money == first.money
    assert third.money == ()


def test_a_clause_that_says_nothing_is_paid_ties_nothing():
    (first, *_) = ties(f"{KPIS}K1 is reported for information and no payment depends on K1.").indicators
    assert first.money == ()


def test_a_number_that_begins_with_another_is_not_that_one():
    indicators = ties(f"{KPIS}K11 attracts a service credit, and so does K1.5.").indicators
    assert not [indicator for indicator in indicators if indicator.money]


def test_a_table_of_credits_ties_each_to_the_indicator_that_it_names():
    text = f"{KPIS}Credits are these.\nKPI | Failure | Service credit\nK2 | Each fault | £500\n"
    (money,) = ties(text).indicators[1].money
    assert (money.kind, money.text, money.for_what) == (MoneyKind.CREDIT, "£500", "Each fault")


def test_outcomes_may_be_named_by_a_reference_that_the_document_gives_them():
    text = """\
Ref | Outcome | What shall be achieved
O1 | Connectivity | Wi-Fi works in all libraries
The table follows.
KPI | Outcome | Measure | Target
K1 | O1 | Hours of Wi-Fi lost | Under 20 a quarter
"""
    (tie,) = ties(text).outcomes
    assert (tie.id, tie.promise.quote.startswith("O1"), tie.indicators[0].reference) == ("connectivity", True, "K1")


def test_fields_that_stand_one_beneath_the_other_are_read_as_rows():
    text = "".join(
        f"Deliverable {i} | {name}\nPerformance standard(s) | {standard}\nAcceptable quality level | {level}\n"
        f"Due date | Every sprint\n"
        for i, (name, standard, level) in enumerate(
            [("Accessible", "WCAG 2.2 AA", "0 faults found with screen readers"), ("Tested", "Tests", "90% covered")], 1
        )
    )
    found = ties(text).indicators
    assert [(each.target, each.date) for each in found] == [
        ("0 faults found with screen readers", "Every sprint"),
        ("90% covered", "Every sprint"),
    ]


def test_a_list_of_terms_and_their_meanings_is_no_table_of_indicators():
    text = (
        "Term | Meaning\nKPI | A measure of Schedule 2\nTarget | What is to be reached\nService credit | A reduction\n"
    )
    assert (ties(text).indicators, ties(text).money) == ((), ())


def test_a_milestone_pays_for_the_outcome_that_it_names_and_one_that_names_none_is_told():
    text = f"""\
{KPIS}Payments follow.
Milestone | What must be achieved | Outcome | Payment | Due
M1 | No accessibility fault is left | Inclusion | £9,000 | 1 May 2028
M2 | Old system switched off | None | £4,000 | 1 June 2028
"""
    found = ties(text)
    assert {tie.id: [money.reference for money in tie.money] for tie in found.outcomes}["inclusion"] == ["M1"]
    assert [money.reference for money in found.untied] == ["M2"]
    assert breaks(text)["inclusion"] is None


def test_the_right_to_terminate_for_any_indicator_is_shown_and_ties_none():
    found = ties(f"{KPIS}The Council may terminate if the same KPI is failed twice.")
    assert [money.kind for money in found.general] == [MoneyKind.REMEDY]
    assert not [indicator for indicator in found.indicators if indicator.money]


CELLS = st.sampled_from(["K1", "K2", "Services", "85%", "", "–", "Inclusion", "2% of the charge", "each month", "Data"])
HEADS = st.sampled_from(["KPI", "Outcome", "Target", "Service credit", "Payment", "Due", "Colour"])


@given(
    st.lists(HEADS, min_size=2, max_size=5).flatmap(
        lambda head: st.lists(st.lists(CELLS, min_size=len(head), max_size=len(head)), max_size=4).map(
            lambda rows: [head, *rows]
        )
    )
)
def test_whatever_a_table_holds_its_ties_quote_what_stands_there_and_are_valid(rows):
    text = "\n".join(" | ".join(cell or "–" for cell in row) for row in rows)
    found = ties(f"{text}\nK1 and K2 are payable by result.")
    whole = found.report.document.text
    places = [place.place for place in (*found.indicators, *found.money)] + [tie.promise for tie in found.outcomes]
    assert all(place.quote == whole[place.start : place.end] for place in places)
    jsonschema.validate(json.loads(render([found], Format.JSON)), schema())


@pytest.mark.parametrize("form", [Format.TEXT, Format.MARKDOWN, Format.CSV])
def test_every_format_shows_where_the_chain_breaks(form):
    shown = render([ties(KPIS)], form)
    assert "breaks at payment" in shown
    assert "Accessibility faults older than 30 days" in shown
    assert all(len(line) <= 80 for line in shown.splitlines()) or form is not Format.TEXT
