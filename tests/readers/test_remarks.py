"""Comments on a document: kept beside its text, each with the block that it concerns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderkit.document import Remark
from tenderkit.readers import read


def told(document):
    """Return what each comment says and what of the text it concerns."""
    return [
        (remark.text, None if remark.start is None else document.text[remark.start : remark.end])
        for remark in document.remarks
    ]


def markdown(text):
    return read(text.encode(), "draft.md")


def page(body):
    return read(f"<!doctype html><html><body>{body}</body></html>".encode(), "draft.html")


def par(*inside):
    return f"<w:p>{''.join(inside)}</w:p>"


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def begin(key):
    return f'<w:commentRangeStart w:id="{key}"/>'


def end(key):
    return f'<w:commentRangeEnd w:id="{key}"/><w:r><w:commentReference w:id="{key}"/></w:r>'


def comment(key, text, author="A. Brook"):
    return f'<w:comment w:id="{key}" w:author="{author}">{par(run(text))}</w:comment>'


def test_a_word_comment_concerns_the_paragraph_that_it_is_anchored_in(word):
    body = par(run("Before.")) + par(run("We will "), begin(0), run("test"), end(0)) + par(run("After."))
    document = read(word(body, comments=comment(0, "Who will?")), "draft.docx")
    assert document.remarks == (Remark("Who will?", "A. Brook", 8, 20),)
    assert document.text == "Before.\nWe will test\nAfter."


def test_a_word_comment_over_several_paragraphs_concerns_them_all(word):
    body = par(begin(0), run("One.")) + par(run("Two.")) + par(run("Three."), end(0)) + par(run("Four."))
    assert told(read(word(body, comments=comment(0, "Too long.")), "draft.docx")) == [
        ("Too long.", "One.\nTwo.\nThree.")
    ]


def test_a_word_comment_in_a_cell_concerns_the_row(word):
    cells = "".join(f"<w:tc>{par(*inside)}</w:tc>" for inside in ((run("Price"),), (begin(0), run("£"), end(0))))
    table = f"<w:tbl><w:tr><w:tc>{par(run('Head'))}</w:tc></w:tr><w:tr>{cells}</w:tr></w:tbl>"
    assert told(read(word(table, comments=comment(0, "How much?")), "draft.docx")) == [("How much?", "Price\t£")]


def test_a_word_comment_in_a_cell_of_a_layout_table_concerns_its_paragraph(word):
    heading = '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Method</w:t></w:r></w:p>'
    cell = f"<w:tc>{heading}{par(run('One.'))}{par(begin(0), run('Two.'), end(0))}</w:tc>"
    document = read(word(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>", comments=comment(0, "Why?")), "draft.docx")
    assert told(document) == [("Why?", "Two.")]


def test_a_word_comment_whose_text_is_gone_concerns_nothing(word):
    body = par(run("Here."), f'<w:del w:id="9">{begin(0)}{end(0)}</w:del>')
    assert told(read(word(body, comments=comment(0, "Gone.")), "draft.docx")) == [("Gone.", None)]


def test_a_word_comment_without_words_is_none(word):
    assert read(word(par(begin(0), run("Here."), end(0)), comments=comment(0, " ")), "draft.docx").remarks == ()


def test_an_opendocument_comment_concerns_its_paragraph_with_its_author(opendocument):
    note = (
        '<office:annotation><dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">B. Lee</dc:creator>'
        "<text:p>Who will?</text:p></office:annotation>"
    )
    document = read(opendocument(f"<text:p>Before.</text:p><text:p>We will{note} test.</text:p>"), "draft.odt")
    assert document.remarks == (Remark("Who will?", "B. Lee", 8, 21),)


def test_a_markdown_comment_on_a_line_of_its_own_concerns_the_next_block():
    document = markdown("First.\n\n<!-- look here -->\n\nSecond.\n\nThird.\n")
    assert told(document) == [("look here", "Second.")]
    assert document.text == "First.\nSecond.\nThird."


def test_a_markdown_comment_within_a_paragraph_concerns_it():
    document = markdown("First.\n\nSecond <!-- look\nhere --> one.\n\nThird.\n")
    assert told(document) == [("look here", "Second one.")]


def test_a_markdown_comment_in_a_table_concerns_its_row():
    document = markdown("| a | b |\n|---|---|\n| one | two <!-- here --> |\n| three | four |\n")
    assert told(document) == [("here", "one\ttwo")]


def test_a_comment_before_anything_concerns_the_first_block_and_one_behind_everything_none():
    assert told(markdown("<!-- first -->\n\nOnly.\n\n<!-- last -->\n")) == [("first", "Only."), ("last", None)]


@pytest.mark.parametrize("place", ["before <html>", "before <body>", "in an item"])
def test_an_html_comment_is_found_wherever_it_stands(place):
    note = "<!-- here -->"
    where = {"before <html>": 0, "before <body>": 1, "in an item": 2}[place]
    notes = [note if number == where else "" for number in range(3)]
    text = f"{notes[0]}<!doctype html>{notes[0]}<html><head>{notes[1]}</head><body><ul><li>Only.{notes[2]}</ul></html>"
    document = read(text.encode(), "draft.html")
    assert [remark.text for remark in document.remarks] == ["here"] * text.count(note)
    assert document.text == "Only."


def test_the_words_of_a_comment_are_no_text_even_where_text_is_hidden():
    document = page("<p>Seen.</p><p hidden>Hidden.<!-- secret --></p>")
    assert [hidden.quote for hidden in document.hidden] == ["Hidden."]
    assert document.text == "Seen."


@given(st.text(alphabet="ab <>!-&;\"'\u00e9", max_size=40))
def test_no_comment_changes_the_text_around_it(said):
    said = said.replace("--", "").strip("-<>! ")
    document = page(f"<p>One <!-- {said} -->two.</p><p>Three.</p>")
    assert document.text == "One two.\nThree."
    assert told(document)[0][1] == "One two."
