"""What findings say in the same words in every format for people."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tenderkit.reports import wording
from tenderkit.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tenderkit.findings import Checked, CheckReport, Finding
    from tenderkit.rules import Rule


def place(finding: Finding) -> str:
    """Return where a finding stands, with the nearest heading; empty for one of the whole document."""
    anchor = finding.anchor
    return wording.place(anchor.page, finding.section[-1:], approximate=anchor.approximate, label=anchor.label)


def message(finding: Finding) -> str:
    """Return what is wrong, harmless and not too long."""
    return wording.shorten(wording.harmless(finding.message), 400)


def not_read(checked: Checked) -> list[str]:
    """Return a line for each part of a document that was not read."""
    return wording.unread_lines(checked.document.unread)


def summary(report: CheckReport) -> str:
    """Return how many findings there are, and how grave: "3 findings in 1 document: 2 errors, 1 warning"."""
    found = report.findings
    where = f"in {wording.count(len(report.documents), 'document')}"
    if not found:
        return f"Nothing found {where}; {wording.count(len(report.rules), 'rule')} asked."
    counts = Counter(finding.rule.severity for finding in found)
    parts = ", ".join(wording.count(counts[severity], severity.value) for severity in Severity if counts[severity])
    return f"{wording.count(len(found), 'finding')} {where}: {parts}."


def by_rule(found: Iterable[Finding]) -> list[tuple[int, Rule]]:
    """Return how often each rule was broken, most often first."""
    found = tuple(found)
    rules = {finding.rule.code: finding.rule for finding in found}
    counts = Counter(finding.rule.code for finding in found)
    return sorted(((count, rules[code]) for code, count in counts.items()), key=lambda item: (-item[0], item[1].code))
