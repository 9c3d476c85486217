"""What in a document was written for a counting machine rather than for a reader: never scored, always told."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from tenderkit.copied_text import CopyKind
from tenderkit.evidence import Level, Reason
from tenderkit.keyword_lists import WORTH_TELLING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tenderkit.copied_text import Copy
    from tenderkit.document import Block, Document
    from tenderkit.evidence import Evidence

_SAID_OFTEN = 3  # times that a paragraph stands in a document, to be worth telling …
_LONG = 20  # … or twice, where it has so many words


class OwnKind(StrEnum):
    """What is wrong with a passage that was copied from nowhere."""

    KEYWORDS = "keyword list"
    REPEATED = "repeated paragraph"


IntegrityKind = CopyKind | OwnKind  # a copy is told as what it is
KINDS: tuple[IntegrityKind, ...] = (OwnKind.KEYWORDS, *CopyKind, OwnKind.REPEATED)
_Told = tuple[IntegrityKind, int, int, str]  # where it begins and ends, and why


@dataclass(frozen=True, slots=True)
class IntegrityNote:
    """
    One passage that says nothing of its own, or says it again.

    Attributes:
        kind: What is wrong with it.
        page: Counted from 1, or None.
        quote: `Document.text[start:end]`; of several blocks, on as many lines.
        why: One plain line.
        approximate: Whether the page is a recorded guess.
    """

    kind: IntegrityKind
    page: int | None
    quote: str
    start: int
    end: int
    why: str
    approximate: bool = False


def without_repetition(
    evidence: Sequence[Evidence], repeats: Sequence[Sequence[Block]], counts: Callable[[Evidence], bool] = bool
) -> list[Evidence]:
    """
    Return the evidence with repeated paragraphs counted once: all but those of the best of them are mentions only.

    Args:
        evidence: In reading order.
        repeats: Groups of blocks that say the same.
        counts: Tells whether one is sure enough to count.
    """
    if not repeats:
        return [*evidence]
    group_of = {block.start: number for number, group in enumerate(repeats) for block in group}
    starts = sorted(group_of)
    ends = {block.start: block.end for group in repeats for block in group}
    said: dict[tuple[int, str, str], tuple[Evidence, int]] = {}  # the best, and the paragraph where it stands
    places: list[int | None] = []
    for item in evidence:
        place = bisect_right(starts, item.start) - 1
        block = starts[place] if place >= 0 and item.start < ends[starts[place]] else None
        places.append(block)
        if block is not None:
            key, here = (group_of[block], item.outcome, item.theme), (item, block)
            said[key] = max(said.get(key, here), here, key=lambda one: (counts(one[0]), one[0].level))
    return [
        item if block is None or said[group_of[block], item.outcome, item.theme][1] == block else _said_again(item)
        for item, block in zip(evidence, places, strict=True)
    ]


def _said_again(item: Evidence) -> Evidence:
    if item.level <= Level.MENTIONED:
        return item
    reason = Reason("repeated", "the paragraph stands elsewhere too", "counts once")
    return replace(item, level=Level.MENTIONED, because=(*item.because, reason))


def find_notes(
    document: Document,
    evidence: Sequence[Evidence],
    *,
    copies: Iterable[Copy] = (),
    repeats: Iterable[Sequence[Block]] = (),
    bid: bool = True,
) -> tuple[IntegrityNote, ...]:
    """
    Return what a reader should know of, in reading order.

    Args:
        document: The document.
        evidence: What was found in it.
        copies: What was copied.
        repeats: Groups of blocks that say the same.
        bid: Whether it is a bid; another document may list keywords and repeat itself without anything to gain.
    """
    found: list[_Told] = []
    capped = {item.start: item for item in evidence if any(reason.kind == "copied" for reason in item.because)}
    found += [
        (copy.kind, copy.start, copy.end, f"{copy.why}, and so is only a mention")
        for copy in copies
        if copy.outright or any(start < copy.end and copy.start < item.end for start, item in capped.items())
    ]
    if bid:
        found += _keyword_lists(evidence)
        found += _repeated(evidence, repeats)
    starts = [block.start for block in document.blocks]
    notes: list[IntegrityNote] = []
    reached = 0
    for kind, start, end, why in sorted(found, key=lambda note: (note[1], -note[2], note[0])):
        if end > reached:  # else it lies in one that is told already
            anchor = document.blocks[bisect_right(starts, start) - 1].anchor
            notes.append(
                IntegrityNote(kind, anchor.page, document.text[start:end], start, end, why, anchor.approximate)
            )
            reached = end
    return tuple(notes)


def _keyword_lists(evidence: Sequence[Evidence]) -> Iterator[_Told]:
    lists: dict[tuple[int, int], set[tuple[str, str]]] = {}
    for item in evidence:
        if any(reason.kind == "keywords" for reason in item.because):
            lists.setdefault((item.start, item.end), set()).add((item.outcome, item.theme))
    for (start, end), themes in lists.items():
        if len(themes) >= WORTH_TELLING:
            yield OwnKind.KEYWORDS, start, end, f"it names {len(themes)} themes and says nothing of them"


def _repeated(evidence: Sequence[Evidence], repeats: Iterable[Sequence[Block]]) -> Iterator[_Told]:
    said_again = [item.start for item in evidence if any(reason.kind == "repeated" for reason in item.because)]
    for group in repeats:
        often, long = len(group) >= _SAID_OFTEN, len(group[0].text.split()) >= _LONG
        counted = any(block.start <= start < block.end for start in said_again for block in group)
        if (often and long) or ((often or long) and counted):
            for block in group[1:]:
                why = f"it stands {len(group)} times in the document, and counts once"
                yield OwnKind.REPEATED, block.start, block.end, why
