"""What a tagger sees of each word: the word, its classes, its neighbours, and what the dictionaries say."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.extract.concepts import find_data_types
from kg.extract.tokens import known, shape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from kg.extract.prose.weights import Weights
    from kg.extract.tokens import Tokens

_OFFSETS: Final = (-3, -2, -1, 0, 1, 2, 3)
_EDGES: Final = (-1, 1)
_NEGATION: Final = frozenset(
    {"no", "not", "never", "without", "neither", "nor", "none", "n't", "cannot", "except", "excluding"}
)
_CLAUSE_END: Final = frozenset({".", ";", ":", "but", "!", "?", "although", "though", "while", "however"})


@lru_cache(maxsize=32768)
def _atoms(word: str) -> tuple[tuple[str, ...], ...]:
    """What a word says at each offset."""
    lower, kinds = known(word)
    form = shape(word)
    token = lower if not lower[0].isdigit() else "9" * min(len(lower), 5)
    near = [f"w={token}", *(f"c={kind}" for kind in kinds), f"s={form}"]
    own = [*near, f"e3={lower[-3:]}", f"e2={lower[-2:]}", f"b3={lower[:3]}"]
    if form not in {"x", "Xx"}:
        own.append(f"len={min(len(lower), 6)}")
    far = [f"w={token}", *(f"c={kind}" for kind in kinds)]
    told = []
    for offset in _OFFSETS:
        chosen = own if offset == 0 else near if abs(offset) == 1 else far if abs(offset) == 2 else far[1:]
        told.append(tuple(f"{offset}{atom}" for atom in chosen))
    return tuple(told)


def features(words: Tokens) -> list[list[str]]:
    """Return what is seen of each word of a text: itself and its neighbours, and what holds for it there."""
    found = []
    for (first, last), rows in zip(words.sentences, _by_sentence(words), strict=True):
        for at, there in enumerate(rows, first):
            row = ["bias"]
            for position, offset in enumerate(_OFFSETS):
                near = at + offset
                if first <= near < last:
                    row += _atoms(words.words[near])[position]
                elif offset in _EDGES:
                    row.append(f"{offset}edge")
            found.append(row + there)
    return found


class Sight:
    """Scores what is seen of the words of a text.

    What a word speaks for from each place near another is the same in every text, and kept; so most of the features
    of `features` need not be put together.
    """

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._always, *edges = weights.sums([["bias"], *([f"{offset}edge"] for offset in _EDGES)]) - weights.matrix[-1]
        self._edges = dict(zip(_EDGES, edges, strict=True))
        self._alone = lru_cache(maxsize=16384)(self._of)

    def scores(self, words: Tokens) -> NDArray[np.float32]:
        """Return words x labels, unnormalized: the sums of the weights of `features`."""
        found = self._weights.sums([row for rows in _by_sentence(words) for row in rows])
        if not len(words):
            return found
        near = np.concatenate(list(map(self._alone, words.words))).reshape(len(words), len(_OFFSETS), -1)
        sentence = np.array(words.sentence_of)
        for position, offset in enumerate(_OFFSETS):
            here, there = slice(max(0, -offset), min(0, -offset) or None), slice(max(0, offset), min(0, offset) or None)
            together = sentence[here] == sentence[there]
            found[here] += near[there, position] * together[:, None]
            if offset in _EDGES:
                outside = np.ones(len(words), bool)
                outside[here] = ~together
                found[outside] += self._edges[offset]
        found += self._always
        return found

    def _of(self, word: str) -> NDArray[np.float32]:
        """What a word speaks for at each offset."""
        alone: NDArray[np.float32] = self._weights.sums(_atoms(word)) - self._weights.matrix[-1]
        return alone


def _by_sentence(words: Tokens) -> Iterator[list[list[str]]]:
    """Yield for each sentence what holds for each of its words there."""
    data, marked = _dictionary(words)
    lows = {word for word in words.words if word.islower()}
    shapes = list(map(shape, words.words))
    for first, last in words.sentences:
        found: list[list[str]] = []
        negated = False
        for at in range(first, last):
            lower = words.lowers[at]
            if lower in _NEGATION:
                negated = True
            elif lower in _CLAUSE_END:
                negated = False
            row = _pairs(words, shapes, at, first, last)
            if at == first:
                row.append("first")
                if words.words[at].lower() in lows:
                    row.append("first-low")
            if at == first or words.words[at - 1] in _OPENING:
                row.append("opens")
            if negated:
                row.append("negated")
            if at in data:
                row += (f"d={data[at]}", "negated-data" if negated else "data")
                if at + 1 in data:
                    row.append("d+1")
            if at + 1 in data:
                row.append("1data")
            if at - 1 in data:
                row.append("-1data")
            if at in marked:
                row.append(marked[at])
            elif at - 1 in marked:
                row.append("group-behind")
            found.append(row)
        yield found


_OPENING: Final = frozenset({"“", '"', "(", "-", "•", "*", ":"})


def _pairs(words: Tokens, shapes: list[str], at: int, first: int, last: int) -> list[str]:
    """A word with its neighbours: as printed, as they are shaped, and as they are classed."""
    lower = words.lowers[at]
    if at + 1 < last:
        after, behind = words.lowers[at + 1], shapes[at + 1]
    else:
        after = behind = "$"
    if at == first:
        return [f"p=^|{lower}", f"n={lower}|{after}", f"sh=^|{shapes[at]}|{behind}"]
    row = [f"p={words.lowers[at - 1]}|{lower}", f"n={lower}|{after}", f"sh={shapes[at - 1]}|{shapes[at]}|{behind}"]
    if words.kinds[at] and words.kinds[at - 1]:
        row += _joined(words.kinds[at - 1], words.kinds[at])
    return row


@lru_cache(maxsize=32768)
def _joined(kinds: tuple[str, ...], own: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"cc={kind}|{mine}" for kind in kinds for mine in own)


def _dictionary(words: Tokens) -> tuple[dict[int, str], dict[int, str]]:
    """Which words stand in a phrase for data (and for which), and in a count or date."""
    data: dict[int, str] = {}
    for start, end, slug in find_data_types(words.text, 0, len(words.text)):
        data |= dict.fromkeys(_inside(words, start, end), slug)
    marked: dict[int, str] = {}
    for start, end in words.groups:
        inside = _inside(words, start, end)
        marked |= dict.fromkeys(inside, "group") | dict.fromkeys(inside[:1], "group-first")
    return data, marked


def _inside(words: Tokens, start: int, end: int) -> range:
    """The words in characters [start, end), none where these begin within a word."""
    first, last = words.within(start, end)
    return range(first, last if first < last and words.starts[first] == start else first)
