"""What "Yes" and "Partial" in a table row say: that a thing is done already, where another cell tells since when."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tenderkit.document import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenderkit.cue_finding import CueFinder, FoundCue
    from tenderkit.language import Sentence

_ROW_THAT_SPEAKS = 6  # words; a shorter table row says nothing by itself
_LONG_WORD = 5  # letters; a word that long names something
_MAY_BE_DONE = frozenset({"commitment", "aspiration"})
_HALF = frozenset({"aspiration", "negated", "practice"})
_ANSWERS = frozenset({"commitment", "negated"})
_ILLS = frozenset("""
    pay paid lost lose fined breach breached breaches complained complaint complaints failed fail outage outages late
    missed overrun delayed leaked leak downtime sued penalties penalty charge charges charged fee fees
""".split())  # fmt: skip  # noqa: SIM905 - what a question hopes to hear "no" to
_OF_A_STATE = re.compile(r"\W*(?:is|are|has|have|did|was|were)\b", re.IGNORECASE)  # "Is it tested …?", not "Does it …?"


def cues_of_row(sentence: Sentence, finder: CueFinder) -> tuple[FoundCue, ...]:
    """Return the cues of a sentence in a table row, and the answers in the row's other cells, which speak for it."""
    own = finder.find(sentence)
    cells = tuple(sentence.tokens.sentences())
    beside = [cue for cell in cells if cell.first != sentence.first for cue in finder.find(cell)]
    answers = [replace(cue, left=sentence.first, right=sentence.last) for cue in beside if cue.cue.at == "cell"]
    every = (*own, *beside)
    return tuple(_told(cue, every, cells) if cue.cue.at == "cell" else cue for cue in (*own, *answers))


def is_bare_row(sentence: Sentence) -> bool:
    """Tell whether a table row names a subject and a slogan, and so takes no promise from its heading."""
    return sentence.block.kind is Kind.TABLE_ROW and len(sentence.text.split()) < _ROW_THAT_SPEAKS


def speaks_for_itself(
    sentence: Sentence, span: tuple[int, int], answer: FoundCue, covering: Sequence[FoundCue]
) -> bool:
    """Tell whether words in a cell behind a half answer ("Partial", "n/a") are spoken of in that cell."""
    if answer.first >= span[0] or answer.cue.effect not in _HALF or sentence.tokens.texts[answer.first].lower() == "no":
        return False
    texts = sentence.tokens.texts
    begin = max((i for i in range(sentence.first, span[0]) if texts[i] == "\t"), default=sentence.first)
    return any(cue.first > begin and not cue.cue.at for cue in covering)


def _told(answer: FoundCue, row: Sequence[FoundCue], cells: Sequence[Sentence]) -> FoundCue:
    """
    Return the cue of an answering cell as the rest of its row has it: "Certificate held | Yes" is practice.

    Args:
        answer: The cue of a cell such as "Yes" or "Partial".
        row: The cues of all cells of the row.
        cells: The sentences of all cells of the row.
    """
    effect = answer.cue.effect
    others = [cue for cue in row if cue.cue.at != "cell"]
    question = next((cell for cell in cells if cell.text.rstrip().endswith("?")), None)
    if question is not None and effect in _ANSWERS:
        ill = not _ILLS.isdisjoint(question.words(question.first, question.last))
        asks_whether_not = ill or any(cue.cue.denies and question.first <= cue.first < question.last for cue in others)
        state = _OF_A_STATE.match(question.text)
        if asks_whether_not:  # "Is training left out? | Yes"
            return _as(answer, ("practice" if ill and state else "commitment") if effect == "negated" else "negated")
        return _as(answer, "practice") if effect == "commitment" and state else answer
    if effect not in _MAY_BE_DONE:
        return answer
    promised = any(cue.cue.effect == "commitment" and cue.cue.weight for cue in others)
    if effect == "aspiration" and any(_takes_up(cue, cells) for cue in others if cue.cue.denies):
        return _as(answer, "negated")
    if promised:
        return _as(answer, "commitment")
    return _as(answer, "practice") if any(cue.cue.at == "row" for cue in row) else answer


def _as(answer: FoundCue, effect: str) -> FoundCue:
    return replace(answer, cue=replace(answer.cue, effect=effect, who="author", bid=""))


def _takes_up(denied: FoundCue, cells: Sequence[Sentence]) -> bool:
    """Tell whether a denial names again what the row is about: "Recovery drill | Partial | No drill was held"."""
    topic = cells[0]
    if denied.first < topic.last:
        return False
    named = {word for word in topic.words(topic.first, topic.last) if len(word) >= _LONG_WORD}
    return not named.isdisjoint(topic.words(denied.first, denied.right))
