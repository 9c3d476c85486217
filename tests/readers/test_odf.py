"""OpenDocument: what a person sees in a text, a sheet or a slide, and what nobody sees."""

import pytest

from tenderkit.errors import UnreadableError
from tenderkit.readers import read


def outline(document):
    return [(block.kind.value, block.level, block.text) for block in document.blocks]


def hidden(document):
    return [(found.quote, found.how) for found in document.hidden]


def test_headings_come_from_outline_levels_and_styles(opendocument):
    document = read(
        opendocument(
            '<text:p text:style-name="Title">Our bid</text:p>'
            '<text:h text:outline-level="1">Method</text:h>'
            '<text:p text:style-name="P1">Testing</text:p>'
            "<text:p>We<text:s text:c='3'/>will <text:span>test</text:span>.</text:p>",
            styles='<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Heading_20_2"/>',
        ),
        "bid.odt",
    )
    assert document.media_type == "application/vnd.oasis.opendocument.text"
    assert outline(document) == [
        ("heading", 1, "Our bid"),
        ("heading", 1, "Method"),
        ("heading", 2, "Testing"),
        ("paragraph", 0, "We will test."),
    ]
    assert document.blocks[-1].section == ("Method", "Testing")


def test_lists_have_levels(opendocument):
    item = "<text:list-item><text:p>{}</text:p>{}</text:list-item>"
    inner = f"<text:list>{item.format('Every week', '')}</text:list>"
    document = read(opendocument(f"<text:list>{item.format('We test', inner)}</text:list>"), "bid.odt")
    assert outline(document) == [("list item", 1, "We test"), ("list item", 2, "Every week")]


def test_a_table_row_is_one_block(opendocument):
    row = "<table:table-row>" + 2 * "<table:table-cell><text:p>{}</text:p></table:table-cell>" + "</table:table-row>"
    document = read(
        opendocument(
            f"<table:table><table:table-header-rows>{row.format('Question', 'Answer')}</table:table-header-rows>"
            f"{row.format('Who tests?', 'Disabled people.')}</table:table>"
        ),
        "bid.odt",
    )
    assert outline(document) == [
        ("table row", 0, "Question\tAnswer"),
        ("table row", 0, "Who tests?\tDisabled people."),
    ]


def test_footnotes_follow_their_paragraph_and_endnotes_the_text(opendocument):
    note = (
        '<text:note text:note-class="{0}"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>A {0}.</text:p></text:note-body></text:note>"
    )
    body = f"<text:p>One{note.format('endnote')}{note.format('footnote')}.</text:p><text:p>Two.</text:p>"
    assert outline(read(opendocument(body), "bid.odt")) == [
        ("paragraph", 0, "One."),
        ("footnote", 0, "A footnote."),
        ("paragraph", 0, "Two."),
        ("footnote", 0, "A endnote."),
    ]


def test_tracked_changes_are_read_in_their_final_view(opendocument):
    document = read(
        opendocument(
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>No.</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes>"
            '<text:p>We <text:change text:change-id="1"/><text:change-start/>will<text:change-end/> test.</text:p>'
        ),
        "bid.odt",
    )
    assert document.text == "We will test."
    assert "final view" in document.notes[0]


def test_comments_and_prompts_are_no_content_and_contents_are_told_apart(opendocument):
    document = read(
        opendocument(
            "<text:table-of-content><text:table-of-content-source><text:p>x</text:p></text:table-of-content-source>"
            "<text:index-body><text:p>Method<text:tab/>3</text:p></text:index-body></text:table-of-content>"
            "<text:p>We test.<office:annotation><text:p>Do we?</text:p></office:annotation>"
            "<text:placeholder>Your answer</text:placeholder></text:p>"
        ),
        "bid.odt",
    )
    assert outline(document) == [("contents", 0, "Method 3"), ("paragraph", 0, "We test.")]


def test_text_boxes_are_read_and_headers_stand_apart(opendocument):
    document = read(
        opendocument(
            "<text:p>Before.<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box>"
            "</draw:frame></text:p>",
            master="<style:master-page>" + 2 * "<style:footer><text:p>Footer</text:p></style:footer>"
            "</style:master-page>",
        ),
        "bid.odt",
    )
    assert outline(document) == [
        ("paragraph", 0, "Before."),
        ("paragraph", 0, "In a box."),
        ("running", 0, "Footer"),
    ]


def test_pages_are_those_that_were_recorded(opendocument):
    document = read(opendocument("<text:p>One.</text:p><text:p><text:soft-page-break/>Two.</text:p>"), "bid.odt")
    assert [(block.anchor.page, block.anchor.approximate) for block in document.blocks] == [(1, True), (1, True)]
    assert document.pages == 2


@pytest.mark.parametrize(
    ("properties", "how"),
    [
        ('text:display="none"', "OpenDocument hidden text"),
        ('fo:color="#ffffff"', "text in the colour behind it"),
        ('fo:font-size="1pt"', "text under 2 pt"),
        ('fo:color="#ffffff" fo:background-color="#000080"', ""),
    ],
)
def test_text_that_nobody_sees_is_hidden(opendocument, properties, how):
    style = '<style:style style:name="T1" style:family="text"><style:text-properties {}/></style:style>'
    body = '<text:p>We test. <text:span text:style-name="T1">screen reader</text:span></text:p>'
    document = read(opendocument(body, styles=style.format(properties)), "bid.odt")
    assert hidden(document) == ([("screen reader", how)] if how else [])
    assert ("screen reader" in document.text) is not bool(how)


