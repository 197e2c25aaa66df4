"""Taggers: conditional random fields that find phrases in sentences, with the probability of each."""

from __future__ import annotations

from bisect import bisect_right
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

    def phrases(self, odds: NDArray[np.float64], sentences: Sequence[Span], least: float) -> Phrases:
        """Return (first, last, kind, probability) of each phrase, in order.

        Args:
            odds: words x labels: the probability of each label at each word.
            sentences: first and one-past-last word of each.
            least: how likely the first word of a phrase has to be.
        """
        kinds = [label[2:] for label in self.labels if label.startswith("B-")]
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


def marginals(
    scores: Sequence[NDArray[np.float32]], steps: Sequence[NDArray[np.float64]], sentences: Sequence[Span]
) -> list[NDArray[np.float64]]:
    """Return for each of some taggers words x labels: the probability of each label at each word, sentences apart.

    Args:
        scores: for each tagger words x labels, unnormalized.
        steps: for each tagger exp of the weight of one label before another.
        sentences: first and one-past-last word of each; together all words, in order.
    """
    size = max(len(step) for step in steps)
    # Labels that only another tagger has can come neither first nor after any other.
    odds, moves = np.zeros((len(scores[0]), len(steps), size)), np.zeros((len(steps), size, size))
    for number, (part, step) in enumerate(zip(scores, steps, strict=True)):
        odds[:, number, : len(step)] = np.exp(part - part.max(axis=1, keepdims=True)) if len(part) else part
        moves[number, : len(step), : len(step)] = step
    order = sorted(sentences, key=lambda sentence: sentence[1] - sentence[0])
    found = np.empty_like(odds)
    for start in range(0, len(order), _AT_ONCE):
        batch = order[start : start + _AT_ONCE]
        words = np.concatenate([np.arange(first, last) for first, last in batch])
        found[words] = _batch(odds[words], moves, [last - first for first, last in batch])
    return [found[:, number, : len(step)] for number, step in enumerate(steps)]


def _batch(odds: NDArray[np.float64], moves: NDArray[np.float64], lengths: Sequence[int]) -> NDArray[np.float64]:
    """Words x taggers x labels of sentences from the shortest to the longest, by the forward-backward algorithm.

    What is behind a word is what is ahead of it in the sentence read backwards, so that both are had in one run.
    """
    size = np.array(lengths)
    row = np.repeat(np.arange(len(lengths)), size)
    place = np.arange(len(odds)) - np.repeat(size.cumsum() - size, size)
    mirrored = np.repeat(size, size) - 1 - place
    ahead = np.zeros((lengths[-1], 2, len(moves), len(lengths), moves.shape[1]))
    ahead[place, 0, :, row] = ahead[mirrored, 1, :, row] = odds
    both = np.stack([moves, moves.transpose(0, 2, 1)])
    for at in range(1, lengths[-1]):
        ended = bisect_right(lengths, at)
        here = ahead[at, :, :, ended:]
        here *= ahead[at - 1, :, :, ended:] @ both
        if at % _APART == 0:
            _share(here)
    back = np.ones_like(odds)
    inner = mirrored > 0
    back[inner] = (ahead[mirrored[inner] - 1, 1, :, row[inner]][:, :, None] @ both[1])[:, :, 0]
    return _share(ahead[place, 0, :, row] * back)


_APART: Final = 4
"""Words between which probabilities are made parts of one: far fewer than shrink one beyond what a number can hold."""


def _share(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Make the last axis parts of one, and return it."""
    odds /= odds.sum(axis=-1, keepdims=True)
    return odds


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
        self, scores: NDArray[np.float32], sentences: Sequence[Span], least: tuple[float, float]
    ) -> tuple[Phrases, Phrases]:
        """Return the phrases of both.

        Args:
            scores: words x labels of `emit`, unnormalized.
            sentences: first and one-past-last word of each.
            least: how likely the first word of a phrase of each has to be.
        """
        size = len(self.names.labels)
        names, acts = marginals((scores[:, :size], scores[:, size:]), (self.names.steps, self.acts.steps), sentences)
        return self.names.phrases(names, sentences, least[0]), self.acts.phrases(acts, sentences, least[1])
