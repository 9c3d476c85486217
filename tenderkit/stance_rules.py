"""
What the rules say that the words of a sentence do: the first of `RULES` that has something to say decides.

Each rule is a small function of a case: some words of a sentence, or the whole, and the cues whose reach takes them in.
Their order is their rank: what a heading names is never said, a question asks whatever its verbs promise, a denial goes
before a promise, and a plain cue before what introduces the sentence, which goes before a weak one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tenderkit.covering import CueBits
from tenderkit.cues import RELIEF, TELLING
from tenderkit.denials import denial, denial_of_sentence
from tenderkit.document import NAMING_KINDS, Kind
from tenderkit.evidence import DONE, Force, Judgement, Reason, Stance, Who
from tenderkit.quotations import of_author, quotation, voice
from tenderkit.refraining import goes_on, refrained
from tenderkit.roles import Role
from tenderkit.row_answers import is_bare_row, speaks_for_itself

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tenderkit.covering import Bits
    from tenderkit.cue_finding import FoundCue
    from tenderkit.language import Sentence

UNDECIDED = Judgement(Stance.MENTION, Who.NOBODY, force=Force.NONE)
_WHO = {"author": Who.AUTHOR, "other": Who.OTHER, "nobody": Who.NOBODY}
_MODAL = frozenset({Stance.COMMITMENT, Stance.ASPIRATION})
_OURS = frozenset({"we", "our", "us", "ours", "i", "my"})
_STANCES = frozenset({"commitment", "practice", "requirement", "aspiration", "mention"})


@dataclass(frozen=True)  # without slots, for what is worked out when it is first asked for
class Grounds:
    """
    A sentence as the rules look at it, whatever words of it they are asked about; made once a sentence.

    Attributes:
        sentence: Judged.
        cues: All its cues; of a table row also the answers in other cells.
        clause: Returns the tokens, half-open, of the clause in which one stands.
        lead_in: What introduces the sentence, where something does.
        role: Of the document.
    """

    sentence: Sentence
    cues: Sequence[FoundCue]
    clause: Callable[[Sentence, int], tuple[int, int]]
    lead_in: Judgement | None
    role: Role

    @cached_property
    def bits(self) -> CueBits:
        """The cues; an item's own count only beneath "we will not:"."""
        return CueBits(cue for cue in self.cues if cue.cue.at != "item")

    @cached_property
    def quoted(self) -> tuple[int, int] | None:
        """The tokens of the words that the sentence quotes, or None."""
        return quotation(self.sentence)

    @cached_property
    def quotes_author(self) -> bool:
        """True where one of the author's own people speaks in the quotation."""
        return self.quoted is not None and of_author(self.sentence, self.quoted)

    @cached_property
    def voice(self) -> Judgement | None:
        """What another's words do that the sentence quotes."""
        return voice(self.quoted, self.bits.cues, self.sentence, self.role) if self.quoted else None

    @cached_property
    def relieved(self) -> bool:
        """True where less is done of something bad, and nothing is denied."""
        return any(found.cue.effect == RELIEF for found in self.cues) and not any(map(_denies, self.cues))

    def judge(self, span: tuple[int, int] | None) -> Judgement:
        """Return what the sentence does with the tokens of *span*, half-open, or as a whole where it is None."""
        case = Case(self, span)
        return next((judged for rule in RULES if (judged := rule(case)) is not None), UNDECIDED)


