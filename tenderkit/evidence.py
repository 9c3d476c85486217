"""What a passage really says: matches, cues and measures become evidence, with the reasons for each judgement."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Level(IntEnum):
    """How much a document says about a theme."""

    ABSENT = 0
    MENTIONED = 1
    STATED = 2
    MEASURED = 3

    @property
    def points(self) -> int:
        """0 to 100. Naming a topic earns nothing; the last 40 are for saying how it can be checked."""
        return (0, 0, 60, 100)[self]


class Stance(StrEnum):
    """What a passage does with its subject."""

    COMMITMENT = "commitment"  # its author will do it
    PRACTICE = "practice"  # done, in place, delivered
    REQUIREMENT = "requirement"  # asked of another
    ASPIRATION = "aspiration"  # may, could, aims
    MENTION = "mention"  # a heading, a list entry, a question, background
    NEGATED = "negated"  # not done, excluded, out of scope


class Who(StrEnum):
    """Who holds the stance."""

    AUTHOR = "author"
    OTHER = "other party"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Reason:
    """
    One thing that decided a judgement.

    Attributes:
        kind: "term", "near", "cue", "measure", "heading", "lead-in", "role" or "rejected".
        text: The words in the document, or the rule's own words where no text stands behind it.
        says: What it decided, in a few plain words ("commitment", "number with a unit").
        start: Offset in `Document.text`, or None where no text stands behind it.
        end: Offset just past its last character, or None.
    """

    kind: str
    text: str
    says: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """
    One passage that speaks to a theme.

    Attributes:
        outcome: The outcome's id.
        theme: The theme's id.
        quote: `Document.text[start:end]`, one sentence.
        page: Counted from 1, or None.
        section: The headings above it.
        confidence: 0 to 1; 1 for a vocabulary without weights.
        because: The words that decided it: terms first, then cues, then measures.
    """

    outcome: str
    theme: str
    quote: str
    page: int | None
    section: tuple[str, ...]
    start: int
    end: int
    stance: Stance
    who: Who
    measured: bool
    level: Level
    confidence: float
    because: tuple[Reason, ...]

    @property
    def declined(self) -> bool:
        """True where the document says that it does not do this."""
        return self.stance is Stance.NEGATED
