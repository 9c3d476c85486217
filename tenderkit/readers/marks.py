"""What the look of a line says in any format: bullet, number, contents entry, heading, caption."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Glyphs that are bullets wherever they begin a line, and all of the Symbol and Wingdings fonts.
_GLYPHS = "•‣◦▪▫■□●○◆◇◊►▶▸➢➤➔→✓✔✗✘❖❑❏⁃∙⦁⬤◼◾\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8\uf071\uf02d\uf06f\uf0e0\uf000-\uf0ff"
# A glyph may touch its text; dash, star, plus, middle dot and "o" must be followed by a space.
_BULLET = re.compile(rf"(?:[{_GLYPHS}]\s*|[-–—*+·¨oO]\s+)(?=\S)")
# 1. 1) (1) a) (a) a. iv) (iv) iv. — never a bare number, a year, or an initial such as "A. Smith".
_NUMBER = re.compile(
    r"(?:\((?:\d{1,3}|[a-zA-Z]|[ivxl]{2,5})\)|(?:\d{1,3}|[a-z]|[ivxl]{2,5})[.)]|[A-Z]\))\s+(?=\S)|\d{1,3}\.(?=[A-Z][a-z])"
)
# 4.2  4.2.1.  A.1 — the number of a clause, kept in the text because people cite it.
_CLAUSE = re.compile(r"(?:[A-Z]\.?)?\d{1,2}(?:\.\d{1,3}){1,5}\.?\s+(?=\S)|[A-Z]\.\d{1,2}\.?\s+(?=\S)")
_LEADERS = re.compile(r"(?:\.\s?){4,}|…{2,}|(?:…\s?){2,}|_{6,}|(?:·\s?){4,}")
_PAGE_AT_END = re.compile(r"\s*(?:\d{1,4}|[ivxlc]{1,6})?\s*$")
_ENDS_IN_PAGE = re.compile(r"[^\d\s.,/–-]\s+(\d{1,4})\s*$")
_CAPTION = re.compile(
    r"(?:figure|fig\.|table|chart|diagram|exhibit)\s+(?:[A-Z][.-])?\d{1,3}(?:[.-]\d{1,3})?\s*(?:[:.–—-]|$)",
    re.IGNORECASE,
)
_SECTION_NUMBER = re.compile(
    r"(?:(?:section|part|chapter|annex|appendix|schedule|attachment|lot|question)\s+(?:\d{1,3}|[A-Z]|[IVX]{1,5})\b"
    r"|(?:\d{1,2}(?:\.\d{1,2}){0,4}|[A-Z]\.\d{1,2}|[A-Z]\.)\.?\s+(?=\S))",
    re.IGNORECASE,
)
_LIST_LIKE_END = re.compile(r"[.;,:!]$")

CONTENTS_TITLE = re.compile(r"(?:table of )?contents(?: page)?|list of (?:figures|tables)|sommaire", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marker:
    """
    How a line begins.

    Attributes:
        sort: "bullet", "number", "clause", or "" for a line that begins like any other.
        rest: The line without its bullet or number; a clause number stays.
        mark: What stood before the rest.
    """

    sort: str
    rest: str
    mark: str = ""


def split_marker(text: str) -> Marker:
    """
    Say what list marker *text* begins with and what follows it.

    >>> split_marker("• We will test."), split_marker("(a) We will test.").rest
    (Marker(sort='bullet', rest='We will test.', mark='•'), 'We will test.')
    >>> split_marker("4.2.1 The supplier shall test.").sort
    'clause'
    >>> split_marker("2027 is the year."), split_marker("A. Smith signs.").sort
    (Marker(sort='', rest='2027 is the year.', mark=''), '')
    """
    if found := _BULLET.match(text):
        return Marker("bullet", text[found.end() :], found.group().strip())
    if found := _CLAUSE.match(text):
        return Marker("clause", text, found.group().strip())
    if found := _NUMBER.match(text):
        return Marker("number", text[found.end() :], found.group().strip())
    return Marker("", text)


def is_bullet_alone(text: str) -> bool:
    """
    Tell whether a line holds a bullet and nothing else.

    >>> is_bullet_alone("•"), is_bullet_alone("a")
    (True, False)
    """
    return len(text) <= 2 and bool(re.fullmatch(rf"[{_GLYPHS}–—*·o-]\s*", text))


def is_contents_line(text: str) -> bool:
    """
    Tell whether a line with its dot leaders belongs to a table of contents.

    >>> is_contents_line("4.2 Method ........ 12"), is_contents_line("We wait ... and see.")
    (True, False)
    """
    dotted = "..." in text or ". ." in text or "……" in text or "… …" in text or "___" in text or "···" in text
    if not dotted:  # nearly every line, and this is asked of all: a loop over the signs takes five times as long
        return False
    last = max(_LEADERS.finditer(text), key=re.Match.start, default=None)
    return last is not None and last.start() > 0 and bool(_PAGE_AT_END.match(text, last.end()))


def without_leaders(text: str) -> str:
    """
    Return a contents line with its leaders made one space.

    >>> without_leaders("4.2 Method ........ 12")
    '4.2 Method 12'
    """
    return " ".join(_LEADERS.sub(" ", text).split())


def page_at_end(text: str) -> int | None:
    """
    Return the number that ends a short line, as in a contents table without leaders.

    >>> page_at_end("Our method 12"), page_at_end("Version 1.2"), page_at_end("Our method")
    (12, None, None)
    """
    found = _ENDS_IN_PAGE.search(text) if len(text) <= 120 else None
    return int(found.group(1)) if found else None


def is_caption(text: str) -> bool:
    """
    Tell whether a short line names a figure or a table.

    >>> is_caption("Figure 3: Delivery plan"), is_caption("Figure 3 shows our plan.")
    (True, False)
    """
    return len(text) <= 200 and bool(_CAPTION.match(text))


def heading_number(text: str) -> str:
    """
    Return the section number that *text* begins with, or nothing.

    >>> heading_number("4.2 Method"), heading_number("Appendix B Prices"), heading_number("Method")
    ('4.2', 'Appendix B', '')
    """
    found = _SECTION_NUMBER.match(text)
    return found.group().strip().rstrip(".") if found else ""


def number_depth(number: str) -> int:
    """
    Return how deep a section number is.

    >>> number_depth("4"), number_depth("4.2.1"), number_depth("Appendix B")
    (1, 3, 1)
    """
    return number.count(".") + 1


def may_be_heading(text: str) -> bool:
    """
    Tell whether *text* is short enough, and ends and begins in the way a heading does.

    >>> may_be_heading("Our method"), may_be_heading("We will test every week."), may_be_heading("and so on")
    (True, False, False)
    """
    words = text.split()
    if not words or len(words) > 16 or len(text) > 120 or _LIST_LIKE_END.search(text):
        return False
    body = text[len(heading_number(text)) :].lstrip(" .:–-")
    first = next((character for character in body if character.isalnum()), "")
    return bool(first) and any(c.isalpha() for c in body) and (first.isupper() or first.isdigit())


def is_shouted(text: str) -> bool:
    """
    Tell whether every letter of a short line is a capital, as in a typed heading.

    >>> is_shouted("OUR METHOD"), is_shouted("JAWS"), is_shouted("Our METHOD")
    (True, False, False)
    """
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 6 and len(text) <= 100 and all(c.isupper() for c in letters)
