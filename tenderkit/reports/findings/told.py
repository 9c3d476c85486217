"""What findings say in the same words in every format for people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tenderkit.findings import Acceptor
from tenderkit.reports import wording
from tenderkit.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tenderkit.baseline import Renewal
    from tenderkit.findings import Checked, CheckReport, Finding, Notice
    from tenderkit.rules import Rule


def place(finding: Finding | Notice) -> str:
    """Return where a finding stands, with the nearest heading; empty for one of the whole document."""
    anchor = finding.anchor
    return wording.place(anchor.page, finding.section[-1:], approximate=anchor.approximate, label=anchor.label)


def line_and_place(finding: Finding | Notice) -> str:
    """Return where a finding stands, by its line too if the file has lines; for formats that show nothing but text."""
    anchor = finding.anchor
    line = f"line {anchor.line}" if anchor.line else ""
    return ", ".join(part for part in (line, place(finding)) if part)


def notice(told: Notice) -> str:
    """Return what a notice says, harmless and not too long."""
    return wording.shorten(wording.harmless(told.message), 400)


def message(finding: Finding) -> str:
    """Return what is wrong, harmless and not too long."""
    return wording.shorten(wording.harmless(finding.message), 400)


def not_read(checked: Checked) -> list[str]:
    """Return a line for each part of a document that was not read."""
    return wording.unread_lines(checked.document.unread)


def summary(report: CheckReport) -> str:
    """Return how many findings there are, and how grave: "3 findings in 1 document: 2 errors, 1 warning"."""
    found = report.counted
    read = sum(1 for checked in report.documents if checked.role)
    unread = len(report.documents) - read
    if unread and not read:
        return f"Nothing was checked: {wording.count(unread, 'document')} could not be read."
    where = f"in {wording.count(read, 'document')}"
    more = [
        (unread, "could not be read"),
        (len(report.findings) - len(found), "accepted"),
        (sum(1 for finding in found if finding.lapsed), "of these no longer accepted"),
        (report.before or 0, "left out that were there before"),
    ]
    others = "".join(f"; {number:,} {word}" for number, word in more if number)
    if not found:
        new = "new " if report.before is not None else ""
        return f"Nothing {new}found {where}{_read_as(report)}; {_asked(report)} asked{others}."
    counts = Counter(finding.rule.severity for finding in found)
    parts = ", ".join(wording.count(counts[severity], severity.value) for severity in Severity if counts[severity])
    return f"{wording.count(len(found), 'finding')} {where}: {parts}{others}."


def _read_as(report: CheckReport) -> str:
    """Return as what a single document was read: as another it would be asked other rules."""
    return f" (read as a {report.documents[0].role})" if len(report.documents) == 1 else ""


def _asked(report: CheckReport) -> str:
    """Return how many of the rules are for documents such as these."""
    roles, every = {checked.role for checked in report.documents}, len(report.rules)
    asked = sum(1 for rule in report.rules if not rule.roles or not roles.isdisjoint(rule.roles))
    return wording.count(every, "rule") if asked == every else f"{asked} of {wording.count(every, 'rule')}"


def by_rule(found: Iterable[Finding]) -> list[tuple[int, Rule]]:
    """Return how often each rule was broken, most often first."""
    found = tuple(finding for finding in found if finding.counts)
    rules = {finding.rule.code: finding.rule for finding in found}
    counts = Counter(finding.rule.code for finding in found)
    return sorted(((count, rules[code]) for code, count in counts.items()), key=lambda item: (-item[0], item[1].code))


def written(renewal: Renewal) -> str:
    """Return what was written into a baseline: "baseline.yml: 18 findings accepted, 3 of them new"."""
    file, entries = renewal.baseline.file, renewal.baseline.entries
    words = (
        f"{wording.harmless(file.name)}: {wording.count(len(entries), 'finding')} accepted, {renewal.new} of them new"
    )
    return words + (f"; {renewal.dropped} dropped that nothing matches any more.\n" if renewal.dropped else ".\n")


def stale(report: CheckReport, baseline: Path | None) -> Iterator[str]:
    """Yield a line for each entry of the baseline that nothing matches any more."""
    for entry in report.stale:
        yield wording.harmless(
            f"{baseline.name if baseline else ''}: nothing matches {entry.code} in {entry.path} "
            f"(“{entry.quote}”) any more. Remove the entry, or write the baseline anew."
        )


def accepted(finding: Finding) -> str:
    """
    Return why a finding does not count, or no longer does not; empty for one that simply counts.

    As "accepted until 2027-03-31 (A. Brook): settled at signing", or "accepted by a comment in the document: …".
    """
    acceptance = finding.accepted or finding.lapsed
    if acceptance is None:
        return ""
    until = f" until {acceptance.expires}" if acceptance.expires else ""
    who = f" ({acceptance.owner})" if acceptance.owner else ""
    by = " by a comment in the document" if acceptance.by is Acceptor.INLINE else ""
    word = "accepted" if finding.accepted else "no longer accepted, as it was"
    return wording.shorten(wording.harmless(f"{word}{by}{until}{who}: {acceptance.reason}"), 300)
