"""Text of a PDF that nobody can see is hidden, whatever the trick; text that everybody sees never is."""

from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, RectangleObject, StreamObject, TextStringObject
from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tenderkit.readers import read

PLAIN = "We will test every release with disabled users."
TRICK = "We are certified to every standard that was ever asked for."


def pdf(draw):
    """Make a PDF of one page with a plain sentence, and what a function draws."""
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.drawString(72, 760, PLAIN)
    draw(canvas)
    canvas.save()
    return stream.getvalue()


def picture(*grey):
    """Make a small picture of these shades of grey."""
    return ImageReader(BytesIO(b"P5 %d 1 255\n" % len(grey) + bytes(grey)))


def invisible(canvas):
    text = canvas.beginText(72, 500)
    text.setTextRenderMode(3)
    text.textLine(TRICK)
    canvas.drawText(text)


def stencil_for_nothing(canvas):
    text = canvas.beginText(72, 500)
    text.setTextRenderMode(7)
    text.textLine(TRICK)
    canvas.drawText(text)


def white(canvas):
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 500, TRICK)


def nearly_white(canvas):
    canvas.setFillColorRGB(0.985, 0.98, 0.985)
    canvas.drawString(72, 500, TRICK)


def blue_on_blue(canvas):
    canvas.setFillColorRGB(0.1, 0.2, 0.5)
    canvas.rect(60, 480, 450, 60, stroke=0, fill=1)
    canvas.setFillColorRGB(0.1, 0.21, 0.5)
    canvas.drawString(72, 500, TRICK)


def see_through(canvas):
    canvas.setFillColor(Color(0, 0, 0, alpha=0.01))
    canvas.drawString(72, 500, TRICK)


def tiny(canvas):
    canvas.setFont("Helvetica", 1.5)
    canvas.drawString(72, 500, TRICK)


def tiny_by_scale(canvas):
    canvas.translate(72, 500)
    canvas.scale(0.1, 0.1)
    canvas.drawString(0, 0, TRICK)


def off_the_page(canvas):
    canvas.drawString(A4[0] + 50, 500, TRICK)


def above_the_page(canvas):
    canvas.drawString(72, A4[1] + 50, TRICK)


def covered_by_a_shape(canvas):
    canvas.drawString(72, 500, TRICK)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(60, 480, 450, 60, stroke=0, fill=1)


def covered_by_a_picture(canvas):
    canvas.drawString(72, 500, TRICK)
    canvas.drawImage(picture(200, 120, 60), 60, 480, 450, 60)


def in_a_form_drawn_white(canvas):
    canvas.beginForm("inner")
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 500, TRICK)
    canvas.endForm()
    canvas.doForm("inner")


def outlined_in_white(canvas):
    canvas.setStrokeColorRGB(1, 1, 1)
    text = canvas.beginText(72, 500)
    text.setTextRenderMode(1)
    text.textLine(TRICK)
    canvas.drawText(text)


def squeezed(canvas):
    text = canvas.beginText(72, 500)
    text.setHorizScale(0.5)
    text.textLine(TRICK)
    canvas.drawText(text)


def in_a_clip(canvas, *box):
    path = canvas.beginPath()
    path.rect(*box)
    canvas.clipPath(path, stroke=0)
    canvas.drawString(72, 500, TRICK)


def in_a_form(canvas, *box):
    canvas.beginForm("form", *box)
    canvas.drawString(72, 500, TRICK)
    canvas.endForm()
    canvas.doForm("form")


def clipped(canvas):
    in_a_clip(canvas, 0, 0, 1, 1)


def in_a_form_of_no_size(canvas):
    in_a_form(canvas, 0, 0, 1, 1)


TRICKS = [
    (clipped, "cut away by the area it is drawn in"),
    (in_a_form_of_no_size, "cut away by the area it is drawn in"),
    (outlined_in_white, "text in the colour behind it"),
    (squeezed, "letters too narrow to read"),
    (invisible, "invisible text mode"),
    (stencil_for_nothing, "text that cuts out nothing"),
    (white, "text in the colour behind it"),
    (nearly_white, "text in the colour behind it"),
    (blue_on_blue, "text in the colour behind it"),
    (see_through, "see-through text"),
    (tiny, "text under 2 pt"),
    (tiny_by_scale, "text under 2 pt"),
    (off_the_page, "outside the page"),
    (above_the_page, "outside the page"),
    (covered_by_a_shape, "covered by what is drawn over it"),
    (covered_by_a_picture, "covered by what is drawn over it"),
    (in_a_form_drawn_white, "text in the colour behind it"),
]


@pytest.mark.parametrize(("draw", "how"), TRICKS, ids=[draw.__name__ for draw, _ in TRICKS])
def test_a_trick_is_seen_through_with_its_page_and_its_words(draw, how):
    document = read(pdf(draw), "bid.pdf")
    assert [(hidden.page, hidden.quote, hidden.how) for hidden in document.hidden] == [(1, TRICK, how)]
    assert document.text == PLAIN


