"""Many documents are checked: sources and rules become a report, and the report an exit code."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from tenderkit import batch
from tenderkit.findings import Checker, CheckReport
from tenderkit.reports.findings.told import not_read
from tenderkit.roles import Role
from tenderkit.verdict import Verdict
from tenderkit.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tenderkit.document import Document
    from tenderkit.rules import Rule
    from tenderkit.severity import Severity
    from tenderkit.sources import Source
    from tenderkit.vocabulary import Scheme


def check_sources(
    sources: Iterable[Source],
    rules: Sequence[Rule],
    options: batch.Options,
    *,
    role: Role | None = None,
    scheme: Scheme | None = None,
    profiles: Mapping[str, Mapping[str, int]] | None = None,
    started: Callable[[Source], None] = lambda _: None,
    failed: Callable[[Exception], None] = lambda _: None,
) -> CheckReport:
    """
    Check every document in every source, in the order of (path, sha256).

    Args:
        sources: As `find_sources` returns them.
        rules: The rules to ask.
        options: How to read and assess.
        role: Instead of the one that is detected.
        scheme: The vocabulary; ours if not given. It is loaded only where a rule asks for an assessment.
        profiles: Named levels (1 to 3) that outcomes are to reach, by outcome id.
        started: Called before each source, for progress.
        failed: Called with an exception that is our own bug, for the curious.
    """
    assessing = any(rule.assesses for rule in rules)
    scheme = (scheme or load_vocabulary()) if assessing else None
    checker = Checker(rules, scheme, profiles)
    reports = batch.read_sources(sources, replace(options, role=role), scheme, started=started, failed=failed)
    documents = [
        checker.check(
            report.document,
            Role(report.role) if report.role else role,
            _given(source, report.document),
            report if report.scorecard else None,
        )
        for source, report in reports
    ]
    documents.sort(key=lambda checked: (checked.document.path, checked.document.sha256, checked.given))
    return CheckReport(tuple(rules), tuple(documents))


def _given(source: Source, document: Document) -> str:
    """Return the way to a document from the working folder, where the user gave it as such."""
    file = source.file
    if file is None or PurePath(file).is_absolute() or ".." in file.parts:
        return document.path
    inside = document.path.removeprefix(source.path) if document.path.startswith(f"{source.path}/") else ""
    return f"{file.as_posix()}{inside}".encode("utf-8", "replace").decode("utf-8")


def judge(report: CheckReport, fail_on: Severity) -> Verdict:
    """
    Judge a report: 3 where a document was not read at all, else 1 for a finding that is grave enough, else 0.

    Args:
        report: What the run found.
        fail_on: The least severity that counts.
    """
    unreadable = [
        f"{checked.document.path}: {line}" for checked in report.documents if not checked.role
        for line in not_read(checked)
    ]  # fmt: skip
    below = [finding.message for finding in report.findings if finding.rule.severity.rank <= fail_on.rank]
    return Verdict(tuple(unreadable), tuple(below))
