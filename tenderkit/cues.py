"""
Words that decide what a sentence does with its subject: one mechanism for negation, commitment, requirement and the rest.

The idea is ConText's (Harkema and others, 2009), in the shape that medspaCy gave it: a cue has a reach to each side,
words at which it stops, and look-alikes (pseudo-cues) that are none. Everything is data, in `cues/*.yml` of a
vocabulary. Cues see the words as written in lower case, not their normal forms: tense matters here.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tenderkit.document import Kind
from tenderkit.errors import MistakesError
from tenderkit.phrases import Gap, PhraseError, slots
from tenderkit.resources import Mistakes, read_yaml
from tenderkit.vocabulary import DEFAULT, cues_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tenderkit.language import Language, Sentence
    from tenderkit.phrases import Variant
    from tenderkit.resources import Node

EFFECTS = ("commitment", "practice", "requirement", "aspiration", "mention", "negated", "adverse")
PSEUDO = "none"  # the effect of a look-alike, which only hides the words that it is made of
WEIGHTS = ("weak", "plain", "telling")
_HOLDERS = ("author", "other", "nobody", "supplier", "buyer")
_PLACES = ("start", "end", "cell", "question", "heading")
_CLAUSE = 10_000  # words; as far as the clause goes
_CONTRACTIONS = {"n't": "not", "'ll": "will", "'ve": "have", "'re": "are", "'m": "am", "ca": "can", "wo": "will", "sha": "shall"}
_LABEL = re.compile(r"^(?:[a-z]|[ivx]{1,4}|\d+(?:\.\d+)*)?[.)]?$")  # "b.", "iv)", "3.2", or nothing but a stop
_LABEL_WORDS = 6  # a label before a colon, at the start of a sentence, has no more ("Detect (DE): develop …")

Slots = tuple[tuple["Variant", ...], ...]  # a phrase's choices, word by word
Sequenced = tuple["frozenset[str] | int", ...]  # tokens, any of each set; a number is a gap of so many at the most


@dataclass(frozen=True, slots=True)
class Cue:
    """
    A phrase that decides.

    Attributes:
        phrase: In the notation of `tenderkit.phrases`.
        effect: One of `EFFECTS`, or `PSEUDO`.
        who: Who holds the stance: "author", "other" or "nobody"; "supplier" and "buyer" are the author or another,
            by the document's role.
        after: How many words its reach goes to the right, within the clause.
        before: The same to the left.
        at: Where it must stand: "start" or "end" of the sentence, "question" (start of one that ends with "?"),
            "cell" (it is the whole table cell), "heading" (a heading begins with it), or "" for anywhere.
        weight: Place in `WEIGHTS`: a weak cue decides only where no other does, a telling one before the others.
        bid: Its effect in a bid, where that is another than elsewhere.
        unless: Words that cancel it where they stand within its reach.
    """

    phrase: str
    effect: str
    who: str = "nobody"
    after: int = 0
    before: int = 0
    at: str = ""
    weight: int = 1
    bid: str = ""
    unless: frozenset[str] = frozenset()

    @property
    def weak(self) -> bool:
        """True where it decides only if no other cue does."""
        return self.weight == 0


@dataclass(frozen=True, slots=True)
class CueSet:
    """
    All cues of a vocabulary, ready to be looked for.

    Attributes:
        cues: Each with its phrase, parsed.
        stops: Phrases at whose first word every reach ends.
        onward: Phrases at whose first word a reach to the right ends: a new clause begins.
        examples: Sentences that test them: effect, text, and whether it holds.
    """

    cues: tuple[tuple[Cue, Slots], ...]
    stops: tuple[Slots, ...]
    onward: tuple[Slots, ...]
    examples: tuple[tuple[str, str, bool], ...]


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
    """

    cue: Cue
    first: int
    last: int
    left: int
    right: int
    start: int
    end: int

    def covers(self, first: int, last: int) -> bool:
        """True where the reach takes in a part of tokens *first* to *last* (half-open on both sides)."""
        return self.left < last and first < self.right


def load_cues(name: str = DEFAULT) -> CueSet:
    """
    Load the cues of a vocabulary; one without a `cues` folder takes those that travel with tenderkit.

    Raises:
        MistakesError: With every mistake in the files.

    >>> len(load_cues().cues) > 100
    True
    """
    folder = cues_folder(name)
    mistakes = Mistakes()
    found: list[tuple[Cue, Slots]] = []
    stops: list[Slots] = []
    onward: list[Slots] = []
    examples: list[tuple[str, str, bool]] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not entry.name.endswith(".yml") or entry.name in {"measures.yml", "roles.yml"}:
            continue
        node = read_yaml(entry, f"cues/{entry.name}", mistakes)
        if node is None:
            continue
        if entry.name == "clauses.yml":
            part = node.mapping(("stop",), ("onward",))
            for key, phrases in (("stop", stops), ("onward", onward)):
                phrases.extend(slot for item in (part[key].items() if key in part else ()) for slot in _slots(item, {}))
        else:
            _read_file(node, found, examples)
    if mistakes.lines:
        raise MistakesError(tuple(mistakes.lines))
    return CueSet(tuple(found), tuple(stops), tuple(onward), tuple(examples))


