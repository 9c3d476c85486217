import io
import json
import os
import sys
import zipfile

import pytest

from tenderkit import assess, batch, readers
from tenderkit.assess import DocumentReport
from tenderkit.document import Document, Unread
from tenderkit.reports import Format, render
from tenderkit.scoring import score
from tenderkit.verdict import judge
from tenderkit.vocabulary import Scheme

SCHEME = Scheme("tiny", "Tiny", "1", "https://example.org", (), {}, (), "5" * 64)


class Assessor:
    """Stands in for the real one: nothing is found, and a document that says "crash" shows how we fail."""

    made = 0

    def __init__(self, scheme, _matcher):
        type(self).made += 1
        self.scheme = scheme

    def assess(self, document, role=None, _weights=None, _tender=None, _against=None):
        if "crash" in document.text:
            message = "no such thing"
            raise KeyError(message)
        return DocumentReport(document, role or "bid", (), score(self.scheme, ()))


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    Assessor.made = 0
    monkeypatch.setattr(assess, "Assessor", Assessor)


def run(*paths, **options):
    return batch.assess_sources(batch.find_sources([str(path) for path in paths]), SCHEME, **options)


def told(report):
    return [
        (document.document.path, "; ".join(unread.why for unread in document.document.unread))
        for document in report.documents
    ]


@pytest.fixture
def pack(tmp_path):
    """A folder as people have them."""
    pack = tmp_path / "pack"
    for name in ("b.md", "a.txt", "lots/lot-1/c.md", ".git/d.md", "~$b.docx", "logo.png"):
        (pack / name).parent.mkdir(parents=True, exist_ok=True)
        (pack / name).write_text(f"We will test {name}.", encoding="utf-8")
    return pack


def test_a_folder_is_scanned_in_order_and_its_documents_are_named_from_it(pack):
    assert told(run(pack)) == [("a.txt", ""), ("b.md", ""), ("lots/lot-1/c.md", "")]


def test_a_file_is_named_by_its_own_name(pack):
    assert told(run(pack / "lots" / "lot-1" / "c.md")) == [("c.md", "")]


def test_the_same_file_is_taken_once(pack):
    assert told(run(pack, pack / "b.md", pack / "lots" / ".." / "b.md")) == told(run(pack))


def test_neither_the_order_of_arguments_nor_the_working_folder_matters(pack, monkeypatch):
    expected = render(run(pack / "a.txt", pack / "lots"), Format.JSON)
    monkeypatch.chdir(pack / "lots")
    assert render(run("../lots", "../a.txt"), Format.JSON) == expected
    assert str(pack) not in expected


def test_files_of_one_name_stand_in_the_order_of_their_content(tmp_path):
    for folder, words in (("x", "first"), ("y", "second")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "bid.md").write_text(words)
    one, other = (
        run(*order)
        for order in ((tmp_path / "x/bid.md", tmp_path / "y/bid.md"), (tmp_path / "y/bid.md", tmp_path / "x/bid.md"))
    )
    assert render(one, Format.JSON) == render(other, Format.JSON)


def test_one_bad_file_never_stops_the_others(pack):
    (pack / "empty.md").write_bytes(b"")
    (pack / "crash.md").write_text("crash")
    (pack / "noise.pdf").write_bytes(b"%PDF-1.7 nothing")
    report = run(pack, pack / "nix.pdf", pack / ".git" / "none")
    paths = dict(told(report))
    assert [path for path, why in paths.items() if not why] == ["a.txt", "b.md", "lots/lot-1/c.md"]
    assert paths["nix.pdf"] == "there is no such file; check the name"
    assert paths["crash.md"] == "tenderkit failed on this file: a bug of ours (KeyError). Please report it."
    assert "empty" in paths["empty.md"]
    assert all("\n" not in why for why in paths.values())


def test_a_bug_of_ours_is_handed_to_whoever_asks(pack):
    (pack / "b.md").write_text("crash")
    bugs = []
    run(pack, failed=bugs.append)
    assert [type(bug) for bug in bugs] == [KeyError]


def test_a_document_of_scans_only_has_no_score_of_nothing(pack, monkeypatch):
    scan = Document(
        "scan.pdf", "application/pdf", "a" * 64, "", (), 2, 0, (Unread(1, "image only"), Unread(2, "image only"))
    )
    monkeypatch.setattr("tenderkit.readers.read", lambda *_, **__: scan)
    report = run(pack / "a.txt")
    assert report.documents[0].scorecard is None
    assert judge(report).unreadable == ("scan.pdf: pages 1 to 2: image only",)


def test_a_document_without_any_text_is_not_scored(pack, monkeypatch):
    monkeypatch.setattr("tenderkit.readers.read", lambda *_, **__: Document("a.txt", "text/plain", "a" * 64, "", ()))
    assert told(run(pack / "a.txt")) == [("a.txt", "no text was found in it")]


def test_a_folder_without_documents_says_so(tmp_path):
    (tmp_path / "empty").mkdir()
    ((path, why),) = told(run(tmp_path / "empty"))
    assert (path, why.startswith("the folder holds no document")) == ("empty", True)


def test_no_assessor_is_made_when_nothing_could_be_read(tmp_path):
    run(tmp_path / "nix")
    assert Assessor.made == 0


def test_a_dash_is_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"We will test."), encoding="utf-8"))
    assert told(run("-", "-")) == [("-", "")]


def test_a_file_that_was_seen_but_not_read_keeps_its_fingerprint(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 nothing")
    document = json.loads(render(run(tmp_path / "a.pdf"), Format.JSON))["documents"][0]
    assert len(document["sha256"]) == 64
    assert document["score"] is None


@pytest.mark.skipif(os.name == "nt", reason="names are text on Windows")
def test_a_name_that_is_no_text_can_still_be_reported(tmp_path):
    name = os.fsdecode(b"bid-\xff.md")
    (tmp_path / name).write_text("We will test.")
    assert told(run(tmp_path / name)) == [("bid-?.md", "")]


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs symbolic links")
def test_a_folder_that_holds_itself_is_scanned_once(pack):
    (pack / "loop").symlink_to(pack, target_is_directory=True)
    assert told(run(pack)) == [("a.txt", ""), ("b.md", ""), ("lots/lot-1/c.md", "")]


@pytest.mark.parametrize("name", ["a" * 5000, "nul\0byte"])
def test_a_name_that_no_file_can_have_is_one_line(name):
    ((_, why),) = told(run(name))
    assert why


def test_a_pack_is_announced_once_though_a_document_in_it_broke_the_reader_down(tmp_path, monkeypatch):
    whole = readers.read

    def breaking(data, path, **means):
        return os._exit(7) if b"break" in data else whole(data, path, **means)

    monkeypatch.setattr(readers, "read", breaking)
    with zipfile.ZipFile(tmp_path / "pack.zip", "w") as archive:
        for name, words in (("a.txt", "We will test."), ("b.txt", "break"), ("c.txt", "We will save.")):
            archive.writestr(name, words)
    (tmp_path / "z.txt").write_text("We will plan.")
    announced = []
    report = run(tmp_path / "pack.zip", tmp_path / "z.txt", options=batch.Options(seconds=60), started=announced.append)
    assert [path for path, why in told(report) if why] == ["pack.zip/b.txt"]
    assert [path for path, _ in told(report)] == ["pack.zip/a.txt", "pack.zip/b.txt", "pack.zip/c.txt", "z.txt"]
    assert [source.path for source in announced] == ["pack.zip", "z.txt"]
