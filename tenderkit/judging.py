"""What a passage really says: matches, cues and measures become evidence, with the reasons for each judgement."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tenderkit.confidence import CERTAIN
from tenderkit.cues import RELIEF
from tenderkit.denials import denial, denial_of_sentence
from tenderkit.document import NAMING_KINDS, Kind
from tenderkit.evidence import DONE, Evidence, Judgement, Reason, Stance, Who
from tenderkit.keyword_lists import WORTH_TELLING, keyword_list
from tenderkit.measures import sets_scene
from tenderkit.proof import dates_beside, measure_reason, proving
from tenderkit.quotations import of_author, quotation, voice
from tenderkit.refraining import goes_on, refrained
from tenderkit.roles import Role
from tenderkit.row_answers import cues_of_row, is_bare_row, speaks_for_itself
from tenderkit.stance_signs import counted, level
from tenderkit.topics import heard_reasons, term_reasons

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tenderkit.confidence import Confidence
    from tenderkit.copied_text import Copy
    from tenderkit.cue_finding import CueFinder, FoundCue
    from tenderkit.document import Block
    from tenderkit.language import Sentence
    from tenderkit.matching import Match, SentenceMatches
    from tenderkit.measures import Measure, MeasureFinder
    from tenderkit.readings import Reading
    from tenderkit.stance_signs import StanceWeigher

_WHO = {"author": Who.AUTHOR, "other": Who.OTHER, "nobody": Who.NOBODY}
_UNDECIDED = Judgement(Stance.MENTION, Who.NOBODY, strength=0)
_PLAIN = 2  # the strength of a judgement by a plain cue
_MODAL = frozenset({Stance.COMMITMENT, Stance.ASPIRATION})
_OURS = frozenset({"we", "our", "us", "ours", "i", "my"})
_STANCES = frozenset({"commitment", "practice", "requirement", "aspiration", "mention"})


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
        cues = self._cues_of(sentence)
        measures = tuple(self._measures.find(sentence.text))
        listed = keyword_list(found, cues)
        weighed: dict[Judgement, Judgement] = {}  # of what the rules say: it is mostly the same for every match
        evidence = []
        for outcome, theme in by_theme if listed else sure:
            matches = by_theme[outcome, theme]
            judged = []
            for match in matches:
                ruled = self._by_rules(sentence, cues, (match.first, match.last), lead_in, role)
                if ruled not in weighed:
                    weighed[ruled] = self._weighed(ruled, sentence, role, lead_in, reading, cues=cues)
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
            ruled = self._by_rules(sentence, cues, None, lead_in, role)
            judged_whole = self._weighed(ruled, sentence, role, lead_in, reading, cues=cues)
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
        cues = self._cues_of(sentence)
        ruled = self._by_rules(sentence, cues, None, lead_in, role or Role.TENDER)
        return self._weighed(ruled, sentence, role, lead_in, reading, cues=cues)

    def ruled(self, sentence: Sentence, lead_in: Judgement | None, role: Role) -> Judgement:
        """Return what the rules alone say of a sentence as a whole."""
        return self._by_rules(sentence, self._cues_of(sentence), None, lead_in, role)

    def answering(self, sentence: Sentence, role: Role) -> Judgement:
        """Return what a sentence does as the beginning of an answer, where "Yes" and "No" speak for themselves."""
        as_cell = replace(sentence, block=replace(sentence.block, kind=Kind.TABLE_ROW))
        cells = [cue for cue in self._cues.find(as_cell) if cue.cue.at == "cell" and cue.first == sentence.first]
        if cells:
            return self._by_cue(cells[0], sentence, role)
        # What an answer cuts, stops or switches off is not what the question asked after.
        cues = tuple(cue for cue in self._cues.find(sentence) if cue.cue.effect != "adverse")
        return self._weighed(self._by_rules(sentence, cues, None, None, role), sentence, role, None)

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
        cues = self._cues_of(sentence)
        if sentence.block.kind is Kind.HEADING:
            telling = [cue for cue in cues if cue.cue.at == "heading"]
            judged = self._by_cue(telling[0], sentence, role) if telling else _UNDECIDED
            kind = "heading"
        else:
            colons = (i for i in range(sentence.first, sentence.last) if sentence.tokens.texts[i] == ":")
            at = next(colons, sentence.last - 1)
            judged = self._by_rules(sentence, cues, (at, at + 1), lead_in, role)
            kind = "lead-in"
        because = tuple(replace(reason, kind=kind) for reason in judged.because)
        return replace(judged, because=because)

    def _cues_of(self, sentence: Sentence) -> tuple[FoundCue, ...]:
        """Return the cues of a sentence; those of a table row's other cells speak for it as well ("Yes")."""
        return cues_of_row(sentence, self._cues) if sentence.block.kind is Kind.TABLE_ROW else self._cues.find(sentence)

    def _belonging(
        self, measures: Sequence[Measure], matches: Sequence[Match], sentence: Sentence
    ) -> tuple[Reason, ...]:
        """Return the measures that belong to what is said of the matched words."""
        clauses = {self._cues.clause(sentence, match.first) for match in matches} if measures else set()
        own = []
        for measure in measures:
            token = sentence.token_at(sentence.start + measure.start)
            left, right = self._cues.clause(sentence, token)
            opening = sentence.words(left, token)
            if (left, right) in clauses or left > min(clauses)[0] or sets_scene(measure, opening):
                own.append(measure_reason(measure, sentence))
        return tuple(own)

    def _weighed(
        self,
        ruled: Judgement,
        sentence: Sentence,
        role: Role | None,
        lead_in: Judgement | None,
        reading: Reading | None = None,
        *,
        cues: Sequence[FoundCue] = (),
    ) -> Judgement:
        """Return what the rules said in the light of signs and model; a heading is what it is."""
        if self.signs is None or sentence.block.kind in NAMING_KINDS:
            return ruled
        relieved = any(found.cue.effect == RELIEF for found in cues) and not any(found.cue.denies for found in cues)
        return self.signs.weigh(ruled, sentence, role, lead_in, reading, relieved=relieved)

    def _by_rules(
        self,
        sentence: Sentence,
        cues: Sequence[FoundCue],
        span: tuple[int, int] | None,
        lead_in: Judgement | None,
        role: Role,
    ) -> Judgement:
        """Return what the sentence does with the tokens of *span*, or as a whole where it is None."""
        if sentence.block.kind in NAMING_KINDS:
            return Judgement(Stance.MENTION, Who.NOBODY, (Reason("heading", sentence.text, "only a heading"),))
        if lead_in is not None and lead_in.stance is Stance.NEGATED and lead_in.strength > _PLAIN:
            return lead_in
        first, last = span or (sentence.first, sentence.last)
        if sentence.block.kind is Kind.LIST_ITEM:
            if lead_in is not None and goes_on(lead_in):
                return refrained(lead_in, cues, sentence)
            cues = [cue for cue in cues if cue.cue.at != "item"]
        quoted = quotation(sentence)
        if quoted and span and quoted[0] <= first < quoted[1] and of_author(sentence, quoted):
            cues = [cue for cue in cues if quoted[0] <= cue.first < quoted[1]]
            quoted = None
        covering = [
            cue
            for cue in cues
            if cue.covers(first, last)
            and not (span and first <= cue.first and cue.last <= last)
            and not (quoted and quoted[0] <= cue.first < quoted[1])
        ]
        cells = [cue for cue in covering if cue.cue.at == "cell"]
        if cells and span and speaks_for_itself(sentence, span, cells[0], covering):
            covering = [cue for cue in covering if cue.cue.at != "cell"]
            cells = []
        if cells and (role is Role.BID or cells[0].cue.effect != "commitment"):
            return self._by_cue(cells[0], sentence, role)
        question = [cue for cue in covering if cue.cue.at in {"question", "end"}]
        if question:
            return Judgement(Stance.MENTION, Who.NOBODY, (Reason.of_cue(question[0], sentence, "a question"),))
        told = [cue for cue in covering if cue.cue.effect == "mention" and cue.cue.who == "other"]
        if told and not any(cue.ours for cue in covering):
            return Judgement(Stance.MENTION, Who.OTHER, (Reason.of_cue(told[0], sentence, "what others say"),))
        heard = voice(quoted, cues, sentence, role) if quoted and span and quoted[0] <= first < quoted[1] else None
        if heard:
            return heard
        if span is not None:
            denied = _denied(denial(cues, covering), sentence)
            if denied:
                return denied
        speaking = [cue for cue in covering if cue.cue.effect in _STANCES]
        if span is None:  # what a clause says in passing is not what the sentence says
            speaking = [cue for cue in speaking if not cue.aside]
            denied = _denied(denial_of_sentence(covering, speaking, sentence.first), sentence)
            if denied:
                return denied
        elif any(
            not cue.aside and (cue.cue.weight or cue.cue.effect == "commitment") for cue in speaking
        ):  # a clause in passing does not govern
            speaking = [cue for cue in speaking if not cue.aside]
        for weight in (2, 1):
            chosen = [cue for cue in speaking if cue.cue.weight == weight]
            # What a sentence says of its author leads up to a promise.
            if span is None and chosen and chosen[0].cue.effect == "practice":
                chosen = [cue for cue in chosen if cue.cue.effect == "commitment"] or chosen
            if chosen:
                return self._by_cue(self._governing(chosen, sentence, first), sentence, role)
        if lead_in is not None and lead_in.decided and not is_bare_row(sentence):
            return lead_in
        if quoted and span and quoted[0] <= first < quoted[1]:
            return Judgement(Stance.MENTION, Who.OTHER, (Reason("cue", sentence.text, "another's words"),), _PLAIN)
        if speaking:
            modal = [cue for cue in speaking if Stance(cue.cue.bid or cue.cue.effect) in _MODAL]
            chosen = modal if modal and role is Role.BID else speaking  # "some of our developers may …"
            return self._by_cue(self._governing(chosen, sentence, first), sentence, role)
        undone = [cue for cue in covering if cue.cue.denies and not cue.supposed] if span and role is Role.BID else []
        if undone:
            return Judgement(Stance.PRACTICE, Who.AUTHOR, (Reason.of_cue(undone[0], sentence, "denied and undone"),), 1)
        return _UNDECIDED

    def _governing(self, cues: Sequence[FoundCue], sentence: Sentence, token: int) -> FoundCue:
        """Return the first cue in the clause of *token*, or else the first of the sentence."""
        if len(cues) == 1:
            return cues[0]
        left, right = self._cues.clause(sentence, token)
        return min(cues, key=lambda cue: (not left <= cue.first < right, cue.first))

    def _by_cue(self, found: FoundCue, sentence: Sentence, role: Role) -> Judgement:
        cue = found.cue
        stance = Stance(cue.bid if cue.bid and role is Role.BID else cue.effect)
        who = _holder(cue.who, role)
        if who is Who.NOBODY and (
            (role is Role.BID and stance in DONE) or (stance is Stance.ASPIRATION and _of_us(sentence, found))
        ):
            who = Who.AUTHOR  # what a bid says will be done, or is, its bidder does; "we hope" has an owner
        strength = cue.weight + 1
        if role is Role.BID and stance in _MODAL:
            strength = max(strength, _PLAIN)  # a bid's own "will" and "could" mean what they say
        return Judgement(stance, who, (Reason.of_cue(found, sentence, stance.value),), strength)


def _of_us(sentence: Sentence, found: FoundCue) -> bool:
    """Tell whether the author speaks of itself up to a cue: "some of our developers may …"."""
    return not _OURS.isdisjoint(sentence.words(found.left, found.last))


def _holder(who: str, role: Role) -> Who:
    if who in {"supplier", "buyer"}:
        return Who.AUTHOR if (who == "supplier") == (role is Role.BID) else Who.OTHER
    return _WHO[who]


def _denied(found: FoundCue | None, sentence: Sentence) -> Judgement | None:
    if found is None:
        return None
    says = "works against it" if found.cue.effect == "adverse" else "not done, or left out"
    return Judgement(Stance.NEGATED, Who.AUTHOR, (Reason.of_cue(found, sentence, says),), found.cue.weight + 1)


def _unless_copied(span: tuple[int, int], judgement: Judgement, copies: Sequence[Copy]) -> Judgement:
    """Return a mere mention where what tells of a theme stands in copied text of which the author makes nothing."""
    places = [reason.start for reason in judgement.because if reason.start is not None]
    own = places if judgement.strength >= _PLAIN else []
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
        sure=judged.sure,
        heading=block.kind is Kind.HEADING,
    )
