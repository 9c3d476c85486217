"""Finds the paragraphs of a document that stand in it again, word for word or nearly so."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tenderkit.copies import spoken_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenderkit.copies import Words
    from tenderkit.document import Block, Document

_FEWEST = 8  # words; shorter ones are said again for good reasons
_RUN = 4  # words in a row
_COMMON = 20  # paragraphs; words that so many have say nothing
_SAME = 0.8  # of a paragraph's runs stand in the other one


def find_repeats(
    document: Document, spoken: Sequence[tuple[Block, Words]] | None = None
) -> tuple[tuple[Block, ...], ...]:
    """
    Return groups of blocks that say the same, each in reading order, the groups by their first.

    Args:
        document: As read.
        spoken: Its words, where they were found already (see `copies.spoken_words`).

    >>> from tenderkit.document import DocumentBuilder, Kind
    >>> builder = DocumentBuilder()
    >>> for name in ("Fernby", "Thornmere"):
    ...     builder.add(Kind.PARAGRAPH, f"{name} deserves the best, and we shall bring our whole heart and soul to it.")
    >>> builder.add(Kind.PARAGRAPH, "We will test.")
    >>> [len(group) for group in find_repeats(builder.finish("bid.txt", "text/plain", ""))]
    [2]
    """
    having: dict[tuple[str, ...], tuple[int, ...]] = {}  # the groups whose first has these words
    groups: list[list[Block]] = []
    for block, found in spoken_words(document) if spoken is None else spoken:
        words = found.texts
        if len(words) < _FEWEST:
            continue
        runs = set(zip(*(words[i:] for i in range(_RUN)), strict=False))
        met = runs & having.keys()
        known = Counter(group for run in met for group in having[run])
        group, shared = min(known.items(), key=lambda item: (-item[1], item[0])) if known else (-1, 0)
        if shared >= _SAME * len(runs):
            groups[group].append(block)
            continue
        own = (len(groups),)
        having.update(dict.fromkeys(runs - met, own))  # nearly all: in one step
        having.update((run, having[run] + own) for run in met if len(having[run]) < _COMMON)
        groups.append([block])
    return tuple(tuple(group) for group in groups if len(group) > 1)
