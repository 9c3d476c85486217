"""
The requirements of a tender: sentences that bind the supplier, list items under a lead-in, table rows, questions.

What binds the buyer, what only explains, what the law says of others and how bids are judged are none. The rows of a
table of performance indicators are none by themselves: the sentence that asks for them is.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import count
from string import ascii_lowercase
from typing import TYPE_CHECKING

from tenderkit.clause_numbers import is_item, split_label, without_bare_label
from tenderkit.compliance import Strength
from tenderkit.document import SILENT_KINDS, Anchor, Kind
from tenderkit.language import sentence_spans
from tenderkit.readers.questions import asked
from tenderkit.requirement_tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderkit.document import Block, Document
    from tenderkit.obligations import ObligationFinder
    from tenderkit.requirement_tables import Row

_TAIL = re.compile(r"(?:\s*[;,])?\s*(?:\b(?:and|or))?\s*[;,]?\s*$", re.IGNORECASE)
_OPENS = re.compile(r"[:：]\s*[-–—]?\s*$")
_ANNOUNCES = re.compile(r"\b(?:following|below|as follows)\b", re.IGNORECASE)
_YOURS = re.compile(r"\byour?\b", re.IGNORECASE)
_CHOICE = re.compile(r"\b(?:either|(?:one|any) of|one or more of?)\b[^:]*:\s*$", re.IGNORECASE)
_PLEASE = re.compile(r"(?:^|;\s+)please\s", re.IGNORECASE)
_LOOSE_WORDS = 60
_LOOSE = 0.5  # the level of a paragraph that stands in a list: above its items, beneath what introduces it
_ID_WORDS = 2  # of a cell that numbers a row
_SHORT_LEAD = 5  # words; an item so short that ends with a colon only names what follows
_HAND_IN = re.compile(
    r"\b(?:submit(?:ted)?|submission|tender response|page limit|pages|word (?:limit|count)|price schedule|pricing"
    r"|quotation|proposals?|bids?|tenders?)\b",
    re.IGNORECASE,
)


_NOWHERE = Anchor()


@dataclass(frozen=True, slots=True)
class Requirement:
    """
    One thing that a tender asks for.

    Attributes:
        id: Made from its number ("R9a" where several have one), or its place where it has none; unique in its document.
        number: As the document counts it ("R12", "3.1.2", "(a)"); empty where it does not.
        text: `Document.text[start:end]`: a sentence, a list item or a table cell, without its number.
        lead_in: The words above a list that make a requirement of its items; empty elsewhere.
        strength: How binding it is.
        submission: Whether it is about the bid itself, not about what is to be delivered.
        start: Offset in `Document.text`.
        end: Offset just past its last character.
        section: The headings above it.
        anchor: Where a person finds it.
        times: How often it binds; more than once, and it is several in one sentence.
        cue: The words that made a requirement of it.
    """

    id: str
    number: str
    text: str
    lead_in: str
    strength: Strength
    submission: bool
    start: int
    end: int
    section: tuple[str, ...] = ()
    anchor: Anchor = _NOWHERE
    times: int = 1
    cue: str = ""

    @property
    def instruction(self) -> bool:
        """True where it only tells bidders how to bid: no passage of a bid answers it."""
        return self.submission and self.strength is not Strength.QUESTION

    @property
    def name(self) -> str:
        """Its number; its id where it has none, or where others have the same ("R9a")."""
        return self.number if self.number and _plain(self.number) == self.id else self.id

    @property
    def whole(self) -> str:
        """Its text behind the words that introduce it."""
        return f"{self.lead_in} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class _LeadIn:
    level: float
    text: str
    strength: Strength | None  # None: what stands beneath is no requirement
    submission: bool
    deny: bool = False
    cue: str = ""


@dataclass(frozen=True, slots=True)
class _Part:
    """Characters *begin* to *end* of a block's text, and the number that it stands under."""

    block: Block
    begin: int
    end: int
    number: str = ""

    @property
    def text(self) -> str:
        return self.block.text[self.begin : self.end]


