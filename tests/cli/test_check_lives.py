"""`tenderkit check` from one run to the next: what is accepted, what is new, and how every format says so."""

import json
import subprocess
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from junitparser import JUnitXml
from sarif_pydantic import Sarif

from tenderkit.reports.findings import Format
from tenderkit.reports.findings.json import schema

DRAFT = """\
# 1 Terms

The Supplier shall comply with the Data Protection Act 1998.

The term ends on [insert date]. <!-- tenderkit: ignore TK301 set at signing -->

Price: TBC
"""
LATER = DRAFT + "\nThe term begins on [insert another date].\n"


@pytest.fixture
def draft(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    (tmp_path / "draft.md").write_text(DRAFT, encoding="utf-8")
    return tmp_path / "draft.md"


@pytest.fixture
def accepted(run, draft):
    """A baseline that accepts the law until the end of 2026, and the price for ever."""
    law = ("--select", "TK401", "--reason", "Law is reviewed.", "--owner", "A. Brook", "--expires", "2026-12-31")
    assert run("check", draft, "--write-baseline", "known.yml", *law, "--today", "2026-12-01").code == 0
    assert run("check", draft, "--write-baseline", "known.yml", "--reason", "Open.", "--owner", "B. Lee").code == 0
    return ("--baseline", "known.yml", "--today", "2026-12-01")


def test_a_baseline_lets_a_run_pass_and_a_new_defect_makes_it_fail(run, draft, accepted):
    assert run("check", draft, "--fail-on", "error").code == 1
    assert run("check", draft, *accepted).code == 0
    draft.write_text(LATER, encoding="utf-8")
    result = run("check", draft, *accepted)
    assert result.code == 1
    assert result.out.endswith("1 finding in 1 document: 1 error; 3 accepted.\n")


def test_an_accepted_finding_is_shown_with_its_reason_owner_and_last_day(run, draft, accepted):
    out = run("check", draft, *accepted).out
    assert "  Accepted until 2026-12-31 (A. Brook): Law is reviewed.\n    TK401, line 3\n" in out
    assert "  Accepted by a comment in the document: set at signing\n    TK301, line 5\n" in out
    assert "  Accepted (B. Lee): Open.\n" in out


def test_what_counts_stands_before_what_is_accepted(run, draft, accepted):
    draft.write_text(LATER, encoding="utf-8")
    out = run("check", draft, *accepted).out
    assert out.index("Instead:") < out.index("Accepted")
    assert "accepted, line" not in out


def test_what_expired_counts_again_and_is_told(run, draft, accepted):
    result = run("check", draft, *accepted[:2], "--today", "2027-01-01")
    assert result.code == 1
    assert "No longer accepted, as it was until 2026-12-31 (A. Brook): Law is reviewed." in result.out
    assert result.out.endswith("1 error; 2 accepted; 1 of these no longer accepted.\n")


@pytest.mark.parametrize(("epoch", "code"), [("1798675200", 0), ("1798761600", 1)])  # 31 December 2026, the day after
def test_the_day_may_come_from_the_build(run, accepted, monkeypatch, epoch, code):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert run("check", "draft.md", *accepted[:2]).code == code


def test_a_day_that_is_none_is_wrong_usage(run, draft, monkeypatch):
    assert run("check", draft, "--today", "tomorrow").err == (
        "tenderkit: --today 'tomorrow' is no day. Write it as in 2027-03-31.\n"
    )
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert run("check", draft).code == 2


def test_what_nothing_matches_any_more_is_told_beside_the_result(run, draft, accepted):
    draft.write_text(DRAFT.replace("Price: TBC", "Price: £5"), encoding="utf-8")
    result = run("check", draft, *accepted, "-f", "json")
    assert result.code == 0
    assert result.err.startswith("tenderkit: known.yml: nothing matches TK302 in draft.md (“TBC”) any more.")
    assert [entry["code"] for entry in json.loads(result.out)["stale"]] == ["TK302"]
    renewed = run("check", draft, "--write-baseline", "known.yml")
    assert renewed.out == "known.yml: 1 finding accepted, 0 of them new; 1 dropped that nothing matches any more.\n"


def test_a_baseline_is_written_with_reason_and_owner_only(run, draft, tmp_path):
    result = run("check", draft, "--write-baseline", "known.yml", "--reason", "Old.")
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        "tenderkit: 2 findings would be new in 'known.yml'. Say why, and who answers for it: --owner NAME.\n"
    )
    assert not (tmp_path / "known.yml").exists()


