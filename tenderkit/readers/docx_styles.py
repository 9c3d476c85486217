"""What the styles of a Word file say about a paragraph or a run, followed through based-on."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tenderkit.readers.docx_theme import NONE, Theme, W, highlight

if TYPE_CHECKING:
    from lxml import etree

    from tenderkit.readers.archive import Archive

# The names that Word itself writes are English in every language; other programs write their own.
_HEADING_NAME = re.compile(
    r"(?:heading|überschrift|titre|rubrik|kop|título|titolo|overskrift|nagłówek|otsikko|nadpis|заголовок|pennawd)"
    r"\s*([1-9])",
    re.IGNORECASE,
)
_CONTENTS_NAME = re.compile(
    r"(?:toc|contents|table of figures|table of authorities|index)(?: heading|\s*\d)?$", re.IGNORECASE
)
_LIST_NAME = re.compile(r"list (?:bullet|number)\s*(\d?)$", re.IGNORECASE)
_DEPTH = 12  # styles based on styles; Word itself stops at eleven
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_BODY_TEXT = 9  # the outline level that is none
_NO_HEIGHT = 40  # twentieths of a point; an exact line height below cuts off the letters


@dataclass(frozen=True, slots=True)
class Look:
    """
    How a run of text looks, as far as hiding needs it; None is "not said here".

    Attributes:
        vanish: Word's own hidden text.
        colour: Six hex digits, or "auto".
        half_points: Size in half points.
        fill: The colour behind the run: shading or highlight.
        ground: The colour behind its paragraph.
        bold: Whether it is bold.
        clear: Whether its letters are transparent.
        width: Of its letters, in per cent of the usual.
        line: Exact height of its lines, in twentieths of a point; 0 where it is not exact.
    """

    vanish: bool | None = None
    colour: str | None = None
    half_points: float | None = None
    fill: str | None = None
    ground: str | None = None
    bold: bool | None = None
    clear: bool | None = None
    width: float | None = None
    line: float | None = None

    def over(self, below: Look) -> Look:
        """Return this look with what it does not say taken from the one *below* it."""
        if below is NO_LOOK or self is below:
            return self
        if self is NO_LOOK:
            return below
        return Look(
            below.vanish if self.vanish is None else self.vanish,
            below.colour if self.colour is None else self.colour,
            below.half_points if self.half_points is None else self.half_points,
            below.fill if self.fill is None else self.fill,
            below.ground if self.ground is None else self.ground,
            below.bold if self.bold is None else self.bold,
            below.clear if self.clear is None else self.clear,
            below.width if self.width is None else self.width,
            below.line if self.line is None else self.line,
        )

    @property
    def cut_off(self) -> bool:
        """Whether its lines are too low for any letter to be seen."""
        return bool(self.line) and (self.line or 0) < _NO_HEIGHT


NO_LOOK = Look()


@dataclass(frozen=True, slots=True)
class Shape:
    """
    What a paragraph is; None is "not said here".

    Attributes:
        outline: Outline level, 0 for the highest, 9 for body text.
        list_id: Number of its list, "0" where a style's list is taken away.
        list_level: Depth in that list, from 0.
        breaks: Whether it begins a page.
    """

    outline: int | None = None
    list_id: str | None = None
    list_level: int | None = None
    breaks: bool | None = None

    def over(self, below: Shape) -> Shape:
        """Return this shape with what it does not say taken from the one *below* it."""
        return Shape(
            below.outline if self.outline is None else self.outline,
            below.list_id if self.list_id is None else self.list_id,
            below.list_level if self.list_level is None else self.list_level,
            below.breaks if self.breaks is None else self.breaks,
        )


@dataclass(frozen=True, slots=True)
class CellLook:
    """What a table style gives to some cells: the look of their text, and the colour behind it or None."""

    look: Look = NO_LOOK
    fill: str | None = None

    def over(self, below: CellLook) -> CellLook:
        """Return this with what it does not say taken from the one *below* it."""
        return CellLook(self.look.over(below.look), below.fill if self.fill is None else self.fill)


@dataclass(frozen=True, slots=True)
class Style:
    """One style with everything it is based on."""

    keys: tuple[str, ...] = ()  # its own id and those it is based on
    names: tuple[str, ...] = ()  # the same by name, each in lower case
    shape: Shape = Shape()
    look: Look = NO_LOOK
    cells: dict[str, CellLook] = field(default_factory=dict)  # of a table style: "firstRow" ...; "" for all cells
    bands: tuple[int, int] = (1, 1)  # rows and columns in one band

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
        """The heading level that its name gives, or 0; body text by its outline level is none."""
        if self.shape.outline is not None:
            return 0 if self.shape.outline >= _BODY_TEXT else self.shape.outline + 1
        for name in self.names:
            if found := _HEADING_NAME.match(name):
                return int(found.group(1))
        return 1 if self.is_title else 0

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

    theme: Theme = field(default_factory=Theme)
    _elements: dict[str, etree._Element] = field(default_factory=dict)
    _done: dict[str, Style] = field(default_factory=dict)
    default: str = ""
    base: Look = NO_LOOK

    @classmethod
    def of(cls, archive: Archive, part: str, theme: Theme) -> Styles:
        """Read the styles part; a document without one has no styles."""
        styles = cls(theme)
        root = archive.xml(part)
        if root is None:
            return styles
        for element in root.iter(W + "style"):
            key = element.get(W + "styleId") or ""
            styles._elements.setdefault(key, element)
            if element.get(W + "type") == "paragraph" and is_on(element.get(W + "default"), absent=False):
                styles.default = styles.default or key
        styles.base = styles.look_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")).over(
            styles.look_of_paragraph(root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr"))
        )
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
        names = (name.strip().lower() for name in value_of(element.find(W + "name")).split(","))
        own = self._look_in(element)
        style = Style(
            (key, *below.keys),
            (*names, *below.names),
            shape_of(element.find(W + "pPr")).over(below.shape),
            own.over(below.look),
            self._cells(element, own, below),
            _bands(element) or below.bands,
        )
        self._done[key] = style
        return style

    def _look_in(self, element: etree._Element) -> Look:
        return self.look_of(element.find(W + "rPr")).over(self.look_of_paragraph(element.find(W + "pPr")))

    def _cells(self, element: etree._Element, own: Look, below: Style) -> dict[str, CellLook]:
        """Return what a table style says of its cells, over what the style below it says."""
        if element.get(W + "type") != "table":
            return {}
        said = {"": CellLook(own, self._cell_fill(element))}
        for part in element.iterfind(W + "tblStylePr"):
            said[part.get(W + "type") or ""] = CellLook(self._look_in(part), self._cell_fill(part))
        return {
            key: said.get(key, CellLook()).over(below.cells.get(key, CellLook())) for key in {**below.cells, **said}
        }

    def _cell_fill(self, element: etree._Element) -> str | None:
        fill = self.theme.shading(element.find(f"{W}tcPr/{W}shd"))
        return self.theme.shading(element.find(f"{W}tblPr/{W}shd")) if fill is None else fill

    def look_of(self, properties: etree._Element | None) -> Look:
        """Return the look that run properties (w:rPr) give."""
        if properties is None or not len(properties):
            return NO_LOOK
        size, width = properties.find(W + "sz"), properties.find(W + "w")
        lit, shade = highlight(properties.find(W + "highlight")), self.theme.shading(properties.find(W + "shd"))
        return Look(
            vanish=_toggle(properties.find(W + "vanish")),
            colour=self.theme.text_colour(properties.find(W + "color")),
            half_points=_number(value_of(size)) if size is not None else None,
            fill=lit or shade or (NONE if NONE in (lit, shade) else None),
            bold=_toggle(properties.find(W + "b")),
            clear=_clear(properties),
            width=_number(value_of(width).rstrip("%")) if width is not None else None,
        )

    def look_of_paragraph(self, properties: etree._Element | None) -> Look:
        """Return the look that paragraph properties (w:pPr) give to all runs."""
        if properties is None:
            return NO_LOOK
        spacing = properties.find(W + "spacing")
        line = None
        if spacing is not None and spacing.get(W + "line"):
            line = _number(spacing.get(W + "line") or "") if spacing.get(W + "lineRule") == "exact" else 0
        return Look(ground=self.theme.shading(properties.find(W + "shd")), line=line)


def shape_of(properties: etree._Element | None) -> Shape:
    """Return what paragraph properties (w:pPr) say of outline, list and page."""
    if properties is None:
        return Shape()
    outline = value_of(properties.find(W + "outlineLvl"))
    numbering = properties.find(W + "numPr")
    list_id = value_of(numbering.find(W + "numId")) if numbering is not None else ""
    level = value_of(numbering.find(W + "ilvl")) if numbering is not None else ""
    return Shape(
        int(outline) if outline.isdecimal() else None,
        list_id or None,
        min(int(level), 8) if level.isdecimal() else None,
        _toggle(properties.find(W + "pageBreakBefore")),
    )


def is_on(value: str | None, *, absent: bool = True) -> bool:
    """Read one of Word's on/off values; *absent* is what a missing value means."""
    return absent if value is None else value.lower() not in ("0", "false", "off", "none")


