"""
Workbooks for a panel: plain sheets become the bytes of an XLSX file that does nothing when it is opened.

Bids are hostile input. Text is written as text: never as a formula, a link or markup, however it begins, and a cell
that a formula could begin with keeps the mark that tells a spreadsheet to leave it alone when it is edited. Links are
those of the caller alone. The same sheets give the same bytes: no clock, no name of who made it.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import ceil
from typing import TYPE_CHECKING, Any

from tenderkit.evidence import Level
from tenderkit.reports.csv import starts_formula
from tenderkit.reports.wording import harmless
from tenderkit.scoring import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST_CELL = 32_767  # UTF-16 units in a cell, of Excel
MOST_ROWS = 1_048_575  # beneath the heading, of Excel
_PRINTED_WIDTH = 240  # characters across a page of A4 at the smallest print
_SMALLEST_PRINT = 60  # per cent
_LINE, _HIGHEST = 15.0, 405.0  # points: a line, and the highest row of Excel
_MARGIN = 2  # characters of a cell that no text stands in
_BUTTON = 3  # characters that the button of a filter covers
_CUT = " … (cut)"
_LONGEST_TITLE = 31
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\]")
_RESERVED_TITLES = frozenset({"history"})
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a fixed date, so that the same sheets give the same bytes
_SAFE_IN_A_PATH = re.compile(r"[\w .()&+,-]+")  # no colon, percent sign, backslash: nothing that names another place


class Tone(StrEnum):
    """What a cell's fill repeats; its text says it already."""

    PLAIN = "plain"
    GOOD = "good"
    MIDDLE = "middle"
    BAD = "bad"
    QUIET = "quiet"


LEVEL_TONES = {
    Level.MEASURED: Tone.GOOD,
    Level.STATED: Tone.GOOD,
    Level.MENTIONED: Tone.MIDDLE,
    Level.ABSENT: Tone.BAD,
}
STATUS_TONES = {
    Status.COVERED: Tone.GOOD,
    Status.PARTIAL: Tone.MIDDLE,
    Status.THIN: Tone.MIDDLE,
    Status.GAP: Tone.BAD,
}
_FILLS = {  # fill and ink; each pair has a contrast of 7 to 1 or more
    Tone.GOOD: ("#DDF3E0", "#0B4F1A"),
    Tone.MIDDLE: ("#FFF2CC", "#5C4400"),
    Tone.BAD: ("#FBE0DD", "#7A1210"),
    Tone.QUIET: ("#EDEDED", "#404040"),
}


@dataclass(frozen=True, slots=True)
class SheetLink:
    """A link to a row of another sheet of the workbook, both counted from 0; row 0 is the first beneath the heading."""

    sheet: int
    row: int = 0


@dataclass(frozen=True, slots=True)
class PageLink:
    """
    A link to a document that lies beside the workbook, and to its page where the viewer can go there.

    Attributes:
        path: As reported; one that leads elsewhere (up, to a drive, to another computer) gives no link.
        page: Counted from 1, or None.
    """

    path: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """
    One cell.

    Attributes:
        value: Text or a number; True and False become yes and no; None leaves it empty.
        tone: Its fill.
        bold: For what a row is about.
        link: Where a click leads, or None.
    """

    value: str | float | None
    tone: Tone = Tone.PLAIN
    bold: bool = False
    link: SheetLink | PageLink | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """
    One column.

    Attributes:
        heading: Its first cell.
        width: In characters.
        wrap: For long text.
        decimals: Of its numbers, or None to show them as they are.
    """

    heading: str
    width: float = 12
    wrap: bool = False
    decimals: int | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    One sheet: a heading row that stays in sight and is printed on every page, and rows beneath it.

    Attributes:
        title: As wanted; what Excel forbids in it is replaced, and a second one of the same name is numbered.
        columns: From left to right.
        rows: Each with a value or a `Cell` for every column, or for the first of them.
        filters: Whether the heading row offers filters.
        frozen_columns: How many columns on the left stay in sight.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell | str | float | None, ...], ...]
    filters: bool = True
    frozen_columns: int = 0


def render(sheets: Sequence[Sheet], *, title: str) -> bytes:
    """
    Return a workbook.

    Args:
        sheets: At least one.
        title: What the file's properties call it.

    Raises:
        ValueError: When a sheet has more rows than Excel can hold.

    >>> sheet = Sheet("Prices", (Column("item", 30),), (("=HYPERLINK(0)",), (Cell("none", Tone.BAD),)))
    >>> render([sheet], title="Prices")[:2]
    b'PK'
    """
    import xlsxwriter

    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": _text(title), "created": _MADE})
    names = sheet_names([sheet.title for sheet in sheets])
    looks = _Looks(book)
    for sheet, name in zip(sheets, names, strict=True):
        if len(sheet.rows) > MOST_ROWS:
            raise ValueError(f"the sheet '{name}' has {len(sheet.rows):,} rows; Excel holds {MOST_ROWS:,}")
        _write(sheet, book.add_worksheet(name), looks, names)
    book.close()
    return stream.getvalue()


def sheet_names(titles: Iterable[str]) -> list[str]:
    """
    Return names that Excel takes for sheets, each once, capital letters or not.

    >>> sheet_names(["bids/one.pdf", "Bids one.pdf", "", "History"])
    ['bids one.pdf', 'Bids one.pdf (2)', 'Sheet', 'History sheet']
    """
    names: list[str] = []
    taken: set[str] = set()
    for title in titles:
        plain = _fit(" ".join(_NOT_IN_A_TITLE.sub(" ", harmless(title)).split()), _LONGEST_TITLE).strip("' ")
        plain = plain or "Sheet"
        if plain.casefold() in _RESERVED_TITLES:
            plain += " sheet"
        name, number = plain, 1
        while name.casefold() in taken:
            number += 1
            mark = f" ({number})"
            name = _fit(plain, _LONGEST_TITLE - len(mark)).rstrip("' ") + mark
        taken.add(name.casefold())
        names.append(name)
    return names


