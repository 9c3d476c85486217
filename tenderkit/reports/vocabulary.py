"""A vocabulary as text: the list of its outcomes, and one outcome with everything in it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tenderkit.reports.lines import filled
from tenderkit.reports.wording import count, harmless, shorten
from tenderkit.vocabulary_audit import Doubt
from tenderkit.weights import FILE as WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tenderkit.fitting import Fitted
    from tenderkit.probe_fitting import FittedProbe
    from tenderkit.vocabulary import Outcome, Scheme, Term, Theme
    from tenderkit.vocabulary_audit import Finding

_NAMED = 6  # dead terms of a theme that are named
_TOLD_BY_THEME = frozenset({Doubt.DEAD, Doubt.FAINT})


def render_list(scheme: Scheme) -> str:
    """Return the outcomes and their themes, each with its id."""
    lines = [f"{scheme.prefLabel} ({scheme.id}, version {scheme.version})", *filled(scheme.source)]
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
        lines += filled(f"Also called: {', '.join(outcome.altLabel)}")
    lines += filled(outcome.definition)
    lines += filled(f"Source: {outcome.source}")
    if outcome.unless:
        lines += filled(f"Never where it says: {', '.join(outcome.unless)}")
    for theme in outcome.themes:
        lines += ["", *_theme(theme)]
    return _joined(lines)


def render_fit(scheme: Scheme, fitted: Fitted, file: str) -> str:
    """Return what was learned, in a few lines: where it stands, the bars, and how right it is on what was held out."""
    weights = fitted.weights
    learned = sum(len(own.terms) for own in weights.outcomes.values())
    words = sum(len(own.words) for own in weights.outcomes.values())
    lines = [
        f"{scheme.id}: {count(learned, 'term')} and {count(words, 'background word')} weighed.",
        f"Written to {harmless(file)}",
        *_figures((weights.evidence, weights.possible, weights.likely), fitted.figures),
    ]
    return _joined(lines)


def render_probe(scheme: Scheme, fitted: FittedProbe, folder: str) -> str:
    """Return the same of a probe."""
    lines = [
        f"{scheme.id}: {count(len(scheme.outcomes), 'outcome')} learned from what the language model reads.",
        f"Written to {harmless(folder)}",
        *_figures((fitted.evidence, fitted.possible, fitted.likely), fitted.figures),
    ]
    return _joined(lines)


def _figures(bars: tuple[float, float, float], figures: Mapping[str, float]) -> Iterator[str]:
    """Yield what evidence, and what is possible with it, come to, and what scores in a document."""
    evidence, possible, likely = bars
    yield ""
    yield f"Evidence of single passages, from confidence {evidence:.2f} that they speak of it:"
    yield f"  precision {figures['evidence-precision']:.3f}, recall {figures['evidence-recall']:.3f}"
    yield f"With what is possible, from {possible:.2f}:"
    yield f"  micro F1 {figures['both-micro-f1']:.3f}, macro F1 {figures['both-macro-f1']:.3f}"
    yield ""
    told = "Measured on sources that were held out; 'tenderkit evaluate LABELS --by group' gives intervals."
    yield from filled(told)
    yield f"In a document a passage scores from {likely:.2f}: its confidence, times how sure it"
    yield "  is what the passage does with the theme."


def render_check(scheme: Scheme, failures: Sequence[str], findings: Sequence[Finding], *, every: bool = False) -> str:
    """
    Return what a check found: examples that fail, what else to look at, and the sum of it.

    Args:
        scheme: The vocabulary.
        failures: A line for each example that fails.
        findings: What else to look at.
        every: Each by itself; else dead terms and faint examples are told theme by theme, as there may be thousands.
    """
    lines = [*failures]
    many: dict[tuple[Doubt, str], list[Finding]] = {}
    for finding in findings:
        if finding.doubt in _TOLD_BY_THEME and not every:
            many.setdefault((finding.doubt, finding.theme), []).append(finding)
        else:
            lines.append(f"{finding.where}: {finding.doubt.value}: {finding.message}")
    themes = {f"{outcome.id}/{theme.id}": theme for outcome in scheme.outcomes for theme in outcome.themes}
    lines += [_of_theme(themes[theme], found) for (_, theme), found in many.items()]
    if scheme.weights is not None and scheme.weights.terms_sha256 != scheme.terms_sha256:
        lines.append(f"{WEIGHTS}:1: The terms have changed since these weights were learned. Fit the vocabulary again.")
    examples = sum(len(theme.says) + len(theme.silent) for outcome in scheme.outcomes for theme in outcome.themes)
    if failures:
        lines.append(f"{len(failures)} of {examples} examples fail.")
    else:
        what = f"{count(len(scheme.outcomes), 'outcome')}, {count(len(themes), 'theme')}, {examples} examples"
        lines.append(f"{scheme.id}: {what}: all well.")
    if findings:
        kinds = Counter(finding.doubt.value for finding in findings)
        lines.append(f"To look at: {', '.join(count(number, kind) for kind, number in kinds.items())}.")
    return _joined(lines)


def _of_theme(theme: Theme, found: Sequence[Finding]) -> str:
    """Return one line for the dead terms, or the faint examples, of a theme."""
    first = found[0]
    named = ", ".join(f"'{shorten(finding.label, 60)}'" for finding in found[:_NAMED])
    more = ", …" if len(found) > _NAMED else ""
    if first.doubt is Doubt.DEAD:
        of, what, remedy = len(theme.terms), "terms stand in no example", "Add examples that need them, or remove them."
    else:
        of, what, remedy = (
            len(theme.says),
            "examples are only possible, not sure enough to count",
            "Fit the weights anew, or add terms.",
        )
    return f"{first.where}: {first.doubt.value}: {len(found)} of {of} {what} ('{first.theme}'): {named}{more}. {remedy}"


def _theme(theme: Theme) -> Iterator[str]:
    yield f"{theme.prefLabel} ({theme.id})"
    yield from filled(theme.asks, "  ")
    if theme.scopeNote:
        yield from filled(theme.scopeNote, "  ")
    yield "  Terms:"
    for term in theme.terms:
        yield from filled(_term(term), "    ")
    if theme.unless:
        yield from filled(f"Never where it says: {', '.join(theme.unless)}", "  ")
    yield "  Says it:"
    for example in theme.says:
        yield from filled(example, "    ")
    yield "  Does not say it:"
    for example in theme.silent:
        yield from filled(example, "    ")


def _term(term: Term) -> str:
    words = ", ".join(term.phrases) or term.label
    near = f" [with: {', '.join(term.near)}]" if term.near else ""
    unless = f" [never with: {', '.join(term.unless)}]" if term.unless else ""
    also = f" [also in: {', '.join(term.also)}]" if term.also else ""
    return f"{words}{near}{unless}{also}"


def _joined(lines: Iterable[str]) -> str:
    return "".join(f"{harmless(line)}\n" for line in lines)
