"""From the lines of all pages to blocks: running text, tables, paragraphs, lists and headings, by geometry."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tenderkit.document import Anchor, DocumentBuilder, Kind
from tenderkit.readers import marks
from tenderkit.readers.pdf_measure import Measures, measure
from tenderkit.readers.pdf_order import Stack, stacks_of
from tenderkit.readers.pdf_running import running_lines
from tenderkit.readers.rows import add_row
from tenderkit.readers.words import Words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderkit.readers.pdf_lines import Line, PageText

_ENDS = ".!?:;”\"')"


@dataclass(slots=True)
class _Piece:
    """A paragraph in the making."""

    lines: list[Line]
    page: int
    kind: Kind = Kind.PARAGRAPH
    text: str = ""
    level: int = 0
    closed: bool = False  # nothing may be joined to it
    source: list[tuple[tuple[int, Line], str]] = field(default_factory=list)  # its lines, each with its page

    @property
    def size(self) -> float:
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)


@dataclass(slots=True)
class _Row:
    """A table row: its cells' paragraphs."""

    cells: list[list[_Piece]]
    page: int


@dataclass(slots=True)
class _Layout:
    measures: Measures
    words: Words
    outline: dict[str, int]
    out: list[_Piece | _Row] = field(default_factory=list)
    in_contents: bool = False
    indents: list[float] = field(default_factory=list)


def add_pages(
    pages: list[PageText], anchors: dict[int, Anchor], builder: DocumentBuilder, outline: dict[str, int] | None = None
) -> None:
    """
    Add the blocks of a whole PDF to *builder*.

    Args:
        pages: The pages that have text, in order.
        anchors: By page number.
        builder: Takes the blocks.
        outline: Titles of the file's own outline, squeezed by `squeeze`, with their levels.
    """
    running = running_lines(pages)
    seen: set[str] = set()
    layout = _Layout(measure(pages, running), Words(_whole_words(pages)), outline or {})
    for page in pages:
        for line in page.lines:
            key = running.get(id(line))
            if key is not None and key not in seen:
                seen.add(key)
                source = [((page.number, line), line.text)]
                layout.out.append(_Piece([line], page.number, Kind.RUNNING, line.text, closed=True, source=source))
        body = [line for line in page.lines if id(line) not in running]
        _read_page(layout, page, body)
    _join_over_pages(layout)
    _name_levels(layout)
    for item in layout.out:
        if isinstance(item, _Piece):
            builder.add(item.kind, item.text, anchor=anchors[item.page], level=item.level, source=item.source)
        elif all(len(cell) == 1 and cell[0].kind is Kind.PARAGRAPH for cell in item.cells):
            text = "\t".join([cell[0].text for cell in item.cells])
            source = [spot for cell in item.cells for spot in cell[0].source]
            builder.add(Kind.TABLE_ROW, text, anchor=anchors[item.page], source=source)
        else:
            _add_row(builder, item, anchors)


def _add_row(builder: DocumentBuilder, row: _Row, anchors: dict[int, Anchor]) -> None:
    """Add a row with a list in a cell, or several paragraphs."""
    cells = []
    for pieces in row.cells:
        cell = DocumentBuilder()
        for piece in pieces:
            cell.add(piece.kind, piece.text, anchor=anchors[piece.page], level=piece.level, source=piece.source)
        cells.append(cell)
    add_row(builder, cells, anchor=anchors[row.page])


def _whole_words(pages: list[PageText]) -> Iterator[str]:
    """Yield the text of all lines without the words that a hyphen parts."""
    parted = False
    for page in pages:
        for line in page.lines:
            text = line.text.partition(" ")[2] if parted else line.text
            parted = line.hyphened or line.text.endswith("-")
            yield text.rpartition(" ")[0] if parted else text


def _read_page(layout: _Layout, page: PageText, lines: list[Line]) -> None:
    for group in stacks_of(lines, layout.measures):
        if len(group) > 1:
            cells = [_paragraphs(layout, stack, page, in_cell=True) for stack in group]
            layout.out.append(_Row(cells, page.number))
        else:
            layout.out.extend(_paragraphs(layout, group[0], page))


def _paragraphs(layout: _Layout, stack: Stack, page: PageText, *, in_cell: bool = False) -> list[_Piece]:
    """Return the paragraphs of lines that stand below one another."""
    pieces: list[_Piece] = []
    for line in stack.lines:
        if pieces and not _begins(layout, pieces[-1], line, stack):
            pieces[-1].lines.append(line)
        else:
            pieces.append(_Piece([line], page.number))
    for piece in pieces:
        piece.source = [((page.number, line), line.text) for line in piece.lines]
        _name(layout, piece, page, in_cell=in_cell)
    return pieces


def _begins(layout: _Layout, piece: _Piece, line: Line, stack: Stack) -> bool:
    """Tell whether *line* begins a new paragraph after *piece*."""
    last = piece.lines[-1]
    if last.hyphened:
        return False
    if marks.split_marker(line.text).sort or marks.is_contents_line(line.text) or marks.is_contents_line(last.text):
        return True
    if line.bold != last.bold and (piece.bold or line.bold) and marks.may_be_heading(_joined(layout, piece)):
        return True
    if layout.in_contents and marks.page_at_end(last.text) is not None:
        return True
    width = max(1.0, stack.margin - stack.left)
    if stack.margin - last.right > 0.2 * width and last.text[-1] in ".!?:;":
        return True
    return (
        line.left - last.left > 0.8 * line.size and last.right < stack.margin - 2 * line.size and len(piece.lines) > 1
    )


