"""Kind `unanswered`: questions of a response form with nothing beneath them."""

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
OPTIONAL = ("questions",)
ASSESSES = False
FACTS = ("found",)


@dataclass(frozen=True, slots=True)
class Check:
    """
    Finds questions without an answer.

    Attributes:
        questions: So many questions make a form; in a text with fewer they may be a way of speaking.
    """

    questions: int

    def find(self, text: Text) -> Iterator[Hit]:
        """Yield one hit a question; of questions that stand one beneath the other, only where none has an answer."""
        asked = sorted(find_answers(text.document), key=lambda answered: answered.start)
        if len(asked) < self.questions or not any(answered.words for answered in asked):
            return
        marked = {block.start for block in text.document.blocks if block.echo}
        for answered in asked:
            if not answered.words and not answered.numbered and answered.start not in marked:
                yield Hit(answered.start, answered.end, (("found", shortened(answered.question)),))


def read(part: Mapping[str, Node], _lists: Mapping[str, tuple[str, ...]]) -> Check:
    """Read the keys of this kind."""
    return Check(int(part["questions"].number()) if "questions" in part else 1)
