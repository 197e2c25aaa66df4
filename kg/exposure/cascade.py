"""Random contagion: the independent cascade and the linear threshold model, by Monte Carlo over live edges.

Kempe, Kleinberg and Tardos, "Maximizing the spread of influence through a social network" (KDD 2003): either model
spreads like reachability over edges that are drawn first. In the cascade an edge is live with its weight as
probability; in the threshold model a customer draws at most one of its suppliers, each with its weight. The number
drawn follows from seed, run and edge alone, so every engine gives the same answer and runs can be added.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.checks import whole_number
from kg.errors import KGError
from kg.exposure import flows, kernels
from kg.exposure.intervals import Interval, mean_interval, wilson, z_score
from kg.exposure.snapshot import as_snapshot, places

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Hashable, Iterable

    from numpy.typing import NDArray

    from kg.exposure.snapshot import Graph, Numbers, Snapshot, Values


@dataclass(frozen=True, slots=True)
class Spread:
    """How far a breach spreads.

    Attributes:
        expected: how many organizations are reached of those that count, those that it starts from included.
        probability: of being reached, of every node.
        sizes: how many of those that count were reached in each run.
    """

    expected: Interval
    probability: dict[Any, Interval]
    sizes: tuple[int, ...]


def independent_cascade(
    graph: Graph,
    starts: Iterable[Hashable],
    runs: int = 1000,
    seed: int = 0,
    confidence: float = 0.95,
    among: Collection[Hashable] | None = None,
) -> Spread:
    """Return the spread where each edge passes a breach on with its weight as probability.

    Where every weight is 0 or 1 nothing is left to chance: one run stands for all, and each interval is a point.
    With `among` only these organizations are counted, whatever the breach passes through.

    Raises:
        KGError: a weight is above 1, there are no starts, runs is below 2, or the confidence is no probability.
        UnknownNameError: a start or one of those to count is not in the graph.
    """
    snapshot = as_snapshot(graph)
    weight = _probabilities(snapshot)
    # Where all weights of a row are small, most of its edges are stepped over, and the others drawn with what is left.
    rows = np.flatnonzero(np.diff(snapshot.back_indptr))
    most = np.zeros(len(snapshot))
    if len(rows):
        most[rows] = np.maximum.reduceat(weight, snapshot.back_indptr[rows])
    sparse = (most > np.finfo(np.float64).tiny) & (most <= _SPARSE)
    fade = np.divide(1.0, np.log1p(-most, where=sparse, out=np.ones_like(most)), where=sparse, out=np.zeros_like(most))
    high = weight / np.where(sparse, most, 1.0)[snapshot.pairs()[1]]
    if (high >= 1).all():  # as where all weights are the same: what is not stepped over is live
        high = np.empty(0)
    live = (np.empty(0, np.int64), np.empty(0), high, fade)
    return _spread(snapshot, live, starts, runs, seed, confidence, among, certain=bool(np.isin(weight, (0, 1)).all()))


def linear_threshold(
    graph: Graph,
    starts: Iterable[Hashable],
    runs: int = 1000,
    seed: int = 0,
    confidence: float = 0.95,
    among: Collection[Hashable] | None = None,
) -> Spread:
    """Return the spread where a customer falls when the weights of its fallen suppliers reach a random threshold.

    Where the weights of a customer's suppliers sum to more than 1 they are divided by their sum; `among` is as in the cascade.

    Raises:
        KGError: there are no starts, runs is below 2, or the confidence is no probability.
        UnknownNameError: a start or one of those to count is not in the graph.
    """
    snapshot = as_snapshot(graph)
    customers = snapshot.back_indices
    total = np.bincount(customers, snapshot.back_weight, minlength=len(snapshot))
    weight = snapshot.back_weight / np.maximum(total, 1.0)[customers]
    order = np.argsort(customers, kind="stable")
    ends = np.cumsum(weight[order])
    begins = np.concatenate(([0.0], ends[:-1]))
    before = np.zeros(len(snapshot))
    first = np.flatnonzero(np.diff(customers[order], prepend=-1))
    before[customers[order][first]] = begins[first]
    low, high = np.empty(snapshot.edges), np.empty(snapshot.edges)
    low[order], high[order] = begins - before[customers[order]], ends - before[customers[order]]
    live = (customers.astype(np.int64), low, high, np.zeros(len(snapshot)))
    return _spread(snapshot, live, starts, runs, seed, confidence, among)


_SPARSE = 0.1
"""The largest weight of a row up to which it is cheaper to step from edge to edge than to draw for each."""
_Drawn = tuple["NDArray[np.int64]", "Values", "Values", "Values"]


def _spread(
    snapshot: Snapshot,
    live: _Drawn,
    starts: Iterable[Hashable],
    runs: int,
    seed: int,
    confidence: float,
    among: Collection[Hashable] | None,
    *,
    certain: bool = False,
) -> Spread:
    at = snapshot.numbers(starts)
    if not len(at):
        raise KGError("a spread starts somewhere: no organization was given")
    if (runs := whole_number(runs, "runs")) < 2:  # noqa: PLR2004 - an interval takes two
        raise KGError(f"runs is {runs}; an interval takes at least 2")
    counted = np.full(len(snapshot), among is None)
    if among is not None:
        counted[snapshot.numbers(among)] = True
    z, mixed = z_score(confidence), np.uint64(whole_number(seed, "seed") % 2**64)
    draw: Callable[..., Any] = flows.spread_runs if kernels.COMPILED else _spread_runs
    hits, sizes = draw(snapshot.back_indptr, snapshot.back_indices, *live, at, 1 if certain else runs, mixed, counted)
    if certain:
        never, always = Interval(0.0, 0.0, 0.0), Interval(1.0, 1.0, 1.0)
        sizes, told = np.repeat(sizes, runs), [always if hit else never for hit in hits.tolist()]
    else:
        told = wilson(hits, runs, z)
    chance = dict(zip(snapshot.names, told, strict=True))
    chance |= {snapshot.names[one]: Interval(1.0, 1.0, 1.0) for one in at}
    return Spread(mean_interval(sizes, z), chance, tuple(sizes.tolist()))


def _spread_runs(
    ends: Numbers,
    neighbours: Numbers,
    key: Any,
    low: Values,
    high: Values,
    fade: Values,
    starts: Numbers,
    runs: int,
    seed: Any,
    counted: Any,
) -> tuple[Any, Any]:
    """The same as `flows.spread_runs`, a level of a run at a time."""
    n = len(ends) - 1
    hits, sizes = np.zeros(n, np.int64), np.zeros(runs, np.int64)
    for run in range(runs):
        seen = np.zeros(n, dtype=bool)
        frontier = starts
        seen[frontier] = True
        while len(frontier):
            edges = _stepped(ends, frontier, fade, run, seed)
            if len(high):
                drawn = flows.draw(key[edges] if len(key) else edges, run, seed)
                live = drawn < high[edges]
                if len(key):
                    live &= low[edges] <= drawn
                edges = edges[live]
            met = neighbours[edges]
            frontier = np.unique(met[~seen[met]])
            seen[frontier] = True
        hits += seen
        sizes[run] = (seen & counted).sum()
    return hits, sizes


def _stepped(ends: Numbers, rows: Numbers, fade: Values, run: int, seed: Any) -> Any:
    """The edges of some rows that are looked at in a run."""
    edges = places(ends, rows)
    if not fade[rows].any():
        return edges
    sizes = ends[rows + 1] - ends[rows]
    row, room = np.repeat(rows, sizes), np.repeat(sizes, sizes)
    with np.errstate(over="ignore"):
        gaps = np.log(1.0 - flows.draw(edges, run, seed, turned=True)) * fade[row]
    ahead = np.cumsum(1 + np.minimum(gaps, room).astype(np.int64))
    ahead -= np.repeat(np.concatenate(([0], ahead))[np.cumsum(sizes) - sizes], sizes)
    return (ends[row] + ahead - 1)[ahead <= room]


def noisy_or(graph: Graph, start: Hashable) -> dict[Any, float]:
    """Return an upper bound of the probability of being reached: P(c) = 1 - prod (1 - w P(v)), in the order of supply.

    It takes the paths for independent, so it is exact only where no two of them share an ancestor or an edge.

    Raises:
        KGError: the graph has a cycle that the breach runs into, or a weight is above 1.
        UnknownNameError: the start is not in the graph.
    """
    snapshot = as_snapshot(graph)
    weight = _probabilities(snapshot)
    begin = snapshot.number(start)
    order = kernels.postorder(snapshot.back_indptr, snapshot.back_indices, np.array([begin], dtype=np.int32))[::-1]
    rank = {node: at for at, node in enumerate(order.tolist())}
    spared = np.ones(len(snapshot))
    spared[begin] = 0.0
    for here in order.tolist():
        for e in range(snapshot.back_indptr[here], snapshot.back_indptr[here + 1]):
            customer = int(snapshot.back_indices[e])
            if rank[customer] <= rank[here]:
                raise KGError("the breach runs in a circle, for which this bound is not defined")
            spared[customer] *= 1 - weight[e] * (1 - spared[here])
    return snapshot.keyed(1 - spared)


def _probabilities(snapshot: Snapshot) -> Values:
    weight = snapshot.back_weight
    if (weight > 1).any():
        raise KGError("a weight is above 1: it is a probability here")
    return weight