def _read_file(node: Node, found: list[tuple[Cue, Slots]], examples: list[tuple[str, str, bool]]) -> None:
    part = node.mapping(
        ("effect", "after", "before", "cues", "says", "silent"), ("who", "pseudo", "unless", "lists")
    )
    lists = {key: value.texts() for key, value in part["lists"].pairs()} if "lists" in part else {}
    common = Cue(
        phrase="",
        effect=_one_of(part["effect"], EFFECTS) if "effect" in part else EFFECTS[0],
        who=_one_of(part["who"], _HOLDERS) if "who" in part else "nobody",
        after=_reach(part["after"]) if "after" in part else 0,
        before=_reach(part["before"]) if "before" in part else 0,
        unless=frozenset(part["unless"].texts()) if "unless" in part else frozenset(),
    )
    for key, default in (("pseudo", Cue("", PSEUDO)), ("cues", common)):
        for item in part[key].items() if key in part else ():
            found.extend(_read_cue(item, default, lists))
    for key, holds in (("says", True), ("silent", False)):
        examples.extend((common.effect, text, holds) for text in (part[key].texts() if key in part else ()))


def _read_cue(item: Node, default: Cue, lists: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[Cue, Slots]]:
    options = {"phrase": item} if item.is_text else item.mapping(
        ("phrase",), ("who", "after", "before", "at", "weight", "bid", "unless")
    )
    if "phrase" not in options:
        return
    cue = replace(
        default,
        phrase=options["phrase"].text(),
        who=_one_of(options["who"], _HOLDERS) if "who" in options else default.who,
        after=_reach(options["after"]) if "after" in options else default.after,
        before=_reach(options["before"]) if "before" in options else default.before,
        at=_one_of(options["at"], _PLACES) if "at" in options else "",
        weight=WEIGHTS.index(_one_of(options["weight"], WEIGHTS)) if "weight" in options else 1,
        bid=_one_of(options["bid"], EFFECTS) if "bid" in options else "",
        unless=frozenset(options["unless"].texts()) if "unless" in options else default.unless,
    )
    for found in _slots(options["phrase"], lists):
        yield cue, found


def _slots(node: Node, lists: Mapping[str, tuple[str, ...]]) -> tuple[Slots, ...]:
    try:
        return (slots(node.text(), lists),)
    except PhraseError as error:
        node.wrong(str(error))
        return ()


def _one_of(node: Node, known: Sequence[str]) -> str:
    value = node.text()
    if value not in known:
        node.wrong(f"'{value}' is not known here. Write one of: {', '.join(known)}.")
        return known[0]
    return value


def _reach(node: Node) -> int:
    value = node.text()
    if value == "clause":
        return _CLAUSE
    if not value.isdigit():
        node.wrong(f"'{value}' is no reach. Write a number of words, or 'clause'.")
        return 0
    return int(value)


