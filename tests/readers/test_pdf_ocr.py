"""Pages that are pictures: unread, or recognised by a program that is installed, when that is asked for."""

import stat
import sys
from io import BytesIO

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tenderkit.document import Recognised
from tenderkit.readers import read
from tenderkit.readers.pdf_ocr import find_ocr

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def table(*lines):
    """Make the table that tesseract writes, of lines of words; a line below another by 60 pixels."""
    rows = [HEAD]
    for number, line in enumerate(lines, start=1):
        for place, (text, confidence) in enumerate(line, start=1):
            box = (300 + 200 * place, 600 + 60 * number, 180, 42)
            rows.append("\t".join(map(str, (5, 1, 1, 1, number, place, *box, confidence, text))))
    return "\n".join(rows)


@pytest.fixture
def scan():
    """A PDF whose second page is a picture."""
    picture = BytesIO(b"P5 2 2 255\n\x00\xff\xff\x00")
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    canvas.drawString(72, 700, "We will test every release.")
    canvas.showPage()
    canvas.drawImage(ImageReader(picture), 0, 0, *A4)
    canvas.save()
    return stream.getvalue()


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Install a program of a name that runs these lines of Python, and nothing else beside it."""
    monkeypatch.setenv("PATH", str(tmp_path))

    def install(name, *lines):
        program = tmp_path / name
        program.write_text("\n".join([f"#!{sys.executable}", "import sys, pathlib, time", *lines]))
        program.chmod(program.stat().st_mode | stat.S_IXUSR)

    return install


def test_a_page_that_is_a_picture_is_unread_where_nobody_asks_for_recognition(scan, install):
    install("tesseract", f"print({table([('Recognised', 90)])!r})")
    document = read(scan, "bid.pdf")
    assert document.text == "We will test every release."
    assert [(unread.page, unread.why) for unread in document.unread] == [(2, "image only, no text layer")]


def test_tesseract_is_given_a_picture_and_its_confidence_is_kept(scan, install):
    lines = table([("We", 96), ("will", 90), ("publish", 84)], [("every", 70), ("decision.", 60)])
    install("tesseract", "assert sys.stdin.buffer.read(2) == b'P5'", f"print({lines!r})")
    document = read(scan, "bid.pdf", ocr=find_ocr(60))
    assert document.text == "We will test every release.\nWe will publish every decision."
    assert document.blocks[1].anchor.page == 2
    assert document.recognised == (Recognised(2, "tesseract", 80.0),)
    assert (document.unread, document.pages_read) == ((), 2)
    assert document.notes == (
        "Text recognised in pictures by tesseract, with whatever it misread: page 2; confidence 80 of 100.",
    )


def test_ocrmypdf_serves_where_there_is_no_tesseract(scan, install):
    install(
        "ocrmypdf",
        "text = sys.argv[sys.argv.index('--sidecar') + 1]",
        "pathlib.Path(text).write_text('We will publish\\nevery decision.\\n\\nOur prices\\f')",
    )
    document = read(scan, "bid.pdf", ocr=find_ocr(60))
    assert [block.text for block in document.blocks[1:]] == ["We will publish every decision.", "Our prices"]
    assert document.recognised == (Recognised(2, "ocrmypdf", None),)


def test_a_page_scanned_sideways_is_read_in_the_order_of_the_program(scan, install):
    row = "5\t1\t1\t1\t{0}\t{1}\t{2}\t{3}\t40\t180\t90\t{4}"
    words = [("We", 1, 1), ("will", 1, 2), ("publish", 1, 3), ("decisions.", 2, 1), ("All", 2, 2), ("of", 2, 3)]
    rows = [HEAD, *(row.format(line, word, 600 - 60 * line, 300 + 200 * word, text) for text, line, word in words)]
    text = "\n".join(rows)
    install("tesseract", f"print({text!r})")
    assert read(scan, "bid.pdf", ocr=find_ocr(60)).blocks[1].text == "We will publish decisions. All of"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("sys.exit('no language data')", "tesseract failed on it (no language data)"),
        ("time.sleep(30)", "tesseract ran out of time on it; raise it with --timeout"),
    ],
    ids=["a failure", "no end"],
)
def test_a_page_that_the_program_cannot_read_stays_unread_and_says_why(scan, install, line, says):
    install("tesseract", line)
    document = read(scan, "bid.pdf", ocr=find_ocr(1 if "sleep" in line else 60))
    assert [unread.why for unread in document.unread] == [f"image only, no text layer; {says}"]
    assert document.text == "We will test every release."


def test_without_time_left_the_program_is_not_started(scan, install):
    install("tesseract", "pathlib.Path(sys.argv[0] + '.started').touch()")
    (unread,) = read(scan, "bid.pdf", ocr=find_ocr(0)).unread
    assert "no time left" in unread.why


def test_where_no_program_is_installed_there_is_none(install):
    assert install
    assert find_ocr(60) is None
