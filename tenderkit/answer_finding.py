"""
The passages of a bid that answer a requirement, what the best of them make of it, and what of it none of them holds.

Passages are ranked by what ties them to a requirement: the same number, shared words, the same theme or outcome, the
words of the headings and the paragraph around them, and how much of what is distinctive in it they hold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tenderkit.compliance import Status, Strength
from tenderkit.copies import words_of
from tenderkit.counted import find_counts
from tenderkit.distinctive import Spoken, not_found, want
from tenderkit.similarity import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tenderkit.distinctive import Wanted
    from tenderkit.document import Document
    from tenderkit.passages import Bid, Passage
    from tenderkit.requirements import Requirement

_MOST_ANSWERS = 3
_TOLD = 3  # of what was not found
_ANSWERS_FROM = 0.24  # relevance; measured on the keys in tests/trace
_NEAR = 0.75  # of the best passage's relevance; what is nearer speaks for the status as well
_SAME_NUMBER = 0.5
_SAME_THEME = 0.12
_SAME_OUTCOME = 0.04
_OF_BLOCK = 0.35  # how much the words of the paragraph around a sentence count
_OF_HEADINGS = 0.25
_OF_SECTIONS = 0.25  # how much it counts that the tender's heading above a requirement is like the bid's
_ECHO_RUN = 7  # words in a row that a passage without a promise has from the requirement
_PART = re.compile(
    r";\s+|,?\s+and\s+(?=(?:must|shall|should|will|to|how)\b)|,\s+(?=(?:must|shall|should|will)\b)|,\s+and\s+"
)
_OF_ECHO = 0.6  # of an echo's relevance: whatever else answers stands before it
_PART_WORDS = 3
_OF_PART = 0.1  # similarity of a paragraph with a commitment, anywhere in the bid, to one part of a requirement
_SHARED_WORDS = 2  # one word in common answers nothing
_STRAYS = 0.05  # what stands under the number of a question, and shares less with it, is said of something else
_TIED = 0.1  # by its own words or theme; what only stands under a like heading answers nothing
_OF_CONTENT = 0.6  # how much it counts that a passage holds what is distinctive in a requirement
_OF_NEW = 1.0  # how much it counts that a further answer holds of it what those before do not
_HELD = 0.5  # of what is distinctive, and half the ties; answers that hold less are to a part at the most
_OF_TIES = 0.5
_LENT = 0.15  # what the same theme counts for, where other words speak of it
_OF_PART_HELD = 0.05  # of what is distinctive in a part; an answer that holds less says nothing of it


@dataclass(frozen=True, slots=True)
class Asked:
    """
    A requirement, ready for answers to be looked for.

    Attributes:
        requirement: As found in the tender.
        themes: Outcome and theme ids that it speaks to.
        outcomes: Ids of the outcomes.
        words: Of its whole text, as texts are compared.
        number: As it is compared; empty where numbers of its kind mean nothing in the bid.
        wanted: What is distinctive in it.
    """

    requirement: Requirement
    themes: frozenset[tuple[str, str]]
    outcomes: frozenset[str]
    words: tuple[str, ...]
    number: str
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Match:
    """A passage that answers, how closely, and what ties it to the requirement."""

    relevance: float
    passage: Passage
    why: tuple[str, ...]
    ties: float = 0.0  # of its relevance, what it has not for holding what is distinctive


@dataclass(frozen=True, slots=True)
class Answered:
    """
    What a bid makes of a requirement.

    Attributes:
        status: What the best answers make of it, and what they leave out.
        matches: Up to three answers, the best first.
        missing: What of the requirement was not found.
    """

    status: Status
    matches: tuple[Match, ...]
    missing: tuple[str, ...] = ()


def answer(asked: Asked, bid: Bid, spoken: Spoken) -> Answered:
    """
    Return what a bid makes of a requirement.

    Args:
        asked: The requirement.
        bid: As read.
        spoken: What the whole bid speaks of.
    """
    matches = [*_matches(asked, bid)]
    status = _status(matches)
    best = tuple(_best(matches, status, asked.wanted))
    missing: tuple[str, ...] = ()
    if status is Status.COMMITTED:
        missing = _missing(asked, matches, bid, spoken)
        status = Status.PARTLY if missing else status
    return Answered(status, best, missing)


def _missing(asked: Asked, matches: Sequence[Match], bid: Bid, spoken: Spoken) -> tuple[str, ...]:
    """
    Return what of a requirement no answer holds: a whole part, names, numbers, or most of its telling words.

    A reply in a compliance table is to the whole of it, and a question is answered in other words than its own.
    """
    said = [match for match in matches if match.passage.stance is Status.COMMITTED]
    if asked.requirement.strength is Strength.QUESTION or any(match.passage.replied for match in said):
        return ()
    blocks = sorted({match.passage.block for match in said})
    held = [_Held(f"{' '.join(bid.document.blocks[block].section[-1:])} {bid.said[block]}") for block in blocks]
    missing = not_found(asked.wanted, spoken, [one.text for one in held])
    part = _missing_part(asked, bid, held, blocks)
    if part and not any(text in part for text in missing):
        missing = (part, *missing)
    if missing:
        return missing[:_TOLD]
    words = {word for one in held for word in one.words}
    share = asked.wanted.share(words, [count for one in held for count in one.counts])
    share += _OF_TIES * max(match.ties for match in said)
    share += _LENT * any(match.passage.themes & asked.themes for match in said)
    return asked.wanted.absent(words)[:_TOLD] if share < _HELD else ()


class _Held:
    """What a text holds: its words and numbers."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = frozenset(terms(text))
        self.counts = find_counts(text)


