"""What is not read is named in one line, with what to do; what a folder holds of it is named too."""

import os

import pytest

from tenderkit.errors import UnreadableError
from tenderkit.readers import read, takes
from tenderkit.sources import find_sources


def ole(stream):
    """An old Microsoft container, as far as telling it goes."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le") + bytes(600)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (ole("WordDocument"), "old Word file (.doc)"),
        (ole("Workbook"), "old Excel file (.xls)"),
        (ole("PowerPoint Document"), "old PowerPoint file (.ppt)"),
        (ole("Workbook") + ole("WordDocument"), "old Office file (.doc, .xls or .ppt) with another inside"),
        (ole("__properties_version1.0"), "Outlook message (.msg)"),
        (ole("Workbook") + ole("WordDocument") + ole("__properties_version1.0"), "Outlook message (.msg)"),
        (ole("EncryptedPackage"), "locked with a password"),
        (ole("VisioDocument"), "Visio drawing"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "picture (PNG)"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "picture (WebP)"),
        (bytes(4) + b"ftypheic" + bytes(50), "picture (HEIC)"),
        (bytes(3) + b"\x20ftypisom" + bytes(50), "video"),
        (b"7z\xbc\xaf\x27\x1c", "packed file (7z)"),
        (b"a.txt".ljust(257, b"\0") + b"ustar\x0000" + bytes(250), "packed file (tar)"),
        (b"BZh91AY&SY" + bytes(50), "bzip2"),
        (b"x\x9f>\x22" + bytes(50), "winmail.dat"),
        (b"AC1032" + bytes(50), "AutoCAD"),
        (b"<?xml version='1.0'?><w xmlns='http://schemas.microsoft.com/office/word/2003/wordml'/>", "XML from 2003"),
        (b"<?xml version='1.0'?><plan/>", "XML file of unknown kind"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_format_that_is_not_read_is_named_with_what_to_do(data, what):
    with pytest.raises(UnreadableError) as error:
        read(data, "bid")
    assert what in str(error.value)
    assert "send" in str(error.value) or "save" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({"Index/Document.iwa": "x"}, "Apple iWork"),
        ({"visio/document.xml": "x"}, "Visio"),
        ({"FixedDocSeq.fdseq": "x"}, "XPS"),
        ({"mimetype": "application/epub+zip"}, "EPUB"),
        ({"mimetype": "application/vnd.oasis.opendocument.graphics"}, "OpenDocument drawing"),
        ({"[Content_Types].xml": "application/vnd.ms-excel.sheet.binary.macroEnabled.main"}, ".xlsb"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_archives_of_other_programs_are_named(packed, parts, what):
    with pytest.raises(UnreadableError, match=what):
        read(packed(parts), "bid")


def test_a_folder_names_what_it_cannot_read_rather_than_pass_it_over():
    assert all(takes(name) for name in ("a.doc", "a.RTF", "a.7z", "a.pages", "scan.tif", "winmail.dat", "a.mht"))
    assert not any(takes(name) for name in ("logo.png", "style.css", ".hidden.docx", "~$bid.docx"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "bid.md")
    (source,) = find_sources([str(tmp_path / "bid.md")])
    assert "pipe" in source.why


def test_a_page_saved_whole_is_read_without_its_style_sheets():
    source = (
        b"From: <Saved by Blink>\r\nSubject: Tender\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<html><body><nav>Menu</nav><p>We will =\r\ntest.</p>\r\n"
        b"--b\r\nContent-Type: text/css\r\n\r\np { color: red }\r\n--b--\r\n"
    )
    assert [block.text for block in read(source, "page.mht").blocks] == ["Tender", "We will test."]
