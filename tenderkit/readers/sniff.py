"""Which format a file is in, by its content."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath

from tenderkit.errors import UnreadableError
from tenderkit.readers import others


@dataclass(frozen=True, slots=True)
class Format:
    """
    A format that can be read.

    Attributes:
        name: What to call a file of it in a message.
        media_type: Its registered name.
        module: The module of `tenderkit.readers` that reads it; empty for one that only holds other files.
        takes_password: Whether it can be unlocked.
        takes_view: Whether either view of its tracked changes can be read.
        takes_ocr: Whether text in its pictures can be recognised.
    """

    name: str
    media_type: str
    module: str
    takes_password: bool = False
    takes_view: bool = False
    takes_ocr: bool = False


PDF = Format("PDF", "application/pdf", "pdf", takes_password=True, takes_ocr=True)
DOCX = Format(
    "Word file",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "docx",
    takes_view=True,
)
XLSX = Format("Excel file", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
PPTX = Format("PowerPoint file", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx")
ODT = Format("OpenDocument text", "application/vnd.oasis.opendocument.text", "odf", takes_view=True)
ODS = Format("OpenDocument spreadsheet", "application/vnd.oasis.opendocument.spreadsheet", "odf")
ODP = Format("OpenDocument presentation", "application/vnd.oasis.opendocument.presentation", "odf")
RTF = Format("RTF file", "application/rtf", "rtf", takes_view=True)
EML = Format("e-mail", "message/rfc822", "eml")
CSV = Format("CSV file", "text/csv", "delimited")
PACK = Format("ZIP pack", "application/zip", "")
HTML = Format("HTML page", "text/html", "html")
MARKDOWN = Format("Markdown file", "text/markdown", "markdown")
TEXT = Format("text file", "text/plain", "text")

_ZIPPED = {  # what stands in [Content_Types].xml or mimetype, in the order to look for it
    b"opendocument.text": ODT,
    b"opendocument.spreadsheet": ODS,
    b"opendocument.presentation": ODP,
    b"presentation.main": PPTX,
    b"slideshow.main": PPTX,
    b"sheet.main": XLSX,
}
_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_TAG = re.compile(rb"<(?:p|div|h[1-6]|table|ul|ol|span|br|article|section)[\s>/]", re.IGNORECASE)
_MAIL_FIELD = re.compile(
    rb"^(?:from|to|subject|date|received|mime-version|message-id|return-path|delivered-to|x-[\w-]+|content-type)\s*:",
    re.IGNORECASE | re.MULTILINE,
)
_MAIL_START = re.compile(rb"\s*(?:[A-Za-z][\w-]*:|From )")
_MARKDOWN = re.compile(
    rb"^(?:#{1,6} \S|```|[ \t]*[*+-] \[[ xX]\]|\|[^\n]*\|[ \t]*$"
    rb"|[ \t]*(?:\|[ \t:]*)?-{3,}[ \t:]*\||[ \t]*:-{2,}[ \t:]*\|)"
    rb"|\[[^\]\n]+\]\([^)\s]+\)|\*\*[^*\n]+\*\*",
    re.MULTILINE,
)
_ZIP_READ = 1_000_000


def find_format(data: bytes, path: str) -> Format:
    """
    Return the format of a file.

    Args:
        data: The whole file.
        path: Its name; its suffix decides between plain text, Markdown and fragments of HTML.

    Raises:
        UnreadableError: When it is empty or in a format that is not read, naming the format.

    >>> find_format(b"%PDF-1.7 ...", "bid.txt").media_type
    'application/pdf'
    >>> find_format(b"# Plan", "plan.md").name, find_format(b"# Plan", "plan.txt").name
    ('Markdown file', 'text file')
    """
    if not data.strip(b"\x00 \t\r\n\f\xef\xbb\xbf\xfe\xff"):
        raise UnreadableError("the file is empty; send one with text in it")
    if b"%PDF-" in data[:1024] and not data.startswith(b"PK"):
        return PDF
    if data.startswith(b"PK") and data[2:4] in (b"\x03\x04", b"\x05\x06", b"\x07\x08"):
        return _in_archive(data)
    if data.startswith(b"{\\rtf"):
        return RTF
    if why := others.named(data):
        raise UnreadableError(why)
    return _among_texts(data, PurePosixPath(path).suffix.lower())


def _in_archive(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = {name.lstrip("/").lower(): name for name in archive.namelist()}
            about = b""
            for part in ("[content_types].xml", "mimetype"):
                if part in names:
                    with archive.open(names[part]) as stream:
                        about += stream.read(_ZIP_READ)
    except Exception:  # noqa: BLE001 - zipfile lets out half a dozen kinds, all of which mean the same here
        raise UnreadableError(
            "the file is a broken ZIP archive; open it in the program that made it and save it again"
        ) from None
    if "word/document.xml" in names or b"wordprocessingml.document.main" in about or b"ms-word" in about:
        return DOCX
    for part, form in (("ppt/presentation.xml", PPTX), ("xl/workbook.xml", XLSX)):
        if part in names:
            return form
    if why := others.named_in_archive(names, about):
        raise UnreadableError(why)
    for word, form in _ZIPPED.items():
        if word in about:
            return form
    for folder, form in (("word/", DOCX), ("xl/", XLSX), ("ppt/", PPTX)):
        if "[content_types].xml" in names and any(name.startswith(folder) for name in names):
            return form
    if "content.xml" in names and "meta-inf/manifest.xml" in names:
        return ODT
    return PACK


def _among_texts(data: bytes, suffix: str) -> Format:
    start = data[:4096].replace(b"\x00", b"")  # so that UTF-16 is looked at too
    page = _PAGE.search(start)
    if page and start.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") and suffix not in (".txt", ".text"):
        return HTML
    if suffix in (".html", ".htm", ".xhtml") and _TAG.search(data):
        return HTML
    if _is_mail(start, suffix):
        return EML
    if b"<office:document" in start and b"opendocument" in start:
        return next((form for word, form in _ZIPPED.items() if word in start), ODT)
    if start.lstrip().startswith(b"<?xml") and suffix not in (".txt", ".text", ".md", ".markdown"):
        raise UnreadableError(others.named_xml(start))
    if suffix in (".md", ".markdown"):
        return MARKDOWN
    if suffix in (".txt", ".text"):
        return TEXT
    if suffix in (".csv", ".tsv", ".tab"):
        return CSV
    if page and start.lstrip().startswith(b"<"):
        return HTML
    return MARKDOWN if len(_MARKDOWN.findall(data[:20_000])) >= 2 else TEXT


def _is_mail(start: bytes, suffix: str) -> bool:
    head = start.replace(b"\r\n", b"\n").split(b"\n\n")[0]
    if not _MAIL_START.match(head):
        return False
    found = {field.lower() for field in _MAIL_FIELD.findall(head)}
    return len(found) >= (2 if suffix in (".eml", ".mht", ".mhtml") else 4)
