"""What is known of a Word file's pages once all of it was read."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tenderkit.document import Anchor, Unread

if TYPE_CHECKING:
    from tenderkit.document import DocumentBuilder
    from tenderkit.readers.docx_runs import RunReader

_PICTURE_PAGE = "image only, by the page breaks that Word recorded"
_PICTURES = "it holds pictures and no text; run text recognition over them and send the result"


def begin_with_page_one(builder: DocumentBuilder) -> None:
    """Give a page to what was read before the first page break was met."""
    first = Anchor(1, approximate=True)
    for number, block in enumerate(builder.blocks):
        if block.anchor.page:
            break
        builder.blocks[number] = replace(block, anchor=first)
    for number, passage in enumerate(builder.hidden):
        if passage.page:
            break
        builder.hidden[number] = replace(passage, page=1, approximate=True)


def tell_pictures(builder: DocumentBuilder, runs: RunReader) -> None:
    """Note as unread the pages, or the document, that hold pictures and no text: scans, as a rule."""
    if runs.rendered:
        pages = runs.pictures - runs.written
        builder.unread.extend(Unread(page, _PICTURE_PAGE) for page in sorted(pages))
        builder.pages_read = runs.page - len(pages)
    elif runs.pictures and not builder.blocks:
        builder.unread.append(Unread(None, _PICTURES))
