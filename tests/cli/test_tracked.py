"""The view of tracked changes, from the command line into every report."""

import csv
import io
import json

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

FINAL, ORIGINAL = "the final view was read", "the original view was read"


@pytest.fixture
def draft(tmp_path):
    """A Word file in which "We will make savings." was changed into "We will test with a screen reader."."""
    document = docx.Document()
    paragraph = document.add_paragraph("We will ")
    for tag, text, kind in (("del", "make savings.", "delText"), ("ins", "test with a screen reader.", "t")):
        change = f'<w:{tag} {nsdecls("w")} w:id="1" w:author="A"><w:r><w:{kind}>{text}</w:{kind}></w:r></w:{tag}>'
        paragraph._p.append(parse_xml(change))
    document.save(tmp_path / "draft.docx")
    return str(tmp_path / "draft.docx")


def test_text_prints_the_view_that_is_asked_for_and_says_which(run, draft):
    result = run("text", draft)
    assert (result.out, FINAL in result.err) == ("We will test with a screen reader.", True)
    result = run("text", draft, "--tracked", "original")
    assert (result.out, ORIGINAL in result.err) == ("We will make savings.", True)


def test_explain_and_score_follow_it(run, vocab, draft):
    explained = run("explain", draft, "--outcome", "value", "--vocab", vocab, "--tracked", "original").out
    assert ORIGINAL in explained
    assert "1 passage counted" in explained
    scored = json.loads(run("score", draft, "--vocab", vocab, "--tracked", "original", "--format", "json").out)
    assert [outcome["score"] for outcome in scored["documents"][0]["outcomes"]] == [0.0, 60.0]


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "markdown", "csv"])
def test_every_format_says_which_view_was_read(run, vocab, draft, form):
    for view, told in (("final", FINAL), ("original", ORIGINAL)):
        result = run("score", draft, "--vocab", vocab, "--tracked", view, "--format", form)
        assert result.code == 0
        assert told in " ".join(result.out.split())


def test_programs_can_tell_the_view_without_reading_a_sentence(run, vocab, draft):
    report = json.loads(run("score", draft, "--vocab", vocab, "--format", "json").out)
    assert report["documents"][0]["tracked"] == "final"
    rows = csv.DictReader(io.StringIO(run("score", draft, "--vocab", vocab, "--format", "csv").out))
    assert {row["tracked"] for row in rows} == {"final"}
    assert "tracked changes: final" in run("score", draft, "--vocab", vocab, "--quiet").out


def test_the_settings_file_can_ask_for_it(run, draft, tmp_path):
    (tmp_path / "tenderkit.toml").write_text('tracked = "original"\n')
    assert run("text", draft).out == "We will make savings."
    assert run("text", draft, "--tracked", "final").out == "We will test with a screen reader."


def test_a_view_that_is_none_is_refused(run, draft):
    assert run("text", draft, "--tracked", "both").code == 2
