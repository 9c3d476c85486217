"""Formats that are not read: what each is, and what to do with it, in one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_SAVE = "save it as PDF or Word (.docx) and send that"
_SCAN = "run text recognition over it and send the result"
_UNPACK = "unpack it and send what is inside"
_NO_DOCUMENT = "not a document; send a PDF, Word, HTML, Markdown or plain text file"
_OLD_EXCEL = "it is an old Excel file (.xls); open it in Excel or LibreOffice, save it as .xlsx and send that"
_OLE = b"\xd0\xcf\x11\xe0"
_OLD = {  # names of streams in the old Microsoft container, in the order to try
    "EncryptedPackage": "it is locked with a password; remove the password in Office and save it again",
    "__properties_version1.0": "it is an Outlook message (.msg); save it and its attachments as files of their own",
    "WordDocument": "it is an old Word file (.doc); open it in Word or LibreOffice, save it as .docx and send that",
    "Workbook": _OLD_EXCEL,
    "Book": _OLD_EXCEL,
    "PowerPoint Document": "it is an old PowerPoint file (.ppt); save it as .pptx and send that",
    "VisioDocument": "it is a Visio drawing (.vsd); save it as PDF and send that",
    "Quill": "it is a Publisher file (.pub); save it as PDF and send that",
    "Props9": "it is a Microsoft Project plan (.mpp); save it as PDF and send that",
    "Props12": "it is a Microsoft Project plan (.mpp); save it as PDF and send that",
    "Props14": "it is a Microsoft Project plan (.mpp); save it as PDF and send that",
}
_HOLDS_OTHERS = ("WordDocument", "Workbook", "Book", "PowerPoint Document")
_ONE_OF_THEM = (
    "it is an old Office file (.doc, .xls or .ppt) with another inside; open it in Office or LibreOffice, save it as "
    ".docx, .xlsx or .pptx and send that"
)
_BEGINNINGS = (
    (b"\xffWPC", f"it is a WordPerfect file; {_SAVE}"),
    (b"\xdb\xa5", "it is a Word file from before 1997; open it in LibreOffice, save it as .docx and send that"),
    (b"\x89PNG", f"it is a picture (PNG); {_SCAN}"),
    (b"\xff\xd8\xff", f"it is a picture (JPEG); {_SCAN}"),
    (b"GIF8", f"it is a picture (GIF); {_SCAN}"),
    (b"II*\x00", f"it is a picture (TIFF); {_SCAN}"),
    (b"MM\x00*", f"it is a picture (TIFF); {_SCAN}"),
    (b"\x1f\x8b", f"it is a compressed file (gzip); {_UNPACK}"),
    (b"7z\xbc\xaf", f"it is a packed file (7z); {_UNPACK}"),
    (b"Rar!", f"it is a packed file (RAR); {_UNPACK}"),
    (b"\xfd7zXZ", f"it is a compressed file (xz); {_UNPACK}"),
    (b'x\x9f>"', "it is a winmail.dat of Outlook; ask the sender for the attachments as files of their own"),
    (b"\xe4\x52\x5c\x7b", f"it is a OneNote section; {_SAVE}"),
    (b"AC10", "it is an AutoCAD drawing; save it as PDF and send that"),
    (b"MZ", f"it is a program, {_NO_DOCUMENT}"),
    (b"\x7fELF", f"it is a program, {_NO_DOCUMENT}"),
    (b"ID3", f"it is a sound recording, {_NO_DOCUMENT}"),
    (b"SQLite format 3", f"it is a database, {_NO_DOCUMENT}"),
    (b"%!PS", f"it is a PostScript file; {_SAVE}"),
    (b"-----BEGIN PKCS7", "it is an encrypted message; open it in the mail program and save what is in it"),
    (b"-----BEGIN PGP MESSAGE", "it is an encrypted message; decrypt it and send what is in it"),
    (_OLE, f"it is an old Microsoft Office file of unknown kind; {_SAVE}"),
)
_ZIPPED = {  # what the content types or the mimetype say
    b"sheet.binary": "it is a binary Excel file (.xlsb); open it in Excel, save it as .xlsx and send that",
    b"epub+zip": f"it is an EPUB book; {_SAVE}",
    b"opendocument.graphics": "it is an OpenDocument drawing; save it as PDF and send that",
    b"opendocument.formula": f"it is an OpenDocument formula, {_NO_DOCUMENT}",
    b"opendocument.chart": f"it is an OpenDocument chart, {_NO_DOCUMENT}",
    b"opendocument.base": f"it is an OpenDocument database, {_NO_DOCUMENT}",
    b"ms-visio": "it is a Visio drawing (.vsdx); save it as PDF and send that",
    b"ms-package.xps": "it is an XPS document; save it as PDF and send that",
}
_PARTS = {  # names inside an archive
    "index/document.iwa": f"it is an Apple iWork document; export it: {_SAVE}",
    "index.zip": f"it is an Apple iWork document; export it: {_SAVE}",
    "index.apxl": f"it is an Apple iWork document; export it: {_SAVE}",
    "visio/document.xml": "it is a Visio drawing (.vsdx); save it as PDF and send that",
    "fixeddocseq.fdseq": "it is an XPS document; save it as PDF and send that",
    "classes.dex": f"it is a program, {_NO_DOCUMENT}",
}
_XML = {
    b"schemas.microsoft.com/office/word/2003": f"it is a Word file in XML from 2003; {_SAVE}",
    b"schemas.microsoft.com/office/2006/xmlpackage": f"it is a Word file in one piece of XML; {_SAVE}",
    b"urn:schemas-microsoft-com:office:spreadsheet": "it is an Excel file in XML from 2003; save it as .xlsx",
    b"<svg": f"it is a picture (SVG); {_SAVE}",
    b"<rss": f"it is a news feed, {_NO_DOCUMENT}",
}


def named(data: bytes) -> str:
    r"""
    Say what a file is and what to do with it, by its first bytes; nothing for one that may be read.

    >>> named(b"MZ...")
    'it is a program, not a document; send a PDF, Word, HTML, Markdown or plain text file'
    >>> named(b"We will test.")
    ''
    """
    if data.startswith(_OLE):
        found = [(stream, reason) for stream, reason in _OLD.items() if stream.encode("utf-16-le") in data]
        holders = {reason for stream, reason in found if stream in _HOLDS_OTHERS}
        if len(holders) > 1 and found[0][1] in holders:
            return _ONE_OF_THEM  # one lies in the other, and the names do not say which
        if found:
            return found[0][1]
    for magic, reason in _BEGINNINGS:
        if data.startswith(magic):
            return reason
    if data[4:8] == b"ftyp":
        picture = data[8:12] in (b"heic", b"heix", b"mif1", b"avif")
        return f"it is a picture (HEIC); {_SCAN}" if picture else f"it is a video or sound recording, {_NO_DOCUMENT}"
    if data.startswith(b"RIFF"):
        picture = data[8:12] == b"WEBP"
        return f"it is a picture (WebP); {_SCAN}" if picture else f"it is a video or sound recording, {_NO_DOCUMENT}"
    if data[257:262] == b"ustar":
        return f"it is a packed file (tar); {_UNPACK}"
    if data.startswith(b"BM") and data[6:10] == bytes(4):
        return f"it is a picture (BMP); {_SCAN}"
    if data.startswith(b"BZh") and data[4:10] == b"1AY&SY":
        return f"it is a compressed file (bzip2); {_UNPACK}"
    return ""


def named_in_archive(names: Collection[str], about: bytes) -> str:
    """Say what a ZIP archive is by its names, lower case, and by what it says of itself; nothing for one to be read."""
    for word, reason in _ZIPPED.items():
        if word in about:
            return reason
    return next((reason for part, reason in _PARTS.items() if part in names), "")


def named_xml(start: bytes) -> str:
    """Say what an XML file is, by its beginning."""
    return next(
        (reason for word, reason in _XML.items() if word in start), f"it is an XML file of unknown kind; {_SAVE}"
    )
