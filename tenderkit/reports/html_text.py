"""A document's text with its evidence marked: what the HTML report shows, cut so that nothing stands in it twice."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from tenderkit.document import Kind
from tenderkit.reports.wording import page_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tenderkit.assess import DocumentReport
    from tenderkit.document import Block
    from tenderkit.evidence import Evidence
    from tenderkit.integrity import IntegrityNote

_DEEPEST = 6  # headings that HTML has
_GROUPS = {Kind.LIST_ITEM: "list", Kind.TABLE_ROW: "table", Kind.HEADING: "heading"}


@dataclass(frozen=True, slots=True)
class Passage:
    """
    A passage of evidence with its two places in the page.

    Attributes:
        id: Where the report quotes it.
        place: Where it stands in the text.
        number: Of its outcome, counted from 0.
        kind: "evidence", "declined" or "possible".
    """

    id: str
    place: str
    number: int
    kind: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Run:
    """
    A stretch of text that is marked alike.

    Attributes:
        places: The ids of the passages that begin here, mostly none or one.
        marks: The passages that it belongs to; none for plain text.
        ends: Of these, the first of each outcome that ends here.
        asked: Whether it is a form's question.
    """

    text: str
    places: tuple[str, ...] = ()
    marks: tuple[Passage, ...] = ()
    ends: tuple[Passage, ...] = ()
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """
    A block of the document.

    Attributes:
        cells: One, or those of a table row.
        kind: The block's kind.
        level: Of a heading, as HTML counts; of a list item, its depth.
        notes: The places of the passages that say nothing of their own and begin here.
        noted: Whether such a passage covers it.
    """

    cells: tuple[tuple[Run, ...], ...]
    kind: Kind
    level: int
    notes: tuple[tuple[str, IntegrityNote], ...]
    noted: bool

    @property
    def marked(self) -> bool:
        """Whether any of it is evidence."""
        return any(run.marks for cell in self.cells for run in cell)


@dataclass(frozen=True, slots=True)
class Part:
    """
    Lines that stand together.

    Attributes:
        kind: "heading", "list", "table" or "text".
        page: The page that begins before it, in words; empty where none does.
        place: The id of that page, where it begins for the first time.
    """

    kind: str
    lines: tuple[Line, ...]
    page: str = ""
    place: str = ""


def find_passages(report: DocumentReport, prefix: str, outcome: str | None = None) -> tuple[Passage, ...]:
    """
    Return every passage of evidence of one outcome, or of all, in the order in which the report quotes them.

    Args:
        report: A document that was read.
        prefix: What the ids begin with.
        outcome: The id of the one outcome to show, or None.
    """
    card = report.scorecard
    found: list[tuple[int, str, Evidence]] = []
    for number, scored in enumerate(card.outcomes if card else ()):
        if outcome in {None, scored.id}:
            found += [
                (number, "declined" if item.declined else "evidence", item)
                for theme in scored.themes
                for item in theme.evidence
            ]
            found += [(number, "possible", item) for item in card.possible if item.outcome == scored.id] if card else []
    return tuple(
        Passage(f"{prefix}-q{count}", f"{prefix}-t{item.start}", number, kind, item)
        for count, (number, kind, item) in enumerate(found, start=1)
    )


def mark_text(report: DocumentReport, passages: Sequence[Passage], prefix: str, top: int) -> Iterator[Part]:
    """
    Yield the document's text in reading order, each character once.

    Args:
        report: A document that was read.
        passages: What is to be marked.
        prefix: What the ids begin with.
        top: The level of the heading above the text: the document's own go below it, and leave none out.
    """
    blocks = report.document.blocks
    by_place = sorted(passages, key=lambda passage: (passage.evidence.start, passage.evidence.end, passage.number))
    marker = _Marker(by_place, report.integrity, prefix, top)
    page: int | None = None
    begun: set[int] = set()
    for (kind, number, _), group in groupby(enumerate(blocks), key=lambda pair: _grouped(*pair)):
        lines = [(block, marker.line(block)) for _, block in group]
        anchor = lines[0][0].anchor
        turned = number is not None and number != page
        page = number if number is not None else page
        name = page_name(number, approximate=anchor.approximate) if turned else ""
        first = number is not None and number not in begun
        if number is not None:
            begun.add(number)
        yield Part(kind, tuple(line for _, line in lines), name, f"{prefix}-p{number}" if first else "")


def _grouped(number: int, block: Block) -> tuple[str, int | None, int]:
    """Return the kind of the part that a block belongs to, its page, and what keeps headings apart."""
    kind = _GROUPS.get(block.kind, "text")
    return kind, block.anchor.page, number if kind == "heading" else -1


class _Marker:
    """Cuts blocks into runs; its passages are in the order of their places."""

    def __init__(self, passages: Sequence[Passage], notes: Sequence[IntegrityNote], prefix: str, top: int) -> None:
        self._passages = passages
        self._starts = [passage.evidence.start for passage in passages]
        self._longest = max((passage.evidence.end - passage.evidence.start for passage in passages), default=0)
        self._notes = [(f"{prefix}-n{count}", note) for count, note in enumerate(notes, start=1)]
        self._note_starts = [note.start for note in notes]
        self._top = self._depth = top
        self._placed: set[str] = set()

    def line(self, block: Block) -> Line:
        inside = self._overlapping(block)
        noted = bisect_left(self._note_starts, block.end)
        first = bisect_left(self._note_starts, block.start)
        level = block.level
        if block.kind is Kind.HEADING:
            level = self._depth = min(_DEEPEST, self._top + block.level, self._depth + 1)
        return Line(
            tuple(self._cells(block, inside)),
            block.kind,
            level,
            tuple(self._notes[first:noted]),
            noted > 0 and self._notes[noted - 1][1].end > block.start,
        )

    def _overlapping(self, block: Block) -> list[Passage]:
        first = bisect_right(self._starts, block.start - self._longest)
        last = bisect_left(self._starts, block.end)
        return [passage for passage in self._passages[first:last] if passage.evidence.end > block.start]

    def _cells(self, block: Block, inside: Sequence[Passage]) -> Iterator[tuple[Run, ...]]:
        start = block.start
        for cell in block.text.split("\t") if block.kind is Kind.TABLE_ROW else [block.text]:
            yield tuple(self._runs(cell, start, block.start + block.echo, inside))
            start += len(cell) + 1

    def _runs(self, text: str, start: int, echo: int, inside: Sequence[Passage]) -> Iterator[Run]:
        """Cut one cell that begins at *start* wherever a passage begins or ends, or the question that it repeats."""
        end = start + len(text)
        bounds = {place for passage in inside for place in (passage.evidence.start, passage.evidence.end)}
        cuts = sorted({start, end} | {place for place in (*bounds, echo) if start < place < end})
        for left, right in pairwise(cuts):
            marks = tuple(one for one in inside if one.evidence.start < right and one.evidence.end > left)
            ending: dict[tuple[int, str], Passage] = {}
            for one in marks:
                if one.evidence.end <= right:
                    ending.setdefault((one.number, one.kind), one)
            places = tuple(dict.fromkeys(one.place for one in marks if one.place not in self._placed))
            self._placed.update(places)
            yield Run(text[left - start : right - start], places, marks, tuple(ending.values()), asked=right <= echo)
