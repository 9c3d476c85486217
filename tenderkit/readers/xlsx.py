"""Excel workbooks: what each cell shows, sheet by sheet; the XML is streamed, so that a large sheet fits in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tenderkit.document import DocumentBuilder, Unread
from tenderkit.errors import UnreadableError
from tenderkit.readers.archive import Archive, free, main_part, relation_id, relations_of
from tenderkit.readers.embedded import unread_in_part
from tenderkit.readers.sheets import COLUMNS, Sheet, column_index
from tenderkit.readers.xlsx_numbers import show
from tenderkit.readers.xlsx_styles import CellStyle, Font, font_of, read_styles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from tenderkit.readers.limits import Limits

_PLAIN = CellStyle()


def fill(data: bytes, builder: DocumentBuilder, limits: Limits) -> None:
    """
    Add the rows of every sheet to *builder*: results, not formulas.

    Hidden sheets, rows and columns become hidden text. Comments are no content. Charts hold no text of their own.
    """
    archive = Archive.open(data, limits)
    main = main_part(archive, "xl/workbook.xml")
    root = archive.xml(main)
    if root is None:
        raise UnreadableError("the Excel file has no readable workbook; open it in Excel and save it again")
    relations = relations_of(archive, main)
    part = dict(relations.values())
    book = _Book(
        archive,
        read_styles(archive.xml(part.get("styles", "xl/styles.xml"))),
        tuple(_shared(archive, part.get("sharedStrings", "xl/sharedStrings.xml"))),
        from_1904=any(entry.get("date1904") in ("1", "true") for entry in root.iterfind("{*}workbookPr")),
    )
    for entry in root.iterfind("{*}sheets/{*}sheet"):
        key = relation_id(entry)
        sort, name = relations.get(key, ("", ""))
        title = entry.get("name") or name
        if sort == "chartsheet":
            continue
        if not archive.has(name):
            builder.unread.append(Unread(None, f"the sheet '{title}' is not in the file"))
            continue
        shut = "hidden sheet" if (entry.get("state") or "visible") != "visible" else ""
        sheet = Sheet(title, builder, limits, shut)
        book.add_sheet(name, sheet)
        sheet.finish()
    builder.unread.extend(Unread(None, f"the part {name} is damaged") for name in archive.damaged)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with the runs in it that look different from one another."""

    runs: tuple[tuple[str, Font], ...]


@dataclass(slots=True)
class _Book:
    """What all sheets share."""

    archive: Archive
    styles: tuple[CellStyle, ...]
    shared: tuple[str | _Text, ...]
    from_1904: bool
    shut_columns: set[int] = field(default_factory=set)

    def add_sheet(self, name: str, sheet: Sheet) -> None:
        """Add the rows of the part *name*, then the texts of its drawings."""
        self.shut_columns = set()
        number = 0
        objects: list[etree._Element] = []
        for event, element in self.archive.elements(name, "{*}row", "{*}col", "{*}oleObject"):
            if event == "start":
                continue
            if element.tag.endswith("}oleObject"):
                objects.append(element)
                continue
            if element.tag.endswith("}col"):
                self._note_column(element)
                continue
            said = element.get("r") or ""
            number = int(said) if said.isdecimal() and len(said) < 9 else number + 1
            self._add_row(element, number, sheet)
            free(element)
        for sort, target in relations_of(self.archive, name).values():
            drawing = self.archive.xml(target) if sort == "drawing" and self.archive.has(target) else None
            for body in () if drawing is None else drawing.iter("{*}txBody"):
                for paragraph in body.iterfind("{*}p"):
                    sheet.note("".join(text.text or "" for text in paragraph.iter("{*}t")))
        for why in unread_in_part(self.archive, name, objects):
            sheet.builder.unread.append(Unread(None, why))

    def _note_column(self, column: etree._Element) -> None:
        first, last = column.get("min") or "", column.get("max") or ""
        if _is_shut(column, "width") and first.isdecimal() and last.isdecimal():
            self.shut_columns.update(range(int(first) - 1, min(int(last), COLUMNS)))

    def _add_row(self, row: etree._Element, number: int, sheet: Sheet) -> None:
        """Add one row to *sheet*, or note as hidden what nobody sees of it."""
        shut = "hidden rows" if _is_shut(row, "ht") else ""
        cells: list[tuple[int, str]] = []
        column = -1
        for cell in row.iterchildren("{*}c"):
            index = column_index(cell.get("r") or "")
            column = column + 1 if index is None else index
            shown = ""
            for text, how in self._runs(cell):
                if how := shut or ("hidden columns" if column in self.shut_columns else how):
                    sheet.hide(text, how)
                else:
                    shown += text
            cells.append((column, shown))
        sheet.row(number, cells)

    def _runs(self, cell: etree._Element) -> Iterator[tuple[str, str]]:
        """Yield the texts of a cell, each with how it is hidden, or nothing."""
        sort = cell.get("t") or "n"
        style_number = cell.get("s") or ""
        style = _PLAIN
        if style_number.isdecimal() and len(style_number) < 9 and int(style_number) < len(self.styles):
            style = self.styles[int(style_number)]
        value = cell.findtext("{*}v") or ""
        content: str | _Text
        if sort == "s":
            content = self.shared[int(value)] if value.isdecimal() and int(value) < len(self.shared) else ""
        elif sort == "inlineStr":
            inline = cell.find("{*}is")
            content = "" if inline is None else _text_of(inline)
        elif sort == "b":
            content = {"1": "TRUE", "0": "FALSE"}.get(value, value)
        elif sort == "n":
            content = show(value, style.code, from_1904=self.from_1904) if value else ""
            if value and not content:
                yield show(value, ""), "number format that shows nothing"
                return
        else:
            content = "" if sort == "e" else value  # an error such as #REF! says nothing
        if isinstance(content, str):
            if style.code.strip() == ";;;" and content:
                yield content, "number format that shows nothing"
            elif content:
                yield content, style.how_hidden(Font())
            return
        for text, font in content.runs:
            yield text, style.how_hidden(font)


def _is_shut(element: etree._Element, size: str) -> bool:
    """Tell whether a row or column is hidden, or has no height or width."""
    if element.get("hidden") in ("1", "true"):
        return True
    try:
        return float(element.get(size) or "1") < 0.2
    except ValueError:
        return False


def _shared(archive: Archive, name: str) -> Iterator[str | _Text]:
    """Yield the texts that cells refer to by number."""
    for event, element in archive.elements(name, "{*}si"):
        if event == "end":
            yield _text_of(element)
            free(element)


def _text_of(element: etree._Element) -> str | _Text:
    """Return the text of a string element, without phonetic readings."""
    runs: list[tuple[str, Font]] = []
    for child in element:
        if child.tag.endswith("}t"):
            runs.append((_unescaped(child.text or ""), Font()))
        elif child.tag.endswith("}r"):
            text = "".join(part.text or "" for part in child.iterfind("{*}t"))
            runs.append((_unescaped(text), font_of(child.find("{*}rPr"))))
    if any(font.colour or font.points is not None for _, font in runs):
        return _Text(tuple(runs))
    return "".join(text for text, _ in runs)


def _unescaped(text: str) -> str:
    """Return a string with Excel's own escapes of control characters (_x000D_) taken out."""
    if "_x" not in text:
        return text
    return text.replace("_x000D_", "").replace("_x000A_", "\n").replace("_x0009_", " ").replace("_x005F_", "_")
