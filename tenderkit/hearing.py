"""What the language model hears in a sentence without a term of the theme: a paraphrase that no list foresees."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from tenderkit.document import NAMING_KINDS

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from tenderkit.language import Sentence
    from tenderkit.passage_model import Head
    from tenderkit.readings import HeardLine, Reading

LEAST_HEARD = 0.5  # confidence: what no term names is more likely than not what it is heard to be, or it is nothing
_FEWEST_WORDS = 5


def word_count(sentence: Sentence) -> int:
    """Return how many words a sentence has."""
    return sum(map(str.isalpha, sentence.tokens.texts[sentence.first : sentence.last]))


def may_be_heard(sentence: Sentence) -> bool:
    """Tell whether a sentence without terms may say something: a heading and a fragment only name, a question asks."""
    return (
        sentence.block.kind not in NAMING_KINDS
        and not sentence.text.rstrip().endswith("?")
        and word_count(sentence) >= _FEWEST_WORDS
    )


def heard(
    reading: Reading, head: Head, known: Container[tuple[str, str]], least: float, *, alone: bool
) -> Iterator[tuple[tuple[str, str], HeardLine, float]]:
    """
    Yield what a passage may speak of without its terms: outcome and theme id, how the model is believed, its log-odds.

    Args:
        reading: Of the passage.
        head: What the model's numbers mean.
        known: What need not be heard, as terms found it, or may not be, as a false friend stands there.
        least: How sure the model must be by itself, 0 to 1.
        alone: True where the passage is judged by its outcomes, as labels do; the theme then is empty.
    """
    line = head.of_outcome_heard if alone else head.of_theme_heard
    if line is None:
        return
    needed = log(least / (1 - least))
    numbers = reading.themes.items()
    if alone:
        numbers = {(outcome, ""): number for outcome, number in reading.outcomes.items()}.items()
    for theme, number in numbers:
        if number > 0 and theme not in known:
            start = line.start + head.starts.get(theme, 0.0)
            if start + line.model * number >= needed:
                yield theme, line._replace(start=start), number
