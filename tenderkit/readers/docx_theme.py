"""The colours of a Word file: plain ones, those of its theme with tint and shade, and the colour of its pages."""

from __future__ import annotations

import colorsys
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

    from tenderkit.readers.archive import Archive

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
NONE = ""  # said to be transparent
UNKNOWN = "?"  # a pattern, a picture, a gradient

_HEX = re.compile(r"#?([0-9a-f]{6}|[0-9a-f]{3})\b", re.IGNORECASE)
_NAMED = {"white": "ffffff", "window": "ffffff", "black": "000000", "silver": "c0c0c0", "gray": "808080"}
_HIGHLIGHTS = {
    "black": "000000", "white": "ffffff", "yellow": "ffff00", "green": "00ff00", "cyan": "00ffff", "magenta": "ff00ff",
    "blue": "0000ff", "red": "ff0000", "darkblue": "000080", "darkcyan": "008080", "darkgreen": "008000",
    "darkmagenta": "800080", "darkred": "800000", "darkyellow": "808000", "darkgray": "808080", "lightgray": "c0c0c0",
    "none": NONE,
}  # fmt: skip
_SLOTS = {"dark1": "dk1", "light1": "lt1", "dark2": "dk2", "light2": "lt2", "hyperlink": "hlink",
          "followedHyperlink": "folHlink"}  # fmt: skip
_MAPPED = {"bg1": "lt1", "background1": "lt1", "tx1": "dk1", "text1": "dk1", "t1": "dk1", "bg2": "lt2",
           "background2": "lt2", "tx2": "dk2", "text2": "dk2", "t2": "dk2"}  # fmt: skip
_SHORT = {"background1": "bg1", "background2": "bg2", "text1": "t1", "text2": "t2", "tx1": "t1", "tx2": "t2"}


@dataclass(frozen=True, slots=True)
class Theme:
    """The theme's colours by slot ("lt1"), and where a document puts another slot behind a name ("bg1")."""

    colours: dict[str, str] = field(default_factory=lambda: {"lt1": "ffffff", "dk1": "000000"})
    mapped: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, archive: Archive, part: str | None, settings: etree._Element | None) -> Theme:
        """Read the theme's part, where there is one, and the mapping in the settings."""
        theme = cls()
        root = archive.xml(part) if part else None
        scheme = None if root is None else next(root.iter(A + "clrScheme"), None)
        for slot in () if scheme is None else scheme:
            for colour in slot:
                value = colour.get("lastClr") or colour.get("val") or ""
                if plain(value):
                    theme.colours[slot.tag.rpartition("}")[2]] = plain(value)
        mapping = None if settings is None else settings.find(W + "clrSchemeMapping")
        for name, value in () if mapping is None else mapping.items():
            theme.mapped[str(name).rpartition("}")[2]] = _SLOTS.get(str(value), str(value))
        return theme

    def named(self, name: str) -> str:
        """Return the colour that a name such as "background1", "tx1" or "accent2" stands for, or nothing."""
        slot = self.mapped.get(_SHORT.get(name, name)) or _MAPPED.get(name) or _SLOTS.get(name, name)
        return self.colours.get(slot, "")

    def text_colour(self, element: etree._Element | None) -> str | None:
        """Return the colour that w:color gives, "auto", or None where it is not there."""
        if element is None:
            return None
        return self._from_attributes(element, "themeColor", "themeTint", "themeShade", "val") or None

    def shading(self, element: etree._Element | None) -> str | None:
        """Return the colour of w:shd, NONE where it lets through what is behind it, UNKNOWN for a pattern."""
        if element is None:
            return None
        pattern = (element.get(W + "val") or "clear").lower()
        if pattern == "solid":
            front = self._from_attributes(element, "themeColor", "themeTint", "themeShade", "color")
            return "000000" if front in ("", "auto") else front
        if pattern not in ("clear", "nil"):
            return UNKNOWN
        fill = self._from_attributes(element, "themeFill", "themeFillTint", "themeFillShade", "fill")
        return NONE if fill in ("", "auto") else fill

    def _from_attributes(self, element: etree._Element, name: str, tint: str, shade: str, value: str) -> str:
        themed = self.named(element.get(W + name) or "")
        if themed:
            return _lighter(themed, element.get(W + tint), element.get(W + shade))
        return (element.get(W + value) or "").lower()

    def drawn(self, fill: etree._Element) -> str:
        """Return the colour of a:solidFill, or UNKNOWN where it is seen through or made of others."""
        for colour in fill:
            if colour.find(A + "alpha") is not None:
                return UNKNOWN
            value = colour.get("lastClr") or colour.get("val") or ""
            named = self.named(value) if colour.tag == A + "schemeClr" else plain(value)
            return _modified(named, colour) if named else UNKNOWN
        return UNKNOWN


def highlight(element: etree._Element | None) -> str | None:
    """Return the colour of w:highlight, NONE where it takes one away, None where it is not there."""
    return None if element is None else _HIGHLIGHTS.get((element.get(W + "val") or "none").lower(), UNKNOWN)


def plain(value: str) -> str:
    """
    Return a colour as six hex digits, or nothing.

    >>> plain("#FFF"), plain("4472C4"), plain("white [3201]"), plain("auto")
    ('ffffff', '4472c4', 'ffffff', '')
    """
    found = _HEX.match(value.strip())
    if found:
        digits = found[1].lower()
        return digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    return _NAMED.get(value.lower().partition(" ")[0], "")


def page_colour(root: etree._Element, settings: etree._Element | None, theme: Theme) -> str | None:
    """Return the colour of the pages: white, unless the file has a background and shows it; None for a picture."""
    background = root.find(W + "background")
    shown = settings is not None and settings.find(W + "displayBackgroundShape") is not None
    if background is None or not shown:
        return "ffffff"
    if background.find(f".//{V}fill") is not None:
        return None
    themed = theme.named(background.get(W + "themeColor") or "")
    if themed:
        return _lighter(themed, background.get(W + "themeTint"), background.get(W + "themeShade"))
    return plain(background.get(W + "color") or "") or "ffffff"


def _lighter(colour: str, tint: str | None, shade: str | None) -> str:
    """
    Return a colour nearer to white (a tint below "FF") or to black (a shade below "FF").

    >>> _lighter("000000", "80", None), _lighter("ffffff", None, "F2"), _lighter("4472c4", None, None)
    ('7f7f7f', 'f2f2f2', '4472c4')
    """
    if not tint and not shade:
        return colour
    factor = _fraction(tint or shade or "")
    return _relit(colour, factor, 1 - factor if tint else 0)


def _modified(colour: str, element: etree._Element) -> str:
    """Apply the luminance that DrawingML adds to a colour."""
    for change in element:
        value = change.get("val") or ""
        amount = int(value) / 100_000 if value.removeprefix("-").isdecimal() else 1.0
        if change.tag in (A + "lumMod", A + "shade"):
            colour = _relit(colour, amount)
        elif change.tag == A + "lumOff":
            colour = _relit(colour, 1, amount)
        elif change.tag == A + "tint":
            colour = _relit(colour, amount, 1 - amount)
    return colour


def _relit(colour: str, times: float, plus: float = 0) -> str:
    """Return a colour with its light changed."""
    hue, light, full = colorsys.rgb_to_hls(*(int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)))
    made = colorsys.hls_to_rgb(hue, min(1.0, max(0.0, light * times + plus)), full)
    return "".join(f"{int(part * 255 + 0.001):02x}" for part in made)


def _fraction(hexadecimal: str) -> float:
    try:
        return min(1.0, int(hexadecimal, 16) / 255)
    except ValueError:
        return 1.0
