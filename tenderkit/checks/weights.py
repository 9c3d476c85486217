"""Kind `weights`: criteria whose weights do not add up, or that have none."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tenderkit.checks.phrases import PhraseSet, read_phrases
from tenderkit.checks.text import Hit, Lines
from tenderkit.document import Block, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tenderkit.checks.text import Text
    from tenderkit.resources import Node

REQUIRED = ("asks", "columns")
OPTIONAL = ()
ASSESSES = False
FACTS = ("found", "total")

_SUM, _EACH = "sum", "each"
_PERCENT = re.compile(r"^\(?(\d{1,3}(?:\.\d+)?)\s?(%|per\s?cent)?\)?$")
_BLANK = re.compile(r"^[-–—.…\s]*$|^(?:tbc|tbd)$", re.IGNORECASE)
_TOTAL = re.compile(r"^(?:sub-?\s?)?(?:overall\s)?totals?\b", re.IGNORECASE)
_PART = re.compile(r"^\(?(?:\d+\.\d+|[a-z]\)|[a-z]\.|[ivx]+[.)])")  # a row that details the one above it


@dataclass(slots=True)
class _Table:
    """The rows of a table that has a column of weights."""

    column: int
    rows: list[tuple[Block, list[str]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Check:
    """Looks through tables that have a column of weights."""

    columns: PhraseSet
    each: bool

    def find(self, text: Text) -> Iterator[Hit]:
        """Yield each table whose weights do not come to 100, or each row without one."""
        for table in self._tables(text):
            parts = [(row, cells, _PERCENT.match(cells[table.column])) for row, cells in table.rows]
            given = [(row, found) for row, _, found in parts if found]
            signed = sum(found[2] is not None for _, found in given)
            if len(given) < 2 or not (signed * 2 > len(given) or self._total(given) == 100):
                continue  # marks or points, not percentages
            if self.each:
                for row, cells, found in parts:
                    if not found and cells[0] and _BLANK.match(cells[table.column]):
                        yield Hit(row.start, row.end, (("found", cells[0]), ("total", "")))
            elif all(found for _, _, found in parts):
                total = self._total(given)
                if abs(total - 100) > 0.5:
                    start, end = given[0][0].start, given[-1][0].end
                    yield Hit(start, end, (("found", table.rows[0][1][0]), ("total", f"{total:g}")))

    @staticmethod
    def _total(given: list[tuple[Block, re.Match[str]]]) -> float:
        return sum(float(found[1]) for _, found in given)

    def _tables(self, text: Text) -> Iterator[_Table]:
        table: _Table | None = None
        width = 0
        for block in text.document.blocks:
            if block.kind is not Kind.TABLE_ROW:
                if table:
                    yield table
                table, width = None, 0
                continue
            cells = [cell.strip() for cell in block.text.split("\t")]
            column = self._column(block, cells)
            if column is not None and (table is None or len(cells) != width):
                if table:
                    yield table
                table, width = _Table(column), len(cells)
            elif table and len(cells) == width and not _TOTAL.match(cells[0]) and not _PART.match(cells[0]):
                table.rows.append((block, cells))
        if table:
            yield table

    def _column(self, block: Block, cells: list[str]) -> int | None:
        """Return the one column of weights that a row of headings names."""
        if len(cells) < 2 or any(_PERCENT.match(cell) for cell in cells):
            return None
        named = [i for i, cell in enumerate(cells) if any(self.columns.find(Lines(Block(block.kind, cell, 0))))]
        return named[0] if len(named) == 1 and named[0] > 0 else None


def read(part: Mapping[str, Node], lists: Mapping[str, tuple[str, ...]]) -> Check:
    """Read the keys of this kind."""
    asks = part["asks"].text() if "asks" in part else _SUM
    if asks not in {_SUM, _EACH}:
        part["asks"].wrong(f"'{asks}' cannot be asked of weights. Write '{_SUM}' or '{_EACH}'.")
    return Check(read_phrases(part.get("columns"), lists) or PhraseSet(()), asks == _EACH)
