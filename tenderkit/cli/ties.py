"""`tenderkit ties`."""

from typing import Annotated

import typer

from tenderkit.cli import options, streams
from tenderkit.reports.ties import Format


def ties(
    paths: Annotated[
        list[str], typer.Argument(metavar="CONTRACT", help="Documents, folders of them, or - for standard input.")
    ],
    *,
    form: Annotated[Format, typer.Option("--format", "-f", help="How the ties are written.")] = Format.TEXT,
    output: options.Output = None,
    role: options.AsRole = None,
    vocab: options.Vocab = None,
    timeout: options.Timeout = None,
    tracked: options.Tracked = None,
    password: options.Password = None,
    ocr: options.Ocr = False,
) -> None:
    """
    Draw what ties a contract's outcomes to its money.

    For each outcome that is promised or asked for: its KPIs, their targets and dates, the payments, service credits
    and remedies that hang on them, and where that chain breaks. `tenderkit check --select value` tells the same as
    findings.

    Exit codes: 0 all read, 2 wrong usage, 3 a document could not be read.

    Example: tenderkit ties contract.docx
    """
    from tenderkit import batch, settings
    from tenderkit.reports import ties as renderers
    from tenderkit.sources import find_sources
    from tenderkit.tie_finding import find_ties

    chosen = settings.resolve(paths, vocab=vocab, role=role, timeout=timeout, tracked=tracked, ocr=ocr)
    reading = chosen.reading
    sources = find_sources(paths)
    streams.refuse_overwriting(output, [source.file for source in sources])
    how = batch.Options(
        chosen.role, None, reading.limits, password, reading.seconds, reading.tracked, streams.find_ocr(reading)
    )
    report = batch.assess_sources(
        sources, chosen.scheme, how, started=streams.progress(sources), failed=streams.show_bug
    )
    found = [find_ties(document, chosen.scheme) for document in report.documents]
    streams.write(renderers.render(found, form), output)
    unreadable = [document for document in report.documents if document.scorecard is None]
    raise typer.Exit(3 if unreadable else 0)
