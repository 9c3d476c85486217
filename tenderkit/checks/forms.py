"""A response form that was filled in: its questions, the answers beneath them, and the word limits they were set."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tenderkit.document import SILENT_KINDS, Kind
from tenderkit.readers import questions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderkit.document import Block, Document

_NUMBER = r"(\d{1,2},\d{3}|\d{2,5})"
_LIMIT = re.compile(
    rf"\b(?:max(?:imum|\.)?|up\sto|no\smore\sthan|(?:not|never)\s(?:to\s)?exceed(?:ing)?|limit(?:ed)?)\W{{0,3}}(?:\w+\W){{0,3}}?{_NUMBER}\swords?\b"
    rf"|\b{_NUMBER}[\s-]words?\s?(?:max(?:imum)?|limit|or\s(?:less|fewer))\b"
    rf"|[(\[]\s*{_NUMBER}\swords?\s*[)\]]"
    rf"|\bword\slimit\W{{1,3}}{_NUMBER}\b|\bmax(?:imum)?\.?\swords?\W{{1,3}}{_NUMBER}\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\W*(?:question|q)\s?\.?\d", re.IGNORECASE)  # a heading "Q1 Services"
_EMPTY = re.compile(
    r"^(?:\W*|tb[cad]|(?:\[|<)[^\]>]*(?:\]|>)"
    r"|(?:your|insert|enter|type)\b.{0,60}\b(?:answer|response|text)\b.{0,20})$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Answered:
    """
    A question of a form, and what stands beneath it.

    Attributes:
        start: Offset of the question.
        end: Offset just past it.
        question: Its words.
        limit: How many words its answer may have, or None.
        words: How many words its answer has.
        level: Of the heading that asks it; 0 for one that is no heading.
        numbered: Whether it only looks like a question by its number ("Q1 Services").
    """

    start: int
    end: int
    question: str
    limit: int | None = None
    words: int = 0
    level: int = 0
    numbered: bool = False


def word_limit(text: str) -> int | None:
    """
    Return how many words a question or the aside beneath it allows.

    >>> word_limit("How will you test? (Maximum 500 words)"), word_limit("Word limit: 1,000")
    (500, 1000)
    >>> word_limit("We trained 500 people in 500 words of Welsh.") is None
    True
    """
    found = _LIMIT.search(text)
    return int(next(group for group in found.groups() if group).replace(",", "")) if found else None


def find_answers(document: Document) -> Iterator[Answered]:
    """Yield the questions of a form, in reading order, each with its limit and the length of its answer."""
    reading = _Reading()
    for block in document.blocks:
        if block.kind in SILENT_KINDS:
            continue
        if block.kind is Kind.TABLE_ROW:
            yield from reading.row(block)
        else:
            yield from reading.line(block)
    yield from reading.close()


@dataclass(slots=True)
class _Reading:
    """The questions that are open while a document is gone through: a heading's holds until a heading as high."""

    open: list[Answered] = field(default_factory=list)
    form: tuple[int, int] | None = None
    limit: int | None = None  # of every answer in a table's column

    def line(self, block: Block) -> Iterator[Answered]:
        self.form = None
        heading = block.kind is Kind.HEADING
        if heading:
            yield from self.close(block.level)
        asked = questions.asked(block.text)
        numbered = heading and bool(_NUMBERED.match(block.text))
        if (asked and asked == len(block.text.rstrip())) or numbered or (heading and word_limit(block.text)):
            if not heading:
                yield from self.close(only_lines=True)
            level = block.level if heading else 0
            self.open.append(
                Answered(block.start, block.end, block.text, word_limit(block.text), 0, level, numbered and not asked)
            )
        elif self.open and not heading and (questions.is_aside(block.text) or _is_limit(block.text)):
            if self.open[-1].words == 0:
                self.open[-1].limit = self.open[-1].limit or word_limit(block.text)
        elif not heading:
            self._count(block.text if not asked else block.text[asked:])

    def row(self, block: Block) -> Iterator[Answered]:
        cells = [cell.strip() for cell in block.text.split("\t")]
        form = questions.columns(cells)
        if form:
            self.form, self.limit = form, word_limit(cells[form[1]])
            return
        if self.form and self.form[1] < len(cells):
            question, answer = cells[self.form[0]], cells[self.form[1]]
            if question and question != answer:
                limit = word_limit(question) or self.limit
                yield Answered(block.start, block.end, question, limit, _length(answer), numbered=False)
            return
        self._count(block.text)

    def _count(self, text: str) -> None:
        for answered in self.open:
            answered.words += _length(text)

    def close(self, level: int = 0, *, only_lines: bool = False) -> Iterator[Answered]:
        """Yield what is answered when a heading of a level, or another question, begins."""
        closed = [each for each in self.open if each.level == 0 or (not only_lines and each.level >= level)]
        self.open = [each for each in self.open if each not in closed]
        yield from closed


def _is_limit(text: str) -> bool:
    return len(text.split()) <= 12 and word_limit(text) is not None


def _length(text: str) -> int:
    return 0 if _EMPTY.match(text.strip()) else len(text.split())
