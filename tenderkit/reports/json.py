"""The JSON report: a contract, versioned, with its JSON Schema beside it (`report.schema.json`)."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from tenderkit import __version__
from tenderkit.reports.wording import gaps_note
from tenderkit.scoring import Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tenderkit.assess import DocumentReport, Report
    from tenderkit.confidence import Weighed
    from tenderkit.document import Document, Hidden
    from tenderkit.evidence import Evidence, Reason
    from tenderkit.integrity import IntegrityNote
    from tenderkit.scoring import OutcomeScore, Scorecard, ThemeScore
    from tenderkit.vocabulary import Scheme

SCHEMA = "tenderkit/report/1"
TOOL = {"name": "tenderkit", "version": __version__}
_STEERING = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_OF_THE_REPORT = "../report.schema.json#"  # how another schema refers to a definition of the report's


def render(report: Report, *, outcome: str | None = None) -> str:
    """Return the report as JSON, with a line break at its end; *outcome* limits what is told in detail."""
    documents = [document_value(document, outcome) for document in report.documents]
    value = {"schema": SCHEMA, **head(report.scheme), "documents": documents}
    return written(value)


def written(value: Mapping[str, Any] | Sequence[Any]) -> str:
    """
    Return a JSON text as every contract of ours is written, with a line break at its end.

    >>> print(written({"page": None}), end="")
    {
      "page": null
    }
    """
    return dumped(value, indent=2) + "\n"


def dumped(value: Any, *, indent: int | None = None) -> str:
    r"""
    Return a value as JSON in which no character steers a terminal or turns the direction of what follows.

    >>> print(dumped(["caf\xe9 \x9b31m"]))
    ["café \u009b31m"]
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return _STEERING.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def schema() -> dict[str, Any]:
    """
    Return the JSON Schema of the report.

    >>> schema()["$id"]
    'tenderkit/report/1'
    """
    return read_schema("tenderkit.reports", "report.schema.json")


def read_schema(package: str, name: str) -> dict[str, Any]:
    """
    Return a JSON Schema that stands in a package; definitions of the report's that it refers to come along.

    >>> read_schema("tenderkit.reports.compare", "compare.schema.json")["properties"]["tool"]
    {'$ref': '#/$defs/tool'}
    """
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    value: dict[str, Any] = json.loads(text.replace(_OF_THE_REPORT, "#"))
    return {**value, "$defs": {**schema()["$defs"], **value["$defs"]}} if _OF_THE_REPORT in text else value


def head(scheme: Scheme) -> dict[str, Any]:
    """Return what made the report: the tool and the vocabulary."""
    return {
        "tool": TOOL,
        "vocabulary": {"id": scheme.id, "version": scheme.version, "sha256": scheme.sha256},
    }


def document_value(report: DocumentReport, outcome: str | None = None) -> dict[str, Any]:
    """Return one document as plain values; null for whatever is not known of a file that was not read."""
    document, card = report.document, report.scorecard
    return {
        "path": document.path,
        "sha256": document.sha256 or None,
        "media_type": document.media_type or None,
        "role": str(report.role) or None,
        "pages": document.pages,
        "pages_read": document.pages_read,
        "words": document.words,
        "score": round(card.score, 1) if card else None,
        "depth": round(card.depth, 1) if card else None,
        "status": {status.value: card.count(status) for status in Status} if card else None,
        **_details(card, outcome),
        "hidden": [hidden_value(hidden) for hidden in document.hidden],
        "integrity": [integrity_value(note) for note in report.integrity],
        "unread": unread_values(document),
        "gaps_note": (gaps_note(document) or None) if card else None,
        "recognised": [
            {
                "page": page.page,
                "by": page.by,
                "confidence": None if page.confidence is None else round(page.confidence),
            }
            for page in document.recognised
        ],
        "tracked": document.tracked.value if document.tracked else None,
        "against": _against(card),
        "notes": list(document.notes),
    }


def _against(card: Scorecard | None) -> dict[str, Any] | None:
    """Return by what of a tender a document was scored."""
    if card is None or card.against is None:
        return None
    against = card.against
    return {
        "tender": against.tender,
        "sha256": against.sha256,
        "requirements": against.requirements,
        "outcomes": [{"id": outcome, "requirements": number} for outcome, number in against.outcomes.items()],
        "themes": [{"outcome": outcome, "theme": theme} for outcome, theme in sorted(against.themes)],
    }


