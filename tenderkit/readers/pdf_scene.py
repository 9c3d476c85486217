"""What is drawn on a PDF page, in the order in which it is painted, and which runs of text that makes suspect."""

from __future__ import annotations

import ctypes
import struct
from dataclasses import dataclass, field
from math import floor
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from tenderkit.readers.pdf_lines import address_of, bind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

INVISIBLE = "invisible text mode"
STENCIL = "text that cuts out nothing"  # the mode in which letters are a stencil for what is painted next
UNSEEN = "text in the colour behind it"
CLIPPED = "cut away by the area it is drawn in"
COVERED = "covered by what is drawn over it"
SEE_THROUGH = "see-through text"
TINY = "text under 2 pt"
NARROW = "letters too narrow to read"
LAYER = "in a layer that is switched off"
SMALLEST = 2.0  # points; smaller text is tiny
NARROWEST = 0.1  # of its height: letters that are narrower cannot be told apart

Box = tuple[float, float, float, float]  # left, bottom, right, top
Colour = tuple[int, int, int]
Matrix = tuple[float, float, float, float, float, float]
# A run of text that shows no trick by itself: order, object, a point inside it, the space it is drawn in.
# A plain tuple, for some pages have a thousand.
_Text = tuple[int, int, float, float, Matrix]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_LIGHT = 225  # of 255: a colour whose darkest part is lighter is suspect on white paper
_ALIKE = 24  # of 255: two colours that differ less in each part are suspect
_SMALL = 3.0  # points: what is painted narrower is a rule or an underline
_UNPAINTED = (3, 7)  # text render modes that put no ink on the page
_OUTLINED = (1, 5)  # those that draw outlines only, whose colour is not asked for
_FAINT = 40  # of 255: what is less solid is not seen
_PAPER: Colour = (255, 255, 255)
_SOLID = 250  # of 255: what is less solid lets through what is behind
_BAND = 24.0  # points: painted areas are looked up by the band of the page that they lie in
_FAR = 2_000  # bands
_NEVER = 1 << 60
_ANSWERS = struct.Struct("4I7f")  # a colour with its alpha, a matrix and a size, as PDFium writes them
_NESTED = 8
_EVERYWHERE: Box = (-1e9, -1e9, 1e9, 1e9)
_NARROW_CLIP = 150.0  # points: text may begin inside such a clip path and yet be cut away
_BOX = (ctypes.c_float * 4)()  # where PDFium writes a box, once for all: half the cost of four new numbers
_BOX_AT = tuple(ctypes.addressof(_BOX) + 4 * corner for corner in range(4))

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
_clip_of = bind("FPDFPageObj_GetClipPath", _P, _P)
_paths_of = bind("FPDFClipPath_CountPaths", _I, _P)
_segment_of = bind("FPDFClipPath_GetPathSegment", _P, _P, _I, _I)


@dataclass(slots=True)
class _Paint:
    """An area that is painted; colour None is a picture or a shading."""

    order: int
    box: Box
    colour: Colour | None
    alpha: int
    item: int
    outer: Matrix


@dataclass(slots=True)
class Scene:
    """
    The drawing objects of a page.

    Attributes:
        texts: Runs that show no trick by themselves, in the order in which they are painted, by band and colour.
        suspects: Address of a run to what makes it suspect.
        bands: What is painted, by the band of the page that it lies in.
        images: Where pictures are.
        partial: Whether there is more on the page than was looked at.
    """

    texts: dict[tuple[int, Colour], list[_Text]] = field(default_factory=dict)
    suspects: dict[int, str] = field(default_factory=dict)
    bands: dict[int, list[_Paint]] = field(default_factory=dict)
    images: list[Box] = field(default_factory=list)
    partial: bool = False


