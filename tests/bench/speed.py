"""
Speed, as ratios in one run: python tests/bench/speed.py DOCUMENT.pdf

Three figures: what `tenderkit --help` costs beside a bare `import typer`, what a cold `tenderkit score` of the document
costs beside a bare process that imports spaCy, makes blank English, extracts the text and tokenises it, and how many
words a second the analysis manages beside spaCy's tokenizer alone. Each is the median of several runs, in CPU seconds.
The cold runs have a cache folder of their own, filled before, so that no other checkout's runs push its entries out.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from spacy.lang.en import English

from tenderkit.assess import Assessor
from tenderkit.readers import read
from tenderkit.vocabulary import load_vocabulary

RUNS = 7
BARE = """
import sys, spacy, pypdfium2
tokenizer = spacy.blank("en").tokenizer
texts = []
for page in pypdfium2.PdfDocument(sys.argv[1]):
    texts.append(page.get_textpage().get_text_bounded())
for text in texts:
    tokenizer(text)
"""


def seconds(command: list[str]) -> float:
    """Return the CPU seconds of one run of a child process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def costs(ours: list[str], bare: list[str]) -> float:
    """Return what our command costs beside a bare one: the ratio of the medians of runs that take turns."""
    seconds(ours)  # fills the cache
    taken = [(seconds(ours), seconds(bare)) for _ in range(RUNS)]
    mine, theirs = (statistics.median(column) for column in zip(*taken, strict=True))
    return mine / theirs


def rates(path: Path) -> tuple[float, float]:
    """Return words a second of the analysis and of spaCy's tokenizer, on the text of one document."""
    document = read(path.read_bytes(), path.name)
    assessor = Assessor(load_vocabulary())
    tokenizer = English().tokenizer
    analysed, tokenised = [], []
    for _ in range(RUNS):
        begun = time.process_time()
        assessor.assess(document)
        analysed.append(time.process_time() - begun)
        begun = time.process_time()
        tokenizer(document.text)
        tokenised.append(time.process_time() - begun)
    return document.words / statistics.median(analysed), document.words / statistics.median(tokenised)


def main() -> None:
    """Print the table."""
    path = Path(sys.argv[1])
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TENDERKIT_CACHE"] = folder
        help_ratio = costs([python, "-m", "tenderkit", "--help"], [python, "-c", "import typer"])
        cold_ratio = costs([python, "-m", "tenderkit", "score", str(path)], [python, "-c", BARE, str(path)])
    analysed, tokenised = rates(path)
    print(f"{'figure':52} {'measured':>9}  goal")
    print(f"{'tenderkit --help / import typer':52} {help_ratio:9.2f}  at most 2.5")
    print(f"{'cold score / bare spaCy, PDFium and tokenizer':52} {cold_ratio:9.2f}  at most 1.6")
    print(f"{'words a second, analysis / tokenizer':52} {analysed / tokenised:9.2f}  at least 0.40")
    print(f"({analysed:,.0f} words a second analysed, {tokenised:,.0f} tokenised)")


if __name__ == "__main__":
    main()
