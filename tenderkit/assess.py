"""The whole story on one page: a document and a vocabulary become a report."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from tenderkit.answers import Answers, asks
from tenderkit.compiled import make_matcher
from tenderkit.compiled_cues import make_finders
from tenderkit.confidence import Grader
from tenderkit.copied_text import CopiesByPlace, CopyFinder, CopyKind
from tenderkit.copies import spoken_words
from tenderkit.document import Kind, passage, passage_in_context
from tenderkit.evidence import Force, Judgement, Level, Reason, Stance, main_stance
from tenderkit.hearing import may_be_heard
from tenderkit.integrity import find_notes, without_repetition
from tenderkit.judging import Judge
from tenderkit.lead_ins import LeadIns
from tenderkit.matching import Matcher
from tenderkit.passage_model import load_model
from tenderkit.readings import in_context
from tenderkit.repeats import find_repeats
from tenderkit.results import Examined, Explanation, Prediction, Said
from tenderkit.roles import Role
from tenderkit.scoring import backed, banded, may_count, score, spoken_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tenderkit.confidence import Considered
    from tenderkit.copied_text import Copy
    from tenderkit.document import Block, Document
    from tenderkit.evidence import Evidence
    from tenderkit.integrity import IntegrityNote
    from tenderkit.language import Sentence, TokenisedBlock
    from tenderkit.matching import SentenceMatches
    from tenderkit.passage_model import PassageModel
    from tenderkit.readings import Shown
    from tenderkit.scoring import Against, Scorecard
    from tenderkit.spelling import Folded
    from tenderkit.stance_signs import StanceWeights
    from tenderkit.vocabulary import Scheme
    from tenderkit.weights import Weights


_AT_ONCE = 40  # blocks that are looked up before they are judged, for the model to read several sentences at once


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """
    One document, assessed.

    Attributes:
        document: As read; a file that could not be read has no blocks, and says why in `unread`.
        role: bid, tender, contract or strategy; empty for a file that could not be read.
        role_reasons: The words that decided the role, or that the user did.
        scorecard: None for a file that could not be read.
        integrity: Passages that say nothing of their own: copied, repeated, mere lists of keywords.
    """

    document: Document
    role: str
    role_reasons: tuple[Reason, ...]
    scorecard: Scorecard | None
    integrity: tuple[IntegrityNote, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one run found, ready to be rendered."""

    scheme: Scheme
    documents: tuple[DocumentReport, ...]


def ready_assessor(scheme: Scheme) -> Assessor:
    """Return the assessor of a vocabulary as it was loaded; what is slow to make comes from the cache where it can."""
    return Assessor(scheme, make_matcher(scheme))


