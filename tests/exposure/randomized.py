"""Random supply graphs of several shapes, and both engines."""

from __future__ import annotations

import random

import networkx as nx
import pytest

from kg.exposure import contagion, kernels, reach


def graphs(count, *, weighted=False, size=18):
    """Directed graphs: sparse, dense, long chains, cycles, without edges; nodes are texts, the order is mixed."""
    for seed in range(count):
        chance = random.Random(seed)
        n = chance.randrange(2, size)
        kind = seed % 4
        if kind == 0:
            made = nx.gnp_random_graph(n, chance.choice((0.0, 0.05, 0.15, 0.4)), seed=seed, directed=True)
        elif kind == 1:
            made = nx.path_graph(n, create_using=nx.DiGraph)
            made.add_edges_from((chance.randrange(n), chance.randrange(n)) for _ in range(2))
        elif kind == 2:
            made = nx.cycle_graph(max(2, n // 2), create_using=nx.DiGraph)
            made.add_edges_from((i, chance.randrange(i)) for i in range(max(2, n // 2), n))
        else:
            made = nx.DiGraph((i, chance.randrange(i)) for i in range(1, n) for _ in range(2))
        made.remove_edges_from(list(nx.selfloop_edges(made)))
        names = [f"org {i:02}" for i in made]
        chance.shuffle(names)
        graph = nx.relabel_nodes(made, dict(zip(made, names, strict=True)))
        if weighted:
            for *_, told in sorted(graph.edges(data=True), key=lambda edge: edge[:2]):
                told["weight"] = round(chance.random(), 3)
        yield graph


@pytest.fixture(params=[pytest.param(True, id="compiled"), pytest.param(False, id="plain")])
def engine(request, monkeypatch):
    """Run a test with the compiled kernels, where numba is installed, and without."""
    if request.param and not kernels.COMPILED:
        pytest.skip("numba is not installed")
    monkeypatch.setattr(kernels, "COMPILED", request.param)
    for module in (reach, contagion):
        monkeypatch.setattr(module, "_MANY", 0)
    return request.param


def bank(kind=nx.DiGraph):
    """The graph of the reference values, its edges from customer to supplier."""
    graph = kind()
    graph.add_nodes_from(("IdP", "SaaS1", "SaaS2", "Bank", "Shop"))
    for supplier, customer, weight in (
        ("IdP", "SaaS1", 0.6), ("IdP", "SaaS2", 0.5), ("SaaS1", "Bank", 0.5), ("SaaS2", "Bank", 0.4),
        ("SaaS2", "Shop", 0.8), ("Bank", "Shop", 0.1),
    ):  # fmt: skip
        graph.add_edge(customer, supplier, weight=weight)
    return graph


WORTH = {"IdP": 0.1, "SaaS1": 0.1, "SaaS2": 0.1, "Bank": 0.5, "Shop": 0.2}
