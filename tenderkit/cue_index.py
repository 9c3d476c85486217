"""
A vocabulary's cues by the word that each begins with.

All in plain values, so that it can be kept between runs; what a text never asks for stays so (see `cue_finding`).
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from tenderkit.cues import Cue
from tenderkit.language import without_contractions
from tenderkit.phrases import Gap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tenderkit.cues import CueSet, Slots
    from tenderkit.language import Language

Plain = tuple["tuple[str, ...] | int", ...]  # tokens, any of each choice; a number is a gap of so many at the most


@dataclass(frozen=True, slots=True)
class CueIndex:
    """
    All cues of a vocabulary, as tokens.

    Attributes:
        cues: The values of each cue's fields.
        heads: By first word, what follows it and the number of the cue, packed: few are asked for in one text.
        stops: By first word, what follows it, and whether a reach to the left ends there too.
        aside: As `CueSet.aside`.
        supposed: As `CueSet.supposed`.
    """

    cues: Sequence[tuple[Any, ...]]
    heads: Mapping[str, bytes]
    stops: Mapping[str, Sequence[tuple[Plain, bool]]]
    aside: Sequence[str]
    supposed: Sequence[str]

    def beginning_with(self, word: str) -> Sequence[tuple[Plain, int]]:
        """Return what follows that first word, one of `heads`, and the number of the cue."""
        from msgpack import unpackb

        found: Sequence[tuple[Plain, int]] = unpackb(self.heads[word], use_list=False)
        return found


def index_cues(cues: CueSet, language: Language) -> CueIndex:
    """
    Return the cues as tokens of *language*.

    >>> from tenderkit.cues import load_cues
    >>> from tenderkit.language import Language
    >>> index = index_cues(load_cues(), Language([]))
    >>> "will" in index.heads, "zebra" in index.heads
    (True, False)
    """
    from msgpack import packb

    words = _Words(language)
    rows: dict[tuple[Any, ...], int] = {}
    heads: dict[str, list[tuple[Plain, int]]] = {}
    for cue, phrase in cues.cues:
        number = rows.setdefault(_row(cue), len(rows))
        for head, rest in words.sequences(phrase):
            heads.setdefault(head, []).append((rest, number))
    stops: dict[str, list[tuple[Plain, bool]]] = {}
    for phrases, both_ways in ((cues.stops, True), (cues.onward, False)):
        for phrase in phrases:
            for head, rest in words.sequences(phrase):
                stops.setdefault(head, []).append((rest, both_ways))
    packed = {head: packb(found) for head, found in heads.items()}
    return CueIndex(tuple(rows), packed, stops, sorted(cues.aside), sorted(cues.supposed))


def _row(cue: Cue) -> tuple[Any, ...]:
    values = (getattr(cue, each.name) for each in fields(cue))
    return tuple(tuple(sorted(value)) if isinstance(value, frozenset) else value for value in values)


def cue_of(row: Sequence[Any]) -> Cue:
    """Return the cue of a row of `CueIndex.cues`."""
    values: list[Any] = [frozenset(value) if isinstance(value, tuple) else value for value in row]
    return Cue(*values)


class _Words:
    """Turns phrases into tokens, each distinct word once."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._known: dict[str, tuple[str, ...]] = {}

    def sequences(self, phrase: Slots) -> Iterator[tuple[str, Plain]]:
        """Yield each first word of *phrase* with what follows it; choices of one token stay together."""
        branches: list[list[Plain]] = []
        for slot in phrase:
            single: set[str] = set()
            choices: list[Plain] = []
            for variant in slot:
                tokens = tuple(token for part in variant for token in self._tokens(part))
                if len(tokens) == 1 and isinstance(tokens[0], str):
                    single.add(tokens[0])
                else:
                    choices.append(tuple((token,) if isinstance(token, str) else token for token in tokens))
            branches.append([*([(tuple(sorted(single)),)] if single else []), *choices])
        for choice in itertools.product(*branches):
            head, *rest = itertools.chain.from_iterable(choice)
            if not isinstance(head, int):
                for word in head:
                    yield word, tuple(rest)

    def _tokens(self, part: str | Gap) -> tuple[str | int, ...]:
        if isinstance(part, Gap):
            return (part.most,)
        if part not in self._known:
            self._known[part] = tuple(without_contractions([word.lower() for word in self._language.words(part)]))
        return self._known[part]
