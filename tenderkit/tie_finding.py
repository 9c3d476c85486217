"""Reads the tables and clauses of a contract for what ties its outcomes to its money."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tenderkit.document import SILENT_KINDS, Anchor, Kind
from tenderkit.evidence import Level, Who
from tenderkit.language import sentence_spans
from tenderkit.measures import MeasureKind, load_measures
from tenderkit.tie_tables import find_records, load_words
from tenderkit.ties import Indicator, Money, MoneyKind, OutcomeTie, Place, Ties

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tenderkit.assess import DocumentReport
    from tenderkit.document import Block, Document
    from tenderkit.evidence import Evidence
    from tenderkit.measures import MeasureFinder
    from tenderkit.tie_tables import Record, Words
    from tenderkit.vocabulary import Scheme

_OFTEN = 2  # sentences that promise or ask for an outcome, so that it counts
_LIKELY = 0.7  # how sure each of them must be
_SURE = 0.85  # how sure what a row speaks of must be, beside its foremost outcome
_RANGE = re.compile(r"\b([A-Z]{1,6}[\s.-]?\d[\w.]*)\s?(?:to|[-–—])\s?([A-Z]{1,6}[\s.-]?\d[\w.]*)\b")  # K1 to K6
_SHORT = 8  # words of a cell that names an outcome, rather than speaks of something


def find_ties(report: DocumentReport, scheme: Scheme) -> Ties:
    """
    Return what ties outcomes to money in one document.

    Args:
        report: Its assessment.
        scheme: The vocabulary it was assessed by.

    >>> from tenderkit.assess import Assessor
    >>> from tenderkit.document import passage
    >>> from tenderkit.vocabulary import load_vocabulary
    >>> assessor = Assessor(load_vocabulary())
    >>> text = '''KPI | Outcome | Measure | Target | First measured
    ... K1 | Inclusion | Open accessibility faults | None | 31 December 2027
    ... The Supplier loses £500 of its payment for each month in which K1 is missed.'''
    >>> ties = find_ties(assessor.assess(passage(text)), assessor.scheme)
    >>> [(tie.label, tie.breaks_at, tie.indicators[0].money[0].kind.value) for tie in ties.outcomes]
    [('Inclusion', None, 'payment by result')]
    """
    return _Reading(report, scheme).ties()


@dataclass(slots=True)
class _Row:
    """A record, and what it says of indicators and money."""

    record: Record
    outcomes: tuple[str, ...]
    money: list[Money] = field(default_factory=list)


class _Reading:
    """The one pass over a document's tables and clauses."""

    def __init__(self, report: DocumentReport, scheme: Scheme) -> None:
        self._report = report
        self._document: Document = report.document
        self._scheme = scheme
        self._words: Words = load_words()
        self._measures: MeasureFinder = load_measures(scheme.folder)
        self._names = _names(scheme)
        self._references: dict[str, str] = {}  # of outcomes, as "O3"
        card = report.scorecard
        themes = [theme for outcome in card.outcomes for theme in outcome.themes] if card else []
        self._evidence: list[Evidence] = sorted(
            (item for theme in themes for item in theme.evidence), key=lambda item: item.start
        )

    def ties(self) -> Ties:
        promised: dict[str, Place] = {}
        rows: list[_Row] = []
        milestones: list[tuple[_Row, Money]] = []
        for record in find_records(self._document, self._words):
            self._read(record, promised, rows, milestones)
        by_reference = {row.record.reference: row for row in rows if row.record.reference}
        loose = [money for row, money in milestones if not self._tie(row, money, by_reference)]
        general = tuple(self._clauses(by_reference, any_row=bool(rows)))
        indicators = tuple(self._indicator(row) for row in rows)
        for outcome, place in self._promises().items():
            promised.setdefault(outcome, place)
        for row in (*rows, *(row for row, _ in milestones)):
            for outcome in row.outcomes if row.record["outcome"] else ():
                promised.setdefault(outcome, self._place(row.record.blocks))
        direct = [(row.outcomes, money) for row, money in milestones if money in loose]
        outcomes = tuple(
            OutcomeTie(
                outcome.id,
                outcome.prefLabel,
                promised[outcome.id],
                tuple(indicator for indicator in indicators if outcome.id in indicator.outcomes),
                tuple(money for ids, money in direct if outcome.id in ids),
            )
            for outcome in self._scheme.outcomes
            if outcome.id in promised
        )
        every = [money for indicator in indicators for money in indicator.money] + loose
        unique = tuple(sorted({id(money): money for money in every}.values(), key=lambda money: money.place.start))
        tied = {id(money) for tie in outcomes for indicator in tie.indicators for money in indicator.money}
        tied |= {id(money) for tie in outcomes for money in tie.money}
        untied = tuple(money for money in unique if id(money) not in tied)
        spoken_of = bool(indicators) or any(self._words.says("kpis", sentence) for sentence, _ in self._prose())
        return Ties(self._report, outcomes, indicators, unique, untied, general, spoken_of)

    def _promises(self) -> dict[str, Place]:
        """Return the outcomes that sentences promise or ask for, each with the best of them."""
        stated: dict[str, list[Evidence]] = {}
        for item in self._evidence:
            if item.level >= Level.STATED and item.who is not Who.NOBODY and item.confidence >= _LIKELY:
                stated.setdefault(item.outcome, []).append(item)
        return {
            outcome: self._place_of(max(items, key=lambda item: (item.level, item.confidence, -item.start)))
            for outcome, items in stated.items()
            if len({item.start for item in items}) >= _OFTEN
        }

    def _read(
        self,
        record: Record,
        promised: dict[str, Place],
        rows: list[_Row],
        milestones: list[tuple[_Row, Money]],
    ) -> None:
        row = _Row(record, self._outcomes_of(record))
        money = self._money_of(record)
        if record["target"] or "target" in record.cells or (record["indicator"] and record["when"] and not money):
            rows.append(row)
            row.money += [money] if money else []
        elif money:
            milestones.append((row, money))
        elif record["outcome"]:
            for outcome in self._named(record["outcome"]):
                promised.setdefault(outcome, self._place(record.blocks))
                if record.reference:
                    self._references.setdefault(record.reference, outcome)

    def _money_of(self, record: Record) -> Money | None:
        kinds = (("credit", MoneyKind.CREDIT), ("pay", MoneyKind.MILESTONE), ("remedy", MoneyKind.REMEDY))
        for sort, kind in kinds:
            text = record[sort]
            if text and not self._words.says("unpaid", text):
                what = " · ".join((*record.other, *([record["indicator"]] if record["indicator"] else [])))
                return Money(kind, record.reference, text, what, record["when"], self._place(record.blocks))
        return None

    def _tie(self, row: _Row, money: Money, by_reference: Mapping[str, _Row]) -> bool:
        """Tie money to the indicators that its row names; tell whether it names any."""
        text = " ".join(block.text for block in row.record.blocks)
        named = self._referred(text, by_reference)
        for indicator in named:
            indicator.money.append(money)
        return bool(named)

    def _clauses(self, by_reference: Mapping[str, _Row], *, any_row: bool) -> Iterator[Money]:
        """Tie the money of every clause to the indicators that it names; yield the remedies that hold for any."""
        for block in self._document.blocks:
            if block.kind in {Kind.TABLE_ROW, Kind.HEADING} or block.kind in SILENT_KINDS:
                continue
            for start, end in sentence_spans(block):
                sentence = block.text[start:end].strip()
                named = self._referred(sentence, by_reference)
                kind = self._kind(sentence)
                if kind and (named or (kind is MoneyKind.REMEDY and any_row and self._words.says("any", sentence))):
                    whole = block.start + start, block.start + start + len(block.text[start:end].rstrip())
                    place = Place(self._document.text[whole[0] : whole[1]], *whole, block.anchor, block.section)
                    money = Money(kind, "", sentence, "", "", place)
                    for row in named:
                        row.money.append(money)
                    if not named:
                        yield money

    def _kind(self, sentence: str) -> MoneyKind | None:
        if self._words.says("unpaid", sentence):
            return None
        kinds = (("credits", MoneyKind.CREDIT), ("pays", MoneyKind.RESULT), ("remedies", MoneyKind.REMEDY))
        return next((kind for name, kind in kinds if self._words.says(name, sentence)), None)

    @staticmethod
    def _referred(text: str, by_reference: Mapping[str, _Row]) -> list[_Row]:
        """Return the rows that a text names, one by one or as "K1 to K6"."""
        order = list(by_reference)
        named: set[str] = set()
        for first, last in _RANGE.findall(text):
            if first in by_reference and last in by_reference:
                named.update(order[order.index(first) : order.index(last) + 1])
        for reference in order:
            if not reference[0].isdigit() and re.search(rf"(?<![\w.]){re.escape(reference)}(?![\w]|\.\d)", text):
                named.add(reference)
        return [by_reference[reference] for reference in order if reference in named]

    def _indicator(self, row: _Row) -> Indicator:
        record = row.record
        name = record["indicator"] or " · ".join(record.other) or record["target"]
        blocks = record.blocks
        date = (
            record["when"] or self._date(" ".join(block.text for block in blocks)) or self._reported(blocks[0].section)
        )
        money = tuple({id(money): money for money in row.money}.values())
        return Indicator(record.reference, name, record["target"], date, row.outcomes, money, self._place(blocks))

    def _date(self, text: str) -> str:
        dates = [measure.text for measure in self._measures.find(text) if measure.kind is MeasureKind.DATE]
        return dates[-1] if dates else self._words.first("frequency", text)

    def _reported(self, section: tuple[str, ...]) -> str:
        """Return how often what stands in a section is measured, where a sentence in it, or on any KPI, says so."""
        for sentence, block in self._prose():
            often = self._words.first("frequency", sentence)
            here = block.section == section or self._words.says("any", sentence)
            if often and here and self._words.says("reports", sentence):
                return often
        return ""

    def _prose(self) -> Iterator[tuple[str, Block]]:
        for block in self._document.blocks:
            if block.kind in {Kind.PARAGRAPH, Kind.LIST_ITEM}:
                for start, end in sentence_spans(block):
                    yield block.text[start:end], block

    def _outcomes_of(self, record: Record) -> tuple[str, ...]:
        """Return the outcomes that a row names in its column for them; without such a column, those it speaks of."""
        if record["outcome"]:
            named = self._named(record["outcome"])
            return tuple(named)
        if "outcome" in record.cells:
            return ()
        first, last = record.blocks[0].start, record.blocks[-1].end
        found = [item for item in self._evidence if first <= item.start < last]
        best = max((item.confidence for item in found), default=0.0)
        return tuple(dict.fromkeys(item.outcome for item in found if item.confidence >= min(best, _SURE)))

    def _named(self, cell: str) -> list[str]:
        """Return the outcomes that a cell names, by name or by reference; longer names first."""
        rest, found = cell, []
        short = len(cell.split()) <= _SHORT
        for name, outcome in self._names:
            if not short and " " not in name:
                continue  # "data" and "value" are words of many sentences
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", rest, re.IGNORECASE):
                rest = re.sub(re.escape(name), " ", rest, flags=re.IGNORECASE)
                found.append(outcome)
        found += [
            outcome
            for reference, outcome in self._references.items()
            if re.search(rf"(?<!\w){re.escape(reference)}(?!\w)", rest)
        ]
        return list(dict.fromkeys(found))

    def _place(self, blocks: Sequence[Block]) -> Place:
        first, last = blocks[0], blocks[-1]
        quote = self._document.text[first.start : last.end]
        return Place(quote, first.start, last.end, first.anchor, first.section)

    @staticmethod
    def _place_of(item: Evidence) -> Place:
        return Place(item.quote, item.start, item.end, Anchor(item.page, item.approximate, item.label), item.section)


def _names(scheme: Scheme) -> list[tuple[str, str]]:
    """Return every name of every outcome, the longest first."""
    named = [(name, outcome.id) for outcome in scheme.outcomes for name in (outcome.prefLabel, *outcome.altLabel)]
    return sorted(named, key=lambda entry: (-len(entry[0]), entry))
