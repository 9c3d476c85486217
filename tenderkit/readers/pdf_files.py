"""Files inside a PDF: portfolios and attachments."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING

import pypdfium2.raw as pdfium

from tenderkit.readers.pdf import start

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderkit.readers.limits import Limits


def embedded_files(data: bytes, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of every file inside a PDF; a PDF that does not open holds none."""
    start()
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        return
    try:
        for index in range(min(pdfium.FPDFDoc_GetAttachmentCount(document), limits.entries)):
            attachment = pdfium.FPDFDoc_GetAttachment(document, index)
            if attachment:
                yield _name(attachment) or f"attachment {index + 1}", _content(attachment, limits)
    finally:
        pdfium.FPDF_CloseDocument(document)


def _name(attachment: object) -> str:
    size = pdfium.FPDFAttachment_GetName(attachment, None, 0)
    if not 2 < size < 4_096:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFAttachment_GetName(attachment, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", errors="replace").strip()


def _content(attachment: object, limits: Limits) -> bytes:
    size = ctypes.c_ulong()
    if not pdfium.FPDFAttachment_GetFile(attachment, None, 0, ctypes.byref(size)) or not size.value:
        return b""
    if size.value > limits.file_bytes:
        raise limits.exceeded("file_bytes", f"a file inside the PDF has {size.value:,} bytes")
    buffer = ctypes.create_string_buffer(size.value)
    pdfium.FPDFAttachment_GetFile(attachment, buffer, size.value, ctypes.byref(size))
    return buffer.raw[: size.value]
