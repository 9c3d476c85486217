"""Signs: what sentences look like decides where cues are weak, and never where they are plain."""

from dataclasses import replace
from functools import cache

import pytest

from tenderkit.assess import Assessor
from tenderkit.document import passage
from tenderkit.errors import UsageError
from tenderkit.evidence import SHARED, Judgement, Level, Stance, Who
from tenderkit.labels import Passage
from tenderkit.roles import Role
from tenderkit.stance_fitting import fit_stances, lessons_of
from tenderkit.stance_signs import Shapes, StanceWeigher, StanceWeights, signs
from tenderkit.vocabulary import load_vocabulary

SHAPES = Shapes(frozenset({"we", "the", "will"}), {"test": "do", "tested": "done"})


@cache
def assessor():
    return Assessor(load_vocabulary())


def sentence(text):
    (tokens,) = assessor().matcher.language.blocks(passage(text))
    (found,) = tokens.sentences()
    return found


def weigher(**numbers):
    """Return one that knows a single sign, "has: we", with these numbers; the other stances get none."""
    row = tuple(numbers.get(stance.value, 0.0) for stance in SHARED)
    return StanceWeigher(SHAPES, StanceWeights((0.0,) * len(SHARED), {"has: we": row}))


def weighed(ruled, **numbers):
    said = sentence("Here we test the pages.")
    own = weigher(**numbers)
    return own.weigh(ruled, said, None)


def test_signs_tell_the_opening_the_verb_and_words_side_by_side():
    found = signs(sentence("We will test 12 pages."), SHAPES, Role.BID)
    assert {"opens: we", "verb: we will", "has: will ⟨do⟩", "has: ⟨number⟩", "ends: .", "role: bid"} <= set(found)


def test_telling_signs_overrule_what_nothing_decided_and_say_so():
    judged = weighed(Judgement(Stance.MENTION, Who.NOBODY, strength=0), practice=5.0)
    assert (judged.stance, judged.who) == (Stance.PRACTICE, Who.AUTHOR)
    assert [(reason.kind, reason.text) for reason in judged.because] == [("sign", "we")]


@pytest.mark.parametrize("stance", [Stance.COMMITMENT, Stance.NEGATED])
def test_signs_never_overrule_a_plain_cue_or_a_denial(stance):
    assert weighed(Judgement(stance, Who.AUTHOR, strength=2), mention=9.0).stance is stance


def test_signs_that_are_not_sure_leave_a_mention_a_mention():
    judged = weighed(Judgement(Stance.MENTION, Who.NOBODY, strength=0), practice=1.5)
    assert judged.stance is Stance.MENTION
    assert 0 < judged.sure < 1


def test_what_is_less_than_half_sure_does_not_count_as_stated():
    text = passage("We test every release with screen readers.")
    doubting = StanceWeights((0.0, 0.0, 0.0, 0.0, 0.0), {"has: we": (0.0, -9.0, 9.0, 0.0, 0.0)})
    found = [
        item
        for judge in (assessor(), assessor().with_stances(doubting))
        for outcome in judge.assess(text, Role.BID).scorecard.outcomes
        for theme in outcome.themes
        for item in theme.evidence
    ]
    assert all((item.level < Level.STATED) for item in found if item.sure < 0.5)
    assert any(item.level >= Level.STATED for item in found)


def test_stances_are_learned_from_labels_and_written_for_people_to_read():
    scheme = load_vocabulary()
    told = [
        Passage(id=f"{i}{n}", text=text, stance=stance, group=f"source {n}")
        for n in range(5)
        for i, (text, stance) in enumerate(
            [("Certified by an outside body.", Stance.PRACTICE), ("Nice to have one day.", Stance.ASPIRATION)]
        )
    ]
    text = fit_stances(scheme, told, "2026-11-26")
    assert 'fitted: "2026-11-26"' in text
    assert "order: [commitment, practice, requirement, aspiration, mention]" in text
    assert "opens: certified" in text


def test_labels_without_a_stance_are_refused_in_one_line():
    with pytest.raises(UsageError, match="two stances"):
        fit_stances(load_vocabulary(), [Passage(id="1", text="We test.")], "2026-11-26")


def test_a_denied_passage_teaches_nothing():
    denied = Passage(id="1", text="We do not test.", stance=Stance.NEGATED)
    told = [denied, replace(denied, id="2", text="We test.", stance=Stance.PRACTICE)]
    assert len(lessons_of(told, load_vocabulary(), assessor().matcher.language)) == 1
