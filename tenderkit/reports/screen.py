"""A Rich console that draws into a string: its width is given, never a terminal's, and colour only when asked for."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from collections.abc import Callable


def draw(show: Callable[[Console], None], *, width: int = 80, colour: bool = False) -> str:
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
