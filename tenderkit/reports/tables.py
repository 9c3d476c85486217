"""The tables of the text report, as Rich draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tenderkit.evidence import Level
from tenderkit.reports import screen, wording
from tenderkit.scoring import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from tenderkit.assess import DocumentReport
    from tenderkit.scoring import Scorecard, ThemeScore

STATUS_STYLES = {Status.COVERED: "green", Status.PARTIAL: "yellow", Status.THIN: "yellow", Status.GAP: "red"}
LEVEL_STYLES = {
    Level.MEASURED: "green",
    Level.STATED: "green",
    Level.MENTIONED: "yellow",
    Level.ABSENT: "red",
}
_MATRIX_COLUMNS = 6  # as many documents as fit beside the outcomes' names at 80 columns
_BAR = 10
_NAME = 29  # characters of a document's name in a table; it stands in full above its own part


def bar(score: float) -> str:
    """
    Return a score as a bar of 10 characters.

    >>> bar(66.7), bar(0), bar(1), bar(99.9)
    ('███████···', '··········', '█·········', '█████████·')
    """
    filled = min(_BAR if score == 100 else _BAR - 1, max(int(score / 100 * _BAR + 0.5), int(score > 0)))
    return "█" * filled + "·" * (_BAR - filled)


def outcomes(card: Scorecard) -> RenderableType:
    """One line an outcome: bar, score, status, how many of its themes are answered, and its weight if any differs."""
    weighted = any(outcome.weight != 1 for outcome in card.outcomes)
    table = _grid()
    table.add_column(ratio=1)  # a long name takes a second line, so that no number is cut
    table.add_column(no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    if weighted:
        table.add_column(no_wrap=True)
    for outcome in card.outcomes:
        style = STATUS_STYLES[outcome.status]
        row = [
            Text(outcome.label),
            Text(bar(outcome.score), style=style),
            Text(f"{outcome.score:.1f}"),
            Text(outcome.status.value, style=style),
            Text(f"{wording.answered(outcome)} of {len(outcome.themes)} themes{'' if weighted else ' answered'}"),
        ]
        table.add_row(*row, *([Text(f"weight {outcome.weight:g}")] if weighted else []))
    return screen.indented(table)


def facts(pairs: Iterable[tuple[str, str]]) -> RenderableType:
    """Name and value, one a line."""
    table = _grid()
    table.add_column(no_wrap=True)
    table.add_column()
    for name, value in pairs:
        table.add_row(Text(name), Text(value))
    return screen.indented(table)


def questions(themes: Iterable[ThemeScore]) -> RenderableType:
    """What a document leaves open: how far it goes, and the question."""
    table = _grid()
    table.add_column(width=14, no_wrap=True)
    table.add_column()
    for theme in themes:
        table.add_row(Text(wording.level_word(theme), style=LEVEL_STYLES[theme.level]), Text(theme.asks))
    return Padding(table, (0, 0, 0, 4))


def two_columns(rows: Iterable[tuple[str, str]]) -> RenderableType:
    """Where, and what."""
    table = _grid()
    table.add_column(no_wrap=True)
    table.add_column()
    for where, what in rows:
        table.add_row(Text(where), Text(what))
    return screen.indented(table)


def comparison(documents: Sequence[DocumentReport]) -> RenderableType:
    """One line a document: score, depth, outcomes covered, outcomes that are gaps, questions left open."""
    table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), expand=True, header_style="")
    table.add_column("", no_wrap=True)
    table.add_column("document", ratio=1)
    table.add_column("role", no_wrap=True)
    for name in ("score", "depth", "covered", "gap", "open"):
        table.add_column(name, justify="right", no_wrap=True)
    for number, report in enumerate(documents, start=1):
        path = Text(wording.shorten_middle(wording.harmless(report.document.path), _NAME))
        card = report.scorecard
        if card is None:
            table.add_row(Text(str(number)), path, Text("not read"))
            continue
        unread = wording.not_read(report.document)
        if unread:
            path.append(f"\n{unread} not read")
        table.add_row(
            Text(str(number)),
            path,
            Text(report.role),
            Text(f"{card.score:.1f}"),
            Text(f"{card.depth:.1f}"),
            Text(str(card.count(Status.COVERED))),
            Text(str(card.count(Status.GAP))),
            Text(str(len(card.gaps))),
        )
    return screen.indented(table)


def matrix(documents: Sequence[DocumentReport]) -> RenderableType | None:
    """Outcomes against documents, by the numbers of `comparison`; None when there are too many or too few."""
    cards = [report.scorecard for report in documents if report.scorecard]
    if not 1 < len(cards) <= _MATRIX_COLUMNS:
        return None
    table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style="")
    table.add_column("outcome", no_wrap=True)
    for number in range(1, len(cards) + 1):
        table.add_column(str(number), justify="right", no_wrap=True, min_width=6)
    for row in zip(*(card.outcomes for card in cards), strict=True):
        table.add_row(
            Text(row[0].label),
            *(Text(f"{outcome.score:.1f}", style=STATUS_STYLES[outcome.status]) for outcome in row),
        )
    return screen.indented(table)


def _grid() -> Table:
    return Table.grid(padding=(0, 2, 0, 0), expand=False)
