"""`tenderkit diff`."""

from typing import Annotated

import typer

from tenderkit.cli import assessing, options, streams
from tenderkit.errors import UsageError
from tenderkit.reports.redraft import Format

_BOTH = 2


def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The earlier version.", show_default=False)],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The later version.", show_default=False)],
    *,
    form: Annotated[Format, typer.Option("--format", "-f", help="How it is written.")] = Format.TEXT,
    output: options.Output = None,
    fail_on_loss: Annotated[
        bool,
        typer.Option(
            "--fail-on-loss", help="Exit with 1 when an answer is gone or weaker, or something newly declined."
        ),
    ] = False,
    role: options.AsRole = None,
    vocab: options.Vocab = None,
    weights: options.Weights = None,
    tender: options.Tender = None,
    timeout: options.Timeout = None,
    tracked: options.Tracked = None,
    password: options.Password = None,
    ocr: options.Ocr = False,
) -> None:
    """
    Tell what a redraft gained and lost, with quotes.

    The two may be of different formats. Every theme whose level changed is shown, with what it moved the score.

    Exit codes: 0 done, 1 something was lost (with --fail-on-loss), 2 wrong usage, 3 a document could not be read.

    Example: tenderkit diff draft-1.docx draft-2.docx --fail-on-loss
    """
    from tenderkit import redraft, verdict
    from tenderkit.reports.redraft import render
    from tenderkit.reports.redraft import told as wording
    from tenderkit.sources import find_each

    paths = [old, new]
    target = streams.Target(output, [*paths, tender])
    chosen = assessing.resolve(
        paths, vocab=vocab, weights=weights or (), role=role, timeout=timeout, tracked=tracked, ocr=ocr
    )
    report = assessing.assess_paths(paths, chosen, password=password, tender=tender, find=find_each)
    if len(report.documents) != _BOTH:
        raise UsageError("Name two documents, an old and a new version; a folder or a pack with more is too much.")
    told = redraft.diff(chosen.scheme, *report.documents)
    streams.write(render(told, form, colour=output is None and streams.colour_wanted()), target)
    losses = wording.losses(told) if fail_on_loss else []
    assessing.finish(verdict.judge(report, also=losses), seen=form is Format.TEXT and streams.on_screen(output))
