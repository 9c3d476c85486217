"""Words that a sentence quotes: they are another's, and what they say its author does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tenderkit.language import Sentence

_OPENS = frozenset({'"', "“", "«"})
_CLOSES = frozenset({'"', "”", "»"})
_MARKS = _OPENS | _CLOSES
_LEAST = 4  # words within; fewer are a name, or a word held at arm's length
_LEAST_AROUND = 2  # words outside, so that the sentence says something of what it quotes


def quotation(sentence: Sentence) -> tuple[int, int] | None:
    """
    Return the tokens, half-open, of the words that a sentence quotes, or None.

    A sentence that stands whole in quotation marks is taken as its author's own: who said it is not told.

    >>> from tenderkit.document import passage
    >>> from tenderkit.language import Language
    >>> def quoted(text):
    ...     (block,) = Language([]).blocks(passage(text))
    ...     (sentence,) = block.sentences()
    ...     return quotation(sentence)
    >>> quoted('The guide says "good data is kept once".')
    (4, 9)
    >>> quoted('We train "digital champions" in every ward.')
    """
    texts = sentence.tokens.texts
    tokens = range(sentence.first, sentence.last)
    marks = [i for i in tokens if texts[i] in _MARKS]
    if len(marks) < 2 or texts[marks[0]] not in _OPENS or texts[marks[1]] not in _CLOSES:
        return None
    first, last = marks[0] + 1, marks[1]
    inside = sum(texts[i][0].isalnum() for i in range(first, last))
    around = sum(texts[i][0].isalnum() for i in tokens) - inside
    return (first, last) if inside >= _LEAST and around >= _LEAST_AROUND else None
