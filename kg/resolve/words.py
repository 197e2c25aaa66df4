"""What the words of organization names say: which are dropped freely, which name a part, a place, an industry."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_FILE = Path(__file__).parent / "words.toml"


class Sort(IntEnum):
    """What a word does in a name, from the least telling up."""

    STOP = 0
    FILLER = 1
    WEAK = 2
    BRANCH = 3
    DIVISION = 4
    PLACE = 5
    OWN = 6


@dataclass(frozen=True, slots=True)
class Words:
    """The words of `words.toml`: word -> its sort, other spelling -> canonical one (`phrases` of several words, and how many words the longest with a first word has); an abbreviation -> its words; the letters of a state -> its name; words that many names have, in any spelling."""

    sorts: dict[str, Sort]
    canonical: dict[str, str]
    phrases: dict[tuple[str, ...], str]
    longest: dict[str, int]
    expanded: dict[str, list[str]]
    states: dict[str, str]
    stops: frozenset[str]
    respelled: frozenset[str]
    general: frozenset[str]

    def sort(self, word: str) -> Sort:
        """Return what a canonical word does in a name; a word that is not listed is the organization's own."""
        return self.sorts.get(word, Sort.OWN)

    def sorted(self, tokens: Iterable[str]) -> tuple[Sort, ...]:
        """Return what each of some canonical words does."""
        get, own = self.sorts.get, Sort.OWN
        return tuple([get(token, own) for token in tokens])

    def telling(self, tokens: list[str]) -> list[str]:
        """Return the words of a name without those that only join; all where there are no others."""
        if self.stops.isdisjoint(tokens):
            return tokens
        return [token for token in tokens if token not in self.stops] or tokens

    def canonically(self, tokens: list[str]) -> list[str]:
        """Return the words of a name in their canonical spellings, several words for one thing as one, one for several as these."""
        if self.respelled.isdisjoint(tokens):
            return tokens
        told: list[str] = []
        position = 0
        while position < len(tokens):
            word, size = self._canonical(tokens, position)
            told += self.expanded.get(word) or [word]
            position += size
        return told

    def _canonical(self, tokens: list[str], position: int) -> tuple[str, int]:
        """The canonical spelling of the longest phrase from a position on, and how many words it takes."""
        first = tokens[position]
        for size in range(self.longest.get(first, 1), 1, -1):
            if phrase := self.phrases.get(tuple(tokens[position : position + size])):
                return phrase, size
        return self.canonical.get(first, first), 1


@cache
def words() -> Words:
    """Return the words of names, read once."""
    told = tomllib.loads(_FILE.read_text("utf-8"))
    sorts = {
        word: sort
        for name, sort in (("places", Sort.PLACE), ("division", Sort.DIVISION), ("branch", Sort.BRANCH), ("weak", Sort.WEAK),
                           ("filler", Sort.FILLER), ("stop", Sort.STOP))
        for word in told[name].split()
    }  # fmt: skip
    spelled = {other: word for word, others in told["canonical"].items() for other in others.split()}
    phrases = {tuple(other.split("-")): word for other, word in spelled.items() if "-" in other}
    longest: dict[str, int] = {}
    for phrase in phrases:
        longest[phrase[0]] = max(len(phrase), longest.get(phrase[0], 0))
    expanded = {short: words.split() for short, words in told["expanded"].items()}
    canonical = {other: word for other, word in spelled.items() if "-" not in other}
    stops = frozenset(word for word, sort in sorts.items() if sort is Sort.STOP)
    respelled = frozenset({*canonical, *expanded, *longest})
    general = frozenset({*sorts, *(other for other, word in canonical.items() if word in sorts), "first", "1st"})
    return Words(sorts, canonical, phrases, longest, expanded, told["states"], stops, respelled, general)
