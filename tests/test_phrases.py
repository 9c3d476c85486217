"""The notation of phrases: what it stands for, and what it refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderkit.phrases import Gap, PhraseError, variants

WORD = st.text(alphabet="abcxyz", min_size=1, max_size=5)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("screen reader", {("screen", "reader")}),
        ("share|sharing data", {("share", "data"), ("sharing", "data")}),
        ("public services? network", {("public", "services", "network"), ("public", "network")}),
        ("open <3> data", {("open", Gap(3), "data")}),
        ("open <1> data <10> set", {("open", Gap(1), "data", Gap(10), "set")}),
        ("e-mail", {("e", "mail"), ("email",)}),
        ("a-b-c", {("a", "b", "c"), ("abc",)}),
        ("wi-fi|wireless", {("wi", "fi"), ("wifi",), ("wireless",)}),
        ("a|b? c", {("a", "c"), ("b", "c"), ("c",)}),
        ("  spaced   out ", {("spaced", "out")}),
        ("$who owns", {("resident", "owns"), ("local", "people", "owns")}),
        ("$who|council owns", {("resident", "owns"), ("local", "people", "owns"), ("council", "owns")}),
        ("$who? owns", {("resident", "owns"), ("local", "people", "owns"), ("owns",)}),
        ("27001", {("27001",)}),
        ("24/7", {("24/7",)}),
        ("iso/iec 27001", {("iso/iec", "27001")}),
    ],
)
def test_a_phrase_stands_for_its_variants(phrase, expected):
    found = variants(phrase, {"who": ("resident", "local people")})
    assert set(found) == expected
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("phrase", "complaint"),
    [
        ("", "empty phrase"),
        ("   ", "empty phrase"),
        ("<3> data", "begins or ends with a gap"),
        ("data <3>", "begins or ends with a gap"),
        ("data? <2> open", "begins or ends with a gap"),
        ("data?", "may be empty"),
        ("open <0> data", "not between 1 and 10"),
        ("open <11> data", "not between 1 and 10"),
        ("open|", "is not a word"),
        ("|open", "is not a word"),
        ("open||shut", "is not a word"),
        ("open * data", "is not a word"),
        ("open <x> data", "is not a word"),
        ("$nobody owns", "names the list '$nobody'"),
        ("a|b|c|d|e|f|g " * 4, "more than 2,000"),
    ],
)
def test_what_the_notation_does_not_allow_is_refused_with_a_reason(phrase, complaint):
    with pytest.raises(PhraseError, match=complaint.replace("$", r"\$")) as caught:
        variants(phrase, {})
    assert str(caught.value).endswith(".")


def test_a_phrase_of_alternatives_at_the_bound_is_allowed():
    assert len(variants("a|b|c|d|e|f|g|h|i|j k|l|m|n|o|p|q|r|s|t u|v|w|x|y|z|a|b|c|d e|f", {})) == 2000


@given(st.lists(WORD, min_size=1, max_size=5))
def test_plain_words_stand_for_themselves(words):
    assert variants(" ".join(words), {}) == (tuple(words),)


@given(st.lists(st.lists(WORD, min_size=1, max_size=3, unique=True), min_size=1, max_size=4))
def test_alternatives_multiply(slots):
    phrase = " ".join("|".join(slot) for slot in slots)
    expected = 1
    for slot in slots:
        expected *= len(slot)
    assert len(variants(phrase, {})) == expected


@given(st.text(alphabet="ab|?<>$-3* ", max_size=12))
def test_any_phrase_is_read_or_refused_and_nothing_else(phrase):
    try:
        found = variants(phrase, {"a": ("x", "y z")})
    except PhraseError:
        return
    for variant in found:
        assert isinstance(variant[0], str)
        assert isinstance(variant[-1], str)
        assert all(part if isinstance(part, str) else 1 <= part.most <= 10 for part in variant)
