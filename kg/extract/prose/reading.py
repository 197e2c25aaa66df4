"""A text read by the model, step by step: phrases, parties, roles, relations, and what is judged of the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kg.counts import find_counts
from kg.dates import find_dates
from kg.extract.prose.context import Scene, scene
from kg.extract.prose.naming import named
from kg.extract.prose.pairs import together
from kg.extract.prose.parties import parties
from kg.extract.prose.references import with_references

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extract.prose.cast import Party
    from kg.extract.prose.tokens import Tokens

Odds = dict[int, dict[str, float]]
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


def candidates(made: Scene, able: Sequence[Party]) -> Iterator[tuple[Party, Party, list[Any]]]:
    """Yield (customer, supplier, places) of every two of some parties."""
    near = together(made)
    for one in able:
        for other in able:
            if one is not other:
                low, high = sorted((one.number, other.number))
                places = near.get((low, high), [])
                yield one, other, places if one.number == low else [(b, a) for a, b in places]


def highest(odds: Odds) -> dict[str, tuple[float, float]]:
    """Return for each label how likely it is of the party that it is likeliest of, and of the next; 0 where there is none."""
    ranked = {
        label: sorted((own[label] for own in odds.values()), reverse=True) for label in next(iter(odds.values()), ())
    }
    return {label: (every[0], every[1] if len(every) > 1 else 0.0) for label, every in ranked.items()}


Tops = Mapping[str, tuple[float, float]]


def again(made: Scene, party: Party, roles: Odds, ends: Odds, tops: tuple[Tops, Tops]) -> dict[str, float]:
    """Return the features of a party once all are judged for the first time; `tops` are the `highest` of roles and of ends."""
    own = roles[party.number]
    found = {f"end:{end}": odds * 6 for end, odds in ends[party.number].items()}
    found["hub"] = 3.0 * (ends[party.number]["supplier"] == tops[1]["supplier"][0])
    for role, odds in own.items():
        best, second = tops[0][role]
        top = second if odds == best else best
        found[f"1:{role}"] = odds * 6
        found[f"o:{role}"] = top * 4
        found[f"top:{role}"] = 3.0 * (odds > top and odds > 0.1)
    found |= {f"{mark}:{kind}": 1.0 for kind in _TELLING if (mark := "T" if f"T:{kind}" in made.texture else "")}
    found[f"group={party.kind == 'GRP'}"] = found[f"cast{min(len(made.parties) - 1, 6)}"] = 1.0
    return found


_TELLING: Final = ("VENDOR", "CUSTOMER", "OUR", "FLAW", "HARM", "GANG")


def date_phrases(made: Scene) -> list[Phrase]:
    """Return the dates of a text."""
    return [Phrase(first, last, 1.0, found) for found, first, last in _placed(made.words, find_dates(made.words.text))]


def count_phrases(made: Scene) -> list[Phrase]:
    """Return the counts of a text."""
    return [Phrase(first, last, 1.0, found) for found, first, last in _placed(made.words, find_counts(made.words.text))]


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


def story(made: Scene, roles: Odds, pairs: Mapping[tuple[int, int], float]) -> dict[str, float]:
    """Return the features of a whole text: its words, and the likeliest of its parties and relations."""
    found = dict(made.texture)
    found |= {f"w:{lower}": 1.0 for lower in made.words.lowers if lower.isalpha()}
    for role in ("breached", "affected_downstream", "attacker", "regulator", "reporter", "supplier_only"):
        tops = [*sorted((odds[role] for odds in roles.values()), reverse=True), 0.0, 0.0]
        found[f"best:{role}"], found[f"second:{role}"] = tops[0] * 4, tops[1] * 4
    found["exposed"] = 4 * min(2.0, sum(odds["breached"] + odds["affected_downstream"] for odds in roles.values()))
    found["pair"] = 4 * max(pairs.values(), default=0.0)
    return found
