"""From a span of a document's text back to the places in its file that say it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tenderkit.document import Document, Pieces

_KEYS = (12, 5, 2)  # characters that tell where two texts go on alike: the more, the surer
_PREFIX = 40  # characters that one of them may have before the other begins: a list's mark, a clause's number
_BETWEEN = 80  # characters that may be missing in the middle
_HIDDEN = 4_000  # characters of the source that a reader may have left out: what nobody sees
_LOST = 200  # places at which nothing goes on alike, after which the rest is given up


@dataclass(frozen=True, slots=True)
class Spot:
    """
    A stretch of one piece of a file.

    Attributes:
        place: What the format's reader calls the piece: an element, a line.
        text: All that the piece says.
        begin: Where in it the stretch begins.
        end: Just past its last character.
        exact: False where it is only known that the text is from this piece.
    """

    place: Any
    text: str
    begin: int
    end: int
    exact: bool = True


class Places:
    """
    Finds the places in a file that a span of a document's text is from.

    A reader tidies what it reads: white space, the marks of lists, hyphens at the end of a line. So a text and its
    source are laid side by side, character by character, and what only one of them has is passed over.

    Args:
        document: As read.
        sources: Of each of its blocks, what it was put together from.
        refine: Turns the pieces of a source into others, where what a piece says is known better by now.
    """

    def __init__(
        self, document: Document, sources: Sequence[Pieces], refine: Callable[[Pieces], Pieces] = lambda same: same
    ) -> None:
        self._document, self._sources, self._refine = document, sources, refine
        self._starts = [block.start for block in document.blocks]
        self._known: dict[int, _Aligned] = {}

    def find(self, start: int, end: int) -> list[Spot]:
        """
        Return where the text from *start* to *end* stands in the file, in order; nothing where nobody can tell.

        >>> from tenderkit.document import DocumentBuilder, Kind
        >>> builder = DocumentBuilder()
        >>> builder.add(Kind.LIST_ITEM, "We will test.", source=[("run 1", "- We  "), ("run 2", "will test.")])
        >>> places = Places(builder.finish("", "", ""), builder.sources)
        >>> [(spot.place, spot.begin, spot.end) for spot in places.find(0, 7)]
        [('run 1', 2, 4), ('run 2', 0, 4)]
        """
        spots: list[Spot] = []
        for number in self.blocks(start, end):
            block = self._document.blocks[number]
            first = self._first_of_same(number)
            aligned = self._known.get(first) or self._align(first)
            offset = self._starts[first]
            begin, stop = max(start, block.start) - offset, min(end, block.end) - offset
            spots.extend(aligned.spots(begin, stop))
        return spots

    def blocks(self, start: int, end: int) -> Iterator[int]:
        """Yield the numbers of the blocks that a span touches."""
        number = max(0, bisect_right(self._starts, start) - 1)
        while number < len(self._starts) and (self._starts[number] < end or self._starts[number] == start):
            yield number
            number += 1

    def _first_of_same(self, number: int) -> int:
        """Return the first of the blocks that one source was parted into."""
        while number and self._sources[number] and self._sources[number - 1] is self._sources[number]:
            number -= 1
        return number

    def _align(self, first: int) -> _Aligned:
        last = first
        while last + 1 < len(self._starts) and self._sources[first] and self._sources[last + 1] is self._sources[first]:
            last += 1
        pieces = self._refine(self._sources[first])
        text = self._document.text[self._starts[first] : self._document.blocks[last].end]
        self._known[first] = _Aligned(pieces, align(text, "".join([said for _, said in pieces])))
        return self._known[first]


class _Aligned:
    """A source and, for each character of the text that was made of it, the character that it is from."""

    def __init__(self, pieces: Pieces, origins: list[int]) -> None:
        self._pieces, self._origins = pieces, origins
        self._offsets = [0]
        for _, said in pieces:
            self._offsets.append(self._offsets[-1] + len(said))

    def spots(self, start: int, end: int) -> Iterator[Spot]:
        """Yield the stretches that the text from *start* to *end* is from, or all pieces where none is known."""
        found = sorted({origin for origin in self._origins[start:end] if origin >= 0})
        if not found:
            yield from (Spot(place, said, 0, len(said), exact=False) for place, said in self._pieces)
            return
        for number, group in groupby(found, key=lambda origin: bisect_right(self._offsets, origin) - 1):
            place, said = self._pieces[number]
            offset = self._offsets[number]
            run: list[int] = []
            for at in (origin - offset for origin in group):
                if run and said[run[1] : at].strip():
                    yield Spot(place, said, run[0], run[1])
                    run = []
                run = [run[0] if run else at, at + 1]
            yield Spot(place, said, run[0], run[1])


def align(text: str, source: str) -> list[int]:
    r"""
    Return for each character of *text* the index in *source* of the one that it is from, -1 for what is not there.

    Both say the same in the same order; white space counts for nothing, and each may have a little that the other
    has not.

    >>> align("We will", "(a) We\u00a0 will")
    [4, 5, -1, 8, 9, 10, 11]
    >>> align("2.1 Plan", "Plan"), align("user-led", "userled")
    ([-1, -1, -1, -1, 0, 1, 2, 3], [0, 1, 2, 3, -1, 4, 5, 6])
    """
    origins = [-1] * len(text)
    wanted = [at for at, character in enumerate(text) if not character.isspace()]
    given = [at for at, character in enumerate(source) if not character.isspace()]
    first, second = "".join([text[at] for at in wanted]), "".join([source[at] for at in given])
    i, j = _begin(first, second)
    lost = 0
    while i < len(first) and j < len(second):
        if first[i] == second[j]:
            origins[wanted[i]] = given[j]
            i, j = i + 1, j + 1
            continue
        found = _resume(first, i, second, j)
        if found is None:
            lost += 1
            if lost > _LOST:
                break
            i += 1
        else:
            i, j = found
    return origins


def _begin(first: str, second: str) -> tuple[int, int]:
    """Return where two texts begin to say the same, though one of them may have a mark or a number before it."""
    if second.startswith(first[: _KEYS[1]]):
        return 0, 0
    for length in _KEYS:
        for skipped in range(min(_PREFIX, len(first))):
            key = first[skipped : skipped + length]
            at = second.find(key, 0, _PREFIX + length) if len(key) == min(length, len(first)) else -1
            if at >= 0:
                return skipped, at
    return 0, 0


def _resume(first: str, i: int, second: str, j: int) -> tuple[int, int] | None:
    """Return the nearest place behind *i* and *j* from which both texts go on alike."""
    for length in _KEYS:
        best: tuple[int, int, int] | None = None
        for skipped in range(_BETWEEN):
            if best and skipped >= best[0]:
                break
            key = first[i + skipped : i + skipped + length]
            if not key:
                break
            reach = _HIDDEN if not skipped and len(key) == _KEYS[0] else _BETWEEN
            at = second.find(key, j, j + reach + length)
            if at >= 0 and (best is None or skipped + at - j < best[0]):
                best = (skipped + at - j, i + skipped, at)
        if best:
            return best[1:]
    return None
