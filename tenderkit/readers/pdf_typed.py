"""Text that somebody typed onto a page in a viewer ("typewriter", "add text"): an annotation that every reader sees."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from tenderkit.readers.pdf_forms import ANNOTATIONS, UNSHOWN, Field, annotation_text
from tenderkit.readers.pdf_hidden import Camera

if TYPE_CHECKING:
    from collections.abc import Iterator

HIDDEN_TYPED = "typed onto the page where nobody can see it"
DECLARED = b"/FreeText"

_CALLOUT = "FreeTextCallout"  # a comment with an arrow: of a reviewer, no part of the page
_EDGE = 2.0  # points: the frame of the text


def typed(page: Any, show: Any) -> list[Field]:
    """
    Return the texts typed onto a page; *show* turns a point of the page's own space into one of the page as shown.

    One that makes no difference to the page as it is drawn is not shown; one that is not drawn in the file, nor by
    PDFium, is left out, since viewers differ on it.
    """
    found = list(_texts(page))
    if not found:
        return []
    camera = Camera(page)
    before, after = camera.shoot(), camera.shoot(annotations=True)
    fields = []
    for text, corners in found:
        left, right = sorted((corners.left, corners.right))
        bottom, top = sorted((corners.bottom, corners.top))
        inner = left + _EDGE, bottom + _EDGE, max(left + _EDGE, right - _EDGE), max(bottom + _EDGE, top - _EDGE)
        seen = camera.differs(before, after, inner) and camera.shows(after, inner)
        first, second = show(left, bottom), show(right, top)
        (x0, x1), (y0, y1) = sorted((first[0], second[0])), sorted((first[1], second[1]))
        fields.append(Field(text, x0, y0, x1, y1, shown=seen))
    return fields


def _texts(page: Any) -> Iterator[tuple[str, Any]]:
    """Yield every typed text that is switched on and drawn in the file, with its corners."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            corners = pdfium.FS_RECTF()
            if (
                pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_FREETEXT
                and not pdfium.FPDFAnnot_GetFlags(annotation) & UNSHOWN
                and annotation_text(annotation, b"IT") != _CALLOUT
                and pdfium.FPDFAnnot_HasKey(annotation, b"AP")
                and pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(corners))
                and (text := annotation_text(annotation, b"Contents")).strip()
            ):
                yield text, corners
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
