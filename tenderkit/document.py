"""What a reader hands on: the text of a document in blocks, with what was hidden and what stayed unread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 100_000  # characters of one block
_LONGEST_HEADING = 20  # words; what is longer and has a full stop is a clause or a paragraph, however it is marked
_INNER_STOP = re.compile(r"[a-z)]\.\s+[A-Z]")
_CELLS = re.compile(r"\t+|\s+\|\s+")


Pieces = Sequence[tuple[Any, str]]  # what a reader put a text together from: a place in the file, and what it says


class Kind(StrEnum):
    """What a block is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list item"
    TABLE_ROW = "table row"  # cells in order, one tab between two cells
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    CODE = "code"
    CONTENTS = "contents"  # a line of a table of contents
    RUNNING = "running"  # a running header or footer, a page number
    NOTICE = "notice"  # what an e-mail quotes, or a standard notice: on confidence, copyright, privacy, a notice
    FOREIGN = "foreign"  # in another language than English


SILENT_KINDS = frozenset({Kind.RUNNING, Kind.CONTENTS, Kind.CODE, Kind.NOTICE, Kind.FOREIGN})  # never evidence
NAMING_KINDS = frozenset({Kind.HEADING, Kind.CAPTION})  # they name what the text says, and state nothing


class View(StrEnum):
    """Which state of a document with tracked changes is read."""

    FINAL = "final"  # as if every change had been accepted
    ORIGINAL = "original"  # as if every change had been rejected


_TOLD = {
    View.FINAL: "Tracked changes: the final view was read (insertions in, deletions out).",
    View.ORIGINAL: "Tracked changes: the original view was read (insertions out, deletions in).",
}


@dataclass(frozen=True, slots=True)
class Anchor:
    """
    Where a block stands in the file, as a person would look it up.

    Attributes:
        page: Counted from 1, as a viewer counts; None where the format has no pages.
        approximate: True where the page is a recorded guess (Word), not geometry.
        label: What is printed there if it differs: a page label ("iv") or a cell ("Prices!B4").
        line: Of the file, on which it begins, counted from 1; None where the format has no lines.
    """

    page: int | None = None
    approximate: bool = False
    label: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """
    One heading, paragraph, list item or table row.

    Attributes:
        kind: What it is.
        text: Its text: no line breaks, runs of spaces made one, tabs only between table cells.
        start: Offset of its first character in `Document.text`.
        anchor: Where a person finds it.
        section: The headings above it, outermost first; a heading's own text is not in its section.
        level: Depth: 1 to 6 for a heading, 1 upwards for a list item, 0 otherwise.
        echo: How many of its first characters are a form's question that is answered behind them; mostly 0.
    """

    kind: Kind
    text: str
    start: int
    anchor: Anchor = Anchor()
    section: tuple[str, ...] = ()
    level: int = 0
    echo: int = 0

    @property
    def end(self) -> int:
        """Offset just past its last character in `Document.text`."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that could not be read: a page (counted from 1), or with page None a part or the whole file."""

    page: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Hidden:
    """Text that a reader of the page cannot see; it is reported and kept out of `Document.text`."""

    page: int | None
    quote: str
    how: str
    approximate: bool = False  # whether the page is a recorded guess


@dataclass(frozen=True, slots=True)
class Recognised:
    """
    A page that is a picture, of which a program recognised the text.

    Attributes:
        page: Counted from 1.
        by: The program, as "tesseract".
        confidence: 0 to 100, its own mean over the words; None where it gives none.
    """

    page: int
    by: str
    confidence: float | None = None


NOTES_BY = "tenderkit"  # the author of the notes that `tenderkit annotate` writes


