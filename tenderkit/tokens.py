"""A text as spaCy's tokens, where every distinct stretch between two spaces is tokenised once and then remembered."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from spacy.tokens import Doc

_MOST = 200_000  # stretches that are remembered; a document of many pages has some thousands
_ODD_SPACES = re.compile(r"[^\S ]|  |^ | $")
_STRETCH = re.compile(r"\S+|\s+")

_MARKS = frozenset(".,;:()-–—/&'\"%£\t")  # the usual ones, for speed

_Stretch = tuple[list[str], list[int]]  # its tokens, and their normal forms


@lru_cache(maxsize=10_000)
def _is_number(text: str) -> bool:
    from spacy.lang.en.lex_attrs import like_num

    return bool(like_num(text))  # type: ignore[no-untyped-call]  # spaCy's own lacks types


def says_something(token: str) -> bool:
    """
    Tell whether a token is a word or a number, and no mark.

    >>> [says_something(token) for token in ("data", "2,000", "3/4", ",", "•")]
    [True, True, True, False, False]
    """
    return token.isalpha() or (token not in _MARKS and _is_number(token))


class Tokens:
    """
    The tokens of a text, as lists that have one entry for each.

    Attributes:
        texts: As written.
        norms: Their normal forms, as spaCy's hashes.
        starts: Where each begins in the text.
    """

    __slots__ = ("norms", "starts", "texts")

    def __init__(self, stretches: Sequence[_Stretch], begins: Sequence[int]) -> None:
        self.texts = [text for texts, _ in stretches for text in texts]
        self.norms = [norm for _, norms in stretches for norm in norms]
        self.starts: list[int] = []
        for begin, (texts, _) in zip(begins, stretches, strict=True):
            for text in texts:
                self.starts.append(begin)
                begin += len(text)  # noqa: PLW2901 - no space stands between the tokens of a stretch


class Tokeniser(dict[str, _Stretch]):
    """
    Tokenises texts as spaCy does, and asks it only for stretches that it has not seen before.

    spaCy cuts a text at white space before it does anything else, so that a stretch has the same tokens wherever it
    stands (but for ")" and ":" where the words behind begin with "((", which might make a face). It is a dictionary
    of what it has seen, for the sake of speed.

    Args:
        tokenise: spaCy's tokenizer.
        norm: Returns the normal form of a plain word, as a hash.
        exceptions: Words of letters alone that are not one token ("cannot").
    """

    def __init__(self, tokenise: Callable[[str], Doc], norm: Callable[[str], int], exceptions: frozenset[str]) -> None:
        super().__init__()
        self._tokenise = tokenise
        self._norm = norm
        self._exceptions = exceptions

    def is_one(self, text: str) -> bool:
        """Tell whether a text is one token for certain: letters of ASCII alone are, but for the exceptions."""
        return text.isascii() and text.isalpha() and text not in self._exceptions

    def __missing__(self, stretch: str) -> _Stretch:
        if self.is_one(stretch):
            found: _Stretch = ([stretch], [self._norm(stretch)])
        else:
            doc = self._tokenise(stretch)
            found = ([token.text for token in doc], [token.norm for token in doc])
        if len(self) > _MOST:
            self.clear()
        self[stretch] = found
        return found

    def tokens(self, text: str) -> Tokens:
        """Return the tokens of a tidied text; white space is a token where it is more than one space."""
        stretches: list[str] = []
        begins: list[int] = []
        if not _ODD_SPACES.search(text):  # as nearly always
            stretches = text.split(" ") if text else []
            begin = 0
            for stretch in stretches:
                begins.append(begin)
                begin += len(stretch) + 1
            return Tokens([self[stretch] for stretch in stretches], begins)
        for found in _STRETCH.finditer(text):
            begin, piece = found.start(), found.group()
            if begin and piece[0] == " ":  # the space behind a word belongs to it
                begin, piece = begin + 1, piece[1:]
            if piece:
                stretches.append(piece)
                begins.append(begin)
        return Tokens([self[stretch] for stretch in stretches], begins)
