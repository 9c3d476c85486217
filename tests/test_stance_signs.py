"""Signs: what sentences look like decides where cues are weak, and never where they are plain."""

import shutil
from dataclasses import replace
from functools import cache
from math import exp
from pathlib import Path

import pytest

from tenderkit.assess import Assessor
from tenderkit.cues import load_cues
from tenderkit.document import passage
from tenderkit.errors import UsageError
from tenderkit.evidence import SHARED, Force, Judgement, Level, Reason, Stance, Who
from tenderkit.labels import Passage
from tenderkit.main_clause import make_verbs
from tenderkit.roles import Role
from tenderkit.signs import Shapes, in_words, of_rules, signs
from tenderkit.stance_fitting import StanceLesson, fit_stances, held_out, learn, lessons_of
from tenderkit.stance_signs import StanceWeigher, StanceWeights, load_stances, render
from tenderkit.vocabulary import load_vocabulary

ROOT = Path(__file__).parent.parent
SHAPES = Shapes(frozenset({"we", "the", "will"}), {"test": "do", "tested": "done"}, make_verbs(["test"], [], {}))


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


def weighed(ruled, role=None, text="Here we test the pages.", **numbers):
    return weigher(**numbers).weigh(ruled, sentence(text), role)


def test_signs_tell_the_opening_the_verb_and_words_side_by_side():
    found = signs(sentence("We will test 12 pages."), SHAPES, Role.BID)
    assert {"opens: we", "verb: we will", "has: will ⟨do⟩", "has: ⟨number⟩", "ends: .", "role: bid"} <= set(found)


@pytest.mark.parametrize("reference", ["R5", "1.8.5", "REQ12"])
def test_a_reference_in_front_is_no_sign_of_what_a_sentence_does(reference):
    text = "The supplier should publish a rate every month."
    plain, numbered = (signs(sentence(said), SHAPES, Role.TENDER) for said in (text, f"{reference} {text}"))
    assert plain.keys() == numbered.keys()


def test_telling_signs_overrule_what_nothing_decided_and_say_so():
    judged = weighed(Judgement(Stance.MENTION, Who.NOBODY, force=Force.NONE), practice=5.0)
    assert (judged.stance, judged.who) == (Stance.PRACTICE, Who.AUTHOR)
    assert [(reason.kind, reason.text) for reason in judged.because] == [("sign", "we")]


@pytest.mark.parametrize("text", ["We will test (all) 12 pages.", "R5 | Yes", "“Who pays?”", "12)", "And you: test it"])
@pytest.mark.parametrize("role", [None, *Role])
def test_a_sign_without_a_place_is_told_in_plain_words(text, role):
    lead_in = Judgement(Stance.COMMITMENT, Who.AUTHOR, force=Force.PLAIN)
    ruled = Judgement(Stance.PRACTICE, Who.AUTHOR, force=Force.PLAIN)
    found = {**signs(sentence(text), SHAPES, role, lead_in), **of_rules(ruled, role)}
    told = [in_words(name) for name, place in found.items() if place is None]
    assert not [words for words in told if set(words) & set(":⟨⟩")]


def test_a_mark_is_no_reason_that_a_person_could_follow():
    seen = dict.fromkeys(("has: (", "has: we", "ends: ."), (0.0, 5.0, 0.0, 0.0, 0.0))
    weigher = StanceWeigher(SHAPES, StanceWeights((0.0,) * len(SHARED), seen))
    judged = weigher.weigh(
        Judgement(Stance.MENTION, Who.NOBODY, force=Force.NONE), sentence("Here (now) we test."), None
    )
    assert [reason.text for reason in judged.because] == ["ends with a full stop", "we"]


@pytest.mark.parametrize("stance", [Stance.COMMITMENT, Stance.NEGATED])
def test_signs_never_overrule_a_plain_cue_or_a_denial(stance):
    assert weighed(Judgement(stance, Who.AUTHOR, force=Force.PLAIN), mention=9.0).stance is stance


def test_signs_make_a_bid_count_only_where_they_are_more_than_half_sure():
    nothing = Judgement(Stance.MENTION, Who.NOBODY, force=Force.NONE)
    assert weighed(nothing, practice=1.3).stance is Stance.PRACTICE
    assert weighed(nothing, Role.BID, practice=1.3).stance is Stance.MENTION
    assert weighed(nothing, Role.BID, practice=1.5).stance is Stance.PRACTICE


def test_first_it_is_told_whether_anything_is_stated_and_then_what():
    judged = weighed(
        Judgement(Stance.MENTION, Who.NOBODY, force=Force.NONE), practice=1.0, requirement=1.0, mention=1.2
    )
    assert judged.stance in {Stance.PRACTICE, Stance.REQUIREMENT}
    assert judged.stance_confidence == pytest.approx(sum(judged.shares[:3]))


@pytest.mark.parametrize(
    ("text", "role", "stance"),
    [
        ("Training by us for all staff", Role.BID, Stance.MENTION),
        ("- Training by us for all staff", Role.BID, Stance.MENTION),
        ("Partnership, tested services, training", Role.BID, Stance.MENTION),
        ("Training by us for all staff", Role.TENDER, Stance.MENTION),
        ("- Training by us for all staff", Role.TENDER, Stance.REQUIREMENT),
    ],
)
def test_words_without_a_verb_are_raised_only_in_the_lists_of_others(text, role, stance):
    nothing = Judgement(Stance.MENTION, Who.NOBODY, force=Force.NONE)
    signs_of_a_requirement = (0.0, 0.0, 9.0, 0.0, 0.0)
    own = StanceWeigher(SHAPES, StanceWeights(signs_of_a_requirement, {}))
    assert own.weigh(nothing, sentence(text), role).stance is stance


