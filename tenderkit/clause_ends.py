"""Where the clauses of a sentence end, ready to be asked for the clause of a word and the reach of a cue."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from tenderkit.cues import SENTENCE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tenderkit.cues import Cue


class ClauseEnds:
    """
    Where the clauses of a sentence end.

    Args:
        both_ways: By its place, in order, whether a reach to the left ends there too.
        length: Words of the sentence.

    >>> from tenderkit.cues import WHOLE_CLAUSE, Cue
    >>> ends = ClauseEnds({3: False, 6: True}, 9)  # "we test and we train , but not now"
    >>> ends.clause(4), ends.clause(6), ends.next_from(7)
    ((3, 6), (6, 9), 9)
    >>> ends.reach(Cue("will", "commitment", after=WHOLE_CLAUSE, before=WHOLE_CLAUSE), 4, 5)
    (0, 6)
    """

    __slots__ = ("_all", "_hard", "_places", "length")

    def __init__(self, both_ways: Mapping[int, bool], length: int) -> None:
        self._places = both_ways.keys()
        self._all = list(both_ways)
        self._hard = [stop for stop, both in both_ways.items() if both]
        self.length = length

    def __contains__(self, place: int) -> bool:
        return place in self._places

    def next_from(self, place: int) -> int:
        """Return the first at *place* or behind it, or the end of the sentence."""
        return _first_from(self._all, place, self.length)

    def clause(self, place: int) -> tuple[int, int]:
        """Return the words, half-open, of the clause that one stands in."""
        behind = bisect_right(self._all, place)
        return self._all[behind - 1] if behind else 0, self.next_from(place + 1)

    def reach(self, cue: Cue, i: int, j: int) -> tuple[int, int]:
        """Return the reach of a cue that stands at *i* to *j*."""
        before = bisect_left(self._hard, i) if cue.before != SENTENCE else 0
        left = self._hard[before - 1] + 1 if before else 0
        right = _first_from(self._hard if cue.after == SENTENCE else self._all, j, self.length)
        return max(left, i - cue.before), min(right, j + cue.after)


def _first_from(places: Sequence[int], place: int, default: int) -> int:
    behind = bisect_left(places, place)
    return places[behind] if behind < len(places) else default
