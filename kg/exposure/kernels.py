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


def _compiled(kernel: Callable[..., Any]) -> Callable[..., Any]:
    """A decorator: the kernel is compiled when it is first called, and kept on the disk for the next process."""
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


@_compiled
def steps_from(ends: Any, neighbours: Any, starts: Any, depth: int) -> Any:
    """Return the steps from the nearest start to every node, -1 where there are more than `depth`."""
    n = len(ends) - 1
    distance = np.full(n, -1, np.int32)
    queue = np.empty(n, np.int32)
    tail = 0
    for start in starts:
        if distance[start] < 0:
            distance[start] = 0
            queue[tail] = start
            tail += 1
    head = 0
    while head < tail:
        here = queue[head]
        head += 1
        if distance[here] >= depth:
            break
        for e in range(ends[here], ends[here + 1]):
            other = neighbours[e]
            if distance[other] < 0:
                distance[other] = distance[here] + 1
                queue[tail] = other
                tail += 1
    return distance


@_compiled
def reach_all(ends: Any, neighbours: Any, depth: int, value: Any) -> Any:
    """Return how many nodes each node reaches within `depth` steps, and their summed values: a breadth-first walk from each.

    An empty `value` sums nothing.
    """
    n = len(ends) - 1
    stamp = np.full(n, -1, np.int32)
    queue = np.empty(n, np.int32)
    count, total = np.zeros(n, np.int64), np.zeros(n)
    valued = len(value) > 0
    for start in range(n):
        if ends[start] == ends[start + 1]:
            continue
        stamp[start] = start
        queue[0] = start
        head, tail, level_end, level, summed = 0, 1, 1, 0, 0.0
        while head < tail and level < depth:
            for e in range(ends[queue[head]], ends[queue[head] + 1]):
                other = neighbours[e]
                if stamp[other] != start:
                    stamp[other] = start
                    queue[tail] = other
                    tail += 1
                    if valued:
                        summed += value[other]
            head += 1
            if head == level_end:
                level_end = tail
                level += 1
        count[start], total[start] = tail - 1, summed
    return count, total


@_compiled
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


@_compiled
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


@_compiled
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


@_compiled
def dominator_tree(order: Any, ends: Any, before: Any, root: Any) -> Any:
    """Return the immediate dominator of every node, n for none but the super-source, -1 for what no root reaches.

    Cooper, Harvey and Kennedy 2001, "A simple, fast dominance algorithm". `order` is a postorder, `before` lists the
    predecessors of each node, and the super-source, numbered n, stands before every root.
    """
    n = len(ends) - 1
    rank = np.full(n + 1, -1, np.int32)
    for at in range(len(order)):
        rank[order[at]] = at
    rank[n] = len(order)
    above = np.full(n + 1, -1, np.int32)
    above[n] = n
    changed = True
    while changed:
        changed = False
        for at in range(len(order) - 1, -1, -1):
            here = order[at]
            best = n if root[here] else -1
            for e in range(ends[here], ends[here + 1]):
                other = before[e]
                if above[other] < 0:
                    continue
                if best < 0:
                    best = other
                while best != other:
                    while rank[best] < rank[other]:
                        best = above[best]
                    while rank[other] < rank[best]:
                        other = above[other]
            if above[here] != best:
                above[here] = best
                changed = True
    return above[:n]


@_compiled
def subtree_sizes(order: Any, above: Any) -> Any:
    """Return how many nodes hang under each in a tree, itself included; `order` lists those below first."""
    n = len(above)
    size = np.ones(n + 1, np.int64)
    for at in order:
        size[above[at]] += size[at]
    return size[:n]


@_compiled
def brandes(ends: Any, neighbours: Any, start: int) -> Any:
    """Return the dependency of one source on every node (Brandes 2001): its part of the betweenness."""
    n = len(ends) - 1
    distance = np.full(n, -1, np.int32)
    ways, share, queue = np.zeros(n), np.zeros(n), np.empty(n, np.int32)
    distance[start], ways[start], queue[0] = 0, 1.0, start
    head, tail = 0, 1
    while head < tail:
        here = queue[head]
        head += 1
        for e in range(ends[here], ends[here + 1]):
            other = neighbours[e]
            if distance[other] < 0:
                distance[other] = distance[here] + 1
                queue[tail] = other
                tail += 1
            if distance[other] == distance[here] + 1:
                ways[other] += ways[here]
    for at in range(tail - 1, -1, -1):
        here = queue[at]
        for e in range(ends[here], ends[here + 1]):
            other = neighbours[e]
            if distance[other] == distance[here] + 1:
                share[here] += ways[here] / ways[other] * (1.0 + share[other])
    share[start] = 0.0
    return share


