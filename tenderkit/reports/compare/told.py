"""What every format of a comparison says in the same words: who is ahead, what is too close, what to know of a bid."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tenderkit.evidence import Level
from tenderkit.reports import wording
from tenderkit.scoring import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tenderkit.compare import Bid, ComparedTheme, Comparison, Pair, Ranking
    from tenderkit.evidence import Evidence
    from tenderkit.scoring import ThemeScore

APART = "Here at least two bids are surely apart; elsewhere their scores are too close to call."
_MOST_PAIRS = 10  # five bids
_ABSENT = (wording.TO_CHECK, wording.REFUSED, wording.level_name(Level.ABSENT))
_WORDS = (*(wording.level_name(level) for level in reversed(Level) if level), *_ABSENT)  # of themes, the best first
_TO_CHECK = "to check"
METHOD = (
    "Levels and quotes are what was found; a score only sums them up. A quote may be off its theme (its confidence "
    "says how likely that is), and its level may be wrong (counted on 135 quotes that a reader judged without seeing "
    "tenderkit's reasons). From both follows how much of a difference may be chance. What was not found at all is in "
    "no margin, so read the quotes before you rely on a place."
)


def listed(words: Sequence[str]) -> str:
    """
    Return words as a list in a sentence.

    >>> listed(["A", "B", "C"]), listed(["A"])
    ('A, B and C', 'A')
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def verdict(ranking: Ranking) -> str:
    """Return who is surely ahead of whom, and which are too close to call, in one line; empty for a single bid."""
    if not ranking.pairs:
        return ""
    if not any(pair.difference for pair in ranking.pairs):
        return "the same"
    by_behind: dict[tuple[str, ...], list[str]] = {}
    for key in ranking.standings:
        by_behind.setdefault(ranking.behind(key), []).append(key)
    by_behind.pop((), None)
    parts = [f"{listed(keys)} ahead of {listed(behind)}" for behind, keys in by_behind.items()]
    close = "; ".join(listed(group) for group in ranking.too_close())
    if not parts:
        return "too close to call"
    return "; ".join([*parts, f"too close to call: {close}"] if close else parts)


def apart(comparison: Comparison) -> list[str]:
    """
    Return for each two bids how far their scores lie apart, and how much of that may be chance.

    Of many bids only who is ahead of whom is told, in one line.
    """
    pairs = comparison.ranking.pairs
    return (
        [_apart(pair) for pair in pairs] if len(pairs) <= _MOST_PAIRS else [f"Scores: {verdict(comparison.ranking)}."]
    )


def _apart(pair: Pair) -> str:
    by, chance = f"{abs(pair.difference):.1f} points", f"up to {pair.margin:.1f} may be chance"
    if not pair.difference:
        return f"{pair.first} and {pair.second} have the same score."
    if pair.close:
        return f"{pair.first} and {pair.second} are too close to call: {by} apart, and {chance}."
    return f"{pair.ahead} is ahead of {pair.behind} by {by}, of which {chance}."


def margins(comparison: Comparison) -> str:
    """Return how small a difference can be told here; empty where there is none to tell."""
    whole = _range(comparison.ranking)
    single = _range(*(outcome.ranking for outcome in comparison.outcomes))
    if not whole or not single:
        return ""
    return f"Here two scores are surely apart above {whole} points, two scores of one outcome above {single}."


def _range(*rankings: Ranking) -> str:
    margins = [pair.margin for ranking in rankings for pair in ranking.pairs if pair.margin]
    if not margins:
        return ""
    low, high = f"{min(margins):.0f}", f"{max(margins):.0f}"
    return low if low == high else f"{low} to {high}"


def themes(bid: Bid) -> dict[str, int]:
    """Return how many themes are measured, stated, only mentioned, to check, declined and not mentioned."""
    card = bid.report.scorecard
    found = Counter(wording.level_word(theme) for outcome in card.outcomes for theme in outcome.themes) if card else {}
    return {_TO_CHECK if word == wording.TO_CHECK else word: found.get(word, 0) for word in _WORDS}


def summary(bid: Bid) -> list[tuple[str, str]]:
    """Return the figures of a bid that was read, as name and value, levels before scores."""
    card = bid.report.scorecard
    if card is None:
        return []
    return [
        *((f"outcomes {status.value}", str(card.count(status))) for status in Status),
        *((f"themes {word}", str(number)) for word, number in themes(bid).items()),
        ("passages declined", str(len(card.declined))),
        ("score", f"{card.score:.1f}"),
    ]


def flags(bid: Bid) -> list[str]:
    """Return what a panel must know of a bid before it compares it: what was not read, hidden, copied or declined."""
    document, card = bid.report.document, bid.report.scorecard
    if card is None:
        return [f"could not be read: {'; '.join(wording.unread_lines(document.unread))}"]
    told = []
    if document.unread:
        told.append(f"{wording.not_read(document)} not read ({'; '.join(wording.unread_lines(document.unread))})")
    if document.hidden:
        told.append(f"{wording.count(len(document.hidden), 'passage')} hidden from readers, kept out of the score")
    if bid.report.integrity:
        told.append(f"{wording.count(len(bid.report.integrity), 'passage')} copied, repeated or mere keywords")
    if card.declined:
        told.append(f"{wording.count(len(card.declined), 'passage')} saying what it will not do")
    return told


def about(bid: Bid) -> str:
    """Return what a bid was read as, and its size."""
    if bid.report.scorecard is None:
        return "not read"
    return f"read as a {bid.report.role}; {wording.pages_and_words(bid.report.document)}"


def levels(theme: ComparedTheme) -> str:
    """Return who reaches which level: "A measured; B and C stated", "stated in all"."""
    grouped: dict[str, list[str]] = {}
    for _, keys in theme.by_level():
        for key in keys:
            grouped.setdefault(wording.level_word(theme.bids[key]), []).append(key)
    if len(grouped) == 1 and len(theme.bids) > 1:
        (word,) = grouped
        return f"{word} in {'any' if word.startswith('not ') else 'both' if len(theme.bids) == 2 else 'all'}"
    return "; ".join(f"{listed(keys)} {word}" for word, keys in grouped.items())


def quotes(theme: ComparedTheme) -> Iterator[tuple[str, Evidence]]:
    """Yield the best quote of each bid that has one, with the bid's key."""
    for key, scored in theme.bids.items():
        best = wording.best(scored)
        if best:
            yield key, best


def to_check(theme: ComparedTheme) -> Iterator[tuple[str, Evidence]]:
    """Yield what is to be checked first of each bid in which nothing surely speaks of a theme, with the bid's key."""
    for key, scored in theme.bids.items():
        unsure = wording.to_check(scored, theme.possible[key])
        if unsure:
            yield key, unsure


def declines(scored: ThemeScore) -> Evidence | None:
    """Return the first passage that declines a theme, where another gave the theme its level."""
    if scored.level is Level.ABSENT:
        return None
    return next((evidence for evidence in scored.evidence if evidence.declined), None)
