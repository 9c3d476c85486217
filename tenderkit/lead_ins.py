"""Context that carries down: the words that introduce a list give its items their stance."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tenderkit.document import Kind

if TYPE_CHECKING:
    from tenderkit.evidence import Judge, Judgement
    from tenderkit.language import Sentence, TokenisedBlock

_NEXT_ITEM = re.compile(r"^(?:and\s|or\s)?\(?(?:[a-z]|[ivx]+|\d+)[.)]\s|^[•▪●◦■*–-]\s")


class LeadIns:
    """
    Remembers, block by block, what introduces the list that one stands in.

    "We will:" makes a commitment of the bullets beneath it, and "(b) …" of what "We will: (a) …;" began. A block
    that is no list item ends the list.
    """

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._open: list[tuple[int, TokenisedBlock]] = []  # level of the introducing block; deeper items are its list
        self._known: dict[int, Judgement | None] = {}

    def enter(self, tokens: TokenisedBlock) -> None:
        """Take the next block of the document."""
        block = tokens.block
        level = block.level if block.kind is Kind.LIST_ITEM else 0
        if block.kind is Kind.LIST_ITEM:
            while self._open and self._open[-1][0] >= max(level, 1):
                self._open.pop()
        else:
            self._open.clear()
        self._known.clear()
        if block.text.rstrip().endswith((":", ":-", ": –")):
            self._open.append((level, tokens))

    def judgement(self, sentence: Sentence) -> Judgement | None:
        """Return the stance that a sentence inherits where its own words decide none."""
        if sentence.start > sentence.block.start and _NEXT_ITEM.match(sentence.text):
            for earlier in sentence.tokens.sentences():
                return self._judge.stance(earlier, self._of_block(sentence))
        return self._of_block(sentence)

    def _of_block(self, sentence: Sentence) -> Judgement | None:
        block = sentence.block
        introducing = [tokens for _, tokens in self._open if tokens.block is not block]
        if block.kind is not Kind.LIST_ITEM or not introducing:
            return None
        if block.start not in self._known:
            inherited: Judgement | None = None
            for tokens in introducing:
                *_, last = tokens.sentences()
                inherited = self._judge.stance(last, inherited)
            self._known[block.start] = inherited
        return self._known[block.start]
