"""What `tenderkit check` found, in each format: a module each, which takes a `CheckReport` and returns a string."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenderkit.findings import CheckReport


class Format(StrEnum):
    """A format of findings; its value is also the name of its module."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    GITLAB = "gitlab"
    MARKDOWN = "markdown"


def render(report: CheckReport, form: Format, *, statistics: bool = False) -> str:
    """
    Render findings; only the module of the format is imported.

    Args:
        report: What one run found.
        form: The format.
        statistics: Only how often each rule was broken (text and Markdown).
    """
    module = import_module(f"tenderkit.reports.findings.{form.value}")
    if form in {Format.TEXT, Format.MARKDOWN}:
        return str(module.render(report, statistics=statistics))
    return str(module.render(report))
