"""Whether a hyphen at a line's end belongs to the word: the rest of the document knows."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TAIL = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)-?$")
_HEAD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# What ends a word far more often than it follows a hyphen, though some of it is a word by itself.
_ENDING = re.compile(
    r"abl[ey]|ings?|ed|ers?|ments?|[st]ions?|ations?|ness|ful(?:ly)?|less|ly|i?ty|ties|is[mt]s?|[ae]nces?|ship|al(?:ly)?"
    r"|ous|ive(?:ly)?|i[sz]e[sd]?|ate[sd]?"
)


class Words:
    """The words that stand whole in a document; they are gathered only when the first hyphen asks for them."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = texts

    @cached_property
    def known(self) -> frozenset[str]:
        """Every word, in lower case."""
        return frozenset(word for text in self._texts for word in _WORD.findall(text.lower()))

    def join(self, before: str, after: str) -> str:
        """
        Join two lines, of which the first ends in a hyphen or had one taken off.

        The hyphen goes where the word without it stands elsewhere, and stays where the word with it does;
        otherwise it stays only between two words that each stand by themselves elsewhere.

        >>> Words(["they understand and are able"]).join("understand-", "able")
        'understandable'
        >>> words = Words(["information on user-centred design for all"])
        >>> words.join("the infor-", "mation"), words.join("a user-", "centred way"), words.join("care-", "fully")
        ('the information', 'a user-centred way', 'carefully')
        """
        tail, head = _TAIL.search(before), _HEAD.match(after)
        before = before.removesuffix("-")
        if not tail or not head:
            return f"{before}-{after}"
        first, second = tail.group(1).lower(), head.group().lower()
        if first + second in self.known:
            return before + after
        if f"{first}-{second}" in self.known or not second.islower() or after[0].isupper():
            return f"{before}-{after}"
        if _ENDING.fullmatch(second):
            return before + after
        both = first in self.known and second in self.known and min(len(first), len(second)) > 2
        return f"{before}-{after}" if both else before + after
