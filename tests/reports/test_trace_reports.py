"""The compliance matrix in every format: whole, to its schema, and harmless whatever the documents hold."""

import csv
import io
import json
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import jsonschema
import pytest
from openpyxl import load_workbook

from tenderkit.compliance import Status, Strength
from tenderkit.document import Anchor, Document, DocumentBuilder, Kind, Unread
from tenderkit.reports.trace import Format, render
from tenderkit.reports.trace.json import schema
from tenderkit.requirement_quality import Duplicate, Quality, Unclear
from tenderkit.requirements import Requirement
from tenderkit.trace import Answer, Trace, Traced


def document_of(path, *texts, section="1 Answers", **about):
    builder = DocumentBuilder(pages=9, pages_read=9 - len(about.get("unread", ())))
    builder.add(Kind.HEADING, section, level=1, anchor=Anchor(2))
    for text in texts:
        builder.add(Kind.PARAGRAPH, text, anchor=Anchor(2))
    builder.unread += about.get("unread", ())
    return builder.finish(path, "application/pdf", "a" * 64)


def requirement_of(document, text, number, strength=Strength.MANDATORY, **about):
    start = document.text.index(text)
    return Requirement(number or "n1", number, text, about.pop("lead_in", ""), strength, about.pop("submission", False),
                       start, start + len(text), (document.blocks[0].text,), Anchor(2))  # fmt: skip


def answer_of(document, text, stance, *why):
    start = document.text.index(text)
    return Answer(
        document.path, text, start, start + len(text), (document.blocks[0].text,), Anchor(2), stance, why, 0.8
    )


def matrix(scheme, words="", path="bid.pdf"):
    """Two requirements and an instruction, a bid read in part and one not at all; *words* stand wherever they can."""
    asks = (f"{words}The portal must open.", f"{words}The portal should sing.", f"{words}Bids must be short.")
    says = (f"{words}We will open it.", f"{words}We could hum.")
    tender = document_of("tender.docx", *asks, section=f"{words}3 Needs")
    bid = document_of(path, *says, section=f"{words}1 Answers", unread=(Unread(4, f"{words}image only"),))
    lost = Document("lost.pdf", "", "", "", (), unread=(Unread(None, f"{words}it is locked"),))
    opens = requirement_of(tender, asks[0], "R1", lead_in=f"{words}The supplier must ensure:")
    sings = requirement_of(tender, asks[1], f"{words}R2", Strength.DESIRABLE)
    short = requirement_of(tender, asks[2], "", submission=True)
    committed = answer_of(bid, says[0], Status.COMMITTED, "shared words", f"{words}“will”")
    hums = answer_of(bid, says[1], Status.PARTLY, f"{words}shared words")
    traced = (
        Traced(opens, ("value",), (("value", "exit"),), ((path, Status.COMMITTED),), (committed, hums)),
        Traced(sings, (), (), ((path, Status.UNANSWERED),)),
        Traced(short, (), (), ((path, Status.UNANSWERED),)),
    )
    return Trace(scheme, tender, (bid, lost), traced)


def author(scheme, words=""):
    """The same tender without a bid."""
    whole = matrix(scheme, words)
    traced = tuple(Traced(one.requirement, one.outcomes, one.themes) for one in whole.requirements)
    ids = [one.requirement.id for one in traced]
    unclear = Unclear(ids[1], (f"{words}sing",), f"{words}“sing” and no measure")
    quality = Quality((unclear,), (Duplicate(ids[0], ids[1], 0.9),), ((ids[0], 2),))
    return Trace(scheme, whole.tender, (), traced, quality)


@pytest.fixture
def scheme(one):
    return one.scheme


def rendered(traced, form):
    found = render(traced, form)
    return found if isinstance(found, str) else all_text_of(found)


def all_text_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


def test_the_text_is_as_the_golden_file_shows(scheme, golden):
    golden("trace.txt", render(matrix(scheme), Format.TEXT))
    golden("trace-author.txt", render(author(scheme), Format.TEXT))


def test_the_markdown_is_as_the_golden_file_shows(scheme, golden):
    golden("trace.md", render(matrix(scheme), Format.MARKDOWN))


def test_text_fits_into_80_columns(scheme):
    for traced in (matrix(scheme), author(scheme)):
        assert max(map(len, render(traced, Format.TEXT).splitlines())) <= 80


@pytest.mark.parametrize("make", [matrix, author])
def test_json_keeps_to_its_schema(scheme, make):
    value = json.loads(render(make(scheme), Format.JSON))
    jsonschema.validate(value, schema())
    assert value["schema"] == "tenderkit/trace/1"