def _details(card: Scorecard | None, outcome: str | None) -> dict[str, Any]:
    if card is None:
        return {"outcomes": [], "possible": [], "gaps": [], "declined": []}
    return {
        "outcomes": [_outcome(scored) for scored in card.outcomes if outcome in {None, scored.id}],
        "possible": [
            {"outcome": evidence.outcome, "theme": evidence.theme, **evidence_value(evidence)}
            for evidence in card.possible
            if outcome in {None, evidence.outcome}
        ],
        "gaps": [
            {"outcome": gap.outcome, "theme": gap.theme, "asks": gap.asks}
            for gap in card.gaps
            if outcome in {None, gap.outcome}
        ],
        "declined": [
            {
                "outcome": evidence.outcome,
                "theme": evidence.theme,
                **passage_value(evidence),
                "because": _because(evidence),
            }
            for evidence in card.declined
            if outcome in {None, evidence.outcome}
        ],
    }


def integrity_value(note: IntegrityNote) -> dict[str, Any]:
    """Return a passage that says nothing of its own as plain values."""
    return {
        "kind": note.kind.value,
        "page": note.page,
        "page_approximate": note.approximate,
        "quote": note.quote,
        "start": note.start,
        "end": note.end,
        "why": note.why,
    }


def _outcome(outcome: OutcomeScore) -> dict[str, Any]:
    return {
        "id": outcome.id,
        "label": outcome.label,
        "score": round(outcome.score, 1),
        "status": outcome.status.value,
        "weight": outcome.weight,
        "themes": [_theme(theme) for theme in outcome.themes],
    }


def _theme(theme: ThemeScore) -> dict[str, Any]:
    return {
        "id": theme.id,
        "label": theme.label,
        "level": int(theme.level),
        "asks": theme.asks,
        "backed": theme.backed,
        "evidence": [evidence_value(evidence) for evidence in theme.evidence],
    }


def evidence_value(evidence: Evidence) -> dict[str, Any]:
    """Return a passage with all that was judged of it."""
    return {
        **passage_value(evidence),
        "stance": evidence.stance.value,
        "who": evidence.who.value,
        "measured": evidence.measured,
        "level": int(evidence.level),
        "confidence": round(evidence.confidence, 2),
        "stance_confidence": round(evidence.stance_confidence, 2),
        "certainty": evidence.certainty,
        "together": evidence.together,
        "because": _because(evidence),
        "weighed": [_weighed(part) for part in evidence.weighed],
    }


def passage_value(evidence: Evidence) -> dict[str, Any]:
    """Return where a passage stands."""
    return {
        "quote": evidence.quote,
        "page": evidence.page,
        "page_approximate": evidence.approximate,
        "label": evidence.label,
        "section": list(evidence.section),
        "start": evidence.start,
        "end": evidence.end,
    }


def unread_values(document: Document) -> list[dict[str, Any]]:
    """Return what of a document was not read as plain values."""
    return [{"page": unread.page, "why": unread.why} for unread in document.unread]


def hidden_value(hidden: Hidden) -> dict[str, Any]:
    """Return hidden text as plain values."""
    return {
        "page": hidden.page,
        "page_approximate": hidden.approximate,
        "quote": hidden.quote,
        "how": hidden.how,
    }


def _because(evidence: Evidence) -> list[dict[str, Any]]:
    return [_reason(reason) for reason in evidence.because]


def _reason(reason: Reason) -> dict[str, Any]:
    value: dict[str, Any] = {"kind": reason.kind, "text": reason.text}
    if reason.says:
        value["says"] = reason.says
    if reason.start is not None:
        value |= {"start": reason.start, "end": reason.end}
    return value


def _weighed(part: Weighed) -> dict[str, Any]:
    value: dict[str, Any] = {"kind": part.kind, "text": part.text, "weight": round(part.weight, 2)}
    if part.start is not None:
        value |= {"start": part.start, "end": part.end}
    return value
