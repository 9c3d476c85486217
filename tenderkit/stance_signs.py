"""
What a sentence looks like, weighed: where cues are weak, named signs and learned numbers decide what it does.

A sign is a small thing that anyone can see: how the sentence opens, its first verb and what stands before it, two
words side by side, its last mark, what the cues said. Each adds a number to each stance (multinomial logistic
regression); `tenderkit vocab fit --stances` learns the numbers and writes them to `cues/stances.yml`. Denials,
questions, lead-ins, table cells and telling cues are left to the rules.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import exp
from typing import TYPE_CHECKING

from tenderkit.cue_finding import words_of
from tenderkit.errors import MistakesError
from tenderkit.evidence import SHARED, STATED, Judgement, Reason, Stance, Who
from tenderkit.resources import Mistakes, read_yaml
from tenderkit.vocabulary import cues_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tenderkit.language import Sentence
    from tenderkit.resources import Node
    from tenderkit.roles import Role

FILE = "stances.yml"
SHAPES = "shapes.yml"
_TRUST = (0.0, 0.2, 0.7, 1.0)  # of the rules, by the strength of their judgement; the rest is the signs'
_OVERRULES = (0.5, 0.65)  # shares from which the signs overrule a weak judgement: what counts needs the higher
_SHOWN = 3  # signs that are told as reasons
_VERBS = frozenset("""
    will shall must should would can could may might is are was were has have had do does did need needs
