"""Finds what a document copied: from the vocabulary itself, from the questions that it answers, from a tender."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import accumulate
from typing import TYPE_CHECKING

from tenderkit.copies import Originals, spoken_ones, spoken_words, words_of
from tenderkit.document import SILENT_KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tenderkit.copies import Words
    from tenderkit.document import Block, Document
    from tenderkit.vocabulary import Scheme

_SILENT = SILENT_KINDS | {Kind.HEADING}
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_CLAUSE = re.compile(r"(?<=[.!?;])\s+|\t")
_STOP = re.compile(r"(?<=[.!?])\s+")
_FEWEST_NAMES = 4  # names of outcomes in a row that make a list of them, or more where there are many outcomes
_SHORT = 12  # words of a block that may be one entry of a list
_NAMES_SHARE = 3  # one in so many of the outcomes
_OF_NAMES = 0.6  # so much of its words, without the small ones, are names
_SMALL_WORDS = frozenset(
    ["a", "about", "all", "and", "are", "as", "at", "by", "deliver", "ensure", "for", "from", "in", "is", "of", "offer",
     "on", "or", "our", "provide", "s", "shall", "support", "the", "their", "to", "we", "will", "with"]
)  # fmt: skip
_QUESTION_WORDS = 8  # a shorter question ("How will you test?") is answered in its words by anybody
_SIDE_BY_SIDE = 3  # characters between two copies: a full stop and a space
_OF_SENTENCE = 0.75  # so much of a sentence is the buyer's words, where it is no sentence of the bidder's own


class CopyKind(StrEnum):
    """Where a copied text comes from."""

    FRAMEWORK = "copied framework"
    NAMES = "copied names"
    QUESTION = "copied question"
    TENDER = "copied tender"


@dataclass(frozen=True, slots=True)
class Copy:
    """
    Text that a document copied.

    Attributes:
        kind: Where from.
        start: Offset in `Document.text`.
        end: Offset just past its last character.
        why: One plain line.
        outright: True where whatever is done with it says nothing; False where a promise may be made of it, by words
            of one's own around it.
    """

    kind: CopyKind
    start: int
    end: int
    why: str
    outright: bool

    def silences(self, start: int, end: int, deciding: Iterable[int]) -> bool:
        """
        Tell whether what stands from *start* to *end* says nothing, as it was copied.

        Args:
            start: Offset in `Document.text`.
            end: Offset just past the last character.
            deciding: Where the words stand that make something of it; if one is the author's own, it is said.
        """
        if end <= self.start or self.end <= start:
            return False
        return self.outright or all(self.start <= place < self.end for place in deciding)


class CopiesByPlace:
    """
    Copies, found by where they stand.

    >>> one, other = (Copy(CopyKind.TENDER, start, start + 9, "", False) for start in (0, 20))
    >>> CopiesByPlace([one, other]).around(5, 15) == [one]
    True
    """

    def __init__(self, copies: Sequence[Copy]) -> None:
        self._copies = copies
        self._starts = [copy.start for copy in copies]
        self._reached = list(accumulate((copy.end for copy in copies), max))  # the farthest end so far

    def around(self, start: int, end: int) -> list[Copy]:
        """Return, in reading order, the copies that share a character with the span."""
        first, last = bisect_right(self._reached, start), bisect_left(self._starts, end)
        return [copy for copy in self._copies[first:last] if start < copy.end]


class CopyFinder:
    """
    Finds copied text.

    Args:
        scheme: The vocabulary: its definitions, notes, questions and names.

    >>> from tenderkit.document import DocumentBuilder
    >>> from tenderkit.vocabulary import load_vocabulary
    >>> scheme = load_vocabulary()
    >>> builder = DocumentBuilder()
    >>> builder.add(Kind.PARAGRAPH, "We will test. " + scheme.outcomes[0].definition)
    >>> [copy.why for copy in CopyFinder(scheme).find(builder.finish("bid.txt", "text/plain", ""))][:1]
    ['it repeats the definition of Connectivity']
    """

    def __init__(self, scheme: Scheme) -> None:
        self._framework = Originals(_framework(scheme))
        self._names = _names(scheme)
        self._in_names = frozenset(word for names in self._names.values() for name in names for word in name)
        self._names_needed = max(_FEWEST_NAMES, -(-len(scheme.outcomes) // _NAMES_SHARE))

    def find(
        self,
        document: Document,
        *,
        answers: bool = True,
        tender: Document | None = None,
        spoken: Sequence[tuple[Block, Words]] | None = None,
    ) -> tuple[Copy, ...]:
        """
        Return what was copied, in reading order.

        Args:
            document: The document that may have copied.
            answers: Whether it answers a buyer's questions, as a bid does; else they are its own.
            tender: What it answers, if that is known.
            spoken: Its words, where they were found already (see `copies.spoken_words`).
        """
        asked = [(Originals(_questions(document)), CopyKind.QUESTION, "it repeats the question that it answers")]
        if tender:
            asked.append((Originals(_passages(tender), run=4), CopyKind.TENDER, "it repeats the tender's words"))
        spoken = spoken_words(document) if spoken is None else spoken
        found = [*self._lists_of_names(document, {block.start: words for block, words in spoken})]
        for block, words in spoken:
            for stretch in self._framework.find(words.texts):
                start, end = words.span(stretch.first, stretch.last)
                why = f"it repeats {stretch.name}"
                found.append(Copy(CopyKind.FRAMEWORK, block.start + start, block.start + end, why, outright=True))
            for originals, kind, why in asked if answers else ():
                for stretch in originals.find(words.texts) if originals else ():
                    start, end = words.span(stretch.first, stretch.last)
                    span = (block.start + max(start, block.echo), block.start + end)  # the form's own is no copy
                    if span[0] < span[1] and _is_most(span, block):
                        found.append(Copy(kind, *span, why, outright=False))
        return tuple(_joined(sorted(found, key=lambda copy: (copy.start, copy.end, copy.kind)), document.text))

    def _lists_of_names(self, document: Document, spoken: Mapping[int, Words]) -> Iterator[Copy]:
        """Yield every run of sentences, over blocks, that do little but name outcomes and themes."""
        run: list[tuple[int, int]] = []
        named: set[str] = set()
        for block in document.blocks:
            words = spoken.get(block.start)
            if words is None or not self._may_list(words.texts):
                if block.kind is Kind.HEADING or (words and words.texts):
                    yield from self._list_of_names(run, named)
                    run, named = [], set()
                continue
            plain = words.folded.text == block.text  # then its sentences have nothing to tidy either
            for start, end in _sentences(block, _STOP):
                said = block.text[start - block.start : end - block.start]
                texts = spoken_ones(said) if plain else words_of(said).texts
                names, share = self._named(texts)
                if texts and share >= _OF_NAMES:
                    run.append((start, end))
                    named |= names
                elif texts:
                    yield from self._list_of_names(run, named)
                    run, named = [], set()
        yield from self._list_of_names(run, named)

    def _may_list(self, texts: Sequence[str]) -> bool:
        """Tell, fast, whether a block might be part of a list of names: it is short, or holds several."""
        begun = len(self._names.keys() & set(texts))
        return begun >= (1 if len(texts) <= _SHORT else _FEWEST_NAMES - 1)

    def _list_of_names(self, run: list[tuple[int, int]], named: set[str]) -> Iterator[Copy]:
        if len(named) >= self._names_needed:
            why = f"it only lists the names of {len(named)} outcomes and themes"
            yield Copy(CopyKind.NAMES, run[0][0], run[-1][1], why, outright=True)

    def _named(self, words: Sequence[str]) -> tuple[set[str], float]:
        """Return what is named, and how much of the words the names are."""
        named: set[str] = set()
        inside = others = i = 0
        foreign = sum(word not in self._in_names and word not in _SMALL_WORDS for word in words)
        most = sum(word in self._in_names for word in words)
        if most < _OF_NAMES * (most + foreign):  # as nearly always: too few words for a share that counts
            return named, 0.0
        while i < len(words):
            fitting = [name for name in self._names.get(words[i], ()) if tuple(words[i : i + len(name)]) == name]
            name = max(fitting, key=len, default=())
            if name:
                named.add(" ".join(name))
                inside += len(name)
            elif words[i] not in _SMALL_WORDS:
                others += 1
            i += len(name) or 1
        return named, inside / max(1, inside + others)


def _joined(copies: Iterable[Copy], text: str) -> Iterator[Copy]:
    """Yield copies, those made one that stand side by side in a block and come from one text."""
    last: Copy | None = None
    for copy in copies:
        near = last and copy.start <= last.end + _SIDE_BY_SIDE and "\n" not in text[last.end : copy.start]
        if last and near and (copy.kind, copy.why) == (last.kind, last.why):
            last = replace(last, end=max(last.end, copy.end))
            continue
        if last:
            yield last
        last = copy
    if last:
        yield last


def _spoken(document: Document) -> Iterator[Block]:
    """Yield the blocks in which a document says something."""
    return (block for block in document.blocks if block.kind not in _SILENT)


def _is_most(span: tuple[int, int], block: Block) -> bool:
    """Tell whether a span is most of the sentences that it stands in."""
    touched = [(start, end) for start, end in _sentences(block) if start < span[1] and span[0] < end]
    return span[1] - span[0] >= _OF_SENTENCE * sum(end - start for start, end in touched)


def _framework(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Yield the texts of a vocabulary that a document might repeat, each with what it is."""
    for outcome in scheme.outcomes:
        for sentence in _SENTENCE.split(outcome.definition):
            yield f"the definition of {outcome.prefLabel}", sentence
        for theme in outcome.themes:
            yield f"the question of {outcome.prefLabel}: {theme.prefLabel}", theme.asks
            for sentence in _SENTENCE.split(theme.scopeNote):
                yield f"the note on {outcome.prefLabel}: {theme.prefLabel}", sentence


