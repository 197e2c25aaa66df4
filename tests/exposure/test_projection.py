from __future__ import annotations

import pytest
from documents import graph_of, post, table

from kg.errors import UnknownNameError
from kg.model import Affiliation, AffiliationKind, Evidence, Listing, Party, Role, SupplyRelationship


def test_the_same_graph_is_projected_the_same(demo_graph, demo_store):
    import kg

    again = kg.open(demo_store).projection
    assert list(again.nodes.values()) == list(demo_graph.projection.nodes.values())
    assert again.edges == demo_graph.projection.edges
    assert again.exposed == demo_graph.projection.exposed


def test_both_directions_hold_every_edge(demo_graph):
    projection = demo_graph.projection
    assert projection.edges
    for one in projection.edges:
        assert one in projection.out(one.type, one.source)
        assert one in projection.into(one.type, one.target)
    assert projection.out("usesVendor", "urn:nobody") == projection.into("noSuchType", "urn:nobody") == []


def test_every_end_of_an_edge_is_a_node(demo_graph):
    nodes = demo_graph.projection.nodes
    assert all(one.source in nodes and one.target in nodes for one in demo_graph.projection.edges)
    assert {node.kind for node in nodes.values()} == {
        "organization", "vendor", "group", "incident", "threat-actor", "source", "data-type",
    }  # fmt: skip


def test_two_services_are_one_edge_with_two_relationships(build):
    graph = build({"t.csv": table("A,B,mail,2020,2021,ended", "A,B,backup,,,suspended", "A,C,mail,,,")})
    first, second = graph.projection.out("usesVendor", graph.find("A").iri)
    assert {(r.service, r.status) for r in first.relationships} == {("mail", "ended"), ("backup", "suspended")}
    assert (first.status, len(first.claims)) == ("suspended", 2)
    assert (second.status, len(second.relationships)) == ("active", 1)


def test_data_types_of_an_incident_come_with_their_words(build):
    graph = build({"a.txt": post(data="Names, labeling protocols and passwords")})
    (told,) = graph.projection.exposed.values()
    assert [(one.text, one.concept) for one in told] == [
        ("labeling protocols", "trade-secrets"), ("Names", "names"), ("passwords", "credentials"),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def family():
    """Alder uses Birch, an arm of Cedar, which has a product, a relative, and a name of old."""
    said = (Evidence("so it says", (0, 10), "row 1"),)
    names = ("Alder", "Birch", "Cedar", "Cedar Mail", "Dogwood")
    told = [
        ("Birch", AffiliationKind.SUBSIDIARY, "Cedar"),
        ("Cedar Mail", AffiliationKind.PRODUCT, "Cedar"),
        ("Cedar", AffiliationKind.LINKED, "Dogwood"),
        ("Cedar", AffiliationKind.FORMER_NAME, "Elm"),
    ]
    row = Listing(
        1,
        tuple(Party(name, Role.OTHER, evidence=said) for name in names),
        (SupplyRelationship("Alder", "Birch", evidence=said),),
        affiliations=tuple(Affiliation(*one, evidence=said) for one in told),
    )
    return graph_of([row])


def test_who_belongs_together_is_an_edge_with_its_claims(family):
    nodes = family.projection.nodes
    told = {(nodes[one.source].label, one.type, nodes[one.target].label): one for one in family.projection.edges}
    assert told.keys() == {
        ("Alder", "usesVendor", "Birch"), ("Birch", "subOrganizationOf", "Cedar"),
        ("Cedar Mail", "productOf", "Cedar"), ("Cedar", "linkedTo", "Dogwood"),
    }  # fmt: skip
    assert {(len(one.claims), one.certainty, one.basis) for one in told.values()} == {(1, "confirmed", "stated")}
    assert {data["type"] for *_, data in family.to_networkx().edges(data=True)} == {type_ for _, type_, _ in told}


def test_nobody_is_exposed_through_an_affiliate(family):
    assert [one.node.label for one in family.exposure("Alder", 9)] == ["Birch"]
    for name in ("Cedar", "Cedar Mail", "Dogwood"):
        assert list(family.exposure(name, 9)) == list(family.blast_radius(name, 9)) == []
        assert family.find(name).kind == "organization"


def test_why_tells_of_an_affiliation_and_of_a_link_either_way(family):
    org = "http://www.w3.org/ns/org#subOrganizationOf"
    for predicate in ("subOrganizationOf", "org:subOrganizationOf", org):
        (((_, kind, _), quotes),) = family.why("Birch", predicate, "Cedar")
        assert (kind, [quote.words for quote in quotes]) == ("subOrganizationOf", ["so it says"])
    assert [statement[1] for statement, _ in family.why("Cedar Mail", "Cedar")] == ["productOf"]
    assert family.why("Cedar", "Dogwood") == family.why("Dogwood", "linkedTo", "Cedar")
    with pytest.raises(UnknownNameError, match="does not state"):
        family.why("Cedar", "Birch")


def test_a_former_name_is_an_alias(family):
    cedar = family.find("Elm")
    assert (cedar.label, cedar.aliases, cedar.former_names) == ("Cedar", ("Elm",), ("Elm",))


def test_a_page_shows_who_belongs_together(family):
    page = family.page(focus="Birch", hops=1)
    assert {(edge.kind, edge.label, edge.exposure) for edge in page.edges} == {
        ("usesVendor", "uses vendor", ""), ("subOrganizationOf", "subsidiary of", ""),
    }  # fmt: skip
    assert all(edge.quotes for edge in page.edges)
    assert {node.label: node.tier for node in page.nodes} == {"Alder": 1, "Birch": 0, "Cedar": None}
    assert next(node for node in page.nodes if node.label == "Cedar").aliases == ("Elm",)


def test_an_owner_is_followed_only_when_asked(family):
    found = family.exposure("Alder", follow=["parent"])
    assert [(one.node.label, one.tier) for one in found] == [("Birch", 1), ("Cedar", 2)]
    assert [hop.get("type") for hop in found.as_dict()["exposures"][1]["hops"]] == [None, "subOrganizationOf"]
    reached = family.blast_radius("Cedar", follow=["parent"])
    assert [(one.node.label, one.tier) for one in reached] == [("Birch", 1), ("Cedar Mail", 1), ("Alder", 2)]
    ways = family.exposure("Alder", to="Cedar", all_paths=True, follow=["parent"])
    assert [ways.labels(one) for one in ways] == [["Alder", "Birch", "Cedar"]]
