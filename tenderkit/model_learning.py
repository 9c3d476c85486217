"""From labelled passages to the files of a vocabulary's language model."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgpack

from tenderkit import fitting, stance_fitting
from tenderkit.cues import load_cues
from tenderkit.errors import UsageError
from tenderkit.lessons import Observer, source_of
from tenderkit.matching import Matcher
from tenderkit.model_fitting import STANCES, Trainer, model_lessons, shown_of
from tenderkit.model_lines import Collector, fit_heard_line, fit_outcome_line, fit_stance_line, fit_theme_line
from tenderkit.passage_model import HELD_OUT, NETWORK
from tenderkit.readings import numbers_of
from tenderkit.resources import MODEL, MODEL_HEAD
from tenderkit.stance_signs import load_stances
from tenderkit.vocabulary import weights_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from tenderkit.labels import Passage
    from tenderkit.model_fitting import ModelLesson
    from tenderkit.model_lines import Cases
    from tenderkit.readings import HeardLine, Line, Reading, Shown, StanceLine
    from tenderkit.vocabulary import Scheme

PRECISION = 0.88  # what evidence of single passages is to reach on sources held out
_LIKELY = 0.65  # of 50 quotes of 12 fresh documents two strict readers took 78 % whole; at 0.50, two in three of 65
_QUARTER = 4
_BASE = "all-MiniLM-L6-v2, Apache-2.0"


@dataclass(frozen=True, slots=True)
class Lines:
    """
    How far to believe the model, and what that comes to.

    Attributes:
        of_theme: For themes.
        of_outcome: For outcomes.
        of_stance: For stances.
        evidence: The least confidence of evidence, of passages by themselves.
        possible: The least confidence of what is to be checked.
        figures: By name, on the sources that were held out.
        starts: By theme, as `outcome/theme`: what is added to the start of its line.
        of_theme_heard: For themes that no term names; None where nothing told of them.
        of_outcome_heard: The same for outcomes.
    """

    of_theme: Line
    of_outcome: Line
    of_stance: StanceLine
    evidence: float
    possible: float
    figures: Mapping[str, float]
    starts: Mapping[str, float]
    of_theme_heard: HeardLine | None
    of_outcome_heard: HeardLine | None


def held_sources(files: Sequence[Sequence[Passage]]) -> frozenset[str]:
    """Return the sources to hold out: every one of the first file, and a quarter of the others."""
    first = {source_of(passage) for passage in files[0]}
    others = {source_of(passage) for file in files[1:] for passage in file} - first
    drawn = {name for name in others if hashlib.sha256(name.encode()).digest()[0] % _QUARTER == 0}
    return frozenset(first | drawn)


def learn_lines(
    scheme: Scheme,
    passages: Sequence[Passage],
    held: frozenset[str],
    readings: Mapping[Shown, Reading],
    precision: float,
) -> Lines:
    """
    Weigh what a model says of sources that it never saw against what terms, rules and signs say without them.

    Args:
        scheme: The vocabulary, without weights.
        passages: All of them; those of sources held out are judged, from the others weights and signs are learned.
        held: The sources held out.
        readings: Of their passages.
        precision: 0 to 1, what evidence of single passages is to reach.
    """
    matcher = Matcher(scheme)
    observer = Observer(matcher)
    lessons = [*observer.passages(one for one in passages if source_of(one) not in held), *observer.examples()]
    weights = fitting.fit(scheme, lessons, precision=precision).weights
    signs = load_stances(scheme.folder, load_cues(scheme.folder).lists)
    known = stance_fitting.held_out(stance_fitting.lessons_of(passages, scheme, matcher.language), held)
    if signs is None or known is None:
        raise UsageError(f"'{scheme.folder}' has learned no stances. Fit these first, with --stances.")
    collector = Collector(matcher, weights, signs.with_weights(known))
    for passage in passages:
        if (reading := readings.get(shown_of(passage))) is not None:
            collector.take(passage, reading)
    return _lines(collector.cases, precision)


def _lines(cases: Cases, precision: float) -> Lines:
    of_theme, starts = fit_theme_line(cases.themes)
    of_outcome, heard, judged = fit_outcome_line(cases.outcomes)
    evidence, possible, figures = fitting.bars_and_figures(judged, precision, widest=True)
    of_stance, of_theme_heard = fit_stance_line(cases.stances), fit_heard_line(cases.unnamed)
    return Lines(of_theme, of_outcome, of_stance, evidence, possible, figures, starts, of_theme_heard, heard)


def fit_model(
    scheme: Scheme,
    files: Sequence[Sequence[Passage]],
    *,
    date: str,
    precision: float | None = None,
    tell: Callable[[str], None],
) -> Path:
    """
    Train a vocabulary's model and write its files; takes more than an hour on two cores.

    Args:
        scheme: The vocabulary, without weights.
        files: Labelled passages; the sources of the first file are held out once, with a quarter of the others, to see
            how far the model is to be believed, and what it said of them is kept beside it for `evaluate`.
        date: Written down as it is.
        precision: 0 to 1, what evidence of single passages is to reach; by default `PRECISION`.
        tell: Takes lines on how far it is.

    Returns:
        The folder.

    Raises:
        UsageError: When something is not installed, or the vocabulary is not in a folder of this file system.
    """
    if not files:
        raise UsageError("A language model learns from labelled passages. Give at least one file with --labels.")
    passages = [passage for file in files for passage in file]
    held = held_sources(files)
    lessons = list(model_lessons(passages, scheme))
    trainer = Trainer(scheme)
    _train(trainer, [lesson for lesson in lessons if lesson.group not in held], "without what is held out", tell)
    readings = trainer.readings({lesson.shown for lesson in lessons if lesson.group in held})
    lines = learn_lines(scheme, passages, held, readings, PRECISION if precision is None else precision)
    trainer = Trainer(scheme)
    _train(trainer, lessons, "of everything", tell)
    return write_model(scheme, trainer, lines, readings, (date, passages))


def _train(trainer: Trainer, lessons: Sequence[ModelLesson], what: str, tell: Callable[[str], None]) -> None:
    for step, steps in trainer.train(lessons):
        tell(f"Training {what}: step {step:,} of {steps:,}")


def write_model(
    scheme: Scheme,
    trainer: Trainer,
    lines: Lines,
    readings: Mapping[Shown, Reading],
    learned_from: tuple[str, Sequence[Passage]],
) -> Path:
    """Write a model's files and return their folder; *learned_from* is the date and the passages."""
    folder = weights_file(scheme).parent / MODEL
    folder.mkdir(exist_ok=True)
    trainer.write(folder)
    date, passages = learned_from
    data = hashlib.sha256()
    for passage in passages:
        data.update(json.dumps([passage.text, passage.before, passage.group], ensure_ascii=False).encode())
    sources = len({source_of(passage) for passage in passages})
    text = [
        '# Written by "tenderkit vocab fit --model" and by nobody else: what the network beside it says,',
        "# number by number, and how that joins the sum of terms and words, and what rules and signs say of stances.",
        f'fitted: "{date}"',
        f'base: "{_BASE}"',
        f'learned-from: {{passages: {len(passages)}, sources: {sources}, data: "{data.hexdigest()}"}}',
        f'network: "{hashlib.sha256((folder / NETWORK).read_bytes()).hexdigest()}"',
        *bars_told((lines.evidence, lines.possible, _LIKELY), lines.figures),
        *(f"{key}: {numbers_of(line)}" for key, line in _named(lines)),
        "starts:",
        *(f"  {name}: {start:+.2f}" for name, start in lines.starts.items()),
        f"stances: [{', '.join(STANCES)}]",
        f"outcomes: [{', '.join(trainer.outcomes)}]",
        "themes:",
        *(f"  - {name}" for name in trainer.themes),
    ]
    (folder / MODEL_HEAD).write_text("\n".join(text) + "\n", encoding="utf-8")
    keep_held_out(folder, readings)
    return folder


def bars_told(bars: tuple[float, float, float], figures: Mapping[str, float]) -> list[str]:
    """Return the lines of `model.yml` on what was measured, and on bars: evidence, what is possible, and `likely`."""
    evidence, possible, likely = bars
    return [
        "cross-validated:",
        *(f"  {name}: {figure:.3f}" for name, figure in figures.items()),
        f"bars: {{evidence: {evidence:.2f}, possible: {possible:.2f}, likely: {likely:.2f}}}",
    ]


def keep_held_out(folder: Path, readings: Mapping[Shown, Reading]) -> None:
    """Write what was said of passages whose sources were held out beside a model, for `evaluate`."""
    kept = {shown.digest: reading.packed() for shown, reading in readings.items()}
    (folder / HELD_OUT).write_bytes(msgpack.packb(dict(sorted(kept.items()))))


def _named(lines: Lines) -> Iterator[tuple[str, Line | HeardLine | StanceLine]]:
    yield "of-theme", lines.of_theme
    if lines.of_theme_heard:
        yield "of-theme-heard", lines.of_theme_heard
    yield "of-outcome", lines.of_outcome
    if lines.of_outcome_heard:
        yield "of-outcome-heard", lines.of_outcome_heard
    yield "of-stance", lines.of_stance
