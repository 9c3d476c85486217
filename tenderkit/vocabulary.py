"""
The declarative vocabulary: a scheme of outcomes, their themes, and the terms that speak of them (the names are SKOS's).

A vocabulary is a folder: `scheme.yml`, `outcomes/<id>.yml`, `cues/*.yml` (without them, the cues that travel with
tenderkit serve), and `weights.yml` where it was fitted. Loading gathers every mistake before it complains.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tenderkit.errors import MistakesError, UsageError
from tenderkit.phrases import PhraseError, variants
from tenderkit.resources import (
    DEFAULT,
    MODEL_HEAD,
    Mistakes,
    cues_folder,
    model_folder,
    nearest,
    read_yaml,
    scheme_file,
    vocabulary_folder,
)
from tenderkit.weights import FILE as WEIGHTS
from tenderkit.weights import read_weights

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from importlib.resources.abc import Traversable

    from tenderkit.resources import Node
    from tenderkit.weights import Weights


_NEEDS_A_MODEL = frozenset({"LEMMA", "POS", "TAG", "DEP", "MORPH", "ENT_TYPE"})

Pattern = tuple["dict[str, object]", ...]  # a spaCy token pattern


@dataclass(frozen=True, slots=True)
class Term:
    """
    Phrases that speak of a theme, and the company they must keep.

    Attributes:
        phrases: In the notation of `tenderkit.phrases`; empty when `patterns` says it.
        near: One of these must stand in the same sentence; empty for no condition.
        unless: False friends; see `matching` for when one vetoes.
        patterns: spaCy token patterns over the tidied text.
        also: Other outcomes that have these words too, on purpose.
        where: `file:line`, for messages.
    """

    phrases: tuple[str, ...]
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    also: tuple[str, ...] = ()
    where: str = ""

    @property
    def label(self) -> str:
        """How the term is named to people."""
        return self.phrases[0] if self.phrases else f"pattern at {self.where}"


@dataclass(frozen=True, slots=True)
class Theme:
    """One question that an evaluator asks about an outcome, with examples that are run as tests."""

    id: str
    prefLabel: str  # noqa: N815 - SKOS's own spelling, as in the files
    asks: str
    terms: tuple[Term, ...]
    says: tuple[str, ...]
    silent: tuple[str, ...]
    unless: tuple[str, ...] = ()
    scopeNote: str = ""  # noqa: N815 - SKOS's own spelling


@dataclass(frozen=True, slots=True)
class Outcome:
    """Something that digital work should serve, in four to six themes."""

    id: str
    prefLabel: str  # noqa: N815 - SKOS's own spelling
    definition: str
    source: str
    themes: tuple[Theme, ...]
    altLabel: tuple[str, ...] = ()  # noqa: N815 - SKOS's own spelling
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scheme:
    """
    A whole vocabulary.

    Attributes:
        lists: Named lists of words, for `$name` in phrases.
        unless: False friends of every term.
        least_share: 0 to 1; an outcome with no more different words in a paragraph than this share of what the
            foremost one has there is only brushed, and does not count. 0 where every one counts.
        sha256: Over every file that was read, cues and all, in the order of their names; last the head of the language
            model, which has the network's own.
        terms_sha256: Over the scheme and its outcomes alone: what weights are fitted to.
        weights: What it has learned; None where every term counts fully.
        folder: The name or path it was loaded by; never part of a result.
    """

    id: str
    prefLabel: str  # noqa: N815 - SKOS's own spelling
    version: str
    source: str
    outcomes: tuple[Outcome, ...]
    lists: Mapping[str, tuple[str, ...]]
    unless: tuple[str, ...]
    sha256: str
    terms_sha256: str = ""
    weights: Weights | None = None
    folder: str = DEFAULT
    least_share: float = 0.0

    def outcome(self, outcome_id: str) -> Outcome:
        """
        Return the outcome of that id, or of that label, as people type it.

        Raises:
            UsageError: With the nearest known id, when there is none.
        """
        known = {outcome.id: outcome for outcome in self.outcomes}
        by_name = {name.casefold(): each for each in self.outcomes for name in (each.prefLabel, each.id)}
        found = known.get(outcome_id) or by_name.get(outcome_id.strip().casefold())
        if found:
            return found
        hint = nearest(outcome_id, list(known))
        raise UsageError(f"No outcome '{outcome_id}'.{hint} This vocabulary has: {', '.join(known)}.")


def weights_file(scheme: Scheme) -> Path:
    """
    Return where the weights of a vocabulary stand, or would.

    Raises:
        UsageError: When its folder is no folder of this file system.
    """
    folder = vocabulary_folder(scheme.folder)
    if not isinstance(folder, Path):
        raise UsageError(f"'{scheme.folder}' cannot be written to where it is. Copy its folder, and fit the copy.")
    return folder / WEIGHTS


def load_vocabulary(name: str = DEFAULT, *, weighed: bool = True) -> Scheme:
    """
    Load a vocabulary by name or folder; not *weighed*, whatever weights it has are left alone.

    Raises:
        MistakesError: With every mistake in its files, each as `file:line: what. What to do.`
        UsageError: When there is no such vocabulary.

    >>> scheme = load_vocabulary()
    >>> len(scheme.outcomes), scheme.outcome("inclusion").prefLabel
    (12, 'Inclusion')
    """
    folder = vocabulary_folder(name)
    mistakes = Mistakes()
    digest = hashlib.sha256()
    file = scheme_file(name)
    digest.update(file.read_bytes())
    node = read_yaml(file, "scheme.yml", mistakes)
    head = node.mapping(("id", "prefLabel", "version", "source"), ("lists", "unless", "least-share")) if node else {}
    lists = _read_lists(head["lists"]) if "lists" in head else {}
    outcomes = tuple(_read_outcomes(folder / "outcomes", lists, mistakes, digest))
    if not outcomes and not mistakes.lines:
        mistakes.add("outcomes", 1, "No outcome. Add a file outcomes/<id>.yml.")
    _check_also(outcomes, mistakes)
    unless = tuple(_phrases(head["unless"], lists)) if "unless" in head else ()
    least_share = _read_share(head["least-share"]) if "least-share" in head else 0.0
    terms_sha256 = digest.hexdigest()
    weights = _read_weights(folder / WEIGHTS, mistakes, digest) if weighed else None
    for entry in sorted(cues_folder(name).iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".yml"):
            digest.update(entry.read_bytes())
    if (model := model_folder(name) / MODEL_HEAD).is_file():  # it holds the digest of the network
        digest.update(model.read_bytes())
    about = {name: _text(head, name) for name in ("id", "prefLabel", "version", "source")}
    if mistakes.lines:
        raise MistakesError(tuple(mistakes.lines))
    return Scheme(
        **about,
        outcomes=outcomes,
        lists=lists,
        unless=unless,
        sha256=digest.hexdigest(),
        terms_sha256=terms_sha256,
        weights=weights,
        folder=name,
        least_share=least_share,
    )


def _read_weights(file: Traversable, mistakes: Mistakes, digest: hashlib._Hash) -> Weights | None:
    if not file.is_file():
        return None
    digest.update(file.read_bytes())
    node = read_yaml(file, WEIGHTS, mistakes)
    return read_weights(node) if node else None


def _read_share(node: Node) -> float:
    share = node.number()
    if not 0 <= share < 1:
        node.wrong("A share is 0 or more and less than 1. Write for instance 0.5.")
    return share


def _read_lists(node: Node) -> dict[str, tuple[str, ...]]:
    lists = {}
    for name, value in node.pairs():
        if not re.fullmatch(r"[a-z][a-z-]*", name):
            value.wrong(f"'{name}' is not a list's name. Use small letters and hyphens.")
        for item in value.items():
            _check_phrase(item, {})
        lists[name] = value.texts()
    return lists


def _read_outcomes(
    folder: Traversable, lists: Mapping[str, tuple[str, ...]], mistakes: Mistakes, digest: hashlib._Hash
) -> Iterator[Outcome]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name) if folder.is_dir() else ():
        if entry.name.startswith("."):
            continue
        label = f"outcomes/{entry.name}"
        if not entry.name.endswith(".yml") or not entry.is_file():
            mistakes.add(label, 1, "Only .yml files belong here. Move it away.")
            continue
        digest.update(entry.read_bytes())
        if node := read_yaml(entry, label, mistakes):
            yield _read_outcome(node, entry.name.removesuffix(".yml"), lists)


def _read_outcome(node: Node, stem: str, lists: Mapping[str, tuple[str, ...]]) -> Outcome:
    part = node.mapping(("id", "prefLabel", "definition", "source", "themes"), ("altLabel", "unless"))
    if "id" in part and part["id"].text() != stem:
        part["id"].wrong(f"The id '{part['id'].text()}' differs from the file's name. Make them the same.")
    themes: list[Theme] = []
    for entry in part["themes"].items() if "themes" in part else ():
        theme = _read_theme(entry, lists)
        if theme.id in {other.id for other in themes}:
            entry.wrong(f"The theme '{theme.id}' stands here twice. Rename one.")
        themes.append(theme)
    if "themes" in part and not themes:
        part["themes"].wrong("An outcome without themes. Add one.")
    return Outcome(
        id=_text(part, "id"),
        prefLabel=_text(part, "prefLabel"),
        definition=_text(part, "definition"),
        source=_text(part, "source"),
        themes=tuple(themes),
        altLabel=part["altLabel"].texts() if "altLabel" in part else (),
        unless=tuple(_phrases(part["unless"], lists)) if "unless" in part else (),
    )


def _read_theme(node: Node, lists: Mapping[str, tuple[str, ...]]) -> Theme:
    part = node.mapping(("id", "prefLabel", "asks", "terms", "says", "silent"), ("unless", "scopeNote"))
    if "id" in part and not re.fullmatch(r"[a-z][a-z0-9-]*", part["id"].text()):
        part["id"].wrong("An id is small letters, figures and hyphens. Change it.")
    if "asks" in part and not part["asks"].text().endswith("?"):
        part["asks"].wrong("'asks' is a question and ends with a question mark. Rewrite it.")
    for name in ("says", "silent", "terms"):
        if name in part and not part[name].items():
            part[name].wrong(f"'{name}' is empty. Add at least one.")
    return Theme(
        id=_text(part, "id"),
        prefLabel=_text(part, "prefLabel"),
        asks=_text(part, "asks"),
        terms=tuple(_read_term(term, lists) for term in part["terms"].items()) if "terms" in part else (),
        says=part["says"].texts() if "says" in part else (),
        silent=part["silent"].texts() if "silent" in part else (),
        unless=tuple(_phrases(part["unless"], lists)) if "unless" in part else (),
        scopeNote=_text(part, "scopeNote"),
    )


def _read_term(node: Node, lists: Mapping[str, tuple[str, ...]]) -> Term:
    where = f"{node.label}:{node.line}"
    if node.is_text:
        return Term(phrases=tuple(_phrases(node, lists)), where=where)
    part = node.mapping((), ("phrase", "near", "unless", "pattern", "also"))
    if node.is_mapping and ("phrase" in part) == ("pattern" in part):
        node.wrong("A term has either 'phrase' or 'pattern'. Write one of them.")
    return Term(
        phrases=tuple(_phrases(part["phrase"], lists)) if "phrase" in part else (),
        near=tuple(_phrases(part["near"], lists)) if "near" in part else (),
        unless=tuple(_phrases(part["unless"], lists)) if "unless" in part else (),
        patterns=(_read_pattern(part["pattern"]),) if "pattern" in part else (),
        also=part["also"].texts() if "also" in part else (),
        where=where,
    )


def _check_also(outcomes: tuple[Outcome, ...], mistakes: Mistakes) -> None:
    known = [outcome.id for outcome in outcomes]
    for outcome in outcomes:
        for term in (term for theme in outcome.themes for term in theme.terms):
            for other in term.also:
                if other == outcome.id or other not in known:
                    label, _, line = term.where.rpartition(":")
                    hint = "" if other == outcome.id else nearest(other, known)
                    mistakes.add(label, int(line), f"'also' names no other outcome: '{other}'.{hint} Correct it.")


def _read_pattern(node: Node) -> Pattern:
    before = len(node.mistakes.lines)
    value = node.plain()
    if len(node.mistakes.lines) > before:
        return ()
    if not isinstance(value, list) or not all(isinstance(token, dict) for token in value):
        node.wrong("A pattern is a list of mappings, one a token, as spaCy's Matcher takes them. Write it so.")
        return ()
    if not pattern_word(tuple(value)):
        node.wrong("A pattern needs one plain word: LOWER or NORM with a text. Add it, so that it can be found fast.")
    for key in sorted({str(key) for token in value for key in token} & _NEEDS_A_MODEL):
        node.wrong(f"'{key}' needs a language model, which tenderkit does without. Use LOWER, NORM, REGEX or LIKE_NUM.")
    if len(node.mistakes.lines) == before and (refusal := _refusal(value)):
        node.wrong(f"spaCy refuses this pattern ({refusal}). See its page on token patterns.")
    return tuple(value)


def pattern_word(pattern: Pattern) -> str:
    """
    Return a word that every match of a token pattern holds, or an empty string where there is none.

    >>> pattern_word(({"LOWER": "up", "OP": "?"}, {"LIKE_NUM": True}, {"LOWER": "percent"}))
    'percent'
    """
    for token in pattern:
        if not str(token.get("OP", "1")).startswith(("?", "*", "!", "{0", "{,")):
            for key in ("LOWER", "NORM"):
                word = token.get(key)
                if isinstance(word, str) and word:
                    return word
    return ""


def _refusal(pattern: list[dict[str, object]]) -> str:
    """Return why spaCy would not take a pattern, or an empty string."""
    from spacy.errors import MatchPatternError
    from spacy.matcher import Matcher
    from spacy.vocab import Vocab

    try:
        Matcher(Vocab(), validate=True).add("pattern", [pattern])
    except MatchPatternError as error:
        place = re.search(r"\[pattern -> (\d+) -> (\w+)", str(error))
        return f"its token {int(place[1]) + 1}, at {place[2]}" if place else "one of its tokens"
    except re.error:
        return "a regular expression in it"
    except ValueError:
        return "one of its tokens"
    return ""


def _phrases(node: Node, lists: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for item in node.items():
        _check_phrase(item, lists)
        yield item.text()


def _check_phrase(node: Node, lists: Mapping[str, tuple[str, ...]]) -> None:
    try:
        variants(node.text() or "empty", lists)  # an empty text is a mistake already
    except PhraseError as error:
        node.wrong(str(error))


def _text(part: Mapping[str, Node], name: str) -> str:
    return part[name].text() if name in part else ""
