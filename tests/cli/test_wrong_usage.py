import re

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
