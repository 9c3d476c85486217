"""
Normal forms: what makes two spellings the same word.

`fold` tidies a text's characters and remembers where each came from; `Inflections` maps a word to the form
under which the vocabulary knows it. Inflections are undone by rule and checked against the vocabulary's own
words, so nothing is downloaded and a form can only become a word that somebody wrote down.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

# Letters that look Latin and are not (the common Cyrillic and Greek ones): a cheat, or a bad scan.
_LOOK_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеіјорсухѕԁһӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧοαιν",
    "ABESIJKMHOPCTYXaeijopcyxsdhlABEZHIKMNOPTYXoaiv",
)
_PLAIN = str.maketrans("‘’‚‛′“”„″‐‑‒", "'''''\"\"\"\"---")

_HOST = r"(?:[a-zA-Z0-9-]+\.)+(?:uk|com|org|net|gov|eu|io|us|info)"
_ADDRESS = rf"""
      (?P<address> (?:https?://|www\.)\S+ | [\w.+-]+@{_HOST}\b | \b{_HOST}/\S*
                 | \b(?:[a-zA-Z0-9-]+\.){{2,}}(?:uk|com|org)\b )
    |
"""
_CHARACTERS = r"""
      (?P<possessive> (?<=\w)['’‘]s\b | (?<=s)['’](?=\s) )
    | (?P<broken> (?<=[a-z])[-‐‑\u00ad]\s+(?=[a-z]) )
    | (?P<hyphen> (?<=\w)[-‐‑–](?=\w) )
    | (?P<ampersand> (?<=\s)&(?=\s) )
    | (?P<spaces> [^\S\t]{2,} | [^\S\t ] )
    | (?P<other> [^\x00-\x7f] )
"""
_SPECIAL = re.compile(_CHARACTERS, re.VERBOSE)
_SPECIAL_OR_ADDRESS = re.compile(_ADDRESS + _CHARACTERS, re.VERBOSE)
_MAYBE_SPECIAL = re.compile(r"[^\t -%(-,.-~]")  # all but plain ASCII without "&", "'" and "-"
_SPACES = re.compile(r"[^\S\t]{2}")
_MAYBE_ADDRESS = re.compile(r"://|@|\w\.[a-z]")  # far cheaper than looking for an address at every word


@dataclass(frozen=True, slots=True)
class Folded:
    """
    A tidied text, and where its characters came from.

    Attributes:
        text: Plain letters, straight quotes, single spaces; no addresses, soft hyphens or possessives.
        starts: Positions in `text` at which a new stretch begins, rising, the first 0.
        origins: For each stretch, the position in the source text of its first character.
    """

    text: str
    starts: tuple[int, ...]
    origins: tuple[int, ...]

    def origin(self, position: int) -> int:
        """Return where the character at *position* stands in the source text."""
        if len(self.starts) == 1:  # most texts have nothing to tidy
            return position
        i = bisect_right(self.starts, position) - 1
        return self.origins[i] + position - self.starts[i]


def fold(text: str, known: Callable[[str], bool] = lambda _: False) -> Folded:
    """
    Tidy the characters of *text* for matching.

    Args:
        text: As the author wrote it.
        known: Says whether a lower-case word is in the vocabulary; a word broken over a line end
            ("acces- sibility") is joined only if it is.

    >>> fold("the council’s user-centred ﬁrst release").text
    'the council user centred first release'
    >>> fold("see www.example.org/data today").text
    'see  today'
    >>> folded = fold("ﬁne data")
    >>> folded.origin(folded.text.index("data"))
    4
    """
    pieces: list[str] = []
    starts: list[int] = [0]
    origins: list[int] = [0]
    length = done = 0
    for special in _specials(text):
        replacement = _replace(special, text, known)
        if replacement == special.group():
            continue
        before = text[done : special.start()]
        pieces.append(before)
        pieces.append(replacement)
        length += len(before)
        done = special.end()
        if len(replacement) != done - special.start():
            for i in range(len(replacement)):  # one after the other, and what is too many at the last of the source
                starts.append(length + i)
                origins.append(min(special.start() + i, done - 1))
            starts.append(length + len(replacement))
            origins.append(done)
        length += len(replacement)
    pieces.append(text[done:])
    return Folded("".join(pieces), tuple(starts), tuple(origins))


def _specials(text: str) -> Iterator[re.Match[str]]:
    """Yield what has to be tidied; the patterns are tried only where one of their characters stands, if they can be."""
    if _MAYBE_ADDRESS.search(text):
        yield from _SPECIAL_OR_ADDRESS.finditer(text)
    elif _SPACES.search(text):
        yield from _SPECIAL.finditer(text)
    else:
        reached = 0
        for place in _MAYBE_SPECIAL.finditer(text):
            if place.start() >= reached and (special := _SPECIAL.match(text, place.start())):
                yield special
                reached = special.end()


def _replace(special: re.Match[str], text: str, known: Callable[[str], bool]) -> str:
    match special.lastgroup:
        case "address" | "possessive":
            return ""
        case "broken":
            return _mend(special, text, known)
        case "ampersand":
            return "and"
        case "hyphen" | "spaces":
            return " "
        case _:
            return _plain_character(special.group())


def _mend(special: re.Match[str], text: str, known: Callable[[str], bool]) -> str:
    head = re.search(r"[A-Za-z]+$", text[max(0, special.start() - 40) : special.start()])
    tail = re.match(r"[A-Za-z]+", text[special.end() : special.end() + 40])
    joined = (head.group() if head else "") + (tail.group() if tail else "")
    return "" if known(joined.lower()) else " "


def plain(text: str) -> str:
    r"""
    Return *text* with look-alike, accented, full-width and ligature letters as plain Latin ones.

    >>> plain("ѕecurity"), plain("ａｃｃｅｓｓ"), plain("café"), plain("soft\u00adware")
    ('security', 'access', 'cafe', 'software')
    """
    text = unicodedata.normalize("NFKD", text.translate(_PLAIN)).translate(_LOOK_ALIKE)
    return "".join(c for c in text if not unicodedata.combining(c) and unicodedata.category(c) != "Cf")


@cache
def _plain_character(character: str) -> str:
    return plain(character)


_BRITISH = (
    (re.compile(r"(?<=[a-z]{3})iz(e|es|ed|er|ers|ing|ation|ations|ational|able)$"), r"is\1"),
    (re.compile(r"(?<=[a-z]{3})yz(e|es|ed|er|ers|ing)$"), r"ys\1"),
    (re.compile(r"^(behavi|col|fav|hon|lab|neighb|harb|endeav)or(s|ed|ing|al|able|ite|ites|hood|hoods)?$"), r"\1our\2"),
    (re.compile(r"^(cent|met|lit|theat|fib)er(s)?$"), r"\1re\2"),
    (re.compile(r"^(cent|fib)er(ed|ing)$"), r"\1r\2"),
    (re.compile(r"^(catal|dial|anal)og(s)?$"), r"\1ogue\2"),
    (re.compile(r"^(defen|offen|licen)s(e|es)$"), r"\1c\2"),
    (re.compile(r"^(practi|licen)s(ed|ing)$"), r"\1c\2"),
    (re.compile(r"^practis(e|es)$"), r"practic\1"),
    (re.compile(r"^program(s)?$"), r"programme\1"),
    (re.compile(r"^(fulfil|enrol|instal|enthral)l(s|ment|ments)?$"), r"\1\2"),
    (re.compile(r"^(model|label|travel|cancel|signal|channel|tunnel|level|total)(ed|ing|er|ers)$"), r"\1l\2"),
    (re.compile(r"^judgement(s)?$"), r"judgment\1"),
    (re.compile(r"^aging$"), "ageing"),
    (re.compile(r"^cheque(s)?$"), r"check\1"),
    (re.compile(r"^gray$"), "grey"),
)
_NOT_BRITISH = re.compile("|".join(re.sub(r"\((?!\?)", "(?:", pattern.pattern) for pattern, _ in _BRITISH))


def british(word: str) -> str:
    """
    Return the British spelling of a lower-case word; the same for both spellings is what counts.

    >>> [british(w) for w in ("digitization", "centered", "licensing", "programs", "size")]
    ['digitisation', 'centred', 'licencing', 'programmes', 'size']
    """
    if not _NOT_BRITISH.search(word):
        return word
    for pattern, spelling in _BRITISH:
        changed = pattern.sub(spelling, word)
        if changed != word:
            return changed
    return word


# Words that look inflected and are not, or whose base form means something else.
_WHOLE = frozenset(
    [
        "access",
        "address",
        "always",
        "analysis",
        "anything",
        "basis",
        "being",
        "building",
        "bus",
        "business",
        "campus",
        "ceiling",
        "council",
        "during",
        "embed",
        "evening",
        "everything",
        "exceed",
        "feed",
        "gas",
        "hearing",
        "housing",
        "hundred",
        "indeed",
        "king",
        "less",
        "meeting",
        "means",
        "morning",
        "need",
        "news",
        "nothing",
        "offering",
        "perhaps",
        "plus",
        "proceed",
        "process",
        "rating",
        "ring",
        "seed",
        "series",
        "setting",
        "something",
        "species",
        "speed",
        "spring",
        "sterling",
        "string",
        "succeed",
        "status",
        "themed",
        "thing",
        "virus",
        "wing",
        "this",
        "his",
        "its",
        "was",
        "has",
        "does",
        "yes",
        "us",
        "is",
        "as",
        "willing",
        "homeworking",
    ]
)
_IRREGULAR = {
    "built": "build", "bought": "buy", "brought": "bring", "chose": "choose", "chosen": "choose", "children": "child",
    "criteria": "criterion", "did": "do", "done": "do", "drew": "draw", "drawn": "draw", "found": "find",
    "gave": "give", "given": "give", "grew": "grow", "grown": "grow", "held": "hold", "kept": "keep", "knew": "know",
    "known": "know", "led": "lead", "learnt": "learn", "left": "leave", "lives": "life", "lost": "lose",
    "made": "make", "men": "man", "met": "meet", "paid": "pay", "ran": "run", "sent": "send", "spent": "spend",
    "spoke": "speak", "spoken": "speak", "taught": "teach", "took": "take", "taken": "take", "understood": "understand",
    "women": "woman", "won": "win", "written": "write", "wrote": "write", "people": "person", "persons": "person",
    "analyses": "analysis", "got": "get", "sought": "seek", "sold": "sell", "told": "tell", "shown": "show",
    "overlaid": "overlay", "woven": "weave", "worn": "wear", "undertook": "undertake", "undertaken": "undertake",
    "overcame": "overcome", "used": "use", "using": "use",
}  # fmt: skip
_VOWELS = frozenset("aeiou")


def bases(word: str) -> Iterator[str]:
    """
    Yield the words of which *word* may be an inflected form, the likeliest first; none is checked.

    >>> list(bases("policies")), list(bases("planning")), list(bases("sharing"))
    (['policy'], ['plan', 'plann'], ['share', 'shar'])
    >>> list(bases("business"))
    []
    """
    if word in _IRREGULAR:
        yield _IRREGULAR[word]
        return
    if word in _WHOLE or len(word) < 4:  # "ids" is not worth the mistakes
        if len(word) == 3 and word.endswith("s") and word not in _WHOLE and word[1] != "s":
            yield word[:-1]
        return
    if word.endswith("ies") and len(word) > 4:
        yield word[:-3] + "y"
    elif word.endswith("s") and word[-2] not in "sui":
        if word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
            yield word[:-2]
        yield word[:-1]
    elif word.endswith("ied"):
        yield word[:-3] + "y"
    elif word.endswith("ed") and len(word) > 4:
        yield from _stems(word[:-2])
    elif word.endswith("ing") and len(word) > 5:
        yield from _stems(word[:-3])


def _stems(stem: str) -> Iterator[str]:
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "slz":
        yield stem[:-1]
        yield stem
    elif len(stem) > 2 and stem[-1] == stem[-2] == "l":
        yield stem
        yield stem[:-1]
    elif stem[-1] not in _VOWELS and stem[-2] in _VOWELS and (len(stem) < 3 or stem[-3] not in _VOWELS):
        yield stem + "e"  # share, code; "test" ends in two consonants and "train" has two vowels
        yield stem
    else:
        yield stem
        yield stem + "e"


class Inflections:
    """
    Maps every form of a vocabulary's words to one normal form.

    Words written in capitals of at most three letters (IT, SRO) are known only in capitals, unless the
    vocabulary writes them in lower case somewhere too.

    >>> inflections = Inflections(["share", "data", "IT", "apprenticeships"])
    >>> [inflections.norm(w) for w in ("Sharing", "shared", "IT", "it", "APIs", "apprenticeship", "unknown")]
    ['share', 'share', 'IT', 'it', 'api', 'apprenticeships', 'unknown']
    """

    def __init__(self, words: Iterable[str]) -> None:
        written = sorted(set(words))
        lower = {british(word.lower()) for word in written if not _is_capitals(word)}
        self._capitals = frozenset(word for word in written if _is_capitals(word) and word.lower() not in lower)
        self._known: dict[str, str] = {}
        for word in sorted(lower):
            self._known[word] = self._root(word, lower)
        for word in sorted(lower):
            for base in bases(word):
                self._known.setdefault(british(base), self._known[word])

    @classmethod
    def kept(cls, known: Mapping[str, str], capitals: Iterable[str]) -> Inflections:
        """Return what `plain` was returned by, without working it out again."""
        inflections = cls(())
        inflections._known, inflections._capitals = dict(known), frozenset(capitals)
        return inflections

    def plain(self) -> tuple[dict[str, str], list[str]]:
        """Return what `kept` takes: normal forms by form, and the words known only in capitals."""
        return self._known, sorted(self._capitals)

    @staticmethod
    def _root(word: str, lower: set[str]) -> str:
        for base in bases(word):
            if base in lower:
                return Inflections._root(base, lower)
        return word

    def __contains__(self, word: str) -> bool:
        return self.norm(word) in self._known

    def norm(self, word: str) -> str:
        """Return the normal form of *word*: the vocabulary's own, or the word in lower-case British spelling."""
        if word in self._capitals:
            return word
        if len(word) > 2 and word.endswith("s") and word[:-1].isupper():  # APIs, SMEs
            return self.norm(word[:-1])
        low = word.lower()
        if not low.isascii():
            low = plain(low)
        low = british(low)
        if low in self._known:
            return self._known[low]
        for base in bases(low):
            if base in self._known:
                return self._known[base]
        return low


def _is_capitals(word: str) -> bool:
    return len(word) <= 3 and word.isalpha() and word.isupper()
