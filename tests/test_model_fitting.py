"""What the language model learns from, and how far it is believed."""

import pytest

from tenderkit.cues import load_cues
from tenderkit.evidence import Stance
from tenderkit.labels import Passage
from tenderkit.matching import Matcher
from tenderkit.model_fitting import STANCES, model_lessons, shown_of, theme_names
from tenderkit.model_learning import held_sources
from tenderkit.model_lines import (
    NOT_FOUND,
    Collector,
    fit_heard_line,
    fit_line,
    fit_outcome_line,
    fit_stance_line,
    fit_theme_line,
)
from tenderkit.passage_model import load_model
from tenderkit.readings import Line, Shown
from tenderkit.roles import Role
from tenderkit.stance_signs import load_stances
from tenderkit.vocabulary import load_vocabulary

SCHEME = load_vocabulary()
MODEL = load_model(SCHEME.folder)
ACCESS = "inclusion/accessibility"
SAID = Passage(
    id="1",
    text="We will test every release with screen readers.",
    outcomes=("inclusion",),
    stance=Stance.COMMITMENT,
    group="ours",
    role=Role.BID,
    before="# Method",
    themes=(ACCESS,),
)


def test_a_lesson_teaches_only_what_its_label_says():
    told = Passage(id="2", text="All is well.", accepts=(ACCESS,), rejects=("data/open-data",))
    whole, some, *examples = model_lessons([SAID, told], SCHEME)
    assert whole.shown == Shown("We will test every release with screen readers.", "bid", "Method")
    assert [name for name, says in whole.themes.items() if says] == [ACCESS]
    assert tuple(whole.themes) == theme_names(SCHEME)
    assert STANCES[whole.stance] == "commitment"
    assert (whole.outcomes["inclusion"], whole.outcomes["data"]) == (True, False)
    assert some.themes == {ACCESS: True, "data/open-data": False}
    assert (some.outcomes, some.stance, some.group) == ({}, None, "passage 2")
    assert len(examples) == sum(
        len(theme.says) + len(theme.silent) for outcome in SCHEME.outcomes for theme in outcome.themes
    )
    assert all(len(lesson.themes) == 1 and lesson.stance is None for lesson in examples)


def test_every_source_of_the_first_file_is_held_out_and_some_of_the_others():
    others = [Passage(id=str(i), text="x", group=f"source {i}") for i in range(200)]
    held = held_sources([[SAID], [SAID, *others]])
    assert "ours" in held
    assert 20 < len(held) < 80
    assert held == held_sources([[SAID], [*others[::-1], SAID]])


def test_cases_hold_what_terms_and_model_say_beside_the_label():
    matcher = Matcher(SCHEME)
    collector = Collector(matcher, SCHEME.weights, load_stances(SCHEME.folder, load_cues(SCHEME.folder).lists))
    reading = MODEL.read(shown_of(SAID))
    collector.take(SAID, reading)
    [(terms, model, truth, name)] = [case for case in collector.cases.themes if case[2]]
    assert (terms > 0, model, truth, name) == (True, reading.themes["inclusion", "accessibility"], True, ACCESS)
    assert {outcome for *_, outcome in collector.cases.outcomes} == {outcome.id for outcome in SCHEME.outcomes}
    assert collector.cases.unnamed
    assert all(log_odds > 0 and beside > 0.5 and not truth for log_odds, beside, truth in collector.cases.unnamed)
    [(parts, place)] = collector.cases.stances
    assert (len(parts), STANCES[place]) == (6, "commitment")


def test_of_what_no_term_names_the_model_is_believed_as_far_as_it_was_right():
    named = [(1.0, 2.0, True, "data"), (-1.0, -2.0, False, "data")] * 9
    unnamed = [(NOT_FOUND, 3.0, True, "data"), (NOT_FOUND, 1.0, False, "data"), (NOT_FOUND, -1.0, True, "data")] * 9
    _, heard, judged = fit_outcome_line(named + unnamed)
    assert heard.model > 0 == heard.terms == heard.beside
    surest, less, unheard = (value for _, value, _ in judged[len(named) : len(named) + 3])
    assert surest > less > unheard == 0


def test_where_nothing_was_told_of_it_nothing_is_heard():
    _, heard, _ = fit_outcome_line([(1.0, 2.0, True, "data"), (-1.0, -2.0, False, "data")] * 9)
    assert heard is None
    assert fit_heard_line([(3.0, 0.5, True)] * 9) is None


def test_what_tells_the_truth_is_believed():
    cases = [(float(i % 3 - 1), 2.0 if i % 2 else -2.0, bool(i % 2)) for i in range(60)]
    line = fit_line(cases)
    assert line == Line(*line)
    assert line.model > 1 > abs(line.terms)


@pytest.mark.parametrize("count", [1, 9])
def test_a_theme_that_readers_refuse_more_often_starts_lower_the_more_cases_it_has(count):
    cases = [(float(i % 3 - 1), float(i % 5 - 2), i % 5 > 1, "data/sharing") for i in range(60)]
    refused = [(terms, model, False, "data/insight") for terms, model, _, _ in cases[: 5 * count]]
    line, starts = fit_theme_line([*cases, *refused])
    few = fit_theme_line([*cases, *refused[:2]])[1]
    assert line.model > 0
    assert starts["data/insight"] < few["data/insight"] < 0 < starts["data/sharing"]


def test_of_two_judges_of_stances_the_right_one_is_believed():
    def parts(right, wrong):
        return tuple((-0.2 if i == wrong else -3.0, -0.2 if i == right else -3.0, *[0.0] * 7) for i in range(6))

    line = fit_stance_line([(parts(i % 6, (i + 1) % 6), i % 6) for i in range(60)])
    assert line.model > 0.5 > line.signs


@pytest.mark.parametrize("count", [1, 3])
def test_a_stance_that_few_have_weighs_more_than_they_are(count):
    def parts(said):
        return tuple((0.0, -0.2 if i == said else -3.0, *[0.0] * 4, float(i == 5), 0.0, 0.0) for i in range(6))

    cases = [(parts(4), 4)] * (30 * count) + [(parts(4), 5)] * 4
    few = fit_stance_line([*cases, *[(parts(i), i) for i in range(4)]]).undenied
    none = fit_stance_line([*cases[: 30 * count], *[(parts(i), i) for i in range(4)], (parts(5), 5)]).undenied
    assert few > none
