"""Word files: the body in reading order with everything that a person sees in it, from the XML itself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tenderkit.document import Anchor, DocumentBuilder, Hidden, Kind, Unread, View
from tenderkit.errors import UnreadableError
from tenderkit.readers import marks
from tenderkit.readers.archive import Archive, main_part, relations_of
from tenderkit.readers.docx_runs import CHANGES, Behind, Paragraph, RunReader, placeholder_shown
from tenderkit.readers.docx_styles import Style, Styles, W, look_of_paragraph, shape_of
from tenderkit.readers.rows import add_row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from tenderkit.readers.limits import Limits

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_MAX_LEVEL = 6


def fill(data: bytes, builder: DocumentBuilder, limits: Limits, view: View = View.FINAL) -> None:
    """
    Add the blocks of a Word file to *builder*.

    Page numbers are those that Word recorded when it last laid
    the document out, and are marked as approximate. Headers and footers follow the body, each text once.
    """
    archive = Archive.open(data, limits)
    main = main_part(archive, "word/document.xml")
    root = archive.xml(main)
    if root is None:
        raise UnreadableError("the Word file has no readable text part; open it in Word and save it again")
    relations = relations_of(archive, main)
    reader = _Reader.of(archive, relations, root, builder, view)
    body = root.find(W + "body")
    reader.blocks(root if body is None else body, _Place())
    reader.finish_carried()
    reader.endnotes()
    for kind in ("header", "footer"):
        reader.running(kind)
    builder.pages = builder.pages_read = reader.runs.last_page
    if reader.runs.tracked:
        builder.read_as(view)
    for name in archive.damaged:
        builder.unread.append(Unread(None, f"the part {name} is damaged"))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the document a paragraph stands."""

    contents: bool = False
    in_cell: bool = False
    behind: Behind = "ffffff"


