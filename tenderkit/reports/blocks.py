"""The blocks of a document, one a line, as `tenderkit text --blocks` prints them."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from tenderkit.reports.wording import harmless, page_name

if TYPE_CHECKING:
    from tenderkit.document import Anchor, Block, Document


def render(document: Document) -> str:
    """
    Return one line a block, tabs between: offsets, kind, page, section, text.

    What nobody sees ("hidden") and what was not read ("unread") has no offsets and stands behind the blocks of its
    page, or last where the page is not known; in the place of a section it says how or why. The kind of a block that
    repeats a form's question says how much of it does.
    """
    lines = []
    page = 0
    marks = deque(_marks(document))
    for block in document.blocks:
        if block.anchor.page and block.anchor.page > page:
            page = block.anchor.page
            while marks and marks[0][0] < page:
                lines.append(marks.popleft()[1])
        lines.append(_line(block))
    lines.extend(line for _, line in marks)
    return "".join(f"{line}\n" for line in lines)


def _marks(document: Document) -> list[tuple[float, str]]:
    """Return the lines of what is hidden or unread, each with its page; those without one come last."""
    found = [
        (hidden.page, page_name(hidden.page, approximate=hidden.approximate), "hidden", hidden.how, hidden.quote)
        for hidden in document.hidden
    ]
    found += [(unread.page, page_name(unread.page), "unread", unread.why, "-") for unread in document.unread]
    return sorted(
        (
            (
                page or float("inf"),
                "\t".join(("-", kind, name or "-", harmless(how), harmless(text))),
            )
            for page, name, kind, how, text in found
        ),
        key=lambda mark: mark[0],
    )


def _line(block: Block) -> str:
    kind = f"{block.kind.value} {block.level}" if block.level else block.kind.value
    if block.echo:
        kind += ", question" if block.echo >= len(block.text) else f", question up to {block.start + block.echo}"
    section = " > ".join(harmless(heading) for heading in block.section) or "-"
    cells = " | ".join(harmless(cell) for cell in block.text.split("\t"))
    return "\t".join((f"{block.start}-{block.end}", kind, _place(block.anchor), section, cells))


def _place(anchor: Anchor) -> str:
    label = harmless(anchor.label)
    page = page_name(anchor.page, approximate=anchor.approximate)
    return f"{page} ({label})" if page and label else page or label or "-"
