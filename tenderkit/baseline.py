"""
Findings that are known and accepted, each with a reason and an owner: a file of YAML beside the documents.

An entry is found again by its document and its finding's fingerprint, which outlives changes elsewhere in the document.
After its last day a finding counts again. An entry that nothing matches is stale.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from tenderkit.errors import MistakesError, UsageError
from tenderkit.findings import Acceptance, Acceptor, Entry
from tenderkit.resources import Mistakes, parse_yaml
from tenderkit.sources import reportable

if TYPE_CHECKING:
    from tenderkit.findings import Checked, CheckReport, Finding
    from tenderkit.resources import Node

SCHEMA = "tenderkit/baseline/1"
_KEYS = ("fingerprint", "code", "path", "reason", "owner")
_OPTIONAL = ("quote", "expires")
_QUOTE = 120  # characters, for people
_REASON, _OWNER = '--reason "..."', "--owner NAME"
_HEAD = """\
# Findings of tenderkit check that are known and accepted. Mend reasons, owners and dates by hand;
# write new entries with: tenderkit check PATH --write-baseline FILE --reason "..." --owner NAME
"""


@dataclass(frozen=True, slots=True)
class Baseline:
    """
    The entries of one file.

    Attributes:
        file: The file; paths of documents are told from its folder.
        entries: In the order of path, code, quote and fingerprint.
    """

    file: Path
    entries: tuple[Entry, ...] = ()

    def mark(self, report: CheckReport, today: date) -> CheckReport:
        """
        Return a report with the findings accepted that an entry matches, and with the entries that are stale.

        An entry of a document that was not checked, or of a rule that was not asked, is not stale, unless the document
        is gone.

        Args:
            report: What the run found.
            today: Entries that expired before it accept nothing; their findings say so.
        """
        known = {(entry.path, entry.fingerprint): entry for entry in self.entries}
        met: set[tuple[str, str]] = set()
        documents = []
        for checked in report.documents:
            path = self.path_of(checked)

            def marked(finding: Finding, path: str = path) -> Finding:
                entry = known.get((path, finding.fingerprint))
                if entry is None:
                    return finding
                met.add((path, finding.fingerprint))
                if finding.accepted:
                    return finding
                if entry.acceptance.is_over(today):
                    return replace(finding, lapsed=entry.acceptance)
                return replace(finding, accepted=entry.acceptance)

            documents.append(checked.change(marked))
        read = {self.path_of(checked) for checked in report.documents if checked.role}
        asked = {rule.code for rule in report.rules}
        stale = [
            entry
            for entry in self.entries
            if (entry.path, entry.fingerprint) not in met
            and ((entry.path in read and entry.code in asked) or not self._is_there(entry.path))
        ]
        return replace(report, documents=tuple(documents), stale=tuple(stale), against=True)

    def renew(self, report: CheckReport, *, reason: str, owner: str, expires: date | None, today: date) -> Renewal:
        """
        Return a baseline that accepts what a report holds.

        What an entry accepts already keeps its reason, owner and date, unless that is over. Stale entries are dropped.

        Args:
            report: What the run found; what a comment accepts is left out.
            reason: Why the new ones are accepted.
            owner: Who answers for them.
            expires: The last day on which they are.
            today: What expired before it is accepted anew.

        Raises:
            UsageError: When something is new and reason or owner is missing, or the day lies before *today*.
        """
        marked = self.mark(report, today)
        acceptance = Acceptance(Acceptor.BASELINE, reportable(reason.strip()), reportable(owner.strip()), expires)
        new = [
            _entry(finding, self.path_of(checked), acceptance)
            for checked in marked.documents
            for finding in checked.findings
            if finding.counts
        ]
        missing = [option for option, said in ((_REASON, reason), (_OWNER, owner)) if not said.strip()]
        if new and missing:
            how_many = "1 finding" if len(new) == 1 else f"{len(new):,} findings"
            raise UsageError(
                f"{how_many} would be new in '{self.file}'. Say why, and who answers for it: {' '.join(missing)}."
            )
        if new and expires and expires < today:
            raise UsageError(f"--expires {expires} lies before today ({today}). Give a day to come.")
        entries = {(entry.path, entry.fingerprint): entry for entry in self.entries if entry not in marked.stale}
        entries |= {(entry.path, entry.fingerprint): entry for entry in new}
        return Renewal(replace(self, entries=tuple(sorted(entries.values(), key=_order))), len(new), len(marked.stale))

    def render(self) -> str:
        """Return the file's text; the same entries always give the same bytes."""
        entries = [_written(entry) for entry in self.entries]
        value = {"schema": SCHEMA, "findings": entries}
        return _HEAD + yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=100)

    def path_of(self, checked: Checked) -> str:
        """Return the way to a document from the folder of this file, with forward slashes."""
        return path_from(self.file.parent, checked)

    def _is_there(self, path: str) -> bool:
        place = self.file.parent / path
        return path == "-" or place.exists() or any(parent.is_file() for parent in place.parents)


