"""
Words that decide what a sentence does with its subject: one mechanism for negation, commitment, requirement and the rest.

The idea is ConText's (Harkema and others, 2009), in the shape that medspaCy gave it: a cue has a reach to each side,
words at which it stops, and look-alikes (pseudo-cues) that are none. Everything is data, in `cues/*.yml` of a
vocabulary. Cues see the words as written in lower case, not their normal forms: tense matters here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.document import Kind
from tenderkit.errors import MistakesError
from tenderkit.occurrences import SequenceTree
from tenderkit.phrases import PhraseError, variants
from tenderkit.resources import Mistakes, read_yaml
from tenderkit.vocabulary import DEFAULT, cues_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tenderkit.language import Language, Sentence
    from tenderkit.phrases import Gap, Variant
    from tenderkit.resources import Node

EFFECTS = ("commitment", "practice", "requirement", "aspiration", "mention", "negated", "adverse")
_HOLDERS = ("author", "other", "nobody")
_PLACES = ("start", "end", "cell", "question")
_CLAUSE = 10_000  # words; as far as the clause goes
_CONTRACTIONS = {"n't": "not", "'ll": "will", "'ve": "have", "'re": "are", "'m": "am", "ca": "can", "wo": "will", "sha": "shall"}


@dataclass(frozen=True, slots=True)
class Cue:
    """
    A phrase that decides.

    Attributes:
        phrase: In the notation of `tenderkit.phrases`.
        effect: One of `EFFECTS`.
        who: Who holds the stance: "author", "other" or "nobody".
        after: How many words its reach goes to the right, within the clause.
        before: The same to the left.
        at: Where it must stand: "start" or "end" of the sentence, "question" (start of one that ends with "?"),
            "cell" (it is the whole table cell), or "" for anywhere.
        weak: It decides only where no other cue of a stance does.
        unless: Words that cancel it where they stand within its reach.
    """

    phrase: str
    effect: str
    who: str
    after: int
    before: int
    at: str = ""
    weak: bool = False
    unless: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class CueSet:
    """All cues of a vocabulary, ready to be looked for, with the sentences that test them (effect, text, holds)."""

    variants: tuple[tuple[Cue | None, tuple[str | Gap, ...]], ...]  # None: a pseudo-cue
    stops: frozenset[str]
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

    >>> len(load_cues().variants) > 100
    True
    """
    folder = cues_folder(name)
    mistakes = Mistakes()
    found: list[tuple[Cue | None, tuple[str | Gap, ...]]] = []
    stops: set[str] = set()
    examples: list[tuple[str, str, bool]] = []
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not entry.name.endswith(".yml") or entry.name in {"measures.yml", "roles.yml"}:
            continue
        node = read_yaml(entry, f"cues/{entry.name}", mistakes)
        if node is None:
            continue
        if entry.name == "clauses.yml":
            part = node.mapping(("stop",))
            stops.update(part["stop"].texts() if "stop" in part else ())
        else:
            _read_file(node, found, examples)
    if mistakes.lines:
        raise MistakesError(tuple(mistakes.lines))
    return CueSet(tuple(found), frozenset(stops), tuple(examples))


def _read_file(
    node: Node, found: list[tuple[Cue | None, tuple[str | Gap, ...]]], examples: list[tuple[str, str, bool]]
) -> None:
    part = node.mapping(
        ("effect", "after", "before", "cues", "says", "silent"), ("who", "pseudo", "unless", "lists")
    )
    lists = {key: value.texts() for key, value in part["lists"].pairs()} if "lists" in part else {}
    effect = _one_of(part["effect"], EFFECTS) if "effect" in part else EFFECTS[0]
    common = {
        "who": _one_of(part["who"], _HOLDERS) if "who" in part else "nobody",
        "after": _reach(part["after"]) if "after" in part else 0,
        "before": _reach(part["before"]) if "before" in part else 0,
    }
    unless = frozenset(part["unless"].texts()) if "unless" in part else frozenset()
    for item in part["pseudo"].items() if "pseudo" in part else ():
        found.extend((None, variant) for variant in _variants(item, lists))
    for item in part["cues"].items() if "cues" in part else ():
        options = {} if item.is_text else item.mapping(("phrase",), ("who", "after", "before", "at", "weak"))
        phrase = item if item.is_text else options.get("phrase")
        if phrase is None:
            continue
        cue = Cue(
            phrase=phrase.text(),
            effect=effect,
            who=_one_of(options["who"], _HOLDERS) if "who" in options else str(common["who"]),
            after=_reach(options["after"]) if "after" in options else int(common["after"]),
            before=_reach(options["before"]) if "before" in options else int(common["before"]),
            at=_one_of(options["at"], _PLACES) if "at" in options else "",
            weak="weak" in options and options["weak"].plain() is True,
            unless=unless,
        )
        found.extend((cue, variant) for variant in _variants(phrase, lists))
    for key, holds in (("says", True), ("silent", False)):
        examples.extend((effect, text, holds) for text in (part[key].texts() if key in part else ()))


