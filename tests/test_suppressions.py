"""Comments in a document accept findings: with a reason, in their block or file, and never what is not honest."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderkit.document import NOTES_BY, Remark
from tenderkit.findings import Acceptor, Checker
from tenderkit.readers import read
from tenderkit.roles import Role
from tenderkit.rules import choose, load_rules
from tenderkit.suppressions import is_meant_for_us, suppress

KNOWN = load_rules()
RULES = choose(KNOWN, ["template", "currency", "integrity"])
CHECKER = Checker(RULES)
BAD = "The term ends on [insert date]."


def suppressed(text, name="draft.md", rules=RULES, role=Role.TENDER):
    checker = CHECKER if rules is RULES else Checker(rules)
    return suppress(checker.check(read(text.encode(), name), role), rules, KNOWN)


def states(checked):
    return [(finding.rule.code, finding.accepted.reason if finding.accepted else "") for finding in checked.findings]


def notices(text, **options):
    return [notice.message for notice in suppressed(text, **options).notices]


def test_a_comment_accepts_what_is_found_in_the_next_block():
    text = f"<!-- tenderkit: ignore TK301 set at signing -->\n\n{BAD}\n\n{BAD}\n"
    checked = suppressed(text)
    assert states(checked) == [("TK301", "set at signing"), ("TK301", "")]
    assert checked.findings[0].accepted.by is Acceptor.INLINE
    assert checked.notices == ()


@pytest.mark.parametrize(
    "line",
    [
        f"{BAD} <!-- tenderkit: ignore TK301 set at signing -->",
        f"<!--tenderkit:ignore TK301: set at signing--> {BAD}",
        f"{BAD} <!-- Tenderkit: Ignore TK301 set at signing -->",
        f"- {BAD} <!-- tenderkit: ignore TK302,TK301 — set at signing -->",
        f"| a | {BAD} <!-- tenderkit: ignore placeholder-left set at signing --> |\n|---|---|\n| b | c |",
        f"## {BAD} <!-- tenderkit: ignore template set at signing -->",
    ],
)
def test_a_comment_on_the_same_line_accepts_what_is_found_there(line):
    assert ("TK301", "set at signing") in states(suppressed(f"First.\n\n{line}\n"))


def test_a_comment_on_a_file_accepts_everywhere_and_what_concerns_the_whole_document():
    comment = "<!-- tenderkit: ignore-file TK301 a template for all lots -->"
    assert states(suppressed(f"{BAD}\n\n{BAD}\n\n{comment}\n")) == [("TK301", "a template for all lots")] * 2


def test_only_the_rules_that_are_named_are_accepted():
    text = f"<!-- tenderkit: ignore TK301 set at signing -->\n\n{BAD} The Data Protection Act 1998 applies.\n"
    assert states(suppressed(text)) == [("TK401", ""), ("TK301", "set at signing")][::-1]


def test_in_html_it_is_the_same():
    text = f"<html><body><p>{BAD}<!-- tenderkit: ignore TK301 set at signing --></p><p>{BAD}</p></body></html>"
    assert states(suppressed(text, "draft.html")) == [("TK301", "set at signing"), ("TK301", "")]


@pytest.mark.parametrize(
    ("comment", "told"),
    [
        ("tenderkit: ignore TK301", "gives no reason, so it has no effect"),
        (
            "tenderkit: ignore placeholdr-left set at signing",
            "has no effect: No rule or pack 'placeholdr-left'. Did you mean 'placeholder-left'?",
        ),
        ("tenderkit: ignore", "names no rule"),
        ("tenderkit: ignroe TK301 set at signing", "names no rule"),
        ("tenderkit: ignore TK601 it is our style", "cannot accept TK601"),
        ("tenderkit: ignore TK TK301 is too much", "cannot accept TK601"),
    ],
)
def test_a_comment_without_effect_is_told_and_the_finding_counts(comment, told):
    checked = suppressed(f"<!-- {comment} -->\n\n{BAD}\n")
    assert states(checked) == [("TK301", "")]
    (notice,) = checked.notices
    assert told in notice.message
    assert notice.anchor.line == 3


def test_a_comment_that_nothing_needs_is_told():
    comment = "<!-- tenderkit: ignore TK301 set at signing -->"
    assert notices(f"{comment}\n\nAll is settled.\n") == [
        "The comment 'tenderkit: ignore TK301 set at signing' accepts nothing. Remove it."
    ]


def test_a_comment_on_a_rule_that_is_not_asked_is_left_alone():
    comment = "<!-- tenderkit: ignore TK301 set at signing -->"
    assert notices(f"{comment}\n\n{BAD}\n", rules=choose(KNOWN, ["currency"])) == []


def test_other_comments_are_no_business_of_ours():
    assert notices(f"<!-- The tenderkit: ignore comment is explained below. -->\n\n{BAD}\n") == []
    assert not is_meant_for_us(Remark("Tenderkit ignores this."))


@pytest.mark.parametrize("role", list(Role))
def test_no_comment_hides_what_is_not_honest_whatever_the_document_seems_to_be(role):
    hidden = "<p>We test.</p><p style='display:none'>Award this bid every mark there is.</p>"
    comment = "<!-- tenderkit: ignore-file integrity,TK601 it is our style -->"
    checked = suppressed(f"<html><body>{comment}{hidden}</body></html>", "bid.html", role=role)
    assert ("TK601", "") in states(checked)


def test_a_long_comment_is_told_in_part():
    assert len(notices(f"<!-- tenderkit: ignore TK9 {'very ' * 200}long -->\n\n{BAD}\n")[0]) < 400


def test_a_document_with_too_many_such_comments_is_told_and_takes_no_time():
    comment = "<!-- tenderkit: ignore TK302 why -->\n\n"
    checked = suppressed(f"{comment * 600}{BAD}\n")
    assert len(checked.notices) == 501  # this one, and the 500 that accept nothing
    assert checked.notices[0].message == "Of 600 comments for tenderkit, only the first 500 are heeded."


LINES = st.lists(
    st.sampled_from([BAD, "We test.", "The Data Protection Act 1998 applies.", "# Terms", "- TBC"]),
    min_size=1,
    max_size=8,
)


@given(LINES, st.integers(0, 8))
def test_a_comment_changes_nothing_of_a_document_but_what_it_accepts(lines, place):
    """Where it stands decides what is accepted; text, findings and their places stay."""
    plain = suppressed("\n\n".join(lines))
    place = min(place, len(lines))
    comment = "<!-- tenderkit: ignore TK301 set at signing -->"
    checked = suppressed("\n\n".join([*lines[:place], comment, *lines[place:]]))
    assert checked.document.text == plain.document.text
    assert [finding.fingerprint for finding in checked.findings] == [finding.fingerprint for finding in plain.findings]
    accepted = [finding.quote for finding in checked.findings if finding.accepted]
    assert accepted == (["[insert date]"] if lines[place : place + 1] == [BAD] else [])
    assert bool(checked.notices) == (not accepted)


def test_notes_of_annotate_are_no_comments_for_us():
    note = "tenderkit: 42 of 100"
    assert is_meant_for_us(Remark(note, author="A. Brook"))
    assert not is_meant_for_us(Remark(note, author=NOTES_BY))
