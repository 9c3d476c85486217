"""Word files: the body in reading order with everything that a person sees in it, from the XML itself."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING

from tenderkit.document import Anchor, DocumentBuilder, Hidden, Kind, Unread, View
from tenderkit.errors import UnreadableError
from tenderkit.readers import docx_parts, marks
from tenderkit.readers.archive import Archive, main_part
from tenderkit.readers.docx_numbering import Label, Numbering
from tenderkit.readers.docx_pages import begin_with_page_one, tell_pictures
from tenderkit.readers.docx_parts import Parts
from tenderkit.readers.docx_runs import BREAK, CHANGES, COMMENT_MARKS, Paragraph, RunReader, placeholder_shown
from tenderkit.readers.docx_shapes import MC, Box, words_of
from tenderkit.readers.docx_styles import NO_LOOK, Look, Shape, Style, Styles, shape_of
from tenderkit.readers.docx_tables import TableLook, hidden_row, inside
from tenderkit.readers.docx_theme import NONE, UNKNOWN, W
from tenderkit.readers.rows import add_row
from tenderkit.readers.sniff import DOCX, EML, HTML, TEXT, find_format

if TYPE_CHECKING:
    from lxml import etree

    from tenderkit.document import Pieces
    from tenderkit.readers.limits import Limits

_MAX_LEVEL = 6
_LONGEST_HEADING = 300  # characters
_PROPERTIES = frozenset(W + name for name in ["sectPr", "tblPr", "tcPr", "trPr", "sdtPr", "sdtEndPr"])
_MADE_BY_WORD = frozenset({"top of form", "bottom of form"})  # around a form that was copied from a web page
_RECORDED = "Page numbers are approximate: Word recorded them when it last laid the document out."
_BROKEN = "Page numbers are approximate: only the page breaks that its author made are known."


def fill(data: bytes, builder: DocumentBuilder, limits: Limits, view: View = View.FINAL) -> None:
    """
    Add the blocks of a Word file to *builder*.

    Page numbers are those that Word recorded when it last laid the document out, and are marked as approximate.
    Headers and footers follow the body, each text once. Comments are no content; they are kept as remarks.
    """
    _fill(data, builder, limits, view, 0)


def _fill(data: bytes, builder: DocumentBuilder, limits: Limits, view: View, depth: int) -> None:
    archive = Archive.open(data, limits)
    main = main_part(archive, "word/document.xml")
    root = archive.xml(main)
    if root is None:
        raise UnreadableError("the Word file has no readable text part; open it in Word and save it again")
    parts = Parts.of(archive, main, root)
    numbering = Numbering.of(archive, parts.names.get("numbering"))
    reader = _Reader(builder, builder, parts, parts.styles, RunReader.of(parts, view), numbering, depth=depth)
    body = root.find(W + "body")
    reader.blocks(root if body is None else body, _Place())
    reader.finish_carried()
    reader.endnotes()
    builder.comments.update(parts.comments())
    builder.pages = builder.pages_read = reader.runs.last_page
    tell_pictures(builder, reader.runs)
    for kind in ("header", "footer"):
        reader.running(kind)
    if not parts.rendered and reader.runs.breaks:
        begin_with_page_one(builder)
    if reader.runs.tracked:
        builder.read_as(view)
    if reader.runs.counts_pages:
        builder.notes.append(_RECORDED if parts.rendered else _BROKEN)
    builder.unread.extend(Unread(None, why) for why in docx_parts.unread(parts))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the document a paragraph stands: the look that a table gives it, and the colour behind it."""

    contents: bool = False
    in_cell: bool = False
    behind: str = NONE  # nothing but the page
    look: Look = NO_LOOK


