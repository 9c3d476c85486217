"""From a vocabulary's examples and labelled passages to its probe of the language model that travels with tenderkit."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tenderkit import fitting
from tenderkit.cues import load_cues
from tenderkit.errors import UsageError
from tenderkit.lessons import Observer, source_of
from tenderkit.matching import Matcher
from tenderkit.model_fitting import model_lessons, shown_of
from tenderkit.model_learning import bars_told, keep_held_out
from tenderkit.model_lines import Collector, fit_outcome_line
from tenderkit.passage_model import NETWORK, load_model
from tenderkit.probe import FILE, Probe, brought_to_length
from tenderkit.readings import HeardLine, Reading, numbers_of
from tenderkit.resources import DEFAULT, MODEL, MODEL_HEAD
from tenderkit.stance_signs import load_stances
from tenderkit.vocabulary import weights_file
from tenderkit.weights import PRECISION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tenderkit.labels import Passage
    from tenderkit.model_fitting import ModelLesson
    from tenderkit.passage_model import PassageModel
    from tenderkit.readings import Line, Shown
    from tenderkit.vocabulary import Scheme

_FREEDOM = 0.3  # scikit-learn's C; a third or three times as much made no difference on sources held out
_FEWEST_SOURCES = 4  # with passages of an outcome; some are held out of every round
_NEVER = -6.0  # log-odds of an outcome of which nothing was learned


@dataclass(frozen=True, slots=True)
class FittedProbe:
    """
    What was learned.

    Attributes:
        of_outcome: How the probe's log-odds join the sum of terms and words.
        of_outcome_heard: How they are believed where no term stands; None where nothing told of that.
        evidence: The least confidence of evidence.
        possible: The least confidence of what is to be checked.
        figures: By name, on sources that were held out.
        likely: How sure a passage of a document must be, of what it speaks of times what it does, to count: more likely
            than not, as no reader has judged quotes yet.
    """

    of_outcome: Line
    of_outcome_heard: HeardLine | None
    evidence: float
    possible: float
    figures: Mapping[str, float]
    likely: float = 0.5


def fit_probe(
    scheme: Scheme,
    passages: Sequence[Passage],
    *,
    date: str,
    precision: float = PRECISION,
    tell: Callable[[str], None],
) -> tuple[Path, FittedProbe]:
    """
    Learn a vocabulary's probe from its examples and labelled passages, and write its files; takes a few minutes.

    Args:
        scheme: The vocabulary, without weights.
        passages: Labelled passages, of several sources.
        date: Written down as it is.
        precision: 0 to 1, what evidence is to reach on sources that were held out.
        tell: Takes lines on how far it is.

    Returns:
        The folder, and what was learned.

    Raises:
        UsageError: When there are too few passages or no weights, the vocabulary has a network of its own or no folder
            of this file system, or scikit-learn is not installed.
    """
    if len({source_of(passage) for passage in passages if passage.outcomes}) < _FEWEST_SOURCES:
        raise UsageError(
            f"A probe learns from labelled passages of {_FEWEST_SOURCES} sources or more. Give files with --labels."
        )
    if not weights_file(scheme).is_file():
        raise UsageError(f"'{scheme.folder}' has no weights that a probe could join. Fit these first, without --probe.")
    if probe_file(scheme).with_name(NETWORK).is_file():
        what = f"'{scheme.folder}' has a language model of its own"
        raise UsageError(f"{what}. Fit that, with --model, or remove its folder '{MODEL}'.")
    network = load_model(DEFAULT)
    if network is None:
        raise UsageError("No language model travels with this tenderkit. Install it again.")
    course = _Course(scheme, passages, network)
    readings, fitted = course.held_out(precision, tell)
    return _write(scheme, course.learned(), fitted, (network, readings), (date, passages)), fitted


def probe_file(scheme: Scheme) -> Path:
    """Return where the probe of a vocabulary stands, or would."""
    return weights_file(scheme).parent / MODEL / FILE


class _Course:
    """What is taught: every lesson, with the network's numbers of its passage."""

    def __init__(self, scheme: Scheme, passages: Sequence[Passage], network: PassageModel) -> None:
        self._scheme = scheme
        self._passages = passages
        self._network = network
        self._lessons = list(model_lessons(passages, scheme))
        self._wholes = network.wholes(lesson.shown for lesson in self._lessons)
        self._weighed = {shown: brought_to_length(whole) for shown, whole in self._wholes.items()}

    def held_out(self, precision: float, tell: Callable[[str], None]) -> tuple[dict[Shown, Reading], FittedProbe]:
        """Return what probes say of passages whose sources they never saw, and how that joins terms and words."""
        matcher = Matcher(self._scheme)
        observer = Observer(matcher)
        signs = load_stances(self._scheme.folder, load_cues(self._scheme.folder).lists)
        readings: dict[Shown, Reading] = {}
        cases: list[tuple[float, float, bool, str]] = []
        rounds = list(fitting.split([*observer.passages(self._passages), *observer.examples()]))
        for i, (taught, held) in enumerate(rounds, start=1):
            tell(f"Learning without some of the sources: round {i} of {len(rounds)}")
            groups = frozenset(lesson.group for lesson in held)
            own = self._readings(groups)
            readings |= own
            weights = fitting.fit(self._scheme, taught, precision=precision).weights
            collector = Collector(matcher, weights, signs)
            for passage in self._of(groups):
                collector.take(passage, own[shown_of(passage)])
            cases += collector.cases.outcomes
        of_outcome, heard, judged = fit_outcome_line(cases)
        return readings, FittedProbe(of_outcome, heard, *fitting.bars_and_figures(judged, precision))

    def _of(self, groups: frozenset[str]) -> Iterator[Passage]:
        return (each for each in self._passages if each.outcomes is not None and source_of(each) in groups)

    def _readings(self, groups: frozenset[str]) -> dict[Shown, Reading]:
        """Return what a probe that never saw some sources says of their passages."""
        probe = self.learned(groups)
        ids = [outcome.id for outcome in self._scheme.outcomes]
        shown = [shown_of(passage) for passage in self._of(groups)]
        heard = (dict(zip(ids, probe.log_odds(self._wholes[each]), strict=True)) for each in shown)
        ours = self._network.read_all(shown)
        return {
            each: Reading({}, outcomes, read.stances, read.line)
            for each, outcomes, read in zip(shown, heard, ours, strict=True)
        }

    def learned(self, without: frozenset[str] = frozenset()) -> Probe:
        """Return what is learned from all lessons but those of some sources."""
        linear, _ = fitting.tools()
        lessons = [lesson for lesson in self._lessons if lesson.group not in without]
        width = len(next(iter(self._wholes.values())))
        starts, rows = [], []
        for outcome in self._scheme.outcomes:
            told = [(self._weighed[lesson.shown], truth) for lesson in lessons for truth in _truth(lesson, outcome.id)]
            if len({truth for _, truth in told}) > 1:
                model = linear.LogisticRegression(C=_FREEDOM, max_iter=1000)
                model.fit(np.array([numbers for numbers, _ in told]), [truth for _, truth in told])
                starts.append(round(float(model.intercept_[0]), 2))
                rows.append(model.coef_[0])
            else:
                starts.append(_NEVER)
                rows.append(np.zeros(width))
        return Probe(np.array(starts), np.array(rows))