def _names(scheme: Scheme) -> dict[str, list[tuple[str, ...]]]:
    """Return the names of outcomes and themes as words, by their first word."""
    labels = [label for outcome in scheme.outcomes for label in (outcome.prefLabel, *outcome.altLabel)]
    labels += [theme.prefLabel for outcome in scheme.outcomes for theme in outcome.themes]
    names: dict[str, list[tuple[str, ...]]] = {}
    for label in dict.fromkeys(labels):
        words = tuple(words_of(label).texts)
        if words:
            names.setdefault(words[0], []).append(words)
    return names


def _questions(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the questions of a response form that the document answers."""
    for block in document.blocks:
        if block.echo:
            for sentence in _SENTENCE.split(block.text[: block.echo]):
                if len(sentence.split()) >= _QUESTION_WORDS:
                    yield "question", sentence


def _passages(document: Document) -> Iterator[tuple[str, str]]:
    """Yield the sentences of a tender, and its table rows as they stand."""
    for block in _spoken(document):
        if block.kind is Kind.TABLE_ROW:
            yield "tender", block.text
        for start, end in _sentences(block):
            yield "tender", block.text[start - block.start : end - block.start]


def _sentences(block: Block, boundaries: re.Pattern[str] = _CLAUSE) -> Iterator[tuple[int, int]]:
    """Yield the spans of a block's sentences and cells, roughly."""
    begin = 0
    for boundary in boundaries.finditer(block.text):
        if boundary.start() > begin:
            yield block.start + begin, block.start + boundary.start()
        begin = boundary.end()
    if begin < len(block.text):
        yield block.start + begin, block.end
