"""Runs the examples of a vocabulary: what a theme says it finds must be found there, and its near-misses must not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.document import DocumentBuilder, Kind
from tenderkit.matching import Matcher
from tenderkit.resources import Mistakes, read_yaml
from tenderkit.vocabulary import vocabulary_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

    from tenderkit.vocabulary import Outcome, Scheme, Theme


def check_examples(scheme: Scheme, name: str) -> tuple[str, ...]:
    """
    Return a line, `file:line: what is wrong. What to do.`, for every example that fails.

    Args:
        scheme: The vocabulary, loaded.
        name: Its name or folder, for the lines of the files.
    """
    matcher = Matcher(scheme)
    folder = vocabulary_folder(name)
    return tuple(line for outcome in scheme.outcomes for line in _check(outcome, matcher, folder))


def _check(outcome: Outcome, matcher: Matcher, folder: Traversable) -> Iterator[str]:
    lines = _lines(outcome, folder)
    for theme in outcome.themes:
        for example in theme.says:
            if theme.id not in _themes_found(example, outcome, matcher):
                where = lines[theme.id, "says", example]
                yield f"{where}: Not found under '{theme.id}': \"{example}\" Add a term for it, or make it 'silent'."
        for example in theme.silent:
            found = _words_found(example, outcome, theme, matcher)
            if found:
                where = lines[theme.id, "silent", example]
                yield f"{where}: Found under '{theme.id}' by {found}: \"{example}\" Add 'near' or 'unless' to the term."


def _themes_found(example: str, outcome: Outcome, matcher: Matcher) -> set[str]:
    return {theme for theme, _ in _matches(example, outcome, matcher)}


def _words_found(example: str, outcome: Outcome, theme: Theme, matcher: Matcher) -> str:
    words = (f"'{words}'" for found, words in _matches(example, outcome, matcher) if found == theme.id)
    return ", ".join(dict.fromkeys(words))


def _matches(example: str, outcome: Outcome, matcher: Matcher) -> Iterator[tuple[str, str]]:
    """Yield the theme and the words of every match for *outcome* in an example, read as one paragraph."""
    builder = DocumentBuilder()
    builder.add(Kind.PARAGRAPH, example)
    document = builder.finish("example", "text/plain", "")
    for found in matcher.find(document):
        for match in found.matches:
            if match.outcome.id == outcome.id:
                yield match.theme.id, document.text[match.start : match.end]


def _lines(outcome: Outcome, folder: Traversable) -> dict[tuple[str, str, str], str]:
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


def told(scheme: Scheme, failures: tuple[str, ...]) -> str:
    """Return the result as text: each failure, or one line that all is well."""
    examples = sum(len(theme.says) + len(theme.silent) for outcome in scheme.outcomes for theme in outcome.themes)
    if failures:
        return "".join(f"{line}\n" for line in failures) + f"{len(failures)} of {examples} examples fail.\n"
    themes = sum(len(outcome.themes) for outcome in scheme.outcomes)
    return f"{scheme.id}: {len(scheme.outcomes)} outcomes, {themes} themes, {examples} examples: all well.\n"
