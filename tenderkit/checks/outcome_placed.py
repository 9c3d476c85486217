"""Kind `outcome-placed`: outcomes that one part of a document names, and that another part must speak of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.checks.phrases import PhraseSet, read_phrases
from tenderkit.checks.text import Hit, Lines, shortened
from tenderkit.document import Block, Kind
from tenderkit.evidence import Level, Stance
from tenderkit.resources import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tenderkit.checks.text import Text
    from tenderkit.evidence import Evidence
    from tenderkit.resources import Node

REQUIRED = ("of", "under")
OPTIONAL = ("sure",)
ASSESSES = True
FACTS = ("found", "outcome", "count")

_ASKED, _WANTED = "asked", "wanted"
_OFTEN = 3  # sentences that ask for an outcome, so that it counts
_SHORT = 8  # words of a cell, a heading or an entry of a list that names an outcome, rather than speaks of something
_NOT_ASKING = frozenset({Stance.MENTION, Stance.NEGATED})


@dataclass(frozen=True, slots=True)
class Check:
    """
    Finds outcomes that are asked for and stand nowhere under certain headings, or stand there and are not asked for.

    Attributes:
        of: "asked": each outcome that requirements ask for must stand under one of the headings, told in one finding.
            "wanted": each outcome that stands under one of the headings must be asked for by a requirement.
        under: Headings, or names of columns.
        sure: 0 to 1; how sure the sentences must be that ask for an outcome or want it.
    """

    of: str
    under: PhraseSet
    sure: float

    def find(self, text: Text) -> Iterator[Hit]:
        """Yield the hits; none in a document without any such heading or column."""
        under = self._blocks(text)
        if not under:
            return
        evidence = sorted(text.assessed.evidence, key=lambda item: item.start)
        inside = [item for item in evidence if _stands_in(item, under)]
        outside = [item for item in evidence if not _stands_in(item, under)]
        named = self._named(text, under)
        labels = {outcome.id: outcome.prefLabel for outcome in text.assessed.scheme.outcomes}
        if self.of == _ASKED:
            yield from self._unplaced(outside, {item.outcome for item in inside} | named.keys(), labels)
        else:
            wanted = {outcome: (block.start, block.end, block.text) for outcome, block in named.items()}
            for item in inside:
                if item.confidence >= self.sure and not item.declined:
                    wanted.setdefault(item.outcome, (item.start, item.end, item.quote))
            doubtful = (item for item in text.assessed.possible if not item.heading)  # in doubt it is asked for
            perhaps = [item for item in doubtful if not _stands_in(item, under)]
            asked = {item.outcome for item in (*outside, *perhaps) if item.stance not in _NOT_ASKING}
            for outcome, (start, end, quote) in sorted(wanted.items(), key=lambda entry: entry[1]):
                if outcome not in asked:
                    yield Hit(start, end, (("outcome", labels[outcome]), ("found", shortened(quote)), ("count", "1")))

    def _unplaced(self, evidence: Sequence[Evidence], placed: set[str], labels: Mapping[str, str]) -> Iterator[Hit]:
        asking: dict[str, list[Evidence]] = {}
        for item in evidence:
            if item.stance is Stance.REQUIREMENT and item.level >= Level.STATED and item.confidence >= self.sure:
                asking.setdefault(item.outcome, []).append(item)
        missing = [
            outcome
            for outcome in labels
            if outcome not in placed and len({item.start for item in asking.get(outcome, ())}) >= _OFTEN
        ]
        if missing:
            first = min((item for outcome in missing for item in asking[outcome]), key=lambda item: item.start)
            names = ", ".join(labels[outcome] for outcome in missing)
            facts = ("outcome", names), ("found", shortened(first.quote)), ("count", str(len(missing)))
            yield Hit(first.start, first.end, facts)

    def _blocks(self, text: Text) -> list[Block]:
        """Return what stands under the headings, or in a table with such a column."""
        found, column = [], False
        for lines in text.lines:
            block = lines.block
            row = block.kind is Kind.TABLE_ROW
            column = row and (column or any(True for _ in self.under.find(lines)))
            if column or any(self._says(heading) for heading in block.section):
                found.append(block)
        return found

    def _says(self, heading: str) -> bool:
        return any(True for _ in self.under.find(Lines(Block(Kind.HEADING, heading, 0))))

    @staticmethod
    def _named(text: Text, blocks: Sequence[Block]) -> dict[str, Block]:
        """Return the outcomes that short cells, entries and headings name, each with the first block that does."""
        named: dict[str, Block] = {}
        for block in blocks:
            cells = block.text.split("\t") if block.kind is Kind.TABLE_ROW else [re.split(r"[:–—]", block.text)[0]]
            short = [cell for cell in cells if len(cell.split()) <= _SHORT]
            for outcome in text.assessed.scheme.outcomes:
                names = "|".join(re.escape(name) for name in (outcome.prefLabel, *outcome.altLabel))
                if any(re.search(rf"(?<!\w)(?:{names})(?!\w)", cell, re.IGNORECASE) for cell in short):
                    named.setdefault(outcome.id, block)
        return named


def _stands_in(item: Evidence, blocks: Iterable[Block]) -> bool:
    return any(block.start <= item.start < block.end for block in blocks)


def read(part: Mapping[str, Node], lists: Mapping[str, tuple[str, ...]]) -> Check:
    """Read the keys of this kind."""
    of = part["of"].text() if "of" in part else _ASKED
    if of not in {_ASKED, _WANTED}:
        hint = nearest(of, [_ASKED, _WANTED])
        part["of"].wrong(f"'{of}' is nothing to look for.{hint} Write '{_ASKED}' or '{_WANTED}'.")
    sure = float(part["sure"].number()) if "sure" in part else 0.0
    return Check(of, read_phrases(part.get("under"), lists) or PhraseSet(()), sure)
