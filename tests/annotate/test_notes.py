"""What is said beside a document, and where: one note a passage, one an outcome, no more than can be used."""

from pathlib import Path

import pytest

from tenderkit.annotate.notes import Sort, Wishes, find_notes
from tenderkit.assess import Assessor
from tenderkit.document import Kind
from tenderkit.evidence import Level
from tenderkit.readers import read
from tenderkit.vocabulary import load_vocabulary

SAMPLES = Path(__file__).parents[2] / "samples"
DRAFT = """# Our offer

We will test every release with the screen readers JAWS and NVDA by March 2027.

We will train staff in the new service.

We hope to lend tablets to residents.

# Prices

Our price excludes translation into community languages.
"""


@pytest.fixture(scope="module")
def assessor():
    return Assessor(load_vocabulary())


@pytest.fixture(scope="module")
def report(assessor):
    return assessor.assess(read((SAMPLES / "bid-thin.docx").read_bytes(), "bid-thin.docx"))


def test_there_is_one_note_for_each_outcome_with_open_questions_and_it_asks_them_all(report):
    notes = [note for note in find_notes(report) if note.sort is Sort.OPEN]
    open_outcomes = {gap.outcome for gap in report.scorecard.gaps}
    assert len(notes) == len(open_outcomes)
    asked = "\n".join(note.text for note in notes)
    assert all(gap.asks in asked for gap in report.scorecard.gaps)


def test_open_questions_stand_on_the_heading_over_what_speaks_of_them_most(report):
    headings = {block.start: block for block in report.document.blocks if block.kind is Kind.HEADING}
    for note in find_notes(report):
        if note.sort is Sort.OPEN and note.start is not None:
            assert note.end == headings[note.start].end


def test_an_outcome_without_a_word_is_asked_for_at_the_end(assessor):
    notes = find_notes(assessor.assess(read(DRAFT.encode(), "draft.md")))
    last = [note for note in notes if note.start is None]
    assert last
    assert {note.sort for note in last} == {Sort.OPEN}
    assert notes[-1].start is None


def test_a_statement_is_told_what_would_make_it_measured(assessor):
    notes = find_notes(assessor.assess(read(DRAFT.encode(), "draft.md")))
    by_level = {}
    for note in notes:
        by_level.setdefault(note.level, note.text)
    assert "to make it measured" in by_level[Level.STATED]
    assert "to make it" not in by_level[Level.MEASURED]


def test_notes_stand_beside_the_quotes_that_the_report_gives(report):
    quotes = {item.start: item.quote for outcome in report.scorecard.outcomes for theme in outcome.themes
              for item in theme.evidence}  # fmt: skip
    found = [note for note in find_notes(report) if note.sort is Sort.EVIDENCE]
    assert found
    assert all(report.document.text[note.start : note.end] == quotes[note.start] for note in found)


def test_only_the_best_passage_of_a_theme_has_a_note_unless_all_are_asked_for(assessor):
    report = assessor.assess(read((SAMPLES / "bid-strong.pdf").read_bytes(), "bid-strong.pdf"))
    few, many = find_notes(report), find_notes(report, Wishes(every=True))
    themes = [
        theme
        for note in few
        if note.sort is Sort.EVIDENCE
        for theme, part in zip(note.themes, note.parts, strict=True)
        if not part.head.endswith("please check")
    ]
    assert len(themes) == len(set(themes))
    assert len(many) > len(few)


def test_one_outcome_or_the_gaps_alone_can_be_asked_for(report):
    one = find_notes(report, Wishes(outcome="inclusion"))
    assert {outcome for note in one for outcome, _ in note.themes} == {"inclusion"}
    gaps = find_notes(report, Wishes(gaps_only=True))
    assert {note.sort for note in gaps} == {Sort.SUMMARY, Sort.OPEN}


def test_the_first_note_says_how_the_document_did(report):
    first = find_notes(report)[0]
    assert first.sort is Sort.SUMMARY
    assert f"{report.scorecard.score:.1f} of 100" in first.text