class Assessor:
    """
    A vocabulary, made ready once, that assesses any number of documents.

    Args:
        scheme: The vocabulary; its own cues, measures and roles serve, or else those that travel with tenderkit.
        matcher: Finds its terms, where one is ready; None to make it.

    Attributes:
        scheme: The vocabulary.
        matcher: Finds its terms.

    Raises:
        MistakesError: With every mistake in the files of its cues.

    >>> from tenderkit.vocabulary import load_vocabulary
    >>> assessor = Assessor(load_vocabulary())
    >>> prediction = assessor.predict("We will test every release with screen readers by March 2027.")
    >>> "inclusion" in prediction.outcomes, prediction.stance.value, prediction.measured
    (True, 'commitment', True)
    """

    def __init__(self, scheme: Scheme, matcher: Matcher | None = None) -> None:
        self.matcher = matcher or Matcher(scheme)
        finders = make_finders(scheme, self.matcher.language)
        self._grader = Grader(scheme.weights, self.matcher.language, load_model(scheme.folder))
        self._as_loaded = scheme
        self.scheme = self._grader.barred(scheme)
        self._judge = Judge(finders.cues, finders.measures, finders.stances)
        self._roles = finders.roles
        self._copies = CopyFinder(scheme)

    def with_weights(self, weights: Weights) -> Assessor:
        """Return the same assessor with other weights, for what was held out when they were learned."""
        other = copy(self)
        other._grader = self._grader.with_weights(weights)  # noqa: SLF001 - of its own class
        other._as_loaded = replace(self.scheme, weights=weights)  # noqa: SLF001
        other.scheme = other._grader.barred(other._as_loaded)  # noqa: SLF001
        return other

    @property
    def model(self) -> PassageModel | None:
        """Return the language model that reads passages, where there is one."""
        return self._grader.model

    def with_model(self, model: PassageModel | None) -> Assessor:
        """Return the same assessor with another language model; with None terms, rules and signs stand alone."""
        other = copy(self)
        other._grader = self._grader.with_model(model)  # noqa: SLF001 - of its own class
        other.scheme = other._grader.barred(self._as_loaded)  # noqa: SLF001
        return other

    def with_stances(self, weights: StanceWeights | None) -> Assessor:
        """Return the same assessor with other weights of stances; with None the rules stand alone."""
        other = copy(self)
        signs = self._judge.signs
        other._judge = self._judge.with_signs(signs.with_weights(weights) if signs and weights else None)  # noqa: SLF001
        return other

    def assess(
        self,
        document: Document,
        role: Role | None = None,
        weights: Mapping[str, float] | None = None,
        tender: Document | None = None,
        against: Against | None = None,
    ) -> DocumentReport:
        """
        Assess one document.

        Args:
            document: As read.
            role: Instead of the one that is detected.
            weights: By outcome id.
            tender: What a bid answers, if that is known: repeating its words says nothing.
            against: What a tender asks for; the score is then made by that alone.
        """
        role, reasons = self._role(document, role)
        pairs, copies, repeats = self._considered(document, role, tender)
        evidence = self._told(pairs, repeats)
        notes = find_notes(document, evidence, copies=copies, repeats=repeats, bid=role is Role.BID)
        card = score(self.scheme, evidence, weights, against)
        return DocumentReport(document, role.value, reasons, card, notes)

    def explain(self, document: Document, outcome: str, role: Role | None = None) -> Iterator[Explanation]:
        """
        Yield, in reading order, every sentence in which a term of *outcome* was found or refused, or it was heard.

        Raises:
            UsageError: When the vocabulary has no such outcome.
        """
        self.scheme.outcome(outcome)
        role, _ = self._role(document, role)
        pairs, _, repeats = self._considered(document, role, refused=True)
        told = iter(self._told(pairs, repeats))
        for found, before in pairs:
            evidence = [next(told) for _ in before]
            judged = [item for item in evidence if item.outcome == outcome]
            counted, possible = banded(self.scheme, judged)
            refused = tuple(item for item in found.rejections if item.match.outcome.id == outcome)
            if judged or refused:
                sentence = found.sentence
                block = sentence.block
                yield Explanation(
                    sentence.text,
                    block.anchor.page,
                    block.section,
                    sentence.start,
                    sentence.end,
                    tuple(counted),
                    refused,
                    block.anchor.approximate,
                    block.anchor.label,
                    tuple(possible),
                    tuple(item for item in judged if item not in counted and item not in possible),
                )

    def examine(self, text: str) -> Iterator[Examined]:
        """Yield every sentence of a passage in which something was found, refused or heard, whatever its outcome."""
        for found, judged in self._judged(passage(text), Role.TENDER, refused=True):
            counted, possible = banded(self.scheme, judged)
            unsure = tuple(item for item in judged if item not in counted and item not in possible)
            yield Examined(found, tuple(counted), tuple(possible), unsure)

    def predict(self, text: str, before: str = "", role: Role | None = None) -> Prediction:
        """Judge one passage, as `tenderkit evaluate` does: by itself, or in the light of what stands above it."""
        document, begins = passage_in_context(text, before)
        shown = in_context(text, before, role.value if role else "")
        found = [item for _, items in self._judged(document, role or Role.TENDER, alone=shown) for item in items]
        found = [item for item in found if item.start >= begins]
        evidence, possible = spoken_of(self.scheme, found)
        outcomes = {item.outcome for item in evidence}
        judged: list[Judgement] = []
        lead_ins = LeadIns(self._judge, role or Role.TENDER)
        reading = self.model.read(shown) if self.model else None
        for tokens in self.matcher.language.blocks(document):
            lead_ins.enter(tokens)
            judged.extend(
                self._judge.passage_stance(sentence, lead_ins.judgement(sentence), role, reading)
                for sentence in (tokens.sentences() if tokens.block.start >= begins else ())
                if not sentence.text.rstrip(".)")[-1:].isdigit() or " " in sentence.text  # "Q5." says nothing
            )
        told = [item for item in found if item.declined or item.level > Level.MENTIONED]
        outweighed = not evidence and [one.stance for one in judged] == [Stance.COMMITMENT]  # by a promise beside it
        declined = len(judged) == 1 and bool(told) and all(item.declined for item in told) and not outweighed
        return Prediction(
            outcomes=tuple(sorted(outcomes)),
            possible=tuple(sorted({item.outcome for item in possible} - outcomes)),
            stance=Stance.NEGATED if declined else main_stance(judged),
            measured=any(item.measured for item in (*evidence, *possible)),
        )

    def sentences(self, document: Document, role: Role | None = None, tender: Document | None = None) -> Iterator[Said]:
        """
        Yield every sentence of a document with its stance, in reading order; a form's own questions are left out.

        Args:
            document: As read.
            role: Instead of the one that is detected.
            tender: What a bid answers: repeating its words says nothing.
        """
        role, _ = self._role(document, role)
        pairs, copies, _ = self._considered(document, role, tender)
        evidence: dict[int, list[Evidence]] = {}
        for found, items in pairs:
            counted, _ = spoken_of(self.scheme, items)
            evidence.setdefault(found.sentence.start, []).extend(counted)
        lead_ins, placed = LeadIns(self._judge, role), CopiesByPlace(copies)
        for tokens in self.matcher.language.blocks(document):
            lead_ins.enter(tokens)
            block = tokens.block
            asked = block.start + (block.echo if role is Role.BID else 0)
            for sentence in tokens.sentences() if block.kind is not Kind.HEADING else ():
                if sentence.end <= asked:
                    continue
                judged = self._judge.ruled(sentence, lead_ins.judgement(sentence), role)
                own = evidence.get(sentence.start, [])
                denied = next((item for item in own if item.declined), None)
                if denied and judged.stance not in {Stance.COMMITMENT, Stance.PRACTICE}:
                    judged = Judgement(denied.stance, denied.who, denied.because)
                elif not judged.decided and own:
                    best = max(own, key=lambda item: item.level)
                    judged = Judgement(
                        best.stance, best.who, best.because, Force.NONE if best.stance is Stance.MENTION else Force.WEAK
                    )
                copied = _copied(judged, sentence, placed.around(sentence.start, sentence.end))
                yield Said(
                    block,
                    sentence.start,
                    sentence.end,
                    judged,
                    tuple(dict.fromkeys((item.outcome, item.theme) for item in own)),
                    any(item.measured for item in own),
                    copied,
                )

    def _role(self, document: Document, role: Role | None) -> tuple[Role, tuple[Reason, ...]]:
        if role is not None:
            return role, (Reason("role", role.value, "as you said"),)
        guess = self._roles.find(document)
        return guess.role, tuple(Reason("role", phrase) for phrase in guess.because)

    def _told(
        self,
        pairs: Iterable[tuple[SentenceMatches, Sequence[Evidence]]],
        repeats: tuple[tuple[Block, ...], ...],
    ) -> list[Evidence]:
        """Return the evidence of a document in reading order: repeated words count once, others back each other."""
        enough = partial(may_count, self.scheme.weights)
        return backed(without_repetition([item for _, items in pairs for item in items], repeats, enough))

    def _considered(
        self, document: Document, role: Role, tender: Document | None = None, *, refused: bool = False
    ) -> tuple[list[tuple[SentenceMatches, tuple[Evidence, ...]]], tuple[Copy, ...], tuple[tuple[Block, ...], ...]]:
        """Return what was found sentence by sentence, what was copied, and the blocks that repeat each other."""
        spoken = spoken_words(document, self.matcher.language.fold)
        other = tender if tender and tender.sha256 != document.sha256 else None
        copies = self._copies.find(document, answers=role is Role.BID, tender=other, spoken=spoken)
        folded = {block.start: words.folded for block, words in spoken}  # no text is tidied twice
        return [*self._judged(document, role, copies, folded, refused=refused)], copies, find_repeats(document, spoken)

    def _judged(
        self,
        document: Document,
        role: Role,
        copies: Sequence[Copy] = (),
        folded: Mapping[int, Folded] | None = None,
        *,
        refused: bool = False,
        alone: Shown | None = None,
    ) -> Iterator[tuple[SentenceMatches, tuple[Evidence, ...]]]:
        """Yield what is said sentence by sentence; *alone*: what the model is shown of what is no document."""
        placed, answers = CopiesByPlace(copies), Answers(self._judge, role)
        showing = not refused and alone is None  # below a confidence that makes a passage possible nothing shows
        least = self.scheme.weights.possible if self.scheme.weights and showing else 0.0
        for tokens, sentences in self._looked_up(document, role, folded, alone, refused=refused):
            answers.enter(tokens)
            block, known = tokens.block, set[tuple[str, str]]()
            echoed = block.start + (block.echo if role is Role.BID else 0)  # a tender's questions ask
            for found, lead_in, (confidences, reading) in sentences:
                sentence = found.sentence
                near = placed.around(sentence.start, sentence.end)
                asking = block.kind is Kind.HEADING or asks(block) or sentence.end <= echoed
                if asking and not any(copy.kind is CopyKind.FRAMEWORK for copy in near):
                    answers.ask(found, confidences)
                if sentence.end <= echoed:
                    continue
                judged = self._judge.judge(
                    found,
                    role=role,
                    lead_in=lead_in,
                    confidences=confidences,
                    copies=near,
                    least=least,
                    reading=reading,
                )
                known.update(match.about for match in found.matches)
                yield found, judged
            yield from answers.answer(tokens, known)

    def _looked_up(
        self,
        document: Document,
        role: Role,
        folded: Mapping[int, Folded] | None,
        alone: Shown | None,
        *,
        refused: bool,
    ) -> Iterator[tuple[TokenisedBlock, list[tuple[SentenceMatches, Judgement | None, Considered]]]]:
        """Yield each block with what was found in its sentences, what introduces them, and how sure that makes us."""
        lead_ins, ahead = LeadIns(self._judge, role), iter(self.matcher.language.blocks(document, folded))
        while blocks := list(islice(ahead, _AT_ONCE)):
            waiting = []
            for tokens in blocks:
                lead_ins.enter(tokens)
                waiting += [
                    (found, lead_ins.judgement(found.sentence), alone or lead_ins.shown(found.sentence))
                    for found in self._found_in(tokens, refused=refused, alone=alone is not None)
                ]
            considered = self._grader.consider([(found, shown) for found, _, shown in waiting], alone=alone is not None)
            by_block: dict[int, list[tuple[SentenceMatches, Judgement | None, Considered]]] = {}
            for (found, lead_in, _), item in zip(waiting, considered, strict=True):
                by_block.setdefault(found.sentence.block.start, []).append((found, lead_in, item))
            for tokens in blocks:
                yield tokens, by_block.get(tokens.block.start, [])

    def _found_in(self, tokens: TokenisedBlock, *, refused: bool, alone: bool) -> Iterable[SentenceMatches]:
        """Return the sentences of a block in which a term was found, and those in which something may be heard."""
        if not self._grader.hears(alone=alone):
            return self.matcher.find_in_block(tokens, refused=refused)
        every = self.matcher.every_sentence(tokens)
        return (each for each in every if each.matches or each.rejections or may_be_heard(each.sentence))


def _copied(judged: Judgement, sentence: Sentence, copies: Iterable[Copy]) -> str:
    """Return why a sentence says nothing of its own, or an empty string."""
    places = [reason.start for reason in judged.because if reason.start is not None]
    empty = judged.stance in {Stance.MENTION, Stance.REQUIREMENT, Stance.ASPIRATION}
    for found in copies:
        if empty or found.silences(sentence.start, sentence.end, places):
            return found.why
    return ""
