"""The comparison as one HTML page, to read, to filter and to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.reports.compare import told
from tenderkit.reports.html import page
from tenderkit.scoring import Status

if TYPE_CHECKING:
    from tenderkit.compare import Comparison


def render(comparison: Comparison) -> str:
    """Return the comparison as HTML."""
    return page("compare.html.j2", comparison=comparison, told=told, Status=Status)
