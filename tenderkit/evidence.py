"""What a passage really says: matches, cues and measures become evidence, with the reasons for each judgement."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING

from tenderkit.document import Kind
from tenderkit.keyword_lists import keyword_list
from tenderkit.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tenderkit.cues import CueFinder, FoundCue
    from tenderkit.language import Sentence
    from tenderkit.matching import Match, SentenceMatches
    from tenderkit.measures import Measure, MeasureFinder


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


@dataclass(frozen=True, slots=True)
class Judgement:
    """A stance, who holds it, and the words that decided; `decided` is False where nothing spoke and a default holds."""

    stance: Stance
    who: Who
    because: tuple[Reason, ...] = ()
    decided: bool = True


_STANCES = frozenset({"commitment", "practice", "requirement", "aspiration", "mention"})
_WHO = {"author": Who.AUTHOR, "other": Who.OTHER, "nobody": Who.NOBODY}

_LEVELS = {
    Role.BID: {Stance.COMMITMENT: Level.STATED, Stance.PRACTICE: Level.STATED},
    None: {Stance.COMMITMENT: Level.STATED, Stance.PRACTICE: Level.STATED, Stance.REQUIREMENT: Level.STATED},
}


class Judge:
    """Decides what sentences say, by the cues and measures of a vocabulary."""

    def __init__(self, cues: CueFinder, measures: MeasureFinder) -> None:
        self._cues = cues
        self._measures = measures

    def judge(
        self, found: SentenceMatches, *, role: Role, lead_in: Judgement | None = None, confidence: float = 1.0
    ) -> tuple[Evidence, ...]:
        """
        Return the evidence of one sentence, one entry a theme.

        Args:
            found: The sentence and the terms in it.
            role: The document's role; it decides which stances count (see DESIGN's table of levels).
            lead_in: The stance of the words that introduce a list, for its items.
            confidence: 0 to 1, of the matches.
        """
        sentence = found.sentence
        if not found.matches:
            return ()
        cues = self._cues.find(sentence)
        measures = self._reasons(sentence)
        listed = keyword_list(found, cues)
        by_theme: dict[tuple[str, str], list[Match]] = {}
        for match in found.matches:
            by_theme.setdefault((match.outcome.id, match.theme.id), []).append(match)
        evidence = []
        for (outcome, theme), matches in by_theme.items():
            judged = [self._decide(sentence, cues, match.first, match.last, lead_in) for match in matches]
            best = max(judged, key=lambda judgement: _level(judgement, role, measured=False))
            if listed and best.stance is not Stance.NEGATED:
                best = Judgement(Stance.MENTION, Who.NOBODY, (Reason("keywords", listed, "only named"),))
            measured = bool(measures) and best.stance is not Stance.NEGATED
            terms = [reason for match in matches for reason in _term_reasons(match, sentence)]
            evidence.append(
                Evidence(
                    outcome=outcome,
                    theme=theme,
                    quote=sentence.text,
                    page=sentence.block.anchor.page,
                    section=sentence.block.section,
                    start=sentence.start,
                    end=sentence.end,
                    stance=best.stance,
                    who=best.who,
                    measured=measured,
                    level=_level(best, role, measured=measured),
                    confidence=confidence,
                    because=(*dict.fromkeys(terms), *best.because, *(measures if measured else ())),
                )
            )
        return tuple(evidence)

    def stance(self, sentence: Sentence, lead_in: Judgement | None = None) -> Judgement:
        """Return what a sentence does as a whole, whatever its subject."""
        return self._decide(sentence, self._cues.find(sentence), sentence.first, sentence.last, lead_in, whole=True)

    def _reasons(self, sentence: Sentence) -> tuple[Reason, ...]:
        return tuple(_measure_reason(measure, sentence) for measure in self._measures.find(sentence.text))

    def _decide(
        self,
        sentence: Sentence,
        cues: Sequence[FoundCue],
        first: int,
        last: int,
        lead_in: Judgement | None,
        *,
        whole: bool = False,
    ) -> Judgement:
        if sentence.block.kind in {Kind.HEADING, Kind.CAPTION}:
            return Judgement(Stance.MENTION, Who.NOBODY, (Reason("heading", sentence.text, "only a heading"),))
        covering = [cue for cue in cues if cue.covers(first, last) and (whole or not first <= cue.first < last)]
        question = [cue for cue in covering if cue.cue.at in {"question", "end"}]
        if question:
            return Judgement(Stance.MENTION, Who.NOBODY, (_cue_reason(question[0], sentence, "a question"),))
        refusal = None if whole else self._refusal(covering, sentence)
        if refusal:
            return refusal
        strong = [cue for cue in covering if cue.cue.effect in _STANCES and not cue.cue.weak]
        if strong:
            return _judgement(self._governing(strong, sentence, first), sentence)
        if lead_in is not None and lead_in.decided:
            return Judgement(lead_in.stance, lead_in.who, lead_in.because)
        weak = [cue for cue in covering if cue.cue.effect in _STANCES]
        if weak:
            return _judgement(self._governing(weak, sentence, first), sentence)
        return Judgement(Stance.MENTION, Who.NOBODY, decided=False)

    def _refusal(self, covering: Sequence[FoundCue], sentence: Sentence) -> Judgement | None:
        """Return the judgement of a negation (two cancel each other) or of an effect in the wrong direction."""
        negations = [cue for cue in covering if cue.cue.effect == "negated"]
        if len(negations) % 2:
            reason = _cue_reason(negations[0], sentence, "not done, or left out")
            return Judgement(Stance.NEGATED, Who.AUTHOR, (reason,))
        adverse = [cue for cue in covering if cue.cue.effect == "adverse"]
        if adverse and not negations:
            reason = _cue_reason(adverse[0], sentence, "works against it")
            return Judgement(Stance.NEGATED, Who.AUTHOR, (reason,))
        return None

    def _governing(self, cues: Sequence[FoundCue], sentence: Sentence, token: int) -> FoundCue:
        """Return the first cue in the clause of *token*, or else the first of the sentence."""
        left, right = self._cues.clause(sentence, token)
        return min(cues, key=lambda cue: (not left <= cue.first < right, cue.first))


def _judgement(cue: FoundCue, sentence: Sentence) -> Judgement:
    stance = Stance(cue.cue.effect)
    return Judgement(stance, _WHO[cue.cue.who], (_cue_reason(cue, sentence, stance.value),))


def _level(judgement: Judgement, role: Role, *, measured: bool) -> Level:
    if judgement.stance is Stance.NEGATED:
        return Level.ABSENT
    level = _LEVELS.get(role, _LEVELS[None]).get(judgement.stance, Level.MENTIONED)
    if role is Role.BID and judgement.who is Who.OTHER:
        level = Level.MENTIONED
    return Level.MEASURED if level is Level.STATED and measured else level


def _term_reasons(match: Match, sentence: Sentence) -> Iterable[Reason]:
    base = sentence.start
    yield Reason("term", sentence.text[match.start - base : match.end - base], "", match.start, match.end)
    for start, end in match.near:
        yield Reason("near", sentence.text[start - base : end - base], "", start, end)


def _cue_reason(found: FoundCue, sentence: Sentence, says: str) -> Reason:
    text = sentence.text[found.start - sentence.start : found.end - sentence.start]
    return Reason("cue", text, says, found.start, found.end)


def _measure_reason(measure: Measure, sentence: Sentence) -> Reason:
    base = sentence.start
    return Reason("measure", measure.text, measure.kind.value, base + measure.start, base + measure.end)


def main_stance(stances: Sequence[Stance]) -> Stance:
    """
    Return the stance of a passage from those of its sentences: the most frequent that says something is done.

    >>> main_stance([Stance.MENTION, Stance.COMMITMENT]).value
    'commitment'
    """
    telling = [stance for stance in stances if stance is not Stance.MENTION] or list(stances)
    return max(telling, key=lambda stance: (telling.count(stance), -telling.index(stance)), default=Stance.MENTION)
