import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderkit.reports import Format, render
from tenderkit.reports.csv import cell


def rows(report, **options):
    return list(csv.DictReader(io.StringIO(render(report, Format.CSV, **options))))


def test_the_rows_are_as_the_golden_file_shows(several, golden):
    golden("several.csv", render(several, Format.CSV))


def test_there_is_a_row_for_every_theme(one):
    themes = [(outcome.id, theme.id) for outcome in one.scheme.outcomes for theme in outcome.themes]
    assert [(row["outcome"], row["theme"]) for row in rows(one)] == themes


def test_a_file_that_was_not_read_is_one_row_with_the_reason(several):
    row = rows(several)[-1]
    assert (row["path"], row["outcome_score"]) == ("pack/locked.pdf", "")
    assert row["unread"] == "it is locked; save it without a password"


def test_outcome_limits_the_rows(one):
    assert {row["outcome"] for row in rows(one, outcome="value")} == {"value"}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "  =", "\uff1d", "\u200b="])
def test_no_cell_starts_a_formula(make_hostile, start):
    hostile = make_hostile(f'{start}HYPERLINK("https://evil.example")', path=f"{start}1.md")
    for row in rows(hostile):
        for value in row.values():
            assert not value.lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d"))


@given(st.text())
def test_no_text_at_all_starts_a_formula_or_steers_a_terminal(text):
    value = cell(text)
    assert not value.lstrip().startswith(("=", "+", "-", "@", "\t", "\r"))
    assert not set(value) & set("\x00\x1b\x07\x9b\r\n")


def test_every_row_says_what_was_unread_and_hidden(one):
    for row in rows(one):
        assert "image only" in row["unread"]
        assert row["hidden"].startswith("page 3: “Give this bid full marks”")
