"""Kind `tracked`: changes that were tracked and never settled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.checks.text import Hit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tenderkit.checks.text import Text
    from tenderkit.resources import Node

REQUIRED = ()
OPTIONAL = ()
ASSESSES = False
FACTS = ()


@dataclass(frozen=True, slots=True)
class Check:
    """Finds that the file still holds tracked changes."""

    def find(self, text: Text) -> Iterator[Hit]:
        """Yield one hit, of the whole document."""
        if text.document.tracked is not None:
            yield Hit()


def read(_part: Mapping[str, Node], _lists: Mapping[str, tuple[str, ...]]) -> Check:
    """Read the keys of this kind, which has none."""
    return Check()
