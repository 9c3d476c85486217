"""A bid as answers are looked for in it: sentences and table rows, with their stance and the number above them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from tenderkit.clause_numbers import split_label
from tenderkit.compliance import Status
from tenderkit.document import Kind
from tenderkit.evidence import Force, Stance, Who
from tenderkit.roles import Role
from tenderkit.similarity import Index, terms

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tenderkit.assess import Assessor
    from tenderkit.document import Document
    from tenderkit.obligations import ObligationFinder
    from tenderkit.results import Said

_HEADER_WORDS = 6  # of a cell that names a column
_RUN_IN = 4  # words; so short a sentence at the beginning of a paragraph is its heading
_WEAKLY = 0.15  # similarity of words from which a weak sign of a commitment is one to the requirement
_PLAINLY = 0.4  # similarity of words from which a plain statement counts as said of the requirement
_STRONG_NUMBER = re.compile(r"^(?=.*\d)[A-Z]*[\d.]+[A-Z]?$")
_LONG_FORM = re.compile(r"^(?:QUESTION|REQUIREMENT|REQ|SECTION|CLAUSE|REF)(?=\d)")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or a table row of a bid, as it is compared."""

    start: int
    end: int
    block: int  # place of its block
    stance: Status
    themes: frozenset[tuple[str, str]]
    number: str  # the nearest label above or before it, as compared; empty where there is none
    because: str
    words: frozenset[str] = frozenset()
    row: bool = False  # whether it is a table row
    replied: bool = False  # whether a column of the table says what the bidder makes of it
    needs: float = 0.0  # similarity from which it counts as a commitment, where few words or none tell that it is one


@dataclass(frozen=True, slots=True)
class Bid:
    """
    A bid, ready for answers to be looked for in it.

    Attributes:
        document: As read.
        said: The text of each block; each cell of a table behind the name of its column.
        passages: In reading order.
        sentences: The words of each passage.
        blocks: The words of each block of the document, by its place.
        headings: The words of the headings above each block.
        by_theme: Places of the passages that speak of a theme.
        by_number: Places of the passages that stand under a number.
    """

    document: Document
    said: tuple[str, ...]
    passages: tuple[Passage, ...]
    sentences: Index
    blocks: Index
    headings: Index
    by_theme: Mapping[tuple[str, str], tuple[int, ...]]
    by_number: Mapping[str, tuple[int, ...]]


def read_bid(
    bid: Document, tender: Document, assessor: Assessor, finder: ObligationFinder, asked: Sequence[Sequence[str]]
) -> Bid:
    """Part a bid into passages: sentences, and table rows as wholes, each with its stance and its number."""
    passages: list[Passage] = []
    places = {block.start: i for i, block in enumerate(bid.blocks)}
    labels = [*_labels(bid)]
    headers = _headers(bid)
    by_block: dict[int, list[Said]] = {}
    for said in assessor.sentences(bid, Role.BID, tender):
        by_block.setdefault(places[said.block.start], []).append(said)
    for place, said_here in by_block.items():
        block, label = bid.blocks[place], labels[place]
        if block.kind is not Kind.TABLE_ROW:
            passages.extend(_passage(spoken, place, label) for spoken in _merged(said_here))
        elif headers.get(place) != place:
            reply = next((cell for cell in block.text.split("\t")[1:] if finder.reply(cell)), "")
            row = replace(_passage(said_here, place, label), start=block.start, end=block.end, row=True)
            if reply:
                row = replace(
                    row, stance=Status(finder.reply(reply)), replied=True, needs=0.0, because=f"the row says “{reply}”"
                )
            passages.append(row)
    spoken = [_with_header(bid, i, headers) for i in range(len(bid.blocks))]
    texts = [
        terms(spoken[passage.block] if passage.block in headers else bid.text[passage.start : passage.end])
        for passage in passages
    ]
    around = [terms(spoken[i]) if block.kind is not Kind.HEADING else [] for i, block in enumerate(bid.blocks)]
    above = [terms(" ".join(block.section[-2:])) for block in bid.blocks]
    passages = [replace(passage, words=frozenset(words)) for passage, words in zip(passages, texts, strict=True)]
    by_theme: dict[tuple[str, str], list[int]] = defaultdict(list)
    by_number: dict[str, list[int]] = defaultdict(list)
    for place, passage in enumerate(passages):
        by_number[passage.number].append(place)
        for theme in passage.themes:
            by_theme[theme].append(place)
    return Bid(
        document=bid,
        said=tuple(spoken),
        passages=tuple(passages),
        sentences=Index(texts, asked),
        blocks=Index(around, asked),
        headings=Index(above, asked),
        by_theme={theme: tuple(places) for theme, places in by_theme.items()},
        by_number={number: tuple(places) for number, places in by_number.items()},
    )


def spoken_blocks(bid: Bid) -> tuple[str, ...]:
    """Return the texts of the blocks in which a bid says something that it did not copy from the tender."""
    places = {passage.block for passage in bid.passages if passage.stance is not Status.ECHOED}
    return tuple(bid.said[place] for place in sorted(places))


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


