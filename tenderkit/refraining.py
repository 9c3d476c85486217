"""Items beneath "we will not:": one that refrains from harm is a promise ("leave anyone waiting"), another a denial."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.evidence import Force, Judgement, Reason, Stance, Who

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenderkit.cue_finding import FoundCue
    from tenderkit.language import Sentence

_OPENING_WORDS = 2  # of an item, in which the verb stands that may do harm
_UNTIL = frozenset({"until", "till", "unless", "without"})
_RELATIVES = frozenset({"that", "which", "who"})
_VERBS = frozenset({"can", "has", "have", "is", "are", "was", "were", "do", "does"})


def goes_on(lead_in: Judgement) -> bool:
    """Tell whether a lead-in leaves its verb to the items beneath it: "we will not:"."""
    if lead_in.stance is not Stance.NEGATED or not lead_in.because or lead_in.because[0].kind != "lead-in":
        return False
    return lead_in.because[0].text.lower().endswith(("not", "n't", "never"))


def refrained(lead_in: Judgement, cues: Sequence[FoundCue], sentence: Sentence) -> Judgement:
    """
    Return what an item says beneath "we will not:": what refrains from harm is promised, the rest denied.

    Args:
        lead_in: What introduces the item.
        cues: All cues of the item.
        sentence: The item.
    """
    undone = _undoing(cues, sentence)
    if undone is None:
        return lead_in
    start, end = undone
    text = sentence.text[start - sentence.start : end - sentence.start]
    reason = Reason("cue", text, "refrains from it", start, end)
    return Judgement(
        Stance.COMMITMENT, Who.AUTHOR, (*lead_in.because, reason), Force(min(lead_in.force + 1, Force.TELLING))
    )


def _undoing(cues: Sequence[FoundCue], sentence: Sentence) -> tuple[int, int] | None:
    """Return the characters, half-open, that make an item beneath "we will not:" a promise, or None."""
    for cue in cues:
        words = sentence.words(sentence.first, cue.first)
        within = "," not in words and (cue.cue.inner or not _RELATIVES.isdisjoint(words[-_OPENING_WORDS:]))
        if cue.cue.denies and (within or cue.first <= sentence.first + _OPENING_WORDS):
            return cue.start, cue.end
    for i in range(sentence.first + 1, sentence.last - 1):
        word = sentence.tokens.texts[i].lower()
        if word in _UNTIL or (word == "before" and not _VERBS.isdisjoint(sentence.words(i, sentence.last))):
            return sentence.span(i, i + 1)
    return None