def find_requirements(document: Document, finder: ObligationFinder) -> tuple[Requirement, ...]:
    r"""
    Return the requirements of a tender, in reading order.

    >>> from tenderkit.document import passage
    >>> from tenderkit.obligations import load_obligations
    >>> text = "R1 The supplier must train 40 staff. The council will pay.\nThe supplier should:\n- offer courses;"
    >>> for found in find_requirements(passage(text), load_obligations()):
    ...     print(found.id, found.strength.value, found.text)
    R1 mandatory The supplier must train 40 staff.
    n2 desirable offer courses
    """
    return tuple(_identified(_Reader(document, finder).read()))


class _Reader:
    """Walks through a document's blocks and remembers what introduces the list that one stands in."""

    def __init__(self, document: Document, finder: ObligationFinder) -> None:
        self._finder = finder
        self._blocks = [block for block in document.blocks if block.kind not in SILENT_KINDS]
        self._rows = read_tables(self._blocks, finder)
        self._open: list[_LeadIn] = []
        self._level = 0  # of the heading above
        self._above: tuple[int, _LeadIn] | None = None  # "The supplier will be responsible for:" above headings
        self._loose = False  # whether paragraphs without a full stop go on with a list that lost its bullets
        self._denied = False
        self._asks_too = False  # whether what introduces a list is a requirement as well

    def read(self) -> Iterator[Requirement]:
        for i, block in enumerate(self._blocks):
            topic = self._finder.heading((*block.section, block.text) if block.kind is Kind.HEADING else block.section)
            if block.kind is Kind.HEADING:
                self._enter(block)
                continue
            if block.kind in {Kind.CAPTION, Kind.FOOTNOTE}:
                continue
            if block.kind is Kind.TABLE_ROW:
                if block.start in self._rows:
                    row = self._rows[block.start]
                    yield from self._row(block, row, topic) if row else ()
                else:
                    yield from self._cells(block, topic)
                continue
            following = self._blocks[i + 1] if i + 1 < len(self._blocks) else None
            yield from self._block(block, topic, following)

    def _enter(self, heading: Block) -> None:
        """Take a heading: it ends every list, but for one that was introduced above it and goes on beneath."""
        if self._above and heading.level <= self._above[0]:
            self._above = None
        self._open = [*self._heading(heading)] or ([self._above[1]] if self._above else [])
        self._loose = self._denied = False
        self._level = heading.level

    def _heading(self, block: Block) -> Iterator[_LeadIn]:
        """A heading may introduce a list as well ("The supplier must:", "Essential requirements")."""
        found = self._finder.find(block.text)
        if self._finder.denied(block.text):
            yield _LeadIn(0, block.text, None, submission=False, deny=True)
        elif found and _OPENS.search(block.text):
            yield _LeadIn(0, block.text, found.strength, found.party in {"bidder", "offer"}, cue=found.cue)

    def _block(self, block: Block, topic: str, following: Block | None) -> Iterator[Requirement]:
        bulleted = block.kind is Kind.LIST_ITEM
        labelled = is_item(block.text)
        self._loose = self._loose and (bulleted or _is_loose(block) or bool(split_label(block.text)[0]))
        listed = bulleted or self._loose or labelled
        level = block.level if bulleted else 1.0 if labelled else _LOOSE if listed else 0.0
        while self._open and self._open[-1].level >= (max(level, _LOOSE) if listed else 0):
            self._open.pop()
        lead = self._open[-1] if self._open else None
        if (lead and lead.deny) or (self._denied and not self._finder.find(block.text)):
            return
        self._denied = False
        question = self._question(block, topic)
        if question:
            yield question
        number, _ = split_label(block.text)
        inside: _LeadIn | None = None
        spans = without_bare_label([*sentence_spans(block)], block.text)
        for k, (begin, end) in enumerate(spans):
            if question and block.start + begin < question.end:
                continue
            sentence = block.text[begin:end]
            carried = lead if k == 0 else None
            if k and is_item(sentence):  # "a) …; b) …" in one block
                carried = inside or lead
            part = _Part(block, begin, end, number)
            last = k == len(spans) - 1
            if last and following and self._announces(part, level, carried, topic, following):
                if self._asks_too:
                    yield from self._one(part, carried, topic)
                continue
            yield from self._one(part, carried, topic)
            head, colon, _ = sentence.partition(":")
            if colon and k + 1 < len(spans) and is_item(block.text[slice(*spans[k + 1])]):
                inside = self._lead_in(head + ":", level, carried, topic)

    def _announces(self, part: _Part, level: float, carried: _LeadIn | None, topic: str, following: Block) -> bool:
        """Tell whether the last sentence of a block introduces what follows, and remember it if so."""
        opens, self._asks_too = bool(_OPENS.search(part.text)), False
        if opens:
            self._denied = self._finder.denied(part.text)
        opened = self._lead_in(part.text, level, carried, topic)
        if opens and following.kind is Kind.HEADING and following.level > self._level and opened.strength:
            self._above = (self._level, replace(opened, level=0))
            return True
        titled = part.block.kind is Kind.LIST_ITEM and carried is not None and _is_title(part.block.text)
        if self._introduces(following, level) and (opens or titled):
            self._loose = self._loose or following.kind is Kind.PARAGRAPH
            chosen = bool(_CHOICE.search(part.text))  # its items are ways to meet it
            self._asks_too = chosen or bool(opened.strength is None and carried and carried.strength)
            self._open.append(replace(opened, strength=None, deny=True) if chosen else opened)
            return True
        # each paragraph beneath "The Contractor shall do the following:" speaks for itself
        return opens and bool(_ANNOUNCES.search(part.text)) and self._finder.find(following.text) is not None

    def _introduces(self, following: Block | None, level: float) -> bool:
        if following is None or following.kind in {Kind.HEADING, Kind.TABLE_ROW}:
            return False
        if following.kind is Kind.LIST_ITEM:
            return following.level > level or level == 0
        return bool(is_item(following.text) or split_label(following.text)[0] or _is_loose(following))

    def _lead_in(self, sentence: str, level: float, above: _LeadIn | None, topic: str) -> _LeadIn:
        found = self._finder.find(sentence)
        text = sentence[split_label(sentence)[1] :].strip()
        if self._finder.denied(sentence):
            return _LeadIn(level, text, None, submission=False, deny=True)
        if found:
            return _LeadIn(level, text, found.strength, self._hands_in(sentence, found.party, topic), cue=found.cue)
        if self._finder.asks(text) and asked(text):
            return _LeadIn(level, text, Strength.QUESTION, submission=True, cue="question")
        if above and above.strength and len(text.split()) <= _SHORT_LEAD:
            return replace(above, level=level, text=f"{above.text} {text}")
        return _LeadIn(level, text, None, submission=False)

    def _question(self, block: Block, topic: str) -> Requirement | None:
        """Return the question that a block asks of bidders, with the sentences that go on with it."""
        number, begin = split_label(block.text)
        own = block.text[begin:]
        if not self._finder.asks(own) or (topic == "judged" and not _YOURS.search(own)):
            return None
        length = asked(own)
        numbered = bool(re.match(r"q\w*[\s.]?\d", number, re.IGNORECASE)) and own.rstrip().endswith("?")
        if not length and not numbered:
            return None
        if self._finder.find(own[:length]) and not own[:length].rstrip().endswith("?"):
            return None  # "Please describe …" has no "must"
        part = _Part(block, begin, begin + (length or len(own)), number)
        return _made(part, Strength.QUESTION, "question", submission=True)

    def _one(self, part: _Part, lead: _LeadIn | None, topic: str) -> Iterator[Requirement]:
        """Yield what one sentence asks for, if it asks."""
        number, offset = split_label(part.text)
        part = replace(part, begin=part.begin + offset, number=number or part.number)
        text = part.text
        if self._finder.is_story(text):
            yield _made(part, Strength.MANDATORY, "user story", submission=False, lead=lead)
            return
        found = self._finder.find(text, asking=topic == "asking")
        in_table = part.block.kind is Kind.TABLE_ROW  # "Good: the answer should …" tells how marks are given
        asks = found and (found.party in {"supplier", "bidder"} or not in_table)
        if topic == "judged" and not asks and not (lead and lead.strength) and not _PLEASE.search(text):
            return
        if topic == "background" and found and found.party not in {"supplier", "bidder"}:
            return
        if found:
            submission = self._hands_in(text, found.party, topic)
            made = _made(part, found.strength, found.cue, submission=submission, lead=lead)
            yield replace(made, times=found.times)
        elif lead and lead.strength and text.strip() and not self._finder.binds_others(text):
            yield _made(part, lead.strength, lead.cue, submission=lead.submission, lead=lead)
        elif self._instructs(text, topic) and not (lead and lead.deny):
            submission = topic != "asking" or bool(re.match(r"answer|please|respond", text, re.IGNORECASE))
            yield _made(part, Strength.MANDATORY, "instruction", submission=submission)

    def _instructs(self, text: str, topic: str) -> bool:
        if _PLEASE.search(text):
            return True
        return self._finder.instructs(text) and (
            topic in {"asking", "submission"} or bool(re.search(r"\byou(?:r)?\b", text, re.IGNORECASE))
        )

    def _hands_in(self, text: str, party: str, topic: str) -> bool:
        """Tell whether a requirement is about the bid itself."""
        if party in {"bidder", "offer"}:
            return True
        return topic == "submission" and bool(_HAND_IN.search(text))

    def _cells(self, block: Block, topic: str) -> Iterator[Requirement]:
        """Yield what the sentences of a row ask for that belongs to no table of requirements."""
        first = block.text.split("\t", 1)[0]
        number = first if split_label(f"{first} x")[0] and len(first.split()) <= _ID_WORDS else ""
        for begin, end in sentence_spans(block):
            if "\t" not in block.text[begin:end].strip("\t"):
                yield from self._one(_Part(block, begin, end, number), None, topic)

    def _row(self, block: Block, row: Row, topic: str) -> Iterator[Requirement]:
        begin, end = row.span
        found = self._finder.find(block.text[begin:end])
        strength = row.strength or (found.strength if found else Strength.MANDATORY)
        asks = strength is Strength.QUESTION
        submission = asks or self._hands_in(block.text[begin:end], found.party if found else "", topic)
        number, offset = ("", 0) if row.number else split_label(block.text[begin:end])
        cue = found.cue if found else ("question" if asks else "table of requirements")
        made = _made(_Part(block, begin + offset, end, row.number or number), strength, cue, submission=submission)
        yield replace(made, times=found.times if found else 1)


