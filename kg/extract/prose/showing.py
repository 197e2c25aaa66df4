"""The words of a text that best show who used whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.model import Basis

if TYPE_CHECKING:
    from kg.extract.prose.judged import Judged, Pair


class Shown(NamedTuple):
    """Words [first, last) that show a relation, whether they say it, and whether they name its customer."""

    first: int
    last: int
    basis: Basis
    of_customer: bool


def shown(told: Judged, pair: Pair) -> Shown:
    """Return the words that best show a relation: from one party to the other in one sentence, or in two that follow each other.

    Else the sentence where the second of them is first spoken of: of 3,222 annotated relations without a sentence of
    both it is in the quote of 92 %, the customer's first sentence of 86 %.
    """
    if places := told.places[pair]:
        one, other = min(places, key=lambda place: abs(place[0].first - place[1].first))
        return Shown(min(one.first, other.first), max(one.last, other.last), Basis.STATED, of_customer=True)
    words, parties = told.words, [told.scene.parties[number] for number in pair]
    named = [told.scene.named_in(party) for party in parties]
    beside = sorted((abs(one - other), max(one, other)) for one in named[0] for other in named[1])
    if beside and beside[0][0] == 1:
        last = beside[0][1]
        first, last = words.sentences[last - 1][0], words.sentences[last][1]
        return Shown(first, last, Basis.IMPLIED, of_customer=True)
    behind = max(party.first for party in parties)
    return Shown(*words.sentence(behind), Basis.IMPLIED, of_customer=words.sentence_of[behind] in named[0])
