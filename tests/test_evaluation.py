"""Labelled passages become figures that can be checked by hand."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tenderkit.assess import Assessor
from tenderkit.errors import MistakesError, UsageError
from tenderkit.evaluation import Miss, OutcomeRates, Rates, evaluate, evaluate_file, find_misses, predictions_lines
from tenderkit.evidence import Stance
from tenderkit.intervals import Estimate
from tenderkit.labels import Passage, read_passages
from tenderkit.reports.evaluation import render
from tenderkit.results import Prediction
from tenderkit.vocabulary import Outcome, Scheme, Theme, load_vocabulary

IDS = ("inclusion", "data", "value")
SCHEME = Scheme(
    "tiny", "Tiny", "1", "source",
    tuple(Outcome(name, name, "d", "s", (Theme("t", "T", "T?", (), (), ()),)) for name in IDS), {}, (), "",
)  # fmt: skip


class Says:
    """Predicts what it was told for each text."""

    def __init__(self, **predictions):
        self.predictions = predictions

    def predict(self, text, _before="", _role=None):
        return self.predictions[text]


class Silent:
    def explain(self, document, outcome):  # noqa: ARG002 - the interface of an explainer
        return iter(())


def said(*outcomes, possible=(), stance="mention", measured=False):
    return Prediction(tuple(sorted(outcomes)), tuple(possible), Stance(stance), measured)


def passage(text, *outcomes, stance=None, measured=None, group=""):
    return Passage(text, text, outcomes, Stance(stance) if stance else None, measured, group)


def write(tmp_path, *rows):
    path = tmp_path / "labels.jsonl"
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def four_cases():
    passages = [
        passage("a", "inclusion", stance="commitment", measured=True),
        passage("b", "inclusion", "data", stance="mention", measured=False),
        passage("c", stance="practice", measured=False),
        passage("d", "data", stance="requirement"),
    ]
    predictor = Says(
        a=said("inclusion", stance="commitment", measured=True),
        b=said("data", possible=["inclusion"], stance="aspiration"),
        c=said("data", stance="commitment", measured=True),
        d=said(stance="mention"),
    )
    return evaluate(passages, predictor, SCHEME)


def test_precision_and_recall_are_those_one_counts_by_hand():
    inclusion, data, value = four_cases().evidence.outcomes
    assert (inclusion.labelled, inclusion.predicted, inclusion.correct) == (2, 1, 1)
    assert (data.labelled, data.predicted, data.correct) == (2, 2, 1)
    assert inclusion.rates.precision.value == 1
    assert inclusion.rates.recall.value == 0.5
    assert inclusion.rates.f1.value == pytest.approx(2 / 3)
    assert data.rates.f1.value == 0.5
    assert (value.labelled, value.predicted) == (0, 0)
    assert value.rates.f1.value is None


def test_micro_counts_pairs_and_macro_means_the_outcomes_that_occur():
    band = four_cases().evidence
    assert band.micro.precision.value == pytest.approx(2 / 3)
    assert band.micro.recall.value == pytest.approx(1 / 2)
    assert band.micro.f1.value == pytest.approx(4 / 7)
    assert band.macro.f1.value == pytest.approx((2 / 3 + 1 / 2) / 2)
    assert band.macro.precision.value == pytest.approx((1 + 1 / 2) / 2)


def test_both_bands_count_what_is_only_possible_too():
    band = four_cases().both
    assert (band.outcomes[0].predicted, band.outcomes[0].correct) == (2, 2)
    assert band.micro.f1.value == pytest.approx(6 / 8)


def test_stance_stated_and_measured_are_counted_where_they_are_labelled():
    evaluation = four_cases()
    assert (evaluation.stance.passages, evaluation.stance.correct) == (4, 1)
    assert (evaluation.stated.passages, evaluation.stated.correct) == (4, 3)
    assert (evaluation.measured.passages, evaluation.measured.correct) == (3, 2)
    assert evaluation.measured.accuracy.value == pytest.approx(2 / 3)


def test_the_confusion_table_has_a_row_a_label_and_a_column_a_prediction():
    table = four_cases().confusion
    stances = list(Stance)
    assert sum(map(sum, table)) == 4
    assert table[stances.index(Stance.MENTION)][stances.index(Stance.ASPIRATION)] == 1
    assert table[stances.index(Stance.PRACTICE)][stances.index(Stance.COMMITMENT)] == 1


def test_a_passage_without_labels_counts_for_nothing():
    bare = Passage("x", "x")
    evaluation = evaluate([bare], Says(x=said("data")), SCHEME)
    assert evaluation.labelled == 0
    assert evaluation.evidence.micro.f1.value is None
    assert evaluation.stance.accuracy.value is None
    assert evaluation.stance.passages == evaluation.measured.passages == 0
    assert "no figure" in render(evaluation)


def test_an_empty_list_of_outcomes_is_a_label():
    evaluation = evaluate([passage("x")], Says(x=said("data")), SCHEME)
    assert evaluation.labelled == 1
    assert evaluation.evidence.outcomes[1].rates.precision.value == 0


def test_an_interval_of_perfect_predictions_has_no_width():
    evaluation = evaluate([passage(name, name) for name in IDS], Says(**{name: said(name) for name in IDS}), SCHEME)
    assert evaluation.evidence.micro.f1.low == evaluation.evidence.micro.f1.high == 1


def test_an_interval_is_near_the_one_of_the_textbook():
    passages = [passage(f"p{i}", stance="mention") for i in range(200)]
    predictor = Says(**{f"p{i}": said(stance="mention" if i % 4 else "practice") for i in range(200)})
    accuracy = evaluate(passages, predictor, SCHEME).stance.accuracy
    margin = 1.96 * math.sqrt(0.75 * 0.25 / 200)
    assert accuracy.value == 0.75
    assert accuracy.low == pytest.approx(0.75 - margin, abs=0.012)
    assert accuracy.high == pytest.approx(0.75 + margin, abs=0.012)


def test_passages_of_one_group_are_drawn_together_and_widen_the_interval():
    predictor = Says(**{f"p{i}": said(stance="mention" if i < 100 else "practice") for i in range(200)})
    alone = evaluate([passage(f"p{i}", stance="mention") for i in range(200)], predictor, SCHEME)
    together = evaluate(
        [passage(f"p{i}", stance="mention", group=f"g{i // 20}") for i in range(200)], predictor, SCHEME
    )
    assert (alone.groups, together.groups) == (0, 10)
    assert together.stance.accuracy.value == alone.stance.accuracy.value
    assert together.stance.accuracy.high - together.stance.accuracy.low > 3 * (
        alone.stance.accuracy.high - alone.stance.accuracy.low
    )


def test_the_same_labels_give_the_same_figures():
    assert four_cases() == four_cases()
    assert render(four_cases(), "json") == render(four_cases(), "json")


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(st.sets(st.sampled_from(IDS)), st.sets(st.sampled_from(IDS))), min_size=1, max_size=12))
def test_every_figure_lies_in_its_interval(rows):
    passages = [passage(f"p{i}", *labels) for i, (labels, _) in enumerate(rows)]
    predictor = Says(**{f"p{i}": said(*guesses) for i, (_, guesses) in enumerate(rows)})
    band = evaluate(passages, predictor, SCHEME).evidence
    rates = [band.micro, band.macro, *(outcome.rates for outcome in band.outcomes)]
    for estimate in (estimate for rate in rates for estimate in (rate.precision, rate.recall, rate.f1)):
        if estimate.value is not None:
            assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1


def test_predictions_are_written_one_a_line_in_input_order():
    lines = [json.loads(line) for line in predictions_lines(four_cases())]
    assert [line["id"] for line in lines] == ["a", "b", "c", "d"]
    assert lines[1] == {
        "id": "b", "outcomes": ["data"], "possible": ["inclusion"], "stance": "aspiration", "measured": False,
    }  # fmt: skip


def test_misses_are_listed_by_outcome_false_alarms_first():
    found = [(miss.outcome, miss.false_alarm, miss.passage.id) for miss in find_misses(four_cases(), Silent())]
    assert found == [("inclusion", False, "b"), ("data", True, "c"), ("data", False, "d")]


def test_words_that_a_document_would_not_count_are_told_of_a_false_alarm_as_well():
    text = "Our code library of screen readers and open data grew."
    assessor = Assessor(load_vocabulary())
    [found] = assessor.examine(text)
    assert not found.evidence
    matched = {match.outcome.id for match in found.found.matches}
    assert matched
    told = evaluate([passage(text)], Says(**{text: said(*matched)}), assessor.scheme)
    assert all(miss.words for miss in find_misses(told, assessor))


def test_the_text_report_fits_eighty_columns_and_shows_every_figure():
    miss = Miss("data", True, passage("c\x1b[2J", group="g"), ("open data", "a \x1b]0;title\x07 trick"))
    text = render(four_cases(), misses=[miss])
    assert max(len(line) for line in text.splitlines()) <= 80
    assert "\x1b" not in text
    assert text.endswith("\n")
    for word in (
        "inclusion",
        "micro",
        "macro",
        "0.57",
        "Stance right",
        "data: said and not labelled, 1",
        "“open data”",
    ):
        assert word in text


@pytest.mark.parametrize("name", ["organisational-capability", "security-and-resilience", "a" * 60])
def test_no_figure_is_cut_however_long_the_name_of_an_outcome_is(name):
    band = four_cases().evidence
    one = Estimate(1.0, 1.0, 1.0)
    outcomes = (OutcomeRates(name, 123_456, 1, 1, Rates(one, one, one)), *band.outcomes[1:])
    text = render(replace(four_cases(), evidence=replace(band, outcomes=outcomes)))
    assert max(len(line) for line in text.splitlines()) <= 80
    assert "…" not in text
    assert "123,456 1.00 (1.00–1.00) 1.00 (1.00–1.00) 1.00 (1.00–1.00)" in text
    rows = text.partition("─\n")[2].partition("\ndata")[0].splitlines()
    assert "".join(row.split()[0] for row in rows) == name


def test_the_json_report_has_both_bands_and_rounds_its_figures():
    value = json.loads(render(four_cases(), "json"))
    assert value["schema"] == "tenderkit/evaluation/1"
    assert [band["name"] for band in value["bands"]] == ["evidence", "evidence and possible"]
    assert value["bands"][0]["micro"]["f1"]["value"] == 0.5714
    assert value["stance"]["confusion"]["practice"]["commitment"] == 1
    assert value["bands"][0]["outcomes"][2]["f1"] == {"value": None, "low": None, "high": None}
    assert "misses" not in value


# Reading labels


def test_only_the_text_is_needed_and_blank_lines_and_other_fields_are_left_alone(tmp_path):
    path = write(
        tmp_path, {"text": "One."}, "", {"text": "Two.", "source": "x", "id": 0}, {"text": "3", "outcomes": None}
    )
    one, two, three = read_passages(path, SCHEME)
    assert one == Passage("1", "One.")
    assert (two.id, three.id, three.outcomes) == ("0", "4", None)


def test_all_fields_are_read_and_outcomes_sorted(tmp_path):
    row = {
        "id": "x",
        "text": "T",
        "outcomes": ["value", "data", "data"],
        "stance": "practice",
        "measured": True,
        "group": "g",
    }
    assert read_passages(write(tmp_path, row), SCHEME) == (
        Passage("x", "T", ("data", "value"), Stance.PRACTICE, measured=True, group="g"),
    )


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path):
    path = tmp_path / "labels.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"text": "One."}\r\n{"text": "Two."}\r\n')
    assert [row.text for row in read_passages(path, SCHEME)] == ["One.", "Two."]


@pytest.mark.parametrize(
    ("row", "complaint"),
    [
        ("{", "Not JSON (Expecting property name enclosed in double quotes). Write one object on one line."),
        ("[" * 100_000, "Not JSON (too deeply nested or too long a number)."),
        ('["text"]', "Not a JSON object."),
        ({"id": "x"}, "'text' is missing, empty or not text."),
        ({"text": "  "}, "'text' is missing, empty or not text."),
        ({"text": ["a"]}, "'text' is missing, empty or not text."),
        ({"text": "a", "outcomes": "data"}, "'outcomes' is not a list of outcome ids."),
        ({"text": "a", "outcomes": [1]}, "'outcomes' is not a list of outcome ids."),
        ({"text": "a", "outcomes": ["dta"]}, "No outcome 'dta'. Did you mean 'data'?"),
        ({"text": "a", "accepts": "data/x"}, "'accepts' is not a list of themes, each as outcome/theme."),
        ({"text": "a", "rejects": ["data"]}, "No theme 'data'."),
        ({"text": "a", "stance": "promise"}, "No stance 'promise'."),
        ({"text": "a", "stance": ["mention"]}, "No stance '['mention']'."),
        ({"text": "a", "measured": "yes"}, "'measured' is not true or false."),
        ({"text": "a", "group": 5}, "'group' is not text."),
        ({"text": "a", "id": ["x"]}, "'id' is not text or a whole number."),
    ],
)
def test_a_malformed_line_is_named_with_its_number(tmp_path, row, complaint):
    path = write(tmp_path, {"text": "Fine."}, row)
    with pytest.raises(MistakesError) as caught:
        read_passages(path, SCHEME)
    [mistake] = caught.value.mistakes
    assert mistake.startswith(f"{path}:2: {complaint}")


def test_every_mistake_of_the_file_is_gathered(tmp_path):
    path = write(
        tmp_path, {"text": "", "stance": "x", "id": "a"}, "{", {"text": "a", "id": "b"}, {"text": "b", "id": "b"}
    )
    with pytest.raises(MistakesError) as caught:
        read_passages(path, SCHEME)
    lines = [mistake.removeprefix(f"{path}:").split(":")[0] for mistake in caught.value.mistakes]
    assert lines == ["1", "1", "2", "4"]


def test_bytes_that_are_no_text_are_a_mistake(tmp_path):
    path = tmp_path / "labels.jsonl"
    path.write_bytes(b'{"text": "caf\xe9"}\n')
    with pytest.raises(MistakesError, match=r":1: Not UTF-8 text"):
        read_passages(path, SCHEME)


@pytest.mark.parametrize("content", [None, b"", b"\n\n"])
def test_a_file_that_is_missing_or_empty_is_a_usage_error(tmp_path, content):
    path = tmp_path / "labels.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UsageError):
        read_passages(path, SCHEME)


def test_a_file_is_evaluated_with_the_vocabulary_itself(tmp_path):
    path = write(
        tmp_path,
        {"text": "We will test every release with a screen reader.", "outcomes": ["inclusion"], "stance": "commitment"},
        {"text": "The herons stood on the weir.", "outcomes": [], "stance": "mention", "measured": False},
    )
    evaluation = evaluate_file(Path(path), load_vocabulary())
    assert evaluation.evidence.micro.f1.value == 1
    assert evaluation.stance.accuracy.value == 1
