"""What a tender's author should know: which requirements cannot be checked, which say the same, which say too much."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.compliance import Strength
from tenderkit.similarity import Index, terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenderkit.obligations import ObligationFinder
    from tenderkit.requirements import Requirement

_SAME = 0.8  # similarity from which two requirements say the same
_FEWEST_TERMS = 3  # in common
_SEVERAL = 2  # times that one sentence binds
_MEASURE = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|daily|weekly|monthly|quarterly|yearly|annual(?:ly)?)\b"
    r"|\b[A-Z]{2,}\b(?=[\s-]?\d)|\bISO\b|\bWCAG\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Unclear:
    """A requirement that cannot be checked, and the words that make it so."""

    requirement: str
    words: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two requirements that say the same, by their ids, and how alike they are, 0 to 1."""

    first: str
    second: str
    similarity: float


@dataclass(frozen=True, slots=True)
class Quality:
    """
    What the author of a tender should look at.

    Attributes:
        unclear: Requirements that cannot be checked.
        duplicates: Pairs that say the same.
        compound: Ids of those that ask for several things in one sentence, with how many.
    """

    unclear: tuple[Unclear, ...]
    duplicates: tuple[Duplicate, ...]
    compound: tuple[tuple[str, int], ...]


def judge_quality(requirements: Sequence[Requirement], finder: ObligationFinder) -> Quality:
    """
    Return what the requirements of a tender lack.

    Questions and what is asked of the bid itself are left alone: an evaluator judges those.

    >>> from tenderkit.document import passage
    >>> from tenderkit.obligations import load_obligations
    >>> from tenderkit.requirements import find_requirements
    >>> finder = load_obligations()
    >>> text = "The portal must be user friendly. The portal must answer within 2 seconds."
    >>> quality = judge_quality(find_requirements(passage(text), finder), finder)
    >>> [(one.requirement, one.words) for one in quality.unclear]
    [('n1', ('user friendly',))]
    """
    asked = [one for one in requirements if one.strength is not Strength.QUESTION and not one.submission]
    unclear = []
    for one in asked:
        words = finder.vague(one.text)
        if words and not _MEASURE.search(one.text):
            quoted = ", ".join(f"“{word}”" for word in words)
            unclear.append(Unclear(one.id, words, f"{quoted} and no measure: say by what it is checked"))
    compound = tuple((one.id, one.times) for one in asked if one.times >= _SEVERAL)
    return Quality(tuple(unclear), _duplicates(asked), compound)


def _duplicates(requirements: Sequence[Requirement]) -> tuple[Duplicate, ...]:
    """Return the pairs that share nearly all their words; no pair without a shared word is compared."""
    texts = [terms(one.whole) for one in requirements]
    index = Index(texts)
    found = []
    for place, words in enumerate(texts):
        for other, similarity in sorted(index.similar(words).items()):
            if other > place and similarity >= _SAME and len(set(words) & set(texts[other])) >= _FEWEST_TERMS:
                found.append(Duplicate(requirements[place].id, requirements[other].id, round(min(similarity, 1.0), 2)))
    return tuple(found)
