"""What is kept between runs is found again, is right, and is never missed."""

import os
import stat

import pytest

from tenderkit import cache, compiled, compiled_cues
from tenderkit.assess import Assessor
from tenderkit.cache import Cache, user_cache
from tenderkit.compiled import load_scheme, make_matcher
from tenderkit.compiled_cues import make_finders
from tenderkit.document import Kind, passage
from tenderkit.errors import MistakesError
from tenderkit.matching import Matcher
from tenderkit.resources import cues_folder
from tenderkit.vocabulary import load_vocabulary

TEXT = """
# Method

We will test every release with screen readers and e-mail the results, by 1 March 2027, to all residents who took part.

The supplier must share open data through an API; Wi-Fi in libraries costs £2,000 a year. Our SMEs and apprentices will
organise digital-skills sessions.
"""
OUTCOME = """
id: water
prefLabel: Water
definition: Clean water.
source: https://example.org
themes:
  - id: clean
    prefLabel: Clean
    asks: Is it clean?
    terms:
      - clean|pure <2> water
      - pattern: [{LOWER: {IN: [litre, litres]}}, {LOWER: of}, {LOWER: water}]
    says: [We keep clean water.]
    silent: [We keep the water.]
"""


@pytest.fixture
def vocabulary(tmp_path):
    folder = tmp_path / "vocabulary"
    (folder / "outcomes").mkdir(parents=True)
    (folder / "scheme.yml").write_text("id: own\nprefLabel: Own\nversion: '1'\nsource: https://example.org\n")
    (folder / "outcomes" / "water.yml").write_text(OUTCOME)
    return folder


def entries(folder):
    return sorted(folder.glob("*.msgpack"))


def test_a_value_comes_back_with_tuples_for_lists(tmp_path):
    kept = Cache(tmp_path)
    kept.put("key", {"a": [1, 2.5, b"x", "text", None, {7: [True]}]})
    assert kept.get("key") == {"a": (1, 2.5, b"x", "text", None, {7: (True,)})}


def test_another_key_finds_nothing(tmp_path):
    kept = Cache(tmp_path)
    kept.put("key", 1)
    assert kept.get("keys") is None


@pytest.mark.parametrize("broken", [b"", b"x", b"\0" * 40, None])
def test_a_broken_entry_is_no_entry(tmp_path, broken):
    kept = Cache(tmp_path)
    kept.put("key", list(range(100)))
    (file,) = entries(tmp_path)
    file.write_bytes(file.read_bytes()[:-3] if broken is None else broken)
    assert kept.get("key") is None
    kept.put("key", 2)
    assert kept.get("key") == 2


def test_a_folder_that_cannot_be_written_costs_nothing(tmp_path):
    (tmp_path / "file").write_text("no folder")
    kept = Cache(tmp_path / "file" / "cache")
    kept.put("key", 1)
    assert kept.get("key") is None