@dataclass(slots=True)
class _Reader:
    """Walks the XML and adds blocks; the paragraph carried is one whose mark is not in the view, so that it goes on."""

    builder: DocumentBuilder
    document: DocumentBuilder
    parts: Parts
    styles: Styles
    runs: RunReader
    numbering: Numbering
    later: list[tuple[str, etree._Element]] = field(default_factory=list)
    waiting: list[tuple[str, str, etree._Element, Anchor]] = field(default_factory=list)  # notes of a table's row
    carried: tuple[Paragraph, etree._Element | None, _Place] | None = None
    heading_level: int = 0
    depth: int = 0  # of documents inside documents

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
                self._chunk(element)
            elif tag == MC + "AlternateContent":  # the first says it for the newest program, the others say it again
                self.blocks(element[0] if len(element) else element, place)
            elif tag in COMMENT_MARKS:
                self.builder.touch(element.get(W + "id") or "")
            elif tag not in _PROPERTIES:
                self.blocks(element, place)

    def _control(self, element: etree._Element, place: _Place) -> None:
        """Read a content control; a prompt that nobody has filled in is no content."""
        content = element.find(W + "sdtContent")
        if content is None or placeholder_shown(element):
            self.runs.pass_over(element)
            return
        gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        contents = gallery is not None and (gallery.get(W + "val") or "").lower() == "table of contents"
        self.blocks(content, replace(place, contents=place.contents or contents))

    def _chunk(self, element: etree._Element) -> None:
        """Read a document that another program put into this one for Word to merge."""
        inner = DocumentBuilder()
        try:
            read = self._fill_chunk(self.parts.chunk(element), inner)
        except Exception:  # noqa: BLE001 - whatever a library throws at the chunk, the document around it is fine
            read = False
        if not read:
            self.document.unread.append(Unread(None, docx_parts.CHUNK))
            return
        anchor = Anchor(self.runs.page, approximate=True) if self.runs.counts_pages else Anchor()
        for block in inner.blocks:
            self.builder.add(block.kind, block.text, anchor=anchor, level=block.level, source=[(element, "")])
        self.document.unread.extend(inner.unread)
        self.document.hidden.extend(replace(passage, page=None) for passage in inner.hidden)
        self.runs.tracked = self.runs.tracked or inner.tracked is not None

    def _fill_chunk(self, data: bytes, inner: DocumentBuilder) -> bool:
        form, limits = find_format(data, ""), self.parts.archive.limits
        if form == DOCX and self.depth < limits.nesting:
            _fill(data, inner, limits, self.runs.view, self.depth + 1)
        elif form in (HTML, TEXT, EML):
            import_module(f"tenderkit.readers.{form.module}").fill(data, inner, limits)
        else:
            return False
        return True

    def _paragraph(self, element: etree._Element, place: _Place) -> None:
        properties = self.runs.in_view(element, "pPr")
        style = self._style(properties)
        if shape_of(properties).over(style.shape).breaks:
            self.runs.hard_break()
        own = self.styles.look_of_paragraph(properties)
        below = own.over(style.look).over(place.look).over(self.styles.base)
        paragraph = self.carried[0] if self.carried else Paragraph()
        self.carried = None
        self.runs.read(element, paragraph, below, place.behind)
        place = replace(place, contents=place.contents or paragraph.lists_places)
        if self._left_out(element.find(W + "pPr"), W + "rPr") or _is_drop_cap(properties):
            self.carried = (paragraph, properties, place)
            return
        self._add(paragraph, properties, place)
        section = element.find(f"{W}pPr/{W}sectPr")
        if section is not None and self.parts.begins_page_after(section):
            self.runs.hard_break()

    def _left_out(self, parent: etree._Element | None, tag: str) -> bool:
        """Tell whether the view leaves out a paragraph's mark, a row or a cell, by the changes in its properties."""
        properties = None if parent is None else parent.find(tag)
        told = (change.tag for change in (() if properties is None else properties))
        changes = [docx_parts.AS_CHANGE.get(tag, tag) for tag in told]
        changes = [change for change in changes if change in CHANGES]
        self.runs.tracked = self.runs.tracked or bool(changes)
        return any(self.runs.leaves_out(change) for change in changes)

    def finish_carried(self) -> None:
        """Add the paragraph whose mark is not in the view when nothing follows that it could join."""
        if self.carried:
            paragraph, properties, place = self.carried
            self.carried = None
            self._add(paragraph, properties, place)

    def _style(self, properties: etree._Element | None) -> Style:
        named = properties.find(W + "pStyle") if properties is not None else None
        return self.styles.get(named.get(W + "val") if named is not None else self.styles.default)

    def _add(self, paragraph: Paragraph, properties: etree._Element | None, place: _Place) -> None:
        """Add a paragraph's text, then its text boxes, diagrams and footnotes."""
        page = paragraph.page or self.runs.page
        anchor = Anchor(page, approximate=True) if self.runs.counts_pages else Anchor()
        before = len(self.builder.blocks)
        for kind, text, level in _lines(*self._kind(paragraph, properties, place)):
            self.builder.add(kind, text, anchor=anchor, level=level, source=paragraph.parts)
        for comment in paragraph.comments:
            self.builder.touch(comment, before)
            self.builder.touch(comment, max(before, len(self.builder.blocks) - 1))
        for how, quote, element in paragraph.hidden:
            self._hide(how, quote, anchor, element)
        for box in paragraph.boxes:
            self._box(box, place)
        for relation, element in paragraph.drawn:
            for kind, text in self.parts.drawn(relation):
                self.builder.add(kind, text, anchor=anchor, source=[(element, "")])
        for sort, key, element in paragraph.notes:
            if sort == "endnote":
                self.later.append((key, element))
            elif self.builder is self.document:
                self._note(sort, key, element, anchor)
            else:
                self.waiting.append((sort, key, element, anchor))

    def _hide(self, how: str, quote: str, anchor: Anchor, element: etree._Element) -> None:
        tidy = " ".join(quote.split())[: self.parts.archive.limits.quote]
        if tidy.lower() not in _MADE_BY_WORD and any(character.isalnum() for character in tidy):
            self.document.hidden_sources[len(self.document.hidden)] = element
            self.document.hidden.append(Hidden(anchor.page, tidy, how, anchor.approximate))

    def _box(self, box: Box, place: _Place) -> None:
        """Read a text box; one without a colour of its own may lie over anything that is painted."""
        page, behind = self.runs.page, box.fill
        if behind == NONE and (place.behind != NONE or self.parts.has_paint):
            behind = UNKNOWN
        self.blocks(box.content, _Place(in_cell=place.in_cell, behind=behind))
        self.finish_carried()
        self.runs.page = page

    def _kind(self, paragraph: Paragraph, properties: etree._Element | None, place: _Place) -> tuple[Kind, str, int]:
        """Return a paragraph's kind, its text with the number that people cite, and its level."""
        text = BREAK.join(" ".join(line.split()) for line in paragraph.text.split(BREAK)).strip(BREAK)
        style = self._style(properties)
        own = shape_of(properties)
        shape = own.over(style.shape)
        if place.contents or style.is_contents or marks.is_contents_line(text):
            return Kind.CONTENTS, marks.without_leaders(text), 0
        label = self._label(shape, style)
        heading = style.heading if own.outline is None else (own.outline + 1) % 10
        if heading and len(text) <= _LONGEST_HEADING:
            self.heading_level = min(_MAX_LEVEL, heading)
            return Kind.HEADING, _with(label, text), self.heading_level
        if style.is_caption or marks.is_caption(text):
            return Kind.CAPTION, text, 0
        bold = paragraph.all_bold and not place.in_cell and marks.may_be_heading(text)
        if label and label.marked:
            depth = shape.list_level or 0
            if bold and label.text:
                return Kind.HEADING, _with(label, text), min(_MAX_LEVEL, self.heading_level + 1 + depth)
            return Kind.LIST_ITEM, _with(label, text) if label.cited else text, depth + 1
        if style.list_level and shape.list_id is None:
            return Kind.LIST_ITEM, text, style.list_level
        if bold:
            return Kind.HEADING, text, min(_MAX_LEVEL, self.heading_level + 1)
        marker = marks.split_marker(text)
        return (Kind.LIST_ITEM, marker.rest, 1) if marker.sort else (Kind.PARAGRAPH, text, 0)

    def _label(self, shape: Shape, style: Style) -> Label | None:
        """Count a paragraph in its list, and return what stands before it."""
        if shape.list_id in (None, "0"):
            return None
        level = shape.list_level
        if level is None:
            level = self.numbering.level_of_style(shape.list_id or "", style.keys)
        return self.numbering.next(shape.list_id or "", level)

    def _table(self, table: etree._Element, place: _Place) -> None:
        look = TableLook.of(table, self.styles)
        rows = list(inside(table, W + "tr"))
        for number, (row, control) in enumerate(rows):
            how = hidden_row(row)
            if self._left_out(row, W + "trPr") or how or placeholder_shown(control):
                if how:
                    anchor = Anchor(self.runs.page, approximate=True) if self.runs.counts_pages else Anchor()
                    self._hide(how, words_of(row), anchor, row)
                self.runs.pass_over(row)
                continue
            self._row(row, (number, len(rows)), look, place)
            if self.builder is self.document:
                for sort, key, element, anchor in self.waiting:
                    self._note(sort, key, element, anchor)
                self.waiting.clear()

    def _row(self, row: etree._Element, place_of_row: tuple[int, int], table: TableLook, place: _Place) -> None:
        """Add one row; where it runs over a page's end, each of its cells has recorded that."""
        filled, outer = [], self.builder
        first = last = self.runs.page
        cells = list(inside(row, W + "tc"))
        for number, (cell, control) in enumerate(cells):
            self.runs.page = first
            self.builder = DocumentBuilder()
            if not placeholder_shown(control) and not self._left_out(cell, W + "tcPr"):
                styled = table.cell(cell, place_of_row, (number, len(cells)))
                behind = styled.fill or place.behind
                self.blocks(cell, replace(place, in_cell=True, behind=behind, look=styled.look.over(place.look)))
                self.finish_carried()
            filled.append(self.builder)
            last = max(last, self.runs.page)
        self.runs.page = last
        self.builder = outer
        add_row(self.builder, filled)

    def _note(self, sort: str, key: str, reference: etree._Element, anchor: Anchor) -> None:
        note = self.parts.notes[sort].pop(key, None)
        if note is not None:
            self._add_as(Kind.FOOTNOTE, note, anchor, [(reference, "")])

    def endnotes(self) -> None:
        """Add the endnotes in the order in which the text refers to them."""
        for key, reference in self.later:
            self._note("endnote", key, reference, Anchor())

    def running(self, kind: str) -> None:
        """Add the texts of all headers or footers that a section uses, each once."""
        for part in self.parts.running(kind):
            self._add_as(Kind.RUNNING, part, Anchor())

    def _add_as(self, kind: Kind, part: etree._Element, anchor: Anchor, source: Pieces = ()) -> None:
        """Add what *part* holds as blocks of one kind, skipping running text that was added before."""
        outer, self.builder = self.builder, DocumentBuilder()
        page = self.runs.page
        with self.runs.within(part):
            self.blocks(part, _Place(in_cell=True))
            self.finish_carried()
        self.runs.page = page
        found, touched, self.builder = self.builder.blocks, self.builder.touched, outer
        before = {block.text for block in outer.blocks if block.kind is kind is Kind.RUNNING}
        texts = [block.text.replace("\t", " ") for block in found]
        if kind is Kind.FOOTNOTE:
            texts = [" ".join(texts)]
        for text in texts:
            if text not in before:
                for comment, _ in touched:
                    self.builder.touch(comment)
                self.builder.add(kind, text, anchor=anchor, source=source)


def _is_drop_cap(properties: etree._Element | None) -> bool:
    """Tell whether a paragraph is the large first letter of the next one."""
    frame = None if properties is None else properties.find(W + "framePr")
    return frame is not None and frame.get(W + "dropCap") in ("drop", "margin")


def _with(label: Label | None, text: str) -> str:
    """Return a text with the number before it, unless somebody typed it as well."""
    return f"{label.text} {text}" if text and label and label.text and not text.startswith(label.text) else text


def _lines(kind: Kind, text: str, level: int) -> list[tuple[Kind, str, int]]:
    """Return a paragraph whole, or line by line where its author typed a list into it."""
    lines = [line for line in text.split(BREAK) if line]
    if kind in (Kind.PARAGRAPH, Kind.LIST_ITEM) and any(marks.split_marker(line).sort for line in lines[1:]):
        markers = [marks.split_marker(line) for line in lines[1:]]
        rest = [(Kind.LIST_ITEM, m.rest, level + 1) if m.sort else (Kind.PARAGRAPH, m.rest, 0) for m in markers]
        return [(kind, lines[0], level), *rest]
    return [(kind, " ".join(lines), level)]
