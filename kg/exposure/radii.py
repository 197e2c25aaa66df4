"""The blast radii of all nodes at once, each way with numba and without.

Within a few steps most nodes have few paths before them: those are listed, and each end counted once. The few nodes with
many are told bit-parallel, 64 of them in a word. Without bound the condensation is searched bit-parallel, and what nodes
are worth is summed by a breadth-first walk from each, or by products of sparse matrices.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from kg.exposure import kernels
from kg.exposure.snapshot import gathered, joined, ones

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.exposure.snapshot import Numbers, Snapshot, Values

_BLOCK = 4096
_DEEP = 8
"""Steps from which on nodes are walked to one by one: paths grow with each, and so do the rounds of all bits."""
_SHARE = 128
"""Of the edges, the part from which on the paths of a source are too many to be listed."""
_ROOM = 1 << 15
"""Paths that are listed together: so many stay in a processor's cache."""
_LOW = np.uint64(0x0101010101010101)


def reach_within(snapshot: Snapshot, depth: int) -> NDArray[np.int64]:
    """Return how many nodes depend on each within `depth` steps."""
    ends, neighbours = snapshot.back_indptr, snapshot.back_indices
    if depth > _DEEP:
        return worth_within(snapshot, depth, np.ones(len(snapshot))).astype(np.int64)
    found = np.zeros(len(snapshot), np.int64)
    paths, limit = _paths(ends, neighbours, depth), max(1, snapshot.edges // _SHARE)
    few, many = (np.flatnonzero(one).astype(np.int32) for one in ((paths > 0) & (paths < limit), paths >= limit))
    ways = ends, neighbours, snapshot.indptr, snapshot.indices
    if len(few):
        by_paths = kernels.reach_by_paths if kernels.COMPILED else _reach_by_paths
        found[few] = by_paths(ends, neighbours, depth, few, paths[few], _ROOM)
    if len(many):
        found[many] = (kernels.reach_by_bits if kernels.COMPILED else _reach_by_bits)(*ways, depth, many)
    return found


def _paths(ends: Numbers, neighbours: Numbers, depth: int) -> NDArray[np.int64]:
    """How many paths of up to `depth` steps begin at each node; exact below 2 ** 24, which no list is as long as."""
    sizes, step = np.diff(ends).astype(np.float32), ones(ends, neighbours, np.float32)
    paths = sizes
    for _ in range(depth - 1):
        paths = np.minimum(sizes + step @ paths, np.float32(len(neighbours)))
    return paths.astype(np.int64)


def _reach_by_paths(
    ends: Numbers, neighbours: Numbers, depth: int, sources: Numbers, paths: Numbers, room: int
) -> NDArray[np.int64]:
    """The same as `kernels.reach_by_paths`, where what is listed twice is found by sorting."""
    found, before = np.empty(len(sources), np.int64), np.cumsum(paths + 1)
    cuts = np.searchsorted(before, np.arange(room, before[-1], room)).tolist()
    for first, last in zip([0, *cuts], [*cuts, len(sources)], strict=True):
        if first == last:
            continue
        nodes, own = sources[first:last], np.arange(last - first) * len(ends)
        listed = [own + nodes]
        for _ in range(depth):
            own = np.repeat(own, ends[nodes + 1] - ends[nodes])
            nodes = gathered(ends, neighbours, nodes)
            listed.append(own + nodes)
        once = np.diff(np.sort(np.concatenate(listed)), prepend=-1) != 0
        begins = before[first:last] - paths[first:last] - 1
        found[first:last] = np.add.reduceat(once, begins - begins[0], dtype=np.int64) - 1
    return found


def _reach_by_bits(
    ends: Numbers, neighbours: Numbers, back_ends: Numbers, back_neighbours: Numbers, depth: int, sources: Numbers
) -> NDArray[np.int64]:
    """The same as `kernels.reach_by_bits`, a step of 64 sources at a time."""
    n, rows = len(ends) - 1, np.flatnonzero(np.diff(back_ends))
    found, met = np.empty(len(sources), np.int64), np.empty(len(back_neighbours), np.uint64)
    for first in range(0, len(sources), 64):
        block = sources[first : first + 64]
        bits = np.uint64(1) << np.arange(len(block), dtype=np.uint64)
        seen = np.zeros(-(-n // 255) * 255, np.uint64)
        seen[block] = bits
        for source, bit in zip(block.tolist(), bits, strict=True):
            seen[neighbours[ends[source] : ends[source + 1]]] |= bit
        for _ in range(1, depth):
            np.take(seen, back_neighbours, out=met, mode="clip")
            seen[rows] |= np.bitwise_or.reduceat(met, back_ends[rows])
        found[first : first + 64] = _bits(seen)[: len(block)]
    return found - 1


def _bits(words: NDArray[np.uint64]) -> NDArray[np.int64]:
    """How often each of the 64 bits is set; the words are a multiple of 255, as many as a byte can count."""
    found, eights = np.empty(64, np.int64), np.arange(0, 64, 8, dtype=np.uint64)
    for bit in range(8):
        sums = ((words >> np.uint64(bit)) & _LOW).reshape(-1, 255).sum(axis=1)
        found[bit::8] = ((sums[:, None] >> eights) & np.uint64(255)).sum(axis=0)
    return found


def worth_within(snapshot: Snapshot, depth: int, value: Values) -> NDArray[np.float64]:
    """Return the summed value of the nodes that depend on each within `depth` steps."""
    ends, neighbours = snapshot.back_indptr, snapshot.back_indices
    if kernels.COMPILED:
        walked: NDArray[np.float64] = kernels.worth_all(ends, neighbours, depth, value)
        return walked
    n = len(snapshot)
    further = (ones(ends, neighbours, np.int32) + sparse.eye_array(n, dtype=np.int32, format="csr")).tocsr()
    found = np.zeros(n)
    sources = np.flatnonzero(np.diff(ends))
    for begin in range(0, len(sources), _BLOCK):
        block = sources[begin : begin + _BLOCK]
        seen = further[block]
        for _ in range(depth - 1):
            before = seen.nnz
            seen = seen @ further
            seen.data[:] = 1
            if seen.nnz == before:
                break
        found[block] = seen @ value - value[block]
    return found


def reach_unbounded(snapshot: Snapshot) -> Any:
    """How many nodes depend on each, however far: members of a cycle reach each other and all that any of them reaches."""
    whole = ones(snapshot.back_indptr, snapshot.back_indices, np.int8)
    groups, group = connected_components(whole, connection="strong")
    customers, suppliers = snapshot.pairs()
    between = group[customers] != group[suppliers]
    links = joined(group[suppliers][between], group[customers][between], groups)
    ends, neighbours = links.indptr.astype(np.int32), links.indices.astype(np.int32)
    if kernels.COMPILED:
        order = kernels.postorder(ends, neighbours, np.arange(groups, dtype=np.int32))
        count = kernels.reach_blocks(order, ends, neighbours, group)
    else:
        count = _reach_by_levels(ends, neighbours, group)
    return count[group]


def _reach_by_levels(ends: Numbers, neighbours: Numbers, group: Any) -> Any:
    """The same as `kernels.reach_blocks`, with Python's long integers as rows of bits."""
    groups = len(ends) - 1
    order = kernels.postorder(ends, neighbours, np.arange(groups, dtype=np.int32))
    count = np.zeros(groups, np.int64)
    listed, stops = neighbours.tolist(), ends.tolist()
    for begin in range(0, len(group), _BLOCK):
        bits = [0] * groups
        for node, own in enumerate(group[begin : begin + _BLOCK].tolist()):
            bits[own] |= 1 << node
        for here in order.tolist():
            found = bits[here]
            for other in listed[stops[here] : stops[here + 1]]:
                found |= bits[other]
            bits[here] = found
            count[here] += found.bit_count()
    return count - 1
