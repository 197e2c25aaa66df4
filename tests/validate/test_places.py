from __future__ import annotations

import pytest
from documents import post, table

from kg.validate.findings import Place
from kg.validate.places import Places, evidence_graph
from kg.vocabulary import ID, NS

USES = frozenset({NS + "usesVendor"})


@pytest.fixture
def places(build):
    return Places(
        build({"a.txt": post(), "t.csv": table("Fir Bank,Elm Press,printing,2024-01,,")}).store,
    )


def nodes(places, kind):
    found = places._store.find(None, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type", NS + kind)
    return sorted(quad.subject.value for quad in found)


def test_a_node_is_where_its_claims_are(places):
    found = places.of(f"{ID}organization/name/fir-bank", terms=USES)
    assert (found.document, found.place) == ("t.csv", "row 1")
    assert found.quote.startswith("Fir Bank")
    assert found.span[1] - found.span[0] == len(found.quote)


@pytest.mark.parametrize(
    "kind",
    ["Incident", "DataExposure", "Assessment", "SupplyRelationship", "Action", "Impact", "Source", "Service", "Claim"],
)
def test_every_kind_of_node_has_a_document_and_a_place(places, kind):
    for node in nodes(places, kind):
        found = places.of(node)
        assert found.document in {"a.txt", "t.csv"}
        assert found.place or kind == "Service"  # no claim says what a service is called
        assert places.label(node)


def test_a_claim_is_where_it_quotes(places):
    for claim in nodes(places, "Claim"):
        found = places.of(claim)
        assert (found.span is not None, bool(found.quote)) == (True, True)


def test_what_is_told_nowhere_has_no_place(places):
    assert places.of(f"{ID}organization/name/nobody") == Place()
    assert places.of("[]") == Place()
    assert places.label(f"{ID}organization/name/nobody") == "organization/name/nobody"
    assert places.label("[]") == "[]"
    assert places.document("") == ""


def test_the_value_at_fault_leads_to_its_claim(build):
    graph = build({"t.csv": table("Fir Bank,Elm Press,,,,", "Fir Bank,Oak Mail,,,,")})
    for name, row in (("elm-press", "row 1"), ("oak-mail", "row 2")):
        found = Places(graph.store).of(f"{ID}organization/name/fir-bank", f"{ID}organization/name/{name}", USES)
        assert found.place == row


def test_the_graph_of_an_evidence_node():
    assert evidence_graph(f"{ID}document/b2/record/1") == f"{ID}graph/b2"
    assert evidence_graph(f"{ID}incident/demo/1") is None
