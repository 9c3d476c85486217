"""What style attributes and the style sheets inside a page say of an element, as far as seeing its text needs it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

_NUMBER = re.compile(r"(-?\d*\.?\d+)")
_WHITES = frozenset({"#fff", "#ffffff", "white"})
_BRACE = re.compile(r"[{}]")
_SELECTOR = re.compile(r"[a-z][a-z0-9]*|(?:[a-z][a-z0-9]*)?[.#][\w-]+")
_WANTED = re.compile(r"display|visibility|opacity|color|background|font-size|text-indent|clip|position|left|top")
_FAR = 500  # pixels to the left or above, where nobody looks
_RULES = 20_000  # of one page

Declarations = dict[str, str]


class StyleSheet:
    """
    The rules of a page's own style sheets whose selector is one name, class or id; all others are passed over.

    >>> sheet = StyleSheet(".x { display: none } p.y, #z { color: #FFF } @media print { p { display: none } }")
    >>> sorted(sheet.rules)
    ['#z', '.x', 'p.y']
    """

    def __init__(self, css: str = "") -> None:
        self.rules: dict[str, Declarations] = {}
        for selectors, body in _rules(css):
            if len(self.rules) >= _RULES or not _WANTED.search(body.lower()):
                continue
            declared = _declarations(body)
            for selector in selectors.split(","):
                name = selector.strip()
                lower = name.lower() if name[:1].isalpha() and "." not in name and "#" not in name else name
                if _SELECTOR.fullmatch(lower):
                    self.rules.setdefault(lower, {}).update(declared)

    def of(self, element: etree._Element) -> Declarations:
        """Return what is declared for *element* itself: by its name, its classes, its id, its style attribute."""
        own = element.get("style")
        if not self.rules:
            return _declarations(own) if own else {}
        tag = str(element.tag).lower()
        names = [tag]
        for name in (element.get("class") or "").split():
            names += [f".{name}", f"{tag}.{name}"]
        if key := element.get("id"):
            names += [f"#{key}", f"{tag}#{key}"]
        said: Declarations = {}
        for name in names:
            said.update(self.rules.get(name, {}))
        if own:
            said.update(_declarations(own))
        return said


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations, without comments and what stands in @-blocks; in one pass, however broken."""
    before, *rest = css.replace("<!--", " ").replace("-->", " ").split("/*")
    css = before + " ".join(part.partition("*/")[2] for part in rest)
    depth, begin, selectors = 0, 0, ""
    for brace in _BRACE.finditer(css):
        between = css[begin : brace.start()]
        begin = brace.end()
        if brace.group() == "{":
            depth += 1
            if depth == 1:
                selectors = between.rpartition(";")[2].strip()
        elif depth:
            depth -= 1
            if depth == 0 and not selectors.startswith("@"):
                yield selectors, between


def how_hidden(element: etree._Element, style: Declarations, *, may_be_painted: bool) -> str:
    """
    Say how an element is hidden, or nothing.

    Args:
        element: Of the page.
        style: What is declared for it.
        may_be_painted: Whether something behind it may have a colour of its own.
    """
    if element.get("hidden") is not None:
        return "hidden attribute"
    if (element.get("aria-hidden") or "").lower() == "true":
        return "aria-hidden"
    if not style:
        return ""
    if style.get("display") == "none":
        return "display: none"
    if style.get("visibility") in ("hidden", "collapse"):
        return "visibility: hidden"
    if _amount(style.get("opacity", "1")) == 0:
        return "opacity: 0"
    if "font-size" in style and style["font-size"][:1].isdigit() and _is_tiny(style["font-size"]):
        return "text under 2 pt"
    if _is_far(style):
        return "off the page"
    colour = style.get("color", "")
    if colour == "transparent":
        return "text colour: transparent"
    own = style.get("background-color") or style.get("background") or ""
    if colour and own and _plain_colour(colour) == _plain_colour(own):
        return "text in the colour behind it"
    if _plain_colour(colour) == "#ffffff" and not (may_be_painted or own or element.get("bgcolor")):
        return "white text on a white page"
    return ""


def has_background(element: etree._Element, style: Declarations) -> bool:
    """Tell whether an element paints what lies behind its text."""
    if element.get("bgcolor") or element.get("background"):
        return True
    return any(
        style.get(name, "none") not in ("none", "transparent", "")
        for name in ("background", "background-color", "background-image")
    )


def _declarations(text: str) -> Declarations:
    pairs = (item.split(":", 1) for item in text.lower().split(";") if ":" in item)
    return {name.strip(): value.replace("!important", "").strip() for name, value in pairs}


def _amount(value: str) -> float:
    found = _NUMBER.match(value)
    return float(found.group(1)) if found else 1.0


def _is_far(style: Declarations) -> bool:
    """Tell whether text is moved out of the page; what is cut to a pixel for screen readers alone is left as it is."""
    moved = [style.get("text-indent", "0")]
    if style.get("position") in ("absolute", "fixed"):
        moved += [style.get("left", "0"), style.get("top", "0")]
    return any(value.startswith("-") and _amount(value) * _unit(value) <= -_FAR for value in moved)


def _unit(value: str) -> float:
    """Return about how many pixels one of the unit at the end of *value* is."""
    unit = value.lstrip("-0123456789. ")
    return {"em": 16.0, "rem": 16.0, "pt": 1.33, "in": 96.0, "cm": 37.8, "mm": 3.78, "%": 10.0}.get(unit, 1.0)


def _is_tiny(size: str) -> bool:
    """Tell whether a CSS font size is under 2 points; relative units are taken from 12 points."""
    points = {"px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "%": 0.12}
    unit = size.lstrip("0123456789. ")
    return _amount(size) * points.get(unit, 12.0 if unit else 0.75) < 2


def _plain_colour(value: str) -> str:
    """Return a colour as #rrggbb where that is easy, else as it is."""
    value = value.strip()
    if value in _WHITES:
        return "#ffffff"
    if re.fullmatch(r"#[0-9a-f]{3}", value):
        return "#" + "".join(2 * digit for digit in value[1:])
    if found := re.fullmatch(r"rgba?\((\d+)[,\s]+(\d+)[,\s]+(\d+)[^)]*\)", value):
        return "#" + "".join(f"{min(255, int(part[:4])):02x}" for part in found.groups())
    return value
