"""
Every HTML page that tenderkit makes, for the tests that open them in a browser.

Add a page by adding a line to `PAGES`: its name, and what is typed behind `tenderkit`, with the names of samples or of
the files that `prepare` writes. The page's own file is added as `--output`.
"""

from __future__ import annotations

import shutil
from pathlib import Path

DESKTOP, PHONE = (1280, 860), (360, 740)  # width and height of a window
SAMPLES = Path(__file__).parent.parent.parent / "samples"
ATTACK = "<script>document.title='hacked'</script>"
HOSTILE_NAME = 'b"><img src=x onerror=alert(1)>.txt'
HOSTILE = f"""\
1 {ATTACK} {{{{ 7 * 7 }}}} heading

We will test every release with the screen readers JAWS and NVDA {ATTACK} by March 2027.

We will train 40 residents in digital skills "><img src=x onerror=alert(1)> every year.

We will publish our open data under {{{{ config }}}} {{% raw %}} an open licence </main></body> by May 2027.

Our price excludes public Wi-Fi in libraries \u202eesrever\u202c <a href="javascript:alert(1)">here</a>.

We will switch off legacy systems \x1b[2J by June 2027 </style><style>body{{display:none}}</style>.
"""
LONG = "long.txt"
_PLACES = ("Ashby", "Brackley", "Corley", "Denholm", "Elswick", "Farley", "Garside", "Hatton", "Irlam", "Jarrow")
_MONTHS = ("January", "March", "April", "May", "June", "July", "September", "October", "November")
_SAID = [
    "We will test every release with screen readers and with disabled people from {place} by {month} 2027.",
    "We will train {number} residents of {place} in digital skills by {month} 2027.",
    "All data of the {place} service stays in the United Kingdom, and we will publish {number} open data sets.",
    "We will commission a penetration test from a CREST member for {place} in {month} 2027.",
    "Availability of the {place} service was {number}.9% over the last 12 months.",
    "We will switch off {number} legacy systems in {place} by {month} 2027.",
    "The steering group of {place} meets on every {number}th day and keeps minutes of what was decided.",
    "A van brings the post of {place} to depot {number}, where it is sorted before lunch.",
]

PAGES: dict[str, tuple[str, ...]] = {
    "report of one": ("report", "bid-strong.pdf"),
    "report of several": ("report", "bid-thin.docx", "bid-stuffed.md", "missing.pdf"),
    "report of hostile text": ("report", HOSTILE_NAME),
    "report on one outcome": ("report", "tender.docx", "--outcome", "inclusion"),
    "three bids and one that is missing": (
        "compare",
        "bid-strong.pdf",
        "bid-thin.docx",
        "bid-stuffed.md",
        "missing.pdf",
        "-f",
        "html",
    ),
    "many bids": (
        "compare",
        "bid-strong.pdf",
        "bid-thin.docx",
        "bid-thin-redraft.docx",
        "bid-stuffed.md",
        "tender.docx",
        "contract.docx",
        HOSTILE_NAME,
        "-f",
        "html",
    ),
    "a redraft": ("diff", "bid-thin.docx", "bid-thin-redraft.docx", "-f", "html"),
    "a redraft with hostile text": ("diff", "bid-strong.pdf", HOSTILE_NAME, "-f", "html"),
    "report with another vocabulary": ("report", "contract.docx", "--vocab", "sdg"),
    "trace of two bids": ("trace", "tender.docx", "bid-strong.pdf", "bid-thin.docx", "--format", "html"),
    "trace of a tender alone": ("trace", "tender.docx", "--format", "html"),
    "trace of hostile text": ("trace", "tender.docx", HOSTILE_NAME, "missing.pdf", "--format", "html"),
    "score against a tender": ("score", "bid-strong.pdf", "--against", "tender.docx", "--format", "html"),
}
LONG_PAGE = ("report", LONG)
MAY_EXIT_WITH = {0, 1, 3}  # what is said of a document is no failure of the page


def prepare(folder: Path) -> None:
    """Put the samples into *folder*, with a hostile document and one of a hundred pages."""
    for file in SAMPLES.iterdir():
        if file.is_file():
            shutil.copy(file, folder / file.name)
    (folder / HOSTILE_NAME).write_text(HOSTILE, encoding="utf-8")
    (folder / LONG).write_text("\f".join(_page(number) for number in range(100)), encoding="utf-8")


def _page(number: int) -> str:
    """Return about 450 words, no paragraph like another."""
    paragraphs = [f"{number + 1} Part {number + 1}"]
    for count in range(12):
        sentences = []
        for line in range(3):
            place = number * 36 + count * 3 + line
            sentence = _SAID[place % len(_SAID)].format(
                place=_PLACES[place % len(_PLACES)], month=_MONTHS[place % len(_MONTHS)], number=10 + place
            )
            sentences.append(sentence)
        paragraphs.append(" ".join(sentences))
    return "\n\n".join(paragraphs) + "\n"
