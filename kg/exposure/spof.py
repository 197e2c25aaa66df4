"""Single points of failure: by share of customers, by articulation, by domination, and how many vendors would have to fail.

Domination is the exact nth-party answer: with a super-source over the root vendors, v is a single point of failure
of c if and only if every path of supply from a root to c passes v. Roots are organizations without vendors; a cycle
that nothing outside supplies has no beginning, so each of its members is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from kg.errors import KGError
from kg.exposure import kernels
from kg.exposure.snapshot import as_snapshot

if TYPE_CHECKING:
    from collections.abc import Hashable

    from kg.exposure.snapshot import Graph, Snapshot


def customer_shares(graph: Graph, theta: float = 0.0) -> dict[Any, float]:
    """Return for every vendor the share of all customers that use it, largest first; those below theta are left out.

    Raises:
        KGError: theta is not a share.
    """
    if not 0 <= theta <= 1:
        raise KGError(f"theta is {theta}; a share lies between 0 and 1")
    snapshot = as_snapshot(graph)
    customers = int((np.diff(snapshot.indptr) > 0).sum())
    used = np.diff(snapshot.back_indptr)
    order = sorted(np.flatnonzero(used).tolist(), key=lambda at: (-used[at], at))
    found = {snapshot.names[at]: int(used[at]) / customers for at in order}
    return {name: share for name, share in found.items() if share >= theta}


def articulation_points(graph: Graph) -> list[Any]:
    """Return the nodes whose removal parts the graph, read without directions, in the order of the graph."""
    snapshot = as_snapshot(graph)
    n = len(snapshot)
    ones = np.ones(snapshot.edges, np.int8)
    forward = sparse.csr_array((ones, snapshot.indices, snapshot.indptr), shape=(n, n))
    either = forward + sparse.csr_array((ones, snapshot.back_indices, snapshot.back_indptr), shape=(n, n))
    found = kernels.cut_points(either.indptr.astype(np.int32, copy=False), either.indices.astype(np.int32, copy=False))
    return [snapshot.names[at] for at in np.flatnonzero(found).tolist()]


def immediate_dominators(graph: Graph) -> dict[Any, Any]:
    """Return the nearest vendor that every path of supply to a node passes, None for a node that has no such vendor."""
    snapshot = as_snapshot(graph)
    above, _ = _tree(snapshot)
    names = np.fromiter((*snapshot.names, None), object, len(snapshot) + 1)
    return snapshot.keyed(names[above])


def dependents(graph: Graph) -> dict[Any, int]:
    """Return for every node how many organizations lose every path of supply without it, itself not counted."""
    snapshot = as_snapshot(graph)
    above, order = _tree(snapshot)
    return snapshot.keyed(kernels.subtree_sizes(order, above) - 1)


def dominated(graph: Graph, vendor: Hashable) -> list[Any]:
    """Return the organizations of which a vendor is a single point of failure, in the order of the graph.

    Raises:
        UnknownNameError: the vendor is not in the graph.
    """
    snapshot = as_snapshot(graph)
    above, order = _tree(snapshot)
    under = np.zeros(len(above) + 1, dtype=bool)
    start = snapshot.number(vendor)
    under[start] = True
    for at in order[::-1].tolist():
        under[at] |= under[above[at]]
    under[start] = False
    return [snapshot.names[at] for at in np.flatnonzero(under[:-1]).tolist()]


def chain(tree: dict[Any, Any], name: Any) -> list[Any]:
    """Return every vendor that all paths to a node pass, the nearest first; `tree` is that of `immediate_dominators`."""
    found, above = [], tree.get(name)
    while above is not None:
        found.append(above)
        above = tree[above]
    return found


def _tree(snapshot: Snapshot) -> tuple[Any, Any]:
    """The immediate dominator of every node (its length for none), and a postorder."""
    root, order = _roots(snapshot)
    above = kernels.dominator_tree(order, snapshot.indptr, snapshot.indices, root)
    return above, order


def _roots(snapshot: Snapshot) -> tuple[Any, Any]:
    root = np.diff(snapshot.indptr) == 0
    order = _postorder(snapshot, root)
    if len(order) == len(snapshot):
        return root, order
    # What no root reaches is supplied by itself alone; those of its cycles that begin it are roots too.
    missed = np.ones(len(snapshot), dtype=bool)
    missed[order] = False
    customers, suppliers = snapshot.pairs()
    inside = missed[customers]
    inside &= missed[suppliers]
    n = len(snapshot)
    links = sparse.coo_array(
        (np.ones(int(inside.sum()), np.int8), (suppliers[inside], customers[inside])), shape=(n, n)
    )
    groups, group = connected_components(links.tocsr(), connection="strong")
    supplied = np.zeros(groups, dtype=bool)
    between = inside & (group[customers] != group[suppliers])
    supplied[group[customers[between]]] = True
    root = root | (missed & ~supplied[group])
    return root, _postorder(snapshot, root)


def _postorder(snapshot: Snapshot, root: Any) -> Any:
    return kernels.postorder(snapshot.back_indptr, snapshot.back_indices, np.flatnonzero(root).astype(np.int32))


def minimum_vertex_cut(graph: Graph, node: Hashable) -> list[Any]:
    """Return a smallest set of vendors without which no path of supply from a root reaches a node (Menger 1927).

    Its length is the node's redundancy: 1 means that there is a single point of failure.

    Raises:
        UnknownNameError: the node is not in the graph.
        KGError: nothing can cut the node off: it has no vendors, or is itself where a cycle of supply begins.
    """
    import networkx as nx  # noqa: PLC0415 - half a second that only this call pays

    snapshot = as_snapshot(graph)
    root, _ = _roots(snapshot)
    end = snapshot.number(node)
    if root[end]:
        raise KGError(f"{node}: it depends on no vendor, so none can cut it off")
    flow: nx.DiGraph[Any] = nx.DiGraph()
    waiting, met = [end], {end}
    while waiting:
        here = waiting.pop()
        for other in snapshot.indices[snapshot.indptr[here] : snapshot.indptr[here + 1]].tolist():
            flow.add_edge(other, here)
            if other not in met:
                met.add(other)
                waiting.append(other)
    flow.add_edges_from((-1, at) for at in sorted(met) if root[at])
    return [snapshot.names[at] for at in sorted(nx.minimum_node_cut(flow, -1, end))]
