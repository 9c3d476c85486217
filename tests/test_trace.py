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


# Words are told as rare by the rest of a bid.
BESIDE = """
Our office stands beside the old mill.
We bake bread on Fridays.
Lunch is served at noon.
Her brother plays chess in the park.
Snow fell early last winter.
The bridge was painted green.
"""


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


def test_why_an_answer_declines_is_told_in_the_word_of_its_status():
    bid = "We will not test any release with disabled users."
    (one,) = trace(passage(ASKED), [passage(bid)], assessor()).requirements
    assert one.answers[0].why[-1].endswith(f"({Status.DECLINED})")


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


@pytest.mark.parametrize(
    ("tender", "bid", "missing"),
    [
        (
            "The supplier should say how speakers of other languages and users of Makaton Signing Plus will be served.",
            "We will write for users and speakers of all languages in words that serve everybody.",
            "Makaton Signing Plus",
        ),
        (
            "Letters must be written in plain Welsh with a reading age of 7 to 8.",
            "We will write all letters in plain Welsh and test them with adult learners.",
            "reading age of 7 to 8",
        ),
        (
            "The supplier must answer callers within 15 minutes.",
            "We will answer all callers and lose no more than 15 minutes of data.",
            "15 minutes",
        ),
        ("The supplier must use Ruby on all servers to show maps.", "We will show maps on all servers.", "Ruby"),
        (
            "Managers must be able to see demand by ward, and to publish figures as open data.",
            "Managers will be able to see the demand by ward.",
            "to publish figures as open data",
        ),
        (
            "The supplier must give wardens clear guidance on how to enter parking fines, so that appeals are rare.",
            "We will give wardens a strongly typed language to enter.",
            "parking fines",
        ),
    ],
)
def test_a_name_a_number_or_most_of_the_words_that_no_answer_has_make_it_partly_met(tender, bid, missing):
    (one,) = trace(passage(tender), [passage(bid + BESIDE)], assessor()).requirements
    assert one.status is Status.PARTLY
    assert missing in one.answers[0].why[-1]
    assert one.answers[0].why[-1].startswith("nothing found on “")


@pytest.mark.parametrize(
    ("tender", "bid"),
    [
        (
            "All ward tenants' addresses must use the Unique Property Reference Number.",
            "We will key ward tenants' addresses to a UPRN.",
        ),
        (
            "All ward tenants' addresses must use the UPRN.",
            "We will key ward tenants' addresses to the Unique Property Reference Number.",
        ),
        ("The supplier must order a CREST or CHECK test each year.", "We will order a CREST test each year."),
        ("The supplier must use open source, such as Ruby, on all servers.", "We will use open source on all servers."),
        ("The supplier must answer callers within 15 minutes.", "We will answer callers in ten minutes."),
        ("The supplier must use three design techniques.", "We will use design techniques: sketches, talks, visits."),
        ("The supplier must offer documented open APIs.", "We will offer a documented open API."),
    ],
)
def test_what_is_named_or_counted_in_another_way_is_found(tender, bid):
    assert status(tender, bid + BESIDE) is Status.COMMITTED


def test_a_reply_in_a_compliance_table_answers_the_whole():
    table = "No. | Requirement | Compliance\nR7 | Test with disabled users. | Yes"
    assert (
        status("R7 The supplier must test every release with 40 disabled users of Makaton.", table) is Status.COMMITTED
    )


def test_the_best_answer_is_the_one_that_counts_what_is_asked_for():
    tender = (
        "The supplier must train 180 staff before launch and must transfer enough knowledge for staff to build forms."
    )
    bid = (
        "Knowledge transfer. Twelve super users will build the last ten forms themselves, with us beside them.\n"
        "Training. All 180 staff will receive two days of training, in groups of ten or fewer."
    )
    (one,) = trace(passage(tender), [passage(bid)], assessor()).requirements
    assert "180 staff" in one.answers[0].quote


def test_a_cell_is_read_behind_the_name_of_its_column():
    tender = "The supplier must answer priority 1 incidents within 15 minutes and restore service within four hours."
    rows = "Priority | Example | We respond | We restore\n1 | Sign-in is down | 10 minutes | 3 hours\n"
    bid = (
        rows + "3 | A fault with a workaround | 2 days | 4 hours\n\n"
        "We will restore in four hours, and lose 15 minutes of data."
    )
    (one,) = trace(passage(tender), [passage(bid)], assessor()).requirements
    assert one.answers[0].quote.startswith("1\tSign-in")


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