class CueFinder:
    """Finds a vocabulary's cues in sentences that a `Language` has tokenised."""

    def __init__(self, cues: CueSet, language: Language) -> None:
        words = _Words(language)
        self._cues: dict[str, list[tuple[Sequenced, Cue]]] = defaultdict(list)
        for cue, phrase in cues.cues:
            for head, rest in words.sequences(phrase):
                self._cues[head].append((rest, cue))
        self._stops: dict[str, list[tuple[Sequenced, bool]]] = defaultdict(list)
        for phrases, both_ways in ((cues.stops, True), (cues.onward, False)):
            for phrase in phrases:
                for head, rest in words.sequences(phrase):
                    self._stops[head].append((rest, both_ways))

    def find(self, sentence: Sentence) -> tuple[FoundCue, ...]:
        """Return the cues of a sentence from left to right; a longer one hides those that share a word with it."""
        words = _forms(sentence)
        spans: list[tuple[tuple[int, ...], Cue]] = []
        opening = -1
        for i, word in enumerate(words):
            for rest, cue in self._cues.get(word, ()):
                places = _occurrence(rest, words, i)
                if places is None:
                    continue
                if cue.at and opening < 0:
                    opening = _opening(words)
                if not cue.at or _stands(cue.at, places, words, opening, sentence.block.kind):
                    spans.append((places, cue))
        if not spans:
            return ()
        spans.sort(key=lambda span: (-len(span[0]), span[0]))  # the longest first; a gap counts for nothing
        kept: list[tuple[tuple[int, ...], Cue]] = []
        taken: dict[int, tuple[int, ...]] = {}
        for places, cue in spans:
            holders = {taken[place] for place in places if place in taken}
            if not holders or (holders == {places} and all(cue.effect != other.effect for at, other in kept if at == places)):
                taken.update(dict.fromkeys(places, places))
                kept.append((places, cue))
        kept.sort(key=lambda span: (span[0][0], span[0][-1]))
        stops = self._boundaries(words)
        found = (self._reach_of(cue, places, words, stops, sentence) for places, cue in kept if cue.effect != PSEUDO)
        return tuple(cue for cue in found if cue is not None)

    def _boundaries(self, words: Sequence[str]) -> dict[int, bool]:
        """Return where clauses end, and whether a reach to the left ends there too."""
        found: dict[int, bool] = {}
        for i, word in enumerate(words):
            for rest, both_ways in self._stops.get(word, ()):
                if not found.get(i) and _occurrence(rest, words, i) is not None:
                    found[i] = both_ways
        return found

    def _reach_of(
        self, cue: Cue, places: tuple[int, ...], words: Sequence[str], stops: Mapping[int, bool], sentence: Sentence
    ) -> FoundCue | None:
        i, j = places[0], places[-1] + 1
        left = max((stop + 1 for stop, both_ways in stops.items() if both_ways and stop < i), default=0)
        right = min((stop for stop in stops if stop >= j), default=len(words))
        left, right = max(left, i - cue.before), min(right, j + cue.after)
        if cue.unless and not cue.unless.isdisjoint(words[left:right]):
            return None
        first = sentence.first
        start, end = sentence.span(first + i, first + j)
        return FoundCue(cue, first + i, first + j, first + left, first + right, start, end)

    def clause(self, sentence: Sentence, token: int) -> tuple[int, int]:
        """Return the tokens, half-open, of the clause of *sentence* that *token* stands in."""
        words = _forms(sentence)
        at = token - sentence.first
        stops = self._boundaries(words)
        left = max((stop for stop in stops if stop <= at), default=0)
        right = min((stop for stop in stops if stop > at), default=len(words))
        return sentence.first + left, sentence.first + right


class _Words:
    """Turns phrases into tokens, each distinct word once."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._known: dict[str, tuple[str, ...]] = {}

    def sequences(self, phrase: Slots) -> Iterator[tuple[str, Sequenced]]:
        """Yield each first word of *phrase* with what follows it; choices of one token stay together."""
        branches: list[list[Sequenced]] = []
        for slot in phrase:
            single: set[str] = set()
            choices: list[Sequenced] = []
            for variant in slot:
                tokens = tuple(token for part in variant for token in self._tokens(part))
                if len(tokens) == 1 and isinstance(tokens[0], str):
                    single.add(tokens[0])
                else:
                    choices.append(tuple(frozenset({token}) if isinstance(token, str) else token for token in tokens))
            branches.append([*([(frozenset(single),)] if single else []), *choices])
        for choice in itertools.product(*branches):
            head, *rest = itertools.chain.from_iterable(choice)
            if not isinstance(head, int):
                for word in sorted(head):
                    yield word, tuple(rest)

    def _tokens(self, part: str | Gap) -> tuple[str | int, ...]:
        if isinstance(part, Gap):
            return (part.most,)
        if part not in self._known:
            self._known[part] = tuple(_undo(word.lower() for word in self._language.words(part)))
        return self._known[part]


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
    return None


def _forms(sentence: Sentence) -> list[str]:
    doc = sentence.tokens.doc
    return _undo(doc[i].lower_ for i in range(sentence.first, sentence.last))


def _undo(texts: Iterator[str]) -> list[str]:
    """Return lower-case words with contractions undone; "ca" and "wo" only before "n't"."""
    words = list(texts)
    for i, word in enumerate(words):
        if word in _CONTRACTIONS and (word[0] in "n'" or words[i + 1 : i + 2] in (["n't"], ["not"])):
            words[i] = _CONTRACTIONS[word]
    return words


def _opening(words: Sequence[str]) -> int:
    """Return the index of the first word that is no bullet, number, label or bracket."""
    for i, word in enumerate(words):
        if (word[0].isalnum() and not _LABEL.match(word)) or (word in {"a", "i"} and words[i + 1 : i + 2] not in (["."], [")"])):
            return i
    return 0


def _stands(at: str, places: tuple[int, ...], words: Sequence[str], opening: int, kind: Kind) -> bool:
    i, j = places[0], places[-1] + 1
    match at:
        case "start":
            return i in {0, opening} or (i <= opening + _LABEL_WORDS and words[i - 1] in {":", "]"})
        case "question":
            return i == opening and words[-1] == "?"
        case "end":
            return j == len(words)
        case "heading":
            return kind is Kind.HEADING and i == opening
        case "cell":
            ends = {"\t", ".", ";", ","}
            return kind is Kind.TABLE_ROW and (i == 0 or words[i - 1] == "\t") and (j == len(words) or words[j] in ends)
    return True


def is_name_only(kind: Kind) -> bool:
    """True for a kind of block that names a subject and says nothing of it."""
    return kind in {Kind.HEADING, Kind.CAPTION}
