"""The order and the shape of text on a PDF page: columns, paragraphs, headings, lists, tables, running lines."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, RectangleObject, TextStringObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from tenderkit.document import Kind
from tenderkit.readers import read

WIDTH, HEIGHT = A4
LEFT = """\
We will meet residents in every library
and in every village hall, and we will
publish what they say within ten days of
each meeting, so that everybody can read
what was asked and what was answered by
the councillors who came to listen to it
and by the officers who will act on it
in the year that follows the meeting.""".splitlines()
RIGHT = """\
Our team has worked with eleven councils
and each of them still uses what we have
built for it, which is the proof that we
can offer for the quality of our work in
this field, and the only one that counts
when a contract has ended and the people
who bought it have gone on to other jobs
in other places, as people will do.""".splitlines()


def pdf(*pages, size=11):
    """Make a PDF; a page is a list of (x, y, text), or of (x, y, text, font, size)."""
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    for page in pages:
        for x, y, text, *font in page:
            canvas.setFont(*(font or ("Helvetica", size)))
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def changed(data, change):
    """Change a PDF with pypdf."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    change(writer)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def blocks(data):
    return [(block.kind, block.text) for block in read(data, "bid.pdf").blocks]


def down(lines, *, x=72, top=700, leading=14):
    return [(x, top - leading * number, line) for number, line in enumerate(lines)]


@pytest.mark.parametrize("across", [False, True], ids=["column by column", "line by line"])
def test_two_columns_are_read_one_after_the_other(across):
    left, right = down(LEFT), down(RIGHT, x=320)
    drawn = [line for pair in zip(left, right, strict=True) for line in pair] if across else left + right
    assert blocks(pdf(drawn)) == [(Kind.PARAGRAPH, " ".join(LEFT)), (Kind.PARAGRAPH, " ".join(RIGHT))]


def test_lines_become_a_paragraph_and_a_gap_begins_another():
    page = down(LEFT) + down(RIGHT, top=570)
    assert blocks(pdf(page)) == [(Kind.PARAGRAPH, " ".join(LEFT)), (Kind.PARAGRAPH, " ".join(RIGHT))]


def test_a_hyphen_at_a_line_end_goes_unless_the_word_has_one():
    page = down(["We give infor-", "mation on user-", "centred design. Our information is", "user-centred, always."])
    assert blocks(pdf(page)) == [
        (Kind.PARAGRAPH, "We give information on user-centred design. Our information is user-centred, always.")
    ]


def test_a_paragraph_goes_on_over_the_page_break_and_past_the_footer():
    pages = [
        [*down(LEFT[:7], top=140, leading=12), (72, 30, "Example Ltd, page 1")],
        [*down(LEFT[7:]), (72, 30, "Example Ltd, page 2")],
    ]
    found = blocks(pdf(*pages))
    assert (Kind.PARAGRAPH, " ".join(LEFT)) in found
    assert (Kind.RUNNING, "Example Ltd, page 1") in found


def test_a_table_is_read_row_by_row():
    rows = [
        ("Milestone", "Date", "Price"),
        ("Design accepted", "1 May", "£9,000"),
        ("Service live", "1 July", "£8,000"),
    ]
    page = [
        (x, 700 - 20 * row, cell)
        for row, cells in enumerate(rows)
        for x, cell in zip((72, 250, 400), cells, strict=True)
    ]
    assert blocks(pdf(page)) == [(Kind.TABLE_ROW, "\t".join(cells)) for cells in rows]


def test_bullets_make_list_items_with_levels():
    page = [
        (72, 700, "We offer:"),
        (80, 680, "• training for all staff"),
        (100, 660, "– in person"),
        (80, 640, "• support"),
    ]
    found = [(block.kind, block.level, block.text) for block in read(pdf(page), "bid.pdf").blocks]
    assert found[1:] == [
        (Kind.LIST_ITEM, 1, "training for all staff"),
        (Kind.LIST_ITEM, 2, "in person"),
        (Kind.LIST_ITEM, 1, "support"),
    ]


def test_headings_are_told_by_their_size_and_are_the_section_of_what_follows():
    page = [
        (72, 760, "Our offer", "Helvetica-Bold", 20), (72, 720, "Method", "Helvetica-Bold", 14),
        *down(LEFT), (72, 560, "Price", "Helvetica-Bold", 14), *down(RIGHT, top=540),
    ]  # fmt: skip
    document = read(pdf(page), "bid.pdf")
    assert [(block.level, block.text) for block in document.blocks if block.kind is Kind.HEADING] == [
        (1, "Our offer"),
        (2, "Method"),
        (2, "Price"),
    ]
    assert document.blocks[-1].section == ("Our offer", "Price")


