"""What the HTML report does in a browser."""

import io
import time
import unicodedata

import pages
import pytest
from pypdf import PdfReader

ONE = pages.PAGES["report of one"]
HOSTILE = pages.PAGES["report of hostile text"]
A4 = (595, 842)  # points


def marked(page):
    return page.evaluate("""() => [...document.querySelectorAll("#d1-body mark")]
        .filter((mark) => getComputedStyle(mark).textDecorationLine === "underline").map((mark) => mark.dataset.o)""")


def test_a_filter_shows_the_evidence_of_one_outcome(open_page):
    page = open_page(ONE).page
    before = marked(page)
    assert len(set(before)) > 5
    page.locator("#d1-text select").select_option(label=page.locator("#d1-text option").nth(3).text_content())
    wanted = page.locator("#d1-text select").input_value()
    after = marked(page)
    assert after == [mark for mark in before if wanted in mark.split()]
    tags = page.locator("#d1-body .tag:visible")
    assert {tag.get_attribute("data-o") for tag in tags.all()} == {wanted}
    page.locator("#d1-text select").select_option("")
    assert marked(page) == before


def test_only_what_is_marked_can_be_shown(open_page):
    page = open_page(ONE).page
    lines = page.locator("#d1-body :is(p, li, h3, h4, h5, h6, [role=row]):visible")
    before = lines.count()
    page.locator("#d1-text select").select_option(index=2)
    page.get_by_label("only what is marked").check()
    assert 0 < lines.count() < before
    assert all(line.locator("mark:not(.off)").count() for line in lines.all())
    said = page.locator("#d1-text output").text_content()
    assert said == f"in {lines.count()} paragraph{'s' if lines.count() > 1 else ''}"


def test_filters_work_by_keyboard(open_page):
    page = open_page(ONE).page
    page.locator("#d1-text select").focus()
    page.keyboard.press("ArrowDown")
    assert len(set(marked(page))) <= 3
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert "only-hits" in page.locator("#d1-body").get_attribute("class")


def test_a_quote_leads_into_the_text_and_a_word_there_back_also_into_a_closed_part(open_page):
    page = open_page(ONE).page
    quote = page.locator("details.more figure").first
    tag = page.locator(f"#d1-body a.tag[href='#{quote.get_attribute('id')}']")
    assert not quote.is_visible()
    page.goto(f"{page.url}#{quote.get_attribute('id')}")
    quote.wait_for(state="visible")
    quote.locator("a").first.click()
    place = page.evaluate("location.hash.slice(1)")
    assert page.locator(f"[id='{place}']").is_visible()
    assert tag.count() <= 1  # a sentence has one word for each outcome


def test_without_scripts_every_quote_can_be_opened_and_every_passage_is_marked(open_page):
    page = open_page(ONE, scripts=False).page
    assert not page.locator("#d1-text select").is_visible()
    for mark in page.locator("#d1-body mark").all():
        assert mark.is_visible()
    more = page.locator("details.more").first
    assert not more.locator("blockquote").first.is_visible()
    more.locator("summary").first.click()
    assert more.locator("blockquote").first.is_visible()


def test_hostile_text_does_nothing_and_is_shown(open_page):
    seen = open_page(HOSTILE)
    page = seen.page
    assert (seen.dialogs, seen.said) == ([], [])
    assert page.locator("h1").text_content() == pages.HOSTILE_NAME
    assert page.locator("script").count() == 1
    assert page.locator("img, iframe, object, embed, a[href^='javascript']").count() == 0
    assert pages.ATTACK in page.locator("#d1-outcomes").text_content()
    assert "{{ 7 * 7 }}" in page.locator("#d1-body").text_content()
    assert page.locator("#d1-body").is_visible()


def test_the_policy_stops_a_script_that_would_slip_in(open_page):
    page = open_page(ONE).page
    page.evaluate("""() => { const script = document.createElement("script");
        script.textContent = "window.slipped = true"; document.body.append(script); }""")
    assert page.evaluate("window.slipped") is None


@pytest.mark.parametrize("size", [(1280, 860)])
def test_the_summary_is_one_screen(open_page, size):
    page = open_page(ONE, size).page
    bottom = page.evaluate("document.getElementById('d1-summary').getBoundingClientRect().bottom")
    assert bottom <= size[1] + 20


def test_the_report_prints_on_a4_with_its_highlights_and_without_tools(open_page):
    page = open_page(ONE).page
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=False)))
    box = printed.pages[0].mediabox
    assert [abs(box.width - A4[0]) < 2, abs(box.height - A4[1]) < 2] == [True, True]
    first, words = printed.pages[0].extract_text(), "\n".join(one.extract_text() for one in printed.pages)
    for said in ("Score", "What is missing", "Questions left open", "Themes answered"):
        assert said in first
    assert "The text, with its evidence" in words
    assert "Show evidence of" not in words
    page.emulate_media(media="print")
    style = page.evaluate("""() => { const style = getComputedStyle(document.querySelector("#d1-body mark.evidence"));
        return [style.textDecorationLine, style.printColorAdjust]; }""")
    assert style == ["underline", "exact"]


def test_what_is_to_be_checked_is_printed_too(open_page):
    page = open_page(ONE).page
    words = "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(page.pdf())).pages)
    passage = page.locator("details.possible blockquote").first.text_content().strip("“” \n").split(" …")[0]
    printed = unicodedata.normalize("NFKC", words)  # a font prints "ff" as one sign
    assert "".join(passage.split()) in "".join(printed.split())


def test_a_report_of_a_hundred_pages_opens_and_filters_without_lag(open_page):
    started = time.perf_counter()
    seen = open_page(pages.LONG_PAGE)
    page = seen.page
    opened = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    assert seen.file.stat().st_size < 3_000_000
    assert page.locator("#d1-body mark").count() > 500
    filtered = page.evaluate("""() => { const select = document.querySelector("#d1-text select");
        const started = performance.now(); select.selectedIndex = 2;
        select.dispatchEvent(new Event("change", {bubbles: true}));
        document.body.offsetHeight; return performance.now() - started; }""")
    assert opened < 3000, time.perf_counter() - started
    assert filtered < 300
