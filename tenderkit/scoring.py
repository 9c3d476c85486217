"""
From evidence to the score.

The whole formula:

* a passage is evidence where what is said of it is sure enough; where it states a theme and is itself not too unsure,
  the next surest that state it too, in other words, count for it;
* a theme's level is the best level of its evidence, where what counts only as others back it states and no more;
  repetition earns nothing;
* points: absent 0, mentioned 0, stated 60, measured 100;
* an outcome's score is the mean of its themes' points;
* the alignment score is the weighted mean of the outcomes' scores; depth is the same over outcomes that are no gap;
* against a tender, themes that no requirement of it speaks to are left out, and an outcome weighs as much as the
  number of its requirements that speak to it;
* an outcome is covered with half its themes or more at level 2 or 3, partial with at least one, thin with
  mentions only, a gap with nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from tenderkit.evidence import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from tenderkit.evidence import Evidence
    from tenderkit.vocabulary import Scheme
    from tenderkit.weights import Weights


_BELOW = 0.3  # what is no surer than this below what counts may count as others back it
_BACKING = 3  # passages
_LEAST_BACKING = 0.2  # how sure a passage must be to back another
_SUREST = 24  # passages of a theme, among which those that back another are looked for
_SAME = 0.8  # of the words of the shorter of two passages that say the same
_RUN = 5  # words; of 80 documents that were read whole, 4 would cost 0.008 of the rank, 5 cost 0.001
_MOST_TO_CHECK = 3  # passages of one question


class Status(StrEnum):
    """How far a document covers an outcome."""

    COVERED = "covered"
    PARTIAL = "partial"
    THIN = "thin"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class ThemeScore:
    """
    A theme's level, with its evidence: the best first, then as it stands in the document.

    Attributes:
        possible: How many passages may speak of it and are too unsure to count.
        backed: Whether none of its passages is sure by itself: the best counts because others say so too.
    """

    id: str
    label: str
    asks: str
    level: Level
    evidence: tuple[Evidence, ...]
    possible: int = 0
    backed: bool = False


@dataclass(frozen=True, slots=True)
class OutcomeScore:
    """An outcome's score, 0 to 100, its status and its weight in the alignment score."""

    id: str
    label: str
    score: float
    status: Status
    weight: float
    themes: tuple[ThemeScore, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that the document leaves unanswered: a theme below level 2."""

    outcome: str
    theme: str
    asks: str
    level: Level


@dataclass(frozen=True, slots=True)
class Against:
    """
    What a tender asks for, where bids are scored by that alone.

    Attributes:
        tender: Its path.
        sha256: Of its bytes.
        requirements: How many requirements it has, without instructions to bidders.
        outcomes: How many of them speak to an outcome, by its id; it is the outcome's weight.
        themes: Outcome and theme ids to which at least one of them speaks; the others leave the score.
    """

    tender: str
    sha256: str
    requirements: int
    outcomes: Mapping[str, int]
    themes: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Scorecard:
    """
    The result of one document.

    Attributes:
        score: Alignment, 0 to 100.
        depth: The same over the outcomes that are no gap; 0 when all are.
        gaps: In the vocabulary's order.
        declined: What the document says it does not do.
        possible: Below the bar of confidence: to be checked by a person, never scored.
        against: What a tender asks for, if the score was made by that: outcomes and themes then are those alone.
    """

    score: float
    depth: float
    outcomes: tuple[OutcomeScore, ...]
    gaps: tuple[Gap, ...]
    declined: tuple[Evidence, ...]
    possible: tuple[Evidence, ...] = ()
    against: Against | None = None

    def possible_on(self, outcome: str, theme: str) -> tuple[Evidence, ...]:
        """Return what may speak of one theme, by its outcome's and its own id."""
        return tuple(item for item in self.possible if (item.outcome, item.theme) == (outcome, theme))

    def count(self, status: Status) -> int:
        """Return how many outcomes have that status."""
        return sum(outcome.status is status for outcome in self.outcomes)


def score(
    scheme: Scheme,
    found: Iterable[Evidence],
    weights: Mapping[str, float] | None = None,
    against: Against | None = None,
) -> Scorecard:
    """
    Score the evidence of one document.

    Args:
        scheme: The vocabulary.
        found: The document's evidence, in reading order.
        weights: Weight by outcome id; 1 for an outcome that is not named, 0 leaves it out of the score.
        against: Keeps the themes that a tender asks for, and multiplies each outcome's weight by how often it does.
    """
    weights = weights or {}
    confident, unsure = banded(scheme, found)
    by_theme: dict[tuple[str, str], list[Evidence]] = {}
    declined = []
    for evidence in confident:
        asked = against is None or (evidence.outcome, evidence.theme) in against.themes
        if evidence.declined and asked:
            declined.append(evidence)
        by_theme.setdefault((evidence.outcome, evidence.theme), []).append(evidence)
    doubtful = Counter((item.outcome, item.theme) for item in unsure if not item.declined)
    best_first = partial(_best_first, scheme.weights)
    outcomes = []
    for outcome in scheme.outcomes:
        themes = []
        for theme in outcome.themes:
            if against is not None and (outcome.id, theme.id) not in against.themes:
                continue
            ranked = tuple(sorted(by_theme.get((outcome.id, theme.id), ()), key=best_first))
            level = _standing(scheme.weights, ranked[0]) if ranked else Level.ABSENT
            backed = bool(ranked) and _is_backed(scheme.weights, ranked[0])
            possible = doubtful[outcome.id, theme.id]
            themes.append(ThemeScore(theme.id, theme.prefLabel, theme.asks, level, ranked, possible, backed))
        if not themes:
            continue
        points = sum(theme.level.points for theme in themes) / len(themes)
        weight = weights.get(outcome.id, 1.0) * (against.outcomes[outcome.id] if against else 1)
        outcomes.append(OutcomeScore(outcome.id, outcome.prefLabel, points, _status(themes), weight, tuple(themes)))
    return Scorecard(
        score=_mean(outcomes),
        depth=_mean([outcome for outcome in outcomes if outcome.status is not Status.GAP]),
        outcomes=tuple(outcomes),
        gaps=tuple(
            Gap(outcome.id, theme.id, theme.asks, theme.level)
            for outcome in outcomes
            for theme in outcome.themes
            if theme.level < Level.STATED
        ),
        declined=tuple(declined),
        possible=tuple(_to_check(outcomes, unsure)),
        against=against,
    )


def backed(found: Sequence[Evidence]) -> list[Evidence]:
    """
    Return the evidence of a document, each passage that states a theme with what the surest others make likely.

    Each of several passages may be mistaken; that all of them are is seldom (noisy-or: Pearl, *Probabilistic Reasoning
    in Intelligent Systems*, 1988, section 4.3). What is said again in nearly the same words, or in a run of the same
    among others, backs nothing.
    """
    by_theme: dict[tuple[str, str], dict[_Words, float]] = {}
    for item in filter(_backs, found):
        said, words = by_theme.setdefault((item.outcome, item.theme), {}), _words(item)
        said[words] = max(item.certainty, said.get(words, 0.0))
    surest = {
        theme: sorted(said.items(), key=lambda one: (-one[1], sorted(one[0].words), sorted(one[0].runs)))[:_SUREST]
        for theme, said in by_theme.items()
    }
    return [_backed(item, surest.get((item.outcome, item.theme), ())) if _states(item) else item for item in found]


def _states(item: Evidence) -> bool:
    return item.level >= Level.STATED and not item.heading


def _backs(item: Evidence) -> bool:
    return _states(item) and item.certainty >= _LEAST_BACKING


def _backed(item: Evidence, surest: Sequence[tuple[_Words, float]]) -> Evidence:
    own = _words(item)
    others = [(words, certainty) for words, certainty in surest if not _same(words, own)]
    return replace(item, backing=1 - _least_doubt(others, _BACKING)) if others else item


def _least_doubt(said: Sequence[tuple[_Words, float]], most: int) -> float:
    """
    Return how likely it is that so many passages, of which no two say the same, are all mistaken, at the least.

    Of all such sets the one that doubts least is taken, so that one more passage never makes others back less.
    """
    least = 1.0
    for i, (words, certainty) in enumerate(said if most else ()):
        if (1 - certainty) ** most >= least:  # nor can any that follow, which are no surer
            break
        others = [one for one in said[i + 1 :] if not _same(one[0], words)]
        least = min(least, (1 - certainty) * _least_doubt(others, most - 1))
    return least


class _Words(NamedTuple):
    """The words of a passage, and how they follow each other, a few at a time."""

    words: frozenset[str]
    runs: frozenset[tuple[str, ...]]


def _words(item: Evidence) -> _Words:
    said = re.findall(r"\w+", item.quote.casefold())
    return _Words(frozenset(said), frozenset(zip(*(said[i:] for i in range(_RUN)), strict=False)))


def _alike(one: _Words, other: _Words) -> bool:
    return len(one.words & other.words) >= _SAME * min(len(one.words), len(other.words))


def _same(one: _Words, other: _Words) -> bool:
    """Tell whether two passages may be one claim, said again among other words."""
    return _alike(one, other) or not one.runs.isdisjoint(other.runs)


def banded(scheme: Scheme, found: Iterable[Evidence]) -> tuple[list[Evidence], list[Evidence]]:
    """
    Part what was found into evidence, which alone scores, and what is only possible; what is neither is left out.

    Without weights everything is evidence.
    """
    return _parted(scheme, found, counts)


def counts(weights: Weights | None, item: Evidence) -> bool:
    """
    Tell whether a passage is evidence: it speaks of the theme *and* does with it what is said, as far as is known.

    Readers refuse a quote for either fault, and take one heading in ten. What states a theme may be backed by others
    that do; a denial, which takes nothing from a score, is told where each of the two is more likely than not.
    """
    if weights is None:
        return True
    if item.declined:
        return min(item.confidence, item.stance_confidence) >= weights.likely and not item.heading
    if item.level < Level.STATED:
        return item.certainty >= weights.likely and not item.heading
    return may_count(weights, item) and item.together >= weights.likely


def bars(weights: Weights) -> tuple[float, float]:
    """Return the certainty from which a passage counts by itself, and from which others may lift it to that."""
    return weights.likely, round(weights.likely - _BELOW, 2)


def may_count(weights: Weights | None, item: Evidence) -> bool:
    """Tell whether a passage is sure enough to count where others back it."""
    least = bars(weights)[1] if weights else 0.0
    return item.certainty >= least and not item.heading


def spoken_of(scheme: Scheme, found: Iterable[Evidence]) -> tuple[list[Evidence], list[Evidence]]:
    """Part what was found into what surely speaks of its theme, whatever it does with it, and what may."""
    return _parted(scheme, found, speaks)


def speaks(weights: Weights | None, item: Evidence) -> bool:
    """Tell whether a passage by itself surely speaks of its theme; a heading only may."""
    return weights is None or (item.confidence >= weights.evidence and not item.heading)


def _parted(
    scheme: Scheme, found: Iterable[Evidence], sure: Callable[[Weights | None, Evidence], bool]
) -> tuple[list[Evidence], list[Evidence]]:
    parted: tuple[list[Evidence], list[Evidence]] = ([], [])
    for item in found:
        if sure(scheme.weights, item):
            parted[0].append(item)
        elif scheme.weights is not None and item.confidence >= scheme.weights.possible:
            parted[1].append(item)
    return parted


def _to_check(outcomes: Sequence[OutcomeScore], possible: Iterable[Evidence]) -> Iterator[Evidence]:
    """Yield what a person should check: of open questions and of what others back, a few; statements, surest first."""
    by_theme: dict[tuple[str, str], list[Evidence]] = {}
    for item in possible:
        if not item.declined:
            by_theme.setdefault((item.outcome, item.theme), []).append(item)
    for outcome in outcomes:
        for theme in outcome.themes:
            if theme.level < Level.STATED or theme.backed:
                items = sorted(
                    by_theme.get((outcome.id, theme.id), ()),
                    key=lambda item: (item.level < Level.STATED, -item.certainty, item.start),
                )
                yield from islice(_once(items), _MOST_TO_CHECK)


def _once(items: Iterable[Evidence]) -> Iterator[Evidence]:
    """Yield what says something else than those before it."""
    said: list[_Words] = []
    for item in items:
        words = _words(item)
        if not any(_alike(words, others) for others in said):
            said.append(words)
            yield item


def _is_backed(weights: Weights | None, evidence: Evidence) -> bool:
    """Tell whether a passage that counts is not sure enough by itself; a denial never asks others."""
    return weights is not None and evidence.level >= Level.STATED and evidence.certainty < weights.likely


def _standing(weights: Weights | None, evidence: Evidence) -> Level:
    """
    Return the level to which a passage lifts its theme.

    That others make it likely that a theme is stated does not make it likely that what this one measures is of it.
    """
    return Level.STATED if _is_backed(weights, evidence) else evidence.level


def _best_first(weights: Weights | None, evidence: Evidence) -> tuple[int, bool, bool, bool, float, int, int, int]:
    """
    Rank by level, then what is sure by itself, then what says something, then what a term names, then certainty.

    What ends with a colon leaves what it says to the list below it. Last come the number of terms and the place.
    """
    leads = evidence.quote.rstrip().endswith(":")
    heard = any(reason.kind == "heard" for reason in evidence.because)
    terms = sum(reason.kind == "term" for reason in evidence.because)
    standing, backed = _standing(weights, evidence), _is_backed(weights, evidence)
    return (-standing, backed, leads, heard, -evidence.certainty, -terms, evidence.start, evidence.end)


def _status(themes: list[ThemeScore]) -> Status:
    stated = sum(theme.level >= Level.STATED for theme in themes)
    if stated * 2 >= len(themes):
        return Status.COVERED
    if stated:
        return Status.PARTIAL
    return Status.THIN if any(theme.level is Level.MENTIONED for theme in themes) else Status.GAP


def _mean(outcomes: list[OutcomeScore]) -> float:
    """Return the weighted mean of the scores, 0 for no outcome or no weight."""
    weight = sum(outcome.weight for outcome in outcomes)
    return sum(outcome.score * outcome.weight for outcome in outcomes) / weight if weight else 0.0
