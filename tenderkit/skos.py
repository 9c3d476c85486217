"""
A vocabulary as SKOS, the W3C's vocabulary for vocabularies (https://www.w3.org/TR/skos-reference/).

Outcomes are the top concepts and themes are narrower ones. A plain term is a hidden label: words by which a concept is
found in text, but no name for it. Terms that ask for company, or in the notation of phrases, have no place in SKOS.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from tenderkit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tenderkit.vocabulary import Outcome, Scheme, Theme

_LANGUAGE = "en"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`,«»]+")
_NOTATION = re.compile(r"[|?<>*$]")


class Syntax(StrEnum):
    """How the graph is written."""

    TURTLE = "turtle"
    XML = "xml"
    JSON_LD = "json-ld"


def export(scheme: Scheme, *, base: str | None = None, syntax: Syntax = Syntax.TURTLE) -> str:
    """
    Return a vocabulary as SKOS.

    Args:
        scheme: The vocabulary.
        base: The name (a URI) of the scheme; its concepts are named beneath it. A URN if not given.
        syntax: Turtle, RDF/XML or JSON-LD.

    Raises:
        UsageError: When *base* is no URI, or rdflib is not installed.
    """
    graph = _Graph(base or f"urn:tenderkit:{scheme.id}")
    for triple in _scheme(scheme, graph):
        graph.add(*triple)
    return graph.text(syntax)


_Triple = tuple[Any, Any, Any]


class _Graph:
    """rdflib's graph with short ways to name things; rdflib is loaded only here."""

    def __init__(self, base: str) -> None:
        try:
            import rdflib
            from rdflib.namespace import DCTERMS, OWL, RDF, SKOS
        except ImportError:
            raise UsageError("Exporting needs rdflib. Install it: pip install 'tenderkit[skos]'.") from None
        base = base.rstrip("/#:")
        if not _NAME.fullmatch(base):
            raise UsageError(f"'{base}' is no URI. Write one such as https://example.org/vocabulary.")
        self.skos, self.terms, self.type, self.version = SKOS, DCTERMS, RDF.type, OWL.versionInfo
        self._rdflib = rdflib
        self._graph = rdflib.Graph()
        self._base = base
        self._between = ":" if base.startswith("urn:") else "/"
        for prefix, namespace in (("skos", SKOS), ("dcterms", DCTERMS), ("owl", OWL)):
            self._graph.bind(prefix, namespace)

    def name(self, *ids: str) -> Any:
        """Return the name of the scheme, or of the concept of these ids."""
        return self._rdflib.URIRef(self._between.join((self._base, *ids)))

    def words(self, text: str) -> Any:
        """Return a text in its language."""
        return self._rdflib.Literal(text, lang=_LANGUAGE)

    def plain(self, text: str) -> Any:
        """Return a text that belongs to no language."""
        return self._rdflib.Literal(text)

    def source(self, text: str) -> Any:
        """Return an address as a link, and anything else as text."""
        return self._rdflib.URIRef(text) if _ADDRESS.fullmatch(text) else self._rdflib.Literal(text)

    def add(self, subject: Any, predicate: Any, value: Any) -> None:
        self._graph.add((subject, predicate, value))

    def text(self, syntax: Syntax) -> str:
        """Return all of it, with one line break at its end."""
        return str(self._graph.serialize(format=syntax.value)).rstrip("\n") + "\n"


def _scheme(scheme: Scheme, graph: _Graph) -> Iterator[_Triple]:
    name, skos = graph.name(), graph.skos
    yield name, graph.type, skos.ConceptScheme
    yield name, skos.prefLabel, graph.words(scheme.prefLabel)
    yield name, graph.terms.title, graph.words(scheme.prefLabel)
    yield name, graph.terms.source, graph.source(scheme.source)
    yield name, graph.version, graph.plain(scheme.version)
    for outcome in scheme.outcomes:
        yield name, skos.hasTopConcept, graph.name(outcome.id)
        yield graph.name(outcome.id), skos.topConceptOf, name
        yield from _outcome(outcome, graph)


def _outcome(outcome: Outcome, graph: _Graph) -> Iterator[_Triple]:
    name, skos = graph.name(outcome.id), graph.skos
    yield from _concept(name, outcome.id, outcome.prefLabel, graph)
    for label in outcome.altLabel:
        if label != outcome.prefLabel:
            yield name, skos.altLabel, graph.words(label)
    yield name, skos.definition, graph.words(outcome.definition)
    yield name, graph.terms.source, graph.source(outcome.source)
    for theme in outcome.themes:
        yield name, skos.narrower, graph.name(outcome.id, theme.id)
        yield graph.name(outcome.id, theme.id), skos.broader, name
        yield from _theme(outcome, theme, graph)


def _theme(outcome: Outcome, theme: Theme, graph: _Graph) -> Iterator[_Triple]:
    name, skos = graph.name(outcome.id, theme.id), graph.skos
    yield from _concept(name, f"{outcome.id}/{theme.id}", theme.prefLabel, graph)
    for note in (theme.asks, theme.scopeNote):
        if note:
            yield name, skos.scopeNote, graph.words(note)
    for term in theme.terms:
        for phrase in () if term.near else term.phrases:
            if not _NOTATION.search(phrase) and phrase.casefold() != theme.prefLabel.casefold():
                yield name, skos.hiddenLabel, graph.words(phrase)
    for example in theme.says:
        yield name, skos.example, graph.words(example)
    for example in theme.silent:
        yield name, skos.editorialNote, graph.words(f"Not meant: {example}")


def _concept(name: Any, notation: str, label: str, graph: _Graph) -> Iterator[_Triple]:
    yield name, graph.type, graph.skos.Concept
    yield name, graph.skos.inScheme, graph.name()
    yield name, graph.skos.notation, graph.plain(notation)
    yield name, graph.skos.prefLabel, graph.words(label)
