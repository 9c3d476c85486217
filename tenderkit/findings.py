"""Rules and a document become findings."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from tenderkit.checks.text import Assessed, Text
from tenderkit.document import Anchor, Hidden, Remark, View, passage
from tenderkit.fingerprints import fingerprint, what_stays
from tenderkit.named_vocabulary import OURS
from tenderkit.readers import boilerplate
from tenderkit.roles import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from tenderkit.assess import DocumentReport
    from tenderkit.checks.text import Hit
    from tenderkit.document import Document
    from tenderkit.named_vocabulary import NamedVocabulary
    from tenderkit.rules import Example, Rule
    from tenderkit.severity import Severity
    from tenderkit.vocabulary import Scheme


NOWHERE = Anchor()


class Acceptor(StrEnum):
    """What says that a finding is accepted."""

    BASELINE = "baseline"  # a list beside the documents
    INLINE = "inline"  # a comment in the document


@dataclass(frozen=True, slots=True)
class Acceptance:
    """
    Why a finding does not count.

    Attributes:
        by: What says so.
        reason: In a person's words.
        owner: Who answers for it; empty where nobody is named.
        expires: The last day on which it holds; None for no end.
    """

    by: Acceptor
    reason: str
    owner: str = ""
    expires: date | None = None

    def is_over(self, today: date) -> bool:
        """Tell whether its last day lies before *today*."""
        return self.expires is not None and self.expires < today


@dataclass(frozen=True, slots=True)
class Notice:
    """
    Something to know of what accepts findings: a comment that has no effect, and why.

    Attributes:
        message: One sentence.
        anchor: Where a person finds it.
        section: The headings above it.
    """

    message: str
    anchor: Anchor = NOWHERE
    section: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """
    A finding that a baseline lists.

    Attributes:
        fingerprint: The finding's.
        code: Its rule's.
        path: Of its document, from the folder of the baseline, with forward slashes.
        quote: Its first words, for people.
        acceptance: Why it does not count, who answers for that and until when.
    """

    fingerprint: str
    code: str
    path: str
    quote: str
    acceptance: Acceptance


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One place where a document breaks a rule.

    Attributes:
        rule: Which one.
        message: What is wrong, in one sentence.
        quote: `Document.text[start:end]`; empty where it concerns the whole document.
        start: Offset of its first character, or None.
        end: Offset just past its last character, or None.
        anchor: Where a person finds it.
        section: The headings above it.
        fingerprint: What stays the same when the document changes elsewhere; see `fingerprints`.
        accepted: Why it does not count; None for one that does.
        lapsed: Why it did not count until a day that is over; None otherwise.
    """

    rule: Rule
    message: str
    quote: str = ""
    start: int | None = None
    end: int | None = None
    anchor: Anchor = NOWHERE
    section: tuple[str, ...] = ()
    fingerprint: str = ""
    accepted: Acceptance | None = None
    lapsed: Acceptance | None = None

    @property
    def counts(self) -> bool:
        """Whether it counts for the exit code."""
        return self.accepted is None


@dataclass(frozen=True, slots=True)
class Checked:
    """
    One document, checked.

    Attributes:
        document: As read; a file that could not be read has no blocks, and says why in `unread`.
        role: What it was taken for; empty for a file that could not be read.
        findings: In reading order; what concerns the whole document first.
        given: The file as the user named it, for programs that must find it again.
        file: The file, absolute, with the way to a document inside it; empty for standard input.
        notices: What to know of comments that accept findings.
    """

    document: Document
    role: str
    findings: tuple[Finding, ...] = ()
    given: str = ""
    file: str = ""
    notices: tuple[Notice, ...] = ()

    def keep(self, kept: Callable[[Finding], bool]) -> Checked:
        """Return it with those findings only that *kept* is true of."""
        return replace(self, findings=tuple(finding for finding in self.findings if kept(finding)))

    def change(self, changed: Callable[[Finding], Finding]) -> Checked:
        """Return it with each finding changed."""
        return replace(self, findings=tuple(changed(finding) for finding in self.findings))


