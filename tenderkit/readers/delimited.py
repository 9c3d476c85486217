"""CSV and TSV: rows as they stand, whatever separates the cells."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from tenderkit.readers.sheets import Sheet
from tenderkit.readers.textual import decode

if TYPE_CHECKING:
    from tenderkit.document import DocumentBuilder
    from tenderkit.readers.limits import Limits

_SAMPLE = 50  # lines from which the separator is told
_SEPARATORS = ",;\t|"


def fill(data: bytes, builder: DocumentBuilder, limits: Limits) -> None:
    """Add the rows of a file of separated values to *builder*; the anchor of a row is its first cell, as in "A4"."""
    text, note = decode(data, most=limits.characters)
    if note:
        builder.notes.append(note)
    csv.field_size_limit(max(limits.characters, 1))
    sheet = Sheet("", builder, limits)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=find_separator(text))
    for number, row in enumerate(rows, start=1):
        sheet.row(number, enumerate(row))
    sheet.finish()


def find_separator(text: str) -> str:
    r"""
    Return the character that separates cells: the one that most lines hold, most often.

    >>> find_separator("a;b\n1,5;2"), find_separator("a,b\n1;2,3"), find_separator("alone")
    (';', ',', ',')
    """
    lines = [line for line in text.split("\n", _SAMPLE)[:_SAMPLE] if line.strip()]
    return max(
        _SEPARATORS, key=lambda sign: (sum(sign in line for line in lines), sum(line.count(sign) for line in lines))
    )
