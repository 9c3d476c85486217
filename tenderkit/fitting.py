"""
Learns a vocabulary's weights from its own examples and from labelled passages.

One logistic regression an outcome (ridge penalty), over the terms that stand in a passage, the terms that stand there
without their company, and a short list of background words. A word counts only where three sources or more write it,
so that the names of one source teach nothing. What is learned of a passage is applied to a sentence. The two bars are
chosen on predictions for sources that were held out (stratification by source: Hastie, Tibshirani and Friedman, *The
Elements of Statistical Learning*, 2009, section 7.10).
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from math import log2
from typing import TYPE_CHECKING, Any

import numpy as np

from tenderkit.errors import UsageError
from tenderkit.lessons import Observer
from tenderkit.matching import Matcher
from tenderkit.weights import PRECISION, USUAL_WORDS, OutcomeWeights, Provenance, Weights, logistic, render_weights

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from tenderkit.labels import Passage
    from tenderkit.lessons import Lesson
    from tenderkit.vocabulary import Scheme

FOLDS = 8
_INNER_FOLDS = 4
_FEWEST_GROUPS = 3  # sources that must write a word before it counts
_FEWEST_POSITIVES = 3  # passages of an outcome from which anything can be learned
_SPARED = 0.005  # F1 that the bar of what is possible may cost, for fewer passages to check
_FEWEST_OF_THEME = 4  # verdicts on one theme in which a word stands before it counts for that theme
_RIDGE = 1.0  # scikit-learn's C
# How freely weights move beside what all terms share: of each theme and term, of each word, of a word in one theme.
_FOUND_SCALE, _NAME_SCALE, _WORD_SCALE, _OF_THEME_SCALE = 2.0, 0.65, 0.35, 0.4
_LEAST_DIFFERENCE = 0.05  # a term's weight nearer than this to the common one is not written down
_LEAST_WORD = 0.1  # nor a word's weight that is less
_UNTAUGHT = OutcomeWeights(start=-1.0, found=2.0, term=0.5, refused=0.0, terms={}, words={})


@dataclass(frozen=True, slots=True)
class Fitted:
    """
    What was learned.

    Attributes:
        weights: With their bars.
        figures: At those bars, on sources that were held out: by name, 0 to 1.
    """

    weights: Weights
    figures: Mapping[str, float]


def fit_vocabulary(
    scheme: Scheme, passages: Sequence[Passage], *, date: str, precision: float = PRECISION
) -> tuple[str, Fitted]:
    """
    Learn from a vocabulary's examples and labelled passages.

    Args:
        scheme: The vocabulary; weights that it has are put aside.
        passages: Labelled passages; may be none.
        date: Written down as it is.
        precision: 0 to 1, what evidence is to reach on sources that were held out.

    Returns:
        The text of `weights.yml`, and what it says.

    Raises:
        UsageError: When scikit-learn is not installed.
    """
    observer = Observer(Matcher(scheme))
    taught = list(observer.passages(passages))
    examples = list(observer.examples())
    fitted = fit(scheme, [*taught, *examples], precision=precision)
    data = hashlib.sha256()
    for passage in passages:
        data.update(json.dumps([passage.text, passage.outcomes, passage.group], ensure_ascii=False).encode())
    provenance = Provenance(
        fitted=date,
        passages=len(taught),
        sources=len({lesson.group for lesson in taught}),
        examples=len(examples),
        data_sha256=data.hexdigest(),
        figures=fitted.figures,
    )
    return render_weights(fitted.weights, provenance), fitted


def fit(scheme: Scheme, lessons: Sequence[Lesson], *, precision: float = PRECISION) -> Fitted:
    """
    Learn the weights of a vocabulary, and set its bars on lessons that were held out.

    Args:
        scheme: The vocabulary.
        lessons: From its examples and from labelled passages.
        precision: 0 to 1, what evidence is to reach; the bar is the lowest that reaches it.

    Raises:
        UsageError: When scikit-learn is not installed.
    """
    outcomes = [outcome.id for outcome in scheme.outcomes]
    judged = [
        (outcome, confidence, lesson.truth[outcome][0])
        for training, held in split(lessons, _INNER_FOLDS)
        for own in [{name: each.of_all_themes() for name, each in _learn(training, outcomes).items()}]
        for lesson in held
        for outcome, confidence in confidences(lesson, own)
        if outcome in lesson.truth
    ]
    evidence, possible, figures = bars_and_figures(judged, precision)
    return Fitted(Weights(evidence, possible, scheme.terms_sha256, _learn(lessons, outcomes)), figures)


def held_out(
    lessons: Sequence[Lesson], scheme: Scheme, precision: float | None = None
) -> Iterator[tuple[Weights, list[Lesson]]]:
    """Yield, fold by fold, weights and the lessons that they were learned without."""
    for training, held in split(lessons):
        yield fit(scheme, training, precision=PRECISION if precision is None else precision).weights, held


def split(lessons: Sequence[Lesson], folds: int = FOLDS) -> Iterator[tuple[list[Lesson], list[Lesson]]]:
    """
    Yield what to learn from and what to judge, each passage held out once, together with all of its source.

    Where there are no labelled passages, the examples are held out instead.
    """
    measured = [lesson for lesson in lessons if lesson.passage] or list(lessons)
    sizes = Counter(lesson.group for lesson in measured)
    filled = [0] * min(folds, len(sizes))
    fold_of: dict[str, int] = {}
    for group in sorted(sizes, key=lambda group: (-sizes[group], group)):  # the largest first, each to the emptiest
        fold_of[group] = filled.index(min(filled))
        filled[fold_of[group]] += sizes[group]
    for fold in range(len(filled)):
        held = [lesson for lesson in measured if fold_of[lesson.group] == fold]
        yield [lesson for lesson in lessons if fold_of.get(lesson.group) != fold], held


def confidences(lesson: Lesson, own: Mapping[str, OutcomeWeights]) -> Iterator[tuple[str, float]]:
    """Yield for each outcome the confidence of its best theme in its best sentence; 0 where no term of it stands."""
    for outcome, weights in own.items():
        totals = [
            weights.total(theme, terms, len(refused.get(theme, ())), sentence.words, sentence.length)
            for sentence in lesson.sentences
            for refused in [_by_theme(sentence.refused.get(outcome, ()))]
            for theme, terms in _by_theme(sentence.terms.get(outcome, ())).items()
        ]
        yield outcome, logistic(max(totals)) if totals else 0.0


def _by_theme(names: Iterable[str]) -> dict[str, list[str]]:
    """Part terms, as `theme/term`, by their theme."""
    parted: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        parted[_theme_of(name)].append(name)
    return parted


def _bars(judged: Sequence[tuple[float, bool]], precision: float, *, widest: bool = False) -> tuple[float, float]:
    """
    Return the lowest bar at which evidence is as precise as asked, and that of what is possible.

    The latter is the highest at which both bands together have all but a hair of their best F1, as each passage that
    a person is asked to check costs time.
    """
    steps = [round(0.01 * step, 2) for step in range(5, 96)]
    labelled = sum(truth for _, truth in judged)

    def counts(bar: float) -> tuple[int, int]:
        said = [truth for confidence, truth in judged if confidence >= bar]
        return sum(said), len(said)

    def f1(bar: float) -> float:
        right, said = counts(bar)
        return 2 * right / (said + labelled) if said + labelled else 0.0

    evidence = next((bar for bar in steps if _share(*counts(bar)) >= precision), steps[-1])
    best = max(f1(bar) for bar in steps)
    possible = (min if widest else max)(bar for bar in steps if f1(bar) >= best - _SPARED)
    return evidence, min(evidence, possible)


def bars_and_figures(
    judged: Sequence[tuple[str, float, bool]], precision: float, *, widest: bool = False
) -> tuple[float, float, dict[str, float]]:
    """
    Return the bars of evidence and of what is possible, and what they come to by name.

    Args:
        judged: Outcome id, confidence and whether it is true, of passages held out.
        precision: 0 to 1, what evidence is to reach.
        widest: Whether the bar of what is possible is the lowest with all but a hair of the best F1, not the highest.
    """
    evidence, possible = _bars([(confidence, truth) for _, confidence, truth in judged], precision, widest=widest)
    return evidence, possible, _figures(judged, evidence, possible)


def _figures(judged: Sequence[tuple[str, float, bool]], evidence: float, possible: float) -> dict[str, float]:
    precision, recall, _ = _rates([(confidence >= evidence, truth) for _, confidence, truth in judged])
    both = {
        outcome: _rates([(confidence >= possible, truth) for name, confidence, truth in judged if name == outcome])[2]
        for outcome in dict.fromkeys(name for name, _, _ in judged)
    }
    return {
        "evidence-precision": precision,
        "evidence-recall": recall,
        "both-micro-f1": _rates([(confidence >= possible, truth) for _, confidence, truth in judged])[2],
        "both-macro-f1": sum(both.values()) / len(both) if both else 0.0,
    }


def _rates(said: Sequence[tuple[bool, bool]]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of pairs of said and true."""
    right = sum(guess and truth for guess, truth in said)
    guessed, true = sum(guess for guess, _ in said), sum(truth for _, truth in said)
    return _share(right, guessed), _share(right, true), _share(2 * right, guessed + true)


