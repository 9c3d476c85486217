import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tenderkit.reports import Format, render
from tenderkit.reports.markdown import escape
from tenderkit.reports.wording import harmless

PLAIN = {"text", "softbreak", "text_special", "html_entity"}
HOSTILE = [
    "<script>alert(1)</script>",
    "[click](javascript:alert(1)) ![x](https://evil.example/x.png)",
    "**bold** _it_ `code` ~~gone~~ # head | cell | &lt; &#60;",
    "- item",
    "1. item",
    "> quote",
    "--- === +++",
    "\\`x\\`",
    "```\nfence",
]


def inline(markdown):
    parser = MarkdownIt("gfm-like", {"html": True, "linkify": False}).disable(["linkify"], ignoreInvalid=True)
    return parser.parse(markdown)


def test_the_report_is_as_the_golden_file_shows(several, golden):
    golden("several.md", render(several, Format.MARKDOWN))


@pytest.mark.parametrize("text", HOSTILE)
def test_markup_in_a_document_does_nothing(text):
    assert shown(escape(text)) == harmless(text).strip()


@given(st.text(alphabet=st.sampled_from("ab1 *_`[]()<>&#|~-+=.!\\:/@$^{}\"'\n\t"), min_size=1))
def test_any_text_is_shown_as_it_is(text):
    if harmless(text).strip():
        assert re.sub(" +", " ", shown(escape(text))) == re.sub(" +", " ", harmless(text)).strip()


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_document_adds_no_element_to_the_report(make_hostile, text):
    calm = tags(render(make_hostile("calm words"), Format.MARKDOWN))
    assert tags(render(make_hostile(text), Format.MARKDOWN)) == calm


def tags(markdown):
    kinds = []
    for token in inline(markdown):
        kinds.append(token.type)
        kinds += [child.type for child in token.children or () if child.type not in PLAIN]
    return kinds


def shown(markdown):
    tokens = inline(markdown.lstrip())
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children
    assert {child.type for child in children} <= PLAIN
    return "".join(child.content for child in children).replace("\u200b", "")


def test_a_number_is_shown_as_it_is_and_only_what_opens_a_list_is_parted():
    assert escape("99.8% each month") == "99.8% each month"
    assert escape("1. We will") == "1&#8203;. We will"
    assert escape("2)") == "2&#8203;)"
