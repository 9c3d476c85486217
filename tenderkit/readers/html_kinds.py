"""What an element of a page is, beyond its tag: navigation, and what Word and LibreOffice say when they save a page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tenderkit.document import Kind

if TYPE_CHECKING:
    from lxml import etree

_LEFT_OUT_ROLES = frozenset({"navigation", "search", "menu", "menubar", "toolbar"})
_RUNNING_ROLES = frozenset({"banner", "contentinfo"})
_NAVIGATION = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|breadcrumbs?|menu|skip(?:-?link)?|cookies?|pagination|pager|sitemap|social"
    r"|share)(?=$|[\s_-])",
    re.IGNORECASE,
)
_LINKS = 3  # so many links …
_SHARE = 0.6  # … that make so large a part of the text, where the name of the element speaks of navigation
_LIST_LINKS, _LIST_SHARE, _LINK_WORDS = 4, 0.9, 6  # for a list that says nothing of itself
_WORD_LIST = re.compile(r"mso-list:\s*l\d+\s+level(\d)")
_WORD_KINDS = {
    "msotoc": Kind.CONTENTS,
    "msoheader": Kind.RUNNING,
    "msofooter": Kind.RUNNING,
    "msofootnotetext": Kind.FOOTNOTE,
    "msoendnotetext": Kind.FOOTNOTE,
    "msocaption": Kind.CAPTION,
    "msotitle": Kind.HEADING,
}
_LIBREOFFICE_NOTE = re.compile(r"sd(?:foot|end)note\d+$")
_LABELS = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)


def is_left_out(element: etree._Element) -> bool:
    """Tell whether an element is navigation by its role, or the typed number or bullet of a list item."""
    if (element.get("role") or "").lower() in _LEFT_OUT_ROLES:
        return True
    return bool(_LABELS.search(element.get("style") or "")) or (element.get("class") or "").startswith("ListLabel")


def is_navigation(element: etree._Element, tag: str) -> bool:
    """Tell whether an element holds links to other pages and little else."""
    named = _NAVIGATION.search(f"{element.get('class') or ''} {element.get('id') or ''}")
    listed = tag in ("ul", "ol", "menu")
    if not (named or listed):
        return False
    links = [link for link in element.iter("a") if (link.get("href") or "#")[:1] != "#"]
    if len(links) < (_LINKS if named else _LIST_LINKS):
        return False
    text = sum(len(part.strip()) for part in element.itertext())
    inside = [" ".join("".join(map(str, link.itertext())).split()) for link in links]
    share = sum(map(len, inside)) / max(1, text)
    if named:
        return share >= _SHARE
    return share >= _LIST_SHARE and sum(len(words.split()) for words in inside) <= _LINK_WORDS * len(links)


def is_running(element: etree._Element) -> bool:
    """Tell whether an element says of itself that it is the header or footer of each page."""
    return (element.get("role") or "").lower() in _RUNNING_ROLES or (
        element.tag == "div" and element.get("title") in ("header", "footer")
    )


def saved_kind(element: etree._Element) -> tuple[Kind, int] | None:
    """
    Return the kind and level of an element by the names that Word and LibreOffice give it, or None.

    >>> from lxml.html import fragment_fromstring
    >>> saved_kind(fragment_fromstring('<p class="MsoListParagraph" style="mso-list:l0 level2 lfo1">We</p>'))
    (<Kind.LIST_ITEM: 'list item'>, 2)
    >>> saved_kind(fragment_fromstring('<p class="lead">We</p>')) is None
    True
    """
    if found := _WORD_LIST.search(element.get("style") or ""):
        return Kind.LIST_ITEM, max(1, int(found.group(1)))
    name = (element.get("class") or "").lower()
    if name.startswith("mso"):
        kind = _WORD_KINDS.get(name.rstrip("0123456789"))
        return (kind, int(kind is Kind.HEADING)) if kind else None
    key = element.get("id") or ""
    if key.startswith("Table of Contents"):
        return Kind.CONTENTS, 0
    return (Kind.FOOTNOTE, 0) if _LIBREOFFICE_NOTE.match(key) else None
