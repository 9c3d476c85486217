"""What the language model is shown of a passage, and what it says: numbers with a meaning, before they are weighed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, NamedTuple

from tenderkit.weights import softmax

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MOST_OF_A_TEXT = 2000  # characters of a passage; the word pieces that are read are never more
_HEADING = 100  # characters of the heading above that it reads
_LEAD_IN = 160  # characters of the words that introduce a list, its last
_LEAST_SHARE = 1e-6  # so that it has a logarithm
_WIDEST = 32_767  # hundredths: what two bytes hold


class Shown(NamedTuple):
    """
    What the model is shown.

    Attributes:
        text: The passage.
        role: The document's role, where that is known; else empty.
        heading: The nearest heading above it.
        lead_in: The words that introduce the list that it stands in.
    """

    text: str
    role: str = ""
    heading: str = ""
    lead_in: str = ""

    @property
    def context(self) -> str:
        """Return what stands above the passage as one line."""
        return f"{self.role}: {self.heading[:_HEADING]} | {self.lead_in[-_LEAD_IN:]}"

    @property
    def whole(self) -> str:
        """Return all that the model sees of it as one text."""
        return f"{self.context}\n{self.text[:MOST_OF_A_TEXT]}"

    @property
    def digest(self) -> str:
        """Return a name for it that does not give the text away."""
        return hashlib.sha256(self.whole.encode()).hexdigest()[:16]


def in_context(text: str, before: str, role: str = "") -> Shown:
    r"""
    Return what is shown of a labelled passage: of the lines above it, its last heading and its last other line.

    >>> in_context("- test", "# Method\nWe will:", "bid")
    Shown(text='- test', role='bid', heading='Method', lead_in='We will:')
    """
    above = [line for line in before.splitlines() if line.strip()]
    headings = [line for line in above if line.startswith("#")]
    others = [line for line in above if not line.startswith("#")]
    return Shown(text, role, "".join(headings[-1:]).lstrip("# "), "".join(others[-1:]))


@dataclass(frozen=True, slots=True)
class Reading:
    """
    What the model says of one passage.

    Attributes:
        themes: By outcome and theme id, log-odds that it speaks of the theme, in hundredths.
        outcomes: The same by outcome id.
        stances: By stance, its share of 1.
        line: How they join what rules and signs say.
    """

    themes: Mapping[tuple[str, str], float]
    outcomes: Mapping[str, float]
    stances: Mapping[str, float]
    line: StanceLine

    def packed(self) -> list[int]:
        """Return its numbers in hundredths, in the order of `Names`."""
        shares = [log(max(share, _LEAST_SHARE)) for share in self.stances.values()]
        return [round(100 * number) for number in (*self.themes.values(), *self.outcomes.values(), *shares)]


class Names(NamedTuple):
    """
    What the model's numbers mean, in their order.

    Attributes:
        themes: Outcome and theme ids.
        outcomes: Outcome ids.
        stances: Stances.
    """

    themes: tuple[tuple[str, str], ...]
    outcomes: tuple[str, ...]
    stances: tuple[str, ...]

    @classmethod
    def of(cls, themes: Iterable[str], outcomes: tuple[str, ...], stances: tuple[str, ...]) -> Names:
        """
        Return names; each theme is written as `outcome/theme`.

        >>> Names.of(["data/open-data"], ("data",), ()).themes
        (('data', 'open-data'),)
        """
        parted = (name.partition("/") for name in themes)
        return cls(tuple((outcome, theme) for outcome, _, theme in parted), outcomes, stances)

    def reading(self, line: StanceLine, numbers: Sequence[int]) -> Reading:
        """Return a reading from all numbers in a row, in hundredths."""
        told = [number / 100 for number in numbers]
        behind, last = len(self.themes), len(self.themes) + len(self.outcomes)
        return Reading(
            dict(zip(self.themes, told[:behind], strict=True)),
            dict(zip(self.outcomes, told[behind:last], strict=True)),
            dict(zip(self.stances, softmax(told[last:]), strict=True)),
            line,
        )


class Line(NamedTuple):
    """How the model joins the sum of terms and words: `start + terms * sum + model * log-odds`."""

    start: float
    terms: float
    model: float


class HeardLine(NamedTuple):
    """
    How the model is believed where no term stands: `start + terms * words + model * log-odds + beside * confidence`.

    Attributes:
        terms: Times the sum of the words that tell of it.
        model: Times the model's log-odds.
        beside: Times the confidence of the surest theme that the passage's own terms name: what speaks of one thing
            by name seldom speaks of another without.
    """

    start: float
    terms: float
    model: float
    beside: float


class StanceLine(NamedTuple):
    """
    How what rules, signs and model say of a stance make one sum, of which the softmax function makes shares.

    Attributes:
        signs: Times the logarithm of a stance's share by its signs.
        model: Times the logarithm of its share by the model.
        none: For the stance that rules say where nothing spoke, weak, plain or telling.
        weak: The same.
        plain: The same.
        telling: The same.
        undenied: For a denial that the rules do not find.
        denied: For one that they find.
        denial: Times the log-odds that it is one.
    """

    signs: float
    model: float
    none: float
    weak: float
    plain: float
    telling: float
    undenied: float
    denied: float
    denial: float


def numbers_of(line: Line | HeardLine | StanceLine) -> str:
    """
    Return the numbers of a line as they are written down.

    >>> numbers_of(Line(start=0.5, terms=1.0, model=0.25))
    '{start: 0.50, terms: 1.00, model: 0.25}'
    """
    return f"{{{', '.join(f'{name}: {number:.2f}' for name, number in zip(line._fields, line, strict=True))}}}"


def hundredths(numbers: Iterable[float]) -> list[int]:
    """
    Return numbers as they are told: the next decimals differ by machine.

    >>> hundredths([1.254, -1e9])
    [125, -32767]
    """
    return [max(-_WIDEST, min(round(100 * number), _WIDEST)) for number in numbers]
