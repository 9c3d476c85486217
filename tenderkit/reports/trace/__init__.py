"""The compliance matrix in each format: a module each, which takes a `Trace`; a workbook is bytes, the rest strings."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenderkit.trace import Trace


class Format(StrEnum):
    """A format of the matrix; its value is also the name of its module."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"
    HTML = "html"
    XLSX = "xlsx"


def render(traced: Trace, form: Format, *, colour: bool = False, width: int = 80) -> str | bytes:
    """
    Render a matrix; only the module of the format is imported.

    Args:
        traced: What one run found.
        form: The format.
        colour: With colour codes (text only).
        width: Columns (text only).

    Returns:
        Text, or bytes for a workbook.
    """
    module = import_module(f"tenderkit.reports.trace.{form.value}")
    if form is Format.TEXT:
        return str(module.render(traced, colour=colour, width=width))
    rendered: str | bytes = module.render(traced)
    return rendered
