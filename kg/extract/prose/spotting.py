"""What a tagger sees of each word: the word, its classes, its neighbours, and what the dictionaries say."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.extract.concepts import find_data_types
from kg.extract.prose.groups import groups
from kg.extract.prose.tokens import known, shape

if TYPE_CHECKING:
    from kg.extract.prose.tokens import Tokens

_OFFSETS: Final = (-3, -2, -1, 0, 1, 2, 3)
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
    """Return what is seen of each word of a text."""
    found: list[list[str]] = []
    data, marked = _dictionary(words)
    lows = {word for word in words.words if word.islower()}
    for first, last in words.sentences:
        negated = False
        for at in range(first, last):
            lower = words.lowers[at]
            if lower in _NEGATION:
                negated = True
            elif lower in _CLAUSE_END:
                negated = False
            row = ["bias"]
            for position, offset in enumerate(_OFFSETS):
                near = at + offset
                if first <= near < last:
                    row += _atoms(words.words[near])[position]
                elif offset in {-1, 1}:
                    row.append(f"{offset}edge")
            _more(row, words, at, first, last, lows)
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
    return found


def _more(row: list[str], words: Tokens, at: int, first: int, last: int, lows: set[str]) -> None:
    """Pairs of neighbours, and where the word stands."""
    word, kinds = words.words[at], words.kinds[at]
    before = words.lowers[at - 1] if at > first else "^"
    after = words.lowers[at + 1] if at + 1 < last else "$"
    row += (f"p={before}|{words.lowers[at]}", f"n={words.lowers[at]}|{after}")
    row.append(
        f"sh={shape(words.words[at - 1]) if at > first else '^'}|{shape(word)}|{shape(words.words[at + 1]) if at + 1 < last else '$'}"
    )
    for kind in words.kinds[at - 1] if at > first else ():
        row += [f"cc={kind}|{own}" for own in kinds]
    if at == first:
        row.append("first")
        if word.lower() in lows:
            row.append("first-low")
    if at == first or words.words[at - 1] in {"“", '"', "(", "-", "•", "*", ":"}:
        row.append("opens")


def _dictionary(words: Tokens) -> tuple[dict[int, str], dict[int, str]]:
    """Which words stand in a phrase for data (and for which), and in a count or date."""
    place = {start: at for at, start in enumerate(words.starts)}
    data: dict[int, str] = {}
    for start, end, slug in find_data_types(words.text, 0, len(words.text)):
        at = place.get(start)
        while at is not None and at < len(words) and words.starts[at] < end:
            data[at] = slug
            at += 1
    marked: dict[int, str] = {}
    bounds = [(words.starts[first], words.ends[last - 1]) for first, last in words.sentences]
    for start, end in groups(words.text, bounds, ()):
        at = place.get(start)
        label = "group-first"
        while at is not None and at < len(words) and words.starts[at] < end:
            marked[at] = label
            label = "group"
            at += 1
    return data, marked
