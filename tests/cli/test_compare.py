import json
from pathlib import Path

import openpyxl
import pytest


@pytest.fixture
def compare(run, vocab):
    return lambda *arguments, **options: run("compare", *arguments, "--vocab", vocab, **options)


@pytest.fixture
def other(tmp_path):
    file = tmp_path / "other.md"
    file.write_text("We will make savings of £5,000 a year.\n\nA screen reader is a useful thing.\n")
    return str(file)


def test_bids_stand_side_by_side_with_the_best_quote_of_each(compare, bid, other):
    result = compare(bid, other)
    assert (result.code, result.err) == (0, "")
    assert "Usable by disabled people: A measured; B only mentioned" in result.out
    assert "A “We will test every release with a screen reader by March 2027.”" in result.out
    assert "B “A screen reader is a useful thing.”" in result.out


def test_columns_stand_in_the_order_of_the_arguments(compare, bid, other):
    def paths(*arguments):
        return [each["path"] for each in json.loads(compare(*arguments, "-f", "json").out)["bids"]]

    assert paths(other, bid) == ["other.md", "bid.md"]
    assert paths(bid, other) == ["bid.md", "other.md"]


def test_files_of_the_same_name_are_told_apart_by_their_folders(compare, tmp_path):
    for name in ("ours", "theirs"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "bid.md").write_text(f"We will make savings. {name}")
    result = compare(tmp_path / "theirs" / "bid.md", tmp_path / "ours" / "bid.md", "-f", "json")
    assert [each["path"] for each in json.loads(result.out)["bids"]] == ["theirs/bid.md", "ours/bid.md"]
    assert str(tmp_path) not in result.out


def test_a_bid_that_cannot_be_read_is_a_column_that_says_so(compare, bid, tmp_path):
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 nothing")
    result = compare(bid, tmp_path / "broken.docx")
    assert result.code == 3
    assert "B  broken.docx" in result.out
    assert "could not be read" in result.out
    assert result.err.startswith("tenderkit: broken.docx: ")


def test_a_workbook_is_written_to_a_file(compare, bid, other, tmp_path):
    result = compare(bid, other, "--format", "xlsx", "--output", tmp_path / "bids.xlsx")
    assert (result.code, result.out, result.err) == (0, "", "")
    assert openpyxl.load_workbook(tmp_path / "bids.xlsx").sheetnames[0] == "Bids"


def test_a_workbook_is_not_written_to_a_terminal(compare, bid, other, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    result = compare(bid, other, "--format", "xlsx")
    assert result.code == 2
    assert "--output" in result.err


def test_weights_and_a_single_outcome_are_taken(compare, bid, other):
    result = compare(bid, other, "--weights", "value=0", "--outcome", "inclusion", "-f", "json")
    shown = json.loads(result.out)
    assert [each["score"] for each in shown["bids"]] == [100.0, 0.0]
    assert [len(each["themes"]) for each in shown["outcomes"]] == [1, 0]
    assert compare(bid, other, "--outcome", "inclusio").code == 2


def test_only_what_differs_is_shown_when_that_is_asked_for(compare, bid, other, tmp_path):
    assert "Usable by disabled people" in compare(bid, other, "--differences").out
    assert "Savings that arrive" in compare(bid, other, "--differences").out
    twin = tmp_path / "twin.md"
    twin.write_bytes(Path(bid).read_bytes())
    assert "Usable by disabled people" not in compare(bid, twin, "--differences").out


def test_one_document_is_nothing_to_compare(compare, bid):
    result = compare(bid, bid)
    assert (result.code, result.err.count("\n")) == (2, 1)


def test_a_name_that_leads_to_nothing_is_told_rather_than_counted(compare, tmp_path):
    (tmp_path / "empty").mkdir()
    for name, why in (("nosuch.pdf", "there is no such file"), ("empty", "the folder holds no document")):
        result = compare(tmp_path / name)
        assert (result.code, result.out) == (3, "")
        assert result.err.startswith(f"tenderkit: {name}: {why}")
        assert result.err.endswith("\ntenderkit: Name two documents or more.\n")
        assert "one document only" not in result.err


def test_a_tender_whose_words_a_bid_repeats_is_taken(compare, bid, other, tmp_path):
    tender = tmp_path / "tender.md"
    tender.write_text("We will test every release with a screen reader by March 2027.\n")
    result = compare(bid, other, "--tender", tender, "-f", "json")
    assert json.loads(result.out)["outcomes"][0]["themes"][0]["bids"][0]["level"] == 1


def test_the_same_bids_give_the_same_bytes(compare, bid, other, tmp_path):
    for name in ("one.xlsx", "two.xlsx"):
        compare(bid, other, "-f", "xlsx", "-o", tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_more_documents_than_stand_side_by_side_are_refused_in_a_line(compare, tmp_path):
    folder = tmp_path / "lot"
    folder.mkdir()
    for number in range(51):
        (folder / f"{number}.txt").write_text(f"We will make savings of £{number}.")
    result = compare(folder)
    assert (result.code, result.err) == (2, "tenderkit: 51 documents are too many side by side. Name 50 at the most.\n")


def test_what_is_planted_in_a_bid_does_nothing_in_a_workbook(compare, bid, tmp_path):
    planted = tmp_path / "=cmd.md"
    planted.write_text(
        "=HYPERLINK(\"http://evil.example\") we will make savings.\n\n+cmd|' /C calc'!A0 we will make savings.\n"
    )
    compare(bid, planted, "-f", "xlsx", "-o", tmp_path / "bids.xlsx")
    book = openpyxl.load_workbook(tmp_path / "bids.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any("HYPERLINK" in str(cell.value) or "calc" in str(cell.value) for cell in cells)  # the better quote
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell.hyperlink.target for cell in cells if cell.hyperlink and "evil" in str(cell.hyperlink.target)]
