"""What "Yes" and "Partial" in a table row say: that a thing is done already, where another cell tells since when."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tenderkit.document import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenderkit.cue_finding import CueFinder, FoundCue
    from tenderkit.language import Sentence

_ROW_THAT_SPEAKS = 6  # words; a shorter table row says nothing by itself
_MAY_BE_DONE = frozenset({"commitment", "aspiration"})


def cues_of_row(sentence: Sentence, finder: CueFinder) -> tuple[FoundCue, ...]:
    """Return the cues of a sentence in a table row, and the answers in the row's other cells, which speak for it."""
    own = finder.find(sentence)
    row = [cell for cell in sentence.tokens.sentences() if cell.first != sentence.first]
    beside = [cue for cell in row for cue in finder.find(cell)]
    answers = [replace(cue, left=sentence.first, right=sentence.last) for cue in beside if cue.cue.at == "cell"]
    every = (*own, *beside)
    return tuple(_told(cue, every) if cue.cue.at == "cell" else cue for cue in (*own, *answers))


def is_bare_row(sentence: Sentence) -> bool:
    """Tell whether a table row names a subject and a slogan, and so takes no promise from its heading."""
    return sentence.block.kind is Kind.TABLE_ROW and len(sentence.text.split()) < _ROW_THAT_SPEAKS


def _told(answer: FoundCue, row: Sequence[FoundCue]) -> FoundCue:
    """
    Return the cue of an answering cell as the rest of its row has it: "Certificate held | Yes" is practice.

    Args:
        answer: The cue of a cell such as "Yes" or "Partial".
        row: The cues of all cells of the row.
    """
    if answer.cue.effect not in _MAY_BE_DONE or not any(cue.cue.at == "row" for cue in row):
        return answer
    promised = any(cue.cue.effect == "commitment" and cue.cue.weight and cue.cue.at != "cell" for cue in row)
    return answer if promised else replace(answer, cue=replace(answer.cue, effect="practice", who="author"))