@dataclass(frozen=True, slots=True)
class CheckReport:
    """
    Everything that one run found.

    Attributes:
        rules: Those that were asked.
        documents: Each with its findings.
        stale: Entries of the baseline that no finding matches any more.
        against: Whether a baseline was asked, or an earlier state.
        before: How many findings are left out because they were there before; None where that was not asked.
    """

    rules: tuple[Rule, ...]
    documents: tuple[Checked, ...]
    stale: tuple[Entry, ...] = ()
    against: bool = False
    before: int | None = None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Every finding, document by document."""
        return tuple(finding for checked in self.documents for finding in checked.findings)

    @property
    def counted(self) -> tuple[Finding, ...]:
        """Every finding that is not accepted."""
        return tuple(finding for finding in self.findings if finding.counts)

    def at_least(self, severity: Severity) -> CheckReport:
        """Return the report without what is less grave."""
        documents = tuple(
            checked.keep(lambda finding: finding.rule.severity.rank <= severity.rank) for checked in self.documents
        )
        return replace(self, documents=documents)


class Checker:
    """
    Rules, made ready once, for any number of documents.

    Args:
        rules: The rules to ask.
        vocabulary: What tells a document's role; and what assesses it, where a rule asks for that.
        profiles: Named levels (1 to 3) that outcomes are to reach, by outcome id.

    >>> from tenderkit.rules import load_rules
    >>> checker = Checker(load_rules())
    >>> document = passage("Data is held under the Data Protection Act 1998.")
    >>> [finding.quote for finding in checker.check(document, Role.TENDER).findings]
    ['Data Protection Act 1998']
    """

    def __init__(
        self,
        rules: Sequence[Rule],
        vocabulary: NamedVocabulary = OURS,
        profiles: Mapping[str, Mapping[str, int]] | None = None,
    ) -> None:
        self.rules = tuple(rules)
        self._vocabulary = vocabulary
        self._profiles = profiles or {}

    def check(
        self, document: Document, role: Role | None = None, given: str = "", report: DocumentReport | None = None
    ) -> Checked:
        """
        Check one document.

        Args:
            document: As read; of one without text nothing is asked.
            role: Instead of the one that is detected.
            given: Its path as the user named it.
            report: Its assessment, if it has one; it is made here if a rule asks for one.
        """
        if not document.text:
            return Checked(document, "", (), given or document.path)
        role = role or self._vocabulary.roles.find(document).role
        text = Text(document)
        asked = [rule for rule in self.rules if rule.asks(text, role)]
        if any(rule.assesses for rule in asked):
            text = Text(document, self._assessed(document, role, report))
        starts = [block.start for block in document.blocks]
        found = [finding for rule in asked for finding in _findings(text, starts, rule)]
        found.sort(
            key=lambda finding: (finding.start or 0, finding.start is not None, finding.end or 0, finding.rule.code)
        )
        return Checked(document, role.value, _with_fingerprints(found), given or document.path)

    def _assessed(self, document: Document, role: Role, report: DocumentReport | None) -> Assessed:
        report = report or self._vocabulary.assessor.assess(document, role)
        return Assessed(report, self._vocabulary.scheme, self._profiles)


def _findings(text: Text, starts: Sequence[int], rule: Rule) -> Iterator[Finding]:
    """Yield what a rule finds, gathered as it says: the first of a section or document stands for the others."""
    document = text.document
    gathered: dict[tuple[str, ...], list[Hit]] = {}
    for hit in rule.check.find(text):
        if not rule.once_per:
            yield _finding(document, starts, rule, hit, hit.facts)
        elif rule.once_per == "document" or hit.start is None:
            gathered.setdefault((), []).append(hit)
        else:
            gathered.setdefault(document.blocks[bisect_right(starts, hit.start) - 1].section, []).append(hit)
    for first, *others in gathered.values():
        times = 1 + len(others)
        if times >= rule.from_times:
            more = f" (and {len(others)} more here)" if others else ""
            yield _finding(document, starts, rule, first, (*first.facts, ("times", str(times)), ("more", more)))


def _finding(
    document: Document, starts: Sequence[int], rule: Rule, hit: Hit, facts: Iterable[tuple[str, str]]
) -> Finding:
    message = rule.message_for(facts)
    if hit.start is None or hit.end is None:
        return Finding(rule, message, anchor=Anchor(hit.page))
    block = document.blocks[bisect_right(starts, hit.start) - 1]
    return Finding(rule, message, document.text[hit.start : hit.end], hit.start, hit.end, block.anchor, block.section)


def _with_fingerprints(found: Iterable[Finding]) -> tuple[Finding, ...]:
    seen: Counter[tuple[str, ...]] = Counter()
    marked = []
    for finding in found:
        key = what_stays(finding.rule.code, finding.quote or finding.message, finding.section)
        marked.append(replace(finding, fingerprint=fingerprint(key, seen[key])))
        seen[key] += 1
    return tuple(marked)


def try_examples(rules: Iterable[Rule]) -> Iterator[str]:
    """
    Yield a line, `file:line: what is wrong. What to do.`, for every example that does not come out as its rule says.

    An example is asked by its own rule only, whatever its role and length.

    >>> from tenderkit.rules import load_rules
    >>> list(try_examples(load_rules()))
    []
    """
    for rule in rules:
        for example in rule.flags:
            if not flagged(rule, example):
                yield f"{example.where}: {rule.code} does not flag this. Widen the rule, or move it to 'passes'."
        for example in rule.passes:
            if flagged(rule, example):
                yield f"{example.where}: {rule.code} flags this. Narrow the rule with 'unless', or move it to 'flags'."


def flagged(rule: Rule, example: Example) -> bool:
    """Tell whether a rule finds anything in an example; for one that assesses it has its role."""
    document = _as_document(example)
    assessed = None
    if rule.assesses:
        role = rule.roles[0] if rule.roles else Role.BID
        tender = replace(passage(example.tender), sha256="of the tender") if example.tender else None
        report = OURS.assessor.assess(document, role, tender=tender)
        assessed = Assessed(report, OURS.scheme, _example_profile(OURS.scheme))
    starts = [block.start for block in document.blocks]
    return any(True for _ in _findings(Text(document, assessed), starts, rule))


def _example_profile(scheme: Scheme) -> dict[str, dict[str, int]]:
    """Return the profile that examples are held against: the vocabulary's first outcome is to be stated."""
    return {"example": {scheme.outcomes[0].id: 2}}


def _as_document(example: Example) -> Document:
    document = passage(example.text)
    if example.state == "tracked":
        return replace(document, tracked=View.FINAL)
    if example.state == "hidden":
        return replace(passage("We test."), hidden=(Hidden(None, example.text, "too small to see"),))
    if example.state == "comment":
        return replace(passage("We test."), remarks=(Remark(example.text, "A. Brook", 0, len("We test.")),))
    return replace(document, blocks=tuple(boilerplate.mark(document.blocks)))
