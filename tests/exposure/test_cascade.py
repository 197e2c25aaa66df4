from __future__ import annotations

from itertools import product

import networkx as nx
import pytest
from randomized import bank, graphs

from kg.errors import KGError, UnknownNameError
from kg.exposure import cascade, kernels
from kg.exposure.cascade import independent_cascade, linear_threshold, noisy_or

EXACT = {"IdP": 1, "SaaS1": 0.6, "SaaS2": 0.5, "Bank": 0.44, "Shop": 0.4208}


@pytest.fixture(params=[pytest.param(0.0, id="every edge"), pytest.param(0.999, id="stepping")])
def steps(request, monkeypatch):
    """Draw for every edge, or step over most of them wherever that can be."""
    monkeypatch.setattr(cascade, "_SPARSE", request.param)


def enumerated(graph, start, choices):
    """P of every node over all draws; a draw is a list of live (customer, supplier) edges with its probability."""
    chance = dict.fromkeys(graph, 0.0)
    for draw in product(*choices):
        live, p = nx.DiGraph(), 1.0
        live.add_nodes_from(graph)
        for edge, weight in draw:
            p *= weight
            live.add_edges_from([edge] if edge else [])
        for node in nx.ancestors(live, start) | {start}:
            chance[node] += p
    return chance


def cascade_exact(graph, start):
    return enumerated(graph, start, [((e, w), (None, 1 - w)) for *e, w in graph.edges(data="weight")])


def threshold_exact(graph, start):
    choices = []
    for customer in graph:
        told = [((customer, s), d["weight"]) for s, d in graph[customer].items()]
        total = max(1.0, sum(w for _, w in told))
        told = [(edge, w / total) for edge, w in told]
        choices.append([*told, (None, 1 - sum(w for _, w in told))])
    return enumerated(graph, start, choices)


@pytest.mark.usefixtures("engine", "steps")
def test_the_reference():
    told = independent_cascade(bank(), ["IdP"], runs=4000, seed=2)
    assert cascade_exact(bank(), "IdP") == pytest.approx(EXACT, abs=1e-12)
    for name, p in EXACT.items():
        assert told.probability[name].low <= p <= told.probability[name].high
    assert told.expected.low <= 2.9608 <= told.expected.high
    assert noisy_or(bank(), "IdP")["Shop"] == pytest.approx(0.4264, abs=1e-9)
    assert noisy_or(bank(), "IdP")["Bank"] == pytest.approx(0.44, abs=1e-9)


@pytest.mark.usefixtures("steps")
def test_both_engines_draw_the_same(monkeypatch):
    if not kernels.COMPILED:
        pytest.skip("numba is not installed")
    even = list(graphs(8))
    for graph in even:
        nx.set_edge_attributes(graph, 0.3, "weight")
    for model in (independent_cascade, linear_threshold):
        for graph in (*graphs(60, weighted=True), *even):
            told = []
            for compiled in (True, False):
                monkeypatch.setattr(kernels, "COMPILED", compiled)
                told.append(model(graph, [min(graph)], runs=50, seed=7))
            assert told[0] == told[1]


@pytest.mark.usefixtures("steps")
@pytest.mark.parametrize(
    ("model", "exact"), [(independent_cascade, cascade_exact), (linear_threshold, threshold_exact)]
)
def test_the_interval_holds_the_exact_probability_as_often_as_it_says(model, exact):
    held = total = 0
    for graph in graphs(70, weighted=True, size=8):
        if graph.number_of_edges() > 7:
            continue
        start = max(graph, key=graph.in_degree)
        told, wanted = model(graph, [start], runs=300, seed=3), exact(graph, start)
        for node, p in wanted.items():
            held += told.probability[node].low - 1e-9 <= p <= told.probability[node].high + 1e-9
            total += 1
    assert total > 100
    assert held / total > 0.9


@pytest.mark.usefixtures("engine", "steps")
def test_where_nothing_is_left_to_chance_one_run_stands_for_all():
    for seed, graph in enumerate(graphs(60)):
        for at, edge in enumerate(sorted(graph.edges)):
            graph.edges[edge]["weight"] = (at + seed) % 2
        start = max(graph, key=graph.in_degree)
        live = nx.DiGraph((c, s) for c, s, weight in graph.edges(data="weight") if weight)
        live.add_nodes_from(graph)
        wanted = nx.ancestors(live, start) | {start}
        told = independent_cascade(graph, [start], runs=7)
        assert told.probability == {node: (float(node in wanted),) * 3 for node in graph}
        assert (told.expected, told.sizes) == ((len(wanted),) * 3, (len(wanted),) * 7)


def test_noisy_or_is_never_below_the_exact_probability():
    for graph in graphs(120, weighted=True, size=8):
        start = max(graph, key=graph.in_degree)
        if nx.is_directed_acyclic_graph(graph) and graph.number_of_edges() <= 8:
            exact, bound = cascade_exact(graph, start), noisy_or(graph, start)
            assert all(bound[node] >= exact[node] - 1e-12 for node in graph)


def test_the_seed_decides():
    draws = [independent_cascade(bank(), ["IdP"], runs=100, seed=seed).sizes for seed in (1, 1, 2)]
    assert draws[0] == draws[1] != draws[2]


@pytest.mark.parametrize(("least", "rise"), [(0, 1 / 4000), (0.04, 0)], ids=["rising", "equal"])
def test_a_row_of_small_weights_is_reached_as_often_as_each_weight_says(engine, least, rise):
    weights = {f"org {at:03}": least + rise * at for at in range(200)}
    graph = nx.DiGraph([(name, "vendor", {"weight": weight}) for name, weight in weights.items()])
    told = independent_cascade(graph, ["vendor"], runs=4000, seed=2)
    held = [told.probability[name].low <= weight <= told.probability[name].high for name, weight in weights.items()]
    assert (told.probability["org 000"].value > 0) == (least > 0)
    assert sum(held) > 180
    assert told.expected.low <= 1 + sum(weights.values()) <= told.expected.high


def test_bad_input():
    for call in (
        lambda: independent_cascade(bank(), []),
        lambda: independent_cascade(bank(), ["IdP"], runs=1),
        lambda: independent_cascade(bank(), ["IdP"], confidence=95),
        lambda: independent_cascade(nx.DiGraph([("a", "b", {"weight": 2})]), ["b"]),
        lambda: noisy_or(nx.cycle_graph(3, create_using=nx.DiGraph), 0),
    ):
        with pytest.raises(KGError):
            call()
    with pytest.raises(UnknownNameError):
        linear_threshold(bank(), ["nobody"])


@pytest.mark.usefixtures("engine")
@pytest.mark.parametrize("spread", [independent_cascade, linear_threshold])
def test_only_those_asked_for_are_counted(spread):
    told, some = (spread(bank(), ["IdP"], runs=200, seed=1, among=among) for among in (None, ["Bank", "Shop"]))
    assert some.probability == told.probability
    assert some.expected.value == pytest.approx(told.probability["Bank"].value + told.probability["Shop"].value)
    assert max(some.sizes) <= 2
