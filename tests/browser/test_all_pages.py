"""What holds for every HTML page that tenderkit makes."""

import pages
import pytest
from pages import DESKTOP, PHONE

EVERY = pytest.mark.parametrize("arguments", pages.PAGES.values(), ids=pages.PAGES)
_RULES = {
    "rules": {"target-size": {"enabled": True}},  # WCAG 2.2, off by default
    "resultTypes": ["violations"],  # the rest, thousands of nodes that pass, would take two thirds of the time
}
_WIDER = """() => [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !element.closest(".scroll"))
    .map((element) => element.outerHTML.slice(0, 120))"""


def violations(page):
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415 - of an extra, which a plain run does without

    return Axe().run(page, options=_RULES).response["violations"]


@EVERY
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_violation(open_page, arguments, size, dark):
    found = violations(open_page(arguments, size, dark=dark).page)
    assert [(one["id"], one["help"], [node["html"][:200] for node in one["nodes"][:3]]) for one in found] == []


def test_axe_finds_what_is_wrong(open_page):
    page = open_page(pages.PAGES["report of hostile text"]).page
    page.evaluate("""() => { document.querySelector("h1").style.color = "#ccc"; document.body.append("stray");
        document.querySelector("main").insertAdjacentHTML("beforeend", "<div><button></button><h6>x</h6></div>"); }""")
    assert {"button-name", "color-contrast", "heading-order"} <= {one["id"] for one in violations(page)}


@EVERY
def test_a_page_asks_for_nothing_and_complains_of_nothing(open_page, arguments):
    seen = open_page(arguments)
    assert seen.asked == [seen.file.as_uri()]
    assert (seen.said, seen.dialogs) == ([], [])


@EVERY
@pytest.mark.parametrize(("size", "zoom"), [(DESKTOP, 2), (PHONE, 1), ((1280, 1024), 4)], ids=["200%", "phone", "400%"])
def test_a_page_never_scrolls_sideways(open_page, arguments, size, zoom):
    page = open_page(arguments, size, zoom=zoom).page
    assert page.evaluate(_WIDER) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@EVERY
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(open_page, arguments):
    page = open_page(arguments).page
    order = page.evaluate(
        """() => (window.order = [...document.querySelectorAll(
                "a[href], summary, select, input, button, [tabindex='0']")]
            .filter((element) => element.checkVisibility())).length"""
    )
    for expected in range(min(order, 150)):
        page.keyboard.press("Tab")
        at, where, outline, inside = page.evaluate(
            """() => { const now = document.activeElement, box = now.getBoundingClientRect();
                return [window.order.indexOf(now), now.outerHTML.slice(0, 120), getComputedStyle(now).outlineStyle,
                    box.bottom > 0 && box.top < innerHeight && box.width > 0]; }"""
        )
        assert (at, outline != "none", inside) == (expected, True, True), where


@EVERY
def test_the_skip_link_leads_to_the_content(open_page, arguments):
    page = open_page(arguments).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").first.is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


@EVERY
def test_without_scripts_everything_can_be_read(open_page, arguments):
    page = open_page(arguments, scripts=False).page
    assert page.locator("h1").is_visible()
    for tool in page.locator("[data-needs-script]").all():
        assert not tool.is_visible()
    closed = page.locator("details:not([open]) > summary")
    if closed.count():
        closed.first.click()  # opens by itself
    hidden = page.locator("main [hidden]:not([data-needs-script])")
    assert hidden.count() == 0


@EVERY
def test_a_page_prints_on_white_without_tools(open_page, arguments):
    page = open_page(arguments, dark=True).page
    page.emulate_media(media="print")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
    for tool in page.locator(".screen").all():
        assert not tool.is_visible()


@EVERY
def test_no_cell_of_a_table_is_a_column_of_letters(open_page, arguments):
    letters = """() => [...document.querySelectorAll("th, td")].filter((cell) => {
        const range = document.createRange(), font = parseFloat(getComputedStyle(cell).fontSize);
        range.selectNodeContents(cell);
        const box = range.getBoundingClientRect();
        return cell.textContent.trim().length > 3 && box.width < 1.5 * font && box.height > 3 * font;
    }).map((cell) => cell.outerHTML.slice(0, 120))"""
    assert open_page(arguments, PHONE).page.evaluate(letters) == []


@EVERY
def test_nothing_is_cut_off_on_paper(open_page, arguments):
    page = open_page(arguments, (680, 962)).page  # what the margins leave of A4
    page.emulate_media(media="print")
    cut = """() => [...document.querySelectorAll(".scroll")].filter((box) => box.scrollWidth > box.clientWidth + 1)
        .map((box) => box.ariaLabel)"""
    assert page.evaluate(cut) == []
    assert [tool.is_visible() for tool in page.locator(".tools").all() if tool.is_visible()] == []
