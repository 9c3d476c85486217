"""The matrix as Markdown, for a wiki or an issue; nothing in a document can become markup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.reports import wording
from tenderkit.reports.markdown import escape
from tenderkit.reports.trace import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderkit.document import Document
    from tenderkit.trace import Trace, Traced


def render(traced: Trace) -> str:
    """Return the matrix as Markdown, with a line break at its end."""
    lines = [f"# {escape(traced.tender.path)}", "", escape(told.summary(traced)), ""]
    lines += [f"Not read: {escape(line)}\n" for line in wording.unread_lines(traced.tender.unread)]
    if not traced.bids:
        lines += _author(traced)
    for bid in traced.bids:
        lines += _bid(traced, bid)
    return "\n".join(lines).strip("\n") + "\n"


def _row(*cells: object) -> str:
    return f"| {' | '.join(escape(str(cell)) for cell in cells)} |"


def _bid(traced: Trace, bid: Document) -> Iterator[str]:
    yield f"## {escape(bid.path)}"
    yield ""
    if not bid.text:
        for line in wording.unread_lines(bid.unread):
            yield f"Not read: {escape(line)}"
            yield ""
        return
    yield escape(told.counts(traced, bid.path))
    yield ""
    note = wording.gaps_note(bid)
    if note:
        yield escape(note)
        yield ""
    yield "| status | no. | requirement | strength | best answer | where | why |"
    yield "|---|---|---|---|---|---|---|"
    for one in traced.gaps_first(bid.path):
        answers = one.answers_of(bid.path)
        best = (
            (wording.quote(answers[0].quote), told.place(answers[0]), told.why(answers[0])) if answers else ("", "", "")
        )
        yield _row(told.status(one, bid.path), *_told(one), *best)
    yield ""


def _told(one: Traced) -> tuple[str, str, str]:
    requirement = one.requirement
    return told.name(requirement), wording.shorten(told.text(requirement)), told.strength(requirement)


def _author(traced: Trace) -> Iterator[str]:
    noted = told.quality_of(traced)
    yield "## Requirements"
    yield ""
    yield "| no. | requirement | strength | place | outcomes | to look at |"
    yield "|---|---|---|---|---|---|"
    for one in traced.requirements:
        notes = "; ".join(noted.get(one.requirement.id, ()))
        yield _row(*_told(one), told.place(one.requirement), told.outcomes(one, traced.scheme), notes)
    yield ""
    yield "## Outcomes and questions that no requirement asks for"
    yield ""
    for outcome, themes in traced.not_asked():
        yield f"- {escape(outcome.prefLabel)}" + ("" if len(themes) < len(outcome.themes) else ": nothing at all")
        for theme in themes:
            yield f"  - {escape(theme.asks)}"
