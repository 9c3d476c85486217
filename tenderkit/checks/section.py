"""Kind `section`: what a document must speak of, under a heading of its own or at least in its text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.checks.phrases import PhraseSet, read_phrases
from tenderkit.checks.text import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tenderkit.checks.text import Text
    from tenderkit.resources import Node

REQUIRED = ("says",)
OPTIONAL = ()
ASSESSES = False
FACTS = ()


@dataclass(frozen=True, slots=True)
class Check:
    """Finds that none of its phrases stands in the document, heading or not."""

    says: PhraseSet

    def find(self, text: Text) -> Iterator[Hit]:
        """Yield one hit, of the whole document, where nothing is said."""
        if not any(True for lines in text.lines for _ in self.says.find(lines)):
            yield Hit()


def read(part: Mapping[str, Node], lists: Mapping[str, tuple[str, ...]]) -> Check:
    """Read the keys of this kind."""
    return Check(read_phrases(part.get("says"), lists) or PhraseSet(()))
