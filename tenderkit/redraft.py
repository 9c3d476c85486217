"""
What a redraft gained and lost: two versions of one document, theme by theme.

Both are assessed by the same rules, so the movement of the score is exact: it is the sum of what each theme whose
level changed adds or takes away. A passage counts as kept where the other version has it in the same words, or in
nearly the same, whatever the format of the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from math import floor
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from tenderkit.evidence import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tenderkit.assess import DocumentReport
    from tenderkit.document import Hidden
    from tenderkit.evidence import Evidence
    from tenderkit.integrity import IntegrityNote
    from tenderkit.scoring import OutcomeScore, Scorecard, ThemeScore
    from tenderkit.vocabulary import Scheme

_ALIKE = 0.9  # share of words that two passages have in common
_WORD = re.compile(r"\w+")
_Item = TypeVar("_Item")


class Move(StrEnum):
    """Where a theme's level went."""

    GAINED = "gained"
    LOST = "lost"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Delta(Generic[_Item]):
    """
    What came and what went.

    Attributes:
        came: In the new version only.
        gone: In the old version only.
    """

    came: tuple[_Item, ...]
    gone: tuple[_Item, ...]


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """
    A theme in both versions.

    Attributes:
        outcome: The label of its outcome.
        outcome_id: The id of its outcome.
        before: In the old version.
        after: In the new version.
        points: What its level adds to the alignment score, or takes from it.
        shown: The same with one decimal, so that the points of all themes add up to the movement that is printed.
        passages: What speaks of it and came or went, without what is declined.
        declined: What declines it and came or went.
    """

    outcome: str
    outcome_id: str
    before: ThemeScore
    after: ThemeScore
    points: float
    shown: float
    passages: Delta[Evidence]
    declined: Delta[Evidence]

    @property
    def move(self) -> Move:
        """Where its level went."""
        if self.after.level == self.before.level:
            return Move.SAME
        return Move.GAINED if self.after.level > self.before.level else Move.LOST

    @property
    def closed(self) -> bool:
        """True where its question was open and is answered now."""
        return self.before.level < Level.STATED <= self.after.level

    @property
    def opened(self) -> bool:
        """True where its question was answered and is open now."""
        return self.after.level < Level.STATED <= self.before.level

    @property
    def lost(self) -> bool:
        """True where what was stated or measured is so no longer, or something is newly declined."""
        return self.after.level.points < self.before.level.points or bool(self.declined.came)


@dataclass(frozen=True, slots=True)
class Redraft:
    """
    Two versions of a document.

    Attributes:
        scheme: The vocabulary.
        before: The old version; without a scorecard where it could not be read.
        after: The new version, likewise.
        themes: Every theme, in the vocabulary's order; empty where a version could not be read.
        hidden: Hidden text that came or went.
        integrity: Passages that say nothing of their own and came or went.
        warnings: What makes the comparison less than fair, in plain words.
    """

    scheme: Scheme
    before: DocumentReport
    after: DocumentReport
    themes: tuple[ThemeChange, ...]
    hidden: Delta[Hidden]
    integrity: Delta[IntegrityNote]
    warnings: tuple[str, ...]

    def moved(self, move: Move) -> tuple[ThemeChange, ...]:
        """Return the themes whose level went so, those that move the score most first."""
        found = (change for change in self.themes if change.move is move)
        return tuple(sorted(found, key=lambda change: -abs(change.points)))

    @property
    def outcomes(self) -> tuple[tuple[OutcomeScore, OutcomeScore], ...]:
        """Every outcome in the old and in the new version; empty where a version could not be read."""
        before, after = self.before.scorecard, self.after.scorecard
        return tuple(zip(before.outcomes, after.outcomes, strict=True)) if before and after else ()

    @property
    def declined(self) -> Delta[Evidence]:
        """What is newly declined, and what is so no longer."""
        return Delta(
            tuple(passage for change in self.themes for passage in change.declined.came),
            tuple(passage for change in self.themes for passage in change.declined.gone),
        )

    @property
    def lost(self) -> bool:
        """True where any theme lost what was said of it."""
        return any(change.lost for change in self.themes)

    @property
    def changed(self) -> bool:
        """True where anything that is reported came, went or moved."""
        deltas: list[Delta[Any]] = [self.hidden, self.integrity]
        deltas += [delta for change in self.themes for delta in (change.passages, change.declined)]
        moved = any(change.move is not Move.SAME for change in self.themes)
        return moved or any(delta.came or delta.gone for delta in deltas)


