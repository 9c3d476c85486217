"""Numbers with what they count: "within 15 minutes" and "15 minutes of data" are not the same measure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tenderkit.stems import CALENDAR, SMALL, stem

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*(?![^\W_])|[^\W\d_]+(?:['’][^\W\d_]+)?|[^\s\w]|\w+|[\t\n]")
_REMEMBERED = 4096  # texts: a passage is asked for each requirement that it may answer
_YEAR = re.compile(r"(?:19|20)\d\d$")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*$")
_WORDS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty
""".split()  # noqa: SIM905 - a list of twenty words would fill the screen
_VALUES = {word: str(value) for value, word in enumerate(_WORDS)} | {
    tens: str(value)
    for value, tens in zip(
        range(30, 100, 10), ("thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), strict=True
    )
}
_ANY = re.compile(rf"\d|\b(?:{'|'.join(_VALUES)})\b", re.IGNORECASE)
_TIMES = frozenset(map(stem, ("second", "minute", "hour", "day", "week", "fortnight", "month", "quarter", "year")))
_ENDS = SMALL | frozenset("""
    before after during between within until while through throughout across about above below against unless since
""".split())  # fmt: skip  # noqa: SIM905 - as above; what ends the words that a number counts
_WITHIN = frozenset({"within", "in", "after", "inside"})  # "within 30 days of the release" counts no release
_BOUND = frozenset("-/.–")
_JOINS = frozenset({"to", "or", "and", "-", "–"})  # "9 to 11"
_COUNTED = 4  # words at the most behind a number that tell what it counts
_LISTED = 12  # so many things, at the most, may be listed instead of counted
_SPAN = 4  # words behind a number in which "within" may stand before it


@dataclass(frozen=True, slots=True)
class Count:
    """
    A number and what it counts.

    Attributes:
        number: In digits, without commas.
        nouns: Stems of the words that tell what is counted, the unit first; the head stands last.
        parts: Stems of what a unit measures: "15 minutes of data".
        place: Offset of the number in the text that was searched.
        text: As the author wrote it.
        start: Offset of its first character in the text that was searched.
        end: Offset just past its last character.
    """

    number: str
    nouns: tuple[str, ...]
    parts: tuple[str, ...]
    place: int
    text: str
    start: int
    end: int

    @property
    def keys(self) -> tuple[str, ...]:
        """The number with each thing that it counts, as texts are compared by it."""
        nouns = self.parts or dict.fromkeys((self.nouns[0], self.nouns[-1]))
        return tuple(f"{self.number} {noun}" for noun in nouns)

    def supports(self, asked: Count, words: Container[str]) -> bool:
        """
        Tell whether this, in a bid, speaks of what *asked* counts in a requirement of *words*; its size may differ.

        >>> (asked,) = find_counts("answer within 15 minutes")
        >>> [find_counts(text)[0].supports(asked, {"answer"}) for text in ("in 10 minutes", "15 minutes of data")]
        [True, False]
        """
        if self.parts and not any(part in words for part in self.parts):
            return False
        timed = asked.nouns[-1] in _TIMES and self.nouns[-1] in _TIMES
        return timed or bool({*asked.nouns, *asked.parts} & {*self.nouns, *self.parts})


@lru_cache(maxsize=_REMEMBERED)
def find_counts(text: str) -> tuple[Count, ...]:
    """
    Return the numbers of a text that count something, from left to right.

    A reference, a time of day, and a number that only names ("level 4", "BS 7666") count nothing.

    >>> [(one.number, one.nouns, one.parts) for one in find_counts("Train 180 staff. Lose at most 1 hour of data.")]
    [('180', ('staff',), ()), ('1', ('hour',), ('data',))]
    >>> [one.text for one in find_counts("Plain English with a reading age of 9 to 11, see BS 7666, from 08:00.")]
    ['reading age of 9 to 11']
    """
    return tuple(_counts(text, [*_TOKEN.finditer(text)])) if _ANY.search(text) else ()


def listed(asked: Count, text: str, words: Container[str]) -> bool:
    """
    Tell whether a text that names what is counted lists as many things as are asked for, instead of a number.

    >>> (asked,) = find_counts("use three design techniques")
    >>> words = {stem("techniques")}
    >>> [listed(asked, text, words) for text in ("Techniques: sketches, interviews, personas", "Our techniques, too")]
    [True, False]
    """
    number = float(asked.number)
    return (
        number <= _LISTED
        and any(noun in words for noun in asked.nouns)
        and len(re.findall(r"[,;](?!\d)", text)) >= number - 1
    )


def number_of(word: str) -> str:
    """
    Return a number in digits, without commas; empty for a word that is none.

    >>> number_of("412,000"), number_of("four"), number_of("staff")
    ('412000', '4', '')
    """
    if _NUMBER.match(word):
        return word.replace(",", "")
    return _VALUES.get(word.lower(), "")


def _counts(text: str, tokens: Sequence[re.Match[str]]) -> Iterator[Count]:
    words = [token[0] for token in tokens]
    for i, word in enumerate(words):
        number = number_of(word)
        before = words[i - 1] if i else ""
        after = words[i + 1] if i + 1 < len(words) else ""
        if not number or ":" in {before, after} or before in _BOUND or _is_label(before) or _YEAR.match(word):
            continue
        k = i + 1
        nouns: tuple[str, ...] = ()
        if after == "%" or before in {"£", "$", "€"}:
            nouns, k = (after if after == "%" else before,), k + (after == "%")
        else:
            if after in _JOINS and i + 2 < len(words) and number_of(words[i + 2]):
                k = i + 3  # "9 to 11"
            nouns, k = _run(words, k)
        if nouns and (number != "1" or nouns[-1] in _TIMES):
            parts = _parts(words, i, k, nouns)
            end = tokens[k + (1 if parts else -1)].end()
            yield Count(number, nouns, parts, tokens[i].start(), text[tokens[i].start() : end], tokens[i].start(), end)
        elif before == "of" and i > 1 and _names(words[i - 2]):  # "a reading age of 9"
            first = i - 3 if i > 2 and _names(words[i - 3]) else i - 2
            noun = tuple(stem(each.lower()) for each in words[first : i - 1])
            start, end = tokens[first].start(), tokens[k - 1].end()
            yield Count(number, noun, (), tokens[i].start(), text[start:end], start, end)


def _run(words: Sequence[str], begin: int) -> tuple[tuple[str, ...], int]:
    """Return the stems of the words from *begin* on that a number may count, and where they end."""
    found: list[str] = []
    k = begin
    while k < len(words) and len(found) < _COUNTED:
        if words[k] in {"and", "or"} and len(found) == 1 and k + 1 < len(words) and _names(words[k + 1]):
            k += 1
        if words[k] in {"-", "‐", "‑"} and found:
            k += 1
            continue
        if not _names(words[k]):
            break
        found.append(stem(words[k].lower()))
        k += 1
        if found[-1] in _TIMES:  # what stands behind it is another thing: "15 minutes and restore"
            break
    return tuple(found), k


def _parts(words: Sequence[str], place: int, end: int, nouns: Sequence[str]) -> tuple[str, ...]:
    """Return the stem of what a unit measures ("15 minutes of data"); none where "of" only tells since when."""
    measured = nouns[-1] in _TIMES or nouns[-1] == "%"
    if not measured or end + 1 >= len(words) or words[end] != "of" or not _names(words[end + 1]):
        return ()
    since = {word.lower() for word in words[max(0, place - _SPAN) : place]} & _WITHIN
    return () if since else (stem(words[end + 1].lower()),)


def _names(word: str) -> bool:
    return word[:1].isalpha() and word.lower() not in _ENDS and word not in CALENDAR and not number_of(word)


def _is_label(before: str) -> bool:
    """Tell whether a word names what it numbers: "BS 7666"."""
    return before.isupper() and before.isalpha()
