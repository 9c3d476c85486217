"""Tables of a contract: which columns hold indicators, targets, dates and payments, whether they run down or across."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tenderkit.document import Kind
from tenderkit.errors import MistakesError
from tenderkit.phrases import Gap, variants
from tenderkit.resources import Mistakes, data_folder, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tenderkit.document import Block, Document

COLUMNS = ("credit", "pay", "remedy", "target", "when", "outcome", "indicator")  # the first that fits a column's name
_LONG = 6  # words of the name of a column
_REFERENCE = re.compile(r"[A-Z]{1,6}[\s.-]?\d{1,3}(?:\.\d{1,2})*[a-z]?|\d{1,2}(?:\.\d{1,2})*")
_BLANK = re.compile(
    r"^(?:[-–—.…\s]*|n/?a|none|nil|tb[cda]|to be (?:agreed|confirmed|decided|determined|set).{0,40})$", re.IGNORECASE
)


@dataclass(frozen=True)
class Record:
    """
    One row of a table, or one run of rows that name their fields at their left.

    Attributes:
        blocks: The rows.
        cells: What stands in each column, by the column's sort; cells of one sort that differ are joined by " · ".
        reference: What the row is called in the document, as "K3"; empty where it has no such name.
        other: Cells of columns that are of no sort.
    """

    blocks: tuple[Block, ...]
    cells: Mapping[str, str]
    reference: str = ""
    other: tuple[str, ...] = ()

    def __getitem__(self, sort: str) -> str:
        """Return what stands in a column of this sort; empty for a blank, a dash or something still to be agreed."""
        return self.cells.get(sort, "")


class Words:
    """
    The words by which columns and clauses are told apart, as the pack of rules lists them.

    >>> words = load_words()
    >>> words.sort("Service credit"), words.sort("First measured"), words.sort("Colour")
    ('credit', 'when', '')
    """

    def __init__(self, lists: Mapping[str, Iterable[str]]) -> None:
        self._patterns = {name: _pattern(phrases) for name, phrases in lists.items()}

    def says(self, name: str, text: str) -> bool:
        """Tell whether a text has a word of the list."""
        return bool(self._patterns[name].search(text))

    def first(self, name: str, text: str) -> str:
        """Return the first words of the list that stand in a text."""
        found = self._patterns[name].search(text)
        return found[0] if found else ""

    def sort(self, heading: str) -> str:
        """Return what a column of this name holds, one of `COLUMNS`, or nothing."""
        if len(heading.split()) > _LONG:
            return ""
        return next((name for name in COLUMNS if self._patterns[name].search(heading)), "")


def load_words() -> Words:
    """
    Load the words that travel with tenderkit.

    Raises:
        MistakesError: With every mistake in their file.
    """
    mistakes = Mistakes()
    node = read_yaml(data_folder("rules") / "value" / "pack.yml", "value/pack.yml", mistakes)
    part = node.mapping(("title", "lists")) if node else {}
    lists = {name: value.texts() for name, value in part["lists"].pairs()} if "lists" in part else {}
    if mistakes.lines:
        raise MistakesError(tuple(mistakes.lines))
    return Words(lists)


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    ways = []
    for phrase in phrases:
        for variant in variants(phrase, {}):
            way = ""
            for part in variant:
                way += (
                    rf"(?:\W+\w+){{0,{part.most}}}"
                    if isinstance(part, Gap)
                    else (r"\W+" if way else "") + re.escape(part)
                )
            ways.append(way)
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(ways, key=len, reverse=True))})(?!\w)", re.IGNORECASE)


def is_blank(cell: str) -> bool:
    """
    Tell whether a cell leaves open what belongs in it.

    >>> is_blank("–"), is_blank("To be agreed"), is_blank("0")
    (True, True, False)
    """
    return bool(_BLANK.match(cell.strip()))


def find_records(document: Document, words: Words) -> Iterator[Record]:
    """
    Yield the records of every table that has columns of some sort, in reading order.

    The names of columns serve the tables behind them in their section too, where those are as wide and name none.
    """
    sorts: list[str] = []
    section: tuple[str, ...] = ()
    for rows in _tables(document, words):
        header = next((place for place, (_, cells) in enumerate(rows[:3]) if _names_columns(cells, words)), None)
        if header is not None:
            sorts, section = [words.sort(cell) for cell in rows[header][1]], rows[0][0].section
        elif rows[0][0].section != section or all(len(cells) != len(sorts) for _, cells in rows):
            yield from _down(rows, words)
            continue
        for block, cells in rows[0 if header is None else header + 1 :]:
            if len(cells) == len(sorts) and any(cells):
                yield _record((block,), zip(sorts, cells, strict=True))


def _tables(document: Document, words: Words) -> Iterator[list[tuple[Block, list[str]]]]:
    """Yield the rows of each table; one goes on behind a line that a page broke off, while its rows are as wide."""
    rows: list[tuple[Block, list[str]]] = []
    broken = False
    for block in document.blocks:
        if block.kind is Kind.TABLE_ROW:
            cells = [cell.strip() for cell in block.text.split("\t")]
            other = broken and (len(cells) != len(rows[-1][1]) or _names_columns(cells, words))
            if rows and (other or rows[-1][0].section != block.section):
                yield rows
                rows = []
            rows.append((block, cells))
            broken = False
        elif block.kind is not Kind.RUNNING:
            broken = bool(rows)
    if rows:
        yield rows


def _names_columns(cells: Sequence[str], words: Words) -> bool:
    named = {sort for sort in map(words.sort, cells) if sort}
    return len(named) > 1 or (named == {"outcome"} and len(cells) > 1)


def _record(blocks: tuple[Block, ...], pairs: Iterable[tuple[str, str]]) -> Record:
    cells: dict[str, list[str]] = {}
    reference, other = "", []
    for sort, cell in pairs:
        if not reference and _REFERENCE.fullmatch(cell) and sort in {"", "indicator"}:
            reference = cell
        elif sort == "" and cell:
            other.append(cell)
        elif sort:
            none = sort == "target" and cell.casefold() in {"none", "nil"}  # not one fault is a target
            cells.setdefault(sort, []).extend([] if is_blank(cell) and not none else [cell])
    return Record(blocks, {sort: " · ".join(each) for sort, each in cells.items()}, reference, tuple(other))


@dataclass(slots=True)
class _Open:
    """A record whose fields stand one beneath the other, while it is being read."""

    blocks: list[Block] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)


def _down(rows: Sequence[tuple[Block, list[str]]], words: Words) -> Iterator[Record]:
    """Yield the records of a table of two columns that names its fields at the left, each anew from the first name."""
    if any(len(cells) != 2 for _, cells in rows):
        return
    opened, first = _Open(), ""
    sorts_of = [words.sort(cells[0]) for _, cells in rows]
    if len({sort for sort in sorts_of if sort}) < 2:
        return
    for (block, cells), sort in zip(rows, sorts_of, strict=True):
        name = re.sub(r"\W*\d+\W*$", "", cells[0]).casefold()
        first = first or name
        if name == first and opened.blocks:
            yield _record(tuple(opened.blocks), opened.pairs)
            opened = _Open()
        opened.blocks.append(block)
        opened.pairs.append((sort, cells[1]))
    if len(opened.blocks) < len(rows):  # a list of terms and meanings has fields of such names too, and no two alike
        yield _record(tuple(opened.blocks), opened.pairs)
