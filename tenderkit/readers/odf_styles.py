"""The styles of OpenDocument files, as far as headings, page breaks and hidden text need them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tenderkit.readers.colours import alike

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml import etree

_SPACE = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TEXT, STYLE, TABLE, DRAW, PRESENTATION = (
    _SPACE % name for name in ("office", "text", "style", "table", "drawing", "presentation")
)
_FO = _SPACE % "xsl-fo-compatible"
_DEPTH = 12  # styles based on styles
_TINY = 2.0  # points
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.346, "mm": 2.8346, "px": 0.75, "pc": 12.0}
_LENGTH = re.compile(r"([\d.]+)(pt|in|cm|mm|px|pc)")
_HEADING_NAME = re.compile(r"heading[ _]*(\d)$")
_CAPTIONS = frozenset({"caption", "illustration", "figure", "drawing"})


@dataclass(frozen=True, slots=True)
class Style:
    """
    What a style says; None is "not said here".

    Attributes:
        names: Its name and those it is based on, lower case.
        hidden: OpenDocument's own hidden text.
        colour: Of the text, six hex digits.
        points: Size of the text.
        ground: The colour behind the text, or "" where that is see-through.
        bold: Whether it is bold.
        outline: Outline level, from 1.
        breaks: Whether a page begins before it.
        shown: False for a table or slide that is switched off.
    """

    names: tuple[str, ...] = ()
    hidden: bool | None = None
    colour: str | None = None
    points: float | None = None
    ground: str | None = None
    bold: bool | None = None
    outline: int | None = None
    breaks: bool | None = None
    shown: bool | None = None

    def over(self, below: Style) -> Style:
        """Return this style with what it does not say taken from the one *below* it."""
        said = {
            name: getattr(self, name)
            for name in ("hidden", "colour", "points", "ground", "bold", "outline", "breaks", "shown")
            if getattr(self, name) is not None
        }
        return replace(below, names=self.names + below.names, **said)

    @property
    def heading(self) -> int:
        """The heading level, or 0 for a style that is no heading."""
        if self.outline:
            return self.outline
        for name in self.names:
            if found := _HEADING_NAME.match(name):
                return int(found.group(1))
        return 1 if "title" in self.names else 0

    @property
    def is_caption(self) -> bool:
        """Whether it is the style of a caption."""
        return not _CAPTIONS.isdisjoint(self.names)

    def how_hidden(self, behind: str | None) -> str:
        """
        Say why text of this style cannot be seen over the colour *behind* it, or nothing.

        Args:
            behind: Six hex digits, or None where it is not known.

        >>> Style(hidden=True).how_hidden("ffffff"), Style(colour="ffffff").how_hidden("ffffff")
        ('OpenDocument hidden text', 'text in the colour behind it')
        >>> Style(colour="ffffff", ground="000080").how_hidden("ffffff"), Style(colour="ffffff").how_hidden(None)
        ('', '')
        """
        if self.hidden:
            return "OpenDocument hidden text"
        if self.points is not None and self.points < _TINY:
            return "text under 2 pt"
        ground = self.ground or behind
        return "text in the colour behind it" if self.colour and ground and alike(self.colour, ground) else ""


@dataclass(slots=True)
class Styles:
    """All styles of a document by family and name."""

    _elements: dict[tuple[str, str], etree._Element] = field(default_factory=dict)
    _defaults: dict[str, etree._Element] = field(default_factory=dict)
    _done: dict[tuple[str, str], Style] = field(default_factory=dict)

    @classmethod
    def of(cls, parents: Iterable[etree._Element | None]) -> Styles:
        """Gather the styles under *parents*; where two have one name, the later counts."""
        styles = cls()
        for parent in parents:
            for element in () if parent is None else parent:
                family = element.get(STYLE + "family") or ""
                if element.tag == STYLE + "style":
                    styles._elements[family, element.get(STYLE + "name") or ""] = element
                elif element.tag == STYLE + "default-style":
                    styles._defaults[family] = element
        return styles

    def get(self, family: str, name: str | None) -> Style:
        """Return a style, resolved; an unknown one is its family's default."""
        return self._resolve(family, name or "", 0)

    def _resolve(self, family: str, name: str, depth: int) -> Style:
        if (family, name) in self._done:
            return self._done[family, name]
        element = self._elements.get((family, name))
        if element is None or depth > _DEPTH:
            default = self._defaults.get(family)
            return Style() if default is None else replace(_style(default), names=())
        style = _style(element).over(self._resolve(family, element.get(STYLE + "parent-style-name") or "", depth + 1))
        self._done[family, name] = style
        return style


def _style(element: etree._Element) -> Style:
    """Return what one style element says by itself."""
    said: dict[str, str] = {}
    ground = None
    for properties in element:
        said.update({str(name): str(value) for name, value in properties.items()})
        if _FO + "background-color" in properties.attrib:
            ground = _colour(properties.get(_FO + "background-color"))
    name = element.get(STYLE + "display-name") or (element.get(STYLE + "name") or "").replace("_20_", " ")
    outline = element.get(STYLE + "default-outline-level")
    display = said.get(TEXT + "display")
    weight = said.get(_FO + "font-weight")
    before = said.get(_FO + "break-before")
    shown = said.get(TABLE + "display") or said.get(PRESENTATION + "visibility")
    return Style(
        names=(name.lower(),),
        hidden=display == "none" if display else None,
        colour=_colour(said.get(_FO + "color")) or None,
        points=_points(said.get(_FO + "font-size")),
        ground=ground,
        bold=(weight == "bold" or weight[:1] in "6789") if weight else None,
        outline=min(6, int(outline)) if outline and outline.isdecimal() else (0 if outline == "" else None),
        breaks=True if element.get(STYLE + "master-page-name") else (before == "page" if before else None),
        shown=shown not in ("false", "hidden") if shown else None,
    )


def _colour(value: str | None) -> str:
    return value[1:].lower() if value and value.startswith("#") else ""


def _points(value: str | None) -> float | None:
    """Return a font size in points; one in percent of the style below is taken as not said."""
    found = _LENGTH.fullmatch(value or "")
    return float(found.group(1)) * _POINTS[found.group(2)] if found and found.group(1).count(".") < 2 else None
