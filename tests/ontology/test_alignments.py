"""Alignments assert only what was read, and nothing is loaded from them by default."""

from __future__ import annotations

import re

import pytest
import rdflib
from rdflib.namespace import OWL, RDF, SKOS

from kg import vocabulary as program

FILES = {path.stem: path for path in sorted((program.ontology_dir() / "alignments").glob("*.ttl"))}
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
THEIRS = {
    "dpv": ("https://w3id.org/dpv#", "https://w3id.org/dpv/pd#", "https://w3id.org/dpv/risk#"),
    "ftm": ("https://schema.followthemoney.tech/#",),
    "stix": (f"{program.VOCAB}stix/",),
    "uco": ("https://ontology.unifiedcyberontology.org/uco/",),
    "veris": (f"{program.VOCAB}veris/",),
}


def test_alignments_are_those_that_are_promised() -> None:
    assert set(FILES) == set(THEIRS)


@pytest.mark.parametrize("name", THEIRS)
def test_only_matches_are_asserted_and_only_to_their_terms(name: str) -> None:
    graph = rdflib.Graph().parse(FILES[name])
    matches = [(s, p, o) for p in MATCHES for s, o in graph.subject_objects(p)]
    assert len(matches) > 20
    assert all(str(o).startswith(THEIRS[name]) for _, _, o in matches)
    assert not any(str(s).startswith(THEIRS[name]) for s, _, _ in matches)
    assert not set(graph.predicates()) & {OWL.equivalentClass, OWL.equivalentProperty, OWL.sameAs, OWL.imports}


@pytest.mark.parametrize("name", THEIRS)
def test_one_pair_is_matched_in_one_way(name: str) -> None:
    graph = rdflib.Graph().parse(FILES[name])
    pairs = [(s, o) for p in MATCHES for s, o in graph.subject_objects(p)]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("name", THEIRS)
def test_header_says_which_copy_was_read(name: str) -> None:
    header = FILES[name].read_text("utf-8").split("@prefix", 1)[0]
    assert "# Read: " in header
    assert "Not loaded by default." in header


@pytest.mark.parametrize("name", THEIRS)
def test_what_is_unverified_is_a_comment(name: str) -> None:
    _, _, block = FILES[name].read_text("utf-8").partition("\n# unverified:")
    assert all(re.match(r"#|$", line) for line in block.splitlines()[1:])


def test_a_vendor_is_no_third_party_of_the_law() -> None:
    graph = rdflib.Graph().parse(FILES["dpv"])
    assert rdflib.URIRef("https://w3id.org/dpv#ThirdParty") not in set(graph.objects())
    assert rdflib.URIRef(program.NS + "Vendor") not in set(graph.subjects())


def test_listed_terms_are_those_matched() -> None:
    for name in ("stix", "veris"):
        graph = rdflib.Graph().parse(FILES[name])
        matched = {o for p in MATCHES for o in graph.objects(None, p)}
        assert matched == set(graph.subjects(RDF.type, SKOS.Concept))
