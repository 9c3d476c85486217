"""How every command that scores goes from paths to a report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tenderkit.cli import streams

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tenderkit.assess import Report
    from tenderkit.settings import Settings


def assess_paths(
    paths: Sequence[str],
    chosen: Settings,
    *,
    output: Path | None = None,
    password: str | None = None,
    tender: str | None = None,
    quiet: bool = False,
) -> Report:
    """
    Read and assess every document that *paths* name, with the settings of this run; progress goes to standard error.

    Args:
        paths: Documents, folders of them, or - for standard input.
        chosen: What `settings.resolve` returned.
        output: Where the result will go: it may replace none of the documents.
        password: Opens locked files.
        tender: The path of what the bids answer.
        quiet: Say nothing on the way.

    Raises:
        UsageError: When the result would replace a document.
        UnreadableError: When the tender cannot be read.
    """
    from tenderkit import batch
    from tenderkit.sources import find_sources

    if chosen.file and not quiet:
        streams.warn(f"settings from {chosen.file}")
    reading = chosen.reading
    sources = find_sources(paths)
    streams.refuse_overwriting(output, [source.file for source in sources])
    how = batch.Options(
        chosen.role,
        chosen.weights,
        reading.limits,
        password,
        reading.seconds,
        reading.tracked,
        streams.find_ocr(reading),
    )
    return batch.assess_sources(
        sources,
        chosen.scheme,
        replace(how, tender=batch.read_one(tender, how)) if tender else how,
        started=streams.progress(sources, quiet=quiet),
        failed=streams.show_bug,
    )
