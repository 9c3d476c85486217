"""
Where documents come from: files, folders of them, packs, and standard input.

What is reported of a path is a file's own name, or its way inside the folder that was given: never absolute, and the
same from any working folder.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tenderkit.errors import UnreadableError
from tenderkit.readers.limits import LIMITS, Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """
    Where a document comes from.

    Attributes:
        path: As reported.
        file: The file to read; None for standard input.
        why: Why there is nothing to read, where that is known already; else empty.
        inside: Whether *path* names one document inside the file, a pack.
    """

    path: str
    file: Path | None = None
    why: str = ""
    inside: bool = False


def find_sources(paths: Iterable[str]) -> tuple[Source, ...]:
    """
    Return what *paths* name: files, folders (scanned with all their subfolders), and `-` for standard input.

    The same file named twice is taken once, under the name that sorts first. A path that leads to nothing is a
    source too, with the reason.
    """
    found: dict[Path | str, Source] = {}
    for argument in paths:
        for source in _sources(argument):
            key = _identity(source)
            if key not in found or source.path < found[key].path:
                found[key] = source
    return tuple(sorted(found.values(), key=_by_path))


def find_in_order(paths: Iterable[str]) -> tuple[Source, ...]:
    """
    Return what *paths* name in the order in which they name it, the same file once, each with a path of its own.

    Where two files are called alike, as many of their folders as tell them apart stand before their names, out of
    what was typed.
    """
    found: dict[Path | str, Source] = {}
    for argument in paths:
        for source in sorted(_sources(argument), key=_by_path):
            found.setdefault(_identity(source), source)
    return told_apart(tuple(found.values()))


def find_each(paths: Iterable[str]) -> tuple[Source, ...]:
    """Return what *paths* name in the order in which they name it, a file as often as it is named."""
    return told_apart(tuple(source for argument in paths for source in sorted(_sources(argument), key=_by_path)))


def told_apart(sources: Sequence[Source]) -> tuple[Source, ...]:
    """
    Return sources with paths of their own, where their folders can tell them apart.

    >>> [source.path for source in told_apart([Source("bid.md", Path("old/bid.md")), Source("bid.md", Path("bid.md"))])]
    ['old/bid.md', 'bid.md']
    """
    often = Counter(source.path for source in sources)
    return tuple(_with_folders(source, sources) if often[source.path] > 1 else source for source in sources)


def _with_folders(source: Source, sources: Sequence[Source]) -> Source:
    folders = _folders_above(source)
    alike = [other for other in sources if other.path == source.path and other is not source]
    for number in range(1, len(folders) + 1):
        added = folders[-number:]
        if not any(_folders_above(other)[-number:] == added for other in alike):
            return replace(source, path=reportable("/".join((*added, source.path))))
    return source


def _folders_above(source: Source) -> tuple[str, ...]:
    """Return the folders, as they were typed, above what a source's path names; none where it is in no folder."""
    if source.file is None or source.inside:
        return ()
    parts = source.file.parts[: -1 - source.path.count("/")]
    return tuple(part for part in parts if part not in {source.file.anchor, os.pardir})


def _identity(source: Source) -> Path | str:
    key: Path | str = source.file.resolve() if source.file else f"{source.path}\0{source.why}"
    return f"{key}\0{source.path}" if source.inside else key


def _by_path(source: Source) -> tuple[str, str, str]:
    return source.path, source.why, str(source.file)


def _sources(argument: str) -> Iterator[Source]:
    if argument == STANDARD_INPUT:
        yield Source(STANDARD_INPUT)
        return
    path = Path(argument)
    name = reportable(path.name or ".")
    try:
        if path.is_dir():
            yield from _scan(path, name)
        elif path.is_file():
            yield Source(name, path)
        elif path.exists():
            yield Source(name, why="it is a pipe or a device, not a file; give what comes out of it by - instead")
        elif pack := _pack_above(path):
            yield Source(f"{reportable(pack.name)}/{path.relative_to(pack).as_posix()}", pack, inside=True)
        elif "://" in argument:
            why = "it is an address, and nothing is fetched; save what stands there, and name that file"
            yield Source(reportable(argument), why=why)
        else:
            yield Source(name, why="there is no such file; check the name")
    except (OSError, ValueError) as error:
        yield Source(name, why=f"it cannot be opened ({_told(error)})")


def _pack_above(path: Path) -> Path | None:
    """Return the file that *path* leads through: "pack.zip" for "pack.zip/Annex A/prices.xlsx"."""
    return next((parent for parent in path.parents if parent.is_file()), None)


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


def read_bytes(source: Source, limits: Limits = LIMITS) -> bytes:
    """
    Return the bytes of a source, or one byte more than a reader takes, so that it can tell.

    Raises:
        UnreadableError: When there is nothing to read.
    """
    if source.why:
        raise UnreadableError(source.why)
    try:
        if source.file is None:
            return sys.stdin.buffer.read(limits.file_bytes + 1)
        with source.file.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size or limits.file_bytes  # Python reserves all that is asked for
            return stream.read(min(size, limits.file_bytes) + 1)
    except OSError as error:
        raise UnreadableError(f"it cannot be opened ({_told(error)})") from None


def _told(error: Exception) -> str:
    """Return what the system says, without the path."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
