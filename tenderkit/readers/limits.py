"""Every limit of reading, with its default, in one place: a file is never trusted to be small."""

from __future__ import annotations

from dataclasses import dataclass, fields

from tenderkit.errors import UnreadableError


@dataclass(frozen=True, slots=True)
class Limits:
    """
    How much of a file is read before it is refused; each stands in `[limits]` of tenderkit.toml under its own name.

    Attributes:
        file_bytes: Size of the file itself.
        unpacked_bytes: Size of everything in an archive (a .docx is one) after unpacking.
        xml_bytes: Size of one XML part after unpacking; a tree takes about ten times as much memory.
        xml_depth: Elements inside elements in XML and HTML.
        entries: Files inside one archive.
        ratio: Unpacked size over packed size of an archive; honest office files stay far below.
        nesting: Packs inside packs, e-mails inside e-mails.
        pages: Pages of a PDF.
        rows: Rows of one spreadsheet that hold something.
        characters: Characters of text in one document.
        page_objects: Drawing objects of one PDF page that are looked at for hidden text.
        quote: Characters of a hidden passage that are kept to show it.
        memory_bytes: Memory for reading and assessing, where the system lets a program bound itself (Linux).
    """

    file_bytes: int = 256_000_000
    unpacked_bytes: int = 512_000_000
    xml_bytes: int = 48_000_000
    xml_depth: int = 256
    entries: int = 10_000
    ratio: int = 1_000
    nesting: int = 3
    pages: int = 5_000
    rows: int = 200_000
    characters: int = 20_000_000
    page_objects: int = 200_000
    quote: int = 200
    memory_bytes: int = 900_000_000

    def exceeded(self, name: str, what: str) -> UnreadableError:
        """
        Return the error to raise when the limit *name* is passed; *what* says by what.

        >>> str(Limits().exceeded("pages", "it has 6,000 pages"))
        "it has 6,000 pages and the limit is 5,000; split it, or raise 'pages' in [limits] of tenderkit.toml"
        """
        most: int = getattr(self, name)
        return UnreadableError(
            f"{what} and the limit is {most:,}; split it, or raise '{key_of(name)}' in [limits] of tenderkit.toml"
        )


def key_of(name: str) -> str:
    """
    Return how a limit is written in tenderkit.toml.

    >>> key_of("file_bytes")
    'file-bytes'
    """
    return name.replace("_", "-")


KEYS = {key_of(each.name): each.name for each in fields(Limits)}
LIMITS = Limits()
SECONDS = 60.0  # for reading and assessing one document, unless --timeout says otherwise
OCR_SECONDS = 600.0  # the same with --ocr, which takes some seconds a page
