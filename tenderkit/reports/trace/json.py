"""The matrix as JSON: a contract, versioned, with its JSON Schema beside it (`trace.schema.json`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tenderkit.compliance import Status
from tenderkit.reports.json import head, read_schema, unread_values, written
from tenderkit.reports.wording import gaps_note

if TYPE_CHECKING:
    from tenderkit.document import Anchor, Document
    from tenderkit.requirement_quality import Quality
    from tenderkit.trace import Answer, Trace, Traced

SCHEMA = "tenderkit/trace/1"


def render(traced: Trace) -> str:
    """Return the matrix as JSON, with a line break at its end; gaps stand first, as in every format."""
    value = {
        "schema": SCHEMA,
        **head(traced.scheme),
        "tender": _document(traced.tender),
        "documents": [
            _document(bid)
            | {
                "status": {status.value: traced.count(status, bid.path) for status in Status} if bid.text else None,
                "gaps_note": (gaps_note(bid) or None) if bid.text else None,
            }
            for bid in traced.bids
        ],
        "requirements": [_requirement(one) for one in traced.gaps_first()],
        "not_asked": [
            {
                "outcome": outcome.id,
                "label": outcome.prefLabel,
                "wholly": len(themes) == len(outcome.themes),
                "themes": [{"id": theme.id, "label": theme.prefLabel, "asks": theme.asks} for theme in themes],
            }
            for outcome, themes in traced.not_asked()
        ],
        "quality": _quality(traced.quality) if traced.quality else None,
    }
    return written(value)


def schema() -> dict[str, Any]:
    """
    Return the JSON Schema of the matrix.

    >>> schema()["$id"]
    'tenderkit/trace/1'
    """
    return read_schema("tenderkit.reports.trace", "trace.schema.json")


def _document(document: Document) -> dict[str, Any]:
    return {
        "path": document.path,
        "sha256": document.sha256 or None,
        "media_type": document.media_type or None,
        "pages": document.pages,
        "pages_read": document.pages_read,
        "words": document.words,
        "unread": unread_values(document),
        "notes": list(document.notes),
    }


def _requirement(one: Traced) -> dict[str, Any]:
    requirement = one.requirement
    return {
        "id": requirement.id,
        "number": requirement.number or None,
        "text": requirement.text,
        "lead_in": requirement.lead_in or None,
        **_place(requirement.anchor, requirement.section, requirement.start, requirement.end),
        "strength": requirement.strength.value,
        "kind": "submission" if requirement.submission else "delivery",
        "outcomes": list(one.outcomes),
        "themes": [{"outcome": outcome, "theme": theme} for outcome, theme in one.themes],
        "status": one.status.value if one.status else None,
        "statuses": {document: status.value for document, status in one.statuses},
        "answers": [_answer(answer) for answer in one.answers],
    }


def _answer(answer: Answer) -> dict[str, Any]:
    return {
        "document": answer.document,
        "quote": answer.quote,
        **_place(answer.anchor, answer.section, answer.start, answer.end),
        "stance": answer.stance.value,
        "relevance": round(answer.relevance, 2),
        "why": list(answer.why),
    }


def _place(anchor: Anchor, section: tuple[str, ...], start: int, end: int) -> dict[str, Any]:
    return {
        "page": anchor.page,
        "page_approximate": anchor.approximate,
        "label": anchor.label,
        "section": list(section),
        "start": start,
        "end": end,
    }


def _quality(quality: Quality) -> dict[str, Any]:
    return {
        "unclear": [
            {"requirement": one.requirement, "words": list(one.words), "why": one.why} for one in quality.unclear
        ],
        "duplicates": [
            {"first": pair.first, "second": pair.second, "similarity": pair.similarity} for pair in quality.duplicates
        ],
        "compound": [{"requirement": identifier, "times": times} for identifier, times in quality.compound],
    }
