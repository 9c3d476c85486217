"""
What reading a PDF costs beside PDFium's bare text extraction of it: `python tests/bench/pdf.py [FILE ...]`.

Without files, three documents of 100 pages are made, with headings, paragraphs, bullets, running headers and coloured
banners: one of prose, a bid with a table on every fourth page, and one with a table on every page, where PDFium has
least to do and we have most. Both are timed in one run, in turn, and the fastest of several rounds counts. It ends
with 1 where a ratio is above the bound.
"""

import argparse
import sys
import time
from io import BytesIO
from pathlib import Path

import pypdfium2
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import ListFlowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from tenderkit.readers import read

BOUND = 2.5
SENTENCE = (
    "We will test every release with people who use assistive technology, publish what they found, and mend what "
    "stops them within five working days. "
)


def header(canvas, template):
    canvas.setFillColorRGB(0.1, 0.2, 0.4)
    canvas.rect(0, A4[1] - 40, A4[0], 40, stroke=0, fill=1)
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(72, A4[1] - 26, "A bid for the library")
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawString(280, 20, f"Page {template.page}")


def make(pages, tables):
    """Return a document of *pages* pages, each so many of which one has a table; 0 for none."""
    styles = getSampleStyleSheet()
    story = []
    for number in range(1, pages + 1):
        story += [
            Paragraph(f"{number} Method {number}", styles["Heading1"]),
            *(Paragraph(SENTENCE * 4, styles["BodyText"]) for _ in range(4)),
            ListFlowable([Paragraph(SENTENCE, styles["BodyText"]) for _ in range(3)], bulletType="bullet"),
        ]
        if tables and number % tables == 0:
            rows = [[f"Milestone {row}", "Accepted by the Council", f"£{row},000"] for row in range(1, 7)]
            story += [Spacer(1, 12), Table(rows, style=TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.grey)]))]
        else:
            story += [Paragraph(SENTENCE * 4, styles["BodyText"]) for _ in range(2)]
        story.append(PageBreak())
    stream = BytesIO()
    SimpleDocTemplate(stream, pagesize=A4).build(story, onFirstPage=header, onLaterPages=header)
    return stream.getvalue()


def bare(data):
    """Extract the text of every page with PDFium and nothing else; return how many pages there are."""
    document = pypdfium2.PdfDocument(data)
    try:
        for page in document:
            text = page.get_textpage()
            text.get_text_range()
            text.close()
            page.close()
        return len(document)
    finally:
        document.close()


def fastest(rounds, *works):
    """Return the fastest time of each of *works*, which take turns."""
    times = [[] for _ in works]
    for _ in range(rounds):
        for number, work in enumerate(works):
            began = time.process_time()
            work()
            times[number].append(time.process_time() - began)
    return [min(each) for each in times]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    chosen = parser.parse_args()
    files = {file.name: file.read_bytes() for file in chosen.files} or {
        "prose": make(100, 0),
        "a bid, with a table on every fourth page": make(100, 4),
        "a table on every page": make(100, 1),
    }
    worst = 0.0
    for name, data in files.items():
        pages = bare(data)
        plain, whole = fastest(chosen.rounds, lambda data=data: bare(data), lambda data=data: read(data, "bid.pdf"))
        worst = max(worst, whole / plain)
        print(
            f"{name[:44]:44} {pages:4} pages  PDFium {plain:6.3f} s  read {whole:6.3f} s  "
            f"{1000 * whole / pages:5.2f} ms a page  ratio {whole / plain:4.2f}"
        )
    print(f"\nHighest ratio {worst:.2f}, bound {BOUND}: {'kept' if worst <= BOUND else 'broken'}.")
    sys.exit(worst > BOUND)


if __name__ == "__main__":
    main()