def test_gaps_stand_first_and_instructions_last(scheme):
    value = json.loads(render(matrix(scheme), Format.JSON))
    assert [one["number"] for one in value["requirements"]] == ["R2", "R1", None]
    assert value["documents"][0]["status"] == {
        "unanswered": 1, "declined": 0, "echoed": 0, "partly": 0, "committed": 1
    }  # fmt: skip


@pytest.mark.parametrize("form", list(Format))
def test_what_was_not_read_is_told_and_a_gap_on_it_says_so(scheme, form):
    written = rendered(matrix(scheme), form)
    assert "image only" in written or "1 of 9 pages" in written
    assert "it is locked" in written
    if form in {Format.TEXT, Format.MARKDOWN, Format.HTML, Format.JSON}:
        assert "could not be read: an answer may stand there" in written


@pytest.mark.parametrize("about", [True, False])
def test_csv_says_where_the_page_of_a_requirement_is_a_guess(about, scheme):
    traced = author(scheme)
    first, *others = traced.requirements
    placed = replace(first, requirement=replace(first.requirement, anchor=Anchor(6, approximate=about)))
    nowhere = replace(others[0], requirement=replace(others[0].requirement, anchor=Anchor()))
    written = render(replace(traced, requirements=(placed, nowhere, *others[1:])), Format.CSV)
    cells = [(row["tender_page"], row["tender_page_approximate"]) for row in csv.DictReader(io.StringIO(written))]
    assert cells[:2] == [("6", "yes" if about else "no"), ("", "")]


def test_csv_has_a_row_for_every_requirement_in_every_bid(scheme):
    rows = list(csv.DictReader(io.StringIO(render(matrix(scheme), Format.CSV))))
    assert [(row["document"], row["number"], row["status"]) for row in rows] == [
        ("bid.pdf", "R2", "unanswered"),
        ("bid.pdf", "R1", "committed"),
        ("bid.pdf", "", "check by hand"),
        ("lost.pdf", "", ""),
    ]
    assert rows[1]["answer"] == "We will open it."


def test_the_workbook_has_a_sheet_a_bid_with_filters_a_frozen_heading_and_links_to_pages(scheme):
    book = load_workbook(io.BytesIO(render(matrix(scheme), Format.XLSX)))
    assert book.sheetnames == ["Requirements", "bid.pdf", "Not read"]
    sheet = book["bid.pdf"]
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref
    links = {
        link.ref: (link.target, link.location) for row in sheet.iter_rows() for cell in row if (link := cell.hyperlink)
    }
    assert ("bid.pdf", "page=2") in links.values()
    assert [sheet.cell(row, 1).value for row in (2, 3, 4)] == ["unanswered", "committed", "check by hand"]


def test_the_same_matrix_gives_the_same_bytes(scheme):
    for form in Format:
        assert render(matrix(scheme), form) == render(matrix(scheme), form)


EVIL = '=HYPERLINK("https://evil.example") <script>alert(1)</script> \x1b[2J\u202e | [x](javascript:1) '


class Scripts(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("make", [matrix, author])
@pytest.mark.parametrize("form", list(Format))
def test_nothing_planted_in_a_document_does_anything(scheme, form, make):
    found = render(make(scheme, EVIL), form)
    if form is Format.XLSX:
        book = load_workbook(io.BytesIO(found))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert not [cell.value for cell in cells if cell.data_type == "f"]
        assert not [cell for cell in cells if cell.hyperlink and "evil" in str(cell.hyperlink.target)]
        return
    if form is Format.JSON:
        assert "\x1b" not in found  # JSON escapes it
        json.loads(found)
        return
    assert "\x1b" not in found
    assert "\u202e" not in found
    if form is Format.CSV:
        for row in csv.reader(io.StringIO(found)):
            assert not [cell for cell in row if cell.lstrip().startswith(("=", "+", "-", "@"))]
    if form is Format.HTML:
        page = Scripts()
        page.feed(found)
        assert sum(tag == "script" for tag, _ in page.tags) == 1  # ours
        assert not [tag for tag, attributes in page.tags if any(name.startswith("on") for name in attributes)]
        assert not [tag for tag, attributes in page.tags if "javascript" in (attributes.get("href") or "")]
    if form is Format.MARKDOWN:
        assert "<script>" not in found
        assert "[x](" not in found.replace(r"\[x\](", "")
