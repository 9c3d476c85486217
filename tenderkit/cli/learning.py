"""What `tenderkit vocab fit` can learn: the weights of terms, stances, a probe, or a model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.cli import streams
from tenderkit.errors import UsageError
from tenderkit.resources import Mistakes, read_yaml
from tenderkit.weights import PRECISION

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tenderkit.labels import Passage
    from tenderkit.vocabulary import Scheme


@dataclass(frozen=True, slots=True)
class Lesson:
    """
    What is learned from, and how.

    Attributes:
        scheme: The vocabulary, without its weights.
        labels: The files of labelled passages, which no result may replace.
        files: The passages of each.
        date: The day to write down.
        precision: How right evidence must be on what is held out, 0 to 1; None for what is usual.
    """

    scheme: Scheme
    labels: Sequence[Path]
    files: Sequence[Sequence[Passage]]
    date: str
    precision: float | None

    @property
    def passages(self) -> list[Passage]:
        """The passages of all files."""
        return [passage for file in self.files for passage in file]


def chosen(*, model: bool, probe: bool, stances: bool) -> Callable[[Lesson], None]:
    """
    Return what is to be learned: the weights of terms, unless one of these is asked for.

    Raises:
        UsageError: When several are.

    >>> chosen(model=False, probe=True, stances=False).__name__
    'learn_probe'
    """
    ways = {"--model": (model, learn_model), "--probe": (probe, learn_probe), "--stances": (stances, learn_stances)}
    asked = [name for name, (wanted, _) in ways.items() if wanted]
    if len(asked) > 1:
        raise UsageError(f"{' and '.join(asked)} are learned one at a time. Ask for one.")
    return ways[asked[0]][1] if asked else learn_terms


def learn_model(lesson: Lesson) -> None:
    """Train a language model of the vocabulary's own."""
    from tenderkit.model_learning import fit_model

    told = fit_model(lesson.scheme, lesson.files, date=lesson.date, precision=lesson.precision, tell=streams.warn)
    streams.write(f"{told}\n")


def learn_probe(lesson: Lesson) -> None:
    """Learn from what the model that travels along reads."""
    from tenderkit.probe_fitting import fit_probe
    from tenderkit.reports import vocabulary

    precision = PRECISION if lesson.precision is None else lesson.precision
    where, learned = fit_probe(lesson.scheme, lesson.passages, date=lesson.date, precision=precision, tell=streams.warn)
    streams.write(vocabulary.render_probe(lesson.scheme, learned, str(where)))


def learn_stances(lesson: Lesson) -> None:
    """
    Learn what sentences look like that promise.

    Raises:
        UsageError: When a precision is asked for: it is one of outcomes.
    """
    from tenderkit import stance_fitting

    if lesson.precision is not None:
        raise UsageError("--precision is of outcomes; --stances learns none. Leave one of them out.")
    target = streams.Target(stance_fitting.stances_file(lesson.scheme), lesson.labels, option="The new")
    streams.write(stance_fitting.fit_stances(lesson.scheme, lesson.passages, lesson.date), target)


def learn_terms(lesson: Lesson) -> None:
    """Learn how far to trust each term; weights that had learned from more are not replaced without a word."""
    from tenderkit import fitting
    from tenderkit.probe_fitting import probe_file
    from tenderkit.reports import vocabulary
    from tenderkit.vocabulary import weights_file

    precision = PRECISION if lesson.precision is None else lesson.precision
    text, fitted = fitting.fit_vocabulary(lesson.scheme, lesson.passages, date=lesson.date, precision=precision)
    file = weights_file(lesson.scheme)
    before, now = _passages_behind(file), len(lesson.passages)
    streams.write(text, streams.Target(file, lesson.labels, option="The new"))
    streams.write(vocabulary.render_fit(lesson.scheme, fitted, str(file)))
    if before > now:
        streams.warn(
            f"The {file.name} that was there had learned from {before:,} labelled passages, this one from {now:,}. "
            "Name their files by --labels, or put the old one back, if you have a copy."
        )
    if probe_file(lesson.scheme).is_file():
        streams.warn("Its probe was learned beside the weights before. Learn it again, with --probe.")


def _passages_behind(file: Path) -> int:
    """Return how many labelled passages the weights in a file were learned from; 0 where it does not say."""
    node = read_yaml(file, file.name, Mistakes()) if file.is_file() else None
    head = dict(node.pairs()) if node and node.is_mapping else {}
    learned = dict(head["learned-from"].pairs()) if "learned-from" in head else {}
    return int(learned["passages"].number()) if "passages" in learned else 0
