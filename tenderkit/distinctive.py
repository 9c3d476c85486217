"""
What is distinctive in a requirement: its names, its numbers with what they count, its rare words.

Shared words make a passage an answer; whether it answers the whole is told by what of this no answer holds. A name
may stand anywhere in a bid, also as its initials; a number must count the same thing where the requirement is answered.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tenderkit.counted import find_counts, listed
from tenderkit.spelling import fold
from tenderkit.stems import CALENDAR, SMALL, WORD, stem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from tenderkit.counted import Count

_CAPITAL = r"(?!I['’])(?:[a-z]?[^\W_]*[A-Z][^\W_]*)(?:[.&/+-][^\W_]+)*"
_NAME = re.compile(
    rf"\b{_CAPITAL}(?:\s(?:(?:of|the|for|with|as an?|in)\s)?{_CAPITAL})*(?:(?<=[A-Z]{{2}})\s\d[\d.:-]*\d)?(?!\w)"
)
_SENTENCE = re.compile(r"(?:^|[.!?:;]\s+|\t|\n|[(“\"]\s*)$")
_EXAMPLE = re.compile(r"(?:\bsuch as|\be\.?g\.?,?|\bfor (?:example|instance),?)\s+(?:an?\s+|the\s+)?$", re.IGNORECASE)
_OR = re.compile(r"\W*(?:\bor\b|/)\W*(?:an?\s+|the\s+)?$", re.IGNORECASE)
_BRACKETED = re.compile(r"\s?\($")
_FEWEST_INITIALS = 2
_LONGEST_INITIALS = 6
_COMMON = 8  # a name that one requirement in so many has is the tender's own
_FEW = 2
_OFTEN, _LINES = 5, 25  # a name that stands in a tender so often, or in one line of so many, is its own, too
_OTHER_SIZE = 0.5  # what a number is worth that counts the same, but another number of it
_NEAREST = 3  # small words at the most inside a phrase that was not found


@dataclass(frozen=True, slots=True)
class Name:
    """
    A name in a requirement, or several of which one is enough.

    Attributes:
        text: As the author wrote it.
        ways: For each name its stems, the initials that may stand for it, and whether it is initials.
    """

    text: str
    ways: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """
    What is distinctive in a requirement.

    Attributes:
        text: The requirement's own words.
        weights: By stem, how telling a word is.
        counts: Its numbers with what they count.
        names: Its names; what the whole tender names is none.
    """

    text: str
    weights: dict[str, float]
    counts: tuple[Count, ...]
    names: tuple[Name, ...]

    def share(self, held: Collection[str], counts: Sequence[Count] = ()) -> float:
        """Return how much of it, 0 to 1, stands in a text with such words and numbers."""
        whole = sum(self.weights.values())
        found = sum(weight for word, weight in self.weights.items() if word in held)
        for count in self.counts:
            worth = self._worth
            whole += worth
            alike = [one for one in counts if one.supports(count, self.weights)]
            same = any(one.number == count.number for one in alike)
            found += worth if same else worth * _OTHER_SIZE if alike else 0
        return found / whole if whole else 1.0

    @property
    def _worth(self) -> float:
        """What a number with its noun is worth: as much as two of the most telling words."""
        return 2 * max(self.weights.values(), default=1.0)

    def absent(self, held: Collection[str]) -> tuple[str, ...]:
        """Return the stretches of it of which a text holds no word, the most telling first."""
        found: list[tuple[float, int, int]] = []
        open_ = False
        gap = 0
        for word in WORD.finditer(self.text):
            key = stem(word[0].lower())
            if key not in self.weights:
                gap += 1
                open_ = open_ and gap <= _NEAREST and not re.search(r"[,;:.]", self.text[found[-1][2] : word.start()])
            elif key in held:
                open_ = False
            elif open_ and not re.search(r"[,;:.]", self.text[found[-1][2] : word.start()]):
                found[-1] = (found[-1][0] + self.weights[key], found[-1][1], word.end())
                gap = 0
            else:
                found.append((self.weights[key], word.start(), word.end()))
                open_, gap = True, 0
        return tuple(self.text[start:end] for _, start, end in sorted(found, key=lambda one: (-one[0], one[1])))


def want(text: str, weight: Callable[[str], float], own: Collection[str]) -> Wanted:
    """
    Return what is distinctive in a requirement.

    Args:
        text: Its own words, without what introduces it.
        weight: How telling a stem is.
        own: Names that are the tender's own, and distinguish nothing.

    >>> wanted = want("Say how users of British Sign Language and 40 staff are served.", lambda word: 1.0, ())
    >>> [name.text for name in wanted.names], [count.text for count in wanted.counts]
    (['British Sign Language'], ['40 staff'])
    """
    words = [word for word in WORD.findall(fold(text).text.lower()) if word not in SMALL and not word.isdigit()]
    return Wanted(
        text,
        {stem(word): weight(stem(word)) for word in words},
        find_counts(text),
        tuple(name for name in find_names(text) if name.text not in own),
    )


def find_names(text: str) -> tuple[Name, ...]:
    """
    Return the names of a text; those joined by "or" are one, and examples are none.

    >>> [name.text for name in find_names("The Council asks for a CREST or CHECK test to BS 7666, such as Burp.")]
    ['Council', 'CREST or CHECK', 'BS 7666']
    """
    found: list[tuple[int, int, tuple[tuple[str, ...], ...]]] = []
    for begin, end in _spans(text):
        way = tuple(_key(word) for word in WORD.findall(text[begin:end]) if word.lower() not in SMALL)
        before = text[found[-1][1] : begin] if found else "x"
        if _EXAMPLE.search(text[:begin]) or not way or text[begin:end] in CALENDAR:
            continue
        if found and (_OR.fullmatch(before) or _BRACKETED.fullmatch(before)):
            closed = text[begin - 1 : begin] == "(" and text[end : end + 1] == ")"
            found[-1] = (found[-1][0], end + closed, (*found[-1][2], way))
        else:
            found.append((begin, end, (way,)))
    return tuple(Name(text[begin:end], ways) for begin, end, ways in found)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where names stand; the first word of a sentence is none for its capital."""
    for match in _NAME.finditer(text):
        begin = match.start()
        if _SENTENCE.search(text[:begin]):
            first = WORD.match(text, begin)
            if first and not any(letter.isupper() for letter in first[0][1:]):
                rest = text[first.end() : match.end()]
                capital = re.search(r"[A-Z]", rest)
                if not capital:
                    continue
                begin = first.end() + capital.start()
        yield begin, match.end()