@pytest.mark.parametrize("quarter", [90, 180, 270])
@pytest.mark.parametrize("draw", [white, covered_by_a_shape], ids=["white", "covered"])
def test_a_trick_is_seen_through_on_a_turned_and_cropped_page(draw, quarter):
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(draw))))
    writer.pages[0].cropbox = RectangleObject((40, 400, 560, 800))
    writer.pages[0].rotate(quarter)
    stream = BytesIO()
    writer.write(stream)
    document = read(stream.getvalue(), "bid.pdf")
    assert [hidden.quote for hidden in document.hidden] == [TRICK]
    assert document.text == PLAIN


@pytest.mark.parametrize(("on", "seen"), [(False, False), (True, True)], ids=["off", "on"])
def test_text_in_a_layer_is_hidden_where_the_layer_is_off(on, seen):
    def draw(canvas):
        canvas.drawString(72, 500, TRICK)

    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf(draw))))
    page = writer.pages[0]
    layer = writer._add_object(
        DictionaryObject({NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("Notes")})
    )
    content = page.get_contents().get_data()
    begins = content.rindex(b"BT")
    stream = StreamObject()
    stream.set_data(content[:begins] + b"/OC /L BDC\n" + content[begins:] + b"\nEMC")
    page[NameObject("/Contents")] = writer._add_object(stream)
    page["/Resources"][NameObject("/Properties")] = DictionaryObject({NameObject("/L"): layer})
    chosen = DictionaryObject({NameObject("/ON" if on else "/OFF"): ArrayObject([layer])})
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {NameObject("/OCGs"): ArrayObject([layer]), NameObject("/D"): chosen}
    )
    written = BytesIO()
    writer.write(written)
    document = read(written.getvalue(), "bid.pdf")
    assert (TRICK in document.text) is seen
    assert [hidden.how for hidden in document.hidden] == ([] if seen else ["in a layer that is switched off"])


def on_a_dark_banner(canvas):
    canvas.setFillColorRGB(0.05, 0.1, 0.3)
    canvas.rect(0, 480, 600, 60, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 500, TRICK)


def over_a_picture(canvas):
    canvas.drawImage(picture(60, 90, 40, 120), 60, 400, 450, 200)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, 500, TRICK)


def black_over_a_light_picture(canvas):
    canvas.drawImage(picture(230, 250, 240), 60, 400, 450, 200)
    canvas.drawString(72, 500, TRICK)


def beside_a_shape_drawn_later(canvas):
    canvas.drawString(72, 500, TRICK)
    canvas.rect(60, 420, 450, 60, stroke=0, fill=1)


def under_a_highlight(canvas):
    canvas.drawString(72, 500, TRICK)
    canvas.setFillColor(Color(1, 1, 0, alpha=0.3))
    canvas.rect(60, 490, 450, 20, stroke=0, fill=1)


def small_print(canvas):
    canvas.setFont("Helvetica", 5)
    canvas.drawString(72, 500, TRICK)


def in_light_grey(canvas):
    canvas.setFillColorRGB(0.6, 0.6, 0.6)
    canvas.drawString(72, 500, TRICK)


def stencil_for_a_pattern(canvas):
    canvas.saveState()
    stencil_for_nothing(canvas)
    canvas.setFillColorRGB(0.1, 0.1, 0.6)
    canvas.rect(60, 480, 450, 60, stroke=0, fill=1)
    canvas.restoreState()


def outlined_in_black(canvas):
    canvas.setFillColorRGB(1, 1, 1)
    text = canvas.beginText(72, 500)
    text.setTextRenderMode(1)
    text.textLine(TRICK)
    canvas.drawText(text)


def condensed(canvas):
    text = canvas.beginText(72, 500)
    text.setHorizScale(50)
    text.textLine(TRICK)
    canvas.drawText(text)


def in_a_clip_that_holds_it(canvas):
    in_a_clip(canvas, 60, 480, 480, 60)


def in_a_form_that_holds_it(canvas):
    in_a_form(canvas, 0, 0, 600, 800)


HONEST = [
    in_a_clip_that_holds_it, in_a_form_that_holds_it,
    outlined_in_black, condensed,
    on_a_dark_banner, over_a_picture, black_over_a_light_picture, beside_a_shape_drawn_later, under_a_highlight,
    small_print, in_light_grey, stencil_for_a_pattern,
]  # fmt: skip


@pytest.mark.parametrize("draw", HONEST, ids=[draw.__name__ for draw in HONEST])
def test_what_everybody_sees_is_honest(draw):
    document = read(pdf(draw), "bid.pdf")
    assert document.hidden == ()
    assert TRICK in document.text


def test_the_invisible_text_over_a_scan_is_its_text_layer_and_is_read():
    def draw(canvas):
        canvas.drawImage(picture(230, 250, 240), 0, 0, *A4)
        invisible(canvas)

    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    draw(canvas)
    canvas.save()
    document = read(stream.getvalue(), "bid.pdf")
    assert (document.text, document.hidden) == (TRICK, ())
    assert document.notes == ("Text layer of a scan, with whatever it misread: page 1.",)


def test_a_line_that_runs_off_the_page_is_read_as_far_as_it_is_seen():
    long = "We will test. " + "unseen " * 40
    document = read(pdf(lambda canvas: canvas.drawString(420, 500, long)), "bid.pdf")
    assert document.blocks[-1].text.startswith("We will test. unseen")
    assert len(document.blocks[-1].text) < 60
    assert [hidden.how for hidden in document.hidden] == ["outside the page"]
    assert document.hidden[0].quote.startswith("unseen unseen")