def diff(scheme: Scheme, before: DocumentReport, after: DocumentReport) -> Redraft:
    """
    Tell what changed between two versions of a document.

    Args:
        scheme: The vocabulary by which both were assessed, with the same weights.
        before: The old version.
        after: The new version.
    """
    old, new = before.scorecard, after.scorecard
    return Redraft(
        scheme,
        before,
        after,
        _shown([*_themes(old, new)], movement(old, new)) if old and new else (),
        _delta(before.document.hidden, after.document.hidden, lambda hidden: hidden.quote),
        _delta(before.integrity, after.integrity, lambda note: note.quote),
        tuple(_warnings(before, after)),
    )


def _themes(old: Scorecard, new: Scorecard) -> Iterator[ThemeChange]:
    weight = sum(outcome.weight for outcome in old.outcomes)
    for ours, theirs in zip(old.outcomes, new.outcomes, strict=True):
        share = ours.weight / weight / len(ours.themes) if weight else 0.0
        for before, after in zip(ours.themes, theirs.themes, strict=True):
            points = (after.level.points - before.level.points) * share
            passages, declined = (
                _delta(
                    [each for each in before.evidence if each.declined is refused],
                    [each for each in after.evidence if each.declined is refused],
                    lambda each: each.quote,
                )
                for refused in (False, True)
            )
            yield ThemeChange(ours.label, ours.id, before, after, points, points, passages, declined)


def movement(old: Scorecard, new: Scorecard) -> float:
    """Return by how much the score moved, as it is printed: the difference of the two scores that are."""
    return round(round(new.score, 1) - round(old.score, 1), 1)


def _shown(changes: list[ThemeChange], moved: float) -> tuple[ThemeChange, ...]:
    """Return the changes with their points in tenths, whose sum is what the score moved (by largest remainder)."""
    moving = [number for number, change in enumerate(changes) if change.points]
    tenths = {number: floor(changes[number].points * 10) for number in moving}
    most_left = sorted(moving, key=lambda number: tenths[number] - changes[number].points * 10)
    each, more = divmod(round(moved * 10) - sum(tenths.values()), len(moving) or 1)
    for place, number in enumerate(most_left):
        tenths[number] += each + (place < more)
    return tuple(replace(change, shown=tenths.get(number, 0) / 10) for number, change in enumerate(changes))


def _delta(before: Iterable[_Item], after: Iterable[_Item], text: Callable[[_Item], str]) -> Delta[_Item]:
    old, new = tuple(before), tuple(after)
    return Delta(_without(new, old, text), _without(old, new, text))


def _without(items: tuple[_Item, ...], others: tuple[_Item, ...], text: Callable[[_Item], str]) -> tuple[_Item, ...]:
    known = {words_of(text(other)) for other in others}
    return tuple(
        item
        for item in items
        if words_of(text(item)) not in known and not any(alike(text(item), text(other)) for other in others)
    )


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """
    Return the words of a passage, whatever its punctuation, capitals and letters' widths.

    >>> words_of("We’ll test — ﬁrst.") == words_of("we'll test, first")
    True
    """
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


def alike(one: str, other: str) -> bool:
    """
    Return whether two passages have nearly all words in common (the coefficient of Dice).

    >>> alike("We will test every release with a screen reader.", "We will test each release with a screen reader.")
    False
    >>> alike("We will test every release with screen readers.", "We will now test every release with screen readers.")
    True
    """
    ours, theirs = words_of(one), words_of(other)
    if not ours or not theirs:
        return ours == theirs
    common = sum((Counter(ours) & Counter(theirs)).values())
    return 2 * common >= _ALIKE * (len(ours) + len(theirs))


def _warnings(before: DocumentReport, after: DocumentReport) -> Iterator[str]:
    if not before.scorecard or not after.scorecard:
        return
    if before.document.sha256 == after.document.sha256:
        yield "The two files are the same, byte for byte."
    if before.role != after.role:
        yield (
            f"The old version was read as a {before.role}, the new one as a {after.role}: levels mean something else "
            "there. Say what both are with --as."
        )
    for name, report in (("old", before), ("new", after)):
        if report.document.unread:
            yield f"The {name} version was read in part: what seems to be missing there may stand in what was not read."
