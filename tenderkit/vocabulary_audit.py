"""
Finds what a vocabulary would be better without: terms that do nothing, and examples that prove nothing.

Nothing here is a mistake. A term may be right though no example has it; an author wants to know all the same.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from tenderkit.phrases import Gap
from tenderkit.resources import vocabulary_folder
from tenderkit.vocabulary_check import example_lines, matches_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tenderkit.assess import Assessor
    from tenderkit.matching import Matcher
    from tenderkit.occurrences import Sequenced
    from tenderkit.vocabulary import Outcome, Scheme, Term, Theme


class Doubt(StrEnum):
    """What kind of thing an author should look at."""

    DEAD = "dead term"
    SHADOWED = "shadowed term"
    SHARED = "shared term"
    FAINT = "faint example"
    EASY = "easy example"


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One thing to look at.

    Attributes:
        doubt: What kind of thing.
        where: `file:line`.
        theme: Its ids, "outcome/theme".
        label: The term, or the example, as people know it.
        message: What is wrong and what to do.
    """

    doubt: Doubt
    where: str
    theme: str
    label: str
    message: str


@dataclass(frozen=True, slots=True)
class _Entry:
    outcome: Outcome
    theme: Theme
    term: Term
    sequences: tuple[Sequenced, ...]


def audit(scheme: Scheme, assessor: Assessor) -> tuple[Finding, ...]:
    """
    Return what an author should look at: terms first, then examples, each as the files have them.

    Args:
        scheme: The vocabulary.
        assessor: Made for it.
    """
    matcher = assessor.matcher
    entries = [
        _Entry(outcome, theme, term, matcher.sequences(term))
        for outcome in scheme.outcomes
        for theme in outcome.themes
        for term in theme.terms
    ]
    return (
        *_dead(scheme, matcher, entries),
        *_shadowed(entries),
        *_shared(entries),
        *_examples(scheme, assessor, entries),
    )


def _dead(scheme: Scheme, matcher: Matcher, entries: Sequence[_Entry]) -> Iterator[Finding]:
    """Yield the terms that match in no example of the whole vocabulary."""
    alive = {
        id(match.term)
        for outcome in scheme.outcomes
        for theme in outcome.themes
        for example in theme.says
        for found in matches_in(example, matcher)
        for match in (*found.matches, *found.covered)
    }
    for entry in entries:
        if id(entry.term) not in alive:
            yield _finding(
                Doubt.DEAD, entry, "No example under 'says' has it. Add one that needs it, or remove the term."
            )


def _shadowed(entries: Sequence[_Entry]) -> Iterator[Finding]:
    """Yield the terms that find nothing which another term of their theme does not find as well."""
    by_theme: dict[tuple[str, str], list[_Entry]] = defaultdict(list)
    for entry in entries:
        by_theme[entry.outcome.id, entry.theme.id].append(entry)
    for rivals in by_theme.values():
        covering = _covering(rivals)
        for number, entry in enumerate(rivals):
            others = (other for other in sorted(covering[number]) if other < number or number not in covering[other])
            for other in islice(others, 1):
                looser = rivals[other].term
                yield _finding(
                    Doubt.SHADOWED,
                    entry,
                    f"Wherever it stands, '{looser.label}' ({looser.where}) is found too. Remove one of them, "
                    "unless this one is to weigh more.",
                )


def _covering(rivals: Sequence[_Entry]) -> list[set[int]]:
    """Return for each term which others match wherever it does: inside its words, and on no stricter conditions."""
    by_head: dict[int | Gap, dict[Sequenced, set[int]]] = defaultdict(lambda: defaultdict(set))
    for number, rival in enumerate(rivals):
        for sequence in rival.sequences:
            by_head[sequence[0]][sequence].add(number)
    found: list[set[int]] = []
    for number, entry in enumerate(rivals):
        first = min(entry.sequences, key=len, default=())  # most terms are covered by none, and one look tells
        others = _inside(first, by_head) - {number}
        found.append({other for other in others if _covers(rivals[other], entry)})
    return found


def _covers(looser: _Entry, entry: _Entry) -> bool:
    """Tell whether *looser* matches wherever *entry* does: inside its words, and on no stricter conditions."""
    term = looser.term
    if entry.term.patterns or term.patterns or not set(term.unless) <= set(entry.term.unless):
        return False
    if term.near and not (entry.term.near and set(entry.term.near) <= set(term.near)):
        return False
    return all(any(stands_in(part, whole) for part in looser.sequences) for whole in entry.sequences)