def value_of(element: etree._Element | None) -> str:
    """Return w:val, or nothing."""
    return "" if element is None else (element.get(W + "val") or "")


def _toggle(element: etree._Element | None) -> bool | None:
    return None if element is None else is_on(element.get(W + "val"))


def _number(value: str) -> float | None:
    try:
        return float(value)
    except ValueError:
        return None


def _clear(properties: etree._Element) -> bool | None:
    """Tell whether a text effect takes every colour from the letters."""
    fill = properties.find(_W14 + "textFill")
    if fill is None:
        return None
    outline = properties.find(_W14 + "textOutline")
    if outline is not None and outline.find(_W14 + "solidFill") is not None:
        return False
    alphas = [alpha.get(_W14 + "val") or "" for alpha in fill.iter(_W14 + "alpha")]
    see_through = bool(alphas) and all(alpha.isdecimal() and int(alpha) >= 99_000 for alpha in alphas)
    return fill.find(_W14 + "noFill") is not None or see_through


def _bands(element: etree._Element) -> tuple[int, int] | None:
    sizes = [value_of(element.find(f"{W}tblPr/{W}tblStyle{sort}BandSize")) for sort in ("Row", "Col")]
    if not any(sizes):
        return None
    row, column = (int(size) if size.isdecimal() and int(size) else 1 for size in sizes)
    return row, column
