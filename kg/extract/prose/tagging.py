"""Taggers: conditional random fields that find phrases in sentences, with the probability of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from kg.extract.prose.weights import Weights
    from kg.model import Span

    Phrases = list[tuple[int, int, str, float]]

_AT_ONCE: Final = 64
"""Sentences of like length that are looked at together."""


@dataclass(frozen=True, slots=True)
class Tagger:
    """A conditional random field over the words of a sentence.

    Attributes:
        labels: "O", and "B-x" and "I-x" for each kind of phrase.
        steps: exp of the weight of label i before label j.
    """

    labels: tuple[str, ...]
    steps: NDArray[np.float64]

    def phrases(self, scores: NDArray[np.float32], sentences: Sequence[Span], least: float) -> Phrases:
        """Return (first, last, kind, probability) of each phrase, in order.

        Args:
            scores: words x labels, unnormalized.
            sentences: first and one-past-last word of each.
            least: how likely the first word of a phrase has to be.
        """
        kinds = [label[2:] for label in self.labels if label.startswith("B-")]
        odds = self._marginals(scores, sentences)
        begin, inside = (odds[:, [self.labels.index(f"{mark}-{kind}") for kind in kinds]] for mark in "BI")
        either = begin + inside
        best, top, outside = either.argmax(1).tolist(), either.max(1).tolist(), odds[:, self.labels.index("O")].tolist()
        starts, goes, held = begin.max(1).tolist(), inside.tolist(), either.tolist()
        found = []
        for first, last in sentences:
            at = first
            while at < last:
                if top[at] < least:
                    at += 1
                    continue
                kind, sure, end = best[at], top[at], at + 1
                while end < last and goes[end][kind] >= max(starts[end], outside[end], least / 2):
                    sure = min(sure, held[end][kind])
                    end += 1
                found.append((at, end, kinds[kind], sure))
                at = end
        return found

    def _marginals(self, scores: NDArray[np.float32], sentences: Sequence[Span]) -> NDArray[np.float64]:
        """Words x labels: the probability of each label at each word, sentences apart."""
        found = np.empty(scores.shape)
        order = sorted(sentences, key=lambda sentence: sentence[1] - sentence[0])
        for start in range(0, len(order), _AT_ONCE):
            batch = order[start : start + _AT_ONCE]
            for (first, last), part in zip(batch, self._batch(scores, batch), strict=True):
                found[first:last] = part[: last - first]
        return found

    def _batch(self, scores: NDArray[np.float32], sentences: Sequence[Span]) -> NDArray[np.float64]:
        """Sentences x words x labels, by the forward-backward algorithm; the ends of short sentences are not defined."""
        lengths = np.array([last - first for first, last in sentences])
        grid = np.ones((len(sentences), int(lengths.max()), len(self.labels)))
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


def _shares(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """The last axis as parts of one."""
    shares: NDArray[np.float64] = odds / odds.sum(axis=-1, keepdims=True)
    return shares


@dataclass(frozen=True, slots=True)
class Taggers:
    """The taggers of names and of acts, which see the same of each word.

    Attributes:
        emit: what the features of a word speak for: the labels of `names`, then those of `acts`.
    """

    emit: Weights
    names: Tagger
    acts: Tagger

    def phrases(
        self, rows: Sequence[Sequence[str]], sentences: Sequence[Span], least: tuple[float, float]
    ) -> tuple[Phrases, Phrases]:
        """Return the phrases of both; `least` is how likely the first word of each has to be."""
        scores, size = self.emit.sums(rows), len(self.names.labels)
        return (
            self.names.phrases(scores[:, :size], sentences, least[0]),
            self.acts.phrases(scores[:, size:], sentences, least[1]),
        )
