"""A question lends its themes to the answer beneath it, and to nothing else."""

import pytest

from tenderkit.assess import Assessor
from tenderkit.document import passage
from tenderkit.evidence import Level, Stance
from tenderkit.readers import read
from tenderkit.roles import Role
from tenderkit.vocabulary import load_vocabulary

QUESTION = "# How do you test with assistive technology?"


@pytest.fixture(scope="module")
def assessor():
    return Assessor(load_vocabulary())


def accessibility(assessor, text, role=Role.BID):
    card = assessor.assess(passage(text), role).scorecard
    (outcome,) = (outcome for outcome in card.outcomes if outcome.id == "inclusion")
    (theme,) = (theme for theme in outcome.themes if theme.id == "accessibility")
    return theme


def test_an_answer_that_promises_is_evidence_of_what_was_asked(assessor):
    theme = accessibility(assessor, f"{QUESTION}\nWe will invite five people to each review and act on what they say.")
    best = theme.evidence[0]
    assert theme.level >= Level.STATED
    assert best.quote == "We will invite five people to each review and act on what they say."
    assert best.because[0].kind == "question"
    assert best.because[0].text == QUESTION.removeprefix("# ")


def test_a_question_alone_answers_nothing(assessor):
    assert accessibility(assessor, QUESTION).level <= Level.MENTIONED


def test_the_name_of_what_follows_answers_nothing(assessor):
    question = "# Who is responsible for testing with assistive technology?"
    assert accessibility(assessor, f"{question}\n\nOur head of design").level == Level.STATED
    assert accessibility(assessor, f"{question}\n\nOur head of design:").level <= Level.MENTIONED


def test_a_few_words_do_not_say_what_ought_to_have_been_done(assessor):
    question = "# Which assistive technology should have been tested?"
    assert accessibility(assessor, f"{question}\n\nOur head of design").level <= Level.MENTIONED


def test_a_question_behind_a_question_answers_nothing(assessor):
    text = b"- Which tools for testing with screen readers do you use? What percentage of tests takes over 2 hours?\n"
    card = assessor.assess(read(text, "a.md"), Role.BID).scorecard
    assert all(theme.level <= Level.MENTIONED for outcome in card.outcomes for theme in outcome.themes)


def test_no_is_a_refusal_and_is_shown_with_its_reason(assessor):
    theme = accessibility(assessor, "# Do you test with assistive technology?\nNo. This is left to the Council.")
    assert theme.level <= Level.MENTIONED
    (declined,) = (item for item in theme.evidence if item.stance is Stance.NEGATED)
    assert declined.quote == "No. This is left to the Council."


def test_yes_is_a_promise(assessor):
    theme = accessibility(
        assessor, "# Do you test with assistive technology?\nYes. Each release is tried by five people."
    )
    assert theme.level >= Level.STATED


def test_what_neither_promises_nor_refuses_answers_nothing(assessor):
    theme = accessibility(assessor, f"{QUESTION}\nThe weather was mild in the spring of that year.")
    assert theme.level <= Level.MENTIONED


@pytest.mark.parametrize(
    "between", ["Our firm is forty years old.", "# Our people\nThe team sits in Leeds."], ids=["paragraph", "heading"]
)
def test_only_the_first_block_beneath_the_question_answers(assessor, between):
    theme = accessibility(assessor, f"{QUESTION}\n{between}\nWe will invite five people to each review.")
    assert theme.level <= Level.MENTIONED


def test_a_heading_that_asks_nothing_lends_nothing(assessor):
    theme = accessibility(assessor, "# Assistive technology\nWe will invite five people to each review.")
    assert theme.level <= Level.MENTIONED


def test_words_of_its_own_come_before_a_lent_theme(assessor):
    theme = accessibility(assessor, f"{QUESTION}\nWe will test every release with a screen reader.")
    assert all(reason.kind != "question" for item in theme.evidence for reason in item.because)
