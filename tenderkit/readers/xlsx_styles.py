"""The cell styles of a workbook: how numbers are shown, and which text is in the colour of its cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.readers.colours import alike
from tenderkit.readers.xlsx_numbers import BUILT_IN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_THEME = {"0": "ffffff", "1": "000000"}  # the window's own two; the others are decoration
_INDEXED = {"0": "000000", "1": "ffffff", "8": "000000", "9": "ffffff", "64": "000000", "65": "ffffff"}
_TINY = 2.0  # points


@dataclass(frozen=True, slots=True)
class Font:
    """
    How a text looks.

    Attributes:
        colour: Six hex digits, or "" where it is not said or not known.
        points: Its size, or None.
    """

    colour: str = ""
    points: float | None = None


@dataclass(frozen=True, slots=True)
class CellStyle:
    """
    What one cell style says.

    Attributes:
        code: Its number format.
        font: Of text that says nothing else.
        ground: The colour of the cell; None where it is not known.
    """

    code: str = ""
    font: Font = Font()
    ground: str | None = "ffffff"

    def how_hidden(self, font: Font) -> str:
        """
        Say why text in *font* cannot be seen in the cell, or nothing.

        >>> CellStyle().how_hidden(Font("ffffff")), CellStyle(ground="000080").how_hidden(Font("ffffff"))
        ('text in the colour behind it', '')
        """
        points = self.font.points if font.points is None else font.points
        if points is not None and points < _TINY:
            return "text under 2 pt"
        colour = font.colour or self.font.colour
        return "text in the colour behind it" if colour and self.ground and alike(colour, self.ground) else ""


def read_styles(root: etree._Element | None) -> tuple[CellStyle, ...]:
    """Return the styles that cells refer to, in order."""
    if root is None:
        return ()
    codes = {
        number: entry.get("formatCode") or ""
        for entry in _in(root, "numFmts")
        if (number := _number(entry, "numFmtId")) is not None
    }
    fonts = [font_of(entry) for entry in _in(root, "fonts")]
    grounds = [_ground(entry) for entry in _in(root, "fills")]
    return tuple(
        CellStyle(
            codes.get(number, BUILT_IN.get(number, "")) if (number := _number(entry, "numFmtId")) is not None else "",
            fonts[font] if (font := _number(entry, "fontId")) is not None and font < len(fonts) else Font(),
            grounds[fill] if (fill := _number(entry, "fillId")) is not None and fill < len(grounds) else "ffffff",
        )
        for entry in _in(root, "cellXfs")
    )


def font_of(properties: etree._Element | None) -> Font:
    """Return the font that a `font` or `rPr` element describes."""
    if properties is None:
        return Font()
    size = properties.find("{*}sz")
    try:
        points = float(size.get("val") or "") if size is not None else None
    except ValueError:
        points = None
    return Font(_colour(properties.find("{*}color")), points)


def _in(root: etree._Element, name: str) -> Iterator[etree._Element]:
    holder = root.find(f"{{*}}{name}")
    return iter(() if holder is None else holder)


def _number(entry: etree._Element, name: str) -> int | None:
    value = entry.get(name) or ""
    return int(value) if value.isdecimal() and len(value) < 9 else None


def _ground(fill: etree._Element) -> str | None:
    pattern = fill.find("{*}patternFill")
    if pattern is None:
        return None  # a gradient
    if (pattern.get("patternType") or "none") == "none":
        return "ffffff"
    return (_colour(pattern.find("{*}fgColor")) or None) if pattern.get("patternType") == "solid" else None


def _colour(element: etree._Element | None) -> str:
    """Return six hex digits, or nothing for a colour that is automatic, tinted or of a theme that was not read."""
    if element is None or element.get("tint"):
        return ""
    if value := element.get("rgb"):
        return str(value[-6:]).lower()
    return _THEME.get(element.get("theme") or "", "") or _INDEXED.get(element.get("indexed") or "", "")
