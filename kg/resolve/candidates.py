"""Pairs of names worth a look, found without comparing all with all.

Names meet in a block: one for each word of their own, for the start of the whole, for its letters in whatever order,
for what is left of it without vowels, and for its first letters. A block that holds too many names says nothing; it is passed over.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kg.resolve.readings import read
from kg.resolve.scoring import APART, score
from kg.resolve.spelling import leet
from kg.resolve.table import table
from kg.resolve.words import Sort

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.resolve.scoring import Score

_MOST: Final = 40
"""Names that a block may hold."""
_START: Final = 5
_VOWELS: Final = str.maketrans("", "", "aeiouy")


def blocks(name: str) -> set[str]:
    """Return the blocks that a name is in."""
    told = read(name)
    joined = leet(told.joined)
    own = [token for token, sort in zip(told.tokens, told.sorts, strict=True) if sort is Sort.OWN]
    found = {f"w:{token}" for token in own if len(token) > 1}
    found |= {f"s:{joined[:_START]}", f"a:{''.join(sorted(joined))}", f"c:{joined[:1]}{joined[1:].translate(_VOWELS)}"}
    found |= {f"i:{initials}" for initials in told.initials if len(initials) > 1}
    if len(told.tokens) == 1:
        found.add(f"i:{told.joined}")
    for other in (*told.trading, *told.former, *([told.aside] if told.aside else [])):
        found.add(f"w:{read(other).joined}")
    if listed := table().find(name):
        found.add(f"t:{listed.organization}")
    return found


def candidates(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of names that share a block, each once, in the order of the names."""
    distinct = sorted(set(names))
    held: dict[str, list[int]] = defaultdict(list)
    for number, name in enumerate(distinct):
        for block in blocks(name):
            held[block].append(number)
    partners: dict[int, set[int]] = defaultdict(set)
    for members in held.values():
        if 1 < len(members) <= _MOST:
            for position, one in enumerate(members):
                partners[one].update(members[position + 1 :])
    for one in range(len(distinct)):
        for other in sorted(partners.pop(one, ())):
            yield distinct[one], distinct[other]


def likely(names: Iterable[str], least: float = APART) -> list[tuple[str, str, Score]]:
    """Return the candidates that score at least so much, the likeliest first."""
    scored = [(left, right, score(left, right)) for left, right in candidates(names)]
    return sorted((told for told in scored if told[2].score >= least), key=lambda told: (-told[2].score, told[:2]))
