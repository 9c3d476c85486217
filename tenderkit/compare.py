"""
Bids side by side: levels and their quotes first, scores second, and no difference that tenderkit cannot tell.

Two scores closer than their margin (see `margins`) count as equal. A bid's place is one more than the number of bids
that are surely better, so that bids which cannot be told apart share one; no place is above that of a bid with a higher
score, which some other may surely beat because they differ in few words. Being too close is not handed on: A may be
surely ahead of C while B is too close to both, and each pair is therefore told by itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import combinations
from string import ascii_uppercase
from typing import TYPE_CHECKING

from tenderkit.evidence import Level
from tenderkit.margins import outcome_margin, score_margin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tenderkit.assess import DocumentReport
    from tenderkit.evidence import Evidence
    from tenderkit.scoring import OutcomeScore, Scorecard, ThemeScore
    from tenderkit.vocabulary import Scheme


@dataclass(frozen=True, slots=True)
class Pair:
    """
    Two bids by one score.

    Attributes:
        first: The key of one bid.
        second: The key of the other.
        difference: The first's score less the second's, in points with one decimal.
        margin: What may be chance, likewise.
    """

    first: str
    second: str
    difference: float
    margin: float

    @property
    def close(self) -> bool:
        """True where the two cannot be told apart."""
        return abs(self.difference) <= self.margin

    @property
    def ahead(self) -> str:
        """The key of the bid that is surely better; empty where they are too close to call."""
        if self.close:
            return ""
        return self.first if self.difference > 0 else self.second

    @property
    def behind(self) -> str:
        """The key of the bid that is surely worse; empty where they are too close to call."""
        if self.close:
            return ""
        return self.second if self.difference > 0 else self.first


@dataclass(frozen=True, slots=True)
class Standing:
    """
    A bid's place among the others.

    Attributes:
        place: One more than the number of bids that are surely better, and not above a bid with a higher score.
        lowest: Where it stands if every bid that is too close were better.
        shared: Whether any other is too close to call.
    """

    place: int
    lowest: int
    shared: bool

    def __str__(self) -> str:
        """Return the place as a table shows it: "1", or "1=" where it is shared."""
        return f"{self.place}{'=' if self.shared else ''}"


@dataclass(frozen=True, slots=True)
class Ranking:
    """
    Bids by one score.

    Attributes:
        pairs: Every two bids that were read, in the order of the columns.
        standings: By key.
    """

    pairs: tuple[Pair, ...]
    standings: dict[str, Standing]

    @property
    def differs(self) -> bool:
        """True where any two bids are surely apart."""
        return any(not pair.close for pair in self.pairs)

    def behind(self, key: str) -> tuple[str, ...]:
        """Return the bids that are surely worse than this one."""
        return tuple(pair.behind for pair in self.pairs if pair.ahead == key)

    def too_close(self) -> tuple[tuple[str, ...], ...]:
        """
        Return the largest groups in which no two bids can be told apart, those of one bid left out.

        >>> pairs = (Pair("A", "B", 3, 5), Pair("A", "C", 7, 5), Pair("B", "C", 4, 5))
        >>> Ranking(pairs, dict.fromkeys("ABC")).too_close()
        (('A', 'B'), ('B', 'C'))
        """
        near: dict[str, set[str]] = {key: set() for key in self.standings}
        for pair in self.pairs:
            if pair.close:
                near[pair.first].add(pair.second)
                near[pair.second].add(pair.first)
        order = list(self.standings)
        groups = (sorted(group, key=order.index) for group in _cliques(set(), set(order), set(), near))
        return tuple(sorted((tuple(group) for group in groups if len(group) > 1), key=lambda g: [*map(order.index, g)]))


@dataclass(frozen=True, slots=True)
class Bid:
    """
    One document of a comparison.

    Attributes:
        key: The letter of its column.
        report: As assessed; without a scorecard where it could not be read.
    """

    key: str
    report: DocumentReport

    @property
    def path(self) -> str:
        """What it is called."""
        return self.report.document.path

    def levels(self) -> Counter[Level]:
        """Return how many themes stand at each level."""
        card = self.report.scorecard
        return Counter(theme.level for outcome in card.outcomes for theme in outcome.themes) if card else Counter()


@dataclass(frozen=True, slots=True)
class ComparedTheme:
    """
    A theme in every bid that was read, by key, in the order of the columns.

    Attributes:
        possible: What may speak of it and is too unsure to count, as in `Scorecard.possible`.
    """

    id: str
    label: str
    asks: str
    bids: dict[str, ThemeScore]
    possible: dict[str, tuple[Evidence, ...]]

    @property
    def differs(self) -> bool:
        """True where the level is not the same in all."""
        return len({theme.level for theme in self.bids.values()}) > 1

    def by_level(self) -> Iterator[tuple[Level, list[str]]]:
        """Yield each level that a bid reaches, the highest first, with the keys of the bids."""
        for level in reversed(Level):
            keys = [key for key, theme in self.bids.items() if theme.level is level]
            if keys:
                yield level, keys


@dataclass(frozen=True, slots=True)
class ComparedOutcome:
    """An outcome in every bid that was read, by key, in the order of the columns."""

    id: str
    label: str
    weight: float
    bids: dict[str, OutcomeScore]
    themes: tuple[ComparedTheme, ...]
    ranking: Ranking


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    Bids side by side.

    Attributes:
        scheme: The vocabulary.
        bids: In the order of the columns, those that could not be read among them.
        ranking: By the alignment score.
        outcomes: In the vocabulary's order; empty where nothing was read.
        warnings: What makes the comparison less than fair, in plain words.
    """

    scheme: Scheme
    bids: tuple[Bid, ...]
    ranking: Ranking
    outcomes: tuple[ComparedOutcome, ...]
    warnings: tuple[str, ...]

    @property
    def read(self) -> tuple[Bid, ...]:
        """The bids that could be read."""
        return tuple(bid for bid in self.bids if bid.report.scorecard)


