"""What is lessened: "we cut the cost of calls" denies nothing, and only the object of the verb can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.cues import WHOLE_CLAUSE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenderkit.cues import Cue

_OBJECT = 4  # words of it
_BEHIND_A_NOUN = frozenset("""
    . , ; : ) of in on at by for with to from and or between across through within until before after when where while
    so that which as per than into over under among using via without
""".split())  # fmt: skip  # noqa: SIM905 - as a list it would fill the screen


def lessens_ill(places: tuple[int, ...], cue: Cue, words: Sequence[str]) -> bool:
    """
    Tell whether what a verb lessens is itself bad: "cut the cost of", but not "cut the cost reports of".

    Args:
        places: Of the words of a cue that says that less is done.
        cue: With the words for what is bad in its `unless`.
        words: Of the sentence, in lower case.

    >>> from tenderkit.cues import Cue
    >>> cue = Cue("cut", "adverse", unless=frozenset({"cost"}))
    >>> words = "we cut the cost of the cost reports".split()
    >>> lessens_ill((1,), cue, words), lessens_ill((4,), cue, words)
    (True, False)
    """
    first, behind = places[0], places[-1] + 1
    if cue.before >= WHOLE_CLAUSE:  # it speaks of its subject
        return first > 0 and words[first - 1] in cue.unless
    return any(
        words[k] in cue.unless and (k + 1 == len(words) or words[k + 1] in _BEHIND_A_NOUN)
        for k in range(behind, min(behind + _OBJECT, len(words)))
    )
