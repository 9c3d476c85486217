"""Plain text at 80 columns, for what is printed without Rich."""

from __future__ import annotations

import textwrap

WIDTH = 80


def filled(text: str, indent: str = "") -> list[str]:
    """
    Return a text in lines that fit, those behind the first set in by two more; no word is cut.

    >>> filled("word " * 20, "  ")[1]
    '    word word word word word'
    """
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
