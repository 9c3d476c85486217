"""Tracked changes of OpenDocument texts, undone: the document as it was before them."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tenderkit.readers.odf_styles import OFFICE, TABLE, TEXT

if TYPE_CHECKING:
    from lxml import etree

_PARAGRAPHS = frozenset({TEXT + "p", TEXT + "h"})
_WRAPPERS = _PARAGRAPHS | {
    TEXT + "list", TEXT + "list-item", TEXT + "section", TEXT + "span", TEXT + "a", TABLE + "table",
    TABLE + "table-row", TABLE + "table-cell",
}  # fmt: skip


def undo(body: etree._Element) -> None:
    """Change *body* (office:text) into its original view: deletions come back, insertions go."""
    regions = {
        region.get(TEXT + "id") or "": region[0]
        for region in body.iterfind(f"{TEXT}tracked-changes/{TEXT}changed-region")
        if len(region)
    }
    for mark in list(body.iter(TEXT + "change")):
        region = regions.get(mark.get(TEXT + "change-id") or "")
        if region is not None and region.tag == TEXT + "deletion":
            _bring_back(mark, [deepcopy(part) for part in region if part.tag != OFFICE + "change-info"])
    inserted = {key for key, region in regions.items() if region.tag == TEXT + "insertion"}
    _Undoing(inserted).walk(body)


def _bring_back(mark: etree._Element, deleted: list[etree._Element]) -> None:
    """Put what was deleted where it stood; what held several paragraphs parts the one around it."""
    host = mark.getparent()
    if host is None or not deleted:
        return
    for part in deleted:
        part.tail = None
    if host.tag not in _PARAGRAPHS:
        at = host.index(mark)
        host[at + 1 : at + 1] = deleted
        return
    if deleted[0].tag in _PARAGRAPHS:
        first = deleted.pop(0)
        first.tag = TEXT + "span"
        first.tail, mark.tail = mark.tail, None
        mark.addnext(first)
    else:
        first = mark
    outer = host.getparent()
    if not deleted or outer is None:
        return
    rest = deleted.pop() if deleted[-1].tag in _PARAGRAPHS else host.makeelement(host.tag, dict(host.attrib))
    _append(rest, first.tail, list(first.itersiblings()))
    first.tail = None
    at = outer.index(host)
    outer[at + 1 : at + 1] = [*deleted, rest]


def _append(paragraph: etree._Element, text: str | None, children: list[etree._Element]) -> None:
    if len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "") + (text or "")
    else:
        paragraph.text = (paragraph.text or "") + (text or "")
    paragraph.extend(children)


@dataclass(slots=True)
class _Undoing:
    """Takes out what was inserted; a paragraph whose end was inserted goes on in the next one."""

    inserted: set[str]
    _open: set[str] = field(default_factory=set)
    _goes_on: etree._Element | None = None

    def walk(self, element: etree._Element) -> None:
        """Take insertions out of the children of *element*."""
        for child in list(element):
            key = child.get(TEXT + "change-id") or ""
            if child.tag == TEXT + "change-start" and key in self.inserted:
                self._open.add(key)
            elif child.tag == TEXT + "change-end":
                self._open.discard(key)
            elif child.tag in _WRAPPERS:
                if self._open and child.text:
                    child.text = None
                self.walk(child)
                if child.tag in _PARAGRAPHS:
                    self._end(child)
            elif self._open and child.tag != TEXT + "tracked-changes":
                self._take_out(element, child)
                continue
            if self._open:
                child.tail = None

    def _end(self, paragraph: etree._Element) -> None:
        before, self._goes_on = self._goes_on, None
        if before is not None and before.getparent() is paragraph.getparent() is not None:
            _append(before, paragraph.text, list(paragraph))
            parent = paragraph.getparent()
            if parent is not None:
                parent.remove(paragraph)
            paragraph = before
        if self._open:
            self._goes_on = paragraph

    @staticmethod
    def _take_out(parent: etree._Element, child: etree._Element) -> None:
        child.tail = None
        parent.remove(child)
