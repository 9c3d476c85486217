"""
Finds a vocabulary's terms in sentences.

Two stages. One pass over the normal forms of every block walks a tree of all phrases, gaps and all (for token
patterns, of a word that they cannot do without); it scales with the text, not with the terms. Only sentences that
were hit are looked at again: company (`near`), false friends (`unless`). spaCy's PhraseMatcher knows no gaps and
takes several times as long to fill, at every start.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from tenderkit.language import Language
from tenderkit.occurrences import Inside, Phrases, Sequenced, SequenceTree
from tenderkit.phrases import Gap, variants
from tenderkit.spelling import Inflections
from tenderkit.vocabulary import pattern_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from spacy.tokens import Span

    from tenderkit.document import Document
    from tenderkit.language import Sentence, TokenisedBlock
    from tenderkit.phrases import Variant
    from tenderkit.vocabulary import Outcome, Scheme, Term, Theme

_User = tuple[int, int, bool]  # a term's number, its variant's, and whether a token pattern is still to be tried
# Inflections, those in capitals, the tree, and the normal forms of written words.
Kept = tuple["dict[str, str]", "Sequence[str]", "dict[int, bytes]", "dict[str, Sequence[int]]"]


@dataclass(frozen=True, slots=True)
class Match:
    """
    A term found in a sentence.

    Attributes:
        first: Its first token in the sentence's tokenised block.
        last: The token just past its last one.
        start: Offset in `Document.text` of its first character.
        end: Offset just past its last character.
        near: Spans in `Document.text` of the company that the term asked for; empty when it asked for none.
    """

    outcome: Outcome
    theme: Theme
    term: Term
    first: int
    last: int
    start: int
    end: int
    near: tuple[tuple[int, int], ...] = ()

    @property
    def about(self) -> tuple[str, str]:
        """Outcome and theme id."""
        return self.outcome.id, self.theme.id


@dataclass(frozen=True, slots=True)
class Rejection:
    """
    A match that does not count, and why.

    Attributes:
        lacks_company: True where it keeps no company that its term asks for; False for a false friend.
    """

    match: Match
    why: str
    lacks_company: bool = False


@dataclass(frozen=True, slots=True)
class SentenceMatches:
    """
    What was found in one sentence, and what was found and refused.

    Attributes:
        sentence: Where.
        matches: What counts, in reading order.
        rejections: What does not, and why.
        covered: What was found too, but lies in a longer match, or shares its words with one of the same theme.
    """

    sentence: Sentence
    matches: tuple[Match, ...]
    rejections: tuple[Rejection, ...]
    covered: tuple[Match, ...] = ()


def vocabulary_words(scheme: Scheme) -> Iterator[str]:
    """Yield every word that the vocabulary writes, for the normal forms of `Language`."""
    phrases = set(scheme.unless)
    for outcome in scheme.outcomes:
        phrases.update(outcome.unless)
        for theme in outcome.themes:
            phrases.update(theme.unless)
            for term in theme.terms:
                phrases.update(term.phrases, term.near, term.unless)
                for pattern in term.patterns:
                    for token in pattern:
                        yield from (value for value in token.values() if isinstance(value, str) and value.isalpha())
    for phrase in phrases:
        for variant in variants(phrase, scheme.lists):
            yield from (word for word in variant if isinstance(word, str))


@dataclass(frozen=True, slots=True)
class _Entry:
    """A term, and what it belongs to."""

    outcome: Outcome
    theme: Theme
    term: Term
    vetoes: int  # the number of its theme, for the false friends of theme, outcome and vocabulary


class Matcher:
    """
    A vocabulary compiled for matching.

    Args:
        scheme: The vocabulary.
        kept: What `keep` returned for the same vocabulary, or None to work it out.
    """

    def __init__(self, scheme: Scheme, kept: Kept | None = None) -> None:
        self.scheme = scheme
        self.language = Language(vocabulary_words(scheme) if kept is None else Inflections.kept(kept[0], kept[1]))
        self._sequences: dict[str, tuple[Sequenced, ...]] = {}
        self._norms: dict[str, Sequence[int]] = kept[3] if kept else {}
        self._entries: list[_Entry] = []
        self._tree: SequenceTree[int, _User] = SequenceTree(kept[2] if kept else None)
        self._phrases_of: dict[tuple[str, ...], Phrases] = {}
        self._vetoes: list[tuple[str, ...]] = []
        self._vetoes_of: dict[int, Phrases] = {}  # by the number of a theme; this and the next ones fill as needed
        self._unless_of: dict[int, Phrases] = {}  # by the number of a term
        self._near_of: dict[int, Phrases] = {}
        self._token_matchers: dict[int, Callable[..., list[Span]]] = {}
        self._words_of: dict[int, frozenset[int]] = {}
        for outcome in scheme.outcomes:
            for theme in outcome.themes:
                number = len(self._vetoes)
                self._vetoes.append((*theme.unless, *outcome.unless, *scheme.unless))
                self._entries += [_Entry(outcome, theme, term, number) for term in theme.terms]
        if kept is None:
            for number, entry in enumerate(self._entries):
                self._add(number, entry)

    def keep(self) -> Kept:
        """Return, as plain data, what takes longest to make."""
        for word in vocabulary_words(self.scheme):
            self._norms_of(word)
        return *self.language.inflections.plain(), self._tree.packed(), self._norms

    def _add(self, number: int, entry: _Entry) -> None:
        written = (variant for phrase in entry.term.phrases for variant in variants(phrase, self.scheme.lists))
        for i, variant in enumerate(written):
            head = self._norms_of(variant[0])
            if head:
                self._tree.add_later(head[0], partial(self._normal, variant), (number, i, False))
        for pattern in entry.term.patterns:
            for sequence in self._sequence(pattern_word(pattern)):
                self._tree.add(sequence, (number, 0, True))

    def _phrases(self, phrases: tuple[str, ...]) -> Phrases:
        """Return phrases ready to be looked for; made when a sentence first asks for them."""
        if phrases not in self._phrases_of:
            named = ((phrase, sequence) for phrase in phrases for sequence in self._sequence(phrase))
            self._phrases_of[phrases] = Phrases(named)
        return self._phrases_of[phrases]

    def _sequence(self, phrase: str) -> tuple[Sequenced, ...]:
        if phrase not in self._sequences:
            found = (self._normal(variant) for variant in variants(phrase, self.scheme.lists))
            self._sequences[phrase] = tuple(dict.fromkeys(sequence for sequence in found if sequence))
        return self._sequences[phrase]

    def _normal(self, variant: Variant) -> Sequenced:
        """Return a variant in normal forms; a written word may be several tokens ("24/7")."""
        normal: list[int | Gap] = []
        for part in variant:
            if isinstance(part, Gap):
                normal.append(part)
            else:
                normal.extend(self._norms_of(part))
        return tuple(normal)

    def _norms_of(self, word: str | Gap) -> Sequence[int]:
        """Return the normal forms of a written word; none for an address, which no text keeps."""
        if isinstance(word, Gap):
            return ()
        if word not in self._norms:
            norm = self.language.inflections.norm
            tokens = self.language.words(word)
            self._norms[word] = [int(self.language.nlp.vocab.strings.add(norm(token))) for token in tokens]
        return self._norms[word]

    def find(self, document: Document) -> Iterator[SentenceMatches]:
        """Yield, in reading order, every sentence of *document* in which a term was found or refused."""
        for tokens in self.language.blocks(document):
            yield from self.find_in_block(tokens)

    def find_in_block(self, tokens: TokenisedBlock, *, refused: bool = True) -> Iterator[SentenceMatches]:
        """Yield every sentence of one block in which a term was found or refused, or without *refused*, found."""
        norms = tokens.norms
        hits = self._tree.find(norms)
        if not hits:
            return
        checked = []
        i, last = 0, len(hits)
        for sentence in tokens.sentences():
            inside = []
            while i < last and hits[i][0] < sentence.last:  # hits come in the order of their first words
                if sentence.first <= hits[i][0] and hits[i][1] <= sentence.last:
                    inside.append(hits[i])
                i += 1
            if inside:
                found = self._check(sentence, norms[sentence.first : sentence.last], inside, refused=refused)
                if found is not None:
                    checked.append(found)
        yield from _without_brushed(checked, norms, self.scheme.least_share) if self.scheme.least_share else checked

    def every_sentence(self, tokens: TokenisedBlock) -> Iterator[SentenceMatches]:
        """Yield every sentence of one block, with what was found or refused in it, or with nothing."""
        found = {each.sentence.first: each for each in self.find_in_block(tokens)}
        for sentence in tokens.sentences():
            yield found.get(sentence.first) or SentenceMatches(sentence, (), ())

    def _check(
        self, sentence: Sentence, norms: list[int], hits: list[tuple[int, int, _User]], *, refused: bool
    ) -> SentenceMatches | None:
        inside = Inside(norms)
        spans: dict[tuple[int, int, int], None] = {}  # (entry, first, last) in the sentence's tokens, each once
        tried: set[int] = set()  # token patterns are looked for in the whole sentence
        for first, last, (number, _, is_pattern) in hits:
            if is_pattern and number not in tried:
                tried.add(number)
                for i, j in self._pattern_spans(number, sentence):
                    spans[number, i, j] = None
            elif not is_pattern:
                spans[number, first - sentence.first, last - sentence.first] = None
        matches: list[Match] = []
        others: list[tuple[int, int, int, str]] = []  # with the false friend, if that is why
        for number, i, j in spans:
            entry = self._entries[number]
            veto = self._veto(number, i, j, inside)
            near = self._company(number, i, j, inside) if entry.term.near and not veto else []
            if veto or near is None:
                others.append((number, i, j, veto))
            else:
                matches.append(self._match(entry, sentence, i, j, near))
        if not matches and not (refused and others):
            return None
        rejections = tuple([self._rejection(sentence, inside, other) for other in others])
        kept = _longest(matches)
        counted = {id(match) for match in kept}
        covered = tuple([match for match in matches if id(match) not in counted])
        return SentenceMatches(sentence, kept, rejections, covered)

    @staticmethod
    def _match(entry: _Entry, sentence: Sentence, i: int, j: int, near: Iterable[tuple[int, int]]) -> Match:
        first, last = sentence.first + i, sentence.first + j
        start, end = sentence.span(first, last)
        company = tuple([sentence.span(sentence.first + a, sentence.first + b) for a, b in near])
        return Match(entry.outcome, entry.theme, entry.term, first, last, start, end, company)

    def _rejection(self, sentence: Sentence, inside: Inside, refused: tuple[int, int, int, str]) -> Rejection:
        number, i, j, veto = refused
        entry = self._entries[number]
        near = self._company(number, i, j, inside) if veto and entry.term.near else []
        match = self._match(entry, sentence, i, j, near or ())
        if veto:
            return Rejection(match, f"false friend: {veto}")
        company = ", ".join(entry.term.near)
        return Rejection(match, f"none of its company in the sentence: {company}", lacks_company=True)

    def _theme_vetoes(self, number: int) -> Phrases:
        """Return the false friends of a theme, its outcome and the vocabulary; made when first asked for."""
        if number not in self._vetoes_of:
            self._vetoes_of[number] = self._phrases(self._vetoes[number])
        return self._vetoes_of[number]

    def _veto(self, number: int, i: int, j: int, inside: Inside) -> str:
        """Return the false friend that vetoes the match of tokens *i* to *j*: it overlaps it, or shares no word."""
        entry, friends = self._entries[number], []
        if entry.term.unless:
            own = self._unless_of.get(number) or self._unless_of.setdefault(number, self._phrases(entry.term.unless))
            friends.append(inside.found(own))
        friends.append(inside.found(self._theme_vetoes(entry.vetoes)))
        return next((veto for found in friends if found and (veto := found.first_of(i, j, self._words(number)))), "")

    def sequences(self, term: Term) -> tuple[Sequenced, ...]:
        """Return every way in which a term's phrases may stand in a text, in normal forms."""
        return tuple(dict.fromkeys(sequence for phrase in term.phrases for sequence in self._sequence(phrase)))

    def _words(self, number: int) -> frozenset[int]:
        """Return the normal forms that a term's phrases are made of."""
        if number not in self._words_of:
            sequences = self.sequences(self._entries[number].term)
            self._words_of[number] = frozenset(
                word for sequence in sequences for word in sequence if isinstance(word, int)
            )
        return self._words_of[number]

    def _company(self, number: int, i: int, j: int, inside: Inside) -> list[tuple[int, int]] | None:
        """Return the span of the nearest company of a term that asks for some; None when it is missing."""
        near = self._near_of.get(number)
        if near is None:
            near = self._near_of[number] = self._phrases(self._entries[number].term.near)
        found = inside.found(near).nearest(i, j)
        return [found] if found else None

    def _pattern_spans(self, number: int, sentence: Sentence) -> Iterator[tuple[int, int]]:
        from spacy.util import filter_spans

        span = sentence.tokens.doc[sentence.first : sentence.last]
        for found in filter_spans(self._token_matcher(number)(span, as_spans=True)):
            yield found.start - sentence.first, found.end - sentence.first

    def _token_matcher(self, number: int) -> Callable[..., list[Span]]:
        """Return spaCy's matcher of a term's token patterns; made when first asked for."""
        if number not in self._token_matchers:
            from spacy.matcher import Matcher as TokenMatcher

            matcher = TokenMatcher(self.language.nlp.vocab)
            matcher.add("pattern", [list(pattern) for pattern in self._entries[number].term.patterns])
            self._token_matchers[number] = matcher
        return self._token_matchers[number]


