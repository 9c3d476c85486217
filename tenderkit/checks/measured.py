"""Kind `measured`: commitments with nothing in them by which anybody could check them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.checks.phrases import read_choices
from tenderkit.checks.text import Hit
from tenderkit.evidence import Stance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tenderkit.checks.text import Text
    from tenderkit.evidence import Evidence
    from tenderkit.resources import Node

REQUIRED = ("stances",)
OPTIONAL = ("share", "at-least")
ASSESSES = True
FACTS = ("found", "count", "total", "section")

_KNOWN = (Stance.COMMITMENT.value, Stance.PRACTICE.value, Stance.REQUIREMENT.value)


@dataclass(frozen=True, slots=True)
class Check:
    """
    Finds sections in which statements of these stances mostly have no measure.

    Attributes:
        stances: Which statements count.
        share: 0 to 1; so many of a section's statements must be without, to be told.
        at_least: And so many of them at least.
    """

    stances: frozenset[str]
    share: float
    at_least: int

    def find(self, text: Text) -> Iterator[Hit]:
        """Yield one hit a section, at the first statement without a measure."""
        sections: dict[tuple[str, ...], dict[int, list[Evidence]]] = {}
        for item in text.assessed.evidence:
            if item.stance.value in self.stances:
                sections.setdefault(item.section, {}).setdefault(item.start, []).append(item)
        for section, statements in sorted(sections.items(), key=lambda entry: min(entry[1])):
            bare = [start for start, items in statements.items() if not any(item.measured for item in items)]
            if len(bare) >= self.at_least and len(bare) >= self.share * len(statements):
                first = statements[min(bare)][0]
                facts = ("found", first.quote), ("count", str(len(bare))), ("total", str(len(statements)))
                yield Hit(first.start, first.end, (*facts, ("section", section[-1] if section else "the document")))


def read(part: Mapping[str, Node], _lists: Mapping[str, tuple[str, ...]]) -> Check:
    """Read the keys of this kind."""
    stances = read_choices(part.get("stances"), _KNOWN)
    share = float(part["share"].number()) if "share" in part else 0.0
    return Check(stances, share, int(part["at-least"].number()) if "at-least" in part else 1)
