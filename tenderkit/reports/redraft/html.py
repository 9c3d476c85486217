"""What a redraft gained and lost, as one HTML page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.reports.html import page
from tenderkit.reports.redraft import told

if TYPE_CHECKING:
    from tenderkit.redraft import Redraft


def render(redraft: Redraft) -> str:
    """Return what changed as HTML."""
    return page("diff.html.j2", redraft=redraft, told=told)
