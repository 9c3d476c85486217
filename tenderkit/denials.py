"""
Denials and what undoes them: "we do not test", "never without a test", "we will not reduce testing".

A denial is a cue that says that a thing is not done, or that less is done of it. One within the reach of another may
cancel it; whole sentences deny only where their first verb is denied or their subject is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenderkit.covering import Bits, CueBits
    from tenderkit.cue_finding import FoundCue

_VERB_WORDS = 2  # between what says that something is done and its denial ("we do not", "we are quite unable")
_OBJECT_WORDS = 2  # between a verb that says that less is done and the bad thing that it lessens ("end all cuts to")
_STATED = frozenset({"commitment", "practice", "requirement"})


def denial(cues: CueBits, covering: Bits, known: Bits) -> FoundCue | None:
    """
    Return the denial that holds for some words of a sentence, or None.

    Args:
        cues: All cues of the sentence.
        covering: Those whose reach takes in the words.
        known: Those that count.
    """
    held = covering & cues.of(_denies)
    added: Bits = 0  # denials that one of these undoes, or one of the added
    rest, waiting = known & cues.of(_denies) & ~held, held & cues.of(_undoes)
    while rest and waiting:
        bit = waiting & -waiting
        undone = rest & _undone_by(cues, bit)
        if bit & added:
            undone &= bit - 1  # an answer in another cell of a table row stands behind the sentence's own cues
        added, rest = added | undone, rest & ~undone
        waiting = (waiting ^ bit) | (undone & cues.of(_undoes))
    found = [*cues.listed(held), *reversed(cues.listed(added))]
    return _standing(sorted(found, key=lambda cue: cue.first))


def _undone_by(cues: CueBits, bit: Bits) -> Bits:
    """Return the cues before a denial within whose reach, or for an inner one clause, it stands."""
    (later,) = cues.listed(bit)
    reaching = cues.covering(later.first, later.last)
    if later.cue.inner:
        reaching |= cues.ending_behind(later.first)
    return reaching & cues.beginning_in(0, later.first)


def denial_of_sentence(cues: Sequence[FoundCue], speaking: Sequence[FoundCue], begin: int) -> FoundCue | None:
    """
    Return the denial that a sentence as a whole is, or None.

    What it denies in passing ("without delay", "except payments") is not what it says, and a promise behind a denial
    is what it is for ("we do not sell hardware and will lend tablets").

    Args:
        cues: All cues of the sentence.
        speaking: Those that say that something is done, promised, asked …
        begin: The sentence's first token.
    """
    plain = [cue for cue in speaking if not cue.cue.weak] or speaking
    first = min((cue.first for cue in plain), default=begin)
    last = min((cue.last for cue in plain), default=begin)
    held = bool(plain) and plain[0].cue.who != "nobody"
    for cue in cues:
        if not cue.cue.denies or cue.aside or cue.supposed or cue.cue.at:
            continue
        behind = first <= cue.first <= last + _VERB_WORDS
        before = cue.first < first and not _undoes(cue) and cue.covers(first, last)
        if cue.cue.before or (held and (behind or before)):
            if any(_goes_on(other, cue) for other in speaking):
                return None
            later = (other for other in cues if other.cue.denies and other.first > cue.first)
            return _standing([cue, *(other for other in later if _reaches(cue, other) or _adjoins(cue, other))])
    return None


def _standing(denials: Sequence[FoundCue]) -> FoundCue | None:
    """Return the denial that is left where each undoes the one whose reach it stands in; two side by side do not."""
    standing: FoundCue | None = None
    reached = ended = 0
    for cue in denials:
        said = None if cue.supposed else cue
        within = cue.first < (ended if cue.cue.inner else reached) and not (standing and _goes_into(standing, cue))
        standing = (None if standing else said) if within and _undoes(cue) else standing or said
        reached, ended = max(reached, cue.right), max(ended, cue.ends)
    return standing


def _denies(cue: FoundCue) -> bool:
    return cue.cue.denies


def _undoes(cue: FoundCue) -> bool:
    """Tell whether a denial cancels one before it: "without", "reduce", "that has not"."""
    if cue.supposed and cue.cue.before:  # it speaks of its own subject: "not offered when the office is closed"
        return False
    return cue.cue.inner or cue.cue.effect == "adverse" or (cue.aside and not cue.cue.before)


def _goes_into(cue: FoundCue, later: FoundCue) -> bool:
    """Tell whether a later word only says how less is done: "cut it, down from ten days", unlike "stop cuts"."""
    if cue.cue.effect != "adverse" or later.cue.effect != "adverse":
        return False
    return bool(later.cue.before) or later.first - cue.last > _OBJECT_WORDS


def _reaches(cue: FoundCue, later: FoundCue) -> bool:
    reached = cue.covers(later.first, later.last) or (later.cue.inner and later.first < cue.ends)
    return cue.first < later.first and _undoes(later) and reached


def _adjoins(cue: FoundCue, later: FoundCue) -> bool:
    return later.first <= cue.last + _VERB_WORDS


def _goes_on(cue: FoundCue, denied: FoundCue) -> bool:
    """Tell whether a sentence says, behind a denial, that something is done after all."""
    says = cue.cue.effect == "commitment" or (cue.cue.effect in _STATED and not cue.cue.weak)
    return says and cue.first >= denied.right
