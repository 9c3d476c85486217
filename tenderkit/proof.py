"""Which of the measures in a sentence can prove what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.evidence import Judgement, Reason, Stance
from tenderkit.measures import Measure, MeasureKind
from tenderkit.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tenderkit.language import Sentence


def proving(measures: Iterable[Measure], judged: Judgement, role: Role) -> list[Measure]:
    """
    Return the measures that can speak for what is said: a denial has none, and a name proves deeds alone.

    A body that is named was a customer where a bidder tells what it did; elsewhere it is who buys, or a partner.

    >>> from tenderkit.evidence import Who
    >>> named = [Measure(MeasureKind.CUSTOMER, "Kelder Council", 4, 18)]
    >>> done = Judgement(Stance.PRACTICE, Who.AUTHOR)
    >>> len(proving(named, done, Role.BID)), len(proving(named, done, Role.TENDER))
    (1, 0)
    """
    if judged.stance is Stance.NEGATED:
        return []
    names = role is Role.BID and judged.stance is Stance.PRACTICE
    return [measure for measure in measures if names or measure.kind is not MeasureKind.CUSTOMER]


def measure_reason(measure: Measure, sentence: Sentence) -> Reason:
    """Return a measure of a sentence as a reason."""
    base = sentence.start
    return Reason("measure", measure.text, measure.kind.value, base + measure.start, base + measure.end)
