"""The text of OpenDocument files: paragraphs, headings, lists, tables and notes in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tenderkit.document import Anchor, DocumentBuilder, Hidden, Kind
from tenderkit.readers import marks
from tenderkit.readers.odf_styles import DRAW, OFFICE, PRESENTATION, TABLE, TEXT, Style, Styles
from tenderkit.readers.rows import add_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from tenderkit.readers.limits import Limits

_SKIPPED = frozenset(
    [
        OFFICE + "forms",
        OFFICE + "event-listeners",
        TEXT + "tracked-changes",
        TEXT + "sequence-decls",
        TEXT + "placeholder",  # a prompt that nobody has filled in
        TEXT + "script",
        TEXT + "ruby-text",
        TEXT + "label",
        TEXT + "note-citation",
        TABLE + "table-source",
        PRESENTATION + "notes",
        DRAW + "image",
        DRAW + "object",
        DRAW + "object-ole",
        "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}title",
        "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc",
    ]
)
_COMMENTS = frozenset([OFFICE + "annotation", OFFICE + "annotation-end"])
_CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
_INDEXES = frozenset(
    TEXT + name
    for name in (
        "table-of-content",
        "illustration-index",
        "table-index",
        "object-index",
        "user-index",
        "alphabetical-index",
    )
)
_INDEX_TEMPLATES = "-source"
_SHAPES = frozenset(
    DRAW + name for name in ("custom-shape", "rect", "ellipse", "text-box", "line", "caption", "polygon")
)
_MAX_LEVEL = 6
_MAX_CELLS = 64  # times that one repeated cell is read


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands."""

    contents: bool = False
    in_cell: bool = False
    depth: int = 0  # of lists
    first: bool = False  # in its list item
    hidden: str = ""  # how a section, row or table around it is hidden
    behind: str | None = "ffffff"


