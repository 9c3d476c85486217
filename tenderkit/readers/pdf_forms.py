"""What was filled into the fields of a PDF form: it stands in the file, and on the page only as drawn by a viewer."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from tenderkit.readers.pdf_lines import Line

if TYPE_CHECKING:
    from collections.abc import Iterator

ON, OFF = "☒", "☐"
HIDDEN_FIELD = "in a form field that is hidden"

UNSHOWN = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
_PASSWORD = 1 << 13  # flag of a field whose value is shown as stars
ANNOTATIONS = 5_000  # of one page
_OPTIONS = 500  # of one field
_CHARACTERS = 200_000  # of one value
_LOWEST = 0.22  # of the size: from the bottom of a field to the baseline of its one line
_LEADING = 1.2
_BESIDE = 40.0  # points from a box to its label


@dataclass(frozen=True, slots=True)
class Field:
    """
    A field that was filled in, or a box that may be ticked.

    Attributes:
        text: The value; for a box, whether it is ticked.
        left: In points from the left of the page as it is shown, as are all four.
        bottom: Above the bottom.
        right: Of its right edge.
        top: Of its upper edge.
        box: Whether it is a box or a button to be ticked.
        shown: Whether a reader of the page sees it.
    """

    text: str
    left: float
    bottom: float
    right: float
    top: float
    box: bool = False
    shown: bool = True


class Form:
    """The form of one open document; PDFium keeps its state, so it is closed before the document."""

    def __init__(self, document: Any) -> None:
        self._handle: Any = None
        self.dynamic = pdfium.FPDF_GetFormType(document) == pdfium.FORMTYPE_XFA_FULL
        if pdfium.FPDF_GetFormType(document) != pdfium.FORMTYPE_NONE:
            self._info = pdfium.FPDF_FORMFILLINFO(version=2)
            self._handle = pdfium.FPDFDOC_InitFormFillEnvironment(document, self._info)

    def close(self) -> None:
        """Give it back to PDFium."""
        if self._handle:
            pdfium.FPDFDOC_ExitFormFillEnvironment(self._handle)
            self._handle = None

    def fields(self, page: Any, show: Any) -> list[Field]:
        """Return the fields of a page; *show* turns a point of the page's own space into one of the page as shown."""
        count = min(pdfium.FPDFPage_GetAnnotCount(page), ANNOTATIONS) if self._handle else 0
        if not count:
            return []
        pdfium.FORM_OnAfterLoadPage(page, self._handle)
        try:
            return self._fields(page, count, show)
        finally:
            pdfium.FORM_OnBeforeClosePage(page, self._handle)

    def _fields(self, page: Any, count: int, show: Any) -> list[Field]:
        found: list[Field] = []
        for index in range(count):
            annotation = pdfium.FPDFPage_GetAnnot(page, index)
            if not annotation:
                continue
            try:
                if pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_WIDGET:
                    found.extend(self._field(annotation, show))
            finally:
                pdfium.FPDFPage_CloseAnnot(annotation)
        return found

    def _field(self, annotation: Any, show: Any) -> Iterator[Field]:
        sort = pdfium.FPDFAnnot_GetFormFieldType(self._handle, annotation)
        box = sort in (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
        if box:
            text = ON if self._is_ticked(annotation, sort) else OFF
        elif sort in (pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX):
            text = "; ".join(self._chosen(annotation)) or self._value(annotation)
        elif sort == pdfium.FPDF_FORMFIELD_TEXTFIELD:
            secret = pdfium.FPDFAnnot_GetFormFieldFlags(self._handle, annotation) & _PASSWORD
            text = "" if secret else self._value(annotation)
        else:
            return
        corners = pdfium.FS_RECTF()
        if text.strip() and pdfium.FPDFAnnot_GetRect(annotation, corners):
            first, second = show(corners.left, corners.bottom), show(corners.right, corners.top)
            (left, right), (bottom, top) = sorted((first[0], second[0])), sorted((first[1], second[1]))
            seen = not pdfium.FPDFAnnot_GetFlags(annotation) & UNSHOWN and right - left > 1 and top - bottom > 1
            yield Field(text, left, bottom, right, top, box, seen)

    def _is_ticked(self, annotation: Any, sort: int) -> bool:
        """Tell whether a box is drawn as ticked; of the buttons of a group, only what the field's value says."""
        if sort == pdfium.FPDF_FORMFIELD_RADIOBUTTON:
            return bool(pdfium.FPDFAnnot_IsChecked(self._handle, annotation))
        drawn = annotation_text(annotation, b"AS")
        return drawn != "Off" if drawn else bool(pdfium.FPDFAnnot_IsChecked(self._handle, annotation))

    def _chosen(self, annotation: Any) -> Iterator[str]:
        for option in range(min(_OPTIONS, pdfium.FPDFAnnot_GetOptionCount(self._handle, annotation))):
            if pdfium.FPDFAnnot_IsOptionSelected(self._handle, annotation, option):
                label = _text(
                    lambda buffer, size, option=option: pdfium.FPDFAnnot_GetOptionLabel(
                        self._handle, annotation, option, buffer, size
                    )
                )
                if label.strip():
                    yield " ".join(label.split())

    def _value(self, annotation: Any) -> str:
        return _text(lambda buffer, size: pdfium.FPDFAnnot_GetFormFieldValue(self._handle, annotation, buffer, size))


def annotation_text(annotation: Any, key: bytes) -> str:
    """Return what an annotation says under a key."""
    return _text(lambda buffer, size: pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, size))


