"""OpenDocument presentations: a slide is a page, its title a heading, its notes come after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.document import Anchor, DocumentBuilder
from tenderkit.readers.odf_styles import DRAW, PRESENTATION, Styles
from tenderkit.readers.odf_text import Flow, Place
from tenderkit.readers.slides import add_slide

if TYPE_CHECKING:
    from lxml import etree

    from tenderkit.readers.limits import Limits

_UNSEEN = frozenset({"date-time", "footer", "header", "page-number", "handout", "page"})


def fill(presentation: etree._Element, styles: Styles, builder: DocumentBuilder, limits: Limits) -> None:
    """Add every slide to *builder*."""
    number = 0
    for page in presentation.iterchildren(DRAW + "page"):
        number += 1
        anchor = Anchor(number)
        title, body, notes = DocumentBuilder(), DocumentBuilder(), DocumentBuilder()
        for shape in page:
            sort = shape.get(PRESENTATION + "class") or ""
            if shape.tag == PRESENTATION + "notes":
                for part in shape:
                    if part.get(PRESENTATION + "class") == "notes":
                        Flow(notes, styles, limits, slide=anchor).blocks(part, Place(behind=None))
            elif sort not in _UNSEEN and shape.get(PRESENTATION + "placeholder") != "true":
                target = title if sort == "title" else body
                Flow(target, styles, limits, slide=anchor).block(shape, Place(behind=None))
        shut = styles.get("drawing-page", page.get(DRAW + "style-name")).shown is False
        add_slide(builder, anchor, limits, title=title, body=body, notes=notes, hidden=shut)
    builder.pages = builder.pages_read = number
