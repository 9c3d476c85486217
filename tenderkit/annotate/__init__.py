"""The user's own document back, with what tenderkit has to say written beside the text; the text never changes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from tenderkit import batch
from tenderkit.annotate.notes import Sort, Wishes, find_notes
from tenderkit.document import Trace
from tenderkit.errors import TenderkitError, UnreadableError, UsageError
from tenderkit.readers.sniff import DOCX, PDF, find_format
from tenderkit.reports.wording import unread_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderkit.annotate.notes import Note
    from tenderkit.batch import Options
    from tenderkit.readers.packs import Part
    from tenderkit.vocabulary import Scheme

_WRITERS = {DOCX.media_type: "docx", PDF.media_type: "pdf"}
_ALL = Wishes()


@dataclass(frozen=True, slots=True)
class Annotated:
    """
    A document with notes in it.

    Attributes:
        path: As reported.
        suffix: What the name of such a file ends in: ".docx", ".pdf".
        data: The file.
        notes: How many notes there are of each sort.
        told: What a person should know of the file, one sentence each.
    """

    path: str
    suffix: str
    data: bytes
    notes: tuple[tuple[Sort, int], ...]
    told: tuple[str, ...] = ()


def annotate(path: str, scheme: Scheme, options: Options, wishes: Wishes = _ALL) -> Annotated:
    """
    Assess one Word or PDF file, and return it with notes beside its text.

    Args:
        path: The file, as people name it.
        scheme: The vocabulary.
        options: How to read and assess.
        wishes: Which notes are wanted.

    Raises:
        UnreadableError: When nothing of it can be read.
        UsageError: When it is in a format that takes no notes, or a folder.
    """
    found = [item for item in batch.work_on_one(path, _annotate, options, scheme, wishes) if item is not None]
    return found[-1]


def _annotate(part: Part, options: Options, scheme: Scheme, wishes: Wishes) -> Iterator[Annotated | None]:
    """Yield the annotated file; before it, nothing, each time that a step is done."""
    from tenderkit.assess import ready_assessor

    form = find_format(part.data, part.path)
    if form.media_type not in _WRITERS:
        raise UsageError(
            f"'{part.path}' is a {form.name}; notes can be written into Word (.docx) and PDF files. Save it as one."
        )
    trace = Trace()
    document = batch.read_part(part, options, trace)
    if not document.text or document.pages_read == 0:
        raise UnreadableError("; ".join(unread_lines(document.unread)) or "no text was found in it")
    yield None
    assessor = ready_assessor(scheme)
    yield None
    report = assessor.assess(document, options.role, options.weights, options.tender)
    notes = find_notes(report, wishes)
    yield None
    writer = import_module(f"tenderkit.annotate.{_WRITERS[form.media_type]}")
    try:
        written = writer.write(part.data, report, trace, notes, options)
    except TenderkitError:
        raise
    except Exception as error:  # whatever a library throws at a file with faults that reading it got over
        raise UnreadableError(
            f"it has faults, so that no notes can be written into it ({type(error).__name__}); "
            "open it in the program that made it and save it again"
        ) from error
    suffix = ".docx" if form is DOCX else ".pdf"
    unread = tuple(f"not read: {line}" for line in unread_lines(document.unread))
    yield Annotated(part.path, suffix, written.data, _counted(notes), (*unread, *written.told))


def _counted(notes: tuple[Note, ...]) -> tuple[tuple[Sort, int], ...]:
    counts = Counter(note.sort for note in notes)
    return tuple((sort, counts[sort]) for sort in Sort if counts[sort])


def render_told(annotated: Annotated) -> str:
    """
    Return in a line how many notes there are, and on what.

    >>> render_told(Annotated("bid.docx", ".docx", b"", ((Sort.SUMMARY, 1), (Sort.EVIDENCE, 12), (Sort.OPEN, 3))))
    '16 notes (1 summary, 12 evidence, 3 open questions)'
    """
    total = sum(count for _, count in annotated.notes)
    named = ", ".join(f"{count} {sort.value}" for sort, count in annotated.notes)
    return f"{total} note{'' if total == 1 else 's'} ({named})"
