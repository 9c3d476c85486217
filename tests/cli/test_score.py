import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from tenderkit.assess import Assessor
from tenderkit.reports.json import schema


@pytest.fixture
def score(run, vocab):
    return lambda *arguments, **options: run("score", *arguments, "--vocab", vocab, **options)


def test_a_document_is_scored_with_its_evidence(score, bid):
    result = score(bid)
    assert (result.code, result.err) == (0, "")
    assert "Score   50.0 of 100" in result.out
    assert "“We will test every release with a screen reader by March 2027.”" in result.out
    assert "only mentioned  What will be saved, and who will count it?" in result.out


def test_json_keeps_to_the_schema_and_every_quote_to_the_text(score, run, bid):
    report = json.loads(score(bid, "--format", "json").out)
    jsonschema.validate(report, schema())
    text = run("text", bid).out
    (document,) = report["documents"]
    found = [item for outcome in document["outcomes"] for theme in outcome["themes"] for item in theme["evidence"]]
    assert found
    for item in found:
        assert item["quote"] == text[item["start"] : item["end"]]


def test_the_same_files_give_the_same_bytes_in_any_order_and_from_any_folder(score, bid, tmp_path, monkeypatch):
    other = tmp_path / "lots" / "other.txt"
    other.parent.mkdir()
    other.write_text("We make savings of £5,000 a year.")
    expected = score(bid, other, "--format", "json")
    monkeypatch.chdir(tmp_path / "lots")
    assert score("other.txt", "../bid.md", "--format", "json") == expected
    assert str(tmp_path) not in expected.out


def test_standard_input_is_read_as_bytes(score):
    result = score("-", "--format", "json", stdin="We will test with a screen reader, “always”.".encode())
    (document,) = json.loads(result.out)["documents"]
    assert (document["path"], document["score"]) == ("-", 30.0)


def test_output_goes_to_the_file_as_utf_8(score, bid, tmp_path):
    result = score(bid, "--output", tmp_path / "report.txt")
    assert (result.code, result.out, result.err) == (0, "", "")
    assert "“We will test".encode() in (tmp_path / "report.txt").read_bytes()


def test_output_never_replaces_a_document(score, bid):
    result = score(bid, "--output", bid)
    assert result.code == 2
    assert "is one of the documents" in result.err


def test_output_that_cannot_be_written_is_one_line(score, bid, tmp_path):
    result = score(bid, "-o", tmp_path / "none" / "report.txt")
    assert result.code == 2
    assert result.err.count("\n") == 1


def test_a_score_below_the_minimum_gives_1_and_says_so(score, bid):
    assert score(bid, "--min-score", "50").code == 0
    result = score(bid, "--min-score", "50.1")
    assert (result.code, result.err) == (1, "tenderkit: bid.md: the score 50.0 is below the minimum of 50.1\n")


def test_a_required_outcome_that_is_not_covered_gives_1_and_says_which(score, bid):
    assert score(bid, "--require", "inclusion").code == 0
    result = score(bid, "--require", "inclusion", "--require", "value", "--quiet")
    assert (result.code, result.err) == (1, "tenderkit: bid.md: Value is thin, not covered\n")


def test_weights_change_the_score(score, bid):
    assert "bid.md: 75.0" in score(bid, "--weights", "inclusion=3", "-q").out
    assert "bid.md: 100.0" in score(bid, "--weights", "value=0", "-q").out


def test_the_role_can_be_given(score, bid):
    assert "Read as a contract, as you said" in score(bid, "--as", "contract").out


def test_a_settings_file_beside_the_document_is_used_and_named(score, bid, tmp_path):
    (tmp_path / "tenderkit.toml").write_text("min-score = 60\n[weights]\ninclusion = 3\n")
    result = score(bid)
    assert "Score   75.0 of 100" in result.out
    assert "settings from" in result.err
    assert score(bid, "--min-score", "80").code == 1


@pytest.mark.parametrize("name", ["Value", "VALUE", "value "])
def test_an_outcome_can_be_named_as_reports_name_it(score, bid, name):
    assert score(bid, "--outcome", name).out == score(bid, "--outcome", "value").out
    assert score(bid, "--require", name, "-q").err == score(bid, "--require", "value", "-q").err


def test_outcome_limits_the_detail(score, bid):
    result = score(bid, "--format", "csv", "--outcome", "value")
    assert [row["theme"] for row in csv.DictReader(io.StringIO(result.out))] == ["savings"]


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "markdown", "csv"])
def test_one_bad_file_gives_3_in_every_format_and_the_others_are_reported(score, bid, tmp_path, form):
    (tmp_path / "empty.pdf").write_bytes(b"")
    result = score(tmp_path / "nix.pdf", bid, tmp_path / "empty.pdf", "--format", form)
    assert result.code == 3
    for name in ("nix.pdf", "bid.md", "empty.pdf"):
        assert name in result.out
    assert [line.split(":")[:2] for line in result.err.splitlines()] == [
        ["tenderkit", " empty.pdf"],
        ["tenderkit", " nix.pdf"],
    ]


def test_a_folder_without_documents_gives_3(score, tmp_path):
    (tmp_path / "none").mkdir()
    result = score(tmp_path / "none")
    assert (result.code, result.err.count("\n")) == (3, 1)
    assert "holds no document" in result.err


def test_a_bug_in_one_document_costs_only_that_one(score, bid, tmp_path, monkeypatch):
    (tmp_path / "other.txt").write_text("We make savings.")
    whole = Assessor.assess

    def assess(self, document, *arguments):
        if document.path == "bid.md":
            message = "inside"
            raise ZeroDivisionError(message)
        return whole(self, document, *arguments)

    monkeypatch.setattr(Assessor, "assess", assess)
    result = score(bid, tmp_path / "other.txt", "-q")
    assert result.code == 3
    assert "bid.md: not read: tenderkit failed on this file: a bug of ours (ZeroDivisionError)" in result.out
    assert "other.txt: 30.0" in result.out
    assert "Traceback" not in result.err
    monkeypatch.setenv("TENDERKIT_DEBUG", "1")
    assert "ZeroDivisionError: inside" in score(bid, "-q").err


@pytest.mark.parametrize(
    "arguments",
    [
        ["--outcome", "nix"],
        ["--require", "nix"],
        ["--as", "novel"],
        ["--weights", "inclusion"],
        ["--min-score", "101"],
        ["--min-score", "many"],
        ["--min-score", "nan"],
        ["--timeout", "inf"],
        ["--timeout", "1e300"],
        ["--timeout", "0"],
        ["--format", "pdf"],
        ["--nix"],
    ],
)
def test_wrong_usage_gives_2_and_writes_no_report(score, bid, arguments):
    result = score(bid, *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err


def test_every_mistake_in_a_vocabulary_is_told(run, vocab, bid):
    for name in ("inclusion", "value"):
        file = Path(vocab, "outcomes", f"{name}.yml")
        file.write_text(f"{file.read_text()}colour: red\n")
    result = run("score", bid, "--vocab", vocab)
    assert (result.code, result.out) == (2, "")
    assert [line.split(" ")[0] for line in result.err.splitlines()] == [
        "outcomes/inclusion.yml:12:",
        "outcomes/value.yml:12:",
    ]


def test_every_mistake_in_the_settings_is_told(score, bid, tmp_path):
    (tmp_path / "tenderkit.toml").write_text("colour = 1\nmin-score = 'x'\n")
    result = score(bid)
    assert (result.code, result.out) == (2, "")
    assert [line.split(" ")[0] for line in result.err.splitlines()] == ["tenderkit.toml:1:", "tenderkit.toml:2:"]
