"""What commands that read many files do alike: settings and options become documents read and assessed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn, TypedDict, Unpack

import typer

from tenderkit.cli import streams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tenderkit.assess import Report
    from tenderkit.batch import Options
    from tenderkit.document import Document, View
    from tenderkit.roles import Role
    from tenderkit.scoring import Against
    from tenderkit.settings import Reading, Settings
    from tenderkit.sources import Source
    from tenderkit.verdict import Verdict
    from tenderkit.vocabulary import Scheme


class _ForReading(TypedDict, total=False):
    timeout: float | None
    tracked: View | None
    ocr: bool


class _Given(_ForReading, total=False):
    vocab: str | None
    weights: Iterable[str]
    min_score: float | None
    require: Iterable[str]
    role: str | None


def resolve(paths: Iterable[str], *, quiet: bool = False, **given: Unpack[_Given]) -> Settings:
    """Return what `settings.resolve` does, and say which tenderkit.toml is used, unless *quiet*."""
    from tenderkit import settings

    chosen = settings.resolve(paths, **given)
    if not quiet:
        _name(chosen.reading)
    return chosen


def resolve_reading(*paths: str, **given: Unpack[_ForReading]) -> Reading:
    """Return what `settings.resolve_reading` does, and say which tenderkit.toml is used."""
    from tenderkit import settings

    reading = settings.resolve_reading(*paths, **given)
    _name(reading)
    return reading


def _name(reading: Reading) -> None:
    if reading.file:
        streams.warn(f"settings from {reading.file}")


def how(
    reading: Reading,
    *,
    password: str | None,
    role: Role | None = None,
    weights: Mapping[str, float] | None = None,
    tender: str | None = None,
) -> Options:
    """
    Return how to read and assess.

    Args:
        reading: From the settings.
        password: For files that are locked.
        role: For all of them, or None to detect it.
        weights: By outcome id.
        tender: The path of what the bids answer; it is read at once.

    Raises:
        UnreadableError: When the tender cannot be read.
    """
    from tenderkit import batch

    ocr = streams.find_ocr(reading)
    options = batch.Options(role, weights, reading.limits, password, reading.seconds, reading.tracked, ocr)
    return replace(options, tender=batch.read_one(tender, options)) if tender else options


def assess_paths(
    paths: Sequence[str],
    chosen: Settings,
    *,
    password: str | None = None,
    tender: str | None = None,
    against: str | None = None,
    quiet: bool = False,
    find: Callable[[Iterable[str]], tuple[Source, ...]] | None = None,
) -> Report:
    """
    Read and assess every document that *paths* name, with the settings of this run; progress goes to standard error.

    Args:
        paths: Documents, folders of them, or - for standard input.
        chosen: What `resolve` returned.
        password: Opens locked files.
        tender: The path of what the bids answer.
        against: The path of a tender to score by; without *tender* it is what the bids answer, too.
        quiet: Show no progress.
        find: Turns paths into sources, whose order the documents keep; None for `find_sources` and documents by path.

    Raises:
        UsageError: When standard input is to be two things.
        UnreadableError: When the tender cannot be read.
    """
    from tenderkit import batch
    from tenderkit.assess import Report
    from tenderkit.sources import find_sources

    streams.refuse_twice(paths, tender, against)
    sources = (find or find_sources)(paths)
    answers = tender or against
    options = how(chosen.reading, password=password, role=chosen.role, weights=chosen.weights, tender=answers)
    if against:
        options = replace(options, against=_asked_for(against, chosen, options, same=answers == against))
    started, failed = streams.progress(sources, quiet=quiet), streams.show_bug
    if find is None:
        return batch.assess_sources(sources, chosen.scheme, options, started=started, failed=failed)
    found = batch.read_sources(sources, options, chosen.scheme, started=started, failed=failed)
    return Report(chosen.scheme, tuple(report for _, report in found))


def _asked_for(path: str, chosen: Settings, options: Options, *, same: bool) -> Against:
    from tenderkit import batch
    from tenderkit.assess import ready_assessor
    from tenderkit.trace import asked_for

    tender = options.tender if same and options.tender else batch.read_one(path, options)
    doubt_tender(tender, chosen.scheme)
    return asked_for(tender, ready_assessor(chosen.scheme))


_SIGNS = 2  # so many, and what was named as the tender is a bid


def doubt_tender(document: Document, scheme: Scheme, bids: Sequence[Document] = ()) -> None:
    """
    Say so when what was named as the tender reads as a bid by several signs: the two are easily swapped.

    Raises:
        UsageError: When one of the bids reads as a tender as well.
    """
    from tenderkit.errors import UsageError
    from tenderkit.roles import Role, load_roles

    roles = load_roles(scheme.folder)
    guess = roles.find(document)
    if guess.role is not Role.BID or len(guess.because) < _SIGNS:
        return
    said = " and ".join(f"“{words}”" for words in guess.because[:_SIGNS])
    told = f"{document.path} reads as a bid, for it says {said}"
    for bid in bids:
        if roles.find(bid).role is Role.TENDER:
            raise UsageError(f"{told}; and {bid.path} reads as a tender. Swap them: the tender is named first.")
    streams.warn(f"{told}; the tender is to be named here.")


def finish(result: Verdict, *, seen: bool) -> NoReturn:
    """
    Say what was not as it should be, and end with the exit code for it.

    Args:
        result: Of the run.
        seen: Whether the person sees a report that says already what was not read.
    """
    for line in result.below if seen else (*result.unreadable, *result.below):
        streams.warn(line)
    raise typer.Exit(result.exit_code)