""".split())  # fmt: skip  # noqa: SIM905 - as a list it would fill the screen
_MARKS = frozenset('!"$%&(),-./:;?[]£–—•✓')
_YEAR = re.compile(r"(?:19|20)\d\d")
_KINDS = ((6, "ing", "⟨-ing⟩"), (5, "ed", "⟨-ed⟩"), (5, "ly", "⟨-ly⟩"))  # more letters than that, ending, kind
_MOST_WORDS = 50_000  # whose kinds are remembered
_LONG = 6  # words a step of length
_LINE = re.compile(r"((?:[+-]\d+\.\d+ ){5})(\S.*)")

Signs = dict[str, tuple[int, int] | None]  # where each stands, as tokens of the block
Numbers = tuple[float, ...]  # one for each stance of SHARED


@dataclass(frozen=True, slots=True)
class Shapes:
    """
    Which words stand for themselves in signs, and the class of the others.

    Attributes:
        words: Function words and the few nouns that tell who acts.
        classes: By word, its class.
    """

    words: frozenset[str]
    classes: Mapping[str, str]
    _known: dict[tuple[str, str, bool], str] = field(default_factory=dict, compare=False, repr=False)

    def kind(self, word: str, text: str, *, opens: bool) -> str:
        """Return what a word counts as; *text* is it as written, and *opens* the sentence or not."""
        key = word, text, opens
        if key not in self._known:
            if len(self._known) > _MOST_WORDS:
                self._known.clear()
            self._known[key] = self._kind(word, text, opens=opens)
        return self._known[key]

    def _kind(self, word: str, text: str, *, opens: bool) -> str:
        if word in self.words or word in _MARKS:
            return word
        if not word[0].isalnum():
            return "⟨mark⟩"
        known = self.classes.get(word)
        if known:
            return f"⟨{known}⟩"
        if any(letter.isdigit() for letter in word):
            return "⟨year⟩" if _YEAR.fullmatch(word) else "⟨number⟩"
        if text[0].isupper() and not opens:
            return "⟨name⟩"
        return next((kind for least, end, kind in _KINDS if word.endswith(end) and len(word) >= least), "⟨word⟩")


@dataclass(frozen=True, slots=True)
class StanceWeights:
    """What `stances.yml` says: where each stance begins, and what each sign adds to each, in the order of `SHARED`."""

    start: Numbers
    signs: Mapping[str, Numbers]


class StanceWeigher:
    """Weighs the signs of sentences."""

    def __init__(self, shapes: Shapes, weights: StanceWeights) -> None:
        self.shapes = shapes
        self._weights = weights
        self._read: tuple[Sentence, Role | None, Signs] | None = None  # the last one: judgements of it follow closely
        self._summed: tuple[Signs, Numbers] | None = None

    def with_weights(self, weights: StanceWeights) -> StanceWeigher:
        """Return the same with other weights."""
        return StanceWeigher(self.shapes, weights)

    def signs(self, sentence: Sentence, role: Role | None) -> Signs:
        """Return the signs of a sentence."""
        if self._read is None or self._read[0] is not sentence or self._read[1] is not role:
            self._read = sentence, role, signs(sentence, self.shapes, role)
        return self._read[2]

    def weigh(self, ruled: Judgement, sentence: Sentence, role: Role | None) -> Judgement:
        """
        Return what the rules and the signs say together.

        A weak judgement of the rules may be overruled, a plain one only becomes more or less sure.
        """
        if ruled.strength > 2 or ruled.stance is Stance.NEGATED:
            return ruled
        seen, rules = self.signs(sentence, role), of_rules(ruled, role)
        named = {**seen, **rules}
        shares = self._shares(seen, rules)
        inherited = any(reason.kind in {"lead-in", "heading"} for reason in ruled.because)
        trust = _TRUST[2 if inherited else ruled.strength]
        shares = tuple(
            (1 - trust) * share + trust * (stance is ruled.stance) for stance, share in zip(SHARED, shares, strict=True)
        )
        best = max(range(len(SHARED)), key=lambda i: shares[i])
        bar = _OVERRULES[SHARED[best] in STATED]
        if ruled.strength > 1 or inherited or SHARED[best] is ruled.stance or shares[best] < bar:
            sure = shares[SHARED.index(ruled.stance)]
            return Judgement(ruled.stance, ruled.who, ruled.because, ruled.strength, sure, shares)
        second = max((i for i in range(len(SHARED)) if i != best), key=lambda i: shares[i])
        reasons = tuple(self._reasons(named, sentence, best, second))
        return Judgement(SHARED[best], _holder(SHARED[best]), reasons, 1, shares[best], shares)

    def _shares(self, seen: Signs, rules: Signs) -> Numbers:
        if self._summed is None or self._summed[0] is not seen:
            self._summed = seen, self._add(self._weights.start, seen)
        totals = self._add(self._summed[1], rules)
        top = max(totals)
        powers = [exp(total - top) for total in totals]
        whole = sum(powers)
        return tuple(power / whole for power in powers)

    def _add(self, begin: Numbers, named: Signs) -> Numbers:
        """Return the numbers with those of the signs added one after the other."""
        known = self._weights.signs
        rows = [begin, *(known[name] for name in named if name in known)]
        return tuple(map(sum, zip(*rows, strict=True)))

    def _reasons(self, named: Signs, sentence: Sentence, best: int, second: int) -> Iterator[Reason]:
        """Yield the signs that speak most for one stance against the next, heaviest first."""
        weights = self._weights.signs
        speaking = [(weights[name][best] - weights[name][second], name) for name in named if name in weights]
        for weight, name in sorted(speaking, key=lambda one: (-one[0], one[1]))[:_SHOWN]:
            place = named[name]
            says = f"{SHARED[best].value} {weight:+.2f}"
            if weight <= 0:
                break
            if place is None:
                yield Reason("sign", name, says)
            else:
                start, end = sentence.span(*place)
                text = sentence.text[start - sentence.start : end - sentence.start]
                yield Reason("sign", text, f"{name}: {says}", start, end)


def signs(sentence: Sentence, shapes: Shapes, role: Role | None) -> Signs:
    """Return the signs of a sentence by name, with where they stand; the role where it is known."""
    words = words_of(sentence)
    base = sentence.first
    texts = sentence.tokens.texts[base : sentence.last]
    opening = next((i for i, word in enumerate(words) if _is_word(word)), len(words))
    kinds = [shapes.kind(word, text, opens=i == 0) for i, (word, text) in enumerate(zip(words, texts, strict=True))]
    found: Signs = {}

    def add(name: str, first: int = -1, last: int = -1) -> None:
        if name not in found:
            found[name] = (base + first, base + last) if first >= 0 else None

    if opening < len(words):
        add("opens with a capital" if texts[opening][0].isupper() else "opens with a small letter")
        add(f"opens: {words[opening]}", opening, opening + 1)
        for length in (1, 2):
            last = min(opening + length, len(words))
            add(f"opens: {' '.join(kinds[opening:last])}", opening, last)
    add(f"ends: {words[-1] if not words[-1][0].isalnum() else 'word'}")
    add(f"length: {min(6, sum(word[0].isalpha() for word in words) // _LONG)}")
    if any(mark in sentence.text for mark in '"“”'):
        add("quotation")
    verb = next((i for i, word in enumerate(words) if word in _VERBS), None)
    add(f"verb: {'none' if verb is None else words[verb]}")
    if verb is not None:
        add(f"verb: {' '.join(kinds[max(0, verb - 1) : verb + 1])}", max(0, verb - 1), verb + 1)
        add(f"verb: {' '.join(kinds[verb : verb + 2])}", verb, min(verb + 2, len(words)))
    for i, kind in enumerate(kinds):
        if kind != "⟨word⟩":
            add(f"has: {kind}", i, i + 1)
        if i + 1 < len(kinds):
            add(f"has: {kind} {kinds[i + 1]}", i, i + 2)
    add(f"block: {sentence.block.kind.value}")
    if role is not None:
        add(f"role: {role.value}")
        add(f"{role.value}, opens: {kinds[opening] if opening < len(words) else ''}")
        add(f"{role.value}, verb: {'none' if verb is None else words[verb]}")
    return found


def of_rules(ruled: Judgement, role: Role | None) -> Signs:
    """Return the signs that the rules' judgement is."""
    found: Signs = {f"rules: {ruled.stance.value} {ruled.strength}": None}
    if role is not None:
        found[f"{role.value}, rules: {ruled.stance.value}"] = None
    return found


