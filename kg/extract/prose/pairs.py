"""Where a text speaks of two parties in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.extract.prose.cast import Mention
    from kg.extract.prose.context import Scene


def together(scene: Scene) -> dict[tuple[int, int], list[tuple[Mention, Mention]]]:
    """Return (party, other) -> the closest mentions of both in each sentence that holds both; the party's number is the lower."""
    found: dict[tuple[int, int], list[tuple[Mention, Mention]]] = {}
    for here in scene.by_sentence:
        best: dict[tuple[int, int], tuple[int, Mention, Mention]] = {}
        for number, (party, mention) in enumerate(here):
            for other, second in here[number + 1 : number + 9]:
                if other.number == party.number or second.first < mention.last:
                    continue
                swapped = other.number < party.number
                pair = (other.number, party.number) if swapped else (party.number, other.number)
                gap = second.first - mention.last + 6 * (mention.kind == "pronoun") + 6 * (second.kind == "pronoun")
                if pair not in best or gap < best[pair][0]:
                    best[pair] = (gap, second, mention) if swapped else (gap, mention, second)
        for pair, (_, one, two) in best.items():
            found.setdefault(pair, []).append((one, two))
    return found
