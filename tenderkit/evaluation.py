"""
How right tenderkit is: labelled passages against what it says of them.

Every figure comes with a 95 % interval; see `intervals`.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from tenderkit import fitting, stance_fitting
from tenderkit.assess import Assessor
from tenderkit.document import DocumentBuilder, Kind
from tenderkit.evidence import STATED, Stance
from tenderkit.intervals import Estimate, estimate, ratio, resamples
from tenderkit.labels import read_passages
from tenderkit.lessons import Observer, source_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from tenderkit.document import Document
    from tenderkit.intervals import Counts
    from tenderkit.labels import Passage
    from tenderkit.results import Explanation, Prediction
    from tenderkit.roles import Role
    from tenderkit.vocabulary import Scheme


class Predictor(Protocol):
    """Anything that judges one passage; an `Assessor` does."""

    def predict(self, text: str, before: str = "", role: Role | None = None) -> Prediction:
        """Judge one passage, in the light of what stands above it and of its document's role where they are known."""


class Explainer(Protocol):
    """Anything that shows the words behind a judgement; an `Assessor` does."""

    def explain(self, document: Document, outcome: str) -> Iterator[Explanation]:
        """Yield the sentences in which a term of *outcome* was found or refused."""


@dataclass(frozen=True, slots=True)
class Rates:
    """Precision, recall and their harmonic mean."""

    precision: Estimate
    recall: Estimate
    f1: Estimate


@dataclass(frozen=True, slots=True)
class OutcomeRates:
    """
    One outcome: how often it was labelled, predicted, and both.

    Attributes:
        id: The outcome's id.
        labelled: Passages that carry it.
        predicted: Passages that tenderkit gives it.
        correct: Passages where both agree that it is there.
        rates: The same as rates.
    """

    id: str
    labelled: int
    predicted: int
    correct: int
    rates: Rates


@dataclass(frozen=True, slots=True)
class Band:
    """
    How right one band of predictions is.

    Attributes:
        name: "evidence", or "evidence and possible".
        outcomes: In the vocabulary's order.
        micro: Over all pairs of passage and outcome.
        macro: The mean over outcomes that are labelled or predicted at least once.
    """

    name: str
    outcomes: tuple[OutcomeRates, ...]
    micro: Rates
    macro: Rates


@dataclass(frozen=True, slots=True)
class Agreement:
    """On how many of the passages that carry a label tenderkit agrees with it."""

    passages: int
    correct: int
    accuracy: Estimate


@dataclass(frozen=True, slots=True)
class Case:
    """One passage and what tenderkit says of it."""

    passage: Passage
    prediction: Prediction


@dataclass(frozen=True, slots=True)
class Evaluation:
    """
    Everything that one file of labelled passages shows.

    Attributes:
        vocabulary: Id of the vocabulary that was tried.
        cases: In input order.
        labelled: How many passages carry outcomes (possibly none of them: an empty list is a label too).
        groups: How many different groups they name; 0 where none is named.
        evidence: The band that alone scores.
        both: That band and `possible` together.
        stance: The six stances.
        held_out: Into how many folds of whole sources the passages were parted, each judged by weights learned from
            the others; 0 where the vocabulary was taken as it is.
        confusion: For each labelled stance, in the order of `Stance`, how often each stance was predicted.
        stated: Commitment, practice or requirement against the rest.
        measured: Measured or not.
    """

    vocabulary: str
    cases: tuple[Case, ...]
    labelled: int
    groups: int
    evidence: Band
    both: Band
    stance: Agreement
    confusion: tuple[tuple[int, ...], ...]
    stated: Agreement
    measured: Agreement
    held_out: int = 0


@dataclass(frozen=True, slots=True)
class Miss:
    """
    An outcome on which tenderkit and the label differ.

    Attributes:
        outcome: The outcome's id.
        false_alarm: True where it was predicted and not labelled, False where it was labelled and not predicted.
        passage: Where it happened.
        words: The words that matched; for a miss those that were found and refused, each with the reason.
    """

    outcome: str
    false_alarm: bool
    passage: Passage
    words: tuple[str, ...]


def evaluate_file(path: Path, scheme: Scheme) -> Evaluation:
    """
    Evaluate a vocabulary on a file of labelled passages.

    Raises:
        MistakesError: With every malformed line, as `file:line: what. What to do.`
        UsageError: When there is no such file, or no passage in it.
    """
    return evaluate(read_passages(path, scheme), Assessor(scheme), scheme)


