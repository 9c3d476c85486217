"""What every report says in the same words: levels, reasons and places; and document text made harmless."""

from __future__ import annotations

import unicodedata
from itertools import groupby, islice
from typing import TYPE_CHECKING

from tenderkit.evidence import Level, Who
from tenderkit.scoring import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tenderkit.assess import DocumentReport, Report
    from tenderkit.document import Document, Hidden, Unread
    from tenderkit.evidence import Evidence
    from tenderkit.integrity import IntegrityNote
    from tenderkit.scoring import OutcomeScore, Scorecard, ThemeScore

POINTS = "A theme earns 100 where it can be checked, 60 where it is stated, else nothing."
STATUSES = "Covered: half its themes or more; partial: some; thin: mentions only; gap: none."
EVERY_PASSAGE = "Every passage, with its reasons: tenderkit explain FILE --outcome ID"
INTEGRITY = "Copied, repeated or mere keywords, never above a mention"
QUESTIONS = "Questions it leaves open"
DECLINED = "What it says it will not do"
POSSIBLE = "Please check: perhaps evidence, not scored"
HIDDEN = "Hidden text, kept out of the score"
REFUSED = "declined"
TO_CHECK = "please check"
NOT_SCORED = "to check, not scored"
NOT_READ = "Not read"
READING = "How it was read"
LONGEST_QUOTE = 240  # characters of a quote in reports for people; JSON and CSV carry all of it
_MOST_BACKING = 2  # passages shown beneath one that is not sure by itself
A_LITTLE_MORE = 60  # characters more are shown rather than cut

_LEVELS = {
    Level.ABSENT: "not mentioned",
    Level.MENTIONED: "only mentioned",
    Level.STATED: "stated",
    Level.MEASURED: "measured",
}
_SPACES = frozenset({"Zs", "Zl", "Zp"})
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co"})  # control, format (direction, zero width), surrogate, private


def harmless(text: str) -> str:
    r"""
    Return text from a document fit for a terminal: on one line, without control, escape or direction characters.

    >>> harmless("We will\x1b[2J test.\u202e")
    'We will[2J test.'
    >>> harmless("tab\tand café")
    'tab and café'
    """
    if text.isascii() and text.isprintable():
        return text
    kept = []
    for character in text:
        category = unicodedata.category(character)
        if category in _SPACES or character in "\t\n\r":
            kept.append(" ")
        elif category not in _UNSEEN:
            kept.append(character)
    return "".join(kept)


def shorten(text: str, most: int = LONGEST_QUOTE) -> str:
    """
    Cut *text* at a word so that it and the mark of the cut take at most *most* characters.

    >>> shorten("We will test every release.", 20)
    'We will test every …'
    >>> shorten("We will test.", 20)
    'We will test.'
    """
    if len(text) <= most:
        return text
    head, _, _ = text[: most - 1].rpartition(" ")
    return f"{head.rstrip(' ,;:') or text[: most - 2]} …"


def shorten_middle(text: str, most: int) -> str:
    """
    Cut *text* in its middle, as the ends of a file's name tell most.

    >>> shorten_middle("lots/lot-1/Method statement.pdf", 20)
    'lots/lot-…tement.pdf'
    """
    if len(text) <= most:
        return text
    tail = most // 2
    return f"{text[: most - 1 - tail]}…{text[-tail:]}"


def level_word(theme: ThemeScore) -> str:
    """Return what the document does with a theme, in words."""
    if theme.level is Level.ABSENT and theme.evidence:
        return REFUSED
    if theme.level is Level.ABSENT and theme.possible:
        return TO_CHECK
    return _LEVELS[theme.level]


def level_name(level: Level) -> str:
    """
    Return a level in words.

    >>> level_name(Level.MENTIONED)
    'only mentioned'
    """
    return _LEVELS[level]


def judged(evidence: Evidence) -> str:
    """Return what a passage does with its theme: "stated (commitment)", "only mentioned (practice of others)"."""
    if evidence.declined:
        return REFUSED
    others = " of others" if evidence.who is Who.OTHER else ""
    measured = ", measured" if evidence.measured else ""
    return f"{_LEVELS[evidence.level]} ({evidence.stance.value}{others}{measured})"


def place(page: int | None, section: tuple[str, ...], *, approximate: bool = False, label: str = "") -> str:
    """
    Return where a quote stands, with the two headings nearest to it, or an empty string when the file does not say.

    >>> place(12, ("A bid", "4 Method", "4.2 Design"))
    'page 12, 4 Method > 4.2 Design'
    >>> place(12, (), approximate=True), place(None, ())
    ('about page 12', '')
    >>> place(None, ("Prices",), label="Prices!B4"), place(9, (), label="iii")
    ('Prices!B4', 'page 9 (iii)')
    """
    page_told, label = page_name(page, approximate=approximate), shorten(harmless(label), 60)
    if section and label.startswith(f"{harmless(section[0])}!"):
        section = section[1:]  # a cell names its sheet
    where = f"{page_told} ({label})" if page_told and label else page_told or label
    headings = " > ".join(shorten(harmless(heading), 60) for heading in section[-2:])
    return ", ".join(part for part in (where, headings) if part)