class _Eye:
    """Looks at every drawing object of a page once, with as few calls as will do."""

    def __init__(self, *, layers: bool, most: int) -> None:
        self.scene = Scene()
        self._layers, self._left = layers, most
        self._clips: dict[tuple[int, int, Matrix], Box] = {}
        self._buffer = ctypes.create_string_buffer(_ANSWERS.size)
        start = ctypes.addressof(self._buffer)
        self._at = (start, start + 4, start + 8, start + 12)
        self._matrix_at, self._size_at = start + 16, start + 40

    def look(
        self, at: int, count: int, get: Callable[[int, int], int], outer: Matrix = _IDENTITY, depth: int = 0
    ) -> None:
        """
        Look at every object of a page, and at those inside them.

        One flat loop: some pages have a text object for every letter.

        Args:
            at: The page, or the object that holds others.
            count: How many it holds.
            get: Returns one of them.
            outer: The space that they are drawn in.
            depth: How many objects they lie in.
        """
        suspects, texts = self.scene.suspects, self.scene.texts
        buffer, answers, size_at, matrix_at = self._buffer, _ANSWERS.unpack_from, self._size_at, self._matrix_at
        red_at, green_at, blue_at, alpha_at = self._at
        last, low, high = None, 0.0, 0.0  # colour of the last run, and the band that it lies in
        alike: list[_Text] = []  # the runs of that colour in that band
        text_sort = pdfium.FPDF_PAGEOBJ_TEXT
        for index in range(count):
            if self._left <= 0:
                self.scene.partial = True
                return
            self._left -= 1
            item = get(at, index)
            sort = _type_of(item)
            if sort != text_sort:
                self._other(item, sort, outer, depth)
                continue
            coloured = _fill_of(item, red_at, green_at, blue_at, alpha_at)
            _size_of(item, size_at)
            _matrix_of(item, matrix_at)
            red, green, blue, alpha, a, b, c, d, x, y, size = answers(buffer)
            height = size * (abs(d) if c == 0 else (c * c + d * d) ** 0.5)
            if outer is not _IDENTITY:
                p, q, r, s, t, u = outer
                x, y = p * x + r * y + t, q * x + s * y + u
                height *= (r * r + s * s) ** 0.5
            if (mode := _mode_of(item)) in _UNPAINTED:
                suspects[item] = INVISIBLE if mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE else STENCIL
            elif height < SMALLEST:
                suspects[item] = TINY
            elif b == 0 and -NARROWEST * d < a < NARROWEST * d:
                suspects[item] = NARROW
            elif mode in _OUTLINED:
                suspects[item] = UNSEEN
            elif not coloured or alpha < _FAINT:
                suspects[item] = SEE_THROUGH if coloured else UNSEEN
            elif self._layers and (depth or _marks_of(item) > 0):
                suspects[item] = LAYER
            elif (paths := _paths_of(clip := _clip_of(item))) > 0 and self._clipped(
                item, (paths, _segment_of(clip, paths - 1, 0), outer), x, y
            ):
                suspects[item] = CLIPPED
            else:
                y += 0.2 * height
                colour = red, green, blue
                if colour != last or not low <= y < high:
                    band = int(y // _BAND)
                    last, low, high = colour, band * _BAND, (band + 1) * _BAND
                    alike = texts.setdefault((band, colour), [])
                alike.append((self._left, item, x + 0.5, y, outer))

    def _clipped(self, item: int, clip: tuple[int, int, Matrix], x: float, y: float) -> bool:
        """
        Tell whether a run may be cut away by its clip path: it begins outside it, or leaves a narrow one.

        What shares a clip path shares its segments: the address of one tells which it is, and no point is asked for.
        """
        box = self._clips.get(clip)
        if box is None:
            box = self._clips[clip] = _unclipped(item, _EVERYWHERE, clip[2])
        left, bottom, right, top = box
        if left - 1 <= x <= right + 1 and bottom - 1 <= y <= top + 1 and right - left > _NARROW_CLIP:
            return False
        own = bounds(item, clip[2])
        return area(overlap(box, own)) < 0.5 * area(own)

    def _other(self, item: int, sort: int, outer: Matrix, depth: int) -> None:
        """Look at an object that is no text."""
        if sort == pdfium.FPDF_PAGEOBJ_FORM:
            if depth < _NESTED and _matrix_of(item, self._matrix_at):
                a, b, c, d, e, f = _ANSWERS.unpack_from(self._buffer)[4:10]
                inner = _times((a, b, c, d, e, f), outer)
                self.look(item, _form_count(item), _form_object, inner, depth + 1)
        elif sort == pdfium.FPDF_PAGEOBJ_PATH:
            if _draw_mode_of(item, self._at[0], self._at[1]) and any(self._buffer[:4]):
                self._paint(item, outer, filled=True)
        else:
            self._paint(item, outer, filled=False)
            if sort == pdfium.FPDF_PAGEOBJ_IMAGE:
                self.scene.images.append(bounds(item, outer))

    def _paint(self, item: int, outer: Matrix, *, filled: bool) -> None:
        box = bounds(item, outer)
        if box[2] - box[0] < _SMALL or box[3] - box[1] < _SMALL:
            return
        colour: Colour | None = None
        alpha = 255
        if filled and _fill_of(item, *self._at):
            red, green, blue, alpha = _ANSWERS.unpack_from(self._buffer)[:4]
            if alpha < _FAINT:
                return
            colour = (red, green, blue)
        paint = _Paint(self._left, box, colour, alpha, item, outer)
        bands = self.scene.bands
        for band in range(floor(max(-_FAR, box[1] / _BAND)), floor(min(_FAR, box[3] / _BAND)) + 1):
            if band in bands:
                bands[band].append(paint)
            else:
                bands[band] = [paint]


def look_at(page: Any, *, layers: bool, most: int) -> Scene:
    """Return what is drawn on a page; every run that its place makes suspect is among the suspects."""
    eye = _Eye(layers=layers, most=most)
    at = address_of(page)
    eye.look(at, _page_count(at), _page_object)
    scene = eye.scene
    for (band, colour), texts in scene.texts.items():
        paints = scene.bands.get(band, ())
        until = _safe_until(colour, paints)
        if texts[0][0] < until:  # the count runs down: the first was painted after all that could hide it
            continue
        for text in texts:
            if text[0] >= until and (how := _suspicion(text, colour, paints)):
                scene.suspects[text[1]] = how
    return scene


def _safe_until(colour: Colour, paints: Sequence[_Paint]) -> int:
    """
    Return the order below which text of this colour is safe in a band, wherever in the band it stands.

    It is when it came after all that is painted there, and stands out from white and from every one of them.
    """
    if min(colour) > _LIGHT:
        return 0
    for paint in paints:
        if paint.colour is None or paint.alpha <= _SOLID or _alike(paint.colour, colour):
            return 0
    return min((paint.order for paint in paints), default=_NEVER)


def _suspicion(text: _Text, colour: Colour, paints: Sequence[_Paint]) -> str:
    """
    Say whether a run lies under something, or over something that it may not stand out from; nothing where it does not.

    Light text is let pass over a darker, solid, unclipped area that holds all of it: an honest banner.
    """
    order, item, x, y, outer = text
    ground: _Paint | None = None
    behind: Colour | None = _PAPER
    for paint in paints:
        left, bottom, right, top = paint.box
        if left <= x <= right and bottom <= y <= top:
            if paint.order < order:  # the count runs down: painted later
                return COVERED
            ground, behind = paint, _mixed(paint, behind)
    if behind is None or _alike(behind, colour):
        return UNSEEN
    if ground is None or min(colour) <= _LIGHT:
        return ""
    own = bounds(item, outer)
    return UNSEEN if area(overlap(_unclipped(ground.item, ground.box, ground.outer), own)) < 0.9 * area(own) else ""


def _mixed(paint: _Paint, behind: Colour | None) -> Colour | None:
    """Return the colour that a painted area shows, given the one behind it; None where it cannot be known."""
    if paint.colour is None or paint.alpha > _SOLID or behind is None:
        return paint.colour if paint.alpha > _SOLID else None
    share = paint.alpha / 255
    red, green, blue = (
        round(share * own + (1 - share) * other) for own, other in zip(paint.colour, behind, strict=True)
    )
    return red, green, blue


def _unclipped(item: int, box: Box, outer: Matrix) -> Box:
    """Return the part of an object's box that its clip path lets through."""
    clip = pdfium.FPDFPageObj_GetClipPath(ctypes.cast(item, pdfium.FPDF_PAGEOBJECT))
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(max(0, pdfium.FPDFClipPath_CountPaths(clip)) if clip else 0):
        points = []
        for index in range(min(64, max(0, pdfium.FPDFClipPath_CountPathSegments(clip, path)))):
            pdfium.FPDFPathSegment_GetPoint(pdfium.FPDFClipPath_GetPathSegment(clip, path, index), x, y)
            points.append((x.value, y.value))
        if points:
            xs, ys = [point[0] for point in points], [point[1] for point in points]
            box = overlap(box, _moved((min(xs), min(ys), max(xs), max(ys)), outer))
    return box


def bounds(item: int, outer: Matrix) -> Box:
    """Return the box of a drawing object in the page's own space."""
    _bounds_of(item, *_BOX_AT)
    left, bottom, right, top = _BOX
    return (left, bottom, right, top) if outer is _IDENTITY else _moved((left, bottom, right, top), outer)


def _moved(box: Box, outer: Matrix) -> Box:
    """Return a box of an inner space as one of the page's own space."""
    if outer is _IDENTITY:
        return box
    a, b, c, d, e, f = outer
    points = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    return min(xs), min(ys), max(xs), max(ys)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def overlap(first: Box, second: Box) -> Box:
    """Return what two boxes share; an empty one has a negative width or height."""
    return max(first[0], second[0]), max(first[1], second[1]), min(first[2], second[2]), min(first[3], second[3])


def area(box: Box) -> float:
    """Return a box's area in square points, 0 for an empty one."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _alike(first: Colour, second: Colour) -> bool:
    return (
        abs(first[0] - second[0]) <= _ALIKE
        and abs(first[1] - second[1]) <= _ALIKE
        and abs(first[2] - second[2]) <= _ALIKE
    )
