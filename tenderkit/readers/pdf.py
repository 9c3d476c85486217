"""PDF: pages read one by one through PDFium; layout, hidden text and unread pages are told apart."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from tenderkit.document import Anchor, DocumentBuilder, Unread
from tenderkit.errors import UnreadableError
from tenderkit.readers.limits import Limits
from tenderkit.readers.pdf_layout import add_pages
from tenderkit.readers.pdf_lines import PageText, TextLayer

_OPENING = {
    pdfium.FPDF_ERR_PASSWORD: "the PDF is locked with a password; save a copy without one and send that",
    pdfium.FPDF_ERR_SECURITY: "the PDF is locked in a way that cannot be opened; save a copy without protection",
}
_BROKEN = "the PDF is damaged; open it in a viewer, print it to a new PDF and send that"
_started = False


def fill(data: bytes, builder: DocumentBuilder, limits: Limits) -> None:
    """Add the blocks of a PDF to *builder*; a page without a text layer becomes an `Unread`."""
    _start()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise UnreadableError(_OPENING.get(pdfium.FPDF_GetLastError(), _BROKEN))
    try:
        _fill(document, builder, limits)
    finally:
        pdfium.FPDF_CloseDocument(document)


def _start() -> None:
    global _started  # noqa: PLW0603 -- PDFium is started once in a process
    if not _started:
        pdfium.FPDF_InitLibrary()
        _started = True


def _fill(document: Any, builder: DocumentBuilder, limits: Limits) -> None:
    count: int = pdfium.FPDF_GetPageCount(document)
    if count <= 0:
        raise UnreadableError(_BROKEN)
    if count > limits.pages:
        raise UnreadableError(f"the PDF has {count:,} pages, more than {limits.pages:,}; split it into several")
    pages: list[PageText] = []
    anchors: dict[int, Anchor] = {}
    left = limits.characters
    for index in range(count):
        anchors[index + 1] = Anchor(index + 1, label=_label(document, index))
        page = pdfium.FPDF_LoadPage(document, index)
        if not page:
            builder.unread.append(Unread(index + 1, "damaged page"))
            continue
        try:
            text = _read_page(page, index + 1, builder, left)
        finally:
            pdfium.FPDF_ClosePage(page)
        if text is not None:
            pages.append(text)
            left -= sum(len(line.text) for line in text.lines)
        if left <= 0:
            raise UnreadableError(f"it holds more than {limits.characters:,} characters; split it into several files")
    builder.pages = count
    builder.pages_read = len(pages)
    add_pages(pages, anchors, builder)


def _read_page(page: Any, number: int, builder: DocumentBuilder, characters: int) -> PageText | None:
    """Return the text of a page, or None after noting why there is none."""
    width, height, show = _frame(page)
    layer = TextLayer(page, characters=characters)
    try:
        lines = layer.lines(show)
    finally:
        layer.close()
    if not lines and (why := _why_empty(page)):
        builder.unread.append(Unread(number, why))
        return None
    return PageText(number, width, height, lines)


def _frame(page: Any) -> tuple[float, float, Any]:
    """Return the page's width and height as shown, and what turns its own points into points as shown."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, box)
    x0, y0, x1, y1 = box.left, box.bottom, box.right, box.top
    shows = (
        lambda x, y: (x - x0, y - y0),
        lambda x, y: (y - y0, x1 - x),
        lambda x, y: (x1 - x, y1 - y),
        lambda x, y: (y1 - y, x - x0),
    )
    turn: int = pdfium.FPDFPage_GetRotation(page) % 4
    width, height = x1 - x0, y1 - y0
    return (height, width, shows[turn]) if turn % 2 else (width, height, shows[turn])


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


