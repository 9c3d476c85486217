"""Signs that Word shows and spells otherwise: letters of its picture fonts, and the state of a form field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.readers.docx_styles import is_on, value_of
from tenderkit.readers.docx_theme import W

if TYPE_CHECKING:
    from lxml import etree

# Signs in Microsoft's picture fonts, by the last byte of their code.
_WINGDINGS = {
    "fe": "☒",
    "fd": "☒",
    "78": "☒",
    "a8": "☐",
    "6f": "☐",
    "71": "☐",
    "fc": "✓",
    "fb": "✗",
    "a7": "▪",
    "e0": "→",
}
_WINGDINGS_2 = {"52": "☒", "54": "☒", "a3": "☐", "50": "✓", "4f": "✗"}
_SYMBOL = {"b7": "•", "a3": "≤", "b3": "≥", "b1": "±", "b0": "°", "ae": "→", "b4": "×"}


def sign(symbol: etree._Element) -> str:
    """Return the sign that w:sym shows, or nothing."""
    font, code = (symbol.get(W + "font") or "").lower(), (symbol.get(W + "char") or "").lower()[-2:]
    if font == "symbol":
        return _SYMBOL.get(code, "")
    return _WINGDINGS_2.get(code, "") if font == "wingdings 2" else _WINGDINGS.get(code, "")


def form_state(data: etree._Element | None) -> str:
    """Return what a legacy form field shows: a ticked or empty box, or the chosen entry."""
    if data is None:
        return ""
    box = data.find(W + "checkBox")
    if box is not None:
        mark = box.find(W + "checked")
        mark = box.find(W + "default") if mark is None else mark
        return "☒" if mark is not None and is_on(mark.get(W + "val")) else "☐"
    choices = data.find(W + "ddList")
    if choices is not None:
        entries = [entry.get(W + "val") or "" for entry in choices.iter(W + "listEntry")]
        chosen = value_of(choices.find(W + "result")) or value_of(choices.find(W + "default")) or "0"
        if chosen.isdecimal() and int(chosen) < len(entries):
            return entries[int(chosen)]
    return ""
