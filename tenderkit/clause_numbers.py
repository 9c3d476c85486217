"""The numbers by which documents count their clauses, and the text behind them."""

from __future__ import annotations

import re

_LABEL = re.compile(  # "R12", "T-04:", "3.1.2", "Q4.", "(a)", "iv)", "4." and a bullet; a bare number needs a mark
    r"""^\s*(?:[•▪●◦■*–-]\s+)?(?:and\s|or\s)?(?P<number>
        (?:question|requirement|req|ref|section|clause|task|deliverable|objective|stage|phase|step|item)
        \.?\s?\d+(?:\.\d+)*[a-z]?
      | [A-Z]{1,6}[-_.]?\d+(?:[-._]\d+)*[a-z]?
      | (?:[A-Z]\.)?\d+(?:\.\d+)+[a-z]?
      | \d+(?=[.):])
      | \([a-z]{1,2}\) | \([ivx]+\) | [a-z](?=[.)]\s) | [ivx]+(?=[.)]\s)
    )\s*[.):–-]*\s+(?=\S)""",
    re.VERBOSE | re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*[•▪●◦■*–-]\s+")
_ITEM_LABEL = re.compile(r"^\s*(?:and\s|or\s)?(?:\(?(?:[a-z]|[ivx]+|\d+)[.)]\s|[•▪●◦■*–-]\s)", re.IGNORECASE)


def split_label(text: str) -> tuple[str, int]:
    """
    Return the number that opens a text, and where the text itself begins.

    >>> split_label("R12 The supplier must"), split_label("(a) test"), split_label("2026 was a good year")
    (('R12', 4), ('(a)', 4), ('', 0))
    """
    found = _LABEL.match(text)
    if found:
        return found["number"].strip(), found.end()
    bullet = _BULLET.match(text)
    return "", bullet.end() if bullet else 0


def is_item(text: str) -> bool:
    """
    Tell whether a text begins as an item of a list does.

    >>> is_item("(b) test it"), is_item("• test it"), is_item("R12 Test it")
    (True, True, False)
    """
    return bool(_ITEM_LABEL.match(text))


def without_bare_label(spans: list[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """Return the spans of sentences; a number that was taken for one ("Task 2.") goes with the next."""
    first = text[slice(*spans[0])].rstrip() if spans else ""
    if len(spans) > 1 and split_label(f"{first} x")[1] >= len(first):
        return [(spans[0][0], spans[1][1]), *spans[2:]]
    return spans
