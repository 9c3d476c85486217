"""What makes an answer, and what a bid makes of a requirement."""

from dataclasses import replace
from functools import cache

import pytest

from tenderkit.assess import Assessor
from tenderkit.compliance import Status
from tenderkit.document import passage
from tenderkit.trace import trace
from tenderkit.vocabulary import load_vocabulary


@cache
def assessor():
    return Assessor(load_vocabulary())


def status(tender, bid):
    (one,) = trace(passage(tender), [passage(bid)], assessor()).requirements
    return one.status


ASKED = "R7 The supplier must test every release with disabled users."


@pytest.mark.parametrize(
    ("bid", "expected"),
    [
        ("We will test every release with disabled users.", Status.COMMITTED),
        ("Every release is tested with twelve disabled users.", Status.COMMITTED),
        ("We hope to test some releases with disabled users.", Status.PARTLY),
        ("We will not test any release with disabled users.", Status.DECLINED),
        ("The supplier must test every release with disabled users.", Status.ECHOED),
        ("The council will test every release with disabled users.", Status.PARTLY),
        ("Our office stands beside the old mill.", Status.UNANSWERED),
    ],
)
def test_a_status_says_what_the_bid_makes_of_the_requirement(bid, expected):
    assert status(ASKED, bid) is expected


@pytest.mark.parametrize(
    ("reply", "expected"),
    [("Yes", Status.COMMITTED), ("Partial", Status.PARTLY), ("Not compliant", Status.DECLINED)],
)
def test_the_reply_in_a_compliance_table_decides(reply, expected):
    table = f"No. | Requirement | Compliance\nR7 | The supplier must test every release with disabled users. | {reply}"
    assert status(ASKED, table) is expected


def test_a_part_of_a_requirement_that_nothing_answers_makes_it_partly_met_and_is_named():
    tender = "Accounts must be protected by multi-factor authentication; paper archives must be destroyed by shredding."
    bid = "We will protect accounts by multi-factor authentication."
    (one,) = trace(passage(tender), [passage(bid)], assessor()).requirements
    assert one.status is Status.PARTLY
    assert "paper archives must be destroyed by shredding" in one.answers[0].why[-1]


def test_the_same_number_ties_an_answer_to_its_requirement():
    tender = "R1 The supplier must provide a helpline.\nR2 The supplier must provide a lift."
    bid = "# R1\nWe will answer calls from 08:00.\n# R2\nWe will install one from Otis."
    found = trace(passage(tender), [passage(bid)], assessor()).requirements
    assert [one.answers[0].quote for one in found] == [
        "We will answer calls from 08:00.",
        "We will install one from Otis.",
    ]
    assert "the same number, R1" in found[0].answers[0].why


def test_numbers_of_a_bids_own_are_not_taken_for_the_tenders():
    tender = "R1 The supplier must test releases with users.\nR2 The supplier must encrypt all backups."
    bid = "# R1\nWe will encrypt all backups each night.\n# R2\nWe will test all releases with users each week."
    found = trace(passage(tender), [passage(bid)], assessor()).requirements
    assert [one.answers[0].quote for one in found] == [
        "We will test all releases with users each week.",
        "We will encrypt all backups each night.",
    ]


def test_with_several_bids_the_status_is_the_gravest_and_each_has_its_own():
    one_bid, other = passage("We will test every release with disabled users."), passage("Our office is by the mill.")
    (one,) = trace(passage(ASKED), [_named(one_bid, "a.md"), _named(other, "b.md")], assessor()).requirements
    assert one.status is Status.UNANSWERED
    assert dict(one.statuses) == {"a.md": Status.COMMITTED, "b.md": Status.UNANSWERED}


def _named(document, path):
    return replace(document, path=path)
