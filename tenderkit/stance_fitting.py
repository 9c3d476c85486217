"""
Learns what the signs of a sentence add to each stance, from labelled passages.

One multinomial logistic regression (ridge penalty) over sentences. A passage carries one label, its main sentence's:
a first fit weighs each sentence alike, a second one by how well the first fits it to the label. A sign counts only
where four sources or more show it, and of those only the telling ones are kept. Rules alone find denials; from
passages of one sentence in which they find one, a second, binary regression learns how sure that is.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

import numpy as np

from tenderkit.cue_finding import CueFinder
from tenderkit.cue_index import index_cues
from tenderkit.cues import load_cues
from tenderkit.document import passage_in_context
from tenderkit.errors import MistakesError, UsageError
from tenderkit.evidence import SHARED, Stance
from tenderkit.fitting import presence, tools
from tenderkit.judging import Judge
from tenderkit.lead_ins import LeadIns
from tenderkit.lessons import source_of
from tenderkit.matching import Matcher
from tenderkit.measures import load_measures
from tenderkit.resources import DEFAULT, Mistakes, cues_folder
from tenderkit.roles import Role
from tenderkit.signs import SHAPES, Shapes, Signs, load_shapes, of_rules, signs
from tenderkit.stance_signs import FILE, StanceWeights, of_denial, render
from tenderkit.vocabulary import weights_file

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from tenderkit.labels import Passage
    from tenderkit.language import Language
    from tenderkit.vocabulary import Scheme

_FEWEST_GROUPS = 4
_MOST_SIGNS = 4000
_RIDGE = 0.05  # scikit-learn's C
_FEWEST_DENYING = 3  # sources that show a sign of a denial
_RIDGE_OF_DENIALS = 0.1  # held out by source, of the 621 denials that rules found in labelled passages AUC 0.77
_LEAST_DENYING = 0.03  # a number nearer to nought than this is left out
_DENIED = len(SHARED)  # the place of a denied passage
_LEAST = 0.005  # a number nearer to nought than this is written as nought


@dataclass(frozen=True, slots=True)
class StanceLesson:
    """
    A labelled passage to learn from.

    Attributes:
        signs: Names, sentence by sentence.
        stance: Place in `SHARED`; of a denied passage the place behind its last.
        group: The source.
        denial: Names, where the passage is one sentence and the rules find a denial in it.
    """

    signs: tuple[tuple[str, ...], ...]
    stance: int
    group: str
    denial: tuple[str, ...] = ()


def lessons(passages: Iterable[Passage], scheme: Scheme, language: Language) -> Iterator[StanceLesson]:
    """
    Yield a lesson for each passage whose stance is labelled, but for denied ones in which rules find no denial.

    Raises:
        UsageError: When the vocabulary has no `cues/shapes.yml`.
        MistakesError: With every mistake in it.
    """
    cues, mistakes = load_cues(scheme.folder), Mistakes()
    shapes = load_shapes(scheme.folder, cues.lists, mistakes)
    if mistakes.lines:
        raise MistakesError(tuple(mistakes.lines))
    if shapes is None:
        raise UsageError(f"'{scheme.folder}' has no cues/{SHAPES}, which tells what signs are. Copy it from lga-2022.")
    judge = Judge(CueFinder(index_cues(cues, language)), load_measures(scheme.folder))
    for passage in passages:
        if passage.stance is not None:
            yield from _lesson(passage, passage.stance, judge, shapes, language)


def _lesson(
    passage: Passage, stance: Stance, judge: Judge, shapes: Shapes, language: Language
) -> Iterator[StanceLesson]:
    role = passage.role
    lead_ins = LeadIns(judge, role or Role.TENDER)
    found, denials = [], []
    document, start = passage_in_context(passage.text, passage.before)
    for tokens in language.blocks(document):
        lead_ins.enter(tokens)
        if tokens.block.start < start:
            continue
        for sentence in tokens.sentences():
            lead_in = lead_ins.judgement(sentence)
            ruled = judge.ruled(sentence, lead_in, role or Role.TENDER)
            seen = signs(sentence, shapes, role, lead_in)
            found.append(_names(seen, of_rules(ruled, role)))
            denials.append(_names(seen, of_denial(ruled)) if ruled.stance is Stance.NEGATED else ())
    denial = denials[0] if len(denials) == 1 else ()
    place = SHARED.index(stance) if stance in SHARED else _DENIED
    if found and (denial or place != _DENIED):
        yield StanceLesson(tuple(found), place, source_of(passage), denial)


def _names(*seen: Signs) -> tuple[str, ...]:
    return tuple(name for name in chain.from_iterable(seen) if name.isprintable())


def learn(taught: Sequence[StanceLesson]) -> StanceWeights:
    """
    Learn the numbers of the signs.

    Raises:
        UsageError: When scikit-learn is not installed, or the passages show fewer than two stances besides denials.
    """
    if not _enough(taught):
        raise UsageError("Stances are learned from passages of two stances or more. Give labels with 'stance'.")
    denied, denials = _learn_denials([lesson for lesson in taught if lesson.denial])
    taught = [lesson for lesson in taught if lesson.stance != _DENIED]
    owners = np.array([i for i, lesson in enumerate(taught) for _ in lesson.signs])
    truth = np.array([taught[i].stance for i in owners])
    names, seen = _seen([(sentence, lesson.group) for lesson in taught for sentence in lesson.signs], _FEWEST_GROUPS)
    alike = 1 / np.bincount(owners, minlength=len(taught))[owners]
    first = _regress(seen, truth, alike)
    fits = first.predict_proba(seen)[np.arange(len(truth)), np.searchsorted(first.classes_, truth)]
    weight = fits / np.bincount(owners, weights=fits, minlength=len(taught))[owners]
    shown = np.asarray(seen.sum(axis=0)).ravel()
    telling = np.abs(first.coef_ - first.coef_.mean(axis=0)).max(axis=0) * np.sqrt(shown)
    chosen = sorted(np.argsort(-telling, kind="stable")[:_MOST_SIGNS].tolist())
    final = _regress(seen[:, chosen], truth, weight)
    start = np.full(len(SHARED), -9.0)  # a stance that no passage shows is never found
    numbers = np.zeros((len(chosen), len(SHARED)))
    start[final.classes_] = final.intercept_
    numbers[:, final.classes_] = final.coef_.T
    return StanceWeights(
        tuple(round(float(number), 2) for number in start),
        {
            names[column]: tuple(round(float(number), 2) for number in row)
            for column, row in zip(chosen, numbers, strict=True)
            if np.abs(row).max() >= _LEAST
        },
        denied,
        denials,
    )


def _enough(taught: Iterable[StanceLesson]) -> bool:
    """Tell whether two stances or more are shown besides denials."""
    return len({lesson.stance for lesson in taught} - {_DENIED}) > 1


def _learn_denials(taught: Sequence[StanceLesson]) -> tuple[float, dict[str, float]]:
    """Learn how sure a denial is; nothing where the passages show none, or no false one."""
    truth = np.array([lesson.stance == _DENIED for lesson in taught], dtype=bool)
    if not truth.any() or truth.all():
        return 0.0, {}
    names, seen = _seen([(lesson.denial, lesson.group) for lesson in taught], _FEWEST_DENYING)
    if not names:
        return 0.0, {}
    model = _regress(seen, truth, np.ones(len(taught)), _RIDGE_OF_DENIALS)
    numbers = {name: round(float(number), 2) for name, number in zip(names, model.coef_[0], strict=True)}
    return round(float(model.intercept_[0]), 2), {
        name: number for name, number in numbers.items() if abs(number) >= _LEAST_DENYING
    }


def _seen(told: Sequence[tuple[tuple[str, ...], str]], fewest: int) -> tuple[list[str], Any]:
    """Return the signs that enough sources show, and which of them each sentence shows; *told* are signs and source."""
    groups: dict[str, set[str]] = defaultdict(set)
    for signs_of, group in told:
        for name in signs_of:
            groups[name].add(group)
    names = sorted(name for name, found in groups.items() if len(found) >= fewest)
    place = {name: i for i, name in enumerate(names)}
    return names, presence([[place[name] for name in signs_of if name in place] for signs_of, _ in told], names)


def lessons_of(passages: Iterable[Passage], scheme: Scheme, language: Language) -> tuple[StanceLesson, ...]:
    """Return the lessons of passages; none for a vocabulary whose cues tell nothing of signs."""
    if not (cues_folder(scheme.folder) / SHAPES).is_file():
        return ()
    return tuple(lessons(passages, scheme, language))


def held_out(taught: Sequence[StanceLesson], groups: Container[str]) -> StanceWeights | None:
    """Return what is learned without some sources; None where too little is left, and the rules stand alone."""
    left = [lesson for lesson in taught if lesson.group not in groups]
    return learn(left) if _enough(left) else None


def fit_stances(scheme: Scheme, passages: Sequence[Passage], date: str) -> str:
    """
    Learn, and return the text of `stances.yml`; *date* is written down as it is.

    Raises:
        UsageError: As `lessons` and `learn`.
    """
    taught = list(lessons(passages, scheme, Matcher(scheme).language))
    data = hashlib.sha256()
    for passage in passages:
        row = [passage.text, passage.before, passage.stance, passage.role or "", passage.group]
        data.update(json.dumps(row, ensure_ascii=False).encode())
    sources = len({lesson.group for lesson in taught})
    head = [
        f'fitted: "{date}"',
        f'learned-from: {{passages: {len(taught)}, sources: {sources}, data: "{data.hexdigest()}"}}',
    ]
    return render(learn(taught), head)


def stances_file(scheme: Scheme) -> Path:
    """
    Return where what a vocabulary has learned of stances stands, or would.

    Raises:
        UsageError: When it has no cues of its own, or its folder is no folder of this file system.
    """
    folder = weights_file(scheme).parent / "cues"
    if not folder.is_dir():
        raise UsageError(f"'{scheme.folder}' has no cues of its own. Fit {DEFAULT}, whose cues it takes.")
    return folder / FILE


def _regress(matrix: Any, truth: NDArray[Any], weight: NDArray[np.float64], ridge: float = _RIDGE) -> Any:
    linear, _ = tools()
    return linear.LogisticRegression(C=ridge, max_iter=300).fit(matrix, truth, sample_weight=weight)