def _inside(whole: Sequenced, by_head: Mapping[int | Gap, Mapping[Sequenced, set[int]]]) -> set[int]:
    """Return the numbers of those whose words stand in every text that *whole* matches."""
    found: set[int] = set()
    for at, word in enumerate(whole):
        for part, numbers in by_head.get(word, {}).items():
            if not numbers <= found and _fits(part, whole, at):
                found |= numbers
    return found


def stands_in(part: Sequenced, whole: Sequenced) -> bool:
    """
    Tell whether the words of *part* stand in every text that *whole* matches.

    >>> stands_in((1, Gap(3), 2), (0, 1, Gap(2), 2))
    True
    >>> stands_in((1, 2), (1, Gap(2), 2))
    False
    """
    return any(_fits(part, whole, begin) for begin in range(len(whole)))


def _fits(part: Sequenced, whole: Sequenced, at: int) -> bool:
    """Tell whether *part*, which begins with a word, stands in *whole* from *at*."""
    if at >= len(whole) or whole[at] != part[0]:
        return False
    if len(part) == 1:
        return True
    gap = part[1]
    if not isinstance(gap, Gap):
        return _fits(part[1:], whole, at + 1)
    room = gap.most
    for place in range(at + 1, len(whole)):
        if _fits(part[2:], whole, place):
            return True
        between = whole[place]
        room -= between.most if isinstance(between, Gap) else 1
        if room < 0:
            break
    return False


def _shared(entries: Sequence[_Entry]) -> Iterator[Finding]:
    """Yield the terms whose words another outcome has as well, where neither says `also` and one asks no company."""
    users: dict[Sequenced, list[_Entry]] = defaultdict(list)
    for entry in entries:
        for sequence in entry.sequences:
            users[sequence].append(entry)
    told: set[tuple[str, str]] = set()
    for entry in entries:
        others = [
            other for sequence in entry.sequences for other in users[sequence] if other.outcome.id != entry.outcome.id
        ]
        for other in others:
            said = other.outcome.id in entry.term.also or entry.outcome.id in other.term.also
            pair = (entry.term.where, other.term.where)
            if said or (entry.term.near and other.term.near) or pair in told:
                continue
            told |= {pair, pair[::-1]}
            yield _finding(
                Doubt.SHARED,
                entry,
                f"'{other.outcome.id}' has these words too ({other.term.where}). Where that is meant, write "
                f"'also: {other.outcome.id}'; if not, keep one of them, or give each its 'near'.",
            )
        shared = {other.outcome.id for other in others}
        for outcome in entry.term.also:
            if outcome not in shared:
                yield _finding(
                    Doubt.SHARED, entry, f"'also: {outcome}', but no term of that outcome has these words. Remove it."
                )


def _examples(scheme: Scheme, assessor: Assessor, entries: Sequence[_Entry]) -> Iterator[Finding]:
    """Yield the examples that pass for the wrong reason: found, but not sure enough to count; silent, but no wonder."""
    language = assessor.matcher.language
    words: dict[tuple[str, str], set[int]] = defaultdict(set)
    for entry in entries:
        parts = (part for sequence in entry.sequences for part in sequence if isinstance(part, int))
        words[entry.outcome.id, entry.theme.id].update(parts)
    folder = vocabulary_folder(scheme.folder)
    for outcome in scheme.outcomes:
        lines = example_lines(outcome, folder)
        for theme in outcome.themes:
            name = f"{outcome.id}/{theme.id}"
            for example in theme.says:
                said = assessor.predict(example)
                if outcome.id in said.possible and outcome.id not in said.outcomes:
                    message = (
                        f'Only possible, not sure enough to count: "{example}" Fit the weights anew, or add a term.'
                    )
                    yield Finding(Doubt.FAINT, lines[theme.id, "says", example], name, example, message)
            for example in theme.silent:
                norms = {token.norm for token in language.tokenise(language.fold(example).text)}
                if norms.isdisjoint(words[outcome.id, theme.id]):
                    message = f'No term of the theme has a word of it: "{example}" Write one that is nearly a match.'
                    yield Finding(Doubt.EASY, lines[theme.id, "silent", example], name, example, message)


def _finding(doubt: Doubt, entry: _Entry, message: str) -> Finding:
    theme = f"{entry.outcome.id}/{entry.theme.id}"
    return Finding(doubt, entry.term.where, theme, entry.term.label, f"'{entry.term.label}': {message}")
