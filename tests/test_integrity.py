"""What was written for a counting machine is told, and honest text is left in peace."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import tenderkit
from tenderkit.assess import Assessor
from tenderkit.copied_text import Copy, CopyKind
from tenderkit.copies import Originals, words_of
from tenderkit.document import DocumentBuilder, Kind, passage
from tenderkit.integrity import KINDS, find_notes
from tenderkit.readers import read
from tenderkit.reports.json import schema
from tenderkit.roles import Role
from tenderkit.vocabulary import load_vocabulary

SAMPLES = Path(__file__).parent.parent / "samples"
HONEST = sorted({*SAMPLES.glob("bid-strong.*"), *SAMPLES.glob("tender.*"), *SAMPLES.glob("contract.*")})


@cache
def assessor():
    return Assessor(load_vocabulary())


def notes(*paragraphs, role=Role.BID, kind=Kind.PARAGRAPH):
    builder = DocumentBuilder()
    for text in paragraphs:
        builder.add(kind, text)
    report = assessor().assess(builder.finish("bid.txt", "text/plain", ""), role)
    return [note.kind.value for note in report.integrity], report.scorecard.score


def test_the_stuffed_sample_earns_nothing_and_shows_every_kind_of_stuffing():
    report = assessor().assess(read((SAMPLES / "bid-stuffed.md").read_bytes(), "bid-stuffed.md"))
    assert report.scorecard.score == 0
    assert {note.kind.value for note in report.integrity} == {
        "copied names", "keyword list", "repeated paragraph", "copied framework", "copied question",
    }  # fmt: skip
    tender = read((SAMPLES / "tender.docx").read_bytes(), "tender.docx")
    report = assessor().assess(read((SAMPLES / "bid-stuffed.md").read_bytes(), "bid-stuffed.md"), tender=tender)
    assert report.scorecard.score == 0
    assert sum(note.kind.value == "copied tender" for note in report.integrity) >= 5


@pytest.mark.parametrize("path", [path for path in HONEST if path.suffix != ".svg"], ids=lambda path: path.name)
def test_honest_samples_have_nothing_to_tell(path):
    assert assessor().assess(read(path.read_bytes(), path.name)).integrity == ()


def test_an_honest_bid_that_knows_its_tender_has_nothing_to_tell_and_loses_nothing():
    bid = read((SAMPLES / "bid-strong.pdf").read_bytes(), "bid-strong.pdf")
    tender = read((SAMPLES / "tender.docx").read_bytes(), "tender.docx")
    alone, beside = assessor().assess(bid), assessor().assess(bid, tender=tender)
    assert beside.integrity == ()
    assert beside.scorecard.score == alone.scorecard.score > 30


def test_a_kind_of_copy_is_written_in_one_place_and_told_under_its_own_name():
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in Path(tenderkit.__file__).parent.rglob("*.py"))
    constants = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    written = Counter(node.value for node in constants)
    document = passage("We will test every release.")
    for kind in CopyKind:
        assert written[kind.value] == 1
        (note,) = find_notes(document, (), copies=[Copy(kind, 0, 7, "it repeats", outright=True)])
        assert note.kind is kind
    assert sorted(schema()["$defs"]["integrity"]["properties"]["kind"]["enum"]) == sorted(KINDS)


def test_a_document_is_no_copy_of_itself():
    tender = read((SAMPLES / "tender.docx").read_bytes(), "tender.docx")
    report = assessor().assess(tender, Role.BID, tender=tender)
    assert "copied tender" not in {note.kind.value for note in report.integrity}


@pytest.mark.parametrize(
    "promise",
    [
        "We will maintain the privacy and security of all personal information.",
        "We will offer social value: local jobs and apprenticeships for 12 people, and spending with small firms.",
        "We will run user research, assisted digital sessions and accessibility audits before each launch.",
    ],
)
def test_a_promise_of_several_things_is_no_list_of_keywords(promise):
    kinds, score = notes(promise)
    assert kinds == []
    assert score > 0


@pytest.mark.parametrize("role", [Role.BID, Role.CONTRACT])
def test_a_cue_within_a_term_makes_no_statement_of_a_list(role):
    assert notes("full fibre, data standards authority, do more with less", role=role)[1] == 0


@pytest.mark.parametrize(
    "listed",
    [
        "We will provide full fibre, open data, webcasting, responsible AI, digital skills and social value.",
        "We will provide full fibre and open data and webcasting and responsible AI and social value.",
        "Full fibre | open data | webcasting | responsible AI | digital skills | social value",
    ],
)
def test_a_chain_of_keywords_is_one_even_behind_a_promise(listed):
    assert notes(listed) == (["keyword list"], 0)


def test_words_of_ones_own_beside_copied_ones_count():
    definition = load_vocabulary().outcome("services").definition
    kinds, score = notes(f"We will test with screen readers by March 2027. {definition}")
    assert kinds == ["copied framework"]
    assert score > 0


def test_a_repeated_paragraph_is_told_for_a_bid_only():
    said = (
        "We will test every single release with disabled people who use screen readers and other assistive technology."
    )
    other = "The hall was painted green."
    assert notes(said, other, said, other, said)[0] == ["repeated paragraph"] * 2
    assert notes(said, other, said, other, said, role=Role.TENDER)[0] == []
    assert notes(said, other)[0] == []


def test_names_of_outcomes_are_found_over_bullets_and_not_in_a_sentence_that_uses_three():
    names = [outcome.prefLabel for outcome in load_vocabulary().outcomes]
    assert notes(*names, kind=Kind.LIST_ITEM) == (["copied names"], 0)
    assert notes("Good data leads to better services and better value for everybody who lives here.")[0] == []


def test_a_copy_is_found_behind_soft_hyphens_and_capitals():
    asks = load_vocabulary().outcomes[0].themes[0].asks
    assert notes(asks.upper().replace("E", "E\u00ad").rstrip("?"))[0] == ["copied framework"]


def test_the_longest_copy_wins_where_two_overlap():
    originals = Originals([("short", "one two three four five"), ("long", "zero one two three four five six")])
    (stretch,) = originals.find(words_of("zero one two three four five six").texts)
    assert stretch.name == "long"


def test_nothing_is_told_of_an_empty_document():
    assert find_notes(DocumentBuilder().finish("", "", ""), []) == ()
