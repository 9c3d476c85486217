import unicodedata
from dataclasses import replace

import pytest

from tenderkit.reports import Format, render
from tenderkit.reports.wording import STATUSES, answered

# colour, a link, a C1 control, direction, NUL, backspace, delete, the markup of Rich
ESCAPES = (
    "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07link\x07 \x9b2J "
    "\u202eright\u2066 \x00\x08\x7f [bold]x[/] :smile:"
)


def test_one_document_is_as_the_golden_file_shows(one, golden):
    golden("one.txt", render(one, Format.TEXT))


def test_several_documents_are_compared_first(several, golden):
    golden("several.txt", render(several, Format.TEXT))


def test_the_summary_of_twelve_outcomes_would_fit_a_screen(one):
    summary, _, _ = render(one, Format.TEXT).partition("\n\n\n")
    twelve = len(summary.splitlines()) - len(one.scheme.outcomes) + 12
    assert twelve <= 26


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_asked(several, width):
    assert max(map(len, render(several, Format.TEXT, width=width).splitlines())) <= width


def test_a_long_name_of_an_outcome_takes_a_second_line_and_no_number_is_cut(one):
    [document] = one.documents
    long = tuple(
        replace(outcome, label=f"{outcome.label}, responsible consumption and production")
        for outcome in document.scorecard.outcomes
    )
    report = replace(one, documents=(replace(document, scorecard=replace(document.scorecard, outcomes=long)),))
    summary, _, _ = render(report, Format.TEXT, width=80).partition("\n\n\n")
    for outcome in long:
        told = f"{outcome.score:.1f}  {outcome.status.value:<7}  {answered(outcome)} of {len(outcome.themes)} themes"
        assert told in summary


def test_a_status_is_always_a_word_and_colour_only_repeats_it(one):
    plain, coloured = render(one, Format.TEXT), render(one, Format.TEXT, colour=True)
    assert "\x1b[" not in plain
    assert "\x1b[" in coloured
    for word in ("partial", "gap", "measured", "only mentioned", "not mentioned", "declined"):
        assert word in plain


def test_a_long_quote_is_cut_at_a_word(one):
    quoted = render(one, Format.TEXT).split("Free to leave: stated")[1]
    assert "every …”" in quoted or "open …”" in quoted or "format …”" in quoted or "document …”" in quoted


@pytest.mark.parametrize("form", [Format.TEXT, Format.MARKDOWN, Format.JSON, Format.JSONL])
def test_a_gap_of_a_partly_unread_document_says_so(one, form):
    assert "3 of 44 pages could not be read: an answer may stand there." in render(one, form)


def test_outcome_limits_the_detail_but_not_the_summary(one):
    told = render(one, Format.TEXT, outcome="value")
    assert "Savings that arrive: only mentioned" in told
    assert "Usable by disabled people" not in told
    assert "Inclusion  " in told


def test_quiet_is_one_line_a_document(several):
    assert render(several, Format.TEXT, quiet=True).splitlines() == [
        "bid.pdf: 27.5 (covered 2, partial 0, thin 0, gap 1), not read: 3 of 44 pages",
        "pack/locked.pdf: not read: it is locked; save it without a password",
    ]


def test_escape_codes_in_a_document_never_reach_the_terminal(make_hostile):
    for options in ({}, {"quiet": True}):
        told = render(make_hostile(ESCAPES, path=f"{ESCAPES}.md"), Format.TEXT, **options)
        unseen = {character for character in told if unicodedata.category(character) in {"Cc", "Cf"}}
        assert unseen == {"\n"}


def test_markup_of_rich_in_a_document_is_shown_as_it_is(make_hostile):
    told = render(make_hostile("[bold red]x[/] :smile: [link=https://evil.example]y[/link]"), Format.TEXT)
    assert "[bold red]x[/] :smile:" in told


def test_the_width_of_the_terminal_changes_nothing(one, monkeypatch):
    before = render(one, Format.TEXT)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert render(one, Format.TEXT) == before


def test_where_nothing_was_read_no_legend_stands_under_it(several):
    unread = several.documents[1]
    for documents in ((unread,), (unread, unread)):
        told = render(replace(several, documents=documents), Format.TEXT)
        assert STATUSES not in told
        assert "tenderkit explain" not in told
    assert STATUSES in render(several, Format.TEXT)
