"""The matrix as one HTML page, filtered by status; it can be read and printed without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.compliance import Status
from tenderkit.reports.html import page
from tenderkit.reports.trace import told

if TYPE_CHECKING:
    from tenderkit.trace import Trace


def render(traced: Trace) -> str:
    """Return the matrix as HTML."""
    return page("trace.html.j2", traced=traced, told=told, statuses=list(Status), noted=told.quality_of(traced))
