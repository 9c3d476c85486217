"""What is usual in a PDF: the size of its body text and the distance between its lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

    from tenderkit.readers.pdf_lines import PageText

_USUAL = 1.2  # times the size, where a document has no two lines to tell


@dataclass(frozen=True, slots=True)
class Measures:
    """
    The usual measures of one document.

    Attributes:
        body: The size in which most characters are set, in points.
        leadings: Distance from baseline to baseline by size, rounded to a point.
    """

    body: float
    leadings: dict[int, float]

    def leading(self, size: float) -> float:
        """Return the usual distance between two lines of this size, in points."""
        return self.leadings.get(round(size), _USUAL * size)


def measure(pages: list[PageText], without: Container[int]) -> Measures:
    """Return the measures of *pages*; lines whose identity is in *without* do not count."""
    sizes: dict[float, int] = {}
    drops: dict[int, Counter[float]] = {}
    for page in pages:
        last = None
        for line in page.lines:
            if id(line) in without:
                continue
            size = round(line.size * 2) / 2
            sizes[size] = sizes.get(size, 0) + len(line.text)
            if last is not None and 0.9 * line.size <= last.y - line.y + 0.25 and abs(line.left - last.left) < 40:
                drop = round((last.y - line.y) * 2) / 2
                if 0.9 * line.size <= drop <= 2.2 * line.size and round(last.size) == round(line.size):
                    drops.setdefault(round(line.size), Counter())[drop] += 1
            last = line
    body = max(sizes, key=lambda size: (sizes[size], size)) if sizes else 10.0
    return Measures(body, {size: _tightest(counted) for size, counted in drops.items()})


def _tightest(counted: Counter[float]) -> float:
    """Return the smallest distance that is common: larger ones are between paragraphs."""
    most = max(counted.values())
    return min(drop for drop, times in counted.items() if times >= 0.4 * most)
