"""Office files are ZIP archives of XML: opened with bounds on size, count and depth, without entities or network."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO, TYPE_CHECKING

from lxml import etree

from tenderkit.errors import UnreadableError
from tenderkit.readers.limits import LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderkit.readers.limits import Limits

_SMALL = 10_000  # bytes; a smaller archive may unpack to as much as one of this size
_ENTITIES = (
    "it defines XML entities, which no office program writes; open it in the program that made it and save it again"
)
_ZIP_ERRORS = (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, RuntimeError, zlib.error)
_TOO_DEEP = "its XML is nested too deep"
_BROKEN = "the file is a broken ZIP archive; open it in the program that made it and save it again"

# "Strict" office files say the same things under other names.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_USUAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"


@dataclass(slots=True)
class Archive:
    """The parts of an office file, unpacked one at a time and never to disk."""

    limits: Limits
    _zip: zipfile.ZipFile
    _names: dict[str, zipfile.ZipInfo]
    _unpacked: int = 0
    damaged: list[str] = field(default_factory=list)  # names of parts that exist and could not be read

    @classmethod
    def open(cls, data: bytes, limits: Limits) -> Archive:
        """
        Open an archive after checking its count of entries, its unpacked size and its ratio.

        Raises:
            UnreadableError: When it is broken, encrypted or too large.
        """
        try:
            archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
            raise UnreadableError(_BROKEN) from None
        entries = archive.infolist()
        if len(entries) > limits.entries:
            raise limits.exceeded("entries", f"the archive holds {len(entries):,} files")
        total = sum(entry.file_size for entry in entries)
        if total > limits.unpacked_bytes:
            raise limits.exceeded("unpacked_bytes", f"it unpacks to {total:,} bytes")
        if total > limits.ratio * max(len(data), _SMALL):
            raise limits.exceeded("ratio", f"it unpacks to {total // len(data):,} times its size")
        return cls(
            limits, archive, {posixpath.normpath(entry.filename).lstrip("/").lower(): entry for entry in entries}
        )

    def has(self, name: str) -> bool:
        """Tell whether there is a part of this name; case and leading slashes do not count, as Word has it."""
        return name.lstrip("/").lower() in self._names

    def names(self) -> list[str]:
        """Return the names of all parts, lower case, sorted."""
        return sorted(self._names)

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a part, or None where it does not exist or cannot be unpacked."""
        entry = self._names.get(name.lstrip("/").lower())
        if entry is None:
            return None
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(self.limits.xml_bytes + 1)
        except _ZIP_ERRORS:
            self.damaged.append(name)
            return None
        self._unpacked += len(data)
        if len(data) > self.limits.xml_bytes:
            raise self.limits.exceeded("xml_bytes", f"the part {name} unpacks to more bytes than is safe")
        if self._unpacked > self.limits.unpacked_bytes:
            raise self.limits.exceeded("unpacked_bytes", "it unpacks to more bytes than it says")
        return data

    def elements(self, name: str, *tags: str) -> Iterator[tuple[str, etree._Element]]:
        """
        Yield ("start" or "end", element) for the elements of a large part, without ever holding all of them.

        Elements are let go by the caller with `free`. A part that breaks off yields what stood before
        the break and is noted as damaged.

        Args:
            name: The part.
            tags: Names to yield, or none for all.
        """
        entry = self._names.get(name.lstrip("/").lower())
        if entry is None:
            return
        try:
            with self._zip.open(entry) as stream:
                source = _Bounded(stream, self.limits)
                yield from etree.iterparse(
                    source, events=("start", "end"), tag=tags or None, resolve_entities=False, no_network=True,
                    load_dtd=False, remove_comments=True, remove_pis=True,
                )  # fmt: skip
        except (*_ZIP_ERRORS, etree.XMLSyntaxError) as error:
            _refuse_hostile(error, self.limits)
            self.damaged.append(name)

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of an XML part, or None where it does not exist or is no XML."""
        data = self.read(name)
        if data is None:
            return None
        root = parse_xml(usual_names(data), self.limits)
        if root is None:
            self.damaged.append(name)
        return root


def usual_names(data: bytes) -> bytes:
    """
    Return the XML of a "strict" office file under the names that most files use.

    >>> usual_names(b'xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"')
    b'xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    """
    return _STRICT.sub(_USUAL, data)