def _without_brushed(
    checked: Sequence[SentenceMatches], norms: Sequence[int], least_share: float
) -> Iterator[SentenceMatches]:
    """Refuse the matches of outcomes that a block only brushes, by the different words it has for each."""
    words: dict[str, set[tuple[int, ...]]] = defaultdict(set)
    for found in checked:
        for match in found.matches:
            words[match.outcome.id].add(tuple(norms[match.first : match.last]))
    most = max((len(different) for different in words.values()), default=0)
    brushed = {outcome for outcome, different in words.items() if len(different) <= least_share * most}
    for found in checked:
        refused = [match for match in found.matches if match.outcome.id in brushed]
        kept = tuple(match for match in found.matches if match.outcome.id not in brushed)
        why = f"only brushed: the paragraph has {most} different words for its foremost outcome"
        yield replace(
            found, matches=kept, rejections=(*found.rejections, *(Rejection(match, why) for match in refused))
        )


def _longest(matches: list[Match]) -> tuple[Match, ...]:
    """Keep, for each outcome, the matches that lie in no longer one; two themes may share one span."""
    kept = []
    reached: dict[str, tuple[int, int]] = {}  # by outcome: the farthest end so far, and the first beginning that has it
    for match in sorted(matches, key=lambda match: (match.start, -match.end)):
        end, start = reached.get(match.outcome.id, (-1, 0))
        if end < match.end:
            reached[match.outcome.id] = match.end, match.start
        if end < match.end or (end, start) == (match.end, match.start):
            kept.append(match)
    unique = {(match.theme.id, match.outcome.id, match.start, match.end): match for match in reversed(kept)}
    return tuple(sorted(unique.values(), key=lambda match: (match.start, match.end, match.outcome.id, match.theme.id)))
