"""Single points of failure: by share of customers, by articulation, by domination, and how many vendors would have to fail.

Domination is the exact nth-party answer: with a super-source over the root vendors, v is a single point of failure
of c if and only if every path of supply from a root to c passes v. Roots are organizations without vendors. A cycle
that nothing outside supplies (a closed cycle) has no beginning: each of its members counts as a root, for as long as it
still depends on a cycle. Those that depend on neither a root nor a cycle when a member is gone fall with it, so that one
more dependency never makes a single point of failure vanish.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse.csgraph import connected_components

from kg.errors import KGError
from kg.exposure import kernels
from kg.exposure.snapshot import as_snapshot, gathered, joined, ones

if TYPE_CHECKING:
    from collections.abc import Collection, Hashable, Mapping

    from kg.exposure.snapshot import Graph, Snapshot

_MOST_CLOSED = 200
"""Members of a closed cycle up to which it is asked of each whether others fall with it; a larger one hardly ever has such a member."""


def customer_shares(
    graph: Graph, theta: float = 0.0, customers: Collection[Hashable] | None = None
) -> dict[Any, float]:
    """Return for every vendor the share of all customers that use it, largest first; those below theta are left out.

    Args:
        graph: who uses whom.
        theta: the smallest share.
        customers: keep to these, of whom those count that use any vendor; all if None.

    Raises:
        KGError: theta is not a share.
        UnknownNameError: a customer is not in the graph.
    """
    if not 0 <= theta <= 1:
        raise KGError(f"theta is {theta}; a share lies between 0 and 1")
    snapshot = as_snapshot(graph)
    links = np.diff(snapshot.indptr)
    used = np.diff(snapshot.back_indptr)
    if customers is not None:
        chosen = snapshot.numbers(customers)
        links = links[chosen]
        used = np.bincount(gathered(snapshot.indptr, snapshot.indices, chosen), minlength=len(snapshot))
    order = sorted(np.flatnonzero(used).tolist(), key=lambda at: (-used[at], at))
    found = {snapshot.names[at]: int(used[at]) / int((links > 0).sum()) for at in order}
    return {name: share for name, share in found.items() if share >= theta}


def articulation_points(graph: Graph) -> list[Any]:
    """Return the nodes whose removal parts the graph, read without directions, in the order of the graph."""
    snapshot = as_snapshot(graph)
    either = ones(snapshot.indptr, snapshot.indices, np.int8) + ones(
        snapshot.back_indptr, snapshot.back_indices, np.int8
    )
    found = kernels.cut_points(either.indptr.astype(np.int32, copy=False), either.indices.astype(np.int32, copy=False))
    return snapshot.named(np.flatnonzero(found))


def immediate_dominators(graph: Graph) -> dict[Any, Any]:
    """Return the nearest vendor that every path of supply to a node passes, None for a node that has no such vendor."""
    snapshot = as_snapshot(graph)
    _, above, _ = _tree(snapshot)
    return _named(snapshot, above)


def dependents(graph: Graph) -> dict[Any, int]:
    """Return for every node how many organizations lose every path of supply without it, itself not counted."""
    snapshot = as_snapshot(graph)
    root, above, order = _tree(snapshot)
    found = kernels.subtree_sizes(order, above) - 1
    for member, fallen in _falling(snapshot, root).items():
        found[member] = len(fallen)
    return snapshot.keyed(found)


def dominated(graph: Graph, vendor: Hashable) -> list[Any]:
    """Return the organizations of which a vendor is a single point of failure, in the order of the graph.

    Raises:
        UnknownNameError: the vendor is not in the graph.
    """
    snapshot = as_snapshot(graph)
    start = snapshot.number(vendor)
    root, above, order = _tree(snapshot)
    if start in (falling := _falling(snapshot, root)):
        return [snapshot.names[at] for at in sorted(falling[start])]
    under = np.zeros(len(above) + 1, dtype=bool)
    under[start] = True
    for at in order[::-1].tolist():
        under[at] |= under[above[at]]
    under[start] = False
    return snapshot.named(np.flatnonzero(under[:-1]))


class SinglePoints:
    """The vendors without which organizations lose every path of supply."""

    def __init__(self, graph: Graph) -> None:
        snapshot = as_snapshot(graph)
        root, above, _ = _tree(snapshot)
        self._tree = _named(snapshot, above)
        self._falls: dict[Any, list[Any]] = {}
        for member, fallen in _falling(snapshot, root).items():
            for at in fallen:
                self._falls.setdefault(snapshot.names[at], []).append(snapshot.names[member])

    def of(self, name: Any) -> list[Any]:
        """Return those of one organization: the vendors that all its paths pass, the nearest first, then members of closed cycles."""
        found, above = [], self._tree.get(name)
        while above is not None:
            found.append(above)
            above = self._tree[above]
        return found + [member for member in self._falls.get(name, ()) if member not in found]


def _tree(snapshot: Snapshot) -> tuple[Any, Any, Any]:
    """Which nodes are roots, the immediate dominator of every node (its length for none), and a postorder."""
    root, order = _roots(snapshot)
    return root, kernels.dominator_tree(order, snapshot.indptr, snapshot.indices, root), order


def _named(snapshot: Snapshot, above: Any) -> dict[Any, Any]:
    names = np.fromiter((*snapshot.names, None), object, len(snapshot) + 1)
    return snapshot.keyed(names[above])


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
    links = joined(suppliers[inside], customers[inside], len(snapshot))
    groups, group = connected_components(links, connection="strong")
    supplied = np.zeros(groups, dtype=bool)
    between = inside & (group[customers] != group[suppliers])
    supplied[group[customers[between]]] = True
    root = root | (missed & ~supplied[group])
    return root, _postorder(snapshot, root)


def _falling(snapshot: Snapshot, root: Any) -> dict[int, set[int]]:
    """Member of a closed cycle -> who falls with it, for those with whom another member does."""
    found: dict[int, set[int]] = {}
    for cycle in _closed(snapshot, root):
        for member in cycle:
            if fallen := _unsupplied(cycle, member):
                gone = {member, *fallen}
                found[member] = _with_customers(snapshot, gone, cycle.keys() - gone) - {member}
    return found


def _closed(snapshot: Snapshot, root: Any) -> list[dict[int, set[int]]]:
    """The closed cycles that are not too large, each as member -> its vendors, which are members too."""
    inside = root & (np.diff(snapshot.indptr) > 0)
    if not inside.any():
        return []
    customers, suppliers = snapshot.pairs()
    links = inside[customers]
    _, group = connected_components(joined(customers[links], suppliers[links], len(snapshot)))
    few = np.bincount(group)[group] <= _MOST_CLOSED
    found: dict[int, dict[int, set[int]]] = {}
    for at in np.flatnonzero(inside & few).tolist():
        found.setdefault(int(group[at]), {})[at] = set(_vendors(snapshot, at))
    return list(found.values())


def _unsupplied(cycle: Mapping[int, set[int]], member: int) -> set[int]:
    """The members of a closed cycle that depend on no cycle any more without one of them."""
    gone = {member}
    while more := {at for at, vendors in cycle.items() if at not in gone and vendors <= gone}:
        gone |= more
    return gone - {member}


def _with_customers(snapshot: Snapshot, gone: set[int], kept: set[int]) -> set[int]:
    """What is gone, and everybody whose every path of supply came from there; the rest of the cycle is kept."""
    reached, waiting = set(gone), list(gone)
    while waiting:
        more = set(_customers(snapshot, waiting.pop())) - reached
        reached |= more
        waiting += more
    # Outside of what they reach everybody is supplied as before; those inside that still are hand it on.
    supplied = kept | {at for at in reached - gone if not reached.issuperset(_vendors(snapshot, at))}
    waiting = list(supplied)
    while waiting:
        more = reached.intersection(_customers(snapshot, waiting.pop())) - supplied - gone
        supplied |= more
        waiting += more
    return reached - supplied


def _vendors(snapshot: Snapshot, at: int) -> list[int]:
    found: list[int] = snapshot.indices[snapshot.indptr[at] : snapshot.indptr[at + 1]].tolist()
    return found


def _customers(snapshot: Snapshot, at: int) -> list[int]:
    found: list[int] = snapshot.back_indices[snapshot.back_indptr[at] : snapshot.back_indptr[at + 1]].tolist()
    return found


def _postorder(snapshot: Snapshot, root: Any) -> Any:
    return kernels.postorder(snapshot.back_indptr, snapshot.back_indices, np.flatnonzero(root).astype(np.int32))


def minimum_vertex_cut(graph: Graph, node: Hashable) -> list[Any]:
    """Return a smallest set of vendors without which no path of supply from a root reaches a node (Menger 1927).

    Its length is the node's redundancy: 1 means that there is a single point of failure. Of a closed cycle each member is
    a root; that a node falls with one of them is seen, that it falls with several that do not cut all its paths is not.

    Raises:
        UnknownNameError: the node is not in the graph.
        KGError: nothing can cut the node off: it has no vendors, or is itself where a cycle of supply begins.
    """
    import networkx as nx  # noqa: PLC0415 - half a second that only this call pays

    snapshot = as_snapshot(graph)
    root, _ = _roots(snapshot)
    end = snapshot.number(node)
    if alone := sorted(member for member, fallen in _falling(snapshot, root).items() if end in fallen):
        return [snapshot.names[alone[0]]]
    if root[end]:
        raise KGError(f"{node}: it depends on no vendor, so none can cut it off")
    flow: nx.DiGraph[Any] = nx.DiGraph()
    waiting, met = [end], {end}
    while waiting:
        here = waiting.pop()
        for other in _vendors(snapshot, here):
            flow.add_edge(other, here)
            if other not in met:
                met.add(other)
                waiting.append(other)
    flow.add_edges_from((-1, at) for at in sorted(met) if root[at])
    return [snapshot.names[at] for at in sorted(nx.minimum_node_cut(flow, -1, end))]
