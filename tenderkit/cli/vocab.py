"""`tenderkit vocab list`, `show` and `check`."""

from typing import Annotated

import typer

from tenderkit.cli import options, streams

app = typer.Typer(help="Look into a vocabulary, or check your own.", rich_markup_mode=None, no_args_is_help=True)


@app.command("list")
def list_outcomes(vocab: options.Vocab = None) -> None:
    """
    List the outcomes and their themes.

    Example: tenderkit vocab list
    """
    from tenderkit.reports import vocabulary
    from tenderkit.vocabulary import DEFAULT, load_vocabulary

    streams.write(vocabulary.render_list(load_vocabulary(vocab or DEFAULT)))


@app.command()
def show(
    outcome: Annotated[str, typer.Argument(metavar="OUTCOME", help="The id of an outcome.", show_default=False)],
    vocab: options.Vocab = None,
) -> None:
    """
    Show an outcome: its themes, their questions, terms and examples.

    Example: tenderkit vocab show inclusion
    """
    from tenderkit.reports import vocabulary
    from tenderkit.vocabulary import DEFAULT, load_vocabulary

    streams.write(vocabulary.render_outcome(load_vocabulary(vocab or DEFAULT).outcome(outcome)))


@app.command()
def check(
    folder: Annotated[
        str, typer.Argument(metavar="DIR|NAME", help="A vocabulary's folder, or its name.", show_default=False)
    ],
) -> None:
    """
    Check a vocabulary, examples and all.

    Every mistake in its files is told at once; then each example is run. Exit code 1 when an example fails, 2 when a
    file holds a mistake.

    Example: tenderkit vocab check our-vocabulary
    """
    from tenderkit.assess import Assessor
    from tenderkit.vocabulary import load_vocabulary
    from tenderkit.vocabulary_check import check_examples, told

    scheme = load_vocabulary(folder)
    Assessor(scheme)  # reads its cues too
    failures = check_examples(scheme, folder)
    streams.write(told(scheme, failures))
    raise typer.Exit(1 if failures else 0)
