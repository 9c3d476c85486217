"""
The compliance matrix: what a tender asks for, and what each bid answers.

For every requirement the passages of a bid are ranked by what ties them to it: the same number, shared words, the
same theme or outcome, and the words of the headings and the paragraph around them. What the best of them do decides
the status.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from tenderkit.copies import words_of
from tenderkit.document import Kind
from tenderkit.evidence import Stance
from tenderkit.obligations import Strength
from tenderkit.requirements import find_requirements, split_label
from tenderkit.roles import Role
from tenderkit.similarity import Index, terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tenderkit.assess import Assessor, Said
    from tenderkit.document import Anchor, Document
    from tenderkit.obligations import ObligationFinder
    from tenderkit.requirements import Requirement


class Status(StrEnum):
    """What a bid makes of a requirement; the gravest gap first, as the matrix shows them."""

    UNANSWERED = "unanswered"
    DECLINED = "declined"
    ECHOED = "echoed"  # the requirement's own words, and nothing of the bidder's
    PARTLY = "partly"
    COMMITTED = "committed"
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
_HEADER_WORDS = 6  # of a cell that names a column
_TIED = 0.1  # by its own words or theme; what only stands under a like heading answers nothing
_RUN_IN = 4  # words; so short a sentence at the beginning of a paragraph is its heading
_WEAKLY = 0.15  # similarity of words from which a weak sign of a commitment is one to the requirement
_PLAINLY = 0.3  # similarity of words from which a plain statement counts as said of the requirement
_STRONG_NUMBER = re.compile(r"^(?=.*\d)[A-Z]*[\d.]+[A-Z]?$")
_LONG_FORM = re.compile(r"^(?:QUESTION|REQUIREMENT|REQ|SECTION|CLAUSE|REF)(?=\d)")


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
        statuses: By document, in the order of `Trace.bids`; documents that could not be read are left out.
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


@dataclass(frozen=True, slots=True)
class _Passage:
    """A sentence or a table row of a bid, as it is compared."""

    start: int
    end: int
    block: int  # place of its block
    stance: Status
    themes: frozenset[tuple[str, str]]
    number: str  # the nearest label above or before it, as compared; empty where there is none
    because: str
    words: frozenset[str] = frozenset()
    replied: bool = False  # whether a column of the table says what the bidder makes of it
    needs: float = 0.0  # similarity from which it counts as a commitment, where few words or none tell that it is one


@dataclass(frozen=True, slots=True)
class _Bid:
    document: Document
    passages: tuple[_Passage, ...]
    sentences: Index
    blocks: Index
    headings: Index


def trace_requirements(
    tender: Document, assessor: Assessor, finder: ObligationFinder
) -> tuple[Traced, ...]:
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


def trace_bid(
    traced: Sequence[Traced], tender: Document, bid: Document, assessor: Assessor, finder: ObligationFinder
) -> tuple[Traced, ...]:
    """Return the requirements with what one more bid answers."""
    asked = [terms(one.requirement.whole) for one in traced]
    numbers = [_number(one.requirement.number) for one in traced]
    read = _read(bid, tender, assessor, finder, asked)
    trusted = _trusted(numbers, asked, read)
    result = []
    for one, words, number in zip(traced, asked, numbers, strict=True):
        answers = [*_answers(one, words, number if _class(number) in trusted else "", read)]
        status = _status(answers)
        shown = [_shown(read, *answer) for answer in _best(answers)]
        if status is Status.COMMITTED:
            missing = _missing(one.requirement.text, answers, read)
            if missing:
                status = Status.PARTLY
                shown[0] = replace(shown[0], why=(*shown[0].why, f"nothing found on “{missing}”"))
        statuses = (*one.statuses, (bid.path, status))
        result.append(replace(one, statuses=statuses, answers=(*one.answers, *shown)))
    return tuple(result)


def _missing(text: str, answers: Sequence[tuple[float, _Passage, tuple[str, ...]]], bid: _Bid) -> str:
    """Return the first part of a requirement ("must …, and must …") of which no commitment speaks; mostly none."""
    parts = [part.strip(" .;,") for part in _PART.split(text)]
    parts = [part for part in parts if len(part.split()) >= _PART_WORDS]
    if len(parts) < 2:  # noqa: PLR2004
        return ""
    promising = {passage.block for passage in bid.passages if passage.stance is Status.COMMITTED and not passage.needs}
    promising |= {passage.block for _, passage, _ in answers if passage.stance is Status.COMMITTED}
    for part in parts:
        similar = bid.blocks.similar(terms(part))
        if not any(similar.get(block, 0.0) >= _OF_PART for block in promising):
            return part
    return ""


def _read(
    bid: Document, tender: Document, assessor: Assessor, finder: ObligationFinder, asked: Sequence[Sequence[str]]
) -> _Bid:
    """Part a bid into passages: sentences, and table rows as wholes, each with its stance and its number."""
    passages: list[_Passage] = []
    places = {block.start: i for i, block in enumerate(bid.blocks)}
    labels = [*_labels(bid)]
    headers = _headers(bid)
    by_block: dict[int, list[Said]] = {}
    for said in assessor.sentences(bid, Role.BID, tender):
        by_block.setdefault(places[said.block.start], []).append(said)
    for place, said_here in by_block.items():
        block, label = bid.blocks[place], labels[place]
        if block.kind is not Kind.TABLE_ROW:
            for spoken in _merged(said_here):
                passages.append(_passage(spoken, place, label))
        elif headers.get(place) != place:
            reply = next((cell for cell in block.text.split("\t")[1:] if finder.reply(cell)), "")
            row = replace(_passage(said_here, place, label), start=block.start, end=block.end)
            if reply:
                row = replace(row, stance=Status(finder.reply(reply)), replied=True, needs=0.0, because=f"the row says “{reply}”")
            passages.append(row)
    texts = [terms(bid.text[passage.start : passage.end]) for passage in passages]
    around = [
        terms(f"{bid.blocks[headers[i]].text} {block.text}" if i in headers else block.text)
        if block.kind is not Kind.HEADING
        else []
        for i, block in enumerate(bid.blocks)
    ]
    above = [terms(" ".join(block.section[-2:])) for block in bid.blocks]
    passages = [replace(passage, words=frozenset(words)) for passage, words in zip(passages, texts, strict=True)]
    return _Bid(bid, tuple(passages), Index(texts, asked), Index(around, asked), Index(above, asked))


def _headers(bid: Document) -> dict[int, int]:
    """Return for each table row the place of the row that names its columns; for that row, its own."""
    found: dict[int, int] = {}
    first = -1
    for i, block in enumerate(bid.blocks):
        if block.kind is not Kind.TABLE_ROW:
            first = -1
            continue
        if first < 0:
            follows = i + 1 < len(bid.blocks) and bid.blocks[i + 1].kind is Kind.TABLE_ROW
            if not follows or any(len(cell.split()) > _HEADER_WORDS for cell in block.text.split("\t")):
                continue
            first = i
        found[i] = first
    return found


def _merged(said: Sequence[Said]) -> Iterator[list[Said]]:
    """Yield sentences; one so short that it is the paragraph's heading goes with the next."""
    begin = 0
    if len(said) > 1 and len(said[0].block.text[: said[0].end - said[0].block.start].split()) <= _RUN_IN:
        yield [said[0], said[1]]
        begin = 2
    for one in said[begin:]:
        yield [one]


