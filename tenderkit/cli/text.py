"""`tenderkit text`."""

from typing import Annotated

import typer

from tenderkit.cli import assessing, options, streams


def text(
    file: options.File,
    *,
    blocks: Annotated[
        bool, typer.Option("--blocks", help="One line a block: kind, page, section, offsets, text.")
    ] = False,
    timeout: options.Timeout = None,
    tracked: options.Tracked = None,
    password: options.Password = None,
    ocr: options.Ocr = False,
    output: options.Output = None,
) -> None:
    """
    Print the text that was read from a document.

    The offsets in every report count the characters of this text, so anyone can check a quote.

    Exit codes: 0 done, 2 wrong usage, 3 the document could not be read.

    Example: tenderkit text bid.pdf --blocks
    """
    from tenderkit import batch
    from tenderkit.reports import blocks as block_report

    target = streams.Target(output, [file])
    reading = assessing.resolve_reading(file, timeout=timeout, tracked=tracked, ocr=ocr)
    document = batch.read_one(file, assessing.how(reading, password=password))
    for note in document.notes:
        streams.warn(note)
    for unread in document.unread:
        streams.warn(f"not read: {'a part' if unread.page is None else f'page {unread.page}'}: {unread.why}")
    rendered = block_report.render(document) if blocks else document.text
    streams.write(streams.for_screen(rendered) if output is None else rendered, target)