@dataclass(frozen=True, slots=True)
class Remark:
    """
    A comment on the text: of a reviewer in Word, or between `<!--` and `-->`. It is no part of the text.

    Attributes:
        text: What it says, in one line.
        author: Who wrote it; empty where the format does not tell.
        start: Offset of the first block that it concerns: the one it stands in or is anchored to, else the next one.
        end: Offset just past the last of them; None, as *start*, where there is none.
    """

    text: str
    author: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """
    A document as read.

    Attributes:
        path: Its name as reported: relative, with forward slashes, never absolute.
        media_type: For example `application/pdf`.
        sha256: Of the bytes that were read.
        text: The blocks' texts joined by one line break each; all offsets count characters in it.
        blocks: In reading order.
        pages: How many pages it has; None where the format has none.
        pages_read: How many of them were read.
        unread: What could not be read.
        hidden: What nobody can see.
        notes: Choices the reader made that a person should know of, one sentence each.
        recognised: Pages whose text was recognised in a picture, when that was asked for.
        tracked: The view of its tracked changes that was read; None where it has none.
        remarks: The comments on it (Word, OpenDocument text, HTML, Markdown), in reading order.
    """

    path: str
    media_type: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    pages_read: int | None = None
    unread: tuple[Unread, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    notes: tuple[str, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    tracked: View | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def words(self) -> int:
        """How many words were read, split at white space."""
        return len(self.text.split())


def _pieces(text: str) -> Iterator[str]:
    """Part a text without end at the ends of sentences or words, so that no step has to hold all of it at once."""
    begin = 0
    while len(text) - begin > _LONGEST:
        limit = begin + _LONGEST
        end = text.rfind(". ", begin, limit) + 1
        if end <= begin:
            end = max(text.rfind(" ", begin, limit), text.rfind("\t", begin, limit)) + 1
        if end <= begin:
            end = limit
        yield text[begin:end]
        begin = end
    yield text[begin:]


class TooMuchTextError(Exception):
    """A document holds more text than its builder takes."""


@dataclass(slots=True)
class Trace:
    """
    The way back from a document's text into its file, for what is written beside the text there.

    Attributes:
        blocks: Of each block, what it was put together from; nothing where its format's reader does not tell.
        hidden: Of a hidden passage, by its number in `Document.hidden`: its place in the file.
    """

    blocks: list[Pieces] = field(default_factory=list)
    hidden: dict[int, Any] = field(default_factory=dict)


def _says_a_sentence(text: str) -> bool:
    """Tell whether what was marked as a heading is a clause or a paragraph: long, with a full stop."""
    long = len(text.split()) > _LONGEST_HEADING and not text.endswith("?")
    return long and (text.endswith(".") or _INNER_STOP.search(text) is not None)


@dataclass(slots=True)
class DocumentBuilder:
    r"""
    Collects blocks in reading order and keeps offsets and heading paths; every reader uses it.

    It takes *most* characters (None for any number) and raises `TooMuchTextError` with the block that goes beyond.

    >>> builder = DocumentBuilder()
    >>> builder.add(Kind.HEADING, "4 Method", level=1)
    >>> builder.add(Kind.PARAGRAPH, "We will  test.", anchor=Anchor(page=2))
    >>> document = builder.finish("bid.txt", "text/plain", "")
    >>> document.text
    '4 Method\nWe will test.'
    >>> document.blocks[1].section, document.blocks[1].start
    (('4 Method',), 9)
    """

    blocks: list[Block] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    recognised: list[Recognised] = field(default_factory=list)
    pages: int | None = None
    pages_read: int | None = None
    tracked: View | None = None
    most: int | None = None
    keeps_sources: bool = True
    sources: list[Pieces] = field(default_factory=list)  # of each block, where the format's reader tells
    hidden_sources: dict[int, Any] = field(default_factory=dict)  # of a hidden passage, by its number: its place
    comments: dict[str, tuple[str, str]] = field(default_factory=dict)  # by a key of the reader's: text, author
    touched: list[tuple[str, int]] = field(default_factory=list)  # a comment's key, the number of a block
    _headings: list[tuple[int, str]] = field(default_factory=list)
    _section: tuple[str, ...] = ()
    _offset: int = 0

    def add(self, kind: Kind, text: str, *, anchor: Anchor = Anchor(), level: int = 0, source: Pieces = ()) -> None:
        """Append a block; white space is tidied, a block without text dropped, a long sentence no heading."""
        if kind is Kind.TABLE_ROW:
            text = "\t".join([" ".join(cell.split()) for cell in text.split("\t")])
            if not text.strip():
                return
        else:
            text = " ".join(text.split())
            if not text:
                return
        if len(text) > _LONGEST:
            for piece in _pieces(text):
                self.add(kind, piece, anchor=anchor, level=level, source=source)
            return
        if self.most is not None and self._offset + len(text) > self.most:
            raise TooMuchTextError
        if kind is Kind.HEADING and _says_a_sentence(text):
            kind, level = Kind.PARAGRAPH, 0
        if kind is Kind.HEADING:
            level = max(1, level)
            while self._headings and self._headings[-1][0] >= level:
                self._headings.pop()
            self._section = tuple([heading for _, heading in self._headings])
        self.blocks.append(Block(kind, text, self._offset, anchor, self._section, level))
        self.sources.append(source if self.keeps_sources else ())
        self._offset += len(text) + 1
        if kind is Kind.HEADING:
            self._headings.append((level, text))
            self._section = (*self._section, text)

    def read_as(self, view: View) -> None:
        """
        Note that the document has tracked changes and that this view of them was read.

        >>> builder = DocumentBuilder()
        >>> builder.read_as(View.FINAL)
        >>> builder.notes
        ['Tracked changes: the final view was read (insertions in, deletions out).']
        """
        self.tracked = view
        self.notes.append(_TOLD[view])

    def touch(self, key: str, number: int | None = None) -> None:
        """Note that a comment concerns the block of this number, or the one that is added next."""
        self.touched.append((key, len(self.blocks) if number is None else number))

    def _remarks(self) -> tuple[Remark, ...]:
        """
        Return the comments, in reading order.

        >>> builder = DocumentBuilder(comments={"1": ("Check this.", "A. Brook")})
        >>> builder.touch("1")
        >>> builder.add(Kind.PARAGRAPH, "We will test.")
        >>> builder.finish("", "", "").remarks
        (Remark(text='Check this.', author='A. Brook', start=0, end=13),)
        """
        places: dict[str, list[int]] = {}
        for key, number in self.touched:
            if 0 <= number < len(self.blocks):
                places.setdefault(key, []).append(number)
        remarks = []
        for key, (text, author) in self.comments.items():
            at = places.get(key)
            start, end = (self.blocks[min(at)].start, self.blocks[max(at)].end) if at else (None, None)
            remarks.append(Remark(" ".join(text.split()), " ".join(author.split()), start, end))
        return tuple(sorted(remarks, key=lambda remark: self._offset if remark.start is None else remark.start))

    def finish(self, path: str, media_type: str, sha256: str) -> Document:
        """Return the finished document."""
        return Document(
            path=path,
            media_type=media_type,
            sha256=sha256,
            text="\n".join(block.text for block in self.blocks),
            blocks=tuple(self.blocks),
            pages=self.pages,
            pages_read=self.pages_read,
            unread=tuple(self.unread),
            hidden=tuple(self.hidden),
            notes=tuple(self.notes),
            recognised=tuple(self.recognised),
            tracked=self.tracked,
            remarks=self._remarks(),
        )


def passage(text: str) -> Document:
    r"""
    Return a document of one passage that stands by itself; its lines are its blocks.

    A line that begins with "# " is a heading, with "- " or "• " a list item; one with tabs or " | " is a table row.

    >>> [block.kind.value for block in passage("We will:\n- test").blocks]
    ['paragraph', 'list item']
    """
    builder = DocumentBuilder()
    for line in text.splitlines():
        mark, _, rest = line.strip().partition(" ")
        cells = _CELLS.split(line.strip().strip("|").strip())
        if mark in {"#", "##", "###"}:
            builder.add(Kind.HEADING, rest, level=len(mark))
        elif mark in {"-", "•", "*"}:
            builder.add(Kind.LIST_ITEM, rest, level=1 + (len(line) - len(line.lstrip())) // 2)
        elif mark == "|" or len(cells) > 1:
            builder.add(Kind.TABLE_ROW, "\t".join(cells))
        else:
            builder.add(Kind.PARAGRAPH, line)
    return builder.finish("", "text/plain", "")


def passage_in_context(text: str, before: str) -> tuple[Document, int]:
    r"""
    Return a passage with what stands above it, and the offset in `Document.text` where the passage begins.

    >>> document, start = passage_in_context("- test", "# Method\nWe will:")
    >>> document.text[start:], document.blocks[-1].section
    ('test', ('Method',))
    """
    above = passage(before)
    return passage(f"{before}\n{text}"), len(above.text) + bool(above.text)