def test_hidden_sections_paragraphs_and_rows_are_hidden(opendocument):
    document = read(
        opendocument(
            '<text:section text:display="none"><text:p>In a section.</text:p></text:section>'
            '<text:p><text:hidden-paragraph text:is-hidden="true"/>A paragraph.</text:p>'
            '<table:table><table:table-row table:visibility="collapse"><table:table-cell><text:p>In a row.</text:p>'
            "</table:table-cell></table:table-row></table:table><text:p>Seen.</text:p>"
        ),
        "bid.odt",
    )
    assert document.text == "Seen."
    assert [how for _, how in hidden(document)] == ["in a hidden section", "hidden paragraph", "in a hidden row"]


def test_white_text_in_a_dark_cell_is_honest(opendocument):
    styles = (
        '<style:style style:name="C" style:family="table-cell">'
        '<style:table-cell-properties fo:background-color="#000080"/></style:style>'
        '<style:style style:name="W" style:family="paragraph"><style:text-properties fo:color="#ffffff"/></style:style>'
    )
    body = (
        '<table:table><table:table-row><table:table-cell table:style-name="C">'
        '<text:p text:style-name="W">Heading</text:p></table:table-cell></table:table-row></table:table>'
    )
    document = read(opendocument(body, styles=styles), "bid.odt")
    assert (document.text, document.hidden) == ("Heading", ())


def test_a_sheet_is_a_section_and_a_row_has_its_cell(opendocument):
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    document = read(
        opendocument(
            '<table:table table:name="Prices"><table:table-row table:number-rows-repeated="2"/>'
            f"<table:table-row><table:table-cell/>{cell.format('Support')}{cell.format('£5')}</table:table-row>"
            f'<table:table-row table:visibility="filter">{cell.format("Secret")}</table:table-row></table:table>',
            sort="spreadsheet",
        ),
        "prices.ods",
    )
    assert outline(document) == [("heading", 1, "Prices"), ("table row", 0, "Support\t£5")]
    assert document.blocks[1].anchor.label == "Prices!B3"
    assert hidden(document) == [("Secret", "hidden rows of 'Prices'")]


def test_a_slide_is_a_page_with_its_notes(opendocument):
    document = read(
        opendocument(
            '<draw:page><draw:frame presentation:class="title"><draw:text-box><text:p>Our plan</text:p></draw:text-box>'
            "</draw:frame><draw:frame><draw:text-box><text:p>We test.</text:p></draw:text-box></draw:frame>"
            '<presentation:notes><draw:frame presentation:class="notes"><draw:text-box><text:p>Say why.</text:p>'
            "</draw:text-box></draw:frame></presentation:notes></draw:page>",
            sort="presentation",
        ),
        "plan.odp",
    )
    assert outline(document) == [
        ("heading", 1, "Our plan"),
        ("paragraph", 0, "We test."),
        ("footnote", 0, "Say why."),
    ]
    assert document.pages == 1
    assert document.blocks[1].anchor.page == 1


def test_a_locked_file_says_so(opendocument):
    manifest = {"META-INF/manifest.xml": "<manifest><encryption-data/></manifest>"}
    with pytest.raises(UnreadableError, match="locked with a password"):
        read(opendocument("", **manifest), "bid.odt")


def test_a_flat_file_is_read_too():
    data = (
        '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>'
        "<text:p>We test.</text:p></office:text></office:body></office:document>"
    )
    assert read(data.encode(), "bid.fodt").text == "We test."


def test_the_standard_header_of_a_sheet_is_no_text(opendocument):
    document = read(
        opendocument(
            '<table:table table:name="A"><table:table-row><table:table-cell><text:p>We test.</text:p>'
            "</table:table-cell></table:table-row></table:table>",
            sort="spreadsheet",
            master="<style:master-page><style:header><text:p>???</text:p></style:header></style:master-page>",
        ),
        "a.ods",
    )
    assert document.text == "A\nWe test."


def test_a_document_in_a_text_is_named_as_unread_and_a_chart_is_not(opendocument):
    sort = "application/vnd.oasis.opendocument."
    entry = '<m:file-entry m:full-path="{}" m:media-type="{}"/>'
    manifest = (
        f'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{entry.format("/", sort + "text")}'
        + entry.format("Object 1/", sort + "spreadsheet")
        + entry.format("Object 2/", sort + "chart")
        + entry.format("Object 3", "application/vnd.sun.star.oleobject")
        + "</m:manifest>"
    )
    document = read(opendocument("<text:p>We test.</text:p>", **{"META-INF/manifest.xml": manifest}), "bid.odt")
    assert document.text == "We test."
    assert [unread.why.partition(";")[0] for unread in document.unread] == [
        "the file Object 1 embedded in it, a spreadsheet",
        "the file Object 3 embedded in it, made by another program",
    ]
