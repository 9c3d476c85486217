"""Every example of our own vocabulary is a test: found where it says, silent where it must be."""

from collections import Counter
from functools import cache

import pytest

from tenderkit.document import DocumentBuilder, Kind
from tenderkit.matching import Matcher
from tenderkit.vocabulary import load_vocabulary

SCHEME = load_vocabulary()
THEMES = [(outcome, theme) for outcome in SCHEME.outcomes for theme in outcome.themes]
SAYS = [pytest.param(outcome.id, theme.id, text, id=f"{outcome.id}-{theme.id}-{i}")
        for outcome, theme in THEMES for i, text in enumerate(theme.says, start=1)]  # fmt: skip
SILENT = [pytest.param(outcome.id, text, id=f"{outcome.id}-{theme.id}-{i}")
          for outcome, theme in THEMES for i, text in enumerate(theme.silent, start=1)]  # fmt: skip


@cache
def matcher():
    return Matcher(SCHEME)


def spoken_to(text):
    """Return outcome and theme of every match in a text."""
    builder = DocumentBuilder()
    builder.add(Kind.PARAGRAPH, text)
    document = builder.finish("example.txt", "text/plain", "")
    return {(match.outcome.id, match.theme.id) for found in matcher().find(document) for match in found.matches}


@pytest.mark.parametrize(("outcome", "theme", "text"), SAYS)
def test_what_says_it_is_found(outcome, theme, text):
    assert (outcome, theme) in spoken_to(text), text


@pytest.mark.parametrize(("outcome", "text"), SILENT)
def test_what_only_looks_like_it_stays_silent(outcome, text):
    assert outcome not in {found for found, _ in spoken_to(text)}, text


@pytest.mark.parametrize(("outcome", "theme"), THEMES, ids=[f"{outcome.id}-{theme.id}" for outcome, theme in THEMES])
def test_every_theme_has_examples_and_terms_enough(outcome, theme):
    assert len(theme.says) >= 3, outcome.id
    assert len(theme.silent) >= 3, outcome.id
    assert len(theme.terms) >= 12, outcome.id


@pytest.mark.parametrize("outcome", SCHEME.outcomes, ids=lambda outcome: outcome.id)
def test_no_example_stands_twice_in_an_outcome(outcome):
    examples = [text for theme in outcome.themes for text in (*theme.says, *theme.silent)]
    assert not [text for text, times in Counter(examples).items() if times > 1]


def test_no_example_is_said_to_speak_to_two_outcomes_in_the_same_words():
    said = Counter(text for _, theme in THEMES for text in theme.says)
    assert not [text for text, times in said.items() if times > 1]


@pytest.mark.parametrize("outcome", SCHEME.outcomes, ids=lambda outcome: outcome.id)
def test_no_term_is_written_twice_in_a_theme(outcome):
    for theme in outcome.themes:
        bare = Counter(phrase for term in theme.terms if not term.near and not term.unless for phrase in term.phrases)
        assert not [phrase for phrase, times in bare.items() if times > 1], theme.id
