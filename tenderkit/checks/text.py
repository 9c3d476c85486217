"""A document as checks look at it: its blocks in words and sentences, each made when it is first asked for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tenderkit.document import Kind
from tenderkit.language import sentence_spans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderkit.document import Block, Document

_WORD = re.compile(r"[^\W_]+(?:\u00ad+[^\W_]+)*")  # a soft hyphen is no end of a word
_UNCHECKED = frozenset({Kind.CODE, Kind.CONTENTS})


class Word(NamedTuple):
    """A word of a block: its letters as written, and its half-open span in the block's text."""

    text: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """
    Return the words of a text: runs of letters and digits; "2.1" is two, and a ligature is its letters.

    >>> [word.text for word in words_of("ISO/IEC 27001:2013, v2.1")]
    ['ISO', 'IEC', '27001', '2013', 'v2', '1']
    """
    found = []
    for match in _WORD.finditer(text):
        word = match[0]
        if not word.isascii():
            word = unicodedata.normalize("NFKC", word.replace("\u00ad", ""))
        found.append(Word(word, match.start(), match.end()))
    return found


@dataclass(frozen=True)
class Lines:
    """
    One block, in words.

    Attributes:
        block: The block.
    """

    block: Block

    @cached_property
    def words(self) -> list[Word]:
        """Its words."""
        return words_of(self.block.text)

    @cached_property
    def written(self) -> list[str]:
        """Its words as written."""
        return [word.text for word in self.words]

    @cached_property
    def lowered(self) -> list[str]:
        """Its words without regard to case."""
        return [word.casefold() for word in self.written]

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """The half-open spans of its sentences in its text."""
        return [*sentence_spans(self.block)]

    def sentence_at(self, position: int) -> tuple[int, int]:
        """Return the span of the sentence that holds a character."""
        return next((span for span in self.sentences if span[0] <= position < span[1]), (0, len(self.block.text)))


class Text:
    """A document in blocks of words; what runs at the head or foot of pages is looked at once, code not at all."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lines = tuple(Lines(block) for block in _checked(document))

    @cached_property
    def headings(self) -> tuple[Block, ...]:
        """The headings, in order."""
        return tuple(block for block in self.document.blocks if block.kind is Kind.HEADING)


def _checked(document: Document) -> Iterator[Block]:
    running: set[str] = set()
    for block in document.blocks:
        if block.kind in _UNCHECKED or (block.kind is Kind.RUNNING and block.text in running):
            continue
        if block.kind is Kind.RUNNING:
            running.add(block.text)
        yield block


@dataclass(frozen=True, slots=True)
class Hit:
    """
    A place that a check found.

    Attributes:
        start: Offset in `Document.text` of its first character; None where it concerns the whole document.
        end: Offset just past its last character.
        facts: What the rule's message may name in braces, by name.
    """

    start: int | None = None
    end: int | None = None
    facts: tuple[tuple[str, str], ...] = ()
