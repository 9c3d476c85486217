"""Makes `samples/bid-strong-annotated.png`: a page of the strong bid with its real notes beside it."""

import textwrap
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageFont
from pypdf import PdfReader

from tenderkit.annotate import annotate
from tenderkit.batch import Options
from tenderkit.vocabulary import load_vocabulary

SAMPLES = Path(__file__).parent.parent
PAGE, TOP, BOTTOM = 5, 45, 452  # points from the top of the page that is shown
SCALE, MARGIN = 1.45, 400  # pixels a point; pixels beside the page, for the notes
FAR = 70  # pixels below its passage; a note that would stand farther is left out
INK, FAINT, PAPER = (30, 30, 35), (150, 150, 155), (250, 250, 252)


def main() -> None:
    """Write the picture."""
    data = annotate(str(SAMPLES / "bid-strong.pdf"), load_vocabulary(), Options()).data
    page = pypdfium2.PdfDocument(data)[PAGE - 1]
    whole = page.render(scale=SCALE, draw_annots=True).to_pil().convert("RGB")
    shown = whole.crop((0, round(TOP * SCALE), whole.width, round(BOTTOM * SCALE)))
    picture = Image.new("RGB", (shown.width + MARGIN, shown.height), PAPER)
    picture.paste(shown, (0, 0))
    write_notes(picture, shown.width, page.get_height(), data)
    picture.quantize(128, method=Image.Quantize.MAXCOVERAGE).save(SAMPLES / "bid-strong-annotated.png", optimize=True)


def write_notes(picture: Image.Image, left: int, height: float, data: bytes) -> None:
    """Write what the notes of the page say beside their passages, from the top down while there is room."""
    draw = ImageDraw.Draw(picture)
    plain, head = ImageFont.load_default(13), ImageFont.load_default(14)
    notes = [each.get_object() for each in PdfReader(BytesIO(data)).pages[PAGE - 1]["/Annots"]]
    notes = [note for note in notes if note["/Subtype"] in ("/Highlight", "/Text")]
    below = 8
    for note in sorted(notes, key=lambda note: -float(note["/Rect"][3])):
        at = (height - float(note["/Rect"][3]) - TOP) * SCALE
        title, *said = str(note["/Contents"]).split("\n")
        title_lines = textwrap.wrap(title, 54)
        lines = [line for paragraph in said for line in textwrap.wrap(paragraph, 58)]
        lines = [*lines[:4], "…"] if len(lines) > 5 else lines
        begin = max(round(at), below)
        end = begin + 10 + 17 * len(title_lines) + 16 * len(lines)
        if at < 0 or begin - at > FAR or end > picture.height - 6:
            continue
        colour = tuple(round(255 * float(part)) for part in note["/C"])
        right = round(float(note["/Rect"][2]) * SCALE)
        if note["/Subtype"] == "/Highlight":
            draw.line([(right, round(at) + 8), (left + 2, begin + 10)], fill=FAINT, width=1)
        draw.rectangle([left + 2, begin, left + MARGIN - 10, end], fill=(255, 255, 255), outline=FAINT)
        draw.rectangle([left + 2, begin, left + 7, end], fill=colour)
        for number, line in enumerate(title_lines):
            draw.text((left + 14, begin + 4 + 17 * number), line, INK, head, stroke_width=0.3)
        for number, line in enumerate(lines):
            draw.text((left + 14, begin + 6 + 17 * len(title_lines) + 16 * number), line, INK, plain)
        below = end + 6


if __name__ == "__main__":
    main()
