"""Finds a vocabulary's cues in sentences, with their reach."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tenderkit.clause_ends import ClauseEnds
from tenderkit.cue_index import cue_of
from tenderkit.cues import PSEUDO, RELIEF, TELLING, WHOLE_CLAUSE, Cue
from tenderkit.document import Kind
from tenderkit.insertions import (
    NEGATIVES,
    adds,
    first_addition,
    inserted,
    insertion,
    numbers,
    parted,
    resumes,
    skips_comma,
)
from tenderkit.lessening import lessens_ill

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tenderkit.cue_index import CueIndex, Plain
    from tenderkit.language import Sentence, TokenisedBlock

_LABEL = re.compile(r"^(?:[a-z]|[ivx]{1,4}|\d+(?:\.\d+)*)?[.)]?$")  # "b.", "iv)", "3.2", or nothing but a stop
_LABEL_WORDS = 6  # a label before a colon, at the start of a sentence, has no more ("Detect (DE): develop …")
_WALLS = frozenset({":", ";", "\t", "–", "—"})  # no gap reaches across
_LINKS = frozenset({"to", "so", "because", "by", "when", "until", "since", "while", "from"})
_OBJECT_WORDS = 8  # behind a cue, at the most, in which a word that cancels it stands
_NAME_WORDS = 7
_NO_NAMES = frozenset(
    {"the", "our", "your", "this", "these", "each", "every", "all", "a", "an", "any", "no", "if", "in", "for"}
)
_IN_NAMES = frozenset({"and", "of", "&", "the", "for", "in", "upon", "-", "'s", "(", ")", "."})
_NO_CLAUSE = frozenset(
    {"necessary", "required", "needed", "possible", "appropriate", "requested", "applicable"}
)  # "where …"
_SUPPOSED_WORDS, _SUPPOSED_NO = 8, 3  # from "if" to a denial, at the most; to a "no" that may begin a new clause
_NO_WORDS = frozenset({"no", "nobody", "none", "nothing", "neither", "without"})
_CLAUSE_ENDS = frozenset({",", ":", ";", "(", ")", "\t", "–", "—", "then"})
_STATES = frozenset({"is", "are", "was", "were", "has", "have", "had", "be", "been"})
_NOT = frozenset({"not", "never"})
_AUTHORS = frozenset({"we", "i", "our", "us"})
_SUBJECT_WORDS = 4  # at the most, between "who" or "if" and the verb
Sequenced = tuple["frozenset[str] | int", ...]  # tokens, any of each set; a number is a gap of so many at the most
_Entry = tuple[int, Sequenced, Cue]  # its number, what follows its first word, and what it is


@dataclass(frozen=True, slots=True)
class FoundCue:
    """
    A cue in a sentence.

    Attributes:
        first: Its first token in the sentence's tokenised block.
        last: The token just past its last one.
        left: First token of its reach.
        right: The token just past its reach.
        start: Offset in `Document.text`.
        end: Offset just past its last character.
        aside: True where it stands in a clause that only describes or explains ("residents who have tested it").
        supposed: True where it stands in a clause that only supposes or asks for it ("if the form does not load").
        ends: The token at which the clause ends, whatever the reach.
    """

    cue: Cue
    first: int
    last: int
    left: int
    right: int
    start: int
    end: int
    aside: bool = False
    supposed: bool = False
    ends: int = 0

    def covers(self, first: int, last: int) -> bool:
        """True where the reach takes in a part of tokens *first* to *last* (half-open on both sides)."""
        return self.left < last and first < self.right

    @property
    def ours(self) -> bool:
        """True where it says outright that the author did it: "built by us", "thanks to our form"."""
        return self.cue.weight == TELLING and self.cue.effect == "practice" and self.cue.who == "author"


class _Branch:
    """The cues that begin with one word, by the word that follows it, so that most are never looked at."""

    __slots__ = ("alone", "behind", "direct", "most")

    def __init__(self, entries: Iterable[tuple[Sequenced, Cue]]) -> None:
        self.alone: list[_Entry] = []
        self.direct: dict[str, list[_Entry]] = {}
        self.behind: dict[str, list[tuple[int, _Entry]]] = {}  # a gap, and what follows after it
        self.most = 0  # the widest gap
        for number, (rest, cue) in enumerate(entries):
            entry = (number, rest, cue)
            if not rest:
                self.alone.append(entry)
            elif isinstance(rest[0], int):
                self.most = max(self.most, rest[0])
                for word in rest[1]:  # type: ignore[union-attr]  # two gaps never stand side by side
                    self.behind.setdefault(word, []).append((rest[0], entry))
            else:
                for word in rest[0]:
                    self.direct.setdefault(word, []).append(entry)

    def find(self, words: Sequence[str], at: int) -> list[tuple[int, tuple[int, ...], Cue]]:
        """Return number, places and cue of those whose first word is at *at*, in the order of their numbers."""
        found: list[tuple[int, tuple[int, ...], Cue]] = [(number, (at,), cue) for number, _, cue in self.alone]
        following = words[at + 1 : at + 2 + self.most]
        for number, rest, cue in self.direct.get(following[0], ()) if following else ():
            places = _occurrence(rest, words, at)
            if places is not None:
                found.append((number, places, cue))
        if self.behind and not self.behind.keys().isdisjoint(following):
            seen: set[int] = set()
            for distance, word in enumerate(following):
                for gap, (number, rest, cue) in self.behind.get(word, ()):
                    if distance <= gap and number not in seen:
                        seen.add(number)
                        places = _occurrence(rest, words, at)
                        if places is not None:
                            found.append((number, places, cue))
        if len(found) > 1:
            found.sort(key=lambda entry: entry[0])
        return found


class CueFinder:
    """Finds a vocabulary's cues in sentences that a `Language` has tokenised."""

    def __init__(self, index: CueIndex) -> None:
        self._aside = frozenset(index.aside)
        self._supposed = frozenset(index.supposed)
        self._index = index
        self._cues = index.heads.keys()
        self._made: dict[int, Cue] = {}  # by their numbers
        self._branches: dict[str, _Branch] = {}  # of the first words that a text has asked for
        self._stops = {
            word: [(_sequenced(rest), both_ways) for rest, both_ways in found] for word, found in index.stops.items()
        }
        self._block: TokenisedBlock | None = None
        self._ends: dict[int, ClauseEnds] = {}  # of the clauses of that block's sentences, by first token

    def _branch(self, word: str) -> _Branch:
        branch = _Branch((_sequenced(rest), self._cue(number)) for rest, number in self._index.beginning_with(word))
        self._branches[word] = branch
        return branch

    def _cue(self, number: int) -> Cue:
        if number not in self._made:
            self._made[number] = cue_of(self._index.cues[number])
        return self._made[number]

    def find(self, sentence: Sentence) -> tuple[FoundCue, ...]:
        """Return the cues of a sentence from left to right; a longer one hides those that share a word with it."""
        words = sentence.said
        spans: list[tuple[tuple[int, ...], Cue]] = []
        opening = -1
        for i, word in enumerate(words):
            if word not in self._cues:
                continue
            for _, places, cue in (self._branches.get(word) or self._branch(word)).find(words, i):
                if cue.at and opening < 0:
                    opening = _opening(words)
                if cue.effect == PSEUDO and skips_comma(places, words):
                    continue
                if not cue.at or _stands(cue.at, places, words, opening, sentence):
                    spans.append((places, cue))
        if not spans:
            return ()
        stops = self._clauses(sentence)
        spans = _without_cancelled(spans)
        standing: dict[frozenset[str], list[int]] = {}  # where words stand that cancel; filled as cues ask for them
        cancelled = [self._cancelled(*span, words, stops, standing) for span in spans]
        lessened = [span for span, is_so in zip(spans, cancelled, strict=True) if is_so and span[1].effect == "adverse"]
        relieved = [span for span in lessened if lessens_ill(*span, words)]
        spans = [span for span, is_so in zip(spans, cancelled, strict=True) if not is_so]
        # The telling first, then the longest (a gap counts for nothing); of equals the one that asks for its place.
        spans.sort(key=lambda span: (span[1].weight != TELLING, -len(span[0]), span[0], not span[1].at))
        kept: dict[tuple[int, ...], list[Cue]] = {}
        taken: dict[int, tuple[int, ...]] = {}
        for places, cue in spans:
            holders = {taken[place] for place in places if place in taken}
            if not holders or (
                holders == {places} and all((cue.effect, cue.at) != (other.effect, other.at) for other in kept[places])
            ):
                taken.update(dict.fromkeys(places, places))
                kept.setdefault(places, []).append(cue)
            elif cue.effect == "adverse" and any(hides.effect == PSEUDO for at in holders for hides in kept[at]):
                relieved.append((places, cue))
        told = [(places, cue) for places, cues in kept.items() for cue in cues if cue.effect != PSEUDO]
        told.extend((places, replace(cue, effect=RELIEF)) for places, cue in relieved)
        told.sort(key=lambda span: (span[0][0], span[0][-1]))
        return tuple(self._reach_of(cue, places, words, stops, sentence) for places, cue in told)

    def _clauses(self, sentence: Sentence) -> ClauseEnds:
        """Return where the clauses of a sentence end; those of one block are remembered, for they are asked often."""
        if self._block is not sentence.tokens:
            self._block, self._ends = sentence.tokens, {}
        if sentence.first not in self._ends:
            self._ends[sentence.first] = ClauseEnds(self._boundaries(sentence.said), len(sentence.said))
        return self._ends[sentence.first]

    def _boundaries(self, words: Sequence[str]) -> dict[int, bool]:
        """Return where clauses end, and whether a reach to the left ends there too."""
        found: dict[int, bool] = {}
        apart = parted(words) if words[0] in NEGATIVES else range(0)
        addition = first_addition(words) if "but" in words else len(words)
        for i, word in enumerate(words):
            if i in apart:
                continue  # "Nothing in this bid, and we say so now, brings …"
            if word in self._stops and inserted(words, i + (word == ",")):
                continue  # "it does not, however, work"; "we hope, though we cannot promise, to"
            if word == "but" and adds(words, i, addition):
                continue  # "not only … but also", "cannot but"
            if word == "once" and numbers(words, i):
                continue  # "once a year"
            for rest, both_ways in self._stops.get(word, ()):
                if not found.get(i) and _occurrence(rest, words, i) is not None:
                    found[i] = both_ways
        return found

    def _cancelled(
        self,
        places: tuple[int, ...],
        cue: Cue,
        words: Sequence[str],
        stops: ClauseEnds,
        standing: dict[frozenset[str], list[int]],
    ) -> bool:
        """Tell whether a word that cancels a cue stands in its reach, or in its object where it speaks of that."""
        if not cue.unless:
            return False
        i, j = places[0], places[-1] + 1
        left, _ = stops.reach(cue, i, j)
        end = j if cue.denies and cue.before >= WHOLE_CLAUSE else self._object(words, j, stops)
        if cue.unless not in standing:
            standing[cue.unless] = [k for k, word in enumerate(words) if word in cue.unless]
        found = standing[cue.unless]
        within = range(bisect_left(found, left), bisect_left(found, end))
        return any(found[k] not in places for k in within)

    def _reach_of(
        self, cue: Cue, places: tuple[int, ...], words: Sequence[str], stops: ClauseEnds, sentence: Sentence
    ) -> FoundCue:
        i, j = places[0], places[-1] + 1
        left, right = stops.reach(cue, i, j)
        resumed = resumes(words, j) if cue.denies and words[j - 1] in _NOT else j
        if resumed > j:  # "the model has not, in any trial so far, been checked"
            cue = replace(cue, before=WHOLE_CLAUSE) if words[max(0, i - 1)] in _STATES else cue
            left, right = stops.reach(cue, i, resumed)
        begin, close = insertion(words, i) or (left, right)
        left, right = max(left, begin), min(right, close)
        first = sentence.first
        start, end = sentence.span(first + i, first + j)
        aside = not self._aside.isdisjoint(_just_before(words, i))
        supposed = cue.denies and not cue.at and _supposes(words, i, self._supposed)
        ends = first + stops.next_from(j)
        return FoundCue(cue, first + i, first + j, first + left, first + right, start, end, aside, supposed, ends)

    def _object(self, words: Sequence[str], j: int, stops: ClauseEnds) -> int:
        """Return where the object of a verb that ends at *j* ends: before "to save time", "and cut costs"."""
        for i in range(j, min(j + _OBJECT_WORDS, len(words))):
            if (
                i in stops
                or words[i] in _LINKS
                or (words[i] == "and" and words[min(i + 1, len(words) - 1)] in self._cues)
            ):
                return i
        return min(j + _OBJECT_WORDS, len(words))

    def clause(self, sentence: Sentence, token: int) -> tuple[int, int]:
        """Return the tokens, half-open, of the clause of *sentence* that *token* stands in."""
        left, right = self._clauses(sentence).clause(token - sentence.first)
        return sentence.first + left, sentence.first + right


