"""How the score came about, with its own numbers in it: sums that a reader can check on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.scoring import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenderkit.scoring import OutcomeScore, Scorecard


def outcome_sum(outcome: OutcomeScore) -> str:
    """
    Return how an outcome's score is made of its themes' points.

    >>> from tenderkit.evidence import Level
    >>> from tenderkit.scoring import OutcomeScore, ThemeScore
    >>> themes = tuple(ThemeScore("a", "A", "?", level, ()) for level in (Level.MEASURED, Level.STATED, Level.ABSENT))
    >>> outcome_sum(OutcomeScore("x", "X", 160 / 3, Status.COVERED, 1.0, themes))
    '(100 + 60 + 0) / 3 = 53.3'
    """
    points = " + ".join(str(theme.level.points) for theme in outcome.themes)
    return f"({points}) / {len(outcome.themes)} = {outcome.score:.1f}"


def score_sum(card: Scorecard) -> str:
    """
    Return how the score is made of the outcomes' scores.

    >>> from tenderkit.scoring import OutcomeScore, Scorecard
    >>> outcomes = [OutcomeScore(x, x, 60.0, Status.COVERED, weight, ()) for x, weight in (("a", 1.0), ("b", 2.0))]
    >>> score_sum(Scorecard(60.0, 60.0, tuple(outcomes), (), ()))
    '(60.0 + 2 × 60.0) / 3 = 180.0 / 3 = 60.0'
    """
    return _mean(card.outcomes, card.score)


def depth_sum(card: Scorecard) -> str:
    """
    Return how the depth is made of the scores of the outcomes that are no gap.

    >>> from tenderkit.scoring import OutcomeScore, Scorecard
    >>> gap, thin = (OutcomeScore("a", "a", 0.0, status, 1.0, ()) for status in (Status.GAP, Status.THIN))
    >>> depth_sum(Scorecard(0.0, 0.0, (gap, thin), (), ()))
    '0.0 / 1 = 0.0'
    >>> depth_sum(Scorecard(0.0, 0.0, (gap,), (), ()))
    '0.0, as every outcome is a gap'
    """
    return _mean([outcome for outcome in card.outcomes if outcome.status is not Status.GAP], card.depth)


def _mean(outcomes: Sequence[OutcomeScore], mean: float) -> str:
    if not outcomes:
        return f"{mean:.1f}, as every outcome is a gap"
    parts = [_weighted(outcome) for outcome in outcomes]
    weight = sum(outcome.weight for outcome in outcomes)
    if not weight:
        return f"{mean:.1f}, as none of these outcomes has a weight"
    total = sum(outcome.score * outcome.weight for outcome in outcomes)
    summed = f"({' + '.join(parts)}) / {weight:g} = " if len(parts) > 1 else ""
    return f"{summed}{total:.1f} / {weight:g} = {mean:.1f}"


def _weighted(outcome: OutcomeScore) -> str:
    return f"{outcome.score:.1f}" if outcome.weight == 1 else f"{outcome.weight:g} × {outcome.score:.1f}"
