"""Weights: what they add up to, how they are written and read, and what is said of a file that is wrong."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderkit.errors import MistakesError
from tenderkit.resources import Mistakes, parse_yaml
from tenderkit.vocabulary import load_vocabulary
from tenderkit.weights import OutcomeWeights, Provenance, Weights, logistic, read_weights, render_weights

SCHEME = "id: tiny\nprefLabel: Tiny\nversion: '1'\nsource: https://example.org\n"
OUTCOME = """\
id: inclusion
prefLabel: Inclusion
definition: Nobody is left out.
source: https://example.org
themes:
  - id: accessibility
    prefLabel: Usable by disabled people
    asks: Who has tested it?
    terms: [screen reader]
    says: [We test with a screen reader.]
    silent: [The screen is large.]
"""
PROVENANCE = Provenance("2026-11-26", 12, 3, 2, "0" * 64, {"evidence-precision": 0.8})
hundredths = st.integers(-500, 500).map(lambda number: number / 100)
names = st.from_regex(r"[a-z][a-z-]{0,8}/[a-z][a-z |<>0-9?$-]{0,20}[a-z]", fullmatch=True)
words = st.from_regex(r"[a-z]{3,12}", fullmatch=True)
outcome_weights = st.builds(
    OutcomeWeights,
    start=hundredths,
    found=hundredths,
    term=hundredths,
    refused=hundredths,
    terms=st.dictionaries(names, hundredths, max_size=5),
    words=st.dictionaries(words, hundredths, max_size=5),
    themes=st.dictionaries(words, hundredths, max_size=3),
    doubling=hundredths,
)


def read(text):
    mistakes = Mistakes()
    node = parse_yaml(text.encode, "weights.yml", mistakes)
    return read_weights(node), mistakes.lines


@given(st.dictionaries(words, outcome_weights, min_size=1, max_size=3), st.integers(50, 100), st.integers(0, 50))
def test_what_is_written_is_read_again(outcomes, evidence, possible):
    weights = Weights(evidence / 100, possible / 100, "0" * 64, outcomes)
    assert read(render_weights(weights, PROVENANCE)) == (weights, [])


@given(st.floats(-50, 50), st.floats(-50, 50))
def test_a_larger_sum_is_never_less_sure(one, other):
    low, high = sorted((one, other))
    assert 0 <= logistic(low) <= logistic(high) <= 1
    assert math.isclose(logistic(low), 1 - logistic(-low), abs_tol=1e-12)


def test_a_term_without_a_weight_of_its_own_adds_the_common_one():
    weights = OutcomeWeights(-1.0, 0.5, 0.25, 0.1, {"a/known": 2.0}, {}, {"a": 0.125})
    assert weights.total("a", ["a/known"], 0, ()) == -1.0 + 0.5 + 0.125 + 2.0
    assert weights.total("a", ["a/unknown"], 0, ()) == -1.0 + 0.5 + 0.125 + 0.25
    assert weights.total("b", ["b/unknown"], 0, ()) == -1.0 + 0.5 + 0.25


BROKEN = {
    "possible: 0.90": "weights.yml:17: The bars are two numbers, 0 to 1, and 'possible' is the lower. "
    "Fit the vocabulary again.",
    "start: heavy": "weights.yml:21: A number is expected here. Write for instance 0.5.",
    "start: .inf": "weights.yml:21: A number is expected here. Write for instance 0.5.",
    "strat: 0.5": "weights.yml:21: Unknown key 'strat'. Did you mean 'start'? "
    "Known here: start, found, term, refused, doubling, themes, terms, words.",
    "1.5 accessibility/screen reader": "weights.yml:27: Not a weight and a name, such as '+1.25 word'. "
    "Fit the vocabulary again.",
}


@pytest.mark.parametrize("wrong", BROKEN)
def test_a_wrong_line_is_named(tmp_path, wrong):
    own = OutcomeWeights(-1.0, 1.0, 0.5, 0.0, {"accessibility/screen reader": 1.5}, {})
    text = render_weights(Weights(0.8, 0.3, "0" * 64, {"inclusion": own}), PROVENANCE)
    right = {"possible": "possible: 0.30", "1.5": "+1.50 accessibility/screen reader"}.get(
        wrong.partition(":")[0].split()[0], "start: -1.00"
    )
    assert right in text
    (tmp_path / "outcomes").mkdir()
    (tmp_path / "scheme.yml").write_text(SCHEME, encoding="utf-8")
    (tmp_path / "outcomes" / "inclusion.yml").write_text(OUTCOME, encoding="utf-8")
    (tmp_path / "weights.yml").write_text(text.replace(right, wrong), encoding="utf-8")
    with pytest.raises(MistakesError) as caught:
        load_vocabulary(str(tmp_path))
    assert BROKEN[wrong] in caught.value.mistakes
