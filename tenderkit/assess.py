"""The whole story on one page: a document and a vocabulary become a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tenderkit.matching import Matcher

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tenderkit.document import Document
    from tenderkit.evidence import Evidence, Reason, Stance
    from tenderkit.matching import Rejection
    from tenderkit.roles import Role
    from tenderkit.scoring import Scorecard
    from tenderkit.vocabulary import Scheme


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """
    One document, assessed.

    Attributes:
        document: As read; a file that could not be read has no blocks, and says why in `unread`.
        role: bid, tender, contract or strategy; empty for a file that could not be read.
        role_reasons: The words that decided the role, or that the user did.
        scorecard: None for a file that could not be read.
    """

    document: Document
    role: str
    role_reasons: tuple[Reason, ...]
    scorecard: Scorecard | None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one run found, ready to be rendered."""

    scheme: Scheme
    documents: tuple[DocumentReport, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One sentence in which something was found: what counted, and what was refused and why."""

    quote: str
    page: int | None
    section: tuple[str, ...]
    start: int
    end: int
    evidence: tuple[Evidence, ...]
    rejections: tuple[Rejection, ...]


@dataclass(frozen=True, slots=True)
class Prediction:
    """What tenderkit says of one labelled passage: its outcomes (sorted ids), those to check, stance and measured."""

    outcomes: tuple[str, ...]
    possible: tuple[str, ...]
    stance: Stance
    measured: bool


class Assessor:
    """
    A vocabulary, made ready once, that assesses any number of documents.

    Args:
        scheme: The vocabulary.
    """

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self._matcher = Matcher(scheme)

    def assess(
        self, document: Document, role: Role | None = None, weights: Mapping[str, float] | None = None
    ) -> DocumentReport:
        """Assess one document; *role* overrides what is detected, *weights* are by outcome id."""
        raise NotImplementedError

    def explain(self, document: Document, outcome: str, role: Role | None = None) -> Iterator[Explanation]:
        """Yield, in reading order, every sentence in which a term of *outcome* was found or refused."""
        raise NotImplementedError

    def predict(self, text: str) -> Prediction:
        """Judge one passage by itself, as `tenderkit evaluate` does."""
        raise NotImplementedError
