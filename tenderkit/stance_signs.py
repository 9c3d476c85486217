"""
What a sentence looks like, weighed: where cues are weak, named signs and learned numbers decide what it does.

A sign is a small thing that anyone can see; see `tenderkit.signs`. Each adds a number to each stance (multinomial
logistic regression); `tenderkit vocab fit --stances` learns the numbers and writes them to `cues/stances.yml`. Denials
and telling cues are left to the rules; of a denial signs only say how sure it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import islice
from math import log
from operator import mul
from typing import TYPE_CHECKING

from tenderkit.document import Kind
from tenderkit.errors import MistakesError
from tenderkit.evidence import DONE, SHARED, STATED, Force, Judgement, Level, Reason, Stance, Who, likeliest
from tenderkit.resources import Mistakes, cues_folder, read_yaml
from tenderkit.roles import Role
from tenderkit.signs import Shapes, Signs, in_words, load_shapes, of_rules, signs
from tenderkit.weights import logistic, softmax

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tenderkit.language import Sentence
    from tenderkit.readings import Reading
    from tenderkit.resources import Node

FILE = "stances.yml"
_TRUST = (0.0, 0.1, 0.5)  # of the rules, by the force of their judgement up to plain; the rest is the signs'
_LISTED = frozenset({Kind.LIST_ITEM, Kind.TABLE_ROW})
_NOT_ITS_OWN = frozenset({"says: none", "says: done", "who: buyer"})  # of a bidder
_ALONE = 0.5  # what the likeliest stance has by itself where it makes something of a bid count
_ALL = (*SHARED, Stance.NEGATED)
_LEAST = 0.001  # of a share, so that it has a logarithm
_NO_RULE = (0.0, 0.0, 0.0, 0.0)
_NO_DENIAL = (0.0, 0.0, 0.0)
_SHOWN = 3  # signs that are told as reasons
_NUMBER = re.compile(r"[+-]\d+\.\d+")
_MOST_OF_A_CUE = 25  # letters of the words that deny, as a sign of how sure that is

Numbers = tuple[float, ...]  # one for each stance of SHARED


@dataclass(frozen=True, slots=True)
class StanceWeights:
    """
    What `stances.yml` says.

    Attributes:
        start: Where each stance begins, in the order of `SHARED`.
        signs: What each sign adds to each.
        denied: Where the sureness of a denial begins.
        denials: What each sign adds to it; none where nothing was learned of denials, and all are sure.
    """

    start: Numbers
    signs: Mapping[str, Numbers]
    denied: float = 0.0
    denials: Mapping[str, float] = field(default_factory=dict)


class StanceWeigher:
    """
    Weighs the signs of sentences.

    Attributes:
        shapes: Which words stand for what in signs.
        weights: What each sign adds.
    """

    def __init__(self, shapes: Shapes, weights: StanceWeights) -> None:
        self.shapes = shapes
        self.weights = weights
        self._read: tuple[Sentence, Role | None, Judgement | None, Signs] | None = None  # the last: others follow it
        self._summed: tuple[Signs, Numbers] | None = None

    def with_weights(self, weights: StanceWeights) -> StanceWeigher:
        """Return the same with other weights."""
        return StanceWeigher(self.shapes, weights)

    def signs(self, sentence: Sentence, role: Role | None, lead_in: Judgement | None = None) -> Signs:
        """Return the signs of a sentence."""
        last = self._read
        if last is None or last[0] is not sentence or last[1] is not role or last[2] is not lead_in:
            last = sentence, role, lead_in, signs(sentence, self.shapes, role, lead_in)
            self._read = last
        return last[3]

    def weigh(
        self,
        ruled: Judgement,
        sentence: Sentence,
        role: Role | None,
        lead_in: Judgement | None = None,
        reading: Reading | None = None,
        *,
        relieved: bool = False,
    ) -> Judgement:
        """
        Return what rules and signs say together, and the model where it has read: the likeliest stance.

        What the rules do not take for stated is raised with care, as a bidder writes for it: in a bid one stance needs
        half by itself, and words without a verb are raised only as a row or item of somebody else's document. Where it
        is something bad of which less is done (*relieved*: "we narrow the divide"), the model's word for a denial is
        not taken: it hears the verb, and only the rules know what the verb does good to.
        """
        if reading is not None:
            return self._pooled(ruled, sentence, role, lead_in, reading, relieved=relieved)
        if ruled.stance is Stance.NEGATED:
            known = self.weights.denials
            return (
                replace(ruled, stance_confidence=self._denies(ruled, self.signs(sentence, role, lead_in)))
                if known
                else ruled
            )
        if ruled.force > Force.PLAIN:
            return ruled
        seen, rules = self.signs(sentence, role, lead_in), of_rules(ruled, role)
        trust = _TRUST[ruled.force]
        shares = tuple(
            (1 - trust) * share + trust * (stance is ruled.stance)
            for stance, share in zip(SHARED, self._shares(seen, rules), strict=True)
        )
        best = SHARED.index(likeliest(dict(zip(SHARED, shares, strict=True)), counted(role)))
        raised = SHARED[best] in STATED and ruled.stance not in STATED
        if SHARED[best] is ruled.stance or (raised and not self._may_raise(seen, sentence, role, shares[best])):
            sure = sureness(shares, ruled.stance, role)
            return Judgement(ruled.stance, ruled.who, ruled.because, ruled.force, sure, shares)
        second = max((i for i in range(len(SHARED)) if i != best), key=lambda i: shares[i])
        reasons = tuple(self._reasons({**seen, **rules}, sentence, best, second))
        return Judgement(
            SHARED[best], _holder(SHARED[best]), reasons, Force.WEAK, sureness(shares, SHARED[best], role), shares
        )

    def parts(
        self, ruled: Judgement, sentence: Sentence, role: Role | None, lead_in: Judgement | None, reading: Reading
    ) -> dict[Stance, Numbers]:
        """Return what rules, signs and model say of each stance, in the order of `StanceLine`, which weighs them."""
        seen = self.signs(sentence, role, lead_in)
        model = {stance: _logarithm(reading.stances[stance.value]) for stance in _ALL}
        force = tuple(float(ruled.force is each) for each in Force)
        if ruled.stance is Stance.NEGATED:
            sure = self._denies(ruled, seen) if self.weights.denials else 1.0
            denied = (0.0, 1.0, _logarithm(sure) - _logarithm(1 - sure))
            return {
                stance: (0.0, said, *_NO_RULE, *(denied if stance is Stance.NEGATED else _NO_DENIAL))
                for stance, said in model.items()
            }
        signs = dict(zip(SHARED, self._shares(seen, of_rules(ruled, role)), strict=True))
        return {
            stance: (
                _logarithm(signs[stance]) if stance in signs else 0.0,
                said,
                *(force if stance is ruled.stance else _NO_RULE),
                float(stance is Stance.NEGATED),
                *_NO_DENIAL[1:],
            )
            for stance, said in model.items()
        }

    def _pooled(
        self,
        ruled: Judgement,
        sentence: Sentence,
        role: Role | None,
        lead_in: Judgement | None,
        reading: Reading,
        *,
        relieved: bool,
    ) -> Judgement:
        """Return what rules, signs and model say together: their logarithms are added, each with its own weight."""
        parts = self.parts(ruled, sentence, role, lead_in, reading)
        if relieved and ruled.stance is not Stance.NEGATED:
            del parts[Stance.NEGATED]
        totals = [sum(map(mul, reading.line, numbers)) for numbers in parts.values()]
        shares = dict(zip(parts, softmax(totals), strict=True))
        best = likeliest(shares, counted(role))
        if best in STATED and _asks(ruled, role):
            best = ruled.stance
        stated = sum(share for stance, share in shares.items() if stance in counted(role))
        sure = shares[best] if best is Stance.NEGATED else stated if best in counted(role) else 1 - stated
        told = () if best is Stance.NEGATED else tuple(shares[stance] for stance in SHARED)
        if best is ruled.stance:
            return Judgement(best, ruled.who, ruled.because, ruled.force, sure, told)
        second = max((stance for stance in shares if stance is not best), key=shares.__getitem__)
        named = {**self.signs(sentence, role, lead_in), **of_rules(ruled, role)}
        reasons = self._reasons_of_all(reading, named, sentence, (best, second))
        return Judgement(best, _holder(best), tuple(reasons), Force.WEAK, sure, told)

    def _reasons_of_all(
        self, reading: Reading, named: Signs, sentence: Sentence, stances: tuple[Stance, Stance]
    ) -> Iterator[Reason]:
        """Yield what speaks most for the first of two stances against the second: the model, then the signs."""
        best, second = stances
        for_it, against = (reading.stances[stance.value] for stance in stances)
        if for_it > against:
            weight = reading.line.model * (_logarithm(for_it) - _logarithm(against))
            yield Reason("sign", "the passage as a whole", f"{best.value} {weight:+.2f}")
        if Stance.NEGATED not in stances:
            yield from self._reasons(named, sentence, SHARED.index(best), SHARED.index(second))

    def _denies(self, ruled: Judgement, seen: Signs) -> float:
        """Return how sure a denial is, 0 to 1, in hundredths."""
        numbers = (self.weights.denials.get(name, 0.0) for name in (*seen, *of_denial(ruled)))
        return round(logistic(self.weights.denied + sum(numbers)), 2)

    @staticmethod
    def _may_raise(seen: Signs, sentence: Sentence, role: Role | None, share: float) -> bool:
        """Tell whether signs may make something count that the rules do not; "shared services" has no verb."""
        if role is Role.BID:
            return share >= _ALONE and not _NOT_ITS_OWN & seen.keys()
        return role is None or "says: none" not in seen or sentence.block.kind in _LISTED

    def _shares(self, seen: Signs, rules: Signs) -> Numbers:
        if self._summed is None or self._summed[0] is not seen:
            self._summed = seen, self._add(self.weights.start, seen)
        return softmax(self._add(self._summed[1], rules))

    def _add(self, begin: Numbers, named: Signs) -> Numbers:
        """Return the numbers with those of the signs added one after the other."""
        known = self.weights.signs
        rows = [begin, *(known[name] for name in named if name in known)]
        return tuple(map(sum, zip(*rows, strict=True)))

    def _reasons(self, named: Signs, sentence: Sentence, best: int, second: int) -> Iterator[Reason]:
        """Yield the signs that speak most for one stance against the next, heaviest first."""
        weights = self.weights.signs
        speaking = [(weights[name][best] - weights[name][second], name) for name in named if name in weights]
        told = (
            self._reason(name, named[name], sentence, f"{SHARED[best].value} {weight:+.2f}")
            for weight, name in sorted(speaking, key=lambda one: (-one[0], one[1]))
            if weight > 0
        )
        yield from islice((reason for reason in told if any(map(str.isalnum, reason.text))), _SHOWN)

    @staticmethod
    def _reason(name: str, place: tuple[int, int] | None, sentence: Sentence, says: str) -> Reason:
        if place is None:
            return Reason("sign", in_words(name), says)
        start, end = sentence.span(*place)
        return Reason("sign", sentence.text[start - sentence.start : end - sentence.start], says, start, end)


def _asks(ruled: Judgement, role: Role | None) -> bool:
    """Tell whether a bid plainly repeats what is asked of it: then nothing that is learned makes an answer of it."""
    return role is Role.BID and ruled.stance is Stance.REQUIREMENT and ruled.force > Force.WEAK


def _logarithm(share: float) -> float:
    return log(max(share, _LEAST))


def of_denial(ruled: Judgement) -> Signs:
    """Return the signs that a denial has beside those of its sentence: the words that deny, and what they say."""
    telling = next((reason for reason in ruled.because if reason.start is not None), None)
    if telling is None:
        return {}
    return {f"denied by: {telling.text.lower()[:_MOST_OF_A_CUE]}": None, f"denial: {telling.says}": None}


def sureness(shares: Numbers, stance: Stance, role: Role | None) -> float:
    """Return how sure it is, 0 to 1, that something is stated, for a stance that counts; else that nothing is."""
    counting = counted(role)
    stated = sum(share for known, share in zip(SHARED, shares, strict=True) if known in counting)
    return stated if stance in counting else 1 - stated


def counted(role: Role | None) -> frozenset[Stance]:
    """Return the stances that count: in a bid, what it asks of others does not."""
    return DONE if role is Role.BID else STATED


def level(judgement: Judgement, role: Role, *, measured: bool) -> Level:
    """Return the level of what is judged so in a document of that role."""
    if judgement.stance is Stance.NEGATED:
        return Level.ABSENT
    if judgement.stance not in counted(role) or (role is Role.BID and judgement.who is Who.OTHER):
        return Level.MENTIONED
    return Level.MEASURED if measured else Level.STATED


def _holder(stance: Stance) -> Who:
    if stance in {Stance.COMMITMENT, Stance.PRACTICE, Stance.NEGATED}:
        return Who.AUTHOR
    return Who.OTHER if stance is Stance.REQUIREMENT else Who.NOBODY


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
    part = node.mapping(("start", "signs"), ("fitted", "learned-from", "cross-validated", "order", "denied", "denials"))
    found = dict(_lines(part["signs"], len(SHARED))) if "signs" in part else {}
    denials = dict(_lines(part["denials"], 1)) if "denials" in part else {}
    start = _numbers(part["start"]) if "start" in part else ()
    if len(start) != len(SHARED):
        node.wrong(f"'start' is {len(SHARED)} numbers, one for each stance. Fit it again.")
    denied = _numbers(part["denied"]) if "denied" in part else (0.0,)
    if len(denied) != 1:
        node.wrong("'denied' is a number. Fit it again.")
    return StanceWeights(start, found, sum(denied), {name: numbers[0] for name, numbers in denials.items()})


def _numbers(node: Node) -> Numbers:
    """Return the numbers of a line; none where something else stands there."""
    found = node.text().split()
    return tuple(map(float, found)) if all(map(_NUMBER.fullmatch, found)) else ()


def _lines(node: Node, count: int) -> Iterator[tuple[str, Numbers]]:
    """Yield the sign and the numbers of each line."""
    pattern = re.compile(rf"((?:{_NUMBER.pattern} ){{{count}}})(\S.*)")
    for i, line in enumerate(node.text().splitlines()):
        match = pattern.fullmatch(line.strip())
        if match is None:
            node.mistakes.add(node.label, node.line + 1 + i, f"Not {count} number(s) and a sign. Fit it again.")
        else:
            yield match[2], tuple(map(float, match[1].split()))


def render(weights: StanceWeights, head: Sequence[str]) -> str:
    """Return the text of `stances.yml`; *head* are lines on where it comes from."""
    lines = [
        '# Written by "tenderkit vocab fit --stances" and by nobody else: what each sign of a sentence adds to each',
        "# stance, in the order given. The sums through the softmax function are the shares. What the rules say is",
        "# a sign as well; it takes a tenth of the whole where it is weak, half where plain, all where it is telling.",
        *head,
        f"order: [{', '.join(stance.value for stance in SHARED)}]",
        f'start: "{" ".join(f"{number:+.2f}" for number in weights.start)}"',
        "signs: |-",
    ]
    for name, numbers in sorted(weights.signs.items(), key=lambda one: (-max(map(abs, one[1])), one[0])):
        lines.append(f"  {' '.join(f'{number:+.2f}' for number in numbers)} {name}")
    denials = sorted(weights.denials.items(), key=lambda one: (-abs(one[1]), one[0]))
    told = [
        "# How sure a denial is that the rules find: the sum through the logistic function.",
        f'denied: "{weights.denied:+.2f}"',
        "denials: |-",
        *(f"  {number:+.2f} {name}" for name, number in denials),
    ]
    return "\n".join([*lines, *(told if denials else ())]) + "\n"
