"""
Which text of a PDF page nobody can see.

A run of text is suspect when it is set invisibly, in a light or see-through colour, in the colour of something
painted, in a layer, or when something is painted over it. Suspects are then tried: the page is drawn with and
without them, and a run that makes no difference cannot be seen, whatever the trick.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from tenderkit.readers.pdf_lines import TextLayer, bind
from tenderkit.readers.pdf_scene import (
    INVISIBLE,
    NARROW,
    NARROWEST,
    SMALLEST,
    STENCIL,
    TINY,
    UNSEEN,
    Box,
    Scene,
    area,
    look_at,
    overlap,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

OUTSIDE = "outside the page"

_SEEN = 12  # of 255: a smaller difference on the page is none for the eye
_SCAN = 0.5  # of the page: a picture this large may be a scan
_MOST = 0.8  # of the characters: if this many are invisible over a scan, they are its text layer
_PIXELS = 1_500
_FEW = 40
_set_active = bind("FPDFPageObj_SetIsActive", ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


@dataclass(slots=True)
class Findings:
    """
    What a look at one page found.

    Attributes:
        hidden: How and what, in the order of the text.
        scan: Whether its text is the invisible layer of a scanned page, which is read.
        picture: Whether a picture takes up half of the page or more.
        partial: Whether there are more drawing objects than were looked at.
    """

    hidden: list[tuple[str, str]] = field(default_factory=list)
    scan: bool = False
    picture: bool = False
    partial: bool = False


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
    scene = look_at(page, layers=layers, most=most)
    largest = max((area(overlap(image, box)) for image in scene.images), default=0.0)
    findings = Findings(picture=largest >= _SCAN * area(box), partial=scene.partial and layer.count > 0)
    if not layer.count or not _may_deceive(layer, scene):
        return findings
    members: dict[int, list[int]] = {}
    for position in range(len(layer.text)):
        owner = layer.owner(layer.index(position))
        if owner in scene.suspects:
            members.setdefault(owner, []).append(position)
    for owner, positions in list(members.items()):
        if not any(layer.text[position].isalpha() for position in positions):
            del members[owner]  # lone spaces, bullets, dashes and page numbers deceive nobody
    hidden = _try(page, layer, scene, members)
    gone = sum(len(members[owner]) for owner in hidden)
    written = sum(not character.isspace() for character in layer.text)
    if findings.picture and gone >= _MOST * written and not {TINY, NARROW} & set(hidden.values()):
        findings.scan = True
        return findings
    _take_out(layer, members, hidden, findings)
    return findings


def _may_deceive(layer: TextLayer, scene: Scene) -> bool:
    """Tell whether a suspect holds a letter; every character is asked only where suspects are many."""
    if len(scene.suspects) > _FEW:
        return True
    return any(layer.has_letter(owner) for owner in scene.suspects)


def _try(page: Any, layer: TextLayer, scene: Scene, members: dict[int, list[int]]) -> dict[int, str]:
    """Return the suspects that make no difference to the page as it is drawn, and those that are tiny."""
    hidden: dict[int, str] = {}
    drawn: dict[int, list[Box]] = {}
    for owner, positions in members.items():
        how = scene.suspects[owner]
        boxes = [layer.box(layer.index(p)) for p in positions if not layer.text[p].isspace()]
        tall = max((each[3] - each[1] for each in boxes), default=SMALLEST)
        wide = max((each[2] - each[0] for each in boxes), default=0.0)
        if how == INVISIBLE or (how == TINY and tall < SMALLEST) or (how == NARROW and wide < NARROWEST * tall):
            hidden[owner] = how
        else:
            drawn[owner] = boxes
    if drawn:
        camera = Camera(page)
        before = camera.shoot()
        for owner in [owner for owner in drawn if scene.suspects[owner] == STENCIL]:
            if not any(camera.shows(before, each) for each in drawn.pop(owner)):
                hidden[owner] = STENCIL
        for owner in drawn:
            _set_active(owner, 0)
        after = camera.shoot()
        for owner, boxes in drawn.items():
            _set_active(owner, 1)
            if not any(camera.differs(before, after, each) for each in boxes):
                hidden[owner] = UNSEEN if scene.suspects[owner] in (TINY, NARROW) else scene.suspects[owner]
    return hidden


class Camera:
    """Draws a page at about one pixel a point."""

    def __init__(self, page: Any) -> None:
        self._page = page
        width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
        scale = min(1.0, _PIXELS / max(width, height, 1.0))
        self.width, self.height = max(1, round(width * scale)), max(1, round(height * scale))
        self.stride = 4 * self.width

    def shoot(self, *, annotations: bool = False) -> bytes:
        """Return the page as drawn, four bytes a pixel, with what was put on top of it if that is asked for."""
        flags = pdfium.FPDF_ANNOT if annotations else 0
        bitmap = pdfium.FPDFBitmap_Create(self.width, self.height, 0)
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, self.width, self.height, 0xFFFFFFFF)
            pdfium.FPDF_RenderPageBitmap(bitmap, self._page, 0, 0, self.width, self.height, 0, flags)
            self.stride = pdfium.FPDFBitmap_GetStride(bitmap)
            return ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), self.stride * self.height)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)

    def differs(self, before: bytes, after: bytes, box: Box) -> bool:
        """Tell whether two drawings differ, for the eye, inside a box of the page's own space."""
        for start, end in self._rows(box):
            first, second = before[start:end], after[start:end]
            if first != second and any(abs(a - b) > _SEEN for a, b in zip(first, second, strict=True)):
                return True
        return False

    def shows(self, drawing: bytes, box: Box) -> bool:
        """Tell whether there is anything but one colour inside a box."""
        pixels = b"".join(drawing[start:end] for start, end in self._rows(box))
        return any(max(pixels[part::4], default=0) - min(pixels[part::4], default=0) > _SEEN for part in range(3))

    def _rows(self, box: Box) -> Iterator[tuple[int, int]]:
        """Yield where each row of pixels inside a box begins and ends in a drawing."""
        x, y = ctypes.c_int(), ctypes.c_int()
        corners = []
        for across, up in ((box[0], box[1]), (box[2], box[3])):
            pdfium.FPDF_PageToDevice(self._page, 0, 0, self.width, self.height, 0, across, up, x, y)
            corners.append((x.value, y.value))
        left, right = sorted(corner[0] for corner in corners)
        top, bottom = sorted(corner[1] for corner in corners)
        left, right = max(0, left - 1), min(self.width, right + 2)
        for row in range(max(0, top - 1), min(self.height, bottom + 2)):
            yield row * self.stride + 4 * left, row * self.stride + 4 * right


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
    """Keep a hidden passage."""
    tidy = " ".join(quote.split())
    if tidy:
        findings.hidden.append((how, tidy))
