"""The command line: one module a command; here is the app and the one place that turns errors into exit codes."""

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from tenderkit import __version__
from tenderkit.cli import (
    annotate,
    check,
    compare,
    diff,
    evaluate,
    explain,
    quick_start,
    report,
    rules,
    score,
    streams,
    text,
    ties,
    trace,
    vocab,
    wrong_usage,
)
from tenderkit.errors import MistakesError, TenderkitError, UsageError

app = typer.Typer(
    name="tenderkit",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command()(score.score)
app.command()(report.report)
app.command()(annotate.annotate)
app.command()(trace.trace)
app.command()(check.check)
app.command()(ties.ties)
app.command()(compare.compare)
app.command()(diff.diff)
app.command()(explain.explain)
app.command()(text.text)
app.add_typer(vocab.app, name="vocab")
app.add_typer(rules.app, name="rules")
app.command()(evaluate.evaluate)

_BUG = 70  # sysexits.h: internal software error


def _print_version(wanted: bool) -> None:
    if wanted:
        streams.write(f"tenderkit {__version__}\n")
        raise typer.Exit


@app.callback()
def tenderkit(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """
    Tell what a bid or a tender really says about the outcomes it should serve.

    Nothing leaves this computer, and the same file always gives the same report.

    Example: tenderkit score bid.pdf
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; every error that people can put right becomes one clear line."""
    streams.use_utf8()
    quick_start.hurry()
    try:
        left = app(arguments, prog_name="tenderkit", standalone_mode=False)
    except wrong_usage.REFUSALS as error:
        wrong_usage.show(error, streams.warn, sys.argv[1:] if arguments is None else arguments, app)
        sys.exit(UsageError.exit_code)
    except MistakesError as error:
        streams.warn(str(error), prefix="")
        sys.exit(error.exit_code)
    except TenderkitError as error:
        streams.warn(str(error))
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python complains while it shuts down
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - what is left is our bug, and people get one line, no traceback
        streams.show_bug(error)
        streams.warn(f"a bug of ours ({type(error).__name__}). Please report it with what TENDERKIT_DEBUG=1 shows.")
        sys.exit(_BUG)
    sys.exit(left or 0)
