"""Kind `paired`: wherever one thing is said, another must stand beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.checks.phrases import PhraseSet, found_hit, read_phrases
from tenderkit.document import Kind
from tenderkit.resources import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tenderkit.checks.text import Hit, Lines, Text
    from tenderkit.resources import Node

REQUIRED = ("every", "with")
OPTIONAL = ("within",)
ASSESSES = False
FACTS = ("found",)

_WITHIN = ["sentence", "block", "section", "document"]


@dataclass(frozen=True, slots=True)
class Check:
    """
    Finds phrases that lack their partner.

    Attributes:
        every: What is looked for.
        partner: What must stand with it.
        within: How near: in its sentence, block or section, or anywhere.
    """

    every: PhraseSet
    partner: PhraseSet
    within: str

    def find(self, text: Text) -> Iterator[Hit]:
        """Yield each place, in reading order; in a section or document that lacks the partner, the first only."""
        paired = {self._scope(lines, start) for lines in text.lines for start, _ in self.partner.find(lines)}
        told = set()
        for lines in text.lines:
            if lines.block.kind is Kind.RUNNING:
                continue
            for start, end in self.every.find(lines):
                scope = self._scope(lines, start)
                if scope not in paired and scope not in told:
                    told.add(scope)
                    yield found_hit(lines, start, end)

    def _scope(self, lines: Lines, start: int) -> object:
        block = lines.block
        if self.within == "document":
            return ""
        if self.within == "section":
            return (*block.section, block.text) if block.kind is Kind.HEADING else block.section
        return block.start if self.within == "block" else (block.start, lines.sentence_at(start))


def read(part: Mapping[str, Node], lists: Mapping[str, tuple[str, ...]]) -> Check:
    """Read the keys of this kind."""
    within = part["within"].text() if "within" in part else "section"
    if within not in _WITHIN:
        part["within"].wrong(f"'{within}' is no place.{nearest(within, _WITHIN)} Known: {', '.join(_WITHIN)}.")
    every, partner = read_phrases(part.get("every"), lists), read_phrases(part.get("with"), lists)
    return Check(every or PhraseSet(()), partner or PhraseSet(()), within)
