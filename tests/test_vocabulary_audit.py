"""An audit finds terms that do nothing and examples that prove nothing, and says where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderkit.assess import Assessor
from tenderkit.evidence import Stance
from tenderkit.phrases import Gap
from tenderkit.results import Prediction
from tenderkit.vocabulary import load_vocabulary
from tenderkit.vocabulary_audit import Doubt, audit, stands_in

SCHEME = "id: tiny\nprefLabel: Tiny\nversion: '1'\nsource: https://example.org\n"
OUTCOME = """\
id: {id}
prefLabel: An outcome
definition: What it means.
source: https://example.org
themes:
  - id: theme
    prefLabel: A theme
    asks: What will be done?
    terms: {terms}
    says: {says}
    silent: {silent}
"""


@pytest.fixture
def findings(tmp_path):
    """Return the findings of a vocabulary of two outcomes, each as (doubt, label)."""

    def find(one, other="[harbour]", says="[We see it.]", silent="[Nothing.]", kinds=tuple(Doubt), **extra):
        (tmp_path / "outcomes").mkdir(exist_ok=True)
        (tmp_path / "scheme.yml").write_text(SCHEME)
        values = {"says": says, "silent": silent, **extra}
        (tmp_path / "outcomes" / "one.yml").write_text(OUTCOME.format(id="one", terms=one, **values))
        (tmp_path / "outcomes" / "other.yml").write_text(OUTCOME.format(id="other", terms=other, **values))
        scheme = load_vocabulary(str(tmp_path))
        return [found for found in audit(scheme, Assessor(scheme)) if found.doubt in kinds]

    return find


def labels(found):
    return [(finding.where.split(":")[0], finding.label) for finding in found]


def test_a_term_that_no_example_has_is_dead(findings):
    found = findings(
        "[screen reader, keyboard]", says="[We test with a screen reader in the harbour.]", kinds={Doubt.DEAD}
    )
    assert labels(found) == [("outcomes/one.yml", "keyboard")]
    assert found[0].where == "outcomes/one.yml:9"


def test_a_term_inside_a_longer_match_is_alive(findings):
    says = "[We hold a screen reader test in the harbour.]"
    assert not findings("[screen reader, screen reader test]", says=says, kinds={Doubt.DEAD})


@pytest.mark.parametrize(
    ("terms", "shadowed"),
    [
        ("[screen reader, screen reader test]", ["screen reader test"]),
        ("[share <3> data, share <2> data]", ["share <2> data"]),
        ("[webcast, webcasting]", ["webcasting"]),
        ("[fail-over, failover]", ["failover"]),
        ("[a|b c, a c]", ["a c"]),
        ("[{phrase: online, near: [council, library]}, {phrase: online form, near: [council]}]", ["online form"]),
        (
            "[{phrase: online, unless: [online banking]}, {phrase: online form, unless: [online banking]}]",
            ["online form"],
        ),
    ],
)
def test_a_term_is_shadowed_where_a_looser_one_is_always_found_too(findings, terms, shadowed):
    assert [finding.label for finding in findings(terms, kinds={Doubt.SHADOWED})] == shadowed


@pytest.mark.parametrize(
    "terms",
    [
        "[screen reader, reader screen]",
        "[share data, share <2> data test]",
        "[{phrase: online, near: [council]}, online form]",
        "[{phrase: online, near: [council]}, {phrase: online form, near: [council, library]}]",
        "[{phrase: online, unless: [online banking]}, online form]",
    ],
)
def test_a_term_that_finds_something_of_its_own_is_not_shadowed(findings, terms):
    assert not findings(terms, kinds={Doubt.SHADOWED})


def test_words_in_two_outcomes_are_told_once_unless_one_says_also_or_both_ask_company(findings):
    found = findings("[harbour]", "[harbours]", kinds={Doubt.SHARED})
    assert labels(found) == [("outcomes/one.yml", "harbour")]
    assert "also: other" in found[0].message
    assert not findings("[{phrase: harbour, also: other}]", "[harbour]", kinds={Doubt.SHARED})
    assert not findings("[harbour]", "[{phrase: harbour, also: one}]", kinds={Doubt.SHARED})
    with_company = "[{{phrase: harbour, near: [{}]}}]"
    assert not findings(with_company.format("boat"), with_company.format("cruise"), kinds={Doubt.SHARED})
    assert findings(with_company.format("boat"), "[harbour]", kinds={Doubt.SHARED})


def test_an_also_that_is_no_longer_true_is_told(findings):
    (found,) = findings("[{phrase: quay, also: other}]", "[harbour]", kinds={Doubt.SHARED})
    assert found.message.endswith("no term of that outcome has these words. Remove it.")


def test_a_silent_example_without_a_word_of_the_theme_proves_nothing(findings):
    found = findings("[harbour light]", "[light]", silent="[The light is on., Lunch is at noon.]", kinds={Doubt.EASY})
    assert [finding.label for finding in found] == ["Lunch is at noon."] * 2
    assert found[0].where == "outcomes/one.yml:11"


def test_an_example_that_is_only_possible_passes_for_the_wrong_reason(findings, monkeypatch):
    unsure = Prediction(outcomes=("other",), possible=("one",), stance=Stance.MENTION, measured=False)
    monkeypatch.setattr(Assessor, "predict", lambda *_: unsure)
    found = findings("[harbour]", says="[The harbour.]", kinds={Doubt.FAINT})
    assert labels(found) == [("outcomes/one.yml", "The harbour.")]


words = st.integers(1, 3)
sequences = st.lists(words | st.builds(Gap, st.integers(1, 2)), min_size=1, max_size=5).filter(
    lambda parts: not isinstance(parts[0], Gap) and not isinstance(parts[-1], Gap)
)


def fits(sequence, text):
    """Tell whether a sequence stands at the beginning of a text, by trying every way."""
    if not sequence:
        return True
    head, *rest = sequence
    if isinstance(head, Gap):
        return any(fits(rest, text[skip:]) for skip in range(head.most + 1))
    return bool(text) and text[0] == head and fits(rest, text[1:])


@given(sequences, sequences, st.lists(words, max_size=8))
def test_what_stands_in_a_sequence_stands_in_every_text_that_has_it(part, whole, text):
    if stands_in(tuple(part), tuple(whole)) and any(fits(whole, text[i:]) for i in range(len(text))):
        assert any(fits(part, text[i:]) for i in range(len(text)))


def test_our_own_vocabulary_has_no_words_in_two_outcomes_by_chance():
    scheme = load_vocabulary()
    found = audit(scheme, Assessor(scheme))
    assert not [finding.where for finding in found if finding.doubt in {Doubt.SHARED, Doubt.EASY}]
