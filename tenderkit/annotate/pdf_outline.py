"""The outline of a PDF: what is there stays, and behind it stands one by outcome and theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pypdf.generic import Fit

from tenderkit.annotate.notes import Note, Sort
from tenderkit.annotate.pdf_marks import AUTHOR, plain
from tenderkit.reports import wording

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdf import PdfWriter
    from pypdf.generic import IndirectObject

    from tenderkit.assess import DocumentReport

_MOST = 10_000  # items of an outline that are looked through; one with more goes in a circle
_SHOWN = (Sort.EVIDENCE, Sort.DECLINED, Sort.CHECK)


def write_outline(
    writer: PdfWriter, report: DocumentReport, notes: Sequence[Note], places: Sequence[tuple[int, float]]
) -> None:
    """
    Add an outline of the outcomes and themes that lead to their notes; one of an earlier run gives way.

    Args:
        writer: The file.
        report: What was found in it.
        notes: What is said in it.
        places: Of each note, its page and the height on it.
    """
    card = report.scorecard
    if card is None or not notes:
        return
    _remove_ours(writer)
    by_theme: dict[tuple[str, str], tuple[int, float]] = {}
    by_outcome: dict[str, tuple[int, float]] = {}
    for sort in (*_SHOWN, Sort.OPEN):
        for note, place in zip(notes, places, strict=True):
            for key in note.themes if note.sort is sort else ():
                by_outcome.setdefault(key[0], place)
                if sort in _SHOWN:
                    by_theme.setdefault(key, place)
                else:
                    by_outcome[key[0]] = place
    title = f"{AUTHOR}: {card.score:.1f} of 100"
    top = _item(writer, title, places[0], None, bold=True, is_open=True)
    for outcome in card.outcomes:
        if outcome.id not in by_outcome:
            continue
        name = f"{outcome.label}: {outcome.status.value}, {outcome.score:.0f} of 100"
        parent = _item(writer, name, by_outcome[outcome.id], top)
        for theme in outcome.themes:
            if (found := by_theme.get((outcome.id, theme.id))) is not None:
                _item(writer, f"{theme.label}: {wording.level_word(theme)}", found, parent)


def _item(
    writer: PdfWriter,
    title: str,
    place: tuple[int, float],
    parent: IndirectObject | None,
    *,
    bold: bool = False,
    is_open: bool = False,
) -> IndirectObject:
    number, height = place
    fit = Fit.xyz(left=None, top=height, zoom=None)
    return writer.add_outline_item(
        title=plain(title), page_number=number - 1, parent=parent, bold=bold, fit=fit, is_open=is_open
    )


def _remove_ours(writer: PdfWriter) -> None:
    """Take out the outline of an earlier run, with all beneath it."""
    root = writer.get_outline_root()
    child, seen = root.get("/First"), 0
    while child is not None and seen < _MOST:
        item = child.get_object()
        following = item.get("/Next")
        if str(item.get("/Title", "")).startswith(f"{AUTHOR}: ") and str(item["/Title"]).endswith(" of 100"):
            root.remove_child(child)
        child, seen = following, seen + 1
