"""Text recognition on pages that are pictures, by a program that the user has installed; only when it is asked for."""

from __future__ import annotations

import ctypes
import math
import os
import re
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from tenderkit.readers.pdf_lines import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MISSING = (
    "--ocr needs tesseract or ocrmypdf, and neither is installed: 'apt-get install tesseract-ocr' (Debian, Ubuntu), "
    "'brew install tesseract' (macOS) or 'winget install UB-Mannheim.TesseractOCR' (Windows); "
    "pictures of pages stay unread"
)
_PROGRAMS = ("tesseract", "ocrmypdf")  # tesseract first: it gives its confidence
_SCALE = 300 / 72  # pixels a point: what text recognition is made for
_PIXELS = 24_000_000  # of one page: twice an A3 page at that scale would be more
_USUAL = 0.25  # a line whose size differs less than this share from the page's is body text
_WORD = "5"  # the level of a word in tesseract's table
_COLUMNS = 12
# A sign in place of a bullet, then a sentence. "© Example Ltd 2027" stays: it has a name, and no verb follows it.
_MISREAD = re.compile(r"(?:[¢«»°¤*]|[©®](?= [A-Z][\w’'-]* [a-z])) (?=[A-Z])")


class OcrError(Exception):
    """Why a page was not recognised."""


@dataclass(frozen=True, slots=True)
class Ocr:
    """
    A program that recognises text.

    Attributes:
        name: "tesseract" or "ocrmypdf".
        program: Where it is.
        seconds: For all pages of one document.
    """

    name: str
    program: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Recognition:
    """
    What was recognised on a page.

    Attributes:
        lines: In the program's order.
        height: Of the page that they stand on.
        confidence: How sure the program is of them, 0 to 100; None where it does not say.
    """

    lines: list[Line]
    height: float
    confidence: float | None = None


def find_ocr(seconds: float) -> Ocr | None:
    """Return the program that is installed, with *seconds* for each document; None where there is none."""
    for name in _PROGRAMS:
        if program := shutil.which(name):
            return Ocr(name, program, seconds)
    return None


@dataclass(slots=True)
class Recogniser:
    """Recognises pages of one document until its time is up."""

    ocr: Ocr
    _end: float = field(init=False)

    def __post_init__(self) -> None:
        self._end = time.monotonic() + self.ocr.seconds

    def read(self, page: Any, width: float, height: float) -> Recognition:
        """
        Return what stands on a page, which is open in PDFium; width and height as it is shown.

        Raises:
            OcrError: When the program fails or the time is up.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise OcrError(f"{self.ocr.name} had no time left for it; raise it with --timeout")
        picture, scale = _picture(page, width, height)
        dots = str(round(72 * scale))
        if self.ocr.name == "tesseract":
            arguments = ["stdin", "stdout", "--psm", "1", "--dpi", dots, "-c", "tessedit_create_tsv=1"]
            return _from_table(self._run(arguments, picture, left).decode("utf-8", "replace"), scale, height)
        with tempfile.TemporaryDirectory() as folder:
            text, copy = Path(folder, "text.txt"), Path(folder, "copy.pdf")
            arguments = ["--quiet", "--image-dpi", dots, "--rotate-pages", "--deskew", "--output-type", "pdf"]
            self._run([*arguments, "--sidecar", str(text), "-", str(copy)], picture, left)
            return _from_text(text.read_text("utf-8", "replace") if text.exists() else "")

    def _run(self, arguments: list[str], picture: bytes, seconds: float) -> bytes:
        """Return what the program writes; one thread, so that it takes no more than its share of the machine."""
        name = self.ocr.name
        try:
            done = subprocess.run(  # noqa: S603 - no shell, and no argument comes from a document
                [self.ocr.program, *arguments],
                input=picture,
                capture_output=True,
                timeout=seconds,
                check=False,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
            )
        except subprocess.TimeoutExpired:
            raise OcrError(f"{name} ran out of time on it; raise it with --timeout") from None
        except OSError as error:
            raise OcrError(f"{name} cannot be started ({error.strerror})") from None
        if done.returncode:
            said = done.stderr.decode("utf-8", "replace").strip().splitlines()
            raise OcrError(f"{name} failed on it ({said[-1][:120] if said else f'exit code {done.returncode}'})")
        return done.stdout


def _picture(page: Any, width: float, height: float) -> tuple[bytes, float]:
    """Return a page as a grey picture (PGM, which needs no compression), and its pixels a point."""
    scale = min(_SCALE, math.sqrt(_PIXELS / max(1.0, width * height)))
    across, down = max(1, round(width * scale)), max(1, round(height * scale))
    bitmap = pdfium.FPDFBitmap_CreateEx(across, down, pdfium.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        raise OcrError("the page is too large to be drawn")
    try:
        pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, 0xFFFFFFFF)
        pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, pdfium.FPDF_GRAYSCALE)
        stride = pdfium.FPDFBitmap_GetStride(bitmap)
        pixels = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * down)
    finally:
        pdfium.FPDFBitmap_Destroy(bitmap)
    rows = pixels if stride == across else b"".join(pixels[y * stride : y * stride + across] for y in range(down))
    return b"P5 %d %d 255\n" % (across, down) + rows, scale


def _from_table(table: str, scale: float, height: float) -> Recognition:
    """Return the lines in the table (TSV) that tesseract writes: a row a word, with its box and its confidence."""
    found: dict[tuple[str, ...], list[_Word]] = {}
    sure: list[float] = []
    for row in table.splitlines():
        cells = row.split("\t")
        if len(cells) != _COLUMNS or cells[0] != _WORD or not cells[11].strip():
            continue
        try:
            left, top, across, down, confidence = (float(cell) for cell in cells[6:11])
        except ValueError:
            continue
        box = (left / scale, height - (top + down) / scale, (left + across) / scale, height - top / scale)
        found.setdefault(tuple(cells[1:5]), []).append(_Word(cells[11].strip(), *box))
        if confidence >= 0:
            sure.append(confidence)
    mean = sum(sure) / len(sure) if sure else None
    if not _are_upright(found.values()):
        texts = ((line[:3], " ".join(word.text for word in words)) for line, words in found.items())
        return replace(_stacked(texts), confidence=mean)
    lines = [_line(words) for words in found.values()]
    _even(lines, [paragraph for *paragraph, _ in found])
    return Recognition(lines, height, mean)


@dataclass(frozen=True, slots=True)
class _Word:
    """A word with its box, in points of the page as it is shown."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def size(self) -> float:
        """Size of its type, from the height of its letters: a box is only as high as they are."""
        tall = any(not letter.islower() or letter in "bdfhkltij" for letter in self.text)
        return (self.top - self.bottom) / (0.52 + 0.2 * tall + 0.2 * self.sinks)

    @property
    def sinks(self) -> bool:
        """Whether a letter goes below the line."""
        return any(letter in "gjpqy" for letter in self.text)


