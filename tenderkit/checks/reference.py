"""Kind `reference`: "see section 4.7" in a document whose numbered headings have no 4.7."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.checks.phrases import found_hit
from tenderkit.document import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tenderkit.checks.text import Hit, Text
    from tenderkit.resources import Node

REQUIRED = ("words",)
OPTIONAL = ()
ASSESSES = False
FACTS = ("found",)

_NUMBER = re.compile(r"^(?:section|sec\.?|part|clause|paragraph)?\s*(\d{1,2}(?:\.\d{1,3})*)(?=[.:)\s])", re.IGNORECASE)
_FEWEST = 4  # numbered headings, for the document to count as numbered
_OF_ANOTHER = re.compile(r"\b(?:appendix|annex|schedule|attachment|part|volume)\s\w+\s?[-–—,:]?\s$", re.IGNORECASE)
_ELSEWHERE = re.compile(  # "section 8 of the Act" is another document's, and so is "clause 4 (Terms) of Schedule 2"
    r"^[\d.,\sand()a-z]{0,20}?(?:\([^)]*\)\s)?(?:of|in|to|under)\s(?!this\b)|^\s*(?:\(|FAR|U\.?S\.?C|CFR)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Check:
    """Compares references with the numbers at the beginning of headings and paragraphs."""

    pattern: re.Pattern[str]

    def find(self, text: Text) -> Iterator[Hit]:
        """Yield each reference whose number the document does not have, but should by its other numbers."""
        headed = [found[1] for block in text.headings if (found := _NUMBER.match(f"{block.text} "))]
        if len(headed) < _FEWEST:
            return
        numbers = {number for lines in text.lines if (found := _NUMBER.match(f"{lines.block.text} "))
                   for number in [found[1].rstrip(".")]}  # fmt: skip
        tops = {int(number.split(".")[0]) for number in headed}
        if tops != set(range(min(tops), max(tops) + 1)) or min(tops) > 1:
            return  # the numbers of headings come from several documents, or some were not read
        for lines in text.lines:
            if lines.block.kind is Kind.RUNNING:
                continue
            for match in self.pattern.finditer(lines.block.text):
                number = match["number"]
                before, after = lines.block.text[: match.start()], lines.block.text[match.end() :]
                if number in numbers or _OF_ANOTHER.search(before) or _ELSEWHERE.match(after):
                    continue
                if self._expected(number, numbers, tops):
                    yield found_hit(lines, match.start(), match.end())

    @staticmethod
    def _expected(number: str, numbers: set[str], tops: set[int]) -> bool:
        """Tell whether a number would belong to this document: a sister of one it has, or just past its last."""
        above, _, _ = number.rpartition(".")
        if above:
            return any(other.startswith(f"{above}.") for other in numbers)
        return max(tops) < int(number) <= max(tops) + 10


def read(part: Mapping[str, Node], _lists: Mapping[str, tuple[str, ...]]) -> Check:
    """Read the keys of this kind."""
    words = "|".join(re.escape(word) for word in part["words"].texts()) if "words" in part else ""
    return Check(
        re.compile(rf"\b(?:{words})\s(?P<number>\d{{1,2}}(?:\.\d{{1,3}}){{0,3}})(?![\w%]|\.\d|,\d{{3}})", re.IGNORECASE)
    )
