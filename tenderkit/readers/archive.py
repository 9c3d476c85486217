"""Office files are ZIP archives of XML: opened with bounds on size, count and depth, without entities or network."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

from tenderkit.errors import UnreadableError

if TYPE_CHECKING:
    from tenderkit.readers.limits import Limits

_BROKEN = "the file is a broken ZIP archive; open it in the program that made it and save it again"

# "Strict" office files say the same things under other names.
_STRICT, _USUAL = (
    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
)
_STRICT_RELATIONS, _USUAL_RELATIONS = (
    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)


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
            raise UnreadableError(
                f"the archive holds more than {limits.entries:,} files; unpack it and send what matters"
            )
        total = sum(entry.file_size for entry in entries)
        if total > limits.unpacked_bytes or total > limits.ratio * max(len(data), 10_000):
            raise UnreadableError(
                f"the file unpacks to {total:,} bytes, more than is safe; save it again without its pictures"
            )
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
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, RuntimeError, zlib.error):
            self.damaged.append(name)
            return None
        self._unpacked += len(data)
        if len(data) > self.limits.xml_bytes or self._unpacked > self.limits.unpacked_bytes:
            raise UnreadableError(
                f"the part {name} unpacks to more than {self.limits.xml_bytes:,} bytes; split the document into several"
            )
        return data

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of an XML part, or None where it does not exist or is no XML."""
        data = self.read(name)
        if data is None:
            return None
        root = parse_xml(data.replace(_STRICT, _USUAL).replace(_STRICT_RELATIONS, _USUAL_RELATIONS))
        if root is None:
            self.damaged.append(name)
        return root


def parse_xml(data: bytes) -> etree._Element | None:
    """
    Return the root of *data*, repaired where that is possible, or None.

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
            remove_comments=True,
            remove_pis=True,
            recover=recover,
        )
        try:
            root = etree.fromstring(data.lstrip(), parser)
        except (etree.XMLSyntaxError, ValueError):
            continue
        if root is not None:
            return root
    return None


def related(base: str, target: str) -> str:
    """
    Return the name of the part that *target* means in the part *base*.

    >>> related("word/document.xml", "styles.xml"), related("word/document.xml", "/word/a.xml")
    ('word/styles.xml', 'word/a.xml')
    """
    return posixpath.normpath(posixpath.join("/" + posixpath.dirname(base), target)).lstrip("/")
