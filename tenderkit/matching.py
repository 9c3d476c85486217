"""
Finds a vocabulary's terms in sentences.

Two stages. One PhraseMatcher pass over every block finds whole phrases, and for phrases with gaps and token
patterns a run of words that they cannot do without; it scales with the text, not with the terms. Only sentences
that were hit are looked at again: gaps, company (`near`), false friends (`unless`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.language import Language
from tenderkit.phrases import Gap, variants

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tenderkit.document import Document
    from tenderkit.language import Sentence, TokenisedBlock
    from tenderkit.phrases import Variant
    from tenderkit.vocabulary import Outcome, Scheme, Term, Theme

Sequenced = tuple["int | Gap", ...]  # a variant as normal forms (spaCy's hashes) and gaps


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


@dataclass(frozen=True, slots=True)
class Rejection:
    """A match that does not count, and why."""

    match: Match
    why: str


@dataclass(frozen=True, slots=True)
class SentenceMatches:
    """What was found in one sentence, and what was found and refused."""

    sentence: Sentence
    matches: tuple[Match, ...]
    rejections: tuple[Rejection, ...]


def vocabulary_words(scheme: Scheme) -> Iterator[str]:
    """Yield every word that the vocabulary writes, for the normal forms of `Language`."""
    for outcome in scheme.outcomes:
        yield from _words((*outcome.unless, *scheme.unless), scheme.lists)
        for theme in outcome.themes:
            yield from _words(theme.unless, scheme.lists)
            for term in theme.terms:
                yield from _words((*term.phrases, *term.near, *term.unless), scheme.lists)
                for pattern in term.patterns:
                    for token in pattern:
                        yield from (value for value in token.values() if isinstance(value, str) and value.isalpha())


def _words(phrases: Iterable[str], lists: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for phrase in phrases:
        for variant in variants(phrase, lists):
            for word in variant:
                if isinstance(word, str):
                    yield word


@dataclass(frozen=True, slots=True)
class _Entry:
    """A term, ready to be checked."""

    outcome: Outcome
    theme: Theme
    term: Term
    near: tuple[Sequenced, ...]
    unless: tuple[tuple[str, Sequenced], ...]
    words: frozenset[int]  # the normal forms that its phrases are made of


class Matcher:
    """
    A vocabulary compiled for matching.

    Args:
        scheme: The vocabulary.
        language: Made with its words (see `vocabulary_words`), or None to make one.
    """

    def __init__(self, scheme: Scheme, language: Language | None = None) -> None:
        from spacy.matcher import PhraseMatcher

        self.scheme = scheme
        self.language = language or Language(vocabulary_words(scheme))
        self._sequences: dict[str, tuple[Sequenced, ...]] = {}
        self._entries: list[_Entry] = []
        self._phrase_matcher = PhraseMatcher(self.language.nlp.vocab, attr="NORM")
        self._users: dict[int, list[tuple[int, Sequenced | None]]] = defaultdict(list)
        self._pattern_users: dict[int, list[int]] = defaultdict(list)
        anchored: list[tuple[int, Sequenced]] = []
        for outcome in scheme.outcomes:
            for theme in outcome.themes:
                for term in theme.terms:
                    anchored += self._add(outcome, theme, term)
        self._add_anchors(anchored)

    def _add(self, outcome: Outcome, theme: Theme, term: Term) -> list[tuple[int, Sequenced]]:
        number = len(self._entries)
        sequences = [sequence for phrase in term.phrases for sequence in self._sequence(phrase)]
        vetoes = (*term.unless, *theme.unless, *outcome.unless, *self.scheme.unless)
        self._entries.append(
            _Entry(
                outcome=outcome,
                theme=theme,
                term=term,
                near=tuple(sequence for phrase in term.near for sequence in self._sequence(phrase)),
                unless=tuple((phrase, sequence) for phrase in vetoes for sequence in self._sequence(phrase)),
                words=frozenset(word for sequence in sequences for word in sequence if isinstance(word, int)),
            )
        )
        with_gaps = []
        for sequence in sequences:
            if any(isinstance(word, Gap) for word in sequence):
                with_gaps.append((number, sequence))
            else:
                self._users[self._key(sequence)].append((number, None))
        for pattern in term.patterns:
            plain = next(token[key] for token in pattern for key in ("LOWER", "NORM") if isinstance(token.get(key), str))
            for sequence in self._sequence(str(plain)):
                self._pattern_users[self._key(sequence)].append(number)
        return with_gaps

    def _add_anchors(self, anchored: list[tuple[int, Sequenced]]) -> None:
        """Register for each phrase with gaps the run of words that is the longest, then the rarest."""
        counts = Counter(run for _, sequence in anchored for run in _runs(sequence))
        for number, sequence in anchored:
            run = min(_runs(sequence), key=lambda run: (-len(run), counts[run], run))
            self._users[self._key(run)].append((number, sequence))

    def _key(self, sequence: Sequence[int | Gap]) -> int:
        from spacy.tokens import Doc

        strings = self.language.nlp.vocab.strings
        words = [strings[word] for word in sequence if isinstance(word, int)]
        key = " ".join(words)
        hashed = int(strings.add(key))
        if hashed not in self._users and hashed not in self._pattern_users:
            self._phrase_matcher.add(key, [Doc(self.language.nlp.vocab, words=words)])
        return hashed

    def _sequence(self, phrase: str) -> tuple[Sequenced, ...]:
        if phrase not in self._sequences:
            found = (self._normal(variant) for variant in variants(phrase, self.scheme.lists))
            self._sequences[phrase] = tuple(dict.fromkeys(found))
        return self._sequences[phrase]

    def _normal(self, variant: Variant) -> Sequenced:
        """Return a variant in normal forms; a written word may be several tokens ("24/7")."""
        normal: list[int | Gap] = []
        words: list[str] = []
        for part in (*variant, Gap(0)):
            if isinstance(part, str):
                words.append(part)
                continue
            if words:
                text = self.language.fold(" ".join(words)).text
                normal.extend(token.norm for token in self.language.tokenise(text))
                words = []
            if part.most:
                normal.append(part)
        return tuple(normal)

    def find(self, document: Document) -> Iterator[SentenceMatches]:
        """Yield, in reading order, every sentence of *document* in which a term was found or refused."""
        for tokens in self.language.blocks(document):
            yield from self.find_in_block(tokens)

    def find_in_block(self, tokens: TokenisedBlock) -> Iterator[SentenceMatches]:
        """Yield every sentence of one block in which a term was found or refused."""
        hits = self._phrase_matcher(tokens.doc)
        if not hits:
            return
        hits.sort(key=lambda hit: hit[1])
        for sentence in tokens.sentences():
            inside = [hit for hit in hits if sentence.first <= hit[1] and hit[2] <= sentence.last]
            if inside:
                found = self._check(sentence, inside)
                if found.matches or found.rejections:
                    yield found

    def _check(self, sentence: Sentence, hits: list[tuple[int, int, int]]) -> SentenceMatches:
        norms = [token.norm for token in sentence.tokens.doc[sentence.first : sentence.last]]
        places: dict[int, list[int]] = defaultdict(list)
        for i, norm in enumerate(norms):
            places[norm].append(i)
        spans: dict[tuple[int, int, int], None] = {}  # (entry, first, last) in the sentence's tokens, each once
        for key, first, last in hits:
            for number, sequence in self._users.get(key, ()):
                if sequence is None:
                    spans[number, first - sentence.first, last - sentence.first] = None
                else:
                    for i, j in _occurrences(sequence, norms, places):
                        spans[number, i, j] = None
            for number in self._pattern_users.get(key, ()):
                for i, j in self._pattern_spans(number, sentence):
                    spans[number, i, j] = None
        matches: list[Match] = []
        rejections: list[Rejection] = []
        for number, i, j in spans:
            entry = self._entries[number]
            veto = _veto(entry, i, j, norms, places)
            near = _company(entry, i, j, norms, places)
            first, last = sentence.first + i, sentence.first + j
            start, end = sentence.span(first, last)
            company = tuple(sentence.span(sentence.first + a, sentence.first + b) for a, b in near or ())
            match = Match(entry.outcome, entry.theme, entry.term, first, last, start, end, company)
            if veto:
                rejections.append(Rejection(match, f"false friend: {veto}"))
            elif near is None:
                rejections.append(Rejection(match, f"none of its company in the sentence: {', '.join(entry.term.near)}"))
            else:
                matches.append(match)
        return SentenceMatches(sentence, _longest(matches), tuple(rejections))

    def _pattern_spans(self, number: int, sentence: Sentence) -> Iterator[tuple[int, int]]:
        from spacy.matcher import Matcher as TokenMatcher
        from spacy.util import filter_spans

        matcher = TokenMatcher(self.language.nlp.vocab)
        matcher.add("pattern", [list(pattern) for pattern in self._entries[number].term.patterns])
        span = sentence.tokens.doc[sentence.first : sentence.last]
        for found in filter_spans(matcher(span, as_spans=True)):
            yield found.start - sentence.first, found.end - sentence.first


def _runs(sequence: Sequenced) -> Iterator[tuple[int, ...]]:
    run: list[int] = []
    for word in sequence:
        if isinstance(word, Gap):
            yield tuple(run)
            run = []
        else:
            run.append(word)
    yield tuple(run)


def _occurrences(
    sequence: Sequenced, norms: Sequence[int], places: Mapping[int, Sequence[int]]
) -> Iterator[tuple[int, int]]:
    """Yield the half-open token spans at which *sequence* stands, the shortest from each beginning."""
    head = sequence[0]
    if isinstance(head, Gap):
        return
    for begin in places.get(head, ()):
        ends = {begin + 1}
        slack = 0
        for word in sequence[1:]:
            if isinstance(word, Gap):
                slack = word.most
                continue
            ends = {
                position + 1
                for end in ends
                for position in range(end, min(end + slack + 1, len(norms)))
                if norms[position] == word
            }
            slack = 0
        if ends:
            yield begin, min(ends)


def _veto(entry: _Entry, i: int, j: int, norms: Sequence[int], places: Mapping[int, Sequence[int]]) -> str:
    """Return the false friend that vetoes the match of tokens *i* to *j*: one that overlaps it, or shares no word."""
    for phrase, sequence in entry.unless:
        shares = any(word in entry.words for word in sequence if isinstance(word, int))
        for a, b in _occurrences(sequence, norms, places):
            if not shares or (a < j and i < b):
                return phrase
    return ""


def _company(
    entry: _Entry, i: int, j: int, norms: Sequence[int], places: Mapping[int, Sequence[int]]
) -> list[tuple[int, int]] | None:
    """Return the spans of the company nearest to the match, empty when none is asked for, None when it is missing."""
    if not entry.near:
        return []
    found = [
        (a, b)
        for sequence in entry.near
        for a, b in _occurrences(sequence, norms, places)
        if b <= i or j <= a
    ]
    return [min(found, key=lambda span: (max(span[0] - j, i - span[1]), span))] if found else None


def _longest(matches: list[Match]) -> tuple[Match, ...]:
    """Keep, for each outcome, the matches that lie in no longer one; two themes may share one span."""
    kept = []
    for match in matches:
        covered = any(
            other.outcome is match.outcome
            and other.start <= match.start
            and match.end <= other.end
            and other.end - other.start > match.end - match.start
            for other in matches
        )
        if not covered:
            kept.append(match)
    unique = {(match.theme.id, match.outcome.id, match.start, match.end): match for match in reversed(kept)}
    return tuple(sorted(unique.values(), key=lambda match: (match.start, match.end, match.outcome.id, match.theme.id)))
