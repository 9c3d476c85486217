"""The score is the formula on the page, and its laws hold whatever the evidence."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderkit.evidence import Evidence, Level, Reason, Stance, Who
from tenderkit.scoring import Status, backed, score
from tenderkit.vocabulary import Outcome, Scheme, Theme
from tenderkit.weights import Weights

THEMES = {"inclusion": ("accessibility", "skills"), "value": ("cost", "savings", "exit"), "data": ("quality",)}


def make_scheme(themes=THEMES):
    outcomes = tuple(
        Outcome(name, name.title(), "d", "s", tuple(Theme(t, t.title(), f"{t}?", (), (), ()) for t in own))
        for name, own in themes.items()
    )
    return Scheme("tiny", "Tiny", "1", "source", outcomes, {}, (), "")


SCHEME = make_scheme()


def evidence(outcome, theme, level, start=0, confidence=1.0, *, sure=1.0):
    stance = Stance.NEGATED if level is Level.ABSENT else Stance.COMMITMENT
    return Evidence(
        outcome=outcome,
        theme=theme,
        quote="quote",
        page=1,
        section=(),
        start=start,
        end=start + 5,
        stance=stance,
        who=Who.AUTHOR,
        measured=level is Level.MEASURED,
        level=level,
        confidence=confidence,
        because=(),
        stance_confidence=sure,
    )


@st.composite
def anything(draw):
    outcome = draw(st.sampled_from(list(THEMES)))
    return evidence(
        outcome,
        draw(st.sampled_from(THEMES[outcome])),
        draw(st.sampled_from(Level)),
        draw(st.integers(0, 500)),
        draw(st.sampled_from([0.5, 0.7, 1.0])),
    )


SOME = st.lists(anything(), max_size=12)
WEIGHTS = st.dictionaries(
    st.sampled_from(list(THEMES)), st.floats(0, 10).filter(lambda w: w == 0 or w > 1e-6), max_size=2
)


def figures(card):
    return (card.score, card.depth, [(o.id, o.score, o.status, [t.level for t in o.themes]) for o in card.outcomes])


def test_the_formula_of_the_page():
    card = score(
        SCHEME,
        [
            evidence("inclusion", "accessibility", Level.MEASURED),
            evidence("inclusion", "skills", Level.STATED),
            evidence("value", "cost", Level.STATED),
            evidence("value", "savings", Level.MENTIONED),
        ],
    )
    assert [outcome.score for outcome in card.outcomes] == [80.0, 20.0, 0.0]
    assert card.score == pytest.approx(100 / 3)
    assert card.depth == pytest.approx(50)


@pytest.mark.parametrize(("level", "points"), [(0, 0), (1, 0), (2, 60), (3, 100)])
def test_points_of_a_level(level, points):
    assert Level(level).points == points
    assert score(SCHEME, [evidence("data", "quality", Level(level))]).outcomes[2].score == points


@pytest.mark.parametrize(
    ("levels", "status"),
    [
        ((0, 0, 0, 0), Status.GAP),
        ((1, 0, 0, 0), Status.THIN),
        ((1, 1, 1, 1), Status.THIN),
        ((2, 0, 0, 0), Status.PARTIAL),
        ((3, 1, 1, 1), Status.PARTIAL),
        ((2, 2, 0, 0), Status.COVERED),
        ((2, 3, 1, 0), Status.COVERED),
        ((2, 2, 0, 0, 0), Status.PARTIAL),
        ((2, 2, 2, 0, 0), Status.COVERED),
        ((2,), Status.COVERED),
        ((1,), Status.THIN),
    ],
)
def test_a_status_changes_at_half_the_themes(levels, status):
    names = [f"t{i}" for i in range(len(levels))]
    found = [evidence("one", name, Level(level)) for name, level in zip(names, levels, strict=True) if level]
    card = score(make_scheme({"one": names}), found)
    assert card.outcomes[0].status is status
    assert card.count(status) == 1


def test_what_is_declined_is_listed_and_earns_nothing():
    declined = evidence("data", "quality", Level.ABSENT)
    card = score(SCHEME, [declined])
    assert card.declined == (declined,)
    assert card.outcomes[2].status is Status.GAP
    assert card.score == 0


def test_a_gap_is_the_question_of_every_theme_that_is_not_stated():
    card = score(SCHEME, [evidence("value", "cost", Level.STATED), evidence("data", "quality", Level.MENTIONED)])
    assert [(gap.outcome, gap.theme, gap.asks, gap.level) for gap in card.gaps] == [
        ("inclusion", "accessibility", "accessibility?", Level.ABSENT),
        ("inclusion", "skills", "skills?", Level.ABSENT),
        ("value", "savings", "savings?", Level.ABSENT),
        ("value", "exit", "exit?", Level.ABSENT),
        ("data", "quality", "quality?", Level.MENTIONED),
    ]


def test_weights_weigh_and_nought_leaves_out():
    found = [evidence("data", "quality", Level.MEASURED)]
    assert score(SCHEME, found).score == pytest.approx(100 / 3)
    assert score(SCHEME, found, {"data": 2}).score == pytest.approx(50)
    assert score(SCHEME, found, {"inclusion": 0, "value": 0}).score == pytest.approx(100)
    assert score(SCHEME, found, {"data": 0}).score == 0
    assert [outcome.weight for outcome in score(SCHEME, found, {"data": 2}).outcomes] == [1, 1, 2]


def test_depth_leaves_gaps_out_and_thin_outcomes_in():
    found = [evidence("data", "quality", Level.MEASURED), evidence("value", "cost", Level.MENTIONED)]
    assert score(SCHEME, found).depth == pytest.approx(50)
    assert score(SCHEME, found, {"data": 3}).depth == pytest.approx(75)
    assert score(SCHEME, []).depth == 0


def test_the_best_evidence_stands_first_then_the_surer_then_the_earlier():
    stated = evidence("data", "quality", Level.STATED, start=1)
    sure, early = (
        evidence("data", "quality", Level.MEASURED, 90, 0.9),
        evidence("data", "quality", Level.MEASURED, 2, 0.6),
    )
    late = evidence("data", "quality", Level.MEASURED, 99, 0.6)
    assert score(SCHEME, [stated, late, early, sure]).outcomes[2].themes[0].evidence == (sure, early, late, stated)


@pytest.mark.parametrize(
    ("confidence", "sure", "points"),
    [(0.9, 0.9, 60), (0.9, 0.5, 0), (0.5, 0.9, 0), (0.9, 0.72, 60), (0.45, 1.0, 0)],
)
def test_only_what_is_likely_right_in_both_theme_and_stance_scores(confidence, sure, points):
    learned = replace(SCHEME, weights=Weights(0.6, 0.2, "", {}))
    card = score(learned, [evidence("data", "quality", Level.STATED, confidence=confidence, sure=sure)])
    assert card.outcomes[2].score == points
    assert len(card.possible) == (points == 0)


LEARNED = replace(SCHEME, weights=Weights(0.6, 0.2, "", {}))


def quality(*certainties, level=Level.STATED):
    """Score a document with so sure passages on one theme."""
    found = [
        replace(evidence("data", "quality", level, 10 * i, sure), quote=f"We {i}a the {i}b of {i}c by {i}d.")
        for i, sure in enumerate(certainties)
    ]
    return score(LEARNED, backed(found)).outcomes[2].themes[0]


def test_two_passages_that_state_a_theme_may_count_where_neither_would_alone():
    assert quality(0.45).level is Level.ABSENT
    both = quality(0.45, 0.45)
    assert both.level is Level.STATED
    assert [item.together for item in both.evidence] == [0.7, 0.7]


def test_what_is_hardly_likely_counts_beside_no_other():
    assert [item.certainty for item in quality(0.9, 0.19).evidence] == [0.9]
    assert quality(*[0.19] * 20).level is Level.ABSENT


def test_what_counts_only_as_others_back_it_does_not_make_its_theme_measured():
    sure = evidence("data", "quality", Level.STATED, 0, 0.9)
    measured = replace(evidence("data", "quality", Level.MEASURED, 9, 0.45), quote="By 1 May.")
    theme = score(LEARNED, backed([measured, sure])).outcomes[2].themes[0]
    assert theme.level is Level.STATED
    assert not theme.backed
    assert theme.evidence == tuple(backed([sure, measured]))


def test_a_theme_tells_that_none_of_its_passages_is_sure_by_itself():
    unsure = [replace(evidence("data", "quality", Level.MEASURED, 9 * n, 0.45), quote=f"{n}") for n in range(2)]
    theme = score(LEARNED, backed(unsure)).outcomes[2].themes[0]
    assert theme.backed
    assert theme.level is Level.STATED
    assert not score(SCHEME, backed(unsure)).outcomes[2].themes[0].backed  # without weights all is sure


def test_a_quote_that_names_its_theme_comes_before_one_that_was_heard():
    named = replace(evidence("data", "quality", Level.STATED, 0, 0.7), because=(Reason("term", "quality"),))
    heard = replace(evidence("data", "quality", Level.STATED, 9, 0.9), because=(Reason("heard", "care"),))
    measured = replace(heard, level=Level.MEASURED)
    assert score(LEARNED, [heard, named]).outcomes[2].themes[0].evidence == (named, heard)
    assert score(LEARNED, [named, measured]).outcomes[2].themes[0].evidence == (measured, named)


def test_a_quote_that_only_leads_to_a_list_comes_last_of_its_level():
    leads = replace(evidence("data", "quality", Level.STATED, 0, 0.9), quote="We will keep records of quality by:")
    says = replace(evidence("data", "quality", Level.STATED, 9, 0.7), quote="We weed our registers.")
    named = evidence("data", "quality", Level.MENTIONED, 18, 0.9)
    assert score(LEARNED, [leads, named, says]).outcomes[2].themes[0].evidence == (says, leads, named)


def test_what_backs_a_theme_without_counting_is_to_be_checked():
    best, weak = (
        replace(evidence("data", "quality", Level.STATED, 9 * n, 0.6 - n / 3), quote=f"{n}") for n in range(2)
    )
    strict = replace(SCHEME, weights=Weights(0.6, 0.2, "", {}, likely=0.65))
    card = score(strict, backed([best, weak]))
    assert [item.quote for item in card.outcomes[2].themes[0].evidence] == ["0"]
    assert [item.quote for item in card.possible] == ["1"]


def test_the_same_words_said_again_back_nothing():
    once = evidence("data", "quality", Level.STATED, 0, 0.45)
    again = replace(once, quote="QUOTE!", start=50, end=56)
    assert [item.together for item in backed([once, again])] == [0.45, 0.45]


def test_nearly_the_same_words_said_again_back_nothing():
    once = replace(evidence("data", "quality", Level.STATED, 0, 0.45), quote="We will check our records every week.")
    again = replace(once, quote="So, we will also check our records every week.", start=50, end=96)
    other = replace(once, quote="A steward answers for each register.", start=150, end=186)
    assert [item.together for item in backed([once, again])] == [0.45, 0.45]
    assert [item.together for item in backed([once, again, other])] == [0.7, 0.7, 0.7]


def test_a_run_of_words_said_again_among_others_backs_nothing():
    once = replace(
        evidence("data", "quality", Level.STATED, 0, 0.45),
        quote="We keep our records in order while herons stand near.",
    )
    again = replace(once, quote="Kettles boil and painters whistle as we keep our records in order.", start=80)
    other = replace(once, quote="We keep our registers tidy.", start=150)
    assert [item.together for item in backed([once, again])] == [0.45, 0.45]
    assert [item.together for item in backed([once, other])] == [0.7, 0.7]


def test_one_more_passage_never_makes_others_back_less():
    one, other = (
        replace(evidence("data", "quality", Level.STATED, 50 * n, 0.4), quote=quote)
        for n, quote in enumerate(("We check records weekly.", "A steward answers for registers."))
    )
    both = replace(one, quote="We check records weekly. A steward answers for registers.", confidence=0.45, start=200)
    before = max(item.together for item in backed([one, other]))
    after = max(item.together for item in backed([one, other, both]))
    assert after >= before == 0.64


def test_what_is_to_be_checked_begins_with_what_is_stated():
    named = evidence("data", "quality", Level.MENTIONED, 0, 0.45)
    stated = replace(evidence("data", "quality", Level.STATED, 9, 0.3), quote="We weed our registers.")
    assert score(LEARNED, backed([named, stated])).possible == (stated, named)


def test_mentions_denials_and_headings_back_nothing_and_are_not_backed():
    stated = evidence("data", "quality", Level.STATED, 0, 0.45)
    named = evidence("data", "quality", Level.MENTIONED, 9, 0.45)
    denied = evidence("data", "quality", Level.ABSENT, 18, 0.45)
    heading = replace(evidence("data", "quality", Level.STATED, 27, 0.45), heading=True)
    elsewhere = evidence("value", "cost", Level.STATED, 36, 0.45)
    assert [item.backing for item in backed([stated, named, denied, heading, elsewhere])] == [0.0] * 5


@given(SOME)
def test_backing_never_lowers_how_sure_a_passage_is(found):
    assert all(item.together >= item.certainty for item in backed(found))


def test_without_weights_everything_scores():
    card = score(SCHEME, [evidence("data", "quality", Level.STATED, confidence=0.1, sure=0.1)])
    assert card.outcomes[2].score == 60
    assert card.possible == ()


@given(SOME, WEIGHTS, anything())
def test_more_evidence_never_lowers_the_score(found, weights, more):
    before, after = score(SCHEME, found, weights), score(SCHEME, [*found, more], weights)
    assert after.score >= before.score
    for old, new in zip(before.outcomes, after.outcomes, strict=True):
        assert new.score >= old.score
        assert list(Status).index(new.status) <= list(Status).index(old.status)


@given(SOME, WEIGHTS, st.integers(2, 4))
def test_repetition_earns_nothing(found, weights, times):
    assert figures(score(SCHEME, found * times, weights)) == figures(score(SCHEME, found, weights))


@given(SOME, WEIGHTS, st.randoms())
def test_the_order_of_the_evidence_changes_nothing(found, weights, random):
    shuffled = random.sample(found, len(found))
    assert figures(score(SCHEME, shuffled, weights)) == figures(score(SCHEME, found, weights))


@given(SOME, WEIGHTS, anything())
def test_what_is_only_mentioned_or_declined_earns_nothing(found, weights, more):
    for level in (Level.ABSENT, Level.MENTIONED):
        idle = evidence(more.outcome, more.theme, level)
        assert score(SCHEME, [*found, idle], weights).score == score(SCHEME, found, weights).score


@given(SOME, st.integers(0, 11))
def test_negating_evidence_never_raises_the_score(found, i):
    if found:
        one = found[i % len(found)]
        negated = evidence(one.outcome, one.theme, Level.ABSENT, one.start)
        without = [negated if other is one else other for other in found]
        assert score(SCHEME, without).score <= score(SCHEME, found).score


@given(SOME, WEIGHTS)
def test_the_score_is_between_nought_and_a_hundred(found, weights):
    card = score(SCHEME, found, weights)
    assert 0 <= card.score <= 100 + 1e-9
    assert 0 <= card.depth <= 100 + 1e-9
    assert sum(card.count(status) for status in Status) == len(SCHEME.outcomes)


@given(SOME, st.floats(0.1, 9))
def test_equal_weights_are_no_weights(found, weight):
    assert score(SCHEME, found, dict.fromkeys(THEMES, weight)).score == pytest.approx(score(SCHEME, found).score)