_NOWHERE = Place()


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while its runs are gathered."""

    parts: list[str] = field(default_factory=list)
    hidden: list[tuple[str, str]] = field(default_factory=list)  # how, quote
    boxes: list[etree._Element] = field(default_factory=list)
    notes: list[etree._Element] = field(default_factory=list)
    bold: bool = False
    plain: bool = False


@dataclass(slots=True)
class Flow:
    """
    Walks the XML and adds blocks.

    Attributes:
        builder: Where blocks go.
        styles: Of the part that is read.
        limits: For the length of quotes.
        counts_pages: Whether the program recorded where its pages broke.
        running: For headers and footers: the texts that were added before; None for the body.
        slide: The anchor of everything on a slide.
    """

    builder: DocumentBuilder
    styles: Styles
    limits: Limits
    counts_pages: bool = False
    running: set[str] | None = None
    slide: Anchor | None = None
    page: int = 1
    heading_level: int = 0
    later: list[etree._Element] = field(default_factory=list)
    _document: DocumentBuilder | None = None

    def blocks(self, parent: etree._Element, place: Place = Place()) -> None:
        """Add the paragraphs, lists and tables under *parent*."""
        for element in parent:
            self.block(element, place)
            if element.tag in (TEXT + "p", TEXT + "h"):
                place = replace(place, first=False)

    def block(self, element: etree._Element, place: Place) -> None:
        """Add what one element holds."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED or tag.endswith(_INDEX_TEMPLATES):
            return
        if tag in _COMMENTS:
            self._comment(element)
        elif tag in (TEXT + "p", TEXT + "h"):
            self._paragraph(element, place)
        elif tag == TEXT + "list":
            for item in element:
                self.blocks(item, replace(place, depth=place.depth + 1, first=item.tag == TEXT + "list-item"))
        elif tag == TEXT + "numbered-paragraph":
            level = element.get(TEXT + "level") or "1"
            self.blocks(element, replace(place, depth=int(level) if level.isdecimal() else 1, first=True))
        elif tag == TABLE + "table":
            self._table(element, place)
        elif tag == TEXT + "section":
            off = element.get(TEXT + "display") == "none" or element.get(TEXT + "is-hidden") == "true"
            self.blocks(element, replace(place, hidden=place.hidden or ("in a hidden section" if off else "")))
        elif tag == TEXT + "soft-page-break":
            self.page += 1
        else:
            self.blocks(element, replace(place, contents=True) if tag in _INDEXES else place)

    def finish(self) -> None:
        """Add the endnotes in the order in which the text refers to them."""
        for note in self.later:
            self._note(note, Place())

    def _paragraph(self, element: etree._Element, place: Place) -> None:
        style = self.styles.get("paragraph", element.get(TEXT + "style-name"))
        if style.breaks and self.builder.blocks:
            self.page += 1
        paragraph = _Paragraph()
        hidden = place.hidden
        concealed = element.find(TEXT + "hidden-paragraph")
        if concealed is not None and concealed.get(TEXT + "is-hidden") == "true":
            hidden = hidden or "hidden paragraph"
        anchor = self._anchor()
        self._runs(element, paragraph, style, replace(place, hidden=hidden))
        kind, text, level = self._kind(element, "".join(paragraph.parts), style, place, paragraph)
        self._add(kind, text, anchor, level)
        for how, quote in paragraph.hidden:
            self.hide(quote, how, anchor.page)
        for box in paragraph.boxes:
            self.blocks(box, replace(place, behind=None, depth=0))
        for note in paragraph.notes:
            if note.get(TEXT + "note-class") == "endnote":
                self.later.append(note)
            else:
                self._note(note, place)

    def hide(self, quote: str, how: str, page: int | None) -> None:
        """Note hidden text."""
        tidy = " ".join(quote.split())[: self.limits.quote]
        if tidy:
            (self._document or self.builder).hidden.append(Hidden(page, tidy, how))

    def _anchor(self) -> Anchor:
        if self.slide:
            return self.slide
        return Anchor(self.page, approximate=True) if self.counts_pages else Anchor()

    def _add(self, kind: Kind, text: str, anchor: Anchor, level: int) -> None:
        if self.running is not None:
            tidy = " ".join(text.split())
            if tidy and tidy not in self.running:
                self.running.add(tidy)
                self.builder.add(Kind.RUNNING, tidy)
            return
        self.builder.add(kind, text, anchor=anchor, level=level)

    def _runs(self, element: etree._Element, paragraph: _Paragraph, look: Style, place: Place) -> None:
        """Gather the text of *element*, which looks like *look*."""
        self._say(element.text, paragraph, look, place)
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or tag in _SKIPPED:
                pass
            elif tag in _COMMENTS:
                self._comment(child)
            elif tag == TEXT + "span":
                style = self.styles.get("text", child.get(TEXT + "style-name")).over(look)
                self._runs(child, paragraph, style, place)
            elif tag in (TEXT + "s", TEXT + "tab", TEXT + "line-break"):
                self._say(" ", paragraph, look, place)
            elif tag == TEXT + "soft-page-break":
                self.page += 1
            elif tag == TEXT + "note":
                paragraph.notes.append(child)
            elif tag == TEXT + "hidden-text":
                if child.get(TEXT + "is-hidden") == "true":
                    paragraph.hidden.append(("OpenDocument hidden text", child.get(TEXT + "string-value") or ""))
                else:
                    self._runs(child, paragraph, look, place)
            elif tag in _SHAPES:
                paragraph.boxes.append(child)
            elif tag in (DRAW + "frame", DRAW + "g", DRAW + "a"):
                paragraph.boxes.extend(_shapes(child))
            else:
                self._runs(child, paragraph, look, place)
            self._say(child.tail, paragraph, look, place)

    def _comment(self, element: etree._Element) -> None:
        """Keep a comment, or note where it ends."""
        comments = (self._document or self.builder).comments
        key = element.get(OFFICE + "name") or f"{len(comments)}"
        if element.tag == OFFICE + "annotation":
            said = ["".join(map(str, part.itertext())) for part in element.iter(TEXT + "p")]
            comments[key] = (" ".join(said), element.findtext(_CREATOR) or "")
        self.builder.touch(key)

    def _say(self, text: str | None, paragraph: _Paragraph, look: Style, place: Place) -> None:
        if not text:
            return
        if how := place.hidden or look.how_hidden(place.behind):
            if paragraph.hidden and paragraph.hidden[-1][0] == how:
                paragraph.hidden[-1] = (how, paragraph.hidden[-1][1] + text)
            else:
                paragraph.hidden.append((how, text))
            return
        paragraph.parts.append(text)
        if text.strip():
            paragraph.bold = paragraph.bold or bool(look.bold)
            paragraph.plain = paragraph.plain or not look.bold

    def _kind(
        self, element: etree._Element, text: str, style: Style, place: Place, paragraph: _Paragraph
    ) -> tuple[Kind, str, int]:
        """Return a paragraph's kind, its text without a typed bullet, and its level."""
        text = " ".join(text.split())
        if place.contents or marks.is_contents_line(text):
            return Kind.CONTENTS, marks.without_leaders(text), 0
        outline = element.get(TEXT + "outline-level") or "" if element.tag == TEXT + "h" else ""
        heading = int(outline) if outline.isdecimal() and int(outline) else style.heading
        if element.tag == TEXT + "h" and not heading:
            heading = 1
        if heading and len(text) <= 300:
            self.heading_level = min(_MAX_LEVEL, heading)
            return Kind.HEADING, text, self.heading_level
        if style.is_caption or marks.is_caption(text):
            return Kind.CAPTION, text, 0
        if place.depth:
            return (Kind.LIST_ITEM, text, place.depth) if place.first else (Kind.PARAGRAPH, text, 0)
        if paragraph.bold and not paragraph.plain and not place.in_cell and marks.may_be_heading(text):
            return Kind.HEADING, text, min(_MAX_LEVEL, self.heading_level + 1)
        marker = marks.split_marker(text)
        return (Kind.LIST_ITEM, marker.rest, 1) if marker.sort else (Kind.PARAGRAPH, text, 0)

    def _table(self, table: etree._Element, place: Place) -> None:
        style = self.styles.get("table", table.get(TABLE + "style-name"))
        if style.shown is False:
            place = replace(place, hidden=place.hidden or "in a hidden table")
        behind = style.ground or place.behind
        columns = list(columns_of(table))
        outer, owner = self.builder, self._document
        self._document = owner or outer
        for row in rows_of(table):
            cells = []
            row_place = place
            if row.get(TABLE + "visibility") in ("collapse", "filter"):
                row_place = replace(place, hidden=place.hidden or "in a hidden row")
            index = 0
            for cell in row:
                if cell.tag not in (TABLE + "table-cell", TABLE + "covered-table-cell"):
                    continue
                times = repeats(cell, "columns")
                self.builder = DocumentBuilder()
                ground = self.styles.get("table-cell", cell.get(TABLE + "style-name")).ground or behind
                shut = index < len(columns) and columns[index]
                hidden = row_place.hidden or ("in a hidden column" if shut else "")
                self.blocks(cell, replace(row_place, in_cell=True, depth=0, behind=ground, hidden=hidden))
                if cell.tag == TABLE + "table-cell":
                    cells.extend([self.builder] * min(times, _MAX_CELLS if self.builder.blocks else 1))
                index += times
            self.builder = outer
            if self.running is None:
                add_row(self.builder, cells, anchor=self._anchor())
            else:
                self._add(Kind.RUNNING, " ".join(block.text for cell in cells for block in cell.blocks), Anchor(), 0)
        self._document = owner

    def _note(self, note: etree._Element, place: Place) -> None:
        """Add a footnote or endnote as one block."""
        outer, owner, page, running = self.builder, self._document, self.page, self.running
        self._document = owner or outer
        self.builder, self.running = DocumentBuilder(), None
        self.blocks(note, Place(in_cell=True, hidden=place.hidden))
        found, self.builder, self._document, self.running = self.builder.blocks, outer, owner, running
        self.page = page
        text = " ".join(block.text.replace("\t", " ") for block in found)
        self._add(Kind.FOOTNOTE, text, self._anchor(), 0)


