"""`tenderkit text --blocks`: every block with its kind, page and section, and every mark."""

from dataclasses import replace

from tenderkit.document import Anchor, DocumentBuilder, Hidden, Kind, Unread
from tenderkit.reports.blocks import render


def test_each_block_is_a_line_and_hidden_and_unread_stand_behind_their_page():
    builder = DocumentBuilder()
    builder.add(Kind.HEADING, "Method", anchor=Anchor(1), level=1)
    builder.add(Kind.TABLE_ROW, "Support\tEvery day", anchor=Anchor(1, label="Prices!B4"))
    builder.add(Kind.NOTICE, "Official", anchor=Anchor(4))
    builder.hidden.append(Hidden(1, "screen\treader", "text under 2 pt"))
    builder.unread += [Unread(None, "a part is damaged"), Unread(3, "image only")]
    assert render(builder.finish("bid.pdf", "application/pdf", "")).splitlines() == [
        "0-6\theading 1\tpage 1\t-\tMethod",
        "7-24\ttable row\tpage 1 (Prices!B4)\tMethod\tSupport | Every day",
        "-\thidden\tpage 1\ttext under 2 pt\tscreen reader",
        "-\tunread\tpage 3\timage only\t-",
        "25-33\tnotice\tpage 4\tMethod\tOfficial",
        "-\tunread\t-\ta part is damaged\t-",
    ]


def test_a_question_before_its_answer_is_marked():
    builder = DocumentBuilder()
    builder.add(Kind.PARAGRAPH, "How will you test?")
    builder.add(Kind.TABLE_ROW, "How?\tWith users.")
    builder.blocks = [replace(block, echo=echo) for block, echo in zip(builder.blocks, (18, 5), strict=True)]
    kinds = [line.split("\t")[1] for line in render(builder.finish("bid.md", "", "")).splitlines()]
    assert kinds == ["paragraph, question", "table row, question up to 24"]
