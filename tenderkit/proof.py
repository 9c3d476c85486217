"""Which of the measures in a sentence can prove what it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tenderkit.document import Kind
from tenderkit.evidence import Judgement, Reason, Stance
from tenderkit.measures import Measure, MeasureKind
from tenderkit.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tenderkit.language import Sentence
    from tenderkit.measures import MeasureFinder

_CELL = re.compile(r"[^\t]+")
_MOST_WORDS = 8  # of a cell that only completes what another says


def proving(measures: Iterable[Measure], judged: Judgement, role: Role) -> list[Measure]:
    """
    Return the measures that can speak for what is said: a denial has none, and a named body proves only what is done.

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


def dates_beside(sentence: Sentence, finder: MeasureFinder) -> tuple[Reason, ...]:
    """
    Return the dates in the short other cells of a sentence's table row: "Publish the plan | by 31 May 2027".

    A cell that is long enough to speak for itself keeps its dates.
    """
    block = sentence.block
    if block.kind is not Kind.TABLE_ROW:
        return ()
    cells = ((found.start() + block.start, found.group()) for found in _CELL.finditer(block.text))
    return tuple(
        Reason("measure", measure.text, measure.kind.value, at + measure.start, at + measure.end)
        for at, text in cells
        if (at + len(text) <= sentence.start or sentence.end <= at) and len(text.split()) <= _MOST_WORDS
        for measure in finder.find(text)
        if measure.kind is MeasureKind.DATE
    )


def measure_reason(measure: Measure, sentence: Sentence) -> Reason:
    """Return a measure of a sentence as a reason."""
    base = sentence.start
    return Reason("measure", measure.text, measure.kind.value, base + measure.start, base + measure.end)
