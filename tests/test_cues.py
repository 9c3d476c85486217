"""Cues: every example in the cue files is what its file says, and reach, stops and look-alikes hold."""

from __future__ import annotations

from functools import cache

import pytest

from tenderkit.assess import Assessor
from tenderkit.cue_finding import CueFinder
from tenderkit.cue_index import index_cues
from tenderkit.cues import load_cues
from tenderkit.document import DocumentBuilder, Kind
from tenderkit.errors import MistakesError
from tenderkit.matching import Matcher
from tenderkit.resources import DEFAULT
from tenderkit.vocabulary import load_vocabulary

EXAMPLES = load_cues().examples


@cache
def assessor() -> Assessor:
    return Assessor(load_vocabulary())


@cache
def matching() -> Matcher:
    return Matcher(load_vocabulary())


def judged(text):
    prediction = assessor().predict(text)
    return prediction.stance.value


def cues_of(text):
    """Return the effects of all cues in a text; a negation reaches some words only, so it is looked for by itself."""
    matcher = matching()
    builder = DocumentBuilder()
    builder.add(Kind.PARAGRAPH, text)
    finder = CueFinder(index_cues(load_cues(), matcher.language))
    return {
        found.cue.effect
        for tokens in matcher.language.blocks(builder.finish("", "", ""))
        for sentence in tokens.sentences()
        for found in finder.find(sentence)
    }


@pytest.mark.parametrize(("effect", "text", "holds"), EXAMPLES, ids=[f"{e}-{h}-{t[:40]}" for e, t, h in EXAMPLES])
def test_every_example_of_a_cue_file_is_what_it_says(effect, text, holds):
    by_itself = effect in {"negated", "adverse"}
    assert (effect in cues_of(text) if by_itself else judged(text) == effect) == holds


def test_every_cue_file_has_examples_of_both_kinds():
    kinds = {(effect, holds) for effect, _, holds in EXAMPLES}
    assert {effect for effect, _ in kinds} == {
        "commitment", "practice", "requirement", "aspiration", "mention", "negated", "adverse",
    }  # fmt: skip
    assert all((effect, not holds) in kinds for effect, holds in kinds)


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("We do not publish prices but we will publish open data.", "commitment"),
        ("We will not only train staff but also test with screen readers.", "commitment"),
        ("No resident will be left without assisted digital support.", "commitment"),
        ("We won't provide assisted digital support.", "negated"),
        ("We will reduce accessibility testing.", "negated"),
        ("We will reduce carbon emissions from hosting.", "commitment"),
        ("The supplier must test with screen readers.", "requirement"),
        ("Will the service work with screen readers?", "mention"),
        ("We could test with screen readers.", "aspiration"),
        ("Our price excludes data migration.", "negated"),
    ],
)
def test_a_sentence_does_with_its_subject_what_a_reader_would_say(text, stance):
    assert judged(text) == stance


def test_mistakes_in_a_cue_file_are_all_named_with_their_line(tmp_path):
    (tmp_path / "cues").mkdir()
    (tmp_path / "cues" / "wish.yml").write_text(
        "effect: wish\nafter: far\nbefore: 0\ncues:\n  - we a|b*\nsays: [We wish.]\nsilent: [We do.]\n"
    )
    with pytest.raises(MistakesError) as error:
        load_cues(str(tmp_path))
    lines = error.value.mistakes
    assert [line.split(":")[1] for line in lines if line.startswith("cues/wish.yml:")] == ["1", "2", "5"]


def test_a_vocabulary_without_cues_takes_those_that_travel_with_tenderkit(tmp_path):
    assert load_cues(str(tmp_path)).examples == load_cues(DEFAULT).examples
