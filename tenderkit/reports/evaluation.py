"""The evaluation of a vocabulary on labelled passages, as text at 80 columns or as JSON."""

from __future__ import annotations

import io
from textwrap import fill
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table

from tenderkit.evidence import Stance
from tenderkit.intervals import RESAMPLES
from tenderkit.reports.json import written
from tenderkit.reports.wording import count, harmless, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tenderkit.evaluation import Agreement, Band, Evaluation, Miss, Rates
    from tenderkit.intervals import Estimate

SCHEMA = "tenderkit/evaluation/1"

_HEADS = {
    Stance.COMMITMENT: "commit.",
    Stance.PRACTICE: "practice",
    Stance.REQUIREMENT: "require.",
    Stance.ASPIRATION: "aspirat.",
    Stance.MENTION: "mention",
    Stance.NEGATED: "negated",
}
_NAME = 22  # characters of an outcome's name beside three figures of 16 at 80 columns
_EVIDENCE = "Evidence (what a report shows and scores)"
_BOTH = "Evidence and possible (what it asks a person to check, too)"


def render(evaluation: Evaluation, form: str = "text", misses: Sequence[Miss] = ()) -> str:
    """Render an evaluation as "text" or "json", with a line break at its end; *misses* are listed last."""
    if form == "json":
        value = {**_value(evaluation), **({"misses": [_miss(miss) for miss in misses]} if misses else {})}
        return written(value)
    stream = io.StringIO()
    console = Console(
        file=stream, width=80, color_system=None, legacy_windows=False, markup=False, emoji=False, highlight=False,
        _environ={},
    )  # fmt: skip
    _show(evaluation, console)
    _show_misses(misses, console)
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())


def _show(evaluation: Evaluation, console: Console) -> None:
    passages = count(len(evaluation.cases), "passage")
    sources = f" from {count(evaluation.groups, 'source')}" if evaluation.groups else ""
    drawn = "whole sources, since passages of one source are alike" if evaluation.groups else "passages"
    console.print(f"Vocabulary {harmless(evaluation.vocabulary)} on {passages}{sources}", style="bold")
    console.print(f"Ranges are 95 % intervals: {RESAMPLES:,} bootstrap resamples of {drawn}; fixed seed, percentiles.")
    if evaluation.held_out:
        console.print(
            f"Held out: whole sources, in {evaluation.held_out} folds; each is judged by weights learned without it. "
            "Terms, cues and examples are as they stand: their authors may have seen the passages."
        )
    if evaluation.labelled:
        same = all(not case.prediction.possible for case in evaluation.cases)
        _show_band(evaluation.evidence, _EVIDENCE, console)
        if same:
            console.print("\nNothing was only possible: with both bands the figures are the same.")
        else:
            _show_band(evaluation.both, _BOTH, console)
    console.print()
    for name, agreement in _agreements(evaluation):
        console.print(f"{name:<24}{_range(agreement.accuracy)}  of {count(agreement.passages, 'passage')}")
    if evaluation.stance.passages:
        _show_confusion(evaluation, console)


def _agreements(evaluation: Evaluation) -> Iterator[tuple[str, Agreement]]:
    yield "Stance right", evaluation.stance
    yield "Stated or not, right", evaluation.stated
    yield "Measured or not, right", evaluation.measured


def _show_band(band: Band, title: str, console: Console) -> None:
    table = Table(box=box.SIMPLE_HEAD, padding=0, show_edge=False, pad_edge=False)
    table.add_column("Outcome", overflow="fold")
    for head in ("labels", "precision", "recall", "F1"):
        table.add_column(head, justify="right", no_wrap=True)
    for outcome in band.outcomes:
        name = fill(outcome.id, _NAME, subsequent_indent="  ")  # on a second line, so that no figure is cut
        table.add_row(name, f"{outcome.labelled:,}", *_cells(outcome.rates))
    table.add_section()
    table.add_row("micro", f"{sum(outcome.labelled for outcome in band.outcomes):,}", *_cells(band.micro))
    table.add_row("macro", "", *_cells(band.macro))
    console.print()
    console.print(title, style="bold")
    console.print(table)


