"""The hand-made keys: which requirements a tender has, and which paragraph of a bid answers each."""

from functools import cache
from pathlib import Path

import pytest
import yaml

from tenderkit.assess import Assessor
from tenderkit.compliance import Status
from tenderkit.readers import read
from tenderkit.trace import trace
from tenderkit.vocabulary import load_vocabulary

HERE = Path(__file__).parent
SAMPLES = HERE.parent.parent / "samples"
FOLDERS = {"first": SAMPLES, "second": HERE}
BIDS = {"first": ("bid-strong.pdf", "bid-thin.docx"), "second": ("second-response.md",)}


@cache
def assessor():
    return Assessor(load_vocabulary())


def read_file(folder, name):
    return read((folder / name).read_bytes(), name)


@cache
def key(name):
    return yaml.safe_load((HERE / f"{name}-key.yml").read_text(encoding="utf-8"))


@cache
def traced(name):
    folder = FOLDERS[name]
    bids = [read_file(folder, bid) for bid in BIDS[name]]
    return trace(read_file(folder, key(name)["tender"]), bids, assessor())


@cache
def pairs(name):
    """Return each requirement of the key with the one that was found, or None."""
    left = list(traced(name).requirements)
    found = []
    for wanted in key(name)["requirements"]:
        one = next((one for one in left if one.requirement.text.startswith(wanted["begins"])), None)
        if one:
            left.remove(one)
        found.append((wanted, one))
    return tuple(found)


NAMES = ("first", "second")


@pytest.mark.parametrize("name", NAMES)
def test_the_requirements_of_a_tender_are_found(name):
    hits = sum(one is not None for _, one in pairs(name))
    assert hits / len(traced(name).requirements) >= 0.94, "precision"
    assert hits / len(pairs(name)) >= 0.91, "recall"


@pytest.mark.parametrize("name", NAMES)
def test_strength_kind_and_number_are_those_of_the_key(name):
    for wanted, one in pairs(name):
        if one:
            found = one.requirement
            assert found.strength == wanted["strength"], found.text
            assert found.submission is (wanted["kind"] == "submission"), found.text
            assert found.number.strip("()") == wanted.get("number", "").strip("()"), found.text


@pytest.mark.parametrize("name", NAMES)
def test_every_requirement_is_a_quote_and_has_an_id_of_its_own(name):
    text = traced(name).tender.text
    requirements = [one.requirement for one in traced(name).requirements]
    assert all(text[one.start : one.end] == one.text and one.text for one in requirements)
    assert len({one.id for one in requirements}) == len(requirements)
    assert [one.start for one in requirements] == sorted(one.start for one in requirements)


def is_right(answer, document, beginnings):
    block = next(block for block in document.blocks if block.start <= answer.start <= block.end)
    return any(text.startswith(begins) for text in (block.text, *block.section) for begins in beginnings)


def test_four_of_five_answers_stand_at_rank_1():
    asked = right = 0
    for name in NAMES:
        documents = {bid.path: bid for bid in traced(name).bids}
        for wanted, one in pairs(name):
            for bid, beginnings in wanted.get("answers", {}).items():
                answers = one.answers_of(bid) if one else ()
                asked += 1
                right += bool(answers) and is_right(answers[0], documents[bid], beginnings)
    assert right / asked >= 0.8, f"{right} of {asked}"


def test_four_of_five_statuses_are_those_of_the_key():
    asked = right = 0
    for name in NAMES:
        for wanted, one in pairs(name):
            for bid, status in wanted.get("status", {}).items():
                asked += 1
                right += one is not None and one.status_of(bid) == status
    assert right / asked >= 0.8, f"{right} of {asked}"


def test_nearly_nothing_is_told_as_committed_that_is_not():
    wrong = [
        (bid, one.requirement.id)
        for name in NAMES
        for wanted, one in pairs(name)
        for bid, status in wanted.get("status", {}).items()
        if one and one.status_of(bid) is Status.COMMITTED and status != "committed"
    ]
    assert len(wrong) <= 1, wrong


def test_what_the_strong_bid_does_not_speak_of_is_named():
    by_id = {one.requirement.id: one.answers_of("bid-strong.pdf")[:1] for one in traced("first").requirements}
    assert "nothing found on “reading age of 9 to 11”" in by_id["R9a"][0].why
    assert "nothing found on “British Sign Language”" in by_id["R9b"][0].why
    assert by_id["R3"][0].quote.startswith("1\tCounters")
    assert "180 staff" in by_id["R27"][0].quote


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_is_a_quote_with_its_reasons(name):
    documents = {bid.path: bid for bid in traced(name).bids}
    for one in traced(name).requirements:
        for answer in one.answers:
            assert documents[answer.document].text[answer.start : answer.end] == answer.quote
            assert answer.why
            assert all(answer.why)


def test_a_strong_bid_has_fewer_gaps_than_a_thin_one():
    committed = {bid: traced("first").count(Status.COMMITTED, bid) for bid in BIDS["first"]}
    assert committed["bid-strong.pdf"] > 3 * committed["bid-thin.docx"]


def test_without_a_bid_the_author_learns_what_the_requirements_are_worth():
    found = trace(read_file(HERE, "second-tender.md"), (), assessor())
    by_id = {one.requirement.id: one.requirement.number for one in found.requirements}
    unclear = {by_id[one.requirement] for one in found.quality.unclear}
    duplicates = {frozenset({by_id[one.first], by_id[one.second]}) for one in found.quality.duplicates}
    assert unclear >= set(key("second")["quality"]["vague"])
    assert duplicates == {frozenset(pair) for pair in key("second")["quality"]["duplicates"]}
