"""Each lint query passes on the files as they are, and finds what it is there to find."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from kg.vocabulary import ontology_dir

if TYPE_CHECKING:
    from pathlib import Path

QUERIES = sorted((ontology_dir() / "lint").glob("*.rq"))
PREFIXES = """
@prefix bkg: <https://w3id.org/breachkg/ns#> .
@prefix dt: <https://w3id.org/breachkg/vocab/data-type/> .
@prefix hibp: <https://w3id.org/breachkg/vocab/hibp-data-class/> .
@prefix lint: <https://w3id.org/breachkg/lint#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/breachkg/shapes#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix vocab: <https://w3id.org/breachkg/vocab/> .
"""
ONTOLOGY, CORE, DATA_TYPE = "ontology/breachkg.ttl", "ontology/shapes/core.ttl", "ontology/vocab/data-type.ttl"
LOST = "dt:lost a skos:Concept ; skos:prefLabel 'Lost' ; skos:definition 'Lost.' ; skos:inScheme vocab:data-type"
PLANTED = [
    ("broken-hierarchy", DATA_TYPE, "dt:names skos:broader dt:nothing ."),
    ("broken-hierarchy", DATA_TYPE, "dt:personal-data skos:broader dt:names ."),
    ("broken-hierarchy", DATA_TYPE, "vocab:data-type skos:hasTopConcept dt:names ."),
    ("broken-hierarchy", DATA_TYPE, "dt:names skos:topConceptOf vocab:data-type ."),
    ("broken-hierarchy", DATA_TYPE, "dt:reported skos:member dt:nothing ."),
    ("broken-matches", DATA_TYPE, "dt:names skos:closeMatch hibp:nothing ."),
    ("duplicate-labels", DATA_TYPE, "dt:age skos:altLabel 'TELEPHONE numbers'@en ."),
    (
        "duplicate-notations",
        "ontology/vocab/industry.ttl",
        "<https://w3id.org/breachkg/vocab/industry/52> skos:notation '51' .",
    ),
    ("misspelt-shacl", CORE, "shape:incident sh:targetclass bkg:Incident ."),
    ("misspelt-shacl", CORE, "shape:incident-label sh:severity sh:Voilation ."),
    ("preferred-labels", DATA_TYPE, "dt:age skos:prefLabel 'Ages of persons'@en ."),
    ("preferred-labels", DATA_TYPE, "dt:age skos:altLabel 'Age'@en ."),
    ("silent-shapes", CORE, "shape:mute a sh:PropertyShape ; sh:path bkg:score ."),
    ("silent-shapes", CORE, "shape:mute a sh:NodeShape ; sh:targetClass bkg:Note ; sh:class bkg:Note ."),
    ("silent-shapes", CORE, "shape:idle a sh:NodeShape ; sh:property shape:note-key ."),
    ("silent-shapes", CORE, "shape:note sh:property shape:gone ."),
    ("unchecked-properties", ONTOLOGY, "bkg:mood a owl:DatatypeProperty ."),
    ("undeclared-concepts", CORE, "shape:x sh:hasValue <https://w3id.org/breachkg/vocab/certainty/sure> ."),
    ("undeclared-concepts", "kg/x.py", "<file:kg/x.py> lint:mentions <https://w3id.org/breachkg/vocab/nothing> ."),
    ("undeclared-terms", CORE, "shape:x sh:path bkg:scroe ."),
    ("undeclared-terms", "kg/x.py", "<file:kg/x.py> lint:mentions bkg:usesVendr ."),
    ("undeclared-terms", "tests/data.ttl", "<https://w3id.org/breachkg/id/x> bkg:scroe 1 ."),
    ("undeclared-terms", "tests/data.ttl", "bkg:Incidnet rdfs:label 'x' ."),
    ("undocumented", ONTOLOGY, "bkg:mood a owl:DatatypeProperty ; rdfs:label 'mood' ; skos:definition 'A mood.' ."),
    ("undocumented", ONTOLOGY, "bkg:Mood a owl:Class ; rdfs:label 'mood' ; skos:example 'Glad.' ."),
    ("undocumented", ONTOLOGY, "bkg:Mood a owl:Class ; skos:definition 'A mood.' ; skos:example 'Glad.' ."),
    ("undocumented", DATA_TYPE, "dt:mute a skos:Concept ; skos:definition 'Mute.' ."),
    ("undocumented", DATA_TYPE, "dt:vague a skos:Concept ; skos:prefLabel 'Vague' ."),
    ("undocumented", "ontology/vocab/external/hibp-data-class.ttl", "hibp:mute a skos:Concept ."),
    (
        "unmatched-terms",
        "ontology/vocab/external/hibp-data-class.ttl",
        "hibp:new a skos:Concept ; skos:prefLabel 'New' .",
    ),
    ("unmatched-terms", DATA_TYPE, "dt:age skos:narrowMatch hibp:names ."),
    ("unreachable-concepts", DATA_TYPE, f"{LOST} ."),
    ("unreachable-concepts", DATA_TYPE, f"{LOST} ; skos:broader dt:astray . dt:astray skos:inScheme vocab:data-type ."),
    ("unreported-concepts", DATA_TYPE, f"{LOST} ; skos:broader dt:personal-data ; skos:closeMatch hibp:names ."),
]


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_files_pass(path: Path, files: ox.Store) -> None:
    assert rows(files, path) == []


@pytest.mark.parametrize(("name", "file", "turtle"), PLANTED, ids=[f"{n}-{i}" for i, (n, _, _) in enumerate(PLANTED)])
def test_planted_fault_is_found(name: str, file: str, turtle: str, files: ox.Store) -> None:
    graph = ox.NamedNode(f"file:{file}")
    faults = [ox.Quad(*quad.triple, graph) for quad in ox.parse(PREFIXES + turtle, format=ox.RdfFormat.TURTLE)]
    faults = [fault for fault in faults if fault not in files]
    assert faults
    files.extend(faults)
    try:
        assert rows(files, ontology_dir() / "lint" / f"{name}.rq")
    finally:
        for fault in faults:
            files.remove(fault)


def test_every_query_has_a_planted_fault_and_a_title() -> None:
    assert {path.stem for path in QUERIES} == {name for name, _, _ in PLANTED}
    assert all(path.read_text("utf-8").startswith("# title: ") for path in QUERIES)


def rows(store: ox.Store, path: Path) -> list[str]:
    """What a query answers, one text a row."""
    return [" ".join(map(str, solution)) for solution in store.query(path.read_text("utf-8"))]
