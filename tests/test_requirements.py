"""What is a requirement and what is none, in tenders of many kinds."""

import time

import pytest

from tenderkit.assess import Assessor
from tenderkit.document import passage
from tenderkit.obligations import load_obligations
from tenderkit.requirements import find_requirements
from tenderkit.trace import trace
from tenderkit.vocabulary import load_vocabulary

FINDER = load_obligations()


def found(text):
    return [(one.text, one.strength.value) for one in find_requirements(passage(text), FINDER)]


@pytest.mark.parametrize(
    ("sentence", "strength"),
    [
        ("The supplier must test every release.", "mandatory"),
        ("The Contractor will be required to attend a monthly meeting.", "mandatory"),
        ("Reports will be provided by the Contractor each quarter.", "mandatory"),
        ("The system will record every change.", "mandatory"),
        ("No personal data shall leave the country.", "mandatory"),
        ("The supplier must not use the data for its own ends.", "mandatory"),
        ("The supplier may only store data in the United Kingdom.", "mandatory"),
        ("The portal needs to meet WCAG 2.2.", "mandatory"),
        ("As a clerk, I want to see the next free slot, so that I can offer it.", "mandatory"),
        ("The platform should offer maps.", "desirable"),
        ("It is desirable that maps can be printed.", "desirable"),
        ("Bidders are encouraged to visit the site.", "desirable"),
        ("The solution could offer text messages.", "optional"),
        ("Q4 How will you train our staff?", "question"),
        ("Please describe your approach to testing.", "question"),
        ("Please complete Annex B.", "mandatory"),
    ],
)
def test_this_is_asked_for(sentence, strength):
    assert [found_strength for _, found_strength in found(sentence)] == [strength]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Council shall pay within 30 days.",
        "The Authority will provide test data and must approve the plan.",
        "Applicants must currently post a form.",
        "Evaluators will read each answer twice.",
        "Bids must score at least 2.",
        "Bidders will be notified of the decision.",
        "This section should be read with Annex A.",
        "The supplier is not required to host the data.",
        "The aim is to provide better services.",
        "The supplier may invoice monthly.",
        "The contractor will be paid in arrears.",
        "In this document, must means mandatory.",
        "The government does not anticipate that contractor personnel will need to travel.",
        "We bought code that will improve the service.",
        "What happens next is unclear.",
    ],
)
def test_this_is_not(sentence):
    assert found(sentence) == []


def test_each_item_under_a_lead_in_is_a_requirement_that_carries_it():
    requirements = find_requirements(passage("The supplier must:\n- train staff; and\n- write guides."), FINDER)
    assert [(one.whole, one.text) for one in requirements] == [
        ("The supplier must: train staff", "train staff"),
        ("The supplier must: write guides.", "write guides."),
    ]


def test_a_lead_in_that_denies_makes_requirements_of_nothing():
    assert found("The supplier is not required to:\n- host the data\n- print the forms") == []
    assert found("The Council will:\n- pay the bill\n- open the door") == []


def test_the_items_of_a_choice_are_ways_to_meet_one_requirement():
    text = "The work must have been done by either:\n- the bidder itself, or\n- a partner."
    assert found(text) == [("The work must have been done by either:", "mandatory")]


def test_a_lead_in_above_headings_holds_for_the_lists_beneath_them():
    text = (
        "# Scope\nThe supplier will be responsible for:\n## Phase 1\n- a design\n## Phase 2\n- a pilot\n# Price\n- £9"
    )
    assert [words for words, _ in found(text)] == ["a design", "a pilot"]


def test_an_item_that_belongs_to_the_buyer_is_none_whatever_introduces_it():
    text = (
        "The supplier must meet these terms:\n- The Council will judge every substitution.\n- No staff may be swapped."
    )
    assert [words for words, _ in found(text)] == ["No staff may be swapped."]


def test_how_bids_are_judged_asks_for_nothing_but_what_bidders_must_do():
    text = "# How bids are evaluated\n- A good answer is complete.\nBidders must attend an interview."
    assert [words for words, _ in found(text)] == ["Bidders must attend an interview."]


@pytest.mark.parametrize(
    ("header", "row", "strength"),
    [
        ("ID | Requirement | Priority", "T1 | Sign-in for all staff | M", "mandatory"),
        ("Ref | Description | MoSCoW", "T1 | Sign-in for all staff | Should have", "desirable"),
        ("No. | Feature | Mandatory / Desirable", "1.2 | Sign-in for all staff | Desirable", "desirable"),
        ("Req ID | Requirement | Priority", "T-9 | Sign-in for all staff | Could", "optional"),
        ("Requirement | Notes", "Sign-in for all staff | soon", "mandatory"),
        ("Question no. | Question | Weight", "4 | How will you train all staff? | 10%", "question"),
    ],
)
def test_a_row_of_a_table_of_requirements_is_one(header, row, strength):
    (one,) = found(f"{header}\n{row}")
    assert one[1] == strength


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("ID | Requirement | Priority", "T1 | A chat assistant for all | W"),
        ("Step | Date", "Bids due by noon on Friday | 4 May 2027"),
        ("Criterion | Weight", "Quality of the whole answer | 60%"),
        ("KPI | Measure | Target", "K1 | Calls answered in good time | 90%"),
        ("Term | Definition", "Portal | The software and the services"),
    ],
)
def test_a_row_of_another_table_is_none(header, row):
    assert found(f"{header}\n{row}") == []


def test_numbers_come_from_the_document_and_ids_are_unique():
    text = (
        "R1 The supplier must train. The supplier must test.\n3.2.1 The supplier must write.\nStaff must be screened."
    )
    assert [(one.id, one.number) for one in find_requirements(passage(text), FINDER)] == [
        ("R1a", "R1"),
        ("R1b", "R1"),
        ("3.2.1", "3.2.1"),
        ("n4", ""),
    ]


def test_a_letter_behind_a_shared_number_is_none_that_the_document_has():
    text = "R1 The supplier must train. The supplier must test.\nR1a The supplier must write.\n"
    text += "(a) The supplier must draw.\n(a) The supplier must paint."
    found = find_requirements(passage(text), FINDER)
    assert [one.name for one in found] == ["R1b", "R1c", "R1a", "a-1", "a-2"]
    assert [one.name for one in find_requirements(passage("(a) The supplier must draw."), FINDER)] == ["(a)"]


def test_300_requirements_and_1000_sentences_take_a_few_seconds():
    words = (
        "library",
        "portal",
        "record",
        "payment",
        "ticket",
        "audit",
        "backup",
        "training",
        "ward",
        "casework",
        "map",
    )
    asks = (f"R{i} The supplier must keep the {words[i % 11]} {words[i % 7]} for {i} days." for i in range(300))
    says = (f"We will keep each {words[i % 5]} {words[i % 11]} for {i} days and test it." for i in range(1000))
    assessor = Assessor(load_vocabulary()).with_model(None)  # which reads each sentence once, whatever is asked
    begin = time.process_time()
    traced = trace(passage("\n".join(asks)), [passage("\n".join(says))], assessor)
    assert time.process_time() - begin < 12  # 3 on an idle machine; comparing each with each took 20
    assert len(traced.requirements) == 300


def test_a_vague_word_in_a_name_or_a_measure_is_not_vague():
    sentence = "The supplier must show how it manages modern slavery in a modern supply chain."
    assert FINDER.vague(sentence) == ("modern",)
    assert FINDER.vague(sentence.replace("a modern", "its")) == ()
    assert FINDER.vague("The form must use a regular expression.") == ()
