"""PageRank, Katz, HITS, closeness and betweenness, raw: with the names, arguments and answers of networkx.

On edges from customer to supplier all of them rank whom many depend on: PageRank and Katz flow from customer to
supplier, closeness is of those that depend on a node, an authority is used by good hubs. Loops and parallel edges do
not count. No measure here is a rating.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from kg.checks import whole_number
from kg.errors import ConvergenceError, KGError
from kg.exposure import flows
from kg.exposure.intervals import Interval, z_score
from kg.exposure.snapshot import as_snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.exposure.snapshot import Graph, Snapshot, Values


def pagerank(
    graph: Graph,
    alpha: float = 0.85,
    personalization: Mapping[Any, float] | None = None,
    max_iter: int = 100,
    tol: float = 1e-6,
    weight: str | None = "weight",
) -> dict[Any, float]:
    """Return the PageRank of every node (Brin and Page 1998), by power iteration as networkx does it.

    Raises:
        ConvergenceError: it does not converge.
        KGError: alpha is not a share, or the personalization sums to 0.
    """
    snapshot = as_snapshot(graph, weight)
    n = len(snapshot)
    if not n:
        return {}
    if not 0 <= alpha <= 1:
        raise KGError(f"alpha is {alpha}; it lies between 0 and 1")
    home = np.full(n, 1 / n) if personalization is None else _distribution(snapshot, personalization)
    flow = snapshot.matrix(back=True)
    out = np.bincount(snapshot.back_indices, snapshot.weight, minlength=n).astype(np.float64)
    stuck = out == 0
    factor = np.divide(alpha, out, out=np.zeros(n), where=~stuck)
    rank = np.full(n, 1 / n)
    for _ in range(max_iter):
        last = rank
        rank = flow @ (last * factor) + alpha * last[stuck].sum() * home + (1 - alpha) * home
        if np.abs(rank - last).sum() < n * tol:
            return snapshot.keyed(rank)
    raise ConvergenceError(f"PageRank has not converged after {max_iter} iterations", max_iter)


def _distribution(snapshot: Snapshot, given: Mapping[Any, float]) -> Values:
    found = snapshot.aligned(given, "personalization", 0.0)
    if not found.sum():
        raise KGError("the personalization sums to 0")
    whole: Values = found / found.sum()
    return whole


def katz_centrality(
    graph: Graph,
    alpha: float = 0.1,
    beta: float | Mapping[Any, float] = 1.0,
    max_iter: int = 1000,
    tol: float = 1e-6,
    normalized: bool = True,
    weight: str | None = None,
) -> dict[Any, float]:
    """Return the Katz centrality of every node (Katz 1953): x = alpha A^T x + beta.

    Raises:
        ConvergenceError: it does not converge: alpha is not below 1 / (spectral radius).
        KGError: beta has not a number for every node.
    """
    snapshot = as_snapshot(graph, weight)
    if not len(snapshot):
        return {}
    flow = snapshot.matrix(back=True)
    base = np.full(len(snapshot), beta) if isinstance(beta, (int, float)) else _bases(snapshot, beta)
    found = np.zeros(len(snapshot))
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(max_iter):
            last = found
            found = alpha * (flow @ last) + base
            if np.abs(found - last).sum() < len(snapshot) * tol:
                size = float(np.sqrt((found**2).sum())) if normalized else 1.0
                return snapshot.keyed(found / size if size else found)
    raise ConvergenceError(
        f"Katz centrality has not converged: alpha {alpha} is too large for the cycles of this graph", max_iter
    )


def _bases(snapshot: Snapshot, given: Mapping[Any, float]) -> Values:
    if set(given) != set(snapshot.names):
        raise KGError("beta is a number, or has one for every node and for nothing else")
    return snapshot.aligned(given, "beta")


def hits(
    graph: Graph, max_iter: int = 1000, tol: float = 1e-10, normalized: bool = True
) -> tuple[dict[Any, float], dict[Any, float]]:
    """Return hubs and authorities (Kleinberg 1999): good customers of good suppliers, and these; 0 without edges.

    Each sum to 1; where that is not asked for, the largest is 1, which is not the scale of networkx.

    Raises:
        ConvergenceError: it does not converge.
    """
    snapshot = as_snapshot(graph)
    uses, used = snapshot.matrix(), snapshot.matrix(back=True)
    hub = np.full(len(snapshot), 1 / max(len(snapshot), 1))
    for _ in range(max_iter):
        last = hub
        authority = used @ last
        hub = uses @ authority
        if not hub.any():
            return snapshot.keyed(hub), snapshot.keyed(hub)
        hub = hub / hub.max()
        if np.abs(hub - last).sum() < tol:
            authority = used @ hub
            parts = (hub / hub.sum(), authority / authority.sum()) if normalized else (hub, authority / authority.max())
            return snapshot.keyed(parts[0]), snapshot.keyed(parts[1])
    raise ConvergenceError(f"HITS has not converged after {max_iter} iterations", max_iter)


def closeness_centrality(graph: Graph, wf_improved: bool = True) -> dict[Any, float]:
    """Return how near to a node those are that depend on it (Freeman 1979; Wasserman and Faust 1994 if improved)."""
    snapshot = as_snapshot(graph)
    count, total = flows.distance_sums(snapshot.back_indptr, snapshot.back_indices)
    found = np.divide(count, total, out=np.zeros(len(snapshot)), where=total > 0)
    if wf_improved and len(snapshot) > 1:
        found = found * count / (len(snapshot) - 1)
    return snapshot.keyed(found)


def betweenness_centrality(
    graph: Graph, k: int | None = None, normalized: bool = True, seed: int | None = None
) -> dict[Any, float]:
    """Return the betweenness of every node (Freeman 1977; Brandes 2001), from k sampled sources if k is given.

    Raises:
        KGError: k is not between 1 and the number of nodes.
    """
    found = betweenness_interval(graph, k, normalized, seed)
    return {name: one.value for name, one in found.items()}


def betweenness_interval(
    graph: Graph, k: int | None = None, normalized: bool = True, seed: int | None = None, confidence: float = 0.95
) -> dict[Any, Interval]:
    """Return the betweenness of every node with the sampling error of k sources: none if all are taken.

    The interval is that of a mean of k sources drawn without replacement, by the central limit theorem. What the sources
    give a node is skewed: of most nothing, of a few much. So it holds less often than the confidence says, the less the
    fewer sources are drawn: on a random graph of 120 nodes an interval of 95 % held 85 of 100 times with 60 sources, and 72
    with 20. It says nothing for a node that no drawn source has a path through.

    Raises:
        KGError: k is not between 1 and the number of nodes, or the confidence is no probability.
    """
    snapshot = as_snapshot(graph)
    n = len(snapshot)
    if k is not None and not 1 <= (k := whole_number(k, "k")) <= n:
        raise KGError(f"k is {k}; there are {n} sources to draw from")
    start_of = whole_number(seed or 0, "seed") % 2**64
    taken = np.arange(n) if k is None else np.sort(np.random.default_rng(start_of).choice(n, k, replace=False))
    summed, squared = np.zeros(n), np.zeros(n)
    for start in taken.tolist():
        share = flows.brandes(snapshot.indptr, snapshot.indices, start)
        summed += share
        squared += share**2
    scale = 1 / ((n - 1) * (n - 2)) if normalized and n > 2 else 1.0  # noqa: PLR2004 - pairs of two others
    drawn = max(len(taken), 1)
    mean = summed / drawn
    variance = np.maximum(0.0, squared / drawn - mean**2) * drawn / max(drawn - 1, 1)
    error = z_score(confidence) * np.sqrt(variance / drawn * (1 - drawn / max(n, 1)))
    bounds = (n * scale * np.vstack((mean, np.maximum(0.0, mean - error), mean + error))).T.tolist()
    return {name: Interval(*told) for name, told in zip(snapshot.names, bounds, strict=True)}
