"""What the model said is kept between runs: the same numbers, no words, and no harm from what is broken."""

import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from tenderkit import kept_readings, passage_model
from tenderkit.cache import user_cache
from tenderkit.cli import app
from tenderkit.kept_readings import FILE, KeptReadings
from tenderkit.passage_model import PassageModel, load_model
from tenderkit.readings import Shown
from tenderkit.resources import model_folder
from tenderkit.vocabulary import load_vocabulary

NAME = load_vocabulary().folder
SHOWN = [Shown("We will train ten members of staff.", "bid"), Shown("The supplier must hold ISO 27001.", "tender")]
TEXT = "We will test every release with screen readers by March 2027. We trained 20 staff in user research.\n"


def model(folder):
    """Return a model that knows nothing in memory, and keeps what it says in a folder."""
    head = replace(load_model(NAME).head, likely=0.123)
    passage_model._KNOWN.pop(head, None)
    length = sum(map(len, (head.names.themes, head.names.outcomes, head.names.stances)))
    return PassageModel(model_folder(NAME), head, kept=KeptReadings(folder, head.network, length))


def test_what_was_read_in_an_earlier_run_is_not_read_again(tmp_path, monkeypatch):
    first = model(tmp_path).read_all(SHOWN)
    monkeypatch.setattr(passage_model, "_load", lambda _: pytest.fail("the network was loaded"))
    monkeypatch.setattr(passage_model, "_LOADED", {})
    assert model(tmp_path).read_all(SHOWN) == first
    with pytest.raises(pytest.fail.Exception):
        model(tmp_path).read(Shown("Something else.", "bid"))


def test_without_a_folder_nothing_is_kept_and_all_is_the_same(tmp_path):
    assert model(None).read_all(SHOWN) == model(tmp_path).read_all(SHOWN)


def test_no_word_of_a_document_is_in_the_file(tmp_path):
    model(tmp_path).read_all(SHOWN)
    data = (tmp_path / FILE).read_bytes()
    assert not any(word.encode() in data for shown in SHOWN for word in shown.text.split() if len(word) > 3)
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0


@given(st.dictionaries(st.text(), st.lists(st.integers(-32_768, 32_767), min_size=3, max_size=3)))
def test_rows_come_back_as_they_were_kept(rows):
    with tempfile.TemporaryDirectory() as folder:
        kept = KeptReadings(Path(folder), "network", 3)
        kept.put(rows)
        assert kept.get([*rows, "a text that nobody kept"]) == rows
        assert KeptReadings(Path(folder), "another network", 3).get([*rows]) == {}
        assert KeptReadings(Path(folder), "network", 4).get([*rows]) == {}


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\x00" + b"\xff" * 500])
def test_a_broken_file_costs_nothing_but_time(tmp_path, data):
    (tmp_path / FILE).write_bytes(data)
    kept = KeptReadings(tmp_path, "network", 1)
    assert kept.get(["a"]) == {}
    kept.put({"a": [1]})
    kept.put({"a": [1]})
    assert kept.get(["a"]) == {"a": [1]}


def test_rows_that_somebody_else_wrote_in_another_shape_are_not_taken(tmp_path):
    kept = KeptReadings(tmp_path, "network", 1)
    kept.put({"a": [1], "b": [2]})
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("UPDATE readings SET numbers = 'ab' WHERE numbers = ?", (b"\x01\x00",))
    connection.close()
    assert kept.get(["a", "b"]) == {"b": [2]}


def test_a_file_that_another_process_holds_costs_nothing_but_time(tmp_path, monkeypatch):
    monkeypatch.setattr(kept_readings, "_PATIENCE", 0.01)
    kept = KeptReadings(tmp_path, "network", 1)
    kept.put({"a": [1]})
    other = sqlite3.connect(tmp_path / FILE)
    other.execute("BEGIN EXCLUSIVE")
    kept.put({"b": [2]})
    assert kept.get(["a", "b"]) == {}
    other.rollback()
    other.close()
    assert kept.get(["a", "b"]) == {"a": [1]}


def test_a_folder_that_cannot_be_made_costs_nothing(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    kept = KeptReadings(tmp_path / "file" / "cache", "network", 1)
    kept.put({"a": [1]})
    assert kept.get(["a"]) == {}


def test_those_read_longest_ago_go_first(tmp_path, monkeypatch):
    monkeypatch.setattr(kept_readings, "_MOST", 3)
    kept = KeptReadings(tmp_path, "network", 1)
    for number in range(5):
        kept.put({str(number): [number]})
    kept.put({"2": [2]})
    kept.put({"5": [5]})
    assert kept.get([str(number) for number in range(6)]) == {"2": [2], "4": [4], "5": [5]}


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_second_run_prints_the_same_as_the_first_and_as_one_without_a_cache(tmp_path, monkeypatch, form):
    bid = tmp_path / "bid.md"
    bid.write_text(TEXT, encoding="utf-8")
    outputs = []
    for folder in (str(tmp_path / "cache"), str(tmp_path / "cache"), ""):
        monkeypatch.setenv("TENDERKIT_CACHE", folder)
        user_cache.cache_clear()
        passage_model._KNOWN.clear()
        outputs.append(CliRunner().invoke(app, ["score", str(bid), "--format", form]).output)
    user_cache.cache_clear()
    assert (tmp_path / "cache" / FILE).is_file()
    assert len(set(outputs)) == 1
