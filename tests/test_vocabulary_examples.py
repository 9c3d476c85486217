"""Every example of every vocabulary we ship is a test: found where it says, silent where it must be."""

from collections import Counter
from functools import cache

import pytest

from tenderkit.document import DocumentBuilder, Kind
from tenderkit.matching import Matcher
from tenderkit.resources import data_folder
from tenderkit.vocabulary import load_vocabulary

NAMES = sorted(entry.name for entry in data_folder("vocab").iterdir() if entry.is_dir())
SCHEMES = {name: load_vocabulary(name) for name in NAMES}
OUTCOMES = [pytest.param(outcome, id=f"{name}-{outcome.id}") for name in NAMES for outcome in SCHEMES[name].outcomes]
THEMES = [(name, outcome, theme)
          for name in NAMES for outcome in SCHEMES[name].outcomes for theme in outcome.themes]  # fmt: skip
SAYS = [pytest.param(name, outcome.id, theme.id, text, id=f"{name}-{outcome.id}-{theme.id}-{i}")
        for name, outcome, theme in THEMES for i, text in enumerate(theme.says, start=1)]  # fmt: skip
SILENT = [pytest.param(name, outcome.id, text, id=f"{name}-{outcome.id}-{theme.id}-{i}")
          for name, outcome, theme in THEMES for i, text in enumerate(theme.silent, start=1)]  # fmt: skip


@cache
def matcher(name):
    return Matcher(SCHEMES[name])


def spoken_to(name, text):
    """Return outcome and theme of every match of a vocabulary in a text."""
    builder = DocumentBuilder()
    builder.add(Kind.PARAGRAPH, text)
    document = builder.finish("example.txt", "text/plain", "")
    return {(match.outcome.id, match.theme.id) for found in matcher(name).find(document) for match in found.matches}


def test_two_vocabularies_are_shipped():
    assert NAMES == ["lga-2022", "sdg"]


@pytest.mark.parametrize(("name", "outcome", "theme", "text"), SAYS)
def test_what_says_it_is_found(name, outcome, theme, text):
    assert (outcome, theme) in spoken_to(name, text), text


@pytest.mark.parametrize(("name", "outcome", "text"), SILENT)
def test_what_only_looks_like_it_stays_silent(name, outcome, text):
    assert outcome not in {found for found, _ in spoken_to(name, text)}, text


@pytest.mark.parametrize(
    "theme", [pytest.param(theme, id=f"{name}-{outcome.id}-{theme.id}") for name, outcome, theme in THEMES]
)
def test_every_theme_has_examples_and_terms_enough(theme):
    assert len(theme.says) >= 3
    assert len(theme.silent) >= 3
    assert len(theme.terms) >= 12


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_no_example_stands_twice_in_an_outcome(outcome):
    examples = [text for theme in outcome.themes for text in (*theme.says, *theme.silent)]
    assert not [text for text, times in Counter(examples).items() if times > 1]


@pytest.mark.parametrize("name", NAMES)
def test_no_example_is_said_to_speak_to_two_outcomes_in_the_same_words(name):
    said = Counter(text for owner, _, theme in THEMES if owner == name for text in theme.says)
    assert not [text for text, times in said.items() if times > 1]


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_no_term_is_written_twice_in_a_theme(outcome):
    for theme in outcome.themes:
        bare = Counter(phrase for term in theme.terms if not term.near and not term.unless for phrase in term.phrases)
        assert not [phrase for phrase, times in bare.items() if times > 1], theme.id