def _without_cancelled(spans: list[tuple[tuple[int, ...], Cue]]) -> list[tuple[tuple[int, ...], Cue]]:
    """Leave out negations that a look-alike holds, or begins in and ends behind: "will not" in "will not only"."""
    alike: dict[int, list[tuple[int, ...]]] = {}  # by each place of its words
    for places, cue in spans:
        for place in places if cue.effect == PSEUDO else ():
            alike.setdefault(place, []).append(places)
    if not alike:
        return spans
    return [
        (places, cue)
        for places, cue in spans
        if cue.effect != "negated" or not any(_hides(other, places) for k in places for other in alike.get(k, ()))
    ]


def _hides(alike: tuple[int, ...], places: tuple[int, ...]) -> bool:
    begins = alike[0] in places and alike[-1] > places[-1]
    return begins or (set(places) <= set(alike) and len(places) < len(alike))


def _sequenced(rest: Plain) -> Sequenced:
    return tuple(part if isinstance(part, int) else frozenset(part) for part in rest)


def _occurrence(rest: Sequenced, words: Sequence[str], at: int) -> tuple[int, ...] | None:
    """Return where the words of a sequence stand whose first word is at *at*, the shortest way, or None."""
    if not rest:
        return (at,)
    gap, here = 0, rest[0]
    if isinstance(here, int):
        gap, here, rest = here, rest[1], rest[1:]
    for place in range(at + 1, min(at + 2 + gap, len(words))):
        if words[place] in here:  # type: ignore[operator]  # two gaps never stand side by side
            found = _occurrence(rest[1:], words, place)
            if found is not None:
                return (at, *found)
        if words[place] in _WALLS:
            break
    return None


