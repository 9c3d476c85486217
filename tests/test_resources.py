"""YAML is read strictly, every mistake with its line, and the data folders are found."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tenderkit.errors import UsageError
from tenderkit.resources import Mistakes, data_folder, nearest, parse_yaml, read_yaml

ROOT = Path(__file__).parent.parent
SHIPPED = sorted(path for folder in ("vocab", "rules") for path in (ROOT / folder).rglob("*.yml"))


def parse(text):
    mistakes = Mistakes()
    data = text if isinstance(text, bytes) else text.encode()
    return parse_yaml(lambda: data, "f.yml", mistakes), mistakes.lines


def test_the_vocabulary_is_found():
    assert data_folder("vocab").joinpath("lga-2022", "scheme.yml").is_file()


def test_a_folder_that_is_missing_is_a_usage_error():
    with pytest.raises(UsageError, match="no 'nothing' folder"):
        data_folder("nothing")


@pytest.mark.parametrize(
    ("text", "line", "complaint"),
    [
        (b"\xff\xfe", 1, "Not UTF-8"),
        ("", 1, "empty"),
        ("# only a comment\n", 1, "empty"),
        ("a: 1\nb: [1, 2\nc: 3\n", 3, "Not valid YAML"),
        ("a: 'x\n", 2, "Not valid YAML"),
        ("a: x\x00y\n", 1, "Not valid YAML"),
        ("a: b: c\n", 1, "Not valid YAML"),
        ("a: *nowhere\n", 1, "Not valid YAML"),
        ("a: 1\n---\nb: 2\n", 2, "Not valid YAML"),
    ],
)
def test_what_is_no_yaml_is_one_mistake_with_its_line(text, line, complaint):
    node, mistakes = parse(text)
    assert node is None
    assert len(mistakes) == 1
    assert mistakes[0].startswith(f"f.yml:{line}: ")
    assert complaint in mistakes[0]


def test_a_file_that_cannot_be_opened_is_a_mistake(tmp_path):
    mistakes = Mistakes()
    assert read_yaml(tmp_path / "missing.yml", "missing.yml", mistakes) is None
    assert mistakes.lines == ["missing.yml:1: Cannot be read (No such file or directory). Check the file."]


def test_a_repeated_key_is_a_mistake_at_its_second_place():
    node, mistakes = parse("a: 1\nb: 2\na: 3\n")
    assert {name: value.text() for name, value in node.mapping(("a", "b")).items()} == {"a": "1", "b": "2"}
    assert mistakes == ["f.yml:3: 'a' stands here twice. Keep one."]


def test_an_unknown_key_is_a_mistake_with_the_nearest_known_one():
    node, mistakes = parse("id: x\nthems: y\n")
    node.mapping(("id",), ("themes",))
    assert mistakes == ["f.yml:2: Unknown key 'thems'. Did you mean 'themes'? Known here: id, themes."]


def test_missing_keys_are_all_named():
    node, mistakes = parse("x: 1\n")
    node.mapping(("id", "source"), ("x",))
    assert mistakes == ["f.yml:1: 'id' is missing. Add it.", "f.yml:1: 'source' is missing. Add it."]


@pytest.mark.parametrize("value", ["true", "null", "~", "2024-01-01", "no"])
def test_text_that_yaml_reads_as_something_else_wants_quotes(value):
    node, mistakes = parse(f"a: {value}\n")
    node.mapping(("a",))["a"].text()
    assert len(mistakes) == 1
    assert "Put it in quotes" in mistakes[0]


@pytest.mark.parametrize("value", ["27001", "1.5", "plain words", "'true'", '"~"'])
def test_numbers_and_quoted_words_are_text(value):
    node, mistakes = parse(f"a: {value}\n")
    assert node.mapping(("a",))["a"].text() == value.strip("'\"")
    assert not mistakes


def test_empty_text_is_a_mistake():
    node, mistakes = parse("a: ''\n")
    node.mapping(("a",))["a"].text()
    assert mistakes == ["f.yml:1: An empty value. Write something, or leave the line out."]


@pytest.mark.parametrize(
    ("text", "read", "complaint"),
    [
        ("[a, b]", "text", "Text is expected"),
        ("{a: b}", "text", "Text is expected"),
        ("{a: b}", "items", "A list is expected"),
        ("[a, b]", "mapping", "A mapping is expected"),
        ("word", "mapping", "A mapping is expected"),
    ],
)
def test_a_value_of_the_wrong_shape_is_a_mistake_and_reads_as_empty(text, read, complaint):
    node, mistakes = parse(text)
    assert not getattr(node, read)()
    assert len(mistakes) == 1
    assert complaint in mistakes[0]


def test_a_single_word_is_a_list_of_one():
    node, mistakes = parse("word")
    assert node.texts() == ("word",)
    assert not mistakes


def test_every_mistake_of_a_file_is_gathered():
    node, mistakes = parse("a: ''\nb: [x]\nzz: 1\n")
    part = node.mapping(("a", "b", "c"))
    part["a"].text()
    part["b"].text()
    assert [line.split(":")[1] for line in mistakes] == ["3", "1", "1", "2"]


def test_a_value_deep_in_the_file_knows_its_line():
    node, mistakes = parse("themes:\n  - id: a\n    terms:\n      - x\n      - {}\n")
    theme = node.mapping(("themes",))["themes"].items()[0]
    assert [term.line for term in theme.mapping(("id", "terms"))["terms"].items()] == [4, 5]
    assert not mistakes


def test_the_nearest_known_word_is_offered_only_when_it_is_near():
    assert nearest("inclsion", ["inclusion", "value"]) == " Did you mean 'inclusion'?"
    assert not nearest("zebra", ["inclusion", "value"])


@given(st.one_of(st.binary(max_size=60), st.text(alphabet="ab:-[]{}'\"\n #&*!|>%@?", max_size=40).map(str.encode)))
def test_any_bytes_are_read_or_give_a_mistake(data):
    node, mistakes = parse(data)
    assert (node is None) == bool(mistakes)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_shipped_file_reads_the_same_where_the_platform_has_no_c_parser(file):
    text = file.read_text(encoding="utf-8")
    by_c = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    assert yaml.load(text, Loader=yaml.SafeLoader) == yaml.load(text, Loader=by_c)  # noqa: S506 - both are safe
