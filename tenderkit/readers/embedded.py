"""Documents put into an office file as objects: they are not read, and each is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.readers.archive import relation_id, relations_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml import etree

    from tenderkit.readers.archive import Archive

_FORMULAS = ("equation", "mathtype")  # programs whose objects are no documents
_WHOLE = {  # of the objects in an OpenDocument file; charts, formulas and drawings are part of the page
    "application/vnd.oasis.opendocument.text": "a text document",
    "application/vnd.oasis.opendocument.spreadsheet": "a spreadsheet",
    "application/vnd.oasis.opendocument.presentation": "a presentation",
}


def why_unread(name: str, made: str = "") -> str:
    """
    Say that an embedded file is not read, and what to do.

    >>> why_unread("word/embeddings/prices.xlsx", "made by Excel.Sheet.12")[:63]
    'the file prices.xlsx embedded in it, made by Excel.Sheet.12; op'
    """
    return (
        f"the file {name.rpartition('/')[2]} embedded in it{f', {made}' if made else ''}; "
        "open the document, save the embedded file as a file of its own and send that"
    )


def unread_objects(relations: Iterable[tuple[str, tuple[str, str]]], programs: dict[str, str]) -> Iterator[str]:
    """
    Yield why the documents that a part of an Office file refers to stay unread.

    Args:
        relations: What it refers to: id, and with it sort and name.
        programs: The program that made an object, by the id of its relation.
    """
    seen = set()
    for key, (sort, name) in relations:
        program = programs.get(key, "")
        if sort in ("package", "oleObject") and name not in seen and not program.lower().startswith(_FORMULAS):
            seen.add(name)
            yield why_unread(name, f"made by {program}" if program and program != "Package" else "")


def unread_in_part(archive: Archive, part: str, objects: Iterable[etree._Element]) -> Iterator[str]:
    """Yield the same for a slide or sheet, of which *objects* are the elements that place objects on it."""
    programs: dict[str, str] = {}
    for each in objects:
        programs.setdefault(relation_id(each), each.get("progId") or "")
    yield from unread_objects(relations_of(archive, part).items(), programs)


def unread_in_opendocument(archive: Archive) -> Iterator[str]:
    """Yield why the documents in an OpenDocument file stay unread, as its list of contents names them."""
    manifest = archive.xml("META-INF/manifest.xml")
    for entry in () if manifest is None else manifest.iter("{*}file-entry"):
        said = {str(name).rpartition("}")[2]: str(value) for name, value in entry.items()}
        name, sort = said.get("full-path", "").strip("/"), said.get("media-type", "")
        if not name or name.startswith("ObjectReplacements"):
            continue
        if sort in _WHOLE:
            yield why_unread(name, _WHOLE[sort])
        elif sort == "application/vnd.sun.star.oleobject":
            yield why_unread(name, "made by another program")
