"""What the styles and numbering of a Word file say about a paragraph or a run, followed through based-on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

    from tenderkit.readers.archive import Archive

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_NAME = re.compile(r"(?:heading|überschrift|titre|rubrik|kop)\s*([1-9])", re.IGNORECASE)
_CONTENTS_NAME = re.compile(
    r"(?:toc|contents|table of figures|table of authorities)(?: heading|\s*\d)?$", re.IGNORECASE
)
_LIST_NAME = re.compile(r"list (?:bullet|number)\s*(\d?)$", re.IGNORECASE)
_DEPTH = 12  # styles based on styles; Word itself stops at eleven


@dataclass(frozen=True, slots=True)
class Look:
    """
    How a run of text looks, as far as hiding needs it; None is "not said here".

    Attributes:
        vanish: Word's own hidden text.
        colour: Six hex digits, or "auto".
        half_points: Size in half points.
        fill: The colour behind it: shading or highlight.
        bold: Whether it is bold.
    """

    vanish: bool | None = None
    colour: str | None = None
    half_points: float | None = None
    fill: str | None = None
    bold: bool | None = None

    def over(self, below: Look) -> Look:
        """Return this look with what it does not say taken from the one *below* it."""
        return Look(
            below.vanish if self.vanish is None else self.vanish,
            below.colour if self.colour is None else self.colour,
            below.half_points if self.half_points is None else self.half_points,
            below.fill if self.fill is None else self.fill,
            below.bold if self.bold is None else self.bold,
        )


@dataclass(frozen=True, slots=True)
class Shape:
    """
    What a paragraph is; None is "not said here".

    Attributes:
        outline: Outline level, 0 for the highest, 9 for body text.
        list_id: Number of its list, "0" where a style's list is taken away.
        list_level: Depth in that list, from 0.
    """

    outline: int | None = None
    list_id: str | None = None
    list_level: int | None = None

    def over(self, below: Shape) -> Shape:
        """Return this shape with what it does not say taken from the one *below* it."""
        return Shape(
            below.outline if self.outline is None else self.outline,
            below.list_id if self.list_id is None else self.list_id,
            below.list_level if self.list_level is None else self.list_level,
        )


@dataclass(frozen=True, slots=True)
class Style:
    """One style with everything it is based on."""

    name: str = ""
    names: tuple[str, ...] = ()  # its own name and those it is based on
    shape: Shape = Shape()
    look: Look = Look()
    shades_tables: bool = False

    @property
    def is_contents(self) -> bool:
        """Whether its paragraphs are lines of a table of contents."""
        return any(_CONTENTS_NAME.fullmatch(name) for name in self.names)

    @property
    def is_caption(self) -> bool:
        """Whether its paragraphs name a figure or a table."""
        return "caption" in self.names

    @property
    def is_title(self) -> bool:
        """Whether it is the style of the document's title."""
        return "title" in self.names

    @property
    def heading(self) -> int:
        """The heading level that its name gives, or 0."""
        for name in self.names:
            if found := _HEADING_NAME.match(name):
                return int(found.group(1))
        return 0

    @property
    def list_level(self) -> int:
        """The list level, from 1, that its name gives, or 0."""
        for name in self.names:
            if found := _LIST_NAME.match(name):
                return int(found.group(1) or 1)
        return 0


@dataclass(slots=True)
class Styles:
    """All styles of a document by their id."""

    _elements: dict[str, etree._Element] = field(default_factory=dict)
    _done: dict[str, Style] = field(default_factory=dict)
    default: str = ""
    base: Look = Look()

    @classmethod
    def of(cls, archive: Archive, part: str) -> Styles:
        """Read the styles part; a document without one has no styles."""
        styles = cls()
        root = archive.xml(part)
        if root is None:
            return styles
        for element in root.iter(W + "style"):
            key = element.get(W + "styleId") or ""
            styles._elements.setdefault(key, element)
            if element.get(W + "type") == "paragraph" and is_on(element.get(W + "default"), absent=False):
                styles.default = styles.default or key
        properties = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        styles.base = look_of(properties)
        return styles

    def get(self, key: str | None) -> Style:
        """Return a style, resolved; an unknown one is empty."""
        return self._resolve(key or "", 0)

    def _resolve(self, key: str, depth: int) -> Style:
        if key in self._done:
            return self._done[key]
        element = self._elements.get(key)
        if element is None or depth > _DEPTH:
            return Style()
        based = element.find(W + "basedOn")
        below = self._resolve(based.get(W + "val") or "", depth + 1) if based is not None else Style()
        name = _value(element.find(W + "name")).lower()
        style = Style(
            name,
            (name, *below.names),
            shape_of(element.find(W + "pPr")).over(below.shape),
            look_of(element.find(W + "rPr")).over(look_of_paragraph(element.find(W + "pPr"))).over(below.look),
            below.shades_tables or any(_fill(shading) for shading in element.iter(W + "shd")),
        )
        self._done[key] = style
        return style


def look_of(properties: etree._Element | None) -> Look:
    """Return the look that run properties (w:rPr) give."""
    if properties is None:
        return Look()
    highlight = properties.find(W + "highlight")
    fill = _value(highlight) if highlight is not None else _fill(properties.find(W + "shd"))
    size = properties.find(W + "sz")
    return Look(
        _toggle(properties.find(W + "vanish")),
        _value(properties.find(W + "color")).lower() or None,
        _number(_value(size)) if size is not None else None,
        fill or None,
        _toggle(properties.find(W + "b")),
    )


def look_of_paragraph(properties: etree._Element | None) -> Look:
    """Return the look that paragraph properties (w:pPr) give to all runs: their shading."""
    return Look(fill=(_fill(properties.find(W + "shd")) or None) if properties is not None else None)


def shape_of(properties: etree._Element | None) -> Shape:
    """Return what paragraph properties (w:pPr) say of outline and list."""
    if properties is None:
        return Shape()
    outline = _value(properties.find(W + "outlineLvl"))
    numbering = properties.find(W + "numPr")
    list_id = _value(numbering.find(W + "numId")) if numbering is not None else ""
    level = _value(numbering.find(W + "ilvl")) if numbering is not None else ""
    return Shape(
        int(outline) if outline.isdecimal() else None,
        list_id or None,
        min(int(level), 8) if level.isdecimal() else None,
    )


def is_on(value: str | None, *, absent: bool = True) -> bool:
    """Read one of Word's on/off values; *absent* is what a missing value means."""
    return absent if value is None else value.lower() not in ("0", "false", "off", "none")


def _toggle(element: etree._Element | None) -> bool | None:
    return None if element is None else is_on(element.get(W + "val"))


def _value(element: etree._Element | None) -> str:
    return "" if element is None else (element.get(W + "val") or "")


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def _fill(shading: etree._Element | None) -> str:
    """Return the colour of a shading, or nothing where it lets the page through."""
    if shading is None:
        return ""
    fill = (shading.get(W + "fill") or "").lower()
    pattern = (shading.get(W + "val") or "").lower()
    if fill in ("", "auto"):
        return (shading.get(W + "color") or "").lower() or "000000" if pattern == "solid" else ""
    return fill
