from __future__ import annotations

import pickle

import networkx as nx
import pytest
from randomized import graphs

from kg.errors import ConvergenceError, KGError
from kg.exposure import centrality


def test_pagerank_and_katz_are_those_of_networkx():
    for graph in graphs(200, weighted=True):
        assert centrality.pagerank(graph) == pytest.approx(nx.pagerank(graph), abs=1e-9)
        node = min(graph)
        assert centrality.pagerank(graph, 0.5, {node: 2.0}) == pytest.approx(
            nx.pagerank(graph, 0.5, {node: 2.0}, dangling={node: 2.0}), abs=1e-9
        )
        assert centrality.katz_centrality(graph, 0.05) == pytest.approx(nx.katz_centrality(graph, 0.05), abs=1e-9)


def test_closeness_and_betweenness_are_those_of_networkx(engine):
    for graph in graphs(200):
        assert centrality.closeness_centrality(graph) == pytest.approx(nx.closeness_centrality(graph), abs=1e-9)
        for normalized in (True, False):
            wanted = nx.betweenness_centrality(graph, normalized=normalized)
            assert centrality.betweenness_centrality(graph, normalized=normalized) == pytest.approx(wanted, abs=1e-9)


def test_hits_are_those_of_networkx_where_they_are_unique():
    for seed in range(40):
        graph = nx.gnp_random_graph(12, 0.5, seed=seed, directed=True)
        for ours, theirs in zip(centrality.hits(graph), nx.hits(graph, tol=1e-12), strict=True):
            assert ours == pytest.approx(theirs, abs=1e-7)


def test_sampled_betweenness_holds_the_truth_as_often_as_it_says():
    held = total = 0
    for seed in range(30):
        graph = nx.gnp_random_graph(40, 0.08, seed=seed, directed=True)
        truth = nx.betweenness_centrality(graph)
        for node, told in centrality.betweenness_interval(graph, 25, seed=seed).items():
            if told.high > told.low:
                held += told.low - 1e-12 <= truth[node] <= told.high + 1e-12
                total += 1
    assert held / total > 0.85


def test_without_edges_and_without_nodes():
    bare = nx.empty_graph(3, create_using=nx.DiGraph)
    assert centrality.hits(bare) == ({0: 0, 1: 0, 2: 0},) * 2
    assert centrality.pagerank(nx.DiGraph()) == centrality.katz_centrality(nx.DiGraph()) == {}
    assert centrality.closeness_centrality(bare) == {0: 0, 1: 0, 2: 0}
    assert set(centrality.betweenness_centrality(bare).values()) == {0}


def test_every_node_may_begin_with_a_number_of_its_own():
    ring = nx.cycle_graph(3, create_using=nx.DiGraph)
    own = {0: 1.0, 1: 0.5, 2: 0.0}
    assert centrality.katz_centrality(ring, beta=own) == pytest.approx(nx.katz_centrality(ring, beta=own), abs=1e-5)


def test_what_does_not_converge_says_after_how_many_iterations():
    star = nx.DiGraph([(0, 1), (2, 1), (1, 3)])
    for measure in (centrality.pagerank, centrality.katz_centrality, centrality.hits):
        with pytest.raises(ConvergenceError, match="has not converged") as caught:
            measure(star, max_iter=1)
        again = pickle.loads(pickle.dumps(caught.value))
        assert (str(again), again.iterations) == (str(caught.value), 1)


def test_bad_input():
    ring = nx.cycle_graph(3, create_using=nx.DiGraph)
    for call in (
        lambda: centrality.katz_centrality(ring, 1.5),
        lambda: centrality.katz_centrality(ring, beta={0: 1.0}),
        lambda: centrality.katz_centrality(ring, beta={0: 1.0, 1: 1.0, 2: 1.0, 3: 1.0}),
        lambda: centrality.pagerank(ring, 2.0),
        lambda: centrality.pagerank(ring, personalization={0: 0.0}),
        lambda: centrality.betweenness_centrality(ring, 0),
        lambda: centrality.betweenness_centrality(ring, 4),
    ):
        with pytest.raises(KGError):
            call()
