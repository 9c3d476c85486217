"""The parts of a Word file that comments need, and the file packed again with nothing else changed."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

from tenderkit.annotate.notes import Sort
from tenderkit.document import NOTES_BY
from tenderkit.errors import UnreadableError
from tenderkit.readers.archive import Archive, main_part, parse_xml, related, strict_names, usual_names
from tenderkit.readers.docx_theme import W

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tenderkit.annotate.notes import Note
    from tenderkit.readers.limits import Limits

AUTHOR, INITIALS = NOTES_BY, "tk"

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_W14_PARA = "{http://schemas.microsoft.com/office/word/2010/wordml}paraId"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_UNFIT = re.compile("[^\\t\\n\\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # for XML
_EPOCH = (1980, 1, 1, 0, 0, 0)  # of an entry that is new: no clock
_DAMAGED = "a part of the Word file is damaged ({}); open it in Word and save it again"


@dataclass(slots=True)
class Package:
    """
    A Word file that is open to be written again.

    Attributes:
        archive: The file as it came.
        main: The name of its main part.
        root: Of the main part, with all that it holds.
        changed: The parts that are new or other, by name.
    """

    archive: Archive
    main: str
    root: etree._Element
    original: bytes
    changed: dict[str, bytes]

    @classmethod
    def open(cls, data: bytes, limits: Limits) -> Package:
        """Open a Word file that was read before."""
        archive = Archive.open(data, limits)
        main = main_part(archive, "word/document.xml")
        original = archive.read(main) or b""
        root = parse_xml(usual_names(original), limits, whole=True)
        if root is None:
            raise UnreadableError(_DAMAGED.format(main))
        return cls(archive, main, root, original, {})

    def write(self, data: bytes) -> bytes:
        """Return the file with its main part as it is now; *data* is the file as it came."""
        self.put(self.main, self.root)
        return repack(data, self.changed)

    def put(self, name: str, root: etree._Element) -> None:
        """Take a part into the file."""
        xml = etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)
        self.changed[name] = strict_names(xml, self.original)

    def related_part(self, sort: str) -> str:
        """Return the name of a part that the main part refers to, or nothing."""
        root = self.xml(self._relations_name())
        for relation in () if root is None else root:
            kind, external = relation.get("Type") or "", relation.get("TargetMode") == "External"
            if kind.rpartition("/")[2] == sort and not external:
                return related(self.main, relation.get("Target") or "")
        return ""

    def xml(self, name: str) -> etree._Element | None:
        """Return the root of a part, with all that it holds."""
        data = self.archive.read(name)
        return None if data is None else parse_xml(usual_names(data), self.archive.limits, whole=True)

    def refer(self, sort: str, name: str) -> None:
        """Have the main part refer to a new part."""
        relations = self._relations_name()
        root = self.xml(relations)
        if root is None:
            root = etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})
        taken = {relation.get("Id") for relation in root}
        number = next(number for number in range(1, len(taken) + 2) if f"rIdTk{number}" not in taken)
        target = posixpath.relpath(name, posixpath.dirname(self.main) or ".")
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", Id=f"rIdTk{number}", Type=f"{_R}/{sort}", Target=target)
        self.put(relations, root)
        types = self.xml("[Content_Types].xml")
        if types is None:
            raise UnreadableError(_DAMAGED.format("[Content_Types].xml"))
        etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=_MEDIA)
        self.put("[Content_Types].xml", types)

    def _relations_name(self) -> str:
        folder, _, name = self.main.rpartition("/")
        return f"{folder}/_rels/{name}.rels".lstrip("/")


class Comments:
    """The comments of a Word file; ours of an earlier run give way to new ones, unless somebody has answered them."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._name = package.related_part("comments")
        root = package.xml(self._name) if self._name else None
        if self._name and root is None:
            raise UnreadableError(_DAMAGED.format(self._name))
        self._new = root is None
        if root is None:
            root = etree.Element(W + "comments", nsmap={"w": W[1:-1]})
            self._name = posixpath.join(posixpath.dirname(package.main), "comments.xml")
            if package.archive.has(self._name):
                self._name = posixpath.join(posixpath.dirname(package.main), "comments-tenderkit.xml")
        self._root = root
        self._remove_ours()
        used = [comment.get(W + "id") or "" for comment in root]
        used += [mark.get(W + "id") or "" for mark in package.root.iter(*_MARKS)]
        self._next = 1 + max((int(each) for each in used if each.isdecimal() and len(each) < 9), default=-1)

    def _remove_ours(self) -> None:
        """Take out the comments of an earlier run, with their marks in the text."""
        answered = self._answered()
        gone = set()
        for comment in list(self._root):
            paragraphs = {each.get(_W14_PARA) or "" for each in comment.iter(W + "p")}
            if comment.get(W + "author") == AUTHOR and not paragraphs & answered:
                gone.add(comment.get(W + "id"))
                self._root.remove(comment)
        if not gone:
            return
        for mark in list(self._package.root.iter(*_MARKS)):
            parent = mark.getparent()
            if mark.get(W + "id") not in gone or parent is None:
                continue
            outer = parent.getparent()
            alone = parent.tag == W + "r" and all(each.tag in (W + "rPr", mark.tag) for each in parent)
            if alone and outer is not None:
                outer.remove(parent)
            else:
                parent.remove(mark)

    def _answered(self) -> set[str]:
        """Return the paragraphs of comments that have an answer."""
        name = self._package.related_part("commentsExtended")
        root = self._package.xml(name) if name else None
        if root is None:
            return set()
        return {parent for each in root if (parent := each.get(_W15 + "paraIdParent"))}

    def add(self, note: Note) -> str:
        """Add a comment that says what a note says, and return its id."""
        number = str(self._next)
        self._next += 1
        comment = etree.SubElement(
            self._root, W + "comment", {W + "id": number, W + "author": AUTHOR, W + "initials": INITIALS}
        )
        for count, part in enumerate(note.parts):
            head = etree.SubElement(comment, W + "p")
            if not count:
                etree.SubElement(etree.SubElement(head, W + "r"), W + "annotationRef")
            _say(head, part.head, bold=True)
            listed = note.sort is Sort.OPEN
            for line in part.lines:
                _say(etree.SubElement(comment, W + "p"), f"• {line}" if listed else line)
        return number

    def finish(self) -> None:
        """Put the comments into the package."""
        if self._new:
            self._package.refer("comments", self._name)
        self._package.put(self._name, self._root)