def _missing_part(asked: Asked, bid: Bid, held: Sequence[_Held], blocks: Sequence[int]) -> str:
    """Return the first part of a requirement ("must …, and must …") of which no commitment speaks; mostly none."""
    parts = [part.strip(" .;,") for part in _PART.split(asked.requirement.text)]
    parts = [part for part in parts if len(part.split()) >= _PART_WORDS]
    if len(parts) < 2:
        return ""
    promising = {passage.block for passage in bid.passages if passage.stance is Status.COMMITTED and not passage.needs}
    promising |= set(blocks)
    for part in parts:
        similar = bid.blocks.similar(terms(part))
        wanted = want(part, bid.sentences.weight, ())
        nowhere = not any(similar.get(block, 0.0) >= _OF_PART for block in promising)
        if nowhere or not any(wanted.share(one.words, one.counts) >= _OF_PART_HELD for one in held):
            return part
    return ""


def _matches(asked: Asked, bid: Bid) -> Iterator[Match]:
    """Yield the passages that answer a requirement with their relevance and what ties them to it."""
    words, number = asked.words, asked.number
    similar = bid.sentences.similar(words)
    around = bid.blocks.similar(words)
    above = bid.headings.similar(words)
    sections = bid.headings.similar(terms(" ".join(asked.requirement.section[-1:])))
    known = frozenset(words)
    tied = {place for place, value in similar.items() if value >= _TIED}
    tied.update(place for theme in asked.themes for place in bid.by_theme.get(theme, ()))
    tied.update(bid.by_number.get(number, ()) if number else ())
    for place in sorted(tied):
        passage = bid.passages[place]
        text = similar.get(place, 0.0)
        same = bool(number) and passage.number == number
        themes = asked.themes & passage.themes
        shared = {outcome for outcome, _ in passage.themes} & asked.outcomes
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
        settled = _settled(passage, text, bid.document, asked.requirement, strays=tie < _STRAYS)
        counts = find_counts(bid.said[passage.block] if passage.row else bid.document.text[passage.start : passage.end])
        ties = relevance
        relevance += _OF_CONTENT * asked.wanted.share(passage.words, counts)
        if settled.stance is Status.ECHOED:
            relevance *= _OF_ECHO
        why = []
        if same:
            why.append(f"the same number, {asked.requirement.number}")
        if text:
            why.append("shared words")
        if themes:
            why.append("the same theme")
        yield Match(relevance, settled, tuple(why), ties)


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


def _best(answers: Iterable[Match], status: Status, wanted: Wanted) -> list[Match]:
    """
    Return the best passages, one a block; the closest that has the status is among them.

    The first is the closest; each further one is close, too, and holds of what is distinctive what those before do not.
    """
    ranked = sorted(answers, key=lambda answer: (-answer.relevance, answer.passage.start))
    kept = ranked[:1]
    held = set(kept[0].passage.words) if kept else set()
    while len(kept) < _MOST_ANSWERS:
        seen = {match.passage.block for match in kept}
        left = [match for match in ranked if match.passage.block not in seen]
        if not left:
            break
        known = wanted.share(held)
        gains = [match.relevance + _OF_NEW * (wanted.share(held | match.passage.words) - known) for match in left]
        kept.append(left[gains.index(max(gains))])
        held |= kept[-1].passage.words
    decides = next((answer for answer in ranked if answer.passage.stance is status), None)
    if decides and all(answer.passage.stance is not status for answer in kept):
        beside = [i for i, answer in enumerate(kept) if answer.passage.block == decides.passage.block]
        kept[beside[0] if beside else -1] = decides
    near = _NEAR * ranked[0].relevance if ranked else 0.0

    def rank(answer: Match) -> tuple[bool, float]:
        return answer.passage.stance is not status or answer.relevance < near, -answer.relevance

    return sorted(kept, key=rank)


def _status(answers: Sequence[Match]) -> Status:
    if not answers:
        return Status.UNANSWERED
    best = max(answer.relevance for answer in answers)
    near = {answer.passage.stance for answer in answers if answer.relevance >= _NEAR * best}
    for status in (Status.COMMITTED, Status.DECLINED, Status.PARTLY, Status.ECHOED):
        if status in near:
            return status
    return Status.UNANSWERED
