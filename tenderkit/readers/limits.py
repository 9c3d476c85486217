"""Every limit of reading, with its default, in one place: a file is never trusted to be small."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """
    How much of a file is read before it is refused.

    Attributes:
        file_bytes: Size of the file itself.
        unpacked_bytes: Size of everything in an archive (a .docx is one) after unpacking.
        xml_bytes: Size of one XML part after unpacking; a tree takes about ten times as much memory.
        entries: Files inside one archive.
        ratio: Unpacked size over packed size of an archive; honest office files stay far below.
        pages: Pages of a PDF.
        characters: Characters of text in one document.
        page_objects: Drawing objects of one PDF page that are looked at for hidden text.
        quote: Characters of a hidden passage that are kept to show it.
    """

    file_bytes: int = 256_000_000
    unpacked_bytes: int = 512_000_000
    xml_bytes: int = 48_000_000
    entries: int = 10_000
    ratio: int = 1_000
    pages: int = 5_000
    characters: int = 20_000_000
    page_objects: int = 200_000
    quote: int = 200


LIMITS = Limits()
