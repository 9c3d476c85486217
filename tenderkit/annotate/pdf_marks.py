"""Annotations of a PDF: how a highlight and a sticky note look, so that they look alike in every viewer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from tenderkit.annotate.notes import Note, Sort
from tenderkit.document import NOTES_BY
from tenderkit.evidence import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdf import PdfWriter
    from pypdf.generic import IndirectObject

    from tenderkit.annotate.pdf_geometry import Box, Sheet

AUTHOR = NOTES_BY
ICON = 16.0  # points; the side of a sticky note

Colour = tuple[float, float, float]
_PRINTED = 4
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_TURNS = ((1, 0, 0, 1), (0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0))


@dataclass(frozen=True, slots=True)
class Look:
    """
    How a passage is marked.

    Attributes:
        fill: The colour laid over it as a marker pen does; None for none.
        line: The colour of a line under it or around it; None for none.
        around: Whether the line goes all around.
        dashed: Whether it is broken.
    """

    fill: Colour | None
    line: Colour | None = None
    around: bool = False
    dashed: bool = False


LEGEND = (
    "Green and underlined: measured. Blue: stated. Yellow: only mentioned. Red frame: declined. Dashed grey frame: "
    "please check. Orange frame: copied, repeated or mere keywords. Dashed red frame: hidden."
)
_GREEN, _BLUE, _YELLOW = (0.72, 0.93, 0.73), (0.74, 0.88, 1.0), (1.0, 0.95, 0.62)
_ROSE, _ORANGE, _RED, _GREY = (1.0, 0.8, 0.78), (0.85, 0.42, 0.0), (0.78, 0.1, 0.1), (0.35, 0.35, 0.4)
_LEVELS = {
    Level.MEASURED: Look(_GREEN, (0.1, 0.5, 0.2)),
    Level.STATED: Look(_BLUE),
    Level.MENTIONED: Look(_YELLOW),
}
_SORTS = {
    Sort.CHECK: Look(None, _GREY, around=True, dashed=True),
    Sort.DECLINED: Look(_ROSE, _RED, around=True),
    Sort.INTEGRITY: Look(None, _ORANGE, around=True),
    Sort.HIDDEN: Look(None, _RED, around=True, dashed=True),
}
_ICONS = {Sort.SUMMARY: ("i", (0.13, 0.33, 0.6)), Sort.HIDDEN: ("!", _RED), Sort.INTEGRITY: ("!", _ORANGE)}
_QUESTION = ("?", (0.42, 0.2, 0.55))


def look_of(note: Note) -> Look:
    """Return how the passage of a note is marked."""
    if note.sort in _SORTS:
        return _SORTS[note.sort]
    return _LEVELS.get(note.level or Level.MENTIONED, _LEVELS[Level.MENTIONED])


def plain(text: str) -> str:
    """Return text fit for a string of a PDF."""
    return _UNFIT.sub("\ufffd", text)


def highlight(writer: PdfWriter, sheet: Sheet, boxes: Sequence[Box], note: Note, name: str) -> DictionaryObject:
    """Return a highlight over boxes of one page."""
    look = look_of(note)
    quads = [point for box in boxes for corner in sheet.corners(box) for point in corner]
    rectangles = [sheet.rectangle(box) for box in boxes]
    whole = (
        min(each[0] for each in rectangles) - 1,
        min(each[1] for each in rectangles) - 1,
        max(each[2] for each in rectangles) + 1,
        max(each[3] for each in rectangles) + 1,
    )
    drawn = []
    if look.fill:
        drawn.append(f"/Multiply gs {_numbers(look.fill)} rg")
        drawn += [f"{_numbers((x0, y0, x1 - x0, y1 - y0))} re f" for x0, y0, x1, y1 in rectangles]
    if look.line:
        drawn.append(f"{_numbers(look.line)} RG 0.8 w {'[2 1.5] 0 d' if look.dashed else ''}")
        if look.around:
            drawn += [f"{_numbers((x0, y0, x1 - x0, y1 - y0))} re S" for x0, y0, x1, y1 in rectangles]
        else:
            for box in boxes:
                _, _, left, right = sheet.corners(box)
                drawn.append(f"{_numbers(left)} m {_numbers(right)} l S")
    annotation = _annotation("/Highlight", whole, look.fill or look.line or _GREY, note, name)
    annotation[NameObject("/QuadPoints")] = _array(quads)
    annotation[NameObject("/AP")] = _appearance(writer, whole, "\n".join(drawn))
    return annotation


def sticky(writer: PdfWriter, sheet: Sheet, box: Box, note: Note, name: str) -> DictionaryObject:
    """Return a note on one page, drawn upright whatever way the page is turned."""
    sign, colour = _ICONS.get(note.sort, _QUESTION)
    whole = sheet.rectangle(box)
    annotation = _annotation("/Text", whole, colour, note, name)
    annotation[NameObject("/Name")] = NameObject("/Help" if sign == "?" else "/Note")
    size = ICON
    body = [(0.0, 0.22), (1.0, 0.22), (1.0, 1.0), (0.0, 1.0)]
    tail = [(0.2, 0.24), (0.2, 0.0), (0.5, 0.24)]
    across = {"?": 0.3, "i": 0.36, "!": 0.34}[sign]
    drawn = (
        f"{_numbers(colour)} rg {_shape(body)} {_shape(tail)} 1 1 1 RG 0.8 w {_frame(body)}"
        f" BT 1 1 1 rg /Bold {0.72 * size:.2f} Tf {across * size:.2f} {0.36 * size:.2f} Td ({sign}) Tj ET"
    )
    annotation[NameObject("/AP")] = _appearance(writer, (0, 0, size, size), drawn, sheet.turn)
    return annotation


def _shape(points: Sequence[tuple[float, float]]) -> str:
    """Return the drawing of a filled shape, given its corners in parts of a sticky note."""
    return f"{_outline(points)} h f"


def _frame(points: Sequence[tuple[float, float]]) -> str:
    """Return the drawing of the line around a shape, so that it stands out from a dark page."""
    return f"{_outline([(0.03 + 0.94 * x, 0.01 + 0.96 * y) for x, y in points])} h S"


def _outline(points: Sequence[tuple[float, float]]) -> str:
    corners = [_numbers((x * ICON, y * ICON)) for x, y in points]
    return f"{corners[0]} m {' '.join(f'{corner} l' for corner in corners[1:])}"


def _annotation(
    sort: str, whole: tuple[float, float, float, float], colour: Colour, note: Note, name: str
) -> DictionaryObject:
    return DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject(sort),
            NameObject("/Rect"): _array(whole),
            NameObject("/Contents"): TextStringObject(plain(note.text)),
            NameObject("/T"): TextStringObject(AUTHOR),
            NameObject("/Subj"): TextStringObject(plain(note.parts[0].head)),
            NameObject("/NM"): TextStringObject(name),
            NameObject("/C"): _array(colour),
            NameObject("/F"): NumberObject(_PRINTED),
        }
    )


def _appearance(
    writer: PdfWriter, box: tuple[float, float, float, float], drawn: str, turn: int = 0
) -> DictionaryObject:
    stream = DecodedStreamObject()
    stream.set_data(drawn.encode("ascii"))
    multiply = DictionaryObject({NameObject("/BM"): NameObject("/Multiply")})
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica-Bold"),
        }
    )
    stream.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): _array(box),
            NameObject("/Matrix"): _array((*_TURNS[turn], 0, 0)),
            NameObject("/Resources"): DictionaryObject(
                {
                    NameObject("/ExtGState"): DictionaryObject({NameObject("/Multiply"): multiply}),
                    NameObject("/Font"): DictionaryObject({NameObject("/Bold"): font}),
                }
            ),
        }
    )
    return DictionaryObject({NameObject("/N"): add(writer, stream)})


def add(writer: PdfWriter, made: DictionaryObject) -> IndirectObject:
    """Put an object into the file and return the reference to it."""
    return writer._add_object(made)  # noqa: SLF001 - pypdf has no public name for it


def _array(numbers: Sequence[float]) -> ArrayObject:
    return ArrayObject([FloatObject(f"{number:.2f}") for number in numbers])


def _numbers(numbers: Sequence[float]) -> str:
    return " ".join(f"{number:.2f}" for number in numbers)
