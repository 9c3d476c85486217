"""Word files: headings, lists with their level and number, and page numbers that are guesses."""

from __future__ import annotations

import pytest

from tenderkit.document import Kind
from tenderkit.readers import read


def par(text, properties="", before=""):
    return f'<w:p><w:pPr>{properties}</w:pPr>{before}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def style(key, name, *, based="", inside=""):
    based = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{based}{inside}</w:style>'


def styled(key):
    return f'<w:pStyle w:val="{key}"/>'


def item(list_id, level=0):
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'


def level(number, shows, sort="decimal", more=""):
    start = '<w:start w:val="1"/>'
    return f'<w:lvl w:ilvl="{number}">{start}<w:numFmt w:val="{sort}"/>{more}<w:lvlText w:val="{shows}"/></w:lvl>'


def numbering(*levels, lists='<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'):
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{lists}'


def outline(document):
    return [(block.kind.value, block.level, block.text) for block in document.blocks]


def pages(document):
    return {block.text: block.anchor.page for block in document.blocks}


@pytest.mark.parametrize(
    ("styles", "properties", "depth"),
    [
        (style("berschrift2", "heading 2"), styled("berschrift2"), 2),
        (style("T2", "Titre 2"), styled("T2"), 2),
        (style("Own", "House style", based="H3") + style("H3", "heading 3,H3"), styled("Own"), 3),
        (style("Own", "House style", inside='<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'), styled("Own"), 2),
        ("", '<w:outlineLvl w:val="3"/>', 4),
        (style("Title", "Title"), styled("Title"), 1),
    ],
    ids=["localised id", "localised name", "based on", "outline of the style", "outline of the paragraph", "title"],
)
def test_headings_are_known_by_style_or_outline_level(word, styles, properties, depth):
    (block,) = read(word(par("Method", properties), styles=styles), "bid.docx").blocks
    assert (block.kind, block.level) == (Kind.HEADING, depth)


@pytest.mark.parametrize("where", ["style", "paragraph"])
def test_body_text_by_its_outline_level_is_no_heading_whatever_its_style(word, where):
    body_text = '<w:outlineLvl w:val="9"/>'
    styles = style("H1", "heading 1") + style(
        "Own", "Own", based="H1", inside=f"<w:pPr>{body_text}</w:pPr>" if where == "style" else ""
    )
    data = word(par("Only text", styled("Own") + (body_text if where == "paragraph" else "")), styles=styles)
    assert read(data, "bid.docx").blocks[0].kind is Kind.PARAGRAPH


def test_the_heading_path_follows_the_levels(word):
    styles = style("H1", "heading 1") + style("H2", "heading 2")
    body = (
        par("1 Method", styled("H1"))
        + par("1.1 Tests", styled("H2"))
        + par("We test.")
        + par("2 Price", styled("H1"))
        + par("Low.")
    )
    sections = {block.text: block.section for block in read(word(body, styles=styles), "bid.docx").blocks}
    assert sections["We test."] == ("1 Method", "1.1 Tests")
    assert sections["Low."] == ("2 Price",)


def test_lists_keep_their_level_and_lose_bullets_and_simple_numbers(word):
    data = word(
        par("first", item(1)) + par("inner", item(1, 1)) + par("second", item(1)) + par("point", item(2)),
        numbering=numbering(level(0, "%1."), level(1, "(%2)", "lowerLetter"))
        + f'<w:abstractNum w:abstractNumId="5">{level(0, "•", "bullet")}</w:abstractNum>'
        '<w:num w:numId="2"><w:abstractNumId w:val="5"/></w:num>',
    )
    assert outline(read(data, "bid.docx")) == [
        ("list item", 1, "first"),
        ("list item", 2, "inner"),
        ("list item", 1, "second"),
        ("list item", 1, "point"),
    ]