def evaluate_held_out(path: Path, scheme: Scheme, precision: float | None = None) -> Evaluation:
    """
    Evaluate what a vocabulary learns: each source is judged by weights that were learned without it.

    Terms, cues and examples are taken as they are: whoever wrote them may have seen the passages. A language model is
    too slow to train for each fold; it says what it said when the passage's source was held out of it.

    Args:
        path: The file of labelled passages.
        scheme: The vocabulary; weights that it has are put aside.
        precision: What evidence is to reach, 0 to 1; as `fitting.fit`.

    Raises:
        MistakesError: With every malformed line, as `file:line: what. What to do.`
        UsageError: When there is no such file, no passage in it, or scikit-learn is not installed.
    """
    passages = read_passages(path, scheme)
    assessor = Assessor(replace(scheme, weights=None))
    assessor = assessor.with_model(assessor.model and assessor.model.held_out())
    observer = Observer(assessor.matcher)
    learned = fitting.held_out([*observer.passages(passages), *observer.examples()], scheme, precision)
    taught = stance_fitting.lessons_of(passages, scheme, assessor.matcher.language)
    judges: dict[str, Assessor] = {}  # by source
    folds = 0
    for weights, held in learned:
        folds += 1
        groups = {lesson.group for lesson in held}
        judge = assessor.with_weights(weights).with_stances(stance_fitting.held_out(taught, groups))
        judges |= dict.fromkeys(groups, judge)
    cases = [_case(passage, judges[source_of(passage)]) for passage in passages if passage.outcomes is not None]
    return replace(_evaluation(cases, scheme), held_out=folds)


def evaluate(passages: Iterable[Passage], predictor: Predictor, scheme: Scheme) -> Evaluation:
    """Evaluate *predictor* on labelled passages; see the module for how intervals are made."""
    return _evaluation([_case(passage, predictor) for passage in passages], scheme)


def _case(passage: Passage, predictor: Predictor) -> Case:
    return Case(passage, predictor.predict(passage.text, passage.before, passage.role))


def _evaluation(judged: Iterable[Case], scheme: Scheme) -> Evaluation:
    cases = tuple(judged)
    resampled = resamples([case.passage.group for case in cases])
    labelled = [case for case in cases if case.passage.outcomes is not None]
    ids = [outcome.id for outcome in scheme.outcomes]
    return Evaluation(
        vocabulary=scheme.id,
        cases=cases,
        labelled=len(labelled),
        groups=len({case.passage.group for case in cases} - {""}),
        evidence=_band("evidence", cases, ids, resampled, _confident),
        both=_band("evidence and possible", cases, ids, resampled, _either),
        stance=_agreement(cases, resampled, lambda case: _same(case.passage.stance, case.prediction.stance)),
        confusion=_confusion(cases),
        stated=_agreement(cases, resampled, _same_stated),
        measured=_agreement(cases, resampled, lambda case: _same(case.passage.measured, case.prediction.measured)),
    )


def predictions_lines(evaluation: Evaluation) -> Iterator[str]:
    """Yield one JSON line a passage, in input order, without line ends: what tenderkit says of it."""
    for case in evaluation.cases:
        yield json.dumps(
            {
                "id": case.passage.id,
                "outcomes": list(case.prediction.outcomes),
                "possible": list(case.prediction.possible),
                "stance": str(case.prediction.stance),
                "measured": case.prediction.measured,
            },
            ensure_ascii=False,
        )


def misses(evaluation: Evaluation, scheme: Scheme) -> tuple[Miss, ...]:
    """Return what a learner can learn from, with the words that matched or were refused; see `find_misses`."""
    return tuple(find_misses(evaluation, Assessor(scheme)))


def find_misses(evaluation: Evaluation, explainer: Explainer) -> Iterator[Miss]:
    """
    Yield, outcome by outcome, where tenderkit and the labels differ: false alarms first, then misses.

    Only the band `evidence` counts here: what a report would show, or fail to show.
    """
    labelled = [(case, case.passage.outcomes) for case in evaluation.cases if case.passage.outcomes is not None]
    for rates in evaluation.evidence.outcomes:
        for false_alarm in (True, False):
            for case, outcomes in labelled:
                if (rates.id in case.prediction.outcomes, rates.id in outcomes) == (false_alarm, not false_alarm):
                    words = tuple(_words(explainer, case.passage.text, rates.id))
                    yield Miss(rates.id, false_alarm, case.passage, words)


