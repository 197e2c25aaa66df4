"""A small language model, computed with numpy: what each word of a text means where it stands.

It is a transformer encoder (Vaswani and others, 2017) in the form of BERT (Devlin and others, 2019): words are cut into pieces
that it knows, each piece is a vector, and layers of attention mix into every vector what stands around it. Its weights
began as those of MiniLM (Wang and others, 2020) and were trained further on annotated texts (`tests/quality`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from kg.extract.tokens import Tokens

    Floats = NDArray[np.float32]

HEADS: Final = 12
MARKED: Final = 2
"""Layer before which is marked where the names of parties stand; those below know of words only."""
LONGEST: Final = 384
"""Pieces that are read together; a longer text is read in parts that end with a sentence."""
MOST: Final = 16
"""Parts of a text that are read; a report is never longer."""
START: Final = "[CLS]"
_UNKNOWN: Final = "[UNK]"
_PART: Final = re.compile(r"[a-z]+|[0-9]+|[^a-z0-9\s]")
_LONG: Final = 40
"""Letters and digits of a word that are looked at."""
_KEPT: Final = 65_536
"""Words whose pieces are kept."""


@dataclass(frozen=True, slots=True)
class Layer:
    """The weights of a layer: of attention (queries, keys and values side by side), of what comes out of it, and of the two steps after it."""

    mix: Floats
    mix_bias: Floats
    out: Floats
    out_bias: Floats
    scale: Floats
    shift: Floats
    wide: Floats
    wide_bias: Floats
    narrow: Floats
    narrow_bias: Floats
    last_scale: Floats
    last_shift: Floats


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a text that are read together: the first of them, their pieces, and for each piece the word it is of, counted from the first; -1 for the start."""

    first: int
    pieces: list[int]
    owners: list[int]


@dataclass(frozen=True, slots=True)
class Encoder:
    """The language model.

    Attributes:
        pieces: piece -> its row; a piece that goes on with a word begins with "##".
        rows: pieces x width, whole numbers; `steps` is what one of them is worth in each row.
        places: vectors for the first, second, ... piece.
        scale, shift: of the sum of both.
        marks: vectors for words that are in no party's name, in an organization's, in a group's.
        layers: the layers, in order.
    """

    pieces: Mapping[str, int]
    rows: NDArray[np.int8]
    steps: Floats
    places: Floats
    scale: Floats
    shift: Floats
    marks: Floats
    layers: tuple[Layer, ...]
    _cut: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def states(self, words: Tokens, marks: NDArray[np.int64]) -> tuple[Floats, Floats]:
        """Return words x width for the words that are read, the first of the text, and a vector for the whole text.

        Args:
            words: the words of the text.
            marks: for each word 1 in an organization's name, 2 in a group's, else 0.
        """
        found: list[Floats] = [np.zeros((0, self.rows.shape[1]), np.float32)]
        whole = np.zeros(self.rows.shape[1], np.float32)
        for part in self.parts(words):
            owners = np.array(part.owners)
            told = self._read(part.pieces, np.where(owners >= 0, marks[part.first + owners], 0))
            if part.first == 0:
                whole = told[0]
            starts = np.flatnonzero(np.diff(owners, prepend=-1))
            counts = np.diff(np.append(starts, len(owners))).astype(np.float32)
            each: Floats = np.add.reduceat(told, starts)
            found.append(each / counts[:, None])
        return np.vstack(found), whole

    def parts(self, words: Tokens) -> list[Part]:
        """Return the parts of a text that are read together: whole sentences as long as they fit, `MOST` parts at most."""
        found: list[Part] = []
        for first, last in words.sentences:
            cut = [self.cut(word) for word in words.lowers[first:last]]
            size = sum(map(len, cut))
            for at, its in enumerate(cut, first):
                if not found or len(found[-1].pieces) + (size if at == first else len(its)) > LONGEST:
                    if len(found) == MOST:
                        return found
                    found.append(Part(at, [self.pieces[START]], [-1]))
                found[-1].pieces.extend(its)
                found[-1].owners.extend([at - found[-1].first] * len(its))
        return found

    def cut(self, word: str) -> tuple[int, ...]:
        """Return the pieces of a word in lower case; always at least one."""
        found = self._cut.get(word)
        if found is None:
            if len(self._cut) > _KEPT:
                self._cut.clear()
            found = self._cut[word] = tuple(pieces(word, self.pieces))
        return found

    def _read(self, pieces: Sequence[int], marks: NDArray[np.int64]) -> Floats:
        """The vectors of pieces, each in the light of the others."""
        x: Floats = self.rows[pieces] * self.steps[pieces] + self.places[: len(pieces)]
        x = _evened(x, self.scale, self.shift)
        for number, layer in enumerate(self.layers):
            if number == MARKED:
                x += self.marks[marks]
            x = _evened(x + _attended(x, layer), layer.scale, layer.shift)
            h: Floats = x @ layer.wide + layer.wide_bias
            h /= 1 + np.exp(np.minimum(-1.702 * h, 60))
            x = _evened(x + (h @ layer.narrow + layer.narrow_bias), layer.last_scale, layer.last_shift)
        return x


def _evened(x: Floats, scale: Floats, shift: Floats) -> Floats:
    """Vectors with mean 0 and variance 1, scaled and shifted (layer normalization; Ba and others, 2016)."""
    x = x - x.mean(axis=1, keepdims=True)
    x *= scale / np.sqrt((x * x).mean(axis=1, keepdims=True) + np.float32(1e-12))
    x += shift
    return x


def _attended(x: Floats, layer: Layer) -> Floats:
    """What every vector takes from all: the mean of their values, weighted by how well its query fits their keys."""
    length, width = x.shape
    size = width // HEADS
    query, key, value = (x @ layer.mix + layer.mix_bias).reshape(length, 3, HEADS, size).transpose(1, 2, 0, 3)
    fit = query @ key.transpose(0, 2, 1)
    fit *= np.float32(size**-0.5)
    fit -= fit.max(axis=2, keepdims=True)
    np.exp(fit, out=fit)
    fit /= fit.sum(axis=2, keepdims=True)
    taken: Floats = (fit @ value).transpose(1, 0, 2).reshape(length, width) @ layer.out + layer.out_bias
    return taken


def pieces(word: str, known: Mapping[str, int]) -> Iterator[int]:
    """Yield the rows of the pieces of a word in lower case: the longest that is known first, then the longest of what is left (WordPiece)."""
    found = False
    for part in _PART.findall(_plain(word[:_LONG])) or [_UNKNOWN]:
        start = 0
        while start < len(part):
            end = len(part)
            while end > start and (piece := ("##" if start else "") + part[start:end]) not in known:
                end -= 1
            yield known[piece] if end > start else known[_UNKNOWN]
            start = end if end > start else len(part)
            found = True
    assert found, "every word has a letter, a digit or a mark"


@lru_cache(maxsize=65536)
def _plain(word: str) -> str:
    """A word without accents."""
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if unicodedata.category(c) != "Mn")
