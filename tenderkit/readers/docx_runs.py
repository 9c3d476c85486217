"""The text inside one Word paragraph: runs, fields, tracked changes, controls, and what of it is hidden."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tenderkit.document import View
from tenderkit.readers.colours import alike
from tenderkit.readers.docx_styles import Look, Styles, W, is_on, look_of

if TYPE_CHECKING:
    from lxml import etree

Behind = str | None  # six hex digits, or None where it cannot be known

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_TINY = 4  # half points
_EMU = 12_700  # a point, in the unit of drawings
_HIGHLIGHTS = {
    "black": "000000", "white": "ffffff", "yellow": "ffff00", "green": "00ff00", "cyan": "00ffff", "magenta": "ff00ff",
    "blue": "0000ff", "red": "ff0000", "darkblue": "000080", "darkcyan": "008080", "darkgreen": "008000",
    "darkmagenta": "800080", "darkred": "800000", "darkyellow": "808000", "darkgray": "808080", "lightgray": "c0c0c0",
}  # fmt: skip
_SYMBOLS = {"f0fe": "☒", "f0fd": "☒", "f0a8": "☐", "f06f": "☐", "f0fc": "✓", "f0b7": "•", "f0a7": "▪", "f0e0": "→"}
_DELETIONS = frozenset({W + "del", W + "moveFrom"})
_INSERTIONS = frozenset({W + "ins", W + "moveTo"})
CHANGES = _DELETIONS | _INSERTIONS
_SKIPPED = frozenset(
    W + name
    for name in [
        "pPr",
        "rPr",
        "instrText",
        "sdtPr",
        "sdtEndPr",
        "fldData",
        "annotationRef",
        "rubyPr",
        "rt",
        "tab_",
        "bookmarkStart",
        "bookmarkEnd",
    ]
)


@dataclass(slots=True)
class Paragraph:
    """What was gathered of one paragraph."""

    parts: list[str] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    hidden: list[tuple[str, str]] = field(default_factory=list)  # how, quote
    page: int | None = None
    bold: bool = False
    plain: bool = False

    @property
    def text(self) -> str:
        """Its visible text so far."""
        return "".join(self.parts)

    @property
    def all_bold(self) -> bool:
        """Whether it has text and all of it is bold."""
        return self.bold and not self.plain


@dataclass(slots=True)
class _Field:
    """A complex field that is open: its code comes first, then its result."""

    code: str = ""
    in_code: bool = True


@dataclass(slots=True)
class RunReader:
    """Reads runs and keeps what goes on from one paragraph to the next: open fields and the page number."""

    styles: Styles
    view: View
    rendered: bool  # Word recorded its page breaks; otherwise only the breaks that the author made are known
    page: int = 1
    tracked: bool = False
    breaks: int = 0
    _fields: list[_Field] = field(default_factory=list)

    @property
    def counts_pages(self) -> bool:
        """Whether page numbers are known at all so far."""
        return self.rendered or self.breaks > 0

    @property
    def last_page(self) -> int | None:
        """The number of the last page, or None where nothing was recorded."""
        return self.page if self.rendered or self.breaks else None

    @property
    def in_contents_field(self) -> bool:
        """Whether a table-of-contents field is open."""
        return any(field.code.split()[:1] == ["TOC"] for field in self._fields)

    def hard_break(self) -> None:
        """Count a page break that the author made, where Word recorded none of its own."""
        if not self.rendered:
            self.page += 1
            self.breaks += 1

    def in_view(self, element: etree._Element, tag: str) -> etree._Element | None:
        """Return the properties (rPr or pPr) that *element* has in the view, whatever change of format is tracked."""
        properties = element.find(W + tag)
        change = None if properties is None else properties.find(f"{W}{tag}Change")
        if change is None:
            return properties
        self.tracked = True
        return properties if self.view is View.FINAL else change.find(W + tag)

    def leaves_out(self, tag: str) -> bool:
        """Whether what stands inside a tracked change is not part of the view that is read."""
        return tag in (_DELETIONS if self.view is View.FINAL else _INSERTIONS)

    def read(self, element: etree._Element, paragraph: Paragraph, below: Look, behind: Behind) -> None:
        """Gather the text of the children of *element* into *paragraph*."""
        for child in element:
            tag = child.tag
            if tag == W + "r":
                self._run(child, paragraph, below, behind)
            elif tag in CHANGES:
                self.tracked = True
                if not self.leaves_out(tag):
                    self.read(child, paragraph, below, behind)
            elif tag == W + "sdt":
                if not placeholder_shown(child):
                    self.read(child, paragraph, below, behind)
            elif tag == _M + "t":
                self._say(child.text or "", paragraph, below, behind)
            elif tag not in _SKIPPED:
                self.read(child, paragraph, below, behind)

    def _run(self, run: etree._Element, paragraph: Paragraph, below: Look, behind: Behind) -> None:
        properties = self.in_view(run, "rPr")
        look = below
        if properties is not None:
            named = properties.find(W + "rStyle")
            if named is not None:
                below = self.styles.get(named.get(W + "val")).look.over(below)
            look = look_of(properties).over(below)
        self._content(run, paragraph, look, behind)

    def _content(self, parent: etree._Element, paragraph: Paragraph, look: Look, behind: Behind) -> None:
        for child in parent:
            tag = child.tag
            if tag in (W + "t", W + "delText", _M + "t"):  # text is deleted only where the view shows deletions
                self._say(child.text or "", paragraph, look, behind)
            elif tag in (W + "tab", W + "ptab", W + "cr"):
                self._say(" ", paragraph, look, behind)
            elif tag == W + "br":
                if child.get(W + "type") == "page":
                    self.hard_break()
                self._say(" ", paragraph, look, behind)
            elif tag == W + "lastRenderedPageBreak":
                self.page += 1
            elif tag == W + "noBreakHyphen":
                self._say("-", paragraph, look, behind)
            elif tag == W + "sym":
                self._say(_SYMBOLS.get((child.get(W + "char") or "").lower(), ""), paragraph, look, behind)
            elif tag == W + "fldChar":
                self._field(child, paragraph, look, behind)
            elif tag in (W + "instrText", W + "delInstrText"):
                if self._fields and self._fields[-1].in_code:
                    self._fields[-1].code += child.text or ""
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                sort = "footnote" if tag == W + "footnoteReference" else "endnote"
                paragraph.notes.append((sort, child.get(W + "id") or ""))
            elif tag == W + "txbxContent":
                paragraph.boxes.append(child)
            elif tag == _MC + "AlternateContent":
                chosen = next(iter(child), None)
                if chosen is not None:
                    self._content(chosen, paragraph, look, behind)
            elif tag in (_WP + "anchor", _WP + "inline") and (how := _hidden_drawing(child)):
                words = " ".join(text.text or "" for text in child.iter(W + "t"))
                if words.strip():
                    paragraph.hidden.append((how, words))
            elif tag not in _SKIPPED:
                self._content(child, paragraph, look, behind)

    def _field(self, mark: etree._Element, paragraph: Paragraph, look: Look, behind: Behind) -> None:
        sort = mark.get(W + "fldCharType")
        if sort == "begin":
            self._fields.append(_Field(in_code=False))
            self._say(_form_state(mark.find(W + "ffData")), paragraph, look, behind)
            self._fields[-1].in_code = True
        elif sort == "separate" and self._fields:
            self._fields[-1].in_code = False
        elif sort == "end" and self._fields:
            self._fields.pop()

    def _say(self, text: str, paragraph: Paragraph, look: Look, behind: Behind) -> None:
        """Take in a piece of text, unless it is a field's code or cannot be seen."""
        if not text or any(field.in_code for field in self._fields):
            return
        if how := how_hidden(look, behind):
            if paragraph.hidden and paragraph.hidden[-1][0] == how:
                paragraph.hidden[-1] = (how, paragraph.hidden[-1][1] + text)
            else:
                paragraph.hidden.append((how, text))
            return
        paragraph.parts.append(text)
        if text.strip():
            paragraph.page = paragraph.page or self.page
            paragraph.bold = paragraph.bold or bool(look.bold)
            paragraph.plain = paragraph.plain or not look.bold


