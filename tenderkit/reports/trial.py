"""What `tenderkit vocab try` and `why-not` print: what a sentence matched, with its weights, and what came nearest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tenderkit.reports import quoting, wording
from tenderkit.reports.lines import filled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderkit.evidence import Evidence
    from tenderkit.matching import Match
    from tenderkit.results import Examined
    from tenderkit.vocabulary import Outcome, Scheme
    from tenderkit.vocabulary_trial import NearTerm, Trial


def render(scheme: Scheme, trial: Trial, outcome: Outcome | None = None) -> str:
    """
    Return a trial as text.

    Args:
        scheme: The vocabulary.
        trial: What was found.
        outcome: The one that was asked for; None for all.
    """
    lines: list[str] = []
    for examined in trial.examined:
        lines += _sentence(scheme, examined, outcome)
    counted = any(_of(item.outcome, outcome) for one in trial.examined for item in one.evidence)
    if not lines:
        lines += [f"No term of {outcome.prefLabel} stands there." if outcome else "No term stands there."]
    if outcome:
        said = "" if not counted else " It is found; what else came near:"
        nearest = [line for near in trial.nearest for line in _near(near)]
        lines += [
            f"Nearest terms of {outcome.prefLabel}:{said}",
            *(nearest or ["  none: no term has most of its words there"]),
        ]
    return "".join(f"{wording.harmless(line)}\n" for line in lines)


def _of(outcome_id: str, outcome: Outcome | None) -> bool:
    return outcome is None or outcome.id == outcome_id


def _sentence(scheme: Scheme, examined: Examined, outcome: Outcome | None) -> Iterator[str]:
    found = examined.found
    matches = [match for match in found.matches if _of(match.outcome.id, outcome)]
    rejections = [rejection for rejection in found.rejections if _of(rejection.match.outcome.id, outcome)]
    if not matches and not rejections:
        return
    yield wording.quote(found.sentence.text)
    bands = (
        ("counted", examined.evidence),
        ("please check, not counted", examined.possible),
        ("too unsure", examined.unsure),
    )
    for band, items in bands:
        for item in items:
            if _of(item.outcome, outcome):
                yield from _evidence(scheme, band, item)
                for match in matches:
                    if match.about == (item.outcome, item.theme):
                        yield from filled(_term(examined, match), "    ")
    for rejection in rejections:
        match = rejection.match
        why = wording.shorten(rejection.why, 160)
        yield from filled(f"refused: {match.outcome.prefLabel}: {_term(examined, match)}: {why}", "  ")


def _evidence(scheme: Scheme, band: str, item: Evidence) -> Iterator[str]:
    outcome = scheme.outcome(item.outcome)
    theme = next(theme for theme in outcome.themes if theme.id == item.theme)
    yield from filled(f"{band}: {outcome.prefLabel}: {theme.prefLabel}: {wording.judged(item)}", "  ")
    if item.weighed:
        yield from filled(quoting.certainty(item), "    ")


def _term(examined: Examined, match: Match) -> str:
    sentence = examined.found.sentence
    words = sentence.text[match.start - sentence.start : match.end - sentence.start]
    company = ", ".join(f"“{sentence.text[a - sentence.start : b - sentence.start]}”" for a, b in match.near)
    beside = f" beside {company}" if company else ""
    return f"“{words}”{beside} is '{wording.shorten(match.term.label, 60)}' ({match.term.where})"


def _near(near: NearTerm) -> Iterator[str]:
    there = ", ".join(f"'{word}'" for word in near.there)
    lacking = ", ".join(f"'{word}'" for word in near.lacking)
    what = (
        f"has {there}, lacks {lacking}" if lacking else f"has {there}, but not so near together, or not in this order"
    )
    label = wording.shorten(near.term.label, 60)
    yield from filled(f"'{label}' ({near.theme.id}, {near.term.where}) {what}", "  ")
