"""Kind `length`: answers over the word limit that stands beside their question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.checks.forms import find_answers
from tenderkit.checks.text import Hit, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tenderkit.checks.text import Text
    from tenderkit.resources import Node

REQUIRED = ()
OPTIONAL = ("tolerance",)
ASSESSES = False
FACTS = ("found", "limit", "words")


@dataclass(frozen=True, slots=True)
class Check:
    """
    Finds answers that are too long.

    Attributes:
        tolerance: Per cent by which an answer may go beyond its limit.
    """

    tolerance: float

    def find(self, text: Text) -> Iterator[Hit]:
        """Yield one hit an answer, at its question."""
        for answered in find_answers(text.document):
            limit = answered.limit
            if limit and answered.words > limit * (1 + self.tolerance / 100):
                facts = ("limit", f"{limit:,}"), ("words", f"{answered.words:,}")
                yield Hit(answered.start, answered.end, (("found", shortened(answered.question)), *facts))


def read(part: Mapping[str, Node], _lists: Mapping[str, tuple[str, ...]]) -> Check:
    """Read the keys of this kind."""
    return Check(float(part["tolerance"].number()) if "tolerance" in part else 0.0)
