"""`tenderkit annotate`."""

from pathlib import Path
from typing import Annotated

import typer

from tenderkit.cli import options, streams


def annotate(
    file: options.File,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            show_default=False,
            help="The new file; for bid.docx, bid.annotated.docx here if not given.",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the new file if it exists already.")] = False,
    outcome: Annotated[
        str | None, typer.Option(metavar="ID", help="Notes on this outcome only.", show_default=False)
    ] = None,
    gaps_only: Annotated[bool, typer.Option("--gaps-only", help="Only the questions that stay open.")] = False,
    every: Annotated[
        bool, typer.Option("--all", help="Every passage that counts, not only the best one of each theme.")
    ] = False,
    role: options.AsRole = None,
    vocab: options.Vocab = None,
    tender: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="What a bid answers: repeating its words is never more than a mention."),
    ] = None,
    timeout: options.Timeout = None,
    tracked: options.Tracked = None,
    password: options.Password = None,
    ocr: options.Ocr = False,
) -> None:
    """
    Give your own Word or PDF file back with notes.

    Comments in Word, highlights in PDF: beside the best passage of each theme with what it lacks, beside
    what is declined, doubtful, copied or hidden, and for each outcome, with the questions that stay open, over the
    section that speaks to it most. The text is never changed, and your file is never replaced.

    Exit codes: 0 done, 2 wrong usage, 3 the document could not be read.

    Example: tenderkit annotate draft.docx -o draft-with-notes.docx
    """
    from tenderkit.annotate import annotate, render_told
    from tenderkit.annotate.notes import Wishes
    from tenderkit.cli import assessing
    from tenderkit.reports.wording import harmless

    streams.refuse_twice([file], tender)
    named = output or streams.beside(file, ".annotated")
    target = streams.Target(named, [file, tender])
    chosen = assessing.resolve([file], vocab=vocab, role=role, timeout=timeout, tracked=tracked, ocr=ocr)
    if outcome:
        outcome = chosen.scheme.outcome(outcome).id
    streams.refuse_replacing(named, force=force)
    how = assessing.how(chosen.reading, password=password, role=chosen.role, weights=chosen.weights, tender=tender)
    result = annotate(file, chosen.scheme, how, Wishes(outcome, gaps_only=gaps_only, every=every))
    streams.refuse_misnaming(named, result.suffix)
    streams.write(result.data, target)
    for line in result.told:
        streams.warn(line)
    if str(named) != "-":
        streams.write(f"{harmless(str(named))}: {render_told(result)}\n")
