"""
The compliance matrix: what a tender asks for, and what each bid answers.

For every requirement the passages of a bid are ranked by what ties them to it: the same number, shared words, the
same theme or outcome, and the words of the headings and the paragraph around them. What the best of them do decides
the status.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tenderkit.answer_finding import Asked, answer
from tenderkit.compliance import Status
from tenderkit.distinctive import Spoken, names_of_its_own, want
from tenderkit.errors import UsageError
from tenderkit.obligations import load_obligations
from tenderkit.passages import number_key, number_kind, read_bid, spoken_blocks, trusted_numbers
from tenderkit.requirement_quality import Quality, judge_quality
from tenderkit.requirements import find_requirements
from tenderkit.roles import Role
from tenderkit.scoring import Against
from tenderkit.similarity import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tenderkit.answer_finding import Match
    from tenderkit.assess import Assessor
    from tenderkit.document import Anchor, Document
    from tenderkit.obligations import ObligationFinder
    from tenderkit.passages import Bid
    from tenderkit.requirements import Requirement
    from tenderkit.vocabulary import Outcome, Scheme, Theme


@dataclass(frozen=True, slots=True)
class Answer:
    """
    A passage of a bid that answers a requirement.

    Attributes:
        document: The bid's path.
        quote: `Document.text[start:end]`.
        start: Offset in the bid's text.
        end: Offset just past its last character.
        section: The headings above it.
        anchor: Where a person finds it.
        stance: What it makes of the requirement.
        why: What ties it to the requirement, and what decided the stance, in plain words.
        relevance: The higher, the closer; comparable within one requirement only.
    """

    document: str
    quote: str
    start: int
    end: int
    section: tuple[str, ...]
    anchor: Anchor
    stance: Status
    why: tuple[str, ...]
    relevance: float


@dataclass(frozen=True, slots=True)
class Traced:
    """
    One requirement with its answers.

    Attributes:
        requirement: As found in the tender.
        outcomes: Ids of the outcomes that it speaks to.
        themes: Outcome and theme ids.
        statuses: By document, in the order of `Trace.bids`; one that could not be read has none.
        answers: Up to three a document, the best first.
    """

    requirement: Requirement
    outcomes: tuple[str, ...]
    themes: tuple[tuple[str, str], ...]
    statuses: tuple[tuple[str, Status], ...] = ()
    answers: tuple[Answer, ...] = ()

    @property
    def status(self) -> Status | None:
        """The gravest status that any bid has; None without a bid."""
        order = list(Status)
        return min((status for _, status in self.statuses), key=order.index, default=None)

    def status_of(self, document: str) -> Status | None:
        """Return its status in one bid; None for one that could not be read."""
        return dict(self.statuses).get(document)

    def answers_of(self, document: str) -> tuple[Answer, ...]:
        """Return its answers in one bid, the best first."""
        return tuple(answer for answer in self.answers if answer.document == document)


@dataclass(frozen=True, slots=True)
class Trace:
    """
    A tender's requirements with what bids answer.

    Attributes:
        scheme: The vocabulary.
        tender: As read.
        bids: As read, in the order of their paths; one without text could not be read, and says why in `unread`.
        requirements: In the tender's order.
        quality: What its author should know; None where bids are traced.
    """

    scheme: Scheme
    tender: Document
    bids: tuple[Document, ...]
    requirements: tuple[Traced, ...]
    quality: Quality | None = None

    def gaps_first(self, document: str | None = None) -> tuple[Traced, ...]:
        """
        Return the requirements by their status, the gravest first, then in order; of one bid or all.

        Instructions to bidders stand last: what a bid says seldom shows whether they were followed.
        """
        order = list(Status)

        def rank(one: Traced) -> tuple[bool, int]:
            status = one.status if document is None else one.status_of(document)
            return one.requirement.instruction, len(order) if status is None else order.index(status)

        return tuple(sorted(self.requirements, key=rank))

    def count(self, status: Status, document: str) -> int:
        """Return how many requirements have that status in a bid, without instructions to bidders."""
        return sum(one.status_of(document) is status and not one.requirement.instruction for one in self.requirements)

    def not_asked(self) -> tuple[tuple[Outcome, tuple[Theme, ...]], ...]:
        """Return the outcomes with the themes to which no requirement speaks."""
        asked = {theme for one in self.requirements for theme in one.themes}
        left = (
            (outcome, tuple(theme for theme in outcome.themes if (outcome.id, theme.id) not in asked))
            for outcome in self.scheme.outcomes
        )
        return tuple((outcome, themes) for outcome, themes in left if themes)


def trace(tender: Document, bids: Iterable[Document], assessor: Assessor) -> Trace:
    """
    Trace a tender's requirements through bids; without a bid, tell its author what they are worth.

    Args:
        tender: As read.
        bids: As read; one without text is kept as unread.
        assessor: Of the vocabulary.

    >>> from tenderkit.assess import Assessor
    >>> from tenderkit.document import passage
    >>> from tenderkit.vocabulary import load_vocabulary
    >>> tender = passage("R1 The supplier must test every release with disabled users. R2 It must run in the cloud.")
    >>> traced = trace(tender, [passage("We will test all releases with disabled users.")], Assessor(load_vocabulary()))
    >>> [(one.requirement.id, one.status.value) for one in traced.requirements]
    [('R1', 'committed'), ('R2', 'unanswered')]
    """
    finder = load_obligations(assessor.scheme.folder)
    traced = find_asked(tender, assessor, finder)
    read = tuple(bids)
    for bid in read:
        if bid.text:
            traced = _trace_bid(traced, tender, bid, assessor, finder)
    quality = None if read else judge_quality([one.requirement for one in traced], finder)
    return Trace(assessor.scheme, tender, read, traced, quality)


def asked_for(tender: Document, assessor: Assessor) -> Against:
    """
    Return what a tender asks for, to score bids by: its themes, and how many requirements speak to each outcome.

    Raises:
        UsageError: When none of its requirements speaks to an outcome.

    >>> from tenderkit.assess import Assessor
    >>> from tenderkit.document import passage
    >>> from tenderkit.vocabulary import load_vocabulary
    >>> text = "The supplier must test with screen readers. The supplier must teach 20 residents to go online."
    >>> asked_for(passage(text), Assessor(load_vocabulary())).outcomes
    {'inclusion': 2}
    """
    found = find_asked(tender, assessor, load_obligations(assessor.scheme.folder))
    asked = [one for one in found if not one.requirement.instruction]
    counts = Counter(outcome for one in asked for outcome in one.outcomes)
    if not counts:
        name = tender.path or "The tender"
        raise UsageError(f"{name}: no requirement of it speaks to an outcome, so there is nothing to score against.")
    themes = frozenset(theme for one in asked for theme in one.themes)
    return Against(tender.path, tender.sha256, len(asked), dict(sorted(counts.items())), themes)


def find_asked(tender: Document, assessor: Assessor, finder: ObligationFinder) -> tuple[Traced, ...]:
    """Return the requirements of a tender, each with the outcomes that it speaks to."""
    spoken = [(said.start, said.end, said.themes) for said in assessor.sentences(tender, Role.TENDER) if said.themes]
    found = []
    for requirement in find_requirements(tender, finder):
        themes = tuple(
            dict.fromkeys(
                theme
                for start, end, themes in spoken
                if start < requirement.end and requirement.start < end
                for theme in themes
            )
        )
        outcomes = tuple(dict.fromkeys(outcome for outcome, _ in themes))
        found.append(Traced(requirement, outcomes, themes))
    return tuple(found)


def _trace_bid(
    traced: Sequence[Traced], tender: Document, bid: Document, assessor: Assessor, finder: ObligationFinder
) -> tuple[Traced, ...]:
    """Return the requirements with what one more bid answers."""
    asked = [terms(one.requirement.whole) for one in traced]
    numbers = [number_key(one.requirement.number) for one in traced]
    read = read_bid(bid, tender, assessor, finder, asked)
    trusted = trusted_numbers(numbers, asked, read)
    own = names_of_its_own((one.requirement.text for one in traced), tender.text)
    spoken = Spoken(spoken_blocks(read))
    result = []
    for one, words, number in zip(traced, asked, numbers, strict=True):
        wanted = want(one.requirement.text, read.sentences.weight, own)
        known = number if number_kind(number) in trusted else ""
        themes, outcomes = frozenset(one.themes), frozenset(one.outcomes)
        found = answer(Asked(one.requirement, themes, outcomes, tuple(words), known, wanted), read, spoken)
        shown = [_shown(read, match) for match in found.matches]
        if found.missing:
            told = " and ".join(f"“{missing}”" for missing in found.missing)
            shown[0] = replace(shown[0], why=(*shown[0].why, f"nothing found on {told}"))
        statuses = (*one.statuses, (bid.path, found.status))
        result.append(replace(one, statuses=statuses, answers=(*one.answers, *shown)))
    return tuple(result)


def _shown(read: Bid, match: Match) -> Answer:
    bid, passage = read.document, match.passage
    block = bid.blocks[passage.block]
    return Answer(
        document=bid.path,
        quote=bid.text[passage.start : passage.end],
        start=passage.start,
        end=passage.end,
        section=block.section,
        anchor=block.anchor,
        stance=passage.stance,
        why=(*match.why, passage.because),
        relevance=match.relevance,
    )
