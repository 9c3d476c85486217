"""`tenderkit report`."""

from pathlib import Path
from typing import Annotated

import typer

from tenderkit.cli import assessing, options, streams
from tenderkit.errors import UsageError

NAME = Path("report.html")
_OURS = b'<meta name="generator" content="tenderkit '


def report(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Documents, folders of them, or - for standard input.")
    ],
    *,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help=f"Write to this file, not to {NAME}.")
    ] = None,
    outcome: Annotated[str | None, typer.Option(metavar="ID", help="Show this outcome only in detail.")] = None,
    role: options.AsRole = None,
    vocab: options.Vocab = None,
    weights: options.Weights = None,
    tender: options.Tender = None,
    against: options.Against = None,
    tracked: options.Tracked = None,
    timeout: options.Timeout = None,
    password: options.Password = None,
    ocr: options.Ocr = False,
) -> None:
    """
    Write a report as one HTML file, to read and to print.

    It is what `tenderkit score --format html` writes. Any browser opens it, and it needs no network.

    Exit codes: 0 all well, 2 wrong usage, 3 a document could not be read.

    Example: tenderkit report bids/ -o report.html
    """
    from tenderkit import reports, verdict
    from tenderkit.reports.wording import harmless

    file = output or _free(NAME)
    target = streams.Target(file, [*paths, tender, against])
    chosen = assessing.resolve(
        paths, vocab=vocab, weights=weights or (), role=role, timeout=timeout, tracked=tracked, ocr=ocr
    )
    if outcome:
        outcome = chosen.scheme.outcome(outcome).id
    found = assessing.assess_paths(paths, chosen, password=password, tender=tender, against=against)
    if any(document.scorecard for document in found.documents):  # else an earlier report would give way to nothing
        streams.write(reports.render(found, reports.Format.HTML, outcome=outcome), target)
        if str(file) != "-":
            streams.write(f"The report is in {harmless(str(file))}. Open it in a browser.\n")
    assessing.finish(verdict.judge(found), seen=False)


def _free(file: Path) -> Path:
    """
    Return the file to write when none was named: an earlier report of ours gives way, nothing else does.

    Raises:
        UsageError: When something else stands there.
    """
    if file.exists() and not (file.is_file() and _OURS in file.read_bytes()[:2000]):
        raise UsageError(f"'{file}' stands here and is no report of ours. Name another file with --output.")
    return file
