"""What kind of document it is: a bid, a tender, a contract or a strategy."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from tenderkit.document import Kind
from tenderkit.errors import MistakesError
from tenderkit.occurrences import SequenceTree
from tenderkit.phrases import PhraseError, variants
from tenderkit.resources import DEFAULT, Mistakes, Node, cues_folder, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tenderkit.document import Document

_LOOKED_AT = 100_000  # characters from the beginning of the document
_HITS_THAT_COUNT = 4  # of one phrase; more says nothing new
_HITS_A_THOUSAND = 2.0  # words: a phrase counts in full when it stands there so often for each vote it has
_SHORT = 500  # words; a shorter document is held for one of this length
_FIRST_LINES = 10  # blocks in which a title is looked for,
_LINE = 16  # words at the most in a line of a title
_HEADINGS = 300
_LISTS = ("titles", "topics", "headings", "says")
_NAME, _FIRST, _LATER = 1.0, 1.0, 0.6  # the file's name, the first line, those behind it
_VOTES = {"titles": 6.0, "topics": 2.5, "headings": 1.0, "says": 1.0}
# What stands before one of them names the thing itself, what stands behind tells what it is about.
_TURN = frozenset(["about", "by", "for", "from", "in", "of", "on", "to", "with"])
_MOST_HEADED, _MOST_SAID = 4.0, 9.0  # votes of all headings, and of all speech, together
_EDGE = "."  # of a line, in titles, topics and headings
_WORD = re.compile(r"\w+")
_PART = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")  # a word of a line or name: "Attachment1_PWS" has three
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")  # TenderResponse


class Role(StrEnum):
    """The part a document plays in a procurement."""

    BID = "bid"
    TENDER = "tender"
    CONTRACT = "contract"
    STRATEGY = "strategy"


@dataclass(frozen=True, slots=True)
class RoleGuess:
    """A document's role, and the phrases that decided it, the strongest first."""

    role: Role
    because: tuple[str, ...]


_Sign = tuple[str, str, str]  # the role it speaks for, the list it stands in, the phrase
_Vote = tuple[Role, str, float]
_Found = tuple[int, int, _Sign]
_Tree = SequenceTree[str, _Sign]
_TREES = {"titles": "lines", "topics": "lines", "headings": "headings", "says": "speech"}  # by list, where it is found


class RoleFinder:
    """
    Tells a document's role from its name, title, headings and manner of speech, as a vocabulary lists them.

    Args:
        trees: As `plant` returns them, or as they were packed.
    """

    def __init__(self, trees: Mapping[str, _Tree]) -> None:
        self._trees = trees
        self._lines, self._headings, self._speech = (trees[name] for name in ("lines", "headings", "speech"))

    def packed(self) -> dict[str, dict[str, bytes]]:
        """Return the trees as data; see `SequenceTree.packed`."""
        return {name: tree.packed() for name, tree in self._trees.items()}

    def find(self, document: Document) -> RoleGuess:
        """
        Return the likeliest role; a bid where nothing tells.

        The name and the first lines count most, then headings, then how the author speaks. A phrase counts by the
        square root of how often it stands there, and no more than its share of the words admits, so that one habit of
        speech, or the length of a document, does not outvote many signs.
        """
        votes: dict[tuple[Role, str], float] = {}
        headed, said = _held(self._headed(document), _MOST_HEADED), _held(self._said(document), _MOST_SAID)
        for role, words, vote in (*self._titled(document), *headed, *said):
            votes[role, words] = max(vote, votes.get((role, words), 0.0))
        sums: dict[Role, float] = defaultdict(float)
        for (role, _), vote in votes.items():
            sums[role] += vote
        if not sums:
            return RoleGuess(Role.BID, ())
        best = max(sums, key=lambda role: (round(sums[role], 6), -list(Role).index(role)))
        strongest = sorted((-vote, words) for (role, words), vote in votes.items() if role is best)
        return RoleGuess(best, tuple(words for _, words in strongest[:3]))

    def _titled(self, document: Document) -> Iterator[tuple[Role, str, float]]:
        for place, line in _title_lines(document):
            words = _words(line)
            found = _outermost(self._lines.find(words), words)
            inside = {at for first, last, _ in found for at in range(first, last)}
            turn = next((at for at, word in enumerate(words) if word in _TURN and at not in inside), len(words))
            named = [hit for hit in found if hit[1] <= turn] or found
            sure = [hit for hit in named if hit[2][1] == "titles"]
            topics = [hit for hit in named if hit[2][1] == "topics"]
            for first, last, (role, kind, _) in (*sure, *topics[-1:]):
                yield Role(role), " ".join(words[first:last]), place * _VOTES[kind]

    def _headed(self, document: Document) -> Iterator[tuple[Role, str, float]]:
        headings = (block.text for block in document.blocks if block.kind is Kind.HEADING)
        seen: dict[_Sign, str] = {}
        counts: Counter[_Sign] = Counter()
        for heading in islice(headings, _HEADINGS):
            words = _words(heading)
            if len(words) <= _LINE:
                for first, last, sign in _outermost(self._headings.find(words), words):
                    counts[sign] += 1
                    seen.setdefault(sign, " ".join(words[first:last]))
        for sign, count in counts.items():
            yield Role(sign[0]), seen[sign], _VOTES["headings"] * min(count, 2) ** 0.5

    def _said(self, document: Document) -> Iterator[tuple[Role, str, float]]:
        words = _WORD.findall(document.text[:_LOOKED_AT].lower())
        share = _HITS_A_THOUSAND * 1000 / max(len(words), _SHORT)
        counts: Counter[_Sign] = Counter()
        seen: dict[_Sign, str] = {}
        for first, last, sign in self._speech.find(words):
            counts[sign] += 1
            seen.setdefault(sign, " ".join(words[first:last]))
        for sign, count in counts.items():
            yield Role(sign[0]), seen[sign], _VOTES["says"] * min(count, _HITS_THAT_COUNT, count * share) ** 0.5


