"""RTF: what a person sees, and what nobody sees."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderkit.document import View
from tenderkit.errors import UnreadableError
from tenderkit.readers import read
from tenderkit.readers.limits import Limits

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fnil\fcharset238 Arial CE;}}"
    r"{\colortbl;\red255\green255\blue255;\red0\green0\blue128;}"
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 heading 2;}}{\*\generator Word;}{\info{\title No}}"
)


def rtf(body, **options):
    return read(f"{HEAD}{body}}}".encode("latin-1"), "bid.rtf", **options)


def outline(document):
    return [(block.kind.value, block.level, block.text) for block in document.blocks]


def hidden(document):
    return [(found.quote, found.how) for found in document.hidden]


def test_headings_lists_and_paragraphs_are_told_apart():
    document = rtf(
        r"\pard\s1 Method\par\pard\s2 Testing\par\pard\s0 We {\b will} test\rquote s.\line Daily.\par"
        "\n"
        r"\pard{\listtext\'b7\tab}\ls1 Every week\par\pard\plain{\pntext 1.\tab}Every month\par"
    )
    assert document.media_type == "application/rtf"
    assert outline(document) == [
        ("heading", 1, "Method"),
        ("heading", 2, "Testing"),
        ("paragraph", 0, "We will test’s. Daily."),
        ("list item", 1, "Every week"),
        ("list item", 1, "Every month"),
    ]
    assert document.blocks[2].section == ("Method", "Testing")
    assert not document.hidden
    assert not document.notes


def test_letters_beyond_ascii_are_read_in_the_alphabet_of_their_font():
    assert rtf(r"caf\'e9 \u8364?5 {\f1 \'f8\'e1d}\uc0\u8211 x\par").text == "café €5 řád–x"


def test_a_table_is_read_row_by_row():
    row = r"\trowd\cellx1\cellx2\pard\intbl {}\cell {}\cell\row"
    document = rtf(row.format("Who tests?", r"We will.\par Daily.") + row.format("Cost", "5") + r"\pard After.\par")
    assert outline(document) == [
        ("table row", 0, "Who tests?\tWe will. Daily."),
        ("table row", 0, "Cost\t5"),
        ("paragraph", 0, "After."),
    ]


def test_notes_headers_boxes_and_links_are_read_and_pictures_are_not():
    document = rtf(
        r"{\header\pard Our bid\par}\pard We test{\footnote\pard See {\i annex}.\par} every"
        r"{\field{\*\fldinst HYPERLINK x}{\fldrslt  day}}.{\pict\pngblip 89504e47}"
        r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt\pard In a box.\par}}{\shprslt x}}\par"
    )
    assert outline(document) == [
        ("running", 0, "Our bid"),
        ("paragraph", 0, "We test every day."),
        ("footnote", 0, "See annex."),
        ("paragraph", 0, "In a box."),
    ]


@pytest.mark.parametrize(
    ("trick", "how"),
    [
        (r"{\v screen reader}", "RTF hidden text"),
        (r"{\fs2 screen reader}", "text under 2 pt"),
        (r"{\cf1 screen reader}", "text in the colour behind it"),
        (r"{\cf2\chcbpat2 screen reader}", "text in the colour behind it"),
    ],
)
def test_what_nobody_sees_is_hidden_text(trick, how):
    document = rtf(rf"\pard We test. {trick}\par")
    assert document.text == "We test."
    assert hidden(document) == [("screen reader", how)]


@pytest.mark.parametrize(
    "honest",
    [
        r"{\cf1\chcbpat2 We test.}",
        r"\cbpat2{\cf1 We test.}",
        r"{\v\v0 We test.}",
        r"{\cf2\fs8 We test.}",
        r"\trowd\clcbpat2\cellx1\pard\intbl{\cf1 We test.}\cell\row",
    ],
)
def test_what_everybody_sees_is_honest(honest):
    document = rtf(rf"\pard{honest}\par")
    assert document.text == "We test."
    assert not document.hidden


def test_tracked_changes_are_read_in_either_view():
    body = r"\pard We {\revised will}{\deleted may} test.\par"
    final, original = rtf(body), rtf(body, tracked=View.ORIGINAL)
    assert (final.text, final.tracked) == ("We will test.", View.FINAL)
    assert (original.text, original.tracked) == ("We may test.", View.ORIGINAL)


def test_an_embedded_document_and_a_missing_end_are_told():
    document = rtf(r"\pard We test.{\object{\*\objdata 0105}{\result x}}\par")
    assert [unread.why for unread in document.unread] == [
        "a document embedded in it; open it in Word and save it as a file of its own"
    ]
    broken = read(f"{HEAD}\\pard We test.".encode(), "bid.rtf")
    assert broken.text == "We test."
    assert [unread.why for unread in broken.unread] == ["its end is missing; save it again and send it"]


def test_bytes_of_a_picture_are_no_text():
    assert rtf("We {\\pict\\bin5 }}{{x}test.\\par").text == "We test."


def test_groups_without_end_are_refused():
    with pytest.raises(UnreadableError, match="xml-depth"):
        read(b"{\\rtf1" + b"{" * 99, "bid.rtf", limits=Limits(xml_depth=50))


@given(st.text(alphabet="{}\\*'aeu09 vpardcellrowfootnote\n", max_size=200))
def test_whatever_stands_in_it_is_read(body):
    document = read(f"{{\\rtf1 {body}".encode(), "bid.rtf")
    assert document.text == "\n".join(block.text for block in document.blocks)


@pytest.mark.parametrize(("page", "letter"), [("10000", "é"), ("1252", "Ž"), ("9999", "Ž"), ("437", "Ä")])
def test_a_byte_is_read_in_the_code_page_of_the_file_and_an_unknown_one_is_no_damage(page, letter):
    document = read(rf"{{\rtf1\ansi\ansicpg{page} We will serve the caf\'8e.\par}}".encode(), "bid.rtf")
    assert document.text == f"We will serve the caf{letter}."
