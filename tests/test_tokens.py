"""Tokens as lists are spaCy's own tokens."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderkit.language import Language
from tenderkit.tokens import says_something

LANGUAGE = Language(["accessibility", "share", "SRO"])
PIECES = [
    "We’ll",
    "can't",
    "cannot",
    "e.g.",
    "24/7",
    "sharing",
    "SROs",
    "(see",
    "4.2),",
    "\t",
    "\t\t",
    " ",
    "  ",
    "£2m",
    "a",
]


def told(text):
    """Return the tokens of a text by both ways: text, normal form and place."""
    tokens = LANGUAGE.tokens(text)
    doc = LANGUAGE.tokenise(text)
    return [*zip(tokens.texts, tokens.norms, tokens.starts, strict=True)], [
        (each.text, each.norm, each.idx) for each in doc
    ]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from(["", " "]))
def test_tokens_are_the_same_as_those_of_spacy(pieces, between):
    ours, theirs = told(between.join(pieces))
    assert ours == theirs


@pytest.mark.parametrize("text", ["", " ", "  ", "\t", " a", "a ", "a  b", "a \t b", "a\t b", "a\u00a0b", "\n a\n"])
def test_white_space_is_cut_as_spacy_cuts_it(text):
    ours, theirs = told(text)
    assert ours == theirs


def test_the_same_words_have_the_same_tokens_when_they_stand_again():
    first, _ = told("can't share, won't share")
    again, theirs = told("can't share, won't share")
    assert first == again == theirs


@pytest.mark.parametrize("token", ["data", "2,000", "3/4", "1st", "café"])
def test_words_and_numbers_say_something(token):
    assert says_something(token)


@pytest.mark.parametrize("token", [",", "•", "(", "\t", "–", "--"])
def test_marks_say_nothing(token):
    assert not says_something(token)
