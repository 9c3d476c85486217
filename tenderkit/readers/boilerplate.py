"""
What stands in a document and says nothing of it, recognised alike in every format.

Tables of contents, page numbers and standard notices get a kind of their own; the question that an answer repeats
stays what it is, and its length is noted. Nothing is taken out: the text and its offsets stay as they were read.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tenderkit.document import SILENT_KINDS, Block, Kind
from tenderkit.readers import marks, notices, questions

if TYPE_CHECKING:
    from collections.abc import Sequence

_PROSE = frozenset({Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.TABLE_ROW, Kind.FOOTNOTE, Kind.CAPTION})
_PAGE_NUMBER = re.compile(
    r"^\W*(?:page|p\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$|^\W*\d{1,4}\s*(?:of|/)\s*\d{1,4}\W*$"
    r"|^.{1,80}[|•·–-]\s*page\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*$",
    re.IGNORECASE,
)
_NUMBER_IN_FRONT = re.compile(r"^\W*(?:(?:section|part|annex|appendix|schedule)\s+)?(?:[A-Z]\b\.?|\d+(?:\.\d+)*)\W+")
_ENTRY = 160  # characters of one line of a table of contents
_HEADER = 30  # characters of a row such as "Section, Page" above the entries
_CONTENTS = 20  # tables of contents in one document; a file that says the word more often is made to cost time
_WAITING = 50  # questions in a row that one answer may follow
_TITLES = 2  # so many entries beneath "Contents" that later stand as headings make a table of contents


def mark(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with contents, page numbers, notices and echoed questions marked as such."""
    marked = [_mark_alone(block) for block in blocks]
    _mark_contents(marked)
    _mark_questions(marked)
    return marked


def _mark_alone(block: Block) -> Block:
    if block.kind not in _PROSE:
        return block
    if len(block.text) <= _ENTRY and _PAGE_NUMBER.match(block.text):
        return replace(block, kind=Kind.RUNNING, level=0)
    if marks.is_contents_line(block.text):
        return replace(block, kind=Kind.CONTENTS, level=0)
    return replace(block, kind=Kind.NOTICE, level=0) if notices.is_notice(block.text) else block


def _mark_contents(blocks: list[Block]) -> None:
    """Mark the entries beneath a title such as "Contents": each names a later heading, or ends in a page number."""
    titles = 0
    for place, block in enumerate(blocks):
        title = block.kind in (Kind.HEADING, Kind.PARAGRAPH) and len(block.text) <= 30
        if not title or not marks.CONTENTS_TITLE.fullmatch(block.text.strip(" :")):
            continue
        titles += 1
        if titles > _CONTENTS:
            return
        later = {_bare(other.text) for other in blocks[place + 1 :] if other.kind is Kind.HEADING}
        run = []
        for at in range(place + 1, len(blocks)):
            entry = blocks[at]
            header = at == place + 1 and entry.kind is Kind.TABLE_ROW and len(entry.text) <= _HEADER
            if entry.kind in (Kind.RUNNING, Kind.CONTENTS) or (header and not _is_entry(entry.text, later)):
                continue
            if entry.kind not in _PROSE or len(entry.text) > _ENTRY or not _is_entry(entry.text, later):
                break
            run.append(at)
        if len(run) >= _TITLES:
            for at in run:
                blocks[at] = replace(blocks[at], kind=Kind.CONTENTS, level=0)


def _is_entry(text: str, headings: set[str]) -> bool:
    flat = text.replace("\t", " ").strip()
    return marks.page_at_end(flat) is not None or _bare(flat) in headings


def _bare(text: str) -> str:
    """Return a heading without its number, leaders and page, for comparing."""
    text = _NUMBER_IN_FRONT.sub("", text.replace("\t", " ").strip())
    return re.sub(r"[\s._…·]*\d*$", "", text).casefold()


def _mark_questions(blocks: list[Block]) -> None:
    """Note in each block how much of it is a question that is answered behind it."""
    form: tuple[int, int] | None = None
    waiting: list[int] = []  # blocks that ask, while no answer has come
    listing = False  # the last of them ends in a colon: the points of a list beneath belong to it
    for place, block in enumerate(blocks):
        if block.kind in SILENT_KINDS:
            continue
        cells = block.text.split("\t")
        if len(cells) > 1:
            form = questions.columns(cells) or form
            if asked := questions.asked_in_row(cells, form):
                blocks[place] = replace(block, echo=asked)
            waiting, listing = [], False
            continue
        if block.kind is not Kind.TABLE_ROW:
            form = None
        echo = questions.asked(block.text)
        whole = echo == len(block.text)
        point = listing and block.kind is Kind.LIST_ITEM and not questions.speaks(block.text)
        if whole or point or (waiting and questions.is_aside(block.text)):
            if block.kind is Kind.HEADING and not point:
                waiting = []
            waiting = [*waiting[-_WAITING:], place]
            listing = listing if point else block.text.rstrip().endswith(":")
            continue
        if block.kind is Kind.HEADING:
            waiting = [asking for asking in waiting if _lies_beneath(block, blocks[asking])]
            continue
        for asking in waiting:
            blocks[asking] = replace(blocks[asking], echo=len(blocks[asking].text))
        if echo:
            blocks[place] = replace(block, echo=echo)
        waiting, listing = [], False


def _lies_beneath(heading: Block, asking: Block) -> bool:
    """Tell whether a heading is part of the answer, rather than the beginning of the next question."""
    above = (*asking.section, asking.text) if asking.kind is Kind.HEADING else asking.section
    return bool(above) and heading.section[: len(above)] == above
