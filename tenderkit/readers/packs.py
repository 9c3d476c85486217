"""ZIP packs, e-mails with attachments and PDF portfolios: one file that is several documents, never written to disk."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tenderkit.errors import UnreadableError
from tenderkit.readers.limits import LIMITS
from tenderkit.readers.sniff import EML, PACK, PDF, find_format

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tenderkit.readers.limits import Limits

_SMALL = 10_000  # bytes; a smaller pack may unpack to as much as one of this size
_NAMED = 12  # more are counted, not named
_OF_A_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_ERRORS = (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, RuntimeError, zlib.error)


@dataclass(frozen=True, slots=True)
class Part:
    """
    One document, as it comes out of a file.

    Attributes:
        path: The path of the file, and behind it the way inside a pack: "pack.zip/Annex A/prices.xlsx".
        data: Its bytes.
        why: Why there are none; else empty.
        note: What a person should know of the pack that it comes first out of; mostly empty.
    """

    path: str
    data: bytes = b""
    why: str = ""
    note: str = ""


def unpack(
    data: bytes, path: str, *, takes: Callable[[str], bool], limits: Limits = LIMITS, password: str | None = None
) -> Iterator[Part]:
    """
    Yield the documents in a file, sorted by their path: the file itself where it is one document.

    Args:
        data: The whole file.
        path: The name to report.
        takes: Tells by its name whether a file in a pack is taken.
        limits: For the size of what comes out, and for packs inside packs.
        password: For files that are locked and hold others.
    """
    yield from _Unpacking(takes, limits, password).unpack(data, path, 0)


def safe_path(name: str) -> str:
    r"""
    Return the name of a file in a pack as a path that stays below the pack, for showing.

    >>> safe_path("../../etc/passwd"), safe_path("C:\\bids\\a.pdf"), safe_path("Annex A/./b.pdf")
    ('etc/passwd', 'C:/bids/a.pdf', 'Annex A/b.pdf')
    """
    shown = "".join(character for character in name.replace("\\", "/") if character.isprintable())
    return "/".join(part.strip() for part in shown.split("/") if part.strip() not in ("", ".", ".."))


@dataclass(slots=True)
class _Unpacking:
    """One file while it is unpacked; the bytes are counted over all its packs."""

    takes: Callable[[str], bool]
    limits: Limits
    password: str | None = None
    total: int = 0

    def unpack(self, data: bytes, path: str, depth: int) -> Iterator[Part]:
        try:
            form = find_format(data, path)
        except UnreadableError:
            form = None  # whoever reads it says why
        if form not in (PACK, EML, PDF):
            yield Part(path, data)
            return
        if form is not PACK:
            yield Part(path, data)
        if depth >= self.limits.nesting:
            if form is PACK:
                yield Part(path, why=str(self.limits.exceeded("nesting", f"packs lie {depth + 1} deep in each other")))
            return
        try:
            if form is PACK:
                yield from self._pack(data, path, depth)
            elif form is EML:
                yield from self._attached(data, path, depth)
            else:
                yield from self._embedded(data, path, depth)
        except UnreadableError as error:
            yield Part(path, why=str(error))

    def _pack(self, data: bytes, path: str, depth: int) -> Iterator[Part]:
        try:
            archive = zipfile.ZipFile(BytesIO(data))
        except _ERRORS:
            raise UnreadableError("the ZIP pack is broken; make it again") from None
        entries = archive.infolist()
        if len(entries) > self.limits.entries:
            raise self.limits.exceeded("entries", f"the pack holds {len(entries):,} files")
        size = sum(entry.file_size for entry in entries)
        if size > self.limits.ratio * max(len(data), _SMALL):
            raise self.limits.exceeded("ratio", f"it unpacks to {size // len(data):,} times its size")
        taken = sorted((safe_path(_name(entry)), index) for index, entry in enumerate(entries) if not entry.is_dir())
        own = [(name, index) for name, index in taken if not _is_of_a_system(name)]
        documents = [(name, index) for name, index in own if self.takes(PurePosixPath(name).name)]
        note = _passed_over([name for name, _ in own if not self.takes(PurePosixPath(name).name)])
        seen: dict[str, int] = {}
        for name, index in documents:
            seen[name] = seen.get(name, 0) + 1
            inside = f"{path}/{name}" + (f" ({seen[name]})" if seen[name] > 1 else "")
            why, content = self._bytes(archive, entries[index])
            for part in (Part(inside, why=why),) if why else self.unpack(content, inside, depth + 1):
                yield replace(part, note=f"{part.note} {note}".strip()) if note else part
                note = ""
        if not documents:
            raise UnreadableError("the pack holds no document; put PDF, Word or other office files in it")

    def _bytes(self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> tuple[str, bytes]:
        """Return why an entry cannot be unpacked, or nothing and its bytes."""
        if entry.flag_bits & _ENCRYPTED:
            return "it is locked with a password in its pack; unpack it and give the file", b""
        if entry.file_size > self.limits.file_bytes:
            return str(self.limits.exceeded("file_bytes", f"it has {entry.file_size:,} bytes")), b""
        try:
            with archive.open(entry) as stream:
                content = stream.read(min(self.limits.file_bytes, entry.file_size) + 1)
        except _ERRORS:
            return "it is damaged in its pack; make the pack again", b""
        self._count(len(content))
        return "", content

    def _count(self, size: int) -> None:
        self.total += size
        if self.total > self.limits.unpacked_bytes:
            raise self.limits.exceeded("unpacked_bytes", f"what is in it unpacks to {self.total:,} bytes or more")

    def _attached(self, data: bytes, path: str, depth: int) -> Iterator[Part]:
        from tenderkit.readers.eml import attachments, check

        try:
            check(data, self.limits)
        except UnreadableError:  # whoever reads the message itself says so
            return
        yield from self._named(attachments(data), path, depth)

    def _embedded(self, data: bytes, path: str, depth: int) -> Iterator[Part]:
        from tenderkit.readers.pdf_files import embedded_files

        yield from self._named(embedded_files(data, self.limits, self.password), path, depth)

    def _named(self, files: Iterator[tuple[str, bytes]], path: str, depth: int) -> Iterator[Part]:
        """Unpack what is attached, in order of name; a broken attachment never costs the document itself."""
        try:
            found = sorted((safe_path(name), content) for name, content in files if self.takes(safe_path(name)))
        except UnreadableError:
            raise
        except Exception:  # noqa: BLE001 - whatever a library throws at a file that it does not expect
            yield Part(
                f"{path}/", why="what is attached to it cannot be read; save the attachments as files of their own"
            )
            return
        seen: dict[str, int] = {}
        for name, content in found:
            self._count(len(content))
            seen[name] = seen.get(name, 0) + 1
            yield from self.unpack(
                content, f"{path}/{name}" + (f" ({seen[name]})" if seen[name] > 1 else ""), depth + 1
            )


def _is_of_a_system(name: str) -> bool:
    """Tell whether a system, and no person, put a file into the pack."""
    path = PurePosixPath(name)
    hidden = name.startswith("__MACOSX/") or any(part.startswith(".") for part in path.parts)
    return hidden or path.name.startswith("~$") or path.name.lower() in _OF_A_SYSTEM


def _passed_over(names: list[str]) -> str:
    """
    Return a sentence on the files of a pack that are not read, or nothing.

    >>> _passed_over(["logo.png", "site.jpg"])
    'Not read in its pack, as pictures or no documents: logo.png, site.jpg.'
    """
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    named = ", ".join(names[:_NAMED])
    return f"Not read in its pack, as pictures or no documents: {named}{more}." if names else ""


def _name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name; one that is UTF-8 without saying so is taken for what it is."""
    if not entry.flag_bits & _UTF8_NAME:
        try:
            return entry.filename.encode("cp437").decode("utf-8")
        except UnicodeError:
            pass
    return entry.filename.encode("utf-8", "replace").decode("utf-8")
