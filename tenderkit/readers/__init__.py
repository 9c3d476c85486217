"""From the bytes of a file to a `Document`; one module a format, each imported when its format is met."""

from __future__ import annotations

import gc
import hashlib
import warnings
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from tenderkit.document import Document, DocumentBuilder, TooMuchTextError, Trace, Unread, View
from tenderkit.errors import UnreadableError
from tenderkit.readers import boilerplate, foreign, packs
from tenderkit.readers.limits import LIMITS, Limits
from tenderkit.readers.sniff import find_format

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderkit.readers.packs import Part
    from tenderkit.readers.pdf_ocr import Ocr

# fmt: off
SUFFIXES = frozenset([  # what a folder or pack is searched for: what is read …
    ".docm", ".docx", ".dotx", ".rtf", ".odt", ".ott", ".fodt", ".md", ".markdown", ".txt", ".text", ".html", ".htm",
    ".xhtml", ".mht", ".mhtml", ".xlsx", ".xlsm", ".ods", ".fods", ".csv", ".tsv", ".pptx", ".pptm", ".ppsx",
    ".odp", ".fodp", ".eml", ".pdf", ".zip",
    # … and what is not, but named as unread rather than passed over
    ".doc", ".dot", ".wpd", ".wps", ".pages", ".ppt", ".pps", ".key", ".xls", ".xlsb", ".numbers",
    ".msg", ".mpp", ".vsd", ".vsdx", ".pub", ".one", ".xps", ".oxps", ".epub", ".7z", ".rar", ".tar", ".gz",
    ".tgz", ".bz2", ".xz", ".tif", ".tiff", ".p7m",
])
# fmt: on
_NAMES = frozenset({"winmail.dat"})


def takes(name: str) -> bool:
    """
    Tell whether a folder scan takes a file of this name; what is really inside is seen by its content.

    >>> takes("bid/Method statement.PDF"), takes("bid/logo.png"), takes("bid/~$ethod.docx")
    (True, False, False)
    """
    path = PurePosixPath(name)
    known = path.suffix.lower() in SUFFIXES or path.name.lower() in _NAMES
    return known and not path.name.startswith(("~$", "."))


def read(
    data: bytes,
    path: str,
    *,
    limits: Limits = LIMITS,
    password: str | None = None,
    tracked: View = View.FINAL,
    ocr: Ocr | None = None,
    trace: Trace | None = None,
) -> Document:
    r"""
    Read a document.

    The format is found by content; the name decides only between formats that are all text.

    Args:
        data: The whole file.
        path: The name to report; it is never opened.
        limits: How much is read before the file is refused.
        password: Tried on files that are locked; it is kept nowhere.
        tracked: Which view of tracked changes to read, where a format has them.
        ocr: Recognises text on pages that are pictures, which otherwise stay unread.
        trace: Filled with the places in the file that the text is from.

    Raises:
        UnreadableError: When nothing of it can be read; the message says what to do.

    >>> read(b"# Plan\n\nWe will test.", "bid.md").blocks[1].section
    ('Plan',)
    >>> read(b"", "bid.md")
    Traceback (most recent call last):
    tenderkit.errors.UnreadableError: the file is empty; send one with text in it
    """
    if len(data) > limits.file_bytes:
        raise limits.exceeded("file_bytes", "it has more bytes")
    chosen = find_format(data, path)
    if not chosen.module:
        raise UnreadableError(f"it is a {chosen.name} of several documents; name one of them, as in '{path}/bid.docx'")
    builder = DocumentBuilder(most=limits.characters, keeps_sources=trace is not None)
    try:
        with warnings.catch_warnings(), _without_collecting():
            warnings.simplefilter("ignore")
            module = import_module(f"tenderkit.readers.{chosen.module}")
            means: dict[str, object] = {}
            if chosen.takes_password:
                means["password"] = password
            if chosen.takes_view:
                means["view"] = tracked
            if chosen.takes_ocr:
                means["ocr"] = ocr
            module.fill(data, builder, limits, **means)
            builder.blocks, why = foreign.set_apart(boilerplate.mark(builder.blocks))
            builder.unread += [Unread(None, why)] if why else []
    except UnreadableError:
        raise
    except TooMuchTextError:
        raise limits.exceeded("characters", "it holds more characters of text") from None
    except RecursionError:
        raise limits.exceeded("xml_depth", "it is nested too deep") from None
    except MemoryError:
        raise limits.exceeded("memory_bytes", "it takes more memory") from None
    except Exception as error:  # whatever a library throws at bytes that it does not expect
        raise UnreadableError(
            f"the {chosen.name} is damaged ({type(error).__name__}); "
            "open it in the program that made it and save it again"
        ) from error
    if trace is not None:
        trace.blocks, trace.hidden = builder.sources, builder.hidden_sources
    return builder.finish(path, chosen.media_type, hashlib.sha256(data).hexdigest())


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Pause the search for objects that refer to each other in a circle: reading makes many, but none such."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be read: its path as reported, the hash of its bytes, and why."""

    path: str
    sha256: str
    why: str


def unpack(data: bytes, path: str, *, limits: Limits = LIMITS, password: str | None = None) -> Iterator[Part]:
    """
    Yield the documents in a file: those in a pack or attached to an e-mail, or the file itself.

    >>> [part.path for part in unpack(b"We will test.", "bid.txt")]
    ['bid.txt']
    """
    return packs.unpack(data, path, takes=takes, limits=limits, password=password)


def with_note(document: Document, part: Part) -> Document:
    """Return a document with what a person should know of the pack that it lay in."""
    return replace(document, notes=(*document.notes, part.note)) if part.note else document


def read_all(
    data: bytes, path: str, *, limits: Limits = LIMITS, password: str | None = None, tracked: View = View.FINAL
) -> Iterator[Document | Failure]:
    """
    Read every document in a file; one that cannot be read never stops the others.

    >>> [found.text for found in read_all(b"We will test.", "bid.txt")]
    ['We will test.']
    """
    for part in unpack(data, path, limits=limits, password=password):
        if part.why:
            yield Failure(part.path, "", part.why)
            continue
        try:
            yield with_note(read(part.data, part.path, limits=limits, password=password, tracked=tracked), part)
        except UnreadableError as error:
            yield Failure(part.path, hashlib.sha256(part.data).hexdigest(), str(error))
