"""How binding a sentence of a tender is, and for whom: must, should or may, of the supplier or of the buyer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.compliance import Strength
from tenderkit.errors import MistakesError
from tenderkit.occurrences import SequenceTree
from tenderkit.phrases import PhraseError, variants
from tenderkit.resources import DEFAULT, Mistakes, cues_folder, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tenderkit.resources import Node

FILE = "obligations.yml"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[,;:()?]")
_PARTIES = ("supplier", "bidder", "offer", "solution", "buyer", "nobody")
_HEADINGS = ("judged", "background", "asking", "submission")
_COLUMNS = ("id", "requirement", "question", "priority")
_LEFT_OUT = "left out"
_REPLIES = ("committed", "partly", "declined")
_PREPOSITIONS = frozenset("""
    of by with to for from on at in under behalf between within against upon via through into about per than that which
    as like not regarding concerning including during following after before without
""".split())  # fmt: skip  # noqa: SIM905 - a list of thirty words would fill the screen
_BEFORE_NAMES = frozenset("""
    the a an each every any all its their our your this that these those successful
""".split())  # fmt: skip  # noqa: SIM905 - as above
_STOPS = frozenset(";:")
_PAUSES = frozenset(",()")
_DONE = re.compile(r"(?:ed|done|made|kept|held|built|given|run|met|set|sent|written|shown|taken)$")
_RELATIVE = frozenset({"that", "which", "who"})
_CLOSE = 3  # words at the most between a solution and what it may do


_BY_WEIGHT = (Strength.MANDATORY, Strength.DESIRABLE, Strength.OPTIONAL)


@dataclass(frozen=True, slots=True)
class Obligation:
    """
    What a sentence asks for.

    Attributes:
        strength: The most binding one in it.
        party: Who holds it: "supplier", "bidder", "offer", "solution", or "" where it does not say.
        times: How many times it binds; more than once, and one sentence holds several requirements.
        cue: The words that decided.
    """

    strength: Strength
    party: str
    times: int
    cue: str


@dataclass(frozen=True, slots=True)
class _Hit:
    first: int
    last: int
    group: str
    value: str


class ObligationFinder:
    """
    Tells what sentences ask for, by the words that a vocabulary lists (`cues/obligations.yml`).

    >>> finder = load_obligations()
    >>> finder.find("The supplier must test every release.").strength.value
    'mandatory'
    >>> finder.find("The Council shall pay within 30 days.") is None, finder.find("We visited the site.") is None
    (True, True)
    """

    def __init__(
        self, phrases: Mapping[str, Iterable[tuple[str, str]]], words: Mapping[str, Mapping[str, str]]
    ) -> None:
        self._tree: SequenceTree[str, tuple[str, str]] = SequenceTree()
        for group, listed in phrases.items():
            for value, phrase in listed:
                for variant in variants(phrase, {}):
                    self._tree.add(variant, (group, value))
        self._words = words

    def find(self, text: str, *, asking: bool = False) -> Obligation | None:
        """
        Return what a sentence asks of the supplier or the bidder; None where it asks nothing of them.

        Args:
            text: One sentence.
            asking: Whether it stands among requirements, where what "will be done" is to be done by the supplier.
        """
        return self._read(text, asking=asking)[0]

    def binds_others(self, text: str) -> bool:
        """Tell whether a sentence says what the buyer, or another, must or will do, and nothing of the supplier."""
        found, others = self._read(text, asking=False)
        return found is None and others

    def _read(self, text: str, *, asking: bool) -> tuple[Obligation | None, bool]:
        """Return what a sentence asks of the supplier or the bidder, and whether it binds anybody else."""
        words = _words(text)
        hits = self._hits(words)
        parties = [hit for hit in hits if hit.group == "party"]
        others = False
        found: list[tuple[Strength, str, str]] = []
        last_party = ""
        outright = any(hit.group == "binds" for hit in hits)  # "should say how people will be served" is a "should"
        for hit in hits:
            if hit.group != "binds" and (outright or hit.group != "spoken"):
                continue
            if hit.group == "spoken" and hit.first and words[hit.first - 1] in _RELATIVE:
                continue  # "code that will improve it"
            party = _subject(hit, words, parties) or last_party
            agent = _agent(hit, words, parties)
            party = agent or party
            last_party = party
            if party in {"buyer", "nobody"}:
                others = others or hit.value == Strength.MANDATORY
                continue
            passive = asking and not party and _is_passive(hit, words)
            if hit.group == "spoken" and party not in {"supplier", "bidder", "solution"} and not passive:
                continue
            if hit.value == Strength.OPTIONAL and hit.group == "spoken" and not _is_wish(hit, party, parties):
                continue
            found.append((Strength(hit.value), party, " ".join(words[hit.first : hit.last])))
        if not found:
            return None, others
        best = min(found, key=lambda one: _BY_WEIGHT.index(one[0]))
        return Obligation(best[0], best[1], len(found), best[2]), others

    def is_story(self, text: str) -> bool:
        """Tell whether a sentence is a user story: "As a clerk, I want …"."""
        return self._begins(text, "story") and any(
            group == "wish" for _, _, (group, _) in self._tree.find(_words(text))
        )

    def asks(self, text: str) -> bool:
        """Tell whether a sentence asks a bidder to describe something, or is a question."""
        return self._begins(text, "question")

    def instructs(self, text: str) -> bool:
        """Tell whether a sentence, or what stands behind a semicolon in it, begins as an instruction does."""
        return any(self._begins(part, "instruction") for part in re.split(r";\s+(?:and\s+)?", text))

    def denied(self, text: str) -> bool:
        """Tell whether a sentence says of something that it is not required."""
        words = _words(text)
        return any(
            hit.group == "none" and {"not", "no", "never"} & set(words[hit.first : hit.last])
            for hit in self._hits(words)
        )

    def heading(self, headings: Iterable[str]) -> str:
        """Return what the headings above a block say it is about: one of "judged", "background" …; the nearest wins."""
        for text in reversed(tuple(headings)):
            words = _words(text)
            kinds = [value for _, _, (group, value) in self._tree.find(words) if group == "heading"]
            for kind in ("judged", "submission", "asking", "background"):
                if kind in kinds:
                    return kind
        return ""

    def column(self, cell: str) -> frozenset[str]:
        """Return what a column with this header may hold: "id", "requirement", "question", "priority"."""
        key = _key(cell)
        return frozenset(kind for kind in _COLUMNS if key in self._words[kind])

    def priority(self, cell: str) -> Strength | str | None:
        """Return the strength that a cell of a priority column names, "left out" for "won't have", or None."""
        named = self._words["priorities"].get(_key(cell))
        if named is None:
            return None
        return named if named == _LEFT_OUT else Strength(named)

    def reply(self, cell: str) -> str:
        """Return what a cell of a compliance table answers: "committed", "partly", "declined", or "" for any other."""
        return self._words["replies"].get(_key(cell), "")

    def vague(self, text: str) -> tuple[str, ...]:
        """Return the words of a sentence that nobody can check, each once."""
        words = _words(text)
        spans = sorted(
            (last - first, first, last, group)
            for first, last, (group, _) in self._tree.find(words)
            if group in {"vague", "exact"}
        )
        taken: set[int] = set()
        found: list[tuple[int, str]] = []
        for _, first, last, group in reversed(spans):
            if not taken & set(range(first, last)):
                taken |= set(range(first, last))
                if group == "vague":
                    found.append((first, " ".join(words[first:last])))
        return tuple(dict.fromkeys(phrase for _, phrase in sorted(found)))

    def _begins(self, text: str, group: str) -> bool:
        return any(first == 0 and found == group for first, _, (found, _) in self._tree.find(_words(text)))

    def _hits(self, words: Sequence[str]) -> list[_Hit]:
        """Return what stands in a sentence, from left to right; a longer phrase hides what shares a word with it."""
        plain = [word.removesuffix("'s").removesuffix("'") for word in words]
        hits = [
            _Hit(first, last, group, value)
            for first, last, (group, value) in self._tree.find(plain)
            if group in {"binds", "spoken", "none", "party"}
        ]
        kept: list[_Hit] = []
        for among in ({"binds", "spoken", "none"}, {"party"}):
            taken: set[int] = set()
            order = [hit for hit in hits if hit.group in among]
            order.sort(key=lambda hit: (hit.first - hit.last, hit.group != "none", hit.first))
            for hit in order:
                places = set(range(hit.first, hit.last))
                if not places & taken:
                    taken |= places
                    kept.append(hit)
        return sorted(kept, key=lambda hit: (hit.first, hit.last))


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def _subject(hit: _Hit, words: Sequence[str], parties: Sequence[_Hit]) -> str:
    """Return the party nearest before a verb that can be its subject; empty where none stands there."""
    begin = max((i + 1 for i in range(hit.first) if words[i] in _STOPS), default=0)
    found = [party for party in parties if begin <= party.first and party.last <= hit.first and _can_act(party, words)]
    if not found:
        return ""
    nearest = found[-1]
    between = words[nearest.last : hit.first]
    if nearest.value in {"buyer", "nobody"} and words[nearest.last - 1].endswith(("'s", "s'")) and between:
        return ""  # "the Council's staff must"
    if nearest.value == "buyer" and len(found) > 1 and found[-2].value != "buyer":
        joined = words[found[-2].last : nearest.first]
        if joined and joined[0] == "and":
            return found[-2].value  # "the supplier and the council shall"
    if nearest.value == "solution" and hit.group == "spoken" and not _leads_on(between):
        return ""  # "the product team will"
    return nearest.value


def _leads_on(between: Sequence[str]) -> bool:
    """Tell whether words behind a party leave it the subject: none, or such as "of the council", "also"."""
    first = between[0] if between else ","
    return first in _PREPOSITIONS | _PAUSES | {"and", "or", "also", "itself", "to"} or first.endswith(("ly", "ed"))


def _is_wish(hit: _Hit, party: str, parties: Sequence[_Hit]) -> bool:
    """Tell whether "may" speaks of what the solution might offer; what a supplier may do is leave, not a wish."""
    return party == "solution" and any(0 <= hit.first - one.last <= _CLOSE for one in parties if one.value == party)


def _can_act(party: _Hit, words: Sequence[str]) -> bool:
    """Tell whether a party is no mere part of another phrase ("for the council", "of the tender")."""
    before = party.first - 1
    while before >= 0 and words[before] in _BEFORE_NAMES:
        before -= 1
    return before < 0 or words[before] not in _PREPOSITIONS


def _is_passive(hit: _Hit, words: Sequence[str]) -> bool:
    """Tell whether a verb says that something will be done, and not by whom."""
    verb = words[hit.last : hit.last + 3]
    return words[hit.first] == "will" and "be" in verb[:2] and any(_DONE.search(word) for word in verb[1:])


def _agent(hit: _Hit, words: Sequence[str], parties: Sequence[_Hit]) -> str:
    """Return the party by which something is to be done ("shall be paid by the Council")."""
    end = next((i for i in range(hit.last, len(words)) if words[i] in _STOPS | _PAUSES), len(words))
    if "be" not in words[hit.first : min(hit.last + 3, end)]:
        return ""
    for party in parties:
        if hit.last <= party.first < end and party.value in {"supplier", "bidder", "buyer"}:
            before = party.first - 1
            while words[before] in _BEFORE_NAMES:
                before -= 1
            if words[before] == "by":
                return party.value
    return ""


def load_obligations(name: str = DEFAULT) -> ObligationFinder:
    """
    Load the words of a vocabulary; one without them takes those that travel with tenderkit.

    Raises:
        MistakesError: With every mistake in the file.
    """
    file = cues_folder(name) / FILE
    if not file.is_file():
        file = cues_folder(DEFAULT) / FILE
    mistakes = Mistakes()
    node = read_yaml(file, f"cues/{FILE}", mistakes)
    phrases: dict[str, list[tuple[str, str]]] = {}
    words: dict[str, dict[str, str]] = {}
    if node:
        _read(node, phrases, words)
    if mistakes.lines:
        raise MistakesError(tuple(mistakes.lines))
    return ObligationFinder(phrases, words)


def _read(node: Node, phrases: dict[str, list[tuple[str, str]]], words: dict[str, dict[str, str]]) -> None:
    lists = ("none", "stories", "wishes", "questions", "instructions", "vague", "exact")
    part = node.mapping(
        (
            *(strength.value for strength in _BY_WEIGHT),
            "spoken",
            *lists,
            "parties",
            "headings",
            "columns",
            "priorities",
            "replies",
        )
    )
    for strength in _BY_WEIGHT:
        _add(phrases, "binds", strength.value, part.get(strength.value))
    groups = ("none", "story", "wish", "question", "instruction", "vague", "exact")
    for name, group in zip(lists, groups, strict=True):
        _add(phrases, group, name, part.get(name))
    spoken = tuple(strength.value for strength in _BY_WEIGHT if strength is not Strength.DESIRABLE)
    for key, known, group in (
        ("spoken", spoken, "spoken"),
        ("parties", _PARTIES, "party"),
        ("headings", _HEADINGS, "heading"),
    ):
        for value, listed in (part[key].mapping(known) if key in part else {}).items():
            _add(phrases, group, value, listed)
    for kind, listed in (part["columns"].mapping(_COLUMNS) if "columns" in part else {}).items():
        words[kind] = {_key(text): kind for text in listed.texts()}
    values = (*(strength.value for strength in _BY_WEIGHT), _LEFT_OUT)
    for key, known in (("priorities", values), ("replies", _REPLIES)):
        named = part[key].mapping(known) if key in part else {}
        words[key] = {_key(text): value for value, listed in named.items() for text in listed.texts()}


def _key(cell: str) -> str:
    """Return a cell's words as they are compared."""
    return " ".join(re.findall(r"[^\W_]+(?:'[^\W_]+)?|[#✓✔☑✗✘]", cell.lower().replace("’", "'")))


def _add(phrases: dict[str, list[tuple[str, str]]], group: str, value: str, listed: Node | None) -> None:
    for item in listed.items() if listed else ():
        phrase = item.text().lower()
        try:
            variants(phrase, {})
        except PhraseError as error:
            item.wrong(str(error))
        else:
            # The tree keeps the shortest of what begins at one word and is the same: look-alikes must all differ.
            phrases.setdefault(group, []).append((phrase if group in {"none", "vague", "exact"} else value, phrase))
