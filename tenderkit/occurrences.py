"""Finds a sequence of words with gaps in a list of words."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tenderkit.phrases import Gap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Word = TypeVar("Word", bound="int | str")


def occurrences(
    sequence: Sequence[Word | Gap], words: Sequence[Word], places: Mapping[Word, Sequence[int]]
) -> Iterator[tuple[int, int]]:
    """
    Yield the half-open spans of *words* at which *sequence* stands, the shortest from each beginning.

    Args:
        sequence: Words and gaps; the first is a word.
        words: To look in.
        places: Where each word stands in *words*.

    >>> words = "share all of the data".split()
    >>> list(occurrences(("share", Gap(3), "data"), words, {"share": [0], "data": [4]}))
    [(0, 5)]
    >>> list(occurrences(("share", Gap(2), "data"), words, {"share": [0], "data": [4]}))
    []
    """
    head, *rest = sequence
    if isinstance(head, Gap):
        return
    for begin in places.get(head, ()):
        ends = {begin + 1}
        slack = 0
        for word in rest:
            if isinstance(word, Gap):
                slack = word.most
                continue
            ends = {
                position + 1
                for end in ends
                for position in range(end, min(end + slack + 1, len(words)))
                if words[position] == word
            }
            slack = 0
        if ends:
            yield begin, min(ends)
