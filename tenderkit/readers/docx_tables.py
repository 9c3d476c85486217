"""Rows and cells of Word tables, and what a table's style, its rows and its cells do to the text inside."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tenderkit.readers.colours import alike
from tenderkit.readers.docx_styles import CellLook, Style, Styles, is_on, value_of
from tenderkit.readers.docx_theme import NONE, UNKNOWN, W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_OTHERS = frozenset(
    W + name for name in ["tbl", "p", "tc", "tr", "tblPr", "tblGrid", "trPr", "tcPr", "sdtPr", "sdtEndPr"]
)
_BITS = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstColumn": 0x80,
    "lastColumn": 0x100,
    "noHBand": 0x200,
    "noVBand": 0x400,
}
_NO_HEIGHT = 40  # twentieths of a point


def inside(parent: etree._Element, tag: str) -> Iterator[tuple[etree._Element, etree._Element | None]]:
    """
    Yield rows or cells, each with the innermost content control around it.

    They are found through every wrapper, but not in inner tables.
    """
    for element in parent:
        if element.tag == tag:
            yield element, None
        elif element.tag not in _OTHERS:
            for found, wrapper in inside(element, tag):
                yield found, element if wrapper is None and element.tag == W + "sdt" else wrapper


def hidden_row(row: etree._Element) -> str:
    """Say why nobody sees a row, or nothing."""
    properties = row.find(W + "trPr")
    if properties is None:
        return ""
    mark = properties.find(W + "hidden")
    if mark is not None and is_on(mark.get(W + "val")):
        return "in a hidden table row"
    height = properties.find(W + "trHeight")
    if height is not None and height.get(W + "hRule") == "exact":
        exact = value_of(height)
        if exact.isdecimal() and int(exact) < _NO_HEIGHT:
            return "in a table row of no height"
    return ""


@dataclass(frozen=True, slots=True)
class TableLook:
    """What a table does to the looks of its cells."""

    styles: Styles
    style: Style
    fill: str | None
    switches: frozenset[str] | None  # None where the file does not say which parts of the style hold

    @classmethod
    def of(cls, table: etree._Element, styles: Styles) -> TableLook:
        """Read a table's properties."""
        properties = table.find(W + "tblPr")
        if properties is None:
            return cls(styles, Style(), None, frozenset())
        style = styles.get(value_of(properties.find(W + "tblStyle")))
        return cls(styles, style, styles.theme.shading(properties.find(W + "shd")), _switches(properties))

    def cell(self, cell: etree._Element, row: tuple[int, int], column: tuple[int, int]) -> CellLook:
        """
        Return the look of the text in a cell, and the colour behind it.

        The colour is NONE where the table lets through what is behind it, and UNKNOWN where it cannot be told.

        Args:
            cell: The cell.
            row: Its row, from 0, and how many there are.
            column: The same for its column.
        """
        own = self.styles.theme.shading(cell.find(f"{W}tcPr/{W}shd"))
        styled, coloured, filled = CellLook(fill=self.fill), "", ""
        for name in ("", *self._parts(row, column)):
            part = self.style.cells.get(name, CellLook())
            styled = part.over(styled)
            coloured, filled = name if part.look.colour else coloured, name if part.fill else filled
        if coloured != filled and alike(styled.look.colour or "", styled.fill or ""):
            # Two parts of the style meet in a corner; some of Word's own styles forget what comes of it.
            styled = CellLook(replace(styled.look, colour="auto"), styled.fill)
        if self.switches is None and any(look.fill for name, look in self.style.cells.items() if name):
            styled = CellLook(styled.look, UNKNOWN)
        return CellLook(styled.look, (styled.fill or NONE) if own is None else own)

    def _parts(self, row: tuple[int, int], column: tuple[int, int]) -> Iterator[str]:
        """Yield the parts of the style that hold for a cell, the weakest first."""
        on = self.switches or frozenset()
        top, bottom = "firstRow" in on and row[0] == 0, "lastRow" in on and row[0] == row[1] - 1
        left, right = "firstColumn" in on and column[0] == 0, "lastColumn" in on and column[0] == column[1] - 1
        if self.switches is not None and "noVBand" not in on and not (left or right):
            yield f"band{_band(column[0] - ('firstColumn' in on), self.style.bands[1])}Vert"
        if self.switches is not None and "noHBand" not in on and not (top or bottom):
            yield f"band{_band(row[0] - ('firstRow' in on), self.style.bands[0])}Horz"
        yield from (name for name, holds in [("lastCol", right), ("firstCol", left)] if holds)
        yield from (name for name, holds in [("lastRow", bottom), ("firstRow", top)] if holds)
        corners = {
            "nwCell": top and left,
            "neCell": top and right,
            "swCell": bottom and left,
            "seCell": bottom and right,
        }
        yield from (name for name, holds in corners.items() if holds)


def _band(place: int, size: int) -> int:
    return 1 + (place // size) % 2


def _switches(properties: etree._Element) -> frozenset[str] | None:
    """Return which parts of its style a table uses, None where it does not say."""
    look = properties.find(W + "tblLook")
    if look is None:
        return None
    try:
        bits = int(value_of(look) or "0", 16)
    except ValueError:
        bits = 0
    return frozenset(name for name, bit in _BITS.items() if is_on(look.get(W + name), absent=bool(bits & bit)))
