"""How sure a vocabulary that has learned is that a sentence speaks of an outcome, as a sum that anyone can check."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from tenderkit.hearing import LEAST_HEARD, heard, may_be_heard, word_count
from tenderkit.readings import Line
from tenderkit.weights import logistic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from tenderkit.language import Language, Sentence
    from tenderkit.matching import Match, SentenceMatches
    from tenderkit.passage_model import Head, PassageModel
    from tenderkit.readings import HeardLine, Reading, Shown
    from tenderkit.vocabulary import Scheme
    from tenderkit.weights import OutcomeWeights, Weights


class Weighed(NamedTuple):  # there are thousands in a document, and a tuple takes a third of the time
    """
    One named number of a sum.

    Attributes:
        text: The words in the document; for `start`, where every sum begins, "start".
        weight: What it adds.
        kind: "start", "term", "refused" (a term without its company), "word", "length" (of the sentence), "model"
            (what the language model says of the passage) or "beside" (how sure it is of what other terms name).
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

    def with_model(self, line: Line, log_odds: float) -> Confidence:
        """
        Return the same in the light of what the language model says: its number joins the sum.

        >>> from tenderkit.readings import Line
        >>> terms = Confidence(0.5, (Weighed("start", -1.0, "start"), Weighed("Wi-Fi", 1.0, "term")))
        >>> [part.weight for part in terms.with_model(Line(start=0.25, terms=0.5, model=0.75), 2.0).weighed]
        [-0.5, 0.5, 1.75]
        """
        weighed = [part._replace(weight=line.terms * part.weight) for part in self.weighed]
        weighed.append(Weighed("the passage as a whole", line.start + line.model * log_odds, "model"))
        return Confidence(logistic(sum(part.weight for part in weighed)), tuple(weighed))


Considered = tuple[dict[tuple[str, str], Confidence], "Reading | None"]
CERTAIN = Confidence()
_WORTH_READING = 0.35  # confidence by terms and words alone: below it, one passage in two hundred came to count
_LEAST_WORD = 0.05  # what a word adds at the least to what no term names: smaller ones say nothing to a reader
_WORTH_READING_ALONE = 0.05  # of a passage that is no document's: there is not much to read


def in_light_of(
    reading: Reading, head: Head, confidences: Mapping[tuple[str, str], Confidence], *, alone: bool
) -> dict[tuple[str, str], Confidence]:
    """
    Return confidences with what the language model says of the passage; of themes it doesn't know it says nothing.

    Args:
        reading: Of the passage.
        head: What the model's numbers mean.
        confidences: By outcome and theme id.
        alone: True where the passage is judged by its outcomes, as labels do; by a probe, which knows no themes, it
            always is.
    """
    by_outcome = alone or not head.names.themes
    if by_outcome:
        known = {theme: reading.outcomes.get(theme[0]) for theme in confidences}
    else:
        known = {theme: reading.themes.get(theme) for theme in confidences}
    return {
        theme: confidence
        if (number := known[theme]) is None
        else confidence.with_model(head.of_outcome if by_outcome else head.line_of(theme), number)
        for theme, confidence in confidences.items()
    }


def _in_other_words(words: Sequence[Weighed], line: HeardLine, log_odds: float, beside: float) -> Confidence:
    """Return how sure it is of a theme that no term names, with *beside* the confidence of one that some do name."""
    telling = tuple(word for word in words if abs(line.terms * word.weight) >= _LEAST_WORD)
    whole = Confidence(weighed=telling).with_model(Line(line.start, line.terms, line.model), log_odds)
    if not beside:
        return whole
    weighed = (*whole.weighed, Weighed("what its terms name", line.beside * beside, "beside"))
    return Confidence(logistic(sum(part.weight for part in weighed)), weighed)


def _worth_reading(confidences: Mapping[tuple[str, str], Confidence], *, alone: bool) -> bool:
    """Tell whether a sentence may come to something; without weights there is no sum that the model could join."""
    least = _WORTH_READING_ALONE if alone else _WORTH_READING
    return any(each.value >= least for each in confidences.values())


def term_name(match: Match) -> str:
    """Return the name under which a term has its weight."""
    return f"{match.theme.id}/{match.term.label}"