def _text(get: Any) -> str:
    """Return what a function of PDFium writes: it is asked for the size first."""
    size = get(None, 0)
    if not 2 < size <= 2 * _CHARACTERS:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    get(buffer, size)
    return bytes(buffer)[: size - 2].decode("utf-16-le", errors="replace")


def place(fields: list[Field], lines: list[Line]) -> list[Line]:
    """
    Return the lines of a page with those of its fields among them, each behind its label.

    A ticked or empty box stands before the label to its right, or else behind the one to its left. A value stands
    behind the label to its left, or else behind the line above it.
    """
    placed = list(lines)
    sizes = sorted(line.size for line in lines)
    size = sizes[len(sizes) // 2] if sizes else 10.0
    for field in sorted(fields, key=lambda field: (-field.top, field.left)):
        if field.box and _tick(field, placed):
            continue
        value = list(_lines_of(field, size))
        at = _behind(field, value[0], placed)
        placed[at:at] = value
    return placed


def _tick(field: Field, lines: list[Line]) -> bool:
    """Put a box into the line that is its label; tell whether there is one."""
    middle, found = (field.bottom + field.top) / 2, None
    for at, line in enumerate(lines):
        if not -0.5 * line.size <= middle - line.y <= 1.2 * line.size:
            continue
        apart = line.left - field.right
        if -3 <= apart <= _BESIDE and (found is None or apart < found[0]):
            found = apart, at, True
        apart = field.left - line.right
        if -3 <= apart <= _BESIDE and found is None:
            found = apart + _BESIDE, at, False
        if line.left < field.left and field.right < line.right and found is None:
            found = 3 * _BESIDE, at, False
    if found is None:
        return False
    _, at, before = found
    line = lines[at]
    if before:
        lines[at] = replace(line, text=f"{field.text} {line.text}", left=min(field.left, line.left))
    else:
        share = (field.left - line.left) / max(1.0, line.right - line.left)
        cut = line.text.find(" ", round(share * len(line.text)) - 2) if share < 1 else -1
        text = f"{line.text} {field.text}" if cut < 0 else f"{line.text[:cut]} {field.text}{line.text[cut:]}"
        lines[at] = replace(line, text=text, right=max(line.right, field.right))
    return True


def _lines_of(field: Field, size: float) -> Iterator[Line]:
    texts = [" ".join(text.split()) for text in field.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    texts = [text for text in texts if text]
    tall = field.top - field.bottom > 2 * _LEADING * size or len(texts) > 1
    y = field.top - size if tall else (field.bottom + field.top) / 2 - _LOWEST * size
    for text in texts:
        right = max(field.left + 1, min(field.right, field.left + 0.5 * size * len(text)))
        yield Line(text, field.left + 2, right, y, size, bold=False)
        y -= _LEADING * size


def _behind(field: Field, value: Line, lines: list[Line]) -> int:
    """Return where in the order of the lines a field's value belongs."""
    beside = [
        (field.left - line.right, at)
        for at, line in enumerate(lines)
        if abs(line.y - value.y) <= 0.7 * max(line.size, value.size) and line.right <= field.left + 3
    ]
    if beside:
        return min(beside)[1] + 1
    above = [
        (line.y - field.top, at)
        for at, line in enumerate(lines)
        if line.y >= field.top - 0.5 * line.size and line.left < field.right and line.right > field.left
    ]
    if above:
        return min(above)[1] + 1
    return next((at for at, line in enumerate(lines) if line.y < field.bottom), len(lines))
