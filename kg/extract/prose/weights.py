"""Linear models: features with weights, read from a file of numbers, and what they say of a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray


def chance(scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the probabilities of log-odds."""
    odds = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    return odds.astype(np.float32)


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
        rows: list[int] = []
        values: list[float] = []
        bounds: list[int] = []
        get = self.index.get
        for case in cases:
            bounds.append(len(rows))
            for name, value in case.items():
                at = get(name)
                if at is not None:
                    rows.append(at)
                    values.append(value)
            rows.append(len(self.matrix) - 1)
            values.append(1.0)
        if not cases:
            return np.zeros((0, len(self.labels)), np.float32)
        picked = self.matrix[rows] * np.asarray(values, np.float32)[:, None]
        return np.add.reduceat(picked, bounds, axis=0)

    def odds(self, cases: Sequence[Mapping[str, float]]) -> NDArray[np.float32]:
        """Return cases x labels: the probability of each label."""
        return likelihood(self.scores(cases))

    def rows(self, cases: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
        """Return for each case label -> probability."""
        return [dict(zip(self.labels, row, strict=True)) for row in self.odds(cases).tolist()]


_AT_ONCE: Final = 64
"""Sentences of like length that are looked at together."""


def _shares(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """The last axis as parts of one."""
    shares: NDArray[np.float64] = odds / odds.sum(axis=-1, keepdims=True)
    return shares


@dataclass(frozen=True, slots=True)
class Tagger:
    """A conditional random field over the words of a sentence.

    Attributes:
        labels: "O", and "B-x" and "I-x" for each kind of phrase.
        steps: exp of the weight of label i before label j.
    """

    emit: Weights
    steps: NDArray[np.float64]

    def marginals(self, rows: Sequence[Iterable[str]], sentences: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
        """Return words x labels: the probability of each label at each word, sentences apart."""
        scores = self._scores(rows)
        found = np.empty(scores.shape)
        order = sorted(sentences, key=lambda sentence: sentence[1] - sentence[0])
        for start in range(0, len(order), _AT_ONCE):
            batch = order[start : start + _AT_ONCE]
            for (first, last), part in zip(batch, self._batch(scores, batch), strict=True):
                found[first:last] = part[: last - first]
        return found

    def _batch(self, scores: NDArray[np.float32], sentences: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
        """Sentences x words x labels, by the forward-backward algorithm; the ends of short sentences are not defined."""
        lengths = np.array([last - first for first, last in sentences])
        grid = np.ones((len(sentences), int(lengths.max()), len(self.emit.labels)))
        for number, (first, last) in enumerate(sentences):
            part = scores[first:last]
            grid[number, : last - first] = np.exp(part - part.max(axis=1, keepdims=True))
        ahead, back = np.empty_like(grid), np.ones_like(grid)
        ahead[:, 0] = _shares(grid[:, 0])
        for at in range(1, grid.shape[1]):
            ahead[:, at] = _shares((ahead[:, at - 1] @ self.steps) * grid[:, at])
        for at in range(grid.shape[1] - 2, -1, -1):
            state = _shares((back[:, at + 1] * grid[:, at + 1]) @ self.steps.T)
            state[at + 1 >= lengths] = 1.0
            back[:, at] = state
        return _shares(ahead * back)

    def _scores(self, rows: Sequence[Iterable[str]]) -> NDArray[np.float32]:
        flat: list[int] = []
        bounds: list[int] = []
        get = self.emit.index.get
        none = len(self.emit.matrix) - 1
        for row in rows:
            bounds.append(len(flat))
            flat += [at for name in row if (at := get(name)) is not None]
            flat.append(none)
        if not rows:
            return np.zeros((0, len(self.emit.labels)), np.float32)
        return np.add.reduceat(self.emit.matrix[flat], bounds, axis=0)

    def phrases(
        self, marginals: NDArray[np.float64], sentences: Sequence[tuple[int, int]], least: float
    ) -> list[tuple[int, int, str, float]]:
        """Return (first, last, kind, probability) of each phrase, in order; `least` is what its first word must reach."""
        labels = self.emit.labels
        kinds = sorted({label[2:] for label in labels if label != "O"})
        begin = np.array([labels.index(f"B-{kind}") for kind in kinds])
        inside = np.array([labels.index(f"I-{kind}") for kind in kinds])
        found = []
        for first, last in sentences:
            at = first
            while at < last:
                both = marginals[at, begin] + marginals[at, inside]
                best = int(both.argmax())
                if both[best] < least:
                    at += 1
                    continue
                end = at + 1
                total = both[best]
                while end < last:
                    going = marginals[end, inside[best]]
                    if (
                        going < max(marginals[end, begin].max(), 1 - both_sum(marginals[end], begin, inside))
                        or going < least / 2
                    ):
                        break
                    total = min(total, going + marginals[end, begin[best]])
                    end += 1
                found.append((at, end, kinds[best], float(total)))
                at = end
        return found


def both_sum(row: NDArray[np.float64], begin: NDArray[np.int64], inside: NDArray[np.int64]) -> float:
    """Return how likely a word is inside any phrase."""
    return float(row[begin].sum() + row[inside].sum())
