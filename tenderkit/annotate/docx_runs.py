"""Runs of a Word paragraph parted at exact characters, so that a comment can begin and end there."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from tenderkit.readers.docx_theme import W

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_TEXTS = frozenset({W + "t", W + "delText"})
_AROUND = frozenset(
    W + name
    for name in ["p", "hyperlink", "ins", "del", "moveFrom", "moveTo", "fldSimple", "smartTag", "customXml",
                 "sdt", "sdtContent", "dir", "bdo"]
)  # fmt: skip
_BLOCKS = frozenset(W + name for name in ["document", "body", "tbl", "tr", "tc", "sdt", "sdtContent", "customXml"])
_BOUND = tuple(f"{W}sdtPr/{W}{name}" for name in ("dataBinding", "text"))  # Word fills such a control anew

# A place inside a run: the number of one of its children, and a character in that child's text.
_Cut = tuple[int, int]


def host_of(element: etree._Element) -> etree._Element | None:
    """
    Return the outermost part of a paragraph around *element* that a comment may begin before and end behind.

    It is a run wherever that is possible, and what holds the run where Word takes no comments: a text box, a formula,
    a control that Word fills by itself. None where there is no paragraph around it.
    """
    host, inside = element, False
    for above in reversed([element, *element.iterancestors()]):
        host = above
        if above.tag == W + "p" and not inside:
            inside = True
        elif inside and (above.tag not in _AROUND or any(above.find(path) is not None for path in _BOUND)):
            break
        elif not inside and above.tag not in _BLOCKS:
            return None
    return host if inside and host.tag != W + "p" else None


def is_whole(element: etree._Element, text: str) -> bool:
    """Tell whether *element* is the text of a run that says just that, so that it can be cut."""
    parent = element.getparent()
    plain = element.tag in _TEXTS and not len(element) and element.text == text
    return plain and parent is not None and parent.tag == W + "r" and host_of(element) is parent


@dataclass(slots=True)
class Cutter:
    """
    Gathers where runs are to be parted, and then parts each of them once.

    A run is parted into several that look alike; no text, order or format changes.
    """

    _wanted: dict[etree._Element, set[_Cut]] = field(default_factory=dict)
    _pieces: dict[etree._Element, list[tuple[_Cut, etree._Element]]] = field(default_factory=dict)

    def want(self, text: etree._Element, offset: int) -> None:
        """Have the run of a text parted before this character of it."""
        run = text.getparent()
        if run is not None:
            self._wanted.setdefault(run, set()).add(_cut(run, text, offset))

    def cut(self) -> None:
        """Part all runs."""
        for run, cuts in self._wanted.items():
            edges = {_first(run), (len(run), 0)}
            pieces = [(_first(run), run)]
            for at in sorted(cuts - edges, reverse=True):
                pieces.insert(1, (at, _part(run, at)))
            self._pieces[run] = pieces

    def begins(self, run: etree._Element, cut: _Cut) -> etree._Element:
        """Return the part of *run* that begins at a cut."""
        parts = [part for at, part in self._pieces[run] if at <= cut]
        return parts[-1] if parts else run

    def ends(self, run: etree._Element, cut: _Cut) -> etree._Element:
        """Return the part of *run* that ends at a cut."""
        parts = [part for at, part in self._pieces[run] if at < cut]
        return parts[-1] if parts else run

    def cut_of(self, text: etree._Element, offset: int) -> tuple[etree._Element, _Cut] | None:
        """Return a place as its run and the cut there; to be asked before anything is cut."""
        run = text.getparent()
        return None if run is None else (run, _cut(run, text, offset))


def _first(run: etree._Element) -> _Cut:
    """Return the cut before the first thing that a run shows."""
    return (sum(1 for _ in run.iterchildren(W + "rPr")), 0)


def _cut(run: etree._Element, text: etree._Element, offset: int) -> _Cut:
    number = run.index(text)
    return (number + 1, 0) if offset >= len(text.text or "") else (number, offset)


def _part(run: etree._Element, at: _Cut) -> etree._Element:
    """Move what a run shows from a cut on into a new run behind it, and return that."""
    number, offset = at
    after = etree.Element(run.tag, dict(run.attrib))
    properties = run.find(W + "rPr")
    if properties is not None:
        after.append(deepcopy(properties))
    moved = list(run)[number:]
    if offset:
        text = moved.pop(0)
        said = text.text or ""
        rest = etree.SubElement(after, text.tag, dict(text.attrib))
        text.text, rest.text = said[:offset], said[offset:]
        text.set(_SPACE, "preserve")
        rest.set(_SPACE, "preserve")
    after.extend(moved)
    run.addnext(after)
    return after
