"""Files inside a PDF: portfolios, attachments, and paper clips on a page."""

from __future__ import annotations

import ctypes
import re
import zlib
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from tenderkit.readers.pdf_lines import open_document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderkit.readers.limits import Limits

_STREAM = re.compile(rb"stream\r?\n")
_PACKED = 2_000_000  # bytes of an object stream that are looked at
_CLIP = b"/FileAttachment"
_ANNOTATIONS = 5_000  # of one page
_NAMES = 6  # more are counted, not named


def embedded_files(data: bytes, limits: Limits, password: str | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of every file inside a PDF; a PDF that does not open holds none."""
    document = open_document(data, password)
    if not document:
        return
    try:
        seen: set[tuple[str, bytes]] = set()  # a paper clip often holds what the document's own list holds
        for number, attachment in enumerate(_attachments(document, data, limits), start=1):
            found = _name(attachment) or f"attachment {number}", _content(attachment, limits)
            if found not in seen:
                seen.add(found)
                yield found
    finally:
        pdfium.FPDF_CloseDocument(document)


def note_on_files(document: Any, data: bytes, limits: Limits) -> str:
    """Return a sentence that names the files inside an open PDF, or nothing."""
    attachments = _attachments(document, data, limits)
    names = list(dict.fromkeys(_name(attachment) or "a file without a name" for attachment in attachments))
    if not names:
        return ""
    named = ", ".join(" ".join(name.split()) for name in names[:_NAMES])
    more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
    return f"Files inside it, of which documents are read by themselves: {named}{more}."


def declares(data: bytes, name: bytes) -> bool:
    """Tell whether a PDF uses a name such as /OCProperties, in plain sight or in a packed object stream."""
    if name in data:
        return True
    for found in re.finditer(rb"/ObjStm\b", data):
        begins = _STREAM.search(data, found.end(), found.end() + 400)
        if begins is None:
            continue
        packed = data[begins.end() : begins.end() + _PACKED]
        try:
            if name in zlib.decompressobj().decompress(packed, _PACKED):
                return True
        except zlib.error:
            continue
    return False


def _attachments(document: Any, data: bytes, limits: Limits) -> Iterator[Any]:
    """Yield the attachments of the document, and those of its pages, while its page is open."""
    for index in range(min(pdfium.FPDFDoc_GetAttachmentCount(document), limits.entries)):
        if attachment := pdfium.FPDFDoc_GetAttachment(document, index):
            yield attachment
    if not declares(data, _CLIP):
        return
    for index in range(min(pdfium.FPDF_GetPageCount(document), limits.pages)):
        page = pdfium.FPDF_LoadPage(document, index)
        if not page:
            continue
        try:
            for at in range(min(pdfium.FPDFPage_GetAnnotCount(page), _ANNOTATIONS)):
                yield from _clipped(page, at)
        finally:
            pdfium.FPDF_ClosePage(page)


def _clipped(page: Any, at: int) -> Iterator[Any]:
    annotation = pdfium.FPDFPage_GetAnnot(page, at)
    if not annotation:
        return
    try:
        if pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_FILEATTACHMENT:
            attachment = pdfium.FPDFAnnot_GetFileAttachment(annotation)
            if attachment:
                yield attachment
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)


def _name(attachment: object) -> str:
    size = pdfium.FPDFAttachment_GetName(attachment, None, 0)
    if not 2 < size < 4_096:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    pdfium.FPDFAttachment_GetName(attachment, buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", errors="replace").strip()


def _content(attachment: object, limits: Limits) -> bytes:
    size = ctypes.c_ulong()
    if not pdfium.FPDFAttachment_GetFile(attachment, None, 0, ctypes.byref(size)) or not size.value:
        return b""
    if size.value > limits.file_bytes:
        raise limits.exceeded("file_bytes", f"a file inside the PDF has {size.value:,} bytes")
    buffer = ctypes.create_string_buffer(size.value)
    pdfium.FPDFAttachment_GetFile(attachment, buffer, size.value, ctypes.byref(size))
    return buffer.raw[: size.value]
