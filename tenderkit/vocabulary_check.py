"""Runs the examples of a vocabulary: what a theme says it finds must be found there, and its near-misses must not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.document import DocumentBuilder, Kind
from tenderkit.resources import Mistakes, read_yaml, vocabulary_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from tenderkit.matching import Matcher, SentenceMatches
    from tenderkit.vocabulary import Outcome, Scheme


def check_examples(scheme: Scheme, matcher: Matcher) -> tuple[str, ...]:
    """
    Return a line, `file:line: what is wrong. What to do.`, for every example that fails.

    Args:
        scheme: The vocabulary.
        matcher: Made for it.
    """
    folder = vocabulary_folder(scheme.folder)
    return tuple(line for outcome in scheme.outcomes for line in _check(outcome, matcher, folder))


def _check(outcome: Outcome, matcher: Matcher, folder: Traversable) -> Iterator[str]:
    lines = example_lines(outcome, folder)
    for theme in outcome.themes:
        for example in theme.says:
            found = _found(example, outcome, matcher)
            if theme.id not in found:
                where = lines[theme.id, "says", example]
                others = "".join(f", only under '{other}' by {words}" for other, words in found.items())
                yield f"{where}: Not found under '{theme.id}'{others}: \"{example}\" Add a term, or make it 'silent'."
        for example in theme.silent:
            found = _found(example, outcome, matcher)
            if theme.id in found:
                where, words = lines[theme.id, "silent", example], found[theme.id]
                yield f"{where}: Found under '{theme.id}' by {words}: \"{example}\" Add 'near' or 'unless' to the term."


def matches_in(text: str, matcher: Matcher) -> Iterator[SentenceMatches]:
    """Yield what is found in an example, read as one paragraph, sentence by sentence."""
    builder = DocumentBuilder()
    builder.add(Kind.PARAGRAPH, text.replace("\n", " "))
    yield from matcher.find(builder.finish("example", "text/plain", ""))


def _found(example: str, outcome: Outcome, matcher: Matcher) -> dict[str, str]:
    """Return the themes of *outcome* that an example is found under, each with the words that did it."""
    words: dict[str, dict[str, None]] = {}
    for found in matches_in(example, matcher):
        sentence = found.sentence
        for match in found.matches:
            if match.outcome.id == outcome.id:
                said = sentence.text[match.start - sentence.start : match.end - sentence.start]
                words.setdefault(match.theme.id, {})[f"'{said}'"] = None
    return {theme: ", ".join(said) for theme, said in words.items()}


def example_lines(outcome: Outcome, folder: Traversable) -> dict[tuple[str, str, str], str]:
    """Return `file:line` by theme, list and example; the file is known to be right, as it was loaded."""
    label = f"outcomes/{outcome.id}.yml"
    node = read_yaml(folder / "outcomes" / f"{outcome.id}.yml", label, Mistakes())
    found: dict[tuple[str, str, str], str] = {}
    for theme in dict(node.pairs())["themes"].items() if node else ():
        part = dict(theme.pairs())
        for name in ("says", "silent"):
            for item in part[name].items():
                found[part["id"].text(), name, item.text()] = f"{label}:{item.line}"
    return found
