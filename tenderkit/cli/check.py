"""`tenderkit check`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from tenderkit.cli import assessing, options, streams
from tenderkit.reports.findings import Format
from tenderkit.severity import Severity

if TYPE_CHECKING:
    from tenderkit.baseline import Renewal
    from tenderkit.verdict import Verdict


def check(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Documents, folders of them, or - for standard input.")
    ],
    *,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="RULES", help="Ask these only: codes, beginnings of codes, names or packs, by commas."),
    ] = None,
    ignore: Annotated[list[str] | None, typer.Option(metavar="RULES", help="Do not ask these.")] = None,
    severity: Annotated[Severity, typer.Option(help="Show what is at least so grave.")] = Severity.NOTE,
    fail_on: Annotated[
        Severity | None,
        typer.Option(show_default=False, help="Exit with 1 for what is at least so grave (if not given: note)."),
    ] = None,
    form: Annotated[Format, typer.Option("--format", "-f", help="How findings are written.")] = Format.TEXT,
    output: options.Output = None,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Count findings by rule (text and markdown only).")
    ] = False,
    diff: Annotated[
        str | None,
        typer.Option(metavar="OLD", help="Show what is new since OLD: a document, a folder, JSON of ours, a commit."),
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Findings that are accepted, with reasons; they do not count.")
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Accept what is found: write or renew a baseline, and no more.")
    ] = None,
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why new entries of the baseline are accepted.")] = "",
    owner: Annotated[str, typer.Option(metavar="NAME", help="Who answers for them.")] = "",
    expires: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="The last day on which they are.")] = None,
    today: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Take this for today: it decides what has expired.")
    ] = None,
    no_inline: Annotated[
        bool, typer.Option("--no-inline", help="Let no comment in a document accept anything.")
    ] = False,
    profile: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Ask for this profile of tenderkit.toml; may be repeated.")
    ] = None,
    rules: options.Rules = None,
    role: options.AsRole = None,
    vocab: options.Vocab = None,
    tender: options.Tender = None,
    timeout: options.Timeout = None,
    tracked: options.Tracked = None,
    password: options.Password = None,
    ocr: options.Ocr = False,
) -> None:
    """
    Check templates, drafts and tenders against rules.

    Every finding says what is wrong, where, and what to do instead.

    Exit codes: 0 nothing found that counts (see --fail-on; what is accepted, or was there before, does not),
    1 findings, 2 wrong usage or a mistake in a rule, 3 a document could not be read.

    Example: tenderkit check templates/ --select template --format sarif --output findings.sarif
    """
    from functools import partial

    from tenderkit import checking
    from tenderkit.baseline import baseline_at, read_baseline
    from tenderkit.check_settings import resolve_check
    from tenderkit.cli.days import find_today, parse_day
    from tenderkit.earlier import read_earlier
    from tenderkit.errors import UsageError
    from tenderkit.named_vocabulary import find_vocabulary
    from tenderkit.reports import findings
    from tenderkit.reports.findings import told
    from tenderkit.sources import find_sources

    if statistics and form not in (Format.TEXT, Format.MARKDOWN):
        raise UsageError(f"--statistics is for people, and {form.value} is not. Use it with --format text or markdown.")
    if diff == "":
        raise UsageError("--diff is empty. Name a document, a folder, JSON of ours or a commit, or leave it out.")
    unused = [name for name, value in (("--reason", reason), ("--owner", owner), ("--expires", expires)) if value]
    if unused and not write_baseline:
        raise UsageError(f"{unused[0]} is for new entries of a baseline. Use it with --write-baseline.")
    streams.refuse_twice(paths, tender)
    vocabulary = find_vocabulary(paths, vocab)
    wanted = resolve_check(
        paths,
        select=select or (),
        ignore=ignore or (),
        fail_on=fail_on,
        rules=rules,
        baseline=baseline,
        inline=not no_inline,
        profile=profile or (),
        role=role,
        outcomes=lambda: [outcome.id for outcome in vocabulary.scheme.outcomes],
    )
    read = [*paths, tender, diff]
    target = streams.Target(output, read, {"--baseline": wanted.baseline, "--write-baseline": write_baseline})
    renewing = streams.Target(write_baseline, read, option="--write-baseline")
    plan = checking.make_plan(wanted)
    day, last = find_today(today), parse_day(expires, "--expires")
    listed = baseline_at(write_baseline) if write_baseline else wanted.baseline and read_baseline(wanted.baseline)
    reading = assessing.resolve_reading(*paths, timeout=timeout, tracked=tracked, ocr=ocr)
    sources = find_sources(paths)
    ask = partial(
        checking.check_sources,
        plan=plan,
        options=assessing.how(reading, password=password, role=wanted.role, tender=tender),
        vocabulary=vocabulary,
        failed=streams.show_bug,
    )
    report = ask(sources, started=streams.progress(sources))
    if write_baseline and listed:
        renewed = listed.renew(report, reason=reason, owner=owner, expires=last, today=day)
        _write(renewed, renewing, checking.judge(report, wanted.fail_on))
    report = listed.mark(report, day) if listed else report
    report = read_earlier(diff, sources, ask).keep_new(report) if diff else report
    shown = report.at_least(severity)
    streams.write(findings.render(shown, form, statistics=statistics, fail_on=wanted.fail_on), target)
    result = checking.judge(shown, wanted.fail_on)
    seen = form is Format.TEXT and streams.on_screen(output)  # the findings say already what was not read
    written = [told.summary(shown)] if output and shown.findings else []  # else a log shows a failure and no word
    for line in (*written, *(() if seen else result.unreadable), *told.stale(report, wanted.baseline)):
        streams.warn(line)
    raise typer.Exit(result.exit_code)


def _write(renewed: "Renewal", target: streams.Target, result: "Verdict") -> NoReturn:
    """Write a baseline and nothing else, and end; the findings in it are no reason to fail."""
    from tenderkit.reports.findings import told

    streams.write(renewed.baseline.render(), target)
    streams.write(told.written(renewed))
    for line in result.unreadable:
        streams.warn(line)
    raise typer.Exit(3 if result.unreadable else 0)
