"""The spaCy pipeline: blank English with the vocabulary's normal forms, blocks to tokens, tokens to sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tenderkit.document import Kind
from tenderkit.spelling import Folded, Inflections, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spacy.tokens import Doc

    from tenderkit.document import Block, Document

SILENT_KINDS = frozenset({Kind.RUNNING, Kind.CONTENTS, Kind.CODE, Kind.NOTICE})  # never evidence

_BOUNDARY = re.compile(
    r"""
      (?<=[.!?])["')\]]*\s+(?=["'(\[]*[A-Z0-9])         # an ordinary full stop
    | (?<=[a-z]{3}\.)(?=[A-Z][a-z]+\s)                   # a stop whose space was lost
    | (?<=[.!?;:,])\s+(?=[•▪●◦■*–-]\s)                   # a bullet inside running text
    | (?<=;)\s+(?=(?:and\s|or\s)?\(?(?:[a-z]|[ivx]+|\d+)[.)]\s)  # "…; (b) …"
    """,
    re.VERBOSE,
)
_ABBREVIATION = re.compile(  # "etc." and "Ltd." are none: before a capital they end a sentence more often than not
    r"""(?:^|[\s(])(?:
        e\.g|i\.e|cf|viz|approx|incl|excl|est|vs?|mr|mrs|ms|dr|prof|cllr|rev|st|u\.k|u\.s|u\.s\.c|c\.f\.r|[a-z]
    )\.$""",
    re.VERBOSE | re.IGNORECASE,
)
_BEFORE_A_NUMBER = re.compile(  # "No. 4", "para. 2"; but "The answer is no. We will not."
    r"(?:^|[\s(])(?:nos?|paras?|sec|ss?|art|regs?|sch|figs?|vol|pp?|ch|cl|max|min|ref|tel|ext)\.$", re.IGNORECASE
)
_LIST_NUMBER = re.compile(r"^\s*\(?(?:\d+(?:\.\d+)*|[a-zA-Z]|[ivxIVX]+)[.)]$")
_CELL_IS_A_SENTENCE = 9  # words; a table cell this long speaks for itself


@dataclass(frozen=True, slots=True)
class Sentence:
    """
    One sentence, with its tokens.

    Attributes:
        block: The block it stands in.
        start: Offset of its first character in `Document.text`.
        end: Offset just past its last character.
        text: `Document.text[start:end]`, as the author wrote it.
        first: Its first token in `tokens.doc`.
        last: The token just past its last one.
        tokens: The tokenised block.
    """

    block: Block
    start: int
    end: int
    text: str
    first: int
    last: int
    tokens: TokenisedBlock

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the half-open character span in `Document.text` of tokens *first* up to *last*."""
        return self.tokens.span(first, last)

    def token_at(self, position: int) -> int:
        """Return the token that holds a character of `Document.text`."""
        return max((i for i in range(self.first, self.last) if self.span(i, i + 1)[0] <= position), default=self.first)

    def words(self, first: int, last: int) -> list[str]:
        """Return tokens *first* up to *last* in lower case."""
        return [self.tokens.doc[i].lower_ for i in range(first, last)]


@dataclass(frozen=True, slots=True)
class TokenisedBlock:
    """A block's tidied text as spaCy tokens, and the way back to the characters of the document."""

    block: Block
    folded: Folded
    doc: Doc

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the half-open character span in `Document.text` of tokens *first* up to *last*."""
        begin = self.folded.origin(self.doc[first].idx)
        final = self.doc[last - 1]
        end = self.folded.origin(final.idx + len(final) - 1) + 1
        return self.block.start + begin, self.block.start + end

    def norms(self) -> list[int]:
        """Return the tokens' normal forms, as spaCy's hashes."""
        return [int(norm) for norm in self.doc.to_array("NORM").tolist()]

    def sentences(self) -> Iterator[Sentence]:
        """Yield the block's sentences in order; a heading or a table row of short cells is one sentence."""
        text = self.folded.text
        tokens = self.doc.to_array("IDX").tolist()
        first = 0
        for end in [*_boundaries(text, self.block), len(text)]:
            last = first
            while last < len(tokens) and tokens[last] < end:
                last += 1
            begin, final = first, last
            while begin < final and self.doc[begin].is_space:
                begin += 1
            while final > begin and self.doc[final - 1].is_space:
                final -= 1
            if begin < final:
                start, stop = self.span(begin, final)
                offset = self.block.start
                quote = self.block.text[start - offset : stop - offset]
                yield Sentence(self.block, start, stop, quote, begin, final, self)
            first = last


def sentence_spans(block: Block) -> Iterator[tuple[int, int]]:
    """
    Yield the half-open spans of a block's sentences in its own text, as written; this needs no tokens.

    >>> from tenderkit.document import passage
    >>> (block,) = passage("We test. Dr. Poe reads e.g. reports.").blocks
    >>> [block.text[start:end] for start, end in sentence_spans(block)]
    ['We test. ', 'Dr. Poe reads e.g. reports.']
    """
    begin = 0
    for end in [*_boundaries(block.text, block), len(block.text)]:
        if begin < end:
            yield begin, end
        begin = end


def _boundaries(text: str, block: Block) -> list[int]:
    """Return the positions at which a new sentence begins, without the first."""
    if block.kind is Kind.HEADING:
        return []
    found = []
    if block.kind is Kind.TABLE_ROW:
        cells = text.split("\t")
        if block.echo or any(len(cell.split()) >= _CELL_IS_A_SENTENCE for cell in cells):
            position = 0
            for cell in cells[:-1]:
                position += len(cell) + 1
                found.append(position)
    begin = 0
    for boundary in _BOUNDARY.finditer(text):
        before = text[begin : boundary.start()]
        if text[boundary.start() - 1] == "." and _is_no_stop(before, text[boundary.end()]):
            continue
        found.append(boundary.end())
        begin = boundary.end()
    return sorted(set(found))


def _is_no_stop(before: str, following: str) -> bool:
    """Return True where the full stop at the end of *before* belongs to an abbreviation or a list number."""
    if _ABBREVIATION.search(before) or _LIST_NUMBER.match(before):
        return True
    return following.isdigit() and _BEFORE_A_NUMBER.search(before) is not None


class Language:
    """
    Blank English whose tokens carry the vocabulary's normal forms.

    The normal form is computed once a distinct word (as the lexeme's NORM), not once a token.

    Args:
        words: Every word of the vocabulary and its cues, or the inflections that were made of them.

    >>> language = Language(["organisation", "share", "data"])
    >>> [token.norm_ for token in language.tokenise("Sharing DATA in organizations.")]
    ['share', 'data', 'in', 'organisation', '.']
    """

    def __init__(self, words: Iterable[str] | Inflections) -> None:
        from spacy.attrs import IS_STOP, LIKE_EMAIL, LIKE_URL, NORM, PREFIX, SUFFIX
        from spacy.lang.en import English

        self.inflections = words if isinstance(words, Inflections) else Inflections(words)
        self.nlp = English()
        getters: dict[int, Any] = self.nlp.vocab.lex_attr_getters  # type: ignore[attr-defined]  # spaCy's stub lacks it
        getters[NORM] = self.inflections.norm
        for unused in (IS_STOP, LIKE_EMAIL, LIKE_URL, PREFIX, SUFFIX):  # a third of what a new word costs
            getters.pop(unused, None)
        self._exceptions = frozenset(self.nlp.tokenizer.rules)  # type: ignore[union-attr]  # as above
        for lexeme in self.nlp.vocab:
            lexeme.norm_ = self.inflections.norm(lexeme.text)

    def tokenise(self, text: str) -> Doc:
        """Return the tokens of a tidied text."""
        return self.nlp.tokenizer(text)

    def words(self, text: str) -> list[str]:
        """Return the texts of a phrase's tokens; the same as `tokenise`, without the work for plain words."""
        if text.isascii() and text.isalpha() and text not in self._exceptions:
            return [text]
        return [token.text for token in self.tokenise(self.fold(f" {text} ").text.strip())]

    def fold(self, text: str) -> Folded:
        """Tidy a text's characters; see `spelling.fold`."""
        return fold(text, self.inflections.__contains__)

    def block(self, block: Block, folded: Folded | None = None) -> TokenisedBlock:
        """Tokenise one block; *folded* is its text, where it was tidied already."""
        folded = self.fold(block.text) if folded is None else folded
        return TokenisedBlock(block, folded, self.tokenise(folded.text))

    def blocks(self, document: Document, folded: Mapping[int, Folded] | None = None) -> Iterator[TokenisedBlock]:
        """
        Tokenise a document block by block, without the kinds that are never evidence.

        Args:
            document: As read.
            folded: The tidied text of blocks, by the offset at which they start, where it is known.
        """
        known = folded or {}
        for block in document.blocks:
            if block.kind not in SILENT_KINDS:
                yield self.block(block, known.get(block.start))
