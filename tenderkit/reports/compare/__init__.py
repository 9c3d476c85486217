"""Bids side by side, in each format: a module each, which takes a `Comparison`."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenderkit.compare import Comparison


class Format(StrEnum):
    """A format of a comparison; its value is also the name of its module."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    MARKDOWN = "markdown"
    HTML = "html"


def render(comparison: Comparison, form: Format, *, colour: bool = False, width: int = 80) -> str | bytes:
    """
    Render a comparison; only the module of its format is imported.

    Args:
        comparison: Bids side by side.
        form: The format; XLSX gives bytes, the others a string.
        colour: With colour codes (text only).
        width: Columns (text only).
    """
    module = import_module(f"tenderkit.reports.compare.{form.value}")
    options = {"colour": colour, "width": width} if form is Format.TEXT else {}
    rendered: str | bytes = module.render(comparison, **options)
    return rendered
