"""Options that several commands share, with their help."""

from pathlib import Path
from typing import Annotated

import typer

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
File = Annotated[str, typer.Argument(metavar="FILE", help="A document, or - for standard input.", show_default=False)]
