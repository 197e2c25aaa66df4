"""What the words of organization names say: which are dropped freely, which name a part, a place, an industry."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path

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
    """The words of `words.toml`: word -> its sort, other spelling -> canonical one (of two words, with a hyphen); an abbreviation -> its words; the letters of a state -> its name."""

    sorts: dict[str, Sort]
    canonical: dict[str, str]
    pairs: dict[tuple[str, str], str]
    expanded: dict[str, list[str]]
    states: dict[str, str]

    def sort(self, word: str) -> Sort:
        """Return what a canonical word does in a name; a word that is not listed is the organization's own."""
        return self.sorts.get(word, Sort.OWN)

    def canonically(self, tokens: list[str]) -> list[str]:
        """Return the words of a name in their canonical spellings, two words for one thing as one, one for several as these."""
        told: list[str] = []
        position = 0
        while position < len(tokens):
            pair = self.pairs.get((tokens[position], tokens[position + 1])) if position + 1 < len(tokens) else None
            word = pair or self.canonical.get(tokens[position], tokens[position])
            told += self.expanded.get(word) or [word]
            position += 2 if pair else 1
        return told


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
    pairs = {
        (first, last): word
        for other, word in spelled.items()
        for first, dash, last in [other.partition("-")]
        if dash and "-" not in last
    }
    expanded = {short: words.split() for short, words in told["expanded"].items()}
    return Words(
        sorts, {other: word for other, word in spelled.items() if "-" not in other}, pairs, expanded, told["states"]
    )
