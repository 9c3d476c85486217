"""
A vocabulary's cues, measures, roles and stances, made ready once for each state of their files; then from the cache.

What `compiled` is to the terms. The loaders give the same without a cache, and are tested against it.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any

from tenderkit.cache import user_cache
from tenderkit.compiled import CODE, digest_of, digest_of_code
from tenderkit.cue_finding import CueFinder
from tenderkit.cue_index import CueIndex, index_cues
from tenderkit.cues import load_cues
from tenderkit.main_clause import Verbs
from tenderkit.measures import MeasureFinder, load_measures
from tenderkit.occurrences import SequenceTree
from tenderkit.resources import cues_folder
from tenderkit.roles import RoleFinder, load_roles
from tenderkit.signs import Shapes
from tenderkit.stance_signs import StanceWeigher, StanceWeights, load_stances

if TYPE_CHECKING:
    from tenderkit.cache import Cache
    from tenderkit.language import Language
    from tenderkit.vocabulary import Scheme

_CODE = (
    *CODE,
    "compiled_cues",
    "cue_index",
    "cues",
    "evidence",
    "main_clause",
    "measures",
    "roles",
    "signs",
    "stance_signs",
)


@dataclass(frozen=True, slots=True)
class Finders:
    """What tells what a document and its sentences do, as a vocabulary's `cues` folder lists it."""

    cues: CueFinder
    measures: MeasureFinder
    roles: RoleFinder
    stances: StanceWeigher | None


def make_finders(scheme: Scheme, language: Language, kept: Cache | None = None) -> Finders:
    """
    Return the finders of a vocabulary, from the cache where they can be.

    Args:
        scheme: The vocabulary.
        language: Its own, of `Matcher.language`.
        kept: The cache; by default the user's.

    Raises:
        MistakesError: With every mistake in the files.
    """
    kept = kept or user_cache()
    if not scheme.terms_sha256:  # what tells its words, and thereby its tokens
        return _finders(*_load(scheme, language))
    key = f"cues {digest_of(cues_folder(scheme.folder))} {scheme.terms_sha256} {_code()}"
    plain = kept.get(key)
    if plain is not None:
        return _unpacked(plain)
    found = _load(scheme, language)
    kept.put(key, _plain(*found))
    return _finders(*found)


def _code() -> str:
    return digest_of_code(*_CODE)


_Loaded = tuple[CueIndex, MeasureFinder, RoleFinder, "StanceWeigher | None"]


def _load(scheme: Scheme, language: Language) -> _Loaded:
    cues = load_cues(scheme.folder)
    measures, stances = load_measures(scheme.folder), load_stances(scheme.folder, cues.lists)
    return index_cues(cues, language), measures, load_roles(scheme.folder), stances


def _finders(index: CueIndex, measures: MeasureFinder, roles: RoleFinder, stances: StanceWeigher | None) -> Finders:
    return Finders(CueFinder(index), measures, roles, stances)


def _plain(index: CueIndex, measures: MeasureFinder, roles: RoleFinder, stances: StanceWeigher | None) -> Any:
    return astuple(index), measures.lists, roles.packed(), stances and _plain_stances(stances)


def _unpacked(plain: Any) -> Finders:
    index, measures, roles, stances = plain
    trees: dict[str, SequenceTree[Any, Any]] = {name: SequenceTree(packed) for name, packed in roles.items()}
    return _finders(CueIndex(*index), MeasureFinder(measures), RoleFinder(trees), stances and _stances(stances))


def _plain_stances(stances: StanceWeigher) -> Any:
    shapes, weights = stances.shapes, stances.weights
    verbs = shapes.verbs
    forms = [sorted(forms) for forms in (verbs.base, verbs.third, verbs.doing, verbs.done)]
    return sorted(shapes.words), shapes.classes, (*forms, verbs.subjects), astuple(weights)


def _stances(plain: Any) -> StanceWeigher:
    words, classes, (base, third, doing, done, subjects), weights = plain
    verbs = Verbs(frozenset(base), frozenset(third), frozenset(doing), frozenset(done), subjects)
    return StanceWeigher(Shapes(frozenset(words), classes, verbs), StanceWeights(*weights))
