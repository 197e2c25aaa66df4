from __future__ import annotations

import pyoxigraph as ox
import pytest

from kg.resolve.judgements import GIVEN, UNSURE, WITHDRAWN, Judgement, Judgements
from kg.resolve.mirror import mirrored
from kg.resolve.resolver import JudgedResolver
from kg.vocabulary import JUDGEMENT_GRAPH, PREFIXES, PROVENANCE_GRAPH

ASKED = """SELECT ?left ?said ?right ?who ?when ?why { GRAPH ?g {
  ?j a prov:Entity ; dct:identifier ?id ; rdf:value ?said ; prov:generatedAtTime ?when .
  ?j rdf:subject/rdfs:label ?left ; rdf:object/rdfs:label ?right .
  ?j dct:source ?source . { ?source bkg:publisher ?who } UNION { ?source schema:url ?who }
  OPTIONAL { ?j rdfs:comment ?why }
} } ORDER BY ?left ?right ?why"""


def judged(left, right, said="same", who="somebody", evidence=(), when="2026-05-01T00:00:00Z", supersedes=""):
    return Judgement(left, right, said, 0.5, evidence, who, when, supersedes)


def store(lines):
    quads = ox.Store()
    quads.load("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS)
    return quads


def told(lines):
    found = store(lines).query(ASKED, prefixes=PREFIXES)
    return [tuple(term.value if term else None for term in row) for row in found]


def test_a_judgement_stands_there_as_the_log_tells_it():
    one = judged('"Birch", Inc.', "Birch\nAnnotation", evidence=("same core name", "legal form differs"))
    other = judged("lei:529900T8BM49AURSDO55", "Cedar", "part-of", "https://example.org/cedar")
    when = "2026-05-01T00:00:00Z"
    assert told(mirrored([one, other])) == [
        ('"Birch", Inc.', "same", "Birch\nAnnotation", "somebody", when, "legal form differs"),
        ('"Birch", Inc.', "same", "Birch\nAnnotation", "somebody", when, "same core name"),
        ("lei:529900T8BM49AURSDO55", "part-of", "Cedar", "https://example.org/cedar", when, None),
    ]


def test_the_graph_is_described_where_there_is_one():
    assert mirrored([]) == []
    quads = store(mirrored([judged("Alder", "Birch")]))
    graph = ox.NamedNode(JUDGEMENT_GRAPH[1:-1])
    for within in (ox.DefaultGraph(), ox.NamedNode(PROVENANCE_GRAPH[1:-1])):
        assert len(list(quads.quads_for_pattern(graph, None, None, within))) == 6
    assert set(quads.named_graphs()) == {graph, ox.NamedNode(PROVENANCE_GRAPH[1:-1])}


def test_the_order_of_the_log_leaves_no_trace():
    one, other = judged("Alder", "Birch"), judged("Cedar", "Dogwood", "different")
    assert sorted(mirrored([one, other])) == sorted(mirrored([other, one]))


@pytest.mark.parametrize("said", sorted(set(GIVEN) - {UNSURE}))
def test_what_is_in_the_graph_changes_the_fingerprint(said):
    lone = JudgedResolver(Judgements([judged("Alder", "Birch", said)]))
    both = JudgedResolver(Judgements([judged("Alder", "Birch", said), judged("Alder", "Birch", said, "another")]))
    assert {row[3] for row in told(mirrored(both.judgements.deciding))} == {"another", "somebody"}
    assert len({JudgedResolver().fingerprint, lone.fingerprint, both.fingerprint}) == 3


def test_neither_what_is_taken_back_nor_what_is_unsure_is_in_it():
    old = judged("Alder", "Birch")
    gone = judged("Alder", "Birch", WITHDRAWN, supersedes=old.id)
    assert JudgedResolver(Judgements([old, gone, judged("Cedar", "Birch", UNSURE)])).judgements.deciding == []
