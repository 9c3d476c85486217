"""
Many files at once: sources become reports, and one bad file never stops the others.

A file may hold several documents: each stands by itself under its way inside ("pack.zip/Annex A/prices.xlsx").
Documents stand in the order of (path, sha256), whatever the order of the arguments.
"""

from __future__ import annotations

import hashlib
import signal
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar

from tenderkit.document import Document, Trace, Unread, View
from tenderkit.errors import TenderkitError, UnreadableError, UsageError
from tenderkit.readers.limits import LIMITS, SECONDS, Limits
from tenderkit.sources import STANDARD_INPUT, Source, find_sources, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tenderkit.assess import Assessor, DocumentReport, Report
    from tenderkit.readers.packs import Part
    from tenderkit.readers.pdf_ocr import Ocr
    from tenderkit.roles import Role
    from tenderkit.scoring import Against
    from tenderkit.vocabulary import Scheme


@dataclass(frozen=True, slots=True)
class Options:
    """
    How documents are read and assessed.

    Attributes:
        role: For all of them, or None to detect it.
        weights: By outcome id.
        limits: How much of a file is read.
        password: For files that are locked; it is shown and stored nowhere.
        seconds: For each document, which is then read in a process that can be killed; None to read it in this one.
        tracked: Which view of tracked changes is read.
        ocr: Recognises text on pages that are pictures; None to leave them unread.
        tender: What the bids answer; repeating its words says nothing.
        against: What a tender asks for; scores are made by that alone.
    """

    role: Role | None = None
    weights: Mapping[str, float] | None = None
    limits: Limits = LIMITS
    password: str | None = field(default=None, repr=False)
    seconds: float | None = None
    tracked: View = View.FINAL
    ocr: Ocr | None = None
    tender: Document | None = field(default=None, repr=False)
    against: Against | None = field(default=None, repr=False)


T = TypeVar("T")
_DEFAULTS = Options()


def read_one(path: str, options: Options = _DEFAULTS) -> Document:
    """
    Read the one document that *path* names; it may lie in a pack.

    Raises:
        UnreadableError: When nothing of it can be read; the message begins with its name.
        UsageError: When it is a folder.
    """
    *_, document = work_on_one(path, _read_named, options)
    return document


def work_on_one(path: str, work: Callable[..., Iterator[T]], options: Options, *arguments: object) -> Iterator[T]:
    """
    Yield what comes of the one document that *path* names, from a process that can be killed if *options* bound it.

    Args:
        path: As people name it; the document may lie in a pack.
        work: A generator function that stands in a module; it is given one part of a file, *options* and *arguments*.
            Each item that it yields gives it as much time again.
        options: How to read.
        arguments: For *work*.

    Raises:
        UnreadableError: When nothing of it can be read; the message begins with its name.
        UsageError: When it is a folder.
    """
    if path != STANDARD_INPUT and Path(path).is_dir():
        raise UsageError(f"'{path}' is a folder. Name one document in it.")
    (source,) = find_sources([path])
    try:
        data = read_bytes(source, options.limits)
        if options.seconds is None:
            yield from _work_on_named(data, source.path, work, options, *arguments)
            return
        from tenderkit.watch import DiedError, LateError, watched

        try:
            yield from watched(_work_on_named, data, source.path, work, options, *arguments, **_bounds(options))
        except LateError:
            raise UnreadableError(_late(options)) from None
        except DiedError as error:
            raise UnreadableError(_died(error, options)) from None
    except UnreadableError as error:
        raise UnreadableError(f"{source.path}: {error}") from None


def read_part(part: Part, options: Options, trace: Trace | None = None) -> Document:
    """
    Read one document as the options say.

    Args:
        part: Its bytes and name.
        options: How to read it.
        trace: Filled with where its text is from.

    Raises:
        UnreadableError: When nothing of it can be read.
    """
    from tenderkit import readers

    return readers.read(
        part.data,
        part.path,
        limits=options.limits,
        password=options.password,
        tracked=options.tracked,
        ocr=options.ocr,
        trace=trace,
    )


def _read(part: Part, options: Options) -> Document:
    from tenderkit import readers

    return readers.with_note(read_part(part, options), part)