def _shapes(element: etree._Element) -> Iterator[etree._Element]:
    """Yield what holds text in a frame or a group: of several views of one object, all that are text."""
    for child in element:
        if child.tag in _SHAPES:
            yield child
        elif child.tag in (DRAW + "frame", DRAW + "g", DRAW + "a"):
            yield from _shapes(child)


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """Yield the rows of a table through header rows and groups, not those of tables inside it."""
    for element in table:
        if element.tag == TABLE + "table-row":
            yield element
        elif element.tag in (TABLE + "table-header-rows", TABLE + "table-rows", TABLE + "table-row-group"):
            yield from rows_of(element)


def columns_of(table: etree._Element) -> Iterator[bool]:
    """Yield for each column of a table whether it is hidden."""
    for element in table:
        if element.tag == TABLE + "table-column":
            shut = element.get(TABLE + "visibility") in ("collapse", "filter")
            yield from [shut] * min(repeats(element, "columns"), 16_384 if shut else 1_024)
        elif element.tag in (TABLE + "table-header-columns", TABLE + "table-columns", TABLE + "table-column-group"):
            yield from columns_of(element)


def repeats(element: etree._Element, what: str) -> int:
    """Return how often a row, column or cell stands in the table; a number that makes no sense is one."""
    value = element.get(f"{TABLE}number-{what}-repeated") or "1"
    return max(1, int(value)) if value.isdecimal() and len(value) < 9 else 1
