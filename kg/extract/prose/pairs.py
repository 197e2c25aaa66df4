"""Where a text speaks of two parties in one sentence, or lists several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kg.extract.prose.cast import Mention, Party
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


_BETWEEN: Final = frozenset({",", "and", "&", "or", "nor"})


def lists(scene: Scene, sentence: int, before: int | None = None) -> list[list[tuple[Party, Mention]]]:
    """Return where a sentence names parties, those together that stand in one list; only what begins before a word, if one is given."""
    found: list[list[tuple[Party, Mention]]] = []
    last = -1
    for party, mention in scene.by_sentence[sentence]:
        if before is not None and mention.first >= before:
            break
        if mention.kind not in {"name", "group"}:
            continue
        between = scene.words.lowers[last : mention.first] if found else []
        if not between or not all(word in _BETWEEN for word in between):
            found.append([])
        found[-1].append((party, mention))
        last = mention.last
    return found


def listed_with(scene: Scene, number: int, before: int) -> set[int]:
    """Return the parties that stand in one list with a party before a word, in its sentence."""
    for members in lists(scene, scene.words.sentence_of[before], before):
        numbers = {party.number for party, _ in members}
        if number in numbers:
            return numbers
    return set()
