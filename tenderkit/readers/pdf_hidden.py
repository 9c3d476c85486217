"""
Which text of a PDF page nobody can see.

A run of text is suspect when it is set invisibly, in a light or see-through colour, in the colour of something
painted, in a layer, or when something is painted over it. Suspects are then tried: the page is drawn with and
without them, and a run that makes no difference cannot be seen, whatever the trick.
"""

from __future__ import annotations

import ctypes
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

from tenderkit.readers.pdf_lines import TextLayer, address_of, bind

INVISIBLE = "invisible text mode"
UNSEEN = "text in the colour behind it, or covered"
TINY = "text under 2 pt"
OUTSIDE = "outside the page"
LAYER = "in a layer that is switched off"

Box = tuple[float, float, float, float]  # left, bottom, right, top
_IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_LIGHT = 190  # of 255: a colour whose darkest part is lighter is suspect
_ALIKE = 24  # of 255: two colours that differ less in each part are suspect
_SEEN = 12  # of 255: a smaller difference on the page is none for the eye
_SMALL = 3.0  # points: what is painted narrower is a rule or an underline
_TINY = 2.0  # points
_SCAN = 0.5  # of the page: a picture this large may be a scan
_MOST = 0.8  # of the characters: if this many are invisible over a scan, they are its text layer
_MANY = 300  # painted areas: from here on every run of the page is tried
_NESTED = 8
_PIXELS = 1_500
_STREAM = re.compile(rb"stream\r?\n")

_P, _I = ctypes.c_void_p, ctypes.c_int
_page_count = bind("FPDFPage_CountObjects", _I, _P)
_page_object = bind("FPDFPage_GetObject", _P, _P, _I)
_form_count = bind("FPDFFormObj_CountObjects", _I, _P)
_form_object = bind("FPDFFormObj_GetObject", _P, _P, ctypes.c_ulong)
_type_of = bind("FPDFPageObj_GetType", _I, _P)
_mode_of = bind("FPDFTextObj_GetTextRenderMode", _I, _P)
_fill_of = bind("FPDFPageObj_GetFillColor", _I, _P, _P, _P, _P, _P)
_matrix_of = bind("FPDFPageObj_GetMatrix", _I, _P, _P)
_size_of = bind("FPDFTextObj_GetFontSize", _I, _P, _P)
_bounds_of = bind("FPDFPageObj_GetBounds", _I, _P, _P, _P, _P, _P)
_draw_mode_of = bind("FPDFPath_GetDrawMode", _I, _P, _P, _P)
_marks_of = bind("FPDFPageObj_CountMarks", _I, _P)
_set_active = bind("FPDFPageObj_SetIsActive", _I, _P, _I)


@dataclass(slots=True)
class Findings:
    """
    What a look at one page found.

    Attributes:
        hidden: How and what, in the order of the text.
        scan: Whether its text is the invisible layer of a scanned page, which is read.
    """

    hidden: list[tuple[str, str]] = field(default_factory=list)
    scan: bool = False


@dataclass(slots=True)
class _Paint:
    """An area that is painted; colour None is a picture or a shading."""

    order: int
    box: Box
    colour: tuple[int, int, int] | None


@dataclass(slots=True)
class _Scene:
    """The drawing objects of a page, in the order in which they are painted."""

    texts: list[tuple[int, int, tuple[int, int, int] | None, tuple[float, ...]]] = field(default_factory=list)
    suspects: dict[int, str] = field(default_factory=dict)
    paints: list[_Paint] = field(default_factory=list)
    images: list[Box] = field(default_factory=list)


def blank_hidden(page: Any, layer: TextLayer, box: Box, *, layers: bool, most: int) -> Findings:
    """
    Take the text that nobody can see out of *layer* and return it.

    Args:
        page: The page, open in PDFium.
        layer: Its text; hidden characters become spaces.
        box: The visible part of the page in its own space.
        layers: Whether the file has layers that can be switched off.
        most: How many drawing objects are looked at.
    """
    scene = _look(page, layers=layers, most=most)
    _suspect_by_place(scene)
    findings = Findings()
    if not scene.suspects or not layer.count:
        return findings
    members: dict[int, list[int]] = {}
    for position in range(len(layer.text)):
        owner = layer.owner(layer.index(position))
        if owner in scene.suspects:
            members.setdefault(owner, []).append(position)
    hidden = _try(page, layer, scene, members)
    gone = sum(len(members[owner]) for owner in hidden)
    picture = max((_area(_overlap(image, box)) for image in scene.images), default=0.0)
    written = sum(not character.isspace() for character in layer.text)
    if picture >= _SCAN * _area(box) and gone >= _MOST * written and TINY not in hidden.values():
        findings.scan = True
        return findings
    _take_out(layer, members, hidden, findings)
    return findings