def how_hidden(look: Look, behind: Behind) -> str:
    """
    Say why a run of this look cannot be seen over the colour *behind* it, or nothing.

    >>> how_hidden(Look(vanish=True), "ffffff"), how_hidden(Look(colour="ffffff"), "ffffff")
    ('Word hidden text', 'text in the colour behind it')
    >>> how_hidden(Look(colour="ffffff", fill="000080"), "ffffff"), how_hidden(Look(), "ffffff")
    ('', '')
    """
    if look.vanish:
        return "Word hidden text"
    if look.half_points is not None and look.half_points < _TINY:
        return "text under 2 pt"
    ground = look.fill or behind
    if look.colour and ground and alike(look.colour, _HIGHLIGHTS.get(ground, ground)):
        return "text in the colour behind it"
    return ""


def placeholder_shown(control: etree._Element) -> bool:
    """Tell whether a content control shows only its prompt ("Click here to enter text")."""
    mark = control.find(f"{W}sdtPr/{W}showingPlcHdr")
    return mark is not None and is_on(mark.get(W + "val"))


def _hidden_drawing(drawing: etree._Element) -> str:
    """Say why nobody sees a drawing, or nothing."""
    properties, extent = drawing.find(_WP + "docPr"), drawing.find(_WP + "extent")
    if properties is not None and is_on(properties.get("hidden"), absent=False):
        return "in a hidden shape"
    if extent is not None:
        sides = [extent.get(name) or "" for name in ("cx", "cy")]
        if any(side.isdecimal() and int(side) < 2 * _EMU for side in sides):
            return "in a box of no size"
    return ""


def _form_state(data: etree._Element | None) -> str:
    """Return what a legacy form field shows: a ticked or empty box, or the chosen entry."""
    if data is None:
        return ""
    box = data.find(W + "checkBox")
    if box is not None:
        mark = box.find(W + "checked")
        mark = box.find(W + "default") if mark is None else mark
        return "☒" if mark is not None and is_on(mark.get(W + "val")) else "☐"
    choices = data.find(W + "ddList")
    if choices is not None:
        entries = [entry.get(W + "val") or "" for entry in choices.iter(W + "listEntry")]
        result = choices.find(W + "result")
        chosen = result.get(W + "val") if result is not None else "0"
        if chosen and chosen.isdecimal() and int(chosen) < len(entries):
            return entries[int(chosen)]
    return ""
