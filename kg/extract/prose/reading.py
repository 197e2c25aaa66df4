"""A text read by the model, step by step: phrases, parties, roles, relations, and what is judged of the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kg.counts import find_counts
from kg.dates import find_dates
from kg.extract.prose.context import Scene, scene
from kg.extract.prose.naming import named
from kg.extract.prose.parties import parties
from kg.extract.prose.references import with_references

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extract.prose.cast import Party
    from kg.extract.prose.tokens import Tokens

NOUNS: Final = {"ORG", "ATT", "GRP"}


@dataclass(slots=True)
class Phrase:
    """Words [first, last) that the tagger found, or a grammar, with what it is."""

    first: int
    last: int
    weight: float
    thing: Any = None
    odds: dict[str, float] = field(default_factory=dict)


def staged(words: Tokens, found: Sequence[tuple[int, int, str, float]]) -> Scene:
    """Return a text with its parties, references resolved."""
    people = parties(words, named(words, [span for span in found if span[2] in NOUNS]))
    with_references(words, people)
    return scene(words, people)


def date_phrases(made: Scene) -> list[Phrase]:
    """Return the dates of a text."""
    return [Phrase(first, last, 1.0, found) for found, first, last in _placed(made.words, find_dates(made.words.text))]


def count_phrases(made: Scene) -> list[Phrase]:
    """Return the counts of a text."""
    return [
        Phrase(first, last, 1.0, found)
        for found, first, last in _placed(made.words, find_counts(made.words.text, elliptic=True))
    ]


def _placed(words: Tokens, found: Sequence[Any]) -> Iterator[tuple[Any, int, int]]:
    starts = np.array(words.starts)
    ends = np.array(words.ends)
    for item in found:
        first = int(np.searchsorted(ends, item.start, "right"))
        last = int(np.searchsorted(starts, item.end, "left"))
        if first < last:
            yield item, first, last


def actors(made: Scene, first: int, last: int) -> list[tuple[Party, Any]]:
    """Return who may be the actor of words [first, last): parties of the sentence, each with its nearest mention."""
    number = made.words.sentence_of[first]
    best: dict[int, tuple[int, Party, Any]] = {}
    for party, mention in made.by_sentence[number]:
        if first <= mention.first < last and mention.first > first:
            continue
        gap = first - mention.last if mention.first < first else 8 + mention.first - last
        gap += 0 if mention.first < first else 4
        if party.number not in best or gap < best[party.number][0]:
            best[party.number] = (gap, party, mention)
    return [(party, mention) for _, party, mention in sorted(best.values(), key=lambda item: item[0])][:8]


def targets(made: Scene, first: int, last: int) -> list[tuple[Party, Any]]:
    """Return whom words [first, last) may be aimed at."""
    number = made.words.sentence_of[first]
    best: dict[int, tuple[Party, Any]] = {}
    for party, mention in made.by_sentence[number]:
        if first - 6 <= mention.first < last + 8:
            best.setdefault(party.number, (party, mention))
    return list(best.values())[:8]