def _truth(lesson: ModelLesson, outcome: str) -> list[bool]:
    """Return whether a lesson speaks of an outcome; nothing where it does not tell: a near-miss tells of its own."""
    if lesson.outcomes:
        return [bool(lesson.outcomes[outcome])]
    return [
        says and name.startswith(f"{outcome}/")
        for name, says in lesson.themes.items()
        if says or name.startswith(f"{outcome}/")
    ]


def _write(
    scheme: Scheme,
    probe: Probe,
    fitted: FittedProbe,
    said: tuple[PassageModel, Mapping[Shown, Reading]],
    learned_from: tuple[str, Sequence[Passage]],
) -> Path:
    network, readings = said
    date, passages = learned_from
    file = probe_file(scheme)
    folder = file.parent
    folder.mkdir(exist_ok=True)
    file.write_bytes(probe.packed())
    keep_held_out(folder, readings)
    data = hashlib.sha256()
    for passage in passages:
        data.update(json.dumps([passage.text, passage.before, passage.outcomes], ensure_ascii=False).encode())
    sources = len({source_of(passage) for passage in passages})
    line = numbers_of(fitted.of_outcome)
    text = [
        '# Written by "tenderkit vocab fit --probe" and by nobody else: what the numbers of the probe beside it mean,',
        "# and how they join the sum of terms and words. The network is the one that travels with tenderkit.",
        f'fitted: "{date}"',
        f'learned-from: {{passages: {len(passages)}, sources: {sources}, data: "{data.hexdigest()}"}}',
        f'network: "{network.head.network}"',
        f'probe: "{hashlib.sha256(probe.packed()).hexdigest()}"',
        *bars_told((fitted.evidence, fitted.possible, fitted.likely), fitted.figures),
        f"of-theme: {line}",
        f"of-outcome: {line}",
        *([f"of-outcome-heard: {numbers_of(fitted.of_outcome_heard)}"] if fitted.of_outcome_heard else []),
        f"of-stance: {numbers_of(network.head.of_stance)}",
        f"stances: [{', '.join(network.head.names.stances)}]",
        f"outcomes: [{', '.join(outcome.id for outcome in scheme.outcomes)}]",
        "themes: []",
    ]
    (folder / MODEL_HEAD).write_text("\n".join(text) + "\n", encoding="utf-8")
    return folder
