"""The JSON Lines report: one document a line, each with what made it; the schema's `$defs/line` describes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.reports.json import document_value, dumped, head

if TYPE_CHECKING:
    from tenderkit.assess import Report

SCHEMA = "tenderkit/document/1"


def render(report: Report, *, outcome: str | None = None) -> str:
    """Return one line of JSON a document; *outcome* limits what is told in detail."""
    lines = [
        {"schema": SCHEMA, **head(report.scheme), **document_value(document, outcome)} for document in report.documents
    ]
    return "".join(f"{dumped(line)}\n" for line in lines)
