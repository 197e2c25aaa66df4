from __future__ import annotations

import pyoxigraph as ox
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Document, Evidence, Incident, Listing, Party, Role, SupplyRelationship
from kg.rdf import describe, evidence_graph, from_triples
from kg.vocabulary import BKG

names = st.text(min_size=1, max_size=12)


def read_back(graph):
    """The graph again, through a store."""
    store = ox.Store()
    store.load("\n".join(graph.lines()).encode(), format=ox.RdfFormat.N_QUADS)
    return from_triples(graph.iri[1:-1], [(str(q.subject), str(q.predicate), str(q.object)) for q in store])


@settings(max_examples=60)
@given(names, names, names, st.sampled_from(["", "lei:1", "rankiteo:a\tb"]))
def test_a_graph_read_back_says_the_same_to_resolution(customer, supplier, service, identifier):
    proof = (Evidence(service, (0, 1), "row 1"),)
    parties = (
        Party(customer, Role.OTHER, identifiers=(identifier,) if identifier else (), evidence=proof),
        Party(supplier, Role.OTHER, unnamed_group=True, evidence=proof),
        Party(f"{supplier}!", Role.ATTACKER, evidence=proof),
    )
    told = SupplyRelationship(customer, supplier, service, evidence=proof)
    records = [Incident("X 1", "feed", 1, parties=parties, uses_vendor=(told,)), Listing(2, parties, (told,))]
    graph = evidence_graph(Document("d", "", "0"), "demo", "1", records)
    again = read_back(graph)
    assert set(again.triples) == set(graph.triples)
    assert set(again.mentions) == set(graph.mentions)
    assert set(again.anchors) == set(graph.anchors)
    assert set(again.ties) == set(graph.ties)
    assert again.root == graph.root


def test_a_description_names_the_document_its_digest_and_who_read_it():
    told = describe("<urn:g>", ["a.txt", "b.txt"], "ab12", "post", "3")
    assert {o for _, p, o in told if p.endswith("label>")} == {'"a.txt"', '"b.txt"'}
    assert {o for _, p, o in told if p.endswith("identifier>")} == {'"sha256:ab12"'}
    assert {o for _, p, o in told if p == BKG["extractorVersion"]} == {'"3"'}
