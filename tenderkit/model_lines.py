"""How far to believe the language model: on sources held out it is weighed against terms, rules and signs."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log
from typing import TYPE_CHECKING

import numpy as np

from tenderkit.confidence import Grader
from tenderkit.cue_finding import CueFinder
from tenderkit.cue_index import index_cues
from tenderkit.cues import load_cues
from tenderkit.document import passage_in_context
from tenderkit.evidence import Stance
from tenderkit.fitting import tools
from tenderkit.judging import Judge
from tenderkit.lead_ins import LeadIns
from tenderkit.measures import load_measures
from tenderkit.readings import HeardLine, Line, StanceLine
from tenderkit.roles import Role
from tenderkit.weights import logistic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tenderkit.confidence import Confidence
    from tenderkit.labels import Passage
    from tenderkit.matching import Matcher
    from tenderkit.readings import Reading
    from tenderkit.stance_signs import StanceWeigher
    from tenderkit.weights import Weights

_STANCES = tuple(Stance)
_RIDGE = 0.01  # on the numbers of a stance line
NOT_FOUND = -99.0  # the sum where no term stands
_LEAST = {"plain": 0.8, "telling": 1.6}  # so far rules are believed in any case: labels hardly tell, our cases do
_START_SCALE, _START_TRUST = 0.7, 0.5  # held out by document, half or double the trust made no difference
_SURE = 0.001  # nothing is surer than this leaves it


@dataclass(slots=True)
class Cases:
    """
    What was said of passages whose sources were held out, beside what readers say.

    Attributes:
        themes: The sum of terms and words as log-odds, the model's log-odds, and whether a reader took it for evidence;
            of passages whose themes were all asked for, as others were asked for the surest; with the theme, as
            `outcome/theme`, last.
        unnamed: Of themes that no term names and the model hears: its log-odds, how sure it is by terms and words alone
            of the surest theme that they name, and whether a reader took it for evidence.
        outcomes: The same as `themes` of outcomes; with the outcome's id last.
        stances: The numbers of each stance, in the order of `Stance`, as `StanceWeigher.parts`; and the place of the
            one that a reader saw.
    """

    themes: list[tuple[float, float, bool, str]] = field(default_factory=list)
    unnamed: list[tuple[float, float, bool]] = field(default_factory=list)
    outcomes: list[tuple[float, float, bool, str]] = field(default_factory=list)
    stances: list[tuple[tuple[tuple[float, ...], ...], int]] = field(default_factory=list)


class Collector:
    """
    Gathers cases.

    Args:
        matcher: Finds the vocabulary's terms.
        weights: Learned without the sources that are held out.
        signs: The same; None where a vocabulary has learned none, and no case of a stance is gathered.
    """

    def __init__(self, matcher: Matcher, weights: Weights, signs: StanceWeigher | None) -> None:
        self._matcher = matcher
        self._grader = Grader(weights, matcher.language)
        cues = load_cues(matcher.scheme.folder)
        finder = CueFinder(index_cues(cues, matcher.language))
        self._judge = Judge(finder, load_measures(matcher.scheme.folder), signs)
        self._signs = signs
        self.cases = Cases()

    def take(self, passage: Passage, reading: Reading) -> None:
        """Add the cases of a labelled passage; *reading* is by a model that never saw its source."""
        document, begins = passage_in_context(passage.text, passage.before)
        lead_ins = LeadIns(self._judge, passage.role or Role.TENDER)
        of_themes: dict[tuple[str, str], float] = {}
        of_outcomes: dict[str, float] = {}
        sentences = []
        for tokens in self._matcher.language.blocks(document):
            lead_ins.enter(tokens)
            if tokens.block.start < begins:
                continue
            sentences += [(sentence, lead_ins.judgement(sentence)) for sentence in tokens.sentences()]
            for found in self._matcher.find_in_block(tokens, refused=False):
                for theme, confidence in self._grader.grade(found).items():
                    of_themes[theme] = max(of_themes.get(theme, NOT_FOUND), _log_odds(confidence))
                for (outcome, _), confidence in self._grader.grade(found, alone=True).items():
                    of_outcomes[outcome] = max(of_outcomes.get(outcome, NOT_FOUND), _log_odds(confidence))
        for theme, total in of_themes.items():
            if passage.themes is not None and theme in reading.themes:
                name = "/".join(theme)
                self.cases.themes.append((total, reading.themes[theme], name in passage.themes, name))
        if passage.themes is not None:
            beside = max((logistic(total) for total in of_themes.values()), default=0.0)
            self.cases.unnamed += [
                (number, beside, "/".join(theme) in passage.themes)
                for theme, number in reading.themes.items()
                if theme not in of_themes and number > 0
            ]
        if passage.outcomes is not None:
            self.cases.outcomes += [
                (total, reading.outcomes[outcome], outcome in passage.outcomes, outcome)
                for outcome in reading.outcomes
                for total in [of_outcomes.get(outcome, NOT_FOUND)]
            ]
        if passage.stance is not None and self._signs is not None and len(sentences) == 1:
            sentence, lead_in = sentences[0]
            ruled = self._judge.ruled(sentence, lead_in, passage.role or Role.TENDER)
            parts = self._signs.parts(ruled, sentence, passage.role, lead_in, reading)
            self.cases.stances.append((tuple(parts[stance] for stance in _STANCES), _STANCES.index(passage.stance)))


def _log_odds(confidence: Confidence) -> float:
    value = min(max(confidence.value, _SURE), 1 - _SURE)
    return log(value / (1 - value))


def fit_line(cases: Iterable[tuple[float, float, bool]]) -> Line:
    """
    Return how two log-odds make the log-odds of the truth (logistic regression).

    >>> cases = [(1, 2, True), (-1, -2, False), (1, -2, False), (-1, 2, True)]
    >>> line = fit_line(cases * 9)
    >>> line.model > line.terms
    True
    """
    rows = np.array(list(cases), dtype=float)
    linear, _ = tools()
    fitted = linear.LogisticRegression(C=100.0).fit(rows[:, :2], rows[:, 2] > 0)
    return Line(*_rounded((*fitted.intercept_, *fitted.coef_[0])))


def fit_heard_line(cases: Sequence[tuple[float, float, bool]]) -> HeardLine | None:
    """
    Return how the model is believed where no term stands; None where there is nothing to tell it from.

    Args:
        cases: The model's log-odds, the confidence of what terms name beside it, and the truth.

    >>> line = fit_heard_line([(3, 0, True), (1, 0, False), (3, 0.9, False), (4, 0.9, True)] * 9)
    >>> line.model > 0 > line.beside
    True
    """
    if len({truth for *_, truth in cases}) < 2:
        return None
    rows = np.array(cases, dtype=float)
    linear, _ = tools()
    fitted = linear.LogisticRegression().fit(rows[:, :2], rows[:, 2] > 0)
    start, model, beside = _rounded((*fitted.intercept_, *fitted.coef_[0]))
    return HeardLine(start, 0.0, model, beside)


def fit_outcome_line(
    cases: Sequence[tuple[float, float, bool, str]],
) -> tuple[Line, HeardLine | None, list[tuple[str, float, bool]]]:
    """Return the lines of outcomes, named and heard; and of each case the outcome, its confidence, and the truth."""
    line = fit_line((terms, model, truth) for terms, model, truth, _ in cases if terms > NOT_FOUND)
    heard = fit_heard_line(
        [(model, 0.0, truth) for terms, model, truth, _ in cases if terms <= NOT_FOUND and model > 0]
    )
    return line, heard, [(outcome, _judged(line, heard, terms, model), truth) for terms, model, truth, outcome in cases]


def _judged(line: Line, heard: HeardLine | None, terms: float, model: float) -> float:
    """Return the confidence of what terms name, or of what is only heard."""
    if terms > NOT_FOUND:
        return blended(line, terms, model)
    return logistic(heard.start + heard.model * model) if heard and model > 0 else 0.0


def fit_theme_line(cases: Sequence[tuple[float, float, bool, str]]) -> tuple[Line, dict[str, float]]:
    """
    Return the same of themes, and what is added to the start of each: the fewer cases it has, the less.

    >>> cases = [(total, total, total > at, name) for name, at in (("a", -1), ("b", 1)) for total in (-2, 0, 2)]
    >>> _, starts = fit_theme_line(cases * 9)
    >>> starts["a"] > 0 > starts["b"]
    True
    """
    names = sorted({name for *_, name in cases})
    rows = np.zeros((len(cases), 2 + len(names)))
    for row, (terms, model, _, name) in zip(rows, cases, strict=True):
        row[:2], row[2 + names.index(name)] = (terms, model), _START_SCALE
    linear, _ = tools()
    fitted = linear.LogisticRegression(C=_START_TRUST, max_iter=1000).fit(rows, [truth for _, _, truth, _ in cases])
    terms, model, *starts = fitted.coef_[0]
    line = Line(*_rounded((*fitted.intercept_, terms, model)))
    return line, dict(zip(names, _rounded(each * _START_SCALE for each in starts), strict=True))


def _rounded(numbers: Iterable[float]) -> Iterator[float]:
    """Yield numbers in hundredths, as `model.yml` has them."""
    return (round(float(number), 2) for number in numbers)


def fit_stance_line(cases: Sequence[tuple[tuple[tuple[float, ...], ...], int]]) -> StanceLine:
    """
    Return how the parts of stances make their shares (conditional logit: McFadden, 1974).

    A stance that few passages have, such as a denial, weighs more than they are, by the root of how many there are:
    there are more of them in bids than among labels, and to overlook one costs more.
    """
    from scipy.optimize import minimize

    parts = np.array([numbers for numbers, _ in cases])  # case, stance, part
    truth = np.array([place for _, place in cases])
    rows = np.arange(len(truth))
    counts = np.bincount(truth, minlength=len(_STANCES))
    weight = np.sqrt(len(truth) / len(_STANCES) / counts[truth])

    def loss(line: np.ndarray) -> tuple[float, np.ndarray]:
        totals = parts @ line
        totals -= totals.max(axis=1, keepdims=True)
        powers = np.exp(totals)
        shares = powers / powers.sum(axis=1, keepdims=True)
        gradient = np.einsum("c,cs,csp->p", weight, shares, parts) - weight @ parts[rows, truth]
        value = -weight @ np.log(shares[rows, truth]) + _RIDGE * (line @ line)
        return float(value), gradient + 2 * _RIDGE * line

    least = [(_LEAST.get(name), None) for name in StanceLine._fields]
    found = minimize(loss, np.zeros(parts.shape[2]), jac=True, method="L-BFGS-B", bounds=least).x
    return StanceLine(*_rounded(found))


def blended(line: Line, terms: float, model: float) -> float:
    """Return the confidence of two log-odds together."""
    return logistic(line.start + line.terms * terms + line.model * model)
