"""
What ties the outcomes of a contract to its money: outcome → indicator → target → date → payment, and where it breaks.

An indicator is a row of a table of KPIs or service levels. Money is a milestone payment, a service credit, a payment
by result, or a remedy. It is tied to an indicator that it names, or to an outcome that it names or clearly concerns.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenderkit.assess import DocumentReport
    from tenderkit.document import Anchor


class Link(StrEnum):
    """One link of the chain behind an outcome, in its order."""

    KPI = "kpi"
    TARGET = "target"
    DATE = "date"
    PAYMENT = "payment"


class MoneyKind(StrEnum):
    """How money hangs on a result."""

    MILESTONE = "milestone payment"
    CREDIT = "service credit"
    RESULT = "payment by result"
    REMEDY = "remedy"


@dataclass(frozen=True, slots=True)
class Place:
    """
    Where something stands.

    Attributes:
        quote: `Document.text[start:end]`.
        anchor: Where a person finds it.
        section: The headings above it.
    """

    quote: str
    start: int
    end: int
    anchor: Anchor
    section: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Money:
    """
    A payment, credit or remedy.

    Attributes:
        kind: What it is.
        reference: What the document calls it, as "M2"; empty where it has no name.
        text: What is paid or done, in the document's words.
        for_what: What must be achieved, for a milestone; else empty.
        due: When, in the document's words; empty where it does not say.
        place: Where it stands.
    """

    kind: MoneyKind
    reference: str
    text: str
    for_what: str
    due: str
    place: Place


@dataclass(frozen=True, slots=True)
class Indicator:
    """
    A KPI or service level.

    Attributes:
        reference: What the document calls it, as "K3"; empty where it has no name.
        name: What is measured.
        target: In the document's words; empty where it has none.
        date: When or how often it is measured, in the document's words; empty where it does not say.
        outcomes: Ids of the outcomes that it names or clearly concerns.
        money: What is paid for it, or taken away.
        place: Where it stands.
    """

    reference: str
    name: str
    target: str
    date: str
    outcomes: tuple[str, ...]
    money: tuple[Money, ...]
    place: Place

    @property
    def missing(self) -> tuple[Link, ...]:
        """The links behind it that the document does not have."""
        has = {Link.TARGET: self.target, Link.DATE: self.date, Link.PAYMENT: self.money}
        return tuple(link for link in Link if link in has and not has[link])


@dataclass(frozen=True, slots=True)
class OutcomeTie:
    """
    One outcome that the document promises or asks for, and what is tied to it.

    Attributes:
        id: The outcome's id.
        label: Its name.
        promise: Where it is promised or asked for.
        indicators: Those that measure it.
        money: What is paid for it without an indicator between.
    """

    id: str
    label: str
    promise: Place
    indicators: tuple[Indicator, ...]
    money: tuple[Money, ...]

    @property
    def missing(self) -> tuple[Link, ...]:
        """What its best indicator lacks; a payment for the outcome itself stands for one that is tied to a KPI."""
        if not self.indicators:
            return (Link.KPI, *(() if self.money else (Link.PAYMENT,)))
        best = min((indicator.missing for indicator in self.indicators), key=len)
        return tuple(link for link in best if not (link is Link.PAYMENT and self.money))

    @property
    def breaks_at(self) -> Link | None:
        """The first missing link; None where the chain is whole."""
        return next(iter(self.missing), None)


@dataclass(frozen=True, slots=True)
class Ties:
    """
    The ties of one document.

    Attributes:
        report: Its assessment.
        outcomes: Those that it promises or asks for, in the vocabulary's order.
        indicators: All of them, in reading order.
        money: All of it, in reading order.
        untied: Money that is tied to no outcome.
        general: Clauses on what follows when any indicator is missed, as the right to terminate.
        spoken_of: Whether it speaks of indicators at all; they may stand in an annex, or where no table was found.
    """

    report: DocumentReport
    outcomes: tuple[OutcomeTie, ...]
    indicators: tuple[Indicator, ...]
    money: tuple[Money, ...]
    untied: tuple[Money, ...]
    general: tuple[Money, ...]
    spoken_of: bool

    @property
    def whole(self) -> tuple[OutcomeTie, ...]:
        """The outcomes whose chain is whole."""
        return tuple(outcome for outcome in self.outcomes if outcome.breaks_at is None)
