"""The Markdown report: the text report's parts for a wiki or an issue; nothing in a document can become markup."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tenderkit.reports import quoting, wording
from tenderkit.scoring import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tenderkit.assess import DocumentReport, Report
    from tenderkit.document import Document
    from tenderkit.evidence import Evidence
    from tenderkit.scoring import OutcomeScore, Scorecard

_MARKUP = re.compile(r"[\\`*_\[\]|~#$!^{}]|:(?=//)|(?<=\bwww)\.|(?<=\w)@(?=\w)", re.IGNORECASE)
_LINE_START = re.compile(r"^(\s*)([-+=]|\d+(?=[.)](?:\s|$)))")  # "1. We" opens a list; "99.8%" does not
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def render(report: Report, *, outcome: str | None = None) -> str:
    """Return the report as Markdown, with a line break at its end; *outcome* limits what is told in detail."""
    lines: list[str] = []
    if len(report.documents) > 1:
        lines += _comparison(report.documents)
    for document in report.documents:
        lines += [*_document(document, outcome)]
    return "\n".join(lines).strip("\n") + "\n"


def escape(text: str) -> str:
    r"""
    Return text that Markdown shows as it is: no emphasis, links, HTML, headings, lists or table cells come of it.

    >>> escape("<b>*We* will</b> #1 | [x](y)")
    '&lt;b&gt;\\*We\\* will&lt;/b&gt; \\#1 \\| \\[x\\](y)'
    >>> escape("- 99 % of visits, see https://example.org")
    '\\- 99 % of visits, see https\\://example.org'
    """
    text = _MARKUP.sub(r"\\\g<0>", wording.harmless(text))
    text = re.sub("[&<>]", lambda found: _HTML[found[0]], text)
    return _LINE_START.sub(lambda found: f"{found[1]}{_at_start(found[2])}", text)


def _at_start(mark: str) -> str:
    return f"{mark}&#8203;" if mark.isdigit() else f"\\{mark}"


def _comparison(documents: Sequence[DocumentReport]) -> Iterator[str]:
    yield f"# {wording.count(len(documents), 'document')}"
    yield ""
    yield "| document | role | score | depth | covered | partial | thin | gap | open questions | not read |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|--:|---|"
    for report in documents:
        card, path = report.scorecard, escape(report.document.path)
        if card is None:
            yield table_row(path, *[""] * 8, escape("; ".join(wording.unread_lines(report.document.unread))))
            continue
        yield table_row(
            path,
            report.role,
            f"{card.score:.1f}",
            f"{card.depth:.1f}",
            *(card.count(status) for status in Status),
            len(card.gaps),
            wording.not_read(report.document),
        )
    yield ""


def table_row(*cells: object) -> str:
    """Return a row of a table; text of a document in it was escaped before."""
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def _document(report: DocumentReport, only: str | None) -> Iterator[str]:
    document, card = report.document, report.scorecard
    yield f"# {escape(document.path)}"
    yield ""
    if card is None:
        for line in wording.unread_lines(document.unread):
            yield f"Not read: {escape(line)}"
        yield ""
        yield from _reading(replace(document, unread=()))
        return
    yield f"{escape(wording.role(report))}. {wording.pages_and_words(document)}."
    yield ""
    yield from _summary(report, card)
    for outcome in card.outcomes:
        if only in {None, outcome.id}:
            yield from _outcome(outcome)
    yield from _gaps(document, card, only)
    yield from _passages(wording.DECLINED, card.declined, card, only)
    yield from _passages(wording.POSSIBLE, card.possible, card, only)
    yield from _integrity(report)
    yield from _reading(document)


def _summary(report: DocumentReport, card: Scorecard) -> Iterator[str]:
    for name, value, meaning in wording.score_lines(card):
        yield f"- {name} **{value:.1f}** of 100: {meaning}"
    yield ""
    yield f"{wording.POINTS} {wording.STATUSES}"
    yield ""
    yield "| outcome | score | status | themes answered | weight |"
    yield "|---|--:|---|---|--:|"
    for outcome in card.outcomes:
        answered = f"{wording.answered(outcome)} of {len(outcome.themes)}"
        weight = f"{outcome.weight:g}"
        yield table_row(escape(outcome.label), f"{outcome.score:.1f}", outcome.status.value, answered, weight)
    yield ""
    for name, fact in wording.facts(report, card):
        yield f"- {name}: {fact}"
    yield ""


def _outcome(outcome: OutcomeScore) -> Iterator[str]:
    yield f"## {escape(outcome.label)}: {outcome.status.value}, {outcome.score:.1f} of 100"
    yield ""
    for theme in outcome.themes:
        yield f"- **{escape(theme.label)}**: {wording.level_word(theme)}"
        best = wording.best(theme)
        if best:
            shown = (best, *wording.backing(theme))
            for evidence in shown:
                doubt = wording.doubt(theme) if evidence is best else ""
                yield from _evidence(evidence, doubt, wording.more_passages(theme) if evidence is shown[-1] else "")
    yield ""


def _evidence(evidence: Evidence, doubt: str = "", more: str = "") -> Iterator[str]:
    yield ""
    yield f"  > {escape(quoting.excerpt(evidence))}"
    yield ""
    place = wording.place(evidence.page, evidence.section, approximate=evidence.approximate, label=evidence.label)
    because = f"because: {quoting.reasons(evidence.because)}"
    yield f"  {escape('; '.join(part for part in (place, because, doubt, more) if part))}"


def _gaps(document: Document, card: Scorecard, only: str | None) -> Iterator[str]:
    gaps = [*wording.open_themes(card, only)]
    if not gaps:
        return
    yield f"## {wording.QUESTIONS}: {len(gaps)}"
    yield ""
    note = wording.gaps_note(document)
    if note:
        yield note
        yield ""
    for outcome, theme in gaps:
        yield f"- {escape(outcome.label)}, {wording.level_word(theme)}: {escape(theme.asks)}"
    yield ""


def _passages(heading: str, passages: Iterable[Evidence], card: Scorecard, only: str | None) -> Iterator[str]:
    chosen = [evidence for evidence in passages if only in {None, evidence.outcome}]
    if not chosen:
        return
    yield f"## {heading}: {len(chosen)}"
    yield ""
    for evidence in chosen:
        yield f"- {escape(wording.subject(card, evidence))}"
        yield from _evidence(evidence)
    yield ""


def _integrity(report: DocumentReport) -> Iterator[str]:
    if report.integrity:
        yield f"## {wording.INTEGRITY}: {len(report.integrity)}"
        yield ""
        for note in report.integrity:
            where = wording.integrity_place(note)
            yield f"- {escape(f'{where}: ' if where else '')}{escape(wording.integrity(note))}"
        yield ""


def _reading(document: Document) -> Iterator[str]:
    hidden = [f"{wording.hidden_place(found)}: {wording.hidden(found)}" for found in document.hidden]
    parts = (
        (f"{wording.HIDDEN}: {len(hidden)}", [line.removeprefix(": ") for line in hidden]),
        (wording.NOT_READ, wording.unread_lines(document.unread)),
        (wording.READING, document.notes),
    )
    for heading, lines in parts:
        if lines:
            yield f"## {heading}"
            yield ""
            for line in lines:
                yield f"- {escape(line)}"
            yield ""
