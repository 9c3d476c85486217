"""Reports: one module a format, each with `render(report, …) -> str`; nothing here prints or opens a file."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenderkit.assess import Report


class Format(StrEnum):
    """A format of a report; its value is also the name of its module."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    MARKDOWN = "markdown"
    CSV = "csv"
    HTML = "html"


def render(
    report: Report,
    form: Format,
    *,
    outcome: str | None = None,
    quiet: bool = False,
    colour: bool = False,
    width: int = 80,
) -> str:
    """
    Render a report; only the module of its format is imported.

    Args:
        report: What one run found.
        form: The format.
        outcome: The id of the one outcome to show in detail, or None for all.
        quiet: One line a document (text only).
        colour: With colour codes (text only).
        width: Columns (text only).
    """
    module = import_module(f"tenderkit.reports.{form.value}")
    options: dict[str, object] = {"outcome": outcome}
    if form is Format.TEXT:
        options |= {"quiet": quiet, "colour": colour, "width": width}
    return str(module.render(report, **options))
