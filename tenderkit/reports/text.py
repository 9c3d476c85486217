"""
The text report: for a person at 80 columns, readable without colour and aloud.

One document: a summary that fits a screen, then the detail. Several: a comparison first, then each.
A status is always a word; bars and colours only repeat it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from tenderkit.reports import quoting, screen, tables, wording
from tenderkit.scoring import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from tenderkit.assess import DocumentReport, Report
    from tenderkit.document import Document
    from tenderkit.evidence import Evidence
    from tenderkit.scoring import OutcomeScore, Scorecard, ThemeScore


def render(
    report: Report, *, outcome: str | None = None, quiet: bool = False, colour: bool = False, width: int = 80
) -> str:
    """
    Render the report as text, with a line break at its end.

    Args:
        report: What one run found.
        outcome: The id of the one outcome to show in detail, or None for all.
        quiet: One line a document.
        colour: With colour codes.
        width: Columns.
    """
    if quiet:
        return "".join(f"{_line(document)}\n" for document in report.documents)
    return screen.draw(lambda console: show(report, console, outcome=outcome), width=width, colour=colour)


def show(report: Report, console: Console, *, outcome: str | None = None) -> None:
    """Print the report on a console of the caller's, for instance one that records it for a picture."""
    if len(report.documents) == 1:
        _show_document(report.documents[0], console, outcome)
        _show_help(report, console)
        return
    ranked = wording.ranked(report)
    console.print(Text(f"{wording.count(len(ranked), 'document')}, highest score first", style=screen.HEAD))
    console.print()
    console.print(tables.comparison(ranked))
    matrix = tables.matrix([document for document in ranked if document.scorecard])
    if matrix:
        console.print()
        console.print(matrix)
    for number, document in enumerate(ranked, start=1):
        console.print()
        console.print()
        _show_document(document, console, outcome, f"{number}. ")
    _show_help(report, console)


def _show_help(report: Report, console: Console) -> None:
    if not any(document.scorecard for document in report.documents):
        return
    console.print()
    console.print()
    console.print(Text(wording.STATUSES))
    console.print(Text(wording.EVERY_PASSAGE))


def _line(report: DocumentReport) -> str:
    path = wording.harmless(report.document.path)
    card = report.scorecard
    if card is None:
        return f"{path}: not read: {'; '.join(wording.unread_lines(report.document.unread))}"
    counts = ", ".join(f"{status.value} {card.count(status)}" for status in Status)
    unread = wording.not_read(report.document)
    tracked = f", tracked changes: {report.document.tracked}" if report.document.tracked else ""
    return f"{path}: {card.score:.1f} ({counts}){tracked}" + (f", not read: {unread}" if unread else "")


def _show_document(report: DocumentReport, console: Console, outcome: str | None, number: str = "") -> None:
    document, card = report.document, report.scorecard
    console.print(Text(f"{number}{wording.harmless(document.path)}", style=screen.HEAD))
    if card is None:
        for line in wording.unread_lines(document.unread):
            console.print(Text(f"Not read: {line}"))
        _show_reading(replace(document, unread=()), console)
        return
    _show_summary(report, card, console)
    for scored in card.outcomes:
        if outcome in {None, scored.id}:
            _show_outcome(scored, console)
    _show_gaps(document, card, console, outcome)
    _show_passages(wording.DECLINED, card.declined, card, console, outcome)
    _show_passages(wording.POSSIBLE, card.possible, card, console, outcome)
    _show_integrity(report, console)
    _show_reading(document, console)


def _show_summary(report: DocumentReport, card: Scorecard, console: Console) -> None:
    document = report.document
    console.print(Text(wording.role(report)))
    console.print(Text(wording.pages_and_words(document)))
    console.print()
    for name, value, meaning in wording.score_lines(card):
        console.print(Text.assemble((f"{name}  {value:5.1f}", screen.HEAD), f" of 100  {meaning}"))
    console.print(Text(wording.POINTS))
    console.print()
    console.print(tables.outcomes(card))
    console.print()
    console.print(tables.facts(wording.facts(report, card)))


