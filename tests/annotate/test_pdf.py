"""Highlights cover the very words of a PDF, notes stand beside them, and the file as it came stays as it was."""

import re
from io import BytesIO

import pypdfium2
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, RectangleObject, TextStringObject
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from tenderkit.annotate import pdf
from tenderkit.annotate.notes import Note, Part, Sort, find_notes
from tenderkit.assess import Assessor, DocumentReport
from tenderkit.batch import Options
from tenderkit.document import DocumentBuilder, Kind, Trace
from tenderkit.errors import UnreadableError
from tenderkit.evidence import Level
from tenderkit.readers import read
from tenderkit.readers.pdf_lines import Line
from tenderkit.vocabulary import load_vocabulary

SENTENCE = "We will test every release with people who use screen readers and who are paid for it."


def canvas(pages, **options):
    """Make a PDF of pages, each a function that draws it."""
    stream = BytesIO()
    made = Canvas(stream, pagesize=(400, 300), invariant=True, **options)
    for draw in pages:
        draw(made)
        made.showPage()
    made.save()
    return stream.getvalue()


def lines(made, *texts, left=60, top=250):
    made.setFont("Helvetica", 11)
    for number, text in enumerate(texts):
        made.drawString(left, top - 14 * number, text)


def page(made):
    lines(made, "Ahead of it stands this. We will test every", "release with people who use screen", "readers and who "
          "are paid for it. More", "words stand behind it.")  # fmt: skip


def annotated(data, *passages, key=None, sort=Sort.EVIDENCE):
    options = Options(password=key)
    trace = Trace()
    document = read(data, "bid.pdf", password=options.password, trace=trace)
    notes = []
    for passage in passages:
        start = None if passage is None else document.text.index(passage)
        end = None if start is None else start + len(passage)
        notes.append(Note(sort, (Part("a head", ("a line",)),), start, end, Level.STATED))
    written = pdf.write(data, DocumentReport(document, "bid", (), None), trace, notes, options)
    assert read(written.data, "bid.pdf").text == document.text
    return written


def ours(data, sort="/Highlight"):
    """Yield the number of a page, from 0, and each annotation of ours on it."""
    for number, page in enumerate(PdfReader(BytesIO(data)).pages):
        for reference in page.get("/Annots") or ():
            annotation = reference.get_object()
            if annotation.get("/T") == "tenderkit" and annotation["/Subtype"] == sort:
                yield number, annotation


def covered(data):
    """Return the words beneath the boxes of all highlights of ours, as a viewer would find them."""
    document = pypdfium2.PdfDocument(data)
    said = []
    for number, annotation in ours(data):
        layer = document[number].get_textpage()
        numbers = [float(number) for number in annotation["/QuadPoints"]]
        for at in range(0, len(numbers), 8):
            across, up = numbers[at : at + 8 : 2], numbers[at + 1 : at + 8 : 2]
            said.append(layer.get_text_bounded(min(across), min(up), max(across), max(up)))
        layer.close()
    document.close()
    return " ".join(" ".join(said).split())


def raw(data):
    document = pypdfium2.PdfDocument(data)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


def test_a_highlight_covers_the_sentence_over_all_its_lines_and_no_more():
    data = canvas([page])
    written = annotated(data, SENTENCE).data
    assert covered(written) == SENTENCE
    ((_, annotation),) = ours(written)
    assert len(annotation["/QuadPoints"]) == 3 * 8
    assert annotation["/Contents"] == "a head\na line"


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("cropped", [False, True], ids=["whole", "cropped"])
def test_pages_that_are_turned_or_cropped_are_marked_in_the_right_place(turn, cropped):
    size = (400, 300) if turn % 180 == 0 else (300, 400)

    def draw(made):
        made.setPageSize(size)
        made.translate(*{0: (0, 0), 90: (size[0], 0), 180: size, 270: (0, size[1])}[turn])
        made.rotate(turn)
        page(made)

    writer = PdfWriter(clone_from=BytesIO(canvas([draw])))
    writer.pages[0].rotate(turn)
    if cropped:
        writer.pages[0].cropbox = RectangleObject((15, 15, size[0] - 10, size[1] - 5))
    stream = BytesIO()
    writer.write(stream)
    written = annotated(stream.getvalue(), SENTENCE, "Ahead of it").data
    assert covered(written) == f"{SENTENCE} Ahead of it"


def turned(made):
    made.translate(400, 0)
    made.rotate(90)
    lines(made, "Ahead of it. We will test every release.", "Behind it.", left=20, top=350)


