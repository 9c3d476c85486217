"""Finds sequences of words with gaps in a list of words: one of them, or all of a vocabulary's at once."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from tenderkit.phrases import Gap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

Word = TypeVar("Word", bound="int | str")
Payload = TypeVar("Payload")

# A place in a tree of sequences: the words that may follow at once, those that may after a gap of so many words, and
# what ends here. Plain values, so that a grown tree can be kept as data.
_Node = tuple["dict[Word, Any]", "dict[int, dict[Word, Any]]", "Sequence[Payload]"]


# A branch by its first word, with all words that may be the second and how far away that may be: of the many words
# that begin a sequence, few have such a word behind them.
_Branch = tuple["_Node[Word, Payload]", "frozenset[Word]", int]


Sequenced = tuple["int | Gap", ...]  # a phrase as normal forms (spaCy's hashes) and gaps
Occurrence = tuple[int, int, str, Sequenced]  # its words, half-open, what the phrase is called, its normal forms


class SequenceTree(Generic[Word, Payload]):
    """
    Many sequences, found in one walk over the words; the cost grows with the words, not with the sequences.

    >>> tree: SequenceTree[str, str] = SequenceTree()
    >>> tree.add(("share", Gap(2), "data"), "sharing")
    >>> tree.add(("data", "quality"), "quality")
    >>> tree.find("share our data quality data".split())
    [(0, 3, 'sharing'), (2, 4, 'quality')]

    Grown once, it can be kept, and begin again where it was:

    >>> SequenceTree(tree.packed()).find("data quality".split())
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
        if self._packed is not None:
            return dict(self._packed)
        return {head: _pack(self._grow(head)) for head in self._added}

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
        node = self._grow(head) if self._packed is None else _unpacked(self._packed[head])
        direct, behind, _ = node
        branch = node, frozenset(direct).union(*behind.values()), 1 + max(behind, default=0)
        self._grown[head] = branch
        return branch

    def find(self, words: Sequence[Word]) -> list[tuple[int, int, Payload]]:
        """Return first word, end and payload of what stands in *words*, in order; the shortest from each beginning."""
        found: list[tuple[int, int, Payload]] = []
        heads = self._added if self._packed is None else self._packed
        grown = self._grown
        for first, head in enumerate(words):
            if head in heads:
                node, seconds, reach = grown.get(head) or self._branch(head)
                if seconds.isdisjoint(words[first + 1 : first + 1 + reach]):
                    if node[2]:
                        found += [(first, first + 1, payload) for payload in node[2]]
                else:
                    self._walk(node, first, words, found)
        return found

    @staticmethod
    def _walk(
        node: _Node[Word, Payload], first: int, words: Sequence[Word], found: list[tuple[int, int, Payload]]
    ) -> None:
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
            if words[position] in node[0]:
                open_nodes.append((_opened(node[0], words[position]), position + 1))
            for most, behind in node[1].items():
                places = range(position, min(position + most + 1, length))
                open_nodes += [(_opened(behind, words[i]), i + 1) for i in places if words[i] in behind]
        found += [(first, end, payload) for payload, end in ends.items()]


def _pack(branch: _Node[Word, Payload]) -> bytes:
    """Return a branch as data, each place behind its first word packed on its own: a text asks for few of them."""
    from msgpack import packb

    def apart(following: dict[Word, _Node[Word, Payload]]) -> dict[Word, bytes]:
        return {word: packb(node) for word, node in following.items()}

    direct, gaps, payloads = branch
    return packb((apart(direct), {gap: apart(behind) for gap, behind in gaps.items()}, payloads))  # type: ignore[no-any-return]


def _opened(nodes: dict[Word, Any], word: Word) -> _Node[Word, Payload]:
    """Return the place behind a word, unpacked for good where it was packed."""
    node = nodes[word]
    if isinstance(node, bytes):
        node = nodes[word] = _unpacked(node)
    return node  # type: ignore[no-any-return]


def _unpacked(data: bytes) -> Any:
    from msgpack import unpackb

    return unpackb(data, use_list=False, strict_map_key=False)


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


