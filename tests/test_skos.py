"""What is exported as SKOS keeps the integrity conditions of the SKOS reference when it is read back."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from rdflib import Graph
from rdflib.namespace import DCTERMS, RDF, SKOS

from tenderkit.errors import UsageError
from tenderkit.skos import Syntax, export
from tenderkit.vocabulary import load_vocabulary

VOCABULARIES = ["lga-2022", "sdg"]
LABELS = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)


@cache
def scheme(name):
    return load_vocabulary(name)


@cache
def graph(name, syntax=Syntax.TURTLE):
    return Graph().parse(data=export(scheme(name), syntax=syntax), format=syntax.value)


@pytest.mark.parametrize("name", VOCABULARIES)
def test_outcomes_are_top_concepts_and_themes_narrower_ones(name):
    read = graph(name)
    (top,) = read.subjects(RDF.type, SKOS.ConceptScheme)
    outcomes = set(read.objects(top, SKOS.hasTopConcept))
    assert len(outcomes) == len(scheme(name).outcomes)
    assert outcomes == set(read.subjects(SKOS.topConceptOf, top))
    concepts = set(read.subjects(RDF.type, SKOS.Concept))
    assert concepts == set(read.subjects(SKOS.inScheme, top))
    assert len(concepts) == len(outcomes) + sum(len(outcome.themes) for outcome in scheme(name).outcomes)
    assert set(read.subject_objects(SKOS.narrower)) == {(b, a) for a, b in read.subject_objects(SKOS.broader)}
    assert set(read.objects(None, SKOS.broader)) == outcomes
    assert not outcomes & set(read.subjects(SKOS.broader, None))


@pytest.mark.parametrize("name", VOCABULARIES)
def test_the_integrity_conditions_of_labels_and_kinds_hold(name):
    read = graph(name)
    assert not set(read.subjects(RDF.type, SKOS.ConceptScheme)) & set(read.subjects(RDF.type, SKOS.Concept))
    for concept in read.subjects(RDF.type, SKOS.Concept):
        languages = Counter(label.language for label in read.objects(concept, SKOS.prefLabel))
        assert set(languages.values()) == {1}
        labels = [label for kind in LABELS for label in set(read.objects(concept, kind))]
        assert len(labels) == len(set(labels)), concept
        assert len(list(read.objects(concept, SKOS.notation))) == 1
    notations = [str(value) for value in read.objects(None, SKOS.notation)]
    assert len(notations) == len(set(notations))


def test_definitions_notes_examples_and_other_names_travel():
    read, outcome = graph("lga-2022"), scheme("lga-2022").outcome("democracy")
    (concept,) = [one for one, value in read.subject_objects(SKOS.notation) if str(value) == "democracy"]
    assert [str(value) for value in read.objects(concept, SKOS.definition)] == [outcome.definition]
    assert {str(value) for value in read.objects(concept, SKOS.altLabel)} == set(outcome.altLabel)
    assert list(read.objects(concept, DCTERMS.source))
    theme = outcome.themes[0]
    (narrow,) = [one for one, value in read.subject_objects(SKOS.notation) if str(value) == f"democracy/{theme.id}"]
    assert theme.asks in {str(value) for value in read.objects(narrow, SKOS.scopeNote)}
    assert {str(value) for value in read.objects(narrow, SKOS.example)} == set(theme.says)
    assert list(read.objects(narrow, SKOS.hiddenLabel))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader of JSON-LD
@pytest.mark.parametrize("syntax", Syntax)
def test_every_syntax_says_the_same(syntax):
    assert set(graph("lga-2022", syntax)) == set(graph("lga-2022"))


def test_the_same_vocabulary_gives_the_same_bytes():
    assert export(scheme("lga-2022")) == export(load_vocabulary("lga-2022"))


@pytest.mark.parametrize("base", ["https://example.org/outcomes", "https://example.org/outcomes/"])
def test_concepts_are_named_beneath_the_base(base):
    assert "<https://example.org/outcomes/value> a skos:Concept" in export(scheme("lga-2022"), base=base)


def test_a_base_that_is_no_uri_is_a_usage_error():
    with pytest.raises(UsageError, match="'our outcomes' is no URI"):
        export(scheme("lga-2022"), base="our outcomes")
