"""PowerPoint files: a slide is a page, its title a heading, its notes come after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.document import Anchor, DocumentBuilder, Hidden, Kind, Unread
from tenderkit.errors import UnreadableError
from tenderkit.readers import marks
from tenderkit.readers.archive import Archive, main_part, relation_id, relations_of
from tenderkit.readers.embedded import unread_in_part
from tenderkit.readers.rows import add_row
from tenderkit.readers.slides import add_slide

if TYPE_CHECKING:
    from lxml import etree

    from tenderkit.readers.limits import Limits

_UNSEEN = frozenset({"dt", "ftr", "hdr", "sldNum", "sldImg"})
_TITLES = frozenset({"title", "ctrTitle"})
_TINY = 200  # hundredths of a point


def fill(data: bytes, builder: DocumentBuilder, limits: Limits) -> None:
    """Add every slide to *builder*; slides that are skipped in the show and shapes switched off are hidden text."""
    archive = Archive.open(data, limits)
    main = main_part(archive, "ppt/presentation.xml")
    root = archive.xml(main)
    if root is None:
        raise UnreadableError(
            "the PowerPoint file has no readable presentation; open it in PowerPoint and save it again"
        )
    relations = relations_of(archive, main)
    number = read = 0
    for entry in root.iterfind("{*}sldIdLst/{*}sldId"):
        number += 1
        key = relation_id(entry)
        name = relations.get(key, ("", ""))[1]
        slide = archive.xml(name)
        if slide is None:
            builder.unread.append(Unread(number, "damaged slide"))
            continue
        read += 1
        anchor = Anchor(number)
        title, body, notes = DocumentBuilder(), DocumentBuilder(), DocumentBuilder()
        _Shapes(title, body, anchor, limits).add(slide.find("{*}cSld/{*}spTree"))
        for sort, target in relations_of(archive, name).values():
            page = archive.xml(target) if sort == "notesSlide" else None
            if page is not None:
                _Shapes(notes, notes, anchor, limits).add(page.find("{*}cSld/{*}spTree"))
        add_slide(
            builder, anchor, limits, title=title, body=body, notes=notes, hidden=slide.get("show") in ("0", "false")
        )
        embedded = unread_in_part(archive, name, slide.iter("{*}oleObj"))
        builder.unread.extend(Unread(None, f"{why} (slide {number})") for why in embedded)
    builder.pages, builder.pages_read = number, read
    damaged = [name for name in archive.damaged if not name.startswith("ppt/slides/slide")]
    builder.unread.extend(Unread(None, f"the part {name} is damaged") for name in damaged)


class _Shapes:
    """Adds the texts of the shapes of one slide."""

    def __init__(self, title: DocumentBuilder, body: DocumentBuilder, anchor: Anchor, limits: Limits) -> None:
        self._title = title
        self._body = body
        self._anchor = anchor
        self._limits = limits

    def add(self, tree: etree._Element | None) -> None:
        """Add the shapes under *tree* in the order in which they are stored."""
        for shape in () if tree is None else tree:
            tag = shape.tag.rpartition("}")[2] if isinstance(shape.tag, str) else ""
            if tag == "AlternateContent" and len(shape):
                self.add(shape[0])
            elif tag in ("grpSp", "Choice"):
                self.add(shape)
            elif tag in ("sp", "graphicFrame", "cxnSp"):
                self._shape(shape)

    def _shape(self, shape: etree._Element) -> None:
        properties = next(shape.iterfind("{*}*/{*}cNvPr"), None)
        if properties is not None and properties.get("hidden") in ("1", "true"):
            text = " ".join(part.text or "" for part in shape.iter("{*}t"))
            self._hide(text, "hidden shape")
            return
        holder = shape.find("{*}nvSpPr/{*}nvPr/{*}ph")
        sort = (holder.get("type") or "obj") if holder is not None else ""
        if sort in _UNSEEN:
            return
        for table in shape.iterfind("{*}graphic/{*}graphicData/{*}tbl"):
            for row in table.iterfind("{*}tr"):
                add_row(self._body, [self._cell(cell) for cell in row.iterfind("{*}tc")], anchor=self._anchor)
        target = self._title if sort in _TITLES else self._body
        self._paragraphs(
            shape.find("{*}txBody"), target, listed=sort in ("obj", "body") and self._title is not self._body
        )

    def _cell(self, cell: etree._Element) -> DocumentBuilder:
        holder = DocumentBuilder()
        self._paragraphs(cell.find("{*}txBody"), holder, listed=False)
        return holder

    def _paragraphs(self, body: etree._Element | None, target: DocumentBuilder, *, listed: bool) -> None:
        """Add the paragraphs of a text body; those of a slide's outline have bullets unless they say otherwise."""
        for paragraph in () if body is None else body.iterfind("{*}p"):
            text = " ".join(self._text(paragraph).split())
            look = paragraph.find("{*}pPr")
            level = (look.get("lvl") or "0") if look is not None else "0"
            depth = int(level) + 1 if level.isdecimal() and len(level) == 1 else 1
            bullets = None if look is None else _bulleted(look)
            marker = marks.split_marker(text)
            if bullets or (bullets is None and listed):
                target.add(Kind.LIST_ITEM, text, anchor=self._anchor, level=depth)
            elif marker.sort:
                target.add(Kind.LIST_ITEM, marker.rest, anchor=self._anchor, level=depth)
            else:
                target.add(Kind.PARAGRAPH, text, anchor=self._anchor)

    def _text(self, paragraph: etree._Element) -> str:
        parts = []
        for run in paragraph:
            tag = run.tag.rpartition("}")[2] if isinstance(run.tag, str) else ""
            text = "".join(part.text or "" for part in run.iterfind("{*}t"))
            size = next((look.get("sz") or "" for look in run.iterfind("{*}rPr")), "")
            if tag == "br":
                parts.append(" ")
            elif size.isdecimal() and int(size) < _TINY:
                self._hide(text, "text under 2 pt")
            elif tag in ("r", "fld"):
                parts.append(text)
        return "".join(parts)

    def _hide(self, text: str, how: str) -> None:
        tidy = " ".join(text.split())[: self._limits.quote]
        if tidy:
            self._body.hidden.append(Hidden(self._anchor.page, tidy, how))


def _bulleted(look: etree._Element) -> bool | None:
    """Say whether a paragraph has a bullet or number; None where its placeholder decides."""
    if look.find("{*}buNone") is not None:
        return False
    return True if look.find("{*}buChar") is not None or look.find("{*}buAutoNum") is not None else None
