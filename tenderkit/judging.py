"""What a passage really says: matches, cues and measures become evidence, with the reasons for each judgement."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tenderkit.confidence import CERTAIN
from tenderkit.document import NAMING_KINDS, Kind
from tenderkit.evidence import Evidence, Force, Judgement, Reason, Stance, Who
from tenderkit.keyword_lists import WORTH_TELLING, keyword_list
from tenderkit.measures import sets_scene
from tenderkit.proof import dates_beside, measure_reason, proving
from tenderkit.roles import Role
from tenderkit.row_answers import cues_of_row
from tenderkit.stance_rules import UNDECIDED, Grounds, by_cue
from tenderkit.stance_signs import counted, level
from tenderkit.topics import heard_reasons, term_reasons

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tenderkit.confidence import Confidence
    from tenderkit.copied_text import Copy
    from tenderkit.cue_finding import CueFinder
    from tenderkit.document import Block
    from tenderkit.language import Sentence
    from tenderkit.matching import Match, SentenceMatches
    from tenderkit.measures import Measure, MeasureFinder
    from tenderkit.readings import Reading
    from tenderkit.stance_signs import StanceWeigher


class Judge:
    """
    Decides what sentences say, by the cues and measures of a vocabulary, and by signs where cues are weak.

    Attributes:
        signs: Weighs signs; None where the rules stand alone.
    """

    def __init__(self, cues: CueFinder, measures: MeasureFinder, signs: StanceWeigher | None = None) -> None:
        self._cues = cues
        self._measures = measures
        self.signs = signs

    def with_signs(self, signs: StanceWeigher | None) -> Judge:
        """Return the same judge with other weights of signs, or with none."""
        return Judge(self._cues, self._measures, signs)

    def judge(
        self,
        found: SentenceMatches,
        *,
        role: Role,
        lead_in: Judgement | None = None,
        confidences: Mapping[tuple[str, str], Confidence] | None = None,
        copies: Sequence[Copy] = (),
        least: float = 0.0,
        reading: Reading | None = None,
    ) -> tuple[Evidence, ...]:
        """
        Return the evidence of one sentence, one entry a theme.

        Args:
            found: The sentence and the terms in it.
            role: The document's role; it decides which stances count (see DESIGN's table of levels).
            lead_in: The stance of the words that introduce a list, for its items.
            confidences: By outcome and theme id; what is not named is certain, and what no term names was heard.
            copies: What of the sentence, or around it, was copied; naming a theme in another's words says nothing.
            least: The least confidence that is worth a judgement; in a list of keywords everything is, to tell of it.
            reading: What the language model says of the sentence.
        """
        sentence, confidences = found.sentence, confidences or {}
        by_theme: dict[tuple[str, str], list[Match]] = {}
        for match in found.matches:
            by_theme.setdefault(match.about, []).append(match)
        sure = [theme for theme in by_theme if confidences.get(theme, CERTAIN).value >= least]
        heard = [theme for theme in confidences if theme not in by_theme]
        if not sure and not heard and len(by_theme) < WORTH_TELLING:
            return ()
        grounds = self._grounds(sentence, lead_in, role)
        measures = tuple(self._measures.find(sentence.text))
        listed = keyword_list(found, grounds.cues)
        weighed: dict[Judgement, Judgement] = {}  # of what the rules say: it is mostly the same for every match
        evidence = []
        for outcome, theme in by_theme if listed else sure:
            matches = by_theme[outcome, theme]
            judged = []
            for match in matches:
                ruled = grounds.judge((match.first, match.last))
                if ruled not in weighed:
                    weighed[ruled] = self._weighed(ruled, grounds, role, reading)
                judged.append(_unless_copied((match.start, match.end), weighed[ruled], copies))
            best = max(judged, key=lambda judgement: level(judgement, role, measured=False))
            if listed and best.stance is not Stance.NEGATED:
                best = Judgement(Stance.MENTION, Who.NOBODY, (Reason("keywords", listed, "only named"),))
            own = self._belonging(proving(measures, best, role), matches, sentence)
            if not own and best.stance in counted(role):
                own = dates_beside(sentence, self._measures)
            terms = [reason for match in matches for reason in term_reasons(match, sentence)]
            sure_of_it = confidences.get((outcome, theme), CERTAIN)
            because = (*dict.fromkeys(terms), *best.because, *own)
            evidence.append(_of_sentence((outcome, theme), sentence, best, sure_of_it, role=role, because=because))
        if heard and not listed:
            judged_whole = self._weighed(grounds.judge(None), grounds, role, reading)
            best = _unless_copied((sentence.start, sentence.end), judged_whole, copies)
            own = tuple(measure_reason(measure, sentence) for measure in proving(measures, best, role))
            for about in heard if best.stance is not Stance.NEGATED else ():  # what is not named is not declined
                because = (*heard_reasons(confidences[about]), *best.because, *own)
                evidence.append(_of_sentence(about, sentence, best, confidences[about], role=role, because=because))
        return tuple(evidence)

    def passage_stance(
        self,
        sentence: Sentence,
        lead_in: Judgement | None = None,
        role: Role | None = None,
        reading: Reading | None = None,
    ) -> Judgement:
        """Return what a sentence of a passage does; *role* is None where nobody knows what it stands in."""
        grounds = self._grounds(sentence, lead_in, role or Role.TENDER)
        return self._weighed(grounds.judge(None), grounds, role, reading)

    def ruled(self, sentence: Sentence, lead_in: Judgement | None, role: Role) -> Judgement:
        """Return what the rules alone say of a sentence as a whole."""
        return self._grounds(sentence, lead_in, role).judge(None)

    def answering(self, sentence: Sentence, role: Role) -> Judgement:
        """Return what a sentence does as the beginning of an answer, where "Yes" and "No" speak for themselves."""
        as_cell = replace(sentence, block=replace(sentence.block, kind=Kind.TABLE_ROW))
        cells = [cue for cue in self._cues.find(as_cell) if cue.cue.at == "cell" and cue.first == sentence.first]
        if cells:
            return by_cue(cells[0], sentence, role)
        # What an answer cuts, stops or switches off is not what the question asked after.
        cues = tuple(cue for cue in self._cues.find(sentence) if cue.cue.effect != "adverse")
        grounds = Grounds(sentence, cues, self._cues.clause, None, role)
        return self._weighed(grounds.judge(None), grounds, role)

    def lend(
        self,
        spoken: Sequence[Sentence],
        judged: Judgement,
        theme: tuple[str, str],
        question: Reason,
        confidence: Confidence,
        *,
        role: Role,
    ) -> Evidence:
        """Return what an answer says of a theme that only its question names; *spoken* are its first sentences."""
        first, last = spoken[0], spoken[-1]
        block = first.block
        measures = tuple(
            measure_reason(measure, sentence)
            for sentence in spoken
            for measure in proving(self._measures.find(sentence.text), judged, role)
        )
        return _evidence(
            theme,
            block,
            (first.start, last.end),
            judged,
            confidence,
            role=role,
            because=(question, *judged.because, *measures),
        )

    def introduced(self, sentence: Sentence, lead_in: Judgement | None = None, role: Role = Role.TENDER) -> Judgement:
        """Return the stance that a sentence ("We will not:", or a heading) gives to what stands beneath it."""
        grounds = self._grounds(sentence, lead_in, role)
        if sentence.block.kind is Kind.HEADING:
            telling = [cue for cue in grounds.cues if cue.cue.at == "heading"]
            judged = by_cue(telling[0], sentence, role) if telling else UNDECIDED
            kind = "heading"
        else:
            colons = (i for i in range(sentence.first, sentence.last) if sentence.tokens.texts[i] == ":")
            at = next(colons, sentence.last - 1)
            judged = grounds.judge((at, at + 1))
            kind = "lead-in"
        because = tuple(replace(reason, kind=kind) for reason in judged.because)
        return replace(judged, because=because)

    def _grounds(self, sentence: Sentence, lead_in: Judgement | None, role: Role) -> Grounds:
        """Return what the rules go by; the cues of a table row's other cells speak for a sentence too ("Yes")."""
        in_row = sentence.block.kind is Kind.TABLE_ROW
        cues = cues_of_row(sentence, self._cues) if in_row else self._cues.find(sentence)
        return Grounds(sentence, cues, self._cues.clause, lead_in, role)

    def _belonging(
        self, measures: Sequence[Measure], matches: Sequence[Match], sentence: Sentence
    ) -> tuple[Reason, ...]:
        """Return the measures that belong to what is said of the matched words."""
        clauses = {self._cues.clause(sentence, match.first) for match in matches} if measures else set()
        earliest = min(clauses, default=(0, 0))[0]
        texts = sentence.tokens.texts
        own = []
        for measure in measures:
            token = sentence.token_at(sentence.start + measure.start)
            left, right = self._cues.clause(sentence, token)
            opening = (texts[i].lower() for i in range(left, token))
            if (left, right) in clauses or left > earliest or sets_scene(measure, opening):
                own.append(measure_reason(measure, sentence))
        return tuple(own)

    def _weighed(
        self, ruled: Judgement, grounds: Grounds, role: Role | None, reading: Reading | None = None
    ) -> Judgement:
        """Return what the rules said in the light of signs and model; a heading is what it is."""
        sentence = grounds.sentence
        if self.signs is None or sentence.block.kind in NAMING_KINDS:
            return ruled
        return self.signs.weigh(ruled, sentence, role, grounds.lead_in, reading, relieved=grounds.relieved)


