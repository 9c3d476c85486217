"""Who does what: the subject and the first finite verb of the main clause."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderkit.cues import load_cues
from tenderkit.main_clause import main_clause
from tenderkit.resources import Mistakes
from tenderkit.signs import load_shapes

VERBS = load_shapes("lga-2022", load_cues("lga-2022").lists, Mistakes()).verbs


def read(text):
    words = text.split()
    return main_clause([word.lower() for word in words], words, VERBS)


@pytest.mark.parametrize(
    ("text", "subject", "verb"),
    [
        ("We have trained 300 residents .", "we", "has done"),
        ("In 2025 , the Town Council opened four hubs .", "buyer", "done"),
        ("Suppliers that want to bid must publish their prices .", "supplier", "must"),
        ("If the network fails , call the service desk .", "none", "imperative"),
        ("Please describe your approach .", "none", "imperative"),
        ("Do not send paper copies .", "none", "imperative"),
        ("All backups are encrypted at night .", "things", "is done"),
        ("The platform does not store passwords .", "product", "does not"),
        ("Our trainers will not be charged extra .", "our", "will not be done"),
        ("Residents' devices are being replaced .", "things", "is doing"),
        ("Delivered to 40 libraries in a year .", "none", "done"),
        ("To reduce costs over time .", "none", "to"),
        ("How will you train our staff ?", "thing", "will"),
        ("Privacy : the team tests every release .", "team", "does"),
        ("User manual and training materials .", "thing", "none"),
        ("In Northshire , Age UK wants a joined-up service .", "name", "wants"),
        ("( 4 )", "none", "none"),
    ],
)
def test_the_main_clause_is_found(text, subject, verb):
    found = read(text)
    assert (found.subject, found.verb) == (subject, verb)


SOME = ["we", "the", "if", "will", "not", "be", "tested", ",", ":", "that", "residents", "and", "to", "(", "5", "tests"]


def test_a_condition_before_the_main_clause_is_told():
    assert read("If the council agrees , we will publish the code .").opening == "if"
    assert read("We will publish the code .").opening == ""


@given(st.lists(st.sampled_from(SOME)))
def test_any_words_give_a_clause_whose_verb_stands_in_them(words):
    found = main_clause(words, words, VERBS)
    assert 0 <= found.first <= found.last <= len(words)
    assert found.subject
    assert found.verb
