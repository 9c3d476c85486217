"""Kind `phrase`: words that should not stand there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.checks.phrases import (
    COMPANY_KEYS,
    Company,
    PhraseSet,
    found_hit,
    read_company,
    read_flag,
    read_phrases,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tenderkit.checks.text import Hit, Text
    from tenderkit.resources import Node

REQUIRED = ("phrases",)
OPTIONAL = ("exact-case", *COMPANY_KEYS)
ASSESSES = False
FACTS = ("found",)


@dataclass(frozen=True, slots=True)
class Check:
    """Finds phrases that keep the company a rule asks for."""

    phrases: PhraseSet
    company: Company

    def find(self, text: Text) -> Iterator[Hit]:
        """Yield each place, in reading order."""
        if self.company.silenced(text):
            return
        for lines in text.lines:
            for start, end in self.phrases.find(lines):
                if self.company.allows(lines, start, end):
                    yield found_hit(lines, start, end)


def read(part: Mapping[str, Node], lists: Mapping[str, tuple[str, ...]]) -> Check:
    """Read the keys of this kind."""
    exact = read_flag(part.get("exact-case"))
    return Check(read_phrases(part.get("phrases"), lists, exact=exact) or PhraseSet(()), read_company(part, lists))
