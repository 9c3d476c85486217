"""What a question lends: "How do you test with disabled people?" gives its themes to the answer beneath it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tenderkit.confidence import CERTAIN
from tenderkit.document import Kind
from tenderkit.evidence import Force, Judgement, Reason, Stance, Who
from tenderkit.matching import SentenceMatches
from tenderkit.roles import Role

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

    from tenderkit.confidence import Confidence
    from tenderkit.document import Block
    from tenderkit.evidence import Evidence
    from tenderkit.judging import Judge
    from tenderkit.language import Sentence, TokenisedBlock

_ANSWERS = {  # how forcefully it must be told
    Stance.COMMITMENT: Force.PLAIN,
    Stance.REQUIREMENT: Force.PLAIN,
    Stance.NEGATED: Force.PLAIN,
    Stance.PRACTICE: Force.PLAIN,
    Stance.ASPIRATION: Force.WEAK,
}
_ANSWER_WITHIN = 2  # sentences from the beginning of the answer
_OF_THE_PRESENT = re.compile(
    r"\W*(?:\w{1,3}[.):]\s+)?(?:do|does|is|are|have|has|did)\b", re.IGNORECASE
)  # "Do you hold …?"
_WHICH = re.compile(
    r"\W*(?:\w{1,3}[.):]\s+)?(?:who|when|where|which|what|how)\b.*?\b(?P<verb>will|would|shall|do|does|is|are|have|has)\b",
    re.IGNORECASE,
)  # "How often do you …?"
_SUPPOSED = re.compile(
    r"\b(?:should|could|would|might)\s+(?:\w+\s+)?have\b", re.IGNORECASE
)  # "What should have been …?"
_FRAGMENT_WORDS = 25
_NO_FRAGMENT = frozenset("""
    is are was were will would shall should must can could may might has have had do does did be see refer not no none
    n/a tbc words word limit maximum max pages page weighting score marks attach please insert describe explain provide
    we i it they you
""".split())  # fmt: skip  # noqa: SIM905 - as a list it would fill the screen
_STATES = frozenset({"is", "are", "was", "were", "have", "has", "had"})
_QUESTION_WORDS = 60  # at the most, in a block that only asks
_YES_OR_NO = 3  # words; so short an answer is shown with the sentence behind it


class Answers:
    """
    Remembers the question that was asked last, until the block beneath it has answered.

    A question is a heading or a short block that ends with a question mark, or a form's question that a reader
    recognised. Only what
    is promised, done, asked for or refused answers it, and only at the beginning of the first block beneath it, so
    that a question cannot lend its themes to whatever follows.
    """

    def __init__(self, judge: Judge, role: Role) -> None:
        self._judge = judge
        self._role = role
        self._themes: dict[tuple[str, str], tuple[Reason, Confidence]] = {}

    def enter(self, tokens: TokenisedBlock) -> None:
        """Take the next block of the document: another heading, or question, ends the question."""
        if tokens.block.kind is Kind.HEADING or asks(tokens.block):
            self._themes.clear()

    def ask(self, found: SentenceMatches, confidences: Mapping[tuple[str, str], Confidence]) -> None:
        """Take what a question names; a sentence that is no question is left alone."""
        sentence = found.sentence
        if not sentence.text.rstrip().endswith("?"):
            return
        question = Reason("question", sentence.text, "the question it answers", sentence.start, sentence.end)
        for match in found.matches:
            theme = match.about
            self._themes.setdefault(theme, (question, confidences.get(theme, CERTAIN)))

    def answer(
        self, tokens: TokenisedBlock, known: Container[tuple[str, str]]
    ) -> Iterator[tuple[SentenceMatches, tuple[Evidence, ...]]]:
        """
        Yield the sentence that answers, with a piece of evidence for each theme of the question.

        Args:
            tokens: A block that may answer.
            known: Outcome and theme ids that the block speaks of in words of its own.
        """
        block = tokens.block
        if not self._themes or block.kind is Kind.HEADING or asks(block) or block.echo >= len(block.text):
            return
        sentences = [each for each in tokens.sentences() if each.start >= block.start + block.echo]
        for i, sentence in enumerate(sentences[:_ANSWER_WITHIN]):
            judged = self._judge.answering(sentence, self._role)
            if judged.force >= _ANSWERS.get(judged.stance, judged.force + 1) and not _describes(judged):
                spoken = sentences[i : i + (2 if _is_short(sentence) else 1)]
                yield from self._lent(spoken, known, partial(_as_asked, judged))
                break
        else:
            if sentences and self._role is not Role.TENDER and is_fragment(sentences[0].text):
                yield from self._lent(sentences[:1], known, _as_fragment)
        self._themes.clear()

    def _lent(
        self,
        spoken: Sequence[Sentence],
        known: Container[tuple[str, str]],
        judged_for: Callable[[Reason], Judgement | None],
    ) -> Iterator[tuple[SentenceMatches, tuple[Evidence, ...]]]:
        """Yield the first sentence of an answer with what it says, question by question, of each theme not *known*."""
        evidence = tuple(
            self._judge.lend(spoken, judged, theme, question, confidence, role=self._role)
            for theme, (question, confidence) in self._themes.items()
            if theme not in known
            for judged in [judged_for(question)]
            if judged is not None
        )
        if evidence:
            yield SentenceMatches(spoken[0], (), ()), evidence


def asks(block: Block) -> bool:
    r"""
    Tell whether a block is a question and nothing else.

    >>> from tenderkit.document import passage
    >>> [asks(block) for block in passage("3.1 How do you train staff?\nWe sit beside them. Why? It works.").blocks]
    [True, False]
    """
    text = block.text.strip()
    return text.endswith("?") and len(text.split()) <= _QUESTION_WORDS and not block.echo


def is_fragment(text: str) -> bool:
    """
    Tell whether an answer is no sentence of its own: it leaves out the verb that its question has.

    What ends with a colon is the name of what follows, and answers nothing.

    >>> [is_fragment(text) for text in ("Our finance director, who will report on it.", "See part 4.", "Costs:")]
    [True, False, False]
    """
    if text.rstrip().endswith(("?", ":")):
        return False
    words = re.findall(r"[a-z/]+", text.lower().partition(", who ")[0].partition(", which ")[0])
    return 0 < len(words) <= _FRAGMENT_WORDS and _NO_FRAGMENT.isdisjoint(words)


def _as_fragment(question: Reason) -> Judgement | None:
    """Return what a few words without a verb say, by the verb of the question ("Who will chair it?")."""
    asked = _WHICH.match(question.text)
    if asked is None or _SUPPOSED.search(question.text):
        return None
    stance = Stance.COMMITMENT if asked["verb"].lower() in {"will", "would", "shall"} else Stance.PRACTICE
    return Judgement(stance, Who.AUTHOR, (), Force.PLAIN)


def _describes(judged: Judgement) -> bool:
    """Tell whether a sentence only says what its author is ("our firm is forty years old"), on no question's theme."""
    words = judged.because[0].text.lower().split() if judged.because else []
    return judged.stance is Stance.PRACTICE and judged.force is Force.PLAIN and not _STATES.isdisjoint(words[-1:])


def _as_asked(judged: Judgement, question: Reason) -> Judgement:
    """Return what "Yes" says: that a thing is done, where the question was whether it is."""
    says_yes = judged.stance is Stance.COMMITMENT and any(reason.text.lower() == "yes" for reason in judged.because)
    return replace(judged, stance=Stance.PRACTICE) if says_yes and _OF_THE_PRESENT.match(question.text) else judged


def _is_short(sentence: Sentence) -> bool:
    return len(sentence.text.split()) <= _YES_OR_NO
