"""
Which cues of a sentence cover some of its words, and which of these are of a kind.

It is asked for every term, and one sentence may have thousands of terms and cues. So a set of cues is a whole number
with a bit for each: thousands are compared in one step.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tenderkit.cue_finding import FoundCue

Bits = int  # a set of cues; the lowest bit is that of the first


class CueBits:
    """
    The cues of a sentence, and sets of them.

    Args:
        cues: In their order; of a table row that is no order of places.

    >>> from tenderkit.cue_finding import FoundCue
    >>> from tenderkit.cues import Cue
    >>> will, aim = (FoundCue(Cue("", "commitment"), at, at + 1, at, 9, 0, 0) for at in (1, 4))
    >>> cues = CueBits([will, aim])
    >>> cues.listed(cues.covering(2, 3)) == [will], cues.listed(cues.covering(6, 8)) == [will, aim]
    (True, True)
    >>> cues.first(cues.beginning_in(2, 9)) is aim, cues.first(cues.covering(0, 1))
    (True, None)
    """

    def __init__(self, cues: Iterable[FoundCue]) -> None:
        self.cues = tuple(cues)
        self.every: Bits = (1 << len(self.cues)) - 1
        self._kinds: dict[Callable[[FoundCue], bool], Bits] = {}

    def of(self, kind: Callable[[FoundCue], bool]) -> Bits:
        """Return the cues of a kind; each cue is asked once."""
        if kind not in self._kinds:
            self._kinds[kind] = sum(1 << i for i, cue in enumerate(self.cues) if kind(cue))
        return self._kinds[kind]

    def first(self, bits: Bits) -> FoundCue | None:
        """Return the first cue of a set, or None of an empty one."""
        return self.cues[(bits & -bits).bit_length() - 1] if bits else None

    def listed(self, bits: Bits) -> list[FoundCue]:
        """Return the cues of a set in their order."""
        return list(self._each(bits))

    def _each(self, bits: Bits) -> Iterator[FoundCue]:
        while bits:
            lowest = bits & -bits
            yield self.cues[lowest.bit_length() - 1]
            bits ^= lowest

    def covering(self, first: int, last: int) -> Bits:
        """Return the cues whose reach takes in a part of tokens *first* to *last*."""
        return self._lefts.below(last) & ~self._rights.below(first + 1)

    def beginning_in(self, first: int, last: int) -> Bits:
        """Return the cues whose first token is one of *first* to *last*."""
        return self._firsts.below(last) & ~self._firsts.below(first)

    def ending_behind(self, token: int) -> Bits:
        """Return the cues whose clause ends behind a token."""
        return self.every & ~self._ends.below(token + 1)

    def within(self, first: int, last: int) -> Bits:
        """Return the cues that are made of no other tokens than *first* to *last*."""
        return self._lasts.below(last + 1) & ~self._firsts.below(first)

    def governing(self, bits: Bits, first: int, last: int) -> FoundCue:
        """Return the cue of a set that stands first of those in tokens *first* to *last*, or else of all."""
        chosen = bits & self.beginning_in(first, last) or bits
        found = self.cues[(chosen & -chosen).bit_length() - 1]
        return found if self._in_order else min(self._each(chosen), key=lambda cue: cue.first)

    @cached_property
    def _in_order(self) -> bool:
        return all(one.first <= other.first for one, other in pairwise(self.cues))

    @cached_property
    def _lefts(self) -> _Sums:
        return _Sums(cue.left for cue in self.cues)

    @cached_property
    def _rights(self) -> _Sums:
        return _Sums(cue.right for cue in self.cues)

    @cached_property
    def _firsts(self) -> _Sums:
        return _Sums(cue.first for cue in self.cues)

    @cached_property
    def _lasts(self) -> _Sums:
        return _Sums(cue.last for cue in self.cues)

    @cached_property
    def _ends(self) -> _Sums:
        return _Sums(cue.ends for cue in self.cues)


class _Sums:
    """The numbers of cues, and for each the cues that have a smaller one."""

    __slots__ = ("_numbers", "_smaller")

    def __init__(self, numbers: Iterable[int]) -> None:
        self._numbers: list[int] = []  # different ones, in order
        self._smaller: list[Bits] = [0]  # the cues that have one of so many of them
        for number, i in sorted((number, i) for i, number in enumerate(numbers)):
            if self._numbers[-1:] == [number]:
                self._smaller[-1] |= 1 << i
            else:
                self._numbers.append(number)
                self._smaller.append(self._smaller[-1] | 1 << i)

    def below(self, number: int) -> Bits:
        """Return the cues whose number is smaller."""
        return self._smaller[bisect_left(self._numbers, number)]