def _share(right: int, said: int) -> float:
    return right / said if said else 0.0


def _learn(lessons: Sequence[Lesson], outcomes: Iterable[str]) -> dict[str, OutcomeWeights]:
    groups: dict[str, set[str]] = defaultdict(set)
    for lesson in lessons:
        for word in lesson.whole.words:
            groups[word].add(lesson.group)
    words = sorted(word for word, found in groups.items() if len(found) >= _FEWEST_GROUPS)
    column = {word: i for i, word in enumerate(words)}
    matrix = presence([[column[word] for word in lesson.whole.words if word in column] for lesson in lessons], words)
    return {outcome: _learn_outcome(lessons, outcome, words, matrix) for outcome in outcomes}


def _learn_outcome(lessons: Sequence[Lesson], outcome: str, words: Sequence[str], matrix: Any) -> OutcomeWeights:
    rows = [i for i, lesson in enumerate(lessons) if outcome in lesson.truth]
    taught, matrix = [lessons[i] for i in rows], matrix[rows]
    truth = np.array([lesson.truth[outcome][0] for lesson in taught], dtype=bool)
    if truth.sum() < _FEWEST_POSITIVES or truth.all():
        return _UNTAUGHT
    terms = sorted({name for lesson in taught for name in lesson.whole.terms.get(outcome, ())})
    themes = sorted({_theme_of(name) for name in terms})
    of_themes, named = _words_of_themes(taught, words, matrix)
    learned = _regress(taught, truth, outcome, (themes, terms), (matrix, of_themes))
    return OutcomeWeights(
        start=round(learned.start, 2),
        found=round(learned.found, 2),
        term=round(learned.term, 2),
        refused=round(learned.refused, 2),
        doubling=round(learned.doubling, 2),
        terms={
            name: round(learned.term + difference, 2)
            for name, difference in zip(terms, learned.terms.tolist(), strict=True)
            if abs(difference) >= _LEAST_DIFFERENCE
        },
        words={
            word: round(weight, 2)
            for word, weight in zip([*words, *named], learned.words.tolist(), strict=True)
            if abs(weight) >= _LEAST_WORD
        },
        themes={theme: round(weight, 2) for theme, weight in zip(themes, learned.themes.tolist(), strict=True)},
    )


