"""Finds sequences of words with gaps in a list of words: one of them, or all of a vocabulary's at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from tenderkit.phrases import Gap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

Word = TypeVar("Word", bound="int | str")
Payload = TypeVar("Payload")

# A place in a tree of sequences: the words that may follow at once, those that may after a gap of so many words, and
# what ends here. Plain values, so that a grown tree can be kept as data.
_Node = tuple["dict[Word, Any]", "dict[int, dict[Word, Any]]", "Sequence[Payload]"]


# A branch by its first word, with all words that may be the second and how far away that may be: of the many words
# that begin a sequence, few have such a word behind them.
_Branch = tuple["_Node[Word, Payload]", "frozenset[Word]", int]


class SequenceTree(Generic[Word, Payload]):
    """
    Many sequences, found in one walk over the words; the cost grows with the words, not with the sequences.

    >>> tree: SequenceTree[str, str] = SequenceTree()
    >>> tree.add(("share", Gap(2), "data"), "sharing")
    >>> tree.add(("data", "quality"), "quality")
    >>> list(tree.find("share our data quality data".split()))
    [(0, 3, 'sharing'), (2, 4, 'quality')]

    Grown once, it can be kept, and begin again where it was:

    >>> list(SequenceTree(tree.packed()).find("data quality".split()))
    [(0, 2, 'quality')]

    Args:
        packed: What `packed` returned; nothing can be added to it.
    """

    def __init__(self, packed: Mapping[Word, bytes] | None = None) -> None:
        self._packed = packed
        self._added: dict[Word, list[tuple[Callable[[], Sequence[Word | Gap]], Payload]]] = {}
        self._grown: dict[Word, _Branch[Word, Payload]] = {}  # only those that a text has asked for

    def add(self, sequence: Sequence[Word | Gap], payload: Payload) -> None:
        """Add a sequence before the first search; it begins and ends with a word."""
        head = sequence[0]
        if not isinstance(head, Gap):
            self.add_later(head, lambda: sequence, payload)

    def add_later(self, head: Word, make: Callable[[], Sequence[Word | Gap]], payload: Payload) -> None:
        """Add a sequence that begins with *head* and is made only when a text has that word."""
        self._added.setdefault(head, []).append((make, payload))

    def packed(self) -> dict[Word, bytes]:
        """Return every branch, grown, as data under its first word; words and payloads are numbers, texts or tuples."""
        from msgpack import packb

        return {head: packb(self._grow(head)) for head in self._added}

    def _grow(self, head: Word) -> _Node[Word, Payload]:
        branch: _Node[Word, Payload] = ({}, {}, [])
        for make, payload in self._added[head]:
            node = branch
            gap = 0
            for word in make()[1:]:
                if isinstance(word, Gap):
                    gap = word.most
                    continue
                following = node[1].setdefault(gap, {}) if gap else node[0]
                gap = 0
                if word not in following:
                    following[word] = ({}, {}, [])
                node = following[word]
            node[2].append(payload)  # type: ignore[attr-defined]  # a list, while it grows
        return branch

    def _branch(self, head: Word) -> _Branch[Word, Payload]:
        if self._packed is None:
            node = self._grow(head)
        else:
            from msgpack import unpackb

            node = unpackb(self._packed[head], use_list=False, strict_map_key=False)
        direct, behind, _ = node
        branch = node, frozenset(direct).union(*behind.values()), 1 + max(behind, default=0)
        self._grown[head] = branch
        return branch

    def find(self, words: Sequence[Word]) -> Iterator[tuple[int, int, Payload]]:
        """Yield first word, end and payload of what stands in *words*, in order; the shortest from each beginning."""
        heads = self._added if self._packed is None else self._packed
        grown = self._grown
        for first, head in enumerate(words):
            if head in heads:
                node, seconds, reach = grown.get(head) or self._branch(head)
                if seconds.isdisjoint(words[first + 1 : first + 1 + reach]):
                    for payload in node[2]:
                        yield first, first + 1, payload
                else:
                    yield from self._walk(node, first, words)

    @staticmethod
    def _walk(node: _Node[Word, Payload], first: int, words: Sequence[Word]) -> Iterator[tuple[int, int, Payload]]:
        length = len(words)
        ends: dict[Payload, int] = {}
        open_nodes = [(node, first + 1)]
        while open_nodes:
            node, position = open_nodes.pop()
            for payload in node[2]:
                if position < ends.get(payload, length + 1):
                    ends[payload] = position
            if position == length:
                continue
            following = node[0].get(words[position])
            if following is not None:
                open_nodes.append((following, position + 1))
            for most, behind in node[1].items():
                for place in range(position, min(position + most + 1, length)):
                    following = behind.get(words[place])
                    if following is not None:
                        open_nodes.append((following, place + 1))
        for payload, end in ends.items():
            yield first, end, payload


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