def names_of_its_own(texts: Iterable[str], tender: str) -> frozenset[str]:
    """Return the names that many requirements of a tender have, or that it also writes without a capital."""
    counts: dict[str, int] = {}
    each = list(texts)
    often = max(_OFTEN, tender.count("\n") // _LINES)
    for text in each:
        for name in {name.text for name in find_names(text)}:
            counts[name] = counts.get(name, 0) + 1
    small = set(re.findall(r"(?<![\w-])[a-z]+(?![\w-])", tender))
    most = max(_FEW, len(each) // _COMMON)
    return frozenset(
        name for name, count in counts.items() if count > most or tender.count(name) > often or name.lower() in small
    )


class Spoken:
    """
    What a bid speaks of, to look names up in it.

    >>> spoken = Spoken(["Every address is keyed to its UPRN."])
    >>> [spoken.names(find_names(text)[0]) for text in ("a Unique Property Reference Number", "in British Columbia")]
    [True, False]
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(texts)

    @cached_property
    def _words(self) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(map(_key, WORD.findall(fold(text).text))) for text in self._texts)

    @cached_property
    def _initials(self) -> frozenset[str]:
        """The first letters of all names, and of the words of each."""
        names = (name for text in self._texts for name in _NAME.findall(text))
        return frozenset("".join(word[0] for word in WORD.findall(name) if word[0].isupper()).lower() for name in names)

    def names(self, name: Name) -> bool:
        """Tell whether a name stands in it, or its initials, or what the name is the initials of."""
        return any(self._has(way) for way in name.ways)

    def _has(self, way: tuple[str, ...]) -> bool:
        numbers = {word for word in way if word[0].isdigit()}
        letters = set(way) - numbers
        short = "".join(word[0] for word in way)
        for words in self._words:
            if numbers <= words and (letters <= words or (numbers and letters & words)):
                return True
            if _FEWEST_INITIALS <= len(short) <= _LONGEST_INITIALS and short in words:
                return True
        return len(way) == 1 and _FEWEST_INITIALS <= len(way[0]) <= _LONGEST_INITIALS and way[0] in self._initials


def _key(word: str) -> str:
    """Return a word's stem; of initials in the plural ("APIs") those in the singular."""
    return word[:-1].lower() if word.endswith("s") and word[:-1].isupper() else stem(word.lower())


def not_found(wanted: Wanted, spoken: Spoken, answers: Sequence[str]) -> tuple[str, ...]:
    """
    Return the names of a requirement that a bid has not, and the numbers whose like no answer counts.

    Args:
        wanted: Of the requirement.
        spoken: Of the whole bid.
        answers: The texts of what answers it.
    """
    names = [name.text for name in wanted.names if not spoken.names(name)]
    counted = [count for text in answers for count in find_counts(text)]
    words = [(text, {stem(word.lower()) for word in WORD.findall(text)}) for text in answers]
    numbers = [
        count.text
        for count in wanted.counts
        if not any(one.supports(count, wanted.weights) for one in counted)
        and not any(listed(count, text, held) for text, held in words)
    ]
    return tuple(dict.fromkeys((*names, *numbers)))
