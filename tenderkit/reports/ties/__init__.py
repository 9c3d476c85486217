"""What ties outcomes to money, in each format: a module each, which takes a sequence of `Ties` and returns a string."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenderkit.ties import Ties


class Format(StrEnum):
    """A format of ties; its value is also the name of its module."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


def render(ties: Sequence[Ties], form: Format) -> str:
    """Render ties; only the module of the format is imported."""
    return str(import_module(f"tenderkit.reports.ties.{form.value}").render(ties))
