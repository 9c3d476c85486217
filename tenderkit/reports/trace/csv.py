"""The matrix as CSV: a row a requirement and bid, gaps first; no cell can start a formula."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from tenderkit.reports.csv import cell
from tenderkit.reports.trace import told
from tenderkit.reports.wording import unread_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderkit.trace import Trace, Traced

COLUMNS = (
    "document", "status", "id", "number", "requirement", "lead_in", "strength", "kind", "outcomes", "tender_page",
    "tender_page_approximate", "tender_section", "answer", "stance", "page", "page_approximate", "label", "section",
    "why", "more_answers", "to_look_at", "unread",
)  # fmt: skip


def render(traced: Trace) -> str:
    """Return a row for every requirement in every bid, or one without a bid; a bid not read is one row."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for row in _rows(traced):
        writer.writerow({name: cell(value) for name, value in row.items()})
    return stream.getvalue()


def _rows(traced: Trace) -> Iterator[dict[str, object]]:
    noted = told.quality_of(traced)
    if not traced.bids:
        for one in traced.requirements:
            yield _requirement(one) | {"to_look_at": "; ".join(noted.get(one.requirement.id, ()))}
    for bid in traced.bids:
        about: dict[str, object] = {"document": bid.path, "unread": "; ".join(unread_lines(bid.unread))}
        if not bid.text:
            yield about
            continue
        for one in traced.gaps_first(bid.path):
            answers = one.answers_of(bid.path)
            row = about | {"status": told.status(one, bid.path)} | _requirement(one)
            if answers:
                best = answers[0]
                row |= {
                    "answer": best.quote,
                    "stance": best.stance.value,
                    "page": best.anchor.page,
                    "page_approximate": best.anchor.approximate if best.anchor.page else None,
                    "label": best.anchor.label,
                    "section": " > ".join(best.section),
                    "why": "; ".join(best.why),
                    "more_answers": len(answers) - 1,
                }
            yield row


def _requirement(one: Traced) -> dict[str, object]:
    requirement = one.requirement
    return {
        "id": requirement.id,
        "number": requirement.number,
        "requirement": requirement.text,
        "lead_in": requirement.lead_in,
        "strength": requirement.strength.value,
        "kind": "submission" if requirement.submission else "delivery",
        "outcomes": " ".join(one.outcomes),
        "tender_page": requirement.anchor.page,
        "tender_page_approximate": requirement.anchor.approximate if requirement.anchor.page else None,
        "tender_section": " > ".join(requirement.section),
    }