@_compiled
def distance_sums(ends: Any, neighbours: Any) -> Any:
    """Return for every node how many others it reaches, and the sum of their distances."""
    n = len(ends) - 1
    stamp, queue, distance = np.full(n, -1, np.int32), np.empty(n, np.int32), np.zeros(n, np.int32)
    count, total = np.zeros(n, np.int64), np.zeros(n, np.int64)
    for start in range(n):
        stamp[start], distance[start], queue[0] = start, 0, start
        head, tail, summed = 0, 1, 0
        while head < tail:
            here = queue[head]
            head += 1
            for e in range(ends[here], ends[here + 1]):
                other = neighbours[e]
                if stamp[other] != start:
                    stamp[other], distance[other] = start, distance[here] + 1
                    summed += distance[other]
                    queue[tail] = other
                    tail += 1
        count[start], total[start] = tail - 1, summed
    return count, total


@_compiled
def spread_runs(
    ends: Any, neighbours: Any, key: Any, low: Any, high: Any, starts: Any, first: int, runs: int, seed: Any
) -> Any:
    """Return how often each node was reached in `runs` draws of the live edges, and how many were in each run.

    An edge is live in a run if the number drawn for its key lies in [low, high); `draw` says how it is drawn. Where keys
    are empty an edge is its own, and every `low` is 0.
    """
    n = len(ends) - 1
    stamp, queue = np.full(n, -1, np.int32), np.empty(n, np.int32)
    hits, sizes = np.zeros(n, np.int64), np.zeros(runs, np.int64)
    own = len(key) == 0
    for run in range(runs):
        salt = seed + np.uint64(first + run) * np.uint64(0xD1342543DE82EF95)
        head, tail = 0, 0
        for start in starts:
            stamp[start] = run
            queue[tail] = start
            tail += 1
        while head < tail:
            here = queue[head]
            head += 1
            hits[here] += 1
            for e in range(ends[here], ends[here + 1]):
                # Most numbers rule an edge out, which costs less than to ask whether its end was met.
                x = salt + np.uint64(e if own else key[e]) * np.uint64(0x9E3779B97F4A7C15)
                x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
                x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
                drawn = np.float64((x ^ (x >> np.uint64(31))) >> np.uint64(11)) * (1.0 / 9007199254740992.0)
                if drawn < high[e] and (own or low[e] <= drawn):
                    other = neighbours[e]
                    if stamp[other] != run:
                        stamp[other] = run
                        queue[tail] = other
                        tail += 1
        sizes[run] = tail
    return hits, sizes


@_compiled
def debtrank_once(ends: Any, neighbours: Any, weight: Any, start: Any) -> Any:
    """Return the distress of every node when each passes on once what it has; an empty `weight` stands for ones."""
    n = len(ends) - 1
    level, added = start.copy(), np.zeros(n)
    passed, met = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
    active, found = np.flatnonzero(start), np.empty(n, np.int64)
    bare = len(weight) == 0
    while len(active):
        passed[active] = True
        count = 0
        for here in active:
            for e in range(ends[here], ends[here + 1]):
                other = neighbours[e]
                added[other] += level[here] if bare else level[here] * weight[e]
                if not met[other]:
                    met[other] = True
                    found[count] = other
                    count += 1
        touched = np.sort(found[:count])
        fresh = np.zeros(count, np.bool_)
        for at in range(count):
            other = touched[at]
            level[other] = min(1.0, level[other] + added[other])
            added[other], met[other] = 0.0, False
            fresh[at] = level[other] > 0.0 and not passed[other]
        active = touched[fresh]
    return level


def draw(keys: Any, run: int, seed: Any) -> Any:
    """Return the numbers in [0, 1) drawn for keys in a run: SplitMix64 (Steele, Lea and Flood 2014) of key, run and seed."""
    with np.errstate(over="ignore"):
        salt = seed + np.uint64(run) * np.uint64(0xD1342543DE82EF95)
        x = salt + keys.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return ((x ^ (x >> np.uint64(31))) >> np.uint64(11)).astype(np.float64) * (1.0 / 9007199254740992.0)


@_compiled
def squares_by_group(ends: Any, customers: Any, group: Any, groups: int, weight: Any) -> Any:
    """Return for every group of customers the sum of its links, and of the squares of the links that each supplier has there.

    An empty `weight` stands for ones.
    """
    here, total, squared = np.zeros(groups), np.zeros(groups), np.zeros(groups)
    met = np.empty(groups, np.int32)
    bare = len(weight) == 0
    for supplier in range(len(ends) - 1):
        found = 0
        for e in range(ends[supplier], ends[supplier + 1]):
            place = group[customers[e]]
            amount = 1.0 if bare else weight[e]
            if place < 0 or amount == 0.0:
                continue
            if here[place] == 0.0:
                met[found] = place
                found += 1
            here[place] += amount
        for at in range(found):
            total[met[at]] += here[met[at]]
            squared[met[at]] += here[met[at]] * here[met[at]]
            here[met[at]] = 0.0
    return total, squared