class _Looks:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[object, ...], Any] = {}
        self.heading = book.add_format(
            {
                "bold": True,
                "text_wrap": True,
                "valign": "top",
                "bg_color": "#1F3A5F",
                "font_color": "#FFFFFF",
                "border": 1,
            }
        )

    def of(self, cell: Cell, column: Column) -> Any:
        words = isinstance(cell.value, str)
        guarded = isinstance(cell.value, str) and starts_formula(cell.value)
        key = (cell.tone, cell.bold, cell.link is not None, column.wrap, column.decimals, guarded, words)
        if key not in self._made:
            look: dict[str, object] = {"valign": "top", "text_wrap": column.wrap, "bold": cell.bold}
            look |= {"bottom": 1, "bottom_color": "#D0D0D0"}
            if words:
                look |= {"align": "left", "indent": 1}  # a number to its left does not touch it
            if cell.tone in _FILLS:
                look["bg_color"], look["font_color"] = _FILLS[cell.tone]
            if cell.link is not None:
                look |= {"underline": 1} | ({} if cell.tone in _FILLS else {"font_color": "#0B4DA2"})
            if column.decimals is not None:
                look["num_format"] = f"0.{'0' * column.decimals}" if column.decimals else "0"
            if guarded:
                look["quote_prefix"] = True  # edited, it stays a text
            self._made[key] = self._book.add_format(look)
        return self._made[key]


def _write(sheet: Sheet, page: Any, looks: _Looks, names: Sequence[str]) -> None:
    for number, column in enumerate(sheet.columns):
        page.set_column(number, number, column.width)
        page.write_string(0, number, _text(column.heading), looks.heading)
    page.set_row(0, _height((column.heading, column.width - _BUTTON) for column in sheet.columns))
    for number, row in enumerate(sheet.rows, start=1):
        cells = [value if isinstance(value, Cell) else Cell(value) for value in row]
        wrapped = []
        for place, (cell, column) in enumerate(zip(cells, sheet.columns, strict=False)):
            _write_cell(page, (number, place), cell, looks.of(cell, column), _target(cell.link, names))
            if column.wrap and isinstance(cell.value, str):
                wrapped.append((cell.value, column.width))
        page.set_row(number, _height(wrapped))
    page.freeze_panes(1, sheet.frozen_columns)
    if sheet.filters and sheet.columns:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.repeat_rows(0)
    if sum(column.width for column in sheet.columns) <= _PRINTED_WIDTH:
        page.fit_to_pages(1, 0)
    else:  # on several pages beside each other, in letters that can be read
        page.set_print_scale(_SMALLEST_PRINT)
        if sheet.frozen_columns:
            page.repeat_columns(0, sheet.frozen_columns - 1)
    page.set_footer("&L&A&RPage &P of &N")  # &A is the sheet's name: no text of a document stands in the footer


def _height(texts: Iterable[tuple[str, float]]) -> float:
    r"""
    Return the height of a row in points, from texts and the widths they are wrapped to.

    Excel would find it by itself; other programs leave the row one line high.

    >>> _height([("one\ntwo", 12), ("a text of thirty-two characters.", 12)])
    60.0
    """
    lines = 1
    for text, width in texts:
        lines = max(lines, sum(max(1, ceil(len(line) / max(width - _MARGIN, 1))) for line in text.split("\n")))
    return min(lines * _LINE, _HIGHEST)


def _write_cell(page: Any, place: tuple[int, int], cell: Cell, look: Any, target: str) -> None:
    value = cell.value
    if value is None or value == "":
        if cell.tone is not Tone.PLAIN:
            page.write_blank(*place, None, look)
    elif isinstance(value, str):
        if target:
            page.write_url(*place, target, look, _text(value))
        else:
            page.write_string(*place, _text(value), look)
    elif isinstance(value, bool):
        page.write_string(*place, "yes" if value else "no", look)
    else:
        page.write_number(*place, value, look)


def _target(link: SheetLink | PageLink | None, names: Sequence[str]) -> str:
    """Return a link as XlsxWriter takes it, or an empty string for one that would lead elsewhere."""
    if isinstance(link, SheetLink):
        name = names[link.sheet].replace("'", "''")
        return f"internal:'{name}'!A{link.row + 2}"
    if link is None or not all(_SAFE_IN_A_PATH.fullmatch(part) and part.strip(". -") for part in link.path.split("/")):
        return ""
    return f"external:{link.path}" + (f"#page={link.page}" if link.page else "")


def _text(value: str) -> str:
    r"""
    Return text for a cell: its line breaks, but nothing that steers, and not longer than a cell holds.

    >>> _text("one\ntwo\x1b[2J")
    'one\ntwo[2J'
    """
    text = "\n".join(harmless(line) for line in value.replace("\r\n", "\n").split("\n"))
    text = text.replace("\ufffe", "").replace("\uffff", "")
    if text.startswith("<r>"):
        text = f" {text}"  # XlsxWriter would take it for its own mark-up
    return text if _units(text) <= LONGEST_CELL else _fit(text, LONGEST_CELL - len(_CUT)) + _CUT


def _units(text: str) -> int:
    """Return the length of a text as Excel counts it, in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def _fit(text: str, most: int) -> str:
    """Return the beginning of a text that takes at most so many UTF-16 units."""
    text = text[:most]
    while _units(text) > most:
        text = text[: most - _units(text)]
    return text
