"""Words that interrupt a clause or carry it on: "though we cannot promise, …", "not only … but also"."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_ALONE = frozenset({"only", "just", "merely", "simply", "solely", "alone"})
_EXCEPT = frozenset({"cannot", "help", "nothing", "none", "choice", "option", "alternative", "anything", "all"})
_CONCEDES = frozenset({"though", "although", "but", "yet"})
_NEW_CLAUSE = frozenset({"and", "or", "but", "we", "it", "they"})
_PREPOSITIONS = frozenset({"at", "in", "under", "on"})  # "at no stage"
_TURNED = _PREPOSITIONS | {"never", "not"}  # behind which the verb stands before the subject: "at no stage is it held"
NEGATIVES = _TURNED | {"nothing", "nobody", "none", "neither", "nowhere", "no"}
_NO = frozenset({"no", "none", "not", "neither"})
_AUXILIARIES = frozenset("""
    is are was were will shall do does did can could has have had would may must
""".split())  # fmt: skip  # noqa: SIM905
_PER = frozenset({"a", "an", "each", "every", "per"})
_PERIODS = frozenset({"day", "week", "fortnight", "month", "quarter", "term", "year", "annum"})
_FARTHEST = 30  # words from the beginning to the verb that a negative beginning denies
_MOST = 8  # words of an insertion
_LONGEST = 18  # words of one behind "not"


def skips_comma(places: tuple[int, ...], words: Sequence[str]) -> bool:
    """Tell whether a phrase has a comma in a gap: "unlike in our last offer, training is not included"."""
    return any(words[k] == "," and k not in places for k in range(places[0], places[-1]))


def inserted(words: Sequence[str], i: int) -> bool:
    """
    Tell whether the word at *i*, behind a comma, begins no more than an insertion that another comma closes.

    >>> inserted("we hope , though we cannot promise , to save".split(), 3)
    True
    >>> inserted("we tested it , but we will not , sadly , stay".split(), 4)
    False
    """
    if not 0 < i < len(words) or words[i - 1] != ",":
        return False
    return words[i + 1 : i + 2] == [","] or _close(words, i) is not None


def insertion(words: Sequence[str], i: int) -> tuple[int, int] | None:
    """
    Return the words, half-open, of the insertion that the word at *i* stands in, or None.

    >>> insertion("we hope , though we cannot promise , to save".split(), 5)
    (3, 7)
    """
    for begin in range(i, max(0, i - _MOST), -1):
        if words[begin] == ",":
            return None
        close = _close(words, begin) if words[begin - 1] == "," else None
        if close is not None:
            return begin, close
    return None


def resumes(words: Sequence[str], j: int) -> int:
    """
    Return where a clause goes on behind an insertion between commas that begins at *j*, or *j* where none does.

    >>> words = "it has not , in any of the trials , been checked".split()
    >>> words[resumes(words, 3)]
    'been'
    """
    inside = words[j + 1 : j + _LONGEST] if words[j : j + 1] == [","] else []
    close = j + 1 + inside.index(",") if "," in inside else j
    return close + 1 if j < close < len(words) - 1 and words[close + 1] not in _NEW_CLAUSE else j


def parted(words: Sequence[str]) -> range:
    """
    Return the words that part a negative beginning from the verb that it denies, with the commas around them.

    >>> parted("at no stage of it , from first to last , is a test held".split())
    range(5, 11)
    >>> parted("nothing here is free , and we say so , always".split())
    range(0, 0)
    """
    turned = words[0] in _TURNED
    if "," not in words or (words[0] in _PREPOSITIONS and words[1] not in _NO):
        return range(0)
    begin = words.index(",")
    if begin > _FARTHEST or not _AUXILIARIES.isdisjoint(words[:begin]):
        return range(0)
    for close in range(min(len(words) - 2, _FARTHEST), begin, -1):
        follows = words[close + 1]
        if words[close] == "," and (follows in _AUXILIARIES or not (turned or follows in _NEW_CLAUSE)):
            return range(begin, close + 1)
    return range(0)


def first_addition(words: Sequence[str]) -> int:
    """
    Return where "not only" or its like stands first; without it, the number of words.

    >>> first_addition("we will not only test but publish".split()), first_addition("we test".split())
    (2, 2)
    """
    pairs = enumerate(pairwise(words))
    return next((k for k, (word, then) in pairs if word == "not" and then in _ALONE), len(words))


def adds(words: Sequence[str], i: int, begun: int) -> bool:
    """
    Tell whether "but" at *i* goes on with what was said ("not only … but also") or means "except" ("cannot but").

    Args:
        words: Of the sentence.
        i: Where "but" stands.
        begun: What `first_addition` returned.

    >>> adds("we will not only test but publish".split(), 5, 2)
    True
    >>> adds("we test but do not publish".split(), 2, 6)
    False
    """
    return words[i - 1] in _EXCEPT or words[max(0, i - 2) : i] == ["can", "not"] or begun < i - 1


def numbers(words: Sequence[str], i: int) -> bool:
    """
    Tell whether "once" at *i* is a number ("once a year") and begins no clause ("once it is live").

    >>> numbers("tested at least once every quarter".split(), 3), numbers("tested once each module is live".split(), 1)
    (True, False)
    """
    return i + 2 < len(words) and words[i + 1] in _PER and words[i + 2] in _PERIODS


def _close(words: Sequence[str], begin: int) -> int | None:
    """Return the comma that closes what a word of concession begins, or None where a clause of its own follows."""
    inside = words[begin : begin + _MOST]
    if words[begin] not in _CONCEDES or "," not in inside:
        return None
    close = begin + inside.index(",")
    goes_on = close + 1 < len(words) and words[close + 1] not in _NEW_CLAUSE
    return close if goes_on and not _speaks(words, begin) else None


def _speaks(words: Sequence[str], begin: int) -> bool:
    """Tell whether "but" begins a clause with a subject of its own: "but we will not, sadly, stay"."""
    return words[begin] in {"but", "yet"} and words[begin + 1 : begin + 2] != [] and words[begin + 1] in _NEW_CLAUSE
