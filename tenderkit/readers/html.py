"""HTML: headings, lists, tables and paragraphs; navigation and scripts left out, hidden text told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from lxml import etree

from tenderkit.document import Anchor, DocumentBuilder, Hidden, Kind
from tenderkit.readers import marks
from tenderkit.readers.html_kinds import is_left_out, is_navigation, is_running, saved_kind
from tenderkit.readers.html_styles import StyleSheet, has_background, how_hidden
from tenderkit.readers.rows import add_row
from tenderkit.readers.textual import decode

if TYPE_CHECKING:
    from tenderkit.readers.limits import Limits

_LEFT_OUT = frozenset(
    [
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "nav",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "canvas",
        "audio",
        "video",
        "select",
        "datalist",
        "button",
        "meta",
        "link",
        "title",
    ]
)
_BLOCKS = frozenset(
    [
        "html",
        "body",
        "main",
        "article",
        "section",
        "div",
        "p",
        "blockquote",
        "address",
        "aside",
        "details",
        "summary",
        "dialog",
        "dl",
        "dt",
        "dd",
        "figure",
        "fieldset",
        "form",
        "legend",
        "header",
        "footer",
        "hgroup",
        "center",
        "ul",
        "ol",
        "menu",
        "dir",
        "li",
        "pre",
        "figcaption",
        "caption",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "td",
        "th",
        "tr",
        "tbody",
        "thead",
        "tfoot",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_COMMENT = "tenderkit-comment"
LINE = "data-tenderkit-line"  # the attribute by which what made the markup says where it comes from
_STYLE_SHEET = re.compile(rb"<style\b|\bstylesheet\b", re.IGNORECASE)


class Lines(Enum):
    """What is known of the lines of the file."""

    NONE = auto()  # the markup is not the file
    OWN = auto()  # the markup is the file
    MARKED = auto()  # each block names its line


def fill(data: bytes, builder: DocumentBuilder, limits: Limits) -> None:
    """Add the blocks of an HTML page to *builder*."""
    found = _CHARSET.search(data[:4_000])
    text, note = decode(data, found.group(1).decode("ascii") if found else "")
    if note:
        builder.notes.append(note)
    fill_from_markup(text, builder, limits, Lines.OWN)


def fill_from_markup(markup: str, builder: DocumentBuilder, limits: Limits, lines: Lines = Lines.NONE) -> None:
    """
    Add the blocks of HTML *markup* to *builder*.

    >>> from tenderkit.readers.limits import LIMITS
    >>> builder = DocumentBuilder()
    >>> fill_from_markup("<h2>Plan</h2><ul><li>We <b>will</b> test.</ul><script>no</script>", builder, LIMITS)
    >>> [(block.kind.value, block.text) for block in builder.blocks]
    [('heading', 'Plan'), ('list item', 'We will test.')]
    """
    data = markup.encode("utf-8", errors="replace")
    if len(data) > limits.xml_bytes:
        raise limits.exceeded("xml_bytes", f"the page has {len(data):,} bytes")
    parser = etree.HTMLParser(
        encoding="utf-8",
        no_network=True,
        remove_comments=False,
        remove_pis=True,
        huge_tree=True,  # its own bounds cut a page off in silence; ours are below
    )
    root = etree.fromstring(data, parser) if data.strip() else None
    if root is not None:
        if root.xpath(f"boolean(//*[ancestor::*[{limits.xml_depth}]])"):
            raise limits.exceeded("xml_depth", "its elements are nested too deep")
        sheet = StyleSheet(" ".join(style.text or "" for style in root.iter("style")))
        _mark_comments(root, builder)
        flow = _Flow(builder, limits, styled=bool(_STYLE_SHEET.search(data)), sheet=sheet, lines=lines)
        flow.walk(root, _Context())
        flow.flush(_Context())


def _mark_comments(root: etree._Element, builder: DocumentBuilder) -> None:
    """Put in the place of each comment an empty element, so that its words are nowhere taken for text."""
    for before in reversed([*root.itersiblings(etree.Comment, preceding=True)]):
        builder.touch(_keep(before, builder))
    for comment in [*root.iter(etree.Comment)]:
        mark = etree.Element(_COMMENT, key=_keep(comment, builder))
        mark.tail = comment.tail
        comment.getparent().replace(comment, mark)
    for behind in root.itersiblings(etree.Comment):
        _keep(behind, builder)


def _keep(comment: etree._Element, builder: DocumentBuilder) -> str:
    key = str(len(builder.comments))
    builder.comments[key] = (comment.text or "", "")
    return key


@dataclass(frozen=True, slots=True)
class _Context:
    """What surrounds the text that is being read."""

    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    depth: int = 0  # of lists
    bold: bool = False
    verbatim: bool = False
    linked: bool = False  # inside a link to a place on the same page
    sectioned: bool = False  # inside main, article or section: a header here is no running header
    painted: bool = False  # inside something with a background
    line: int | None = None  # of the file, on which it begins


@dataclass(slots=True)
class _Flow:
    """Gathers inline text and hands it to the builder whenever a block ends."""

    builder: DocumentBuilder
    limits: Limits
    styled: bool = False
    sheet: StyleSheet = field(default_factory=StyleSheet)
    lines: Lines = Lines.NONE
    parts: list[str] = field(default_factory=list)
    plain: bool = False  # the gathered text holds something that is not bold
    unlinked: bool = False  # … that is no link into the page
    item_open: bool = False  # the gathered text is the first of its list item
    heading_level: int = 0  # of the last heading that was marked as one

    def walk(self, element: etree._Element, context: _Context) -> None:
        """Read one element, its children and the texts between them."""
        tag = element.tag.lower() if isinstance(element.tag, str) else ""
        if not tag or tag in _LEFT_OUT or is_left_out(element):
            return
        if how := self._hidden(element, context):
            text = " ".join("".join(map(str, element.itertext())).split())
            if text:
                self.builder.hidden.append(Hidden(None, text[: self.limits.quote], how))
            return
        if tag == _COMMENT:
            self.builder.touch(element.get("key") or "")
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "input":
            if (element.get("type") or "").lower() in ("checkbox", "radio"):
                self.parts.append("☒ " if element.get("checked") is not None else "☐ ")
        elif tag == "table":
            self.flush(context)
            self._table(element, context)
        elif tag in _BLOCKS:
            self.flush(context)
            inside = self._inside(element, tag, context)
            if inside.kind is Kind.LIST_ITEM and (tag == "li" or context.kind is not Kind.LIST_ITEM):
                self.item_open = True
            self._children(element, inside)
            self.flush(inside)
            if tag == "li":
                self.item_open = False
        else:
            link = tag == "a" and (element.get("href") or "").startswith("#")
            inside = replace(
                context,
                bold=context.bold or tag in ("b", "strong"),
                linked=context.linked or link,
                painted=context.painted or self._painted(element),
            )
            self._children(element, inside)

    def _children(self, element: etree._Element, context: _Context) -> None:
        self._text(element.text, context)
        for child in element:
            self.walk(child, context)
            self._text(child.tail, context)

    def _text(self, text: str | None, context: _Context) -> None:
        if not text:
            return
        self.parts.append(text if context.verbatim else " ".join(re.split(r"\s+", text)))
        if text.strip():
            self.plain = self.plain or not context.bold
            self.unlinked = self.unlinked or not context.linked

    def _inside(self, element: etree._Element, tag: str, context: _Context) -> _Context:
        """Return the context of a block element's content."""
        inside = replace(
            context,
            painted=context.painted or self._painted(element),
            line=self._line(element, context),
        )
        if context.kind in (Kind.RUNNING, Kind.CONTENTS):
            return inside
        if is_running(element) or is_navigation(element, tag):
            return replace(inside, kind=Kind.RUNNING, level=0)
        if saved := saved_kind(element):
            return replace(inside, kind=saved[0], level=saved[1])
        if tag in _HEADINGS:
            return replace(inside, kind=Kind.HEADING, level=_HEADINGS[tag])
        if tag in ("ul", "ol", "menu", "dir"):
            return replace(inside, depth=context.depth + 1)
        if tag == "li":
            return replace(inside, kind=Kind.LIST_ITEM, level=max(1, context.depth))
        if tag == "pre":
            return replace(inside, kind=Kind.CODE, verbatim=True)
        if tag in ("figcaption", "caption"):
            return replace(inside, kind=Kind.CAPTION)
        if tag in ("main", "article", "section"):
            return replace(inside, sectioned=True)
        if tag in ("header", "footer") and not context.sectioned and element.find(".//h1") is None:
            return replace(inside, kind=Kind.RUNNING)
        return inside

    def flush(self, context: _Context) -> None:
        """End the block that is being gathered; two line breaks in a row end a paragraph too."""
        text, self.parts = "".join(self.parts), []
        bold, linked, first = not self.plain, not self.unlinked, self.item_open
        self.plain = self.unlinked = False
        if not text.strip():
            return
        self.item_open = False
        pieces = [text] if context.verbatim else re.split(r"\n\s*\n", text)
        for piece in pieces:
            self._add(piece.replace("\n", " "), context, bold=bold, linked=linked, first=first)
            first = False

    def _add(self, text: str, context: _Context, *, bold: bool, linked: bool, first: bool) -> None:
        kind, level = context.kind, context.level
        stripped = text.strip()
        if kind is Kind.HEADING:
            self.heading_level = level
        if kind is Kind.LIST_ITEM and linked:
            kind, level = Kind.CONTENTS, 0
        elif kind is Kind.LIST_ITEM and not first:
            kind, level = Kind.PARAGRAPH, 0
        elif kind is Kind.PARAGRAPH and bold and context.depth == 0 and marks.may_be_heading(stripped):
            kind, level = Kind.HEADING, min(6, self.heading_level + 1)
        elif kind is Kind.PARAGRAPH and (marker := marks.split_marker(stripped)).sort == "bullet":
            kind, level, text = Kind.LIST_ITEM, 1, marker.rest
        self.builder.add(kind, text, anchor=Anchor(line=context.line), level=level)

    def _table(self, table: etree._Element, context: _Context) -> None:
        inside = replace(
            context, kind=Kind.PARAGRAPH, level=0, depth=0, painted=context.painted or self._painted(table)
        )
        for child in table.iter("caption", "tr"):
            if next(child.iterancestors("table"), None) is not table:
                continue
            if child.tag == "caption":
                self.walk(child, context)
                continue
            if how := self._hidden(child, context):
                text = " ".join("".join(map(str, child.itertext())).split())
                if text:
                    self.builder.hidden.append(Hidden(None, text[: self.limits.quote], how))
                continue
            row_context = replace(
                inside, painted=inside.painted or self._painted(child), line=self._line(child, inside)
            )
            cells = []
            for cell in child:
                if cell.tag in ("td", "th"):
                    flow = _Flow(DocumentBuilder(), self.limits, self.styled, self.sheet, self.lines)
                    header = replace(row_context, kind=Kind.PARAGRAPH, depth=1)
                    flow.walk(cell, header)
                    self.builder.hidden.extend(flow.builder.hidden)
                    cells.append(flow.builder)
            add_row(self.builder, cells)

    def _line(self, element: etree._Element, context: _Context) -> int | None:
        if self.lines is Lines.OWN:
            return int(element.sourceline or 0) or context.line
        said = element.get(LINE) or "" if self.lines is Lines.MARKED else ""
        return int(said) if said.isdecimal() else context.line

    def _hidden(self, element: etree._Element, context: _Context) -> str:
        """Say how an element is hidden, or nothing."""
        return how_hidden(element, self.sheet.of(element), may_be_painted=context.painted or self.styled)

    def _painted(self, element: etree._Element) -> bool:
        return has_background(element, self.sheet.of(element))