_MARKS = tuple(W + name for name in ("commentRangeStart", "commentRangeEnd", "commentReference"))


def _say(paragraph: etree._Element, words: str, *, bold: bool = False) -> None:
    run = etree.SubElement(paragraph, W + "r")
    properties = etree.SubElement(run, W + "rPr")
    if bold:
        etree.SubElement(properties, W + "b")
    etree.SubElement(properties, W + "sz", {W + "val": "20"})
    text = etree.SubElement(run, W + "t", {_SPACE: "preserve"})
    text.text = _UNFIT.sub("\ufffd", words)


def repack(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """
    Return an archive with some of its parts changed or added, and every other part as it is.

    Raises:
        UnreadableError: When a part cannot be unpacked.
    """
    waiting = {name.lower(): (name, content) for name, content in changed.items()}
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for entry in old.infolist():
            if entry.is_dir():
                continue
            key = posixpath.normpath(entry.filename).lstrip("/").lower()
            try:
                content = waiting.pop(key)[1] if key in waiting else old.read(entry)
            except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, RuntimeError, zlib.error):
                raise UnreadableError(_DAMAGED.format(entry.filename)) from None
            _put(new, entry.filename, content, entry.date_time, entry.compress_type)
        for name, content in _sorted(waiting.values()):
            _put(new, name, content, _EPOCH, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _sorted(parts: Iterable[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    return sorted(parts, key=lambda part: part[0])


def _put(
    archive: zipfile.ZipFile, name: str, content: bytes, when: tuple[int, int, int, int, int, int], packed: int
) -> None:
    entry = zipfile.ZipInfo(name, when)
    entry.compress_type = packed if packed == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