def strict_names(data: bytes, like: bytes) -> bytes:
    """
    Return XML under the "strict" names that *like*, an original, uses for some of its own.

    >>> strict_names(usual_names(b'"http://purl.oclc.org/ooxml/a/b"'), b'"http://purl.oclc.org/ooxml/a/b"')
    b'"http://purl.oclc.org/ooxml/a/b"'
    """
    for found in sorted({found[0] for found in _STRICT.finditer(like)}, key=len, reverse=True):
        data = data.replace(_STRICT.sub(_USUAL, found), found)
    return data


def parse_xml(data: bytes, limits: Limits = LIMITS, *, whole: bool = False) -> etree._Element | None:
    """
    Return the root of *data*, repaired where that is possible, or None.

    Args:
        data: The XML.
        limits: How deep it may be nested.
        whole: With its comments and processing instructions, as is needed to write it again.

    Raises:
        UnreadableError: When it is nested too deep, or defines entities.

    >>> parse_xml(b"<a><b/></a>").tag
    'a'
    >>> parse_xml(b"no XML") is None
    True
    """
    for recover in (False, True):
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=not whole,
            remove_pis=not whole,
            recover=recover,
            huge_tree=True,  # its own bounds are silent when it repairs; ours are below
        )
        try:
            root = etree.fromstring(data.lstrip(), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            _refuse_hostile(error, limits)
            continue
        if root is not None:
            declared = root.getroottree().docinfo.internalDTD
            if declared is not None and declared.entities():
                raise UnreadableError(_ENTITIES)
            if root.xpath(f"boolean(//*[ancestor::*[{limits.xml_depth}]])"):
                raise limits.exceeded("xml_depth", _TOO_DEEP)
            return root
    return None


def _refuse_hostile(error: Exception, limits: Limits) -> None:
    """Raise where *error* says that the XML wants more than is safe, rather than that it is broken."""
    if isinstance(error, etree.XMLSyntaxError):
        words = str(error).lower()
        if "depth" in words:
            raise limits.exceeded("xml_depth", _TOO_DEEP) from None
        if "amplification" in words or "entity reference loop" in words:
            raise UnreadableError(_ENTITIES) from None


@dataclass(slots=True)
class _Bounded:
    """A stream that ends in an error rather than in more bytes than are safe."""

    stream: IO[bytes]
    limits: Limits
    count: int = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, as a file does."""
        data = self.stream.read(size)
        self.count += len(data)
        if self.count > self.limits.unpacked_bytes:
            raise self.limits.exceeded("unpacked_bytes", "it unpacks to more bytes than it says")
        return data


def related(base: str, target: str) -> str:
    """
    Return the name of the part that *target* means in the part *base*.

    >>> related("word/document.xml", "styles.xml"), related("word/document.xml", "/word/a.xml")
    ('word/styles.xml', 'word/a.xml')
    """
    return posixpath.normpath(posixpath.join("/" + posixpath.dirname(base), target)).lstrip("/")


def main_part(archive: Archive, usual: str) -> str:
    """Return the name of the part that an office file begins with, or the *usual* one where it does not say."""
    root = archive.xml("_rels/.rels")
    for relation in () if root is None else root:
        if (relation.get("Type") or "").endswith("/officeDocument"):
            name = related("", relation.get("Target") or "")
            if archive.has(name):
                return name
    return usual


def relation_id(element: etree._Element) -> str:
    """Return the relation that *element* refers to (its r:id, whatever the prefix), or nothing."""
    return next((str(value) for name, value in element.items() if str(name).endswith("}id")), "")


def free(element: etree._Element) -> None:
    """Let go of an element that was streamed, and of those before it."""
    parent = element.getparent()
    element.clear()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def relations_of(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Return the parts that *part* refers to: id to (last word of the type, name)."""
    folder, _, name = part.rpartition("/")
    root = archive.xml(f"{folder}/_rels/{name}.rels")
    return {
        relation.get("Id") or "": (
            (relation.get("Type") or "").rpartition("/")[2],
            related(part, relation.get("Target") or ""),
        )
        for relation in (() if root is None else root)
        if relation.get("TargetMode") != "External"
    }
