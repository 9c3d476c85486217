"""What a run's result means to whoever waits for an exit code: 0 well, 1 below what was asked, 3 something not read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.compliance import Status as TraceStatus
from tenderkit.compliance import Strength
from tenderkit.reports.wording import unread_lines
from tenderkit.scoring import Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tenderkit.assess import Report
    from tenderkit.scoring import Scorecard
    from tenderkit.trace import Trace

_GRAVITY = tuple(TraceStatus)  # the gravest first
_BELOW = 1
_UNREADABLE = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    What to say of a run.

    Attributes:
        unreadable: A line for each file that could not be read.
        below: A line for each score or outcome below what was asked.
    """

    unreadable: tuple[str, ...]
    below: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """A file that could not be read outweighs a low score."""
        return _UNREADABLE if self.unreadable else _BELOW if self.below else 0


def judge(
    report: Report, *, min_score: float | None = None, require: Sequence[str] = (), also: Sequence[str] = ()
) -> Verdict:
    """
    Judge a report by what was asked of it.

    A document that was read in part counts as read: its report says what is missing.

    Args:
        report: What the run found.
        min_score: 0 to 100; scores are compared as they are shown, with one decimal.
        require: Ids of outcomes that must be covered.
        also: What else falls short of what was asked, a line each.
    """
    unreadable, below = [], []
    for document in report.documents:
        path, card = document.document.path, document.scorecard
        if card is None:
            unreadable += [f"{path}: {line}" for line in unread_lines(document.document.unread)]
        else:
            below += [f"{path}: {shortfall}" for shortfall in _shortfalls(card, min_score, require)]
    return Verdict(tuple(unreadable), (*below, *also))


def judge_trace(traced: Trace, fail_on: TraceStatus | None = None) -> Verdict:
    """
    Judge a compliance matrix by what was asked of it.

    Args:
        traced: What the run found.
        fail_on: A mandatory requirement or a question may not have this status in a bid, nor a graver one.
    """
    unreadable = [f"{bid.path}: {line}" for bid in traced.bids if not bid.text for line in unread_lines(bid.unread)]
    below = []
    for bid in traced.bids if fail_on else ():
        for one in traced.gaps_first(bid.path):
            asked, status = one.requirement, one.status_of(bid.path)
            binds = asked.strength in {Strength.MANDATORY, Strength.QUESTION} and not asked.instruction
            if binds and status is not None and _GRAVITY.index(status) <= _GRAVITY.index(fail_on):
                below.append(f"{bid.path}: {asked.name} is {status.value}")
    return Verdict(tuple(unreadable), tuple(below))


def _shortfalls(card: Scorecard, min_score: float | None, require: Sequence[str]) -> Iterator[str]:
    if min_score is not None and round(card.score, 1) < min_score:
        yield f"the score {card.score:.1f} is below the minimum of {min_score:g}"
    for outcome in card.outcomes:
        if outcome.id in require and outcome.status is not Status.COVERED:
            word = "a gap" if outcome.status is Status.GAP else outcome.status.value
            yield f"{outcome.label} is {word}, not covered"
    against = card.against
    scored = {outcome.id for outcome in card.outcomes}
    if against is not None:
        missing = (outcome for outcome in require if outcome not in scored)
        yield from (f"{outcome} is not asked for by {against.tender}, and so was not scored" for outcome in missing)
