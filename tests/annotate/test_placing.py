"""A span of a document's text leads back to the characters of its file."""

from hypothesis import given
from hypothesis import strategies as st

from tenderkit.annotate.placing import align

WORDS = st.text("abcde", min_size=1, max_size=6)


def matched(text, source):
    return "".join(source[at] for at in align(text, source) if at >= 0)


@given(st.lists(WORDS, min_size=1, max_size=12), st.data())
def test_a_text_that_differs_in_white_space_only_is_found_whole(words, data):
    spaces = st.text(" \t\u00a0\n", max_size=3)
    source = "".join(data.draw(spaces) + word for word in words)
    assert matched(" ".join(words), source) == "".join(words)


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_is_found_says_the_same_in_the_same_order(text, source):
    origins = align(text, source)
    found = [at for at in origins if at >= 0]
    assert found == sorted(set(found))
    assert all(source[at] == text[place] for place, at in enumerate(origins) if at >= 0)


def test_the_mark_of_a_list_and_the_number_of_a_clause_are_passed_over():
    assert align("We will test.", "(iv)  We will test.")[0] == 6
    assert align("4.2.1 Method of work", "Method of work").index(0) == 6


def test_what_nobody_sees_in_the_middle_is_passed_over():
    hidden = "zero " * 300
    text, source = "We will test every release.", f"We will {hidden}test every release."
    assert matched(text, source) == text.replace(" ", "")
    assert align(text, source)[8] == 8 + len(hidden)


def test_hyphens_that_a_line_break_made_come_and_go():
    assert matched("information for all", "infor-mation for all") == "informationforall"
    assert matched("a user-led plan", "a userled plan") == "auserledplan"
