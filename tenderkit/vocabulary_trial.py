"""Tries a sentence on a vocabulary: which of its terms come near to standing there, and what they lack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.phrases import Gap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tenderkit.assess import Assessor
    from tenderkit.matching import Matcher
    from tenderkit.occurrences import Sequenced
    from tenderkit.results import Examined
    from tenderkit.vocabulary import Outcome, Term, Theme

_MOST = 5  # terms that are told
_SHARE = 0.5  # of a term's words; so many must stand there
_SHORT = 3  # letters; a word of fewer makes nothing near


@dataclass(frozen=True, slots=True)
class NearTerm:
    """
    A term of which most words stand in a sentence.

    Attributes:
        there: Its words that stand there, in normal form.
        lacking: Those that do not; empty where only their order or distance is wrong.
    """

    theme: Theme
    term: Term
    there: tuple[str, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """
    A sentence, tried.

    Attributes:
        examined: Each sentence in which something was found or refused.
        nearest: The terms of the asked outcome that come nearest, the nearest first; none where none was asked.
    """

    examined: tuple[Examined, ...]
    nearest: tuple[NearTerm, ...] = ()


def try_sentence(assessor: Assessor, text: str) -> Trial:
    """Return what is found in a sentence, for every outcome."""
    return Trial(tuple(assessor.examine(text)))


def why_not(assessor: Assessor, outcome: str, text: str) -> Trial:
    """
    Return what is found of one outcome in a sentence, and what came nearest.

    Raises:
        UsageError: When the vocabulary has no such outcome.

    >>> from tenderkit.assess import Assessor
    >>> from tenderkit.vocabulary import load_vocabulary
    >>> trial = why_not(Assessor(load_vocabulary()), "inclusion", "A reader that speaks what the screen shows.")
    >>> [(near.term.label, near.lacking) for near in trial.nearest if near.term.label == "screen-reader"]
    [('screen-reader', ())]
    """
    asked = assessor.scheme.outcome(outcome)
    examined = tuple(assessor.examine(text))
    seen = {
        id(match.term)
        for one in examined
        for match in (*one.found.matches, *one.found.covered, *(rejection.match for rejection in one.found.rejections))
    }
    near = [
        (-share, -count, number, candidate)
        for number, (candidate, share, count) in enumerate(_near(asked, assessor.matcher, text))
        if id(candidate.term) not in seen
    ]
    return Trial(examined, tuple(candidate for *_, candidate in sorted(near, key=lambda one: one[:3])[:_MOST]))


def _near(outcome: Outcome, matcher: Matcher, text: str) -> Iterator[tuple[NearTerm, float, int]]:
    """Yield each term of which enough words stand in the text, how much of it does, and how many words it has."""
    language = matcher.language
    norms = {int(token.norm) for token in language.tokenise(language.fold(text).text) if token.text.strip()}
    names = language.nlp.vocab.strings
    spoken: dict[int, str] = {norm: names[norm] for norm in norms}
    for theme in outcome.themes:
        for term in theme.terms:
            best = max((_there(sequence, spoken) for sequence in matcher.sequences(term)), default=(0.0, 0, (), ()))
            share, count, there, lacking = best
            if share >= _SHARE and any(len(names[word]) > _SHORT for word in there):
                words, missing = (tuple(names[word] for word in part) for part in (there, lacking))
                yield NearTerm(theme, term, words, missing), share, count


def _there(sequence: Sequenced, spoken: Mapping[int, str]) -> tuple[float, int, Sequence[int], Sequence[int]]:
    """Return how much of a sequence is spoken, how many words it has, those that are there and those that are not."""
    words = tuple(part for part in sequence if not isinstance(part, Gap))
    there = tuple(word for word in words if word in spoken)
    lacking = tuple(word for word in words if word not in spoken)
    return len(there) / len(words), len(words), there, lacking