def _just_before(words: Sequence[str], i: int) -> Sequence[str]:
    """Return the few words before *i*, back to a comma: the subject of its verb, and what joins them to the rest."""
    left = i
    if words[i] == ",":
        return ()
    while left > 0 and i - left < _SUBJECT_WORDS and words[left - 1] not in {",", ":", "("}:
        left -= 1
    return [word for k, word in enumerate(words[left:i], left) if words[k + 1] not in _NO_CLAUSE]


def _supposes(words: Sequence[str], i: int, supposed: frozenset[str]) -> bool:
    """Tell whether a clause that begins with one of the words *supposed* goes on up to *i*."""
    furthest = i - (_SUPPOSED_NO if words[i] in _NO_WORDS else _SUPPOSED_WORDS)
    for k in range(i - 1, max(furthest, 0) - 1, -1):
        word = words[k]
        if word in _CLAUSE_ENDS:
            return False
        if word in _NOT and (k == 0 or (k == 1 and words[0] == "do")):
            return True  # "Do not leave us with an untested backup"
        if word in supposed and words[k + 1] not in _NO_CLAUSE:
            own = k + 1 if word.startswith("whe") else k + 2  # "if asked we do not" begins anew, "if we do not" not
            return _AUTHORS.isdisjoint(words[own : i + 1])
    return False


