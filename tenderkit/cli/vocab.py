"""`tenderkit vocab list`, `show`, `check`, `fit`, `try`, `why-not` and `export`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tenderkit.cli import options, streams
from tenderkit.skos import Syntax


class Export(StrEnum):
    """What a vocabulary can be exported as."""

    SKOS = "skos"


app = typer.Typer(help="Look into a vocabulary, or check your own.", rich_markup_mode=None, no_args_is_help=True)


@app.command("list")
def list_outcomes(vocab: options.Vocab = None) -> None:
    """
    List the outcomes and their themes.

    Exit codes: 0 done, 2 wrong usage.

    Example: tenderkit vocab list
    """
    from tenderkit.reports import vocabulary
    from tenderkit.resources import DEFAULT
    from tenderkit.vocabulary import load_vocabulary

    streams.write(vocabulary.render_list(load_vocabulary(vocab or DEFAULT)))


@app.command()
def show(
    outcome: Annotated[str, typer.Argument(metavar="OUTCOME", help="The id of an outcome.", show_default=False)],
    vocab: options.Vocab = None,
) -> None:
    """
    Show an outcome: its themes, their questions, terms and examples.

    Exit codes: 0 done, 2 wrong usage.

    Example: tenderkit vocab show inclusion
    """
    from tenderkit.reports import vocabulary
    from tenderkit.resources import DEFAULT
    from tenderkit.vocabulary import load_vocabulary

    streams.write(vocabulary.render_outcome(load_vocabulary(vocab or DEFAULT).outcome(outcome)))


@app.command()
def check(
    folder: Annotated[
        str, typer.Argument(metavar="DIR|NAME", help="A vocabulary's folder, or its name.", show_default=False)
    ],
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 for anything to look at.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Show each by itself, not theme by theme.")] = False,
) -> None:
    """
    Check a vocabulary, examples and all.

    Every mistake in its files is told at once; then each example is run. Then comes what to look at: terms that no
    example has, that another term makes needless or that two outcomes have without saying 'also', and examples that
    pass for the wrong reason.

    Exit codes: 0 all examples pass, 1 an example fails (with --strict, or there is something to look at), 2 a file
    holds a mistake.

    Example: tenderkit vocab check our-vocabulary --strict
    """
    from tenderkit.assess import Assessor
    from tenderkit.reports import vocabulary
    from tenderkit.vocabulary import load_vocabulary
    from tenderkit.vocabulary_audit import audit
    from tenderkit.vocabulary_check import check_examples

    scheme = load_vocabulary(folder)
    assessor = Assessor(scheme)
    failures = check_examples(scheme, assessor.matcher)
    findings = audit(scheme, assessor)
    streams.write(vocabulary.render_check(scheme, failures, findings, every=every))
    raise typer.Exit(1 if failures or (strict and findings) else 0)


@app.command()
def fit(
    folder: Annotated[
        str, typer.Argument(metavar="DIR|NAME", help="A vocabulary's folder, or its name.", show_default=False)
    ],
    *,
    date: Annotated[str, typer.Option(metavar="YYYY-MM-DD", help="The date to write down.", show_default=False)],
    labels: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Labelled passages to learn from; may be repeated.")
    ] = None,
    precision: Annotated[
        float | None,
        typer.Option(
            min=0, max=1, help="How right evidence must be on sources held out.", show_default="0.81, model 0.88"
        ),
    ] = None,
    stances: Annotated[
        bool, typer.Option("--stances", help="Learn stances from the passages instead: writes cues/stances.yml.")
    ] = False,
    model: Annotated[
        bool, typer.Option("--model", help="Train the language model instead: writes model/, and takes over an hour.")
    ] = False,
    probe: Annotated[
        bool,
        typer.Option("--probe", help="Learn from what the model that travels along reads instead: writes model/."),
    ] = False,
) -> None:
    """
    Learn how far to trust each term, and write weights.yml.

    Learns from the vocabulary's examples and from labelled passages; with --stances, what sentences look like that
    promise, from passages alone. After that, with --probe, learns in minutes to tell the outcomes by what the language
    model that travels with tenderkit reads; with --model, in hours, what a model of its own should read. Needs
    scikit-learn: pip install 'tenderkit[fit]'; for the model 'tenderkit[model]'.

    Exit codes: 0 done, 2 wrong usage, or a mistake in a file.

    Example: tenderkit vocab fit our-vocabulary --labels labels.jsonl --date 2026-11-26
    """
    from tenderkit.cli import learning
    from tenderkit.cli.days import parse_day
    from tenderkit.labels import read_passages
    from tenderkit.vocabulary import load_vocabulary

    parse_day(date, "--date")
    learn = learning.chosen(model=model, probe=probe, stances=stances)
    scheme = load_vocabulary(folder, weighed=False)
    files = [read_passages(file, scheme) for file in labels or ()]
    learn(learning.Lesson(scheme, labels or [], files, date, precision))


_SENTENCE = typer.Argument(metavar="SENTENCE", help="A sentence, in quotes.", show_default=False)


@app.command("try")
def try_sentence(sentence: Annotated[str, _SENTENCE], vocab: options.Vocab = None) -> None:
    """
    Show what a sentence matches.

    Each theme that is found, the terms that did it with their files and lines, how sure that makes us, and what was
    refused and why.

    Exit codes: 0 done, 2 wrong usage, or a mistake in a file.

    Example: tenderkit vocab try "We will test with screen readers."
    """
    from tenderkit import vocabulary_trial
    from tenderkit.assess import Assessor
    from tenderkit.reports import trial
    from tenderkit.resources import DEFAULT
    from tenderkit.sources import reportable
    from tenderkit.vocabulary import load_vocabulary

    scheme = load_vocabulary(vocab or DEFAULT)
    streams.write(trial.render(scheme, vocabulary_trial.try_sentence(Assessor(scheme), reportable(sentence))))


@app.command("why-not")
def why_not(
    outcome: Annotated[str, typer.Argument(metavar="OUTCOME", help="The id of an outcome.", show_default=False)],
    sentence: Annotated[str, _SENTENCE],
    vocab: options.Vocab = None,
) -> None:
    """
    Show why a sentence is not found for an outcome.

    What was refused and for want of what, how sure the rest made us, and the terms of which most words stand there,
    with those that are lacking.

    Exit codes: 0 done, 2 wrong usage, or a mistake in a file.

    Example: tenderkit vocab why-not inclusion "The site works for blind residents."
    """
    from tenderkit import vocabulary_trial
    from tenderkit.assess import Assessor
    from tenderkit.reports import trial
    from tenderkit.resources import DEFAULT
    from tenderkit.sources import reportable
    from tenderkit.vocabulary import load_vocabulary

    scheme = load_vocabulary(vocab or DEFAULT)
    tried = vocabulary_trial.why_not(Assessor(scheme), outcome, reportable(sentence))
    streams.write(trial.render(scheme, tried, scheme.outcome(outcome)))


@app.command()
def export(
    *,
    form: Annotated[Export, typer.Option("--format", "-f", help="What is written.")] = Export.SKOS,
    syntax: Annotated[Syntax, typer.Option(help="How it is written.")] = Syntax.TURTLE,
    base: Annotated[
        str | None, typer.Option(metavar="URI", help="Names the vocabulary; its concepts are named beneath it.")
    ] = None,
    vocab: options.Vocab = None,
    output: options.Output = None,
) -> None:
    """
    Export a vocabulary for other programs.

    SKOS: outcomes are the top concepts, themes the narrower ones. Needs rdflib: pip install 'tenderkit[skos]'.

    Exit codes: 0 done, 2 wrong usage.

    Example: tenderkit vocab export --format skos --output lga-2022.ttl
    """
    from tenderkit import skos
    from tenderkit.resources import DEFAULT
    from tenderkit.vocabulary import load_vocabulary

    writers = {Export.SKOS: skos.export}
    scheme = load_vocabulary(vocab or DEFAULT)
    streams.write(writers[form](scheme, base=base, syntax=syntax), streams.Target(output, ()))
