r"""
RTF: text, tables, lists, headings and notes; hidden and deleted text is told apart.

The libraries there are give flat text with what is marked as hidden in it and without the footnotes, so the control
words that matter are read here. Pictures and drawings are not.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from tenderkit.document import DocumentBuilder, Hidden, Kind, Unread, View
from tenderkit.readers import marks
from tenderkit.readers.colours import alike
from tenderkit.readers.rows import add_row

if TYPE_CHECKING:
    from tenderkit.readers.limits import Limits

# A control word with its number; a byte in hex; a control symbol; a brace; text. Line breaks mean nothing.
_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_TITLE = re.compile(r"title;?\s*$", re.IGNORECASE)
_SAID = {
    "tab": " ", "line": " ", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ", "~": "\xa0", "_": "-",
    "{": "{", "}": "}", "\\": "\\", "\t": " ",
}  # fmt: skip
_SILENT = frozenset(  # groups whose text is no text of the document, beside all that begin with \*
    [
        "info", "pict", "fldinst", "pntext", "listtext", "objdata", "nonesttables", "annotation", "atnid", "atnauthor",
        "xe", "tc", "filetbl", "revtbl", "sp", "shprslt", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "template",
        "private", "themedata", "mmath", "do", "bkmkstart", "bkmkend", "txe", "rxe", "objclass", "objname",
    ]
)  # fmt: skip
_HEARD = frozenset({"shpinst", "footnote", "shptxt", "fldrslt"})  # with \* or without
_ASIDE = {"footnote": Kind.FOOTNOTE, "shptxt": Kind.PARAGRAPH} | dict.fromkeys(
    ("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"), Kind.RUNNING
)
_CHARSETS = {
    128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255",
    178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_MAC_PAGES = {10000: "mac_roman", 10006: "mac_greek", 10007: "mac_cyrillic", 10029: "mac_latin2", 10081: "mac_turkish"}
_TINY = 4  # half points
_WHITE = "ffffff"


@dataclass(frozen=True, slots=True)
class _Look:
    """How text is set at one place; a group gives back what was set before it."""

    silent: bool = False
    table: str = ""  # of fonts, colours or styles, when in one
    vanished: bool = False
    added: bool = False
    deleted: bool = False
    size: int = 24
    colour: int = 0
    ground: int = 0
    font: int = -1
    skip: int = 1  # characters that stand in for one in Unicode


@dataclass(slots=True)
class _Paragraph:
    """What has been gathered since the last paragraph mark."""

    runs: list[tuple[str, str]] = field(default_factory=list)  # text, and how it is hidden
    listed: bool = False


@dataclass(slots=True)
class _Reader:
    """Walks through the file once."""

    builder: DocumentBuilder
    limits: Limits
    view: View
    look: _Look = _Look()
    stack: list[_Look] = field(default_factory=list)
    paragraph: _Paragraph = field(default_factory=_Paragraph)
    # Notes, headers and text boxes interrupt a paragraph: depth, what was interrupted, and what the group holds.
    aside: list[tuple[int, _Paragraph, Kind, DocumentBuilder]] = field(default_factory=list)
    later: list[DocumentBuilder] = field(default_factory=list)
    cells: list[DocumentBuilder] = field(default_factory=list)
    cell: DocumentBuilder | None = None
    fonts: dict[int, str] = field(default_factory=dict)
    colours: list[str] = field(default_factory=list)
    mix: dict[str, int] = field(default_factory=dict)
    levels: dict[int, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    page: str = "cp1252"
    raw: bytearray = field(default_factory=bytearray)
    pending: int = 0
    style: int = 0
    outline: int = 0
    listed: bool = False
    in_table: bool = False
    shaded: bool = False  # this paragraph
    shaded_row: bool = False
    painted: bool = False  # the whole page
    changed: bool = False
    starred: bool = False
    embedded: int = 0
    named: int = 0

    def walk(self, data: bytes) -> None:
        text = data.decode("latin-1")
        at = 0
        while match := _TOKEN.match(text, at):
            at = match.end()
            word, number, byte, symbol, brace, plain = match.groups()
            if byte is None:
                self._decode()
            if word is not None:
                if word == "bin":
                    at += max(0, int(number or 0))
                self._word(word, None if number is None else int(number))
            elif byte is not None:
                if self.pending:
                    self.pending -= 1
                elif not self.look.silent:
                    self.raw.append(int(byte, 16))
            elif brace is not None:
                self.pending, self.starred = 0, False
                if not self._brace(brace):
                    break
            elif symbol is not None:
                self._symbol(symbol)
            elif plain is not None:
                self._plain(plain)
        self._decode()
        if self.stack:
            self.builder.unread.append(Unread(None, "its end is missing; save it again and send it"))
        while self.aside:
            self._close_aside()
        self._end_paragraph()
        self._end_row()
        self._add_later(self.builder)

    def _brace(self, brace: str) -> bool:
        """Go into a group or out of it; tell whether the document goes on."""
        if brace == "{":
            if len(self.stack) >= self.limits.xml_depth:
                raise self.limits.exceeded("xml_depth", "its groups are nested too deep")
            self.stack.append(self.look)
            return True
        if self.aside and self.aside[-1][0] == len(self.stack):
            self._close_aside()
        if self.stack:
            self.look = self.stack.pop()
        return bool(self.stack)

    def _close_aside(self) -> None:
        self._end_paragraph()
        _, interrupted, kind, holder = self.aside.pop()
        self.paragraph = interrupted
        if kind is Kind.RUNNING and not self.aside:
            _copy(holder, self.builder, kind)
        else:
            self.later.append(holder)

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":
            self.starred = True
        elif symbol in "\r\n":
            self._end_paragraph()
        elif symbol in _SAID:
            self._say(_SAID[symbol])

    def _plain(self, text: str) -> None:
        if self.pending:
            text, self.pending = text[self.pending :], max(0, self.pending - len(text))
        if self.look.table == "styles":
            self._name_style(text)
        elif self.look.table == "colours":
            for _ in range(min(text.count(";"), 1_000)):
                mixed = "".join(f"{self.mix.get(part, 0) & 255:02x}" for part in _PARTS)
                self.colours.append(mixed if self.mix else "")
                self.mix.clear()
        elif self.look.table != "fonts":
            self._say(text.encode("latin-1").decode(self.page, "replace") if not text.isascii() else text)

    def _name_style(self, text: str) -> None:
        self.names[self.named] = name = self.names.get(self.named, "") + text
        if found := _HEADING.match(name):
            self.levels.setdefault(self.named, int(found[1]))
        elif _TITLE.match(name):
            self.levels.setdefault(self.named, 1)

    def _decode(self) -> None:
        """Say what bytes in hex mean in the alphabet of their font."""
        if self.raw:
            said = bytes(self.raw).decode(self.fonts.get(self.look.font, self.page), "replace")
            self.raw.clear()
            self._say(said)

    def _say(self, text: str) -> None:
        look = self.look
        if look.silent or look.table:
            return
        self.changed = self.changed or look.added or look.deleted
        if look.deleted if self.view is View.FINAL else look.added:
            return
        self.paragraph.runs.append((text, self._how_hidden()))

    def _how_hidden(self) -> str:
        look = self.look
        if look.vanished:
            return "RTF hidden text"
        if look.size < _TINY:
            return "text under 2 pt"
        in_box = any(kind is Kind.PARAGRAPH for _, _, kind, _ in self.aside)
        unknown = self.shaded or self.shaded_row or self.painted or in_box
        ground = self._colour(look.ground) or ("" if unknown else _WHITE)
        return "text in the colour behind it" if alike(self._colour(look.colour), ground) else ""

    def _colour(self, number: int) -> str:
        return self.colours[number] if 0 < number < len(self.colours) else ""

    def _word(self, word: str, number: int | None) -> None:
        starred, self.starred = self.starred, False
        if self.look.silent:
            return
        if (starred and word not in _HEARD) or word in _SILENT:
            self.embedded += word == "objdata"
            self.painted = self.painted or word == "background"
            self.listed = self.listed or word in ("pntext", "listtext", "pn")
            self.look = replace(self.look, silent=True)
        elif word in _TABLES:
            self.look = replace(self.look, table=_TABLES[word])
        elif word in _ASIDE:
            if _ASIDE[word] is Kind.RUNNING and self.aside:
                self.look = replace(self.look, silent=True)
                return
            self.aside.append((len(self.stack), self.paragraph, _ASIDE[word], DocumentBuilder(most=self.builder.most)))
            self.paragraph = _Paragraph()
        elif word in _LOOKS:
            self._set(word, number)
        elif word in _SAID:
            self._say(_SAID[word])
        elif word == "u":
            value = (number or 0) % 0x10000
            self._say(chr(value) if not 0xD800 <= value < 0xE000 else "")
            self.pending = self.look.skip
        elif self.look.table:
            self._in_table_of(word, number or 0)
        else:
            self._layout(word, number)

    def _set(self, word: str, number: int | None) -> None:
        name, default = _LOOKS[word]
        value = default if number is None else number
        changes: dict[str, Any] = {name: bool(value) if isinstance(default, bool) else value}
        self.look = replace(self.look, **changes)

    def _in_table_of(self, word: str, number: int) -> None:
        """Take in a word of the tables of fonts, colours and styles."""
        if word == "fcharset" and number in _CHARSETS:
            self.fonts[self.look.font] = _CHARSETS[number]
        elif word in _PARTS:
            self.mix[word] = number
        elif word == "s":
            self.named = number
        elif word == "outlinelevel" and 0 <= number < 9:
            self.levels[self.named] = number + 1
        elif word in ("cs", "ds", "ts"):
            self.named = -1

    def _layout(self, word: str, number: int | None) -> None:
        """Take in a word on paragraphs and tables, or on the whole document."""
        if word in ("par", "sect", "page", "column"):
            self._end_paragraph()
        elif word == "plain":
            self.look = replace(self.look, vanished=False, size=24, colour=0, ground=0)
        elif word == "pard":
            self.style = self.outline = 0
            self.listed = self.in_table = self.shaded = False
        elif word == "intbl":
            self.in_table = True
        elif word in ("cell", "nestcell"):
            self._end_paragraph(in_cell=True)
            if word == "cell":
                self.cells.append(self.cell or DocumentBuilder())
                self.cell = None
        elif word == "row":
            self._end_row()
        elif word in ("cbpat", "cfpat", "shading"):
            self.shaded = True
        elif word in ("clcbpat", "clcfpat", "clshdng", "trcbpat", "trcfpat", "trshdng"):
            self.shaded_row = True
        elif word == "trowd":
            self.shaded_row = False
        elif word == "s":
            self.style = number or 0
        elif word == "outlinelevel" and number is not None and 0 <= number < 9:
            self.outline = number + 1
        elif word in ("ls", "ilvl"):
            self.listed = True
        elif word == "ansicpg" and number:
            self.page = _code_page(number) or self.page

    def _end_paragraph(self, *, in_cell: bool = False) -> None:
        runs, self.paragraph = self.paragraph.runs, _Paragraph()
        shown = "".join([text for text, how in runs if not how])
        for how in dict.fromkeys(how for _, how in runs if how):
            quote = " ".join("".join([text for text, each in runs if each == how]).split())
            if quote:
                self.builder.hidden.append(Hidden(None, quote[: self.limits.quote], how))
        if self.aside:
            _, _, kind, holder = self.aside[-1]
            holder.add(kind, shown)
            return
        target = self.builder
        if in_cell or self.in_table:
            self.cell = target = self.cell or DocumentBuilder(most=self.builder.most)
        else:
            self._end_row()
        level = self.outline or self.levels.get(self.style, 0)
        marker = marks.split_marker(" ".join(shown.split()))
        if level:
            target.add(Kind.HEADING, shown, level=level)
        elif self.listed or marker.sort in ("bullet", "number"):
            target.add(Kind.LIST_ITEM, marker.rest if marker.sort != "clause" else shown, level=1)
        else:
            target.add(Kind.PARAGRAPH, shown)
        self.listed = False
        self._add_later(target)

    def _end_row(self) -> None:
        if self.cell is not None:
            self.cells.append(self.cell)
        cells, self.cells, self.cell = self.cells, [], None
        if cells:
            add_row(self.builder, cells)
            self._add_later(self.builder)

    def _add_later(self, target: DocumentBuilder) -> None:
        """Add the notes and boxes of a paragraph behind it."""
        if target is self.builder:
            for holder in self.later:
                _copy(holder, target)
            self.later.clear()


_PARTS = ("red", "green", "blue")
_TABLES = {"fonttbl": "fonts", "colortbl": "colours", "stylesheet": "styles"}
_LOOKS: dict[str, tuple[str, bool | int]] = {  # a word, what it sets, and to what where it says no number
    "v": ("vanished", True), "revised": ("added", True), "deleted": ("deleted", True), "fs": ("size", 24),
    "cf": ("colour", 0), "cb": ("ground", 0), "chcbpat": ("ground", 0), "highlight": ("ground", 0), "f": ("font", 0),
    "uc": ("skip", 1),
}  # fmt: skip


def _code_page(number: int) -> str:
    """
    Return the name of a code page; an empty text for one that is not known, whose text is read as Windows' own.

    >>> _code_page(1252), _code_page(10000), _code_page(9999)
    ('cp1252', 'mac-roman', '')
    """
    name = _MAC_PAGES.get(number, f"cp{number}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def _copy(source: DocumentBuilder, target: DocumentBuilder, kind: Kind | None = None) -> None:
    for block in source.blocks:
        target.add(kind or block.kind, block.text, level=block.level)


def fill(data: bytes, builder: DocumentBuilder, limits: Limits, view: View = View.FINAL) -> None:
    """Add the paragraphs and tables of an RTF file to *builder*; tracked changes are read in the *view*."""
    reader = _Reader(builder, limits, view)
    reader.walk(data)
    if reader.changed:
        builder.read_as(view)
    for _ in range(reader.embedded):
        builder.unread.append(
            Unread(None, "a document embedded in it; open it in Word and save it as a file of its own")
        )