class Grader:
    """
    Weighs what was found in sentences.

    Args:
        weights: What the vocabulary has learned, or None: then everything that was found is certain.
        language: Whose normal forms the sentences carry.
        model: Reads what was found, where the vocabulary has one.

    Attributes:
        model: The same.
    """

    def __init__(self, weights: Weights | None, language: Language, model: PassageModel | None = None) -> None:
        self.model = model
        self._weights = weights
        self._language = language
        self._strings = language.nlp.vocab.strings
        self._telling: dict[tuple[str, str, bool], Mapping[str, float]] = {}  # words of the themes that were asked for

    def with_weights(self, weights: Weights) -> Grader:
        """Return the same with other weights."""
        return Grader(weights, self._language, self.model)

    def with_model(self, model: PassageModel | None) -> Grader:
        """Return the same with another model, or with none."""
        return Grader(self._weights, self._language, model)

    def barred(self, scheme: Scheme) -> Scheme:
        """Return a vocabulary with the bars of its model, where it has one that knows its themes."""
        known = self.model.head.names.outcomes if self.model else ()
        if self.model is None or scheme.weights is None or not {outcome.id for outcome in scheme.outcomes} & {*known}:
            return scheme
        head = self.model.head
        bars = replace(scheme.weights, evidence=head.evidence, possible=head.possible, likely=head.likely)
        return replace(scheme, weights=bars)

    def consider(self, found: Sequence[tuple[SentenceMatches, Shown]], *, alone: bool = False) -> list[Considered]:
        """
        Return what `grade` does of sentences in the light of what the model says, and that; None where it read nothing.

        A model that hears only what terms found is not asked where terms and words make that unlikely: it takes a
        thousand times as long as a sum.

        Args:
            found: Sentences with the terms in them, each with what the model is shown of it.
            alone: As for `grade`.
        """
        graded = [self.grade(matches, alone=alone) for matches, _ in found]
        if self.model is None:
            return [(confidences, None) for confidences in graded]
        hears = self.hears(alone=alone)
        audible = [hears and may_be_heard(matches.sentence) for matches, _ in found]
        worth = [
            may or _worth_reading(confidences, alone=alone) for may, confidences in zip(audible, graded, strict=True)
        ]
        spoken = {(outcome, "") for confidences in graded for outcome, _ in confidences} if alone else set()
        read = iter(self.model.read_all([shown for (_, shown), may in zip(found, worth, strict=True) if may]))
        considered: list[Considered] = []
        for (matches, _), confidences, may, heard_too in zip(found, graded, worth, audible, strict=True):
            reading = next(read) if may else None
            light = in_light_of(reading, self.model.head, confidences, alone=alone) if reading else confidences
            if reading and heard_too:
                light |= self._heard(self.model.head, matches, reading, light, spoken, alone=alone)
            considered.append((light, reading))
        return considered

    def hears(self, *, alone: bool = False) -> bool:
        """Tell whether the model hears what no term names; *alone* as for `grade`."""
        if self._weights is None or self.model is None:
            return False
        head = self.model.head
        return (head.of_outcome_heard if alone else head.of_theme_heard) is not None

    def _heard(
        self,
        head: Head,
        found: SentenceMatches,
        reading: Reading,
        named: Mapping[tuple[str, str], Confidence],
        spoken: AbstractSet[tuple[str, str]],
        *,
        alone: bool,
    ) -> dict[tuple[str, str], Confidence]:
        """
        Return how sure it is of what no term names.

        Args:
            head: What the model's numbers mean.
            found: A sentence, with terms or without.
            reading: What the model says of it.
            named: How sure it is of what its terms name.
            spoken: What the terms of other sentences of the passage name.
            alone: As for `grade`.
        """
        refused = {each.match.about for each in found.rejections if not each.lacks_company}  # false friends
        least = head.possible if alone else LEAST_HEARD
        told = [*heard(reading, head, {*named, *spoken, *refused}, least, alone=alone)]
        if not told:
            return {}
        words = self._telling_words(found.sentence, [theme for theme, *_ in told], alone=alone)
        beside = max((each.value for each in named.values()), default=0.0)
        sums = {theme: _in_other_words(words[theme], line, number, beside) for theme, line, number in told}
        return {theme: confidence for theme, confidence in sums.items() if confidence.value >= least}

    def grade(self, found: SentenceMatches, *, alone: bool = False) -> dict[tuple[str, str], Confidence]:
        """
        Return the confidence of every outcome and theme of which a term was found in the sentence.

        Args:
            found: The sentence and the terms in it.
            alone: True where the sentence is of a passage that is judged by its outcomes, as labels do: what a word
                adds to one theme alone parts themes, and is left out.
        """
        if self._weights is None or not found.matches:
            return {}
        length = word_count(found.sentence)
        refused: dict[tuple[str, str], list[Match]] = {}
        terms: dict[tuple[str, str], list[Match]] = {}
        for match in found.matches:
            terms.setdefault(match.about, []).append(match)
        words = self._telling_words(found.sentence, terms, alone=alone)
        for rejection in found.rejections:
            if rejection.lacks_company:
                refused.setdefault(rejection.match.about, []).append(rejection.match)
        return {
            theme: self._weigh(found.sentence, theme, own, (matches, refused.get(theme, ())), (length, words))
            for theme, matches in terms.items()
            if (own := self._weights.outcomes.get(theme[0])) is not None
        }

    def _telling_words(
        self, sentence: Sentence, themes: Iterable[tuple[str, str]], *, alone: bool
    ) -> dict[tuple[str, str], list[Weighed]]:
        """Return, for some themes, the weight of each normal form that has one, at its first token."""
        found: dict[tuple[str, str], list[Weighed]] = {theme: [] for theme in themes}
        places: dict[int, int] = {}  # of each normal form, where it stands first
        for i, norm in enumerate(sentence.tokens.norms[sentence.first : sentence.last], sentence.first):
            places.setdefault(norm, i)
        words = {self._strings[norm]: i for norm, i in places.items()}
        placed: dict[str, tuple[str, int, int]] = {}  # themes share many
        for about, told in found.items():
            telling = self._telling_of(about, alone=alone)
            for word in filter(telling.__contains__, words):  # few of those that stand there
                if word not in placed:
                    start, end = sentence.span(words[word], words[word] + 1)
                    placed[word] = sentence.text[start - sentence.start : end - sentence.start], start, end
                text, start, end = placed[word]
                told.append(Weighed(text, telling[word], "word", start, end))
        return found

    def _telling_of(self, about: tuple[str, str], *, alone: bool) -> Mapping[str, float]:
        """Return what each normal form adds to a theme, those that add something; of all themes, *alone*."""
        outcome, theme = about
        if (outcome, theme, alone) not in self._telling:
            own = self._weights.outcomes.get(outcome) if self._weights is not None else None
            weighed = own.telling("" if alone else theme) if own is not None else {}
            self._telling[outcome, theme, alone] = weighed
        return self._telling[outcome, theme, alone]

    @staticmethod
    def _weigh(
        sentence: Sentence,
        theme: tuple[str, str],
        own: OutcomeWeights,
        found: tuple[Sequence[Match], Sequence[Match]],
        spoken: tuple[int, Mapping[tuple[str, str], Sequence[Weighed]]],
    ) -> Confidence:
        """
        Weigh the terms of one theme: those of another theme say nothing of this one.

        Args:
            sentence: Where they stand.
            theme: Outcome and theme id.
            own: The weights of the outcome.
            found: The terms, and those that lack their company.
            spoken: How many words the sentence has, and those that have a weight, by theme.
        """
        length, words = spoken
        terms, refused = ({term_name(match): match for match in reversed(matches)} for matches in found)
        weighed = [Weighed("start", own.of_theme(theme[1]), "start")]
        weighed.append(Weighed(f"{length} words", own.of_length(length), "length"))
        weighed += [_of_match(sentence, terms[name], own.of_term(name), "term") for name in terms]
        weighed += [_of_match(sentence, match, own.refused, "refused") for match in refused.values()]
        weighed += words[theme]
        return Confidence(logistic(sum(part.weight for part in weighed)), tuple(weighed))


def _of_match(sentence: Sentence, match: Match, weight: float, kind: str) -> Weighed:
    return _of_span(sentence, (match.start, match.end), weight, kind)


def _of_span(sentence: Sentence, span: tuple[int, int], weight: float, kind: str) -> Weighed:
    start, end = span
    return Weighed(sentence.text[start - sentence.start : end - sentence.start], weight, kind, start, end)