def _is_word(word: str) -> bool:
    return (word[0].isalpha() and len(word) > 1) or word in {"a", "i"}


def _holder(stance: Stance) -> Who:
    if stance in {Stance.COMMITMENT, Stance.PRACTICE}:
        return Who.AUTHOR
    return Who.OTHER if stance is Stance.REQUIREMENT else Who.NOBODY


def load_shapes(name: str, lists: Mapping[str, frozenset[str]], mistakes: Mistakes) -> Shapes | None:
    """Return a vocabulary's shapes, or None where it has none; *lists* are those of its cue files."""
    file = cues_folder(name) / SHAPES
    node = read_yaml(file, f"cues/{SHAPES}", mistakes) if file.is_file() else None
    if node is None:
        return None
    part = node.mapping(("words", "classes"))
    classes: dict[str, str] = {}
    for kind, listed in part["classes"].pairs() if "classes" in part else ():
        for key in listed.texts():
            if key not in lists:
                listed.wrong(f"No cue file has a list '{key}'. Known: {', '.join(sorted(lists))}.")
            classes |= {word: kind for word in lists.get(key, ()) if word not in classes}
    thirds = {third_person(word): "does" for word, kind in classes.items() if kind == "do"}
    return Shapes(frozenset(part["words"].texts() if "words" in part else ()), {**thirds, **classes})


def third_person(verb: str) -> str:
    """
    Return the third person of a verb.

    >>> [third_person(verb) for verb in ("train", "publish", "apply", "deploy")]
    ['trains', 'publishes', 'applies', 'deploys']
    """
    if verb.endswith(("s", "x", "ch", "sh", "o")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if re.search("[^aeiou]y$", verb) else f"{verb}s"


def load_stances(name: str, lists: Mapping[str, frozenset[str]]) -> StanceWeigher | None:
    """
    Load what a vocabulary has learned of stances; None where it has learned nothing, and the rules stand alone.

    Raises:
        MistakesError: With every mistake in its files.
    """
    mistakes = Mistakes()
    shapes = load_shapes(name, lists, mistakes)
    file = cues_folder(name) / FILE
    node = read_yaml(file, f"cues/{FILE}", mistakes) if shapes is not None and file.is_file() else None
    weights = _read(node) if node is not None else None
    if mistakes.lines:
        raise MistakesError(tuple(mistakes.lines))
    return StanceWeigher(shapes, weights) if shapes is not None and weights is not None else None


def _read(node: Node) -> StanceWeights:
    part = node.mapping(("start", "signs"), ("fitted", "learned-from", "cross-validated", "order"))
    found: dict[str, Numbers] = {}
    for i, line in enumerate(part["signs"].text().splitlines() if "signs" in part else ()):
        match = _LINE.fullmatch(line.strip())
        if match is None:
            node.mistakes.add(node.label, part["signs"].line + 1 + i, "Not five numbers and a sign. Fit it again.")
        else:
            found[match[2]] = tuple(map(float, match[1].split()))
    start = tuple(float(number) for number in part["start"].text().split()) if "start" in part else ()
    if len(start) != len(SHARED):
        node.wrong(f"'start' is {len(SHARED)} numbers, one for each stance. Fit it again.")
    return StanceWeights(start, found)


def render(weights: StanceWeights, head: Sequence[str]) -> str:
    """Return the text of `stances.yml`; *head* are lines on where it comes from."""
    lines = [
        '# Written by "tenderkit vocab fit --stances" and by nobody else: what each sign of a sentence adds to each',
        "# stance, in the order given. The sums through the softmax function are the shares; the rules' own judgement",
        "# takes a fifth of the whole where it is weak, seven tenths where it is plain, and all where it is telling.",
        *head,
        f"order: [{', '.join(stance.value for stance in SHARED)}]",
        f'start: "{" ".join(f"{number:+.2f}" for number in weights.start)}"',
        "signs: |-",
    ]
    for name, numbers in sorted(weights.signs.items(), key=lambda one: (-max(map(abs, one[1])), one[0])):
        lines.append(f"  {' '.join(f'{number:+.2f}' for number in numbers)} {name}")
    return "\n".join(lines) + "\n"