def _unless_copied(span: tuple[int, int], judgement: Judgement, copies: Sequence[Copy]) -> Judgement:
    """Return a mere mention where what tells of a theme stands in copied text of which the author makes nothing."""
    places = [reason.start for reason in judgement.because if reason.start is not None]
    own = places if judgement.force >= Force.PLAIN else []
    for copy in copies if judgement.stance is not Stance.NEGATED else ():
        if copy.silences(*span, own):
            return Judgement(Stance.MENTION, Who.NOBODY, (Reason("copied", copy.why, "only a mention"),))
    return judgement


def _of_sentence(
    theme: tuple[str, str],
    sentence: Sentence,
    judged: Judgement,
    confidence: Confidence,
    *,
    role: Role,
    because: tuple[Reason, ...],
) -> Evidence:
    span = sentence.start, sentence.end
    return _evidence(theme, sentence.block, span, judged, confidence, role=role, because=because)


def _evidence(
    theme: tuple[str, str],
    block: Block,
    span: tuple[int, int],
    judged: Judgement,
    confidence: Confidence,
    *,
    role: Role,
    because: tuple[Reason, ...],
) -> Evidence:
    """Return what the passage of a block says of a theme (outcome and theme id); *span* counts in the document."""
    measured = any(reason.kind == "measure" for reason in because)
    return Evidence(
        outcome=theme[0],
        theme=theme[1],
        quote=block.text[span[0] - block.start : span[1] - block.start],
        page=block.anchor.page,
        section=block.section,
        start=span[0],
        end=span[1],
        stance=judged.stance,
        who=judged.who,
        measured=measured,
        level=level(judged, role, measured=measured),
        confidence=confidence.value,
        weighed=confidence.weighed,
        because=because,
        approximate=block.anchor.approximate,
        label=block.anchor.label,
        stance_confidence=judged.stance_confidence,
        heading=block.kind is Kind.HEADING,
    )
