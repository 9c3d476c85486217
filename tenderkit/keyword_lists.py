"""Tells a list of keywords from a statement, so that naming topics earns nothing."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tenderkit.tokens import says_something

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
_JOINING = frozenset(["and", "or", "&", "plus"])
_LIST_PARTS = 4  # so many parts between commas …
_LIST_WORDS = 3.0  # … with so few words each, where no verb of a stance governs …
_OTHER_WORDS = 0.4  # … and no more of the words than this are others than terms
_BARE_WORDS = 2.0  # words of a part, where no word of all says anything but names
_STUFFED_THEMES = 5  # so many themes in one sentence …
_STUFFED_OUTCOMES = 4  # … of so many outcomes …
_STUFFED_SHARE = 0.4  # … that make so large a part of its words …
_STUFFED_WORDS = 5.0  # … in parts of so few words each
WORTH_TELLING = 4  # themes that such a list names
_CHAIN = 4  # so many terms one behind the other, with nothing but commas and "and" between them
_FEWEST_APART = 3  # terms that stand apart, of which nothing else is said


def keyword_list(found: SentenceMatches, cues: Sequence[FoundCue]) -> str:
    """
    Return why a sentence is a list of keywords, or an empty string for a statement.

    Three signs, each enough: nothing but terms stands there; many short parts between commas and no cue but a
    weak one; many themes of many outcomes that fill much of the sentence, part by part or in a chain.

    Args:
        found: The sentence with its terms.
        cues: Its cues.
    """
    texts = found.sentence.tokens.texts
    matched = {token for match in found.matches for token in range(match.first, match.last)}
    spoken = {token for cue in cues for token in range(cue.first, cue.last)}
    words = [i for i in range(found.sentence.first, found.sentence.last) if says_something(texts[i])]
    rest = [i for i in words if i not in matched and i not in spoken and texts[i].lower() not in _SMALL_WORDS]
    parts = _SEPARATOR.split(found.sentence.text)
    apart = _apart(found)
    bare = len(words) <= _FEWEST_APART or len(apart) >= _FEWEST_APART or len(parts) > 1
    plain = [cue for cue in cues if not cue.cue.weak and not matched.issuperset(range(cue.first, cue.last))]
    strong = bool(plain)  # a cue within a term ("do more with less") is the term's
    if not rest and bare and not any(cue.cue.effect != "mention" and cue.cue.at in _SAYS for cue in plain):
        return "nothing but keywords"
    listed = len(parts) >= _LIST_PARTS and len(words) <= _LIST_WORDS * len(parts)
    mostly_terms = len(rest) <= _OTHER_WORDS * len(words)
    names_only = not cues and len(words) <= _BARE_WORDS * len(parts)
    if listed and not strong and (mostly_terms or names_only):
        return "a list of keywords"
    themes = {match.about for match in found.matches}
    many = len(themes) >= _STUFFED_THEMES and len({outcome for outcome, _ in themes}) >= _STUFFED_OUTCOMES
    in_parts = len(parts) >= _LIST_PARTS and len(words) <= _STUFFED_WORDS * len(parts)
    if many and len(matched) >= _STUFFED_SHARE * len(words) and (in_parts or _longest_chain(found, apart) >= _CHAIN):
        return f"{len(themes)} themes in {len(words)} words"
    return ""


def _apart(found: SentenceMatches) -> list[tuple[int, int]]:
    """Return the token spans of the terms, those that overlap made one."""
    spans: list[tuple[int, int]] = []
    for first, last in sorted((match.first, match.last) for match in found.matches):
        if spans and first < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(last, spans[-1][1]))
        else:
            spans.append((first, last))
    return spans


def _longest_chain(found: SentenceMatches, apart: Sequence[tuple[int, int]]) -> int:
    """Return how many terms stand one behind the other with no word but "and" between them."""
    texts = found.sentence.tokens.texts
    longest = run = min(1, len(apart))
    for (_, before), (after, _) in pairwise(apart):
        between = (text.lower() for text in texts[before:after] if says_something(text))
        run = run + 1 if all(word in _JOINING for word in between) else 1
        longest = max(longest, run)
    return longest
