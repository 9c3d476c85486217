"""What a redraft gained and lost, in each format: a module each, which takes a `Redraft` and returns a string."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenderkit.redraft import Redraft


class Format(StrEnum):
    """A format of a redraft's gains and losses; its value is also the name of its module."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    HTML = "html"


def render(redraft: Redraft, form: Format, *, colour: bool = False, width: int = 80) -> str:
    """
    Render what changed; only the module of its format is imported.

    Args:
        redraft: Two versions of a document.
        form: The format.
        colour: With colour codes (text only).
        width: Columns (text only).
    """
    module = import_module(f"tenderkit.reports.redraft.{form.value}")
    options = {"colour": colour, "width": width} if form is Format.TEXT else {}
    return str(module.render(redraft, **options))
