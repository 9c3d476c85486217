"""OpenDocument spreadsheets: what each cell shows, row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.document import DocumentBuilder
from tenderkit.readers.odf_styles import TABLE, Styles
from tenderkit.readers.odf_text import Flow, Place, columns_of, repeats, rows_of
from tenderkit.readers.sheets import Sheet

if TYPE_CHECKING:
    from lxml import etree

    from tenderkit.readers.limits import Limits

_MAX_CELLS = 64  # times that one repeated cell is read


def fill(spreadsheet: etree._Element, styles: Styles, builder: DocumentBuilder, limits: Limits) -> None:
    """Add the rows of every sheet to *builder*; rows that follow each other and are the same are read once."""
    for table in spreadsheet.iterchildren(TABLE + "table"):
        shown = styles.get("table", table.get(TABLE + "style-name")).shown is not False
        sheet = Sheet(table.get(TABLE + "name") or "", builder, limits, "" if shown else "hidden sheet")
        shut = list(columns_of(table))
        number = 1
        for row in rows_of(table):
            _add_row(row, number, shut, styles, sheet)
            number += repeats(row, "rows")
        for shapes in table.iterchildren(TABLE + "shapes"):
            floating = DocumentBuilder()
            Flow(floating, styles, limits).blocks(shapes, Place(behind=None))
            for block in floating.blocks:
                sheet.note(block.text)
        sheet.finish()


def _add_row(row: etree._Element, number: int, shut: list[bool], styles: Styles, sheet: Sheet) -> None:
    """Add one row to *sheet*, or note as hidden what nobody sees of it."""
    hidden = "hidden rows" if row.get(TABLE + "visibility") in ("collapse", "filter") else ""
    cells: list[tuple[int, str]] = []
    column = 0
    for cell in row:
        if cell.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"):
            continue
        times = repeats(cell, "columns")
        if len(cell):
            holder = DocumentBuilder()
            Flow(holder, styles, sheet.limits).blocks(cell, Place(in_cell=True))
            text = "\n".join(block.text.replace("\t", " ") for block in holder.blocks)
            for found in holder.hidden:
                sheet.hide(found.quote, found.how)
            style = styles.get("table-cell", cell.get(TABLE + "style-name"))
            how = hidden or ("hidden columns" if column < len(shut) and shut[column] else style.how_hidden("ffffff"))
            if how and text:
                sheet.hide(text, how)
            elif text:
                cells.extend((column + offset, text) for offset in range(min(times, _MAX_CELLS)))
        column += times
    sheet.row(number, cells)
