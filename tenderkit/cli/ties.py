"""`tenderkit ties`."""

from typing import Annotated

import typer

from tenderkit.cli import assessing, options, streams
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
    from tenderkit import verdict
    from tenderkit.reports import ties as renderers
    from tenderkit.tie_finding import find_ties

    target = streams.Target(output, paths)
    chosen = assessing.resolve(paths, vocab=vocab, role=role, timeout=timeout, tracked=tracked, ocr=ocr)
    report = assessing.assess_paths(paths, chosen, password=password)
    found = [find_ties(document, chosen.scheme) for document in report.documents]
    streams.write(renderers.render(found, form), target)
    assessing.finish(verdict.judge(report), seen=form is Format.TEXT and streams.on_screen(output))