@dataclass(slots=True)
class _Reader:
    """Walks the XML and adds blocks; the paragraph carried is one whose mark was deleted, so that it goes on."""

    archive: Archive
    relations: dict[str, tuple[str, str]]
    builder: DocumentBuilder
    document: DocumentBuilder
    styles: Styles
    runs: RunReader
    root: etree._Element
    notes: dict[str, dict[str, etree._Element]] = field(default_factory=dict)
    later: list[str] = field(default_factory=list)
    carried: tuple[Paragraph, etree._Element | None, _Place] | None = None
    heading_level: int = 0

    @classmethod
    def of(
        cls,
        archive: Archive,
        relations: dict[str, tuple[str, str]],
        root: etree._Element,
        builder: DocumentBuilder,
        view: View,
    ) -> _Reader:
        """Return a reader with the styles and notes of the document loaded."""
        part = dict(relations.values())
        styles = Styles.of(archive, part.get("styles", "word/styles.xml"))
        rendered = next(root.iter(W + "lastRenderedPageBreak"), None) is not None
        reader = cls(archive, relations, builder, builder, styles, RunReader(styles, view, rendered), root)
        for kind in ("footnote", "endnote"):
            notes = archive.xml(part[kind + "s"]) if kind + "s" in part else None
            reader.notes[kind] = {
                note.get(W + "id") or "": note
                for note in (() if notes is None else notes.iter(W + kind))
                if note.get(W + "type") in (None, "normal")
            }
        return reader

    def blocks(self, parent: etree._Element, place: _Place) -> None:
        """Add the paragraphs and tables among the children of *parent*, through every wrapper."""
        for element in parent:
            tag = element.tag
            if tag == W + "p":
                self._paragraph(element, place)
            elif tag == W + "tbl":
                self.finish_carried()
                self._table(element, place)
            elif tag == W + "sdt":
                self._control(element, place)
            elif tag in CHANGES:
                self.runs.tracked = True
                if not self.runs.leaves_out(tag):
                    self.blocks(element, place)
            elif tag == W + "altChunk":
                self.document.unread.append(Unread(None, "an embedded document (altChunk) inside the Word file"))
            elif tag == _ALTERNATIVES:  # the first says it for the newest program, the others say the same again
                self.blocks(element[0] if len(element) else element, place)
            elif tag not in (W + "sectPr", W + "tblPr", W + "tcPr", W + "trPr"):
                self.blocks(element, place)

    def _control(self, element: etree._Element, place: _Place) -> None:
        """Read a content control; a prompt that nobody has filled in is no content."""
        content = element.find(W + "sdtContent")
        if content is None or placeholder_shown(element):
            return
        gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        contents = gallery is not None and (gallery.get(W + "val") or "").lower() == "table of contents"
        self.blocks(content, replace(place, contents=place.contents or contents))

    def _paragraph(self, element: etree._Element, place: _Place) -> None:
        properties = self.runs.in_view(element, "pPr")
        style = self._style(properties)
        below = look_of_paragraph(properties).over(style.look).over(self.styles.base)
        contents = self.runs.in_contents_field
        paragraph = self.carried[0] if self.carried else Paragraph()
        self.carried = None
        if properties is not None and properties.find(W + "pageBreakBefore") is not None:
            self.runs.hard_break()
        self.runs.read(element, paragraph, below, place.behind)
        contents = contents or self.runs.in_contents_field
        place = replace(place, contents=place.contents or contents)
        if self._left_out(element.find(W + "pPr"), W + "rPr"):
            self.carried = (paragraph, properties, place)
            return
        self._add(paragraph, properties, place)

    def _left_out(self, parent: etree._Element | None, tag: str) -> bool:
        """Tell whether the view leaves out a paragraph's mark or a row, by the changes noted in its properties."""
        properties = None if parent is None else parent.find(tag)
        changes = [change.tag for change in (() if properties is None else properties) if change.tag in CHANGES]
        self.runs.tracked = self.runs.tracked or bool(changes)
        return any(self.runs.leaves_out(change) for change in changes)

    def finish_carried(self) -> None:
        """Add the paragraph whose mark was deleted when nothing follows that it could join."""
        if self.carried:
            paragraph, properties, place = self.carried
            self.carried = None
            self._add(paragraph, properties, place)

    def _style(self, properties: etree._Element | None) -> Style:
        named = properties.find(W + "pStyle") if properties is not None else None
        return self.styles.get(named.get(W + "val") if named is not None else self.styles.default)

    def _add(self, paragraph: Paragraph, properties: etree._Element | None, place: _Place) -> None:
        """Add a paragraph's text, then its text boxes and footnotes."""
        kind, text, level = self._kind(paragraph, properties, place)
        page = paragraph.page or self.runs.page
        anchor = Anchor(page, approximate=True) if self.runs.counts_pages else Anchor()
        self.builder.add(kind, text, anchor=anchor, level=level)
        for how, quote in paragraph.hidden:
            tidy = " ".join(quote.split())[: self.archive.limits.quote]
            if tidy:
                self.document.hidden.append(Hidden(anchor.page, tidy, how, anchor.approximate))
        for box in paragraph.boxes:
            self.blocks(box, replace(place, behind=None))
            self.finish_carried()
        for sort, key in paragraph.notes:
            if sort == "endnote":
                self.later.append(key)
            else:
                self._note(sort, key, anchor)

    def _kind(self, paragraph: Paragraph, properties: etree._Element | None, place: _Place) -> tuple[Kind, str, int]:
        """Return a paragraph's kind, its text without a typed bullet, and its level."""
        text = " ".join(paragraph.text.split())
        style = self._style(properties)
        shape = shape_of(properties).over(style.shape)
        if place.contents or style.is_contents or marks.is_contents_line(text):
            return Kind.CONTENTS, marks.without_leaders(text), 0
        heading = style.heading or (1 if style.is_title else 0)
        if shape.outline is not None and shape.outline < 9:
            heading = shape.outline + 1
        if heading and len(text) <= 300:
            self.heading_level = min(_MAX_LEVEL, heading)
            return Kind.HEADING, text, self.heading_level
        if style.is_caption or marks.is_caption(text):
            return Kind.CAPTION, text, 0
        if shape.list_id not in (None, "0"):
            return Kind.LIST_ITEM, text, (shape.list_level or 0) + 1
        if style.list_level and shape.list_id is None:
            return Kind.LIST_ITEM, text, style.list_level
        if paragraph.all_bold and not place.in_cell and marks.may_be_heading(text):
            return Kind.HEADING, text, min(_MAX_LEVEL, self.heading_level + 1)
        marker = marks.split_marker(text)
        return (Kind.LIST_ITEM, marker.rest, 1) if marker.sort else (Kind.PARAGRAPH, text, 0)

    def _table(self, table: etree._Element, place: _Place) -> None:
        style = table.find(f"{W}tblPr/{W}tblStyle")
        shaded = style is not None and self.styles.get(style.get(W + "val")).shades_tables
        for row in _inside(table, W + "tr"):
            if self._left_out(row, W + "trPr"):
                continue
            cells, outer = [], self.builder
            for cell in _inside(row, W + "tc"):
                self.builder = DocumentBuilder()
                self.blocks(cell, replace(place, in_cell=True, behind=_behind_cell(cell, place.behind, shaded=shaded)))
                self.finish_carried()
                cells.append(self.builder)
            self.builder = outer
            add_row(self.builder, cells)

    def _note(self, sort: str, key: str, anchor: Anchor) -> None:
        note = self.notes[sort].pop(key, None)
        if note is not None:
            self._add_as(Kind.FOOTNOTE, note, anchor)

    def endnotes(self) -> None:
        """Add the endnotes in the order in which the text refers to them."""
        for key in self.later:
            self._note("endnote", key, Anchor())

    def running(self, kind: str) -> None:
        """Add the texts of all headers or footers that a section uses, each once."""
        seen: set[str] = set()
        for reference in self.root.iter(f"{W}{kind}Reference"):
            _, name = self.relations.get(reference.get(_R + "id") or "", ("", ""))
            if name and name not in seen:
                seen.add(name)
                part = self.archive.xml(name)
                if part is not None:
                    self._add_as(Kind.RUNNING, part, Anchor())

    def _add_as(self, kind: Kind, part: etree._Element, anchor: Anchor) -> None:
        """Add what *part* holds as blocks of one kind, skipping running text that was added before."""
        outer, self.builder = self.builder, DocumentBuilder()
        page = self.runs.page
        self.blocks(part, _Place(in_cell=True))
        self.finish_carried()
        self.runs.page = page
        found, self.builder = self.builder.blocks, outer
        before = {block.text for block in outer.blocks if block.kind is kind is Kind.RUNNING}
        texts = [block.text.replace("\t", " ") for block in found]
        if kind is Kind.FOOTNOTE:
            texts = [" ".join(texts)]
        for text in texts:
            if text not in before:
                self.builder.add(kind, text, anchor=anchor)


def _inside(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Yield rows or cells, through content controls and other wrappers but not into inner tables."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag not in (W + "tbl", W + "p", W + "tc", W + "tr", W + "del", W + "moveFrom"):
            yield from _inside(element, tag)


def _behind_cell(cell: etree._Element, behind: Behind, *, shaded: bool) -> Behind:
    """Return the colour behind a cell's text, or None where a table style decides it row by row."""
    shading = cell.find(f"{W}tcPr/{W}shd")
    fill_colour = (shading.get(W + "fill") or "auto").lower() if shading is not None else "auto"
    if fill_colour != "auto":
        return fill_colour
    if shading is not None and (shading.get(W + "val") or "clear") not in ("clear", "nil"):
        return None
    return None if shaded else behind
