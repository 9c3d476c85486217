"""What is to be said beside a document, and where: the same for every format."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from tenderkit.document import Kind
from tenderkit.evidence import Level, Stance
from tenderkit.reports import quoting, wording
from tenderkit.roles import Role
from tenderkit.scoring import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tenderkit.assess import DocumentReport
    from tenderkit.evidence import Evidence
    from tenderkit.scoring import OutcomeScore, Scorecard, ThemeScore

_MOST = (
    40  # notes of one sort on what is hidden, copied or stuffed; a document with more is not read comment by comment
)
_SECTION_LEVEL = 2  # weight of a passage that says something, over one that only names it, in finding a section


class Sort(StrEnum):
    """What a note is about."""

    SUMMARY = "summary"
    EVIDENCE = "evidence"
    CHECK = "please check"
    DECLINED = "declined"
    INTEGRITY = "integrity"
    HIDDEN = "hidden"
    OPEN = "open questions"


@dataclass(frozen=True, slots=True)
class Part:
    """One heading in a note, and what stands beneath it, a line each."""

    head: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """
    Something to be said beside a passage.

    Attributes:
        sort: What it is about.
        parts: What it says; plain text, harmless.
        start: Offset of the passage in `Document.text`; None for the end of the document.
        end: Just past it.
        level: Of the best theme that the passage speaks to; None where it is about something else.
        themes: The ids of the outcomes and themes it is about.
        hidden: For hidden text, its number in `Document.hidden`.
        page: For hidden text, its page, if that is known.
        quote: The hidden text.
    """

    sort: Sort
    parts: tuple[Part, ...]
    start: int | None = None
    end: int | None = None
    level: Level | None = None
    themes: tuple[tuple[str, str], ...] = ()
    hidden: int | None = None
    page: int | None = None
    quote: str = ""

    @property
    def text(self) -> str:
        """All it says, part by part."""
        return "\n\n".join("\n".join([part.head, *part.lines]) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Wishes:
    """
    Which notes are wanted.

    Attributes:
        outcome: The id of one outcome; None for all of them.
        gaps_only: Only the questions that stay open.
        every: Every passage that counts, rather than the best one of each theme.
    """

    outcome: str | None = None
    gaps_only: bool = False
    every: bool = False


_ALL = Wishes()


def find_notes(report: DocumentReport, wishes: Wishes = _ALL) -> tuple[Note, ...]:
    """
    Return what is to be said beside a document, in its order; what belongs to no passage comes last.

    A drafter works through it from the top: the best passage of each theme with what it lacks, what is declined, what
    to check, and for each outcome one note with all the questions that it leaves open.
    """
    card = report.scorecard
    if card is None:
        return ()
    outcomes = [outcome for outcome in card.outcomes if wishes.outcome in (None, outcome.id)]
    found = [_summary(report, card)]
    found += [note for outcome in outcomes if (note := _open_questions(report, card, outcome))]
    if not wishes.gaps_only:
        found += _passages(report, card, outcomes, every=wishes.every)
        if wishes.outcome is None:
            found += _integrity(report)
    return tuple(sorted(found, key=lambda note: (note.start is None, note.start or 0, note.sort is not Sort.SUMMARY)))


def _summary(report: DocumentReport, card: Scorecard) -> Note:
    """Return the note on the first words: the score, how it was read, and what the other notes are."""
    document = report.document
    lines = [f"{name}: {value:.1f} of 100, {meaning}" for name, value, meaning in wording.score_lines(card)]
    lines += [f"{wording.role(report)}.", *(f"{name}: {value}" for name, value in wording.facts(report, card))]
    lines += [wording.harmless(note) for note in document.notes]
    lines.append("The notes mark the best passage of each theme, what is declined or doubtful, and the open questions.")
    first = next((block for block in document.blocks if block.kind is not Kind.RUNNING), document.blocks[0])
    return Note(Sort.SUMMARY, (Part(f"tenderkit: {card.score:.1f} of 100", tuple(lines)),), first.start, first.end)


def _open_questions(report: DocumentReport, card: Scorecard, outcome: OutcomeScore) -> Note | None:
    """Return one note with all questions that an outcome leaves open, or None."""
    themes = [theme for theme in outcome.themes if theme.level < Level.STATED]
    if not themes:
        return None
    state = (
        outcome.status.value if outcome.status is Status.GAP else f"{outcome.status.value}, {outcome.score:.0f} of 100"
    )
    head = f"{outcome.label} ({state}): {wording.count(len(themes), 'question')} open"
    lines = [f"{theme.asks} ({_state(theme)})" for theme in themes]
    if warning := wording.gaps_note(report.document):
        lines.append(warning)
    heading = _best_heading(report, card, outcome)
    start, end = heading or (None, None)
    keys = tuple((outcome.id, theme.id) for theme in themes)
    return Note(Sort.OPEN, (Part(head, tuple(lines)),), start, end, themes=keys)


def _state(theme: ThemeScore) -> str:
    """Return how far a question is answered, and where."""
    best = wording.best(theme)
    page = wording.page_name(best.page, approximate=best.approximate) if best else ""
    return f"{wording.level_word(theme)}{f', {page}' if page else ''}"


def _best_heading(report: DocumentReport, card: Scorecard, outcome: OutcomeScore) -> tuple[int, int] | None:
    """Return the span of the heading over the passages that speak to an outcome most, or None."""
    headings = [block for block in report.document.blocks if block.kind is Kind.HEADING]
    starts = [heading.start for heading in headings]
    weights: dict[int, float] = {}
    passages = [item for theme in outcome.themes for item in theme.evidence]
    passages += [item for item in card.possible if item.outcome == outcome.id]
    for item in passages:
        number = bisect_right(starts, item.start) - 1
        if number >= 0:
            weight = _SECTION_LEVEL if item.level >= Level.STATED else 1
            weights[number] = weights.get(number, 0) + weight * item.confidence
    if not weights:
        return None
    best = headings[min(weights, key=lambda number: (-weights[number], number))]
    return best.start, best.end


def _passages(
    report: DocumentReport, card: Scorecard, outcomes: Iterable[OutcomeScore], *, every: bool
) -> Iterator[Note]:
    """Yield a note for each passage that speaks to a theme, is declined, or should be checked."""
    wanted: list[tuple[Sort, Evidence, Part]] = []
    outcomes = list(outcomes)
    for outcome in outcomes:
        for theme in outcome.themes:
            # What counts only as others back it does not lift its theme above what is stated.
            counted = [
                replace(item, level=min(item.level, theme.level)) for item in theme.evidence if not item.declined
            ]
            for number, item in enumerate(counted if every else counted[:1]):
                more = wording.more_passages(theme) if not every and not number else ""
                wanted.append((Sort.EVIDENCE, item, _evidence_part(report, outcome, theme, item, more)))
    chosen = {outcome.id for outcome in outcomes}
    for item in card.declined:
        if item.outcome in chosen:
            lines = (f"Because {quoting.reasons(item.because)}.", "If it is offered after all, say so plainly.")
            wanted.append((Sort.DECLINED, item, Part(f"{wording.subject(card, item)}: declined", lines)))
    doubtful: set[tuple[str, str]] = set()
    for item in card.possible:
        if item.outcome in chosen and (every or (item.outcome, item.theme) not in doubtful):
            doubtful.add((item.outcome, item.theme))
            lines = (
                f"Because {quoting.reasons(item.because)}.",
                "It may speak of this, and is too unsure to count. If it does, say it in plainer words.",
            )
            wanted.append((Sort.CHECK, item, Part(f"{wording.subject(card, item)}: please check", lines)))
    groups: dict[tuple[int, int, Sort], Note] = {}
    for sort, item, part in wanted:
        key = (item.start, item.end, sort)
        if sort is Sort.CHECK and (item.start, item.end, Sort.EVIDENCE) in groups:
            key = (item.start, item.end, Sort.EVIDENCE)  # one note a passage
        level = item.level if sort is Sort.EVIDENCE else None
        note = groups.get(key) or Note(sort, (), item.start, item.end, level)
        themes = (*note.themes, (item.outcome, item.theme))
        best = note.level if level is None else max(note.level or Level.ABSENT, level)
        groups[key] = replace(note, parts=(*note.parts, part), level=best, themes=themes)
    yield from groups.values()


def _evidence_part(report: DocumentReport, outcome: OutcomeScore, theme: ThemeScore, item: Evidence, more: str) -> Part:
    lines = [f"Because {quoting.reasons(item.because)}."]
    if doubt := wording.doubt(theme):
        lines.append(f"{_begun(doubt)}. Say it in plainer words.")
    elif advice := _advice(item, report.role):
        lines.append(advice)
    if more:
        lines.append(f"{_begun(more)} in the document.")
    return Part(f"{outcome.label}: {theme.label}: {wording.level_name(item.level)}", tuple(lines))


def _begun(words: str) -> str:
    """Return words as a sentence begins."""
    return f"{words[:1].upper()}{words[1:]}"


def _advice(item: Evidence, role: str) -> str:
    """Say what a passage lacks for the next level."""
    asks = role != Role.BID.value
    if item.level is Level.MEASURED:
        return ""
    if item.level is Level.STATED:
        return "Stated; say by when, how much or to what standard, to make it measured."
    kinds = {reason.kind for reason in item.because}
    if "copied" in kinds:
        return "Only mentioned: these are another's words. Say in your own what will be done."
    if "repeated" in kinds:
        return "Only mentioned: it is said elsewhere already, and counts once."
    if "keywords" in kinds:
        return "Only mentioned: a list of keywords says nothing of them. Say what will be done."
    if asks:
        return "Only mentioned; say what is required or will be done, to make it stated."
    if item.stance is Stance.ASPIRATION:
        return "Only mentioned: a hope or a possibility. Say that it will be done, or is, to make it stated."
    if item.stance is Stance.REQUIREMENT:
        return "Only mentioned: it says what is asked of somebody. Say what you will do, to make it stated."
    return "Only mentioned; say what you will do, or what is in place, to make it stated."


def _integrity(report: DocumentReport) -> Iterator[Note]:
    """Yield a note for each passage that says nothing of its own, and for what nobody can see."""
    for note in report.integrity[:_MOST]:
        why = wording.harmless(note.why)
        part = Part(_begun(note.kind.value), (f"{_begun(why)}.",))
        yield Note(Sort.INTEGRITY, (part,), note.start, note.end)
    hidden = report.document.hidden
    for number, passage in enumerate(hidden[:_MOST]):
        lines = [f"{wording.hidden(passage)}.", "It never scores, and whoever evaluates will be told of it."]
        if number == _MOST - 1 and len(hidden) > _MOST:
            lines.append(f"There are {len(hidden) - _MOST:,} more hidden passages; the report names them all.")
        start = _near(report, passage.page)
        yield Note(
            Sort.HIDDEN,
            (Part("Hidden text", tuple(lines)),),
            start,
            start,
            hidden=number,
            page=passage.page,
            quote=passage.quote,
        )


def _near(report: DocumentReport, page: int | None) -> int | None:
    """Return where in the text the page of a hidden passage begins, for its order among the notes."""
    if page is None:
        return None
    return next((block.start for block in report.document.blocks if (block.anchor.page or 0) >= page), None)


@dataclass(frozen=True, slots=True)
class Written:
    """A file with notes in it, and what a person should know of it, one sentence each."""

    data: bytes
    told: tuple[str, ...] = ()
