"""Options that several commands share, with their help."""

from pathlib import Path
from typing import Annotated

import typer

from tenderkit.document import View

Vocab = Annotated[
    str | None,
    typer.Option("--vocab", metavar="DIR|NAME", help="The vocabulary: a folder, or the name of one of ours."),
]
AsRole = Annotated[
    str | None,
    typer.Option("--as", metavar="ROLE", help="Take every document for a bid, tender, contract or strategy."),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to this file, not to the screen.")
]
Timeout = Annotated[
    float | None,
    typer.Option(metavar="SECONDS", help="Give up a document after this time; 60 seconds if not given."),
]
Tracked = Annotated[
    View | None,
    typer.Option(show_default=False, help="Which view of tracked changes to read; final if not given."),
]
Weights = Annotated[
    list[str] | None,
    typer.Option("--weights", metavar="ID=NUMBER", help="How much an outcome counts; may be repeated."),
]
Password = Annotated[
    str | None,
    typer.Option(
        envvar="TENDERKIT_PASSWORD", show_default=False, help="Opens locked PDF files; never shown or stored."
    ),
]
Ocr = Annotated[
    bool,
    typer.Option("--ocr", help="Recognise text on scanned pages with tesseract or ocrmypdf, if one is installed."),
]
Tender = Annotated[
    str | None,
    typer.Option(
        "--tender", metavar="FILE", help="What the bids answer: repeating its words is never more than a mention."
    ),
]
Against = Annotated[
    str | None,
    typer.Option(
        metavar="TENDER",
        help="Score by what this tender asks for: its themes, weighed by how many requirements speak to each outcome.",
    ),
]
File = Annotated[str, typer.Argument(metavar="FILE", help="A document, or - for standard input.", show_default=False)]
Rules = Annotated[
    str | None,
    typer.Option(
        "--rules", metavar="DIR", help="A folder of packs of your own, asked beside ours.", show_default=False
    ),
]
