"""`tenderkit check`."""

from typing import Annotated

import typer

from tenderkit.cli import options, streams
from tenderkit.reports.findings import Format
from tenderkit.severity import Severity


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
    fail_on: Annotated[Severity, typer.Option(help="Exit with 1 for what is at least so grave.")] = Severity.NOTE,
    form: Annotated[Format, typer.Option("--format", "-f", help="How findings are written.")] = Format.TEXT,
    output: options.Output = None,
    statistics: Annotated[
        bool, typer.Option("--statistics", help="Count findings by rule (text and markdown only).")
    ] = False,
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

    Exit codes: 0 nothing found, 1 findings, 2 wrong usage or a mistake in a rule, 3 a document could not be read.

    Example: tenderkit check templates/ --select template --format sarif --output findings.sarif
    """
    from dataclasses import replace

    from tenderkit import batch, checking, settings
    from tenderkit.reports import findings
    from tenderkit.rules import choose, with_own
    from tenderkit.sources import find_sources

    chosen = choose(with_own(rules), select or (), ignore or ())
    taken_for = settings.parse_role(role)
    reading = settings.resolve_reading(*paths, timeout=timeout, tracked=tracked, ocr=ocr)
    sources = find_sources(paths)
    streams.refuse_overwriting(output, [source.file for source in sources])
    how = batch.Options(
        None, None, reading.limits, password, reading.seconds, reading.tracked, streams.find_ocr(reading)
    )
    report = checking.check_sources(
        sources,
        chosen,
        replace(how, tender=batch.read_one(tender, how)) if tender else how,
        role=taken_for,
        scheme=settings.resolve(paths, vocab=vocab).scheme if any(rule.assesses for rule in chosen) else None,
        started=streams.progress(sources),
        failed=streams.show_bug,
    )
    shown = report.at_least(severity)
    streams.write(findings.render(shown, form, statistics=statistics), output)
    result = checking.judge(shown, fail_on)
    if not (form is Format.TEXT and streams.on_screen(output)):
        for line in result.unreadable:
            streams.warn(line)
    raise typer.Exit(result.exit_code)
