"""The backend `breachkg` of networkx: `networkx.pagerank(graph, backend="breachkg")` runs on a snapshot, with the same answer.

A snapshot may stand in the place of the graph, which saves the conversion. It is directed and has no loops and no parallel
edges, so another graph is refused, as is an argument that the measure here does not take; networkx then says so, or goes on
to the next backend.
"""

from __future__ import annotations

import inspect
from functools import partial
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.errors import ConvergenceError, KGError, UnknownNameError
from kg.exposure import centrality, reach
from kg.exposure.snapshot import Snapshot, from_pairs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def _path_lengths(graph: Snapshot, source: Any, cutoff: int | None = None) -> dict[Any, int]:
    """The steps to every node that can be reached, 0 to the source itself, the nearest first."""
    found = {source: 0} | (reach.tiers(graph, source, cutoff) if cutoff is None or cutoff > 0 else {})
    return dict(sorted(found.items(), key=lambda told: told[1]))


_MEASURES: dict[str, tuple[Callable[..., Any], str]] = {
    "betweenness_centrality": (centrality.betweenness_centrality, "normalized"),
    "closeness_centrality": (centrality.closeness_centrality, "wf_improved"),
    "hits": (centrality.hits, "max_iter tol"),
    "katz_centrality": (centrality.katz_centrality, "alpha beta max_iter tol normalized weight"),
    "pagerank": (centrality.pagerank, "alpha personalization max_iter tol weight"),
    "single_source_shortest_path_length": (_path_lengths, "source cutoff"),
}
"""Name of a function of networkx -> the measure that stands for it, and which of its arguments that takes."""


def __getattr__(name: str) -> Any:
    if name not in _MEASURES:
        raise AttributeError(f"module 'kg.exposure.backend' has no attribute {name!r}")
    return partial(_run, name)


def _run(name: str, *args: Any, **kwargs: Any) -> Any:
    graph, given = _bound(name, args, kwargs)
    if isinstance(given, str):
        raise NotImplementedError(given)
    try:
        return _MEASURES[name][0](graph, **given)
    except UnknownNameError as error:
        raise nx.NodeNotFound(str(error)) from error
    except ConvergenceError as error:
        raise nx.PowerIterationFailedConvergence(error.iterations) from error
    except KGError as error:
        raise nx.NetworkXError(str(error)) from error


def _bound(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> tuple[Any, dict[str, Any] | str]:
    """The graph, and the arguments by name; or why they cannot be taken."""
    theirs = inspect.signature(getattr(nx, name).orig_func)
    given = dict(theirs.bind(*args, **kwargs).arguments)
    graph, known = given.pop("G"), _MEASURES[name][1].split()
    # Made a generator by then; nothing is drawn unless another argument, not taken here, asks for it.
    given.pop("seed", None)
    changed = {key: value for key, value in given.items() if value is not theirs.parameters[key].default}
    if lost := changed.keys() - set(known):
        return graph, f"the backend breachkg does not take {', '.join(sorted(lost))} of {name}"
    return graph, changed


def can_run(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> bool | str:
    """Return whether a function of networkx can be run with these arguments, or why not."""
    graph, given = _bound(name, args, kwargs)
    return given if isinstance(given, str) else _refused(graph) or True


def _refused(graph: Any) -> str:
    if isinstance(graph, Snapshot):
        return ""
    if not graph.is_directed() or graph.is_multigraph() or nx.number_of_selfloops(graph):
        return "a snapshot is directed and has no loops and no parallel edges"
    return ""


def convert_from_nx(graph: Any, *, edge_attrs: Mapping[str, Any] | None = None, **_: Any) -> Snapshot:
    """Return the snapshot of a graph of networkx, all its nodes and edges, with one attribute as weight if one is asked for.

    Raises:
        NotImplementedError: it is not directed, has loops or parallel edges, or a weight that is negative or no number.
    """
    if reason := _refused(graph):
        raise NotImplementedError(reason)
    names = list(graph)
    number = {name: at for at, name in enumerate(names)}
    name, default = next(iter((edge_attrs or {}).items()), (None, 1))
    edges = [(number[s], number[t], told.get(name, default)) for s, t, told in graph.edges(data=True)]
    source, target, weight = zip(*edges, strict=True) if edges else ((), (), ())
    try:
        return from_pairs(source, target, names, weight)
    except (KGError, TypeError, ValueError) as error:
        raise NotImplementedError(str(error)) from error


def convert_to_nx(told: Any, **_: Any) -> Any:
    """Return a graph of networkx for a snapshot, and anything else as it is."""
    if not isinstance(told, Snapshot):
        return told
    graph: nx.DiGraph[Any] = nx.DiGraph()
    graph.add_nodes_from(told.names)
    customers, suppliers = told.pairs()
    graph.add_weighted_edges_from(
        (told.names[customer], told.names[supplier], weight)
        for customer, supplier, weight in zip(
            customers.tolist(), suppliers.tolist(), told.back_weight.tolist(), strict=True
        )
    )
    return graph
