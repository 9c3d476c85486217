"""The view of tracked changes, from the command line into every report."""

import csv
import io
import json

import docx
import pytest
from docx.enum.text import WD_BREAK
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


def test_a_page_that_word_recorded_is_told_as_approximate_wherever_it_is_told(run, vocab, tmp_path):
    document = docx.Document()
    document.add_paragraph("Our bid.").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("We will test with a screen reader.")
    document.add_paragraph().add_run("We promise savings.").font.hidden = True
    file = tmp_path / "bid.docx"
    document.save(file)
    for form in ("text", "markdown"):
        said = run("score", file, "--vocab", vocab, "--format", form).out
        assert said.count("about page 2") == 2
        assert " page 2" not in said.replace("about page 2", "")
    assert run("text", file, "--blocks").out.count("\tabout page 2\t") == 2
    assert "about page 2" in run("explain", file, "--outcome", "inclusion", "--vocab", vocab).out
    report = json.loads(run("score", file, "--vocab", vocab, "--format", "json").out)["documents"][0]
    evidence = report["outcomes"][0]["themes"][0]["evidence"][0]
    assert [(each["page"], each["page_approximate"]) for each in (evidence, report["hidden"][0])] == [(2, True)] * 2
    row = next(csv.DictReader(io.StringIO(run("score", file, "--vocab", vocab, "--format", "csv").out)))
    assert (row["page"], row["page_approximate"]) == ("2", "yes")
    assert row["hidden"].startswith("about page 2: ")
