"""PDF files that are locked, partly damaged or scanned, and files inside them."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tenderkit.document import Kind, Unread
from tenderkit.errors import UnreadableError
from tenderkit.readers import read, unpack


def pdf(*pages):
    """Make a PDF; a page is drawn by a function, or has one line."""
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    for page in pages:
        if callable(page):
            page(canvas)
        else:
            canvas.drawString(72, 700, page)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def changed(data, change):
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    change(writer)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def scan(canvas):
    canvas.drawImage(ImageReader(BytesIO(b"P5 2 2 255\n\xf0\xff\xff\xe8")), 0, 0, *A4)


def locked(user, owner="owner"):
    return changed(pdf("We will test."), lambda writer: writer.encrypt(user, owner, algorithm="RC4-128"))


def test_a_pdf_with_an_empty_password_just_opens():
    assert read(locked(""), "bid.pdf").text == "We will test."


def test_a_password_may_hold_letters_of_any_kind():
    word = "crème-brûlée"
    data = changed(pdf("We will test."), lambda writer: writer.encrypt(word, algorithm="RC4-128"))
    assert read(data, "bid.pdf", password=word).text == "We will test."


@pytest.mark.parametrize("password", ["sesame", "owner"], ids=["of the user", "of the owner"])
def test_a_locked_pdf_opens_with_either_password(password):
    assert read(locked("sesame"), "bid.pdf", password=password).text == "We will test."


def test_a_wrong_password_is_told_apart_from_none():
    with pytest.raises(UnreadableError, match="another password than the one given"):
        read(locked("sesame"), "bid.pdf", password="guess")  # noqa: S106 - of a file made here
    with pytest.raises(UnreadableError, match="give it with --password"):
        read(locked("sesame"), "bid.pdf")


def test_a_damaged_page_is_unread_and_the_others_are_read():
    def change(writer):
        kids = writer.root_object["/Pages"]["/Kids"]
        kids[1] = NumberObject(7)

    document = read(changed(pdf("First.", "Second.", "Third."), change), "bid.pdf")
    assert "Third." in document.text
    assert "Second." not in document.text
    assert document.unread == (Unread(2, "damaged page"),)
    assert (document.pages, document.pages_read) == (3, 2)


def test_a_blank_page_is_no_page_that_was_not_read():
    document = read(pdf("First.", lambda _: None), "bid.pdf")
    assert (document.unread, document.pages_read) == ((), 2)


def test_a_scan_with_only_a_page_number_stamped_on_it_is_unread():
    def stamped(number):
        def draw(canvas):
            scan(canvas)
            canvas.drawString(500, 20, f"Annex C, page {number}")

        return draw

    document = read(pdf("We will test.", *(stamped(number) for number in range(1, 5))), "bid.pdf")
    assert [unread.page for unread in document.unread] == [2, 3, 4, 5]
    assert {unread.why for unread in document.unread} == {"image only, no text but headers and footers"}
    assert document.pages_read == 1


def test_letters_that_mean_nothing_to_a_program_are_unread():
    def change(writer):
        names = StreamObject()
        names.set_data(
            b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
            b"1 beginbfrange <20> <7E> <E020> endbfrange endcmap end"
        )
        writer.pages[0]["/Resources"]["/Font"]["/F1"][NameObject("/ToUnicode")] = writer._add_object(names)

    document = read(changed(pdf("We will test every release with disabled users."), change), "bid.pdf")
    assert document.text == ""
    assert document.unread == (Unread(1, "its letters have no meaning to a program (a font without names)"),)


def attach(writer):
    writer.add_attachment("prices.csv", b"Item,Price\nSupport,9000\n")
    writer.add_attachment("logo.png", b"\x89PNG")


def test_files_inside_a_pdf_are_listed_and_documents_among_them_are_read():
    data = changed(pdf("We will test."), attach)
    document = read(data, "bid.pdf")
    assert document.notes == ("Files inside it, of which documents are read by themselves: logo.png, prices.csv.",)
    parts = list(unpack(data, "bid.pdf"))
    assert [part.path for part in parts] == ["bid.pdf", "bid.pdf/prices.csv"]
    assert read(parts[1].data, parts[1].path).blocks[0].kind is Kind.TABLE_ROW


def test_files_inside_a_locked_pdf_are_read_with_its_password():
    def change(writer):
        attach(writer)
        writer.encrypt(word, algorithm="RC4-128")

    word = "sesame"
    data = changed(pdf("We will test."), change)
    assert [part.path for part in unpack(data, "bid.pdf", password=word)] == ["bid.pdf", "bid.pdf/prices.csv"]


def test_a_file_on_a_paper_clip_is_read_too():
    def change(writer):
        content = StreamObject()
        content.set_data(b"We will publish every decision.")
        content[NameObject("/Type")] = NameObject("/EmbeddedFile")
        held = writer._add_object(content)
        file = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Filespec"),
                NameObject("/F"): TextStringObject("annex.txt"),
                NameObject("/EF"): DictionaryObject({NameObject("/F"): held}),
            }
        )
        clip = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/FileAttachment"),
                NameObject("/Rect"): ArrayObject([NumberObject(n) for n in (50, 50, 70, 70)]),
                NameObject("/FS"): writer._add_object(file),
            }
        )
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(clip)])

    parts = list(unpack(changed(pdf("We will test."), change), "bid.pdf"))
    assert [(part.path, part.data) for part in parts[1:]] == [("bid.pdf/annex.txt", b"We will publish every decision.")]
