"""OpenDocument texts, sheets and slides: the XML of the office programs that write it, packed or flat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.document import Unread, View
from tenderkit.errors import UnreadableError
from tenderkit.readers import odf_changes, odf_sheets, odf_slides
from tenderkit.readers.archive import Archive, parse_xml
from tenderkit.readers.embedded import unread_in_opendocument
from tenderkit.readers.odf_styles import OFFICE, STYLE, TEXT, Styles
from tenderkit.readers.odf_text import Flow

if TYPE_CHECKING:
    from lxml import etree

    from tenderkit.document import DocumentBuilder
    from tenderkit.readers.limits import Limits

_LOCKED = "it is locked with a password; open it in LibreOffice, save it without one and send that"
_NO_TEXT = "the OpenDocument file has no readable content; open it in LibreOffice and save it again"


def fill(data: bytes, builder: DocumentBuilder, limits: Limits, view: View = View.FINAL) -> None:
    """Add the blocks of an OpenDocument file to *builder*; tracked changes of texts are read in the *view*."""
    damaged: list[str] = []
    if data.startswith(b"PK"):
        archive = Archive.open(data, limits)
        if b"encryption-data" in (archive.read("META-INF/manifest.xml") or b""):
            raise UnreadableError(_LOCKED)
        content, common = archive.xml("content.xml"), archive.xml("styles.xml")
        builder.unread.extend(Unread(None, why) for why in unread_in_opendocument(archive))
        damaged = archive.damaged
    else:
        content = common = parse_xml(data, limits)
    body = None if content is None else content.find(OFFICE + "body")
    if content is None or body is None or not len(body):
        raise UnreadableError(_NO_TEXT)
    styles = _styles(common, content)
    if next(body.iter(TEXT + "tracked-changes"), None) is not None:
        builder.read_as(view)
    for kind in body:
        if kind.tag == OFFICE + "spreadsheet":
            odf_sheets.fill(kind, styles, builder, limits)
        elif kind.tag == OFFICE + "presentation":
            odf_slides.fill(kind, styles, builder, limits)
        else:
            if view is View.ORIGINAL:
                odf_changes.undo(kind)
            flow = Flow(
                builder, styles, limits, counts_pages=next(body.iter(TEXT + "soft-page-break"), None) is not None
            )
            flow.blocks(kind)
            flow.finish()
            if flow.counts_pages:
                builder.pages = builder.pages_read = flow.page
    if common is not None and body.find(OFFICE + "text") is not None:  # those of sheets and slides are standard ones
        _add_running(common, builder, limits)
    builder.unread.extend(Unread(None, f"the part {name} is damaged") for name in damaged)


def _styles(common: etree._Element | None, own: etree._Element) -> Styles:
    """Return the styles that the body of the document *own* uses."""
    shared = None if common is None else common.find(OFFICE + "styles")
    return Styles.of((shared, own.find(OFFICE + "styles"), own.find(OFFICE + "automatic-styles")))


def _add_running(common: etree._Element, builder: DocumentBuilder, limits: Limits) -> None:
    """Add the headers and footers of all page styles, each text once."""
    styles = _styles(common, common)
    seen: set[str] = set()
    for page in common.iterfind(f"{OFFICE}master-styles/{STYLE}master-page"):
        for part in page:
            if part.tag in (STYLE + "header", STYLE + "footer", STYLE + "header-first", STYLE + "footer-first"):
                if part.get(STYLE + "display") == "false":
                    continue
                Flow(builder, styles, limits, running=seen).blocks(part)
