"""
Many files at once: paths become sources, sources become reports, and one bad file never stops the others.

What is reported of a path is a file's own name, or its way inside the folder that was given: never absolute, and the
same from any working folder. Documents stand in the order of (path, sha256), whatever the order of the arguments.
"""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tenderkit.document import Document, Unread
from tenderkit.errors import UnreadableError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tenderkit.assess import Assessor, DocumentReport, Report
    from tenderkit.roles import Role
    from tenderkit.vocabulary import Scheme

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """
    Where a document comes from.

    Attributes:
        path: As reported.
        file: The file to read; None for standard input.
        why: Why there is nothing to read, where that is known already; else empty.
    """

    path: str
    file: Path | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """How documents are assessed: a role for all of them or None to detect it, and weights by outcome id."""

    role: Role | None = None
    weights: Mapping[str, float] | None = None


def find_sources(paths: Iterable[str]) -> tuple[Source, ...]:
    """
    Return what *paths* name: files, folders (scanned with all their subfolders), and `-` for standard input.

    The same file named twice is taken once, under the name that sorts first. A path that leads to nothing is a
    source too, with the reason.
    """
    found: dict[Path | str, Source] = {}
    for argument in paths:
        for source in _sources(argument):
            key = source.file.resolve() if source.file else f"{source.path}\0{source.why}"
            if key not in found or source.path < found[key].path:
                found[key] = source
    return tuple(sorted(found.values(), key=lambda source: (source.path, source.why, str(source.file))))


def _sources(argument: str) -> Iterator[Source]:
    if argument == STANDARD_INPUT:
        yield Source(STANDARD_INPUT)
        return
    path = Path(argument)
    name = reportable(path.name or ".")
    try:
        if path.is_dir():
            yield from _scan(path, name)
        elif path.exists():
            yield Source(name, path)
        else:
            yield Source(name, why="there is no such file; check the name")
    except (OSError, ValueError) as error:
        yield Source(name, why=f"it cannot be opened ({_told(error)})")


def _scan(folder: Path, name: str) -> Iterator[Source]:
    from tenderkit import readers

    closed: list[OSError] = []
    empty = True
    for parent, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(entry for entry in folders if not entry.startswith("."))
        for entry in sorted(files):
            file = Path(parent, entry)
            if readers.takes(entry) and file.is_file():
                empty = False
                yield Source(reportable(file.relative_to(folder).as_posix()), file)
    for error in closed:
        inside = Path(error.filename).relative_to(folder).as_posix()
        yield Source(name if inside == "." else reportable(inside), why=f"the folder cannot be opened ({_told(error)})")
    if empty and not closed:
        yield Source(name, why="the folder holds no document; name files, or a folder with PDF, DOCX or text files")


def reportable(name: str) -> str:
    """Return a file's name as text that can be written anywhere: bytes that are no text become question marks."""
    return name.encode("utf-8", "replace").decode("utf-8")


def read_bytes(source: Source) -> bytes:
    """
    Return the bytes of a source, or one byte more than a reader takes, so that it can tell.

    Raises:
        UnreadableError: When there is nothing to read.
    """
    from tenderkit.readers.limits import LIMITS

    if source.why:
        raise UnreadableError(source.why)
    try:
        if source.file is None:
            return sys.stdin.buffer.read(LIMITS.file_bytes + 1)
        with source.file.open("rb") as stream:
            return stream.read(LIMITS.file_bytes + 1)
    except OSError as error:
        raise UnreadableError(f"it cannot be opened ({_told(error)})") from None


def read_one(path: str) -> Document:
    """
    Read the one document that *path* names.

    Raises:
        UnreadableError: When nothing of it can be read; the message begins with its name.
        UsageError: When it is a folder.
    """
    from tenderkit import readers

    if path != STANDARD_INPUT and Path(path).is_dir():
        raise UsageError(f"'{path}' is a folder. Name one document in it.")
    (source,) = find_sources([path])
    try:
        return readers.read(read_bytes(source), source.path)
    except UnreadableError as error:
        raise UnreadableError(f"{source.path}: {error}") from None


def assess_sources(
    sources: Iterable[Source],
    scheme: Scheme,
    options: Options = Options(),
    *,
    started: Callable[[Source], None] = lambda _: None,
    failed: Callable[[Exception], None] = lambda _: None,
) -> Report:
    """
    Assess every source.

    Args:
        sources: As `find_sources` returns them.
        scheme: The vocabulary.
        options: How to assess.
        started: Called before each source, for progress.
        failed: Called with an exception that is our own bug, for the curious.
    """
    from tenderkit import readers
    from tenderkit.assess import Assessor, DocumentReport, Report

    assessor: Assessor | None = None
    reports = []
    for source in sources:
        started(source)
        data = b""
        try:
            data = read_bytes(source)
            document = readers.read(data, source.path)
            if not document.text or document.pages_read == 0:  # scans, say: a score of 0 would be unjust
                document = replace(document, unread=document.unread or (Unread(None, "no text was found in it"),))
                report = DocumentReport(document, role="", role_reasons=(), scorecard=None)
            else:
                assessor = assessor or Assessor(scheme)  # only now: it takes a second to make
                report = assessor.assess(document, options.role, options.weights)
        except UnreadableError as error:
            report = _unread(source, data, str(error))
        except Exception as error:  # noqa: BLE001 - a bug of ours in one file must not cost the user the others
            failed(error)
            why = f"tenderkit failed on this file: a bug of ours ({type(error).__name__}). Please report it."
            report = _unread(source, data, why)
        reports.append(report)
    reports.sort(key=_order)
    return Report(scheme, tuple(reports))


def _order(report: DocumentReport) -> tuple[str, str, str]:
    document = report.document
    return document.path, document.sha256, "".join(unread.why for unread in document.unread)


def _unread(source: Source, data: bytes, why: str) -> DocumentReport:
    from tenderkit.assess import DocumentReport

    sha256 = hashlib.sha256(data).hexdigest() if data else ""
    document = Document(source.path, media_type="", sha256=sha256, text="", blocks=(), unread=(Unread(None, why),))
    return DocumentReport(document, role="", role_reasons=(), scorecard=None)


def _told(error: Exception) -> str:
    """Return what the system says, without the path."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
