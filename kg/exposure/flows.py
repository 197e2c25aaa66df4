"""Loops over flows, compiled like those of `kg.exposure.kernels`: betweenness, distances, random spread, distress, shares."""

from __future__ import annotations

from typing import Any

import numpy as np

from kg.exposure.kernels import compiled


@compiled
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


@compiled
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


@compiled
def spread_runs(
    ends: Any, neighbours: Any, key: Any, low: Any, high: Any, fade: Any, starts: Any, runs: int, seed: Any, counted: Any
) -> Any:  # fmt: skip
    """Return how often each node was reached in `runs` draws of the live edges, and how many of the `counted` in each run.

    An edge is live in a run if the number drawn for its key lies in [low, high); `draw` says how it is drawn. Where keys
    are empty an edge is its own, and every `low` is 0; where `high` is empty an edge that is looked at is live. In a row
    whose `fade` is not 0 only some edges are looked at: the steps from one to the next are log(1 - a drawn number) * fade,
    rounded down (Batagelj and Brandes 2005). A level is gone through in several loops, so that what each looks up at random
    does not wait for what it writes.
    """
    n, most, one = len(ends) - 1, len(neighbours), np.uint64(1)
    seen, queue = np.zeros(n, np.bool_), np.empty(n + 1, np.uint32)
    begins, stops, fades = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n)
    looked, met, live = np.empty(most, np.uint32), np.empty(most, np.uint32), np.empty(most, np.bool_)
    hits, sizes = np.zeros(n, np.int64), np.zeros(runs, np.int64)
    own, sure = len(key) == 0, len(high) == 0
    for run in range(runs):
        salt = seed + np.uint64(run) * np.uint64(0xD1342543DE82EF95)
        head, tail = np.uint64(0), np.uint64(len(starts))
        queue[:tail] = starts
        seen[starts] = True
        while head < tail:
            for at in range(head, tail):
                here = np.uint64(queue[at])
                begins[at], stops[at], fades[at] = ends[here], ends[here + one], fade[here]
            count = np.uint64(0)
            for at in range(head, tail):
                slow, turn, e, stop = fades[at], np.uint64(begins[at]), np.int64(begins[at]), np.int64(stops[at])
                while e < stop:
                    if slow != 0.0:
                        x = ~salt + turn * np.uint64(0x9E3779B97F4A7C15)
                        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
                        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
                        drawn = np.float64((x ^ (x >> np.uint64(31))) >> np.uint64(11)) * (1.0 / 9007199254740992.0)
                        if drawn * -slow >= stop - e:  # -log(1 - x) is more than x: the step is too wide
                            break
                        gap = np.log(1.0 - drawn) * slow
                        if gap >= stop - e:
                            break
                        turn += one
                        e += np.int64(gap)
                    looked[count] = e
                    count += one
                    e += 1
            head = tail
            for at in range(count):
                edge = np.uint64(looked[at])
                met[at] = neighbours[edge]
                live[at] = sure or (high[edge] >= 1.0 and (own or low[edge] <= 0.0))
                if not live[at]:
                    x = salt + np.uint64(edge if own else key[edge]) * np.uint64(0x9E3779B97F4A7C15)
                    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
                    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
                    drawn = np.float64((x ^ (x >> np.uint64(31))) >> np.uint64(11)) * (1.0 / 9007199254740992.0)
                    live[at] = drawn < high[edge] and (own or low[edge] <= drawn)
            for at in range(count):
                known = seen[np.uint64(met[at])]
                seen[np.uint64(met[at])] = known | live[at]
                live[at] = live[at] & ~known
            for at in range(count):
                queue[tail] = met[at]
                tail += np.uint64(live[at])
        for at in range(tail):
            hits[np.uint64(queue[at])] += 1
            seen[np.uint64(queue[at])] = False
            sizes[run] += counted[np.uint64(queue[at])]
    return hits, sizes


@compiled
def debtrank_once(ends: Any, neighbours: Any, weight: Any, start: Any) -> Any:
    """Return the distress of every node when each passes on once what it has; an empty `weight` stands for ones."""
    n = len(ends) - 1
    level, added = start.copy(), np.zeros(n)
    passed, met = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
    active, found = np.flatnonzero(start), np.empty(n, np.int64)
    bare = len(weight) == 0
    while len(active):
        passed[active] = True
        few = (ends[active + 1] - ends[active]).sum() * 8 < n
        count = 0
        for here in active:
            harm = level[here]
            for e in range(ends[here], ends[here + 1]):
                other = neighbours[e]
                added[other] += harm if bare else harm * weight[e]
                if few and not met[other]:
                    met[other] = True
                    found[count] = other
                    count += 1
        # In order, so that the sums are those of any other engine; among many it is cheaper to look at every node.
        touched = np.sort(found[:count]) if few else np.flatnonzero(added)
        count = 0
        for other in touched:
            level[other] = min(1.0, level[other] + added[other])
            added[other], met[other] = 0.0, False
            if level[other] > 0.0 and not passed[other]:
                found[count] = other
                count += 1
        active = found[:count].copy()
    return level


def draw(keys: Any, run: int, seed: Any, *, turned: bool = False) -> Any:
    """Return the numbers in [0, 1) drawn for keys in a run: SplitMix64 (Steele, Lea and Flood 2014) of key, run and seed.

    Those of `turned` are others, for a second draw.
    """
    with np.errstate(over="ignore"):
        salt = seed + np.uint64(run) * np.uint64(0xD1342543DE82EF95)
        x = (~salt if turned else salt) + keys.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return ((x ^ (x >> np.uint64(31))) >> np.uint64(11)).astype(np.float64) * (1.0 / 9007199254740992.0)


@compiled
def squares_by_group(ends: Any, customers: Any, group: Any, groups: int, weight: Any) -> Any:
    """Return for every group of customers the sum of its links, and of the squares of the links that each supplier has there.

    `group` is that of every customer, `groups` for none; an empty `weight` stands for ones.
    """
    n, bare, one, room = len(ends) - 1, len(weight) == 0, np.uint64(1), 4096
    here, total, squared = np.zeros(groups + 1), np.zeros(groups + 1), np.zeros(groups + 1)
    of, first = np.empty(room, np.uint32), np.uint64(0)
    while first < n:
        begin, last = np.uint64(ends[first]), first + one
        while last < n and ends[last + one] - ends[first] <= room:
            last += one
        size = np.uint64(ends[last]) - begin
        if size > len(of):
            of = np.empty(size, np.uint32)
        for at in range(size):  # apart, so that to look a group up does not wait for what was added to another
            of[at] = group[np.uint64(customers[begin + at])]
        for supplier in range(first, last):
            low, high = np.uint64(ends[supplier]) - begin, np.uint64(ends[supplier + one]) - begin
            for at in range(low, high):
                here[np.uint64(of[at])] += 1.0 if bare else weight[begin + at]
            some = high - low < np.uint64(groups)
            for at in range(low if some else np.uint64(0), high if some else np.uint64(groups + 1)):
                place = np.uint64(of[at]) if some else at
                total[place] += here[place]
                squared[place] += here[place] * here[place]
                here[place] = 0.0
        first = last
    return total[:groups], squared[:groups]
