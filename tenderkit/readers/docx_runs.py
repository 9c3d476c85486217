"""The text inside one Word paragraph: runs, fields, tracked changes, controls, and what of it is hidden."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tenderkit.document import View
from tenderkit.readers.colours import alike
from tenderkit.readers.docx_shapes import DGM, MC, Box, box_of, words_of
from tenderkit.readers.docx_signs import form_state, sign
from tenderkit.readers.docx_styles import Look, Styles, is_on
from tenderkit.readers.docx_theme import NONE, UNKNOWN, A, V, W

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from tenderkit.readers.docx_parts import Parts

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TINY = 4  # half points
_NARROW = 10  # per cent
_ENOUGH = 2_000  # characters of a hidden passage; less is shown, and a hostile file holds millions
BREAK = "\v"  # between two lines that the author parted inside one paragraph

_DELETIONS = frozenset({W + "del", W + "moveFrom"})
_INSERTIONS = frozenset({W + "ins", W + "moveTo"})
CHANGES = _DELETIONS | _INSERTIONS
COMMENT_MARKS = frozenset(W + name for name in ["commentRangeStart", "commentRangeEnd", "commentReference"])
_SKIPPED = frozenset(
    W + name
    for name in ["pPr", "rPr", "sdtPr", "sdtEndPr", "fldData", "annotationRef", "rubyPr", "rt", "bookmarkStart",
                 "bookmarkEnd", "instrText", "delInstrText", "drawingFallback"]
)  # fmt: skip
_LISTS_OF_PLACES = frozenset({"TOC", "TOA", "INDEX"})


@dataclass(slots=True)
class Paragraph:
    """What was gathered of one paragraph; with each piece of text goes the element that says it."""

    parts: list[tuple[etree._Element, str]] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    drawn: list[tuple[str, etree._Element]] = field(default_factory=list)  # relations of diagrams and charts
    notes: list[tuple[str, str, etree._Element]] = field(default_factory=list)
    hidden: list[tuple[str, str, etree._Element]] = field(default_factory=list)  # how, quote, where it begins
    comments: list[str] = field(default_factory=list)  # the ids of those that begin, end or are shown in it
    page: int | None = None
    bold: bool = False
    plain: bool = False
    listed: bool = False  # whether it has text of a table of contents or an index
    prose: bool = False  # whether it has other text
    _seen_before_hidden: int = -1

    @property
    def text(self) -> str:
        """Its visible text so far."""
        return "".join([text for _, text in self.parts])

    @property
    def all_bold(self) -> bool:
        """Whether it has text and all of it is bold."""
        return self.bold and not self.plain

    @property
    def lists_places(self) -> bool:
        """Whether it is a line of a table of contents or an index, by its field."""
        return self.listed and not self.prose

    def hide(self, how: str, text: str, element: etree._Element) -> None:
        """Take in text that nobody can see; what stands together and is hidden alike is one passage."""
        if self.hidden and self.hidden[-1][0] == how and self._seen_before_hidden == len(self.parts):
            if len(self.hidden[-1][1]) < _ENOUGH:
                self.hidden[-1] = (how, self.hidden[-1][1] + text, self.hidden[-1][2])
        else:
            self.hidden.append((how, text, element))
        self._seen_before_hidden = len(self.parts)


@dataclass(slots=True)
class _Field:
    """A complex field that is open: its code comes first, then its result."""

    code: str = ""
    in_code: bool = True
    said: bool = False  # its state was told already, so that its result would say it twice

    @property
    def lists_places(self) -> bool:
        return self.code.split()[:1] != [] and self.code.split()[0].upper() in _LISTS_OF_PLACES


@dataclass(slots=True)
class RunReader:
    """
    Reads runs and keeps what goes on from one paragraph to the next: open fields and the page number.

    Attributes:
        styles: Of the document.
        view: Of its tracked changes.
        rendered: Whether Word recorded its page breaks; otherwise only those that the author made are known.
        paper: The colour of its pages, or None where it cannot be known.
        painted: Pages on which text runs over a picture; None in it stands for every page.
        size: Of its pages, in points.
        pictures: The pages on which pictures were met so far.
        written: The pages on which text was met so far.
    """

    styles: Styles
    view: View
    rendered: bool
    paper: str | None = "ffffff"
    painted: frozenset[int | None] = frozenset()
    size: tuple[float, float] = (595.0, 842.0)
    pictures: set[int] = field(default_factory=set)
    written: set[int] = field(default_factory=set)
    page: int = 1
    tracked: bool = False
    breaks: int = 0
    _fields: list[_Field] = field(default_factory=list)
    _never_ends: set[etree._Element] = field(default_factory=set)

    @classmethod
    def of(cls, parts: Parts, view: View) -> RunReader:
        """Return a reader at the beginning of a document."""
        reader = cls(parts.styles, view, parts.rendered, parts.paper, parts.painted(), parts.size)
        reader._never_ends = reader._without_end(parts.root)
        return reader

    @property
    def counts_pages(self) -> bool:
        """Whether page numbers are known at all so far."""
        return self.rendered or self.breaks > 0

    @property
    def last_page(self) -> int | None:
        """The number of the last page, or None where nothing was recorded."""
        return self.page if self.counts_pages else None

    def hard_break(self) -> None:
        """Count a page break that the author made, where Word recorded none of its own."""
        if not self.rendered:
            self.page += 1
            self.breaks += 1

    def pass_over(self, element: etree._Element) -> None:
        """Count the pages of a part that is not read."""
        self.page += sum(1 for _ in element.iter(W + "lastRenderedPageBreak"))

    @contextmanager
    def within(self, part: etree._Element) -> Iterator[None]:
        """Read a part of its own, a note or a header, amid another."""
        outer, self._fields = self._fields, []
        never, self._never_ends = self._never_ends, self._without_end(part)
        yield
        self._fields, self._never_ends = outer, never

    def _without_end(self, part: etree._Element) -> set[etree._Element]:
        """Return the beginnings of fields that have no end; they must not swallow what follows them."""
        opened: list[etree._Element] = []
        for mark in part.iter(W + "fldChar"):
            if any(self.leaves_out(str(above.tag)) or above.tag == MC + "Fallback" for above in mark.iterancestors()):
                continue
            sort = mark.get(W + "fldCharType")
            if sort == "begin":
                opened.append(mark)
            elif sort == "end" and opened:
                opened.pop()
        return set(opened)

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

    def read(self, element: etree._Element, paragraph: Paragraph, below: Look, behind: str) -> None:
        """
        Gather the text of the children of *element* into *paragraph*.

        Args:
            element: A paragraph, or what wraps runs inside one.
            paragraph: Where it goes.
            below: The look that the runs have before their own.
            behind: The colour behind the paragraph; NONE for the page itself, UNKNOWN where it cannot be told.
        """
        for child in element:
            tag = child.tag
            if tag == W + "r":
                self._run(child, paragraph, below, behind)
            elif tag in CHANGES:
                self.tracked = True
                if self.leaves_out(tag):
                    self.pass_over(child)
                else:
                    self.read(child, paragraph, below, behind)
            elif tag == W + "sdt":
                self._control(child, paragraph, below, behind)
            elif tag == W + "fldSimple":
                self._fields.append(_Field(child.get(W + "instr") or "", in_code=False))
                self.read(child, paragraph, below, behind)
                self._fields.pop()
            elif tag == MC + "AlternateContent":
                if len(child):
                    self.read(child[0], paragraph, below, behind)
            elif tag == _M + "t":
                self._say(child.text or "", child, paragraph, below, behind)
            elif tag in COMMENT_MARKS:
                paragraph.comments.append(child.get(W + "id") or "")
            elif tag not in _SKIPPED:
                self.read(child, paragraph, below, behind)

    def _control(self, control: etree._Element, paragraph: Paragraph, below: Look, behind: str) -> None:
        """Read a content control inside a paragraph: the state of a check box, else what stands in it."""
        box = control.find(f"{W}sdtPr/{_W14}checkbox")
        if box is not None:
            checked = box.find(_W14 + "checked")
            ticked = checked is not None and is_on(checked.get(_W14 + "val"))
            self._say("☒" if ticked else "☐", control, paragraph, below, behind)
        elif placeholder_shown(control):
            self.pass_over(control)
        else:
            self.read(control, paragraph, below, behind)

    def _run(self, run: etree._Element, paragraph: Paragraph, below: Look, behind: str) -> None:
        properties = self.in_view(run, "rPr")
        look = below
        if properties is not None:
            named = properties.find(W + "rStyle")
            if named is not None:
                below = self.styles.get(named.get(W + "val")).look.over(below)
            look = self.styles.look_of(properties).over(below)
        self._content(run, paragraph, look, behind)

    def _content(self, parent: etree._Element, paragraph: Paragraph, look: Look, behind: str) -> None:
        for child in parent:
            tag = child.tag
            if tag in (W + "t", W + "delText", _M + "t"):  # text is deleted only where the view shows deletions
                self._say(child.text or "", child, paragraph, look, behind)
            elif tag in (W + "tab", W + "ptab"):
                self._say(" ", child, paragraph, look, behind)
            elif tag in (W + "br", W + "cr"):
                if child.get(W + "type") == "page":
                    self.hard_break()
                self._say(BREAK, child, paragraph, look, behind)
            elif tag == W + "lastRenderedPageBreak":
                self.page += 1
            elif tag == W + "noBreakHyphen":
                self._say("-", child, paragraph, look, behind)
            elif tag == W + "sym":
                self._say(sign(child), child, paragraph, look, behind)
            elif tag == W + "fldChar":
                self._field(child, paragraph, look, behind)
            elif tag in (W + "instrText", W + "delInstrText"):
                if self._fields and self._fields[-1].in_code:
                    self._fields[-1].code += child.text or ""
            elif tag in (W + "footnoteReference", W + "endnoteReference"):
                sort = "footnote" if tag == W + "footnoteReference" else "endnote"
                paragraph.notes.append((sort, child.get(W + "id") or "", child))
            elif tag == W + "txbxContent":
                box = box_of(child, self.styles.theme, self.size)
                if box.hidden:
                    paragraph.hidden.append((box.hidden, words_of(child), child))
                    self.pass_over(child)
                else:
                    paragraph.boxes.append(box)
            elif tag in (DGM + "relIds", _C + "chart"):
                paragraph.drawn.append((child.get(_R + "dm") or child.get(_R + "id") or "", child))
            elif tag in COMMENT_MARKS:
                paragraph.comments.append(child.get(W + "id") or "")
            elif tag in (A + "blip", V + "imagedata"):
                self.pictures.add(self.page)
            elif tag == MC + "AlternateContent":
                if len(child):
                    self._content(child[0], paragraph, look, behind)
            elif tag not in _SKIPPED:
                self._content(child, paragraph, look, behind)

    def _field(self, mark: etree._Element, paragraph: Paragraph, look: Look, behind: str) -> None:
        sort = mark.get(W + "fldCharType")
        if sort == "begin" and mark not in self._never_ends:
            state = form_state(mark.find(W + "ffData"))
            self._say(state, mark, paragraph, look, behind)
            self._fields.append(_Field(said=bool(state)))
        elif sort == "separate" and self._fields:
            self._fields[-1].in_code = False
        elif sort == "end" and self._fields:
            self._fields.pop()

    def _say(self, text: str, element: etree._Element, paragraph: Paragraph, look: Look, behind: str) -> None:
        """Take in a piece of text, unless it is a field's code or cannot be seen."""
        if not text or any(field.in_code or field.said for field in self._fields):
            return
        if text.strip():
            paragraph.page = paragraph.page or self.page
        if how := how_hidden(look, self._ground(behind)):
            paragraph.hide(how, text, element)
            return
        paragraph.parts.append((element, text))
        if text.strip():
            self.written.add(self.page)
            paragraph.bold = paragraph.bold or bool(look.bold)
            paragraph.plain = paragraph.plain or not look.bold
            listed = any(field.lists_places for field in self._fields)
            paragraph.listed, paragraph.prose = paragraph.listed or listed, paragraph.prose or not listed

    def _ground(self, behind: str) -> str | None:
        """Return the colour behind a paragraph; None where it cannot be told, as over a picture."""
        if behind == NONE:
            return None if self.painted & {self.page, None} else self.paper
        return None if behind == UNKNOWN else behind


def how_hidden(look: Look, behind: str | None) -> str:
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
    if look.clear:
        return "transparent text"
    if look.width is not None and 0 < look.width < _NARROW:
        return "letters too narrow to read"
    if look.cut_off:
        return "lines of no height"
    ground = look.fill or look.ground or behind
    if look.colour and ground and alike(look.colour, ground):
        return "text in the colour behind it"
    return ""


def placeholder_shown(control: etree._Element | None) -> bool:
    """Tell whether a content control shows only its prompt ("Click here to enter text")."""
    mark = control.find(f"{W}sdtPr/{W}showingPlcHdr") if control is not None else None
    return mark is not None and is_on(mark.get(W + "val"))
