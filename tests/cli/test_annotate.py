"""`tenderkit annotate`: the user's own document back, with notes, and never in the place of another."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from lxml import etree

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(autouse=True)
def draft(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(SAMPLES / "bid-thin.docx", tmp_path / "draft.docx")
    return tmp_path / "draft.docx"


def comments(file):
    with zipfile.ZipFile(file) as archive:
        return etree.fromstring(archive.read("word/comments.xml"))


def test_the_draft_comes_back_with_comments_and_scores_as_before(run):
    result = run("annotate", "draft.docx", "-o", "out.docx")
    assert result.code == 0, result.err
    assert result.out.startswith("out.docx: ")
    assert len(comments("out.docx")) == int(result.out.split()[1])
    assert run("text", "out.docx").out == run("text", "draft.docx").out
    scores = [json.loads(run("score", name, "-f", "json").out)["documents"][0] for name in ("draft.docx", "out.docx")]
    for score in scores:
        del score["path"], score["sha256"]
    assert scores[0] == scores[1]


def test_the_same_draft_gives_the_same_bytes(run):
    run("annotate", "draft.docx", "-o", "one.docx")
    run("annotate", "draft.docx", "-o", "two.docx")
    assert Path("one.docx").read_bytes() == Path("two.docx").read_bytes()


def test_a_draft_annotated_again_has_no_note_twice(run):
    run("annotate", "draft.docx", "-o", "one.docx")
    run("annotate", "one.docx", "-o", "two.docx")
    assert len(comments("two.docx")) == len(comments("one.docx"))


def test_without_a_name_the_result_is_named_after_the_draft(run):
    assert run("annotate", "draft.docx", "--gaps-only").code == 0
    assert Path("draft.annotated.docx").is_file()


def test_neither_the_draft_nor_another_file_is_replaced(run, draft):
    before = draft.read_bytes()
    refused = run("annotate", "draft.docx", "-o", "draft.docx", "--force")
    assert refused.code == 2
    assert "one of the documents" in refused.err
    Path("out.docx").write_text("mine")
    refused = run("annotate", "draft.docx", "-o", "out.docx")
    assert refused.code == 2
    assert refused.err == "tenderkit: 'out.docx' exists already. Choose another file, or add --force to replace it.\n"
    assert draft.read_bytes() == before
    assert Path("out.docx").read_text() == "mine"
    assert run("annotate", "draft.docx", "-o", "out.docx", "--force").code == 0
    assert zipfile.is_zipfile("out.docx")


def test_a_file_does_not_get_the_name_of_another_format(run):
    result = run("annotate", "draft.docx", "-o", "out.pdf")
    assert result.code == 2
    assert "Name a .docx file" in result.err
    assert not Path("out.pdf").exists()


def test_another_format_a_folder_and_a_broken_file_are_one_clear_line(run, draft, bid):
    other = run("annotate", bid, "-o", "out.docx")
    assert (other.code, other.err.count("\n")) == (2, 1)
    assert "Save it as one." in other.err
    folder = run("annotate", str(draft.parent), "-o", "out.docx")
    assert (folder.code, folder.err.count("\n")) == (2, 1)
    Path("broken.docx").write_bytes(draft.read_bytes()[:3000])
    broken = run("annotate", "broken.docx", "-o", "out.docx")
    assert (broken.code, broken.err.count("\n")) == (3, 1)
    unknown = run("annotate", "draft.docx", "-o", "out.docx", "--outcome", "nowhere")
    assert (unknown.code, unknown.err.count("\n")) == (2, 1)
    assert not Path("out.docx").exists()


def test_a_pdf_comes_back_with_highlights_and_scores_as_before(run):
    shutil.copy(SAMPLES / "bid-strong.pdf", "bid.pdf")
    Path("back").mkdir()  # the name of a file says what it is, too
    result = run("annotate", "bid.pdf", "--outcome", "inclusion", "-o", "back/bid.pdf")
    assert result.code == 0, result.err
    assert Path("back/bid.pdf").read_bytes().startswith(Path("bid.pdf").read_bytes())
    assert run("text", "back/bid.pdf").out == run("text", "bid.pdf").out
    assert run("score", "back/bid.pdf").out.splitlines()[1:] == run("score", "bid.pdf").out.splitlines()[1:]


def test_standard_input_needs_a_name_for_the_result(run):
    shutil.copy(SAMPLES / "bid-strong.pdf", "bid.pdf")
    assert run("annotate", "-", "--gaps-only", stdin=Path("bid.pdf").read_bytes()).code == 2
    assert run("annotate", "-", "--gaps-only", "-o", "out.pdf", stdin=Path("bid.pdf").read_bytes()).code == 0
    assert Path("out.pdf").read_bytes().startswith(b"%PDF")


def test_notes_of_ours_are_no_comments_left_in_but_are_told(run):
    run("annotate", "draft.docx", "-o", "one.docx")
    before, after = (
        json.loads(run("check", name, "-f", "json").out)["documents"][0] for name in ("draft.docx", "one.docx")
    )
    assert [finding["message"] for finding in after["findings"]] == [
        finding["message"] for finding in before["findings"]
    ]
    told = run("check", "one.docx").out
    assert f"{len(comments('one.docx'))} notes of 'tenderkit annotate' in it" in " ".join(told.split())
    assert "notes of" not in run("check", "draft.docx").out


def test_a_name_of_a_file_writes_no_escape_codes_to_the_screen(run, draft):
    draft.rename("d\x1b[31m\u202e.docx")
    result = run("annotate", "d\x1b[31m\u202e.docx")
    assert result.code == 0
    assert "\x1b" not in result.out + result.err
    assert "\u202e" not in result.out + result.err
