"""What can be checked, found by the lists of a vocabulary; whole sentences are in `stances/measured.yml`."""

import pytest

from tenderkit.measures import MeasureFinder, load_measures

OURS = load_measures()


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("The board meets monthly, and reports twice a year.", ["monthly", "twice a year"]),
        ("On every page at least once every quarter.", ["at least once every quarter"]),
        ("See page 4 each year.", ["each year"]),
        ("Under the Kenya Data Protection Act (2019) and GDPR.", ["Kenya Data Protection Act (2019)", "GDPR"]),
        ("The Act of 2019 requires it.", ["of 2019"]),
        ("Within four (4) hours, or ten \\(10\\) days.", ["four (4) hours", "ten \\(10\\) days"]),
        ("Item 10 (3) For services see page 4.", []),
        ("Upon one month’s written notice, or 30 days' notice.", ["one month’s", "30 days"]),
        ("The council may leave on a year's notice.", ["a year's"]),
        ("Cover is 24/7/365; RTO 4h, RPO 15 min.", ["24/7/365", "4h", "15 min"]),
        (
            "At least 70+ parts, a minimum of five roles, a reading age of 12.",
            ["At least 70+", "a minimum of five", "reading age of 12"],
        ),
        ("At least one of these, and at least 30 working days.", ["30 working days"]),
        (
            "Under the MIT licence; tested for 508 compliance and against OWASP.",
            ["MIT licence", "508 compliance", "OWASP"],
        ),
        (
            "Built to the Mobility Data Specification, as CSV, within at most one working day.",
            ["Mobility Data Specification", "CSV", "at most one working day"],
        ),
        ("The Standard applies, and so do Our Data Standards, the HR policy and all IT standards.", []),
        (
            "Under DHSS Source Code Policy, 18F accessibility guidelines and 45 C.F.R. 164.504.",
            ["DHSS Source Code Policy", "18F accessibility guidelines", "C.F.R. 164.504"],
        ),
        ("We will use it every day, for every user, in the annual report.", []),
        (
            "Support: 8:00 AM to 5:00 PM, 08:00-18:00, 9am to 5pm; mended within 2-192 days, in a one-week sprint.",
            ["8:00 AM to 5:00 PM", "08:00-18:00", "9am to 5pm", "2-192 days", "one-week"],
        ),
        ("Cut by a third, and by day 30, with 50+ responses.", ["by a third", "day 30", "50+ responses"]),
        ("Checked by a third party from day one, as they do on day 1.", []),
        ("As the Policy dated July 10, 2018 and the Executive Order of May 9, 2013 say; due July 10.", ["July 10"]),
        ("The DHSS IT standard staffing hours, as FCO policy reporting says.", []),
        ("Pricing model (5%): no more than 20%, and uptime (99.9%).", ["20%", "99.9%"]),
        ("By the Code of Virginia § 18.2-186.6.", ["§ 18.2-186.6"]),
        (
            "Some 1,200 such small local providers use 40 of our online forms, under the Records Act of 1998.",
            ["1,200 such small local providers", "40 of our online forms", "Records Act of 1998"],
        ),
        (
            "By the Met Office's data sharing guidance; the Town Clerk's own policy and our team's standards are none.",
            ["Met Office's data sharing guidance"],
        ),
        ("The ISO standard for records, by NHS policy, under 800-53.", ["ISO standard", "NHS policy", "800-53"]),
    ],
)
def test_what_is_found(text, measures):
    found = list(OURS.find(text))
    assert [each.text for each in found] == measures
    assert all(text[each.start : each.end] == each.text for each in found)


def test_a_vocabulary_of_before_finds_what_it_did():
    lists = {
        name: words
        for name, words in OURS.lists.items()
        if name not in {"how_often", "periods", "laws", "standards_end", "standards_of", "formats"}
    }
    text = "Each year in Leeds 2019 we meet monthly, once a week, under the Data Act 2018, with 3 schools."
    assert [each.text for each in MeasureFinder(lists).find(text)] == ["3 schools"]
