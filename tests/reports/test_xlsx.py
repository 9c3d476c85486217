import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderkit.readers import read
from tenderkit.reports.xlsx import LONGEST_CELL, Cell, Column, PageLink, Sheet, SheetLink, Tone, render, sheet_names

HOSTILE = [
    '=HYPERLINK("http://evil.example","open me")',
    "=cmd|'/C calc'!A0",
    "+cmd|'/C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "{=1+1}",
    "http://evil.example",
    "mailto:someone@evil.example",
    "internal:Sheet!A1",
    "external:\\\\evil\\share\\x.exe",
    "<r><t>rich</t></r>",
    "<r/></si><si><t>other</t></r>",
    "_x0041_",
    "\x1b]8;;http://evil.example\x07click",
    "12345678901234567890",
    "\ufffe\uffff\ud800 left",
]


def book(*sheets):
    return openpyxl.load_workbook(io.BytesIO(render(sheets, title="A workbook")))


def one_column(*values, **column):
    return Sheet("Cells", (Column("text", **column),), tuple((value,) for value in values))


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_document_says_stays_a_text_and_does_nothing(text):
    data = render([one_column(text, Cell(text, Tone.BAD, bold=True))], title=text)
    xml = parts(data)
    assert "<f>" not in xml["xl/worksheets/sheet1.xml"]
    assert not any("hyperlink" in part for name, part in xml.items() if "worksheets" in name)
    assert not any(name.startswith(("xl/externalLinks", "xl/worksheets/_rels")) for name in xml)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    for row in (2, 3):
        assert sheet.cell(row, 1).data_type == "s"
        assert "\x1b" not in sheet.cell(row, 1).value


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.lstrip()[0] in "=+-@"])
def test_a_text_that_looks_like_a_formula_stays_one_when_it_is_edited(text):
    assert book(one_column(text)).active["A2"].quotePrefix


def test_a_text_that_does_not_is_left_alone():
    assert not book(one_column("We will test.")).active["A2"].quotePrefix


def test_mark_up_of_the_library_is_no_way_in():
    assert book(one_column("<r><t>rich</t></r>")).active["A2"].value == " <r><t>rich</t></r>"


def test_line_breaks_stay_and_control_characters_go():
    assert book(one_column("one\ntwo\x00\x1b[2J\u202e", wrap=True)).active["A2"].value == "one\ntwo[2J"


@pytest.mark.parametrize("text", ["x" * 40_000, "\U0001f600" * 20_000])
def test_a_text_longer_than_a_cell_holds_is_cut_and_says_so(text):
    value = book(one_column(text)).active["A2"].value
    assert len(value.encode("utf-16-le")) // 2 <= LONGEST_CELL
    assert value.endswith("… (cut)")


def test_a_text_that_just_fits_is_whole():
    assert book(one_column("x" * LONGEST_CELL)).active["A2"].value == "x" * LONGEST_CELL


def test_numbers_are_numbers_shown_with_their_decimals_and_yes_and_no_are_words():
    sheet = book(one_column(66.66, 3, True, None, decimals=1)).active
    assert [sheet.cell(row, 1).value for row in range(2, 6)] == [66.66, 3, "yes", None]
    assert sheet["A2"].number_format == "0.0"


def test_a_fill_repeats_what_the_text_says():
    sheet = book(one_column(Cell("measured", Tone.GOOD), Cell("gap", Tone.BAD), "plain")).active
    fills = [sheet.cell(row, 1).fill.fgColor.rgb for row in (2, 3)]
    assert fills == ["FFDDF3E0", "FFFBE0DD"]
    assert sheet["A4"].fill.fill_type is None


def test_the_heading_stays_in_sight_filters_and_is_printed_on_every_page():
    sheet = book(Sheet("Bids", (Column("bid", 30), Column("score")), (("a", 1), ("b", 2)), frozen_columns=1)).active
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (
        None,
        0,
    )  # one page wide, which is the default
    assert round(sheet.column_dimensions["A"].width) == 31  # Excel adds a margin


def test_a_link_leads_to_a_row_of_another_sheet_or_to_a_page_of_a_document():
    first = one_column(Cell("see", link=SheetLink(1, 3)), Cell("page 12", link=PageLink("lots/bid one.pdf", 12)))
    sheet = book(first, Sheet("O'Neil: prices", (), ())).worksheets[0]
    assert sheet["A2"].hyperlink.location == "'O''Neil prices'!A5"
    assert (sheet["A3"].hyperlink.target, sheet["A3"].hyperlink.location) == ("lots\\bid%20one.pdf", "page=12")


@pytest.mark.parametrize(
    "path",
    ["/etc/passwd", "../other.pdf", "C:/x.pdf", "\\\\evil\\share\\x.pdf", "//evil/share", "http://evil.example/a",
     "a%5C%5Cevil.pdf", "javascript:x", "", "-", "lots/..", "a#b.pdf", "x\n.pdf"],
)  # fmt: skip
def test_a_path_that_leads_elsewhere_gives_no_link(path):
    cell = book(one_column(Cell("page 1", link=PageLink(path, 1)))).active["A2"]
    assert cell.value == "page 1"
    assert cell.hyperlink is None


@given(st.lists(st.text(max_size=60), max_size=8))
def test_every_sheet_gets_a_name_of_its_own_that_excel_takes(titles):
    names = sheet_names(titles)
    assert len({name.lower() for name in names}) == len(titles)
    if titles:
        render([Sheet(title, (), ()) for title in titles], title="names")


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_any_text_is_read_back_as_text_or_nothing(texts):
    sheet = book(one_column(*texts)).active
    for row, text in enumerate(texts, start=2):
        assert sheet.cell(row, 1).data_type == ("n" if sheet.cell(row, 1).value is None else "s")
        if text.isascii() and text.isprintable() and text and not text.startswith("<r>"):
            assert sheet.cell(row, 1).value == text


def test_the_same_sheets_give_the_same_bytes():
    sheet = one_column("text", Cell("page", link=PageLink("bid.pdf", 2)))
    data = render([sheet], title="same")
    assert render([sheet], title="same") == data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time[:3] for info in archive.infolist()} == {(1980, 1, 1)}
        assert "2000-01-01T00:00:00Z" in archive.read("docProps/core.xml").decode()


def test_our_own_reader_reads_what_we_write():
    document = read(render([one_column("We will test every release.")], title="x"), "x.xlsx")
    assert "We will test every release." in document.text


def test_more_rows_than_excel_holds_are_refused_not_lost(monkeypatch):
    monkeypatch.setattr("tenderkit.reports.xlsx.MOST_ROWS", 1)
    with pytest.raises(ValueError, match="Excel holds 1"):
        render([one_column("a", "b")], title="x")