def _read_named(part: Part, options: Options) -> Iterator[Document]:
    yield _read(part, options)


def _work_on_named(
    data: bytes, path: str, work: Callable[..., Iterator[T]], options: Options, *arguments: object
) -> Iterator[T]:
    """Yield what comes of the document of this path; it is in the file that begins with it."""
    from tenderkit import readers

    others = []
    file = path.split("/", 1)[0]
    for part in readers.unpack(data, file, limits=options.limits, password=options.password):
        if part.path == path and not part.why:
            yield from work(part, options, *arguments)
            return
        if part.path == path:
            raise UnreadableError(part.why)
        others.append(part.path)
    raise UnreadableError(f"it is no single document; name one in it, such as '{others[0]}'")


def assess_sources(
    sources: Iterable[Source],
    scheme: Scheme,
    options: Options = _DEFAULTS,
    *,
    started: Callable[[Source], None] = lambda _: None,
    failed: Callable[[Exception], None] = lambda _: None,
) -> Report:
    """
    Assess every document in every source.

    Args:
        sources: As `find_sources` returns them.
        scheme: The vocabulary.
        options: How to read and assess.
        started: Called before each source, for progress.
        failed: Called with an exception that is our own bug, for the curious.
    """
    from tenderkit.assess import Report

    found = read_sources(sources, options, scheme, started=started, failed=failed)
    reports = [report for _, report in found]
    return Report(scheme, tuple(sorted(reports, key=_order)))


def read_sources(
    sources: Iterable[Source],
    options: Options = _DEFAULTS,
    scheme: Scheme | None = None,
    *,
    started: Callable[[Source], None] = lambda _: None,
    failed: Callable[[Exception], None] = lambda _: None,
) -> Iterator[tuple[Source, DocumentReport]]:
    """
    Yield every document in every source with the source it is from, in the order of `sources`.

    One that cannot be read has no text, and says why in `unread`.

    Args:
        sources: As `find_sources` returns them.
        options: How to read and assess.
        scheme: The vocabulary; None to read only, and then a report has no scorecard.
        started: Called before each source, for progress.
        failed: Called with an exception that is our own bug, for the curious.
    """
    sources = tuple(sources)
    steps = _steps if options.seconds is None else _watched_steps
    for step in steps(sources, scheme, options):
        if step.report:
            yield sources[step.source], step.report
        elif step.part < 0:
            started(sources[step.source])
        if step.bug:
            failed(step.bug)


@dataclass(frozen=True, slots=True)
class _Step:
    """
    How far a batch is.

    Attributes:
        source: The number of the source.
        part: The number of the document in it; -1 while nothing has come out of it.
        path: What is being read.
        sha256: Of its bytes.
        report: What came of it; None before that.
        bug: Ours, if there was one.
    """

    source: int
    part: int
    path: str
    sha256: str = ""
    report: DocumentReport | None = None
    bug: Exception | None = None


def _steps(
    sources: tuple[Source, ...],
    scheme: Scheme | None,
    options: Options,
    begin: tuple[int, int] = (0, 0),
    given: bytes | None = None,
) -> Iterator[_Step]:
    """
    Yield a step before each source, before and after each document, and when the vocabulary is ready.

    Args:
        sources: All of them.
        scheme: The vocabulary; None to read only.
        options: How to read and assess.
        begin: The source and the document in it to begin with, when a run goes on after an accident.
        given: What came by standard input, where that was read already.
    """
    from tenderkit import readers
    from tenderkit.assess import DocumentReport, ready_assessor

    assessor: Assessor | None = None
    for number in range(begin[0], len(sources)):
        source = sources[number]
        yield _Step(number, -1, source.path)
        try:
            data = given if given is not None and source.file is None else read_bytes(source, options.limits)
            parts = readers.unpack(data, source.path, limits=options.limits, password=options.password)
            if source.inside:
                parts = _inside(parts, source)
            for index, part in enumerate(parts):
                if number == begin[0] and index < begin[1]:
                    continue
                here = _Step(number, index, part.path, hashlib.sha256(part.data).hexdigest() if part.data else "")
                yield here
                try:
                    if part.why:
                        raise UnreadableError(part.why)  # noqa: TRY301 - told as every other reason is
                    document = _read(part, options)
                    if not document.text or document.pages_read == 0:  # scans, say: a score of 0 would be unjust
                        unread = document.unread or (Unread(None, "no text was found in it"),)
                        report = DocumentReport(replace(document, unread=unread), "", (), None)
                    elif scheme is None:
                        report = DocumentReport(document, "", (), None)
                    else:
                        if assessor is None:
                            assessor = ready_assessor(scheme)  # only now: it takes a while to make
                            yield here
                        report = assessor.assess(
                            document, options.role, options.weights, options.tender, options.against
                        )
                    yield replace(here, report=report)
                except UnreadableError as error:
                    yield _failed(here, str(error), part.note)
                except MemoryError:
                    yield _failed(here, str(options.limits.exceeded("memory_bytes", "it takes more memory")))
                except TenderkitError:
                    raise  # the vocabulary has mistakes, say: no other document would fare better
                except Exception as error:  # noqa: BLE001 - a bug of ours in one file must not cost the others
                    why = f"tenderkit failed on this file: a bug of ours ({type(error).__name__}). Please report it."
                    yield replace(_failed(here, why), bug=error)
        except UnreadableError as error:
            yield _failed(_Step(number, 0, source.path), str(error))


