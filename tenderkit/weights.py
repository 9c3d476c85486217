"""
What a vocabulary has learned: a weight for its terms and for some background words, in `weights.yml`.

`tenderkit vocab fit` writes the file, nobody else. The weights of one outcome are named numbers; their sum, through
the logistic function, is the confidence that a sentence speaks of that outcome (logistic regression: Cox, "The
regression analysis of binary sequences", 1958). A vocabulary without the file trusts each of its terms fully.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from math import exp, log2
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tenderkit.resources import Node

FILE = "weights.yml"
PRECISION = 0.81  # what evidence of single passages is to reach on sources held out
USUAL_WORDS = 24  # of a passage
_NUMBERS = ("start", "found", "term", "refused")
_LINE = re.compile(r"([+-]\d+\.\d+) (\S.*)")


@dataclass(frozen=True, slots=True)
class OutcomeWeights:
    """
    The named numbers of one outcome.

    Attributes:
        start: Where every sum begins.
        found: Added once where a term of the outcome stands in the sentence.
        themes: By theme id, added once where a term of that theme stands.
        term: Added for every term that has no weight of its own.
        refused: Added for every term that stands there without the company it asks for.
        doubling: Added once for each doubling of the words beyond `USUAL_WORDS`, and taken off for each halving: a long
            sentence more often brushes what a short one is about.
        terms: By `theme/term`, added in place of `term`.
        words: By normal form, added once for a word that stands in the sentence; by `theme/form`, added to that as well
            where the theme is weighed: a word may tell one theme from its neighbours.
    """

    start: float
    found: float
    term: float
    refused: float
    terms: Mapping[str, float]
    words: Mapping[str, float]
    themes: Mapping[str, float] = field(default_factory=dict)
    doubling: float = 0.0

    def of_length(self, words: int) -> float:
        """
        Return what a sentence of so many words adds.

        >>> OutcomeWeights(0, 0, 0, 0, {}, {}, doubling=-0.5).of_length(4 * USUAL_WORDS)
        -1.0
        """
        return self.doubling * log2(max(words, 1) / USUAL_WORDS)

    def of_theme(self, theme: str) -> float:
        """Return where the sum of a theme begins, once a term of it stands there."""
        return self.start + self.found + self.themes.get(theme, 0.0)

    def of_word(self, theme: str, word: str) -> float:
        """
        Return what a normal form adds to a theme where it stands.

        >>> weights = OutcomeWeights(0, 0, 0, 0, {}, {"mast": 0.5, "coverage/mast": 0.25})
        >>> weights.of_word("coverage", "mast"), weights.of_word("wi-fi", "mast")
        (0.75, 0.5)
        """
        return self.words.get(word, 0.0) + self.words.get(f"{theme}/{word}", 0.0)

    def telling(self, theme: str) -> dict[str, float]:
        """
        Return every normal form that adds something to a theme, with what it adds; no theme has "".

        >>> OutcomeWeights(0, 0, 0, 0, {}, {"mast": 0.5, "wi-fi/mast": 0.25, "wi-fi/duct": 0.5}).telling("wi-fi")
        {'mast': 0.75, 'duct': 0.5}
        """
        of_it = f"{theme}/"
        forms = (name.removeprefix(of_it) for name in self.words if "/" not in name or name.startswith(of_it))
        return {form: weight for form in forms if (weight := self.of_word(theme, form))}

    def of_all_themes(self) -> OutcomeWeights:
        """Return the same without what a word adds to one theme alone, which parts themes and not outcomes."""
        return replace(self, words={name: weight for name, weight in self.words.items() if "/" not in name})

    def of_term(self, name: str) -> float:
        """Return what the term `theme/term` adds where it stands."""
        return self.terms.get(name, self.term)

    def total(
        self, theme: str, terms: Iterable[str], refused: int, words: Iterable[str], length: int = USUAL_WORDS
    ) -> float:
        """
        Return the sum for one theme in one sentence.

        Args:
            theme: The theme's id.
            terms: The different terms of it that stand there, at least one, as `theme/term`.
            refused: How many different ones stand there without their company.
            words: The normal forms that stand there, each once; those without a weight add nothing.
            length: How many words the sentence has.

        >>> weights = OutcomeWeights(-2.0, 1.0, 0.5, 0.25, {"skills/course": 1.5}, {"resident": 0.5}, {"skills": -0.25})
        >>> weights.total("skills", ["skills/course", "skills/class"], 1, {"resident", "the"})
        1.5
        """
        return (
            self.of_theme(theme)
            + sum(self.of_term(name) for name in terms)
            + self.refused * refused
            + sum(self.of_word(theme, word) for word in words)
            + self.of_length(length)
        )


@dataclass(frozen=True, slots=True)
class Weights:
    """
    Everything that `weights.yml` says.

    Attributes:
        evidence: The least confidence, 0 to 1, that a passage speaks of its theme for it to be evidence.
        possible: The least confidence of what is shown to be checked.
        terms_sha256: Of the terms that it was learned for; others may have been added since.
        outcomes: By outcome id.
        likely: How sure a passage of a document must be, of what it speaks of times what it does, to count.
    """

    evidence: float
    possible: float
    terms_sha256: str
    outcomes: Mapping[str, OutcomeWeights]
    likely: float = 0.5


def logistic(total: float) -> float:
    """
    Return the confidence, 0 to 1, of a sum of weights.

    >>> logistic(0.0), round(logistic(2.0), 2)
    (0.5, 0.88)
    """
    return 1 / (1 + exp(-total)) if total > 0 else 1 - 1 / (1 + exp(total))


def softmax(totals: Sequence[float]) -> tuple[float, ...]:
    """
    Return the shares of 1 that sums of weights make.

    >>> softmax([0.5, 0.5])
    (0.5, 0.5)
    """
    top = max(totals)
    powers = [exp(total - top) for total in totals]
    whole = sum(powers)
    return tuple(power / whole for power in powers)


@dataclass(frozen=True, slots=True)
class Provenance:
    """
    What weights were learned from.

    Attributes:
        fitted: The date, as it was given.
        passages: How many labelled passages.
        sources: How many sources they come from.
        examples: How many of the vocabulary's own examples.
        data_sha256: Of the labelled passages and examples, in order.
        figures: By name, from cross-validation.
    """

    fitted: str
    passages: int
    sources: int
    examples: int
    data_sha256: str
    figures: Mapping[str, float]


def render_weights(weights: Weights, provenance: Provenance) -> str:
    """Return the text of `weights.yml`; numbers carry two decimals, which moves no confidence by more than a hair."""
    lines = [
        '# Written by "tenderkit vocab fit" and by nobody else: how sure each term and word makes us, as a sum of',
        "# named numbers. A sentence begins at `start`; where a term of a theme stands, `found` and the theme's number",
        "# are added once, and the term's own weight, or `term`; `refused` for a term without its company; then the",
        f"# words, and `doubling` for each doubling of the sentence's length beyond {USUAL_WORDS} words (off, for each",
        "# halving). The sum through the logistic function is the confidence. Examples and terms are for people to",
        "# write; this file is not.",
        f'fitted: "{provenance.fitted}"',
        "learned-from:",
        f"  passages: {provenance.passages}",
        f"  sources: {provenance.sources}",
        f"  examples: {provenance.examples}",
        f'  data: "{provenance.data_sha256}"',
        f'  terms: "{weights.terms_sha256}"',
        "cross-validated:",
        *(f"  {name}: {figure:.3f}" for name, figure in provenance.figures.items()),
        "bars:",
        f"  evidence: {weights.evidence:.2f}",
        f"  possible: {weights.possible:.2f}",
        "outcomes:",
    ]
    for name, own in weights.outcomes.items():
        lines.append(f"  {name}:")
        numbers = {"start": own.start, "found": own.found, "term": own.term, "refused": own.refused}
        numbers["doubling"] = own.doubling
        lines += [f"    {key}: {number:.2f}" for key, number in numbers.items()]
        for key, listed in (("themes", own.themes), ("terms", own.terms), ("words", own.words)):
            if listed:
                lines.append(f"    {key}: |-")
                lines += [f"      {number:+.2f} {name}" for name, number in sorted(listed.items(), key=_heaviest_first)]
    return "\n".join(lines) + "\n"


def _heaviest_first(item: tuple[str, float]) -> tuple[float, str]:
    name, number = item
    return -number, name


def read_weights(node: Node) -> Weights | None:
    """Return the weights in a composed `weights.yml`; None where a mistake was noted on the way."""
    before = len(node.mistakes.lines)
    part = node.mapping(("fitted", "learned-from", "cross-validated", "bars", "outcomes"))
    if len(node.mistakes.lines) > before:
        return None
    bars = part["bars"].mapping(("evidence", "possible"))
    source = part["learned-from"].mapping(("terms",), ("passages", "sources", "examples", "data"))
    outcomes = {name: _read_outcome(value) for name, value in part["outcomes"].pairs()}
    evidence, possible = (bars[name].number() if name in bars else 0.0 for name in ("evidence", "possible"))
    if not 0 <= possible <= evidence <= 1:
        part["bars"].wrong("The bars are two numbers, 0 to 1, and 'possible' is the lower. Fit the vocabulary again.")
    weights = Weights(evidence, possible, source["terms"].text() if "terms" in source else "", outcomes)
    return weights if len(node.mistakes.lines) == before else None


def _read_outcome(node: Node) -> OutcomeWeights:
    part = node.mapping((*_NUMBERS, "doubling"), ("themes", "terms", "words"))
    numbers = {name: part[name].number() for name in (*_NUMBERS, "doubling") if name in part}
    return OutcomeWeights(
        start=numbers.get("start", 0.0),
        found=numbers.get("found", 0.0),
        term=numbers.get("term", 0.0),
        refused=numbers.get("refused", 0.0),
        terms=dict(_read_lines(part["terms"])) if "terms" in part else {},
        words=dict(_read_lines(part["words"])) if "words" in part else {},
        themes=dict(_read_lines(part["themes"])) if "themes" in part else {},
        doubling=numbers.get("doubling", 0.0),
    )


def _read_lines(node: Node) -> Iterator[tuple[str, float]]:
    """Yield name and weight of lines such as `+1.25 accessibility/screen reader`."""
    for i, line in enumerate(node.text().splitlines()):
        found = _LINE.fullmatch(line.strip())
        if found is None:
            message = "Not a weight and a name, such as '+1.25 word'. Fit the vocabulary again."
            node.mistakes.add(node.label, node.line + 1 + i, message)
        else:
            yield found[2], float(found[1])
