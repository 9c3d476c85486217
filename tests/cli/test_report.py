import pytest


@pytest.fixture
def report(run, vocab, tmp_path, monkeypatch):
    """Run `tenderkit report` in a folder of its own."""
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return lambda *arguments, **options: run("report", *arguments, "--vocab", vocab, **options)


def test_a_report_is_written_and_it_says_where(report, bid, tmp_path):
    result = report(bid)
    assert (result.code, result.err) == (0, "")
    assert result.out == "The report is in report.html. Open it in a browser.\n"
    assert (tmp_path / "work" / "report.html").read_bytes().startswith(b"<!doctype html>")


def test_it_is_what_score_writes_as_html(report, run, vocab, bid, tmp_path):
    file = tmp_path / "there.html"
    report(bid, "-o", file)
    assert run("score", bid, "--vocab", vocab, "--format", "html").out == file.read_text(encoding="utf-8")


def test_standard_output_gets_the_page_alone(report, bid):
    result = report(bid, "-o", "-")
    assert result.out.startswith("<!doctype html>")
    assert result.out.endswith("</html>\n")


def test_an_earlier_report_gives_way_and_nothing_else_does(report, bid, tmp_path):
    assert report(bid).code == report(bid).code == 0
    file = tmp_path / "work" / "report.html"
    file.write_text("<p>My own page.</p>")
    result = report(bid)
    assert (result.code, file.read_text()) == (2, "<p>My own page.</p>")
    assert "is no report of ours. Name another file with --output." in result.err


def test_it_never_replaces_a_document(report, bid):
    assert report(bid, "-o", bid).code == 2


def test_a_document_that_cannot_be_read_gives_3_and_stands_in_the_report(report, bid, tmp_path):
    result = report(bid, tmp_path / "missing.pdf")
    assert (result.code, result.err) == (3, "tenderkit: missing.pdf: there is no such file; check the name\n")
    assert "there is no such file; check the name" in (tmp_path / "work" / "report.html").read_text(encoding="utf-8")


def test_where_nothing_could_be_read_an_earlier_report_stays(report, bid, tmp_path):
    report(bid)
    page = tmp_path / "work" / "report.html"
    before = page.read_bytes()
    result = report(tmp_path / "bidd.md")
    assert (result.code, result.out) == (3, "")
    assert page.read_bytes() == before


def test_one_outcome_can_be_asked_for_and_must_exist(report, bid, tmp_path):
    assert report(bid, "--outcome", "valeu").code == 2
    assert report(bid, "--outcome", "value").code == 0
    page = (tmp_path / "work" / "report.html").read_text(encoding="utf-8")
    assert "Value only" in page


def test_a_report_can_be_weighed_and_made_against_a_tender_as_by_score(report, run, vocab, bid, tmp_path):
    tender = tmp_path / "tender.md"
    tender.write_text("# Requirements\n\nThe supplier must test every release with a screen reader.\n")
    for options in (["--weights", "value=2"], ["--tender", tender], ["--against", tender]):
        file = tmp_path / "there.html"
        assert report(bid, *options, "-o", file).code == 0
        scored = run("score", bid, "--vocab", vocab, *options, "--format", "html").out
        assert scored == file.read_text(encoding="utf-8")


def test_a_name_of_a_file_writes_no_escape_codes_to_the_screen(report, bid, tmp_path):
    result = report(bid, "-o", tmp_path / "r\x1b[31m\u202e.html")
    assert result.code == 0
    assert "\x1b" not in result.out + result.err
    assert "\u202e" not in result.out + result.err


def test_a_score_of_one_outcome_is_no_mean(run, vocab, bid, tmp_path):
    tender = tmp_path / "tender.md"
    tender.write_text("# Requirements\n\nThe supplier must test every release with a screen reader.\n")
    assert "that of the one outcome below" in run("score", bid, "--vocab", vocab, "--against", tender).out
