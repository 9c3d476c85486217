"""`tenderkit evaluate`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tenderkit.cli import options, streams


class EvaluationFormat(StrEnum):
    """How an evaluation is written."""

    TEXT = "text"
    JSON = "json"


class HeldOut(StrEnum):
    """What is held out together."""

    GROUP = "group"


def evaluate(
    labels: Annotated[
        Path, typer.Argument(metavar="LABELS", help="Labelled passages, one JSON object a line.", show_default=False)
    ],
    *,
    predictions: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write what was predicted for each passage, one JSON object a line."),
    ] = None,
    errors: Annotated[bool, typer.Option("--errors", help="List what was missed and what was false.")] = False,
    by: Annotated[
        HeldOut | None,
        typer.Option("--by", help="Hold whole sources out in turn, and judge each by weights learned without it."),
    ] = None,
    form: Annotated[
        EvaluationFormat, typer.Option("--format", "-f", help="How it is written.")
    ] = EvaluationFormat.TEXT,
    vocab: options.Vocab = None,
    output: options.Output = None,
) -> None:
    """
    Measure how right tenderkit is.

    On labelled passages: precision, recall and F1 with 95 % intervals, and how often stance and measure are right.

    Each line: {"text": "...", "outcomes": ["inclusion"], "stance": "commitment", "measured": true}; text alone will do.

    Exit codes: 0 done, 2 wrong usage, or a mistake in the labels.

    Example: tenderkit evaluate labels.jsonl --errors
    """
    from tenderkit import evaluation
    from tenderkit.reports import evaluation as evaluation_report
    from tenderkit.resources import DEFAULT
    from tenderkit.vocabulary import load_vocabulary

    target = streams.Target(output, [labels], {"--predictions": predictions})
    predicted = streams.Target(predictions, [labels], option="--predictions")
    scheme = load_vocabulary(vocab or DEFAULT)
    measure = evaluation.evaluate_held_out if by else evaluation.evaluate_file
    result = measure(labels, scheme)
    if predictions:
        streams.write("".join(f"{line}\n" for line in evaluation.predictions_lines(result)), predicted)
    misses = evaluation.misses(result, scheme) if errors else ()
    streams.write(evaluation_report.render(result, form.value, misses), target)
