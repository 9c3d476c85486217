"""Reading documents: what is text, what is not, and what cannot be read."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tenderkit.document import Kind
from tenderkit.errors import UnreadableError
from tenderkit.readers import read
from tenderkit.readers.sniff import find_format


def outline(document):
    return [(block.kind.value, block.text) for block in document.blocks]


def saved(document) -> bytes:
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf(*pages) -> bytes:
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    for lines in pages:
        for y, text in lines:
            canvas.drawString(72, y, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


@given(st.binary(max_size=400), st.sampled_from(["a", "a.pdf", "a.docx", "a.md", "a.html", "a.txt"]))
def test_any_bytes_are_a_document_or_unreadable_and_nothing_else(data, path):
    said = ""
    try:
        said = type(read(data, path)).__name__
    except UnreadableError as error:
        said = str(error)
    assert said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\nnothing", "damaged"),
        (b"PK\x03\x04 broken", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "Save"),
    ],
    ids=["empty", "broken PDF", "broken ZIP", "legacy Word"],
)
def test_what_cannot_be_read_says_why_in_one_line(data, says):
    with pytest.raises(UnreadableError) as error:
        read(data, "file")
    assert says.lower() in str(error.value).lower()
    assert "\n" not in str(error.value)


def test_the_format_is_taken_from_the_content_and_not_from_the_name():
    document = docx.Document()
    document.add_paragraph("We will test.")
    assert read(saved(document), "bid.pdf").text == "We will test."


def test_markdown_gives_headings_lists_tables_and_their_section():
    source = (
        "---\ntitle: x\n---\n# Method\n\nWe *will*\ntest.\n\n- first\n- second\n\n"
        "| a | b |\n|---|---|\n| c | d |\n\n<!-- no -->\n"
    )
    document = read(source.encode(), "bid.md")
    assert outline(document) == [
        ("heading", "Method"),
        ("paragraph", "We will test."),
        ("list item", "first"),
        ("list item", "second"),
        ("table row", "a\tb"),
        ("table row", "c\td"),
    ]
    assert document.blocks[1].section == ("Method",)
    assert "title" not in document.text


def test_a_heading_without_a_space_and_footnotes_are_read_as_they_are_meant():
    source = "##04 The approach\n\nWe will test it. [^1] We match `[^a]` too.\n\n"
    source += "```\n##code[^1]\n```\n\n[^1]: In May.\n\n#tag"
    assert outline(read(source.encode(), "a.md")) == [
        ("heading", "04 The approach"),
        ("paragraph", "We will test it. We match [^a] too."),
        ("code", "##code[^1]"),
        ("paragraph", "In May."),
        ("paragraph", "#tag"),
    ]


def test_a_clause_is_no_heading_however_it_is_marked():
    clause = (
        "The supplier shall report any loss or theft of personal data to the council at once. "
        "It shall help with the enquiry, and answer for what its own suppliers do."
    )
    document = read(f"# Loss of data\n\n## {clause}\n\nMore.\n".encode(), "contract.md")
    assert outline(document) == [("heading", "Loss of data"), ("paragraph", clause), ("paragraph", "More.")]
    assert document.blocks[2].section == ("Loss of data",)
    asked = f"{clause[:-1]}, and which of its people would do so?"
    assert outline(read(f"# {asked}\n".encode(), "bid.md")) == [("heading", asked)]


WELSH = (
    "Bydd y cyngor yn gweithio gyda phartneriaid yn y sector cyhoeddus, ac mae hyn yn golygu bod yn rhaid i ni rannu "
    "data mewn ffordd ddiogel. Mae'r strategaeth hon wedi ei chytuno gan y cabinet ar gyfer y pum mlynedd nesaf.\n\n"
)
ENGLISH = (
    "The council will work with partners in the public sector, and this means that we have to share data in a safe "
    "way. This strategy has been agreed by the cabinet for the next five years.\n\n"
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (WELSH * 5, ["nearly all of it seems to be in Welsh; tenderkit reads English only"]),
        (WELSH * 5 + ENGLISH * 5, ["most of it seems to be in Welsh; tenderkit reads English only"]),
        (ENGLISH * 20 + WELSH, []),
        ("CPU | RAM | GPU\n" * 60, []),
        (WELSH[:90], []),
    ],
    ids=["Welsh", "both", "a paragraph of it", "no sentences", "too short"],
)
def test_what_is_in_another_language_is_unread_and_named(text, told):
    assert [part.why for part in read(text.encode(), "strategy.md").unread] == told


def test_a_fence_of_code_is_no_prose():
    document = read(b"Text.\n\n```\nwe_will()\n```\n", "bid.md")
    assert [block.kind for block in document.blocks] == [Kind.PARAGRAPH, Kind.CODE]


def test_wrapped_lines_of_a_text_file_are_one_paragraph():
    document = read(b"We will test\nevery release.\n\n\xe2\x80\xa2 one\n\xe2\x80\xa2 two\n", "bid.txt")
    assert outline(document)[0] == ("paragraph", "We will test every release.")
    assert [kind for kind, _ in outline(document)[1:]] == ["list item", "list item"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_text_in_other_encodings_is_read(encoding):
    assert read("Price: £40 – agreed.".encode(encoding), "bid.txt").text == "Price: £40 – agreed."


def test_html_leaves_out_navigation_scripts_and_what_is_hidden():
    page = b"""<!doctype html><html><head><title>t</title><style>p{}</style></head><body><nav>Menu</nav>
    <h2>Method</h2><p>We will <b>test</b>.</p><ul><li>one</li></ul><script>evil()</script>
    <p style="display:none">secret</p></body></html>"""
    document = read(page, "bid.html")
    assert outline(document) == [("heading", "Method"), ("paragraph", "We will test."), ("list item", "one")]
    assert [hidden.quote for hidden in document.hidden] == ["secret"]


def test_word_headings_lists_and_tables_are_read_in_order():
    document = docx.Document()
    document.add_heading("Method", 1)
    document.add_paragraph("We will:")
    document.add_paragraph("test", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "R1", "Yes"
    read_back = read(saved(document), "bid.docx")
    assert outline(read_back) == [
        ("heading", "Method"),
        ("paragraph", "We will:"),
        ("list item", "test"),
        ("table row", "R1\tYes"),
    ]
    assert read_back.blocks[-1].section == ("Method",)


def test_word_tracked_changes_are_read_as_the_final_view_and_it_says_so():
    document = docx.Document()
    paragraph = document.add_paragraph("We will ")
    for tag, text, kind in (("ins", "test", "t"), ("del", "guess", "delText")):
        paragraph._p.append(
            parse_xml(f'<w:{tag} {nsdecls("w")} w:id="1" w:author="a"><w:r><w:{kind}>{text}</w:{kind}></w:r></w:{tag}>')
        )
    read_back = read(saved(document), "bid.docx")
    assert read_back.text == "We will test"
    assert any("racked changes" in note for note in read_back.notes)


def test_word_content_controls_are_read():
    document = docx.Document()
    document.element.body.insert(
        0,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>Typed answer.</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    assert read(saved(document), "bid.docx").text == "Typed answer."


def test_word_headers_are_running_text_and_page_breaks_count_pages():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Bid 42"
    document.add_paragraph("One.").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("Two.")
    read_back = read(saved(document), "bid.docx")
    assert ("running", "Bid 42") in outline(read_back)
    second = next(block for block in read_back.blocks if block.text == "Two.")
    assert (second.anchor.page, second.anchor.approximate) == (2, True)


def test_a_pdf_joins_the_lines_of_a_paragraph_and_the_halves_of_a_word():
    document = read(pdf([(700, "We will test every release for acces-"), (686, "sibility with users.")]), "bid.pdf")
    assert document.text == "We will test every release for accessibility with users."
    assert (document.pages, document.pages_read, document.blocks[0].anchor.page) == (1, 1, 1)


def test_a_pdf_keeps_running_headers_and_page_numbers_apart():
    pages = [
        [(800, "Bid 42"), (600, f"Answer {word} stands here."), (40, f"Page {n}")] for n, word in enumerate("abcd", 1)
    ]
    document = read(pdf(*pages), "bid.pdf")
    running = {block.text for block in document.blocks if block.kind is Kind.RUNNING}
    assert "Bid 42" in running
    assert not any(text.startswith("Answer") for text in running)
    assert sum(block.kind is Kind.PARAGRAPH for block in document.blocks) == 4


def test_a_page_without_text_is_unread_and_named():
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.drawString(72, 700, "Read me.")
    canvas.showPage()
    canvas.rect(100, 100, 300, 500, fill=1)
    canvas.showPage()
    canvas.save()
    document = read(stream.getvalue(), "bid.pdf")
    assert document.text == "Read me."
    assert document.pages == 2
    assert all(unread.page == 2 for unread in document.unread)


def test_a_locked_pdf_says_that_it_is_locked():
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf([(700, "Secret.")]))))
    writer.encrypt("pass", algorithm="RC4-128")
    stream = BytesIO()
    writer.write(stream)
    with pytest.raises(UnreadableError, match="password"):
        read(stream.getvalue(), "bid.pdf")


def test_white_text_on_a_dark_banner_is_honest():
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.setFillColorRGB(0, 0, 0.4)
    canvas.rect(0, 740, 600, 100, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 780, "Our bid for the library")
    canvas.drawString(72, 400, "White on white says we will do all")
    canvas.save()
    document = read(stream.getvalue(), "bid.pdf")
    assert "Our bid for the library" in document.text
    assert [hidden.quote for hidden in document.hidden] == ["White on white says we will do all"]


@pytest.mark.parametrize("size", [1.0, 1.9])
def test_text_under_two_points_is_hidden(size):
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.drawString(72, 700, "Plain to see.")
    canvas.setFont("Helvetica", size)
    canvas.drawString(72, 600, "too small to read")
    canvas.save()
    document = read(stream.getvalue(), "bid.pdf")
    assert document.text == "Plain to see."
    assert document.hidden[0].how == "text under 2 pt"


def test_a_text_file_that_does_not_wrap_has_a_paragraph_a_line():
    source = f"We will:\ntest\n{'We will train every one of the staff. ' * 8}\nOur price excludes travel.\n"
    assert [block.text for block in read(source.encode(), "bid.txt").blocks][0::3] == [
        "We will:",
        "Our price excludes travel.",
    ]


LINED = {
    "a.md": "---\ntitle: x\n---\n\n# One\n\nTwo\nmore.\n\n- Three\n\n| Four | 4 |\n|---|---|\n| Five | 5 |\n",
    "a.html": "\n\n\n\n<h1>One</h1>\n\n<p>Two\nmore.</p>\n\n<li>Three</li>\n<table>\n<tr><td>Four\n\n<tr><td>Five",
    "a.txt": "\n\n\n\nOne\n===\nTwo\nmore.\n\n- Three\n\f\nFour\t4\n\nFive\t5\n",
}


@pytest.mark.parametrize("name", LINED)
def test_a_block_of_a_file_with_lines_knows_its_line(name):
    found = [(block.text.split()[0], block.anchor.line) for block in read(LINED[name].encode(), name).blocks]
    assert found == [("One", 5), ("Two", 7), ("Three", 10), ("Four", 12), ("Five", 14)]


def test_what_is_no_text_file_has_no_lines():
    mail = b"From: a@example.org\nSubject: Bid\nContent-Type: text/html\n\n<p>One</p>\n"
    assert {block.anchor.line for block in read(mail, "bid.eml").blocks} == {None}


@pytest.mark.parametrize("filler", [b"\n" * 3000 + b" " * 3000, b" |" * 6000, b"- " * 6000, b":-" * 6000])
def test_blanks_and_dashes_are_not_shared_out_in_every_way_to_tell_the_format(filler):  # it would take minutes
    assert find_format(b"We will test every release.\n" + filler + b"x\n", "bid").name == "text file"


def test_a_vertical_tab_parts_words_as_other_line_breaks_do():
    assert read(b"We will\vtest every\vrelease.", "bid.txt").text.split() == ["We", "will", "test", "every", "release."]
