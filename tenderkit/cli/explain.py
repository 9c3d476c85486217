"""`tenderkit explain`."""

from typing import Annotated

import typer

from tenderkit.cli import options, streams


def explain(
    file: options.File,
    *,
    outcome: Annotated[str, typer.Option(metavar="ID", help="The outcome to explain.", show_default=False)],
    role: options.AsRole = None,
    vocab: options.Vocab = None,
    timeout: options.Timeout = None,
    tracked: options.Tracked = None,
    password: options.Password = None,
    ocr: options.Ocr = False,
    output: options.Output = None,
) -> None:
    """
    Show what counted for an outcome, and why.

    Sentence by sentence: what was found, what it was taken for, what was refused, and the reasons.

    Example: tenderkit explain bid.pdf --outcome inclusion
    """
    from tenderkit import batch, settings
    from tenderkit.assess import ready_assessor
    from tenderkit.reports import explanation

    chosen = settings.resolve([file], vocab=vocab, role=role, timeout=timeout, tracked=tracked, ocr=ocr)
    wanted = chosen.scheme.outcome(outcome)
    reading = chosen.reading
    ocr_program = streams.find_ocr(reading)
    wishes = batch.Options(None, None, reading.limits, password, reading.seconds, reading.tracked, ocr_program)
    document = batch.read_one(file, wishes)
    explanations = ready_assessor(chosen.scheme).explain(document, wanted.id, chosen.role)
    colour = output is None and streams.colour_wanted()
    streams.write(explanation.render(document, wanted, explanations, colour=colour), output)
