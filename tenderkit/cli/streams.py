"""Where output goes: results to standard output or a file, all else to standard error; UTF-8 whatever the locale."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import shutil
import sys
import traceback
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from tenderkit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tenderkit.readers.pdf_ocr import Ocr
    from tenderkit.settings import Reading
    from tenderkit.sources import Source

_WORTH_PROGRESS = 4  # documents
_SHARE_OF_OCR = 0.8  # of a document's time: the rest is for assessing what was recognised
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS, errno.EBUSY, errno.EXDEV}  # a folder where nothing can be replaced


def use_utf8() -> None:
    """Make both streams write UTF-8 with plain line breaks, whatever the platform; a stray surrogate becomes '?'."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace", newline="\n")


def colour_wanted() -> bool:
    """True for a terminal that shows colour, unless NO_COLOR says otherwise."""
    shows = os.environ.get("TERM", "") != "dumb" and (os.name != "nt" or "WT_SESSION" in os.environ)
    return on_screen(None) and not os.environ.get("NO_COLOR") and shows


def on_screen(output: Path | None) -> bool:
    """True when a result is seen on a terminal at once."""
    return output is None and sys.stdout.isatty()


@dataclass(frozen=True, slots=True)
class Target:
    """
    Where a result goes; only one that replaces nothing of the user's own can be made.

    Attributes:
        file: The file; None or - for standard output.
        documents: All that the command reads, as it was typed: files, folders of them, packs.
        others: More that it reads or writes, by the options that name it.
        option: The one that named the file.

    Raises:
        UsageError: When the file is one of these.
    """

    file: Path | None
    documents: Iterable[str | Path | None]
    others: Mapping[str, Path | None] = field(default_factory=dict)
    option: str = "--output"

    def __post_init__(self) -> None:
        with contextlib.suppress(OSError):  # of a name that no file can have: whoever writes to it says so
            self._refuse()

    def _refuse(self) -> None:
        if self.file is None or str(self.file) == "-" or (self.file.exists() and not self.file.is_file()):
            return
        for option, other in self.others.items():
            if other is not None and other.resolve() == self.file.resolve():
                raise UsageError(f"{self.option} {self.file} is what {option} names, too. Choose another file.")
        from tenderkit.sources import find_sources

        for source in find_sources(map(str, filter(None, self.documents))) if self.file.exists() else ():
            if source.file is not None and source.file.samefile(self.file):
                raise UsageError(f"{self.option} {self.file} is one of the documents. Choose another file.")


def write(result: str | bytes, target: Target | None = None) -> None:
    """
    Write a result: to standard output, or to a file, of which never a half stands there.

    Raises:
        UsageError: When the file cannot be written, or bytes would go to a terminal.
    """
    output = target.file if target else None
    if output is None or str(output) == "-":
        if isinstance(result, str):
            sys.stdout.write(result)
        elif sys.stdout.isatty():
            raise UsageError("This format is a file, not text. Name it with --output.")
        else:
            sys.stdout.buffer.write(result)
        sys.stdout.flush()
        return
    try:
        _put(result if isinstance(result, bytes) else result.encode("utf-8", "replace"), output)
    except OSError as error:
        raise UsageError(f"'{output}' cannot be written ({error.strerror}). Choose another file.") from None


