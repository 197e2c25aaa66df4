"""The loops that cost the time, compiled by numba where it is installed (the extra `fast`).

Without numba the same functions run as plain Python, so they give the same answers; the measures then prefer numpy
and scipy where those are faster. `COMPILED` says which it is.
"""

from __future__ import annotations

from functools import wraps
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

COMPILED = find_spec("numba") is not None
"""Whether the kernels are compiled."""


def compiled(kernel: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that compiles the kernel when it is first called, and keeps that on the disk for the next process."""
    ready: list[Callable[..., Any]] = []

    @wraps(kernel)
    def call(*args: Any) -> Any:
        if not COMPILED:
            return kernel(*args)
        if not ready:
            import numba  # noqa: PLC0415 - half a second that only this call pays

            ready.append(numba.njit(cache=True)(kernel))
        return ready[0](*args)

    return call


@compiled
def steps_from(ends: Any, neighbours: Any, back_ends: Any, back_neighbours: Any, starts: Any, depth: int) -> Any:
    """Return the steps from the nearest start to every node, -1 where there are more than `depth`.

    `back_ends` and `back_neighbours` are the same edges the other way round: where few nodes are left to be met, each
    asks who stands before it (Beamer, Asanovic and Patterson 2012).
    """
    n = len(ends) - 1
    distance, queue = np.full(n, -1, np.int32), np.empty(n, np.int32)
    tail = 0
    for start in starts:
        if distance[start] < 0:
            distance[start] = 0
            queue[tail] = start
            tail += 1
    head, level = 0, 0
    while head < tail and level < depth:
        end, links = tail, 0
        for at in range(head, end):
            links += ends[queue[at] + 1] - ends[queue[at]]
        if links > n - tail and 4 * links > n:
            for here in range(n):
                if distance[here] >= 0:
                    continue
                for e in range(back_ends[here], back_ends[here + 1]):
                    if distance[back_neighbours[e]] == level:
                        distance[here] = level + 1
                        queue[tail] = here
                        tail += 1
                        break
        else:
            for at in range(head, end):
                for e in range(ends[queue[at]], ends[queue[at] + 1]):
                    other = neighbours[e]
                    if distance[other] < 0:
                        distance[other] = level + 1
                        queue[tail] = other
                        tail += 1
        head = end
        level += 1
    return distance


@compiled
def reach_by_paths(ends: Any, neighbours: Any, depth: int, sources: Any, paths: Any, room: int) -> Any:
    """Return how many nodes each source reaches within `depth` steps, by a list of its paths; `paths` says how many those are.

    A block of sources, of `room` paths together, takes each step at once. What is looked up at random is only read in one
    loop and used in the next: as long as a processor does not know where something will be written, it looks nothing up
    ahead. All numbers are unsigned, since each access to an array by a signed one asks first whether it counts from the end.
    """
    n, one, number = len(ends) - 1, np.uint64(1), len(sources)
    names, room = neighbours.view(np.uint32), max(room, 1 + paths.max())
    nodes, begins, stops = np.empty(room, np.uint32), np.empty(room, np.uint32), np.empty(room, np.uint32)
    level = np.empty((depth + 2, room + 1), np.uint32)  # where each source's nodes begin, step by step
    stamp, found = np.zeros(n, np.uint16), np.zeros(number, np.int64)
    first = 0
    while first < number:
        last, wanted = first, np.int64(0)
        while last < number and wanted + 1 + paths[last] <= room:
            nodes[last - first] = sources[last]
            level[0, last - first] = last - first
            wanted += 1 + paths[last]
            last += 1
        block = np.uint64(last - first)
        level[0, block] = block
        head, tail = np.uint64(0), block
        for step in range(depth):
            for at in range(head, tail):
                begins[at] = ends[np.uint64(nodes[at])]
                stops[at] = ends[np.uint64(nodes[at]) + one]
            head = tail
            for own in range(block):
                level[step + 1, own] = tail
                for at in range(np.uint64(level[step, own]), np.uint64(level[step, own + one])):
                    for e in range(np.uint64(begins[at]), np.uint64(stops[at])):
                        nodes[tail] = names[e]
                        tail += one
            level[step + 1, block] = tail
        for own in range(block):
            source, met = np.uint64(first) + own, np.uint64(0)
            mark = np.uint16(source % np.uint64(65535) + one)
            if mark == 1:  # two bytes each stay in a cache sooner than four; so they are used again
                stamp[:] = 0
            for step in range(depth + 1):
                for at in range(np.uint64(level[step, own]), np.uint64(level[step, own + one])):
                    other = np.uint64(nodes[at])
                    met += np.uint64(stamp[other] != mark)
                    stamp[other] = mark
            found[source] = met - one
        first = last
    return found


@compiled
def reach_by_bits(ends: Any, neighbours: Any, back_ends: Any, back_neighbours: Any, depth: int, sources: Any) -> Any:
    """Return how many nodes each source reaches within `depth` steps, bit-parallel, 64 sources at a time.

    Each node has a bit for each source that reaches it; in a step it gets those of the nodes that stand before it.
    """
    n, one, bytes_ = len(ends) - 1, np.uint64(1), np.uint64(0x0101010101010101)
    names = back_neighbours.view(np.uint32)
    seen, wider = np.zeros(n, np.uint64), np.zeros(n, np.uint64)
    found, sums = np.zeros(len(sources), np.int64), np.zeros(8, np.uint64)
    for begin in range(0, len(sources), 64):
        block = sources[begin : begin + 64]
        seen[:] = 0
        for at in range(len(block)):
            seen[block[at]] |= one << np.uint64(at)
            for e in range(ends[block[at]], ends[block[at] + 1]):
                seen[neighbours[e]] |= one << np.uint64(at)
        for _ in range(1, depth):
            for here in range(n):
                bits = seen[here]
                for e in range(np.uint64(back_ends[here]), np.uint64(back_ends[here + 1])):
                    bits |= seen[names[e]]
                wider[here] = bits
            seen, wider = wider, seen
        for some in range(0, n, 255):  # as many as each byte of a sum can count
            sums[:] = 0
            for here in range(some, min(some + 255, n)):
                for bit in range(8):
                    sums[bit] += (seen[here] >> np.uint64(bit)) & bytes_
            for at in range(len(block)):
                found[begin + at] += np.int64((sums[at & 7] >> np.uint64(at & ~7)) & np.uint64(255))
    return found - 1


@compiled
def worth_all(ends: Any, neighbours: Any, depth: int, value: Any) -> Any:
    """Return the summed values of what each node reaches within `depth` steps: a breadth-first walk from each."""
    n = len(ends) - 1
    stamp, queue = np.full(n, -1, np.int32), np.empty(n, np.int32)
    total = np.zeros(n)
    for start in range(n):
        stamp[start] = start
        queue[0] = start
        head, tail, level, summed = 0, 1, 0, 0.0
        while head < tail and level < depth:
            end = tail
            for at in range(head, end):
                for e in range(ends[queue[at]], ends[queue[at] + 1]):
                    other = neighbours[e]
                    if stamp[other] != start:
                        stamp[other] = start
                        queue[tail] = other
                        tail += 1
                        summed += value[other]
            head = end
            level += 1
        total[start] = summed
    return total


@compiled
def reach_blocks(order: Any, ends: Any, neighbours: Any, group: Any) -> Any:
    """Return how many nodes each group of an acyclic graph of groups reaches: bit-parallel, 512 nodes at a time.

    `order` lists the groups so that what a group reaches stands before it; `group` is that of every node.
    """
    groups, nodes, words = len(order), len(group), 8
    count = np.zeros(groups, np.int64)
    bits = np.zeros((groups, words), np.uint64)
    one = np.uint64(1)
    for begin in range(0, nodes, 64 * words):
        bits[:] = 0
        for node in range(begin, min(begin + 64 * words, nodes)):
            bits[group[node], (node - begin) >> 6] |= one << np.uint64((node - begin) & 63)
        for at in range(groups):
            here = order[at]
            for e in range(ends[here], ends[here + 1]):
                for w in range(words):
                    bits[here, w] |= bits[neighbours[e], w]
            for w in range(words):
                x = bits[here, w]
                if x:
                    x = x - ((x >> one) & np.uint64(0x5555555555555555))
                    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
                    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
                    x = x + (x >> np.uint64(8))
                    x = x + (x >> np.uint64(16))
                    x = x + (x >> np.uint64(32))
                    count[here] += np.int64(x & np.uint64(127))
    return count - 1


@compiled
def cut_points(ends: Any, neighbours: Any) -> Any:
    """Return which nodes of an undirected graph are articulation points (Hopcroft and Tarjan 1973), without recursion."""
    n = len(ends) - 1
    found = np.zeros(n, np.bool_)
    seen, low = np.zeros(n, np.int32), np.zeros(n, np.int32)
    parent, at, stack = np.full(n, -1, np.int32), np.zeros(n, np.int32), np.empty(n, np.int32)
    clock = 0
    for root in range(n):
        if seen[root]:
            continue
        clock += 1
        seen[root] = low[root] = clock
        at[root] = ends[root]
        stack[0], top, branches = root, 0, 0
        while top >= 0:
            here = stack[top]
            if at[here] < ends[here + 1]:
                other = neighbours[at[here]]
                at[here] += 1
                if not seen[other]:
                    clock += 1
                    seen[other] = low[other] = clock
                    parent[other], at[other] = here, ends[other]
                    top += 1
                    stack[top] = other
                elif other != parent[here] and seen[other] < low[here]:
                    low[here] = seen[other]
            else:
                top -= 1
                above = parent[here]
                if above < 0:
                    continue
                low[above] = min(low[above], low[here])
                if above == root:
                    branches += 1
                elif low[here] >= seen[above]:
                    found[above] = True
        found[root] = branches > 1
    return found


@compiled
def postorder(ends: Any, neighbours: Any, roots: Any) -> Any:
    """Return the nodes that the roots reach, each after all that a depth-first walk first reaches through it."""
    n = len(ends) - 1
    seen, at = np.zeros(n, np.bool_), np.zeros(n, np.int32)
    stack, order = np.empty(n, np.int32), np.empty(n, np.int32)
    done = 0
    for root in roots:
        if seen[root]:
            continue
        seen[root] = True
        at[root] = ends[root]
        stack[0], top = root, 0
        while top >= 0:
            here = stack[top]
            if at[here] < ends[here + 1]:
                other = neighbours[at[here]]
                at[here] += 1
                if not seen[other]:
                    seen[other], at[other] = True, ends[other]
                    top += 1
                    stack[top] = other
            else:
                top -= 1
                order[done] = here
                done += 1
    return order[:done]


@compiled
def dominator_tree(order: Any, ends: Any, before: Any, root: Any) -> Any:
    """Return the immediate dominator of every node, n for none but the super-source, -1 for what no root reaches.

    Cooper, Harvey and Kennedy 2001, "A simple, fast dominance algorithm". `order` is a postorder, `before` lists the
    predecessors of each node, and the super-source, numbered n, stands before every root.
    """
    n, last = len(ends) - 1, len(order)
    rank = np.full(n, -1, np.int32)
    for at in range(last):
        rank[order[at]] = at
    above = np.full(last + 1, -1, np.int32)  # all in ranks, so that to climb is one look-up
    again = True
    while again:
        again = False
        for at in range(last - 1, -1, -1):
            if above[at] == last:  # nothing stands higher
                continue
            best, here = last if root[order[at]] else -1, order[at]
            for e in range(ends[here], ends[here + 1]):
                if best == last:
                    break
                other = rank[before[e]]
                if other < 0:
                    continue
                if above[other] < 0:
                    again = True  # a cycle comes back to here, by a node that is not placed yet
                    continue
                if best < 0:
                    best = other
                while best != other:
                    if best < other:
                        best = above[best]
                    else:
                        other = above[other]
            if above[at] != best:
                again = again or above[at] >= 0
                above[at] = best
    found = np.full(n, -1, np.int32)
    for at in range(last):
        found[order[at]] = n if above[at] == last else order[above[at]]
    return found


@compiled
def subtree_sizes(order: Any, above: Any) -> Any:
    """Return how many nodes hang under each in a tree, itself included; `order` lists those below first."""
    n = len(above)
    size = np.ones(n + 1, np.int64)
    for at in order:
        size[above[at]] += size[at]
    return size[:n]