@dataclass(frozen=True)  # without slots, as above
class Case:
    """
    What the rules are asked: what a sentence does with some of its words.

    Attributes:
        grounds: The sentence.
        span: The tokens, half-open; None for the sentence as a whole.
    """

    grounds: Grounds
    span: tuple[int, int] | None

    @property
    def sentence(self) -> Sentence:
        """The sentence."""
        return self.grounds.sentence

    @property
    def lead_in(self) -> Judgement | None:
        """What introduces the sentence."""
        return self.grounds.lead_in

    @property
    def in_bid(self) -> bool:
        """True in a bid."""
        return self.grounds.role is Role.BID

    @cached_property
    def _is_quoted(self) -> bool:
        quoted = self.grounds.quoted
        return bool(quoted and self.span and quoted[0] <= self.span[0] < quoted[1])

    @property
    def in_quotes(self) -> bool:
        """True of words that another said."""
        return self._is_quoted and not self.grounds.quotes_author

    @cached_property
    def known(self) -> Bits:
        """The cues that count: of what one of the author's own people says, those of that quotation."""
        bits, quoted = self.grounds.bits, self.grounds.quoted
        return bits.beginning_in(*quoted) if quoted and self._is_quoted and not self.in_quotes else bits.every

    @cached_property
    def covering(self) -> Bits:
        """The cues whose reach takes in the words, and which are none of them; another's words say nothing here."""
        sentence, bits, quoted = self.grounds.sentence, self.grounds.bits, self.grounds.quoted
        first, last = self.span or (sentence.first, sentence.last)
        found = self.known & bits.covering(first, last)
        if self.span:
            found &= ~bits.within(first, last)
        if quoted and (self.in_quotes or not self._is_quoted):
            found &= ~bits.beginning_in(*quoted)
        cells = found & bits.of(_is_cell)
        cell = bits.first(cells)
        if cell and self.span and speaks_for_itself(sentence, self.span, cell, bits.listed(found)):
            found &= ~cells
        return found

    @cached_property
    def speaking(self) -> Bits:
        """Those that say that something is done, promised, asked …; a clause in passing speaks only for itself."""
        of = self.grounds.bits.of
        found = self.covering & of(_speaks)
        governing = found & ~of(_in_passing)
        return governing if self.span is None or governing & of(_governs) else found

    def first(self, kind: Callable[[FoundCue], bool]) -> FoundCue | None:
        """Return the first cue of a kind that covers the words."""
        bits = self.grounds.bits
        return bits.first(self.covering & bits.of(kind))

    def spoken(self, kind: Callable[[FoundCue], bool]) -> Bits:
        """Return the cues of a kind that speak for the words."""
        return self.speaking & self.grounds.bits.of(kind)

    def reason(self, cue: FoundCue, says: str) -> tuple[Reason]:
        """Return a cue as the reason for a judgement."""
        return (Reason.of_cue(cue, self.sentence, says),)

    def by_one_of(self, cues: Bits) -> Judgement:
        """Return what the first cue in the clause of the words says, or else the first of the sentence."""
        sentence, bits = self.grounds.sentence, self.grounds.bits
        token = self.span[0] if self.span else sentence.first
        alone = None if cues & (cues - 1) else bits.first(cues)
        found = alone or bits.governing(cues, *self.grounds.clause(sentence, token))
        return by_cue(found, sentence, self.grounds.role)


def by_cue(found: FoundCue, sentence: Sentence, role: Role) -> Judgement:
    """Return what a cue says."""
    cue = found.cue
    stance = Stance(cue.bid if cue.bid and role is Role.BID else cue.effect)
    who = _holder(cue.who, role)
    if who is Who.NOBODY and (
        (role is Role.BID and stance in DONE) or (stance is Stance.ASPIRATION and _of_us(sentence, found))
    ):
        who = Who.AUTHOR  # what a bid says will be done, or is, its bidder does; "we hope" has an owner
    force = Force(cue.weight + 1)
    if role is Role.BID and stance in _MODAL:
        force = max(force, Force.PLAIN)  # a bid's own "will" and "could" mean what they say
    return Judgement(stance, who, (Reason.of_cue(found, sentence, stance.value),), force)


def _of_us(sentence: Sentence, found: FoundCue) -> bool:
    """Tell whether the author speaks of itself up to a cue: "some of our developers may …"."""
    return not _OURS.isdisjoint(sentence.words(found.left, found.last))


def _holder(who: str, role: Role) -> Who:
    if who in {"supplier", "buyer"}:
        return Who.AUTHOR if (who == "supplier") == (role is Role.BID) else Who.OTHER
    return _WHO[who]


# Kinds of cues.


def _is_cell(found: FoundCue) -> bool:
    return found.cue.at == "cell"


def _asks(found: FoundCue) -> bool:
    return found.cue.at in {"question", "end"}


def _tells_of_others(found: FoundCue) -> bool:
    return found.cue.effect == "mention" and found.cue.who == "other"


def _tells_of_us(found: FoundCue) -> bool:
    return found.ours


def _denies(found: FoundCue) -> bool:
    return found.cue.denies


def _leaves_undone(found: FoundCue) -> bool:
    return found.cue.denies and not found.supposed


def _speaks(found: FoundCue) -> bool:
    return found.cue.effect in _STANCES


def _in_passing(found: FoundCue) -> bool:
    return found.aside


def _governs(found: FoundCue) -> bool:
    return found.cue.weight > 0 or _promises(found)


def _promises(found: FoundCue) -> bool:
    return found.cue.effect == "commitment"


def _is_telling(found: FoundCue) -> bool:
    return found.cue.weight == TELLING


def _is_plain(found: FoundCue) -> bool:
    return found.cue.weight == 1


def _is_modal(found: FoundCue) -> bool:
    return (found.cue.bid or found.cue.effect) in _MODAL


# The rules.


def _heading(case: Case) -> Judgement | None:
    """A heading, and its like, only names: "Apprenticeships"."""
    if case.sentence.block.kind not in NAMING_KINDS:
        return None
    return Judgement(Stance.MENTION, Who.NOBODY, (Reason("heading", case.sentence.text, "only a heading"),))