def test_a_baseline_never_replaces_a_document_or_another_file(run, draft, tmp_path):
    why = ("--reason", "Old.", "--owner", "A. Brook")
    assert run("check", draft, "--write-baseline", draft, *why).code == 2
    (tmp_path / "notes.yml").write_text("mine: true\n")
    assert run("check", draft, "--write-baseline", "notes.yml", *why).code == 2
    assert (tmp_path / "notes.yml").read_text() == "mine: true\n"


def test_a_baseline_serves_from_any_folder(run, draft, accepted, tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert run("check", "../draft.md", "--baseline", "../known.yml", *accepted[2:]).code == 0
    (tmp_path / "tenderkit.toml").write_text('[check]\nbaseline = "known.yml"\n')
    assert run("check", draft, *accepted[2:]).code == 0


def test_comments_can_be_left_without_effect(run, draft, tmp_path):
    def counted(*options):
        value = json.loads(run("check", draft, "-f", "json", *options).out)
        return [found["code"] for found in value["documents"][0]["findings"] if found["accepted"] is None]

    assert counted() == ["TK401", "TK302"]
    assert counted("--no-inline") == ["TK401", "TK301", "TK302"]
    (tmp_path / "tenderkit.toml").write_text("[check]\ninline = false\n")
    assert counted() == ["TK401", "TK301", "TK302"]


def test_settings_ignore_by_file_and_change_severity(run, draft, tmp_path):
    (tmp_path / "tenderkit.toml").write_text(
        '[check]\nfail-on = "error"\nper-file-ignores = {"dr*.md" = ["currency"]}\nseverity = {TK302 = "note"}\n'
    )
    result = run("check", draft)
    assert (result.code, "TK401" in result.out, "TK302 note" in result.out) == (0, False, True)
    assert run("check", draft, "--fail-on", "note").code == 1


OUTCOMES = """\
kind: outcome-level
severity: warning
message: "{outcome} is only {reached}; the profile {profile} asks for {level}."
why: The council wants it.
instead: Say what will be done.
source: tenderkit
flags: [We test.]
passes: [We test.]
"""


def test_a_profile_is_asked_for_by_the_rules_that_read_it(run, draft, tmp_path, vocab):
    pack = tmp_path / "ours" / "profiles"
    pack.mkdir(parents=True)
    (pack / "XY001-profile.yml").write_text(OUTCOMES, encoding="utf-8")
    (tmp_path / "tenderkit.toml").write_text(
        '[check]\nrules = ["ours"]\nselect = ["profiles"]\nprofile = "service"\n'
        '[profiles.service]\ninclusion = "stated"\n[profiles.money]\nvalue = 1\ninclusion = 3\n'
    )
    found = json.loads(run("check", draft, "--vocab", vocab, "-f", "json").out)["documents"][0]["findings"]
    assert [one["message"] for one in found] == ["Inclusion is only absent; the profile service asks for stated."]
    found = json.loads(run("check", draft, "--vocab", vocab, "-f", "json", "--profile", "money").out)
    assert [one["message"].split(" is ")[0] for one in found["documents"][0]["findings"]] == ["Inclusion", "Value"]


def test_a_profile_is_read_strictly(run, draft, tmp_path):
    (tmp_path / "tenderkit.toml").write_text('[profiles.service]\ninclusoin = "stated"\n')
    result = run("check", draft)
    assert (result.code, result.err[:53]) == (2, "tenderkit.toml:2: No outcome 'inclusoin'. Did you mea")


def test_json_says_why_a_finding_does_not_count_and_keeps_to_the_schema(run, draft, accepted):
    value = json.loads(run("check", draft, *accepted, "-f", "json").out)
    jsonschema.validate(value, schema())
    law, date, price = value["documents"][0]["findings"]
    assert (law["baselined"], date["baselined"], price["baselined"]) == (True, False, True)
    assert law["accepted"] == {
        "by": "baseline", "reason": "Law is reviewed.", "owner": "A. Brook", "expires": "2026-12-31",
    }  # fmt: skip
    assert (date["accepted"]["by"], date["line"]) == ("inline", 5)


def test_sarif_has_suppressions_lines_and_states(run, draft, accepted):
    draft.write_text(LATER, encoding="utf-8")
    value = json.loads(run("check", draft, *accepted[:2], "--today", "2027-01-01", "-f", "sarif").out)
    Sarif.model_validate(value)  # somebody else's reading of the standard
    law, date, price, new = value["runs"][0]["results"]
    assert [result["baselineState"] for result in (law, date, price, new)] == ["unchanged", "new", "unchanged", "new"]
    assert "suppressions" not in law  # it expired
    assert (date["suppressions"][0]["kind"], price["suppressions"][0]["kind"]) == ("inSource", "external")
    assert price["suppressions"][0]["justification"] == "accepted (B. Lee): Open."
    lines = [result["locations"][0]["physicalLocation"]["region"]["startLine"] for result in (law, date, price, new)]
    assert lines == [3, 5, 7, 9]
    assert len({result["partialFingerprints"]["tenderkit/v1"] for result in (law, date, price, new)}) == 4


def test_junit_has_failures_and_skipped_tests_that_others_can_read(run, draft, accepted, tmp_path):
    draft.write_text(LATER, encoding="utf-8")
    (tmp_path / "good.md").write_text("# 1 Terms\n\nThe term ends on 1 April 2030.\n", encoding="utf-8")
    report = run("check", draft, "good.md", "none.docx", *accepted, "-f", "junit").out
    suites = list(JUnitXml.fromstring(report.encode()))
    assert [(suite.name, suite.tests, suite.failures, suite.errors) for suite in suites] == [
        ("draft.md", 4, 1, 0), ("good.md", 1, 0, 0), ("none.docx", 1, 0, 1),
    ]  # fmt: skip
    tree = ET.fromstring(report)  # noqa: S314 - our own
    assert [skipped.get("message") for skipped in tree.iter("skipped")][1:] == [
        "accepted by a comment in the document: set at signing", "accepted (B. Lee): Open.",
    ]  # fmt: skip


def test_gitlab_and_github_tell_accepted_findings_as_notices(run, draft, accepted):
    draft.write_text(LATER, encoding="utf-8")
    issues = json.loads(run("check", draft, *accepted, "-f", "gitlab").out)
    assert [(issue["check_name"], issue["severity"], issue["location"]["lines"]["begin"]) for issue in issues] == [
        ("TK401", "info", 3), ("TK301", "info", 5), ("TK302", "info", 7), ("TK301", "critical", 9),
    ]  # fmt: skip
    assert len({issue["fingerprint"] for issue in issues}) == 4
    lines = run("check", draft, *accepted, "-f", "github").out.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::notice", "::notice", "::notice", "::error"]
    assert lines[0].endswith("(accepted until 2026-12-31 (A. Brook): Law is reviewed.)")


@pytest.mark.parametrize("form", list(Format))
def test_every_format_tells_of_a_comment_without_effect(run, draft, form):
    draft.write_text(DRAFT.replace(" set at signing", ""), encoding="utf-8")
    result = run("check", draft, "-f", form.value)
    assert "gives no reason, so it has no effect" in " ".join(result.out.split())
    assert result.code == 1


def test_statistics_count_what_is_not_accepted(run, draft, accepted):
    assert run("check", draft, "--statistics").out.splitlines()[:-1] == [
        "    1  TK302 left-open",
        "    1  TK401 data-protection-act-1998",
    ]
    assert run("check", draft, *accepted, "--statistics").out.count("\n") == 1


@pytest.mark.parametrize("old", ["old.json", "before.md", "before", "HEAD"])
def test_what_is_new_is_told_since_findings_a_document_a_folder_or_a_commit(run, draft, tmp_path, old):
    run("check", draft, "-f", "json", "-o", tmp_path / "old.json")
    (tmp_path / "before.md").write_text(DRAFT, encoding="utf-8")
    (tmp_path / "before").mkdir()
    (tmp_path / "before" / "draft.md").write_text(DRAFT, encoding="utf-8")
    git = ["git", "-c", "user.email=a@example.org", "-c", "user.name=A", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "draft.md"], ["commit", "-qm", "Draft"]):
        subprocess.run([*git, *command], cwd=tmp_path, check=True)
    unchanged = run("check", draft, "--diff", old)
    assert (unchanged.code, unchanged.out.startswith("Nothing new found in 1 document (read as a ")) == (0, True)
    assert unchanged.out.endswith("; 3 left out that were there before.\n")
    draft.write_text(f"# 1 Aims\n\nWe aim high.\n\n{LATER.replace('1 Terms', '2 Terms')}", encoding="utf-8")
    result = run("check", draft, "--diff", old)
    assert result.code == 1
    assert result.out.splitlines()[1] == "  TK301 error, line 13, 2 Terms"
    assert result.out.endswith("1 finding in 1 document: 1 error; 3 left out that were there before.\n")


