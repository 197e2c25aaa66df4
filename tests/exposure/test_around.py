"""What is read around a few nodes is what the projection of the whole graph has of them, in its order."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace

import pytest
from documents import breach, graph_of, post, table
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.errors import KGError
from kg.exposure.around import Around
from kg.exposure.disputes import OVERTAKEN
from kg.exposure.names import Finder, exact_names
from kg.exposure.portfolio import Portfolio, PortfolioEntry
from kg.exposure.projection import DIRECT, project
from kg.exposure.statements import ORGANIZATIONS
from kg.model import Affiliation, AffiliationKind, Evidence, Listing, Party, Role

NAMES = ("Alder", "ALDER, Inc.", "Birch", "birch", "Several banks", "About 200 banks")


def assert_alike(graph, nodes=None):
    whole, around = project(graph.store), Around(graph.store)
    assert whole.nodes
    kinds = {*DIRECT, "citesSource", "noSuchType", *(edge.type for edge in whole.edges)}
    for iri in whole.nodes if nodes is None else nodes:
        for kind in kinds:
            assert around.out(kind, iri) == whole.out(kind, iri)
            assert around.into(kind, iri) == whole.into(kind, iri)
        assert around.exposures(iri) == whole.exposures(iri)
        assert around.leaving([iri]) == whole.leaving([iri])
        assert around.nodes[iri] == whole.nodes[iri]
    finder = Finder(whole.nodes)
    for iri in whole.nodes if nodes is None else nodes:
        for name in {iri, f"<{iri}>", whole.nodes[iri].label.upper(), *exact_names(whole.nodes[iri])}:
            for wanted in ((), ORGANIZATIONS):
                exact = [
                    one for one in finder.all(name, wanted) if name.strip("<>") == one.iri or name in exact_names(one)
                ]
                assert around.named(name, wanted) == exact
    assert around.organizations() == {iri: node for iri, node in whole.nodes.items() if node.kind in ORGANIZATIONS}
    both = list(whole.nodes)[:40]
    assert around.leaving(both) == whole.leaving(both)


def test_around_any_node_of_the_examples_there_is_what_their_projection_has(demo_graph):
    nodes = project(demo_graph.store).nodes
    assert_alike(demo_graph, sorted(nodes)[::7])


parties = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(list(Role))), max_size=4, unique=True)
records = st.builds(
    lambda parties, uses, number, when: breach(("Birch", Role.BREACHED), *parties, uses=uses, number=number, when=when),
    parties,
    st.lists(st.sampled_from(NAMES[:3]), max_size=2, unique=True),
    st.integers(1, 2),
    st.sampled_from([(), (("occurred", "2026-03"),), (("reported", "2026-03-04"),)]),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(records, min_size=1, max_size=2, unique_by=lambda one: one.number), min_size=1, max_size=3))
def test_around_any_node_of_any_incidents_there_is_what_their_projection_has(documents):
    assert_alike(graph_of(*documents))


@pytest.mark.parametrize(
    "days", [("2026-03-02", "2026-03-10"), ("2026-03-10", "2026-03-02"), ("2026-03", "2026-03-10")]
)
@pytest.mark.parametrize("hit", [Role.AFFECTED_DOWNSTREAM, Role.BREACHED])
def test_what_a_later_document_overtakes_is_what_the_projection_has(days, hit):
    told = [
        breach(("Birch", Role.BREACHED), ("Alder", role), ("Cedar", Role.CUSTOMER_UNAFFECTED), when=[("reported", day)])
        for role, day in zip((Role.CUSTOMER_UNAFFECTED, hit), days, strict=True)
    ]
    assert_alike(graph := graph_of([told[0]], [told[1]]))
    overtaken = [edge for edge in project(graph.store).edges if edge.type == OVERTAKEN]
    assert len(overtaken) == (days == ("2026-03-02", "2026-03-10"))


def test_parts_and_names_of_old_are_found_around_too():
    said = (Evidence("so it says", (0, 10), "row 1"),)
    told = [
        ("Birch", AffiliationKind.SUBSIDIARY, "Cedar"),
        ("Cedar Mail", AffiliationKind.PRODUCT, "Cedar"),
        ("Cedar", AffiliationKind.LINKED, "Dogwood"),
        ("Cedar", AffiliationKind.FORMER_NAME, "Old Cedar"),
    ]
    parts = tuple(Affiliation(one, kind, other, evidence=said) for one, kind, other in told)
    names = tuple(Party(name, Role.OTHER, evidence=said) for name in ("Birch", "Cedar", "Cedar Mail", "Dogwood"))
    assert_alike(graph_of([Listing(1, names, (), affiliations=parts)]))


def test_terms_of_services_are_those_of_the_projection(build):
    graph = build(
        {
            "t.csv": table("A,B,mail,2020,2021,ended", "A,B,backup,,,suspended", "A,C,mail,,,", "C,B,,2022,,"),
            "a.txt": post(data="Names and passwords", vendors=["B"], customers=["A", "About 200 banks"]),
        }
    )
    assert_alike(graph)


def test_answers_are_the_same_whether_the_graph_was_projected_or_not(demo_store):
    read, whole = kg.open(demo_store), kg.open(demo_store)
    assert whole.projection is whole.around
    assert isinstance(read.around, Around)
    organizations = [node for node in whole.projection.nodes.values() if node.kind in ORGANIZATIONS]
    for node in organizations[::3]:
        for name in (node.label, node.label.lower(), f"{node.label}x", f"{node.label}\ud800"):
            assert told(lambda g, name=name: g.find(name), read) == told(lambda g, name=name: g.find(name), whole)
        for ask in (
            lambda g, iri=node.iri: g.exposure(iri).as_dict(),
            lambda g, iri=node.iri: g.exposure(iri, follow=["parent"]).as_dict(),
            lambda g, iri=node.iri: g.blast_radius(iri).as_dict(),
            lambda g, iri=node.iri: [str(g.why(iri, edge.target)) for edge in whole.projection.out("usesVendor", iri)],
        ):
            assert told(ask, read) == told(ask, whole)
    listed = [PortfolioEntry(row, node.label) for row, node in enumerate(organizations, 1)]
    listed += [replace(one, name=one.name.upper()) for one in listed[::2]] + [
        replace(one, name=f"{one.name}x") for one in listed[::5]
    ]
    for depth in (None, 1):
        both = [one.portfolio(Portfolio(tuple(listed)), depth=depth).as_dict() for one in (read, whole)]
        assert both[0] == both[1]
    assert "projection" not in vars(read), "nothing of this needs the whole graph"


def test_what_the_table_of_organizations_lists_is_found_whether_the_graph_was_projected_or_not(build):
    path = build({"t.csv": table('Alder,"Amazon Web Services, Inc.",,,,')}).store.path
    for graph in (kg.open(path), kg.open(path)):
        assert graph.find("AWS").label == "Amazon Web Services, Inc."
        (entry,) = graph.portfolio(Portfolio((PortfolioEntry(1, "AWS"),))).as_dict()["rows"]
        assert (entry["outcome"], entry["organization"]["label"]) == ("resolved", "Amazon Web Services, Inc.")
        assert graph.projection


def test_equal_answers_of_two_graphs_are_equal_and_can_be_kept(demo_store):
    one, other = (kg.open(demo_store).exposure("Meta") for _ in range(2))
    assert one == other == pickle.loads(pickle.dumps(one))
    assert one.exposed
    one, other = (kg.open(demo_store).blast_radius("Mercor") for _ in range(2))
    assert one == other == copy.deepcopy(one)


def told(ask, graph):
    try:
        return ask(graph)
    except KGError as error:
        return str(error)


def test_what_is_no_node_is_not_around(demo_graph):
    around = Around(demo_graph.store)
    with pytest.raises(KeyError):
        around.nodes["urn:nobody"]
    assert around.named("\ud800") == around.named("a b\udcff") == []  # as a command line has what is no UTF-8
    assert around.named("") == around.named("no such name") == around.named("<>") == []
    assert around.out("usesVendor", "urn:nobody") == around.into("usesVendor", "urn:nobody") == []
