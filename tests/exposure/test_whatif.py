from __future__ import annotations

import networkx as nx
import pytest
from randomized import graphs

from kg.errors import KGError, UnknownNameError
from kg.exposure.concentrations import concentration
from kg.exposure.snapshot import as_snapshot
from kg.exposure.whatif import altered, overlap, shared_upstream, what_if


def edges(snapshot):
    customers, suppliers = snapshot.pairs()
    return {(snapshot.names[c], snapshot.names[s]) for c, s in zip(customers.tolist(), suppliers.tolist(), strict=True)}


def test_a_changed_graph_is_the_graph_with_that_change():
    for graph in graphs(200):
        first, last = min(graph), max(graph)
        without = nx.DiGraph(graph)
        without.remove_node(first)
        assert edges(altered(graph, [first])) == set(without.edges)
        swapped = {(c, last if s == first else s) for c, s in graph.edges}
        assert edges(altered(graph, replace={first: last})) == {(c, s) for c, s in swapped if c != s}


def test_every_organization_that_changes_is_listed_and_no_other():
    for graph in graphs(80):
        gone = max(graph, key=graph.in_degree)
        told = {one.organization: one for one in what_if(graph, remove=[gone])}
        after = nx.DiGraph(graph)
        after.remove_edges_from([*graph.in_edges(gone), *graph.out_edges(gone)])
        for node in graph:
            reach = len(nx.descendants(graph, node)), len(nx.descendants(after, node))
            if node in told:
                assert told[node].vendors == reach
                assert told[node].hhi[1] == (concentration(after, [node]).hhi if after.out_degree(node) else None)
            elif node != gone:
                assert reach[0] == reach[1]


def test_a_breach_lists_whom_it_may_reach_and_how_near():
    graph = nx.DiGraph([("a", "b"), ("b", "c"), ("d", "c"), ("d", "e")])
    told = {one.organization: one.breached for one in what_if(graph, breach=["c"])}
    assert told == {"a": (2, 2), "b": (1, 1), "d": (1, 1)}
    moved = {one.organization: one.breached for one in what_if(graph, breach=["c"], replace={"c": "e"})}
    assert moved == {"a": (2, None), "b": (1, None), "d": (1, None)}


def test_single_points_of_failure_before_and_after():
    graph = nx.DiGraph([("a", "b"), ("a", "c"), ("b", "d"), ("c", "e"), ("e", "f")])
    (only, *_) = what_if(graph, replace={"e": "d"})
    assert (only.organization, only.sole) == ("a", ((), ("d",)))


def test_candidates_share_as_little_upstream_as_may_be():
    graph = nx.DiGraph([("v", "cloud"), ("w", "cloud"), ("x", "other"), ("y", "v")])
    assert shared_upstream(graph, "v", ["y", "w", "x"]) == {"x": 0.0, "w": 1.0, "y": 1.0}
    graph.add_edges_from([("w", "own"), ("v", "maker")])
    assert shared_upstream(graph, "v", ["w", "maker"]) == {"w": 0.5, "maker": 1.0}


def test_overlap_is_the_jaccard_index():
    graph = nx.DiGraph([("v", "cloud"), ("w", "cloud"), ("cloud", "chips")])
    assert overlap(graph, ["v"], ["w"]) == 0.5
    assert overlap(graph, ["v"], ["w"], 1) == 0
    assert overlap(graph, ["v"], ["v", "w"], 2) == 2 / 3
    assert overlap(graph, [], []) is None


def test_bad_input():
    graph = nx.DiGraph([("a", "b"), ("b", "c")])
    for call in (
        lambda: what_if(graph),
        lambda: what_if(graph, remove=["b"], replace={"b": "c"}),
        lambda: altered(graph, replace={"b": "b"}),
        lambda: overlap(graph, ["a"], ["b"], 0),
    ):
        with pytest.raises(KGError):
            call()
    with pytest.raises(UnknownNameError):
        what_if(as_snapshot(graph), remove=["z"])