def _is_name(words: Sequence[str]) -> bool:
    """Tell whether a few words name an organisation: capitals throughout, and more than a sentence's own."""
    return (
        words[0].lower() not in _NO_NAMES
        and (sum(word[0].isupper() for word in words) > 1 or (len(words[0]) > 1 and not words[0][1:].islower()))
        and all(word[0].isupper() or word in _IN_NAMES for word in words)
    )


def _opening(words: Sequence[str]) -> int:
    """Return the index of the first word that is no bullet, number, label or bracket."""
    for i, word in enumerate(words):
        if (word[0].isalnum() and not _LABEL.match(word)) or (
            word in {"a", "i"} and words[i + 1 : i + 2] not in (["."], [")"])
        ):
            return i
    return 0


def _stands(at: str, places: tuple[int, ...], words: Sequence[str], opening: int, sentence: Sentence) -> bool:
    i, j = places[0], places[-1] + 1
    kind = sentence.block.kind
    match at:
        case "start":
            return i in {0, opening} or (i <= opening + _LABEL_WORDS and words[i - 1] in {":", "]"})
        case "question":
            return i == opening and words[-1] == "?"
        case "end":
            return j == len(words)
        case "heading":
            return kind is Kind.HEADING and i == opening
        case "name":
            return 0 < i - opening <= _NAME_WORDS and _is_name(
                sentence.tokens.texts[sentence.first + opening : sentence.first + i]
            )
        case "item":
            return kind is Kind.LIST_ITEM and i in {0, opening}
        case "row":
            return kind is Kind.TABLE_ROW
        case "cell":
            ends = {"\t", ".", ";", ",", "-", "–", "—", "("}
            return kind is Kind.TABLE_ROW and (i == 0 or words[i - 1] == "\t") and (j == len(words) or words[j] in ends)
    return True