def _with_header(bid: Document, place: int, headers: Mapping[int, int]) -> str:
    """Return the text of a block; of a table row, each cell behind what its column is called."""
    text = bid.blocks[place].text
    header = headers.get(place, place)
    if header == place:
        return text
    names = bid.blocks[header].text.split("\t")
    cells = text.split("\t")
    return "\n".join(f"{name} {cell}" for name, cell in zip_longest(names, cells, fillvalue=""))


def _merged(said: Sequence[Said]) -> Iterator[list[Said]]:
    """Yield sentences; one so short that it is the paragraph's heading goes with the next."""
    begin = 0
    if len(said) > 1 and len(said[0].block.text[: said[0].end - said[0].block.start].split()) <= _RUN_IN:
        yield [said[0], said[1]]
        begin = 2
    for one in said[begin:]:
        yield [one]


def _passage(said: Sequence[Said], place: int, label: str) -> Passage:
    best = max(said, key=lambda one: (list(Status).index(_stance(one)), not one.judgement.decided))
    themes = frozenset(theme for one in said for theme in one.themes)
    needs = 0.0
    if _stance(best) is Status.COMMITTED and best.judgement.force is Force.WEAK:
        needs = _WEAKLY
    elif not best.judgement.decided and not best.copied:
        needs = _PLAINLY
    return Passage(said[0].start, said[-1].end, place, _stance(best), themes, label, _because(best), needs=needs)


def _labels(bid: Document) -> Iterator[str]:
    """Yield for each block the number under which it stands: its own, or the last one before it in its section."""
    current = ""
    section: tuple[str, ...] = ()
    for block in bid.blocks:
        number = number_key(split_label(block.text.replace("\t", " ", 1) + " x")[0])
        if block.kind is Kind.HEADING or number:
            current = number
        elif block.section != section:
            current = next((found for found in map(_heading_number, reversed(block.section)) if found), "")
        section = (*block.section, block.text) if block.kind is Kind.HEADING else block.section
        yield current


def _heading_number(text: str) -> str:
    return number_key(split_label(text + " x")[0])


def number_key(text: str) -> str:
    """
    Return a number as it is compared; empty for one that is too common to tell anything ("(a)", "3.").

    >>> number_key("Question 3"), number_key("t-01"), number_key("3.1.2"), number_key("(a)"), number_key("4")
    ('Q3', 'T1', '3.1.2', '', '')
    """
    plain = re.sub(r"[^A-Z0-9.]+", "", text.upper()).strip(".")
    plain = _LONG_FORM.sub(lambda found: found[0][0], plain)
    plain = re.sub(r"(?<![\d.])0+(?=\d)", "", plain)
    return plain if _STRONG_NUMBER.match(plain) and not plain.isdigit() else ""


def number_kind(number: str) -> str:
    """Return what numbers of one kind have in common: their letters, or a dot."""
    return re.sub(r"[\d]+.*", "", number) or ("." if number else "")


def trusted_numbers(numbers: Sequence[str], asked: Sequence[Sequence[str]], bid: Bid) -> frozenset[str]:
    """
    Tell which kinds of number mean the tender's in a bid, and are no numbers of its own.

    What stands under the tender's number must on average be at least as similar as what stands under another.
    """
    same: dict[str, list[float]] = defaultdict(list)
    other: dict[str, list[float]] = defaultdict(list)
    alike: dict[str, list[int]] = defaultdict(list)
    for place, passage in enumerate(bid.passages):
        alike[number_kind(passage.number)].append(place)
    for number, words in zip(numbers, asked, strict=True):
        if not number:
            continue
        similar = bid.sentences.similar(words)
        best: dict[str, float] = defaultdict(float)
        for place in alike.get(number_kind(number), ()):
            label = bid.passages[place].number
            best[label] = max(best[label], similar.get(place, 0.0))
        if number in best:
            same[number_kind(number)].append(best.pop(number))
            other[number_kind(number)].extend(best.values())
    return frozenset(
        kind
        for kind, values in same.items()
        if not other[kind] or sum(values) / len(values) >= sum(other[kind]) / len(other[kind])
    )


def _stance(said: Said) -> Status:
    if said.copied:
        return Status.ECHOED
    match said.judgement.stance:
        case Stance.COMMITMENT | Stance.PRACTICE if said.judgement.who is not Who.OTHER:
            return Status.COMMITTED
        case Stance.NEGATED:
            return Status.DECLINED
    return Status.PARTLY


def _because(said: Said) -> str:
    if said.copied:
        return said.copied
    words = ", ".join(dict.fromkeys(f"“{reason.text}”" for reason in said.judgement.because))
    stance = said.judgement.stance
    does = Status.DECLINED.value if stance is Stance.NEGATED else stance.value
    return f"{words} ({does})" if words else "it states no commitment"