def _inside(parts: Iterator[Part], source: Source) -> Iterator[Part]:
    """Yield the one document in a pack that the source names."""
    found = False
    for part in parts:
        if part.path == source.path or part.path.startswith(f"{source.path}/"):
            found = True
            yield part
    if not found:
        raise UnreadableError("there is no such file in the pack; check the name")


def _watched_steps(sources: tuple[Source, ...], scheme: Scheme | None, options: Options) -> Iterator[_Step]:
    """Yield the steps from a process that can be killed; the next one goes on behind the document that was too much."""
    from tenderkit.watch import DiedError, LateError, watched

    given = None
    if any(source.file is None and not source.why for source in sources):
        given = read_bytes(Source(STANDARD_INPUT), options.limits)
    begin = (0, 0)
    failed = ""
    while begin[0] < len(sources):
        last = _Step(begin[0], -1, sources[begin[0]].path)
        try:
            for step in watched(_portable_steps, sources, scheme, options, begin, given, **_bounds(options)):
                if step.part >= 0 or step.source != begin[0] or begin[1] == 0:  # or it was announced before
                    yield step
                last = step
        except LateError:
            why = _late(options)
        except DiedError as error:
            why = _died(error, options)
        else:
            return
        if last.part >= 0 and last.report is None:
            yield _failed(last, why)
            failed = last.path
            begin = (last.source, last.part + 1)
        else:  # between two documents, while it was being unpacked
            path = sources[last.source].path
            if path != failed:
                yield _failed(replace(last, path=path, sha256="", report=None), why)
            begin = (last.source + 1, 0)


def _portable_steps(*arguments: Any) -> Iterator[_Step]:
    from tenderkit.watch import portable

    for step in _steps(*arguments):
        yield replace(step, bug=portable(step.bug)) if step.bug else step


class _Bounds(TypedDict):
    seconds: float
    memory: int


def _bounds(options: Options) -> _Bounds:
    return {"seconds": options.seconds or SECONDS, "memory": options.limits.memory_bytes}


def _late(options: Options) -> str:
    return f"it took longer than {options.seconds:g} seconds; raise it with --timeout"


def _died(error: Exception, options: Options) -> str:
    if str(error) == f"signal {signal.SIGABRT:d}":  # how libraries in C++ end when there is no more memory
        return str(options.limits.exceeded("memory_bytes", "it takes more memory"))
    return f"it brought down the program that reads it ({error}); open it in the program that made it and save it again"


def _order(report: DocumentReport) -> tuple[str, str, str]:
    document = report.document
    return document.path, document.sha256, "".join(unread.why for unread in document.unread)


def _failed(step: _Step, why: str, note: str = "") -> _Step:
    from tenderkit.assess import DocumentReport

    unread, notes = (Unread(None, why),), (note,) if note else ()
    document = Document(step.path, media_type="", sha256=step.sha256, text="", blocks=(), unread=unread, notes=notes)
    return replace(step, report=DocumentReport(document, role="", role_reasons=(), scorecard=None))
