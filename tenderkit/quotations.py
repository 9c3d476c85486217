"""Words that a sentence quotes: they are another's, and what they say its author does not say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tenderkit.evidence import Force, Judgement, Reason, Stance, Who
from tenderkit.roles import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tenderkit.cue_finding import FoundCue
    from tenderkit.language import Sentence

# Between double marks, or single ones that are no apostrophes: one opens before a word, the other closes behind one.
_QUOTED = re.compile(
    r"""["“«](?P<double>[^"“”«»]*)["”»]|(?<![^\s(\[])['‘](?P<single>[^\W\d](?:[^'‘’]|['’](?=\w))*)['’](?!\w)"""
)
_LEAST = 4  # words within; fewer are a name, or a word held at arm's length
_OF_THE_AUTHOR = frozenset({"you", "your", "they", "their", "them"})  # as a client's words call it
_SELVES = frozenset({"we", "our", "my"})
_STRANGERS = frozenset("""
    client clients customer customers council councils authority buyer user users resident residents tenant tenants
    head teacher mayor councillor councillors partner partners auditor auditors require requires you your
    brief specification tender told rivals competitors minister ministers
    supplier suppliers bidder bidders vendor vendors provider providers contractor contractors incumbent us
""".split())  # fmt: skip  # noqa: SIM905 - who else may speak
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
    >>> quoted("Your brief says 'the host mustn't move the council's data'.")
    (4, 12)
    >>> quoted('We train "digital champions" in every ward.')
    """
    found = _QUOTED.search(sentence.text)
    if found is None:
        return None
    texts = sentence.tokens.texts
    begins, ends = found.span(found.lastgroup or 0)
    first, last = sentence.token_at(sentence.start + begins), sentence.token_at(sentence.start + ends)
    inside = sum(texts[i][0].isalnum() for i in range(first, last))
    around = sum(texts[i][0].isalnum() for i in range(sentence.first, sentence.last)) - inside
    return (first, last) if inside >= _LEAST and around >= _LEAST_AROUND else None


def of_author(sentence: Sentence, quoted: tuple[int, int]) -> bool:
    """
    Tell whether the words around a quotation say that one of the author's own people speaks.

    >>> from tenderkit.document import passage
    >>> from tenderkit.language import Language
    >>> def own(text):
    ...     (block,) = Language([]).blocks(passage(text))
    ...     (sentence,) = block.sentences()
    ...     return of_author(sentence, quotation(sentence))
    >>> own('Our director says: "The price will stay as it is."')
    True
    >>> own('One of our clients says: "They came at once."')
    False
    """
    around = [*sentence.words(sentence.first, quoted[0]), *sentence.words(quoted[1], sentence.last)]
    return not _SELVES.isdisjoint(around) and _STRANGERS.isdisjoint(around)


def voice(quoted: tuple[int, int], cues: Sequence[FoundCue], sentence: Sentence, role: Role) -> Judgement | None:
    """
    Return what words that a sentence quotes do, where they ask for something or a client's words praise the author.

    Args:
        quoted: Its tokens, half-open.
        cues: All cues of the sentence.
        sentence: That quotes.
        role: A bid quotes what its buyer asks, and what clients say of it; a tender what bidders have to say.
    """
    within = [cue for cue in cues if quoted[0] <= cue.first < quoted[1]]
    asking = within if role is Role.BID else [cue for cue in cues if cue not in within]
    asked = [cue for cue in asking if cue.cue.effect == "requirement" and not cue.cue.weak]
    if asked:
        return Judgement(
            Stance.REQUIREMENT, Who.OTHER, (Reason.of_cue(asked[0], sentence, "another's demand"),), Force.PLAIN
        )
    if role is not Role.BID or any(cue.cue.denies for cue in within):
        return None
    done = [cue for cue in within if cue.cue.effect == "practice"]
    if done and not _OF_THE_AUTHOR.isdisjoint(sentence.words(*quoted)):
        return Judgement(
            Stance.PRACTICE, Who.AUTHOR, (Reason.of_cue(done[0], sentence, "a client's praise"),), Force.PLAIN
        )
    return None
