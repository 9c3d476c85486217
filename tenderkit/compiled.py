"""
A vocabulary read and made ready for matching once for each state of its files; then it comes from the cache.

The key of an entry is a digest of the vocabulary's files and of the code that reads them: an entry is right, or is not
found. `load_vocabulary` and `Matcher` give the same without a cache, and are tested against it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from tenderkit import __version__
from tenderkit.cache import user_cache
from tenderkit.matching import Matcher
from tenderkit.resources import DEFAULT, MODEL_HEAD, cues_folder, model_folder, vocabulary_folder
from tenderkit.vocabulary import Outcome, Scheme, Term, Theme, load_vocabulary
from tenderkit.weights import OutcomeWeights, Weights

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

    from tenderkit.cache import Cache

CODE = (
    "compiled",
    "language",
    "matching",
    "occurrences",
    "phrases",
    "resources",
    "spelling",
    "tokens",
    "vocabulary",
    "weights",
)


def load_scheme(name: str = DEFAULT, kept: Cache | None = None) -> Scheme:
    """
    Load a vocabulary by name or folder, as `load_vocabulary` does, from the cache where it can.

    Args:
        name: Of one that travels with tenderkit, or a folder.
        kept: The cache; by default the user's.

    Raises:
        MistakesError: With every mistake in its files.
        UsageError: When there is no such vocabulary.

    >>> from tenderkit.cache import Cache
    >>> load_scheme("lga-2022", Cache(None)).id
    'lga-2022'
    """
    kept = kept or user_cache()
    folder = vocabulary_folder(name)
    key = f"scheme {digest_of(folder, folder / 'outcomes', cues_folder(name))} {_head(name)} {_code()}"
    plain = kept.get(key)
    if plain is not None:
        return replace(_scheme(plain), folder=name)
    scheme = load_vocabulary(name)
    kept.put(key, _plain(scheme))
    return scheme


def make_matcher(scheme: Scheme, kept: Cache | None = None) -> Matcher:
    """Return the matcher of a vocabulary as it was loaded, from the cache where it can; by default the user's."""
    kept = kept or user_cache()
    key = f"matcher {scheme.terms_sha256} {_code()}"
    found = kept.get(key) if scheme.terms_sha256 else None
    if found is not None:
        return Matcher(scheme, found)
    matcher = Matcher(scheme)
    if scheme.terms_sha256:
        kept.put(key, matcher.keep())
    return matcher


def digest_of(*folders: Traversable) -> str:
    """Return a digest of the files in folders, names and contents; a folder that is not there has none."""
    digest = hashlib.sha256()
    for folder in folders:
        found = (file for file in folder.iterdir() if file.is_file()) if folder.is_dir() else ()
        for file in sorted(found, key=lambda file: file.name):
            digest.update(f"{file.name}\0".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


@cache
def digest_of_code(*names: str) -> str:
    """Return a digest of the modules that an entry depends on; a version would not tell one checkout from another."""
    digest = hashlib.sha256(__version__.encode())
    for name in names:
        digest.update(files("tenderkit").joinpath(f"{name}.py").read_bytes())
    return digest.hexdigest()


def _head(name: str) -> str:
    """Return the digest of what a language model's numbers mean; the network's own stands in it."""
    head = model_folder(name) / MODEL_HEAD
    return hashlib.sha256(head.read_bytes()).hexdigest() if head.is_file() else ""


def _code() -> str:
    return digest_of_code(*CODE)


def _plain(value: Any) -> Any:
    """Return a value of dataclasses as tuples of their fields; token patterns, which hold lists, as JSON."""
    if isinstance(value, Term):
        return (*(_plain(getattr(value, each.name)) for each in fields(value) if each.name != "patterns"), _text(value))
    if is_dataclass(value):
        return tuple(_plain(getattr(value, each.name)) for each in fields(value))
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value


def _text(term: Term) -> str:
    return json.dumps(term.patterns) if term.patterns else ""


def _scheme(plain: tuple[Any, ...]) -> Scheme:
    row = dict(zip((each.name for each in fields(Scheme)), plain, strict=True))
    row["outcomes"] = tuple(_outcome(each) for each in row["outcomes"])
    row["weights"] = row["weights"] and _weights(row["weights"])
    return Scheme(**row)


def _outcome(plain: tuple[Any, ...]) -> Outcome:
    row = dict(zip((each.name for each in fields(Outcome)), plain, strict=True))
    row["themes"] = tuple(_theme(each) for each in row["themes"])
    return Outcome(**row)


def _theme(plain: tuple[Any, ...]) -> Theme:
    row = dict(zip((each.name for each in fields(Theme)), plain, strict=True))
    row["terms"] = tuple(_term(each) for each in row["terms"])
    return Theme(**row)


def _term(plain: tuple[Any, ...]) -> Term:
    phrases, near, unless, also, where, patterns = plain
    return Term(phrases, near, unless, tuple(map(tuple, json.loads(patterns))) if patterns else (), also, where)


def _weights(plain: tuple[Any, ...]) -> Weights:
    evidence, possible, terms_sha256, outcomes, likely = plain
    learned: Mapping[str, OutcomeWeights] = {name: OutcomeWeights(*each) for name, each in outcomes.items()}
    return Weights(evidence, possible, terms_sha256, learned, likely)