class Inside:
    """The normal forms of a sentence, ready to be asked what stands among them."""

    __slots__ = ("_found", "_places", "different", "norms")

    def __init__(self, norms: Sequence[int]) -> None:
        self.norms = norms
        self.different = frozenset(norms)
        self._places: dict[int, list[int]] = {}
        self._found: dict[Phrases, Found] = {}

    def found(self, phrases: Phrases) -> Found:
        """Return what stands there of some phrases; they are looked for once, however many terms ask."""
        if phrases not in self._found:
            found = phrases.find(self)
            self._found[phrases] = Found(found) if found else _NOTHING
        return self._found[phrases]

    def places(self) -> Mapping[int, Sequence[int]]:
        """Return where each word stands; made when first asked for, as most sentences never are."""
        if not self._places:
            for i, norm in enumerate(self.norms):
                self._places.setdefault(norm, []).append(i)
        return self._places


class Found:
    """
    What phrases were found in a sentence, ready to be asked what shares a word with a term, or stands nearest to it.

    Args:
        found: In the order in which they are told.

    >>> found = Found([(1, 3, "open", (7, 8)), (6, 7, "shut", (9,))])
    >>> found.first_of(2, 4, frozenset({7, 9})), found.first_of(4, 6, frozenset({7})), found.first_of(4, 6, {7, 9})
    ('open', 'shut', '')
    >>> found.nearest(4, 5), found.nearest(1, 7)
    ((1, 3), None)
    """

    __slots__ = ("_at", "_begins", "_different", "_ends", "_found")

    def __init__(self, found: Sequence[Occurrence]) -> None:
        self._found = found
        self._at: dict[int, int] = {}  # by token: the number of the first that takes it in
        self._different: dict[Sequenced, int] = {}  # the number of the first of each
        for number, (first, last, _, sequence) in enumerate(found):
            self._different.setdefault(sequence, number)
            for token in range(first, last):
                self._at.setdefault(token, number)
        self._begins: list[tuple[int, int]] = []
        self._ends: list[tuple[int, int]] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    def first_of(self, i: int, j: int, words: AbstractSet[int]) -> str:
        """Return what is called the first that shares a token with *i* to *j*, or has none of the *words*."""
        numbers = [self._at[token] for token in range(i, j) if token in self._at]
        numbers += [number for sequence, number in self._different.items() if words.isdisjoint(sequence)]
        return self._found[min(numbers)][2] if numbers else ""

    def nearest(self, i: int, j: int) -> tuple[int, int] | None:
        """Return the one that stands nearest to tokens *i* to *j* without sharing one; of two, the one before them."""
        if not self._begins:
            self._begins = sorted({(first, last) for first, last, _, _ in self._found})
            self._ends = sorted((last, -first) for first, last in self._begins)
        before, behind = bisect_left(self._ends, (i + 1,)), bisect_left(self._begins, (j,))
        near = [(i - last, (-first, last)) for last, first in self._ends[max(0, before - 1) : before]]
        near += [(first - j, (first, last)) for first, last in self._begins[behind : behind + 1]]
        return min(near)[1] if near else None


_NOTHING = Found(())


class Phrases:
    """
    Phrases to look for in one sentence after the other.

    Args:
        named: What each is called, and its normal forms and gaps; it begins with a word.

    >>> [(first, last, name) for first, last, name, _ in Phrases([("open", (7, 8))]).find(Inside([5, 7, 8]))]
    [(1, 3, 'open')]
    """

    __slots__ = ("_by_head", "_heads")

    def __init__(self, named: Iterable[tuple[str, Sequenced]]) -> None:
        self._by_head: dict[int, list[tuple[str, Sequenced, frozenset[int]]]] = {}
        for name, sequence in named:
            if isinstance(sequence[0], int):
                words = frozenset(word for word in sequence if isinstance(word, int))
                self._by_head.setdefault(sequence[0], []).append((name, sequence, words))
        self._heads = frozenset(self._by_head)

    def find(self, inside: Inside) -> Sequence[Occurrence]:
        """Return what stands there, in the order in which its first words stand there for the first time."""
        if self._heads.isdisjoint(inside.different):  # as nearly always
            return ()
        places = inside.places()
        found: list[Occurrence] = []
        for head in sorted(self._heads & inside.different, key=lambda word: places[word][0]):
            for name, sequence, words in self._by_head[head]:
                if len(sequence) == 1:
                    found += [(i, i + 1, name, sequence) for i in places[head]]
                elif words <= inside.different:
                    found += [(i, j, name, sequence) for i, j in occurrences(sequence, inside.norms, places)]
        return found
