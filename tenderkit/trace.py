"""
The compliance matrix: what a tender asks for, and what each bid answers.

For every requirement the passages of a bid are ranked by what ties them to it: the same number, shared words, the
same theme or outcome, and the words of the headings and the paragraph around them. What the best of them do decides
the status.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tenderkit.compliance import Status, Strength
from tenderkit.copies import words_of
from tenderkit.errors import UsageError
from tenderkit.obligations import load_obligations
from tenderkit.passages import number_key, number_kind, read_bid, trusted_numbers
from tenderkit.requirement_quality import Quality, judge_quality
from tenderkit.requirements import find_requirements
from tenderkit.roles import Role
from tenderkit.scoring import Against
from tenderkit.similarity import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tenderkit.assess import Assessor
    from tenderkit.document import Anchor, Document
    from tenderkit.obligations import ObligationFinder
    from tenderkit.passages import Bid, Passage
    from tenderkit.requirements import Requirement
    from tenderkit.vocabulary import Outcome, Scheme, Theme


_MOST_ANSWERS = 3
_ANSWERS_FROM = 0.26  # relevance; measured on the keys in tests/trace
_NEAR = 0.75  # of the best passage's relevance; what is nearer speaks for the status as well
_SAME_NUMBER = 0.5
_SAME_THEME = 0.12
_SAME_OUTCOME = 0.04
_OF_BLOCK = 0.35  # how much the words of the paragraph around a sentence count
_OF_HEADINGS = 0.25
_OF_SECTIONS = 0.25  # how much it counts that the tender's heading above a requirement is like the bid's
_ECHO_RUN = 7  # words in a row that a passage without a promise has from the requirement
_PART = re.compile(r";\s+|,?\s+and\s+(?=(?:must|shall|should|will)\b)|,\s+(?=(?:must|shall|should|will)\b)")
_OF_ECHO = 0.6  # of an echo's relevance: whatever else answers stands before it
_PART_WORDS = 3
_OF_PART = 0.1  # similarity of a paragraph with a commitment, anywhere in the bid, to one part of a requirement
_SHARED_WORDS = 2  # one word in common answers nothing
_STRAYS = 0.05  # what stands under the number of a question, and shares less with it, is said of something else
_TIED = 0.1  # by its own words or theme; what only stands under a like heading answers nothing


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


@dataclass(frozen=True, slots=True)
class _Match:
    """A passage that answers, how closely, and what ties it to the requirement."""

    relevance: float
    passage: Passage
    why: tuple[str, ...]


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
    result = []
    for one, words, number in zip(traced, asked, numbers, strict=True):
        answers = [*_answers(one, words, number if number_kind(number) in trusted else "", read)]
        status = _status(answers)
        shown = [_shown(read, answer) for answer in _best(answers, status)]
        if status is Status.COMMITTED:
            missing = _missing(one.requirement.text, answers, read)
            if missing:
                status = Status.PARTLY
                shown[0] = replace(shown[0], why=(*shown[0].why, f"nothing found on “{missing}”"))
        statuses = (*one.statuses, (bid.path, status))
        result.append(replace(one, statuses=statuses, answers=(*one.answers, *shown)))
    return tuple(result)


def _missing(text: str, answers: Sequence[_Match], bid: Bid) -> str:
    """Return the first part of a requirement ("must …, and must …") of which no commitment speaks; mostly none."""
    parts = [part.strip(" .;,") for part in _PART.split(text)]
    parts = [part for part in parts if len(part.split()) >= _PART_WORDS]
    if len(parts) < 2:
        return ""
    promising = {passage.block for passage in bid.passages if passage.stance is Status.COMMITTED and not passage.needs}
    promising |= {answer.passage.block for answer in answers if answer.passage.stance is Status.COMMITTED}
    for part in parts:
        similar = bid.blocks.similar(terms(part))
        if not any(similar.get(block, 0.0) >= _OF_PART for block in promising):
            return part
    return ""


def _answers(one: Traced, words: Sequence[str], number: str, bid: Bid) -> Iterator[_Match]:
    """Yield the passages that answer a requirement with their relevance and what ties them to it."""
    similar = bid.sentences.similar(words)
    around = bid.blocks.similar(words)
    above = bid.headings.similar(words)
    sections = bid.headings.similar(terms(" ".join(one.requirement.section[-1:])))
    known = frozenset(words)
    wanted, outcomes = set(one.themes), set(one.outcomes)
    tied = {place for place, value in similar.items() if value >= _TIED}
    tied.update(place for theme in wanted for place in bid.by_theme.get(theme, ()))
    tied.update(bid.by_number.get(number, ()) if number else ())
    for place in sorted(tied):
        passage = bid.passages[place]
        text = similar.get(place, 0.0)
        same = bool(number) and passage.number == number
        themes = wanted & passage.themes
        shared = {outcome for outcome, _ in passage.themes} & outcomes
        if not (text or same or themes):
            continue
        relevance = text + _OF_BLOCK * around.get(passage.block, 0.0) + _OF_HEADINGS * above.get(passage.block, 0.0)
        relevance += _SAME_NUMBER * same + (_SAME_THEME if themes else _SAME_OUTCOME if shared else 0.0)
        relevance += _OF_SECTIONS * sections.get(passage.block, 0.0)
        tie = text + _SAME_THEME * bool(themes)
        if relevance < _ANSWERS_FROM or (tie < _TIED and not same):
            continue
        if not (same or themes) and len(known & passage.words) < _SHARED_WORDS:
            continue
        settled = _settled(passage, text, bid.document, one.requirement, strays=tie < _STRAYS)
        if settled.stance is Status.ECHOED:
            relevance *= _OF_ECHO
        why = []
        if same:
            why.append(f"the same number, {one.requirement.number}")
        if text:
            why.append("shared words")
        if themes:
            why.append("the same theme")
        yield _Match(relevance, settled, tuple(why))


def _repeats(text: str, requirement: str) -> bool:
    """Tell whether a passage has so many words in a row from a requirement that it repeats it."""
    words, asked = words_of(text).texts, words_of(requirement).texts
    run = min(_ECHO_RUN, max(len(asked) - 1, _PART_WORDS))
    runs = {tuple(asked[i : i + run]) for i in range(len(asked) - run + 1)}
    return any(tuple(words[i : i + run]) in runs for i in range(len(words) - run + 1))


def _settled(passage: Passage, similarity: float, bid: Document, requirement: Requirement, *, strays: bool) -> Passage:
    """
    Return what a passage makes of one requirement, where its own words leave that open.

    Few signs of a commitment, or none, make one only of a passage that has much of the requirement; what repeats the
    requirement is an echo; a promise of something else under the number of a question is only a part of its answer.
    """
    stance, because = passage.stance, passage.because
    if passage.needs and similarity < passage.needs:
        stance = Status.PARTLY
    elif passage.needs and stance is Status.PARTLY:
        stance, because = Status.COMMITTED, "it says so plainly"
    told = stance is Status.PARTLY and not passage.replied
    if told and _repeats(bid.text[passage.start : passage.end], requirement.text):
        stance, because = Status.ECHOED, "it repeats the requirement"
    said = stance in {Status.COMMITTED, Status.DECLINED}
    if said and strays and requirement.strength is Strength.QUESTION:
        stance = Status.PARTLY
    return replace(passage, stance=stance, because=because)


def _best(answers: Iterable[_Match], status: Status) -> list[_Match]:
    """Return the best passages, one a block, the closest first; the closest that has the status is among them."""
    ranked = sorted(answers, key=lambda answer: (-answer.relevance, answer.passage.start))
    seen: set[int] = set()
    kept = []
    for answer in ranked:
        if answer.passage.block not in seen:
            seen.add(answer.passage.block)
            kept.append(answer)
    kept = kept[:_MOST_ANSWERS]
    decides = next((answer for answer in ranked if answer.passage.stance is status), None)
    if decides and all(answer.passage.stance is not status for answer in kept):
        beside = [i for i, answer in enumerate(kept) if answer.passage.block == decides.passage.block]
        kept[beside[0] if beside else -1] = decides
    kept.sort(key=lambda answer: answer.passage.stance is not status or answer.relevance < _NEAR * ranked[0].relevance)
    return kept


def _status(answers: Sequence[_Match]) -> Status:
    if not answers:
        return Status.UNANSWERED
    best = max(answer.relevance for answer in answers)
    near = {answer.passage.stance for answer in answers if answer.relevance >= _NEAR * best}
    for status in (Status.COMMITTED, Status.DECLINED, Status.PARTLY, Status.ECHOED):
        if status in near:
            return status
    return Status.UNANSWERED


def _shown(read: Bid, match: _Match) -> Answer:
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
