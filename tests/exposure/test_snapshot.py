from __future__ import annotations

from dataclasses import replace
from datetime import date

import networkx as nx
import numpy as np
import pytest
from documents import graph_of, post, table
from randomized import graphs

from kg.errors import KGError, UnknownNameError
from kg.exposure import dependents
from kg.exposure.snapshot import from_networkx, from_pairs, from_table
from kg.model import Certainty, Evidence, Listing, Party, Role, SupplyRelationship


def edges(snapshot):
    customers, suppliers = snapshot.pairs()
    return {(snapshot.names[c], snapshot.names[s]) for c, s in zip(customers.tolist(), suppliers.tolist(), strict=True)}


def test_both_directions_hold_the_same_edges():
    for graph in graphs(60):
        snapshot = from_networkx(graph)
        forward = {
            (snapshot.names[at], snapshot.names[other])
            for at in range(len(snapshot))
            for other in snapshot.indices[snapshot.indptr[at] : snapshot.indptr[at + 1]].tolist()
        }
        assert forward == edges(snapshot) == set(graph.edges)
        assert (
            not snapshot.matrix().toarray().any()
            or (snapshot.matrix().toarray() == nx.to_numpy_array(graph, snapshot.names)).all()
        )


def test_weights_stand_beside_their_edges():
    for graph in graphs(60, weighted=True):
        snapshot = from_networkx(graph)
        assert (snapshot.matrix().toarray() == nx.to_numpy_array(graph, snapshot.names)).all()


def test_parallel_edges_are_one_with_the_largest_weight_and_loops_none():
    graph = nx.MultiDiGraph(
        [("a", "b", {"weight": 0.2}), ("a", "b", {"weight": 0.7}), ("a", "a", {}), ("b", "a", {"weight": 0.1})]
    )
    snapshot = from_networkx(graph)
    assert edges(snapshot) == {("a", "b"), ("b", "a")}
    assert sorted(snapshot.back_weight.tolist()) == [0.1, 0.7]
    assert from_pairs([0] * 300, [1] * 300, "ab").edges == 1


@pytest.mark.parametrize("weight", [-0.1, float("nan"), float("inf"), "much"])
def test_a_weight_is_a_number_that_is_not_negative(weight):
    with pytest.raises(KGError, match="weight"):
        from_networkx(nx.DiGraph([("a", "b", {"weight": weight})]))


def test_the_edge_table_and_networkx_give_the_same_graph(demo_graph):
    ours, theirs = from_table(demo_graph.store.edges()), from_networkx(demo_graph.to_networkx())
    assert edges(ours) == edges(theirs) != set()
    assert set(ours.names) == set(theirs.names)
    assert ours.find("Mercor") == demo_graph.find("Mercor").iri
    assert ours.number(demo_graph.find("Mercor").iri) == list(ours.names).index(demo_graph.find("Mercor").iri)
    for name in ("Merco", "ercor", "mercor", ""):
        with pytest.raises(UnknownNameError, match="not in the graph"):
            ours.find(name)


def test_groups_denied_links_and_other_days_are_left_out(build):
    graph = build({
        "t.csv": table("Oak,Birch,,2024-01,2025-01,ended", "Elm,Birch,,,,"),
        "p.txt": post(vendors=["Birch"], customers=["Alder", "About 800 organizations"]),
    })  # fmt: skip

    def customers(**kept):
        snapshot = from_table(graph.store.edges(), **kept)
        return {snapshot.labels[int(at)] for at in snapshot.pairs()[0]}

    assert customers() == {"Oak", "Elm", "Alder"}
    assert customers(valid_on=date(2025, 6, 1)) == {"Elm", "Alder"}
    assert customers(certainty=["denied"]) == set()
    with pytest.raises(KGError, match="certainty"):
        customers(certainty=["sure"])


def test_what_is_denied_is_no_edge_of_networkx_either():
    proof = Evidence("words", (0, 5), "here")
    parties = tuple(Party(name, Role.OTHER, evidence=(proof,)) for name in ("Alder", "Birch", "Cedar"))
    uses = (
        SupplyRelationship("Alder", "Birch", evidence=(replace(proof, certainty=Certainty.DENIED),)),
        SupplyRelationship("Cedar", "Birch", evidence=(replace(proof, certainty=Certainty.CLAIMED),)),
    )
    graph = graph_of([Listing(1, parties, uses)])
    drawn = graph.to_networkx()
    assert drawn.number_of_edges() == 2
    assert edges(from_networkx(drawn)) == edges(graph.snapshot())
    assert dependents(drawn) == dependents(graph.snapshot())
    assert len(edges(from_networkx(nx.DiGraph([("a", "b", {"certainty": "denied"}), ("a", "c", {})])))) == 1


def test_an_edge_takes_at_most_twenty_bytes():
    numbers = np.random.default_rng(0)
    many = from_pairs(
        numbers.integers(0, 5000, 40_000), numbers.integers(0, 5000, 40_000), range(5000), numbers.random(40_000)
    )
    assert many.nbytes <= 20 * many.edges
