"""The numbers that Word shows before a paragraph, which stand nowhere in its text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tenderkit.readers.docx_styles import value_of
from tenderkit.readers.docx_theme import W

if TYPE_CHECKING:
    from lxml import etree

    from tenderkit.readers.archive import Archive

_LEVELS = 9
_MOST = 3_000  # a number beyond is shown in digits, whatever its format
_CITED = re.compile(r"%\d\D*%\d|[^\W\d_]{2}")
_ROMAN = [(1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """
    How one level of a list is numbered.

    Attributes:
        sort: Word's name of the format: "decimal", "lowerLetter", "bullet", "none" ...
        shows: What is shown, with "%1" for the number of the first level.
        start: The first number.
        restarts: Whether it begins again beneath a new number of a higher level.
        legal: Whether all numbers in it are shown in digits.
        style: The paragraph style that belongs to it, or nothing.
    """

    sort: str = "decimal"
    shows: str = ""
    start: int = 1
    restarts: bool = True
    legal: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """
    What stands before a paragraph.

    Attributes:
        text: Its number as shown; nothing for a bullet.
        marked: Whether anything stands there.
        cited: Whether people cite it ("4.2", "Question 3"), so that it belongs to the text.
    """

    text: str = ""
    marked: bool = True
    cited: bool = False


@dataclass(slots=True)
class _List:
    """One list of the document: the definition it counts in, and its levels."""

    definition: str
    levels: list[Level]
    starts: dict[int, int] = field(default_factory=dict)  # levels that begin anew when this list is first used


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted."""

    lists: dict[str, _List] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, archive: Archive, part: str | None) -> Numbering:
        """Read the part of the lists, where there is one."""
        numbering = cls()
        root = archive.xml(part) if part else None
        if root is None:
            return numbering
        definitions = {element.get(W + "abstractNumId") or "": element for element in root.iter(W + "abstractNum")}
        by_style = {value_of(element.find(W + "styleLink")): key for key, element in definitions.items()}
        for element in root.iter(W + "num"):
            key = value_of(element.find(W + "abstractNumId"))
            definition = definitions.get(key)
            if definition is None:
                continue
            linked = value_of(definition.find(W + "numStyleLink"))
            if linked and by_style.get(linked, key) != key:
                key = by_style[linked]
                definition = definitions[key]
            numbering.lists[element.get(W + "numId") or ""] = _list(key, definition, element)
        return numbering

    def level_of_style(self, list_id: str, styles: tuple[str, ...]) -> int:
        """Return the level of a list, from 0, that belongs to the first of *styles* that has one."""
        found = self.lists.get(list_id)
        for style in styles if found else ():
            for number, level in enumerate(found.levels if found else ()):
                if level.style == style:
                    return number
        return 0

    def next(self, list_id: str, number: int) -> Label:
        """Count one paragraph of a list on a level, from 0, and return what stands before it."""
        found = self.lists.get(list_id)
        if found is None:
            return Label()
        number = min(number, _LEVELS - 1)
        counts = self._counts.setdefault(found.definition, [None] * _LEVELS)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for each in found.starts:
                counts[each] = None
        before = counts[number]
        counts[number] = found.starts.get(number, found.levels[number].start) if before is None else before + 1
        for deeper in range(number + 1, _LEVELS):
            if found.levels[deeper].restarts:
                counts[deeper] = None
        level = found.levels[number]
        if level.sort == "bullet":
            return Label()  # a picture, where it shows no sign

        def shown(match: re.Match[str]) -> str:
            each = int(match[1]) - 1
            count = counts[each]
            count = found.levels[each].start if count is None else count
            return _written(count, "decimal" if level.legal else found.levels[each].sort)

        text = re.sub(r"%([1-9])", shown, level.shows).strip()
        return Label(text, marked=bool(text), cited=bool(_CITED.search(level.shows)))


def _list(key: str, definition: etree._Element, element: etree._Element) -> _List:
    levels = [Level() for _ in range(_LEVELS)]
    for level in definition.iterfind(W + "lvl"):
        levels[_place(level)] = _level(level)
    made = _List(key, levels)
    for override in element.iterfind(W + "lvlOverride"):
        place = _place(override)
        own = override.find(W + "lvl")
        if own is not None:
            levels[place] = _level(own)
        start = value_of(override.find(W + "startOverride"))
        if start.isdecimal():
            levels[place] = replace(levels[place], start=int(start))
            made.starts[place] = int(start)
    return made


def _level(element: etree._Element) -> Level:
    start = value_of(element.find(W + "start"))
    legal = element.find(W + "isLgl")
    return Level(
        value_of(element.find(W + "numFmt")) or "decimal",
        value_of(element.find(W + "lvlText")),
        int(start) if start.isdecimal() else 0,
        value_of(element.find(W + "lvlRestart")) != "0",
        legal is not None and (legal.get(W + "val") or "1") not in ("0", "false", "off"),
        value_of(element.find(W + "pStyle")),
    )


def _place(element: etree._Element) -> int:
    value = element.get(W + "ilvl") or "0"
    return min(int(value), _LEVELS - 1) if value.isdecimal() else 0


def _written(number: int, sort: str) -> str:
    """
    Write a number in one of Word's formats; those of other scripts become digits.

    >>> [_written(28, sort) for sort in ("decimal", "lowerLetter", "upperRoman", "decimalZero", "none")]
    ['28', 'bb', 'XXVIII', '28', '']
    """
    if sort == "none":
        return ""
    if not 0 < number <= _MOST:
        return str(number)
    if sort == "decimalZero":
        return f"{number:02}"
    written = str(number)
    if sort in ("lowerLetter", "upperLetter"):
        written = "abcdefghijklmnopqrstuvwxyz"[(number - 1) % 26] * ((number - 1) // 26 + 1)
    elif sort in ("lowerRoman", "upperRoman"):
        written, left = "", number
        for amount, sign in _ROMAN:
            written += sign * (left // amount)
            left %= amount
    return written.upper() if sort.startswith("upper") else written
