"""What ties say in the same words in every format for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.reports import wording
from tenderkit.ties import Link, MoneyKind

if TYPE_CHECKING:
    from tenderkit.ties import Indicator, Money, OutcomeTie, Place, Ties

NOTHING = "nothing found"
_QUOTE = 200  # characters


def summary(ties: Ties) -> str:
    """Return how many outcomes are tied through: "12 outcomes promised or asked for; 8 tied through to a payment"."""
    if not ties.outcomes:
        return "No outcome is promised or asked for in it."
    found = wording.count(len(ties.outcomes), "outcome")
    return f"{found} promised or asked for; {len(ties.whole)} tied through to a payment."


def state(outcome: OutcomeTie) -> str:
    """Return "whole", or where the chain breaks: "breaks at KPI"."""
    return "whole" if outcome.breaks_at is None else f"breaks at {link(outcome.breaks_at)}"


def link(missing: Link) -> str:
    """Return the name of a link as a person writes it."""
    return "KPI" if missing is Link.KPI else missing.value


def name(indicator: Indicator) -> str:
    """Return an indicator's reference and name."""
    return wording.harmless(" ".join(part for part in (indicator.reference, indicator.name) if part))


def money(paid: Money) -> str:
    """Return a payment in one line: "service credit: 2% of that month's charge"."""
    text = paid.text + (f", for {paid.for_what}" if paid.for_what else "") + (f", due {paid.due}" if paid.due else "")
    named = f" {paid.reference}" if paid.reference and paid.kind is MoneyKind.MILESTONE else ""
    return f"{paid.kind.value}{named}: {wording.shorten(wording.harmless(text), _QUOTE)}"


def apart(outcome: OutcomeTie) -> str:
    """Return what pays for an outcome with no KPI between: "by milestone M1"; empty where nothing does."""
    names = [f"{paid.kind.value.removesuffix(' payment')} {paid.reference}".strip() for paid in outcome.money]
    return f"by {', '.join(names)}" if names else ""


def words(text: str) -> str:
    """Return the document's own words in quotation marks, so that a target of none reads as what it is."""
    return f"“{wording.harmless(text)}”" if text else NOTHING


def quote(place: Place) -> str:
    """Return what stands at a place, in one line and in quotation marks."""
    return f"“{wording.shorten(wording.harmless(place.quote).strip(), _QUOTE)}”"


def where(place: Place) -> str:
    """Return the page and the nearest heading."""
    anchor = place.anchor
    return wording.place(anchor.page, place.section[-1:], approximate=anchor.approximate, label=anchor.label)
