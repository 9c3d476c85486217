import re
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("score bid.md --format pdf", r"--format: 'pdf' is not one of '.+'\. Try 'tenderkit score --help'\."),
        ("score bid.md --min-score fifty", r"--min-score.* valid (number|float).*\. Try 'tenderkit score --help'\."),
        ("score bid.md --formt json", r"There is no option --formt\. Did you mean '--format'\? Try 'tenderkit score.+"),
        ("report bid.md --format html", r"There is no option --format\. Try 'tenderkit report --help'\."),
        ("score", r"PATH is missing\. Try 'tenderkit score --help'\."),
        ("vocab fit lga-2022", r"--date is missing\. Try 'tenderkit vocab fit --help'\."),
        ("scroe bid.md", r"No such command 'scroe'.+ Try 'tenderkit --help'\."),
        ("explain bid.md --outcome", r"--outcome needs a value\. Try 'tenderkit explain --help'\."),
        ("vocab fit x --labels", r"--labels needs a value\. Try 'tenderkit vocab fit --help'\."),
        ("text bid.md another.md", r".*unexpected extra argument.*\. Try 'tenderkit text --help'\."),
        ("vocab fit lga-2022 --date 2026-01-01 --precision 3", r"--precision.+\. Try 'tenderkit vocab fit --help'\."),
    ],
)
def test_what_cannot_be_understood_gives_2_and_one_line_that_says_what_and_where_to_look(run, typed, told):
    result = run(*typed.split())
    assert (result.code, result.out) == (2, "")
    assert re.fullmatch(f"tenderkit: {told}\n", result.err)
    assert "Value error" not in result.err


@pytest.mark.parametrize("typed", ["", "vocab"])
def test_who_types_no_command_gets_the_help(run, typed):
    result = run(*typed.split())
    assert "Commands:" in result.out + result.err
    assert "tenderkit: " not in result.err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--diff", ""), "--diff is empty."),
        (("--reason", "agreed"), "--reason is for new entries of a baseline. Use it with --write-baseline."),
        (("--expires", "2027-01-01"), "--expires is for new entries of a baseline."),
    ],
)
def test_an_option_of_check_that_could_do_nothing_is_refused(run, bid, options, told):
    result = run("check", bid, *options)
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith(f"tenderkit: {told}")


def test_half_a_character_is_no_bug_of_ours(run, vocab, bid, tmp_path):
    assert run("vocab", "try", "We test \udcff screen readers.", "--vocab", vocab).code == 0
    assert run("vocab", "why-not", "value", "We test \udcff.", "--vocab", vocab).code == 0
    labels = tmp_path / "labels.jsonl"
    labels.write_text('{"text": "\\ud800 We test.", "outcomes": []}\n')
    result = run("evaluate", labels, "--vocab", vocab)
    assert result.code == 2
    assert f"{labels.name}:1: Half a character" in result.err
    baseline = tmp_path / "accepted.yml"
    accept = ("--write-baseline", baseline, "--reason", "caf\udce9", "--owner", "x\udce9")
    Path(bid).write_text("# T\n\n[insert date] is left.\n")
    check = ("check", bid, "--as", "tender", "--select", "TK301")
    assert run(*check, *accept).code == 0
    assert run(*check, "--baseline", baseline).code == 0
