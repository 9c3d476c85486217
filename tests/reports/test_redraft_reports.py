import csv
import io
import json

import jsonschema
import pytest
from markdown_it import MarkdownIt

from tenderkit.redraft import diff
from tenderkit.reports.redraft import Format, render
from tenderkit.reports.redraft.json import schema

ESCAPES = "\x1b]0;owned\x07\x1b[2J\u202eWe will"
MARKUP = "=HYPERLINK(0) <script>alert(1)</script> | [x](javascript:x) *We will*"


@pytest.mark.parametrize(
    ("form", "name"),
    [(Format.TEXT, "diff.txt"), (Format.JSON, "diff.json"), (Format.CSV, "diff.csv"), (Format.MARKDOWN, "diff.md"),
     (Format.HTML, "diff.html")],
)  # fmt: skip
def test_what_a_redraft_changed_is_written_as_the_golden_file_shows(form, name, redraft, golden):
    golden(name, render(redraft, form))


@pytest.mark.parametrize("width", [60, 80])
def test_text_keeps_to_its_width(redraft, width):
    assert max(len(line) for line in render(redraft, Format.TEXT, width=width).splitlines()) <= width


def test_json_keeps_to_its_schema(redraft, side_by_side):
    unread = diff(redraft.scheme, redraft.before, side_by_side.bids[2].report)
    for each in (redraft, unread):
        jsonschema.validate(json.loads(render(each, Format.JSON)), schema())


def test_two_versions_that_say_the_same_are_told_so(redraft):
    same = diff(redraft.scheme, redraft.before, redraft.before)
    assert "No theme changed its level, and no passage that counts came or went." in render(same, Format.TEXT)
    assert "Beware: The two files are the same" in render(same, Format.TEXT)


@pytest.mark.parametrize("form", [Format.TEXT, Format.MARKDOWN, Format.CSV, Format.HTML])
def test_escape_codes_of_a_document_reach_no_output(form, redrafted_hostile):
    written = render(redrafted_hostile(ESCAPES), form)
    assert "\x1b" not in written
    assert "\u202e" not in written


def test_markup_of_a_document_is_text_and_no_cell_starts_a_formula(redrafted_hostile):
    redraft = redrafted_hostile(MARKUP)
    written = MarkdownIt("commonmark", {"html": True}).render(render(redraft, Format.MARKDOWN))
    assert "<script" not in written
    assert "<a " not in written
    assert render(redraft, Format.HTML).count("<script>") == 1  # ours
    for row in csv.reader(io.StringIO(render(redraft, Format.CSV))):
        assert not any(cell.startswith("=") for cell in row)