def test_nothing_is_left_half_written(tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(cache.Path, "replace", full)
    Cache(tmp_path).put("key", 1)
    assert not list(tmp_path.iterdir())


def test_only_its_owner_may_look_into_a_new_cache(tmp_path):
    Cache(tmp_path / "cache").put("key", 1)
    assert stat.S_IMODE((tmp_path / "cache").stat().st_mode) == 0o700


def test_the_entries_used_longest_ago_make_room(tmp_path):
    kept = Cache(tmp_path)
    for number in range(12):
        kept.put(str(number), number)
        os.utime(max(entries(tmp_path), key=lambda file: file.stat().st_mtime_ns), (number, number))
    assert kept.get("0") == 0  # and is the one used last
    kept.put("12", 12)
    assert [kept.get(str(number)) for number in range(13)] == [0, None, *range(2, 13)]


def test_the_user_names_the_place_or_none(tmp_path, monkeypatch):
    user_cache.cache_clear()
    monkeypatch.setenv("TENDERKIT_CACHE", str(tmp_path))
    user_cache().put("key", 1)
    assert entries(tmp_path)
    user_cache.cache_clear()
    monkeypatch.setenv("TENDERKIT_CACHE", "")
    user_cache().put("key", 1)
    assert user_cache().get("key") is None
    user_cache.cache_clear()


@pytest.mark.parametrize("name", ["lga-2022", "sdg"])
def test_a_vocabulary_from_the_cache_is_the_one_that_was_read(tmp_path, name):
    kept = Cache(tmp_path)
    first, again = load_scheme(name, kept), load_scheme(name, kept)
    assert first == again == load_vocabulary(name)
    assert len(entries(tmp_path)) == 1


@pytest.mark.parametrize("name", ["lga-2022", "sdg"])
def test_a_matcher_from_the_cache_finds_the_same(tmp_path, name):
    kept, scheme, document = Cache(tmp_path), load_vocabulary(name), passage(TEXT)

    def found(matcher):
        return [
            ([(match.term, match.start, match.end, match.near) for match in each.matches], len(each.rejections))
            for each in matcher.find(document)
        ]

    assert found(make_matcher(scheme, kept)) == found(make_matcher(scheme, kept)) == found(Matcher(scheme)) != []


def test_a_vocabulary_of_ones_own_keeps_its_patterns(tmp_path, vocabulary):
    kept = Cache(tmp_path)
    for _ in range(2):
        scheme = load_scheme(str(vocabulary), kept)
        found = make_matcher(scheme, kept).find(passage("Two litres of water. Very pure spring water."))
        assert [match.term.where for each in found for match in each.matches] == [
            "outcomes/water.yml:12",
            "outcomes/water.yml:11",
        ]


def test_a_changed_vocabulary_is_read_anew(tmp_path, vocabulary):
    kept = Cache(tmp_path)
    load_scheme(str(vocabulary), kept)
    (vocabulary / "outcomes" / "water.yml").write_text(OUTCOME.replace("Clean water.", "Cold water."))
    assert load_scheme(str(vocabulary), kept).outcomes[0].definition == "Cold water."


def test_mistakes_are_told_every_time(tmp_path, vocabulary):
    (vocabulary / "outcomes" / "water.yml").write_text(OUTCOME.replace("asks: Is it clean?", "asks: It is clean."))
    for _ in range(2):
        with pytest.raises(MistakesError, match="question mark"):
            load_scheme(str(vocabulary), Cache(tmp_path))
    assert not entries(tmp_path)


def test_other_code_makes_another_entry(tmp_path, vocabulary, monkeypatch):
    kept = Cache(tmp_path)
    load_scheme(str(vocabulary), kept)
    monkeypatch.setattr(compiled, "_code", lambda: "of another version")
    load_scheme(str(vocabulary), kept)
    assert len(entries(tmp_path)) == 2


def said(scheme, kept):
    """Return what an assessor says whose finders come from that cache, or from the files where it is None."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compiled_cues, "user_cache", lambda: kept or Cache(None))
        assessor = Assessor(scheme)
    return assessor.assess(passage(TEXT)), [*assessor.sentences(passage(TEXT))]


@pytest.mark.parametrize("name", ["lga-2022", "sdg"])
def test_cues_from_the_cache_say_the_same(tmp_path, name):
    kept, scheme = Cache(tmp_path), load_vocabulary(name)
    assert said(scheme, kept) == said(scheme, kept) == said(scheme, None)
    assert len(entries(tmp_path)) == 1


def test_finders_from_the_cache_hold_what_the_files_hold(tmp_path):
    scheme, kept = load_vocabulary("lga-2022"), Cache(tmp_path)
    language = Matcher(scheme).language
    made, again = make_finders(scheme, language, kept), make_finders(scheme, language, kept)
    assert again.measures.lists == made.measures.lists
    assert again.roles.packed() == made.roles.packed()
    assert (again.stances.shapes, again.stances.weights) == (made.stances.shapes, made.stances.weights)
    for finder in (made, again):
        (tokens,) = language.blocks(passage("If we cannot, we will never not only hope to test."))
        assert tokens.block.kind is Kind.PARAGRAPH
        (sentence,) = tokens.sentences()
        found = [(each.cue, each.first, each.last) for each in finder.cues.find(sentence)]
        assert found == [(each.cue, each.first, each.last) for each in made.cues.find(sentence)] != []


def own_cues(vocabulary):
    """Give a vocabulary cues of its own, which are those that travel with tenderkit."""
    (vocabulary / "cues").mkdir()
    for file in cues_folder("lga-2022").iterdir():
        (vocabulary / "cues" / file.name).write_bytes(file.read_bytes())


def test_changed_cues_are_read_anew(tmp_path, vocabulary):
    kept = Cache(tmp_path / "cache")
    own_cues(vocabulary)
    scheme = load_vocabulary(str(vocabulary))
    language = Matcher(scheme).language
    before = make_finders(scheme, language, kept).measures.lists["units"]
    file = vocabulary / "cues" / "measures.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("units: [", "units: [gallons, ", 1), encoding="utf-8")
    assert set(make_finders(scheme, language, kept).measures.lists["units"]) - set(before) == {"gallons"}


def test_mistakes_in_cues_are_told_every_time(tmp_path, vocabulary):
    scheme = load_vocabulary(str(vocabulary))
    language = Matcher(scheme).language
    own_cues(vocabulary)
    (vocabulary / "cues" / "roles.yml").write_text("bids: [our bid]\n")
    for _ in range(2):
        with pytest.raises(MistakesError, match="Unknown key 'bids'"):
            make_finders(scheme, language, Cache(tmp_path / "cache"))
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("broken", [b"", b"\0" * 40, None])
def test_a_broken_entry_of_cues_costs_time_and_nothing_else(tmp_path, broken):
    kept, scheme = Cache(tmp_path), load_vocabulary("lga-2022")
    first = said(scheme, kept)
    (file,) = entries(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(whole[:-3] if broken is None else broken)
    assert said(scheme, kept) == first
    assert file.read_bytes() == whole


def test_other_code_that_reads_cues_makes_another_entry(tmp_path, monkeypatch):
    kept, scheme = Cache(tmp_path), load_vocabulary("lga-2022")
    language = Matcher(scheme).language
    make_finders(scheme, language, kept)
    monkeypatch.setattr(compiled_cues, "_code", lambda: "of another version")
    make_finders(scheme, language, kept)
    assert len(entries(tmp_path)) == 2
