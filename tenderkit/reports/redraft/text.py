"""What a redraft gained and lost, as text: for its author at 80 columns, readable without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tenderkit.redraft import Move
from tenderkit.reports import quoting, screen, wording
from tenderkit.reports.redraft import told

if TYPE_CHECKING:
    from rich.console import Console

    from tenderkit.assess import DocumentReport
    from tenderkit.redraft import Redraft, ThemeChange

_STYLES = {Move.GAINED: "green", Move.LOST: "red", Move.SAME: ""}


def render(redraft: Redraft, *, colour: bool = False, width: int = 80) -> str:
    """
    Render what changed as text, with a line break at its end.

    Args:
        redraft: Two versions of a document.
        colour: With colour codes.
        width: Columns.
    """
    return screen.draw(lambda console: _show(redraft, console), width=width, colour=colour)


def _show(redraft: Redraft, console: Console) -> None:
    for name, report in (("old", redraft.before), ("new", redraft.after)):
        _show_version(name, report, console)
    for warning in redraft.warnings:
        console.print()
        console.print(Text(f"Beware: {wording.harmless(warning)}"))
    if not redraft.themes:
        return
    console.print()
    console.print(Text(told.movement(redraft), style=screen.HEAD))
    console.print(Text(told.METHOD if redraft.changed else told.NOTHING))
    console.print()
    console.print(_figures(redraft))
    moved = told.outcomes_moved(redraft)
    if moved:
        screen.show_heading(f"Outcomes that moved: {len(moved)}", console)
        console.print()
        console.print(_outcomes(redraft))
    for part in told.parts(redraft):
        screen.show_heading(part.heading, console)
        for change in part.changes:
            console.print()
            _show_change(change, console)
        for line in part.lines:
            console.print(Padding(Text(line), (0, 0, 0, 2)))


def _show_version(name: str, report: DocumentReport, console: Console) -> None:
    document = report.document
    about = f"read as a {report.role}; {wording.pages_and_words(document)}" if report.scorecard else "not read"
    console.print(Text.assemble((f"{name}  ", screen.HEAD), f"{wording.harmless(document.path)}: {about}"))
    for line in wording.unread_lines(document.unread):
        console.print(Padding(Text(f"not read: {line}"), (0, 0, 0, 5)))


def _figures(redraft: Redraft) -> Padding:
    table = _table("", "old", "new")
    for name, before, after in told.figures(redraft):
        style = screen.HEAD if before != after else screen.QUIET
        table.add_row(Text(name, style=style), Text(before, style=style), Text(after, style=style))
    return screen.indented(table)


def _outcomes(redraft: Redraft) -> Padding:
    table = _table("", "old", "", "new", "")
    for before, after in told.outcomes_moved(redraft):
        cells = (before.status.value, f"{before.score:.1f}", after.status.value, f"{after.score:.1f}")
        table.add_row(Text(before.label), *(Text(cell) for cell in cells))
    return screen.indented(table)


def _show_change(change: ThemeChange, console: Console) -> None:
    console.print(Padding(Text(told.title(change), style=_STYLES[change.move]), (0, 0, 0, 2)))
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    for name, evidence in told.quotes(change):
        words = Text(quoting.excerpt(evidence))
        place = wording.where(evidence)
        if place:
            words.append(f"\n{place}", style=screen.QUIET)
        table.add_row(Text(name, style=screen.HEAD), words)
    console.print(Padding(table, (0, 0, 0, 4)))


def _table(*headings: str) -> Table:
    table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style=screen.HEAD)
    for number, heading in enumerate(headings):
        table.add_column(heading, justify="right" if number else "left", no_wrap=True)
    return table