def has_layers(data: bytes) -> bool:
    """Tell whether a PDF declares layers, in plain sight or in a packed object stream."""
    if b"/OCProperties" in data:
        return True
    for found in re.finditer(rb"/ObjStm\b", data):
        begins = _STREAM.search(data, found.end(), found.end() + 400)
        if begins is None:
            continue
        packed = data[begins.end() : begins.end() + 2_000_000]
        try:
            if b"/OCProperties" in zlib.decompressobj().decompress(packed, 2_000_000):
                return True
        except zlib.error:
            continue
    return False


def _look(page: Any, *, layers: bool, most: int) -> _Scene:
    scene = _Scene()
    parts = [ctypes.c_uint() for _ in range(4)]
    addresses = [ctypes.addressof(part) for part in parts]
    size = ctypes.c_float()
    size_at = ctypes.addressof(size)
    matrix = pdfium.FS_MATRIX()
    matrix_at = ctypes.addressof(matrix)
    seen = 0

    def walk(count: int, get: Callable[[int], int], outer: tuple[float, ...], depth: int) -> None:
        nonlocal seen
        for index in range(count):
            seen += 1
            if seen > most:
                return
            item = get(index)
            sort = _type_of(item)
            if sort == pdfium.FPDF_PAGEOBJ_TEXT:
                colour = None
                if _fill_of(item, *addresses):
                    colour = (parts[0].value, parts[1].value, parts[2].value)
                mode = _mode_of(item)
                _size_of(item, size_at)
                _matrix_of(item, matrix_at)
                height = size.value * (matrix.c * matrix.c + matrix.d * matrix.d) ** 0.5
                if mode in (3, 7):
                    scene.suspects[item] = INVISIBLE
                elif height * abs(outer[3] or outer[1]) < _TINY:
                    scene.suspects[item] = TINY
                elif colour is None or min(colour) > _LIGHT or parts[3].value < 40:
                    scene.suspects[item] = UNSEEN
                elif layers and (depth or _marks_of(item) > 0):
                    scene.suspects[item] = LAYER
                else:
                    scene.texts.append((seen, item, colour, outer))
            elif sort == pdfium.FPDF_PAGEOBJ_FORM:
                if depth < _NESTED and _matrix_of(item, matrix_at):
                    own = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
                    walk(_form_count(item), lambda i, form=item: _form_object(form, i), _times(own, outer), depth + 1)
            elif sort == pdfium.FPDF_PAGEOBJ_PATH:
                colour = _fill_of_path(item, parts, addresses)
                if colour is not None:
                    paint(item, outer, colour)
            else:
                paint(item, outer, None)
                if sort == pdfium.FPDF_PAGEOBJ_IMAGE:
                    scene.images.append(_bounds(item, outer))

    def paint(item: int, outer: tuple[float, ...], colour: tuple[int, int, int] | None) -> None:
        box = _bounds(item, outer)
        if box[2] - box[0] >= _SMALL and box[3] - box[1] >= _SMALL:
            scene.paints.append(_Paint(seen, box, colour))

    at = address_of(page)
    walk(_page_count(at), lambda index: _page_object(at, index), _IDENTITY, 0)
    return scene


