"""The blocks of a document, one a line, as `tenderkit text --blocks` prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.reports.wording import harmless, page_name

if TYPE_CHECKING:
    from tenderkit.document import Block, Document


def render(document: Document) -> str:
    """Return one line a block, tabs between: offsets, kind, page, section, text."""
    return "".join(f"{_line(block)}\n" for block in document.blocks)


def _line(block: Block) -> str:
    kind = f"{block.kind.value} {block.level}" if block.level else block.kind.value
    label = harmless(block.anchor.label)
    page = page_name(block.anchor.page, approximate=block.anchor.approximate) or label or "-"
    if block.anchor.page and label:
        page += f" ({label})"
    section = " > ".join(harmless(heading) for heading in block.section) or "-"
    cells = " | ".join(harmless(cell) for cell in block.text.split("\t"))
    return "\t".join((f"{block.start}-{block.end}", kind, page, section, cells))