def _joined(layout: _Layout, piece: _Piece) -> str:
    text = ""
    for position, line in enumerate(piece.lines):
        before = piece.lines[position - 1] if position else None
        if before is None:
            text = line.text
        elif before.hyphened or before.text.endswith("-"):
            text = layout.words.join(text, line.text)
        else:
            text += " " + line.text
    return text


def _name(layout: _Layout, piece: _Piece, page: PageText, *, in_cell: bool) -> None:
    """Decide what a paragraph is."""
    text = " ".join(_joined(layout, piece).split())
    piece.text = text
    if marks.is_contents_line(text):
        piece.kind, piece.text, piece.closed = Kind.CONTENTS, marks.without_leaders(text), True
        return
    if marks.CONTENTS_TITLE.fullmatch(text):
        layout.in_contents = True
        piece.kind, piece.closed = Kind.CONTENTS, True
        return
    if layout.in_contents and marks.page_at_end(text) is not None:
        piece.kind, piece.closed = Kind.CONTENTS, True
        return
    layout.in_contents = layout.in_contents and len(text) < 60 and not text.endswith(".")
    if in_cell:
        marker = marks.split_marker(text)
        if marker.sort in ("bullet", "number"):
            piece.kind, piece.text, piece.level = Kind.LIST_ITEM, marker.rest, 1
        return
    if _is_heading(layout, piece, text):
        piece.kind, piece.closed = Kind.HEADING, True
        layout.indents.clear()
        return
    if marks.is_caption(text):
        piece.kind, piece.closed = Kind.CAPTION, True
        return
    if piece.size < 0.9 * layout.measures.body and piece.lines[0].y < 0.3 * page.height and text[0].isdigit():
        piece.kind = Kind.FOOTNOTE
        return
    marker = marks.split_marker(text)
    if marker.sort:
        piece.kind, piece.text = Kind.LIST_ITEM, marker.rest
        piece.level = _depth(layout, piece.lines[0].left)
    else:
        layout.indents = [indent for indent in layout.indents if indent < piece.lines[0].left - 4]


def _depth(layout: _Layout, left: float) -> int:
    indents = layout.indents
    while indents and indents[-1] > left + 4:
        indents.pop()
    if not indents or left > indents[-1] + 4:
        indents.append(left)
    return len(indents)


def squeeze(text: str) -> str:
    """
    Return only the letters and digits of a title, to compare it with another.

    >>> squeeze("4.2  Our Method")
    '42ourmethod'
    """
    return "".join(character for character in text.lower() if character.isalnum())


def _outline_level(layout: _Layout, text: str) -> int | None:
    """Return the level of a heading in the outline, which may leave out its number."""
    if not layout.outline:
        return None
    level = layout.outline.get(squeeze(text))
    return level if level is not None else layout.outline.get(squeeze(text[len(marks.heading_number(text)) :]))


def _is_heading(layout: _Layout, piece: _Piece, text: str) -> bool:
    if len(piece.lines) > 4 or not marks.may_be_heading(text):
        return False
    if _outline_level(layout, text) is not None:
        return True
    body = layout.measures.body
    if piece.size >= 1.12 * body:
        return True
    if len(piece.lines) > 2 or marks.is_caption(text) or piece.size < 0.95 * body:
        return False
    sort = marks.split_marker(text).sort
    if piece.bold:
        return sort != "bullet"
    number = marks.heading_number(text)
    if "." in number and len(text.split()) <= 9:
        return True
    return marks.is_shouted(text) and not sort


def _join_over_pages(layout: _Layout) -> None:
    """Join a paragraph that a page or column break parted."""
    joined: list[_Piece | _Row] = []
    last: _Piece | None = None
    for item in layout.out:
        if isinstance(item, _Row):
            last = None
        elif item.kind in (Kind.RUNNING, Kind.FOOTNOTE, Kind.CAPTION):
            pass
        elif last is not None and _goes_on(last, item):
            hyphened = last.lines[-1].hyphened or last.text.endswith("-")
            last.text = layout.words.join(last.text, item.text) if hyphened else f"{last.text} {item.text}"
            last.lines[-1] = item.lines[-1]
            last.source = last.source + item.source
            continue
        else:
            last = item
        joined.append(item)
    layout.out = joined


def _goes_on(last: _Piece, item: _Piece) -> bool:
    if (
        last.closed
        or item.closed
        or item.kind is not Kind.PARAGRAPH
        or last.kind not in (Kind.PARAGRAPH, Kind.LIST_ITEM)
    ):
        return False
    if abs(last.size - item.size) > 0.1 * last.size or last.text[-1] in _ENDS:
        return False
    apart = item.page != last.page or item.lines[0].y > last.lines[-1].y
    return apart and item.page - last.page <= 1 and item.text[0].islower()


def _name_levels(layout: _Layout) -> None:
    """Give every heading its level: from the outline, else by the rank of its size, then by its number."""
    body = layout.measures.body
    headings = [item for item in layout.out if isinstance(item, _Piece) and item.kind is Kind.HEADING]
    sizes = sorted({round(h.size * 2) / 2 for h in headings if h.size >= 1.12 * body}, reverse=True)
    ranks: list[float] = []
    for size in sizes:
        if not ranks or ranks[-1] - size > 0.06 * size:
            ranks.append(size)
    for heading in headings:
        if (level := _outline_level(layout, heading.text)) is not None:
            heading.level = min(6, level)
        elif heading.size >= 1.12 * body:
            heading.level = min(6, 1 + sum(rank > heading.size * 1.06 for rank in ranks))
        else:
            number = marks.heading_number(heading.text)
            deeper = marks.number_depth(number) - 1 if number else 0
            heading.level = min(6, len(ranks) + 1 + deeper)
