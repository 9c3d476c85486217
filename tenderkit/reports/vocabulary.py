"""A vocabulary as text: the list of its outcomes, and one outcome with everything in it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from tenderkit.reports.wording import count, harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tenderkit.vocabulary import Outcome, Scheme, Term, Theme

_WIDTH = 80


def render_list(scheme: Scheme) -> str:
    """Return the outcomes and their themes, each with its id."""
    lines = [f"{scheme.prefLabel} ({scheme.id}, version {scheme.version})", *_filled(scheme.source)]
    for outcome in scheme.outcomes:
        lines += ["", f"{outcome.id}: {outcome.prefLabel}"]
        lines += [f"  {theme.id}: {theme.prefLabel}" for theme in outcome.themes]
    themes = sum(len(outcome.themes) for outcome in scheme.outcomes)
    lines += ["", f"{count(len(scheme.outcomes), 'outcome')}, {count(themes, 'theme')}"]
    return _joined(lines)


def render_outcome(outcome: Outcome) -> str:
    """Return an outcome with its themes, their questions, terms and examples."""
    lines = [f"{outcome.prefLabel} ({outcome.id})"]
    if outcome.altLabel:
        lines += _filled(f"Also called: {', '.join(outcome.altLabel)}")
    lines += _filled(outcome.definition)
    lines += _filled(f"Source: {outcome.source}")
    if outcome.unless:
        lines += _filled(f"Never where it says: {', '.join(outcome.unless)}")
    for theme in outcome.themes:
        lines += ["", *_theme(theme)]
    return _joined(lines)


def _theme(theme: Theme) -> Iterator[str]:
    yield f"{theme.prefLabel} ({theme.id})"
    yield from _filled(theme.asks, "  ")
    if theme.scopeNote:
        yield from _filled(theme.scopeNote, "  ")
    yield "  Terms:"
    for term in theme.terms:
        yield from _filled(_term(term), "    ")
    if theme.unless:
        yield from _filled(f"Never where it says: {', '.join(theme.unless)}", "  ")
    yield "  Says it:"
    for example in theme.says:
        yield from _filled(example, "    ")
    yield "  Does not say it:"
    for example in theme.silent:
        yield from _filled(example, "    ")


def _term(term: Term) -> str:
    words = ", ".join(term.phrases) or term.label
    near = f" [with: {', '.join(term.near)}]" if term.near else ""
    unless = f" [never with: {', '.join(term.unless)}]" if term.unless else ""
    return f"{words}{near}{unless}"


def _filled(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{harmless(line)}\n" for line in lines)
