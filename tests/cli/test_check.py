"""`tenderkit check` and `tenderkit rules`, as a person or a build uses them."""

import json
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest

from tenderkit.reports.findings import Format
from tenderkit.reports.findings.json import schema

SARIF_SCHEMA = Path(__file__).parents[3] / "shared" / "schemas" / "sarif-2.1.0.json"  # official; not ours to ship
BAD = """\
# 1 Terms

The Supplier shall comply with the Data Protection Act 1998.

The term ends on [insert date].

Price: TBC
"""
RULE = """\
kind: phrase
severity: note
message: “{found}” is jargon.
why: It tells a reader nothing.
instead: Say what is meant.
source: tenderkit
phrases: [synergy|synergies]
flags: [We seek synergies.]
passes: [We work together.]
"""


@pytest.fixture
def bad(tmp_path):
    file = tmp_path / "draft, 1.md"
    file.write_text(BAD, encoding="utf-8")
    return file


@pytest.fixture
def good(tmp_path):
    file = tmp_path / "good.md"
    file.write_text("# 1 Terms\n\nThe term ends on 1 April 2030.\n", encoding="utf-8")
    return file


@pytest.fixture
def own(tmp_path):
    pack = tmp_path / "own-rules" / "ours"
    pack.mkdir(parents=True)
    (pack / "XY001-jargon.yml").write_text(RULE, encoding="utf-8")
    return pack.parent


def test_findings_say_what_where_and_what_to_do_instead(run, bad):
    result = run("check", bad)
    assert (result.code, result.err) == (1, "")
    assert result.out.splitlines()[:4] == [
        "draft, 1.md (read as a tender)",
        "  TK401 error, line 3, 1 Terms",
        "    “Data Protection Act 1998” is cited; it was replaced by the Data Protection",
        "    Act 2018 and the UK GDPR on 25 May 2018.",
    ]
    assert result.out.endswith("3 findings in 1 document: 2 errors, 1 warning.\n")


def test_nothing_found_gives_0(run, good):
    result = run("check", good)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("Nothing found in 1 document (read as a bid); ")


def test_the_count_says_what_could_not_be_read(run, good, tmp_path):
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"PK\x03\x04 and no more")
    result = run("check", broken)
    assert (result.code, result.out.splitlines()[-1]) == (3, "Nothing was checked: 1 document could not be read.")
    result = run("check", broken, good)
    assert result.code == 3
    assert result.out.splitlines()[-1].startswith("Nothing found in 1 document;")
    assert result.out.endswith("; 1 could not be read.\n")


def test_exit_codes_follow_severity_and_what_was_chosen(run, bad):
    assert run("check", bad, "--fail-on", "error").code == 1
    assert run("check", bad, "--ignore", "TK301,TK401", "--fail-on", "error").code == 0
    shown = run("check", bad, "--severity", "error")
    assert (shown.code, "TK302" in shown.out) == (1, False)
    assert run("check", bad, "--select", "ojeu").code == 0


def test_a_file_that_cannot_be_read_gives_3_and_the_others_are_checked(run, bad, tmp_path):
    result = run("check", bad, tmp_path / "none.docx", "--format", "json")
    assert result.code == 3
    assert result.err == "tenderkit: none.docx: there is no such file; check the name\n"
    assert [len(document["findings"]) for document in json.loads(result.out)["documents"]] == [3, 0]


@pytest.mark.parametrize("option", [("--select", "TK3O1"), ("--rules", "nowhere"), ("--as", "tendre")])
def test_wrong_usage_gives_2_and_one_line(run, bad, option):
    result = run("check", bad, *option)
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)


def test_json_keeps_to_the_schema_and_every_quote_to_the_text(run, bad):
    value = json.loads(run("check", bad, "--format", "json").out)
    jsonschema.validate(value, schema())
    text = run("text", bad).out
    (document,) = value["documents"]
    assert [found["code"] for found in document["findings"]] == ["TK401", "TK301", "TK302"]
    for found in document["findings"]:
        assert found["quote"] == text[found["start"] : found["end"]]


