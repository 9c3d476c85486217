"""The comparison as a workbook: bids, outcomes, themes with quotes, and how to read it, a sheet each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.reports import quoting, wording
from tenderkit.reports import xlsx as book
from tenderkit.reports.compare import told
from tenderkit.reports.xlsx import LEVEL_TONES, STATUS_TONES, Cell, Column, PageLink, Sheet, Tone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderkit.compare import Bid, ComparedOutcome, ComparedTheme, Comparison

    Row = tuple[Cell | str | float | None, ...]


def render(comparison: Comparison) -> bytes:
    """Return the comparison as a workbook; links to pages work where it lies beside the documents."""
    sheets = (_bids(comparison), _outcomes(comparison), _themes(comparison), _notes(comparison))
    return book.render(sheets, title="Bids side by side")


def _bids(comparison: Comparison) -> Sheet:
    names = next((told.summary(bid) for bid in comparison.read), [])
    columns = (
        Column("bid", 5),
        Column("document", 34, wrap=True),
        Column("read as", 10),
        Column("place", 7),
        *(Column(name, 11, decimals=1 if name == "score" else None) for name, _ in names),
        Column("what to know of it", 60, wrap=True),
    )
    rows = tuple(_bid(comparison, bid, len(names)) for bid in comparison.bids)
    return Sheet("Bids", columns, rows, frozen_columns=2)


def _bid(comparison: Comparison, bid: Bid, figures: int) -> Row:
    standing = comparison.ranking.standings.get(bid.key)
    values: list[float | None] = [float(value) for _, value in told.summary(bid)]
    flags = "\n".join(told.flags(bid))
    return (
        Cell(bid.key, bold=True),
        Cell(bid.path, link=PageLink(bid.path)),
        bid.report.role or Cell("not read", Tone.BAD),
        str(standing) if standing else None,
        *(values or [None] * figures),
        Cell(flags, Tone.MIDDLE) if flags else None,
    )


def _outcomes(comparison: Comparison) -> Sheet:
    bids = comparison.read
    columns = [Column("outcome", 28, wrap=True)]
    for bid in bids:
        columns += [Column(f"{bid.key} status", 11), Column(f"{bid.key} score", 9, decimals=1)]
        columns += [Column(f"{bid.key} place", 8)] if len(bids) > 1 else []
    columns += [Column("weight", 8), Column("scores", 50, wrap=True)]
    return Sheet(
        "Outcomes", tuple(columns), tuple(_outcome(outcome) for outcome in comparison.outcomes), frozen_columns=1
    )


def _outcome(outcome: ComparedOutcome) -> Row:
    cells: list[Cell | str | float | None] = [Cell(outcome.label, bold=True)]
    for key, scored in outcome.bids.items():
        cells += [Cell(scored.status.value, STATUS_TONES[scored.status]), scored.score]
        cells += [str(outcome.ranking.standings[key])] if len(outcome.bids) > 1 else []
    return (*cells, outcome.weight, told.verdict(outcome.ranking))


def _themes(comparison: Comparison) -> Sheet:
    columns = [
        Column("outcome", 20, wrap=True),
        Column("theme", 24, wrap=True),
        Column("question", 34, wrap=True),
        Column("levels differ", 10),
    ]
    for bid in comparison.read:
        columns += [Column(f"{bid.key} level", 14), Column(f"{bid.key} best quote", 46, wrap=True)]
        columns += [Column(f"{bid.key} page", 14)]
    rows = (_theme(outcome, theme, comparison) for outcome in comparison.outcomes for theme in outcome.themes)
    return Sheet("Themes", tuple(columns), tuple(rows), frozen_columns=2)


def _theme(outcome: ComparedOutcome, theme: ComparedTheme, comparison: Comparison) -> Row:
    cells: list[Cell | str | float | None] = [outcome.label, Cell(theme.label, bold=True), theme.asks, theme.differs]
    for bid in comparison.read:
        scored = theme.bids[bid.key]
        unsure = wording.to_check(scored, theme.possible[bid.key])
        best, declines = wording.best(scored) or unsure, told.declines(scored)
        cells.append(Cell(wording.level_word(scored), LEVEL_TONES[scored.level]))
        if best is None:
            cells += [None, None]
            continue
        also = f"but also: {quoting.excerpt(declines)}" if declines else ""
        said = f"{wording.NOT_SCORED}: {quoting.excerpt(best)}" if best is unsure else quoting.excerpt(best)
        section = wording.place(None, best.section, label=best.label)
        cells.append("\n".join(filter(None, (said, section, also))))
        page = wording.page_name(best.page, approximate=best.approximate)
        cells.append(Cell(page or "open", link=PageLink(bid.path, best.page)))
    return tuple(cells)


def _notes(comparison: Comparison) -> Sheet:
    return Sheet(
        "How to read it",
        (Column("about", 22), Column("what to know", 120, wrap=True)),
        tuple(_lines(comparison)),
        filters=False,
    )


def _lines(comparison: Comparison) -> Iterator[Row]:
    for warning in comparison.warnings:
        yield Cell("beware", Tone.MIDDLE), warning
    for line in told.apart(comparison):
        yield "order", line
    yield "scores", f"{told.METHOD} {told.margins(comparison)}"
    yield (
        "place",
        "One more than the number of bids that are surely ahead, never above a higher score; = where one is too close.",
    )
    yield (
        "links",
        "They open a document that lies beside this workbook; whether its page is shown depends on the viewer.",
    )
    yield "levels", wording.POINTS
    yield "vocabulary", f"{comparison.scheme.id} {comparison.scheme.version}"
    for bid in comparison.bids:
        document = bid.report.document
        for unread in wording.unread_lines(document.unread):
            yield f"{bid.key} not read", unread
        for hidden in document.hidden:
            yield (
                f"{bid.key} hidden text",
                ": ".join(filter(None, (wording.hidden_place(hidden), wording.hidden(hidden)))),
            )
        for note in bid.report.integrity:
            yield (
                f"{bid.key} integrity",
                ": ".join(filter(None, (wording.integrity_place(note), wording.integrity(note)))),
            )
        for passage in bid.report.scorecard.declined if bid.report.scorecard else ():
            yield f"{bid.key} declines", ": ".join(filter(None, (wording.where(passage), quoting.excerpt(passage))))
