"""How distress spreads: DebtRank in both forms, and the inoperability input-output model.

The weight of an edge says how much of what the supplier suffers reaches the customer.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import MatrixRankWarning, spsolve

from kg.errors import KGError
from kg.exposure import flows, kernels
from kg.exposure.snapshot import as_snapshot, places

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from kg.exposure.snapshot import Graph, Snapshot, Values

_MANY = 10_000
"""Edges from which on a compiled loop is worth the half second in which numba is loaded."""


@dataclass(frozen=True, slots=True)
class DebtRank:
    """What a shock does: R, the value lost beyond the shock as a share of all value, and the distress of every node."""

    loss: float
    distress: dict[Any, float]


def debtrank(
    graph: Graph,
    shock: Mapping[Any, float] | Hashable,
    value: Mapping[Any, float] | None = None,
    form: int = 2012,
    max_iter: int = 10_000,
    tol: float = 1e-12,
) -> DebtRank:
    """Return the DebtRank of a shock: R = sum h(T) v - sum h(1) v, with v the shares of value.

    Form 2012 (Battiston et al., "DebtRank", Scientific Reports 2, 541): every node passes its distress on once.
    Form 2015 (Bardoscia et al., "DebtRank: a microscopic foundation", PLoS ONE 10(6)): h(t+1) = min(1, h(t) + sum W
    (h(t) - h(t-1))), until it rests.

    Args:
        graph: who uses whom, with weights.
        shock: the distress at the start by name, 0 to 1; or one node, which fails.
        value: of every node; equal if None.
        form: 2012 or 2015.
        max_iter: steps after which form 2015 counts as not converging.
        tol: the largest change at which it rests.

    Raises:
        KGError: a shock is not between 0 and 1, all values are 0, the form is unknown, or form 2015 does not come to rest.
        UnknownNameError: a name is not in the graph.
    """
    snapshot = as_snapshot(graph)
    start = shocked(snapshot, shock)
    worth = _shares(snapshot, value)
    level = _levels(snapshot, start, form, max_iter, tol)
    return DebtRank(_lost(start, level, worth), snapshot.keyed(level))


def debtrank_losses(
    graph: Graph,
    vendors: Iterable[Hashable] | None = None,
    value: Mapping[Any, float] | None = None,
    form: int = 2012,
    max_iter: int = 10_000,
    tol: float = 1e-12,
) -> dict[Any, float]:
    """Return the loss R of `debtrank` when each of some vendors fails alone; of all that have customers if None.

    Raises:
        KGError: all values are 0, the form is unknown, or form 2015 does not come to rest.
        UnknownNameError: a name is not in the graph.
    """
    snapshot = as_snapshot(graph)
    worth = _shares(snapshot, value)
    if vendors is None:
        vendors = snapshot.named(np.flatnonzero(np.diff(snapshot.back_indptr)))
    found, start = {}, np.zeros(len(snapshot))
    for name in vendors:
        at = snapshot.number(name)
        start[at] = 1.0
        found[name] = _lost(start, _levels(snapshot, start, form, max_iter, tol), worth)
        start[at] = 0.0
    return found


def _shares(snapshot: Snapshot, value: Mapping[Any, float] | None) -> Values:
    worth = snapshot.aligned(value, "values")
    if not worth.sum():
        raise KGError("no organization has any value")
    shares: Values = worth / worth.sum()
    return shares


def _lost(start: Values, level: Values, worth: Values) -> float:
    # Summed without BLAS, whose order and threads differ from machine to machine.
    return float(((level - start) * worth).sum())


def _levels(snapshot: Snapshot, start: Values, form: int, max_iter: int, tol: float) -> Values:
    if form == 2012:  # noqa: PLR2004 - the year
        return _once(snapshot, start)
    if form == 2015:  # noqa: PLR2004 - the year
        return _until_rest(snapshot, start, max_iter, tol)
    raise KGError(f"DebtRank has the forms 2012 and 2015, not {form}")


def shocked(snapshot: Snapshot, shock: Mapping[Any, float] | Hashable) -> Values:
    """Return the shock of every node, 0 to 1, from shocks by name or from one node that fails.

    Raises:
        KGError: there is no shock, or one is not between 0 and 1.
    """
    given = shock if isinstance(shock, dict) else {shock: 1.0}
    found = snapshot.aligned(given, "shocks", 0.0)
    if not found.any() or (found > 1).any():
        raise KGError("a shock lies between 0 and 1, and at least one is above 0")
    return found


def _once(snapshot: Snapshot, start: Values) -> Values:
    """A node is undistressed, then distressed for one step, in which it passes on what it has, then inactive."""
    if kernels.COMPILED and snapshot.edges >= _MANY:
        given = np.empty(0) if snapshot.weight is None else snapshot.weight
        walked: Values = flows.debtrank_once(snapshot.back_indptr, snapshot.back_indices, given, start)
        return walked
    level = start.copy()
    passed = np.zeros(len(snapshot), dtype=bool)
    active = np.flatnonzero(start)
    weight = snapshot.weight
    while len(active):
        passed[active] = True
        at = places(snapshot.back_indptr, active)
        customers = snapshot.back_indices[at]
        sizes = snapshot.back_indptr[active + 1] - snapshot.back_indptr[active]
        harm = np.repeat(level[active], sizes)
        level += np.bincount(customers, harm if weight is None else harm * weight[at], minlength=len(level))
        np.minimum(level, 1.0, out=level)
        active = np.flatnonzero((level > 0) & ~passed)
    return level


def _until_rest(snapshot: Snapshot, start: Values, max_iter: int, tol: float) -> Values:
    uses = snapshot.matrix()
    level: Values
    level, change = start.copy(), start
    for _ in range(max_iter):
        following = np.minimum(1.0, level + uses @ change)
        change = following - level
        level = following
        if change.max(initial=0.0) <= tol:
            return level
    raise KGError(f"DebtRank has not come to rest after {max_iter} steps")


def inoperability(graph: Graph, shock: Mapping[Any, float] | Hashable) -> dict[Any, float]:
    """Return the inoperability of every node: q = (I - A*)^-1 c* (Haimes and Jiang 2001; Santos and Haimes 2004).

    A*_ij is the weight of the edge from customer i to supplier j, c* the shock. The inverse is one of a model only if the
    spectral radius of A* is below 1, which holds exactly if (I - A*) x = 1 has a solution above 0.

    Raises:
        KGError: the spectral radius is not below 1, a shock is not between 0 and 1, or an organization would be more than
            wholly inoperable because the weights of its suppliers are too large.
        UnknownNameError: a name is not in the graph.
    """
    snapshot = as_snapshot(graph)
    n = len(snapshot)
    right = np.column_stack((shocked(snapshot, shock), np.ones(n)))
    system = (sparse.eye_array(n, format="csr") - snapshot.matrix()).tocsc()
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore", MatrixRankWarning)
        solved = spsolve(system, right)
    if not np.isfinite(solved).all() or (solved[:, 1] <= 0).any():
        raise KGError("the spectral radius of the weights is not below 1: inoperability feeds itself without end")
    if (solved[:, 0] > 1 + 1e-9).any():
        worst = (snapshot.labels or snapshot.names)[int(solved[:, 0].argmax())]
        raise KGError(f"{worst} would be more than wholly inoperable: the weights of its suppliers sum to more than 1")
    return snapshot.keyed(np.clip(solved[:, 0], 0.0, 1.0))
