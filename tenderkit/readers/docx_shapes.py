"""Text boxes and other drawings of Word files: who sees them, what colour they have, and the words in a diagram."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.readers.docx_theme import NONE, UNKNOWN, A, Theme, V, W, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_EMU = 12_700  # a point, in the unit of drawings
_SMALLEST = 2  # points
_PAGE = (595.0, 842.0)  # A4, where the file does not say
_UNITS = {"pt": 1.0, "": 0.75, "px": 0.75, "in": 72.0, "cm": 28.35, "mm": 2.835, "pc": 12.0}
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(pt|px|in|cm|mm|pc|)$")


@dataclass(frozen=True, slots=True)
class Box:
    """A text box: its content, why nobody sees it or nothing, and its colour (NONE for a box without one)."""

    content: etree._Element
    hidden: str
    fill: str


def box_of(content: etree._Element, theme: Theme, page: tuple[float, float] = _PAGE) -> Box:
    """Return the text box around its content (w:txbxContent)."""
    hidden, fill = "", None
    for above in content.iterancestors():
        if above.tag == W + "p":
            break
        hidden = hidden or _hidden(above, page)
        if fill is None and above.tag == WPS + "wsp":
            fill = _fill_of_shape(above, theme)
        elif fill is None and str(above.tag).startswith(V) and above.tag not in (V + "textbox", V + "group"):
            fill = _fill_of_vml(above)
    return Box(content, hidden, NONE if fill is None else fill)


def _hidden(element: etree._Element, page: tuple[float, float]) -> str:
    """Say why nobody sees what is in this part of a drawing, or nothing."""
    if element.tag in (WP + "anchor", WP + "inline"):
        properties, extent = element.find(WP + "docPr"), element.find(WP + "extent")
        if properties is not None and (properties.get("hidden") or "0").lower() not in ("0", "false"):
            return "in a hidden shape"
        if extent is not None and _no_size(extent):
            return "in a box of no size"
        return "off the page" if extent is not None and _off_page(element, extent, page) else ""
    if element.tag == WPS + "wsp":
        extent = element.find(f"{WPS}spPr/{A}xfrm/{A}ext")
        return "in a box of no size" if extent is not None and _no_size(extent) else ""
    return _hidden_vml(element, page) if str(element.tag).startswith(V) else ""


def _no_size(extent: etree._Element) -> bool:
    sides = [extent.get(name) or "" for name in ("cx", "cy")]
    return any(side.isdecimal() and int(side) < _SMALLEST * _EMU for side in sides)


def _off_page(anchor: etree._Element, extent: etree._Element, page: tuple[float, float]) -> bool:
    """Tell whether a drawing lies off the page, wherever on it the place stands that it is measured from."""
    for name, side, whole in (("positionH", "cx", page[0]), ("positionV", "cy", page[1])):
        position = anchor.find(WP + name)
        offset = None if position is None else position.find(WP + "posOffset")
        if position is None or offset is None:
            continue
        try:
            begin, length = int(offset.text or "0") / _EMU, int(extent.get(side) or "0") / _EMU
        except ValueError:
            continue
        farthest = 0.0 if position.get("relativeFrom") == "page" else whole
        if begin + length + farthest <= 0 or begin >= whole:
            return True
    return False


def _hidden_vml(element: etree._Element, page: tuple[float, float]) -> str:
    style = dict(_declarations(element.get("style") or ""))
    if style.get("visibility") == "hidden" or style.get("display") == "none":
        return "in a hidden shape"
    if element.tag == V + "textbox" or any(above.tag == V + "group" for above in element.iterancestors()):
        return ""  # measured in the units of the group
    for name, whole, place in (("width", page[0], "margin-left"), ("height", page[1], "margin-top")):
        relative = style.get(f"mso-{name}-percent", "0").strip("0.")
        length, begin = _points(style.get(name, "")), _points(style.get(place, ""))
        if length is not None and length < _SMALLEST and not relative and not _grows(element):
            return "in a box of no size"
        if begin is not None and (begin >= whole or begin + (length or 0) <= -whole):
            return "off the page"
    return ""


def _grows(shape: etree._Element) -> bool:
    """Tell whether a box takes the size of its text."""
    box = shape.find(V + "textbox")
    return box is not None and dict(_declarations(box.get("style") or "")).get("mso-fit-shape-to-text") == "t"


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    for declaration in style.lower().split(";"):
        name, _, value = declaration.partition(":")
        yield name.strip(), value.strip()


def _points(length: str) -> float | None:
    found = _LENGTH.match(length)
    return float(found[1]) * _UNITS[found[2]] if found else None


def _fill_of_shape(shape: etree._Element, theme: Theme) -> str:
    properties = shape.find(WPS + "spPr")
    for fill in () if properties is None else properties:
        if fill.tag == A + "noFill":
            return NONE
        if fill.tag == A + "solidFill":
            return theme.drawn(fill)
        if fill.tag in (A + "gradFill", A + "pattFill", A + "blipFill", A + "grpFill"):
            return UNKNOWN
    reference = shape.find(f"{WPS}style/{A}fillRef")
    if reference is None or reference.get("idx") == "0":
        return NONE
    return theme.drawn(reference) if reference.get("idx") == "1" else UNKNOWN


def _fill_of_vml(shape: etree._Element) -> str:
    fill = shape.find(V + "fill")
    off = {shape.get("filled"), None if fill is None else fill.get("on")}
    if off & {"f", "false", "0"}:
        return NONE
    if fill is not None and (fill.get("type") not in (None, "solid") or fill.get("opacity")):
        return UNKNOWN
    colour = shape.get("fillcolor") or "white"
    return plain(colour) or UNKNOWN


def paints(drawing: etree._Element) -> bool:
    """Tell whether a drawing holds a picture, or a shape with a colour of its own."""
    for element in drawing.iter():
        if element.tag in (A + "blip", V + "imagedata"):
            return True
        if element.tag == WPS + "wsp":
            properties = element.find(WPS + "spPr")
            if properties is not None and any(
                properties.find(A + f"{sort}Fill") is not None for sort in ("solid", "grad", "blip", "patt")
            ):
                return True
            if element.find(f"{WPS}style/{A}fillRef") is not None and (
                properties is None or properties.find(A + "noFill") is None
            ):
                return True
        if str(element.tag).startswith(V) and element.get("fillcolor") and element.get("filled") not in ("f", "false"):
            return element.find(V + "textpath") is None  # a watermark has no ground
    return False


def lies_behind(drawing: etree._Element, least: tuple[float, float]) -> bool:
    """
    Tell whether text may run over a drawing (wp:anchor, or w:pict).

    Args:
        drawing: The drawing.
        least: The width and height, in points, below which it is no ground for text.
    """
    if drawing.tag == WP + "anchor":
        extent = drawing.find(WP + "extent")
        sides = [extent.get(name) or "" for name in ("cx", "cy")] if extent is not None else []
        large = all(side.isdecimal() and int(side) / _EMU >= few for side, few in zip(sides, least, strict=False))
        behind = (drawing.get("behindDoc") or "0") not in ("0", "false")
        return behind and large and drawing.find(WP + "wrapNone") is not None
    styles = [dict(_declarations(shape.get("style") or "")) for shape in drawing if str(shape.tag).startswith(V)]
    return any(
        style.get("z-index", "").startswith("-")
        and all(
            (_points(style.get(side, "")) or 0) >= few for side, few in zip(("width", "height"), least, strict=True)
        )
        for style in styles
    )


def words_of(element: etree._Element) -> str:
    """Return all words in a part of a document, paragraph by paragraph."""
    again = {text for fallback in element.iter(MC + "Fallback") for text in fallback.iter(W + "t")}
    parts = (part for part in element.iter(W + "p", W + "t") if part not in again)  # the first choice says it already
    said = (" " if part.tag == W + "p" else part.text or "" for part in parts)
    return " ".join("".join(said).split())


def diagram_texts(data: etree._Element) -> Iterator[str]:
    """Yield the text of each shape of a diagram (SmartArt), in the order of its outline."""
    for point in data.iterfind(f"{DGM}ptLst/{DGM}pt"):
        if point.get("type", "node") in ("node", "asst"):
            paragraphs = point.iterfind(f"{DGM}t/{A}p")
            text = " ".join("".join(run.text or "" for run in paragraph.iter(A + "t")) for paragraph in paragraphs)
            if text.strip():
                yield text
