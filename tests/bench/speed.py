"""
Speed, as ratios in one run: python tests/bench/speed.py DOCUMENT.pdf

What `tenderkit --help` costs beside a bare `import typer`, what a cold `tenderkit score` of the document costs beside a
bare process that imports spaCy, makes blank English, extracts the text and tokenises it, and how many words a second
the analysis manages beside spaCy's tokenizer alone. Each is the median of several runs, in CPU seconds.

A document is read by the language model once: of both figures there are two, of a document that was never read before
and of one whose readings are known, as when a draft is scored again. The cold runs have a cache folder of their own,
with the vocabulary made ready, so that no other checkout's runs push its entries out.

Last, what one sentence without a full stop costs beside one of half its length: twice, where the cost grows with the
sentence, and four times, where it grows with the square.
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
from typing import TYPE_CHECKING

from spacy.lang.en import English

from tenderkit.assess import Assessor
from tenderkit.document import passage
from tenderkit.kept_readings import FILE
from tenderkit.readers import read
from tenderkit.vocabulary import load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 7
DOUBLED = {
    "no mark": "we will test accessibility with screen readers and share open data with residents ",
    "commas": "We will test accessibility of 12 pages, ",
    "quotation marks": 'they say "we will make our data open to all" and it is not accessible ',
    "list markers": "(a) we will test accessibility, (b) we share no open data, 1) we train apprentices, ",
    "numbers": "12 apprentices by March 2027 and 99.9% uptime within 4 hours of section 4 in 2026, ",
}
CHARACTERS = 27_000
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


def costs(ours: list[str], bare: list[str], unread: Path | None = None) -> float:
    """
    Return what our command costs beside a bare one: the ratio of the medians of runs that take turns.

    Args:
        ours: Our command.
        bare: The other.
        unread: The file of readings, to be taken away before each run.
    """
    seconds(ours)  # fills the cache
    taken = []
    for _ in range(RUNS):
        if unread:
            unread.unlink()
        taken.append((seconds(ours), seconds(bare)))
    mine, theirs = (statistics.median(column) for column in zip(*taken, strict=True))
    return mine / theirs


def timed(run: Callable[..., object], given: object) -> float:
    """Return the CPU seconds that a call takes."""
    begun = time.process_time()
    run(given)
    return time.process_time() - begun


def rates(path: Path) -> tuple[float, float, float]:
    """Return words a second on the text of one document: of its first analysis, of others, of spaCy's tokenizer."""
    document = read(path.read_bytes(), path.name)
    assessor = Assessor(load_vocabulary())
    assessor.assess(passage("We will test it."))  # loads the network
    tokenizer = English().tokenizer
    first = timed(assessor.assess, document)
    pairs = [(timed(assessor.assess, document), timed(tokenizer, document.text)) for _ in range(RUNS)]
    again, tokenised = (statistics.median(column) for column in zip(*pairs, strict=True))
    return document.words / first, document.words / again, document.words / tokenised


def growth(unit: str) -> float:
    """Return what a sentence of repeated words costs beside one of half its length, terms, rules and signs alone."""
    assessor = Assessor(load_vocabulary()).with_model(None)
    half = unit * (CHARACTERS // len(unit))
    documents = passage(half), passage(half * 2)
    assessor.assess(documents[0])  # what is made when it is first asked for
    pairs = [tuple(timed(assessor.assess, document) for document in documents) for _ in range(RUNS)]
    one, two = (statistics.median(column) for column in zip(*pairs, strict=True))
    return two / one


def main() -> None:
    """Print the table."""
    path = Path(sys.argv[1])
    python = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TENDERKIT_CACHE"] = folder
        help_ratio = costs([python, "-m", "tenderkit", "--help"], [python, "-c", "import typer"])
        ours, bare = [python, "-m", "tenderkit", "score", str(path)], [python, "-c", BARE, str(path)]
        known, cold = costs(ours, bare), costs(ours, bare, Path(folder) / FILE)
    os.environ["TENDERKIT_CACHE"] = ""
    first, again, tokenised = rates(path)
    print(f"{'figure':52} {'measured':>9}  goal")
    print(f"{'tenderkit --help / import typer':52} {help_ratio:9.2f}  at most 2.5")
    print(f"{'cold score / bare, never read before':52} {cold:9.2f}  at most 1.6")
    print(f"{'cold score / bare, readings known':52} {known:9.2f}")
    print(f"{'words a second, analysis / tokenizer, first':52} {first / tokenised:9.2f}  at least 0.40")
    print(f"{'words a second, analysis / tokenizer, known':52} {again / tokenised:9.2f}")
    for kind, unit in DOUBLED.items():
        print(f"{f'one sentence, doubled ({kind})':52} {growth(unit):9.2f}  at most 2.5")
    print(f"({first:,.0f} and {again:,.0f} words a second analysed, {tokenised:,.0f} tokenised)")


if __name__ == "__main__":
    main()
