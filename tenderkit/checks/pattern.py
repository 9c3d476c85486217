"""Kind `pattern`: signs that are no words, such as blanks and brackets, as regular expressions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.checks.phrases import COMPANY_KEYS, Company, found_hit, read_company, read_flag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tenderkit.checks.text import Hit, Text
    from tenderkit.resources import Node

REQUIRED = ("patterns",)
OPTIONAL = ("exact-case", *COMPANY_KEYS)
ASSESSES = False
FACTS = ("found",)


@dataclass(frozen=True, slots=True)
class Check:
    """Finds what any of the patterns matches, each character once."""

    patterns: tuple[re.Pattern[str], ...]
    company: Company

    def find(self, text: Text) -> Iterator[Hit]:
        """Yield each place, in reading order."""
        if self.company.silenced(text):
            return
        for lines in text.lines:
            spans = sorted(match.span() for pattern in self.patterns for match in pattern.finditer(lines.block.text))
            last = 0
            for start, end in spans:
                if start >= last and end > start and self.company.allows(lines, start, end):
                    last = end
                    yield found_hit(lines, start, end)


def read(part: Mapping[str, Node], lists: Mapping[str, tuple[str, ...]]) -> Check:
    """Read the keys of this kind; a pattern that is none is a mistake."""
    flags = re.NOFLAG if read_flag(part.get("exact-case")) else re.IGNORECASE
    patterns = []
    for item in part["patterns"].items() if "patterns" in part else ():
        try:
            patterns.append(re.compile(item.text(), flags))
        except (re.error, OverflowError, RecursionError) as error:
            item.wrong(f"Not a regular expression ({error}). Put it right; a sign that is meant as itself takes a \\.")
    return Check(tuple(patterns), read_company(part, lists))
