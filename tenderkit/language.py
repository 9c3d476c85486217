"""The spaCy pipeline: blank English with the vocabulary's normal forms, blocks to tokens, tokens to sentences."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tenderkit.document import SILENT_KINDS, Kind
from tenderkit.spelling import Folded, Inflections, fold
from tenderkit.tokens import Tokeniser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from spacy.tokens import Doc

    from tenderkit.document import Block, Document
    from tenderkit.tokens import Tokens

_BOUNDARY = re.compile(
    r"""
      (?<=[.!?])["')\]]*\s+(?=["'(\[]*[A-Z0-9])         # an ordinary full stop
    | (?<=[a-z]{3}\.)(?=[A-Z][a-z]+\s)                   # a stop whose space was lost
    | (?<=[.!?;:,])\s+(?=[•▪●◦■*–-]\s)                   # a bullet inside running text
    | (?<=;)\s+(?=(?:and\s|or\s)?\(?(?:[a-z]|[ivx]+|\d+)[.)]\s)  # "…; (b) …"
    """,
    re.VERBOSE,
)
_MARK = re.compile(r"[.!?;:,]")  # behind one of these, and only there, a boundary may begin
_ABBREVIATION = re.compile(  # "etc." and "Ltd." are none: before a capital they end a sentence more often than not
    r"""(?:^|[\s(])(?:
        e\.g|i\.e|cf|viz|approx|incl|excl|est|vs?|mr|mrs|ms|dr|prof|cllr|rev|st|u\.k|u\.s|u\.s\.c|c\.f\.r|[a-z]
    )\.$""",
    re.VERBOSE | re.IGNORECASE,
)
_BEFORE_A_NUMBER = re.compile(  # "No. 4", "para. 2"; but "The answer is no. We will not."
    r"(?:^|[\s(])(?:nos?|paras?|sec|ss?|art|regs?|sch|figs?|vol|pp?|ch|cl|max|min|refs?|reqs?|tel|ext)\.$",
    re.IGNORECASE,
)
_MOST_OF_AN_ABBREVIATION = 16  # characters, and more than any of them has with what stands before it
_LIST_NUMBER = re.compile(r"\s*\(?(?:\d+(?:\.\d+)*|[a-zA-Z]|[ivxIVX]+)[.)]")
_CELL_IS_A_SENTENCE = 9  # words; a table cell this long speaks for itself


@dataclass(frozen=True)  # without slots, for what is worked out when it is first asked for
class Sentence:
    """
    One sentence, with its tokens.

    Attributes:
        block: The block it stands in.
        start: Offset of its first character in `Document.text`.
        end: Offset just past its last character.
        text: `Document.text[start:end]`, as the author wrote it.
        first: Its first token in `tokens.texts`.
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
        tokens = range(self.first, self.last)
        behind = bisect_right(tokens, position, key=lambda i: self.span(i, i + 1)[0])
        return tokens[max(behind - 1, 0)]

    def words(self, first: int, last: int) -> list[str]:
        """Return tokens *first* up to *last* in lower case."""
        return [text.lower() for text in self.tokens.texts[first:last]]

    @cached_property
    def said(self) -> list[str]:
        """Its words as cues see them: in lower case, contractions undone."""
        return without_contractions(self.words(self.first, self.last))


@dataclass(frozen=True)  # without slots, as above
class TokenisedBlock:
    """
    A block's tidied text as tokens, and the way back to the characters of the document.

    Attributes:
        block: As read.
        folded: Its tidied text.
        texts: The tokens, as they stand in the tidied text.
        norms: Their normal forms, as spaCy's hashes.
        starts: Where each begins in the tidied text.
        tokenise: Makes spaCy's own tokens of a text.
    """

    block: Block
    folded: Folded
    texts: list[str]
    norms: list[int]
    starts: list[int]
    tokenise: Callable[[str], Doc]

    @cached_property
    def doc(self) -> Doc:
        """The same tokens as spaCy keeps them, for its token patterns."""
        return self.tokenise(self.folded.text)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return the half-open character span in `Document.text` of tokens *first* up to *last*."""
        offset, origin = self.block.start, self.folded.origin
        final = last - 1
        return offset + origin(self.starts[first]), offset + origin(self.starts[final] + len(self.texts[final]) - 1) + 1

    def sentences(self) -> tuple[Sentence, ...]:
        """Return the block's sentences in order; a heading or a table row of short cells is one sentence."""
        return self._sentences

    @cached_property
    def _sentences(self) -> tuple[Sentence, ...]:
        text, texts = self.folded.text, self.texts
        offset = self.block.start
        found = []
        first = 0
        for end in [*_boundaries(text, self.block), len(text)]:
            last = bisect_left(self.starts, end, first)
            begin, final = first, last
            while begin < final and texts[begin].isspace():
                begin += 1
            while final > begin and texts[final - 1].isspace():
                final -= 1
            if begin < final:
                start, stop = self.span(begin, final)
                quote = self.block.text[start - offset : stop - offset]
                found.append(Sentence(self.block, start, stop, quote, begin, final, self))
            first = last
        return tuple(found)


_CONTRACTIONS = {
    "n't": "not",
    "'ll": "will",
    "'ve": "have",
    "'re": "are",
    "'m": "am",
    "ca": "can",
    "wo": "will",
    "sha": "shall",
}


def without_contractions(words: list[str]) -> list[str]:
    """
    Return lower-case words with contractions undone; "ca" and "wo" only before "n't".

    >>> without_contractions(["we", "wo", "n't"]), without_contractions(["sha", "tin"])
    (['we', 'will', 'not'], ['sha', 'tin'])
    """
    if _CONTRACTIONS.keys().isdisjoint(words):  # as nearly always
        return words
    words = words[:]
    for i, word in enumerate(words):
        if word in _CONTRACTIONS and (word[0] in "n'" or words[i + 1 : i + 2] in (["n't"], ["not"])):
            words[i] = _CONTRACTIONS[word]
    return words


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
    for mark in _MARK.finditer(text):
        boundary = _BOUNDARY.match(text, mark.end()) if mark.end() > begin else None
        if boundary is None:
            continue
        if text[boundary.start() - 1] == "." and _is_no_stop(text, begin, boundary):
            continue
        found.append(boundary.end())
        begin = boundary.end()
    return sorted(set(found))


def _is_no_stop(text: str, begin: int, boundary: re.Match[str]) -> bool:
    """Return True where the full stop before a boundary belongs to an abbreviation or a list number."""
    stop = boundary.start()
    before = text[max(begin, stop - _MOST_OF_AN_ABBREVIATION) : stop]
    if _ABBREVIATION.search(before) or _LIST_NUMBER.fullmatch(text, begin, stop):
        return True
    return text[boundary.end()].isdigit() and _BEFORE_A_NUMBER.search(before) is not None


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
        for lexeme in self.nlp.vocab:
            lexeme.norm_ = self.inflections.norm(lexeme.text)
        exceptions = frozenset(self.nlp.tokenizer.rules)  # type: ignore[union-attr]  # as above
        self._tokeniser = Tokeniser(self.nlp.tokenizer, self.hashed, exceptions)

    def hashed(self, word: str) -> int:
        """Return the normal form of a word, as spaCy's hash."""
        return int(self.nlp.vocab.strings.add(self.inflections.norm(word)))

    def tokenise(self, text: str) -> Doc:
        """Return the tokens of a tidied text."""
        return self.nlp.tokenizer(text)

    def tokens(self, text: str) -> Tokens:
        """Return the same tokens as lists, in a fraction of the time."""
        return self._tokeniser.tokens(text)

    def words(self, text: str) -> list[str]:
        """Return the texts of a phrase's tokens; the same as `tokenise`, without the work for plain words."""
        if self._tokeniser.is_one(text):
            return [text]
        return [token.text for token in self.tokenise(self.fold(f" {text} ").text.strip())]

    def fold(self, text: str) -> Folded:
        """Tidy a text's characters; see `spelling.fold`."""
        return fold(text, self.inflections.__contains__)

    def block(self, block: Block, folded: Folded | None = None) -> TokenisedBlock:
        """Tokenise one block; *folded* is its text, where it was tidied already."""
        folded = self.fold(block.text) if folded is None else folded
        tokens = self.tokens(folded.text)
        return TokenisedBlock(block, folded, tokens.texts, tokens.norms, tokens.starts, self.tokenise)

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
