"""PDF files: what is to be said becomes highlights, sticky notes and an outline, added behind the file as it came."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, NameObject

from tenderkit.annotate.notes import Note, Sort, Written
from tenderkit.annotate.pdf_geometry import Box, Geometry, Sheet, plain_copy, raw_text
from tenderkit.annotate.pdf_marks import AUTHOR, ICON, LEGEND, add, highlight, sticky
from tenderkit.annotate.pdf_outline import write_outline
from tenderkit.errors import UnreadableError
from tenderkit.readers.pdf_lines import open_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenderkit.assess import DocumentReport
    from tenderkit.batch import Options
    from tenderkit.document import Trace

_MAY_ANNOTATE = 1 << 5  # a permission of a locked file
_NOT_ALLOWED = "its author allows no comments in it; give the owner's password with --password, or ask for an open copy"
_UNLOCKED = "The file is encrypted and the result is not: keep it where you would keep an open document."
_SIGNED = (
    "It is signed. Whoever opens the result is told that it was changed afterwards; the signed file stays as it is."
)
_ANEW = "The file has faults, so the result was written anew rather than added to."
_BROKEN = "the PDF is damaged; open it in a viewer, print it to a new PDF and send that"
_GAP = 3.0  # points between two sticky notes, and from the edge of a page


def write(data: bytes, report: DocumentReport, trace: Trace, notes: Sequence[Note], options: Options) -> Written:
    """
    Return a PDF with highlights and notes.

    The file as it came stands unchanged at the beginning of the result, where it is neither locked nor faulty.

    Args:
        data: The file.
        report: What was found in it.
        trace: Where its text is from.
        notes: What is to be said.
        options: How it was read.
    """
    handle = open_document(data, options.password)
    if not handle:
        raise UnreadableError(_BROKEN)
    try:
        told = [_SIGNED] if pdfium.FPDF_GetSignatureCount(handle) > 0 else []
        locked = pdfium.FPDF_GetSecurityHandlerRevision(handle) >= 0
        if locked and not pdfium.FPDF_GetDocPermissions(handle) & _MAY_ANNOTATE:
            raise UnreadableError(_NOT_ALLOWED)
        with closing(Geometry(handle, report.document, trace, options.limits)) as geometry:
            marks = _Marks(geometry, notes)
        text = raw_text(handle)
        written = None if locked else _written(data, marks, report, text)
        if written is None:
            told.append(_UNLOCKED if locked else _ANEW)
            written = _written(plain_copy(handle), marks, report, text)
    finally:
        pdfium.FPDF_CloseDocument(handle)
    if written is None:
        raise UnreadableError(_BROKEN)
    return Written(written, tuple(told))


def _written(data: bytes, marks: _Marks, report: DocumentReport, text: list[str]) -> bytes | None:
    """Return the file with its marks, or None where that does not work out or its text would not stay as it is."""
    stream = BytesIO()
    try:
        writer = PdfWriter(BytesIO(data), incremental=True)
        if len(writer.pages) != len(text):
            return None
        places = marks.put(writer)
        write_outline(writer, report, marks.notes, places)
        writer.write(stream)
    except Exception:  # noqa: BLE001 - whatever pypdf throws at a faulty file, there is another way
        return None
    result = stream.getvalue()
    handle = open_document(result)
    if not handle:
        return None
    try:
        return result if raw_text(handle) == text else None
    finally:
        pdfium.FPDF_CloseDocument(handle)


class _Marks:
    """Each note with its place on the pages: boxes to be highlighted, or a box for a sticky note."""

    def __init__(self, geometry: Geometry, notes: Sequence[Note]) -> None:
        self.notes = [_with_legend(note) if note.sort is Sort.SUMMARY else note for note in notes]
        self._taken: dict[int, list[Box]] = {}
        self._found: list[list[tuple[Sheet, list[Box], bool]]] = []  # of each note, by page; whether it is sticky
        for note in self.notes:
            self._found.append(self._find(geometry, note))

    def _find(self, geometry: Geometry, note: Note) -> list[tuple[Sheet, list[Box], bool]]:
        if note.hidden is not None:
            number = note.page or 1
            boxes = geometry.find_words(number, note.quote)
            found = {number: boxes} if boxes else {}
        elif note.start is None or note.end is None:
            found = {}
        else:
            found = geometry.find(note.start, note.end)
        if found and note.sort not in (Sort.OPEN, Sort.SUMMARY):
            return [(geometry.sheet(number), boxes, False) for number, boxes in found.items()]
        number, boxes = next(iter(found.items()), (note.page or 1, []))
        sheet = geometry.sheet(number)
        return [(sheet, [self._free(sheet, boxes[0] if boxes else None)], True)]

    def _free(self, sheet: Sheet, beside: Box | None) -> Box:
        """Return a free place for a sticky note: left of a line, or in the right margin from the top down."""
        taken = self._taken.setdefault(sheet.number, [])
        if beside is None:
            left, top = sheet.width - ICON - 2 * _GAP, sheet.height - 4 * _GAP
        else:
            left, top = max(_GAP, beside.left - ICON - 2 * _GAP), min(beside.top + 2, sheet.height - _GAP)
        steps = int((top - ICON) // (ICON + _GAP)), int((sheet.height - top) // (ICON + _GAP))
        tops = [top - step * (ICON + _GAP) for step in (*range(steps[0] + 1), *range(-1, -steps[1] - 1, -1))]
        boxes = [Box(left, each - ICON, left + ICON, each) for each in tops] or [Box(left, 0, left + ICON, ICON)]
        box = next((box for box in boxes if not any(_overlap(box, other) for other in taken)), boxes[0])
        taken.append(box)
        return box

    def put(self, writer: PdfWriter) -> list[tuple[int, float]]:
        """Add the annotations to the file; return the page (from 1) and the height on it of each note."""
        by_page: dict[int, list[Any]] = {}
        places = []
        for count, (note, found) in enumerate(zip(self.notes, self._found, strict=True), start=1):
            for part, (sheet, boxes, small) in enumerate(found):
                name = f"{AUTHOR}-{count:04}{f'-{part + 1}' if part else ''}"
                made = (
                    sticky(writer, sheet, boxes[0], note, name)
                    if small
                    else highlight(writer, sheet, boxes, note, name)
                )
                by_page.setdefault(sheet.number, []).append(made)
            sheet, boxes, _ = found[0]
            places.append((sheet.number, sheet.rectangle(boxes[0])[3]))
        for index, page in enumerate(writer.pages):
            added = by_page.get(index + 1, [])
            kept = _kept(page)
            if kept is None and not added:
                continue
            for annotation in added:
                annotation[NameObject("/P")] = page.indirect_reference
            page[NameObject("/Annots")] = ArrayObject([*(kept or ()), *(add(writer, each) for each in added)])
        return places


def _with_legend(note: Note) -> Note:
    """Return the first note with a line on what the colours mean."""
    first, *others = note.parts
    return replace(note, parts=(replace(first, lines=(*first.lines, LEGEND)), *others))


def _kept(page: Any) -> list[Any] | None:
    """Return the annotations of a page without those of an earlier run; None where it has none of ours."""
    there = page.get("/Annots")
    there = there.get_object() if there is not None else None
    if not isinstance(there, ArrayObject):
        return None
    answered = {id(parent.get_object()) for each in there if (parent := _dictionary(each).get("/IRT")) is not None}
    return [each for each in there if not _is_ours(_dictionary(each)) or id(each.get_object()) in answered]


def _dictionary(reference: Any) -> Any:
    found = reference.get_object()
    return found if hasattr(found, "get") else {}


def _is_ours(annotation: Any) -> bool:
    return annotation.get("/T") == AUTHOR and str(annotation.get("/NM", "")).startswith(f"{AUTHOR}-")


def _overlap(first: Box, second: Box) -> bool:
    return (
        first.left < second.right
        and second.left < first.right
        and first.bottom < second.top
        and second.bottom < first.top
    )
