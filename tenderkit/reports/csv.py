"""The CSV report: a row a theme, for a spreadsheet; no cell can start a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from tenderkit.reports.quoting import reasons
from tenderkit.reports.wording import (
    REFUSED,
    best,
    harmless,
    hidden,
    hidden_place,
    integrity_place,
    level_word,
    to_check,
    unread_lines,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tenderkit.assess import DocumentReport, Report
    from tenderkit.document import Hidden
    from tenderkit.evidence import Evidence
    from tenderkit.integrity import IntegrityNote
    from tenderkit.scoring import ThemeScore

COLUMNS = (
    "path", "role", "outcome", "outcome_label", "outcome_status", "outcome_score", "weight",
    "theme", "theme_label", "asks", "level", "level_word", "stance", "who", "measured", "confidence",
    "page", "page_approximate", "label", "section", "quote", "because",
    "passages", "pages", "pages_read", "unread", "hidden",
    "integrity",
    "tracked", "notes", "scored",
)  # fmt: skip
_FORMULA = frozenset(
    "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
)  # a cell that starts so is a formula; the last four are full-width


def render(report: Report, *, outcome: str | None = None) -> str:
    """Return the rows of every theme of every document, or of one *outcome*; a file not read is one row."""
    return table(COLUMNS, (row for document in report.documents for row in _rows(document, outcome)))


def table(columns: Sequence[str], rows: Iterable[Mapping[str, object]]) -> str:
    """Return rows as CSV under their *columns*, with every cell made safe; what a row does not name is empty."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: cell(value) for name, value in row.items()})
    return stream.getvalue()


def cell(value: object) -> str:
    """
    Return one cell's text, with an apostrophe before it where a spreadsheet would read a formula.

    >>> cell("=HYPERLINK(0)"), cell(66.7), cell(None), cell(True)
    ("'=HYPERLINK(0)", '66.7', '', 'yes')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = harmless(str(value))
    return f"'{text}" if starts_formula(str(value)) else text


def starts_formula(text: str) -> bool:
    r"""
    Return whether a spreadsheet could take a text for a formula.

    >>> starts_formula("\t=1"), starts_formula("+44 20 7946 0000"), starts_formula("a = b")
    (True, True, False)
    """
    plain = harmless(text)
    starts = {text[:1], plain[:1], plain.lstrip()[:1]} - {""}
    return bool(starts & _FORMULA)


def _rows(report: DocumentReport, only: str | None) -> Iterator[dict[str, object]]:
    document = report.document
    about: dict[str, object] = {
        "path": document.path,
        "role": report.role,
        "pages": document.pages,
        "pages_read": document.pages_read,
        "unread": "; ".join(unread_lines(document.unread)),
        "hidden": "; ".join(_hidden(passage) for passage in document.hidden),
        "integrity": "; ".join(_integrity(note) for note in report.integrity),
        "tracked": document.tracked,
        "notes": " ".join(document.notes),
    }
    if report.scorecard is None:
        yield about
        return
    card = report.scorecard
    for outcome in card.outcomes:
        if only not in {None, outcome.id}:
            continue
        for theme in outcome.themes:
            row = about | {
                "outcome": outcome.id,
                "outcome_label": outcome.label,
                "outcome_status": outcome.status.value,
                "outcome_score": round(outcome.score, 1),
                "weight": outcome.weight,
                "theme": theme.id,
                "theme_label": theme.label,
                "asks": theme.asks,
                "level": int(theme.level),
                "level_word": level_word(theme),
                "passages": len(theme.evidence),
            }
            yield row | quote_cells(theme, card.possible_on(outcome.id, theme.id))


def quote_cells(theme: ThemeScore, possible: Iterable[Evidence]) -> dict[str, object]:
    """
    Return the cells of the passage to show of a theme, by column.

    What is only to be checked has its place, its words and no stance, so that who counts stances does not count it.

    Args:
        theme: As scored.
        possible: What may speak of it and is too unsure to count.
    """
    evidence = best(theme)
    if evidence:
        return evidence_cells(evidence) | {"scored": True}
    unsure = to_check(theme, possible)
    return evidence_cells(unsure) | {"stance": None, "who": None, "measured": None, "scored": False} if unsure else {}


def evidence_cells(evidence: Evidence) -> dict[str, object]:
    """Return the cells of a passage, by column."""
    return {
        "stance": REFUSED if evidence.declined else evidence.stance.value,
        "who": evidence.who.value,
        "measured": evidence.measured,
        "confidence": round(evidence.confidence, 2),
        "page": evidence.page,
        "page_approximate": evidence.approximate if evidence.page else None,
        "label": evidence.label,
        "section": " > ".join(evidence.section),
        "quote": evidence.quote,
        "because": reasons(evidence.because),
    }


def _integrity(note: IntegrityNote) -> str:
    where = integrity_place(note)
    return f"{note.kind.value} ({where})" if where else note.kind.value


def _hidden(passage: Hidden) -> str:
    where = hidden_place(passage)
    return f"{where}: {hidden(passage)}" if where else hidden(passage)
