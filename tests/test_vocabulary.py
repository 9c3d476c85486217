"""Vocabularies load strictly: every mistake of every file at once, each with its file and line."""

import re
from pathlib import Path

import pytest

from tenderkit.errors import MistakesError, UsageError
from tenderkit.resources import DEFAULT
from tenderkit.vocabulary import load_vocabulary, pattern_word

BROKEN = sorted(path for path in (Path(__file__).parent / "broken" / "vocab").iterdir() if path.is_dir())
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
    terms:
      - screen reader
      - phrase: [accessible, usable]
        near: [website]
        unless: [accessible parking]
      - pattern: [{LOWER: wcag}, {LIKE_NUM: true}]
    says: [We test with a screen reader.]
    silent: [The screen is large.]
"""


def write(folder, outcome=OUTCOME, scheme=SCHEME):
    (folder / "outcomes").mkdir(parents=True, exist_ok=True)
    (folder / "scheme.yml").write_text(scheme, encoding="utf-8")
    (folder / "outcomes" / "inclusion.yml").write_text(outcome, encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize("folder", BROKEN, ids=lambda path: path.name)
def test_a_broken_vocabulary_gives_all_its_mistakes(folder):
    with pytest.raises(MistakesError) as caught:
        load_vocabulary(str(folder))
    assert [*str(caught.value).splitlines()] == (folder / "expected.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("folder", BROKEN, ids=lambda path: path.name)
def test_every_mistake_says_where_what_and_what_to_do(folder):
    with pytest.raises(MistakesError) as caught:
        load_vocabulary(str(folder))
    for mistake in caught.value.mistakes:
        assert re.fullmatch(r"[\w./-]+:\d+: [^\n]+[.?)] [A-Z][^\n]+\.", mistake), mistake


def test_a_vocabulary_of_ones_own_loads_from_its_folder(tmp_path):
    scheme = load_vocabulary(write(tmp_path))
    theme = scheme.outcome("inclusion").themes[0]
    assert (scheme.id, scheme.version, len(scheme.outcomes)) == ("tiny", "1", 1)
    assert [term.label for term in theme.terms] == [
        "screen reader",
        "accessible",
        "pattern at outcomes/inclusion.yml:14",
    ]
    assert theme.terms[1].phrases == ("accessible", "usable")
    assert theme.terms[1].near == ("website",)
    assert theme.terms[1].unless == ("accessible parking",)
    assert theme.terms[2].patterns == (({"LOWER": "wcag"}, {"LIKE_NUM": True}),)
    assert theme.terms[0].where == "outcomes/inclusion.yml:10"


def test_a_list_serves_phrases_company_and_false_friends(tmp_path):
    scheme = SCHEME + "lists:\n  web: [website, portal]\nunless: [$web design]\n"
    loaded = load_vocabulary(write(tmp_path, OUTCOME.replace("near: [website]", "near: [$web]"), scheme))
    assert loaded.lists == {"web": ("website", "portal")}
    assert loaded.unless == ("$web design",)


def test_the_digest_changes_with_every_file_and_not_with_its_place(tmp_path):
    one = load_vocabulary(write(tmp_path / "one"))
    other = load_vocabulary(write(tmp_path / "other"))
    changed = load_vocabulary(write(tmp_path / "changed", OUTCOME.replace("large", "small")))
    retitled = load_vocabulary(write(tmp_path / "retitled", scheme=SCHEME.replace("Tiny", "Tinier")))
    assert one.sha256 == other.sha256
    assert len({one.sha256, changed.sha256, retitled.sha256}) == 3


def test_hidden_files_in_the_folder_are_left_alone(tmp_path):
    folder = write(tmp_path)
    (tmp_path / "outcomes" / ".inclusion.yml.swp").write_bytes(b"\xff")
    assert load_vocabulary(folder).sha256


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("lga-2023", "No vocabulary 'lga-2023'. Did you mean 'lga-2022'?"),
        ("nowhere/at/all", "No vocabulary 'nowhere/at/all'."),
    ],
)
def test_a_vocabulary_that_is_not_there_is_a_usage_error(name, complaint):
    with pytest.raises(UsageError, match=re.escape(complaint)):
        load_vocabulary(name)


def test_a_folder_without_a_scheme_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match=r"has no scheme\.yml"):
        load_vocabulary(str(tmp_path))


def test_a_scheme_says_which_outcomes_a_paragraph_only_brushes(tmp_path):
    assert load_vocabulary(write(tmp_path / "all")).least_share == 0
    assert load_vocabulary(write(tmp_path / "half", scheme=f"{SCHEME}least-share: 0.5\n")).least_share == 0.5


@pytest.mark.parametrize("share", ["1", "-0.1", "much"])
def test_a_share_that_is_none_is_a_mistake(tmp_path, share):
    with pytest.raises(MistakesError, match=r"scheme\.yml:5: .*Write for instance 0\.5"):
        load_vocabulary(write(tmp_path, scheme=f"{SCHEME}least-share: {share}\n"))


def test_an_unknown_outcome_is_a_usage_error_with_the_nearest_known(tmp_path):
    scheme = load_vocabulary(write(tmp_path))
    with pytest.raises(UsageError, match="Did you mean 'inclusion'"):
        scheme.outcome("inclsion")


@pytest.mark.parametrize(
    ("pattern", "word"),
    [
        (({"LOWER": "wcag"},), "wcag"),
        (({"LIKE_NUM": True}, {"NORM": "day"}), "day"),
        (({"LOWER": "a", "OP": "?"}, {"LOWER": "b", "OP": "+"}), "b"),
        (({"LOWER": "a", "OP": "*"}, {"LOWER": "b", "OP": "!"}), ""),
        (({"LOWER": "a", "OP": "{0,2}"}, {"LOWER": "b", "OP": "{2}"}), "b"),
        (({"LOWER": {"IN": ["a", "b"]}},), ""),
    ],
)
def test_a_pattern_is_found_by_a_word_that_every_match_holds(pattern, word):
    assert pattern_word(pattern) == word


def test_the_vocabulary_of_the_sustainable_development_goals_loads():
    scheme = load_vocabulary("sdg")
    assert [outcome.id[:8] for outcome in scheme.outcomes] == [f"goal-{number:02}-" for number in range(1, 18)]
    for number, outcome in enumerate(scheme.outcomes, start=1):
        assert f"SDG {number}" in outcome.altLabel
        assert 4 <= len(outcome.themes) <= 7, outcome.id
        assert all(len(theme.says) >= 4 for theme in outcome.themes), outcome.id


def test_the_vocabulary_of_the_twelve_outcomes_loads():
    scheme = load_vocabulary(DEFAULT)
    assert scheme.id == DEFAULT
    assert len(scheme.outcomes) == 12
    for outcome in scheme.outcomes:
        assert 4 <= len(outcome.themes) <= 6, outcome.id
