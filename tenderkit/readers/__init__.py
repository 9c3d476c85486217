"""From the bytes of a file to a `Document`; one module a format, each imported when its format is met."""

from __future__ import annotations

import hashlib
import warnings
from importlib import import_module
from pathlib import PurePosixPath

from tenderkit.document import Document, DocumentBuilder
from tenderkit.errors import UnreadableError
from tenderkit.readers.limits import LIMITS, Limits
from tenderkit.readers.sniff import find_format

SUFFIXES = frozenset(
    [
        ".pdf",
        ".docx",
        ".docm",
        ".md",
        ".markdown",
        ".txt",
        ".text",
        ".html",
        ".htm",
        ".xhtml",
        ".doc",
        ".rtf",
        ".odt",
        ".ppt",
        ".pptx",
        ".xls",
        ".xlsx",
        ".ods",
        ".eml",
        ".msg",
    ]  # named as unread rather than passed over
)


def takes(name: str) -> bool:
    """
    Tell whether a folder scan takes a file of this name; what is really inside is seen by its content.

    >>> takes("bid/Method statement.PDF"), takes("bid/logo.png"), takes("bid/~$ethod.docx")
    (True, False, False)
    """
    path = PurePosixPath(name)
    return path.suffix.lower() in SUFFIXES and not path.name.startswith(("~$", "."))


def read(data: bytes, path: str, *, limits: Limits = LIMITS) -> Document:
    r"""
    Read a document.

    The format is found by content; the name decides only between formats that are all text.

    Args:
        data: The whole file.
        path: The name to report; it is never opened.
        limits: How much is read before the file is refused.

    Raises:
        UnreadableError: When nothing of it can be read; the message says what to do.

    >>> read(b"# Plan\n\nWe will test.", "bid.md").blocks[1].section
    ('Plan',)
    >>> read(b"", "bid.md")
    Traceback (most recent call last):
    tenderkit.errors.UnreadableError: the file is empty; send one with text in it
    """
    if len(data) > limits.file_bytes:
        raise UnreadableError(f"the file is larger than {limits.file_bytes:,} bytes; split it into several")
    chosen = find_format(data, path)
    builder = DocumentBuilder()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import_module(f"tenderkit.readers.{chosen.module}").fill(data, builder, limits)
    except UnreadableError:
        raise
    except Exception as error:  # whatever a library throws at bytes that it does not expect
        raise UnreadableError(
            f"the {chosen.name} is damaged ({type(error).__name__}); "
            "open it in the program that made it and save it again"
        ) from error
    document = builder.finish(path, chosen.media_type, hashlib.sha256(data).hexdigest())
    if len(document.text) > limits.characters:
        raise UnreadableError(f"it holds more than {limits.characters:,} characters; split it into several files")
    return document