def where(evidence: Evidence) -> str:
    """Return where a passage stands, with the headings above it."""
    return place(evidence.page, evidence.section, approximate=evidence.approximate, label=evidence.label)


def page_name(page: int | None, *, approximate: bool = False) -> str:
    """Return a page in words, "about page 12" where it is a recorded guess; empty when the file does not say."""
    return f"{'about ' if approximate else ''}page {page}" if page else ""


def pages_and_words(document: Document) -> str:
    """Return how much was read: "44 pages, 41 of them read; 20,512 words", "about 44 pages" where they are guessed."""
    words = count(document.words, "word")
    if document.pages is None:
        return words
    guessed = any(block.anchor.approximate for block in document.blocks)
    pages = f"{'about ' if guessed else ''}{count(document.pages, 'page')}"
    read = document.pages if document.pages_read is None else document.pages_read
    return f"{pages}, {words}" if read == document.pages else f"{pages}, {read:,} of them read; {words}"


def count(number: int, noun: str) -> str:
    """
    Return a number with its noun.

    >>> count(1, "page"), count(1200, "word")
    ('1 page', '1,200 words')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def not_read(document: Document) -> str:
    """Return in a few words what was not read: "3 of 44 pages"; empty when all was."""
    pages = {unread.page for unread in document.unread if unread.page is not None}
    parts = sum(unread.page is None for unread in document.unread)
    said = []
    if pages:
        said.append(f"{len(pages):,} of {count(document.pages or len(pages), 'page')}")
    if parts:
        said.append(count(parts, "part"))
    return " and ".join(said)


def unread_lines(unread: Iterable[Unread]) -> list[str]:
    """
    Return one line for each run of pages that stayed unread for one reason.

    >>> from tenderkit.document import Unread
    >>> unread_lines([Unread(3, "image only"), Unread(4, "image only"), Unread(None, "a locked attachment")])
    ['a locked attachment', 'pages 3 to 4: image only']
    """
    lines = [harmless(part.why) for part in unread if part.page is None]
    paged = sorted({(part.why, part.page) for part in unread if part.page is not None})
    runs = []
    for (why, _), group in groupby(enumerate(paged), key=lambda item: (item[1][0], item[1][1] - item[0])):
        pages = [page for _, (_, page) in group]
        label = f"page {pages[0]}" if len(pages) == 1 else f"pages {pages[0]} to {pages[-1]}"
        runs.append((pages[0], f"{label}: {harmless(why)}"))
    return lines + [line for _, line in sorted(runs)]


def quote(text: str) -> str:
    """
    Return a quote for a person to read: harmless, in quotation marks, cut when it is long.

    What is longer by a few words is shown whole.

    >>> [len(quote("word " * number)) for number in (58, 59, 60, 61)]
    [291, 296, 301, 238]
    """
    said = harmless(text).strip()
    return f"“{said if len(said) <= LONGEST_QUOTE + A_LITTLE_MORE else shorten(said)}”"


def more_passages(theme: ThemeScore) -> str:
    """Return how many passages stand behind those that are shown, or an empty string."""
    others = sum(not evidence.declined for evidence in theme.evidence[1:]) - len(backing(theme))
    return f"and {count(others, 'more passage')}" if others else ""


def doubt(theme: ThemeScore) -> str:
    """Return that the best passage would not count without others, or an empty string."""
    return "not sure by itself: it counts because other passages say so too" if theme.backed else ""


def backing(theme: ThemeScore) -> tuple[Evidence, ...]:
    """Return the passages to show beneath one that counts only as they say so too: the next two that state it."""
    if not theme.backed:
        return ()
    stated = (evidence for evidence in theme.evidence[1:] if evidence.level >= Level.STATED)
    return tuple(islice(stated, _MOST_BACKING))


def best(theme: ThemeScore) -> Evidence | None:
    """Return the passage that gave a theme its level, or None."""
    return theme.evidence[0] if theme.evidence else None


def to_check(theme: ThemeScore, possible: Iterable[Evidence]) -> Evidence | None:
    """Return of what may speak of a theme what is to be checked first, where nothing surely speaks of it."""
    return next(iter(possible), None) if level_word(theme) == TO_CHECK else None


def role(report: DocumentReport) -> str:
    """Return what the document was read as, and why: "Read as a bid, because it says “our approach”"."""
    said = [reason.says for reason in report.role_reasons if reason.says]
    if said:
        return f"Read as a {report.role}, {said[0]}"
    words = ", ".join(f"“{shorten(harmless(reason.text), 60)}”" for reason in report.role_reasons[:3])
    return f"Read as a {report.role}" + (f", because it says {words}" if words else ", as nothing tells what it is")


def ranked(report: Report) -> list[DocumentReport]:
    """Return the documents with the highest score first; equals as in the report, what was not read last."""
    return sorted(report.documents, key=_best_first)


def _best_first(report: DocumentReport) -> tuple[bool, float]:
    card = report.scorecard
    return card is None, -round(card.score, 1) if card else 0.0


def score_lines(card: Scorecard) -> list[tuple[str, float, str]]:
    """Return the score and the depth: name, value, and what it means."""
    gaps = card.count(Status.GAP)
    weighted = any(outcome.weight != 1 for outcome in card.outcomes)
    without = "the outcome that is a gap" if gaps == 1 else f"the {gaps} outcomes that are gaps"
    several = len(card.outcomes) > 1
    mean = f"the {'weighted ' if weighted else ''}mean of the {len(card.outcomes)} outcomes below"
    return [
        ("Score", card.score, mean if several else "that of the one outcome below"),
        ("Depth", card.depth, f"the same without {without}" if gaps else "the same, as no outcome is a gap"),
    ]


def facts(report: DocumentReport, card: Scorecard) -> list[tuple[str, str]]:
    """Return what a reader should know beside the score, as name and value."""
    document = report.document
    themes = sum(len(outcome.themes) for outcome in card.outcomes)
    statuses = ", ".join(f"{card.count(status)} {status.value}" for status in Status)
    against = [("Against", against_fact(card))] if card.against else []
    return [
        *against,
        ("Outcomes", statuses),
        ("Questions left open", f"{len(card.gaps)} of {themes}"),
        ("Declined", count(len(card.declined), "passage") if card.declined else "nothing"),
        ("Integrity", _integrity_fact(len(document.hidden), len(report.integrity))),
        ("Not read", not_read(document) or "nothing"),
    ]


def against_fact(card: Scorecard) -> str:
    """Return by what of a tender a document was scored; empty where it was scored by all outcomes."""
    against = card.against
    if against is None:
        return ""
    themes = sum(len(outcome.themes) for outcome in card.outcomes)
    return (
        f"{harmless(against.tender)}, whose {count(against.requirements, 'requirement')} ask for "
        f"{count(len(card.outcomes), 'outcome')} and {count(themes, 'theme')}: only these are scored, and an outcome "
        "weighs as many as speak to it"
    )


def _integrity_fact(hidden: int, other: int) -> str:
    """Return how many passages are hidden, and how many say nothing of their own."""
    said = [f"{count(hidden, 'passage')} hidden"] if hidden else ["nothing hidden"]
    said += [f"{count(other, 'passage')} copied or stuffed"] if other else ["nothing copied or stuffed"]
    return ", ".join(said) if hidden or other else "nothing hidden, copied or stuffed"


def gaps_note(document: Document) -> str:
    """Return the warning that stands over the gaps of a partly unread document, or an empty string."""
    unread = not_read(document)
    return f"{unread[:1].upper()}{unread[1:]} could not be read: an answer may stand there." if unread else ""


def subject(card: Scorecard, evidence: Evidence) -> str:
    """Return the names of the outcome and the theme that a passage speaks to."""
    for outcome in card.outcomes:
        for theme in outcome.themes:
            if (outcome.id, theme.id) == (evidence.outcome, evidence.theme):
                return f"{outcome.label}: {theme.label}"
    return f"{evidence.outcome}: {evidence.theme}"


def hidden_place(passage: Hidden) -> str:
    """Return the page on which text is hidden."""
    return page_name(passage.page, approximate=passage.approximate)


def hidden(passage: Hidden) -> str:
    """Return hidden text and how it was hidden."""
    return f"{quote(passage.quote)} ({harmless(passage.how)})"


def integrity_place(note: IntegrityNote) -> str:
    """Return the page on which a passage stands that says nothing of its own."""
    return page_name(note.page, approximate=note.approximate)


def integrity(note: IntegrityNote) -> str:
    """Return a passage that says nothing of its own, and why it is told."""
    return f"{quote(note.quote)} ({note.kind.value}: {harmless(note.why)})"


def answered(outcome: OutcomeScore) -> int:
    """Return how many of an outcome's themes are stated or measured."""
    return sum(theme.level >= Level.STATED for theme in outcome.themes)


def open_themes(card: Scorecard, only: str | None = None) -> Iterator[tuple[OutcomeScore, ThemeScore]]:
    """Yield the themes behind `card.gaps`, in the vocabulary's order; *only* is the id of one outcome."""
    for outcome in card.outcomes:
        for theme in outcome.themes if only in {None, outcome.id} else ():
            if theme.level < Level.STATED:
                yield outcome, theme