def _are_upright(lines: Iterable[list[_Word]]) -> bool:
    """Tell whether lines run from left to right; a page may have been scanned sideways or upside down."""
    steps = [second.left > first.right - 1 for line in lines for first, second in pairwise(line)]
    return sum(steps) >= 0.5 * len(steps)


def _line(words: list[_Word]) -> Line:
    sizes = sorted(word.size for word in words)
    lows = sorted(word.bottom + 0.2 * word.size * word.sinks for word in words)
    size, y = max(1.0, sizes[len(sizes) // 2]), lows[len(lows) // 2]
    text = _with_bullet(" ".join(word.text for word in words))
    return Line(text, min(word.left for word in words), max(word.right for word in words), y, size, bold=False)


def _even(lines: list[Line], paragraphs: Sequence[Sequence[str]]) -> None:
    """Give the lines of a paragraph one size, and all that are about as large as most the same."""
    sizes = sorted(line.size for line in lines for _ in line.text)
    usual = sizes[len(sizes) // 2] if sizes else 1.0
    for _, group in groupby(zip(paragraphs, lines, strict=True), key=lambda pair: pair[0]):
        together = [line for _, line in group]
        own = sorted(line.size for line in together)[len(together) // 2]
        for line in together:
            line.size = usual if abs(own - usual) <= _USUAL * usual else own


def _with_bullet(text: str) -> str:
    """
    Return a line with the sign that a bullet is often taken for made a bullet again.

    >>> _with_bullet("© We will test."), _with_bullet("© Example Ltd 2027"), _with_bullet("e We")
    ('• We will test.', '© Example Ltd 2027', 'e We')
    """
    return f"•{text[1:]}" if _MISREAD.match(text) else text


def _stacked(lines: Iterable[tuple[object, str]]) -> Recognition:
    """Return lines, each with its paragraph, below one another; the program's order is all that is known of them."""
    stacked: list[Line] = []
    y, last = 0.0, None
    for paragraph, text in lines:
        y -= 12.0 if paragraph == last else 24.0
        stacked.append(Line(_with_bullet(text), 72.0, 72.0 + 5.0 * len(text), y, 10.0, bold=False))
        last = paragraph
    for line in stacked:
        line.y -= 2 * y  # the middle third of the page: nothing is known to stand at its edges
    return Recognition(stacked, -3 * y)


def _from_text(text: str) -> Recognition:
    """Return the lines of what ocrmypdf writes: an empty line parts two paragraphs."""
    lines = []
    paragraph = 0
    for line in text.replace("\f", "\n").splitlines():
        paragraph += not line.strip()
        if line.strip():
            lines.append((paragraph, " ".join(line.split())))
    return _stacked(lines)
