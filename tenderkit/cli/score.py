"""`tenderkit score`."""

from typing import Annotated

import typer

from tenderkit.cli import assessing, options, streams
from tenderkit.reports import Format


def score(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Documents, folders of them, or - for standard input.")
    ],
    *,
    form: Annotated[Format, typer.Option("--format", "-f", help="How the report is written.")] = Format.TEXT,
    output: options.Output = None,
    role: options.AsRole = None,
    vocab: options.Vocab = None,
    weights: options.Weights = None,
    outcome: Annotated[str | None, typer.Option(metavar="ID", help="Show this outcome only in detail.")] = None,
    min_score: Annotated[
        float | None, typer.Option(metavar="N", help="Exit with 1 when a score, 0 to 100, is below this.")
    ] = None,
    require: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="Exit with 1 when this outcome is not covered; may be repeated."),
    ] = None,
    tender: options.Tender = None,
    against: options.Against = None,
    timeout: options.Timeout = None,
    tracked: options.Tracked = None,
    password: options.Password = None,
    ocr: options.Ocr = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="One line a document (text only).")] = False,
) -> None:
    """
    Score documents against the outcomes.

    The report shows a quote, its page and the reason for every point, and the questions that stay open.

    Exit codes: 0 all well, 1 a score or outcome below what was asked, 2 wrong usage, 3 a document could not be read.

    Example: tenderkit score bid.pdf --min-score 50 --require inclusion
    """
    from tenderkit import reports, verdict

    target = streams.Target(output, [*paths, tender, against])
    chosen = assessing.resolve(
        paths,
        vocab=vocab,
        weights=weights or (),
        min_score=min_score,
        require=require or (),
        role=role,
        timeout=timeout,
        tracked=tracked,
        ocr=ocr,
        quiet=quiet,
    )
    if outcome:
        outcome = chosen.scheme.outcome(outcome).id
    report = assessing.assess_paths(paths, chosen, password=password, tender=tender, against=against, quiet=quiet)
    colour = output is None and streams.colour_wanted()
    streams.write(reports.render(report, form, outcome=outcome, quiet=quiet, colour=colour), target)
    result = verdict.judge(report, min_score=chosen.min_score, require=chosen.require)
    assessing.finish(result, seen=form is Format.TEXT and streams.on_screen(output))
