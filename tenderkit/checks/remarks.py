"""Kind `remarks`: comments that reviewers wrote beside the text and nobody took out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.checks.text import Hit, shortened
from tenderkit.document import NOTES_BY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tenderkit.checks.text import Text
    from tenderkit.resources import Node

REQUIRED = ()
OPTIONAL = ()
ASSESSES = False
FACTS = ("found", "author")

_OURS = "tenderkit:"  # what suppresses a finding is meant to stay until the document goes out


@dataclass(frozen=True, slots=True)
class Check:
    """
    Finds comments of named authors; those of web pages and Markdown have none, and no reader of them sees any.

    Notes of `tenderkit annotate` are left out: whoever checks a draft with them knows that they are there.
    """

    def find(self, text: Text) -> Iterator[Hit]:
        """Yield each comment, where the text stands that it concerns."""
        for remark in text.document.remarks:
            if remark.author not in ("", NOTES_BY) and not remark.text.casefold().startswith(_OURS):
                facts = ("found", shortened(remark.text)), ("author", remark.author)
                yield Hit(remark.start, remark.end, facts)


def read(_part: Mapping[str, Node], _lists: Mapping[str, tuple[str, ...]]) -> Check:
    """Read the keys of this kind, which has none."""
    return Check()
