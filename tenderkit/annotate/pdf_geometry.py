"""Where on the pages of a PDF a passage stands: boxes in reading direction, from PDFium's characters."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from tenderkit.annotate.placing import Places, Spot
from tenderkit.readers.pdf import frame
from tenderkit.readers.pdf_lines import Line, TextLayer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tenderkit.document import Document, Pieces, Trace
    from tenderkit.readers.limits import Limits

_BELOW, _ABOVE = 0.24, 0.8  # of the size: from the baseline to the edges of a highlight
_MERGED = 0.3  # of the size: two boxes of one line that are so near are one

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page as it is read, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """
    One page as it is read.

    Attributes:
        number: Counted from 1.
        box: What is seen of it, in its own space: left, bottom, right, top.
        turn: By how many quarters it is turned to be read.
        width: As it is read, in points.
        height: As it is read.
    """

    number: int
    box: tuple[float, float, float, float]
    turn: int
    width: float
    height: float

    def own(self, x: float, y: float) -> Point:
        """Return a point of the page as it is read as one of the page's own space."""
        x0, y0, x1, y1 = self.box
        return ((x0 + x, y0 + y), (x1 - y, y0 + x), (x1 - x, y1 - y), (x0 + y, y1 - x))[self.turn]

    def corners(self, box: Box) -> tuple[Point, Point, Point, Point]:
        """Return the corners of a box in the page's own space: upper left, upper right, lower left, lower right."""
        return (
            self.own(box.left, box.top),
            self.own(box.right, box.top),
            self.own(box.left, box.bottom),
            self.own(box.right, box.bottom),
        )

    def rectangle(self, box: Box) -> tuple[float, float, float, float]:
        """Return a box in the page's own space: left, bottom, right, top."""
        (x0, y0), (x1, y1) = self.own(box.left, box.bottom), self.own(box.right, box.top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


class _OpenPage:
    """A page that is open in PDFium, with its text."""

    def __init__(self, document: Any, number: int, limits: Limits) -> None:
        self.handle = pdfium.FPDF_LoadPage(document, number - 1)
        self.layer = TextLayer(self.handle, characters=limits.characters)
        turn = self.layer.turn()
        box, width, height, self.show = frame(self.handle, turn)
        turn = pdfium.FPDFPage_GetRotation(self.handle) % 4 if turn is None else turn
        self.sheet = Sheet(number, box, turn, width, height)

    def close(self) -> None:
        self.layer.close()
        pdfium.FPDF_ClosePage(self.handle)

    def characters(self, first: int, last: int) -> str:
        """Return one character for each index, a space for what is none."""
        codes = (pdfium.FPDFText_GetUnicode(self.layer.handle, index) for index in range(first, last + 1))
        return "".join(chr(code) if 32 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " " for code in codes)

    def boxes(self, first: int, last: int) -> list[Box]:
        """Return the boxes of the characters from *first* to *last*, which stand on one line: one, or one a gap."""
        size = max(1.0, self.layer.size(first))
        found: list[Box] = []
        for index in range(first, last + 1):
            left, bottom, right, top = self.layer.box(index)
            if right - left <= 0 and top - bottom <= 0:
                continue
            x, y = self.show(*self.layer.origin(index))
            points = [self.show(left, bottom), self.show(right, top)]
            (near, far), (low, high) = sorted(point[0] for point in points), sorted(point[1] for point in points)
            if high - low < 2 * size and low < y + size and high > y - size:  # upright, as nearly all text
                low, high = max(y - _BELOW * size, min(low, y)), max(y + _ABOVE * size, min(high, y + size))
            box = Box(min(near, x) if x > near - size else near, low, far, high)
            if found and abs(found[-1].bottom - box.bottom) < _MERGED * size and box.left - found[-1].right < 2 * size:
                last_box = found[-1]
                found[-1] = Box(
                    min(last_box.left, box.left), min(last_box.bottom, box.bottom),
                    max(last_box.right, box.right), max(last_box.top, box.top),
                )  # fmt: skip
            else:
                found.append(box)
        return [clipped for box in found if (clipped := _inside(box, self.sheet))]


class Geometry:
    """The places of a document's passages on its pages; one page is open at a time."""

    def __init__(self, handle: Any, document: Document, trace: Trace, limits: Limits) -> None:
        self._handle, self._limits = handle, limits
        self._page: _OpenPage | None = None
        self._sheets: dict[int, Sheet] = {}
        self._places = Places(document, trace.blocks, self._refined)

    def close(self) -> None:
        """Close the page that is open."""
        if self._page:
            self._page.close()
            self._page = None

    def sheet(self, number: int) -> Sheet:
        """Return a page's measures."""
        if number not in self._sheets:
            self._sheets[number] = self._open(number).sheet
        return self._sheets[number]

    def find(self, start: int, end: int) -> dict[int, list[Box]]:
        """Return the boxes of a passage by the number of their page, in reading order."""
        found: dict[int, list[Box]] = {}
        for spot in self._places.find(start, end):
            number, line = spot.place
            found.setdefault(number, []).extend(self._boxes(number, line, spot))
        return {number: boxes for number, boxes in found.items() if boxes}

    def find_words(self, number: int, words: str) -> list[Box]:
        """Return the boxes of the words that a page says, seen or not; nothing where it does not say them."""
        page = self._open(number)
        said = page.characters(0, page.layer.count - 1)
        given = [at for at, character in enumerate(said) if not character.isspace()]
        wanted = "".join(words.split())
        at = "".join([said[index] for index in given]).find(wanted) if wanted else -1
        if at < 0:
            return []
        return page.boxes(given[at], given[at + len(wanted) - 1])

    def _open(self, number: int) -> _OpenPage:
        if self._page is None or self._page.sheet.number != number:
            self.close()
            self._page = _OpenPage(self._handle, number, self._limits)
        return self._page

    def _refined(self, pieces: Pieces) -> Pieces:
        """Return lines with exactly the characters that PDFium counts in them."""
        refined = []
        for (number, line), said in pieces:
            drawn = ""
            if 0 < line.last - line.first + 1 <= 2 * len(said) + 200:
                drawn = self._open(number).characters(line.first, line.last)
            holds = drawn and "".join(said.split())[-4:] in "".join(drawn.split())
            refined.append(((number, line), drawn if holds else said))
        return refined

    def _boxes(self, number: int, line: Line, spot: Spot) -> Iterable[Box]:
        page = self._open(number)
        count = line.last - line.first + 1
        if spot.exact and len(spot.text) == count and count > 0:
            return page.boxes(line.first + spot.begin, line.first + spot.end - 1)
        width, length = line.right - line.left, max(1, len(spot.text))  # typed in or recognised: no letter has a place
        left, right = line.left + width * spot.begin / length, line.left + width * spot.end / length
        clipped = _inside(Box(left, line.y - _BELOW * line.size, right, line.y + _ABOVE * line.size), page.sheet)
        return [clipped] if clipped else []


def _inside(box: Box, sheet: Sheet) -> Box | None:
    """Return the part of a box that lies on the page, or None."""
    left, bottom = max(0.0, box.left), max(0.0, box.bottom)
    right, top = min(sheet.width, box.right), min(sheet.height, box.top)
    return Box(left, bottom, right, top) if right - left > 0.5 and top - bottom > 0.5 else None


def raw_text(handle: Any) -> list[str]:
    """Return what PDFium reads on each page of an open document."""
    texts = []
    for index in range(pdfium.FPDF_GetPageCount(handle)):
        page = pdfium.FPDF_LoadPage(handle, index)
        if not page:
            texts.append("")
            continue
        layer = TextLayer(page, characters=1 << 30)
        texts.append(layer.text)
        layer.close()
        pdfium.FPDF_ClosePage(page)
    return texts


def plain_copy(handle: Any) -> bytes:
    """Return an open document as PDFium writes it: whole again where it was damaged, and without its lock."""
    chunks: list[bytes] = []

    def write(_: Any, data: Any, size: int) -> int:
        chunks.append(ctypes.string_at(data, size))
        return 1

    target = pdfium.FPDF_FILEWRITE(version=1)
    target.WriteBlock = type(target.WriteBlock)(write)
    pdfium.FPDF_SaveAsCopy(handle, target, pdfium.FPDF_REMOVE_SECURITY)
    return b"".join(chunks)
