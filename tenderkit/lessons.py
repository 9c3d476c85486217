"""What a vocabulary learns from: its own examples and labelled passages, as the terms and words that stand in them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tenderkit.confidence import term_name
from tenderkit.document import passage as passage_of
from tenderkit.hearing import word_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tenderkit.labels import Passage
    from tenderkit.matching import Matcher, SentenceMatches

_SHORTEST_WORD = 3  # characters
_EXAMPLE = 0.3  # how much an example weighs beside a labelled passage
_VERDICT = 2.0  # and a reader's verdict on one theme, as it says more of its terms than the label of a whole passage


@dataclass(frozen=True, slots=True)
class Observation:
    """
    What stands in a stretch of text.

    Attributes:
        terms: By outcome id, the terms found, as `theme/term`.
        refused: By outcome id, those that lack their company.
        words: Normal forms of its words, without the ones that every text has.
        length: How many words it has, all counted.
    """

    terms: Mapping[str, frozenset[str]]
    refused: Mapping[str, frozenset[str]]
    words: frozenset[str]
    length: int


@dataclass(frozen=True, slots=True)
class Lesson:
    """
    A text to learn from.

    Attributes:
        whole: What stands in it.
        sentences: What stands in each of its sentences.
        truth: By outcome id, whether it speaks of it, and how much that weighs; others teach nothing.
        group: The source; lessons of one group are held out together.
        passage: Whether it is a labelled passage, on which bars and figures are measured, or not.
        theme: The id of the theme that a reader's verdict is on; empty for the label of a whole passage.
    """

    whole: Observation
    sentences: tuple[Observation, ...]
    truth: Mapping[str, tuple[bool, float]]
    group: str
    passage: bool
    theme: str = ""


def source_of(passage: Passage) -> str:
    """Return what a passage is held out together with; one that names no group stands alone."""
    return passage.group or f"passage {passage.id}"


class Observer:
    """Turns texts into lessons."""

    def __init__(self, matcher: Matcher) -> None:
        from spacy.lang.en.stop_words import STOP_WORDS

        self._matcher = matcher
        self._common = STOP_WORDS

    def passages(self, passages: Iterable[Passage]) -> Iterator[Lesson]:
        """
        Yield a lesson for each passage that carries outcomes; an empty list of them is a lesson too.

        A theme that a reader accepted or rejected is a lesson of its own, with the terms of that theme alone.
        """
        ids = [outcome.id for outcome in self._matcher.scheme.outcomes]
        for passage in passages:
            group = source_of(passage)
            if passage.outcomes is not None:
                truth = {outcome: (outcome in passage.outcomes, 1.0) for outcome in ids}
                yield self._lesson(passage.text, truth, group, passage=True)
            for themes, accepted in ((passage.accepts, True), (passage.rejects, False)):
                for name in themes:
                    outcome, _, theme = name.partition("/")
                    lesson = self._lesson(passage.text, {outcome: (accepted, _VERDICT)}, group, passage=False)
                    yield replace(lesson, whole=_of_theme(lesson.whole, outcome, theme), theme=theme)

    def examples(self) -> Iterator[Lesson]:
        """Yield a lesson for each example: it is told of its own outcome, and weighs half against the others."""
        scheme = self._matcher.scheme
        for outcome in scheme.outcomes:
            for theme in outcome.themes:
                for i, text in enumerate(theme.says):
                    truth = {other.id: (False, _EXAMPLE / 2) for other in scheme.outcomes}
                    truth[outcome.id] = (True, _EXAMPLE)
                    yield self._lesson(text, truth, f"{outcome.id}/{theme.id}/says {i}", passage=False)
                for i, text in enumerate(theme.silent):
                    truth = {outcome.id: (False, _EXAMPLE)} if self._only_here(text, outcome.id, theme.id) else {}
                    yield self._lesson(text, truth, f"{outcome.id}/{theme.id}/silent {i}", passage=False)

    def _only_here(self, text: str, outcome: str, theme: str) -> bool:
        """Tell whether a near-miss of one theme is an example of no other theme of the same outcome."""
        others = self._matcher.scheme.outcome(outcome).themes
        return not any(text in other.says for other in others if other.id != theme)

    def _lesson(self, text: str, truth: Mapping[str, tuple[bool, float]], group: str, *, passage: bool) -> Lesson:
        document = passage_of(text)
        sentences: list[Observation] = []
        for tokens in self._matcher.language.blocks(document):
            sentences += map(self._observe, self._matcher.every_sentence(tokens))
        return Lesson(_together(sentences), tuple(sentences), truth, group, passage)

    def _observe(self, found: SentenceMatches) -> Observation:
        sentence = found.sentence
        terms: dict[str, set[str]] = defaultdict(set)
        refused: dict[str, set[str]] = defaultdict(set)
        for match in found.matches:
            terms[match.outcome.id].add(term_name(match))
        for rejection in found.rejections:
            if rejection.lacks_company:
                refused[rejection.match.outcome.id].add(term_name(rejection.match))
        words = {
            token.norm_
            for token in sentence.tokens.doc[sentence.first : sentence.last]
            if token.is_alpha and len(token) >= _SHORTEST_WORD and token.lower_ not in self._common
        }
        return Observation(_frozen(terms), _frozen(refused), frozenset(words), word_count(sentence))


def _of_theme(whole: Observation, outcome: str, theme: str) -> Observation:
    """Return an observation with the terms of one theme alone."""

    def own(names: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
        return {outcome: frozenset(name for name in names.get(outcome, ()) if name.startswith(f"{theme}/"))}

    return replace(whole, terms=own(whole.terms), refused=own(whole.refused))


def _frozen(names: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {outcome: frozenset(found) for outcome, found in names.items()}


def _together(parts: Sequence[Observation]) -> Observation:
    terms: dict[str, set[str]] = defaultdict(set)
    refused: dict[str, set[str]] = defaultdict(set)
    for part in parts:
        for whole, own in ((terms, part.terms), (refused, part.refused)):
            for outcome, names in own.items():
                whole[outcome] |= names
    return Observation(
        _frozen(terms),
        _frozen(refused),
        frozenset().union(*(part.words for part in parts)),
        sum(part.length for part in parts),
    )
