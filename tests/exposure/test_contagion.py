from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from randomized import WORTH, bank, graphs

from kg.errors import KGError, UnknownNameError
from kg.exposure.contagion import debtrank, debtrank_losses, inoperability


def ring():
    """Of three, each supplying the next; weights 0.5."""
    return nx.DiGraph([("b", "a", {"weight": 0.5}), ("c", "b", {"weight": 0.5}), ("a", "c", {"weight": 0.5})])


def test_the_reference(engine):
    told = debtrank(bank(), "IdP", WORTH)
    assert told.distress == pytest.approx({"IdP": 1, "SaaS1": 0.6, "SaaS2": 0.5, "Bank": 0.5, "Shop": 0.45}, abs=1e-9)
    assert told.loss == pytest.approx(0.45, abs=1e-9)
    assert debtrank(bank(), "SaaS1", WORTH).loss == pytest.approx(0.26, abs=1e-9)
    assert debtrank(bank(), "SaaS2", WORTH).loss == pytest.approx(0.368, abs=1e-9)


@pytest.mark.parametrize("form", [2012, 2015])
def test_the_losses_of_all_vendors_are_those_of_each(engine, form):
    assert debtrank_losses(bank(), ["SaaS2", "IdP"], WORTH) == pytest.approx({"SaaS2": 0.368, "IdP": 0.45}, abs=1e-9)
    assert debtrank_losses(bank(), None, WORTH, form) == {
        vendor: debtrank(bank(), vendor, WORTH, form).loss for vendor in ("IdP", "SaaS1", "SaaS2", "Bank")
    }


def test_the_reference_of_a_ring(engine):
    early, late = (debtrank(ring(), {"a": 0.5}, form=form) for form in (2012, 2015))
    assert early.distress == pytest.approx({"a": 0.5625, "b": 0.25, "c": 0.125}, abs=1e-9)
    assert early.loss == pytest.approx(7 / 48, abs=1e-9)
    assert late.distress == pytest.approx({"a": 4 / 7, "b": 2 / 7, "c": 1 / 7}, abs=1e-9)
    assert late.loss == pytest.approx(1 / 6, abs=1e-9)


def by_hand(graph, shock, form, steps):
    """The definitions, node by node."""
    level = [{node: shock.get(node, 0.0) for node in graph}]
    state = {node: "D" if shock.get(node) else "U" for node in graph}
    previous = dict.fromkeys(graph, 0.0)
    for _ in range(steps):
        now = level[-1]
        if form == 2012:
            sent = {node: now[node] if state[node] == "D" else 0.0 for node in graph}
        else:
            sent = {node: now[node] - previous[node] for node in graph}
        after = {c: min(1.0, now[c] + sum(told["weight"] * sent[s] for s, told in graph[c].items())) for c in graph}
        state = {n: "I" if state[n] == "D" else "D" if state[n] == "U" and after[n] > 0 else state[n] for n in graph}
        previous = now
        level.append(after)
    return level[-1]


@pytest.mark.parametrize("form", [2012, 2015])
def test_debtrank_is_its_definition(engine, form):
    for graph in graphs(200, weighted=True, size=9):
        shock = {min(graph): 0.7, max(graph): 0.2}
        if form == 2015 and max(abs(np.linalg.eigvals(nx.to_numpy_array(graph)))) > 0.9:
            continue
        wanted = by_hand(graph, shock, form, len(graph) + 2 if form == 2012 else 300)
        assert debtrank(graph, shock, form=form).distress == pytest.approx(wanted, abs=1e-9)


def test_inoperability_is_the_reference():
    graph = nx.DiGraph(
        [(0, 1, {"weight": 0.2}), (1, 0, {"weight": 0.3}), (1, 2, {"weight": 0.1}), (2, 1, {"weight": 0.4})]
    )
    told = inoperability(graph, {0: 0.1})
    wanted = np.linalg.solve(np.eye(3) - np.array([[0, 0.2, 0], [0.3, 0, 0.1], [0, 0.4, 0]]), [0.1, 0, 0])
    assert told == pytest.approx(dict(enumerate(wanted)), abs=1e-9)
    assert told == pytest.approx({0: 0.106667, 1: 0.033333, 2: 0.013333}, abs=1e-6)


def test_inoperability_is_the_series_of_its_rounds_or_an_error():
    refused = 0
    for number, graph in enumerate(graphs(200, weighted=True, size=9)):
        for *_, told in graph.edges(data=True):
            told["weight"] *= 3 if number % 5 == 0 else 1
        matrix = nx.to_numpy_array(graph, list(graph))
        radius = max(abs(np.linalg.eigvals(matrix)))
        start = np.zeros(len(graph))
        start[0] = 0.5
        if radius > 1 - 1e-6:
            refused += 1
            with pytest.raises(KGError, match="spectral radius"):
                inoperability(graph, {next(iter(graph)): 0.5})
            continue
        wanted = np.linalg.inv(np.eye(len(graph)) - matrix) @ start
        if wanted.max() > 1:
            with pytest.raises(KGError, match="more than wholly"):
                inoperability(graph, {next(iter(graph)): 0.5})
        else:
            assert inoperability(graph, {next(iter(graph)): 0.5}) == pytest.approx(
                dict(zip(graph, wanted, strict=True)), abs=1e-9
            )
    assert refused > 10


def test_bad_input():
    full = nx.cycle_graph(3, create_using=nx.DiGraph)
    with pytest.raises(KGError, match="spectral radius"):
        inoperability(full, {0: 0.1})
    for shock in ({}, {"IdP": 0.0}, {"IdP": 1.5}, {"IdP": -0.1}, {"IdP": float("nan")}):
        with pytest.raises(KGError):
            debtrank(bank(), shock)
    with pytest.raises(UnknownNameError):
        debtrank(bank(), "nobody")
    with pytest.raises(KGError, match="no organization has any value"):
        debtrank(bank(), "IdP", dict.fromkeys(WORTH, 0.0))
    with pytest.raises(KGError, match="forms 2012 and 2015"):
        debtrank(bank(), "IdP", form=2020)
