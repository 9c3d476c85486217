"""Context that carries down: the words that introduce a list, and headings, give what stands beneath its stance."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tenderkit.document import Kind
from tenderkit.readings import Shown
from tenderkit.roles import Role

if TYPE_CHECKING:
    from tenderkit.evidence import Judgement
    from tenderkit.judging import Judge
    from tenderkit.language import Sentence, TokenisedBlock

_ROW = 400  # characters; of a longer row each sentence is shown by itself
_NUMBER = re.compile(r"^\(?[A-Z]{0,3}\d+(?:\.\d+)*[.)]?(?:\s+\|)?\s+(?=\D)")  # "R14 | ", "4.2 ": in some formats a cell
_NEXT_ITEM = re.compile(r"^(?:and\s|or\s)?\(?(?:[a-z]|[ivx]+|\d+)[.)]\s|^[•▪●◦■*–-]\s")


class LeadIns:
    """
    Remembers, block by block, what introduces the list that one stands in, and the headings above it.

    "We will:" makes a commitment of the bullets beneath it, and "(b) …" of what "We will: (a) …;" began. A block
    that is no list item ends the list. A heading such as "Exclusions" speaks for everything beneath it.

    Args:
        judge: Decides what the introducing words say.
        role: The document's role.
    """

    def __init__(self, judge: Judge, role: Role = Role.TENDER) -> None:
        self._judge = judge
        self._role = role
        self._open: list[tuple[int, TokenisedBlock]] = []  # level of the introducing block; deeper items are its list
        self._headings: list[tuple[int, TokenisedBlock]] = []
        self._known: dict[int, Judgement | None] = {}  # by the start of the block that introduces
        self._opening: tuple[Sentence, Judgement | None, Judgement] | None = None  # the last: its items follow it

    def enter(self, tokens: TokenisedBlock) -> None:
        """Take the next block of the document."""
        block = tokens.block
        level = block.level if block.kind is Kind.LIST_ITEM else 0
        if block.kind is Kind.LIST_ITEM:
            while self._open and self._open[-1][0] >= max(level, 1):
                self._open.pop()
        else:
            self._open.clear()
        if block.kind is Kind.HEADING:
            while self._headings and self._headings[-1][0] >= block.level:
                self._headings.pop()
            self._headings.append((block.level, tokens))
        elif block.text.rstrip().endswith((":", ":-", ": –")):
            self._open.append((level, tokens))

    def shown(self, sentence: Sentence) -> Shown:
        """Return what the language model is shown of a sentence; of a table row the whole: cells need each other."""
        block = sentence.block
        heading = next((each.block.text for _, each in reversed(self._headings) if each.block is not block), "")
        opened = self._open if block.kind is Kind.LIST_ITEM else ()
        lead_in = next((each.block.text for _, each in reversed(opened) if each.block is not block), "")
        row = block.kind is Kind.TABLE_ROW and len(block.text) <= _ROW and not sentence.text.rstrip().endswith("?")
        text = block.text.replace("\t", " | ") if row else sentence.text
        return Shown(_NUMBER.sub("", text, count=1), self._role.value, heading, lead_in)

    def judgement(self, sentence: Sentence) -> Judgement | None:
        """Return the stance that a sentence inherits where its own words decide none."""
        inherited = self._of_block(sentence)
        if sentence.start > sentence.block.start and _NEXT_ITEM.match(sentence.text):
            return self._of_opening(sentence.tokens.sentences()[0], inherited)
        return inherited

    def _of_opening(self, sentence: Sentence, inherited: Judgement | None) -> Judgement:
        """Return what the first sentence of a block gives to the items behind it in the same block."""
        last = self._opening
        if last is None or last[0] is not sentence or last[1] is not inherited:
            last = sentence, inherited, self._judge.introduced(sentence, inherited, self._role)
            self._opening = last
        return last[2]

    def _of_block(self, sentence: Sentence) -> Judgement | None:
        block = sentence.block
        if block.kind is Kind.HEADING:
            return None
        above = [tokens for _, tokens in self._headings]
        if block.kind is Kind.LIST_ITEM:
            above += [tokens for _, tokens in self._open if tokens.block is not block]
        inherited: Judgement | None = None
        for tokens in above:
            start = tokens.block.start
            if start not in self._known:
                *_, last = tokens.sentences()
                self._known[start] = self._judge.introduced(last, inherited, self._role)
            own = self._known[start]
            inherited = own if own is not None and own.decided else inherited
        return inherited
