"""Kind `customer`: promises made to somebody other than the buyer whom a bid is addressed to."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.checks.phrases import COMPANY_KEYS, Company, read_company
from tenderkit.checks.text import Hit
from tenderkit.document import Kind
from tenderkit.measures import MeasureKind, load_measures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tenderkit.checks.text import Text
    from tenderkit.measures import MeasureFinder
    from tenderkit.resources import Node

REQUIRED = ("times",)
OPTIONAL = COMPANY_KEYS
ASSESSES = False
FACTS = ("found", "buyer")

_SMALL = re.compile(
    r"^(?:the|for|to|of|and|at|with|in|by|from|london|royal|borough|city|county|university|dear)\s+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Check:
    """
    Finds names of other buyers where the rule's words stand beside them.

    Attributes:
        times: So often the buyer must be named, to be known; and twice as often as any other.
        company: The words beside a name.
        names: Finds names of councils and the like.
    """

    times: int
    company: Company
    names: MeasureFinder

    def find(self, text: Text) -> Iterator[Hit]:
        """Yield each place, in reading order; nothing where no buyer stands out."""
        found: list[tuple[int, int, str, bool]] = []
        for lines in text.lines:
            begin = lines.block.start
            for measure in self.names.find(lines.block.text):
                if measure.kind is MeasureKind.CUSTOMER:
                    told = lines.block.kind is Kind.RUNNING or self.company.allows(lines, measure.start, measure.end)
                    found.append((begin + measure.start, begin + measure.end, measure.text, told))
        counts = Counter(_first(name) for _, _, name, _ in found)
        (buyer, often), (_, next_often) = (*counts.most_common(2), ("", 0), ("", 0))[:2]
        if often < self.times or often < 2 * next_often:
            return
        known = next(name for _, _, name, _ in found if _first(name) == buyer)
        for start, end, name, told in found:
            if told and _first(name) != buyer:
                yield Hit(start, end, (("found", name), ("buyer", known)))


def _first(name: str) -> str:
    """Return the word by which a council is told from another: "the London Borough of Kelderby" is "kelderby"."""
    rest, before = name, ""
    while rest != before:
        before, rest = rest, _SMALL.sub("", rest)
    return rest.split()[0].casefold()


def read(part: Mapping[str, Node], lists: Mapping[str, tuple[str, ...]]) -> Check:
    """Read the keys of this kind."""
    times = int(part["times"].number()) if "times" in part else 1
    return Check(times, read_company(part, lists), load_measures())
