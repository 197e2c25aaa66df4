"""Several incidents in one text: what a sentence tells of "a separate breach" is told as an incident of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.model import EXPOSED

if TYPE_CHECKING:
    from kg.extract.prose.deciding import Decided
    from kg.extract.prose.judging import Judged

_APART: Final = frozenset({"separate", "unrelated", "separately"})
_NEAR: Final = 5
"""Words between "separate" and the noun for an incident."""


def parted(told: Judged, found: Decided) -> list[Decided]:
    """Return what was decided of a text, parted into its incidents, the main one first.

    A party that is named in such a sentence only, and whatever else stands there, belongs to the other incident; a
    party that the rest of the text names too belongs to both. Where one of the two would have no exposed party, the text
    is left as one.
    """
    main, others = found, []
    for sentence, (first, last) in enumerate(told.words.sentences):
        if sentence and _tells_of_another(told, first, last):
            split = _split(told, main, sentence)
            if split is not None:
                main, other = split
                others.append(other)
    return [main, *others]


def _tells_of_another(told: Judged, first: int, last: int) -> bool:
    """Whether a sentence tells of an incident that is not the one of the text ("in a separate incident", "an unrelated attack")."""
    words = told.words
    return any(
        words.lowers[at] in _APART
        and any("EVENT" in kinds for kinds in words.kinds[at + 1 : min(last, at + 1 + _NEAR)])
        for at in range(first, last)
    )


def _split(told: Judged, found: Decided, sentence: int) -> tuple[Decided, Decided] | None:
    """What is decided of a text without one sentence, and of that sentence."""
    words, parties = told.words, told.scene.parties

    def here(word: int) -> bool:
        return words.sentence_of[word] == sentence

    inside = {party.number for party, _ in told.scene.by_sentence[sentence]} & found.roles.keys()
    only = {n for n in inside if all(here(m.first) for m in parties[n].mentions if m.kind in {"name", "group"})}
    rest = found.roles.keys() - only
    sides = []
    for kept, wanted in ((rest, False), (inside, True)):
        roles = {number: found.roles[number] for number in found.roles if number in kept}
        if EXPOSED.isdisjoint(role for role, _ in roles.values()):
            return None
        sides.append(
            replace(
                found,
                roles=roles,
                pairs={
                    pair: odds
                    for pair, odds in found.pairs.items()
                    if set(pair) <= kept and (not wanted or any(here(one.first) for one, _ in told.places[pair]))
                },
                data=[item for item in found.data if here(item[0].first) is wanted],
                dates=[item for item in found.dates if here(item[0].first) is wanted],
                counts=[item for item in found.counts if here(item[0].first) is wanted],
                responses=[
                    item
                    for item in found.responses
                    if here(item[0].first) is wanted and (item[1] is None or item[1] in kept)
                ],
                sentence=sentence if wanted else found.sentence,
            )
        )
    return sides[0], sides[1]
