"""The language model reads passages: always the same, without looking around, and never by itself."""

import hashlib
import os
import shutil
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderkit.assess import Assessor
from tenderkit.confidence import Confidence, Weighed, in_light_of
from tenderkit.document import passage
from tenderkit.errors import MistakesError
from tenderkit.passage_model import NETWORK, PassageModel, load_model
from tenderkit.readings import Line, Shown, in_context
from tenderkit.resources import MODEL_HEAD, model_folder
from tenderkit.roles import Role
from tenderkit.vocabulary import load_vocabulary
from tenderkit.weights import logistic

SCHEME = load_vocabulary()
OURS = load_model(SCHEME.folder)
FOLDER = Path(str(model_folder(SCHEME.folder)))


@pytest.mark.parametrize(
    ("text", "stance", "theme"),
    [
        ("We will test every release with screen readers.", "commitment", "inclusion/accessibility"),
        ("The Supplier shall encrypt all data at rest and in transit.", "requirement", "security-and-resilience/"),
        ("Since 2021 we have published every dataset under an open licence.", "practice", "data/open-data"),
        ("We do not train your staff in digital skills.", "negated", "organisational-capability/staff-skills"),
        (
            "We hope to bring full fibre broadband to the village one day.",
            "aspiration",
            "connectivity/broadband-and-mobile",
        ),
    ],
)
def test_it_says_what_a_passage_does_and_of_what_it_speaks(text, stance, theme):
    reading = OURS.read(Shown(text, "tender" if stance == "requirement" else "bid"))
    assert max(reading.stances, key=reading.stances.get) == stance
    assert "/".join(max(reading.themes, key=reading.themes.get)).startswith(theme)


def test_what_was_read_before_changes_nothing():
    shown = [Shown(f"We will train {count} members of staff.") for count in ("ten", "all", "no")]
    other = replace(OURS.head, likely=0.41)  # another head, so that nothing is known yet
    one = [PassageModel(model_folder(SCHEME.folder), OURS.head).read(each) for each in shown]
    again = PassageModel(model_folder(SCHEME.folder), other)
    assert [again.read(each) for each in reversed(shown)] == one[::-1]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300), st.text(max_size=50), st.sampled_from(["", "bid", "tender"]))
def test_whatever_stands_there_can_be_read(text, above, role):
    reading = OURS.read(Shown(text, role, above, above))
    assert sum(reading.stances.values()) == pytest.approx(1)
    assert all(abs(number) < 100 for number in (*reading.themes.values(), *reading.outcomes.values()))


def test_an_endless_passage_costs_no_more_than_a_long_one():
    assert OURS.read(Shown("secure " * 1_000_000)) == OURS.read(Shown("secure " * 1_000))


def test_every_number_has_a_meaning_that_the_vocabulary_knows():
    themes = {(outcome.id, theme.id) for outcome in SCHEME.outcomes for theme in outcome.themes}
    assert set(OURS.head.names.themes) == themes
    assert set(OURS.head.names.outcomes) == {outcome.id for outcome in SCHEME.outcomes}


def test_the_network_is_the_one_that_its_head_was_written_for():
    head = yaml.safe_load((FOLDER / MODEL_HEAD).read_text(encoding="utf-8"))
    assert hashlib.sha256((FOLDER / NETWORK).read_bytes()).hexdigest() == head["network"]


def test_its_number_joins_the_sum_and_of_what_it_does_not_know_it_says_nothing():
    reading = OURS.read(Shown("We will test every release with screen readers."))
    terms = Confidence(0.5, (Weighed("start", -1.0, "start"), Weighed("screen readers", 1.0, "term", 0, 5)))
    known, own = ("inclusion", "accessibility"), ("inclusion", "our-own-theme")
    found = in_light_of(reading, OURS.head, {known: terms, own: terms}, alone=False)
    assert found[own] == terms
    assert found[known].weighed[-1].kind == "model"
    assert found[known].value == logistic(sum(part.weight for part in found[known].weighed))
    assert found[known].value > 0.5


def test_what_it_said_before_it_learned_is_kept():
    shown = in_context("- test", "# Method\nWe will:", "bid")
    count = len(OURS.head.names.themes) + len(OURS.head.names.outcomes)
    model = PassageModel(model_folder(SCHEME.folder), OURS.head, {shown.digest: [125] * count + [0] * 6})
    reading = model.read(shown)
    assert set(reading.themes.values()) == {1.25}
    assert set(reading.stances.values()) == {1 / 6}
    assert reading.packed()[:count] == [125] * count
    assert model.read(Shown("- test")) == OURS.read(Shown("- test"))


def numbers(themes=0, stance="mention"):
    """Return what a model says that gives every theme the same log-odds, in hundredths, and is sure of a stance."""
    names = OURS.head.names
    count = len(names.themes) + len(names.outcomes)
    return [themes] * count + [900 * (each == stance) for each in names.stances]


