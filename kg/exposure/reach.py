"""Who stands within how many steps: tiers, nth parties, blast radius, breach proximity.

The tier of a vendor for a customer is the length of the shortest path of supply between them: 1 a third party, 2 a
fourth party. The blast radius of v within k is |{c : 1 <= dist(v, c) <= k}|, or the sum of the values of those c.
`depth=None` means without bound. Source of the words: the usage of third-party risk management; of the algorithms,
breadth-first search; those for all nodes at once stand in `kg.exposure.radii`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.checks import depth_of
from kg.errors import KGError
from kg.exposure import kernels, radii
from kg.exposure.snapshot import as_snapshot, gathered, ones

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from kg.exposure.snapshot import Graph, Numbers, Snapshot

_MANY = 10_000
"""Edges from which on a compiled walk or a product is faster; numba is not loaded for the sake of one walk."""


def tiers(graph: Graph, node: Hashable, depth: int | None = None) -> dict[Any, int]:
    """Return the tier of every vendor that a customer depends on, itself left out.

    Raises:
        UnknownNameError: the node is not in the graph.
        KGError: depth is below 1.
    """
    snapshot = as_snapshot(graph)
    return _keyed(snapshot, _distances(snapshot, [snapshot.number(node)], depth, up=True))


def upstream(graph: Graph, organizations: Iterable[Hashable]) -> list[Any]:
    """Return the vendors that any of some organizations depends on, in the order of the graph.

    Raises:
        UnknownNameError: a name is not in the graph.
    """
    snapshot = as_snapshot(graph)
    first = np.unique(gathered(snapshot.indptr, snapshot.indices, snapshot.numbers(organizations)))
    return snapshot.named(np.flatnonzero(_distances(snapshot, first, None, up=True) >= 0))


def exposed(graph: Graph, vendor: Hashable, depth: int | None = None) -> dict[Any, int]:
    """Return the tier at which every organization depends on a vendor, the vendor itself left out.

    Raises:
        UnknownNameError: the vendor is not in the graph.
        KGError: depth is below 1.
    """
    snapshot = as_snapshot(graph)
    return _keyed(snapshot, _distances(snapshot, [snapshot.number(vendor)], depth))


def nth_parties(graph: Graph, node: Hashable, tier: int) -> list[Any]:
    """Return the vendors at exactly one tier, in the order of the graph.

    Raises:
        UnknownNameError: the node is not in the graph.
        KGError: the tier is below 1.
    """
    return [name for name, found in tiers(graph, node, tier).items() if found == tier]


def fourth_party_multiplier(graph: Graph, node: Hashable) -> float | None:
    """Return |N2| / |N1|: fourth parties for each third party; None for a node without vendors."""
    found = list(tiers(graph, node, 2).values())
    return found.count(2) / found.count(1) if found else None


def blast_radius_value(
    graph: Graph, vendor: Hashable, depth: int | None = None, value: Mapping[Any, float] | None = None
) -> float:
    """Return the summed value of the organizations within reach of a vendor; each is worth 1 if nothing is given.

    Raises:
        UnknownNameError: a name is not in the graph.
        KGError: depth is below 1, or a value is negative or not finite.
    """
    snapshot = as_snapshot(graph)
    distance = _distances(snapshot, [snapshot.number(vendor)], depth)
    reached = distance > 0
    return float(np.count_nonzero(reached) if value is None else snapshot.aligned(value, "values")[reached].sum())


def blast_radii(
    graph: Graph, depth: int | None = None, value: Mapping[Any, float] | None = None
) -> dict[Any, int] | dict[Any, float]:
    """Return the blast radius of every node: how many organizations, or with values what they are worth.

    Raises:
        UnknownNameError: a name is not in the graph.
        KGError: depth is below 1, or a value is negative or not finite.
    """
    snapshot = as_snapshot(graph)
    depth = depth_of(depth)
    if value is not None:
        limit = len(snapshot) if depth is None else depth
        return snapshot.keyed(radii.worth_within(snapshot, limit, snapshot.aligned(value, "values")))
    return snapshot.keyed(radii.reach_unbounded(snapshot) if depth is None else radii.reach_within(snapshot, depth))


def breach_proximity(graph: Graph, breached: Iterable[Hashable], depth: int | None = None) -> dict[Any, int]:
    """Return how far every organization stands from the nearest of some breached ones: 0 is breached itself.

    Organizations that depend on none of them within `depth` are left out.

    Raises:
        UnknownNameError: a name is not in the graph.
        KGError: depth is below 1.
    """
    snapshot = as_snapshot(graph)
    return _keyed(snapshot, _distances(snapshot, snapshot.numbers(breached), depth), 0)


def nearest_breached(
    graph: Graph,
    breached: Iterable[Hashable],
    organizations: Iterable[Hashable] | None = None,
    depth: int | None = None,
) -> dict[Any, tuple[Any, ...]]:
    """Return a shortest path from each organization to a breached vendor, itself not counted, in the order of the graph.

    Of several shortest paths it is the one whose steps come first in the order of the graph; organizations that depend on
    no breached one within `depth` are left out.

    Raises:
        UnknownNameError: a name is not in the graph.
        KGError: depth is below 1.
    """
    snapshot = as_snapshot(graph)
    depth = depth_of(depth)
    hit = set(snapshot.numbers(breached).tolist())
    ends, suppliers = snapshot.indptr.tolist(), snapshot.indices.tolist()
    wanted = range(len(snapshot)) if organizations is None else snapshot.numbers(organizations).tolist()
    found = {}
    for at in wanted:
        if path := _first_hit(ends, suppliers, at, hit, len(ends) if depth is None else depth):
            found[snapshot.names[at]] = tuple(snapshot.names[step] for step in path)
    return found


def _first_hit(ends: list[int], suppliers: list[int], start: int, hit: set[int], depth: int) -> list[int]:
    """A walk that ends at the first hit, so that it costs what lies around its start, not the whole graph."""
    above, level = {start: start}, [start]
    for _ in range(depth):
        further = []
        for here in level:
            for other in suppliers[ends[here] : ends[here + 1]]:
                if other in above:
                    continue
                above[other] = here
                if other in hit:
                    path = [other]
                    while path[-1] != start:
                        path.append(above[path[-1]])
                    return path[::-1]
                further.append(other)
        if not further:
            break
        level = further
    return []


def exposed_share(
    graph: Graph, breached: Iterable[Hashable], organizations: Iterable[Hashable], depth: int | None = None
) -> float:
    """Return which share of some organizations has a breached one within `depth` steps, itself not counted.

    Raises:
        UnknownNameError: a name is not in the graph.
        KGError: there are no organizations, or depth is below 1.
    """
    snapshot = as_snapshot(graph)
    wanted = snapshot.named(snapshot.numbers(organizations))
    if not wanted:
        raise KGError("there are no organizations to take a share of")
    return len(nearest_breached(snapshot, breached, wanted, depth)) / len(wanted)


def witnesses(graph: Graph, vendor: Hashable, organizations: Iterable[Hashable]) -> dict[Any, tuple[Any, ...]]:
    """Return a shortest path of supply from each organization to a vendor; those that do not reach it are left out.

    Of several shortest paths it is the one whose steps come first in the order of the graph.

    Raises:
        UnknownNameError: a name is not in the graph.
    """
    snapshot = as_snapshot(graph)
    end = snapshot.number(vendor)
    distance = _distances(snapshot, [end], None)
    found = {}
    for name in organizations:
        at = snapshot.number(name)
        if distance[at] < 0:
            continue
        path = [at]
        while at != end:
            suppliers = snapshot.indices[snapshot.indptr[at] : snapshot.indptr[at + 1]]
            at = int(suppliers[distance[suppliers] == distance[at] - 1][0])
            path.append(at)
        found[name] = tuple(snapshot.names[step] for step in path)
    return found


def _keyed(snapshot: Snapshot, distance: Numbers, least: int = 1) -> dict[Any, int]:
    """The steps to every node that is at least so many away."""
    found = np.flatnonzero(distance >= least)
    return dict(zip(snapshot.named(found), distance[found].tolist(), strict=True))


def _distances(snapshot: Snapshot, starts: Any, depth: int | None, *, up: bool = False) -> Numbers:
    """Steps from the nearest start to every node, from customer to customer or `up` to suppliers, -1 where there is no way."""
    depth = depth_of(depth)
    suppliers, customers = (snapshot.indptr, snapshot.indices), (snapshot.back_indptr, snapshot.back_indices)
    (ends, neighbours), (back_ends, back_neighbours) = (suppliers, customers) if up else (customers, suppliers)
    if kernels.COMPILED and len(neighbours) >= _MANY and "numba" in sys.modules:
        limit = len(ends) if depth is None else depth
        ways = ends, neighbours, back_ends, back_neighbours
        walked: Numbers = kernels.steps_from(*ways, np.asarray(starts, dtype=np.int32), limit)
        return walked
    distance = np.full(len(ends) - 1, -1, dtype=np.int32)
    frontier: Numbers = np.asarray(starts, dtype=np.int32)
    distance[frontier] = 0
    level, before = 0, None
    while len(frontier) and (depth is None or level < depth):
        level += 1
        if len(neighbours) >= _MANY and 8 * int((ends[frontier + 1] - ends[frontier]).sum()) > len(neighbours):
            # From many it is cheaper to ask each node whether one of them stands before it: a product of truths is True where any is.
            before = ones(back_ends, back_neighbours, bool) if before is None else before
            distance[(before @ (distance >= 0)) & (distance < 0)] = level
            frontier = np.flatnonzero(distance == level)
            continue
        found = gathered(ends, neighbours, frontier)
        found = found[distance[found] < 0]
        distance[found] = level
        # Among few the repeated ones are sorted out; among many it is cheaper to look at every node.
        frontier = np.unique(found) if len(found) * 16 < len(distance) else np.flatnonzero(distance == level)
    return distance
