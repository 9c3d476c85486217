"""
Words per second as the vocabulary grows: once, twice and four times its terms, the added ones made-up phrases.

    python tests/bench/terms.py FILE [FILE ...] [--runs 5]

The cost should grow with the text, not with the terms: the last column stays near 1.
"""

import argparse
import dataclasses
import random
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tenderkit.document import DocumentBuilder  # noqa: E402 - the checkout, wherever this is run from
from tenderkit.matching import Matcher  # noqa: E402
from tenderkit.readers import read  # noqa: E402
from tenderkit.vocabulary import Term, load_vocabulary  # noqa: E402

SYLLABLES = ["ba", "ce", "di", "fo", "gu", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "wo", "zu"]


def made_up(term, dice):
    """Return a term of the same shape with made-up words, some of them real so that the texts hit upon them."""
    words = [word for phrase in term.phrases for word in phrase.split()] or ["pattern"]
    phrase = " ".join(
        word if word.isalpha() and dice.random() < 0.3 else "".join(dice.choices(SYLLABLES, k=3)) for word in words[:4]
    )
    return Term(phrases=(phrase + " " + "".join(dice.choices(SYLLABLES, k=3)),), near=term.near, unless=term.unless)


def multiply(scheme, times, dice):
    outcomes = []
    for outcome in scheme.outcomes:
        themes = tuple(
            dataclasses.replace(
                theme, terms=theme.terms + tuple(made_up(term, dice) for _ in range(times - 1) for term in theme.terms)
            )
            for theme in outcome.themes
        )
        outcomes.append(dataclasses.replace(outcome, themes=themes))
    return dataclasses.replace(scheme, outcomes=tuple(outcomes))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    builder = DocumentBuilder()
    for path in options.files:
        for block in read(path.read_bytes(), path.name).blocks:
            builder.add(block.kind, block.text)
    document = builder.finish("all", "text/plain", "")
    scheme = load_vocabulary()
    matchers = {}
    print(f"{document.words:,} words\n{'terms':>8}{'compiled in':>14}{'words a second':>17}{'ratio':>8}")
    for times in (1, 2, 4):
        bigger = multiply(scheme, times, random.Random(times))  # noqa: S311 - made-up words, no secret
        began = time.perf_counter()
        matchers[times] = (Matcher(bigger), bigger, time.perf_counter() - began)
    taken = {times: [] for times in matchers}
    for turn in range(options.runs + 1):
        for times, (matcher, _, _) in matchers.items():
            began = time.perf_counter()
            for _ in matcher.find(document):
                pass
            if turn:
                taken[times].append(time.perf_counter() - began)
    base = document.words / statistics.median(taken[1])
    for times, (_, bigger, compiled) in matchers.items():
        terms = sum(len(theme.terms) for outcome in bigger.outcomes for theme in outcome.themes)
        pace = document.words / statistics.median(taken[times])
        print(f"{terms:>8,}{compiled:>12.2f} s{pace:>17,.0f}{pace / base:>8.2f}")


if __name__ == "__main__":
    main()