def test_text_that_runs_up_the_page_is_marked_along_its_line():
    written = annotated(canvas([turned]), "We will test every release.").data
    assert covered(written) == "We will test every release."
    ((_, annotation),) = ours(written)
    corners = [float(number) for number in annotation["/QuadPoints"]]
    assert corners[3] > corners[1]  # from its upper left to its upper right corner, as it is read, it goes up


def two_columns(made):
    left = [
        "The left column has some lines of text",
        "and goes on with them for a while so",
        "that it is a column. We will test the",
        "pages of every release with people",
        "who use screen readers every day in",
        "their work, and we will pay them for",
        "it by the hour. Here the left column",
        "comes to its end.",
    ]
    lines(made, *left, left=20, top=280)
    lines(made, *[f"Right column text of line {number} runs on and" for number in range(8)], left=215, top=280)


def test_a_column_is_marked_without_the_other():
    passage = "We will test the pages of every release with people who use screen readers every day in their work, and"
    assert covered(annotated(canvas([two_columns]), passage).data) == passage


def first_half(made):
    lines(made, "A page begins here and has some words before.", top=100)
    lines(made, "We will test every release with people who use", top=60)


def second_half(made):
    lines(made, "screen readers and who are paid for it. Then comes more.", top=250)


def test_a_passage_over_a_page_break_is_marked_on_both_pages():
    written = annotated(canvas([first_half, second_half]), SENTENCE).data
    assert [number for number, _ in ours(written)] == [0, 1]
    assert covered(written) == SENTENCE


def test_the_file_as_it_came_stands_unchanged_at_the_beginning():
    data = canvas([page])
    written = annotated(data, SENTENCE, None, sort=Sort.OPEN)
    assert written.data.startswith(data)
    assert written.told == ()
    assert raw(written.data) == raw(data)


def test_open_questions_are_sticky_notes_that_do_not_cover_each_other():
    written = annotated(canvas([page]), None, None, "Ahead of it", "Ahead of it", sort=Sort.OPEN).data
    boxes = [[float(side) for side in annotation["/Rect"]] for _, annotation in ours(written, "/Text")]
    assert len(boxes) == 4
    for at, (left, bottom, right, top) in enumerate(boxes):
        assert 0 <= left < right <= 400
        assert 0 <= bottom < top <= 300
        for other in boxes[:at]:
            assert left >= other[2] or other[0] >= right or bottom >= other[3] or other[1] >= top


def filled():
    """Return a PDF with a form field, a comment of somebody else, and an outline."""

    def draw(made):
        page(made)
        made.acroForm.textfield(name="price", value="42", x=60, y=100, width=80, height=20)

    writer = PdfWriter(clone_from=BytesIO(canvas([draw])))
    writer.add_annotation(0, FreeText(text="mine", rect=(10, 10, 60, 30)))
    writer.add_outline_item(title="Their chapter", page_number=0)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_forms_outlines_and_comments_of_others_stay():
    data = filled()
    before, after = PdfReader(BytesIO(data)), PdfReader(BytesIO(annotated(data, SENTENCE).data))
    assert after.get_form_text_fields() == before.get_form_text_fields() == {"price": "42"}
    theirs = [each.get_object()["/Subtype"] for each in before.pages[0]["/Annots"]]
    assert [each.get_object()["/Subtype"] for each in after.pages[0]["/Annots"]] == [*theirs, "/Highlight"]
    assert after.outline[0].title == "Their chapter"


def test_an_outline_leads_from_each_outcome_to_its_notes_and_is_written_once():
    text = "We will test every release with people who use screen readers by March 2027."
    data = canvas([lambda made: lines(made, text[:44], text[45:])])
    for _ in range(2):
        trace = Trace()
        document = read(data, "bid.pdf", trace=trace)
        report = Assessor(load_vocabulary()).assess(document)
        data = pdf.write(data, report, trace, find_notes(report), Options()).data
        outline = PdfReader(BytesIO(data)).outline
        assert len(outline) == 2  # an item, and the list of what is beneath it
        assert outline[0].title == f"tenderkit: {report.scorecard.score:.1f} of 100"
        labels = [item.title.split(":")[0] for item in outline[1] if not isinstance(item, list)]
        assert labels == [outcome.label for outcome in report.scorecard.outcomes]
        first = list(ours(data)), list(ours(data, "/Text"))
        assert len(first[0]) + len(first[1]) == len(find_notes(report))


def test_the_same_file_gives_the_same_bytes():
    data = canvas([page])
    assert annotated(data, SENTENCE).data == annotated(data, SENTENCE).data