@dataclass(frozen=True, slots=True)
class _Learned:
    start: float
    found: float
    term: float
    refused: float
    doubling: float
    themes: NDArray[np.float64]
    terms: NDArray[np.float64]  # each one's difference from `term`
    words: NDArray[np.float64]  # of all themes, then of single ones


def _words_of_themes(lessons: Sequence[Lesson], words: Sequence[str], matrix: Any) -> tuple[Any, list[str]]:
    """Return which word stands in which verdict on which theme, and the name of each column, as `theme/word`."""
    _, sparse = tools()
    parts, names = [], []
    for theme in sorted({lesson.theme for lesson in lessons} - {""}):
        its_own = sparse.diags([float(lesson.theme == theme) for lesson in lessons]) @ matrix
        often = np.flatnonzero(np.asarray(its_own.sum(axis=0)).ravel() >= _FEWEST_OF_THEME)
        parts.append(its_own[:, often])
        names += [f"{theme}/{words[i]}" for i in often.tolist()]
    return (sparse.hstack(parts) if parts else matrix[:, :0]), names


def _regress(
    lessons: Sequence[Lesson],
    truth: NDArray[np.bool_],
    outcome: str,
    names: tuple[Sequence[str], Sequence[str]],
    words: tuple[Any, Any],
) -> _Learned:
    """
    Return what one regression learned.

    Args:
        lessons: What to learn from.
        truth: Whether each speaks of the outcome.
        outcome: Its id.
        names: Themes and terms.
        words: Which word stands in which lesson, and which in which verdict on one theme.
    """
    linear, sparse = tools()
    themes, terms = names
    place = {name: i for i, name in enumerate([*themes, *terms])}  # a term has a slash, a theme has none
    found = [lesson.whole.terms.get(outcome, frozenset()) for lesson in lessons]
    counts = [
        [
            _FOUND_SCALE * bool(standing),
            len(standing),
            len(lesson.whole.refused.get(outcome, ())),
            log2(max(lesson.whole.length, 1) / USUAL_WORDS) * bool(standing),
        ]
        for standing, lesson in zip(found, lessons, strict=True)
    ]
    of_names = presence(
        [[place[name] for name in sorted({*standing, *(_theme_of(name) for name in standing)})] for standing in found],
        list(place),
    )
    common, single = words
    fixed_columns = sparse.csr_matrix(np.array(counts, dtype=float))
    matrix = sparse.hstack(
        [fixed_columns, of_names * _NAME_SCALE, common * _WORD_SCALE, single * _OF_THEME_SCALE]
    ).tocsr()
    weight = [lesson.truth[outcome][1] for lesson in lessons]
    model = linear.LogisticRegression(C=_RIDGE, max_iter=1000).fit(matrix, truth, sample_weight=weight)
    fixed, of_themes, of_terms, of_words = np.split(model.coef_[0], np.cumsum([4, len(themes), len(terms)]))
    return _Learned(
        start=float(model.intercept_[0]),
        found=float(fixed[0]) * _FOUND_SCALE,
        term=float(fixed[1]),
        refused=float(fixed[2]),
        doubling=float(fixed[3]),
        themes=of_themes * _NAME_SCALE,
        terms=of_terms * _NAME_SCALE,
        words=of_words * np.repeat([_WORD_SCALE, _OF_THEME_SCALE], [common.shape[1], single.shape[1]]),
    )


def _theme_of(name: str) -> str:
    return name.partition("/")[0]


def presence(places: Sequence[Sequence[int]], columns: Sequence[str]) -> Any:
    """Return a sparse matrix with a 1 at each place of each row."""
    _, sparse = tools()
    ends = np.cumsum([0, *(len(row) for row in places)])
    flat = [place for row in places for place in row]
    return sparse.csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(places), len(columns)))


def tools() -> tuple[Any, Any]:
    """Return scikit-learn's linear models and scipy's sparse matrices, which only fitting needs."""
    try:
        from scipy import sparse
        from sklearn import linear_model
    except ImportError:
        raise UsageError("Fitting needs scikit-learn. Install it: pip install 'tenderkit[fit]'.") from None
    return linear_model, sparse
