"""Many documents are checked: sources and rules become a report, and the report an exit code."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING

from tenderkit import batch
from tenderkit.baseline import path_from
from tenderkit.document import NOTES_BY
from tenderkit.errors import UsageError
from tenderkit.findings import Checker, CheckReport, Notice
from tenderkit.reports.findings.told import not_read
from tenderkit.roles import Role
from tenderkit.rules import choose, named, with_own
from tenderkit.suppressions import suppress
from tenderkit.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tenderkit.check_settings import CheckSettings
    from tenderkit.document import Document
    from tenderkit.named_vocabulary import NamedVocabulary
    from tenderkit.rules import Rule
    from tenderkit.severity import Severity
    from tenderkit.sources import Source


def check_sources(
    sources: Iterable[Source],
    plan: Plan,
    options: batch.Options,
    *,
    vocabulary: NamedVocabulary,
    started: Callable[[Source], None] = lambda _: None,
    failed: Callable[[Exception], None] = lambda _: None,
) -> CheckReport:
    """
    Check every document in every source, in the order of (path, sha256).

    Args:
        sources: As `find_sources` returns them.
        plan: The rules to ask, and what is let pass.
        options: How to read and assess.
        vocabulary: What tells roles; it is loaded only where a rule asks for an assessment.
        started: Called before each source, for progress.
        failed: Called with an exception that is our own bug, for the curious.
    """
    scheme = vocabulary.scheme if any(rule.assesses for rule in plan.rules) else None
    checker = Checker(plan.rules, vocabulary, plan.settings.profiles)
    reports = batch.read_sources(sources, options, scheme, started=started, failed=failed)
    documents = [
        replace(
            checker.check(
                report.document,
                Role(report.role) if report.role else options.role,
                _given(source, report.document),
                report if report.scorecard else None,
            ),
            file=_file(source, report.document),
        )
        for source, report in reports
    ]
    documents.sort(key=lambda checked: (checked.document.path, checked.document.sha256, checked.given))
    return plan.settle(CheckReport(plan.rules, tuple(documents)))


def _given(source: Source, document: Document) -> str:
    """Return the way to a document from the working folder; for one that lies elsewhere, what is reported of it."""
    if source.file is None:
        return document.path
    way = os.path.relpath(source.file)
    if way.startswith("..") or PurePath(way).is_absolute():
        return document.path
    return f"{PurePath(way).as_posix()}{_inside(source, document)}".encode("utf-8", "replace").decode("utf-8")


def _file(source: Source, document: Document) -> str:
    """Return the whole way to a document, through the file that it is in; empty for standard input."""
    return f"{source.file.absolute().as_posix()}{_inside(source, document)}" if source.file else ""


def _inside(source: Source, document: Document) -> str:
    return document.path.removeprefix(source.path) if document.path.startswith(f"{source.path}/") else ""


@dataclass(frozen=True, slots=True)
class Plan:
    """
    What to ask, with nothing left to look up.

    Attributes:
        settings: As the user gave them.
        known: Every rule there is.
        rules: Those that are asked, with the severity that the user wants.
    """

    settings: CheckSettings
    known: tuple[Rule, ...]
    rules: tuple[Rule, ...]

    def settle(self, report: CheckReport) -> CheckReport:
        """Return a report without what is ignored in its file, and with what comments in documents accept."""
        documents = []
        for checked in report.documents:
            folder = self.settings.folder
            path = path_from(folder, checked) if folder else checked.document.path
            ignored = named(self.known, self.settings.ignored_in(path))
            kept = checked.keep(lambda finding, ignored=ignored: finding.rule.code not in ignored)  # type: ignore[misc]
            asked = [rule for rule in self.rules if rule.code not in ignored]
            kept = suppress(kept, asked, self.known) if self.settings.inline else kept
            documents.append(replace(kept, notices=(*kept.notices, *_own_notes(kept.document))))
        return replace(report, documents=tuple(documents))


def _own_notes(document: Document) -> tuple[Notice, ...]:
    """Return what to know of notes of ours in a document: they are no findings, and not for those who receive it."""
    count = sum(remark.author == NOTES_BY for remark in document.remarks)
    if not count:
        return ()
    notes, them = ("note", "it") if count == 1 else ("notes", "them")
    return (Notice(f"{count} {notes} of 'tenderkit annotate' in it: take {them} out before the document goes out."),)


def make_plan(settings: CheckSettings) -> Plan:
    """
    Load rules and choose among them.

    Raises:
        UsageError: When an option names a rule that does not exist; the nearest name is offered.
        MistakesError: When the settings do, with the line; and with every mistake in a rule of the user's own.
    """
    known = with_own(*settings.rules)

    def codes(key: str, words: Iterable[str]) -> set[str]:
        try:
            return named(known, words)
        except UsageError as error:
            raise settings.wrong(key, error) from None

    by_file = ((f"per-file-ignores.{glob}", words) for glob, words in settings.ignores_by_file)
    for key, words in (("select", settings.select), ("ignore", settings.ignore), *by_file):
        codes(key, words)  # each names rules that there are, or its line is told
    graver: dict[str, Severity] = {}
    for word in sorted(settings.severity, key=len):  # the longer code, which is the narrower one, wins
        graver |= dict.fromkeys(codes(f"severity.{word}", [word]), settings.severity[word])
    known = tuple(replace(rule, severity=graver.get(rule.code, rule.severity)) for rule in known)
    return Plan(settings, known, choose(known, settings.select, settings.ignore))


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
    below = [finding.message for finding in report.counted if finding.rule.severity.rank <= fail_on.rank]
    return Verdict(tuple(unreadable), tuple(below))
