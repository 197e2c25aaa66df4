"""What stands around a count, kinds of data, a response: the features by which each is judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.extract.actions import classify
from kg.extract.concepts import data_concept
from kg.extract.tokens import marked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.counts import FoundCount
    from kg.extract.prose.cast import Mention, Party
    from kg.extract.prose.context import Scene

_REACH: Final = 10
_OPENING: Final = 41
"""Words of the sentence that opens a text whose classes are features, wherever they stand in it."""


def window(scene: Scene, first: int, last: int, reach: int = _REACH) -> dict[str, float]:
    """Return what stands around words [first, last) in their sentence."""
    words, signs = scene.words, scene.signs
    begin, end = words.sentence(first)
    found: dict[str, float] = {}
    for side, places in (
        ("l", range(first - 1, max(begin, first - reach) - 1, -1)),
        ("r", range(last, min(end, last + reach))),
    ):
        for step, at in enumerate(places, 1):
            if step < 4:
                found[f"{side}{step}={signs[at]}"] = 1.0
                found |= dict.fromkeys(marked(f"{side}{step}.", words.kinds[at]), 1.0)
            found[f"{side}w:{signs[at]}"] = 1.0
            for kind in marked(side + ":", words.kinds[at]):
                found.setdefault(kind, 1.0 / (1 + step / 4))
            if signs[at] in {",", ";"}:
                found.setdefault(f"{side}comma", 1.0)
        if not len(places):
            found[f"{side}1=|"] = 1.0
        elif len(places) > 1:
            found[f"{side}12={signs[places[0]]}|{signs[places[1]]}"] = 1.0
    # Of a sentence that does not open the text, the first word only: what the model has learned from.
    for kinds in words.kinds[begin : min(end, begin + (1 if begin else _OPENING))]:
        found |= dict.fromkeys(marked("s:", kinds), 1.0)
    found[f"at{min(words.sentence_of[first], 3)}"] = 1.0
    found[f"last{min(len(words.sentences) - 1 - words.sentence_of[first], 2)}"] = 1.0
    return found


def counted(scene: Scene, first: int, last: int, count: FoundCount) -> dict[str, float]:
    """Return the features of a count."""
    found = window(scene, first, last)
    found[f"unit={count.count.unit}"] = 1.0
    found[f"how={count.count.qualifier}"] = 1.0
    low = count.count.low or count.count.high or 0
    found[f"size={len(str(low))}"] = 1.0
    found[f"form={scene.words.words[first][0].isdigit()}"] = 1.0
    return found


def exposed(scene: Scene, first: int, last: int) -> dict[str, float]:
    """Return the features of a phrase for data: which concept it means."""
    words = scene.words
    found = {f"concept={data_concept(words.printed(first, last))}": 2.0}
    for at in range(first, last):
        lower = words.lowers[at]
        found[f"w={lower}"] = 1.0
        found[f"b4={lower[:4]}"] = 1.0
    found[f"head={words.lowers[last - 1].rstrip('s')}"] = 1.0
    found[f"first={words.lowers[first]}"] = 1.0
    return found


def acted(scene: Scene, first: int, last: int) -> dict[str, float]:
    """Return the features of a phrase for a response: which action it is."""
    words = scene.words
    begin, end = words.sentence(first)
    found = {f"rule={classify(words.printed(first, last))}": 1.5}
    for at in range(first, last):
        found[f"w={scene.signs[at]}"] = 1.0
        found[f"b5={words.lowers[at][:5]}"] = 1.0
        found |= dict.fromkeys(marked("c=", words.kinds[at]), 1.0)
        if at + 1 < last:
            found[f"bi={scene.signs[at]}|{scene.signs[at + 1]}"] = 1.0
    behind, before = range(last, min(end, last + 4)), range(max(begin, first - 4), first)
    for side, places, sign, kind in (("r", behind, 0.7, 0.5), ("l", before, 0.5, 0.3)):
        for at in places:
            found[f"{side}={scene.signs[at]}"] = sign
            found |= dict.fromkeys(marked(f"{side}.", words.kinds[at]), kind)
    return found


def acting(
    scene: Scene, first: int, last: int, party: Party, mention: Mention, odds: Mapping[str, float], action: str
) -> dict[str, float]:
    """Return the features of a party as the one that takes the action of words [first, last), by one of its mentions."""
    words, signs = scene.words, scene.signs
    found: dict[str, float] = {}
    for role, value in odds.items():
        found[f"R:{role}"] = value
        found[f"R:{role}&{action}"] = value
    found[f"kind={party.kind}"] = 1.0
    before = mention.first < first
    gap = first - mention.last if before else mention.first - last
    inside = first <= mention.first < last
    side = "in" if inside else "b" if before else "a"
    found[f"{side}{min(max(gap, 0), 20) // 3}"] = 1.0
    found[f"{side}:{mention.kind}"] = 1.0
    found[f"{side}&{action}"] = 1.0
    middle = range(mention.last, first) if before else range(last, mention.first)
    others = {scene.party_at[at] for at in middle if at in scene.party_at} - {party.number}
    found[f"{side}others{min(len(others), 3)}"] = 1.0
    for at in list(middle)[:12]:
        found[f"{side}m:{signs[at]}"] = 1.0
        found |= dict.fromkeys(marked(f"{side}m.", words.kinds[at]), 1.0)
    link = signs[mention.first - 1] if mention.first else "|"
    found[f"{side}l={link}"] = 1.0
    return found
