"""Tracked changes of Word files: each view of them, and that it is told which one was read."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenderkit.document import Kind, View
from tenderkit.readers import read

INSERTED, DELETED = '<w:ins w:id="1" w:author="A"/>', '<w:del w:id="2" w:author="A"/>'


def ins(text):
    return f'<w:ins w:id="1" w:author="A"><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:ins>'


def gone(text):
    return f'<w:del w:id="2" w:author="A"><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def both(data):
    """Return the texts of the final and of the original view."""
    return tuple(read(data, "bid.docx", tracked=view).text for view in (View.FINAL, View.ORIGINAL))


def test_insertions_and_deletions_are_read_as_the_view_says(word):
    assert both(word(f"<w:p><w:r><w:t>We will </w:t></w:r>{ins('test')}{gone('guess')}</w:p>")) == (
        "We will test",
        "We will guess",
    )


PIECE = st.tuples(st.sampled_from(["plain", "ins", "del"]), st.text("abc ", min_size=1, max_size=5))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # it makes files and keeps nothing
@given(st.lists(PIECE, max_size=12))
def test_any_mixture_of_changes_gives_what_each_view_keeps(word, pieces):
    make = {"plain": lambda text: f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>', "ins": ins, "del": gone}
    data = word(f"<w:p>{''.join(make[sort](text) for sort, text in pieces)}</w:p>")
    kept = ("".join(text for sort, text in pieces if sort != out) for out in ("del", "ins"))
    assert both(data) == tuple(" ".join(text.split()) for text in kept)


def test_moved_text_stands_in_one_place_in_each_view(word):
    moved = "<w:r><w:t>Moved.</w:t></w:r>"
    data = word(
        f'<w:p><w:moveFrom w:id="1" w:author="A">{moved}</w:moveFrom></w:p><w:p><w:r><w:t>Stays.</w:t></w:r></w:p>'
        f'<w:p><w:moveTo w:id="2" w:author="A">{moved}</w:moveTo></w:p>'
    )
    assert both(data) == ("Stays.\nMoved.", "Moved.\nStays.")


@pytest.mark.parametrize(
    ("mark", "final", "original"),
    [
        (DELETED, "We will test.", "We will\ntest."),
        (INSERTED, "We will\ntest.", "We will test."),
        (DELETED.replace("del", "moveFrom"), "We will test.", "We will\ntest."),
    ],
    ids=["deleted", "inserted", "moved away"],
)
def test_a_tracked_end_of_a_paragraph_joins_or_parts_two(word, mark, final, original):
    data = word(
        f'<w:p><w:pPr><w:rPr>{mark}</w:rPr></w:pPr><w:r><w:t xml:space="preserve">We will </w:t></w:r></w:p>'
        "<w:p><w:r><w:t>test.</w:t></w:r></w:p>"
    )
    assert both(data) == (final, original)


def test_table_rows_come_and_go(word):
    def row(text, change=""):
        return f"<w:tr><w:trPr>{change}</w:trPr><w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr>"

    data = word(f"<w:tbl>{row('stays')}{row('comes', INSERTED)}</w:tbl>")
    assert both(data) == ("stays\ncomes", "stays")


def test_a_change_of_style_is_a_tracked_change_too(word):
    data = word(
        '<w:p><w:pPr><w:pStyle w:val="H2"/><w:pPrChange w:id="3" w:author="A"><w:pPr/></w:pPrChange></w:pPr>'
        "<w:r><w:t>Method</w:t></w:r></w:p>",
        styles='<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>',
    )
    kinds = [read(data, "bid.docx", tracked=view).blocks[0].kind for view in (View.FINAL, View.ORIGINAL)]
    assert kinds == [Kind.HEADING, Kind.PARAGRAPH]
    assert read(data, "bid.docx").tracked is View.FINAL


def test_text_hidden_by_a_tracked_change_of_format_is_hidden_in_the_final_view_only(word):
    data = word(
        '<w:p><w:r><w:rPr><w:vanish/><w:rPrChange w:id="4" w:author="A"><w:rPr/></w:rPrChange></w:rPr>'
        "<w:t>We will test.</w:t></w:r></w:p>"
    )
    assert both(data) == ("", "We will test.")
    assert [hidden.quote for hidden in read(data, "bid.docx").hidden] == ["We will test."]


def test_a_deleted_field_keeps_its_code_out_of_the_original(word):
    data = word(
        '<w:p><w:del w:id="2" w:author="A"><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        "<w:r><w:delInstrText>REF x</w:delInstrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:delText>Annex A</w:delText></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:del><w:r><w:t>See.</w:t></w:r></w:p>'
    )
    assert both(data) == ("See.", "Annex ASee.")


def test_the_view_is_named_where_there_are_changes_and_nowhere_else(word):
    changed, plain = (
        word(f"<w:p>{ins('We will test.')}{gone('We guess.')}</w:p>"),
        word("<w:p><w:r><w:t>We.</w:t></w:r></w:p>"),
    )
    document = read(changed, "bid.docx", tracked=View.ORIGINAL)
    assert document.tracked is View.ORIGINAL
    assert document.notes == ("Tracked changes: the original view was read (insertions out, deletions in).",)
    assert read(plain, "bid.docx", tracked=View.ORIGINAL).tracked is None


def test_comments_are_no_content(word):
    data = word(
        '<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>We will test.</w:t></w:r><w:commentRangeEnd w:id="0"/>'
        '<w:r><w:commentReference w:id="0"/></w:r></w:p>',
        comments='<w:comment w:id="0"><w:p><w:r><w:t>Really?</w:t></w:r></w:p></w:comment>',
    )
    assert read(data, "bid.docx").text == "We will test."