def _show_outcome(outcome: OutcomeScore, console: Console) -> None:
    console.print()
    console.print()
    title = Text(f"{outcome.label}: ", style=screen.HEAD)
    title.append(outcome.status.value, style=tables.STATUS_STYLES[outcome.status])
    title.append(f", {outcome.score:.1f} of 100" + ("" if outcome.weight == 1 else f", weight {outcome.weight:g}"))
    console.print(title)
    spaced = True  # themes without a passage stand close together
    for theme in outcome.themes:
        if spaced or theme.evidence:
            console.print()
        _show_theme(theme, console)
        spaced = bool(theme.evidence)


def _show_theme(theme: ThemeScore, console: Console) -> None:
    title = Text(f"{theme.label}: ")
    title.append(wording.level_word(theme), style=tables.LEVEL_STYLES[theme.level])
    console.print(Padding(title, (0, 0, 0, 2)))
    best = wording.best(theme)
    if best:
        _show_evidence(best, console, wording.doubt(theme))
        for evidence in wording.backing(theme):
            _show_evidence(evidence, console, before="also: ")
        _show_quietly(wording.more_passages(theme), console)


def _show_evidence(evidence: Evidence, console: Console, doubt: str = "", *, before: str = "") -> None:
    place = wording.place(evidence.page, evidence.section, approximate=evidence.approximate, label=evidence.label)
    because = f"because: {quoting.reasons(evidence.because)}"
    for words, style in [(before + quoting.excerpt(evidence), ""), (place, screen.QUIET), (because, ""), (doubt, "")]:
        if words:
            console.print(Padding(Text(words, style=style), (0, 0, 0, 4)))


def _show_quietly(words: str, console: Console) -> None:
    if words:
        console.print(Padding(Text(words, style=screen.QUIET), (0, 0, 0, 4)))


def _show_gaps(document: Document, card: Scorecard, console: Console, outcome: str | None) -> None:
    gaps = [*wording.open_themes(card, outcome)]
    if not gaps:
        return
    screen.show_heading(f"{wording.QUESTIONS}: {len(gaps)}", console)
    note = wording.gaps_note(document)
    if note:
        console.print(Text(note))
    for scored in dict.fromkeys(scored for scored, _ in gaps):
        console.print()
        console.print(Padding(Text(scored.label), (0, 0, 0, 2)))
        console.print(tables.questions([theme for owner, theme in gaps if owner is scored]))


def _show_passages(
    heading: str, passages: Iterable[Evidence], card: Scorecard, console: Console, outcome: str | None
) -> None:
    chosen = [evidence for evidence in passages if outcome in {None, evidence.outcome}]
    if not chosen:
        return
    screen.show_heading(f"{heading}: {len(chosen)}", console)
    for evidence in chosen:
        console.print()
        console.print(Padding(Text(wording.subject(card, evidence)), (0, 0, 0, 2)))
        _show_evidence(evidence, console)


def _show_integrity(report: DocumentReport, console: Console) -> None:
    if report.integrity:
        screen.show_heading(f"{wording.INTEGRITY}: {len(report.integrity)}", console)
        places = ((wording.integrity_place(note), wording.integrity(note)) for note in report.integrity)
        console.print(tables.two_columns(places))


def _show_reading(document: Document, console: Console) -> None:
    if document.hidden:
        screen.show_heading(f"{wording.HIDDEN}: {len(document.hidden)}", console)
        places = ((wording.hidden_place(hidden), wording.hidden(hidden)) for hidden in document.hidden)
        console.print(tables.two_columns(places))
    if document.unread:
        screen.show_heading(wording.NOT_READ, console)
        for line in wording.unread_lines(document.unread):
            console.print(Padding(Text(line), (0, 0, 0, 2)))
    if document.notes:
        screen.show_heading(wording.READING, console)
        for note in document.notes:
            console.print(Padding(Text(wording.harmless(note)), (0, 0, 0, 2)))
