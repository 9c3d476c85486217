"""What a document says of a theme, and the words that decided it: the values that the judging stage hands on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from tenderkit.confidence import Weighed
    from tenderkit.cue_finding import FoundCue
    from tenderkit.language import Sentence


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


DONE = frozenset({Stance.COMMITMENT, Stance.PRACTICE})  # what its holder does or will do
STATED = DONE | {Stance.REQUIREMENT}
SHARED = (Stance.COMMITMENT, Stance.PRACTICE, Stance.REQUIREMENT, Stance.ASPIRATION, Stance.MENTION)  # all but denials


class Force(IntEnum):
    """How forcefully words tell a stance."""

    NONE = 0  # nothing spoke, and a default holds
    WEAK = 1
    PLAIN = 2
    TELLING = 3


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
        kind: "term", "near", "heard", "question", "cue", "sign", "measure", "heading", "lead-in", "role", "keywords",
            "copied" or "repeated".
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

    @classmethod
    def of_cue(cls, found: FoundCue, sentence: Sentence, says: str) -> Reason:
        """Return a cue as a reason; it may stand in another cell of the sentence's table row."""
        block = sentence.block
        text = block.text[found.start - block.start : found.end - block.start]
        return cls("cue", text, says, found.start, found.end)


@dataclass(frozen=True, slots=True)
class Evidence:
    """
    One passage that speaks to a theme.

    Attributes:
        outcome: The outcome's id.
        theme: The theme's id.
        quote: `Document.text[start:end]`: one sentence, or two of a short answer.
        page: Counted from 1, or None.
        section: The headings above it.
        confidence: 0 to 1; 1 for a vocabulary without weights.
        because: The words that decided it: a question that it answers, then terms, then cues, then measures.
        approximate: Whether the page is a recorded guess.
        label: The cell ("Prices!B4") or the printed page number ("iv"), where there is one.
        weighed: The named numbers whose sum made the confidence; none for a vocabulary without weights.
        stance_confidence: How sure the stance is, 0 to 1: that something is stated, that it is denied, or that neither
            is; 1 where rules alone decide.
        heading: Whether it is a heading: it names what the text below may say, and is only ever to be checked.
        backing: How sure the next surest passages of the document make it, 0 to 1, that the theme is stated; 0 for
            what states nothing.
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
    approximate: bool = False
    label: str = ""
    weighed: tuple[Weighed, ...] = ()
    stance_confidence: float = 1.0
    heading: bool = False
    backing: float = 0.0

    @property
    def certainty(self) -> float:
        """
        How sure both are, 0 to 1: that it speaks of the theme, and that it states or denies something, or neither.

        In hundredths, as the weights are: the next decimals differ with the program that saved the document.
        """
        return round(self.confidence * self.stance_confidence, 2)

    @property
    def together(self) -> float:
        """How sure it and what backs it make it, 0 to 1, that the document states the theme: one less both doubts."""
        return round(1 - (1 - self.certainty) * (1 - self.backing), 2)

    @property
    def declined(self) -> bool:
        """True where the document says that it does not do this."""
        return self.stance is Stance.NEGATED


@dataclass(frozen=True, slots=True)
class Judgement:
    """
    What a sentence does, and the words that decided.

    Attributes:
        force: How forcefully the words told it.
        stance_confidence: How sure the stance is, 0 to 1: that something is stated, that it is denied, or that neither
            is; 1 where rules alone decide.
        shares: How likely each stance is, in the order of `SHARED`; none where rules alone decide.
    """

    stance: Stance
    who: Who
    because: tuple[Reason, ...] = ()
    force: Force = Force.PLAIN
    stance_confidence: float = 1.0
    shares: tuple[float, ...] = ()

    @property
    def decided(self) -> bool:
        """False where nothing spoke and a default holds."""
        return self.force > Force.NONE


def main_stance(judged: Sequence[Judgement]) -> Stance:
    """
    Return the stance of a passage from those of its sentences: of the most telling ones, the most frequent.

    A mention counts only where nothing else is said, and so does a denial. Where the stances have shares, these are
    added up instead, unless a telling sentence has spoken.

    >>> main_stance([Judgement(Stance.MENTION, Who.NOBODY), Judgement(Stance.COMMITMENT, Who.AUTHOR)]).value
    'commitment'
    """
    speaking = [one for one in judged if one.decided and one.stance is not Stance.MENTION]
    affirmed = [one for one in speaking if one.stance is not Stance.NEGATED]
    speaking = affirmed or speaking or list(judged)
    if not any(one.force > Force.PLAIN and one in affirmed for one in speaking) and any(one.shares for one in judged):
        return _by_shares(judged)
    strongest = max((one.force for one in speaking), default=Force.NONE)
    telling = [one.stance for one in speaking if one.force == strongest]
    return max(telling, key=lambda stance: (telling.count(stance), -telling.index(stance)), default=Stance.MENTION)


def _by_shares(judged: Sequence[Judgement]) -> Stance:
    totals = dict.fromkeys(Stance, 0.0)
    saying = [one for one in judged if one.stance is not Stance.MENTION or one.force < Force.PLAIN] or judged
    if any(one.decided and one.stance not in {Stance.MENTION, Stance.NEGATED} for one in saying):
        saying = [one for one in saying if one.stance is not Stance.NEGATED]
    for one in saying:
        for stance, share in zip(SHARED, one.shares, strict=False):
            totals[stance] += share
        if not one.shares:
            totals[one.stance] += 1
    return likeliest(totals)


def likeliest(shares: Mapping[Stance, float], counted: Container[Stance] = STATED) -> Stance:
    """
    Return the likeliest stance: first whether anything is stated, by more than half, then what.

    >>> shares = {Stance.COMMITMENT: 0.3, Stance.PRACTICE: 0.25, Stance.MENTION: 0.45}
    >>> likeliest(shares).value
    'commitment'
    """
    stated = sum(share for stance, share in shares.items() if stance in counted)
    says = stated * 2 > sum(shares.values())
    return max((stance for stance in shares if (stance in counted) is says), key=lambda stance: shares[stance])
