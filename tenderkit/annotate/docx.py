"""Word files: what is to be said becomes comments, anchored to the very characters; nothing else changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from tenderkit.annotate.docx_parts import Comments, Package
from tenderkit.annotate.docx_runs import Cutter, host_of, is_whole
from tenderkit.annotate.notes import Written
from tenderkit.annotate.placing import Places, Spot
from tenderkit.document import Kind
from tenderkit.readers.docx_theme import W

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tenderkit.annotate.notes import Note
    from tenderkit.assess import DocumentReport
    from tenderkit.batch import Options
    from tenderkit.document import Document, Trace


def write(data: bytes, report: DocumentReport, trace: Trace, notes: Sequence[Note], options: Options) -> Written:
    """
    Return a Word file with a comment for each note.

    Args:
        data: The file.
        report: What was found in it.
        trace: Where its text is from.
        notes: What is to be said.
        options: How it was read.
    """
    package = Package.open(data, options.limits)
    finder = _Finder(report.document, trace, package.root)
    comments = Comments(package)
    cutter = Cutter()
    anchors = [(note, *finder.anchor(note, cutter)) for note in notes]
    cutter.cut()
    marks = []
    for note, begin, end in anchors:
        marks.append((begin.first(cutter), end.last(cutter), comments.add(note)))
    for first, _, number in marks:
        first.addprevious(etree.Element(W + "commentRangeStart", {W + "id": number}))
    for _, last, number in reversed(marks):
        stop = etree.Element(W + "commentRangeEnd", {W + "id": number})
        reference = etree.Element(W + "r")
        etree.SubElement(reference, W + "commentReference", {W + "id": number})
        last.addnext(stop)
        _beneath_paragraph(stop).addnext(reference)
    comments.finish()
    return Written(package.write(data))


def _beneath_paragraph(element: etree._Element) -> etree._Element:
    """Return the child of the paragraph that *element* is or lies in: a reference inside a change would be one."""
    for above in (element, *element.iterancestors()):
        parent = above.getparent()
        if parent is not None and parent.tag == W + "p":
            return above
    return element


@dataclass(slots=True)
class _Edge:
    """Where a comment begins or ends: at a part of a paragraph, or inside a run at a character of one of its texts."""

    host: etree._Element
    text: etree._Element | None = None
    cut: tuple[int, int] = (0, 0)

    def first(self, cutter: Cutter) -> etree._Element:
        return self.host if self.text is None else cutter.begins(self.host, self.cut)

    def last(self, cutter: Cutter) -> etree._Element:
        return self.host if self.text is None else cutter.ends(self.host, self.cut)


class _Finder:
    """Finds where in the XML a note belongs."""

    def __init__(self, document: Document, trace: Trace, root: etree._Element) -> None:
        self._places = Places(document, trace.blocks)
        self._document, self._trace, self._root = document, trace, root
        self._twins = _twins(trace, root)

    def anchor(self, note: Note, cutter: Cutter) -> tuple[_Edge, _Edge]:
        """Return where the comment of a note begins and ends, and have the runs there parted."""
        found: tuple[_Edge, _Edge] | None = None
        if note.hidden is not None and note.hidden in self._trace.hidden:
            found = self._around([self._trace.hidden[note.hidden]])
        if found is None and note.start is not None and note.end is not None:
            found = self._between(self._places.find(note.start, note.end), cutter)
        return found or self._end()

    def _between(self, spots: list[Spot], cutter: Cutter) -> tuple[_Edge, _Edge] | None:
        if not spots:
            return None
        whole = self._around([spots[0].place, spots[-1].place])
        if whole is None:
            return None
        begin, end = whole
        for edge, spot, offset in ((begin, spots[0], spots[0].begin), (end, spots[-1], spots[-1].end)):
            text = self._twins[spot.place]
            if spot.exact and is_whole(text, spot.text):
                cutter.want(text, offset)
                edge.text, (edge.host, edge.cut) = text, cutter.cut_of(text, offset) or (edge.host, edge.cut)
        return begin, end

    def _around(self, elements: Iterable[etree._Element]) -> tuple[_Edge, _Edge] | None:
        hosts = [host_of(twin) for element in elements if (twin := self._twins.get(element)) is not None]
        known = [host for host in hosts if host is not None]
        return (_Edge(known[0]), _Edge(known[-1])) if known else None

    def _end(self) -> tuple[_Edge, _Edge]:
        """Return the last words of the document, or the last paragraph that there is."""
        for number in range(len(self._document.blocks) - 1, -1, -1):
            block = self._document.blocks[number]
            if block.kind in (Kind.RUNNING, Kind.FOOTNOTE):
                continue
            spots = self._places.find(block.start, block.end)
            found = self._around([spots[0].place, spots[-1].place]) if spots else None
            if found:
                return found
        body = self._root.find(W + "body")
        body = self._root if body is None else body
        paragraphs = list(body.iterchildren(W + "p"))
        paragraph = paragraphs[-1] if paragraphs else etree.SubElement(body, W + "p")
        run = etree.SubElement(paragraph, W + "r")
        return _Edge(run), _Edge(run)


def _twins(trace: Trace, root: etree._Element) -> dict[etree._Element, etree._Element]:
    """Return, for each element that text is from, the same element in a tree that was read again from the file."""
    places = [place for pieces in trace.blocks for place, _ in pieces] + list(trace.hidden.values())
    if not places:
        return {}
    wanted = set(places)
    read = next((place for pieces in trace.blocks for place, _ in pieces), places[0]).getroottree().getroot()
    numbers = {number: element for number, element in enumerate(read.iter("*")) if element in wanted}
    return {numbers[number]: element for number, element in enumerate(root.iter("*")) if number in numbers}