@dataclass(frozen=True, slots=True)
class Renewal:
    """A baseline as it is to be written, with how many of its entries are new and how many stale ones were dropped."""

    baseline: Baseline
    new: int
    dropped: int


def path_from(folder: Path, checked: Checked) -> str:
    """Return the way from a folder to a document, with forward slashes; standard input is "-"."""
    if not checked.file:
        return checked.document.path
    return reportable(Path(os.path.relpath(checked.file, folder.absolute())).as_posix())


def _entry(finding: Finding, path: str, acceptance: Acceptance) -> Entry:
    quote = " ".join((finding.quote or finding.message).split())
    quote = quote if len(quote) <= _QUOTE else f"{quote[: _QUOTE - 2].rstrip()} …"
    return Entry(finding.fingerprint, finding.rule.code, path, quote, acceptance)


def _order(entry: Entry) -> tuple[str, ...]:
    return entry.path, entry.code, entry.quote, entry.fingerprint


def _written(entry: Entry) -> dict[str, str]:
    accepted = entry.acceptance
    expires = {"expires": accepted.expires.isoformat()} if accepted.expires else {}
    return {
        "code": entry.code,
        "path": entry.path,
        "quote": entry.quote,
        "reason": accepted.reason,
        "owner": accepted.owner,
        **expires,
        "fingerprint": entry.fingerprint,
    }


def read_baseline(file: Path) -> Baseline:
    """
    Read a baseline.

    Raises:
        MistakesError: With every mistake, as `file:line: what. What to do.`
        UsageError: When there is no such file.
    """
    if not file.is_file():
        raise UsageError(f"There is no baseline '{file}'. Write one with --write-baseline, or correct the name.")
    mistakes = Mistakes()
    node = parse_yaml(file.read_bytes, file.name, mistakes)
    head = node.mapping(("schema", "findings")) if node else {}
    if "schema" in head and head["schema"].text() != SCHEMA:
        head["schema"].wrong(f"Not a baseline that is known here. Write 'schema: {SCHEMA}'.")
    entries = [entry for item in head["findings"].items() if (entry := _read(item))] if "findings" in head else []
    if mistakes.lines:
        raise MistakesError(tuple(mistakes.lines))
    return Baseline(file, tuple(sorted(entries, key=_order)))


def baseline_at(file: Path) -> Baseline:
    """Return the baseline that is in a file, or an empty one where there is no such file."""
    return read_baseline(file) if file.exists() else Baseline(file)


def _read(node: Node) -> Entry | None:
    part = node.mapping(_KEYS, _OPTIONAL)
    if any(key not in part for key in _KEYS):
        return None
    expires = read_day(str(part["expires"].raw.value)) if "expires" in part else None
    if "expires" in part and expires is None:
        part["expires"].wrong("No day. Write it as in 2027-03-31.")
    quote = str(part["quote"].raw.value) if "quote" in part else ""
    acceptance = Acceptance(Acceptor.BASELINE, part["reason"].text(), part["owner"].text(), expires)
    return Entry(part["fingerprint"].text(), part["code"].text(), part["path"].text(), quote, acceptance)


def read_day(text: str) -> date | None:
    """
    Return a day written as 2027-03-31; None for anything else.

    >>> read_day("2027-03-31"), read_day("2027-3-31"), read_day("2027-02-30")
    (datetime.date(2027, 3, 31), None, None)
    """
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None
