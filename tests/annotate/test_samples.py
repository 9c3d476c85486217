"""Whole documents come back with all their notes, and read and score as before."""

from pathlib import Path

import pytest

from tenderkit.annotate import docx, pdf
from tenderkit.annotate.notes import Sort, Wishes, find_notes
from tenderkit.assess import ready_assessor
from tenderkit.batch import Options
from tenderkit.document import Kind, Trace
from tenderkit.readers import read
from tenderkit.vocabulary import load_vocabulary

FILES = sorted([*Path(__file__).parents[1].glob("formats/*.docx"), *Path(__file__).parents[1].glob("formats/*.pdf")])


@pytest.fixture(scope="module")
def assessor():
    return ready_assessor(load_vocabulary())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_document_with_all_its_notes_reads_and_scores_as_before(file, assessor):
    data, trace = file.read_bytes(), Trace()
    document = read(data, file.name, trace=trace)
    report = assessor.assess(document)
    notes = find_notes(report, Wishes(every=True))
    assert {Sort.SUMMARY, Sort.EVIDENCE, Sort.OPEN} <= {note.sort for note in notes}
    writer = docx if file.suffix == ".docx" else pdf
    after = read(writer.write(data, report, trace, notes, Options()).data, file.name)
    assert (after.text, after.blocks, after.hidden, after.unread) == (
        document.text, document.blocks, document.hidden, document.unread,
    )  # fmt: skip
    assert assessor.assess(after).scorecard == report.scorecard


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_trace_leads_back_from_every_block_and_changes_nothing(file):
    trace = Trace()
    document = read(file.read_bytes(), file.name, trace=trace)
    assert read(file.read_bytes(), file.name) == document
    assert len(trace.blocks) == len(document.blocks)
    pairs = zip(trace.blocks, document.blocks, strict=True)
    assert all(source for source, block in pairs if block.kind is not Kind.RUNNING)
