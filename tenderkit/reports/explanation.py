"""What `tenderkit explain` prints: sentence by sentence, what counted for an outcome, and what was refused and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from tenderkit.reports import quoting, screen, wording
from tenderkit.scoring import bars

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from tenderkit.document import Document
    from tenderkit.evidence import Evidence
    from tenderkit.matching import Rejection
    from tenderkit.results import Explanation
    from tenderkit.vocabulary import Outcome
    from tenderkit.weights import Weights


def render(
    document: Document,
    outcome: Outcome,
    explanations: Iterable[Explanation],
    weights: Weights | None = None,
    *,
    colour: bool = False,
    width: int = 80,
) -> str:
    """
    Render the explanation of one outcome in one document.

    Args:
        document: As read.
        outcome: The outcome that is explained.
        explanations: In reading order.
        weights: Of the vocabulary, which tell from which certainty a passage counts.
        colour: With colour codes.
        width: Columns.
    """
    return screen.draw(
        lambda console: _show_all(document, outcome, explanations, weights, console), width=width, colour=colour
    )


def _show_all(
    document: Document,
    outcome: Outcome,
    explanations: Iterable[Explanation],
    weights: Weights | None,
    console: Console,
) -> None:
    console.print(Text(f"{outcome.prefLabel} in {wording.harmless(document.path)}", style=screen.HEAD))
    for note in document.notes:
        console.print(Text(wording.harmless(note)))
    labels = {theme.id: theme.prefLabel for theme in outcome.themes}
    sentences = counted = possible = refused = 0
    for explanation in explanations:
        sentences += 1
        counted += len(explanation.evidence)
        possible += len(explanation.possible)
        refused += len(explanation.rejections)
        _show(explanation, document, labels, console)
    console.print()
    passages, terms = wording.count(counted, "passage"), wording.count(refused, "term")
    check = f", {possible:,} to check" if possible else ""
    console.print(Text(f"{wording.count(sentences, 'sentence')}: {passages} counted{check}, {terms} refused."))
    if weights:
        alone, beside = bars(weights)
        console.print(
            Text(
                f"A passage counts from certainty {alone:.2f}; one that states a theme from {beside:.2f} where others "
                f"that say so lift it to {alone:.2f}."
            )
        )
    for line in wording.unread_lines(document.unread):
        console.print(Text(f"Not read: {line}"))
    if note := wording.gaps_note(document):
        console.print(Text(note))


def _show(explanation: Explanation, document: Document, labels: dict[str, str], console: Console) -> None:
    console.print()
    console.print(Text(f"“{wording.harmless(explanation.quote).strip()}”"))
    place = wording.place(
        explanation.page, explanation.section, approximate=explanation.approximate, label=explanation.label
    )
    offsets = f"characters {explanation.start} to {explanation.end}"
    _indented(", ".join(part for part in (place, offsets) if part), console, style=screen.QUIET)
    bands = (
        ("counted", explanation.evidence),
        ("please check, not counted", explanation.possible),
        ("too unsure", explanation.unsure),
    )
    for band, items in bands:
        for evidence in items:
            _indented(_told(band, evidence, labels), console)
            if evidence.weighed:
                _indented(quoting.certainty(evidence), console, style=screen.QUIET)
    refusals = (_refused(rejection, document, labels) for rejection in explanation.rejections)
    for line in dict.fromkeys(refusals):
        _indented(line, console)


def _told(band: str, evidence: Evidence, labels: dict[str, str]) -> str:
    because = quoting.reasons(evidence.because)
    return f"{band}: {labels[evidence.theme]}: {wording.judged(evidence)}, because: {because}"


def _refused(rejection: Rejection, document: Document, labels: dict[str, str]) -> str:
    match = rejection.match
    words = wording.harmless(document.text[match.start : match.end])
    return f"refused: {labels[match.theme.id]}: “{words}”: {wording.shorten(wording.harmless(rejection.why), 120)}"


def _indented(line: str, console: Console, style: str = "") -> None:
    console.print(Padding(Text(line, style=style), (0, 0, 0, 2)))
