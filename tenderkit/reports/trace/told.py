"""What every format of the matrix says in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.compliance import Status, Strength
from tenderkit.reports import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tenderkit.document import Document
    from tenderkit.requirements import Requirement
    from tenderkit.trace import Answer, Trace, Traced
    from tenderkit.vocabulary import Scheme

MEANING = {
    Status.UNANSWERED: "nothing in the bid speaks of it",
    Status.DECLINED: "the bid says that it will not be done",
    Status.ECHOED: "the bid repeats it and adds nothing of its own",
    Status.PARTLY: "named, wished for, or met in part",
    Status.COMMITTED: "the bid says that it will be done, or is done",
}
BY_HAND = "check by hand"  # an instruction to bidders: what a bid says seldom shows whether it was followed
INSTRUCTIONS = "Instructions to bidders"


def summary(traced: Trace) -> str:
    """Return how many requirements the tender has, and of which strength."""
    asked = [one.requirement for one in traced.requirements]
    strengths = [
        (strength, sum(one.strength is strength and not one.instruction for one in asked)) for strength in Strength
    ]
    said = [
        wording.count(number, "question") if strength is Strength.QUESTION else f"{number:,} {strength.value}"
        for strength, number in strengths
        if number
    ]
    instructions = sum(one.instruction for one in asked)
    said += [wording.count(instructions, "instruction")] if instructions else []
    return f"{wording.count(len(asked), 'requirement')}" + (f": {', '.join(said)}" if said else "")


def counts(traced: Trace, document: str) -> str:
    """Return how many requirements have which status in a bid, gaps first."""
    return ", ".join(f"{traced.count(status, document):,} {status.value}" for status in Status)


def strength(requirement: Requirement) -> str:
    """Return how binding a requirement is, and whether it is an instruction."""
    return f"{requirement.strength.value}, instruction" if requirement.instruction else requirement.strength.value


def text(requirement: Requirement) -> str:
    """Return a requirement with the words that introduce it."""
    return f"{requirement.lead_in} {requirement.text}".strip()


def name(requirement: Requirement) -> str:
    """Return its number, or its id where it has none, or shares it ("R9a")."""
    return requirement.name


def place(one: Requirement | Answer) -> str:
    """Return where it stands."""
    anchor = one.anchor
    return wording.place(anchor.page, one.section, approximate=anchor.approximate, label=anchor.label)


def outcomes(one: Traced, scheme: Scheme) -> str:
    """Return the names of the outcomes that a requirement speaks to."""
    return ", ".join(scheme.outcome(outcome).prefLabel for outcome in one.outcomes)


def why(answer: Answer) -> str:
    """Return what ties an answer to its requirement and decided its stance."""
    return wording.harmless("; ".join(answer.why))


def status(one: Traced, document: str) -> str:
    """Return a requirement's status in a bid, in words."""
    found = one.status_of(document)
    if found is None:
        return ""
    return BY_HAND if found is Status.UNANSWERED and one.requirement.instruction else found.value


def read_bids(traced: Trace) -> list[Document]:
    """Return the bids that could be read."""
    return [bid for bid in traced.bids if bid.text]


def unread_bids(traced: Trace) -> list[Document]:
    """Return the bids that could not be read."""
    return [bid for bid in traced.bids if not bid.text]


def quality_of(traced: Trace) -> dict[str, list[str]]:
    """Return by a requirement's id what its author should look at."""
    found: dict[str, list[str]] = {}
    if traced.quality is None:
        return found
    places = {one.requirement.id: one.requirement for one in traced.requirements}
    for unclear in traced.quality.unclear:
        found.setdefault(unclear.requirement, []).append(f"cannot be checked: {unclear.why}")
    for pair in traced.quality.duplicates:
        found.setdefault(pair.first, []).append(f"says the same as {_reference(pair.second, places)}")
        found.setdefault(pair.second, []).append(f"says the same as {_reference(pair.first, places)}")
    for identifier, times in traced.quality.compound:
        found.setdefault(identifier, []).append(f"asks for {times} things in one sentence")
    return found


def _reference(identifier: str, places: Mapping[str, Requirement]) -> str:
    """Return another requirement's number, with its place, as both are to be looked at."""
    where = place(places[identifier])
    return f"{name(places[identifier])} ({where})" if where else name(places[identifier])
