"""Confidence intervals of what was counted or averaged over random runs."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kg.errors import KGError

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Interval(NamedTuple):
    """An estimate and the bounds that hold it with the confidence asked for."""

    value: float
    low: float
    high: float


def z_score(confidence: float) -> float:
    """Return the two-sided quantile of the normal distribution.

    Raises:
        KGError: the confidence is not between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise KGError(f"confidence is {confidence}; it lies between 0 and 1")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(hits: NDArray[np.int64], runs: int, z: float) -> list[Interval]:
    """Return the intervals of probabilities (Wilson 1927), from how often each came true; none is ever wholly certain."""
    counts, place = np.unique(hits, return_inverse=True)
    p, room = counts / runs, z * z / runs
    middle, half = p + room / 2, np.sqrt(room * (p * (1 - p) + room / 4))
    low, high = np.maximum(0.0, (middle - half) / (1 + room)), np.minimum(1.0, (middle + half) / (1 + room))
    # One for each count, not for each node: made by the million they would have the garbage collector walk through all.
    told = list(map(Interval, p.tolist(), low.tolist(), high.tolist()))
    return list(map(told.__getitem__, place.tolist()))


def mean_interval(values: NDArray[np.int64] | NDArray[np.float64], z: float) -> Interval:
    """Return the interval of a mean by the central limit theorem."""
    mean = float(values.mean())
    half = z * float(values.std(ddof=1)) / math.sqrt(len(values)) if len(values) > 1 else math.inf
    return Interval(mean, mean - half, mean + half)
