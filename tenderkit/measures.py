"""What makes a statement checkable: quantities with units, dates, named standards, named customers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from tenderkit.errors import MistakesError
from tenderkit.resources import DEFAULT, Mistakes, cues_folder, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_KEYS = ("units", "references", "numbered", "named", "customers_end", "customers_begin")
_MORE = ("how_often", "periods", "laws", "standards_end", "standards_of", "no_bodies", "formats", "dated")  # may lack
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_YEAR = r"(?:19|20)\d\d"
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_CLOCK = r"\d{1,2}(?:(?::\d\d)?\s?[ap]\.?m\.?|:\d\d)"
_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen"
    "|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million"
)


_NO_NOUN = (  # behind a word for a standard: "an IT standard" is one, "standard hours" are none
    r"(?!\s(?!(?:a|across|after|an|and|any|are|as|at|before|by|can|for|from|if|in|into|is|it|may|must|of|on|or|our|shall"
    r"|so|that|the|their|they|this|through|to|unless|until|was|we|were|when|where|which|while|will|with|within|your)\b)[a-z])"
)
_RUN = re.compile(r"[^\W\d_]+")  # a run of letters
_DIGIT = re.compile(r"\d")
_NUMBER_BEGINS = re.compile(r"[£$€\d]")
_MONTHS = frozenset("""
    Jan January Feb February Mar March Apr April May Jun June Jul July Aug August Sep September Sept Oct October
    Nov November Dec December
""".split())  # fmt: skip  # noqa: SIM905 - a list of thirty words would fill the screen
_EACH = ("each", "every", "once", "twice", "times")
_COUNTED = frozenset(["one", "two", "three", "six", "twelve"])  # "week two"
_AMOUNTS = frozenset(word + end for word in _WORDS.split("|") for end in ("", "k", "m")) | {
    *(part + end for part in ("half", "third", "quarter", "fifth", "tenth") for end in ("", "s")),
    *("minute", "hour", "day", "week", "month", "year"),
    *("least", "minimum", "fewer", "age"),
}

_OF_TIME = re.compile(r"%|\b(?:per\s?cent|minutes?|hours?|days?|weeks?|months?|years?|quarters?)$", re.IGNORECASE)
_SMALL_WORDS = frozenset("""
    by within in over from until during after before every each at for on between throughout the a an first next last
    past coming and least up to no later than
