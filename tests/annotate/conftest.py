"""Notes written into files made by hand, and what a person finds there afterwards."""

import zipfile
from dataclasses import dataclass
from io import BytesIO

import pytest
from lxml import etree

from tenderkit.annotate import docx
from tenderkit.annotate.notes import Note, Part, Sort
from tenderkit.assess import DocumentReport
from tenderkit.batch import Options
from tenderkit.document import Trace, View
from tenderkit.readers import read

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Commented:
    """A Word file with comments: of each, who wrote it, what it says and the words that it stands beside."""

    data: bytes
    document: etree._Element
    comments: list[tuple[str, str, str]]


def opened(data):
    """Return what a person finds in a Word file."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(names) == len(set(names))
        document = etree.fromstring(archive.read("word/document.xml"))
        comments = etree.fromstring(archive.read("word/comments.xml")) if "word/comments.xml" in names else ()
    beside = dict.fromkeys([mark.get(W + "id") for mark in document.iter(W + "commentReference")], "")
    going = set()
    for element in document.iter("*"):
        if element.tag == W + "commentRangeStart":
            going.add(element.get(W + "id"))
        elif element.tag == W + "commentRangeEnd":
            going.remove(element.get(W + "id"))
        elif element.tag in (W + "t", W + "delText"):
            for number in going:
                beside[number] += element.text or ""
    assert not going, "a comment begins and does not end"
    found = []
    for comment in comments:
        said = "\n".join("".join(text.text for text in line.iter(W + "t")) for line in comment.iter(W + "p"))
        found.append((comment.get(W + "author"), said, beside[comment.get(W + "id")]))
    return Commented(data, document, found)


@pytest.fixture
def comment():
    """Put one comment beside each of the passages of a Word file, and open what comes of it."""

    def comment(data, *passages, view=View.FINAL):
        trace = Trace()
        document = read(data, "draft.docx", tracked=view, trace=trace)
        notes = []
        for number, passage in enumerate(passages):
            start = document.text.index(passage) if passage is not None else None
            end = None if start is None else start + len(passage)
            notes.append(Note(Sort.EVIDENCE, (Part(f"note {number}"),), start, end))
        written = docx.write(data, DocumentReport(document, "bid", (), None), trace, notes, Options(tracked=view))
        after = read(written.data, "draft.docx", tracked=view)
        assert after.text == document.text
        assert after.blocks == document.blocks
        return opened(written.data)

    return comment
