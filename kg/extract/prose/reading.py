"""A text read by the model, step by step: phrases, parties, roles, relations, and what is judged of the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from kg.counts import find_counts
from kg.dates import find_dates
from kg.extract.prose.context import Scene, scene
from kg.extract.prose.naming import named
from kg.extract.prose.parties import parties
from kg.extract.prose.references import with_references

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extract.prose.cast import Party
    from kg.extract.tokens import Tokens

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
    return _placed(made.words, find_dates(made.words.text))


def count_phrases(made: Scene) -> list[Phrase]:
    """Return the counts of a text."""
    return _placed(made.words, find_counts(made.words.text, elliptic=True))


def _placed(words: Tokens, found: Sequence[Any]) -> list[Phrase]:
    spans = [words.within(item.start, item.end) for item in found]
    return [Phrase(*span, 1.0, item) for item, span in zip(found, spans, strict=True) if span[0] < span[1]]


def actors(made: Scene, first: int, last: int) -> list[tuple[Party, Any]]:
    """Return who may be the actor of words [first, last): parties of the sentence, each with its nearest mention."""
    number = made.words.sentence_of[first]
    best: dict[int, tuple[int, Party, Any]] = {}
    for party, mention in made.by_sentence[number]:
        gap = first - mention.last if mention.first < first else 12 + mention.first - last
        if not first < mention.first < last and (party.number not in best or gap < best[party.number][0]):
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