def _put(data: bytes, file: Path) -> None:
    """
    Put bytes into a file, so that it is whole or as it was, and as readable for others as before.

    What is no file of its own is written to and never replaced: a link (`/dev/stdout` is one), a pipe, a device.
    So is a file in a folder where nothing can be replaced.
    """
    there = file.exists()
    if file.is_symlink() or (there and not file.is_file()):
        file.write_bytes(data)
        return
    if there and not os.access(file, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    unfinished = file.with_name(f".tenderkit-{os.getpid()}.part")
    try:
        unfinished.touch()
        if there:
            shutil.copymode(file, unfinished)
        unfinished.write_bytes(data)
        unfinished.replace(file)
    except OSError as error:
        if not there or error.errno not in _CLOSED:
            raise
        file.write_bytes(data)
    finally:
        with contextlib.suppress(OSError):  # it is gone, or there never was one
            unfinished.unlink()


def warn(message: str, *, prefix: str = "tenderkit: ") -> None:
    """Say something on standard error: each line by itself, without what could steer a terminal."""
    from tenderkit.reports.wording import harmless

    for line in message.splitlines() or [""]:
        sys.stderr.write(f"{prefix}{harmless(line)}\n")


def refuse_replacing(output: Path, *, force: bool) -> None:
    """
    Check that a file that somebody may have worked on is not replaced without being asked for.

    Raises:
        UsageError: When it would.
    """
    if output.exists() and not force:
        raise UsageError(f"'{output}' exists already. Choose another file, or add --force to replace it.")


def refuse_misnaming(output: Path, suffix: str) -> None:
    """
    Check that a file of one format does not get the name of another, with which no program would open it.

    Raises:
        UsageError: When it would; a name without an ending, and standard output, are left alone.
    """
    named = output.suffix.lower()
    if str(output) != "-" and named in {".docx", ".docm", ".pdf"} and named[:4] != suffix[:4]:
        raise UsageError(
            f"'{output}' would be no {named} file but a {suffix} file. Name a {suffix} file with --output."
        )


def refuse_twice(documents: Iterable[str], *tenders: str | None) -> None:
    """
    Check that standard input, which is read once, is not to be both a document and the tender.

    Raises:
        UsageError: When it is.
    """
    if "-" in documents and "-" in tenders:
        raise UsageError(
            "'-' is asked for the tender and for a document, and can be read once only. Name a file for one."
        )


def beside(file: str, mark: str) -> Path:
    """
    Return a name for what is made of a file: with a mark before its suffix, in the working folder.

    Raises:
        UsageError: For standard input, which has no name.

    >>> str(beside("drafts/bid.docx", ".annotated"))
    'bid.annotated.docx'
    """
    name = PurePath(file)
    if not name.name or file == "-":
        raise UsageError("Say where the result goes with --output FILE.")
    return Path(f"{name.stem}{mark}{name.suffix}")


def for_screen(text: str) -> str:
    """Return document text as it is for a file or a pipe; for a terminal with its control characters made visible."""
    if not sys.stdout.isatty():
        return text
    kept = (character if character.isprintable() or character in "\n\t" else "\ufffd" for character in text)
    return "".join(kept) + "\n"


def show_bug(error: Exception) -> None:
    """Print the traceback of a bug of ours, for those who asked for it with TENDERKIT_DEBUG=1."""
    if os.environ.get("TENDERKIT_DEBUG") == "1":
        traceback.print_exception(error)


def find_ocr(reading: Reading) -> Ocr | None:
    """Return the program that recognises text, if that is wanted; say how to get one where none is installed."""
    if not reading.ocr:
        return None
    from tenderkit.readers import pdf_ocr

    found = pdf_ocr.find_ocr(_SHARE_OF_OCR * reading.seconds)
    if found is None:
        warn(pdf_ocr.MISSING)
    return found


def progress(sources: Sequence[Source], *, quiet: bool = False) -> Callable[[Source], None]:
    """Return what shows, before each source, how far a long run is: on a terminal only, and gone when it is done."""
    total = len(sources)
    if quiet or total < _WORTH_PROGRESS or not sys.stderr.isatty():
        return lambda _: None
    names = {source: number for number, source in enumerate(sources, start=1)}

    def show(source: Source) -> None:
        from tenderkit.reports.wording import harmless, shorten

        words = f"{names[source]} of {total}: {shorten(harmless(source.path), 60)}"
        sys.stderr.write(f"\r\x1b[2K{words}\r")
        sys.stderr.flush()

    return show
