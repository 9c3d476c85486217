"""Lines of text with their place, size and weight, one PDF page at a time, with few calls into PDFium."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any
from unicodedata import category

import pypdfium2.raw as pdfium

_LINE = re.compile(r"[^\r\n\ufffe\x02]+")
_HYPHENS = "\ufffe\x02"  # how PDFium gives a hyphen that ends a line and parts a word
_BOLD = re.compile(rb"bold|black|heavy|semibold|demi|[-,]bd", re.IGNORECASE)
_SPACE = re.compile(r"(?<=[^ \xa0])[ \xa0]+(?=[^ \xa0])")
_GAP = 1.2  # a space wider than this many times the size parts two cells
_FIRST, _SAMPLE = 6, 24  # characters of a page that are asked how they are turned; more where the first disagree
_READ = 80  # characters of a page that are asked whether they mean anything
_FEW = 20
_NOTHING = frozenset({"Cc", "Cn", "Co", "Cs"})  # control, unassigned, private and half characters
_SHORT = 6  # spaces
_LONGEST = 4  # lines of a page that are looked at for gaps, however usual their width
_LEADERS = ". . ."  # the dots of a table of contents may stand far apart
_NARROW = 0.42  # of the size: width of a character in a narrow text face
_started = False


@dataclass(slots=True)
class Line:
    """
    One line of text, or one cell's part of it.

    Attributes:
        text: Without line breaks.
        left: Of its first character, in points from the left of the page as it is shown.
        right: Of its last character.
        y: Of its baseline, in points above the bottom of the page as it is shown.
        size: Of its type, in points.
        bold: Whether it begins and ends bold.
        hyphened: Whether it ends in a hyphen that parts a word.
        first: Index of its first character in the page's text.
        last: Index of its last character.
    """

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool
    hyphened: bool = False
    first: int = 0
    last: int = 0


@dataclass(slots=True)
class PageText:
    """
    One page.

    Attributes:
        number: Counted from 1.
        width: As it is shown, in points.
        height: As it is shown.
        lines: In the order in which the file draws them.
        picture: Whether it is a picture for the most part, of which no text is known.
    """

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    picture: bool = False


def start() -> None:
    """Start PDFium, once in a process."""
    global _started  # noqa: PLW0603 -- PDFium is started once in a process
    if not _started:
        pdfium.FPDF_InitLibrary()
        _started = True


def open_document(data: bytes, password: str | None = None) -> Any:
    """
    Return a PDF, open in PDFium; false where it does not open, and PDFium knows why.

    Newer files take a password as UTF-8, older ones in an alphabet much like Latin-1.
    """
    start()
    document: Any = None
    for encoding in ("utf-8", "latin-1"):
        key = password.encode(encoding, "replace") if password else None
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), key)
        if document or not password or password.isascii():
            break
    return document


def bind(name: str, result: Any, *arguments: Any) -> Any:
    """Return a PDFium function that takes addresses: half the cost of one that takes typed pointers."""
    address = ctypes.cast(getattr(pdfium, name), ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


_P, _I, _D, _F = ctypes.c_void_p, ctypes.c_int, ctypes.c_double, ctypes.c_float
_text_of = bind("FPDFText_GetText", _I, _P, _I, _I, _P)
_origin_of = bind("FPDFText_GetCharOrigin", _I, _P, _I, _P, _P)
_box_of = bind("FPDFText_GetCharBox", _I, _P, _I, _P, _P, _P, _P)
_size_of = bind("FPDFText_GetFontSize", _D, _P, _I)
_matrix_of = bind("FPDFText_GetMatrix", _I, _P, _I, _P)
_object_of = bind("FPDFText_GetTextObject", _P, _P, _I)
_text_in = bind("FPDFTextObj_GetText", ctypes.c_ulong, _P, _P, _P, ctypes.c_ulong)
_font_of = bind("FPDFTextObj_GetFont", _P, _P)
_font_name_of = bind("FPDFFont_GetBaseFontName", ctypes.c_size_t, _P, _P, ctypes.c_size_t)


def address_of(handle: Any) -> int:
    """Return the address behind a typed PDFium handle."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


