"""Tells a list of keywords from a statement, so that naming topics earns nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenderkit.cue_finding import FoundCue
    from tenderkit.matching import SentenceMatches

_SEPARATOR = re.compile(r"[,;/|•·\t]| - | – ")
_SMALL_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "for",
        "from",
        "in",
        "is",
        "it",
        "its",
        "of",
        "on",
        "or",
        "our",
        "that",
        "the",
        "their",
        "this",
        "to",
        "we",
        "with",
    ]
)
_SAYS = frozenset({"", "cell", "name"})  # where cues stand that say something; others tell headings and questions
_STUFFED_THEMES = 5  # so many themes in one sentence …
_STUFFED_SHARE = 0.4  # … that make so large a part of its words
_LIST_PARTS = 4  # so many parts between commas …
_LIST_WORDS = 3.0  # … with so few words each, where no verb of a stance governs


def keyword_list(found: SentenceMatches, cues: Sequence[FoundCue]) -> str:
    """
    Return why a sentence is a list of keywords, or an empty string for a statement.

    Three signs, each enough: nothing but terms stands there; many short parts between commas and no cue but a
    weak one; many themes that fill much of the sentence.

    Args:
        found: The sentence with its terms.
        cues: Its cues.
    """
    doc = found.sentence.tokens.doc
    matched = {token for match in found.matches for token in range(match.first, match.last)}
    spoken = {token for cue in cues for token in range(cue.first, cue.last)}
    words = [token.i for token in doc[found.sentence.first : found.sentence.last] if token.is_alpha or token.like_num]
    rest = [i for i in words if i not in matched and i not in spoken and doc[i].lower_ not in _SMALL_WORDS]
    if not rest and not any(cue.cue.effect != "mention" and not cue.cue.weak and cue.cue.at in _SAYS for cue in cues):
        return "nothing but keywords"
    parts = _SEPARATOR.split(found.sentence.text)
    strong = any(not cue.cue.weak and not matched.issuperset(range(cue.first, cue.last)) for cue in cues)
    if len(parts) >= _LIST_PARTS and len(words) <= _LIST_WORDS * len(parts) and not strong:
        return "a list of keywords"
    themes = {(match.outcome.id, match.theme.id) for match in found.matches}
    if len(themes) >= _STUFFED_THEMES and len(matched) >= _STUFFED_SHARE * len(words):
        return f"{len(themes)} themes in {len(words)} words"
    return ""
