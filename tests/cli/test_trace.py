import json

import jsonschema
import pytest

from tenderkit.reports.trace.json import schema

TENDER = """\
# 3 Requirements

R1 The supplier must test every release with a screen reader.

R2 The supplier must publish the savings each year.

R3 The supplier should plant a tree.

Bidders must submit one PDF.
"""
BID = """\
# R1

We will test every release with a screen reader by March 2027.

# R2

We could publish the savings of a year.
"""


@pytest.fixture
def files(tmp_path):
    folder = tmp_path / "procurement"
    folder.mkdir()
    (folder / "tender.md").write_text(TENDER)
    (folder / "bid.md").write_text(BID)
    return folder


@pytest.fixture
def trace(run, vocab, files):
    return lambda *arguments, **options: run("trace", files / "tender.md", *arguments, "--vocab", vocab, **options)


def test_a_bid_is_traced_requirement_by_requirement(trace, files):
    result = trace(files / "bid.md")
    assert (result.code, result.err) == (0, "")
    assert "1 unanswered, 0 declined, 0 echoed, 1 partly, 1 committed" in result.out
    assert result.out.index("R3") < result.out.index("R2") < result.out.index("R1")


def test_json_keeps_to_the_schema_and_every_quote_to_the_text(trace, run, files):
    value = json.loads(trace(files / "bid.md", "--format", "json").out)
    jsonschema.validate(value, schema())
    asked, said = run("text", files / "tender.md").out, run("text", files / "bid.md").out
    for one in value["requirements"]:
        assert one["text"] == asked[one["start"] : one["end"]]
        for answer in one["answers"]:
            assert answer["quote"] == said[answer["start"] : answer["end"]]
    assert [(one["id"], one["status"]) for one in value["requirements"]][:3] == [
        ("R3", "unanswered"),
        ("R2", "partly"),
        ("R1", "committed"),
    ]


def test_without_a_bid_the_author_is_told_what_nobody_asked_for(trace):
    result = trace()
    assert result.code == 0
    assert "Outcomes and questions that no requirement asks for" in result.out


@pytest.mark.parametrize(("status", "code"), [("unanswered", 0), ("partly", 1), ("committed", 1)])
def test_fail_on_ends_with_1_for_a_mandatory_requirement_with_that_status(trace, files, status, code):
    result = trace(files / "bid.md", "--fail-on", status)  # R3 is unanswered, and only desirable
    assert result.code == code
    assert ("bid.md: R2 is partly" in result.err) == (code == 1)


@pytest.mark.parametrize("options", [(), ("--fail-on", "unanswered")])
def test_a_tender_without_a_requirement_is_wrong_usage(run, vocab, files, options):
    (files / "tiny.txt").write_text("Good morning.")
    result = run("trace", files / "tiny.txt", files / "bid.md", *options, "--vocab", vocab)
    assert (result.code, result.out) == (2, "")
    assert "tiny.txt: no requirement was found in it. Is it the tender?" in result.err


def test_fail_on_without_a_bid_is_wrong_usage(trace):
    result = trace("--fail-on", "unanswered")
    assert (result.code, result.out) == (2, "")
    assert "--fail-on needs a bid" in result.err


def test_two_requirements_of_one_number_are_told_apart(trace, files):
    (files / "tender.md").write_text("R9 The supplier must plant a tree. The supplier must dig a pond.")
    result = trace(files / "bid.md", "--fail-on", "unanswered")
    assert "R9a" in result.out
    assert "bid.md: R9b is unanswered" in result.err


def test_what_is_met_has_its_reasons_too(trace, files):
    met = trace(files / "bid.md").out.partition("Committed:")[2]
    assert "“We will” (commitment)" in " ".join(met.split())


def test_a_bid_that_cannot_be_read_gives_3_and_the_others_are_traced(trace, files):
    (files / "broken.pdf").write_bytes(b"%PDF-1.7 nothing behind it")
    result = trace(files / "bid.md", files / "broken.pdf")
    assert result.code == 3
    assert "broken.pdf" in result.err
    assert "1 committed" in result.out


def test_a_tender_that_is_not_there_gives_3_and_one_line(run, vocab, tmp_path):
    result = run("trace", tmp_path / "none.docx", "--vocab", vocab)
    assert (result.code, result.out) == (3, "")
    assert result.err.count("\n") == 1


def test_a_workbook_and_a_page_are_written_to_files(trace, files):
    for name, begins in (("matrix.xlsx", b"PK"), ("matrix.html", b"<!doctype html>")):
        result = trace(files / "bid.md", "--format", name.rpartition(".")[2], "--output", files / name)
        assert (result.code, result.out) == (0, "")
        assert (files / name).read_bytes().startswith(begins)


def test_output_never_replaces_a_document(trace, files):
    assert trace(files / "bid.md", "--output", files / "bid.md").code == 2
    assert trace(files / "bid.md", "--output", files / "tender.md").code == 2
    assert (files / "bid.md").read_text() == BID


def test_the_order_of_the_bids_changes_nothing(trace, files):
    (files / "a.md").write_text("We do not plant trees.")
    one = trace(files / "bid.md", files / "a.md", "--format", "json")
    assert one == trace(files / "a.md", files / "bid.md", "--format", "json")


def test_score_against_a_tender_keeps_what_it_asks_for(run, vocab, files):
    result = run("score", files / "bid.md", "--against", files / "tender.md", "--vocab", vocab)
    assert result.code == 0
    assert "tender.md, whose 3 requirements ask for" in " ".join(result.out.split())


def test_an_outcome_required_but_not_asked_for_is_told(run, vocab, files):
    (files / "tender.md").write_text("The supplier must test every release with a screen reader.")
    options = ("--against", files / "tender.md", "--vocab", vocab, "--require", "value")
    result = run("score", files / "bid.md", *options)
    assert result.code == 1
    assert "value is not asked for by tender.md" in result.err


def test_a_tender_without_an_outcome_in_it_is_wrong_usage_in_one_line(run, vocab, files):
    (files / "tender.md").write_text("The supplier must wear a hat.")
    result = run("score", files / "bid.md", "--against", files / "tender.md", "--vocab", vocab)
    assert (result.code, result.out) == (2, "")
    assert result.err.count("\n") == 1


def test_a_bid_in_the_place_of_the_tender_is_told(run, vocab, files):
    bid, tender = files / "offer.md", files / "tender.md"
    bid.write_text("# Our response to your tender\n\nOur price is fixed. We will test every release.\n")
    told = "offer.md reads as a bid, for it says"
    assert told in run("trace", bid, tender, "--vocab", vocab).err
    assert told not in run("trace", tender, bid, "--vocab", vocab).err


def test_a_bid_and_a_tender_that_are_swapped_are_refused(run, vocab, files):
    bid, tender = files / "offer.md", files / "itt.md"
    bid.write_text("# Our response to your tender\n\nOur price is fixed. We will test every release.\n")
    tender.write_text("# Invitation to tender\n\nThe supplier must test. Bidders must submit one PDF.\n")
    result = run("trace", bid, tender, "--vocab", vocab)
    assert (result.code, result.out) == (2, "")
    assert "itt.md reads as a tender. Swap them" in " ".join(result.err.split())
    assert run("trace", tender, bid, "--vocab", vocab).code == 0