def test_the_numbers_of_clauses_stay_as_people_cite_them(word):
    data = word(
        par("Tests", item(1)) + par("The supplier shall test.", item(1, 1)) + par("It shall report.", item(1, 1))
        + par("Price", item(1)) + par("It is fixed.", item(1, 1)) + par("Deeper.", item(1, 2)),
        numbering=numbering(level(0, "%1."), level(1, "%1.%2"), level(2, "%1.%2(%3)", "lowerRoman")),
    )  # fmt: skip
    texts = [block.text for block in read(data, "bid.docx").blocks]
    assert texts == [
        "Tests",
        "1.1 The supplier shall test.",
        "1.2 It shall report.",
        "Price",
        "2.1 It is fixed.",
        "2.1(i) Deeper.",
    ]


def test_numbered_headings_show_the_number_that_word_shows(word):
    data = word(
        par("Method", styled("H1"))
        + par("Tests", styled("H2"))
        + par("Price", styled("H1"))
        + par("Risks", styled("H2")),
        styles=style("H1", "heading 1", inside=f"<w:pPr>{item(1)}</w:pPr>")
        + style("H2", "heading 2", inside='<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
        numbering=numbering(level(0, "%1"), level(1, "%1.%2", more='<w:pStyle w:val="H2"/>')),
    )
    assert [block.text for block in read(data, "bid.docx").blocks] == ["1 Method", "1.1 Tests", "2 Price", "2.1 Risks"]


def test_a_list_can_begin_anew(word):
    lists = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    lists += '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    body = par("a", item(1)) + par("b", item(1)) + par("c", item(2)) + par("d", item(2))
    data = word(body, numbering=numbering(level(0, "Question %1"), lists=lists))
    assert [block.text for block in read(data, "bid.docx").blocks] == [
        "Question 1 a",
        "Question 2 b",
        "Question 7 c",
        "Question 8 d",
    ]


def test_a_paragraph_that_is_taken_out_of_its_list_is_none(word):
    listed = style("L", "House list", inside=f"<w:pPr>{item(1)}</w:pPr>")
    body = par("Item", styled("L")) + par("Text", styled("L") + item(0))
    kinds = [
        block.kind for block in read(word(body, styles=listed, numbering=numbering(level(0, "%1."))), "bid.docx").blocks
    ]
    assert kinds == [Kind.LIST_ITEM, Kind.PARAGRAPH]


PAGE = "<w:r><w:lastRenderedPageBreak/></w:r>"


def test_pages_are_those_that_word_recorded_and_are_marked_as_approximate(word):
    hard = '<w:r><w:br w:type="page"/></w:r>'  # Word records the break that follows, so that it counts once
    document = read(word(par("One.") + par("Two.", before=hard + PAGE) + par("Three.", before=PAGE)), "bid.docx")
    assert pages(document) == {"One.": 1, "Two.": 2, "Three.": 3}
    assert all(block.anchor.approximate for block in document.blocks)
    assert document.pages == 3
    assert "Word recorded them" in document.notes[0]


def test_without_recorded_pages_the_breaks_that_the_author_made_count(word):
    section = '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    body = (
        par("One.")
        + par("Two.", before='<w:r><w:br w:type="page"/></w:r>')
        + par("Three.", "<w:pageBreakBefore/>")
        + par("Still three.", '<w:pageBreakBefore w:val="0"/>' + "<w:sectPr/>")
        + par("Three again.", section)
        + par("Four.")
        + "<w:sectPr/>"
    )
    document = read(word(body), "bid.docx")
    assert pages(document) == {"One.": 1, "Two.": 2, "Three.": 3, "Still three.": 3, "Three again.": 3, "Four.": 4}
    assert "only the page breaks" in document.notes[0]


def test_a_row_over_the_end_of_a_page_counts_it_once(word):
    cell = f"<w:tc>{par('Cell.', before=PAGE)}</w:tc>"
    document = read(word(par("One.") + f"<w:tbl><w:tr>{cell * 3}</w:tr></w:tbl>" + par("Two.")), "bid.docx")
    assert pages(document)["Two."] == 2


def test_without_any_break_there_is_no_page(word):
    document = read(word(par("One.")), "bid.docx")
    assert (document.blocks[0].anchor.page, document.pages, document.notes) == (None, None, ())
