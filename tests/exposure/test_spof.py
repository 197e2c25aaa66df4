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
    """What the origins reach when some vendors are gone."""
    left = graph.reverse()
    starts = origins(graph) - set(without)
    left.remove_nodes_from(without)
    return set(starts).union(*(nx.descendants(left, start) for start in starts))


def test_domination_is_what_the_removal_of_each_vendor_in_turn_takes(engine):
    for graph in graphs(200):
        wanted = {v: supplied(graph) - supplied(graph, [v]) - {v} for v in graph}
        assert spof.dependents(graph) == {v: len(lost) for v, lost in wanted.items()}
        vendor = max(wanted, key=lambda v: len(wanted[v]))
        assert set(spof.dominated(graph, vendor)) == wanted[vendor]
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
            smaller = combinations(sorted(set(graph) - {node}), len(cut) - 1)
            assert all(node in supplied(graph, fewer) for fewer in smaller)


def test_shares_of_customers():
    graph = nx.DiGraph([("a", "v"), ("b", "v"), ("c", "w"), ("v", "w")])
    assert spof.customer_shares(graph) == {"v": 0.5, "w": 0.5}
    assert spof.customer_shares(bank(), 0.4) == {"IdP": 0.5, "SaaS2": 0.5}
    assert spof.customer_shares(nx.DiGraph()) == {}
    with pytest.raises(KGError, match="between 0 and 1"):
        spof.customer_shares(graph, 40)


def test_what_nothing_can_cut_off_is_said():
    with pytest.raises(KGError, match="depends on no vendor"):
        spof.minimum_vertex_cut(bank(), "IdP")
    with pytest.raises(UnknownNameError):
        spof.minimum_vertex_cut(bank(), "nobody")