def _passage(said: Sequence[Said], place: int, label: str) -> _Passage:
    best = max(said, key=lambda one: (list(Status).index(_stance(one)), not one.judgement.decided))
    themes = frozenset(theme for one in said for theme in one.themes)
    needs = 0.0
    if _stance(best) is Status.COMMITTED and best.judgement.strength == 1:
        needs = _WEAKLY
    elif not best.judgement.decided and not best.copied:
        needs = _PLAINLY
    return _Passage(said[0].start, said[-1].end, place, _stance(best), themes, label, _because(best), needs=needs)


def _labels(bid: Document) -> Iterator[str]:
    """Yield for each block the number under which it stands: its own, or the last one before it in its section."""
    current = ""
    section: tuple[str, ...] = ()
    for block in bid.blocks:
        number = _number(split_label(block.text.replace("\t", " ", 1) + " x")[0])
        if block.kind is Kind.HEADING:
            current = number
        elif number:
            current = number
        elif block.section != section:
            current = next((found for found in map(_heading_number, reversed(block.section)) if found), "")
        section = (*block.section, block.text) if block.kind is Kind.HEADING else block.section
        yield current


def _heading_number(text: str) -> str:
    return _number(split_label(text + " x")[0])


def _number(text: str) -> str:
    """
    Return a number as it is compared; empty for one that is too common to tell anything ("(a)", "3.").

    >>> _number("Question 3"), _number("t-01"), _number("3.1.2"), _number("(a)"), _number("4")
    ('Q3', 'T1', '3.1.2', '', '')
    """
    plain = re.sub(r"[^A-Z0-9.]+", "", text.upper()).strip(".")
    plain = _LONG_FORM.sub(lambda found: found[0][0], plain)
    plain = re.sub(r"(?<![\d.])0+(?=\d)", "", plain)
    return plain if _STRONG_NUMBER.match(plain) and not plain.isdigit() else ""


def _class(number: str) -> str:
    """Return what numbers of one kind have in common: their letters, or a dot."""
    return re.sub(r"[\d]+.*", "", number) or ("." if number else "")


