"""`tenderkit explain`."""

from pathlib import Path
from typing import Annotated

import typer

from tenderkit.cli import assessing, options, streams


def explain(
    file: Annotated[
        str, typer.Argument(metavar="FILE|CODE", help="A document, or - for standard input; or a rule of check.")
    ],
    *,
    outcome: Annotated[
        str | None, typer.Option(metavar="ID", help="The outcome to explain, for a document.", show_default=False)
    ] = None,
    rules: options.Rules = None,
    role: options.AsRole = None,
    vocab: options.Vocab = None,
    timeout: options.Timeout = None,
    tracked: options.Tracked = None,
    password: options.Password = None,
    ocr: options.Ocr = False,
    output: options.Output = None,
) -> None:
    """
    Show what counted for an outcome, or what a rule is for.

    Of a document, sentence by sentence: what was found, what it was taken for, what was refused, and the reasons.
    Of a rule: what it says, why it matters, what to do instead, its source and examples.

    Exit codes: 0 done, 2 wrong usage, 3 the document could not be read.

    Example: tenderkit explain bid.pdf --outcome inclusion

    Example: tenderkit explain TK402
    """
    target = streams.Target(output, [file])
    if outcome is None:
        _explain_rule(file, rules, target)
        return
    from tenderkit import batch
    from tenderkit.assess import ready_assessor
    from tenderkit.reports import explanation

    chosen = assessing.resolve([file], vocab=vocab, role=role, timeout=timeout, tracked=tracked, ocr=ocr)
    wanted = chosen.scheme.outcome(outcome)
    reading = chosen.reading
    document = batch.read_one(file, assessing.how(reading, password=password))
    assessor = ready_assessor(chosen.scheme)
    explanations = assessor.explain(document, wanted.id, chosen.role)
    colour = output is None and streams.colour_wanted()
    streams.write(explanation.render(document, wanted, explanations, assessor.scheme.weights, colour=colour), target)


def _explain_rule(code: str, folder: str | None, target: streams.Target) -> None:
    from tenderkit.errors import UsageError
    from tenderkit.reports import rules
    from tenderkit.rules import choose, with_own

    if Path(code).exists() or code == "-":
        raise UsageError(f"Which outcome is to be explained? Name it: tenderkit explain {code} --outcome ID.")
    try:
        chosen = choose(with_own(folder), [code])
    except UsageError as error:
        raise UsageError(f"{error} For a document, name an outcome too: --outcome ID.") from None
    streams.write("\n".join(rules.render_rule(rule) for rule in chosen), target)
