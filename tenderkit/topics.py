"""Why a passage speaks of a theme: the terms that stand in it, or the words that tell of what no term names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.evidence import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderkit.confidence import Confidence, Weighed
    from tenderkit.language import Sentence
    from tenderkit.matching import Match

_SHOWN = 3  # words of what was heard


def term_reasons(match: Match, sentence: Sentence) -> Iterator[Reason]:
    """Yield a term as it stands in a sentence, and the company that it asked for."""
    base = sentence.start
    yield Reason("term", sentence.text[match.start - base : match.end - base], "", match.start, match.end)
    for start, end in match.near:
        yield Reason("near", sentence.text[start - base : end - base], "", start, end)


def heard_reasons(confidence: Confidence) -> Iterator[Reason]:
    """
    Yield that the passage as a whole speaks of a theme, and the words that tell of it most.

    >>> from tenderkit.confidence import Confidence, Weighed
    >>> weighed = (Weighed("mast", 0.2, "word", 4, 8), Weighed("the passage as a whole", 1.5, "model"))
    >>> [(reason.text, reason.says) for reason in heard_reasons(Confidence(0.8, weighed))]
    [('the passage as a whole', 'no term +1.50'), ('mast', 'no term +0.20')]
    """
    for part in confidence.weighed:
        if part.kind == "model":
            yield _heard(part)
    words = sorted((part for part in confidence.weighed if part.kind == "word"), key=lambda part: -part.weight)
    for part in words[:_SHOWN]:
        if part.weight > 0:
            yield _heard(part)


def _heard(part: Weighed) -> Reason:
    return Reason("heard", part.text, f"no term {part.weight:+.2f}", part.start, part.end)