@pytest.mark.parametrize(
    ("said", "level"), [(numbers(600, "practice"), 2), (numbers(600), 0), (numbers(-900, "practice"), 0)]
)
def test_a_passage_scores_where_terms_and_model_together_make_it_likely(said, level):
    text = "We test every release with screen readers."
    model = PassageModel(model_folder(SCHEME.folder), OURS.head, {Shown(text, "bid").digest: said})
    card = Assessor(SCHEME).with_model(model).assess(passage(text), Role.BID).scorecard
    theme = next(each for each in card.outcomes[4].themes if each.id == "accessibility")
    assert (theme.level >= level) if level else (card.score == 0)


def test_a_model_that_only_judges_what_terms_found_finds_nothing_alone():
    text = "The hall was painted green on Tuesday."
    deaf = replace(OURS.head, of_theme_heard=None)
    model = PassageModel(model_folder(SCHEME.folder), deaf, {Shown(text, "bid").digest: numbers(900, "practice")})
    assert Assessor(SCHEME).with_model(model).assess(passage(text), Role.BID).scorecard.score == 0


def test_what_a_bid_repeats_of_its_tender_stays_a_demand():
    text = "The supplier must test every release with screen readers."
    model = PassageModel(
        model_folder(SCHEME.folder), OURS.head, {Shown(text, "bid").digest: numbers(900, "commitment")}
    )
    assert Assessor(SCHEME).with_model(model).assess(passage(text), Role.BID).scorecard.score == 0


def test_mistakes_in_its_head_are_told_with_their_line(tmp_path):
    folder = tmp_path / "ours"
    shutil.copytree(FOLDER.parent, folder, ignore=shutil.ignore_patterns(NETWORK, "outcomes"))
    (folder / "model" / MODEL_HEAD).write_text("themes: []\noutcomes: []\nbars: {evidence: high}\n", encoding="utf-8")
    with pytest.raises(MistakesError) as caught:
        load_model(str(folder))
    assert "There is no 'passage.onnx' beside it" in str(caught.value)
    assert "model/model.yml:1" in str(caught.value)


def test_a_theme_that_has_a_start_of_its_own_begins_there_and_one_that_is_unknown_is_a_mistake(tmp_path):
    folder = tmp_path / "ours"
    shutil.copytree(FOLDER.parent, folder, ignore=shutil.ignore_patterns("outcomes"))
    file = folder / "model" / MODEL_HEAD
    begin, _, rest = file.read_text(encoding="utf-8").partition("starts:\n")
    end = rest[rest.index("stances: [") :]
    file.write_text(f"{begin}starts:\n  data/insight: -0.25\n{end}", encoding="utf-8")
    head = load_model(str(folder)).head
    line = head.of_theme
    assert head.line_of(("data", "insight")) == line._replace(start=line.start - 0.25)
    assert head.line_of(("data", "open-data")) == line
    file.write_text(f"{begin}starts:\n  data/insights: -0.25\n{end}", encoding="utf-8")
    with pytest.raises(MistakesError, match="Unknown key 'data/insights'"):
        load_model(str(folder))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only where processes are forked")
def test_a_forked_process_reads_as_well():
    shown = [Shown(f"We will open {count} libraries.") for count in ("four", "five", "six")]
    OURS.read_all(shown)
    with ProcessPoolExecutor(1, get_context("fork")) as pool:
        other = pool.submit(read_elsewhere, [Shown(each.text, "bid") for each in shown]).result(timeout=60)
    assert other == OURS.read_all([Shown(each.text, "bid") for each in shown])


def read_elsewhere(shown):
    return load_model(SCHEME.folder).read_all(shown)


def test_a_damaged_network_is_one_clear_line(tmp_path):
    folder = tmp_path / "ours"
    shutil.copytree(FOLDER.parent, folder, ignore=shutil.ignore_patterns("outcomes"))
    (folder / "model" / NETWORK).write_bytes(b"no network")
    head = (folder / "model" / MODEL_HEAD).read_text(encoding="utf-8")
    (folder / "model" / MODEL_HEAD).write_text(head.replace('network: "', 'network: "another-'), encoding="utf-8")
    with pytest.raises(MistakesError, match=r"model/passage.onnx: It cannot be loaded .* Install tenderkit again"):
        load_model(str(folder)).read(Shown("We will."))


def test_a_vocabulary_without_a_model_takes_the_stances_of_the_one_that_travels_with_us():
    other = load_model("sdg")
    assert other.read(Shown("We will do it.")).stances == OURS.read(Shown("We will do it.")).stances


def test_a_line_adds_its_start_once():
    line = Line(start=0.5, terms=1.0, model=2.0)
    assert Confidence(0.5, ()).with_model(line, 1.0).value == logistic(2.5)