def _words(explainer: Explainer, text: str, outcome: str) -> Iterator[str]:
    builder = DocumentBuilder()
    builder.add(Kind.PARAGRAPH, text)
    document = builder.finish("passage", "text/plain", "")
    found: dict[str, None] = {}
    for explanation in explainer.explain(document, outcome):
        for evidence in (*explanation.evidence, *explanation.possible, *explanation.unsure):
            found.update((reason.text, None) for reason in evidence.because if reason.kind in {"term", "heard"})
        for rejection in explanation.rejections:
            match = rejection.match
            found[f"{document.text[match.start : match.end]} ({rejection.why})"] = None
    yield from found


def _confident(prediction: Prediction) -> frozenset[str]:
    return frozenset(prediction.outcomes)


def _either(prediction: Prediction) -> frozenset[str]:
    return frozenset(prediction.outcomes) | frozenset(prediction.possible)


def _same(label: object, prediction: object) -> bool | None:
    """Return None where there is no label to agree with."""
    return None if label is None else label == prediction


def _same_stated(case: Case) -> bool | None:
    if case.passage.stance is None:
        return None
    return (case.passage.stance in STATED) == (case.prediction.stance in STATED)


def _confusion(cases: Iterable[Case]) -> tuple[tuple[int, ...], ...]:
    stances = list(Stance)
    table = [[0] * len(stances) for _ in stances]
    for case in cases:
        if case.passage.stance is not None:
            table[stances.index(case.passage.stance)][stances.index(case.prediction.stance)] += 1
    return tuple(tuple(row) for row in table)


def _band(
    name: str,
    cases: Sequence[Case],
    ids: Sequence[str],
    resampled: Counts,
    predicted: Callable[[Prediction], frozenset[str]],
) -> Band:
    counts = np.zeros((len(cases), 3, len(ids)))  # labelled, predicted, correct
    for i, case in enumerate(cases):
        if case.passage.outcomes is None:
            continue
        said = predicted(case.prediction)
        for k, outcome in enumerate(ids):
            label, guess = outcome in case.passage.outcomes, outcome in said
            counts[i, :, k] = label, guess, label and guess
    total = counts.sum(axis=0)
    drawn = (resampled @ counts.reshape(len(cases), -1)).reshape(-1, 3, len(ids))
    values, spread = _rates(total[np.newaxis]), _rates(drawn)
    outcomes = tuple(
        OutcomeRates(
            id=outcome,
            labelled=int(total[0, k]),
            predicted=int(total[1, k]),
            correct=int(total[2, k]),
            rates=_estimates(values[0, :, k], spread[:, :, k]),
        )
        for k, outcome in enumerate(ids)
    )
    micro = _estimates(
        _rates(total.sum(axis=1)[np.newaxis, :, np.newaxis])[0, :, 0],
        _rates(drawn.sum(axis=2)[:, :, np.newaxis])[:, :, 0],
    )
    return Band(name, outcomes, micro, _estimates(_macro(total[np.newaxis])[0], _macro(drawn)))


def _rates(counts: Counts) -> Counts:
    """Return precision, recall and F1 (second axis) of labelled, predicted, correct; NaN where undefined."""
    labelled, predicted, correct = counts[:, 0], counts[:, 1], counts[:, 2]
    return np.stack(
        [ratio(correct, predicted), ratio(correct, labelled), ratio(2 * correct, labelled + predicted)], axis=1
    )


def _macro(counts: Counts) -> Counts:
    """Return the mean rates over outcomes that occur; one that is never predicted has precision 0 there."""
    occurs = (counts[:, 0] + counts[:, 1]) > 0
    rates = np.nan_to_num(_rates(counts))
    return ratio((rates * occurs[:, np.newaxis]).sum(axis=2), occurs.sum(axis=1)[:, np.newaxis].astype(float))


def _agreement(cases: Sequence[Case], resampled: Counts, agrees: Callable[[Case], bool | None]) -> Agreement:
    counts = np.zeros((len(cases), 2))
    for i, case in enumerate(cases):
        verdict = agrees(case)
        if verdict is not None:
            counts[i] = 1, verdict
    passages, correct = counts.sum(axis=0)
    drawn = resampled @ counts
    value = ratio(np.array([correct]), np.array([passages]))
    return Agreement(int(passages), int(correct), estimate(float(value[0]), ratio(drawn[:, 1], drawn[:, 0])))


def _estimates(values: Counts, spread: Counts) -> Rates:
    return Rates(*(estimate(float(values[i]), spread[:, i]) for i in range(3)))