""".split())  # fmt: skip  # noqa: SIM905 - a list of thirty words would fill the screen


class MeasureKind(StrEnum):
    """What kind of check a measure offers."""

    QUANTITY = "quantity"
    DATE = "date"
    STANDARD = "standard"
    CUSTOMER = "customer"


class _Pattern(NamedTuple):
    """
    What a measure looks like.

    Nothing of it stands in a sentence without one of some runs of letters, or of digits instead. Looking for these
    costs a tenth of what looking for the pattern does.
    """

    kind: MeasureKind
    hints: frozenset[str] | None
    pattern: re.Pattern[str]
    digits: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """
    One thing that can be checked.

    Attributes:
        kind: A quantity with its unit, a date, a named standard or certificate, a named customer.
        text: As the author wrote it.
        start: Offset of its first character in the text that was searched.
        end: Offset just past its last character.
    """

    kind: MeasureKind
    text: str
    start: int
    end: int


class MeasureFinder:
    """
    Finds measures by the units and names that a vocabulary lists (`cues/measures.yml`).

    >>> finder = load_measures()
    >>> [(m.kind.value, m.text) for m in finder.find("We will hire 12 apprentices by March 2027.")]
    [('quantity', '12 apprentices'), ('date', 'March 2027')]
    >>> [m.text for m in finder.find("We will hire several apprentices; see section 4.")]
    []

    Attributes:
        lists: By name, as in the file.
    """

    def __init__(self, lists: Mapping[str, tuple[str, ...]]) -> None:
        self.lists = lists
        units = _either(lists["units"])
        references = _either(lists["references"])
        capital = r"[A-Z][\w’'&-]*"
        initials = rf"(?!(?:{_either(lists.get('no_bodies', ()))})s?\b)(?:\d*[A-Z]{{2,}}[\w-]*|\d+[A-Z])"
        names = rf"{capital}(?:\s+(?:and|of|the|upon|on|{capital})){{0,4}}"
        how_often, periods = lists.get("how_often", ()), lists.get("periods", ())
        laws = _either(lists.get("laws", ()))
        ends, of_bodies = lists.get("standards_end", ()), lists.get("standards_of", ())
        named = [*lists["named"], *lists.get("formats", ())]
        customers = [*lists["customers_begin"], *lists["customers_end"]]
        self._patterns = (
            _Pattern(MeasureKind.STANDARD, _first_runs(lists.get("laws", ())), re.compile(
                rf"\b(?!(?:The|This|That|Any)\s){capital}(?:\s+(?:and|of|to|for|in|on|{capital})){{0,7}}?\s+(?:{laws})(?:,?\s*\(?|\s+of\s+){_YEAR}\b\)?"
            )),
            _Pattern(MeasureKind.STANDARD, frozenset(), re.compile(r"§§?\s?\d[\d.:-]*\d"), digits=True),  # of a law
            _Pattern(MeasureKind.STANDARD, _first_runs([*lists["numbered"], *named]), re.compile(
                rf"\b(?:(?:{_either(lists['numbered'])})[\s-]?\d[\w.:/-]*(?:\s+(?:level\s+)?A{{1,3}}\b)?"
                rf"|(?:{_either(named)})(?!\w)(?:\s+\d+(?:\.\d+)*)?(?:\s+A{{1,3}}\b)?)"
            )),
            _Pattern(MeasureKind.STANDARD, _first_runs([*ends, *of_bodies]), re.compile(
                rf"\b(?!(?:The|Our|Your|This|These|Each|A|Any|All)\s)(?:{initials}|{capital}\s{capital}(?:\s{capital})*?)\s{_ending(ends)}"
                rf"|\b{initials}\s(?:[\w-]+\s|{capital}\s{capital}\s)??{_ending(of_bodies)}"
                rf"|\b(?!(?:The|Our|Your|This|These|Each|A|Any|All)\s){capital}(?:\s{capital}){{1,5}}?(?<=[’']s)\s(?:(?!own\b)[\w-]+\s){{0,2}}?{_ending(of_bodies)}"
            )),
            _Pattern(MeasureKind.CUSTOMER, _first_runs(customers), re.compile(
                rf"\b(?:(?:{_either(lists['customers_begin'])})\s+{names}"
                rf"|(?!The\s|Our\s|Your\s|This\s|Each\s|A\s|Any\s){capital}(?:\s+(?:and|of|upon|on|{capital})){{0,3}}?\s+"
                rf"(?:{_either(lists['customers_end'])})\b)"
            )),
            _Pattern(MeasureKind.DATE, _MONTHS | _COUNTED, re.compile(
                rf"\b(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTH}\.?,?\s+(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?{_YEAR}\b"
                rf"|\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH}\b|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\d)"
                rf"|{_YEAR}-\d\d-\d\d\b|\d{{1,2}}/\d{{1,2}}/(?:\d\d)?\d\d\b|Q[1-4]\s+(?:of\s+)?{_YEAR}\b|FY\s?\d\d(?:\d\d)?\b"
                rf"|(?i:by|until|before|since)\s+(?:(?i:the\s+)?(?i:end\s+of\s+))?{_MONTH}\b(?!\.?,?\s+\d)"
                rf"|{_YEAR}\s?[/–-]\s?\d\d(?:\d\d)?\b"
                rf"|(?i:by|since|in|from|until|before|after|during|of|early|late|mid)[\s-]{_YEAR}\b"
                rf"|(?i:(?:month|week|year|quarter)\s+(?:\d+|one|two|three|six|twelve)|day\s+(?!1\b)(?:\d+|two|three|six|twelve))\b)"
            ), digits=True),
            _Pattern(MeasureKind.QUANTITY, _AMOUNTS, re.compile(
                rf"\bby\s+(?:at\s+least\s+|more\s+than\s+|up\s+to\s+)?(?:a|one|two|three)[\s-](?:half|thirds?|quarters?|fifths?|tenths?)\b(?!\s+part(?:y|ies)\b)|\bby\s+half\b"
                rf"|[£$€]\s?{_NUMBER}\s?(?:k|m|bn|million|billion|thousand)?\b"
                rf"|(?<![\w.])(?<!\bsection\s)(?!(?<=\()\d\d?\s?%\)\s?:){_NUMBER}\s?(?:%|per\s?cent\b|percent\b)"
                rf"|\b{_CLOCK}\s?(?:-|–|to|until|and)\s?{_CLOCK}(?!\w)"
                rf"|\b24\s?[/x]\s?7(?:\s?[/x]\s?365)?\b|\b\d+\s?(?:hrs?|h|mins?)\b"
                rf"|\b(?:a|one)\s(?:calendar\s|working\s)?(?:hour|day|week|month|quarter|year)[’']s\b"
                rf"|\b(?:at\s+least|(?:a\s+)?minimum\s+of|no\s+fewer\s+than|reading\s+age\s+of)\s+(?:{_NUMBER}|{_WORDS})(?![\w.,-]*\d)\+?"
                rf"(?!\s?(?:%|per\s?cent|times\b)|\s+(?:[a-z-]+\s){{0,3}}?(?:{units})(?!\w))"
                rf"|\b(?:within|under|inside|less\s+than|at\s+most)\s+(?:a|an|one)\s+(?:working\s+)?(?:minute|hour|day|week|month)\b"
                rf"|(?<![\w.£$-])(?<!\bour\s)(?P<amount>(?:{_NUMBER}\s?[-–]\s?)?{_NUMBER}|one(?=-)|(?:{_WORDS})(?:\s*\\?\(\d+\\?\))?)(?:\+|k|m)?(?:\s+(?:million|billion|thousand|hundred|working|calendar|business|local|council|new|different|other|clock|elapsed|more|full|paid|registered|active|concurrent))*"
                rf"(?:\s+such|\s+of\s+(?:the|our|their|its|these|those))?[\s-](?:[a-z-]+\s){{0,2}}?(?:{units})(?!\w)(?!\s(?:of\s(?:\w+\s)?experience|in\sbusiness)\b)",
                re.IGNORECASE,
            ), digits=True),
            _Pattern(MeasureKind.QUANTITY, _first_runs([*_EACH, *how_often]), re.compile(
                rf"\b(?:at\s+least\s+)?(?:once|twice|(?:{_NUMBER}|{_WORDS})\s+times)\s+(?:a|an|each|every|per)\s+(?:{_either(periods)})\b"
                rf"|\b(?:each|every)\s+(?:other\s+|second\s+|third\s+)?(?:{_either(periods)})\b|\b(?:{_either(how_often)})\b",
                re.IGNORECASE,
            )),
        )  # fmt: skip
        dated = lists.get("dated", ())
        self._not_behind = {  # words that make a number or a date something else
            MeasureKind.QUANTITY: re.compile(rf"\b(?:{references})\.?\s*\(?$", re.IGNORECASE),
            MeasureKind.DATE: re.compile(rf"\b(?:{_either(dated)})\s+$", re.IGNORECASE),
        }
        self._most_before = max(map(len, (*lists["references"], *dated)), default=0) + len(".(")  # of their characters

    def find(self, text: str) -> Iterator[Measure]:
        """
        Yield the measures of one sentence, leftmost first; they never overlap.

        Args:
            text: As the author wrote it.

        Yields:
            Measures for which `text[m.start:m.end] == m.text`.
        """
        found: list[Measure] = []
        taken = bytearray(len(text))  # the characters that they are made of
        runs = set(_RUN.findall(text))
        low = set(map(str.lower, runs))
        digits = _DIGIT.search(text) is not None
        for kind, hints, pattern, of_digits in self._patterns:
            hinted = hints is None or not hints.isdisjoint(low if kind is MeasureKind.QUANTITY else runs)
            if not hinted and not (digits and of_digits):
                continue
            # Without a word that hints at one, a quantity begins with its number or currency.
            tried = pattern.finditer(text) if hinted or kind is not MeasureKind.QUANTITY else _behind(pattern, text)
            not_behind = self._not_behind.get(kind) if of_digits else None
            for hit in tried:
                start, end = hit.span()
                if not_behind and not_behind.search(text, _back(text, start, self._most_before), start):
                    continue
                if not any(taken[start:end]):
                    taken[start:end] = b"\1" * (end - start)
                    found.append(Measure(kind, hit.group(), start, end))
        yield from sorted(found, key=lambda measure: measure.start)


def sets_scene(measure: Measure, opening: Iterable[str]) -> bool:
    """
    Tell whether a measure in an earlier clause speaks for the later one: "By May 2027, we will …", "For Leeds, we …".

    "Founded in 1998, we …" and "In a county of 700,000 people, we …" describe the author and the place.

    Args:
        measure: The measure.
        opening: The words of its clause before it, in lower case.

    >>> sets_scene(Measure(MeasureKind.DATE, "By May 2027", 0, 11), [])
    True
    >>> sets_scene(Measure(MeasureKind.DATE, "in 1998", 8, 15), ["founded"])
    False
    """
    lone = [*islice((word for word in opening if word not in _SMALL_WORDS), 2)]  # two are too many already
    if lone and lone != [","]:
        return False
    return measure.kind is not MeasureKind.QUANTITY or bool(_OF_TIME.search(measure.text))


def load_measures(name: str = DEFAULT) -> MeasureFinder:
    """
    Load the units and names of a vocabulary; one without cues takes those that travel with tenderkit.

    Raises:
        MistakesError: With every mistake in the file.
    """
    file = cues_folder(name) / "measures.yml"
    mistakes = Mistakes()
    node = read_yaml(file, "cues/measures.yml", mistakes)
    part = node.mapping(_KEYS, _MORE) if node else {}
    lists = {key: value.texts() for key, value in part.items()}
    if mistakes.lines:
        raise MistakesError(tuple(mistakes.lines))
    return MeasureFinder(lists)


def _behind(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield what *pattern* finds of a text where a number or a currency begins, and nowhere else."""
    reached = 0
    for place in _NUMBER_BEGINS.finditer(text):
        if place.start() >= reached and (hit := pattern.match(text, place.start())):
            yield hit
            reached = hit.end()


def _back(text: str, place: int, most: int) -> int:
    """
    Return a place so far before another that *most* characters stand between, white space left out.

    >>> _back("see section  (4", 14, 5)
    7
    """
    while place > 0 and most > 0:
        place -= 1
        most -= not text[place].isspace()
    return place


def _first_runs(names: Iterable[str]) -> frozenset[str] | None:
    """
    Return the run of letters with which each name begins; None where one begins with something else.

    >>> sorted(_first_runs(["ISO", "G-Cloud", "Cyber Essentials"]) or ()), _first_runs(["2i"])
    (['Cyber', 'G', 'ISO'], None)
    """
    found = [_RUN.match(name) for name in names]
    return frozenset(run.group() for run in found if run) if all(found) else None


def _ending(names: Sequence[str]) -> str:
    """Return a pattern of the words at the end of a standard's name; a small one must not describe a noun behind it."""
    small = {name for name in names if name[0].islower() and not name.endswith("s")}
    return rf"(?:(?:{_either(set(names) - small)})\b|(?:{_either(small)})\b{_NO_NOUN})"


def _either(words: Iterable[str]) -> str:
    """Return an alternation of literal words, the longest first, any white space between words; of none, nothing."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) or "(?!)"
