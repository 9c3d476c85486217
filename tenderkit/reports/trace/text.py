"""The matrix for a person at a terminal: 80 columns, readable without colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tenderkit.compliance import Status
from tenderkit.reports import screen, wording
from tenderkit.reports.trace import told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from tenderkit.document import Document
    from tenderkit.trace import Answer, Trace, Traced

_STYLES = {
    Status.UNANSWERED: "red",
    Status.DECLINED: "red",
    Status.ECHOED: "yellow",
    Status.PARTLY: "yellow",
    Status.COMMITTED: "green",
}
_MATRIX_COLUMNS = 4  # bids that fit beside a requirement at 80 columns
_SHORT = 110  # characters of a requirement that is met


def render(traced: Trace, *, colour: bool = False, width: int = 80) -> str:
    """Return the matrix as text; without a bid, what the tender's author should know."""
    return screen.draw(lambda console: show(traced, console), width=width, colour=colour)


def show(traced: Trace, console: Console) -> None:
    """Print the matrix on a console."""
    console.print(Text(wording.harmless(traced.tender.path), style=screen.HEAD))
    console.print(Text(told.summary(traced)))
    _unread(traced.tender, console)
    if not traced.bids:
        _tell_author(traced, console)
        return
    read = told.read_bids(traced)
    if 1 < len(read) <= _MATRIX_COLUMNS:
        _matrix(traced, read, console)
    for bid in read:
        _bid(traced, bid, console)
    for bid in told.unread_bids(traced):
        screen.show_heading(wording.harmless(bid.path), console)
        _lines((f"Not read: {line}" for line in wording.unread_lines(bid.unread)), console)


def _lines(lines: Iterable[str], console: Console, indent: int = 2) -> None:
    for line in lines:
        console.print(Padding(Text(line), (0, 0, 0, indent)))


def _unread(document: Document, console: Console) -> None:
    if document.unread:
        _lines((f"Not read: {line}" for line in wording.unread_lines(document.unread)), console, 0)


def _matrix(traced: Trace, read: list[Document], console: Console) -> None:
    """One line a requirement, one column a bid."""
    screen.show_heading("The bids side by side", console)
    _lines((f"{number} {wording.harmless(bid.path)}" for number, bid in enumerate(read, start=1)), console)
    console.print()
    table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0), header_style="", expand=True)
    table.add_column("no.", no_wrap=True, max_width=9, overflow="ellipsis")
    table.add_column("requirement", ratio=1, no_wrap=True, overflow="ellipsis")
    for number in range(1, len(read) + 1):
        table.add_column(str(number), no_wrap=True)
    for one in traced.gaps_first():
        if one.requirement.instruction:
            continue
        found = [one.status_of(bid.path) for bid in read]
        table.add_row(
            Text(wording.harmless(told.name(one.requirement))),
            Text(wording.harmless(told.text(one.requirement))),
            *(Text(status.value, style=_STYLES[status]) if status else Text("") for status in found),
        )
    console.print(screen.indented(table))


def _bid(traced: Trace, bid: Document, console: Console) -> None:
    screen.show_heading(wording.harmless(bid.path), console)
    console.print(Text(wording.pages_and_words(bid)))
    console.print(Text(told.counts(traced, bid.path)))
    note = wording.gaps_note(bid)
    if note:
        console.print(Text(note, style="yellow"))
    group = None
    for one in traced.gaps_first(bid.path):
        status = one.status_of(bid.path)
        current = told.INSTRUCTIONS if one.requirement.instruction else status
        if current != group:
            console.print()
            title = (
                current
                if one.requirement.instruction
                else f"{str(status).capitalize()}: {told.MEANING[Status(str(status))]}"
            )
            console.print(Padding(Text(str(title), style=screen.HEAD), (0, 0, 0, 2)))
            group = current
        if one.requirement.instruction:
            _requirement(one, console, short=True)
            continue
        _requirement(one, console, short=status is Status.COMMITTED)
        answers = one.answers_of(bid.path)
        for answer in answers[:1] if status is Status.COMMITTED else answers[:2]:
            _answer(answer, console, stance=status is not Status.COMMITTED)


def _requirement(one: Traced, console: Console, *, short: bool = False) -> None:
    requirement = one.requirement
    table = Table.grid(padding=(0, 1, 0, 0), expand=True)
    table.add_column(no_wrap=True, width=9, overflow="ellipsis")
    table.add_column(ratio=1)
    words = wording.harmless(told.text(requirement))
    where = told.place(requirement)
    about = ", ".join(part for part in (told.strength(requirement), where) if part)
    text = Text(wording.shorten(words, _SHORT) if short else wording.shorten(words))
    if not short:
        text.append(f"\n({about})", style=screen.QUIET)
    table.add_row(Text(wording.harmless(told.name(requirement))), text)
    console.print(screen.indented(table))


def _answer(answer: Answer, console: Console, *, stance: bool) -> None:
    where = told.place(answer)
    line = Text(f"{answer.stance.value}: {wording.quote(answer.quote)}" if stance else wording.quote(answer.quote))
    if where:
        line.append(f" ({where})", style=screen.QUIET)
    line.append(f"\nbecause: {told.why(answer)}", style=screen.QUIET)
    console.print(Padding(line, (0, 0, 0, 12)))


def _tell_author(traced: Trace, console: Console) -> None:
    """Print what the author of a tender should know."""
    noted = told.quality_of(traced)
    by_id = {one.requirement.id: one for one in traced.requirements}
    screen.show_heading("To look at", console)
    if not noted:
        _lines(["Nothing: every requirement can be checked, and none is said twice."], console)
    for identifier, notes in noted.items():
        _requirement(by_id[identifier], console)
        _lines((wording.harmless(note) for note in notes), console, 12)
    screen.show_heading("Outcomes and questions that no requirement asks for", console)
    for outcome, themes in traced.not_asked():
        console.print(
            Padding(
                Text(outcome.prefLabel + ("" if len(themes) < len(outcome.themes) else ": nothing at all")),
                (0, 0, 0, 2),
            )
        )
        _lines((theme.asks for theme in themes), console, 4)
    screen.show_heading("The requirements", console)
    for one in traced.requirements:
        _requirement(one, console)
        speaks = told.outcomes(one, traced.scheme)
        if speaks:
            _lines([speaks], console, 12)
