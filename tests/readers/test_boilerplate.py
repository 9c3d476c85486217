"""What says nothing of a document, in every format: contents, notices, page numbers, and the questions of a form."""

from io import BytesIO

import docx
import pytest
from reportlab.pdfgen.canvas import Canvas

from tenderkit.document import DocumentBuilder, Kind
from tenderkit.readers import read
from tenderkit.readers.boilerplate import mark

NOTICES = [
    "This e-mail and any files sent with it are confidential and intended only for the person named above.",
    "If you have received this message in error, tell the sender and delete it.",
    "Please consider the environment before printing this message.",
    "Caution: this email came from outside the council.",
    "COMMERCIAL IN CONFIDENCE",
    "Official: Sensitive",
    "The information in this proposal is confidential and must not be shown to anybody else.",
    "No part of this document may be copied without our leave.",
    "© Fernbridge Digital Ltd 2026. All rights reserved.",
    "This publication is licensed under the terms of the Open Government Licence.",
    "Fernbridge Digital Ltd, registered in England and Wales, company number 00000000.",
    "Read our privacy notice to see how we use your personal data.",
    "This website uses cookies.",
    "CPV codes: 72212000 - Programming services of application software",
    "72212000-4 Programming services of application software",
    "Notice identifier\t2026/S 000-012345",
    "Published date: 3 March 2026",
    "ocds-h6vhtk-012345",
    "Procedure type: Open procedure (below threshold)",
]
STATEMENTS = [
    "We will publish a privacy notice that tells residents how their data is used.",
    "We publish all code under the Open Government Licence within 10 working days.",
    "Confidential waste is shredded every week.",
    "We will send an e-mail to each resident when the case moves on.",
    "Our staff are registered in the council's directory.",
    "The contract starts in April and we will train 40 people.",
    "We scan every e-mail for malware before it reaches staff.",
    "The procedure: users test each release.",
    "Personal data stays in the United Kingdom and is encrypted at rest.",
]


def kinds(*texts):
    builder = DocumentBuilder()
    for text in texts:
        builder.add(Kind.TABLE_ROW if "\t" in text else Kind.PARAGRAPH, text)
    return [block.kind for block in mark(builder.blocks)]


def echoes(document):
    return [block.text[: block.echo] for block in document.blocks if block.echo]


@pytest.mark.parametrize("text", NOTICES)
def test_a_standard_notice_is_told_apart(text):
    assert kinds(text) == [Kind.NOTICE]


@pytest.mark.parametrize("text", STATEMENTS)
def test_a_statement_on_the_same_subject_is_none(text):
    assert Kind.NOTICE not in kinds(text)


@pytest.mark.parametrize("text", ["Page 3", "Page 3 of 12", "3 / 12", "Fernbridge Digital | Page 3 of 12"])
def test_a_page_number_in_the_text_is_running_text(text):
    assert kinds(text) == [Kind.RUNNING]


def test_a_page_named_in_a_sentence_is_none():
    assert kinds("We show the plan on page 3.", "1 of 12 libraries") == [Kind.PARAGRAPH, Kind.PARAGRAPH]


def as_text(paragraphs):
    return "\n\n".join(paragraphs).encode(), "bid.txt"


def as_markdown(paragraphs):
    return "\n\n".join(paragraphs).encode(), "bid.md"


def as_html(paragraphs):
    return ("<html><body>" + "".join(f"<p>{text}</p>" for text in paragraphs)).encode(), "bid.html"


def as_docx(paragraphs):
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue(), "bid.docx"


def as_pdf(paragraphs):
    stream = BytesIO()
    canvas = Canvas(stream)
    for number, text in enumerate(paragraphs):
        canvas.drawString(72, 760 - 40 * number, text)
    canvas.save()
    return stream.getvalue(), "bid.pdf"


FORMATS = pytest.mark.parametrize(
    "make", [as_text, as_markdown, as_html, as_docx, as_pdf], ids=lambda make: make.__name__
)


@FORMATS
def test_a_question_before_its_answer_is_an_echo_in_every_format(make):
    paragraphs = [
        "Q4. Please describe how you will support residents who are offline.",
        "Maximum 500 words",
        "We will offer help by telephone in every library.",
        "This e-mail is confidential and intended only for the person named.",
    ]
    document = read(*make(paragraphs))
    said = "".join(echoes(document))
    assert "describe how you will support residents" in said
    assert "Maximum 500 words" in said
    assert "telephone" not in said
    assert document.blocks[-1].kind is Kind.NOTICE


def test_a_question_that_nobody_answers_is_no_echo():
    source = b"## Accessibility\n\nHow will you test your service?\n\n## Data\n\nWe will publish it.\n"
    assert echoes(read(source, "bid.md")) == []


def test_an_answer_may_begin_with_a_heading_of_its_own():
    source = b"## Q1\n\nHow will you test your service?\n\n### Users\n\nWe will test with them.\n"
    assert echoes(read(source, "bid.md")) == ["How will you test your service?"]


def test_the_points_beneath_an_instruction_belong_to_it_and_those_of_the_answer_do_not():
    source = b"Please explain your approach to:\n\n- accessibility\n- training\n\nWe will:\n\n- test\n- train\n"
    assert echoes(read(source, "bid.md")) == ["Please explain your approach to:", "accessibility", "training"]


def test_a_question_cell_is_an_echo_where_a_cell_beside_it_answers():
    source = (
        b"| Ref | Question | Response |\n|---|---|---|\n"
        b"| 1 | How will you test your service? | We will test with users every month. |\n"
        b"| 2 | Do you hold ISO 27001? | Yes |\n"
        b"| 3 | The service must be open by day. | It is open from eight to eight on every day of the week. |\n"
        b"| 4 | What will your training cover? | |\n"
    )
    assert echoes(read(source, "bid.md")) == [
        "1\tHow will you test your service?\t",
        "3\tThe service must be open by day.\t",
    ]


def test_what_a_bidder_says_is_no_question():
    source = (
        b"We will describe how you can test.\n\nWhat does this mean? It means we test.\n\n"
        b"Suppliers must restore the service within four hours.\n\nWe do.\n"
    )
    assert echoes(read(source, "bid.md")) == []


def test_a_table_of_contents_without_leaders_is_recognised_by_what_it_names():
    source = (
        b"<html><body><h1>Bid</h1><p>Contents</p><ul><li>1 Our method</li><li>2 Screen readers</li></ul>"
        b"<h2>1 Our method</h2><p>We test.</p><h2>2 Screen readers</h2><p>We do.</p>"
    )
    document = read(source, "bid.html")
    assert [block.text for block in document.blocks if block.kind is Kind.CONTENTS] == [
        "1 Our method",
        "2 Screen readers",
    ]


def test_a_table_of_contents_may_be_a_table_with_page_numbers():
    source = b"## Contents\n\n| Part | |\n|---|---|\n| Method | 3 |\n| Prices | 12 |\n\n## Method\n\nWe test.\n"
    document = read(source, "bid.md")
    assert [block.text for block in document.blocks if block.kind is Kind.CONTENTS] == ["Method\t3", "Prices\t12"]


def test_a_list_that_only_follows_the_word_contents_is_content():
    document = read(b"Contents\n\n- We will test\n- We will train\n", "bid.md")
    assert [block.kind for block in document.blocks][1:] == [Kind.LIST_ITEM, Kind.LIST_ITEM]
