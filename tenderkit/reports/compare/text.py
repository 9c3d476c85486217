"""
The comparison as text: for a panel at 80 columns, readable without colour.

First who is who and what to know of each, then figures and outcomes by bid, then every theme with the best quote of
each. Up to five bids stand in columns, more in rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tenderkit.reports import quoting, screen, wording
from tenderkit.reports.compare import told
from tenderkit.reports.tables import LEVEL_STYLES, STATUS_STYLES
from tenderkit.scoring import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from tenderkit.compare import Bid, ComparedOutcome, ComparedTheme, Comparison
    from tenderkit.evidence import Evidence

_MOST_COLUMNS = 5
_MOST_OUTCOMES = 17  # beside each other, where bids stand in rows
_MARK = "*"


def render(comparison: Comparison, *, colour: bool = False, width: int = 80) -> str:
    """
    Render the comparison as text, with a line break at its end.

    Args:
        comparison: Bids side by side.
        colour: With colour codes.
        width: Columns.
    """
    return screen.draw(lambda console: _show(comparison, console), width=width, colour=colour)


def _show(comparison: Comparison, console: Console) -> None:
    console.print(Text(f"{wording.count(len(comparison.bids), 'document')} side by side", style=screen.HEAD))
    for bid in comparison.bids:
        _show_bid(bid, console)
    for warning in comparison.warnings:
        console.print()
        console.print(Text(f"Beware: {wording.harmless(warning)}"))
    bids = comparison.read
    if bids:
        _heading("At a glance", console)
        in_columns = len(bids) <= _MOST_COLUMNS
        if in_columns:
            console.print(_figures(comparison, bids))
        else:
            _show_figures_in_rows(comparison, bids, console)
        _heading("Outcomes", console)
        if in_columns:
            console.print(_outcomes(comparison, bids))
        else:
            _show_outcomes_in_rows(comparison, bids, console)
        if any(outcome.ranking.differs for outcome in comparison.outcomes):
            console.print()
            console.print(Text(f"{_MARK} {told.APART}"))
    if comparison.ranking.pairs:
        _heading("How sure the order is", console)
        for line in told.apart(comparison):
            console.print(Padding(Text(line), (0, 0, 0, 2)))
        console.print()
        console.print(Text(f"{told.METHOD} {told.margins(comparison)}"))
    for outcome in comparison.outcomes:
        if outcome.themes:
            _show_outcome(outcome, console)


def _show_bid(bid: Bid, console: Console) -> None:
    console.print()
    console.print(Text.assemble((f"{bid.key}  ", screen.HEAD), (wording.harmless(bid.path), screen.HEAD)))
    for line in (told.about(bid), *told.flags(bid)):
        console.print(Padding(Text(wording.harmless(line)), (0, 0, 0, 3)))


def _figures(comparison: Comparison, bids: Sequence[Bid]) -> Padding:
    table = _table("", *(bid.key for bid in bids))
    columns = [[*told.summary(bid), ("place", str(comparison.ranking.standings[bid.key]))] for bid in bids]
    for row in zip(*columns, strict=True):
        table.add_row(Text(row[0][0]), *(Text(value) for _, value in row))
    return screen.indented(table)


def _show_figures_in_rows(comparison: Comparison, bids: Sequence[Bid], console: Console) -> None:
    """Print a row a bid: its outcomes by status with score and place, and beneath them its themes by what is said."""
    outcomes = _table("outcomes", *(status.value for status in Status), "score", "place")
    themes = _table("themes", *told.themes(bids[0]))
    for bid in bids:
        key, card = Text(bid.key, style=screen.HEAD), bid.report.scorecard
        if card:
            figures = (*(str(card.count(status)) for status in Status), f"{card.score:.1f}")
            outcomes.add_row(key, *map(Text, figures), Text(str(comparison.ranking.standings[bid.key])))
        themes.add_row(key, *(Text(str(number)) for number in told.themes(bid).values()))
    console.print(screen.indented(outcomes))
    console.print()
    console.print(screen.indented(themes))


def _outcomes(comparison: Comparison, bids: Sequence[Bid]) -> Padding:
    table = _table("", *(bid.key for bid in bids), least=7)
    for outcome in comparison.outcomes:
        cells = (outcome.bids[bid.key].status for bid in bids)
        table.add_row(_marked(outcome), *(Text(status.value, style=STATUS_STYLES[status]) for status in cells))
    return screen.indented(table)


def _show_outcomes_in_rows(comparison: Comparison, bids: Sequence[Bid], console: Console) -> None:
    """Print a row a bid and a numbered column an outcome, with the first letter of its status."""
    for number, outcome in enumerate(comparison.outcomes, start=1):
        console.print(Padding(Text.assemble(f"{number:2} ", _marked(outcome)), (0, 0, 0, 2)))
    for begin in range(0, len(comparison.outcomes), _MOST_OUTCOMES):
        part = comparison.outcomes[begin : begin + _MOST_OUTCOMES]
        table = _table("", *(str(number) for number in range(begin + 1, begin + 1 + len(part))), least=2)
        for bid in bids:
            cells = (outcome.bids[bid.key].status for outcome in part)
            table.add_row(
                Text(bid.key, style=screen.HEAD),
                *(Text(status.value[0], style=STATUS_STYLES[status]) for status in cells),
            )
        console.print()
        console.print(screen.indented(table))
    console.print()
    console.print(Text(", ".join(f"{status.value[0]} {status.value}" for status in Status)))


def _marked(outcome: ComparedOutcome) -> Text:
    return Text(f"{outcome.label}{f' {_MARK}' if outcome.ranking.differs else ''}")


def _show_outcome(outcome: ComparedOutcome, console: Console) -> None:
    _heading(outcome.label + ("" if outcome.weight == 1 else f", weight {outcome.weight:g}"), console, spaced=False)
    states = ", ".join(f"{key} {scored.status.value} ({scored.score:.1f})" for key, scored in outcome.bids.items())
    verdict = told.verdict(outcome.ranking)
    console.print(Text(f"{states}{f'. Scores: {verdict}' if verdict else ''}"))
    spaced = True  # themes without a quote stand close together
    for theme in outcome.themes:
        quoted = any((*told.quotes(theme), *told.to_check(theme)))
        if spaced or quoted:
            console.print()
        _show_theme(theme, console)
        spaced = quoted


def _show_theme(theme: ComparedTheme, console: Console) -> None:
    highest = next(iter(theme.by_level()))[0]
    title = Text(f"{theme.label}: ")
    title.append(told.levels(theme), style="" if theme.differs else LEVEL_STYLES[highest])
    console.print(Padding(title, (0, 0, 0, 2)))
    for key, best in told.quotes(theme):
        declines = told.declines(theme.bids[key])
        doubt = wording.doubt(theme.bids[key])
        console.print(_quoted(key, [(best, "", doubt), *([(declines, "but also: ", "")] if declines else [])]))
    for key, unsure in told.to_check(theme):
        console.print(_quoted(key, [(unsure, f"{wording.NOT_SCORED}: ", "")]))


def _quoted(key: str, passages: Iterable[tuple[Evidence, str, str]]) -> Padding:
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column()
    for evidence, before, doubt in passages:
        words = Text(f"{before}{quoting.excerpt(evidence)}")
        where = wording.where(evidence)
        if where:
            words.append(f"\n{where}", style=screen.QUIET)
        if doubt:
            words.append(f"\n{doubt}")
        table.add_row(Text(key, style=screen.HEAD), words)
    return Padding(table, (0, 0, 0, 4))


def _heading(heading: str, console: Console, *, spaced: bool = True) -> None:
    screen.show_heading(heading, console)
    if spaced:
        console.print()


def _table(*headings: str, least: int = 5) -> Table:
    table = Table(box=None, show_edge=False, pad_edge=False, padding=(0, 2, 0, 0), header_style=screen.HEAD)
    for number, heading in enumerate(headings):
        if number:
            table.add_column(heading, justify="right", no_wrap=True, min_width=min(least, 7))
        else:
            table.add_column(heading, no_wrap=True, overflow="ellipsis")
    return table
