"""Phrases that a rule asks for, in the notation of `tenderkit.phrases`, word by word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.checks.text import Hit, words_of
from tenderkit.occurrences import SequenceTree
from tenderkit.phrases import Gap, PhraseError, variants
from tenderkit.resources import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tenderkit.checks.text import Lines, Text
    from tenderkit.resources import Node


class PhraseSet:
    """
    Phrases to look for in the words of a block.

    >>> from tenderkit.checks.text import Lines
    >>> from tenderkit.document import passage
    >>> (block,) = passage("The Data Protection Act 1998 applies.").blocks
    >>> [*PhraseSet(["data protection act <1> 1998"]).find(Lines(block))]
    [(4, 28)]
    """

    def __init__(
        self, phrases: Iterable[str], lists: Mapping[str, tuple[str, ...]] | None = None, *, exact: bool = False
    ) -> None:
        self._exact = exact
        self._tree: SequenceTree[str, int] = SequenceTree()
        self._heads: set[str] = set()
        for phrase in phrases:
            for variant in variants(phrase, lists or {}):
                sequence: list[str | Gap] = []
                for part in variant:
                    sequence += [part] if isinstance(part, Gap) else [self._form(word.text) for word in words_of(part)]
                if sequence and isinstance(sequence[0], str):
                    self._heads.add(sequence[0])
                    self._tree.add(sequence, 0)

    def _form(self, word: str) -> str:
        return word if self._exact else word.casefold()

    def find(self, lines: Lines) -> Iterator[tuple[int, int]]:
        """Yield the half-open character spans in the block's text, none inside another or over a sentence's end."""
        words = lines.written if self._exact else lines.lowered
        if self._heads.isdisjoint(words):
            return
        spans = sorted(
            (lines.words[first].start, -lines.words[last - 1].end) for first, last, _ in self._tree.find(words)
        )
        end = -1
        for start, negative in spans:
            if -negative > end and -negative <= lines.sentence_at(start)[1]:
                end = -negative
                yield start, end


def read_phrases(node: Node | None, lists: Mapping[str, tuple[str, ...]], *, exact: bool = False) -> PhraseSet | None:
    """Return the phrases that a rule lists, or None where it lists none; what breaks the notation is a mistake."""
    if node is None:
        return None
    good = []
    for item in node.items():
        phrase = item.text()
        names = [part.removesuffix("?")[1:] for word in phrase.split() for part in word.split("|") if part[:1] == "$"]
        unknown = [name for name in names if name not in lists]
        for name in unknown:
            item.wrong(f"The pack has no list '{name}'.{nearest(name, [*lists])} Add it to pack.yml.")
        try:
            if phrase and not unknown:
                variants(phrase, lists)
                good.append(phrase)
        except PhraseError as error:
            item.wrong(str(error))
    return PhraseSet(good, lists, exact=exact)


def read_flag(node: Node | None) -> bool:
    """Return what a rule says to a question of yes or no; no where it says nothing."""
    value = node.plain() if node else False
    if node and not isinstance(value, bool):
        node.wrong("Yes or no is expected here. Write true or false.")
    return value is True


def read_choices(node: Node | None, known: Sequence[str]) -> frozenset[str]:
    """Return the words that a rule lists, each one of *known*."""
    chosen = []
    for item in node.items() if node else ():
        if item.text() in known:
            chosen.append(item.text())
        else:
            item.wrong(f"No '{item.text()}' here.{nearest(item.text(), [*known])} Known: {', '.join(known)}.")
    return frozenset(chosen)


@dataclass(frozen=True, slots=True)
class Company:
    """
    What must stand, or must not stand, beside a hit.

    Attributes:
        near: One of these in the same sentence; None to ask for none.
        unless: None of these in the same sentence.
        anywhere: None of these anywhere in the document.
    """

    near: PhraseSet | None
    unless: PhraseSet | None
    anywhere: PhraseSet | None

    def allows(self, lines: Lines, start: int, end: int) -> bool:
        """Tell whether a span of the block's text counts, by its sentence."""
        first, last = lines.sentence_at(start)

        def beside(phrases: PhraseSet, *, apart: bool) -> bool:
            return any(
                first <= a and b <= last and not (apart and a < end and start < b) for a, b in phrases.find(lines)
            )

        if self.near and not beside(self.near, apart=True):
            return False
        return not (self.unless and beside(self.unless, apart=False))

    def silenced(self, text: Text) -> bool:
        """Tell whether the document says somewhere what makes the rule needless."""
        anywhere = self.anywhere
        return anywhere is not None and any(True for lines in text.lines for _ in anywhere.find(lines))


COMPANY_KEYS = ("near", "unless", "unless-anywhere")


def read_company(part: Mapping[str, Node], lists: Mapping[str, tuple[str, ...]]) -> Company:
    """Return what a rule says of the company of its hits."""
    return Company(*(read_phrases(part.get(key), lists) for key in COMPANY_KEYS))


def found_hit(lines: Lines, start: int, end: int) -> Hit:
    """Return the hit of a span in a block's text."""
    begin = lines.block.start
    return Hit(begin + start, begin + end, (("found", lines.block.text[start:end]),))
