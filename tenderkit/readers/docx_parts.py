"""The parts of a Word file around its body: styles, notes, headers, diagrams, and what of it stays unread."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tenderkit.document import Kind
from tenderkit.readers.archive import Archive, relation_id, relations_of
from tenderkit.readers.docx_shapes import MC, WP, diagram_texts, lies_behind, paints, words_of
from tenderkit.readers.docx_styles import Styles, value_of
from tenderkit.readers.docx_theme import NONE, A, Theme, W, page_colour
from tenderkit.readers.embedded import unread_objects

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

CHUNK = "another document embedded in the Word file (altChunk); open it in Word and save it again"
AS_CHANGE = {W + "cellIns": W + "ins", W + "cellDel": W + "del"}

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_PAGE = (595.0, 842.0)  # A4 in points
_GROUND = (18.0, 18.0)  # points; a smaller picture is no ground for text


@dataclass(slots=True)
class Parts:
    """
    What a Word file holds beside its body.

    Attributes:
        archive: The file.
        root: Its main part.
        relations: What the main part refers to, by id: sort and name.
        names: The same by sort; of several, the last.
        settings: The root of the settings, or None.
        styles: All of them.
        notes: Footnotes and endnotes by sort and id; a note is taken out when it is read.
        rendered: Whether Word recorded where its pages end.
        sections: The properties of its sections, in order.
    """

    archive: Archive
    root: etree._Element
    relations: dict[str, tuple[str, str]]
    names: dict[str, str]
    settings: etree._Element | None
    styles: Styles
    notes: dict[str, dict[str, etree._Element]]
    rendered: bool
    sections: list[etree._Element] = field(default_factory=list)
    _has_paint: bool | None = None

    @classmethod
    def of(cls, archive: Archive, main: str, root: etree._Element) -> Parts:
        """Load the parts that the main part refers to."""
        relations = relations_of(archive, main)
        names = dict(relations.values())
        settings = archive.xml(names["settings"]) if "settings" in names else None
        theme = Theme.of(archive, names.get("theme"), settings)
        notes = {}
        for sort in ("footnote", "endnote"):
            part = archive.xml(names[sort + "s"]) if sort + "s" in names else None
            notes[sort] = {
                note.get(W + "id") or "": note
                for note in (() if part is None else part.iter(W + sort))
                if note.get(W + "type") in (None, "normal")
            }
        rendered = next(root.iter(W + "lastRenderedPageBreak"), None) is not None
        styles = Styles.of(archive, names.get("styles", "word/styles.xml"), theme)
        sections = list(root.iter(W + "sectPr"))
        return cls(archive, root, relations, names, settings, styles, notes, rendered, sections)

    @property
    def paper(self) -> str | None:
        """The colour of its pages, or None where it cannot be known."""
        return page_colour(self.root, self.settings, self.styles.theme)

    @property
    def size(self) -> tuple[float, float]:
        """The width and height of its largest page, in points."""
        sizes = [(size.get(W + "w") or "", size.get(W + "h") or "") for size in self.root.iter(W + "pgSz")]
        known = [
            (int(width) / 20, int(height) / 20) for width, height in sizes if width.isdecimal() and height.isdecimal()
        ]
        return (max(width for width, _ in known), max(height for _, height in known)) if known else _PAGE

    @property
    def has_paint(self) -> bool:
        """Whether there are pictures, coloured shapes or shaded text that a box without a colour may lie over."""
        if self._has_paint is None:
            self._has_paint = self._find_paint()
        return self._has_paint

    def _find_paint(self) -> bool:
        if any(paints(drawing) for drawing in self.root.iter(WP + "anchor", WP + "inline", W + "pict")):
            return True
        return any(self.styles.theme.shading(shade) not in (NONE, "ffffff") for shade in self.root.iter(W + "shd"))

    def painted(self) -> frozenset[int | None]:
        """Return the pages on which text runs over a picture or a coloured shape; None stands for every page."""
        pages: set[int | None] = set()
        if any(lies_behind(drawing, _GROUND) for drawing in self.root.iter(WP + "anchor", W + "pict")):
            self._note_painted(self.root, 1, pages)
        most_of_a_page = (self.size[0] / 2, self.size[1] / 3)  # a letterhead is less; the text does not reach it
        for kind in ("header", "footer"):
            for part in self.running(kind):
                if any(
                    lies_behind(drawing, most_of_a_page) and paints(drawing)
                    for drawing in part.iter(WP + "anchor", W + "pict")
                ):
                    pages.add(None)
        return frozenset(pages)

    def _note_painted(self, element: etree._Element, page: int, pages: set[int | None]) -> int:
        """Note the pages of drawings that text runs over, counting pages as the reader does; return the last page."""
        for child in element:
            if child.tag == W + "lastRenderedPageBreak":
                page += 1
            elif child.tag in (WP + "anchor", W + "pict"):
                if lies_behind(child, _GROUND) and paints(child):
                    pages.add(page if self.rendered else None)
            elif child.tag == W + "tr":
                page = max((self._note_painted(cell, page, pages) for cell in child), default=page)
            elif child.tag == MC + "AlternateContent":
                page = self._note_painted(child[0], page, pages) if len(child) else page
            else:
                page = self._note_painted(child, page, pages)
        return page

    def running(self, kind: str) -> Iterator[etree._Element]:
        """Yield the headers or footers that a section uses, each once."""
        named = (self.relations.get(use.get(_R + "id") or "") for use in self.root.iter(f"{W}{kind}Reference"))
        for name in dict.fromkeys(relation[1] for relation in named if relation):
            part = self.archive.xml(name)
            if part is not None:
                yield part

    def comments(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """Yield the comments by id: what each says, and who wrote it."""
        part = self.archive.xml(self.names["comments"]) if "comments" in self.names else None
        for comment in () if part is None else part.iter(W + "comment"):
            said = words_of(comment)
            if said:
                yield comment.get(W + "id") or "", (said, comment.get(W + "author") or "")

    def begins_page_after(self, section: etree._Element) -> bool:
        """Tell whether the section that follows the one of these properties begins on a new page."""
        after = self.sections[self.sections.index(section) + 1 :][:1]
        return any(value_of(each.find(W + "type")) not in ("continuous", "nextColumn") for each in after)

    def chunk(self, element: etree._Element) -> bytes:
        """Return the document behind w:altChunk, or nothing."""
        name = self.relations.get(element.get(_R + "id") or "", ("", ""))[1]
        return self.archive.read(name) or b""

    def drawn(self, relation: str) -> Iterator[tuple[Kind, str]]:
        """Yield the words of a diagram (SmartArt), or the title of a chart."""
        sort, name = self.relations.get(relation, ("", ""))
        part = self.archive.xml(name) if sort in ("diagramData", "chart") else None
        if part is None:
            return
        if sort == "diagramData":
            yield from ((Kind.PARAGRAPH, text) for text in diagram_texts(part))
            return
        for title in part.iterfind(f"{_C}chart/{_C}title"):
            yield Kind.CAPTION, "".join(text.text or "" for text in title.iter(A + "t"))


def unread(parts: Parts) -> Iterator[str]:
    """Yield why parts stay unread: embedded files, and parts that are damaged."""
    programs = {relation_id(ole): ole.get("ProgID") or "" for ole in parts.root.iter(_OLE)}
    yield from unread_objects(parts.relations.items(), programs)
    yield from (f"the part {name} is damaged" for name in dict.fromkeys(parts.archive.damaged))