def compare(scheme: Scheme, reports: Sequence[DocumentReport]) -> Comparison:
    """
    Put documents side by side.

    Args:
        scheme: The vocabulary by which they were assessed.
        reports: In the order of the columns.
    """
    bids = tuple(Bid(_key(number), report) for number, report in enumerate(reports))
    cards = {bid.key: bid.report.scorecard for bid in bids if bid.report.scorecard}
    first = next(iter(cards.values()), None)
    return Comparison(
        scheme,
        bids,
        _rank(cards, lambda card: card.score, score_margin),
        tuple(_outcome(cards, number) for number in range(len(first.outcomes))) if first else (),
        tuple(_warnings(bids)),
    )


def narrow(comparison: Comparison, *, outcome: str | None = None, differences: bool = False) -> Comparison:
    """
    Return the comparison with fewer themes; scores, places and states of outcomes stay as they are.

    Args:
        comparison: Whole.
        outcome: The id of the only outcome whose themes are kept, or None for all.
        differences: Keep only themes whose level is not the same in all.

    Raises:
        UsageError: When the vocabulary has no such outcome.
    """
    if outcome:
        comparison.scheme.outcome(outcome)
    kept = (
        tuple(theme for theme in each.themes if outcome in {None, each.id} and (theme.differs or not differences))
        for each in comparison.outcomes
    )
    outcomes = zip(comparison.outcomes, kept, strict=True)
    return replace(comparison, outcomes=tuple(replace(each, themes=themes) for each, themes in outcomes))


def _cliques(taken: set[str], open_: set[str], shut: set[str], near: Mapping[str, set[str]]) -> Iterator[set[str]]:
    """Yield the maximal cliques, as in Bron and Kerbosch, "Finding all cliques of an undirected graph", 1973."""
    if not open_ and not shut:
        yield taken
        return
    pivot = max(open_ | shut, key=lambda key: (len(near[key] & open_), key))
    for key in sorted(open_ - near[pivot]):
        yield from _cliques(taken | {key}, open_ & near[key], shut & near[key], near)
        open_, shut = open_ - {key}, shut | {key}


def _key(number: int) -> str:
    """
    Return the letters of a column, as in a spreadsheet.

    >>> _key(0), _key(25), _key(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, len(ascii_uppercase))
        letters = ascii_uppercase[rest] + letters
    return letters


def _outcome(cards: dict[str, Scorecard], number: int) -> ComparedOutcome:
    scores = {key: card.outcomes[number] for key, card in cards.items()}
    some = next(iter(scores.values()))
    themes = tuple(
        ComparedTheme(
            theme.id,
            theme.label,
            theme.asks,
            {key: score.themes[i] for key, score in scores.items()},
            {key: card.possible_on(some.id, theme.id) for key, card in cards.items()},
        )
        for i, theme in enumerate(some.themes)
    )
    ranking = _rank(
        cards,
        lambda card: card.outcomes[number].score,
        lambda one, other: outcome_margin(one, other, number),
    )
    return ComparedOutcome(some.id, some.label, some.weight, scores, themes, ranking)


def _rank(
    cards: dict[str, Scorecard], score: Callable[[Scorecard], float], margin: Callable[[Scorecard, Scorecard], float]
) -> Ranking:
    pairs = tuple(
        Pair(
            one,
            other,
            round(round(score(cards[one]), 1) - round(score(cards[other]), 1), 1),
            round(margin(cards[one], cards[other]), 1),
        )
        for one, other in combinations(cards, 2)
    )
    better = Counter(pair.behind for pair in pairs)
    worse = Counter(pair.ahead for pair in pairs)
    shared = {key for pair in pairs if pair.close for key in (pair.first, pair.second)}
    scores = {key: round(score(card), 1) for key, card in cards.items()}
    standings = {}
    for key in cards:
        place = 1 + max(better[other] for other in cards if scores[other] >= scores[key])
        standings[key] = Standing(place, max(place, len(cards) - worse[key]), key in shared)
    return Ranking(pairs, standings)


def _warnings(bids: Sequence[Bid]) -> Iterator[str]:
    read = [bid for bid in bids if bid.report.scorecard]
    roles: dict[str, list[str]] = {}
    for bid in read:
        roles.setdefault(bid.report.role, []).append(bid.key)
    if len(roles) > 1:
        told = "; ".join(f"{', '.join(keys)} as a {role}" for role, keys in roles.items())
        yield (
            f"They were read as different kinds of document ({told}): what one asks for and another promises is not "
            "the same. Say what all of them are with --as."
        )
    same: dict[str, list[str]] = {}
    for bid in read:
        same.setdefault(bid.report.document.sha256, []).append(bid.key)
    for keys in same.values():
        if len(keys) > 1:
            yield f"{', '.join(keys)}: the same file, byte for byte."
    partly = [bid.key for bid in read if bid.report.document.unread]
    if partly:
        yield f"{', '.join(partly)}: read in part. What seems to be missing there may stand in what was not read."
