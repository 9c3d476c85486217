"""A baseline accepts what was found, says why, and is found again whatever changes around it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderkit.baseline import Baseline, path_from, read_baseline
from tenderkit.document import passage
from tenderkit.errors import MistakesError, UsageError
from tenderkit.findings import Checker, CheckReport
from tenderkit.roles import Role
from tenderkit.rules import choose, load_rules

RULES = choose(load_rules(), ["template", "currency"])
CHECKER = Checker(RULES)
TODAY, LATER, EARLIER = date(2026, 12, 1), date(2027, 3, 31), date(2026, 11, 30)
BAD = "The term ends on [insert date]."
DRAFT = f"# 1 Terms\n{BAD}\n# 2 Law\nThe Data Protection Act 1998 applies."
HARMLESS = st.sampled_from(["We test.", "The kettle is warm.", "- Herons", "Nothing is settled here."])


def report(text, name="draft.md", rules=RULES):
    checker = CHECKER if rules is RULES else Checker(rules)
    checked = replace(checker.check(passage(text), Role.TENDER), file=f"/council/{name}")
    return CheckReport(tuple(rules), (checked,))


def renew(baseline, found, *, reason="Settled at signing.", owner="A. Brook", expires=LATER, today=TODAY):
    return baseline.renew(found, reason=reason, owner=owner, expires=expires, today=today)


@pytest.fixture
def baseline():
    return renew(Baseline(Path("/council/baseline.yml")), report(DRAFT)).baseline


def fingerprints(text):
    return [finding.fingerprint for finding in report(text).findings]


def test_what_is_accepted_is_marked_and_does_not_count(baseline):
    marked = baseline.mark(report(DRAFT), TODAY)
    assert [finding.accepted.reason for finding in marked.findings] == ["Settled at signing."] * 2
    assert marked.counted == ()


def test_a_new_defect_counts_beside_the_old_ones(baseline):
    marked = baseline.mark(report(f"{DRAFT}\nPrice: TBC"), TODAY)
    assert [finding.rule.code for finding in marked.counted] == ["TK302"]


def test_an_expired_entry_counts_again_and_keeps_its_reason_to_show(baseline):
    assert baseline.mark(report(DRAFT), LATER).counted == ()
    marked = baseline.mark(report(DRAFT), date(2027, 4, 1))
    assert [finding.lapsed.owner for finding in marked.counted] == ["A. Brook"] * 2


def test_an_entry_without_a_last_day_never_expires():
    forever = renew(Baseline(Path("/council/baseline.yml")), report(DRAFT), expires=None).baseline
    assert forever.mark(report(DRAFT), date(2999, 1, 1)).counted == ()


def test_an_entry_that_nothing_matches_is_stale(baseline):
    marked = baseline.mark(report("# 1 Terms\nAll is settled."), TODAY)
    assert [entry.code for entry in marked.stale] == ["TK301", "TK401"]


def test_an_entry_of_another_rule_or_document_is_not_stale_while_that_is_there(tmp_path):
    (tmp_path / "draft.md").write_text("here")
    found = report(DRAFT)
    found = replace(found, documents=(replace(found.documents[0], file=str(tmp_path / "draft.md")),))
    baseline = renew(Baseline(tmp_path / "baseline.yml"), found).baseline
    other = replace(report("We test."), documents=(replace(found.documents[0], file=str(tmp_path / "b.md")),))
    assert baseline.mark(other, TODAY).stale == ()
    fewer = replace(found, rules=choose(RULES, ["TK301"]), documents=(found.documents[0].keep(lambda _: False),))
    assert [entry.code for entry in baseline.mark(fewer, TODAY).stale] == ["TK301"]
    (tmp_path / "draft.md").unlink()
    assert len(baseline.mark(other, TODAY).stale) == 2


def test_writing_anew_keeps_reasons_drops_the_stale_and_renews_what_expired(baseline):
    renewed = renew(baseline, report(f"# 1 Terms\n{BAD}\nPrice: TBC"), reason="Second reason.")
    reasons = {entry.code: entry.acceptance.reason for entry in renewed.baseline.entries}
    assert reasons == {"TK301": "Settled at signing.", "TK302": "Second reason."}
    assert (renewed.new, renewed.dropped) == (1, 1)
    after = date(2027, 4, 1)
    later = renew(baseline, report(DRAFT), reason="Third reason.", expires=date(2027, 6, 30), today=after).baseline
    assert {entry.acceptance.reason for entry in later.entries} == {"Third reason."}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"reason": " "}, '2 findings would be new .* answers for it: --reason "...".'),
        ({"owner": ""}, "answers for it: --owner NAME."),
        ({"expires": EARLIER}, "--expires 2026-11-30 lies before today"),
    ],
)
def test_a_new_entry_needs_a_reason_an_owner_and_a_day_to_come(given, told):
    with pytest.raises(UsageError, match=told):
        renew(Baseline(Path("/council/baseline.yml")), report(DRAFT), **given)


def test_nothing_new_needs_no_reason(baseline):
    assert renew(baseline, report(DRAFT), reason="", owner="").new == 0


def test_a_baseline_comes_back_as_it_was_written(baseline, tmp_path):
    file = tmp_path / "baseline.yml"
    file.write_text(baseline.render(), encoding="utf-8")
    again = read_baseline(file)
    assert again.entries == baseline.entries
    assert again.render() == baseline.render()


@given(st.text(max_size=60), st.text(max_size=60), st.dates())
def test_any_words_come_back_as_they_were_written(tmp_path_factory, reason, owner, expires):
    if not reason.strip() or not owner.strip():
        return
    empty = Baseline(tmp_path_factory.getbasetemp() / "any.yml")
    written = renew(empty, report(DRAFT), reason=reason, owner=owner, expires=expires, today=date.min).baseline
    written.file.write_text(written.render(), encoding="utf-8", newline="\n")
    assert [entry.acceptance for entry in read_baseline(written.file).entries] == [
        entry.acceptance for entry in written.entries
    ]


@given(st.lists(HARMLESS, max_size=4), st.lists(HARMLESS, max_size=4), st.booleans())
def test_a_fingerprint_outlives_changes_elsewhere(before, after, new_section):
    first = ["# 1 Aims", "We aim high."] if new_section else []
    number = 2 if new_section else 1
    text = "\n".join([*before, *first, f"# {number} Terms", *after, BAD, *before, f"# {number + 1} Law", *after,
                      "The Data Protection Act 1998 applies.", *before])  # fmt: skip
    assert fingerprints(text) == fingerprints(DRAFT)


def test_the_same_words_twice_under_one_heading_have_two_fingerprints():
    assert len(set(fingerprints(f"# 1 Terms\n{BAD}\n{BAD}\n# 2 Law\n{BAD}"))) == 3


def test_a_fingerprint_changes_with_rule_words_and_heading():
    plain = fingerprints(f"# Terms\n{BAD}")
    assert plain != fingerprints(f"# Law\n{BAD}")
    assert plain != fingerprints("# Terms\nThe term ends on [insert day].")


def test_every_mistake_in_a_baseline_is_told_with_its_line(tmp_path):
    file = tmp_path / "baseline.yml"
    file.write_text(
        "schema: tenderkit/baseline/1\nfindings:\n- code: TK301\n  path: a.md\n  reason: old\n  fingerprint: ab\n"
        "  expires: next week\n- code: TK302\n  path: a.md\n  reason: old\n  owner: me\n  fingerprint: cd\n  until: x\n"
        "- code: TK303\n  path: a.md\n  reason: old\n  owner: me\n  fingerprint: cd\n  expires: 2027-13-01\n"
    )
    with pytest.raises(MistakesError) as caught:
        read_baseline(file)
    lines = str(caught.value).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["baseline.yml:3:", "baseline.yml:13:", "baseline.yml:19:"]
    assert "'owner' is missing" in lines[0]
    assert "No day. Write it as in 2027-03-31." in lines[2]


def test_a_day_may_stand_without_quotes(tmp_path):
    file = tmp_path / "baseline.yml"
    file.write_text(
        "schema: tenderkit/baseline/1\nfindings:\n- {code: TK301, path: a.md, reason: r, owner: o, fingerprint: f, "
        "expires: 2027-03-31}\n"
    )
    assert read_baseline(file).entries[0].acceptance.expires == LATER


def test_a_missing_file_and_one_of_another_kind_are_told(tmp_path):
    with pytest.raises(UsageError, match="There is no baseline"):
        read_baseline(tmp_path / "none.yml")
    other = tmp_path / "other.yml"
    other.write_text("schema: other/1\nfindings: []\n")
    with pytest.raises(MistakesError, match=r"other\.yml:1: Not a baseline that is known here"):
        read_baseline(other)


def test_paths_are_told_from_the_folder_of_the_baseline():
    checked = replace(report(DRAFT).documents[0], file="/council/templates/it/draft.md")
    assert path_from(Path("/council"), checked) == "templates/it/draft.md"
    assert path_from(Path("/council/templates/hr"), checked) == "../it/draft.md"
    assert path_from(Path("/council"), replace(checked, file="")) == checked.document.path


@given(st.lists(st.one_of(HARMLESS, st.sampled_from([BAD, "Price: TBC", "# 2 Law", "Pay | £XX,XXX"])), max_size=10))
def test_a_run_passes_after_its_baseline_was_written_and_nothing_is_stale(lines):
    found = report("\n".join(lines))
    baseline = renew(Baseline(Path("/council/baseline.yml")), found).baseline
    marked = baseline.mark(found, TODAY)
    assert (marked.counted, marked.stale) == ((), ())
    assert len(baseline.entries) == len(found.findings)
    assert renew(baseline, found).baseline == baseline
