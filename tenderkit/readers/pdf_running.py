"""Running headers, footers and page numbers: the same text, but for its digits, at the same place on several pages."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenderkit.readers.pdf_lines import Line, PageText

_EDGE = 0.13  # of the height: where running text stands
_NEAR = 4.0  # points
_DIGITS = re.compile(r"\d+|\b[ivxlc]+\b")
_PAGE_NUMBER = re.compile(
    r"(?:[-–|]\s*)?(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:of|/)\s*\d{1,4})?(?:\s*[-–|])?", re.IGNORECASE
)


def running_lines(pages: list[PageText]) -> dict[int, str]:
    """Return the running lines of a document: identity of the line to its text without digits."""
    places: dict[str, list[tuple[float, Line, int]]] = {}
    for page in pages:
        for line in page.lines:
            share = line.y / page.height if page.height else 0.5
            if share < _EDGE or share > 1 - _EDGE:
                places.setdefault(_DIGITS.sub("#", line.text.lower()), []).append((line.y, line, page.number))
    enough = 2 if len(pages) <= 5 else 3
    running: dict[int, str] = {}
    for key, found in places.items():
        found.sort(key=lambda place: place[0])
        heights = [y for y, _, _ in found]
        for y, line, _ in found:
            near = found[bisect_left(heights, y - _NEAR) : bisect_right(heights, y + _NEAR)]
            if _on_pages(near, enough) or _PAGE_NUMBER.fullmatch(line.text):
                running[id(line)] = key
    return running


def _on_pages(found: list[tuple[float, Line, int]], enough: int) -> bool:
    """Tell whether lines stand on so many pages; the first few that differ will do."""
    pages: set[int] = set()
    for _, _, number in found:
        pages.add(number)
        if len(pages) >= enough:
            return True
    return False