def test_sarif_names_every_rule_and_the_file_as_it_was_given(run, bad, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    value = json.loads(run("check", ".", "--format", "sarif").out)
    (sarif,) = value["runs"]
    rules = sarif["tool"]["driver"]["rules"]
    assert (value["version"], len({rule["id"] for rule in rules})) == ("2.1.0", len(rules))
    assert [rules[result["ruleIndex"]]["id"] for result in sarif["results"]] == ["TK401", "TK301", "TK302"]
    for result in sarif["results"]:
        assert result["ruleId"] == rules[result["ruleIndex"]]["id"]
        assert result["level"] in {"error", "warning", "note"}
        (location,) = result["locations"]
        assert unquote(location["physicalLocation"]["artifactLocation"]["uri"]) == bad.name
        assert location["logicalLocations"][0]["fullyQualifiedName"] == "1 Terms"
    if SARIF_SCHEMA.is_file():  # where it is not, the lines above have looked at what code hosts read
        jsonschema.Draft7Validator(json.loads(SARIF_SCHEMA.read_text(encoding="utf-8"))).validate(value)


def test_a_document_deep_in_a_folder_keeps_its_way_for_programs(run, bad, tmp_path, monkeypatch):
    (tmp_path / "templates" / "it").mkdir(parents=True)
    bad.rename(tmp_path / "templates" / "it" / "draft.md")
    monkeypatch.chdir(tmp_path)
    assert "file=templates/it/draft.md,line=3,title=TK401" in run("check", "templates", "--format", "github").out
    value = json.loads(run("check", "templates", "--format", "sarif").out)
    assert value["runs"][0]["artifacts"][0]["location"]["uri"] == "templates/it/draft.md"


def test_github_annotations_are_one_line_each_and_no_document_can_start_one(run, tmp_path):
    file = tmp_path / "a,b:c%.md"
    file.write_text("Ends [insert %0A::error::x] here.\n\nPrice: TBC", encoding="utf-8")
    lines = run("check", file, "--format", "github").out.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", "::warning"]
    assert "file=a%2Cb%3Ac%25.md,line=1,title=TK301 placeholder-left::" in lines[0]
    assert "%250A" in lines[0]


def test_markdown_is_a_table_that_a_document_cannot_break(run, tmp_path):
    file = tmp_path / "a.md"
    file.write_text("Ends [insert *a* | b] here.", encoding="utf-8")
    out = run("check", file, "--format", "markdown").out
    assert "\\[insert a \\| b\\]" in out


def test_statistics_count_by_rule(run, bad):
    out = run("check", bad, "--statistics").out.splitlines()
    assert out[0] == "    1  TK301 placeholder-left"
    assert "|--:|---|---|" in run("check", bad, "--statistics", "--format", "markdown").out


@pytest.mark.parametrize("form", list(Format))
def test_the_same_files_give_the_same_bytes_in_any_order(run, bad, good, form):
    assert run("check", bad, good, "-f", form.value) == run("check", good, bad, "-f", form.value)


def test_rules_of_a_councils_own_are_asked_beside_ours(run, own, tmp_path):
    file = tmp_path / "a.md"
    file.write_text("We seek synergies by [insert date].", encoding="utf-8")
    out = run("check", file, "--rules", own, "--statistics").out
    assert out.splitlines()[:2] == ["    1  TK301 placeholder-left", "    1  XY001 jargon"]


def test_rules_are_listed_shown_and_tested(run, own):
    assert "  TK401  error    data-protection-act-1998" in run("rules", "list").out
    assert "  XY001  note     jargon" in run("rules", "list", "--rules", own).out
    shown = run("rules", "show", "TK308").out
    assert "TK308 brand-without-equivalent\nwarning, pack template, kind phrase, for tender\n" in shown
    assert "Source: https://www.legislation.gov.uk/ukpga/2023/54/section/56" in shown
    assert run("rules", "show", "TK999").code == 2
    assert run("rules", "test", own).out == "1 rules, 2 examples, 0 failing\n".replace("1 rules", "1 rule")
    assert run("rules", "test").code == 0


def test_an_example_that_fails_is_told_with_its_file_and_line(run, own):
    file = own / "ours" / "XY001-jargon.yml"
    file.write_text(RULE.replace("We work together.", "Synergy is all."), encoding="utf-8")
    result = run("rules", "test", own)
    assert result.code == 1
    assert result.err.startswith("ours/XY001-jargon.yml:9: XY001 flags this.")


def test_output_goes_to_the_file_and_never_replaces_a_document(run, bad, tmp_path):
    assert run("check", bad, "-o", tmp_path / "out.txt").out == ""
    assert "TK401" in (tmp_path / "out.txt").read_text(encoding="utf-8")
    assert run("check", bad, "-o", bad).code == 2


def test_standard_input_is_checked(run):
    result = run("check", "-", "--format", "sarif", stdin=b"Price: TBC")
    assert (result.code, len(json.loads(result.out)["runs"][0]["results"])) == (1, 1)


def test_a_bid_that_repeats_its_tender_is_told(run, tmp_path):
    words = "The supplier must hold Cyber Essentials Plus and must test the platform with disabled residents each year."
    (tmp_path / "tender.md").write_text(f"# Invitation to tender\n\n{words}", encoding="utf-8")
    (tmp_path / "bid.md").write_text(f"# Our bid\n\n{words} We comply.", encoding="utf-8")
    alone = run("check", tmp_path / "bid.md", "--as", "bid", "--select", "bid")
    beside = run("check", tmp_path / "bid.md", "--as", "bid", "--select", "bid", "--tender", tmp_path / "tender.md")
    assert ("TK107" in alone.out, "TK107" in beside.out) == (False, True)


def test_a_result_in_a_file_leaves_a_word_on_standard_error(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.md").write_text("# Moonshot paper\n\nThe term ends on [insert date].\n", encoding="utf-8")
    result = run("check", "draft.md", "--select", "TK301", "-f", "sarif", "-o", "k.sarif")
    assert (result.code, result.out) == (1, "")
    assert result.err == "tenderkit: 1 finding in 1 document: 1 error.\n"
