"""What is told of single sentences and passages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenderkit.document import Block
    from tenderkit.evidence import Evidence, Judgement, Stance
    from tenderkit.matching import Rejection, SentenceMatches


@dataclass(frozen=True, slots=True)
class Explanation:
    """
    One sentence in which something was found.

    Attributes:
        evidence: What counted.
        rejections: Terms that were refused, and why.
        possible: What a person should check, and never counts.
        unsure: What is left out for want of confidence.
    """

    quote: str
    page: int | None
    section: tuple[str, ...]
    start: int
    end: int
    evidence: tuple[Evidence, ...]
    rejections: tuple[Rejection, ...]
    approximate: bool = False  # whether the page is a recorded guess
    label: str = ""  # the cell or the printed page number
    possible: tuple[Evidence, ...] = ()
    unsure: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Examined:
    """
    One sentence with all that was found in it, for those who write a vocabulary.

    Attributes:
        found: The terms that count, those that are refused and those that lie in longer ones.
        evidence: What counts.
        possible: What is to be checked.
        unsure: What is below both.
    """

    found: SentenceMatches
    evidence: tuple[Evidence, ...]
    possible: tuple[Evidence, ...]
    unsure: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Prediction:
    """What tenderkit says of one labelled passage: its outcomes (sorted ids), those to check, stance and measured."""

    outcomes: tuple[str, ...]
    possible: tuple[str, ...]
    stance: Stance
    measured: bool


@dataclass(frozen=True, slots=True)
class Said:
    """
    One sentence of a document, with what it does, whether or not it speaks of an outcome.

    Attributes:
        block: The block it stands in.
        start: Offset in `Document.text`.
        end: Offset just past its last character.
        judgement: Its stance, and the words that decided.
        themes: Outcome and theme ids of which it is evidence.
        measured: Whether it holds something that can be checked.
        copied: Why it says nothing of its own, where it was copied; else empty.
    """

    block: Block
    start: int
    end: int
    judgement: Judgement
    themes: tuple[tuple[str, str], ...] = ()
    measured: bool = False
    copied: str = ""
