"""HTML pages from a file or saved by a program: what a person reads there, without what leads elsewhere."""

import pytest

from tenderkit.readers import read


def page(body, head=""):
    return read(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), "bid.html")


def outline(document):
    return [(block.kind.value, block.level, block.text) for block in document.blocks]


def hidden(document):
    return [(found.quote, found.how) for found in document.hidden]


@pytest.mark.parametrize(
    "navigation",
    [
        "<nav>Menu</nav>",
        '<div role="navigation">Menu</div>',
        "<script>menu()</script>",
        "<template>Menu</template>",
        "<select><option>Menu</select>",
        '<form role="search">Find</form>',
    ],
)
def test_navigation_scripts_and_controls_are_left_out(navigation):
    assert page(f"{navigation}<p>We will test.</p>").text == "We will test."


@pytest.mark.parametrize(
    "links",
    [
        "<ul>"
        + "".join(f'<li><a href="/{name}">{name}</a>' for name in ("Home", "Planning", "Jobs", "News"))
        + "</ul>",
        '<div class="breadcrumbs"><a href="/">Home</a> <a href="/b">Business</a> <a href="/c">Tenders</a></div>',
        '<div role="contentinfo"><p>Contact us</p></div>',
        "<footer><p>Cookies and accessibility</p></footer>",
    ],
)
def test_lists_of_links_and_page_footers_are_running_text(links):
    document = page(f"{links}<p>We will test.</p>")
    assert {block.kind.value for block in document.blocks[:-1]} == {"running"}
    assert outline(document)[-1] == ("paragraph", 0, "We will test.")


def test_a_list_with_links_in_its_sentences_is_content():
    items = "".join(f'<li>We will publish our <a href="/{n}">plan {n}</a> every year' for n in range(5))
    assert {block.kind.value for block in page(f"<ul>{items}</ul>").blocks} == {"list item"}


def test_an_item_may_hold_its_text_in_a_paragraph():
    document = page("<p>We will:</p><ul>\n<li><p>test</p>\n<p>with users</p></li><li><p>train</p></li></ul>")
    assert outline(document)[1:] == [
        ("list item", 1, "test"),
        ("paragraph", 0, "with users"),
        ("list item", 1, "train"),
    ]


def test_a_page_saved_by_word_keeps_its_lists_contents_and_footers():
    document = page(
        "<p class=MsoTitle>Our bid</p><p class=MsoToc1>Method 3</p>"
        "<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o<span>&nbsp; </span>"
        "</span>We test</p><p class=MsoFooter>Page 3</p><p class=MsoFootnoteText>Note.</p>"
    )
    assert outline(document) == [
        ("heading", 1, "Our bid"),
        ("contents", 0, "Method 3"),
        ("list item", 2, "We test"),
        ("running", 0, "Page 3"),
        ("footnote", 0, "Note."),
    ]


def test_a_page_saved_by_libreoffice_keeps_its_contents_header_and_notes():
    document = page(
        '<div title="header"><p>Bid 42</p></div><div id="Table of Contents1"><p>Method 3</p></div>'
        '<ul><li><p><span class="ListLabel_20_1">3.</span>We test</p></li></ul><div id="sdfootnote1"><p>Note.</p></div>'
    )
    assert outline(document) == [
        ("running", 0, "Bid 42"),
        ("contents", 0, "Method 3"),
        ("list item", 1, "We test"),
        ("footnote", 0, "Note."),
    ]


@pytest.mark.parametrize(
    ("css", "how"),
    [
        (".x { display: none }", "display: none"),
        ("h1, p.x { font-size: 1px }", "text under 2 pt"),
        ("#k{visibility:hidden}", "visibility: hidden"),
        (".x{position:absolute;left:-9999px}", "off the page"),
        ("/* } */ .x{color:#fff;background:#FFFFFF}", "text in the colour behind it"),
        ("@media print { .x { display: none } }", ""),
        (".x p { display: none }", ""),
        (".x { color: #fff }", ""),  # who knows what lies behind it
    ],
)
def test_a_style_sheet_in_the_page_hides_text(css, how):
    document = page('<p>Open.</p><p class="x" id="k">screen reader</p>', f"<style>{css}</style>")
    assert hidden(document) == ([("screen reader", how)] if how else [])


def test_a_broken_style_sheet_is_read_in_one_pass():
    assert page("<p>Open.</p>", f"<style>{'/*' * 50_000}{'@x{' * 50_000}</style>").text == "Open."