def _held(votes: Iterable[_Vote], most: float) -> Iterator[_Vote]:
    """Yield the votes, made smaller where together they are more than *most*: then their share tells."""
    found = list(votes)
    scale = min(1.0, most / (sum(vote for _, _, vote in found) or 1.0))
    for role, words, vote in found:
        yield role, words, vote * scale


def _title_lines(document: Document) -> Iterator[tuple[float, str]]:
    """Yield the file's name and the lines before the first paragraph, each with what it counts."""
    name = document.path.rsplit("/", 1)[-1]
    yield _NAME, _HUMP.sub(" ", name.rsplit(".", 1)[0])
    place = _FIRST
    for block in document.blocks[:_FIRST_LINES]:
        long = len(block.text.split()) > _LINE
        if long and block.kind is not Kind.HEADING:
            return
        if not long:
            yield place, block.text
            place = _LATER


def _words(line: str) -> list[str]:
    return [_EDGE, *(word.lower().replace("’", "'") for word in _PART.findall(line)), _EDGE]


def _outermost(hits: Iterable[_Found], words: list[str]) -> list[_Found]:
    """Return the hits that stand in no longer one, in order, without the edges of the line."""
    bare = {(first + (words[first] == _EDGE), last - (words[last - 1] == _EDGE), sign) for first, last, sign in hits}
    kept: list[_Found] = []
    for hit in sorted(bare, key=lambda hit: (hit[0], -hit[1], hit[2])):
        if not any(first <= hit[0] and hit[1] <= last and (first, last) != hit[:2] for first, last, _ in kept):
            kept.append(hit)
    return kept


def plant(lists: Mapping[Role, Mapping[str, Sequence[str]]]) -> dict[str, _Tree]:
    """Return, for each role, the phrases of `cues/roles.yml` by the name of their list as trees to search."""
    trees: dict[str, _Tree] = {name: SequenceTree() for name in _TREES.values()}
    for role, named in lists.items():
        for name, phrases in named.items():
            for phrase in phrases:
                for variant in variants(phrase, {}):
                    trees[_TREES[name]].add(variant, (role.value, name, phrase))
    return trees


def load_roles(name: str = DEFAULT) -> RoleFinder:
    """
    Load the phrases of a vocabulary; one without cues takes those that travel with tenderkit.

    Raises:
        MistakesError: With every mistake in the file.
    """
    file = cues_folder(name) / "roles.yml"
    mistakes = Mistakes()
    node = read_yaml(file, "cues/roles.yml", mistakes)
    part = node.mapping(tuple(role.value for role in Role)) if node else {}
    lists = {Role(key): _lists(value) for key, value in part.items()}
    if mistakes.lines:
        raise MistakesError(tuple(mistakes.lines))
    return RoleFinder(plant(lists))


def _lists(node: Node) -> dict[str, tuple[str, ...]]:
    if node.is_list:  # how its author speaks, and nothing else
        return {"says": _phrases(node)}
    return {key: _phrases(value) for key, value in node.mapping((), _LISTS).items()}


def _phrases(node: Node) -> tuple[str, ...]:
    found = []
    for item in node.items():
        phrase = item.text()
        try:
            variants(phrase, {})
        except PhraseError as error:
            item.wrong(str(error))
        found.append(phrase)
    return tuple(found)
