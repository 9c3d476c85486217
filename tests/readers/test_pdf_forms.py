"""What was filled into the fields of a PDF form is read where it stands on the page."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText, Text
from pypdf.generic import DictionaryObject, NameObject, NumberObject, RectangleObject, StreamObject
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tenderkit.readers import read


@pytest.fixture
def form():
    """Make a PDF of one page on which a function has drawn."""

    def form(draw):
        stream = BytesIO()
        canvas = Canvas(stream, pagesize=A4)
        canvas.drawString(72, 760, "Response form")
        draw(canvas)
        canvas.save()
        return stream.getvalue()

    return form


def texts(data):
    return [(block.kind.value, block.text) for block in read(data, "form.pdf").blocks]


def flagged(data, flags):
    """Set the flags of the first field."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    writer.pages[0]["/Annots"][0].get_object()[NameObject("/F")] = NumberObject(flags)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def draw_name(canvas, value="Example Ltd"):
    canvas.drawString(72, 700, "Name of the supplier")
    canvas.acroForm.textfield(name="supplier", value=value, x=220, y=692, width=200, height=22)


def test_a_value_stands_beside_its_label(form):
    assert ("table row", "Name of the supplier\tExample Ltd") in texts(form(draw_name))


def test_an_answer_in_a_large_field_follows_the_question_above_it(form):
    def draw(canvas):
        canvas.drawString(72, 700, "How will you test?")
        answer = "We will test every release with screen readers.\nWe will publish what we find."
        canvas.acroForm.textfield(
            name="answer", value=answer, x=72, y=580, width=400, height=100, fieldFlags="multiline", maxlen=1000
        )
        canvas.drawString(72, 540, "What will it cost?")

    found = [text for _, text in texts(form(draw))]
    question, cost = found.index("How will you test?"), found.index("What will it cost?")
    assert " ".join(found[question + 1 : cost]) == (
        "We will test every release with screen readers. We will publish what we find."
    )


def test_boxes_and_buttons_show_whether_they_are_ticked(form):
    def draw(canvas):
        for y, name, ticked in ((700, "Cyber Essentials", True), (670, "ISO 27001", False)):
            canvas.acroForm.checkbox(name=name, checked=ticked, x=72, y=y, size=14)
            canvas.drawString(92, y + 3, name)
        for y, value in ((640, "Yes"), (610, "No")):
            canvas.acroForm.radio(name="sme", value=value, selected=value == "No", x=72, y=y, size=14)
            canvas.drawString(92, y + 3, value)

    found = [text for _, text in texts(form(draw))]
    assert {"☒ Cyber Essentials", "☐ ISO 27001", "☐ Yes", "☒ No"} <= set(found)


def test_a_choice_is_read_as_it_is_shown(form):
    def draw(canvas):
        canvas.drawString(72, 700, "Lot")
        options = [("Lot 1: Websites", "l1"), ("Lot 2: Payments", "l2")]
        canvas.acroForm.choice(name="lot", value="l2", options=options, x=120, y=692, width=200, height=22)

    assert ("table row", "Lot\tLot 2: Payments") in texts(form(draw))


@pytest.mark.parametrize("flags", [2, 32], ids=["hidden", "not for viewing"])
def test_a_field_that_nobody_sees_is_hidden_text(form, flags):
    document = read(flagged(form(draw_name), flags), "form.pdf")
    assert "Example Ltd" not in document.text
    assert [(hidden.page, hidden.quote, hidden.how) for hidden in document.hidden] == [
        (1, "Example Ltd", "in a form field that is hidden")
    ]


def test_an_empty_field_and_a_password_are_nothing(form):
    def draw(canvas):
        draw_name(canvas, "")
        canvas.acroForm.textfield(name="pin", value="sesame", x=220, y=600, fieldFlags="password")

    assert texts(form(draw)) == [("paragraph", "Response form"), ("paragraph", "Name of the supplier")]


def test_a_comment_on_the_page_is_left_out(form):
    writer = PdfWriter(clone_from=PdfReader(BytesIO(form(draw_name))))
    writer.add_annotation(0, Text(text="Ask them about this.", rect=(300, 300, 320, 320)))
    stream = BytesIO()
    writer.write(stream)
    assert texts(stream.getvalue()) == texts(form(draw_name))


def with_typed(data, colour, **entries):
    """Type a text onto the first page, drawn in a colour."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    drawn = StreamObject()
    drawn.set_data(f"BT /F1 11 Tf {colour} rg 4 6 Td (We will test.) Tj ET".encode())
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    drawn.update(
        {
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): RectangleObject((0, 0, 120, 20)),
            NameObject("/Resources"): DictionaryObject(
                {NameObject("/Font"): DictionaryObject({NameObject("/F1"): names(font)})}
            ),
        }
    )
    typed = FreeText(text="We will test.", rect=(220, 694, 340, 714))
    typed[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(drawn)})
    typed.update(names({f"/{key}": f"/{value}" for key, value in entries.items()}))
    writer.add_annotation(0, typed)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def names(entries):
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in entries.items()})


def question(canvas):
    canvas.drawString(72, 700, "How will you test it?")


def test_what_was_typed_onto_the_page_in_a_viewer_is_read_behind_its_label_and_the_report_says_so(form):
    document = read(with_typed(form(question), "0 0 0"), "form.pdf")
    assert document.text == "Response form\nHow will you test it?\tWe will test."
    assert not document.hidden
    assert document.notes == ("Text typed onto the page in a viewer was read with the rest: page 1.",)


def test_what_was_typed_in_white_is_hidden(form):
    document = read(with_typed(form(question), "1 1 1"), "form.pdf")
    assert "We will test." not in document.text
    assert [(found.page, found.quote, found.how) for found in document.hidden] == [
        (1, "We will test.", "typed onto the page where nobody can see it")
    ]
    assert not document.notes


def test_a_reviewers_comment_with_an_arrow_is_left_out(form):
    data = with_typed(form(question), "0 0 0", IT="FreeTextCallout")
    assert texts(data) == texts(form(question))


def test_a_scan_that_was_typed_onto_says_that_the_scan_is_not_read():
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    canvas.drawImage(ImageReader(BytesIO(b"P5 3 1 255\n\xe6\xfa\xf0")), 0, 0, 595, 842)
    canvas.save()
    document = read(with_typed(stream.getvalue(), "0 0 0"), "form.pdf")
    assert document.text == "We will test."
    assert [(unread.page, unread.why) for unread in document.unread] == [
        (1, "image only, no text layer; only what was typed onto it is read")
    ]