def _trusted(numbers: Sequence[str], asked: Sequence[Sequence[str]], bid: _Bid) -> frozenset[str]:
    """
    Tell which kinds of number mean the tender's in a bid, and are no numbers of its own.

    What stands under the tender's number must on average be at least as similar as what stands under another.
    """
    same: dict[str, list[float]] = defaultdict(list)
    other: dict[str, list[float]] = defaultdict(list)
    for number, words in zip(numbers, asked, strict=True):
        if not number:
            continue
        similar = bid.sentences.similar(words)
        best: dict[str, float] = defaultdict(float)
        for place, passage in enumerate(bid.passages):
            if _class(passage.number) == _class(number):
                best[passage.number] = max(best[passage.number], similar.get(place, 0.0))
        if number in best:
            same[_class(number)].append(best.pop(number))
            other[_class(number)].extend(best.values())
    return frozenset(
        kind
        for kind, values in same.items()
        if not other[kind] or sum(values) / len(values) >= sum(other[kind]) / len(other[kind])
    )


def _answers(
    one: Traced, words: Sequence[str], number: str, bid: _Bid
) -> Iterator[tuple[float, _Passage, tuple[str, ...]]]:
    """Yield the passages that answer a requirement with their relevance and what ties them to it."""
    similar = bid.sentences.similar(words)
    around = bid.blocks.similar(words)
    above = bid.headings.similar(words)
    sections = bid.headings.similar(terms(" ".join(one.requirement.section[-1:])))
    known = frozenset(words)
    wanted, outcomes = set(one.themes), set(one.outcomes)
    for place, passage in enumerate(bid.passages):
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
        if passage.needs:
            passage = _settled(passage, text)
        if passage.stance is Status.PARTLY and not passage.replied and _repeats(bid.document.text[passage.start : passage.end], one.requirement.text):
            passage = replace(passage, stance=Status.ECHOED, because="it repeats the requirement")
        if passage.stance is Status.ECHOED:
            relevance *= _OF_ECHO
        if passage.stance is Status.COMMITTED and tie < _TIED and one.requirement.strength is Strength.QUESTION:
            passage = replace(passage, stance=Status.PARTLY)  # said under the question, and of something else
        why = []
        if same:
            why.append(f"the same number, {one.requirement.number}")
        if text:
            why.append("shared words")
        if themes:
            why.append("the same theme")
        yield relevance, passage, tuple(why)


def _repeats(text: str, requirement: str) -> bool:
    """Tell whether a passage has so many words in a row from a requirement that it repeats it."""
    words, asked = words_of(text).texts, words_of(requirement).texts
    run = min(_ECHO_RUN, max(len(asked) - 1, _PART_WORDS))
    runs = {tuple(asked[i : i + run]) for i in range(len(asked) - run + 1)}
    return any(tuple(words[i : i + run]) in runs for i in range(len(words) - run + 1))


def _settled(passage: _Passage, similarity: float) -> _Passage:
    """Tell by how much a passage has of the requirement whether it is a commitment, where its verbs hardly do."""
    if similarity < passage.needs:
        return replace(passage, stance=Status.PARTLY)
    if passage.stance is Status.PARTLY:
        return replace(passage, stance=Status.COMMITTED, because="it says so plainly")
    return passage


def _best(answers: Iterable[tuple[float, _Passage, tuple[str, ...]]]) -> list[tuple[float, _Passage, tuple[str, ...]]]:
    """Return the best passages, one a block, the closest first."""
    ranked = sorted(answers, key=lambda answer: (-answer[0], answer[1].start))
    seen: set[int] = set()
    kept = []
    for answer in ranked:
        if answer[1].block not in seen:
            seen.add(answer[1].block)
            kept.append(answer)
    return kept[:_MOST_ANSWERS]


def _status(answers: Sequence[tuple[float, _Passage, tuple[str, ...]]]) -> Status:
    if not answers:
        return Status.UNANSWERED
    best = max(relevance for relevance, _, _ in answers)
    near = {passage.stance for relevance, passage, _ in answers if relevance >= _NEAR * best}
    for status in (Status.COMMITTED, Status.DECLINED, Status.PARTLY, Status.ECHOED):
        if status in near:
            return status
    return Status.UNANSWERED


def _stance(said: Said) -> Status:
    if said.copied:
        return Status.ECHOED
    match said.judgement.stance:
        case Stance.COMMITMENT | Stance.PRACTICE:
            return Status.COMMITTED
        case Stance.NEGATED:
            return Status.DECLINED
    return Status.PARTLY


def _because(said: Said) -> str:
    if said.copied:
        return said.copied
    words = ", ".join(dict.fromkeys(f"“{reason.text}”" for reason in said.judgement.because))
    return f"{words} ({said.judgement.stance.value})" if words else "it states no commitment"


def _shown(read: _Bid, relevance: float, passage: _Passage, why: tuple[str, ...]) -> Answer:
    bid = read.document
    block = bid.blocks[passage.block]
    return Answer(
        document=bid.path,
        quote=bid.text[passage.start : passage.end],
        start=passage.start,
        end=passage.end,
        section=block.section,
        anchor=block.anchor,
        stance=passage.stance,
        why=(*why, passage.because),
        relevance=relevance,
    )
