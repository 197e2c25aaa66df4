"""The backend of networkx: found by its entry point, and the same answers as networkx."""

from __future__ import annotations

import tomllib
from importlib import import_module
from pathlib import Path

import networkx as nx
import pytest
from randomized import bank, graphs

from kg.exposure.snapshot import from_networkx

ENTRY = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]["entry-points"][
    "networkx.backends"
]
ASKED = [
    (nx.pagerank, {}), (nx.pagerank, {"alpha": 0.5, "weight": None}), (nx.pagerank, {"personalization": {"org 00": 1}}),
    (nx.katz_centrality, {"alpha": 0.05}), (nx.closeness_centrality, {}), (nx.closeness_centrality, {"wf_improved": False}),
    (nx.betweenness_centrality, {}), (nx.betweenness_centrality, {"normalized": False}),
    (nx.single_source_shortest_path_length, {"source": "org 01"}),
    (nx.single_source_shortest_path_length, {"source": "org 01", "cutoff": 0}),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _installed():
    if "breachkg" not in nx.config.backends:
        pytest.skip("the package was installed before it was a backend of networkx: install it again")


def test_the_entry_point_is_the_module():
    assert list(ENTRY) == ["breachkg"]
    assert hasattr(import_module(ENTRY["breachkg"]), "convert_from_nx")


@pytest.mark.parametrize(("ask", "given"), ASKED, ids=lambda one: getattr(one, "__name__", None) or ",".join(one))
def test_every_function_answers_as_networkx_does(ask, given):
    for graph in graphs(40, weighted=True):
        nx.set_node_attributes(graph, "incident", "type")  # which the projection of a store would leave out
        wanted = ask(graph, **given)
        assert ask(graph.copy(), **given, backend="breachkg") == pytest.approx(wanted, abs=1e-9)


def test_hubs_and_authorities():
    theirs, ours = nx.hits(bank()), nx.hits(bank(), backend="breachkg")
    assert all(a == pytest.approx(b, abs=1e-9) for a, b in zip(theirs, ours, strict=True))


def test_a_snapshot_stands_in_the_place_of_a_graph():
    snapshot = from_networkx(bank())
    assert nx.pagerank(snapshot) == pytest.approx(nx.pagerank(bank()), abs=1e-9)
    assert nx.pagerank(snapshot, weight=None) == pytest.approx(nx.pagerank(bank(), weight=None), abs=1e-9)
    assert nx.betweenness_centrality(snapshot) == pytest.approx(nx.betweenness_centrality(bank()), abs=1e-9)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: nx.pagerank(bank(), nstart={"IdP": 1}, backend="breachkg"), lambda: nx.pagerank(bank(nx.MultiDiGraph), backend="breachkg"),
        lambda: nx.betweenness_centrality(bank(), k=2, backend="breachkg"), lambda: nx.harmonic_centrality(bank(), backend="breachkg"),
        lambda: nx.pagerank(nx.DiGraph([("a", "a")]), backend="breachkg"), lambda: nx.pagerank(nx.path_graph(3), backend="breachkg"),
        lambda: nx.pagerank(nx.DiGraph([("a", "b", {"weight": -1})]), backend="breachkg"),
        lambda: nx.hits(bank(), normalized=False, backend="breachkg"),  # which networkx gives on another scale
    ],
)  # fmt: skip
def test_what_it_cannot_run_is_refused(ask):
    with pytest.raises(NotImplementedError):
        ask()


def test_errors_are_those_of_networkx():
    with pytest.raises(nx.NodeNotFound):
        nx.single_source_shortest_path_length(bank(), "nobody", backend="breachkg")
    with pytest.raises(nx.NetworkXError, match="alpha"):
        nx.pagerank(bank(), alpha=2, backend="breachkg")
    with pytest.raises(nx.NetworkXError, match="beta"):
        nx.katz_centrality(bank(), beta={"IdP": 1}, backend="breachkg")
    for measure in (nx.pagerank, nx.katz_centrality, nx.hits):
        with pytest.raises(nx.PowerIterationFailedConvergence, match="within 1 iterations"):
            measure(bank(), max_iter=1, backend="breachkg")