class TextLayer:
    """The text of one page, open in PDFium."""

    def __init__(self, page: Any, *, characters: int) -> None:
        self._handle = pdfium.FPDFText_LoadPage(page)
        self._at = address_of(self._handle)
        self.count = min(max(0, pdfium.FPDFText_CountChars(self._handle)), characters) if self._at else 0
        buffer = (ctypes.c_ushort * (self.count + 1))()
        written = _text_of(self._at, 0, self.count, ctypes.addressof(buffer)) if self.count else 0
        raw = bytes(buffer)[: 2 * max(0, written - 1)]
        self.text = raw.decode("utf-16-le", errors="replace")
        self._x, self._y, self._u, self._v = (ctypes.c_double() for _ in range(4))
        self._ax, self._ay, self._au, self._av = (ctypes.addressof(c) for c in (self._x, self._y, self._u, self._v))
        self._matrix = pdfium.FS_MATRIX()
        self._matrix_at = ctypes.addressof(self._matrix)
        self._turned: int | None = None
        self._far = self._u, self._v  # the corner of a character's box that is to the right as the page is shown
        self._bold: dict[int, bool] = {}
        self._plain = len(self.text) == self.count  # a position in the text is the index of a character

    def close(self) -> None:
        """Give the page's text back to PDFium."""
        if self._at:
            pdfium.FPDFText_ClosePage(self._handle)
            self._at = 0

    @property
    def handle(self) -> Any:
        """The text as PDFium names it."""
        return self._handle

    def index(self, position: int) -> int:
        """Return the index of the character that stands at *position* in the text."""
        if self._plain:
            return position
        found: int = pdfium.FPDFText_GetCharIndexFromTextIndex(self._handle, position)
        return min(max(found, 0), self.count - 1)

    def origin(self, index: int) -> tuple[float, float]:
        """Return where a character's baseline begins, in the page's own space."""
        _origin_of(self._at, index, self._ax, self._ay)
        return self._x.value, self._y.value

    def box(self, index: int) -> tuple[float, float, float, float]:
        """Return left, bottom, right, top of a character in the page's own space."""
        _box_of(self._at, index, self._ax, self._au, self._ay, self._av)
        return self._x.value, self._y.value, self._u.value, self._v.value

    def size(self, index: int) -> float:
        """Return the size of a character in points, as it is shown."""
        size: float = _size_of(self._at, index)
        if _matrix_of(self._at, index, self._matrix_at):
            c, d = self._matrix.c, self._matrix.d
            size *= abs(d) if c == 0 else (c * c + d * d) ** 0.5
        return size

    def owner(self, index: int) -> int:
        """Return the address of the drawing object that a character belongs to."""
        return _object_of(self._at, index) or 0

    def is_meaningless(self) -> bool:
        """Tell whether most characters, by a sample, are none that a person could read: their font gives no names."""
        sample = "".join(self.text[:: max(1, len(self.text) // _READ)].split())
        return len(sample) >= _FEW and 2 * sum(category(letter) in _NOTHING for letter in sample) > len(sample)

    def turn(self) -> int | None:
        """Return by how many quarters the page is to be turned for most of its text to stand upright, by a sample."""
        for sample in (_FIRST, _SAMPLE):
            turns = [0, 0, 0, 0]
            for index in range(0, self.count, max(1, self.count // sample)):
                if _matrix_of(self._at, index, self._matrix_at):
                    a, b = self._matrix.a, self._matrix.b
                    turns[(0 if a >= 0 else 2) if abs(a) >= abs(b) else (1 if b > 0 else 3)] += 1
            if turns[0] == sum(turns):  # as nearly always
                break
        self._turned = turns.index(max(turns)) if any(turns) else None
        if self._turned in (2, 3):
            self._far = self._x, self._y
        return self._turned

    def has_letter(self, owner: int) -> bool:
        """Tell whether a drawing object holds a letter."""
        buffer = (ctypes.c_ushort * 512)()
        written = _text_in(owner, self._at, ctypes.addressof(buffer), 512)
        return written > 1024 or any(c.isalpha() for c in bytes(buffer)[:written].decode("utf-16-le", "replace"))

    def bold(self, index: int) -> bool:
        """Tell whether a character's font is a bold one, by its name."""
        owner = _object_of(self._at, index)
        font = _font_of(owner) if owner else 0
        if not font:
            return False
        if font not in self._bold:
            name = ctypes.create_string_buffer(128)
            _font_name_of(font, ctypes.addressof(name), 128)
            self._bold[font] = bool(_BOLD.search(name.value))
        return self._bold[font]

    def lines(self, show: Any) -> list[Line]:
        """Return the lines; *show* turns a point of the page's own space into one of the page as shown."""
        text = self.text
        found: list[Line] = []
        spans: list[tuple[int, int]] = []
        for match in _LINE.finditer(text):
            piece = match.group()
            stripped = piece.strip()
            if not stripped:
                continue
            start = match.start() + piece.index(stripped[0])
            line = self._line(start, start + len(stripped), show)
            line.hyphened = match.end() < len(text) and text[match.end()] in _HYPHENS
            found.append(line)
            spans.append((start, start + len(stripped)))
        ratios = sorted(_ratio(line) for line in found if len(line.text) > 20)
        usual = ratios[len(ratios) // 2] if ratios else _NARROW
        odd = self._turned in (2, 3)  # PDFium may give the parts of such a line from right to left
        wide = [odd or line.right - line.left > (usual * len(line.text) + 0.5) * line.size for line in found]
        longest = sorted(range(len(found)), key=lambda at: found[at].left - found[at].right)[:_LONGEST]
        for at in longest:  # where all lines run over the gap of two columns, none is wider than usual
            wide[at] = wide[at] or self._in_parts(found[at])
        cells = [
            self._cells(line, *span, show) if gaps else [line]
            for line, span, gaps in zip(found, spans, wide, strict=True)
        ]
        if any(len(parts) > 1 for parts in cells):  # a table: its full lines may hide a gap among narrow letters
            cells = [
                parts if gaps or not self._in_parts(parts[0]) else self._cells(parts[0], *span, show)
                for parts, span, gaps in zip(cells, spans, wide, strict=True)
            ]
        lines = [cell for parts in cells for cell in parts]
        return _sorted(lines) if odd else lines

    def cut(self, line: Line, show: Any, width: float) -> tuple[Line, str]:
        """Return the part of a line that lies left of *width*, where the page ends, and the words behind it."""
        low, high = line.first, line.last
        while low < high:
            middle = (low + high) // 2
            if show(*self.origin(middle))[0] < width:
                low = middle + 1
            else:
                high = middle
        kept = line.text[: max(0, len(line.text) - (line.last - low) - 1)]
        kept = kept[: kept.rfind(" ") + 1].rstrip() or kept
        return replace(line, text=kept, right=width, last=low, hyphened=False), line.text[len(kept) :].strip()

    def _in_parts(self, line: Line) -> bool:
        """Tell whether a line may have a gap: it is short, or drawn in several parts."""
        return line.text.count(" ") <= _SHORT or self.owner(line.first) != self.owner(line.last)

    def _cells(self, line: Line, start: int, end: int, show: Any) -> list[Line]:
        """Return the line from *start* to *end*, parted where a gap shows that these are two cells or columns."""
        if _LEADERS in line.text:
            return [line]
        cuts = [start]
        most, at, plain, index = _GAP * line.size, self._at, self._plain, self.index
        far, near = self._far[self._turned in (1, 3)], (self._y if self._turned in (1, 3) else self._x)
        sign = -1 if self._turned in (2, 3) else 1
        for space in _SPACE.finditer(self.text, start, end):
            before, after = space.start() - 1, space.end()
            if not plain:
                before, after = index(before), index(after)
            _box_of(at, before, self._ax, self._au, self._ay, self._av)
            ends = far.value
            _origin_of(at, after, self._ax, self._ay)
            if not -most <= sign * (near.value - ends) <= most:
                cuts.append(space.end())
        if len(cuts) == 1:
            return [line]
        cuts.append(end)
        cells = [self._line(first, second, show) for first, second in pairwise(cuts)]
        cells[-1].hyphened = line.hyphened
        return cells

    def _line(self, start: int, end: int, show: Any) -> Line:
        text, at = self.text[start:end].rstrip(), self._at
        first, last = start, start + len(text) - 1
        if not self._plain:
            first, last = self.index(first), self.index(last)
        _origin_of(at, first, self._ax, self._ay)
        left, y = show(self._x.value, self._y.value)
        _box_of(at, last, self._ax, self._au, self._ay, self._av)
        right = show(self._far[0].value, self._far[1].value)[0]
        bold = self.bold(first) and (first == last or self.bold(last))
        return Line(text, left, max(left, right), y, self.size(first) or 1.0, bold, False, first, last)


def _sorted(lines: list[Line]) -> list[Line]:
    """Return lines from the top down and from left to right; of text upside down, PDFium gives another order."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.y):
        if rows and abs(rows[-1][0].y - line.y) <= 0.35 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.left)]


def _ratio(line: Line) -> float:
    """Return the width of a line's average character over its size."""
    return (line.right - line.left) / (len(line.text) * line.size)
