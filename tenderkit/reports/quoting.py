"""What every report shows of a passage: its words, cut around what decided, and why it was judged as it was."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tenderkit.evidence import Level
from tenderkit.reports.wording import A_LITTLE_MORE, LONGEST_QUOTE, harmless, quote, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tenderkit.confidence import Weighed
    from tenderkit.evidence import Evidence, Reason

_LONGEST_REASON = 80  # characters
_OF_THE_TOPIC = frozenset({"term", "near"})
_SHORTEST_WORD = 3  # letters of a word that tells a reader something
_SMALL_WORDS = frozenset("""
    the and any are for from has have his her into its our out per she than that their them then there these they this
    those was were when where which who with you your
""".split())  # fmt: skip  # noqa: SIM905 - as a list it would fill the screen
_TELLS_NOBODY = ("ends with ", "opens with ", "paragraph")  # true of nearly every sentence
_BY_CUES = " by its cues"
_HEADED = "under a heading with "
_ELSEWHERE = {"lead-in": "above it", "heading": "in the heading"}  # where the words of such a reason stand


def excerpt(evidence: Evidence) -> str:
    """
    Return the quote of a passage as `quote` does, cut where the words that decided can still be read.

    >>> from tenderkit.evidence import Evidence, Level, Reason, Stance, Who
    >>> said = f"{'From the first week to the very last one, ' * 6}we will test."
    >>> at = said.index("test")
    >>> excerpt(Evidence("a", "b", said, 1, (), 0, len(said), Stance.COMMITMENT, Who.AUTHOR, False, Level.STATED, 1.0,
    ...                  (Reason("term", "test", "", at, at + 4),)))[-14:]
    'we will test.”'
    """
    text = evidence.quote
    spans = [
        (reason.start - evidence.start, reason.end - evidence.start)
        for kinds in (_OF_THE_TOPIC, {"cue", "measure"})
        for reason in evidence.because
        if reason.kind in kinds and reason.start is not None and reason.end is not None
        if evidence.start <= reason.start and reason.end <= evidence.end
    ]
    if len(text) <= LONGEST_QUOTE + A_LITTLE_MORE or not spans:
        return quote(text)
    room = LONGEST_QUOTE - 4  # for a mark at either end
    first, last = spans[0]
    for start, end in spans[1:]:
        if max(last, end) - min(first, start) <= room:
            first, last = min(first, start), max(last, end)
    if last <= room:
        return quote(text)
    begin = min(first, last - room)
    begin = text.rfind(" ", 0, begin + 1) + 1 if begin == first else text.find(" ", begin, first + 1) + 1 or first
    return f"“… {shorten(harmless(text[begin:]).strip(), LONGEST_QUOTE - 2)}”"


def certainty(evidence: Evidence) -> str:
    """
    Return how sure a passage is and the numbers that made it, heaviest first; empty for a vocabulary without weights.

    >>> from tenderkit.confidence import Weighed
    >>> from tenderkit.evidence import Evidence, Level, Stance, Who
    >>> weighed = (Weighed("start", -1.5, "start"), Weighed("screen reader", 2.0, "term", 0, 13))
    >>> said = Evidence("a", "b", "…", 1, (), 0, 9, Stance.MENTION, Who.NOBODY, False, Level.MENTIONED, 0.62, (),
    ...                 weighed=weighed, stance_confidence=0.5)
    >>> certainty(said).partition(";")[0]
    'certainty 0.31: 0.62 that it speaks of this, times 0.50 that it only names it'
    >>> certainty(said).partition("; ")[2]
    '0.62 from start -1.50, “screen reader” +2.00'
    """
    if not evidence.weighed:
        return ""
    parts = sorted(evidence.weighed, key=lambda part: (part.kind != "start", -abs(part.weight)))
    named = ", ".join(f"{_weighed_name(part)} {part.weight:+.2f}" for part in parts)
    does = "denies it" if evidence.declined else "states it" if evidence.level >= Level.STATED else "only names it"
    speaks = f"{evidence.confidence:.2f} that it speaks of this"
    stance = f", times {evidence.stance_confidence:.2f} that it {does}" if evidence.stance_confidence < 1 else ""
    others = f" ({evidence.together:.2f} with the passages that say so too)" if evidence.backing else ""
    return f"certainty {evidence.certainty:.2f}{others}: {speaks}{stance}; {evidence.confidence:.2f} from {named}"


def _weighed_name(part: Weighed) -> str:
    if part.start is None:
        return part.text
    words = f"“{shorten(harmless(part.text), 60)}”"
    return f"{words} without its company" if part.kind == "refused" else words


@dataclass(slots=True)
class _Topic:
    """A term as it stands in the document, and the words beside it that make it count."""

    words: str
    beside: list[str] = field(default_factory=list)

    def told(self) -> str:
        return self.words + (f" near {' and '.join(self.beside)}" if self.beside else "")


def reasons(because: Iterable[Reason]) -> str:
    """
    Return the reasons for a judgement as one plain line.

    >>> from tenderkit.evidence import Reason
    >>> reasons([Reason("term", "screen reader", start=20, end=33), Reason("cue", "we will", "commitment", 0, 7)])
    '“screen reader”, “we will” (commitment)'
    >>> reasons([Reason("term", "API", "", 0, 3), Reason("near", "integrate", "", 9, 18)])
    '“API” near “integrate”'

    What learned signs decided is told as what the words look like; JSON has the numbers, and the signs that would tell
    a reader nothing (a full stop, "with the").

    >>> reasons([Reason("sign", "needs to", "requirement +0.4", 4, 12), Reason("sign", "in a bid", "requirement +0.6")])
    'reads like a requirement: “needs to”, in a bid'
    >>> reasons([Reason("sign", "ends with a full stop", "practice +0.78"), Reason("sign", "of the", "", 4, 10)])
    'reads like a practice'

    Where no term stands, the passage as a whole tells, and some words more than others.

    >>> reasons([Reason("heard", "the passage as a whole", "no term +1.50"), Reason("heard", "mast", "", 4, 8)])
    'speaks of it in other words: “mast”'
    """
    topics: list[Reason] = []
    signs: list[Reason] = []
    others: list[Reason] = []
    heard: list[Reason] = []
    for reason in because:
        of_the_topic = reason.kind in _OF_THE_TOPIC and reason.start is not None
        (topics if of_the_topic else {"heard": heard, "sign": signs}.get(reason.kind, others)).append(reason)
    said = [_reason(reason) for reason in others]
    if signs:
        stance = signs[0].says.partition(" ")[0]
        article = "an" if stance[:1] in "aeiou" else "a"
        said.insert(0, _listed(f"reads like {article} {stance}", _looks(signs, stance)))
    if heard:
        words = (_words(reason) for reason in heard if reason.start is not None and _tells(reason))
        said.insert(0, _listed("speaks of it in other words", words))
    return ", ".join(dict.fromkeys([*_topics(topics), *said]))


def _topics(found: Sequence[Reason]) -> Iterator[str]:
    """Yield the terms with the words beside them; what lies within another, or was named before, is left out."""
    shown: dict[str, _Topic] = {}
    known: set[str] = set()
    last = _Topic("")  # what the words beside a term are told with
    for reason in found:
        outer = next((other for other in found if _within(reason, other)), None)
        words = _words(outer or reason)
        if reason.kind == "term":
            last = shown.setdefault(words.casefold(), _Topic(words))
        elif outer is None and words.casefold() not in known:
            last.beside.append(words)
        known.add(words.casefold())
    for topic in shown.values():
        yield topic.told()


def _listed(what: str, words: Iterable[str]) -> str:
    told = ", ".join(words)
    return f"{what}: {told}" if told else what


def _looks(signs: Iterable[Reason], stance: str) -> Iterator[str]:
    """Yield what learned signs saw: "list item of a tender", and then neither "list item" nor "in a tender"."""
    telling = (sign for sign in signs if _tells(sign) and not _disagrees(sign, stance))
    seen = list(dict.fromkeys(_words(reason) for reason in telling))
    for words in seen:
        of = f" of {words.removeprefix('in ')}"
        if not any(other.endswith(of) or other.startswith(f"{words} of ") for other in seen):
            yield words


def _tells(reason: Reason) -> bool:
    """Tell whether a reader learns something of a sign: a word that means something, or more than a full stop."""
    if reason.start is None and not reason.text.startswith(_HEADED):
        return not reason.text.startswith(_TELLS_NOBODY)
    words = reason.text.removeprefix(_HEADED).casefold().split()
    return any(len(word) >= _SHORTEST_WORD and word not in _SMALL_WORDS for word in map(_letters, words))


def _letters(word: str) -> str:
    return "".join(filter(str.isalnum, word))


def _disagrees(sign: Reason, stance: str) -> bool:
    """Tell whether it is what rules said that was outweighed: to be told so would confuse."""
    return sign.start is None and _BY_CUES in sign.text and not sign.text.startswith(stance)


def _within(inner: Reason, outer: Reason) -> bool:
    if inner.start is None or inner.end is None or outer.start is None or outer.end is None or outer.kind != "term":
        return False
    return outer.start <= inner.start and inner.end <= outer.end and outer.end - outer.start > inner.end - inner.start


def _words(reason: Reason) -> str:
    text = shorten(harmless(reason.text).strip(), _LONGEST_REASON)
    return text if reason.start is None else f"“{text}”"  # without a place they are the rule's own words


def _reason(reason: Reason) -> str:
    words = _words(reason)
    if reason.start is not None and reason.kind in _ELSEWHERE:
        words += f" {_ELSEWHERE[reason.kind]}"
    says = harmless(reason.says) or ("" if reason.kind == "term" else reason.kind)
    return f"{words} ({says})" if says else words
