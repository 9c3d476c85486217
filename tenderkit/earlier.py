"""
What is new since an earlier state (`check --diff`): findings as JSON, a document, a folder, or a commit of git.

Findings are compared by their fingerprints, so that a change elsewhere in a document makes none of them new.
"""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tenderkit.errors import UsageError
from tenderkit.sources import find_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from tenderkit.findings import CheckReport
    from tenderkit.sources import Source

_SCHEMA = "tenderkit/findings/1"


@dataclass(frozen=True, slots=True)
class Earlier:
    """
    What was found before.

    Attributes:
        fingerprints: By the path of a document as reported; how often each.
    """

    fingerprints: Mapping[str, Counter[str]]

    def keep_new(self, report: CheckReport) -> CheckReport:
        """
        Return a report without the findings that were there before.

        Of one document before and one now, the names do not count: a draft often gets a new name.
        """
        alone = len(self.fingerprints) == len(report.documents) == 1
        documents, left = [], 0
        for checked in report.documents:
            before = next(iter(self.fingerprints.values())) if alone else self.fingerprints.get(checked.document.path)
            known = before or Counter[str]()
            kept = checked.keep(lambda finding, known=known: not known[finding.fingerprint])  # type: ignore[misc]
            left += len(checked.findings) - len(kept.findings)
            documents.append(kept)
        return replace(report, documents=tuple(documents), before=left, against=True)


def of_report(report: CheckReport) -> Earlier:
    """Return what a report found."""
    return Earlier(
        {
            checked.document.path: Counter(finding.fingerprint for finding in checked.findings)
            for checked in report.documents
        }
    )


def of_json(file: Path) -> Earlier | None:
    """
    Return what an earlier run wrote with `--format json`; None for a file that is no JSON.

    Raises:
        UsageError: When it is JSON of another kind.
    """
    if file.suffix.lower() != ".json":
        return None
    try:
        value = json.loads(file.read_bytes())
        found = {
            str(document["path"]): Counter(str(finding["fingerprint"]) for finding in document["findings"])
            for document in value["documents"]
        }
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        value, found = {}, {}
    if not isinstance(value, dict) or value.get("schema") != _SCHEMA:
        raise UsageError(f"'{file}' holds no findings. Write it with: tenderkit check PATH --format json.")
    return Earlier(found)


def read_earlier(old: str, sources: Iterable[Source], check: Callable[[Iterable[Source]], CheckReport]) -> Earlier:
    """
    Return what was found before.

    Args:
        old: A file of findings, a document, a folder, or what git knows a commit by.
        sources: What is checked now.
        check: Checks what is as it was before.

    Raises:
        UsageError: When *old* is none of these.
    """
    path = Path(old)
    if path.is_file() and (earlier := of_json(path)):
        return earlier
    if path.exists():
        return of_report(check(find_sources([old])))
    with TemporaryDirectory() as folder:
        return of_report(check([*_as_committed(old, sources, Path(folder))]))


def _as_committed(commit: str, sources: Iterable[Source], folder: Path) -> Iterator[Source]:
    """Yield the sources that a commit has, as they are in it."""
    for number, source in enumerate(sources):
        if source.file is None:
            continue
        there = source.file.absolute()
        if _git(there.parent, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}^{{commit}}") is None:
            raise UsageError(f"'{commit}' is no file or folder, and no commit that git knows here. Correct the name.")
        data = _git(there.parent, "show", "--end-of-options", f"{commit}:./{there.name}")
        if data is not None:
            file = folder / f"{number}"
            file.write_bytes(data)
            yield replace(source, file=file)


def _git(folder: Path, *arguments: str) -> bytes | None:
    """Return what git says, or None where it, the folder or what is asked for is not there."""
    try:
        done = subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, check=False)  # noqa: S603, S607 - no shell; the user's own git
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
