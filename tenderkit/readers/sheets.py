"""What spreadsheets of every format have in common: a sheet is a section, a row is a block, a cell is its anchor."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tenderkit.document import Anchor, DocumentBuilder, Hidden, Kind, TooMuchTextError, Unread
from tenderkit.readers import marks
from tenderkit.readers.rows import add_row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tenderkit.readers.limits import Limits

COLUMNS = 16_384  # that any program knows; a cell further to the right is made up


def column_name(index: int) -> str:
    """
    Return the letters of a column, counted from 0.

    >>> column_name(0), column_name(25), column_name(26), column_name(701), column_name(702)
    ('A', 'Z', 'AA', 'ZZ', 'AAA')
    """
    name = ""
    index += 1
    while index:
        index, letter = divmod(index - 1, 26)
        name = chr(65 + letter) + name
    return name


def column_index(reference: str) -> int | None:
    """
    Return the column, counted from 0, of a cell such as "AB12"; None where it names none.

    >>> column_index("A1"), column_index("AA7"), column_index("7"), column_index("")
    (0, 26, None, None)
    """
    index = 0
    for letter in reference[:4].upper():
        if not "A" <= letter <= "Z":
            break
        index = index * 26 + ord(letter) - 64
    return index - 1 if index else None


@dataclass(slots=True)
class Sheet:
    """
    Adds the rows of one sheet; its name becomes a heading when the first row comes.

    Attributes:
        name: As on its tab; empty for a file that is one sheet, such as CSV.
        builder: Where rows go.
        limits: For rows and the length of quotes.
        shut: How the whole sheet is hidden, or nothing.
    """

    name: str
    builder: DocumentBuilder
    limits: Limits
    shut: str = ""
    _rows: int = 0
    _beyond: bool = False
    _hidden: dict[str, list[str]] = field(default_factory=dict)

    def row(self, number: int, cells: Iterable[tuple[int, str]]) -> None:
        """
        Add a row.

        Args:
            number: Counted from 1.
            cells: Column, counted from 0, and text; empty ones are left out.
        """
        filled = [(column, text) for column, text in cells if text.strip()]
        if filled and max(column for column, _ in filled) >= COLUMNS:
            filled = [(column, text) for column, text in filled if column < COLUMNS]
            self._beyond = True
        if not filled:
            return
        self._rows += 1
        if self._rows > self.limits.rows:
            it = f"the sheet '{self.name}'" if self.name else "it"
            raise self.limits.exceeded("rows", f"{it} has more rows with something in them")
        if sum(len(text) for _, text in filled) > self.limits.characters:
            raise TooMuchTextError
        if self.shut:
            for _, text in filled:
                self.hide(text, self.shut)
            return
        if self._rows == 1 and self.name:
            self.builder.add(Kind.HEADING, self.name, anchor=Anchor(label=self.name), level=1)
        add_row(self.builder, [self._cell(number, column, text) for column, text in filled])

    def note(self, text: str) -> None:
        """Add a text that floats over the sheet."""
        if self.shut:
            self.hide(text, self.shut)
        else:
            self.builder.add(Kind.PARAGRAPH, text, anchor=Anchor(label=self.name))

    def hide(self, text: str, how: str) -> None:
        """Note hidden text; what is hidden in one way is shown as one passage."""
        kept = self._hidden.setdefault(how, [])
        if sum(map(len, kept)) < self.limits.quote:
            kept.append(" ".join(text.split()))

    def finish(self) -> None:
        """Report what was hidden, and what was not read."""
        if self._beyond:
            of = f" of '{self.name}'" if self.name else ""
            why = f"columns{of} beyond {column_name(COLUMNS - 1)}, the last that Excel knows"
            self.builder.unread.append(Unread(None, why))
        for how, texts in self._hidden.items():
            quote = " ".join(texts)[: self.limits.quote]
            if quote:
                self.builder.hidden.append(Hidden(None, quote, f"{how} of '{self.name}'" if self.name else how))

    def _cell(self, number: int, column: int, text: str) -> DocumentBuilder:
        """Return what a cell holds: its lines, bullets told from paragraphs."""
        label = f"{column_name(column)}{number}"
        anchor = Anchor(label=f"{self.name}!{label}" if self.name else label)
        cell = DocumentBuilder()
        for line in text.split("\n"):
            marker = marks.split_marker(line.strip())
            if marker.sort:
                cell.add(Kind.LIST_ITEM, marker.rest, anchor=anchor, level=1)
            else:
                cell.add(Kind.PARAGRAPH, line, anchor=anchor)
        return cell
