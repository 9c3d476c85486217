"""
How small a difference between two documents tenderkit can tell: the margin within which they count as equal.

A theme's level rests on its best quotes, and each may be wrong. The chance that a quote speaks to its theme at all is
its confidence, which sources held out of learning bear out. How often the level is right where it does was counted: a
reader who did not see the tool's reasons judged the 135 best quotes of ten new documents (README, "How right it is").
From both follows how far each theme's points may be off, and by sums of variances how far an outcome's score and the
alignment score may be; errors of different themes are taken to be independent. What two documents say in the same
words is judged alike in both, right or wrong, and adds nothing to the margin between them.

Checked against the same reader's own scores of the outcomes, which had no part in the figures above: of 89 differences
between two of the ten documents that are larger than the margin, the reader saw 2 the other way round and 7 as none; of
128 smaller ones, 25 the other way round. Of 18 alignment scores told apart, 2 stood the other way round.

What was not found at all is in no margin: recall is the weak side, for every document.
"""

from __future__ import annotations

from math import prod, sqrt
from typing import TYPE_CHECKING

from tenderkit.evidence import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenderkit.evidence import Evidence
    from tenderkit.scoring import OutcomeScore, Scorecard, ThemeScore

REACH = 1.96  # standard errors: of true ties about one in twenty looks larger
_QUOTES = 3  # of a theme that are counted: quotes of one text are often wrong together
_READER = {  # how a reader judged the quotes that spoke to their theme, by the level that tenderkit gave them
    Level.MEASURED: {Level.MENTIONED: 4, Level.STATED: 1, Level.MEASURED: 11},
    Level.STATED: {Level.MENTIONED: 6, Level.STATED: 15},
    Level.MENTIONED: {Level.MENTIONED: 61, Level.STATED: 8, Level.MEASURED: 2},
}


def chances(quotes: Sequence[Evidence]) -> tuple[float, ...]:
    """
    Return how likely each level is to be the true one of a theme, from absent to measured; they sum to 1.

    Args:
        quotes: What was found of the theme, evidence and possible, without what is declined.

    >>> chances(())
    (1.0, 0.0, 0.0, 0.0)
    """
    at_most = [prod((_at_most(quote, level) for quote in quotes), start=1.0) for level in Level]
    return tuple(at_most[level] - (at_most[level - 1] if level else 0.0) for level in Level)


def _at_most(quote: Evidence, level: Level) -> float:
    """Return the chance that a quote is truly of this level or a lower one; it is absent where it is off its theme."""
    reader = _READER[quote.level]
    right = sum(count for judged, count in reader.items() if judged <= level) / sum(reader.values())
    return 1 - quote.confidence + quote.confidence * right


def variance(quotes: Sequence[Evidence]) -> float:
    """
    Return the variance of a theme's points, 0 to 2,500.

    >>> variance(())
    0.0
    """
    likely = chances(quotes)
    mean = sum(chance * level.points for chance, level in zip(likely, Level, strict=True))
    return sum(chance * (level.points - mean) ** 2 for chance, level in zip(likely, Level, strict=True))


def outcome_margin(first: Scorecard, second: Scorecard, number: int) -> float:
    """Return the difference between the scores of the outcome *number* that may be chance, in points."""
    return REACH * sqrt(_outcome_variance(first, second, number))


def score_margin(first: Scorecard, second: Scorecard) -> float:
    """Return the difference between two alignment scores that may be chance, in points."""
    weights = [outcome.weight for outcome in first.outcomes]
    total = sum(weight**2 * _outcome_variance(first, second, number) for number, weight in enumerate(weights))
    return REACH * sqrt(total) / sum(weights)


def _outcome_variance(first: Scorecard, second: Scorecard, number: int) -> float:
    ours, theirs = first.outcomes[number], second.outcomes[number]
    pairs = zip(ours.themes, theirs.themes, strict=True)
    total = 0.0
    for one, other in pairs:
        left, right = _counted(first, ours, one), _counted(second, theirs, other)
        if [quote.quote for quote in left] != [quote.quote for quote in right]:
            total += variance(left) + variance(right)
    return total / len(ours.themes) ** 2


def _counted(card: Scorecard, outcome: OutcomeScore, theme: ThemeScore) -> list[Evidence]:
    """Return the quotes of a theme on which its level rests, and those that might raise it."""
    evidence = [quote for quote in theme.evidence if quote.level > Level.ABSENT][:_QUOTES]
    return evidence + [quote for quote in card.possible_on(outcome.id, theme.id) if quote.level > Level.ABSENT]
