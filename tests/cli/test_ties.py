"""`tenderkit ties`, as a person uses it."""

import json
from pathlib import Path

import jsonschema
import pytest

from tenderkit.reports.ties.json import schema

SAMPLES = Path(__file__).parents[2] / "samples"


def test_the_sample_contract_shows_whole_and_broken_chains(run):
    result = run("ties", SAMPLES / "contract.docx")
    assert result.code == 0
    assert "12 outcomes promised or asked for; 6 tied through to a payment." in result.out
    assert "  Services                    K1, K2        yes     yes   yes\n" in result.out
    assert "  Connectivity                K6            yes     yes   none, breaks here\n" in result.out
    assert "  Data                        K4            yes     yes   by milestone M1\n" in result.out
    assert "payment, credit or remedy: not by this KPI, but by milestone M1\n" in result.out
    assert "target: “None”\n" in result.out
    assert "  Democracy                   none, breaks here\n" in result.out
    assert "milestone payment M4" in result.out.split("Paid for, and tied to no outcome")[1]


def test_json_keeps_to_the_schema_and_every_quote_to_the_text(run):
    value = json.loads(run("ties", SAMPLES / "contract.docx", SAMPLES / "tender.docx", "-f", "json").out)
    jsonschema.validate(value, schema())
    text = run("text", SAMPLES / "contract.docx").out
    for outcome in value["documents"][0]["outcomes"]:
        assert outcome["promise"]["quote"] == text[outcome["promise"]["start"] : outcome["promise"]["end"]]


@pytest.mark.parametrize("form", ["text", "csv"])
def test_a_file_that_cannot_be_read_gives_3_and_one_line(run, vocab, tmp_path, form):
    result = run("ties", tmp_path / "none.docx", "--vocab", vocab, "-f", form)
    assert (result.code, result.err) == (3, "tenderkit: none.docx: there is no such file; check the name\n")


def test_the_settings_are_used_and_named(run, vocab, bid, tmp_path):
    (tmp_path / "tenderkit.toml").write_text('as = "contract"\n')
    result = run("ties", bid, "--vocab", vocab, "-f", "json")
    assert (result.code, result.err) == (0, f"tenderkit: settings from {tmp_path / 'tenderkit.toml'}\n")
