import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent.parent.parent / "samples"


@pytest.fixture
def diff(run, vocab):
    return lambda *arguments, **options: run("diff", *arguments, "--vocab", vocab, **options)


@pytest.fixture
def redraft(tmp_path):
    file = tmp_path / "redraft.md"
    file.write_text("# 1 Our offer\n\nWe will test every release with a screen reader.\n\nWe will make savings.\n")
    return str(file)


def test_what_a_redraft_gained_and_lost_is_told_with_quotes(diff, bid, redraft):
    result = diff(bid, redraft)
    assert (result.code, result.err) == (0, "")
    assert "Score 50.0, now 60.0 (+10.0)" in result.out
    assert "Value: Savings that arrive: only mentioned, now stated (+30.0 points)" in result.out
    assert "Inclusion: Usable by disabled people: measured, now stated (-20.0 points)" in result.out
    assert "old “We will test every release with a screen reader by March 2027.”" in result.out


def test_a_loss_gives_1_when_that_is_asked_for(diff, bid, redraft):
    assert diff(bid, redraft).code == 0
    result = diff(bid, redraft, "--fail-on-loss")
    lost = "something was lost: Inclusion: Usable by disabled people: measured, now stated (-20.0 points)"
    assert (result.code, result.err) == (1, f"tenderkit: {lost}\n")
    assert diff(bid, bid, "--fail-on-loss").code == 0


def test_what_is_newly_declined_is_named_too(diff, bid, tmp_path):
    refusing = tmp_path / "refusing.md"
    refusing.write_text(f"{Path(bid).read_text()}\n\nOur price excludes any test with a screen reader.\n")
    result = diff(bid, refusing, "--fail-on-loss")
    lost = "something was lost: Inclusion: Usable by disabled people: measured, newly declined"
    assert (result.code, result.err) == (1, f"tenderkit: {lost}\n")


def test_the_points_that_are_printed_add_up(run):
    result = run("diff", SAMPLES / "bid-thin.docx", SAMPLES / "bid-thin-redraft.docx")
    (moved,) = re.findall(r"^Score .* \(([+-][\d.]+)\)$", result.out, re.MULTILINE)
    points = re.findall(r"\(([+-][\d.]+)\s+points\)", result.out)
    assert len(points) > 2
    assert sum(map(Decimal, points)) == Decimal(moved)


def test_versions_of_one_name_are_told_apart_by_their_folders(diff, tmp_path):
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "bid.md").write_text(f"We will make savings. {name}")
    result = diff(tmp_path / "old" / "bid.md", tmp_path / "new" / "bid.md", "-f", "json")
    told = json.loads(result.out)
    assert (told["old"]["path"], told["new"]["path"]) == ("old/bid.md", "new/bid.md")


def test_a_document_against_itself_has_changed_nothing(diff, bid):
    result = diff(bid, bid, "-f", "json")
    told = json.loads(result.out)
    assert (told["changed"], told["lost"], result.code) == (False, False, 0)


def test_a_version_that_cannot_be_read_gives_3(diff, bid, tmp_path):
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 nothing")
    result = diff(bid, tmp_path / "broken.docx", "--fail-on-loss")
    assert result.code == 3
    assert "broken.docx: not read" in result.out
    assert "tenderkit: broken.docx: " in result.err


def test_a_folder_of_many_is_refused_in_a_line(diff, bid, tmp_path):
    (tmp_path / "second.md").write_text("We will make savings.")
    result = diff(bid, tmp_path)
    assert (result.code, result.err.count("\n")) == (2, 1)


def test_the_second_draft_of_the_sample_answers_three_questions_and_drops_one(run):
    result = run("diff", SAMPLES / "bid-thin.docx", SAMPLES / "bid-thin-redraft.docx", "-f", "json")
    told = json.loads(result.out)
    assert {(each["outcome"], each["theme"]) for each in told["closed"]} == {
        ("inclusion", "accessibility"),
        ("inclusion", "skills"),
        ("security-and-resilience", "continuity-and-recovery"),
    }
    assert [each["theme"] for each in told["opened"]] == ["protective-controls"]
    assert told["lost"]
    assert told["old"]["score"] < told["new"]["score"]


def test_a_draft_in_another_format_is_the_same_draft(run, tmp_path):
    source = (SAMPLES / "source" / "bid-thin.md").read_text().split("---\n", 2)[2]
    (tmp_path / "thin.md").write_text(source)
    result = run("diff", SAMPLES / "bid-thin.docx", tmp_path / "thin.md", "-f", "json")
    told = json.loads(result.out)
    assert (told["gained"], told["fallen"]) == (0, 0)
