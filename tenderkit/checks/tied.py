"""Kind `tied`: where the chain from an outcome over its KPI to a payment breaks (`tenderkit ties` draws it)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.checks.text import Hit, shortened
from tenderkit.document import Kind
from tenderkit.resources import nearest
from tenderkit.roles import Role
from tenderkit.ties import Link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tenderkit.checks.text import Text
    from tenderkit.resources import Node
    from tenderkit.ties import Indicator, Ties

REQUIRED = ("lacks",)
OPTIONAL = ()
ASSESSES = True
FACTS = ("found", "outcome", "reason", "kpi")

_OUTCOME = "outcome"
_KNOWN = [*(link.value for link in Link), _OUTCOME]


@dataclass(frozen=True, slots=True)
class Check:
    """
    Finds outcomes without a KPI, KPIs that lack a link, and payments without an outcome.

    Where a document has nothing of the kind at all, that is told once. A document that is no contract is asked only
    where it has KPIs: it may leave them, and the money, to the contract. Where KPIs are spoken of and no table of
    them was found, nothing is told.
    """

    lacks: str

    def find(self, text: Text) -> Iterator[Hit]:
        """Yield the places where a link is missing, in reading order."""
        ties = text.ties
        if not ties.indicators and (ties.spoken_of or ties.report.role != Role.CONTRACT):
            return
        if self.lacks == Link.KPI:
            found = self._outcomes(ties, _beside(text))
        else:
            found = self._money(ties) if self.lacks == _OUTCOME else self._indicators(ties)
        yield from sorted(found, key=lambda hit: hit.start or 0)

    @staticmethod
    def _outcomes(ties: Ties, beside: set[str]) -> Iterator[Hit]:
        """Yield the outcomes without a KPI, but for those that are spoken of where KPIs stand: a row may be torn."""
        bare = [outcome for outcome in ties.outcomes if not outcome.indicators and outcome.id not in beside]
        if bare and not ties.indicators:
            names = ", ".join(outcome.label for outcome in bare)
            yield Hit(facts=(("outcome", names), ("reason", "the document has no KPI")))
            return
        for outcome in bare:
            reason = f"promised or asked for here: “{shortened(outcome.promise.quote)}”"
            yield Hit(outcome.promise.start, outcome.promise.end, (("outcome", outcome.label), ("reason", reason)))

    def _indicators(self, ties: Ties) -> Iterator[Hit]:
        bare = [indicator for indicator in ties.indicators if self.lacks in indicator.missing]
        if len(bare) == len(ties.indicators) > 1:
            if self.lacks == Link.PAYMENT and ties.general:
                return  # what follows for any of them follows for all
            first, last = bare[0].place, bare[-1].place
            end = last.end if last.section == first.section else first.end
            yield Hit(first.start, end, (("kpi", f"All {len(bare)} KPIs"),))
            return
        for indicator in bare:
            yield Hit(indicator.place.start, indicator.place.end, (("kpi", _name(indicator)),))

    @staticmethod
    def _money(ties: Ties) -> Iterator[Hit]:
        for money in ties.untied:
            name = " ".join(part for part in (money.reference, f"“{shortened(money.for_what or money.text)}”") if part)
            yield Hit(money.place.start, money.place.end, (("found", name),))


def _beside(text: Text) -> set[str]:
    """Return the outcomes that are spoken of in any row of the tables where KPIs stand, torn or whole."""
    sections = {indicator.place.section for indicator in text.ties.indicators}
    rows = [block for block in text.document.blocks if block.kind is Kind.TABLE_ROW and block.section in sections]
    return {
        item.outcome
        for item in text.assessed.evidence
        if item.section in sections and any(block.start <= item.start < block.end for block in rows)
    }


def _name(indicator: Indicator) -> str:
    return " ".join(part for part in (indicator.reference, f"“{shortened(indicator.name)}”") if part)


def read(part: Mapping[str, Node], _lists: Mapping[str, tuple[str, ...]]) -> Check:
    """Read the keys of this kind."""
    lacks = part["lacks"].text() if "lacks" in part else Link.KPI.value
    if lacks not in _KNOWN:
        part["lacks"].wrong(f"No link '{lacks}'.{nearest(lacks, _KNOWN)} Known: {', '.join(_KNOWN)}.")
    return Check(lacks)