def test_a_line_in_the_outline_is_a_heading_of_its_level_though_it_looks_like_text():
    page = [*down(LEFT), (72, 560, "1.1 How we test"), *down(RIGHT, top=530)]

    def change(writer):
        offer = writer.add_outline_item(title="Our offer", page_number=0)
        writer.add_outline_item(title="How we test", page_number=0, parent=offer)

    document = read(changed(pdf(page), change), "bid.pdf")
    assert [(block.level, block.text) for block in document.blocks if block.kind is Kind.HEADING] == [
        (2, "1.1 How we test")
    ]


def test_an_outline_that_runs_in_a_circle_ends():
    def change(writer):
        first = writer.add_outline_item(title="How we test", page_number=0).get_object()
        first[NameObject("/Next")] = first.indirect_reference

    assert blocks(changed(pdf(down(LEFT)), change)) == [(Kind.PARAGRAPH, " ".join(LEFT))]


def test_a_page_label_is_kept_where_it_differs_from_the_count():
    def change(writer):
        roman = DictionaryObject({NameObject("/S"): NameObject("/r")})
        annex = DictionaryObject({NameObject("/P"): TextStringObject("A-"), NameObject("/S"): NameObject("/D")})
        numbers = ArrayObject([NumberObject(0), roman, NumberObject(2), annex])
        writer.root_object[NameObject("/PageLabels")] = DictionaryObject({NameObject("/Nums"): numbers})

    data = changed(pdf(*([(72, 700, f"This is sheet {word}.")] for word in ("one", "two", "three"))), change)
    anchors = [(block.anchor.page, block.anchor.label) for block in read(data, "bid.pdf").blocks]
    assert anchors == [(1, "i"), (2, "ii"), (3, "A-1")]


@pytest.mark.parametrize("quarter", [0, 90, 180, 270])
def test_a_rotated_page_is_read_as_it_is_shown(quarter):
    page = [
        *down(LEFT, top=560),
        (72, 380, "Milestone"), (250, 380, "Date"), (72, 360, "Service live"), (250, 360, "1 July"),
    ]  # fmt: skip

    def turned(canvas):
        canvas.translate(*{0: (0, 0), 90: (WIDTH, 0), 180: (WIDTH, HEIGHT), 270: (0, HEIGHT)}[quarter])
        canvas.rotate(quarter)

    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    turned(canvas)
    for x, y, text in page:
        canvas.setFont("Helvetica", 11)
        canvas.drawString(x, y, text)
    canvas.save()
    expected = [
        (Kind.PARAGRAPH, " ".join(LEFT)), (Kind.TABLE_ROW, "Milestone\tDate"), (Kind.TABLE_ROW, "Service live\t1 July")
    ]  # fmt: skip
    assert blocks(stream.getvalue()) == expected  # the text is turned, the page is not
    shown = changed(stream.getvalue(), lambda writer: writer.pages[0].rotate(quarter))
    assert blocks(shown) == expected
    assert not read(shown, "bid.pdf").hidden


def test_what_a_crop_box_cuts_off_is_hidden_and_running_lines_are_told_by_what_is_shown():
    def change(writer):
        for page in writer.pages:
            page.cropbox = RectangleObject((60, 300, 500, 760))

    pages = [[*down(LEFT), (72, 320, f"Page {n} of 3"), (72, 100, "Printer's mark")] for n in (1, 2, 3)]
    document = read(changed(pdf(*pages), change), "bid.pdf")
    assert [block.text for block in document.blocks if block.kind is Kind.RUNNING] == ["Page 1 of 3"]
    assert [(hidden.page, hidden.quote, hidden.how) for hidden in document.hidden] == [
        (page, "Printer's mark", "outside the page") for page in (1, 2, 3)
    ]


def test_the_dots_of_a_table_of_contents_part_no_cells_however_far_apart():
    page = [
        (72, 700, "Contents"),
        (72, 680, "Our method" + "    ." * 20 + "    4"),
        (72, 660, "Price" + "    ." * 24 + "    9"),
    ]
    assert blocks(pdf(page)) == [
        (Kind.CONTENTS, "Contents"),
        (Kind.CONTENTS, "Our method 4"),
        (Kind.CONTENTS, "Price 9"),
    ]


def test_a_heading_that_is_drawn_last_stands_before_what_it_stands_over():
    page = [
        *down(LEFT),
        *down(RIGHT, x=320),
        (72, 740, "Our offer to the residents of the whole county", "Helvetica-Bold", 18),
    ]
    assert [block.text for block in read(pdf(page), "bid.pdf").blocks] == [
        "Our offer to the residents of the whole county",
        " ".join(LEFT),
        " ".join(RIGHT),
    ]