def _refused_above(case: Case) -> Judgement | None:
    """What stands beneath a telling denial is denied, whatever it says: "Exclusions"."""
    above = case.lead_in
    return above if above is not None and above.stance is Stance.NEGATED and above.force > Force.PLAIN else None


def _item_of_refusal(case: Case) -> Judgement | None:
    """An item carries on "we will not:"; one that refrains from harm is a promise."""
    above, sentence = case.lead_in, case.sentence
    if sentence.block.kind is not Kind.LIST_ITEM or above is None or not goes_on(above):
        return None
    return refrained(above, case.grounds.cues, sentence)


def _answering_cell(case: Case) -> Judgement | None:
    """A cell of a table row answers for the row: "Yes"; a promise does so only in a bid."""
    cell = case.first(_is_cell)
    if cell is None or not (case.in_bid or cell.cue.effect != "commitment"):
        return None
    return by_cue(cell, case.sentence, case.grounds.role)


def _question(case: Case) -> Judgement | None:
    """A question only mentions what it asks about: "How will you test?"."""
    cue = case.first(_asks)
    return Judgement(Stance.MENTION, Who.NOBODY, case.reason(cue, "a question")) if cue else None


def _said_by_others(case: Case) -> Judgement | None:
    """What is told of others is not said of oneself, unless it was done by the author: "built by us"."""
    cue = case.first(_tells_of_others)
    if cue is None or case.first(_tells_of_us):
        return None
    return Judgement(Stance.MENTION, Who.OTHER, case.reason(cue, "what others say"))


def _voice_of_another(case: Case) -> Judgement | None:
    """Words that another said may ask for something, or praise the author."""
    return case.grounds.voice if case.in_quotes else None


def _denial(case: Case) -> Judgement | None:
    """A denial whose reach takes in the words, and which nothing undoes: "we do not test"."""
    if case.first(_denies) is None:
        return None
    bits = case.grounds.bits
    if case.span is None:
        covering, speaking = bits.listed(case.covering), bits.listed(case.speaking)
        found = denial_of_sentence(covering, speaking, case.sentence.first)
    else:
        found = denial(bits, case.covering, case.known)
    if found is None:
        return None
    says = "works against it" if found.cue.effect == "adverse" else "not done, or left out"
    return Judgement(Stance.NEGATED, Who.AUTHOR, case.reason(found, says), Force(found.cue.weight + 1))


def _telling_cue(case: Case) -> Judgement | None:
    """What a telling cue says: "thanks to our form"."""
    return _by_cues(case, case.spoken(_is_telling))


def _plain_cue(case: Case) -> Judgement | None:
    """What a plain cue says: "we will"."""
    return _by_cues(case, case.spoken(_is_plain))


def _by_cues(case: Case, cues: Bits) -> Judgement | None:
    """Return what one of some cues says; what a whole sentence says of its author leads up to a promise."""
    first = case.grounds.bits.first(cues)
    if first is None:
        return None
    promises = case.spoken(_promises) & cues if case.span is None and first.cue.effect == "practice" else 0
    return case.by_one_of(promises or cues)


def _introduced(case: Case) -> Judgement | None:
    """What introduces the sentence gives it its stance: "We will:"; a row that only names takes none."""
    above = case.lead_in
    return above if above is not None and above.decided and not is_bare_row(case.sentence) else None


def _words_of_another(case: Case) -> Judgement | None:
    """What another said, and nothing more is known of it."""
    if not case.in_quotes:
        return None
    return Judgement(Stance.MENTION, Who.OTHER, (Reason("cue", case.sentence.text, "another's words"),), Force.PLAIN)


def _weak_cue(case: Case) -> Judgement | None:
    """What a weak cue says; in a bid "will" and "may" go before others: "some of our developers may …"."""
    if not case.speaking:
        return None
    modal = case.spoken(_is_modal) if case.in_bid else 0
    return case.by_one_of(modal or case.speaking)


def _denial_undone(case: Case) -> Judgement | None:
    """A bid that denies, and undoes it, says that it is so: "never without a test"."""
    cue = case.first(_leaves_undone) if case.span and case.in_bid else None
    return Judgement(Stance.PRACTICE, Who.AUTHOR, case.reason(cue, "denied and undone"), Force.WEAK) if cue else None


RULES: tuple[Callable[[Case], Judgement | None], ...] = (
    _heading,
    _refused_above,
    _item_of_refusal,
    _answering_cell,
    _question,
    _said_by_others,
    _voice_of_another,
    _denial,
    _telling_cue,
    _plain_cue,
    _introduced,
    _words_of_another,
    _weak_cue,
    _denial_undone,
)
