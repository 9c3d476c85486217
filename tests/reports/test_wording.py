import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderkit.document import Unread
from tenderkit.reports.wording import harmless, place, shorten, unread_lines


@given(st.text(), st.integers(min_value=4, max_value=300))
def test_a_shortened_text_is_never_longer_than_asked_and_begins_as_the_text_does(text, most):
    short = shorten(text, most)
    assert len(short) <= most
    assert short == text or text.startswith(short.removesuffix(" …"))


@given(st.text())
def test_harmless_text_is_one_line_and_stays_as_it_is(text):
    once = harmless(text)
    assert len(once.splitlines()) <= 1
    assert harmless(once) == once


def test_letters_of_other_alphabets_are_kept():
    assert harmless("Cymraeg ŵ, اردو, ਪੰਜਾਬੀ, 中文 €5") == "Cymraeg ŵ, اردو, ਪੰਜਾਬੀ, 中文 €5"


@pytest.mark.parametrize(
    ("pages", "told"),
    [
        ((1,), ["page 1: blank"]),
        ((1, 2, 3), ["pages 1 to 3: blank"]),
        ((9, 1, 3), ["page 1: blank", "page 3: blank", "page 9: blank"]),
    ],
)
def test_pages_that_follow_one_another_are_told_together(pages, told):
    assert unread_lines([Unread(page, "blank") for page in pages]) == told


def test_a_quote_from_a_spreadsheet_names_its_cell():
    assert place(None, ("Prices", "Support"), label="Prices!B4") == "Prices!B4, Support"
