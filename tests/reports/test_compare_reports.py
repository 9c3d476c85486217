import csv
import io
import json
from dataclasses import replace

import jsonschema
import openpyxl
import pytest
from markdown_it import MarkdownIt

from tenderkit.compare import compare, narrow
from tenderkit.reports.compare import Format, render, told
from tenderkit.reports.compare.json import schema

ESCAPES = "\x1b]0;owned\x07\x1b[2J\u202eWe will"
MARKUP = "=HYPERLINK(0) <script>alert(1)</script> | [x](javascript:x) *We will*"


@pytest.mark.parametrize(
    ("form", "name"),
    [(Format.TEXT, "compare.txt"), (Format.JSON, "compare.json"), (Format.CSV, "compare.csv"),
     (Format.MARKDOWN, "compare.md"), (Format.HTML, "compare.html")],
)  # fmt: skip
def test_a_comparison_is_written_as_the_golden_file_shows(form, name, side_by_side, golden):
    golden(name, render(side_by_side, form))


def test_more_than_five_bids_stand_in_rows(many, golden):
    golden("compare-many.txt", render(many, Format.TEXT))


def test_however_many_outcomes_there_are_each_row_names_its_bid(many):
    wide = replace(many, outcomes=many.outcomes * 7)
    lines = render(wide, Format.TEXT).splitlines()
    assert max(len(line) for line in lines) <= 80
    states = [line.split() for line in lines if line.startswith("  A  ") and set(line.split()[1:]) <= set("cptg")]
    assert [len(row) - 1 for row in states] == [17, 4]


@pytest.mark.parametrize("width", [60, 80])
def test_text_keeps_to_its_width(side_by_side, width):
    assert max(len(line) for line in render(side_by_side, Format.TEXT, width=width).splitlines()) <= width


def test_colour_only_repeats_what_the_words_say(side_by_side):
    plain = render(side_by_side, Format.TEXT)
    coloured = render(side_by_side, Format.TEXT, colour=True)
    assert "\x1b[" in coloured
    assert "\x1b[" not in plain


def test_json_keeps_to_its_schema(side_by_side, many):
    for comparison in (side_by_side, many, narrow(side_by_side, outcome="value")):
        jsonschema.validate(json.loads(render(comparison, Format.JSON)), schema())


def test_csv_has_a_row_for_every_theme_of_every_bid_and_one_for_a_bid_not_read(side_by_side):
    rows = list(csv.DictReader(io.StringIO(render(side_by_side, Format.CSV))))
    assert len(rows) == 5 * 2 + 1
    assert (rows[-1]["bid"], rows[-1]["path"]) == ("C", "pack/locked.pdf")
    assert "it is locked" in rows[-1]["note"]


def workbook(comparison):
    return openpyxl.load_workbook(io.BytesIO(render(comparison, Format.XLSX)))


def test_the_workbook_has_bids_outcomes_themes_and_how_to_read_it(side_by_side):
    book = workbook(side_by_side)
    assert book.sheetnames == ["Bids", "Outcomes", "Themes", "How to read it"]
    themes = [[cell.value for cell in row] for row in book["Themes"].iter_rows()]
    assert themes[0][:6] == ["outcome", "theme", "question", "levels differ", "A level", "A best quote"]
    assert themes[1][4] == "measured"
    assert themes[1][5].startswith("“We will test every release")
    assert book["Themes"]["G2"].hyperlink.location == "page=12"
    assert [cell.value for cell in book["Bids"]["C"]] == ["read as", "bid", "bid", "not read"]


def test_a_bid_that_says_and_unsays_shows_both(side_by_side):
    assert "but also: “We do not teach at weekends.”" in render(side_by_side, Format.TEXT)
    assert any("but also" in str(cell.value) for row in workbook(side_by_side)["Themes"].iter_rows() for cell in row)


def test_what_was_hidden_copied_declined_or_not_read_is_told_beside_the_bid(side_by_side):
    first = told.flags(side_by_side.bids[0])
    assert [line.partition(" ")[2] for line in first][1:] == [
        "passage hidden from readers, kept out of the score",
        "passage copied, repeated or mere keywords",
        "passage saying what it will not do",
    ]
    assert first[0].startswith("3 of 44 pages not read")
    assert told.flags(side_by_side.bids[2]) == ["could not be read: it is locked; save it without a password"]


@pytest.mark.parametrize("form", [Format.TEXT, Format.MARKDOWN, Format.CSV, Format.HTML])
def test_escape_codes_of_a_bid_reach_no_output(form, compared_hostile):
    written = render(compared_hostile(ESCAPES), form)
    assert "\x1b" not in written
    assert "\x07" not in written
    assert "\u202e" not in written


def test_markup_of_a_bid_is_text_in_markdown(compared_hostile):
    written = MarkdownIt("commonmark", {"html": True}).render(render(compared_hostile(MARKUP), Format.MARKDOWN))
    assert "<script" not in written
    assert "<a " not in written
    assert "<em>" not in written


def test_markup_of_a_bid_is_text_in_html(compared_hostile):
    written = render(compared_hostile(MARKUP), Format.HTML)
    assert written.count("<script>") == 1  # ours
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in written
    assert "default-src 'none'" in written.replace("&#39;", "'")


def test_no_cell_of_a_bid_starts_a_formula(compared_hostile):
    comparison = compared_hostile(MARKUP)
    for row in csv.reader(io.StringIO(render(comparison, Format.CSV))):
        assert not any(cell.startswith("=") for cell in row)
    for sheet in workbook(comparison):
        assert not [cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_one_bid_alone_or_none_that_was_read_is_no_error(side_by_side):
    for reports in ([side_by_side.bids[0].report], [side_by_side.bids[2].report]):
        comparison = compare(side_by_side.scheme, reports)
        for form in Format:
            assert render(comparison, form)
