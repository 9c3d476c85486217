"""Plain text: paragraphs by blank lines, wrapped lines joined, bullets and typed headings recognised."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tenderkit.document import Anchor, DocumentBuilder, Kind
from tenderkit.readers import marks
from tenderkit.readers.textual import decode

if TYPE_CHECKING:
    from tenderkit.readers.limits import Limits

_UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,}|~{3,}|\*{3,}|_{3,})\s*")
_UNWRAPPED = 200  # characters; who has a line this long does not wrap lines: each is a paragraph of its own
_HYPHENED = re.compile(r"\w-$")

_Line = tuple[int | None, str]  # its number in the file, and its text


def fill(data: bytes, builder: DocumentBuilder, limits: Limits, *, numbered: bool = True) -> None:
    """Add the blocks of a plain text file to *builder*; its lines are *numbered* unless it is part of a file only."""
    text, note = decode(data, most=limits.characters)
    if note:
        builder.notes.append(note)
    chunks = _chunks(text)
    if not numbered:
        chunks = [[(None, line) for _, line in chunk] for chunk in chunks]
    if any(len(line) > _UNWRAPPED for chunk in chunks for _, line in chunk):
        chunks = [[line] for chunk in chunks for line in chunk]
    for index, chunk in enumerate(chunks):
        following = chunks[index + 1] if index + 1 < len(chunks) else None
        _add_chunk(chunk, following, builder)


def _chunks(text: str) -> list[list[_Line]]:
    """Return the runs of lines between blank lines or pages, each line with its number."""
    chunks: list[list[_Line]] = [[]]
    number = 1
    for page in text.split("\f"):
        for within, line in enumerate(page.split("\n")):
            number += within > 0
            if line.strip():
                chunks[-1].append((number, line.rstrip()))
            elif chunks[-1]:
                chunks.append([])
        chunks.append([])
    return [chunk for chunk in chunks if chunk]


def _add_chunk(chunk: list[_Line], following: list[_Line] | None, builder: DocumentBuilder) -> None:
    lines = list(chunk)
    if len(lines) >= 2 and _UNDERLINE.fullmatch(lines[1][1]) and not _UNDERLINE.fullmatch(lines[0][1]):
        number, title = lines[0]
        builder.add(Kind.HEADING, title, anchor=Anchor(line=number), level=1 if "=" in lines[1][1] else 2)
        lines = lines[2:]
    lines = [(number, line) for number, line in lines if not _UNDERLINE.fullmatch(line)]
    if len(lines) == 1 and (level := _heading_level(lines[0][1].strip(), following)):
        builder.add(Kind.HEADING, lines[0][1], anchor=Anchor(line=lines[0][0]), level=level)
        return
    indents: list[int] = []
    current: list[_Line] = []
    kind, level = Kind.PARAGRAPH, 0
    for number, line in lines:
        stripped = line.strip()
        marker = marks.split_marker(stripped)
        row = "\t" in stripped
        if marker.sort or row or marks.is_contents_line(stripped) or kind not in (Kind.PARAGRAPH, Kind.LIST_ITEM):
            _flush(builder, kind, current, level)
            current = []
            kind, level = Kind.PARAGRAPH, 0
            if marks.is_contents_line(stripped):
                kind, stripped = Kind.CONTENTS, marks.without_leaders(stripped)
            elif marker.sort:
                kind, stripped, level = Kind.LIST_ITEM, marker.rest, _depth(line, indents)
            elif row:
                kind = Kind.TABLE_ROW
        current.append((number, stripped))
    _flush(builder, kind, current, level)


def _depth(line: str, indents: list[int]) -> int:
    """Return the list level of an item by its indent; *indents* holds those of the items above it."""
    indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
    while indents and indents[-1] > indent:
        indents.pop()
    if not indents or indents[-1] < indent:
        indents.append(indent)
    return len(indents)


def _flush(builder: DocumentBuilder, kind: Kind, lines: list[_Line], level: int) -> None:
    if not lines:
        return
    if kind is Kind.PARAGRAPH and len(lines) == 1 and marks.is_caption(lines[0][1]):
        kind = Kind.CAPTION
    builder.add(kind, join_lines([line for _, line in lines]), anchor=Anchor(line=lines[0][0]), level=level)


def join_lines(lines: list[str]) -> str:
    """
    Return wrapped lines as one; a hyphen at a line's end stays, for plain text hyphenates only compounds.

    >>> join_lines(["a user-", "centred service", "for all"])
    'a user-centred service for all'
    """
    parts: list[str] = []
    for line in lines:
        if parts and not _HYPHENED.search(parts[-1][-2:]):
            parts.append(" ")
        parts.append(line)
    return "".join(parts)


def _heading_level(line: str, following: list[_Line] | None) -> int:
    """Return the level of a line that stands alone between blank lines, or 0 where it is no heading."""
    if not marks.may_be_heading(line) or following is None or "\t" in line or marks.is_caption(line):
        return 0
    if marks.is_shouted(line):
        number = marks.heading_number(line)
        return marks.number_depth(number) if number else 1
    number = marks.heading_number(line)
    if number and len(line) > len(number) + 1:
        next_line = following[0][1].strip()
        listed = len(following) == 1 and marks.split_marker(next_line).sort == "number" and "." not in number
        return 0 if listed else min(6, marks.number_depth(number))
    return 0
