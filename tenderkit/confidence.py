"""How sure a vocabulary that has learned is that a sentence speaks of an outcome, as a sum that anyone can check."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.weights import logistic

if TYPE_CHECKING:
    from tenderkit.language import Language, Sentence
    from tenderkit.matching import Match, SentenceMatches
    from tenderkit.weights import OutcomeWeights, Weights


@dataclass(frozen=True, slots=True)
class Weighed:
    """
    One named number of a sum.

    Attributes:
        text: The words in the document; for `start`, where every sum begins, "start".
        weight: What it adds.
        kind: "start", "term", "refused" (a term without its company), "word" or "length" (of the sentence).
        start: Offset in `Document.text`, or None where no text stands behind it.
        end: Offset just past its last character, or None.
    """

    text: str
    weight: float
    kind: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Confidence:
    """
    How sure it is.

    Attributes:
        value: 0 to 1.
        weighed: The numbers whose sum made it, through the logistic function; none without weights.
    """

    value: float = 1.0
    weighed: tuple[Weighed, ...] = ()


CERTAIN = Confidence()


def term_name(match: Match) -> str:
    """Return the name under which a term has its weight."""
    return f"{match.theme.id}/{match.term.label}"


def word_count(sentence: Sentence) -> int:
    """Return how many words a sentence has."""
    return sum(token.is_alpha for token in sentence.tokens.doc[sentence.first : sentence.last])


class Grader:
    """
    Weighs what was found in sentences.

    Args:
        weights: What the vocabulary has learned, or None: then everything that was found is certain.
        language: Whose normal forms the sentences carry.
    """

    def __init__(self, weights: Weights | None, language: Language) -> None:
        self._weights = weights
        self._words: dict[int, dict[str, float]] = defaultdict(dict)  # weight by outcome, by normal form
        for outcome, own in weights.outcomes.items() if weights is not None else ():
            for word, weight in own.words.items():
                self._words[int(language.nlp.vocab.strings.add(word))][outcome] = weight

    def grade(self, found: SentenceMatches) -> dict[tuple[str, str], Confidence]:
        """Return the confidence of every outcome and theme of which a term was found in the sentence."""
        if self._weights is None:
            return {}
        words = self._telling_words(found.sentence)
        themes = dict.fromkeys((match.outcome.id, match.theme.id) for match in found.matches)
        return {
            (outcome, theme): self._weigh(found, (outcome, theme), own, words)
            for outcome, theme in themes
            if (own := self._weights.outcomes.get(outcome)) is not None
        }

    def _telling_words(self, sentence: Sentence) -> dict[int, int]:
        """Return the place of the first token of each normal form that has a weight anywhere."""
        norms = sentence.tokens.norms()
        places: dict[int, int] = {}
        for i in range(sentence.first, sentence.last):
            if norms[i] in self._words:
                places.setdefault(norms[i], i)
        return places

    def _weigh(
        self, found: SentenceMatches, theme: tuple[str, str], own: OutcomeWeights, words: dict[int, int]
    ) -> Confidence:
        """Weigh the terms of one theme: those of another theme say nothing of this one."""
        sentence, (outcome, theme_id) = found.sentence, theme
        terms = {term_name(match): match for match in reversed(found.matches) if _theme(match) == theme}
        refused = {
            term_name(rejection.match): rejection.match
            for rejection in reversed(found.rejections)
            if rejection.lacks_company and _theme(rejection.match) == theme
        }
        length = word_count(sentence)
        weighed = [Weighed("start", own.of_theme(theme_id), "start")]
        weighed.append(Weighed(f"{length} words", own.of_length(length), "length"))
        weighed += [_of_match(sentence, terms[name], own.of_term(name), "term") for name in terms]
        weighed += [_of_match(sentence, match, own.refused, "refused") for match in refused.values()]
        for norm, i in words.items():
            if outcome in self._words[norm]:
                weighed.append(_of_span(sentence, sentence.span(i, i + 1), self._words[norm][outcome], "word"))
        return Confidence(logistic(sum(part.weight for part in weighed)), tuple(weighed))


def _theme(match: Match) -> tuple[str, str]:
    return match.outcome.id, match.theme.id


def _of_match(sentence: Sentence, match: Match, weight: float, kind: str) -> Weighed:
    return _of_span(sentence, (match.start, match.end), weight, kind)


def _of_span(sentence: Sentence, span: tuple[int, int], weight: float, kind: str) -> Weighed:
    start, end = span
    return Weighed(sentence.text[start - sentence.start : end - sentence.start], weight, kind, start, end)