def _variants(node: Node, lists: Mapping[str, tuple[str, ...]]) -> tuple[Variant, ...]:
    try:
        return variants(node.text(), lists)
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
        self._stops = cues.stops
        self._tree: SequenceTree[str, Cue | None] = SequenceTree()
        forms: dict[str, list[str]] = {}
        for cue, variant in cues.variants:
            tokens: list[str | Gap] = []
            for word in variant:
                if isinstance(word, str):
                    if word not in forms:
                        forms[word] = _forms(language.words(word))
                    tokens.extend(forms[word])
                else:
                    tokens.append(word)
            self._tree.add(tokens, cue)

    def find(self, sentence: Sentence) -> tuple[FoundCue, ...]:
        """Return the cues of a sentence from left to right; a longer one hides those inside it."""
        doc = sentence.tokens.doc
        words = _forms(token.text for token in doc[sentence.first : sentence.last])
        opening = _opening(words)
        spans = [
            (i, j, cue)
            for i, j, cue in self._tree.find(words)
            if cue is None or not cue.at or _stands(cue.at, i, j, words, opening)
        ]
        spans.sort(key=lambda span: (span[0] - span[1], span[0]))  # the longest first
        kept: list[tuple[int, int, Cue]] = []
        taken = [False] * len(words)
        for i, j, cue in spans:
            same = cue is not None and any((i, j) == (a, b) and cue.effect != other.effect for a, b, other in kept)
            if same or not any(taken[i:j]):
                if cue is not None:
                    kept.append((i, j, cue))
                taken[i:j] = [True] * (j - i)
        found = (self._reach_of(cue, i, j, words, sentence) for i, j, cue in sorted(kept, key=lambda span: span[:2]))
        return tuple(cue for cue in found if cue is not None)

    def _reach_of(self, cue: Cue, i: int, j: int, words: Sequence[str], sentence: Sentence) -> FoundCue | None:
        left, right = i, j
        while left > 0 and i - left < cue.before and words[left - 1] not in self._stops:
            left -= 1
        while right < len(words) and right - j < cue.after and words[right] not in self._stops:
            right += 1
        if cue.unless and not cue.unless.isdisjoint(words[left:right]):
            return None
        start, end = sentence.span(sentence.first + i, sentence.first + j)
        first = sentence.first
        return FoundCue(cue, first + i, first + j, first + left, first + right, start, end)

    def clause(self, sentence: Sentence, token: int) -> tuple[int, int]:
        """Return the tokens, half-open, of the clause of *sentence* that *token* stands in."""
        words = _forms(word.text for word in sentence.tokens.doc[sentence.first : sentence.last])
        left = right = token - sentence.first
        while left > 0 and words[left - 1] not in self._stops:
            left -= 1
        while right < len(words) and words[right] not in self._stops:
            right += 1
        return sentence.first + left, sentence.first + right


def _forms(texts: Iterator[str] | Sequence[str]) -> list[str]:
    """Return the words in lower case with contractions undone; "ca" and "wo" only before "n't"."""
    words = [text.lower() for text in texts]
    last = len(words) - 1
    return [
        word
        if word not in _CONTRACTIONS or (word in {"ca", "wo", "sha"} and (i == last or words[i + 1] != "n't"))
        else _CONTRACTIONS[word]
        for i, word in enumerate(words)
    ]


def _opening(words: Sequence[str]) -> int:
    """Return the index of the first word that is no bullet, number or bracket."""
    for i, word in enumerate(words):
        if len(word) > 1 and word[0].isalpha() or word in {"a", "i"}:
            return i
    return 0


def _stands(at: str, i: int, j: int, words: Sequence[str], opening: int) -> bool:
    match at:
        case "start":
            return i == 0 or i == opening
        case "question":
            return i == opening and words[-1] == "?"
        case "end":
            return j == len(words)
        case "cell":
            return (
                "\t" in words
                and (i == 0 or words[i - 1] == "\t")
                and (j == len(words) or words[j] in {"\t", "."})
            )
    return True


def is_name_only(kind: Kind) -> bool:
    """True for a kind of block that names a subject and says nothing of it."""
    return kind in {Kind.HEADING, Kind.CAPTION}
