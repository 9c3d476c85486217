"""A Rich console that draws into a string: its width is given, never a terminal's, and colour only when asked for."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from tenderkit.reports.lines import WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.table import Table

HEAD = "bold"
QUIET = "dim"


def draw(show: Callable[[Console], None], *, width: int = WIDTH, colour: bool = False) -> str:
    """Return what *show* prints on a console, without spaces at the ends of lines."""
    stream = io.StringIO()
    console = Console(
        file=stream,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
        _environ={},
    )
    show(console)
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().split("\n")[:-1])


def show_heading(heading: str, console: Console) -> None:
    """Print a heading, with two empty lines above it."""
    console.print()
    console.print()
    console.print(Text(heading, style=HEAD))


def indented(table: Table) -> Padding:
    """Return a table that is set in by two columns."""
    return Padding(table, (0, 0, 0, 2))
