"""A text read by the model, step by step: phrases, parties, roles, relations, and what is judged of the rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from kg.counts import find_counts
from kg.dates import find_dates
from kg.extract.prose.context import Scene, about, scene
from kg.extract.prose.naming import named
from kg.extract.prose.pairs import together
from kg.extract.prose.parties import parties
from kg.extract.prose.references import with_references

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.extract.prose.cast import Party
    from kg.extract.prose.tokens import Tokens
    from kg.extract.prose.weights import Tagger

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


def spans(words: Tokens, tagger: Tagger, rows: Sequence[list[str]], least: float) -> list[tuple[int, int, str, float]]:
    """Return the phrases that a tagger finds in a text."""
    return tagger.phrases(tagger.marginals(rows, words.sentences), words.sentences, least)


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


def again(
    made: Scene, party: Party, roles: Odds, pairs: Mapping[tuple[int, int], float], ends: Odds
) -> dict[str, float]:
    """Return the features of a party once all are judged for the first time."""
    found = about(made, party)
    own = roles[party.number]
    found |= {f"end:{end}": odds * 6 for end, odds in ends[party.number].items()}
    found["hub"] = 3.0 * (ends[party.number]["supplier"] == max(odds["supplier"] for odds in ends.values()))
    for role, odds in own.items():
        found[f"1:{role}"] = odds * 6
    others = [roles[other.number] for other in made.parties if other is not party]
    for role in own:
        top = max((odds[role] for odds in others), default=0.0)
        found[f"o:{role}"] = top * 4
        found[f"top:{role}"] = 3.0 * (own[role] > top and own[role] > 0.1)
    customer = [(odds, s) for (c, s), odds in pairs.items() if c == party.number]
    supplier = [(odds, c) for (c, s), odds in pairs.items() if s == party.number]
    for name, others_ in (("as-c", customer), ("as-s", supplier)):
        odds, other = max(others_, default=(0.0, -1))
        found[name] = odds * 6
        found[f"{name}#"] = sum(value > 0.4 for value, _ in others_) / 3
        if other >= 0:
            for role, value in roles[other].items():
                found[f"{name}:{role}"] = value * odds * 4
    if len(party.forms) == 1 and not others:
        found["alone"] = 1.0
    return found


def by_label(labels: Sequence[str], rows: Any) -> list[dict[str, float]]:
    """Return each row of odds as label -> probability."""
    return [dict(zip(labels, map(float, row), strict=True)) for row in rows]


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
    """Return the features of a whole text: whether it tells of an incident, and how sure it is."""
    found = dict(made.texture)
    for role in ("breached", "affected_downstream", "attacker", "regulator", "reporter", "supplier_only"):
        tops = sorted((odds[role] for odds in roles.values()), reverse=True)[:2]
        found[f"best:{role}"] = tops[0] if tops else 0.0
        found[f"second:{role}"] = tops[1] if len(tops) > 1 else 0.0
    found["exposed"] = min(2.0, sum(odds["breached"] + odds["affected_downstream"] for odds in roles.values()))
    found["pair"] = max(pairs.values(), default=0.0)
    words = made.words
    for at, lower in enumerate(words.lowers):
        if words.kinds[at] or lower.isalpha():
            found[f"w:{lower}"] = 1.0
    for at in range(len(words) - 1):
        if words.kinds[at] and words.kinds[at + 1]:
            found[f"cc:{words.kinds[at][0]}|{words.kinds[at + 1][0]}"] = 1.0
    return found
