"""The matrix as a workbook for a panel: all bids side by side, then one sheet a bid, with links to the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.compliance import Status
from tenderkit.reports import wording
from tenderkit.reports import xlsx as workbook
from tenderkit.reports.trace import told
from tenderkit.reports.xlsx import Cell, Column, PageLink, Sheet, SheetLink, Tone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderkit.document import Document
    from tenderkit.trace import Answer, Trace, Traced

_TONES = {
    Status.UNANSWERED: Tone.BAD,
    Status.DECLINED: Tone.BAD,
    Status.ECHOED: Tone.MIDDLE,
    Status.PARTLY: Tone.MIDDLE,
    Status.COMMITTED: Tone.GOOD,
}
_Row = tuple[Cell | str | float | None, ...]
_REQUIREMENT = (
    Column("no.", 9),
    Column("requirement", 52, wrap=True),
    Column("strength", 13, wrap=True),
    Column("outcomes", 20, wrap=True),
    Column("tender", 13, wrap=True),
)
_ANSWER = (
    Column("best answer", 56, wrap=True),
    Column("page", 13, wrap=True),
    Column("section", 22, wrap=True),
    Column("why", 34, wrap=True),
    Column("other answers", 44, wrap=True),
)


def render(traced: Trace) -> bytes:
    """Return the workbook."""
    sheets = [*_sheets(traced)]
    return workbook.render(sheets, title=f"Compliance with {traced.tender.path}")


def _sheets(traced: Trace) -> Iterator[Sheet]:
    noted = told.quality_of(traced)
    read = told.read_bids(traced)
    columns = (*_REQUIREMENT, *(Column(bid.path, 14, wrap=True) for bid in read))
    if not traced.bids:
        columns = (*_REQUIREMENT, Column("to look at", 60, wrap=True))
    rows_of = [{one.requirement.id: i for i, one in enumerate(traced.gaps_first(bid.path))} for bid in read]
    rows = []
    for one in traced.gaps_first():
        extra: list[Cell | str | float | None] = [
            _status(one, bid, SheetLink(place, places[one.requirement.id]))
            for place, (bid, places) in enumerate(zip(read, rows_of, strict=True), start=1)
        ]
        if not traced.bids:
            extra = ["; ".join(noted.get(one.requirement.id, ()))]
        rows.append((*_told(one, traced), *extra))
    yield Sheet("Requirements", columns, tuple(rows), frozen_columns=2)
    for bid in read:
        yield Sheet(
            bid.path, (Column("status", 13), *_REQUIREMENT, *_ANSWER), tuple(_rows(traced, bid)), frozen_columns=3
        )
    if not traced.bids:
        yield _not_asked(traced)
    documents = (traced.tender, *traced.bids)
    notes = [(document.path, line) for document in documents for line in wording.unread_lines(document.unread)]
    if notes:
        yield Sheet("Not read", (Column("document", 40), Column("what was not read", 80, wrap=True)), tuple(notes))


def _rows(traced: Trace, bid: Document) -> Iterator[_Row]:
    for one in traced.gaps_first(bid.path):
        cells: list[Cell | str | float | None] = [None] * len(_ANSWER)
        if answers := one.answers_of(bid.path):
            best = answers[0]
            others = "\n".join(_other(answer) for answer in answers[1:])
            cells = [best.quote, _page(bid, best), " > ".join(best.section[-2:]), told.why(best), others]
        yield (_status(one, bid), *_told(one, traced), *cells)


def _other(answer: Answer) -> str:
    where = told.place(answer)
    return f"{answer.stance.value}: {wording.quote(answer.quote)}" + (f" ({where})" if where else "")


def _told(one: Traced, traced: Trace) -> _Row:
    requirement = one.requirement
    anchor = requirement.anchor
    page = Cell(
        wording.page_name(anchor.page, approximate=anchor.approximate) or anchor.label,
        link=PageLink(traced.tender.path, anchor.page),
    )
    return (
        Cell(told.name(requirement), bold=True),
        told.text(requirement),
        told.strength(requirement),
        told.outcomes(one, traced.scheme),
        page,
    )


def _page(bid: Document, answer: Answer) -> Cell:
    anchor = answer.anchor
    name = wording.page_name(anchor.page, approximate=anchor.approximate) or anchor.label or "open"
    return Cell(name, link=PageLink(bid.path, anchor.page))


def _status(one: Traced, bid: Document, link: SheetLink | None = None) -> Cell:
    status, word = one.status_of(bid.path), told.status(one, bid.path)
    tone = Tone.QUIET if status is None or word == told.BY_HAND else _TONES[status]
    return Cell(word, tone, bold=True, link=link)


def _not_asked(traced: Trace) -> Sheet:
    rows = tuple(
        (outcome.prefLabel, theme.prefLabel, theme.asks, "yes" if len(themes) == len(outcome.themes) else "no")
        for outcome, themes in traced.not_asked()
        for theme in themes
    )
    columns = (
        Column("outcome", 28),
        Column("theme", 32),
        Column("question", 80, wrap=True),
        Column("nothing of the outcome", 14),
    )
    return Sheet("Not asked for", columns, rows)
