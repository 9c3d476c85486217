"""The outline that a viewer shows beside a PDF: which lines are headings, and how deep."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as pdfium

from tenderkit.readers.pdf_layout import squeeze

_DEEPEST = 6
_ENTRIES = 5_000
_LONGEST = 2_000  # bytes of a title


def read_outline(document: Any) -> dict[str, int]:
    """Return the titles of an open document's outline, squeezed, with their levels from 1."""
    levels: dict[str, int] = {}
    waiting = [(pdfium.FPDFBookmark_GetFirstChild(document, None), 1)]
    seen = 0
    while waiting and seen < _ENTRIES:  # an outline may run in a circle
        entry, level = waiting.pop()
        if not entry:
            continue
        seen += 1
        if title := squeeze(_title(entry)):
            levels[title] = min(level, levels.get(title, level))
        waiting.append((pdfium.FPDFBookmark_GetNextSibling(document, entry), level))
        if level < _DEEPEST:
            waiting.append((pdfium.FPDFBookmark_GetFirstChild(document, entry), level + 1))
    return levels


def _title(entry: Any) -> str:
    size = pdfium.FPDFBookmark_GetTitle(entry, None, 0)
    if not 2 < size <= _LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFBookmark_GetTitle(entry, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", errors="replace")
