"""What `tenderkit check` found, in each format: a module each, which takes a `CheckReport` and returns a string."""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

from tenderkit.severity import Severity

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


def render(report: CheckReport, form: Format, *, statistics: bool = False, fail_on: Severity = Severity.NOTE) -> str:
    """
    Render findings; only the module of the format is imported.

    Args:
        report: What one run found.
        form: The format.
        statistics: Only how often each rule was broken (text and Markdown).
        fail_on: The least severity that fails a run (JUnit, whose readers go by failed tests).
    """
    module = import_module(f"tenderkit.reports.findings.{form.value}")
    if form in {Format.TEXT, Format.MARKDOWN}:
        return str(module.render(report, statistics=statistics))
    if form is Format.JUNIT:
        return str(module.render(report, fail_on=fail_on))
    return str(module.render(report))
