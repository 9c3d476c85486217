"""What a question lends: "How do you test with disabled people?" gives its themes to the answer beneath it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.confidence import CERTAIN
from tenderkit.document import Kind
from tenderkit.evidence import Reason, Stance
from tenderkit.matching import SentenceMatches

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from tenderkit.confidence import Confidence
    from tenderkit.evidence import Evidence
    from tenderkit.judging import Judge
    from tenderkit.language import Sentence, TokenisedBlock
    from tenderkit.roles import Role

_ANSWERS = {  # how strong a judgement must be: "our firm is forty years old" is a practice, and of no question's theme
    Stance.COMMITMENT: 2,
    Stance.REQUIREMENT: 2,
    Stance.NEGATED: 2,
    Stance.PRACTICE: 3,
}
_ANSWER_WITHIN = 2  # sentences from the beginning of the answer
_YES_OR_NO = 3  # words; so short an answer is shown with the sentence behind it


class Answers:
    """
    Remembers the question that was asked last, until the block beneath it has answered.

    A question is a heading that ends with a question mark, or a form's question that a reader recognised. Only what
    is promised, done, asked for or refused answers it, and only at the beginning of the first block beneath it, so
    that a question cannot lend its themes to whatever follows.
    """

    def __init__(self, judge: Judge, role: Role) -> None:
        self._judge = judge
        self._role = role
        self._themes: dict[tuple[str, str], tuple[Reason, Confidence]] = {}

    def enter(self, tokens: TokenisedBlock) -> None:
        """Take the next block of the document: another heading ends the question."""
        if tokens.block.kind is Kind.HEADING:
            self._themes.clear()

    def ask(self, found: SentenceMatches, confidences: Mapping[tuple[str, str], Confidence]) -> None:
        """Take what a question names; a sentence that is no question is left alone."""
        sentence = found.sentence
        if not sentence.text.rstrip().endswith("?"):
            return
        question = Reason("question", sentence.text, "the question it answers", sentence.start, sentence.end)
        for match in found.matches:
            theme = match.outcome.id, match.theme.id
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
        if not self._themes or block.kind is Kind.HEADING or block.echo >= len(block.text):
            return
        sentences = [each for each in tokens.sentences() if each.start >= block.start + block.echo]
        for i, sentence in enumerate(sentences[:_ANSWER_WITHIN]):
            judged = self._judge.answering(sentence, self._role)
            if judged.strength >= _ANSWERS.get(judged.stance, judged.strength + 1):
                spoken = sentences[i : i + (2 if _is_short(sentence) else 1)]
                evidence = tuple(
                    self._judge.lend(spoken, judged, theme, question, confidence, role=self._role)
                    for theme, (question, confidence) in self._themes.items()
                    if theme not in known
                )
                if evidence:
                    yield SentenceMatches(sentence, (), ()), evidence
                break
        self._themes.clear()


def _is_short(sentence: Sentence) -> bool:
    return len(sentence.text.split()) <= _YES_OR_NO
