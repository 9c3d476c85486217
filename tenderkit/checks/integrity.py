"""Kind `integrity`: what was written for a counting machine rather than for a reader, and what nobody can see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.checks.phrases import read_choices
from tenderkit.checks.text import Hit, shortened
from tenderkit.integrity import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tenderkit.checks.text import Text
    from tenderkit.resources import Node

REQUIRED = ("of",)
OPTIONAL = ()
ASSESSES = True
FACTS = ("found", "reason")

_HIDDEN = "hidden text"
_KNOWN = (_HIDDEN, *(kind.value for kind in KINDS))


@dataclass(frozen=True, slots=True)
class Check:
    """Finds what the integrity section of a report lists, of the sorts that a rule names."""

    of: frozenset[str]

    def find(self, text: Text) -> Iterator[Hit]:
        """Yield hidden text first, which has no place in the text, then passages in reading order."""
        for hidden in text.document.hidden if _HIDDEN in self.of else ():
            yield Hit(None, None, (("found", shortened(hidden.quote)), ("reason", hidden.how)), hidden.page)
        for note in text.assessed.report.integrity:
            if note.kind.value in self.of:
                yield Hit(note.start, note.end, (("found", shortened(note.quote)), ("reason", note.why)))


def read(part: Mapping[str, Node], _lists: Mapping[str, tuple[str, ...]]) -> Check:
    """Read the keys of this kind; a sort that no report has is a mistake."""
    return Check(read_choices(part.get("of"), _KNOWN))
