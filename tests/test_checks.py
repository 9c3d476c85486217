"""Kinds of check, each where its rules' own examples do not reach."""

from dataclasses import replace

import pytest

from tenderkit.checks.forms import find_answers, word_limit
from tenderkit.document import passage
from tenderkit.errors import MistakesError
from tenderkit.findings import Checker
from tenderkit.readers import boilerplate
from tenderkit.roles import Role
from tenderkit.rules import choose, load_rules

RULES = load_rules()


def found(code, text, role=Role.BID):
    document = passage(text)
    marked = replace(document, blocks=tuple(boilerplate.mark(document.blocks)))  # as every reader hands it on
    return Checker(choose(RULES, [code])).check(marked, role).findings


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("Maximum 500 words", 500),
        ("(500 words)", 500),
        ("Max. of 1,500 words", 1500),
        ("Your answer must not exceed 750 words.", 750),
        ("Word limit: 300", 300),
        ("No more than 250 words, please", 250),
        ("500-word limit", 500),
        ("Word count: 480", None),
        ("We wrote 500 words for each page.", None),
        ("Maximum 2 pages", None),
    ],
)
def test_a_word_limit_is_told_from_a_number_of_words(text, limit):
    assert word_limit(text) == limit


def test_an_answer_under_a_heading_reaches_over_its_subheadings_and_no_farther():
    document = passage("# Q1 Tests (max 15 words)\n## Who\nWe test.\n## When\nEvery May.\n# Price\nOne two three four.")
    (answered,) = find_answers(document)
    assert (answered.limit, answered.words) == (15, 4)


def test_a_limit_beneath_the_answer_is_not_the_questions():
    document = passage("How will you test your product?\nWe test each May.\nMaximum 3 words")
    assert [answered.limit for answered in find_answers(document)] == [None]


def test_an_answer_may_have_as_many_words_as_its_limit_and_no_more():
    (told,) = found("TK102", f"# Q1 Tests (max 10 words)\n{'test ' * 11}")
    assert told.message == "The answer to “Q1 Tests (max 10 words)” has 11 words; the limit is 10."
    assert found("TK102", f"# Q1 Tests (max 10 words)\n{'test ' * 10}") == ()


def test_questions_that_share_an_answer_are_answered():
    text = "How will you test your product?\nWho will test your product?\nWe test each May.\nHow do you price it?"
    assert [finding.quote for finding in found("TK103", text)] == ["How do you price it?"]


def test_a_single_question_may_be_a_way_of_speaking():
    assert found("TK103", "We test each May.\nWhat does that mean for your residents?") == ()


BUYER = "Thornmere Council asks. Thornmere Council runs 14 libraries.\nThornmere Council decides.\n"


def test_the_same_buyer_under_a_longer_name_is_no_other():
    assert found("TK106", f"{BUYER}We will train the staff of Thornmere Borough Council in May.") == ()


def test_no_customer_is_left_over_where_no_buyer_stands_out():
    assert found("TK106", "Thornmere Council asks.\nWe will train the staff of Kelderby Council in May.") == ()


def test_findings_of_a_section_are_gathered_with_their_number():
    text = "# Method\nWe aim to test.\nWe hope to train.\n# Price\nWe aim to save.\nWe test where possible."
    first, second = found("TK104", text)
    assert first.message == "“We aim to” promises nothing (and 1 more here)."
    assert second.section == ("Price",)


def test_an_outcome_without_marks_is_told_only_where_there_are_criteria():
    asked = (
        "The supplier must test every release with disabled people who use screen readers, and must meet WCAG 2.2 AA.\n"
        "The supplier must provide an assisted digital route for people who are offline.\n"
        "The supplier must mend each accessibility fault that disabled people report within ten days.\n"
    )
    assert found("TK201", f"# Requirements\n{asked}", Role.TENDER) == ()
    (told,) = found("TK201", f"# Requirements\n{asked}# Evaluation\nPrice is worth all the marks.", Role.TENDER)
    assert told.message.startswith("Inclusion: asked for several times")


def test_a_contract_without_any_kpi_is_told_once_and_a_tender_is_not_asked():
    text = (
        "The Supplier shall test each release with disabled people who use screen readers and shall meet WCAG 2.2.\n"
        "The Supplier shall keep an accessibility statement and shall mend each accessibility fault.\n"
    )
    (told,) = found("TK501", text, Role.CONTRACT)
    assert told.message == "No KPI measures Inclusion (the document has no KPI)."
    assert found("TK501", text, Role.TENDER) == ()


RULE = """\
severity: note
message: It is wrong.
why: It is.
instead: Mend it.
source: tenderkit
flags: [One.]
passes: [Two.]
"""


@pytest.mark.parametrize(
    ("keys", "complaint"),
    [
        ("kind: integrity\nof: [hiden text]", "No 'hiden text' here. Did you mean 'hidden text'?"),
        ("kind: measured\nstances: [promise]", "No 'promise' here."),
        ("kind: outcome-level\nlevel: 4", "No such level."),
        ("kind: outcome-placed\nof: asekd\nunder: [criteria]", "'asekd' is nothing to look for. Did you mean 'asked'?"),
        ("kind: paired\nevery: [a]\nwith: [b]\nwithin: sektion", "'sektion' is no place. Did you mean 'section'?"),
        ("kind: tied\nlacks: payments", "No link 'payments'. Did you mean 'payment'?"),
        ("kind: length\nonce-per: page", "'page' gathers nothing."),
        ("kind: length\ntolerance: some", "A number is expected here."),
    ],
)
def test_a_mistake_in_the_keys_of_a_kind_is_told(tmp_path, keys, complaint):
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "XY001-any.yml").write_text(f"{keys}\n{RULE}", encoding="utf-8")
    with pytest.raises(MistakesError) as caught:
        load_rules(str(tmp_path))
    assert complaint in " ".join(caught.value.mistakes)
