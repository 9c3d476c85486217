"""
Words that decide what a sentence does with its subject: one mechanism for negation, commitment and the rest.

The idea is ConText's (Harkema and others, 2009), in the shape that medspaCy gave it: a cue has a reach to each side,
words at which it stops, and look-alikes (pseudo-cues) that are none. Everything is data, in `cues/*.yml` of a
vocabulary. Cues see the words as written in lower case, not their normal forms: tense matters here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tenderkit.errors import MistakesError
from tenderkit.phrases import PhraseError, slots
from tenderkit.resources import DEFAULT, Mistakes, cues_folder, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tenderkit.phrases import Variant
    from tenderkit.resources import Node

EFFECTS = ("commitment", "practice", "requirement", "aspiration", "mention", "negated", "adverse")
PSEUDO = "none"  # the effect of a look-alike, which only hides the words that it is made of
RELIEF = "relief"  # the effect of an adverse cue that its words for bad things cancel: less is done of these
WEIGHTS = ("weak", "plain", "telling")
TELLING = 2
_HOLDERS = ("author", "other", "nobody", "supplier", "buyer")
_PLACES = ("start", "end", "cell", "row", "item", "question", "heading", "name")
_OTHER_FILES = {"measures.yml", "obligations.yml", "roles.yml", "shapes.yml", "stances.yml"}
WHOLE_CLAUSE = 10_000  # words; as far as the clause goes
SENTENCE = 20_000  # words; past the clause, as far as "but" and its like

Slots = tuple[tuple["Variant", ...], ...]  # a phrase's choices, word by word


@dataclass(frozen=True, slots=True)
class Cue:
    """
    A phrase that decides.

    Attributes:
        phrase: In the notation of `tenderkit.phrases`.
        effect: One of `EFFECTS`, `PSEUDO` or `RELIEF`.
        who: Who holds the stance: "author", "other" or "nobody"; "supplier" and "buyer" are the author or another,
            by the document's role.
        after: How many words its reach goes to the right, within the clause.
        before: The same to the left.
        at: Where it must stand: "start" or "end" of the sentence, "question" (start of one that ends with "?"),
            "cell" (it is the whole table cell), "row" (anywhere in a table row, for which it tells that "yes" is done),
            "item" (a list item that goes on from "we will not:" begins with it),
            "heading" (a heading begins with it), "name" (behind the name of an organisation that opens the sentence),
            or "" for anywhere.
        weight: Place in `WEIGHTS`: a weak cue decides only where no other does, a telling one before the others.
        bid: Its effect in a bid, where that is another than elsewhere.
        unless: Words that cancel it where they stand within its reach, before words such as "to" and "so".
        inner: True for a denial that one before it undoes ("never … without", "will not fail to").
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
    inner: bool = False

    @property
    def denies(self) -> bool:
        """True where it says that something is not done, or that less is done."""
        return self.effect in {"negated", "adverse"}

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
        aside: Words that begin a clause in which the main thing is not said ("who", "if").
        supposed: Words that begin a clause in which nothing is denied in earnest ("if", "ensure").
        examples: Sentences that test them: effect, text, and whether it holds.
        lists: The words of all lists of that name.
    """

    cues: tuple[tuple[Cue, Slots], ...]
    stops: tuple[Slots, ...]
    onward: tuple[Slots, ...]
    aside: frozenset[str]
    supposed: frozenset[str]
    examples: tuple[tuple[str, str, bool], ...]
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)


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
    aside: tuple[str, ...] = ()
    supposed: tuple[str, ...] = ()
    examples: list[tuple[str, str, bool]] = []
    lists: dict[str, frozenset[str]] = {}
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not entry.name.endswith(".yml") or entry.name in _OTHER_FILES:
            continue
        node = read_yaml(entry, f"cues/{entry.name}", mistakes)
        if node is None:
            continue
        if entry.name == "clauses.yml":
            part = node.mapping(("stop",), ("onward", "aside", "supposed"))
            for key, phrases in (("stop", stops), ("onward", onward)):
                phrases.extend(slot for item in (part[key].items() if key in part else ()) for slot in _slots(item, {}))
            aside = part["aside"].texts() if "aside" in part else ()
            supposed = part["supposed"].texts() if "supposed" in part else ()
        else:
            for key, words in _read_file(node, found, examples).items():
                lists[key] = lists.get(key, frozenset()).union(words)
    if mistakes.lines:
        raise MistakesError(tuple(mistakes.lines))
    kinds = frozenset(aside), frozenset(supposed)
    return CueSet(tuple(found), tuple(stops), tuple(onward), *kinds, tuple(examples), lists)


def _read_file(
    node: Node, found: list[tuple[Cue, Slots]], examples: list[tuple[str, str, bool]]
) -> Mapping[str, tuple[str, ...]]:
    part = node.mapping(
        ("effect", "after", "before", "cues", "says", "silent"), ("who", "pseudo", "inner", "unless", "lists")
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
    for key, default in (("pseudo", Cue("", PSEUDO)), ("inner", replace(common, inner=True)), ("cues", common)):
        for item in part[key].items() if key in part else ():
            found.extend(_read_cue(item, default, lists))
    for key, holds in (("says", True), ("silent", False)):
        examples.extend((common.effect, text, holds) for text in (part[key].texts() if key in part else ()))
    return lists


def _read_cue(item: Node, default: Cue, lists: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[Cue, Slots]]:
    options = (
        {"phrase": item}
        if item.is_text
        else item.mapping(("phrase",), ("who", "after", "before", "at", "weight", "bid", "unless"))
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
    if value in {"clause", "sentence"}:
        return WHOLE_CLAUSE if value == "clause" else SENTENCE
    if not value.isdigit():
        node.wrong(f"'{value}' is no reach. Write a number of words, 'clause' or 'sentence'.")
        return 0
    return int(value)
