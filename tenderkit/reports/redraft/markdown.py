"""What a redraft gained and lost, as Markdown; nothing in a document can become markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.reports import quoting, wording
from tenderkit.reports.markdown import escape, table_row
from tenderkit.reports.redraft import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderkit.redraft import Redraft


def render(redraft: Redraft) -> str:
    """Return what changed as Markdown, with a line break at its end."""
    return "\n".join(_lines(redraft)).strip("\n") + "\n"


def _lines(redraft: Redraft) -> Iterator[str]:
    yield f"# From {escape(redraft.before.document.path)} to {escape(redraft.after.document.path)}"
    yield ""
    for name, report in (("old", redraft.before), ("new", redraft.after)):
        for line in wording.unread_lines(report.document.unread):
            yield f"- Not read in the {name} version: {escape(line)}"
    for warning in redraft.warnings:
        yield f"- Beware: {escape(warning)}"
    yield ""
    if not redraft.themes:
        return
    yield f"**{told.movement(redraft)}.** {told.METHOD if redraft.changed else told.NOTHING}"
    yield ""
    yield "|  | old | new |"
    yield "|---|--:|--:|"
    for name, before, after in told.figures(redraft):
        yield table_row(name, before, after)
    for before_, after_ in told.outcomes_moved(redraft):
        was, now = (f"{each.status.value} ({each.score:.1f})" for each in (before_, after_))
        yield table_row(escape(before_.label), was, now)
    yield ""
    for part in told.parts(redraft):
        yield f"## {part.heading}"
        yield ""
        for change in part.changes:
            yield f"- {escape(told.title(change))}"
            for name, evidence in told.quotes(change):
                place = wording.where(evidence)
                yield f"  - {name}: {escape(quoting.excerpt(evidence))}{f' ({escape(place)})' if place else ''}"
        for line in part.lines:
            yield f"- {escape(line)}"
        yield ""
