"""Scored against a tender: by the themes that it asks for, and by how often it asks for an outcome."""

import json
import re
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderkit.assess import Assessor, Report
from tenderkit.document import passage
from tenderkit.errors import UsageError
from tenderkit.evidence import Level
from tenderkit.readers import read
from tenderkit.reports import Format, render
from tenderkit.reports.json import schema
from tenderkit.roles import Role
from tenderkit.scoring import Against
from tenderkit.trace import asked_for
from tenderkit.vocabulary import load_vocabulary

ROOT = Path(__file__).parent.parent


@cache
def assessor():
    return Assessor(load_vocabulary())


@cache
def against():
    path = ROOT / "samples" / "tender.docx"
    return asked_for(read(path.read_bytes(), path.name), assessor())


@cache
def sayings():
    return tuple(text for outcome in load_vocabulary().outcomes for theme in outcome.themes for text in theme.says)


def card_of(texts, weights=None, asked=None):
    document = passage("\n".join(texts))
    return assessor().assess(document, Role.BID, weights, against=asked or against()).scorecard


def test_what_is_declined_is_told_of_what_the_tender_asks_for_alone():
    text = "We will not train any apprentices from the borough. We will not test with screen readers."
    asked = Against("tender.docx", "", 1, {"inclusion": 1}, frozenset({("inclusion", "accessibility")}))
    assert {(item.outcome, item.theme) for item in card_of([text], asked=asked).declined} == asked.themes
    assert len({item.theme for item in assessor().assess(passage(text), Role.BID).scorecard.declined}) > 1


some = st.lists(st.deferred(lambda: st.sampled_from(sayings())), min_size=1, max_size=6)


@given(some)
def test_the_score_is_the_mean_weighted_by_requirements_over_the_themes_asked_for(texts):
    card, asked = card_of(texts), against()
    themes = {(outcome.id, theme.id) for outcome in card.outcomes for theme in outcome.themes}
    assert themes == asked.themes
    assert {outcome.id: outcome.weight for outcome in card.outcomes} == asked.outcomes
    total = sum(
        asked.outcomes[outcome.id] * sum(theme.level.points for theme in outcome.themes) / len(outcome.themes)
        for outcome in card.outcomes
    )
    assert card.score == pytest.approx(total / sum(asked.outcomes.values()))


@given(some, st.data())
def test_repetition_and_order_leave_the_score_as_it_was(texts, data):
    score = card_of(texts).score
    assert card_of([*texts, *texts]).score == score
    assert card_of(data.draw(st.permutations(texts))).score == score


@given(some, st.deferred(lambda: st.sampled_from(sayings())))
def test_more_evidence_never_lowers_it(texts, one):
    before, after = card_of(texts), card_of([*texts, one])
    levels = lambda card: {(o.id, t.id): t.level for o in card.outcomes for t in o.themes}  # noqa: E731
    if all(levels(after)[key] >= level for key, level in levels(before).items()):
        assert after.score >= before.score


@given(some)
def test_what_the_tender_does_not_ask_for_moves_nothing(texts):
    only = Against("t.docx", "", 1, {"value": 1}, frozenset({("value", "exit-and-lock-in")}))
    card = card_of(texts, asked=only)
    assert [(outcome.id, len(outcome.themes)) for outcome in card.outcomes] == [("value", 1)]
    assert card.score == card.outcomes[0].themes[0].level.points
    assert all((gap.outcome, gap.theme) in only.themes for gap in card.gaps)


def test_a_weight_of_ones_own_multiplies():
    card = card_of(["We will test every release with a screen reader by March 2027."], {"inclusion": 2.0})
    inclusion = next(outcome for outcome in card.outcomes if outcome.id == "inclusion")
    assert inclusion.weight == 2 * against().outcomes["inclusion"]


def test_a_tender_that_asks_for_no_outcome_is_refused_in_one_line():
    with pytest.raises(UsageError, match="no requirement of it speaks to an outcome"):
        asked_for(passage("The supplier must wear a hat."), assessor())


def test_the_worked_numbers_of_the_readme_are_right():
    text = (ROOT / "README.md").read_text(encoding="utf-8").replace("\n", " ")
    said = re.search(r"\*\*Against a tender\.\*\*(.*?) An outcome is \*covered\*", text)[1]
    asked = asked_for(passage("\n".join(re.findall(r'"([^"]+)"', said))), assessor())
    assert asked.outcomes == {"inclusion": 2, "security-and-resilience": 1}
    assert asked.themes == {
        ("inclusion", "accessibility"),
        ("inclusion", "skills"),
        ("security-and-resilience", "protective-controls"),
    }
    bid = re.search(r"\*\*A worked example\.\*\*(.*?)An outcome is", text)[1].partition("**Against")[0]
    card = card_of([f"{sentence}." for sentence in re.findall(r'"([^"]+)"', bid)], asked=asked)
    assert [outcome.score for outcome in card.outcomes] == [50, 0]
    assert round(card.score, 1) == 33.3
    assert "(100 + 0) / 2 = 50" in said
    assert "(2 × 50 + 1 × 0) / 3 = 33.3" in said


@pytest.mark.parametrize("form", [Format.TEXT, Format.MARKDOWN, Format.HTML])
def test_every_report_for_people_says_by_what_it_was_scored(form):
    document = passage("We will test every release with a screen reader by March 2027.")
    report = Report(assessor().scheme, (assessor().assess(document, Role.BID, against=against()),))
    written = " ".join(render(report, form).split())
    assert "tender.docx, whose 42 requirements ask for" in written


def test_json_names_the_tender_and_what_it_asks_for():
    document = read(b"We will test every release with a screen reader by March 2027.", "bid.md")
    report = Report(assessor().scheme, (assessor().assess(document, Role.BID, against=against()),))
    value = json.loads(render(report, Format.JSON))
    jsonschema.validate(value, schema())
    told = value["documents"][0]["against"]
    assert told["tender"] == "tender.docx"
    assert {one["id"]: one["requirements"] for one in told["outcomes"]} == against().outcomes
    assert len(told["themes"]) == len(against().themes)
    assert Level.MEASURED in {theme["level"] for one in value["documents"][0]["outcomes"] for theme in one["themes"]}