def test_a_file_that_a_commit_did_not_have_is_new(run, draft, tmp_path):
    for command in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "Nothing"]):
        subprocess.run(
            ["git", "-c", "user.email=a@example.org", "-c", "user.name=A", "-c", "commit.gpgsign=false", *command],
            cwd=tmp_path, check=True,
        )  # fmt: skip
    assert run("check", draft, "--diff", "HEAD").out.endswith("; 1 accepted.\n")


@pytest.mark.parametrize("old", ["nowhere", "--upload-pack=x", "other.json"])
def test_an_earlier_state_that_is_none_is_wrong_usage(run, draft, tmp_path, old):
    (tmp_path / "other.json").write_text('{"schema": "other"}')
    result = run("check", draft, f"--diff={old}")
    assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)


def test_explain_tells_why_a_rule_is_there_and_what_to_do_instead(run, draft):
    out = run("explain", "TK402").out
    assert out.startswith("TK402 public-contracts-regulations\n")
    assert "\nWhy: " in out
    assert "\nInstead: " in out
    assert run("explain", draft).err == (
        f"tenderkit: Which outcome is to be explained? Name it: tenderkit explain {draft} --outcome ID.\n"
    )
    assert run("explain", "TK9O2").code == 2


@pytest.mark.parametrize(("options", "code"), [((), 0), (("--min-score", "99"), 1), (("--require", "inclusion"), 1)])
def test_score_shares_the_exit_codes(run, draft, options, code):
    assert run("score", draft, *options).code == code
    assert run("score", draft, "none.docx", *options).code == 3
    assert run("score", draft, "--require", "inclusoin").code == 2


