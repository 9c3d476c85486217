"""Bids side by side: no difference is told that tenderkit cannot tell."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderkit.assess import DocumentReport
from tenderkit.compare import compare, narrow
from tenderkit.document import Document, Unread
from tenderkit.errors import UsageError
from tenderkit.evidence import Evidence, Level, Reason, Stance, Who
from tenderkit.margins import chances, outcome_margin, score_margin, variance
from tenderkit.scoring import score
from tenderkit.vocabulary import Outcome, Scheme, Term, Theme

THEMES = {"alpha": ("a1", "a2", "a3", "a4"), "beta": ("b1", "b2")}
STANCES = (Stance.NEGATED, Stance.MENTION, Stance.COMMITMENT, Stance.COMMITMENT)


def make_theme(name):
    return Theme(name, name.upper(), f"Who does {name}?", (Term((name,)),), ("yes",), ("no",))


SCHEME = Scheme(
    id="two", prefLabel="Two", version="1", source="https://example.org", lists={}, unless=(), sha256="5" * 64,
    outcomes=tuple(
        Outcome(name, name.title(), "What.", "https://example.org", tuple(make_theme(theme) for theme in themes))
        for name, themes in THEMES.items()
    ),
)  # fmt: skip
OWNERS = [(outcome, theme) for outcome, themes in THEMES.items() for theme in themes]


def quote(owner, level, words, confidence=0.9):
    return Evidence(
        *owner, words, 1, (), 0, len(words), STANCES[level], Who.AUTHOR, level is Level.MEASURED, level, confidence,
        (Reason("term", "x"),),
    )  # fmt: skip


def bid(*quotes, path="bid.md", role="bid", weights=None):
    document = Document(path, "text/markdown", path.ljust(64, "0"), "text", ())
    return DocumentReport(document, role, (), score(SCHEME, quotes, weights))


def full(level, path="bid.md", owners=OWNERS, times=3):
    quotes = [quote(owner, level, f"{path} {owner} {i}", 0.95) for owner in owners for i in range(times)]
    return bid(*quotes, path=path)


def unread(path="locked.pdf"):
    return DocumentReport(Document(path, "", "", "", (), unread=(Unread(None, "it is locked"),)), "", (), None)


def places(comparison):
    return {bid.path: str(comparison.ranking.standings[bid.key]) for bid in comparison.read}


def test_a_bid_that_promises_everything_is_surely_ahead_of_one_that_promises_nothing():
    comparison = compare(SCHEME, [full(Level.MENTIONED, "thin.md"), full(Level.MEASURED, "strong.md")])
    assert places(comparison) == {"strong.md": "1", "thin.md": "2"}
    assert comparison.ranking.pairs[0].ahead == "B"
    assert all(outcome.ranking.differs for outcome in comparison.outcomes)


def test_a_small_difference_is_too_close_to_call_and_the_place_is_shared():
    ours = full(Level.STATED, "a.md", times=1)
    theirs = full(Level.STATED, "b.md", OWNERS[:-1], times=1)
    comparison = compare(SCHEME, [ours, theirs])
    (pair,) = comparison.ranking.pairs
    assert pair.difference > 0
    assert pair.close
    assert places(comparison) == {"a.md": "1=", "b.md": "1="}
    assert comparison.ranking.too_close() == (("A", "B"),)


def test_two_that_tie_stand_before_a_third():
    bids = [full(Level.MEASURED, "a.md"), full(Level.MENTIONED, "c.md"), full(Level.MEASURED, "b.md")]
    assert places(compare(SCHEME, bids)) == {"a.md": "1=", "b.md": "1=", "c.md": "3"}


def test_being_too_close_is_not_handed_on():
    """A is surely ahead of C while B, between them, can be told from neither."""
    bids = [full(Level.STATED, f"{n}.md", OWNERS[:n], times=1) for n in (6, 5, 4)]
    comparison = compare(SCHEME, bids)
    assert [pair.close for pair in comparison.ranking.pairs] == [True, False, True]
    assert comparison.ranking.too_close() == (("A", "B"), ("B", "C"))
    assert places(comparison) == {"6.md": "1=", "5.md": "1=", "4.md": "2="}
    assert [comparison.ranking.standings[key].lowest for key in "ABC"] == [2, 3, 3]


def test_no_bid_stands_above_one_with_a_higher_score():
    """A redraft is surely ahead of its draft, and a third bid too close to both: its place is that of the draft."""
    common = [quote(owner, Level.STATED, f"common {owner}") for owner in OWNERS[:3]]
    draft = bid(*common, path="draft.md")
    redraft = bid(*common, *(quote(OWNERS[3], Level.STATED, f"new {i}") for i in range(3)), path="redraft.md")
    other = full(Level.STATED, "other.md", OWNERS[4:5], times=1)
    assert places(compare(SCHEME, [draft, redraft, other])) == {"redraft.md": "1=", "draft.md": "2=", "other.md": "2="}


def test_the_same_words_are_judged_alike_and_add_nothing_to_the_margin():
    common = [quote(owner, Level.STATED, f"common {owner}") for owner in OWNERS[:-1]]
    ours = bid(*common, quote(OWNERS[-1], Level.MEASURED, "ours"))
    theirs = bid(*common)
    others = bid(*(replace(each, quote=f"other {each.quote}") for each in common))
    assert score_margin(ours.scorecard, theirs.scorecard) < score_margin(ours.scorecard, others.scorecard)
    assert outcome_margin(ours.scorecard, theirs.scorecard, 0) == 0


def test_a_quote_that_is_less_sure_makes_the_margin_wider():
    surer, unsure = (variance([quote(OWNERS[0], Level.MEASURED, "x", each)]) for each in (0.97, 0.7))
    assert surer < unsure


def test_a_second_quote_makes_a_level_surer():
    once = [quote(OWNERS[0], Level.STATED, "x")]
    assert chances(once)[Level.STATED] < chances(once * 2)[Level.STATED]


def test_a_bid_that_could_not_be_read_has_a_column_and_no_place():
    comparison = compare(SCHEME, [unread(), full(Level.STATED)])
    assert [bid.key for bid in comparison.bids] == ["A", "B"]
    assert list(comparison.ranking.standings) == ["B"]
    assert not comparison.ranking.pairs
    assert compare(SCHEME, [unread()]).outcomes == ()


def test_weights_count_in_difference_and_margin():
    weights = {"alpha": 0.0, "beta": 1.0}
    ours = bid(quote(OWNERS[-1], Level.MEASURED, "x"), path="a.md", weights=weights)
    theirs = bid(quote(OWNERS[0], Level.MEASURED, "y"), path="b.md", weights=weights)
    comparison = compare(SCHEME, [ours, theirs])
    assert comparison.ranking.pairs == (comparison.outcomes[1].ranking.pairs[0],)


def test_different_roles_the_same_file_and_what_was_not_read_are_warned_of():
    partly = full(Level.STATED, "b.md")
    partly = replace(partly, document=replace(partly.document, unread=(Unread(3, "image only"),)), role="tender")
    told = compare(SCHEME, [full(Level.STATED), full(Level.STATED), partly]).warnings
    assert "A, B as a bid; C as a tender" in told[0]
    assert told[1] == "A, B: the same file, byte for byte."
    assert told[2].startswith("C: read in part")
    assert compare(SCHEME, [full(Level.STATED, "a.md"), full(Level.STATED, "b.md")]).warnings == ()


def test_fewer_themes_leave_places_as_they_are():
    whole = compare(SCHEME, [full(Level.STATED, "a.md"), full(Level.STATED, "b.md", owners=OWNERS[1:])])
    one = narrow(whole, outcome="beta")
    assert [[theme.id for theme in outcome.themes] for outcome in one.outcomes] == [[], ["b1", "b2"]]
    assert [[theme.id for theme in outcome.themes] for outcome in narrow(whole, differences=True).outcomes] == [
        ["a1"],
        [],
    ]
    assert one.ranking == whole.ranking
    with pytest.raises(UsageError, match="gamma"):
        narrow(whole, outcome="gamma")


quotes = st.lists(
    st.builds(
        quote,
        st.sampled_from(OWNERS),
        st.sampled_from(Level),
        st.text("abc", min_size=1, max_size=3),
        st.floats(0.59, 1.0),
    ),
    max_size=12,
)
bids = st.lists(quotes, min_size=1, max_size=5).map(
    lambda found: [bid(*each, path=f"{number}.md") for number, each in enumerate(found)]
)


@given(bids, st.randoms(use_true_random=False))
def test_the_order_of_the_arguments_changes_nothing_but_the_order_of_the_columns(reports, chance):
    shuffled = list(reports)
    chance.shuffle(shuffled)
    one, other = compare(SCHEME, reports), compare(SCHEME, shuffled)
    assert places(one) == places(other)
    paths = {bid.key: bid.path for bid in other.bids}
    names = {bid.key: bid.path for bid in one.bids}
    told = {frozenset((names[pair.first], names[pair.second])): names.get(pair.ahead) for pair in one.ranking.pairs}
    assert told == {
        frozenset((paths[pair.first], paths[pair.second])): paths.get(pair.ahead) for pair in other.ranking.pairs
    }
    for ours, theirs in zip(one.outcomes, other.outcomes, strict=True):
        assert [theme.differs for theme in ours.themes] == [theme.differs for theme in theirs.themes]


@given(quotes)
def test_a_bid_compared_with_itself_is_equal_in_everything(found):
    comparison = compare(SCHEME, [bid(*found), bid(*found)])
    for ranking in (comparison.ranking, *(outcome.ranking for outcome in comparison.outcomes)):
        assert (ranking.pairs[0].difference, ranking.pairs[0].close) == (0, True)
    assert not any(theme.differs for outcome in comparison.outcomes for theme in outcome.themes)


@given(bids)
def test_a_place_is_below_every_bid_surely_ahead_and_never_above_one_with_a_higher_score(reports):
    comparison = compare(SCHEME, reports)
    ranking = comparison.ranking
    scores = {bid.key: round(bid.report.scorecard.score, 1) for bid in comparison.bids}
    for key, standing in ranking.standings.items():
        assert standing.place >= 1 + sum(pair.behind == key for pair in ranking.pairs)
        assert all(
            ranking.standings[key].place >= ranking.standings[other].place
            for other in scores
            if scores[other] > scores[key]
        )
        assert standing.place <= standing.lowest <= len(reports)
    close = {frozenset((pair.first, pair.second)) for pair in ranking.pairs if pair.close}
    grouped = {
        frozenset((one, other)) for group in ranking.too_close() for one in group for other in group if one != other
    }
    assert grouped == close


@given(quotes)
def test_the_chances_of_a_theme_are_chances(found):
    likely = chances([each for each in found if each.level])
    assert sum(likely) == pytest.approx(1)
    assert min(likely) >= -1e-9
    assert 0 <= variance([each for each in found if each.level]) <= 2500 + 1e-6