def _fill_of_path(item: int, parts: list[Any], addresses: list[int]) -> tuple[int, int, int] | None:
    """Return the colour with which a path is filled, or None where it is only stroked or see-through."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not _draw_mode_of(item, ctypes.addressof(fill), ctypes.addressof(stroke)) or not fill.value:
        return None
    if not _fill_of(item, *addresses) or parts[3].value < 40:
        return None
    return parts[0].value, parts[1].value, parts[2].value


def _suspect_by_place(scene: _Scene) -> None:
    """Suspect text that lies under something painted later, or over something of its own colour."""
    if not scene.paints:
        return
    if len(scene.paints) > _MANY:
        scene.suspects.update({item: UNSEEN for _, item, _, _ in scene.texts})
        return
    for order, item, colour, outer in scene.texts:
        box: Box | None = None
        for paint in scene.paints:
            same = paint.colour is not None and colour is not None and _alike(paint.colour, colour)
            if paint.order > order or same:
                box = box or _bounds(item, outer)
                if _area(_overlap(paint.box, box)) > 0.5 * _area(box):
                    scene.suspects[item] = UNSEEN
                    break


def _try(page: Any, layer: TextLayer, scene: _Scene, members: dict[int, list[int]]) -> dict[int, str]:
    """Return the suspects that make no difference to the page as it is drawn, and those that are tiny."""
    hidden: dict[int, str] = {}
    drawn: dict[int, list[Box]] = {}
    for owner, positions in members.items():
        how = scene.suspects[owner]
        boxes = [layer.box(layer.index(p)) for p in positions if not layer.text[p].isspace()]
        tall = max((each[3] - each[1] for each in boxes), default=_TINY)
        if how == INVISIBLE or how == TINY and tall < _TINY:
            hidden[owner] = how
        else:
            drawn[owner] = boxes
    if drawn:
        camera = _Camera(page)
        before = camera.shoot()
        for owner in drawn:
            _set_active(owner, 0)
        after = camera.shoot()
        for owner, boxes in drawn.items():
            _set_active(owner, 1)
            if not any(camera.differs(before, after, each) for each in boxes):
                hidden[owner] = scene.suspects[owner] if scene.suspects[owner] != TINY else UNSEEN
    return hidden


class _Camera:
    """Draws a page at about one pixel a point."""

    def __init__(self, page: Any) -> None:
        self._page = page
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        scale = min(1.0, _PIXELS / max(width, height, 1.0))
        self.width, self.height = max(1, round(width * scale)), max(1, round(height * scale))
        self.stride = 4 * self.width

    def shoot(self) -> bytes:
        """Return the page as drawn, four bytes a pixel."""
        bitmap = pdfium.FPDFBitmap_Create(self.width, self.height, 0)
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, self.width, self.height, 0xFFFFFFFF)
            pdfium.FPDF_RenderPageBitmap(bitmap, self._page, 0, 0, self.width, self.height, 0, 0)
            self.stride = pdfium.FPDFBitmap_GetStride(bitmap)
            return ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), self.stride * self.height)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)

    def differs(self, before: bytes, after: bytes, box: Box) -> bool:
        """Tell whether two drawings differ, for the eye, inside a box of the page's own space."""
        x, y = ctypes.c_int(), ctypes.c_int()
        corners = []
        for across, up in ((box[0], box[1]), (box[2], box[3])):
            pdfium.FPDF_PageToDevice(self._page, 0, 0, self.width, self.height, 0, across, up, x, y)
            corners.append((x.value, y.value))
        left, right = sorted(corner[0] for corner in corners)
        top, bottom = sorted(corner[1] for corner in corners)
        left, right = max(0, left - 1), min(self.width, right + 2)
        for row in range(max(0, top - 1), min(self.height, bottom + 2)):
            start, end = row * self.stride + 4 * left, row * self.stride + 4 * right
            first, second = before[start:end], after[start:end]
            if first != second and any(abs(a - b) > _SEEN for a, b in zip(first, second, strict=True)):
                return True
        return False


def _take_out(layer: TextLayer, members: dict[int, list[int]], hidden: dict[int, str], findings: Findings) -> None:
    """Make the characters of hidden runs spaces, and gather what they said."""
    how_at = {position: how for owner, how in hidden.items() for position in members[owner]}
    if not how_at:
        return
    characters = list(layer.text)
    quote, last, last_how = "", -9, ""
    for position in sorted(how_at):
        between = layer.text[last + 1 : position]
        if how_at[position] != last_how or between.strip(" \r\n\ufffe\x02\xa0"):
            _note(findings, last_how, quote)
            quote = ""
        quote += (" " if quote and between else "") + characters[position]
        characters[position] = " "
        last, last_how = position, how_at[position]
    _note(findings, last_how, quote)
    layer.text = "".join(characters)


def _note(findings: Findings, how: str, quote: str) -> None:
    """Keep a hidden passage, unless it has no letters: lone bullets, dashes and page numbers deceive nobody."""
    tidy = " ".join(quote.split())
    if any(character.isalpha() for character in tidy):
        findings.hidden.append((how, tidy))


def _bounds(item: int, outer: tuple[float, ...]) -> Box:
    corners = [ctypes.c_float() for _ in range(4)]
    _bounds_of(item, *(ctypes.addressof(corner) for corner in corners))
    left, bottom, right, top = (corner.value for corner in corners)
    if outer == _IDENTITY:
        return left, bottom, right, top
    a, b, c, d, e, f = outer
    points = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return min(xs), min(ys), max(xs), max(ys)


def _times(inner: tuple[float, ...], outer: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _overlap(first: Box, second: Box) -> Box:
    return max(first[0], second[0]), max(first[1], second[1]), min(first[2], second[2]), min(first[3], second[3])


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _alike(first: tuple[int, int, int], second: tuple[int, int, int]) -> bool:
    return all(abs(one - other) <= _ALIKE for one, other in zip(first, second, strict=True))
