"""PDF: pages read one by one through PDFium; layout, hidden text and unread pages are told apart."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from tenderkit.document import Anchor, DocumentBuilder, Hidden, Recognised, Unread
from tenderkit.errors import UnreadableError
from tenderkit.readers.limits import Limits, key_of
from tenderkit.readers.pdf_files import declares, note_on_files
from tenderkit.readers.pdf_forms import HIDDEN_FIELD, Field, Form, place
from tenderkit.readers.pdf_hidden import OUTSIDE, blank_hidden
from tenderkit.readers.pdf_layout import add_pages
from tenderkit.readers.pdf_lines import Line, PageText, TextLayer, open_document
from tenderkit.readers.pdf_ocr import Ocr, OcrError, Recogniser
from tenderkit.readers.pdf_outline import read_outline
from tenderkit.readers.pdf_running import running_lines
from tenderkit.readers.pdf_typed import DECLARED, HIDDEN_TYPED, typed

if TYPE_CHECKING:
    from tenderkit.readers.pdf_scene import Box

_OPENING = {
    pdfium.FPDF_ERR_PASSWORD: "it is locked with a password; give it with --password, or save a copy without one",
    pdfium.FPDF_ERR_SECURITY: "the PDF is locked in a way that cannot be opened; save a copy without protection",
}
_WRONG_KEY = "it is locked with another password than the one given; give the right one with --password"
_BROKEN = "the PDF is damaged; open it in a viewer, print it to a new PDF and send that"
_STAMPED = "image only, no text but headers and footers"
_FILLED_IN = "image only, no text layer; only what was typed onto it is read"
_MEANINGLESS = "its letters have no meaning to a program (a font without names)"
_DYNAMIC = "it is a dynamic form (XFA), which only Adobe's programs show whole; print it to a new PDF and send that"


def fill(
    data: bytes, builder: DocumentBuilder, limits: Limits, *, password: str | None = None, ocr: Ocr | None = None
) -> None:
    """Add the blocks of a PDF to *builder*; a page without a text layer is recognised by *ocr*, or an `Unread`."""
    document = open_document(data, password)
    if not document:
        error = pdfium.FPDF_GetLastError()
        wrong = bool(password) and error == pdfium.FPDF_ERR_PASSWORD
        raise UnreadableError(_WRONG_KEY if wrong else _OPENING.get(error, _BROKEN))
    try:
        _fill(document, data, builder, limits, ocr)
    finally:
        pdfium.FPDF_CloseDocument(document)


def _fill(document: Any, data: bytes, builder: DocumentBuilder, limits: Limits, ocr: Ocr | None) -> None:
    count: int = pdfium.FPDF_GetPageCount(document)
    if count <= 0:
        raise UnreadableError(_BROKEN)
    if count > limits.pages:
        raise limits.exceeded("pages", f"it has {count:,} pages")
    form = Form(document)
    layers = declares(data, b"/OCProperties")
    reader = _Reader(builder, limits, form, layers, Recogniser(ocr) if ocr else None)
    reader.typewriter = declares(data, DECLARED)
    try:
        _read_pages(document, count, builder, reader)
    finally:
        form.close()
    if note := note_on_files(document, data, limits):
        builder.notes.append(note)


def _read_pages(document: Any, count: int, builder: DocumentBuilder, reader: _Reader) -> None:
    pages: list[PageText] = []
    anchors: dict[int, Anchor] = {}
    for index in range(count):
        anchors[index + 1] = Anchor(index + 1, label=_label(document, index))
        page = pdfium.FPDF_LoadPage(document, index)
        if not page:
            builder.unread.append(Unread(index + 1, "damaged page"))
            continue
        try:
            text = reader.read(page, index + 1)
        finally:
            pdfium.FPDF_ClosePage(page)
        if text is not None:
            pages.append(text)
    pages = _without_stamped(document, pages, reader)
    builder.pages = count
    builder.pages_read = len(pages)
    if reader.scans:
        builder.notes.append(f"Text layer of a scan, with whatever it misread: {_ranges(reader.scans)}.")
    if reader.typed:
        builder.notes.append(f"Text typed onto the page in a viewer was read with the rest: {_ranges(reader.typed)}.")
    if reader.partly:
        builder.notes.append(_partly(reader.partly, reader.limits))
    if builder.recognised:
        builder.notes.append(_recognised(builder.recognised))
    if reader.form.dynamic:
        builder.unread.append(Unread(None, _DYNAMIC))
    add_pages(pages, anchors, builder, read_outline(document))


def _without_stamped(document: Any, pages: list[PageText], reader: _Reader) -> list[PageText]:
    """Return the pages without those that are pictures with nothing but a running header or a page number on them."""
    if not any(page.picture for page in pages):
        return pages
    running = running_lines(pages)
    kept: list[PageText | None] = []
    for text in pages:
        if text.picture and text.lines and all(id(line) in running for line in text.lines):
            page = pdfium.FPDF_LoadPage(document, text.number - 1)
            try:
                kept.append(reader.recognise(page, text.number, (text.width, text.height), _STAMPED))
            finally:
                pdfium.FPDF_ClosePage(page)
        else:
            kept.append(text)
    return [page for page in kept if page]


@dataclass(slots=True)
class _Reader:
    """Reads pages and keeps count of the characters over all of them."""

    builder: DocumentBuilder
    limits: Limits
    form: Form
    layers: bool
    recogniser: Recogniser | None
    characters: int = 0
    scans: list[int] = field(default_factory=list)
    partly: list[int] = field(default_factory=list)
    typewriter: bool = False
    typed: list[int] = field(default_factory=list)

    def read(self, page: Any, number: int) -> PageText | None:
        """Return the text of a page, or None after noting why there is none."""
        layer = TextLayer(page, characters=self.limits.characters)
        box, width, height, show = frame(page, layer.turn())
        try:
            self.characters += layer.count
            if self.characters > self.limits.characters:
                raise self.limits.exceeded("characters", "it holds more characters")
            found = blank_hidden(page, layer, box, layers=self.layers, most=self.limits.page_objects)
            meaningless = layer.is_meaningless()
            lines = layer.lines(show)
            for at, line in enumerate(lines):
                if line.right > width + line.size and line.left < width - 2 * line.size:
                    lines[at], beyond = layer.cut(line, show, width)
                    found.hidden.append((OUTSIDE, beyond))
        finally:
            layer.close()
        for how, quote in found.hidden:
            self._hide(number, quote, how)
        if found.scan:
            self.scans.append(number)
        if found.partial:
            self.partly.append(number)
        fields = self._filled_in(page, number, show)
        if fields and not lines and found.picture:
            self.builder.unread.append(Unread(number, _FILLED_IN))
        lines = place(fields, lines)
        why = _MEANINGLESS if meaningless else "" if lines else _why_empty(page)
        if why:
            return self.recognise(page, number, (width, height), why)
        seen = [line for line in lines if self._seen(line, number, width, height)]
        return PageText(number, width, height, seen, found.picture and not found.scan)

    def _filled_in(self, page: Any, number: int, show: Any) -> list[Field]:
        """Return what was filled into the fields of a page or typed onto it; note as hidden what nobody sees."""
        fields = [(each, HIDDEN_FIELD) for each in self.form.fields(page, show)]
        if self.typewriter:
            onto = typed(page, show)
            if any(each.shown for each in onto):
                self.typed.append(number)
            fields += [(each, HIDDEN_TYPED) for each in onto]
        for each, how in fields:
            if not each.shown and any(character.isalpha() for character in each.text):
                self._hide(number, each.text, how)
        return [each for each, _ in fields if each.shown]

    def recognise(self, page: Any, number: int, size: tuple[float, float], why: str) -> PageText | None:
        """Return what a program recognises on a page, or None after noting why nothing was read."""
        if self.recogniser is None:
            self.builder.unread.append(Unread(number, why))
            return None
        try:
            found = self.recogniser.read(page, *size)
        except OcrError as error:
            self.builder.unread.append(Unread(number, f"{why}; {error}"))
            return None
        self.builder.recognised.append(Recognised(number, self.recogniser.ocr.name, found.confidence))
        return PageText(number, size[0], found.height, found.lines)

    def _seen(self, line: Line, number: int, width: float, height: float) -> bool:
        """Tell whether a line stands on the page; note it as hidden where it does not."""
        if line.right < 1 or line.left > width - 1 or line.y > height - 0.2 * line.size or line.y < -0.8 * line.size:
            self._hide(number, line.text, OUTSIDE)
            return False
        return True

    def _hide(self, number: int, quote: str, how: str) -> None:
        self.builder.hidden.append(Hidden(number, quote[: self.limits.quote], how))


def _recognised(pages: list[Recognised]) -> str:
    """
    Say which pages were recognised, by what, and how sure it is.

    >>> _recognised([Recognised(2, "tesseract", 91.2), Recognised(3, "tesseract", 54.0)])
    'Text recognised in pictures by tesseract, with whatever it misread: pages 2-3; confidence 54 to 91 of 100.'
    """
    sure = sorted(round(page.confidence) for page in pages if page.confidence is not None)
    said = f"; confidence {sure[0]}{f' to {sure[-1]}' if sure[-1] > sure[0] else ''} of 100" if sure else ""
    where = _ranges([page.page for page in pages])
    return f"Text recognised in pictures by {pages[0].by}, with whatever it misread: {where}{said}."


def _partly(pages: list[int], limits: Limits) -> str:
    """Say on which pages there may be hidden text that was not found, and how to look at all of them."""
    return (
        f"Hidden text was looked for only in the first {limits.page_objects:,} drawings of {_ranges(pages)}, and text "
        f"that nobody can see may have been scored; raise '{key_of('page_objects')}' in [limits] of tenderkit.toml."
    )


def _ranges(pages: list[int]) -> str:
    """
    Return page numbers as a person writes them.

    >>> _ranges([1, 2, 3, 7]), _ranges([4])
    ('pages 1-3, 7', 'page 4')
    """
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] == page - 1:
            runs[-1] = [runs[-1][0], page]
        else:
            runs.append([page])
    text = ", ".join("-".join(str(page) for page in run) for run in runs)
    return f"{'page' if len(pages) == 1 else 'pages'} {text}"


def frame(page: Any, turn: int | None) -> tuple[Box, float, float, Any]:
    """
    Return the page's box, its width and height as shown, and what turns its own points into points as shown.

    Args:
        page: The page.
        turn: How its text lies, in quarter turns; None for as the page itself is turned.
    """
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    x0, y0, x1, y1 = box.left, box.bottom, box.right, box.top
    shows = (
        lambda x, y: (x - x0, y - y0),
        lambda x, y: (y - y0, x1 - x),
        lambda x, y: (x1 - x, y1 - y),
        lambda x, y: (y1 - y, x - x0),
    )
    if turn is None:
        turn = pdfium.FPDFPage_GetRotation(page) % 4
    width, height = x1 - x0, y1 - y0
    box_shown = (x0, y0, x1, y1)
    return (box_shown, height, width, shows[turn]) if turn % 2 else (box_shown, width, height, shows[turn])


def _why_empty(page: Any) -> str:
    """Say why a page without text shows something all the same, or nothing where it is blank."""
    drawn = 0
    for index in range(min(pdfium.FPDFPage_CountObjects(page), 5_000)):
        sort = pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, index))
        if sort == pdfium.FPDF_PAGEOBJ_IMAGE:
            return "image only, no text layer"
        drawn += sort in (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING)
    return "text drawn as shapes, no text layer" if drawn > 100 else ""  # letters, not a ruled box


def _label(document: Any, index: int) -> str:
    """Return the label printed on a page where it is not simply its number."""
    size = pdfium.FPDF_GetPageLabel(document, index, None, 0)
    if size <= 2 or size > 200:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetPageLabel(document, index, buffer, size)
    label = buffer.raw[: size - 2].decode("utf-16-le", errors="replace").strip()
    return "" if label == str(index + 1) else label
