"""Bytes to characters, for every format that is text underneath."""

from __future__ import annotations

import codecs
import re

from tenderkit.document import TooMuchTextError
from tenderkit.errors import UnreadableError

_MARKS = (  # the longer marks first: that of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDEST = 4  # bytes of one character
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")
_NOT_TEXT = (
    "it is not text, or in an encoding that is not known; send a PDF, Word, HTML or Markdown file, or save it as UTF-8"
)


def decode(data: bytes, declared: str = "", *, most: int | None = None) -> tuple[str, str]:
    """
    Return the text of *data* and a note where its encoding had to be guessed.

    Tried in turn: a byte order mark, the *declared* encoding, UTF-8, UTF-16 without a mark, Windows-1252.

    Args:
        data: The whole file or part.
        declared: The encoding that it names.
        most: Characters that are taken; None for any number.

    Raises:
        UnreadableError: When the bytes are no text in any of them.
        TooMuchTextError: When they are more than *most* characters.

    >>> decode("Café".encode())
    ('Café', '')
    >>> decode("Café".encode("cp1252"))
    ('Café', 'Not valid UTF-8: read as Windows-1252.')
    """
    if most is not None and len(data) > _WIDEST * most:
        raise TooMuchTextError
    text, note = _decode(data, declared)
    if most is not None and len(text) > most:
        raise TooMuchTextError
    return text, note


def _decode(data: bytes, declared: str) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return clean(data[len(mark) :].decode(encoding, errors="replace")), ""
    if declared:
        try:
            return clean(data.decode(declared)), ""
        except (LookupError, UnicodeError):
            pass
    if half := _utf16_without_mark(data):
        return clean(data.decode(half, errors="replace")), "No byte order mark: read as UTF-16."
    try:
        text, note = data.decode("utf-8"), ""
    except UnicodeDecodeError:
        text, note = data.decode("cp1252", errors="replace"), "Not valid UTF-8: read as Windows-1252."
        if text.count("\ufffd") > 2 + len(text) // 100:
            raise UnreadableError(_NOT_TEXT) from None
    if len(_CONTROL.findall(text[:100_000])) > 2 + min(len(text), 100_000) // 100:
        raise UnreadableError(_NOT_TEXT)
    return clean(text), note


def clean(text: str) -> str:
    r"""
    Return *text* with one kind of line break and without characters that no document means.

    >>> clean("a\r\nb\x00\u2028c")
    'a\nb\nc'
    """
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
        .replace("\x85", "\n")
        .replace("\v", "\n")
    )
    return _INVISIBLE.sub("", text)


def _utf16_without_mark(data: bytes) -> str:
    """Return the name of the UTF-16 that *data* is in, or nothing: every other byte of Latin text is zero."""
    sample = data[:4_000]
    if len(sample) < 4 or len(data) % 2:
        return ""
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.6 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.1 * half:
        return "utf-16-be"
    return ""