def _is_title(text: str) -> bool:
    """Tell whether a list item only names what the items beneath it are."""
    return len(text.split()) <= _SHORT_LEAD


def _is_loose(block: Block) -> bool:
    """Tell whether a paragraph may be an item of a list that lost its bullets: it is short and no sentence ends it."""
    short = len(block.text.split()) <= _LOOSE_WORDS
    return block.kind is Kind.PARAGRAPH and short and not block.text.rstrip().endswith((".", ":", "?", "!"))


def _made(part: _Part, strength: Strength, cue: str, *, submission: bool, lead: _LeadIn | None = None) -> Requirement:
    """Return a requirement without its id, its text without what only joins it to the next item of a list."""
    text = part.text.strip()
    begin = part.block.start + part.begin + len(part.text) - len(part.text.lstrip())
    tail = _TAIL.search(text)
    text = text[: tail.start()] if tail else text
    return Requirement(
        id="",
        number=part.number,
        text=text,
        lead_in=lead.text if lead else "",
        strength=strength,
        submission=submission,
        start=begin,
        end=begin + len(text),
        section=part.block.section,
        anchor=part.block.anchor,
        cue=cue,
    )


def _identified(found: Iterator[Requirement]) -> Iterator[Requirement]:
    """Give each requirement an id: its number, "R9a" and "R9b" where two have it; "n7" for the seventh without one."""
    listed = [*found]
    bases = [_plain(requirement.number) or f"n{place}" for place, requirement in enumerate(listed, start=1)]
    shared = {base for base, times in Counter(bases).items() if times > 1}
    taken = {base for base in bases if base not in shared}
    for requirement, base in zip(listed, bases, strict=True):
        name = base
        if base in shared:
            name = next(name for name in _lettered(base) if name not in taken)
            taken.add(name)
        yield replace(requirement, id=name)


def _plain(number: str) -> str:
    return re.sub(r"[^\w.-]+", "", number.replace(" ", "-")).strip(".-")


def _lettered(base: str) -> Iterator[str]:
    """Yield a number with a letter behind it; behind a letter, and past the alphabet, with "-2"."""
    if base[-1].isdigit():
        yield from (base + letter for letter in ascii_lowercase)
    yield from (f"{base}-{number}" for number in count(1))
