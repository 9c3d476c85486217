"""The frame that all HTML pages share."""

import base64
import hashlib
import re

import pytest
from jinja2 import UndefinedError
from lxml import html as lxml_html

from tenderkit.reports import html

FRAME = '{% extends "base.html.j2" %}{% block title %}A page{% endblock %}{% block main %}'


@pytest.fixture
def render():
    """Render a page whose main part is a template of the test's own."""

    def render(source, **values):
        template = html._environment().from_string(f"{FRAME}{source}{{% endblock %}}")
        return lxml_html.document_fromstring(template.render(values))

    return render


def hash_of(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy_of(page):
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    return dict(part.strip().split(" ", 1) for part in policy.split(";"))


def test_the_policy_allows_the_style_and_the_script_of_the_file_and_nothing_else(render):
    page = render("<p>words</p>")
    (style,), (script,) = page.xpath("//style/text()"), page.xpath("//script/text()")
    assert policy_of(page) == {
        "default-src": "'none'",
        "style-src": hash_of(style),
        "script-src": hash_of(script),
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_the_policy_stands_before_all_that_it_governs(render):
    names = [element.tag for element in render("<p>words</p>").xpath("/html/head/*")]
    assert names[:2] == ["meta", "meta"]
    assert names.index("style") > 1


def test_nothing_in_the_frame_leads_out_of_the_file(render):
    page = render("<p>words</p>")
    for name in ("href", "src", "srcset", "data", "action", "poster"):
        assert all(value.startswith("#") for value in page.xpath(f"//@{name}"))
    assert not re.search(r"url\(|@import|https?:", page.xpath("string(//style)"))


def test_no_element_has_a_style_or_a_handler_of_its_own(render):
    page = render("<p>words</p>")
    assert not [name for element in page.iter() for name in element.attrib if name == "style" or name.startswith("on")]


def test_a_page_names_its_language_its_title_and_its_parts(render):
    page = render("<p>words</p>")
    assert (page.get("lang"), page.xpath("string(//title)")) == ("en-GB", "A page")
    assert [page.xpath(f"count(//{part})") for part in ("header", "main", "footer")] == [1, 1, 1]
    (main,) = page.xpath("//main")
    assert page.xpath("//body/a[1]/@href") == [f"#{main.get('id')}"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("<b>x</b> & \"y\" 'z'", "<b>x</b> & \"y\" 'z'"),
        ("{{ 7 * 7 }} {% raw %}", "{{ 7 * 7 }} {% raw %}"),
        ("a\x1b[2J\x00b\u202ec\u200bd", "a[2Jbcd"),
        ("</script><script>alert(1)</script>", "</script><script>alert(1)</script>"),
    ],
)
def test_text_is_shown_as_it_is_without_what_steers_a_screen(render, given, shown):
    page = render('<p id="there" title="{{ text }}">{{ text }}</p>', text=given)
    (there,) = page.xpath("//p[@id='there']")
    assert (there.text, there.get("title"), len(there)) == (shown, shown, 0)
    assert len(page.xpath("//script")) == 1


def test_a_value_that_is_missing_is_an_error(render):
    with pytest.raises(UndefinedError):
        render("{{ nobody_gave_this }}")


def test_a_status_is_a_shape_and_a_word(render):
    page = render('{% from "parts.html.j2" import status %}<p id="there">{{ status("gap") }}</p>')
    assert page.xpath("string(//p[@id='there'])").strip() == "gap"
    (used,) = page.xpath("//p[@id='there']//use/@href")
    assert page.xpath(f"//symbol[@id='{used[1:]}']")