def test_the_settings_say_what_every_document_is_taken_for(run, draft, tmp_path):
    (tmp_path / "tenderkit.toml").write_text('as = "strategy"\n')
    assert run("check", draft).out.startswith("draft.md (read as a strategy)\n")
    assert run("check", draft, "--as", "tender").out.startswith("draft.md (read as a tender)\n")


def test_a_comment_on_a_rule_that_is_ignored_in_its_file_is_left_alone(run, draft, tmp_path):
    (tmp_path / "tenderkit.toml").write_text('[check]\nper-file-ignores = {"draft.md" = ["TK301"]}\n')
    assert "accepts nothing" not in run("check", draft).out
    assert "accepts nothing" not in run("check", draft, "--ignore", "TK301").out


@pytest.mark.parametrize("word", ["TK3O1", "tk3o1", "TK30l"])
def test_a_code_that_was_mistyped_is_offered_rightly(run, draft, word):
    assert "Did you mean 'TK301'?" in run("check", draft, "--select", word).err


@pytest.mark.parametrize(("typed", "meant"), [("tk301", "TK301"), ("Template", "template")])
def test_capitals_make_no_difference(run, draft, typed, meant):
    assert run("check", draft, "--select", typed).out == run("check", draft, "--select", meant).out


def test_programs_find_a_file_that_was_named_by_its_whole_way(run, draft, tmp_path, monkeypatch):
    (tmp_path / "it").mkdir()
    draft.rename(tmp_path / "it" / "draft.md")
    assert "::error file=it/draft.md,line=3," in run("check", tmp_path / "it", "-f", "github").out
    monkeypatch.chdir(tmp_path / "it")
    assert "::error file=draft.md,line=3," in run("check", "../it", "-f", "github").out
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert "::error file=draft.md,line=3," in run("check", "../it/draft.md", "-f", "github").out


def test_statistics_are_for_people(run, draft):
    assert run("check", draft, "--statistics", "-f", "sarif").code == 2
