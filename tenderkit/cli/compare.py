"""`tenderkit compare`."""

from typing import Annotated

import typer

from tenderkit.cli import assessing, options, streams
from tenderkit.errors import UsageError
from tenderkit.reports.compare import Format

_FEWEST, _MOST = 2, 50


def compare(
    paths: Annotated[
        list[str], typer.Argument(metavar="BID", help="Documents or folders of them, in the order of the columns.")
    ],
    *,
    form: Annotated[Format, typer.Option("--format", "-f", help="How the comparison is written.")] = Format.TEXT,
    output: options.Output = None,
    role: options.AsRole = None,
    vocab: options.Vocab = None,
    weights: options.Weights = None,
    outcome: Annotated[str | None, typer.Option(metavar="ID", help="Show the themes of this outcome only.")] = None,
    differences: Annotated[
        bool, typer.Option("--differences", help="Show only themes whose level is not the same in all.")
    ] = False,
    tender: options.Tender = None,
    timeout: options.Timeout = None,
    tracked: options.Tracked = None,
    password: options.Password = None,
    ocr: options.Ocr = False,
) -> None:
    """
    Put bids side by side, quotes first and scores second.

    Scores so close that their difference may be chance share a place; the report says how close that is.

    Exit codes: 0 all read, 2 wrong usage, 3 a document could not be read.

    Example: tenderkit compare bid.pdf draft.docx --format xlsx --output comparison.xlsx
    """
    from tenderkit import compare as comparing
    from tenderkit import verdict
    from tenderkit.reports.compare import render
    from tenderkit.sources import find_in_order

    target = streams.Target(output, [*paths, tender])
    chosen = assessing.resolve(
        paths, vocab=vocab, weights=weights or (), role=role, timeout=timeout, tracked=tracked, ocr=ocr
    )
    if outcome:
        outcome = chosen.scheme.outcome(outcome).id
    report = assessing.assess_paths(paths, chosen, password=password, tender=tender, find=find_in_order)
    if len(report.documents) < _FEWEST:
        if not report.documents[0].scorecard:
            assessing.finish(verdict.judge(report, also=["Name two documents or more."]), seen=False)
        raise UsageError("There is one document only. Name two or more; `tenderkit score` looks at one.")
    if len(report.documents) > _MOST:
        raise UsageError(f"{len(report.documents)} documents are too many side by side. Name {_MOST} at the most.")
    whole = comparing.compare(chosen.scheme, report.documents)
    shown = comparing.narrow(whole, outcome=outcome, differences=differences)
    streams.write(render(shown, form, colour=output is None and streams.colour_wanted()), target)
    assessing.finish(verdict.judge(report), seen=form is Format.TEXT and streams.on_screen(output))
