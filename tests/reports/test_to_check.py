"""What may speak of a theme and is too unsure to count is told apart from what is missing."""

import csv
import io
import json
from dataclasses import replace

import jsonschema
import openpyxl
import pytest
from lxml import html

from tenderkit import reports
from tenderkit.reports import open_questions
from tenderkit.reports.compare import Format, render
from tenderkit.reports.compare.json import schema

CHECKED = "Residents may watch the meetings in which the services are discussed."

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


def test_a_comparison_shows_what_is_to_be_checked_with_its_page_as_not_scored(compared_doubtful):
    text = " ".join(render(compared_doubtful, Format.TEXT).split())
    assert f"B please check B to check, not scored: “{CHECKED}” page 2, Our meetings" in text
    markdown = render(compared_doubtful, Format.MARKDOWN)
    assert f"  - B to check, not scored: “{CHECKED}” (page 2, Our meetings)" in markdown
    (before,) = html.fromstring(render(compared_doubtful, Format.HTML)).xpath("//p[.='to check, not scored']")
    assert before.getparent().text_content().strip().endswith(f"“{CHECKED}”page 2, Our meetings")


def test_the_workbook_shows_it_too(compared_doubtful):
    book = openpyxl.load_workbook(io.BytesIO(render(compared_doubtful, Format.XLSX)))
    *_, last = book["Themes"].iter_rows(values_only=True)
    assert last[-3:] == ("please check", f"to check, not scored: “{CHECKED}”\nOur meetings", "page 2")


def test_json_has_it_apart_from_what_counts(compared_doubtful):
    value = json.loads(render(compared_doubtful, Format.JSON))
    jsonschema.validate(value, schema())
    ours, theirs = value["outcomes"][-1]["themes"][0]["bids"]
    assert (ours["to_check"], theirs["best"]) == (None, None)
    assert (theirs["to_check"]["quote"], theirs["to_check"]["page"]) == (CHECKED, 2)


def first_screen(report):
    (part,) = html.fromstring(reports.render(report, reports.Format.HTML)).xpath("//div[contains(@class, 'missing')]")
    return [" ".join(each.text_content().split()) for each in part.xpath("./*[self::h3 or self::p] | .//li")]


def test_the_first_screen_tells_what_is_missing_from_what_is_to_be_checked(doubtful, one):
    heading, *questions, link = first_screen(doubtful)
    assert heading == "What is missing or to check"
    assert "Democracy: please check Which decisions can people see being made?" in questions
    assert "Inclusion: not mentioned Who has tested it with assistive technology?" in questions
    assert link == "All 5 questions left open, 1 to check"
    assert first_screen(one)[0] == "What is missing"


def test_what_is_missing_comes_before_what_is_to_be_checked(doubtful):
    card = doubtful.documents[0].scorecard
    first, *others = card.outcomes
    unsure = replace(first.themes[0], possible=1)
    card = replace(card, outcomes=(replace(first, themes=(unsure, replace(unsure, id="skills", possible=0))), *others))
    assert open_questions.foremost(card)[0][1].id == "skills"


@pytest.mark.parametrize("kind", ["score", "compare"])
def test_a_row_to_be_checked_has_quote_and_page_and_no_stance(kind, doubtful, compared_doubtful):
    written = reports.render(doubtful, reports.Format.CSV) if kind == "score" else render(compared_doubtful, Format.CSV)
    rows = list(csv.DictReader(io.StringIO(written)))
    (row,) = (row for row in rows if row["level_word"] == "please check")
    assert (row["quote"], row["page"], row["confidence"], row["scored"]) == (CHECKED, "2", "0.34", "no")
    assert (row["stance"], row["who"], row["measured"]) == ("", "", "")
    assert {row["scored"] for row in rows if row["quote"] != CHECKED} == {"", "yes"}
