"""Tables of requirements: which of a table's columns holds the number, the requirement, and how binding it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from tenderkit.compliance import Strength
from tenderkit.document import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tenderkit.document import Block
    from tenderkit.obligations import ObligationFinder

_NUMBER = re.compile(r"^\W*(?:[a-z]+[-_. ])?[a-z]{0,6}[-_. ]?\d+(?:[-._]\d+)*[a-z]?\W*$", re.IGNORECASE)
_MOST = 0.6  # of a column's cells
_LONGEST_HEADER = 8  # words of a column's name


@dataclass(frozen=True, slots=True)
class Row:
    """
    One requirement of a table.

    Attributes:
        number: From the column of numbers; may be empty.
        span: Where its text stands in its block's text, half-open.
        strength: From the column of priorities, or a question; None where neither tells.
    """

    number: str
    span: tuple[int, int]
    strength: Strength | None


@dataclass(frozen=True, slots=True)
class _Layout:
    text: int
    number: int | None
    priority: int | None
    asks: bool


def read_tables(blocks: Sequence[Block], finder: ObligationFinder) -> dict[int, Row | None]:
    r"""
    Return the rows of all tables of requirements, by the offset of their block; None for a header or an empty row.

    >>> from tenderkit.document import passage
    >>> from tenderkit.obligations import load_obligations
    >>> table = passage("ID | Requirement | Priority\nT1 | Sign-in for all staff | M\nT2 | A chat assistant | W")
    >>> [row and (row.number, row.strength.value) for row in read_tables(table.blocks, load_obligations()).values()]
    [None, ('T1', 'mandatory'), None]
    """
    found: dict[int, Row | None] = {}
    for table in _tables(blocks, finder):
        layout = _layout(table, finder)
        if layout:
            found[table[0].start] = None
            for block in table[1:]:
                found[block.start] = _row(block, layout, finder)
    return found


def _tables(blocks: Sequence[Block], finder: ObligationFinder) -> Iterator[list[Block]]:
    """Yield the runs of rows that stand side by side; a row that names columns begins another table."""
    for is_table, group in groupby(blocks, key=lambda block: block.kind is Kind.TABLE_ROW):
        if not is_table:
            continue
        table: list[Block] = []
        for block in group:
            if table and _is_header(block.text.split("\t"), finder):
                yield table
                table = []
            table.append(block)
        yield table


def _is_header(cells: Sequence[str], finder: ObligationFinder) -> bool:
    kinds = [finder.column(cell) for cell in cells]
    return sum(map(bool, kinds)) > 1 and any(kind & {"requirement", "question"} for kind in kinds)


def _layout(table: Sequence[Block], finder: ObligationFinder) -> _Layout | None:
    """Tell what the columns of a table hold, by their names and by what stands in them."""
    header = table[0].text.split("\t")
    rows = [block.text.split("\t") for block in table[1:]]
    if not rows or len(header) < 2 or any(len(cell.split()) > _LONGEST_HEADER for cell in header):
        return None
    kinds = [finder.column(cell) for cell in header]
    columns = [[row[i] if i < len(row) else "" for row in rows] for i in range(len(header))]
    number = next((i for i in range(len(header)) if _may_number(header[i], kinds[i], columns[i])), None)
    priority = next(
        (
            i
            for i, cells in enumerate(columns)
            if "priority" in kinds[i] and _share(cells, lambda cell: finder.priority(cell) is not None) >= _MOST
        ),
        None,
    )
    candidates = [
        i for i, kind in enumerate(kinds) if kind & {"requirement", "question"} and i not in {number, priority}
    ]
    if not candidates or (number is None and priority is None and not _named_plainly(header, candidates)):
        return None
    text = max(candidates, key=lambda i: (sum(len(cell.split()) for cell in columns[i]), -i))
    if sum(len(cell.split()) for cell in columns[text]) < 2 * len(rows):
        return None
    asks = (
        "question" in kinds[text]
        and _share(columns[text], lambda cell: finder.asks(cell) or cell.rstrip().endswith("?")) >= _MOST
    )
    if "question" in kinds[text] and not asks and "requirement" not in kinds[text]:
        return None
    return _Layout(text, number, priority, asks)


def _may_number(name: str, kinds: frozenset[str], cells: Sequence[str]) -> bool:
    fits = bool(kinds & {"id", "question", "requirement"}) or not name.strip()
    return fits and _share(cells, lambda cell: bool(_NUMBER.match(cell))) >= _MOST


def _named_plainly(header: Sequence[str], candidates: Sequence[int]) -> bool:
    """Tell whether a column is called a requirement outright, so that numbers and priorities are not needed."""
    return any(re.match(r"\W*(?:\w+[\s-]){0,2}requirements?\W*$", header[i], re.IGNORECASE) for i in candidates)


def _row(block: Block, layout: _Layout, finder: ObligationFinder) -> Row | None:
    cells = block.text.split("\t")
    if layout.text >= len(cells) or not re.search(r"\w{2}", cells[layout.text]):
        return None
    begin = sum(len(cell) + 1 for cell in cells[: layout.text])
    number = cells[layout.number].strip() if layout.number is not None and layout.number < len(cells) else ""
    strength: Strength | None = None
    if layout.priority is not None and layout.priority < len(cells):
        named = finder.priority(cells[layout.priority])
        if named is not None and not isinstance(named, Strength):
            return None
        strength = named
    if layout.asks:
        strength = Strength.QUESTION
    return Row(number, (begin, begin + len(cells[layout.text])), strength)


def _share(cells: Sequence[str], holds: Callable[[str], bool]) -> float:
    filled = [cell for cell in cells if cell.strip()]
    return sum(map(holds, filled)) / len(filled) if filled else 0.0
