"""Kind `defined`: acronyms that a document uses and nowhere spells out."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.checks.text import Hit
from tenderkit.document import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tenderkit.checks.text import Lines, Text
    from tenderkit.resources import Node

REQUIRED = ("known",)
OPTIONAL = ("times",)
ASSESSES = False
FACTS = ("found", "times")

# Of two letters most are names; before a number it is a standard or a law, and within an address neither.
_ACRONYM = re.compile(r"(?<![\w./#&$@:-])[A-Z]{3,6}s?(?![\w/#&@-]|\.\w|\s\d)")
_ROMAN = re.compile(r"[IVXLC]+")
_SMALL = frozenset(["and", "of", "for", "the", "in", "to", "on", "a", "an", "with", "by"])
_LOUD = 0.4  # share of words in capitals from which a block shouts, and tells no acronym from a word


@dataclass(frozen=True, slots=True)
class Check:
    """
    Finds each acronym once, where it first stands.

    Attributes:
        known: Acronyms that need no explanation.
        times: How often it must stand there to matter.
    """

    known: frozenset[str]
    times: int

    def find(self, text: Text) -> Iterator[Hit]:
        """Yield each undefined acronym at its first use, in reading order."""
        uses: Counter[str] = Counter()
        first: dict[str, tuple[int, int]] = {}
        for lines in text.lines:
            for match in _ACRONYM.finditer(lines.block.text) if not _shouts(lines) else ():
                acronym = match[0].removesuffix("s")
                if acronym in self.known or _ROMAN.fullmatch(acronym) or _among_capitals(lines.block.text, match):
                    continue
                uses[acronym] += 1
                first.setdefault(acronym, (lines.block.start + match.start(), lines.block.start + match.end()))
        words = {word for lines in text.lines for word in lines.written if not word.isupper()}
        capitals = "\n".join(_initials(lines) for lines in text.lines) if first else ""
        for acronym, (start, end) in first.items():
            if uses[acronym] < self.times or acronym.lower() in words or acronym.capitalize() in words:
                continue  # seldom used, or a word in capitals, or a name
            if acronym not in capitals and not _is_told(acronym, text):
                yield Hit(start, end, (("found", acronym), ("times", str(uses[acronym]))))


def _shouts(lines: Lines) -> bool:
    words = [word for word in lines.written if word.isalpha() and len(word) > 1]
    loud = sum(word.isupper() for word in words)
    return lines.block.kind is Kind.RUNNING or (loud > 1 and loud > _LOUD * len(words))


def _among_capitals(text: str, match: re.Match[str]) -> bool:
    """Tell whether the word beside it is in capitals too: part of a title or a warning."""
    before, after = text[: match.start()].split(), text[match.end() :].split()
    return any(len(word) > 1 and word.isalpha() and word.isupper() for word in (*before[-1:], *after[:1]))


def _initials(lines: Lines) -> str:
    """Return the first letters of a block's words, with and without the small ones, which count as capitals."""
    words = [word for word in lines.written if word != "s"]  # of "the officer's"
    without = "".join(word[0] for word in words if word.lower() not in _SMALL)
    whole = "".join(word[0].upper() if word.lower() in _SMALL else word[0] for word in words)
    return f"{without}\n{whole}"


def _is_told(acronym: str, text: Text) -> bool:
    """Tell whether its long form stands beside it, in brackets, in a glossary or in words without capitals."""
    told = re.compile(
        rf"\b{acronym}s?\b[\"”’']?\s*(?:\(\s*[A-Za-z]\w+[\s-]\w|(?:means|stands\sfor|is\sshort\sfor|refers\sto)\b|[:=–—]\s*[A-Z]\w+\s\w)"
        rf"|\w\w[\"”’']?\s\(\s*(?:or\s|the\s|an?\s)?[\"“‘']?{acronym}s?[\"”’']?\s*[),;]"
    )
    for lines in text.lines:
        block = lines.block
        if acronym not in block.text:
            continue
        if told.search(block.text) or acronym in _initials(lines).upper():
            return True
        cells = [cell.strip() for cell in block.text.split("\t")]
        if len(cells) > 1 and cells[0] == acronym and len(cells[1].split()) > 1:
            return True
    return False


def read(part: Mapping[str, Node], _lists: Mapping[str, tuple[str, ...]]) -> Check:
    """Read the keys of this kind."""
    known = frozenset(part["known"].texts()) if "known" in part else frozenset()
    return Check(known, int(part["times"].number()) if "times" in part else 1)
