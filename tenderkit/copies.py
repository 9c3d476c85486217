"""Finds in a text the stretches that repeat one of many originals, word for word or nearly so."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from tenderkit.document import SILENT_KINDS, Kind
from tenderkit.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tenderkit.document import Block, Document
    from tenderkit.spelling import Folded

_WORD = re.compile(r"[^\W_]+")
_HOLE = 2  # words of one's own that a copy may have between two runs of copied ones
_SHARE = 0.6  # of an original's words; so much must have been copied …
_FEWEST, _ENOUGH = 5, 12  # … but never fewer words than the first, and never need there be more than the second
_COMMON = 40  # originals; words that stand in so many say nothing


@dataclass(frozen=True, slots=True)
class Words:
    """
    The words of a text in small letters, tidied as for matching.

    Attributes:
        texts: Each word.
        folded: The tidied text that they stand in.
    """

    texts: list[str]
    folded: Folded

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the half-open span, in the text as it was given, of words *first* up to *last*."""
        places = [word.span() for word in islice(_WORD.finditer(self.folded.text), last)]
        return self.folded.origin(places[first][0]), self.folded.origin(places[last - 1][1] - 1) + 1


def words_of(text: str, tidy: Callable[[str], Folded] = fold) -> Words:
    r"""
    Return the words of a text, tidied by *tidy*.

    >>> words = words_of("Co-design: the citi\u00adzens’ view")
    >>> words.texts, words.span(3, 4)
    (['co', 'design', 'the', 'citizens', 'view'], (15, 24))
    """
    folded = tidy(text)
    return Words(spoken_ones(folded.text), folded)


def spoken_ones(text: str) -> list[str]:
    """
    Return the words of a tidied text in small letters.

    >>> spoken_ones("Co design: the view")
    ['co', 'design', 'the', 'view']
    """
    return _WORD.findall(text.lower()) if text.isascii() else [word.lower() for word in _WORD.findall(text)]


def spoken_words(document: Document, tidy: Callable[[str], Folded] = fold) -> list[tuple[Block, Words]]:
    """Return the blocks in which a document says something, each with its words; headings only announce."""
    silent = SILENT_KINDS | {Kind.HEADING}
    return [(block, words_of(block.text, tidy)) for block in document.blocks if block.kind not in silent]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words *first* up to *last* of a text that were copied from the original *name*."""

    first: int
    last: int
    name: str


class Originals:
    """
    Texts that may have been copied, each known by a name.

    A copy is found by runs of words that it shares with one original. It may leave words out, or put up to two of its
    own between two runs, and must have three fifths of the original, or twelve words.

    Args:
        run: How many words in a row must be the same to be noticed.

    >>> originals = Originals([("motto", "Services must be easy to use for everyone who needs them.")])
    >>> words = words_of("They will be truly easy to use for everyone who needs them, always.")
    >>> list(originals.find(words.texts))
    [Stretch(first=4, last=12, name='motto')]
    >>> list(originals.find("they are easy to use".split()))
    []
    """

    def __init__(self, named: Iterable[tuple[str, str]], *, run: int = 3) -> None:
        self._run = run
        self._names: list[str] = []
        self._needed: list[int] = []
        self._runs: dict[tuple[str, ...], list[int]] = defaultdict(list)
        seen: set[tuple[str, ...]] = set()
        for name, text in named:
            words = tuple(words_of(text).texts)
            if len(words) < _FEWEST or words in seen:
                continue
            seen.add(words)
            number = len(self._names)
            self._names.append(name)
            self._needed.append(min(_ENOUGH, max(_FEWEST, round(_SHARE * len(words)))))
            for key in dict.fromkeys(self._keys(words)):
                self._runs[key].append(number)

    def __bool__(self) -> bool:
        return bool(self._names)

    def _keys(self, words: Sequence[str]) -> Iterator[tuple[str, ...]]:
        return zip(*(words[i:] for i in range(self._run)), strict=False)

    def find(self, words: Sequence[str]) -> Iterator[Stretch]:
        """Yield what is copied in *words*, leftmost first; of stretches that overlap, the longest."""
        if self._runs.keys().isdisjoint(self._keys(words)):
            return
        shared: dict[int, list[int]] = defaultdict(list)  # by original: where a run that it has begins
        for i, key in enumerate(self._keys(words)):
            found = self._runs.get(key, ())
            if len(found) <= _COMMON:
                for number in found:
                    shared[number].append(i)
        stretches = [
            Stretch(first, last, self._names[number])
            for number, begins in shared.items()
            for first, last, copied in _joined(begins, self._run)
            if copied >= self._needed[number]
        ]
        stretches.sort(key=lambda stretch: (stretch.first - stretch.last, stretch.first, stretch.name))
        kept: list[Stretch] = []
        taken = bytearray(len(words))
        for stretch in stretches:
            if not any(taken[stretch.first : stretch.last]):
                kept.append(stretch)
                taken[stretch.first : stretch.last] = b"\1" * (stretch.last - stretch.first)
        yield from sorted(kept, key=lambda stretch: stretch.first)


def _joined(begins: Sequence[int], run: int) -> Iterator[tuple[int, int, int]]:
    """Yield first word, word past the last, and number of copied words of each stretch of runs that lie close."""
    first, last, copied = begins[0], begins[0] + run, run
    for begin in begins[1:]:
        if begin > last + _HOLE:
            yield first, last, copied
            first, copied = begin, run
        else:
            copied += begin + run - max(begin, last)
        last = begin + run
    yield first, last, copied
