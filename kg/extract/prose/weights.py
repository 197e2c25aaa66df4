"""Linear models: features with weights, read from a file of numbers, and what they say of a case."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, repeat
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from numpy.typing import NDArray


_LEAST: Final = np.float32(-30)


def chance(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the probabilities of log-odds."""
    odds = 1 / (1 + np.exp(np.minimum(np.maximum(-scores, _LEAST), -_LEAST)))
    return odds.astype(np.float32, copy=False)


def likelihood(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the probability of each label, from log-odds of each against all others; no row sums to more than one."""
    odds = chance(scores)
    shares: NDArray[np.float32] = odds / np.maximum(odds.sum(axis=1, keepdims=True), 1.0)
    return shares


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model: for each feature a weight for each label."""

    labels: tuple[str, ...]
    index: Mapping[str, int]
    matrix: NDArray[np.float32]

    def scores(self, cases: Sequence[Mapping[str, float]]) -> NDArray[np.float32]:
        """Return cases x labels, unnormalized."""
        values = np.fromiter(chain.from_iterable(case.values() for case in cases), np.float32)
        return self._added(cases, values)

    def sums(self, rows: Sequence[Sequence[str]]) -> NDArray[np.float32]:
        """Return rows x labels, unnormalized, of rows of features that weigh one each."""
        return self._added(rows, None)

    def _added(self, rows: Sequence[Collection[str]], values: NDArray[np.float32] | None) -> NDArray[np.float32]:
        """The weights of each row of features, times their values, added up; features that are not known weigh nothing."""
        found = np.empty((len(rows), len(self.labels)), np.float32)
        found[:] = self.matrix[-1]
        lengths = np.fromiter(map(len, rows), np.int64, len(rows))
        places = np.fromiter(map(self.index.get, chain.from_iterable(rows), repeat(-1)), np.int64, int(lengths.sum()))
        if not len(places):
            return found
        # Which features are known is asked before the weights are fetched: of most tables they are few.
        known = np.flatnonzero(places >= 0)
        picked = self.matrix[places[known]]
        if values is not None:
            picked *= values[known, None]
        ends = known.searchsorted(lengths.cumsum())
        starts = np.zeros_like(ends)
        starts[1:] = ends[:-1]
        held = np.flatnonzero(ends > starts)
        if len(held):
            found[held] += np.add.reduceat(picked, starts[held], axis=0)
        return found

    def rows(self, cases: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
        """Return for each case label -> probability."""
        return [dict(zip(self.labels, row, strict=True)) for row in likelihood(self.scores(cases)).tolist()]
