"""One rule for table rows in every format that has real tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.document import Anchor, DocumentBuilder, Kind, TooMuchTextError

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOWHERE = Anchor()
_LONG_CELL = 600  # characters; an answer typed into a response form, not a table entry


def add_row(builder: DocumentBuilder, cells: Sequence[DocumentBuilder], *, anchor: Anchor = _NOWHERE) -> None:
    r"""
    Add one table row, given what each of its cells holds.

    A row is one block with a tab between two cells. Where a cell holds headings, another table, or a long text
    of several paragraphs, the table is a form or only layout, and what stands in it is added block by block.

    >>> name, answer, builder = DocumentBuilder(), DocumentBuilder(), DocumentBuilder()
    >>> name.add(Kind.PARAGRAPH, "Support"), answer.add(Kind.PARAGRAPH, "Every day.")
    (None, None)
    >>> add_row(builder, [name, answer])
    >>> builder.blocks[0].text
    'Support\tEvery day.'
    """
    if builder.most is not None and sum(len(block.text) for cell in cells for block in cell.blocks) > builder.most:
        raise TooMuchTextError
    if any(_is_layout(cell) for cell in cells):
        for cell in cells:
            before = len(builder.blocks)
            builder.touched.extend((key, before + number) for key, number in cell.touched)
            for block, source in zip(cell.blocks, cell.sources, strict=True):
                builder.add(block.kind, block.text, anchor=block.anchor, level=block.level, source=source)
        return
    texts = [" ".join(block.text.replace("\t", " ") for block in cell.blocks) for cell in cells]
    for cell in cells:
        for key, _ in cell.touched:
            builder.touch(key)
    first = next((cell.blocks[0].anchor for cell in cells if cell.blocks), anchor)
    sources = {id(source): source for cell in cells for source in cell.sources}  # lines of one paragraph share theirs
    pieces = [piece for source in sources.values() for piece in source]
    builder.add(Kind.TABLE_ROW, "\t".join(texts), anchor=first, source=pieces)


def _is_layout(cell: DocumentBuilder) -> bool:
    if any(block.kind in (Kind.HEADING, Kind.TABLE_ROW) for block in cell.blocks):
        return True
    return len(cell.blocks) > 1 and sum(len(block.text) for block in cell.blocks) > _LONG_CELL
