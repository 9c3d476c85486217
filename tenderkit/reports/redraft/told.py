"""What every format says of a redraft in the same words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.redraft import Move
from tenderkit.redraft import movement as moved_by
from tenderkit.reports import quoting, wording
from tenderkit.scoring import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderkit.evidence import Evidence
    from tenderkit.redraft import Redraft, ThemeChange
    from tenderkit.scoring import OutcomeScore

METHOD = (
    "Both versions are read by the same rules, so the score moves by these themes alone. Whether a gain is real is for "
    "its quote to show: read it before you rely on it."
)
NOTHING = "No theme changed its level, and no passage that counts came or went."


@dataclass(frozen=True, slots=True)
class Part:
    """
    One part of the report, for people.

    Attributes:
        heading: What came, went or moved, with how many.
        changes: Themes with their quotes.
        lines: Or lines, where there are no quotes to show beside each other.
    """

    heading: str
    changes: tuple[ThemeChange, ...] = ()
    lines: tuple[str, ...] = ()


def signed(number: float) -> str:
    """
    Return a number with its sign, without one where it is nothing.

    >>> signed(1.66), signed(-0.5), signed(0.01)
    ('+1.7', '-0.5', '0.0')
    """
    return f"{number:+.1f}" if round(number, 1) else "0.0"


def movement(redraft: Redraft) -> str:
    """Return how the score moved, in a sentence; empty where a version could not be read."""
    before, after = redraft.before.scorecard, redraft.after.scorecard
    if not before or not after:
        return ""
    return f"Score {before.score:.1f}, now {after.score:.1f} ({signed(moved_by(before, after))})"


def figures(redraft: Redraft) -> list[tuple[str, str, str]]:
    """Return name, old and new figure."""
    before, after = redraft.before.scorecard, redraft.after.scorecard
    if not before or not after:
        return []
    return [
        *((f"outcomes {status.value}", str(before.count(status)), str(after.count(status))) for status in Status),
        ("questions left open", str(len(before.gaps)), str(len(after.gaps))),
        ("passages declined", str(len(before.declined)), str(len(after.declined))),
        ("score", f"{before.score:.1f}", f"{after.score:.1f}"),
        ("depth", f"{before.depth:.1f}", f"{after.depth:.1f}"),
    ]


def outcomes_moved(redraft: Redraft) -> list[tuple[OutcomeScore, OutcomeScore]]:
    """Return the outcomes whose score or status moved."""
    return [
        (before, after)
        for before, after in redraft.outcomes
        if (before.score, before.status) != (after.score, after.status)
    ]


def title(change: ThemeChange) -> str:
    """Return a theme and where its level went: "Inclusion: Skills: only mentioned, now measured (+1.7 points)"."""
    before, after = wording.level_word(change.before), wording.level_word(change.after)
    moved = f" ({signed(change.shown)} points)" if change.points else ""
    level = after if change.move is Move.SAME else f"{before}, now {after}{moved}"
    return f"{change.outcome}: {change.before.label}: {level}"


def losses(redraft: Redraft) -> list[str]:
    """Return a line for each theme that lost what was said of it, or is newly declined."""
    return [
        f"something was lost: {title(change)}{', newly declined' if change.declined.came else ''}"
        for change in redraft.themes
        if change.lost
    ]


def quotes(change: ThemeChange) -> Iterator[tuple[str, Evidence]]:
    """Yield what to show of a change, with "old" or "new": the best quotes of both, or what came and went."""
    if change.move is Move.SAME:
        yield from (("gone", passage) for passage in change.passages.gone)
        yield from (("came", passage) for passage in change.passages.came)
        return
    for name, scored in (("old", change.before), ("new", change.after)):
        best = wording.best(scored)
        if best:
            yield name, best


def parts(redraft: Redraft) -> list[Part]:
    """Return the parts of the report that have anything in them."""
    gained, lost = redraft.moved(Move.GAINED), redraft.moved(Move.LOST)
    same = [change for change in redraft.moved(Move.SAME) if change.passages.came or change.passages.gone]
    closed = [change for change in redraft.themes if change.closed]
    opened = [change for change in redraft.themes if change.opened]
    declined, hidden, integrity = redraft.declined, redraft.hidden, redraft.integrity
    found = [
        Part(f"Lost: {wording.count(len(lost), 'theme')}", lost),
        Part(f"Gained: {wording.count(len(gained), 'theme')}", gained),
        Part(f"Questions newly open: {len(opened)}", lines=tuple(_asks(change) for change in opened)),
        Part(f"Questions closed: {len(closed)}", lines=tuple(_asks(change) for change in closed)),
        Part(f"Newly declined: {len(declined.came)}", lines=_passages(redraft, declined.came)),
        Part(f"No longer declined: {len(declined.gone)}", lines=_passages(redraft, declined.gone)),
        Part(
            f"Newly hidden from readers: {len(hidden.came)}",
            lines=tuple(_placed(wording.hidden_place(each), wording.hidden(each)) for each in hidden.came),
        ),
        Part(
            f"No longer hidden: {len(hidden.gone)}",
            lines=tuple(_placed(wording.hidden_place(each), wording.hidden(each)) for each in hidden.gone),
        ),
        Part(
            f"Newly copied, repeated or mere keywords: {len(integrity.came)}",
            lines=tuple(_placed(wording.integrity_place(each), wording.integrity(each)) for each in integrity.came),
        ),
        Part(
            f"No longer copied, repeated or mere keywords: {len(integrity.gone)}",
            lines=tuple(_placed(wording.integrity_place(each), wording.integrity(each)) for each in integrity.gone),
        ),
        Part(f"Passages that came or went, the level being the same: {wording.count(len(same), 'theme')}", tuple(same)),
    ]
    return [part for part in found if part.changes or part.lines]


def _asks(change: ThemeChange) -> str:
    return f"{change.outcome}: {change.before.asks}"


def _passages(redraft: Redraft, passages: tuple[Evidence, ...]) -> tuple[str, ...]:
    card = redraft.before.scorecard
    return tuple(
        f"{wording.subject(card, each)}: {_placed(wording.where(each), quoting.excerpt(each))}"
        for each in passages
        if card
    )


def _placed(place: str, words: str) -> str:
    return f"{words} ({place})" if place else words