def _cells(rates: Rates) -> tuple[str, str, str]:
    return _range(rates.precision), _range(rates.recall), _range(rates.f1)


def _range(estimate: Estimate) -> str:
    """Return a figure with its interval: "0.76 (.72–.79)"."""
    if estimate.value is None:
        return "no figure"
    low, high = (f"{end:.2f}".removeprefix("0") for end in (estimate.low, estimate.high))
    return f"{estimate.value:.2f} ({low}–{high})"


def _show_confusion(evaluation: Evaluation, console: Console) -> None:
    table = Table(box=box.SIMPLE_HEAD, padding=0, show_edge=False, pad_edge=False)
    table.add_column("labelled")
    for stance in Stance:
        table.add_column(_HEADS[stance], justify="right", no_wrap=True)
    for stance, row in zip(Stance, evaluation.confusion, strict=True):
        table.add_row(str(stance), *(f"{number:,}" if number else "." for number in row))
    console.print("\nStance: a row as labelled, a column as said", style="bold")
    console.print(table)


def _show_misses(misses: Sequence[Miss], console: Console) -> None:
    before = ("", False)
    for miss in misses:
        if (miss.outcome, miss.false_alarm) != before:
            before = (miss.outcome, miss.false_alarm)
            number = sum((other.outcome, other.false_alarm) == before for other in misses)
            what = "said and not labelled" if miss.false_alarm else "labelled and not said"
            console.print(f"\n{miss.outcome}: {what}, {number:,}", style="bold")
        words = "; ".join(f"“{shorten(harmless(word), 80)}”" for word in miss.words) or "nothing matched"
        console.print(Padding(f"{harmless(miss.passage.id)}: {words}", (0, 0, 0, 2)))
        console.print(Padding(shorten(harmless(miss.passage.text)), (0, 0, 0, 4)))


def _value(evaluation: Evaluation) -> dict[str, object]:
    stances = [str(stance) for stance in Stance]
    return {
        "schema": SCHEMA,
        "vocabulary": evaluation.vocabulary,
        "passages": len(evaluation.cases),
        "labelled": evaluation.labelled,
        "groups": evaluation.groups,
        "held_out_folds": evaluation.held_out,
        "interval": {
            "level": 0.95,
            "method": "percentile bootstrap",
            "resamples": RESAMPLES,
            "drawn": "groups" if evaluation.groups else "passages",
        },
        "bands": [_band(evaluation.evidence), _band(evaluation.both)],
        "stance": {
            **_agreement(evaluation.stance),
            "confusion": {
                stance: dict(zip(stances, row, strict=True))
                for stance, row in zip(stances, evaluation.confusion, strict=True)
            },
        },
        "stated": _agreement(evaluation.stated),
        "measured": _agreement(evaluation.measured),
    }


def _band(band: Band) -> dict[str, object]:
    return {
        "name": band.name,
        "micro": _rates(band.micro),
        "macro": _rates(band.macro),
        "outcomes": [
            {
                "id": outcome.id,
                "labelled": outcome.labelled,
                "predicted": outcome.predicted,
                "correct": outcome.correct,
                **_rates(outcome.rates),
            }
            for outcome in band.outcomes
        ],
    }


def _rates(rates: Rates) -> dict[str, object]:
    return {
        "precision": _estimate(rates.precision),
        "recall": _estimate(rates.recall),
        "f1": _estimate(rates.f1),
    }


def _agreement(agreement: Agreement) -> dict[str, object]:
    return {
        "passages": agreement.passages,
        "correct": agreement.correct,
        "accuracy": _estimate(agreement.accuracy),
    }


def _estimate(estimate: Estimate) -> dict[str, float | None]:
    figures = {"value": estimate.value, "low": estimate.low, "high": estimate.high}
    return {name: None if figure is None else round(figure, 4) for name, figure in figures.items()}


def _miss(miss: Miss) -> dict[str, object]:
    return {
        "outcome": miss.outcome,
        "false_alarm": miss.false_alarm,
        "id": miss.passage.id,
        "text": miss.passage.text,
        "words": list(miss.words),
    }
