"""`tenderkit trace`."""

from typing import Annotated

import typer

from tenderkit.cli import assessing, options, streams
from tenderkit.compliance import Status
from tenderkit.reports.trace import Format


def trace(
    tender: Annotated[str, typer.Argument(metavar="TENDER", help="The tender, or - for standard input.")],
    bids: Annotated[
        list[str] | None, typer.Argument(metavar="[BID]...", help="Bids, or folders of them.", show_default=False)
    ] = None,
    *,
    form: Annotated[Format, typer.Option("--format", "-f", help="How the matrix is written.")] = Format.TEXT,
    output: options.Output = None,
    fail_on: Annotated[
        Status | None,
        typer.Option(
            help="Exit with 1 when a mandatory requirement or a question has this status in a bid, or one before it.",
            show_default=False,
        ),
    ] = None,
    vocab: options.Vocab = None,
    timeout: options.Timeout = None,
    tracked: options.Tracked = None,
    password: options.Password = None,
    ocr: options.Ocr = False,
) -> None:
    """
    Show what a tender asks for, and what each bid answers.

    Every requirement with the passages that answer it, gaps first: unanswered, declined, echoed, partly, committed.
    Without a bid it tells the tender's author which requirements cannot be checked, which are said twice, and which
    outcomes none of them asks for.

    Exit codes: 0 all well, 1 a gap as named by --fail-on, 2 wrong usage (also where the tender has no requirement, or
    --fail-on is given without a bid), 3 a document could not be read.

    Example: tenderkit trace tender.docx bids/ --format xlsx --output matrix.xlsx
    """
    from tenderkit import batch, verdict
    from tenderkit.assess import ready_assessor
    from tenderkit.errors import UsageError
    from tenderkit.reports.trace import render
    from tenderkit.sources import find_sources
    from tenderkit.trace import trace as trace_all

    streams.refuse_twice(bids or (), tender)
    target = streams.Target(output, [tender, *(bids or ())])
    chosen = assessing.resolve([tender, *(bids or ())], vocab=vocab, timeout=timeout, tracked=tracked, ocr=ocr)
    sources = find_sources(bids or ())
    if fail_on and not sources:
        raise UsageError("--fail-on needs a bid, and none is named.")
    how = assessing.how(chosen.reading, password=password)
    asked = batch.read_one(tender, how)
    found = batch.read_sources(sources, how, started=streams.progress(sources), failed=streams.show_bug)
    offers = [report.document for _, report in found]
    assessing.doubt_tender(asked, chosen.scheme, offers)
    traced = trace_all(asked, offers, ready_assessor(chosen.scheme))
    if not traced.requirements:
        raise UsageError(f"{asked.path}: no requirement was found in it. Is it the tender?")
    streams.write(render(traced, form, colour=output is None and streams.colour_wanted()), target)
    assessing.finish(verdict.judge_trace(traced, fail_on), seen=form is Format.TEXT and streams.on_screen(output))
