from __future__ import annotations

from itertools import combinations

import networkx as nx
import pytest
from randomized import bank, graphs

from kg.errors import KGError, UnknownNameError
from kg.exposure import spof


def origins(graph):
    """Members of the cycles, and single nodes, that nothing outside supplies."""
    parts = nx.condensation(graph)
    return {node for part in parts if not parts.out_degree(part) for node in parts.nodes[part]["members"]}


def supplied(graph, without=()):
    """What still depends on an origin, or on a cycle of origins, when some vendors are gone."""
    left = graph.reverse()
    left.remove_nodes_from(without)
    starts = origins(graph) - set(without)
    closed = {node for node in starts if graph.out_degree(node)}
    while idle := {node for node in closed if closed.isdisjoint(graph[node])}:
        closed -= idle
    starts = {node for node in starts if node in closed or not graph.out_degree(node)}
    return set(starts).union(*(nx.descendants(left, start) for start in starts))


def test_domination_is_what_the_removal_of_each_vendor_in_turn_takes(engine):
    for graph in graphs(200):
        wanted = {v: supplied(graph) - supplied(graph, [v]) - {v} for v in graph}
        assert spof.dependents(graph) == {v: len(lost) for v, lost in wanted.items()}
        vendor = max(wanted, key=lambda v: len(wanted[v]))
        assert set(spof.dominated(graph, vendor)) == wanted[vendor]
        points = spof.SinglePoints(graph)
        assert all(set(points.of(node)) == {v for v, lost in wanted.items() if node in lost} for node in graph)
        above = spof.immediate_dominators(graph)
        assert all(node in wanted[found] for node, found in above.items() if found is not None)


def test_articulation_points_are_those_of_networkx(engine):
    for graph in graphs(200):
        wanted = set(nx.articulation_points(graph.to_undirected()))
        assert set(spof.articulation_points(graph)) == wanted


def test_a_minimum_cut_cuts_and_nothing_smaller_does():
    for graph in graphs(60, size=10):
        for node in sorted(set(graph) - origins(graph)):
            cut = spof.minimum_vertex_cut(graph, node)
            assert node not in cut
            assert node not in supplied(graph, cut)
            # Several members of a closed cycle may do with fewer: that is not looked for, as the docstring says.
            smaller = combinations(sorted(set(graph) - {node}), len(cut) - 1)
            assert all(node in supplied(graph, fewer) or len(origins(graph) & set(fewer)) > 1 for fewer in smaller)


def test_one_more_dependency_hides_no_single_point():
    graph = nx.DiGraph([("bank", "left"), ("bank", "right"), ("left", "cloud"), ("right", "cloud")])
    assert spof.SinglePoints(graph).of("bank") == ["cloud"]
    graph.add_edge("cloud", "left")
    assert spof.SinglePoints(graph).of("bank") == ["left", "cloud"]
    assert spof.minimum_vertex_cut(graph, "bank") == ["left"]
    assert spof.dependents(graph) == {"bank": 0, "left": 3, "right": 0, "cloud": 3}
    assert spof.dominated(graph, "cloud") == ["bank", "left", "right"]
    assert spof.minimum_vertex_cut(graph, "cloud") == ["left"]
    graph.add_edge("cloud", "power")
    assert spof.SinglePoints(graph).of("bank") == ["cloud", "power"]


def test_a_cycle_that_goes_on_without_a_member_supplies_as_before():
    graph = nx.DiGraph([("a", "b"), ("b", "a"), ("a", "c"), ("c", "a"), ("b", "c"), ("c", "b"), ("shop", "a")])
    points = spof.SinglePoints(graph)
    assert [points.of(name) for name in "abc"] == [[], [], []]
    assert points.of("shop") == ["a"]


def test_shares_of_customers():
    graph = nx.DiGraph([("a", "v"), ("b", "v"), ("c", "w"), ("v", "w")])
    assert spof.customer_shares(graph) == {"v": 0.5, "w": 0.5}
    assert spof.customer_shares(bank(), 0.4) == {"IdP": 0.5, "SaaS2": 0.5}
    assert spof.customer_shares(nx.DiGraph()) == {}
    assert spof.customer_shares(bank(), customers=["Bank", "IdP"]) == {"SaaS1": 1, "SaaS2": 1}
    with pytest.raises(KGError, match="between 0 and 1"):
        spof.customer_shares(graph, 40)


def test_what_nothing_can_cut_off_is_said():
    with pytest.raises(KGError, match="depends on no vendor"):
        spof.minimum_vertex_cut(bank(), "IdP")
    with pytest.raises(UnknownNameError):
        spof.minimum_vertex_cut(bank(), "nobody")