def test_what_stands_above_a_passage_is_read_and_not_judged():
    alone, below = (assessor().predict("- test with screen readers", before) for before in ("", "We will:"))
    assert alone.stance is not Stance.COMMITMENT
    assert below.stance is Stance.COMMITMENT
    assert below.outcomes == alone.outcomes
    assert assessor().predict("We meet.", "We test every page with screen readers.").outcomes == ()


def test_headings_introducing_words_and_single_words_are_signs():
    document = passage("# Our method\nWe will:\n- test the pages with residents")
    *_, tokens = assessor().matcher.language.blocks(document)
    (item,) = tokens.sentences()
    found = signs(item, SHAPES, None, Judgement(Stance.COMMITMENT, Who.AUTHOR))
    assert {"under: method", "introduced by: commitment 2", "word: residents", "block: list item"} <= set(found)


def test_what_is_not_sure_enough_is_to_be_checked_and_scores_nothing():
    text = passage("We test every release with screen readers.")
    doubting = StanceWeights((0.0, 0.0, 0.0, 0.0, 0.0), {"has: we": (0.0, -9.0, 9.0, 0.0, 0.0)})
    alone = assessor().with_model(None)
    sure, unsure = (judge.assess(text, Role.BID).scorecard for judge in (alone, alone.with_stances(doubting)))
    assert sure.score > 0
    assert unsure.score == 0
    assert {(item.outcome, item.theme) for item in unsure.possible} >= {
        (outcome.id, theme.id) for outcome in sure.outcomes for theme in outcome.themes if theme.level >= Level.STATED
    }


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


def test_a_denied_passage_teaches_only_how_sure_denials_are():
    denied = Passage(id="1", text="We do not test.", stance=Stance.NEGATED)
    told = [denied, replace(denied, id="2", text="We test.", stance=Stance.PRACTICE)]
    taught = lessons_of(told, load_vocabulary(), assessor().matcher.language)
    assert ["denied by: we do not test." in lesson.denial for lesson in taught] == [True, False]
    with pytest.raises(UsageError, match="two stances"):
        learn(taught)


def test_how_sure_a_denial_is_is_learned_from_true_and_false_ones():
    def lesson(stance, denial, group):
        return StanceLesson((("ends: .",),), stance, f"source {group}", denial)

    denials = [lesson(len(SHARED), ("denied by: not",), i) for i in range(6)]
    denials += [lesson(4, ("denied by: avoid",), i) for i in range(6)]
    weights = learn([*denials, lesson(0, (), 7), lesson(1, (), 8)])
    assert weights.denials["denied by: not"] > 0 > weights.denials["denied by: avoid"]


def test_weights_are_written_as_they_are_read_with_and_without_denials(tmp_path):
    for weights in (
        StanceWeights((0.5,) * len(SHARED), {"has: we": (0.1,) * len(SHARED)}, -0.4, {"denied by: not": 0.3}),
        StanceWeights((0.5,) * len(SHARED), {"has: we": (0.1,) * len(SHARED)}),
    ):
        folder = tmp_path / f"of {len(weights.denials)}"
        shutil.copytree(ROOT / "vocab" / "lga-2022", folder)
        (folder / "cues" / "stances.yml").write_text(render(weights, []), encoding="utf-8")
        loaded = load_stances(str(folder), load_cues(str(folder)).lists)
        assert loaded is not None
        assert loaded.weights == weights


def test_few_denials_teach_nothing_and_too_few_stances_are_left_to_the_rules():
    taught = [
        StanceLesson((("ends: .",),), stance, f"source {i}", denial)
        for i, (stance, denial) in enumerate(
            [(0, ()), (1, ("denied by: no",)), (1, ()), (1, ()), (len(SHARED), ("denied by: not",))]
        )
    ]
    assert learn(taught).denials == {}
    assert held_out(taught, {"source 0"}) is None


def test_a_denial_stays_one_and_signs_say_how_sure_it_is():
    reason = Reason("cue", "not", "not done, or left out", 6, 9)
    ruled = Judgement(Stance.NEGATED, Who.AUTHOR, (reason,), force=Force.PLAIN)
    doubting = StanceWeights((0.0,) * len(SHARED), {}, -0.5, {"denied by: not": -1.0, "role: bid": 0.5})
    judged = StanceWeigher(SHAPES, doubting).weigh(ruled, sentence("We do not test."), Role.BID)
    assert (judged.stance, judged.because) == (ruled.stance, ruled.because)
    assert judged.stance_confidence == round(1 / (1 + exp(1.0)), 2)
    assert weighed(ruled).stance_confidence == 1


@pytest.mark.parametrize(
    "text",
    [
        "We narrow the digital divide with free devices.",
        "Accounts are disabled within one hour of a person leaving.",
        "Response times fall from two hours to ten minutes.",
        "We hold back releases that fail accessibility checks.",
    ],
)
def test_less_of_what_is_bad_is_no_denial_whatever_the_model_hears_in_the_verb(text):
    assert Assessor(load_vocabulary()).predict(text, role=Role.BID).stance in {Stance.PRACTICE, Stance.COMMITMENT}
