"""
What `tenderkit check` costs beside `tenderkit score`, in one run: python tests/bench/check.py DOCUMENT.docx

Both are cold processes that read the document anew; all packs are asked. CPU seconds, the median of several runs taken
in turns.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
from pathlib import Path

RUNS = 5


def seconds(command: str, path: str, *options: str) -> float:
    """Return the CPU seconds of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    words = [sys.executable, "-m", "tenderkit", command, path, "-o", "/dev/null", *options]
    subprocess.run(words, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(path: str) -> None:
    """Print the medians and their ratio."""
    runs = [
        (seconds("score", path), seconds("check", path), seconds("check", path, "--select", "template,currency"))
        for _ in range(RUNS)
    ]
    score, every, words = (statistics.median(column) for column in zip(*runs, strict=True))
    print(f"{Path(path).name}: score {score:.2f} s, check {every:.2f} s ({every / score:.2f} times)")
    print(f"packs template and currency alone: {words:.2f} s ({words / score:.2f} times)")


if __name__ == "__main__":
    main(*sys.argv[1:])
