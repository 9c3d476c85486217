"""A document as checks look at it: its blocks in words and sentences, each made when it is first asked for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tenderkit.document import Kind
from tenderkit.language import sentence_spans
from tenderkit.tie_finding import find_ties

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tenderkit.assess import DocumentReport
    from tenderkit.document import Block, Document
    from tenderkit.evidence import Evidence
    from tenderkit.ties import Ties
    from tenderkit.vocabulary import Scheme

_WORD = re.compile(r"[^\W_]+(?:\u00ad+[^\W_]+)*")  # a soft hyphen is no end of a word
_SHOWN = 120  # characters
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


def shortened(quote: str) -> str:
    """
    Return what a message repeats of a passage: one line, and no more than fits into one.

    >>> shortened("We  test.")
    'We test.'
    """
    whole = " ".join(quote.split())
    return whole if len(whole) <= _SHOWN else f"{whole[:_SHOWN].rsplit(' ', 1)[0]} …"


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


@dataclass(frozen=True, slots=True)
class Assessed:
    """
    What was found of the outcomes in a document, for the checks that ask.

    Attributes:
        report: As one assessment gave it.
        scheme: The vocabulary it was assessed by.
        profiles: Named levels (1 to 3) that outcomes are to reach, by outcome id.
    """

    report: DocumentReport
    scheme: Scheme
    profiles: Mapping[str, Mapping[str, int]]

    @property
    def evidence(self) -> Iterator[Evidence]:
        """Everything that counts, outcome by outcome, theme by theme, the best first."""
        card = self.report.scorecard
        for outcome in card.outcomes if card else ():
            for theme in outcome.themes:
                yield from theme.evidence

    @property
    def possible(self) -> tuple[Evidence, ...]:
        """What is too unsure to count, and is to be checked."""
        return self.report.scorecard.possible if self.report.scorecard else ()


class Text:
    """
    A document in blocks of words; what runs at the head or foot of pages is looked at once, code not at all.

    Args:
        document: As read.
        assessed: What was found of the outcomes; only checks of a kind that asks for it need it.
    """

    def __init__(self, document: Document, assessed: Assessed | None = None) -> None:
        self.document = document
        self._assessed = assessed
        self.lines = tuple(Lines(block) for block in _checked(document))

    @property
    def assessed(self) -> Assessed:
        """
        What was found of the outcomes.

        Raises:
            ValueError: When the document was not assessed; a kind that asks for it must say so in `ASSESSES`.
        """
        if self._assessed is None:
            raise ValueError("this document was not assessed")
        return self._assessed

    @cached_property
    def ties(self) -> Ties:
        """What ties its outcomes to its money."""
        return find_ties(self.assessed.report, self.assessed.scheme)

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
        page: Of what has no place in the text, as hidden text; None where it is not known.
    """

    start: int | None = None
    end: int | None = None
    facts: tuple[tuple[str, str], ...] = ()
    page: int | None = None
