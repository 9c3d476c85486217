"""What may speak of a theme and is too unsure to count is told apart from what is missing."""

import csv
import io
import json
from dataclasses import replace

import openpyxl
import pytest
from lxml import html

from tenderkit.reports.compare import Format, render

BY_WORD = {"measured": 0, "stated": 0, "only mentioned": 0, "to check": 1, "declined": 1, "not mentioned": 3}


def figures_of_text(comparison):
    rows = (line.strip().rsplit(maxsplit=2) for line in render(comparison, Format.TEXT).splitlines())
    return {row[0].removeprefix("themes "): row[2] for row in rows if row and row[0].startswith("themes ")}


def figures_of_markdown(comparison):
    rows = (line.strip("| ").split(" | ") for line in render(comparison, Format.MARKDOWN).splitlines())
    return {row[0].removeprefix("themes "): row[2] for row in rows if row[0].startswith("themes ")}


def figures_of_json(comparison):
    themes = json.loads(render(comparison, Format.JSON))["bids"][1]["themes"]
    return {word.replace("_", " "): number for word, number in themes.items()}


def figures_of_html(comparison):
    head, *_, last = html.fromstring(render(comparison, Format.HTML)).xpath("//table[@class='themes']//tr")
    return dict(zip((cell.text_content().lower() for cell in head), (cell.text for cell in last), strict=True))


def figures_of_workbook(comparison):
    book = openpyxl.load_workbook(io.BytesIO(render(comparison, Format.XLSX)))
    head, *_, last = book["Bids"].iter_rows(values_only=True)
    return {str(name).removeprefix("themes "): value for name, value in zip(head, last, strict=True)}


def figures_of_csv(comparison):
    rows = csv.DictReader(io.StringIO(render(comparison, Format.CSV)))
    words = [row["level_word"].replace("please check", "to check") for row in rows if row["bid"] == "B"]
    return {word: words.count(word) for word in BY_WORD}


@pytest.mark.parametrize(
    "figures",
    [figures_of_text, figures_of_markdown, figures_of_json, figures_of_html, figures_of_workbook, figures_of_csv],
)
def test_themes_not_mentioned_to_check_and_declined_are_counted_apart(figures, compared_doubtful):
    found = figures(compared_doubtful)
    assert {word: int(found[word]) for word in BY_WORD} == BY_WORD


def test_of_many_bids_they_are_counted_apart_in_rows(compared_doubtful, many):
    last = replace(many.bids[5], report=compared_doubtful.bids[1].report)
    lines = [line.split() for line in render(replace(many, bids=(*many.bids[:5], last)), Format.TEXT).splitlines()]
    head = next(place for place, words in enumerate(lines) if words[:2] == ["themes", "measured"])
    assert lines[head + 6] == ["F", "0", "0", "0", "1", "1", "3"]
