from __future__ import annotations

import networkx as nx
import pytest
from randomized import graphs

from kg.errors import KGError, UnknownNameError
from kg.exposure import radii, reach


@pytest.mark.parametrize(
    ("depth", "share"),
    [
        pytest.param(1, 1, id="1"),
        pytest.param(2, 1, id="2"),
        pytest.param(3, 1, id="3, most by their paths"),
        pytest.param(3, 128, id="3, all by bits"),
        pytest.param(9, 1, id="9"),
        pytest.param(None, 1, id="unbounded"),
    ],
)
def test_every_reach_is_that_of_breadth_first_search(engine, depth, share, monkeypatch):
    monkeypatch.setattr(radii, "_SHARE", share)
    monkeypatch.setattr(radii, "_ROOM", 8)
    for graph in graphs(200):
        back = graph.reverse()
        wanted = {node: nx.single_source_shortest_path_length(back, node, depth) for node in graph}
        worth = {node: float(int(node[4:]) % 5) for node in graph}
        assert reach.blast_radii(graph, depth) == {node: len(found) - 1 for node, found in wanted.items()}
        assert reach.blast_radii(graph, depth, worth) == {
            node: sum(worth[other] for other, tier in found.items() if tier) for node, found in wanted.items()
        }
        node = min(graph)
        assert reach.exposed(graph, node, depth) == {other: tier for other, tier in wanted[node].items() if tier}
        told = nx.single_source_shortest_path_length(graph, node, depth)
        assert reach.tiers(graph, node, depth) == {other: tier for other, tier in told.items() if tier}


def test_long_chains_are_walked_to_their_end(engine):
    chain = nx.path_graph(1500, create_using=nx.DiGraph)
    chain.add_edge(1499, 700)
    wanted = {node: len(nx.ancestors(chain, node)) for node in chain}
    assert reach.blast_radii(chain) == wanted
    assert reach.exposed(chain, 1499)[0] == 1499
    assert reach.blast_radius_value(chain, 1499) == 1499


def test_more_sources_than_a_word_has_bits_and_more_nodes_than_a_byte_counts(engine):
    graph = nx.gnp_random_graph(300, 0.02, seed=5, directed=True)
    back = graph.reverse()
    for depth in (1, 2, 3):
        wanted = {node: len(nx.single_source_shortest_path_length(back, node, depth)) - 1 for node in graph}
        assert reach.blast_radii(graph, depth) == wanted


def test_tiers_and_the_multiplier():
    graph = nx.DiGraph([("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("c", "e"), ("d", "a"), ("e", "f")])
    assert reach.nth_parties(graph, "a", 2) == ["d", "e"]
    assert reach.fourth_party_multiplier(graph, "a") == 1.0
    assert reach.fourth_party_multiplier(graph, "f") is None
    assert reach.breach_proximity(graph, ["d", "f"]) == {"d": 0, "f": 0, "b": 1, "c": 1, "e": 1, "a": 2}
    assert reach.breach_proximity(graph, []) == {}
    assert reach.exposed_share(graph, ["f"], ["a", "e", "f"], 2) == pytest.approx(1 / 3)


def test_bad_input():
    graph = nx.DiGraph([("a", "b")])
    for call in (reach.tiers, reach.exposed, reach.blast_radius_value):
        with pytest.raises(KGError, match="first tier is 1"):
            call(graph, "a", 0)
        with pytest.raises(UnknownNameError, match="not in the graph"):
            call(graph, "z")
    with pytest.raises(KGError, match="first tier is 1"):
        reach.blast_radii(graph, 0)
    with pytest.raises(KGError, match="not negative"):
        reach.blast_radii(graph, 2, {"a": -1.0})
    with pytest.raises(KGError, match="no organizations"):
        reach.exposed_share(graph, ["a"], [])
    assert reach.blast_radii(nx.DiGraph()) == {}


def test_what_some_depend_on():
    for graph in graphs(20):
        some = sorted(graph)[:3]
        assert set(reach.upstream(graph, some)) == {
            s for one in some for c in nx.descendants(graph, one) | {one} for s in graph[c]
        }
        assert reach.upstream(graph, []) == []