def test_a_locked_file_comes_back_unlocked_and_that_is_said():
    lock = pdfencrypt.StandardEncryption("open sesame", ownerPassword="owner", canAnnotate=1)
    data = canvas([page], encrypt=lock)
    written = annotated(data, SENTENCE, key="open sesame")
    assert covered(written.data) == SENTENCE
    assert "encrypted and the result is not" in " ".join(written.told)


def test_a_file_whose_author_allows_no_comments_gets_none():
    lock = pdfencrypt.StandardEncryption("", ownerPassword="owner", canAnnotate=0, canModify=0)
    data = canvas([page], encrypt=lock)
    with pytest.raises(UnreadableError, match="allows no comments"):
        annotated(data, SENTENCE)
    assert covered(annotated(data, SENTENCE, key="owner").data) == SENTENCE


def test_of_a_signed_file_it_is_said_that_the_signature_no_longer_fits():
    writer = PdfWriter(clone_from=BytesIO(canvas([page])))
    signature = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Sig"),
            NameObject("/Filter"): NameObject("/Adobe.PPKLite"),
            NameObject("/ByteRange"): ArrayObject([NumberObject(0)] * 4),
            NameObject("/Contents"): TextStringObject("signed"),
        }
    )
    field = DictionaryObject(
        {
            NameObject("/FT"): NameObject("/Sig"),
            NameObject("/T"): TextStringObject("s"),
            NameObject("/V"): writer._add_object(signature),
        }
    )
    form = DictionaryObject({NameObject("/Fields"): ArrayObject([writer._add_object(field)])})
    writer.root_object[NameObject("/AcroForm")] = writer._add_object(form)
    stream = BytesIO()
    writer.write(stream)
    written = annotated(stream.getvalue(), SENTENCE)
    assert "signed" in " ".join(written.told)
    assert written.data.startswith(stream.getvalue())


def test_a_file_that_pypdf_cannot_add_to_is_written_anew():
    data = canvas([page])
    broken = re.sub(rb"/Size \d+", b"", data)
    written = annotated(broken, SENTENCE)
    assert covered(written.data) == SENTENCE
    assert raw(written.data) == raw(broken)


def test_hidden_words_are_marked_where_they_hide():
    def draw(made):
        page(made)
        made.setFillGray(1)
        lines(made, "We exceed every standard.", top=150)

    data = canvas([draw])
    trace = Trace()
    document = read(data, "bid.pdf", trace=trace)
    (hidden,) = document.hidden
    note = Note(Sort.HIDDEN, (Part("Hidden text"),), hidden=0, page=hidden.page, quote=hidden.quote)
    written = pdf.write(data, DocumentReport(document, "bid", (), None), trace, [note], Options())
    assert covered(written.data) == "We exceed every standard."


def test_what_a_note_says_can_be_any_text():
    data = canvas([page])
    trace = Trace()
    document = read(data, "bid.pdf", trace=trace)
    note = Note(Sort.EVIDENCE, (Part("(a) \\ \x00 \ud800 ☃ <</A>>"),), 0, 5)
    written = pdf.write(data, DocumentReport(document, "bid", (), None), trace, [note], Options())
    ((_, annotation),) = ours(written.data)
    assert annotation["/Contents"] == "(a) \\ � � ☃ <</A>>"


def test_what_was_typed_into_a_form_is_marked_in_its_field():
    def draw(made):
        lines(made, "How will you test it?", top=150)
        made.acroForm.textfield(name="answer", value="We know. We will test.", x=60, y=100, width=200, height=20)

    written = annotated(canvas([draw]), "We will test.").data
    ((_, annotation),) = ours(written)
    left, bottom, right, top = (float(side) for side in annotation["/Rect"])
    assert 80 < left < right <= 262
    assert 98 < bottom < top < 122


def test_recognised_words_are_marked_on_their_line():
    line = Line("We know. We will test.", 100.0, 200.0, 150.0, 10.0, bold=False)
    builder = DocumentBuilder()
    builder.add(Kind.PARAGRAPH, line.text, source=[((1, line), line.text)])
    document = builder.finish("scan.pdf", "application/pdf", "")
    note = Note(Sort.EVIDENCE, (Part("head"),), 9, 22)
    report = DocumentReport(document, "bid", (), None)
    written = pdf.write(canvas([lambda _: None]), report, Trace(builder.sources), [note], Options())
    ((_, annotation),) = ours(written.data)
    left, bottom, right, top = (float(side) for side in annotation["/Rect"])
    assert 135 < left < 145 < right < 202
    assert 145 < bottom < 150 < top < 162
