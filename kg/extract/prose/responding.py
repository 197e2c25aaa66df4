"""Which responses are told, who took each, and at whom it is aimed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.extract.prose.acting import done_by_harm, told_in_passive
from kg.extract.prose.context import listed_with
from kg.extract.prose.network import NONE
from kg.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.prose.cast import Mention
    from kg.extract.prose.decided import Decided, Thresholds
    from kg.extract.prose.judged import Judged, Response

_SURE: Final = 0.7
_LITTLE: Final = 0.1
"""How likely the actor of a sure response has to be."""
_PLAIN: Final = 0.85
"""How sure a response has to be that is told without its actor."""
_SPOKEN_OF: Final = 0.8
_BACK: Final = 2
"""Sentences in which the actor of a response is looked for whose own sentence names none."""
_LEAVING: Final = frozenset({"end-supplier", "suspend-supplier"})
_IT: Final = frozenset({"IT", "OUR"})
_CUTTING: Final = frozenset({"suspend-access", "suspend-supplier"})
_AUTHORITIES: Final = frozenset({Role.REGULATOR, Role.INVESTIGATOR})
_OF_AUTHORITIES: Final = frozenset({"arrest", "fine", "investigate", "issue-guidance", "settle", "sue"})
_OF_REPORTERS: Final = frozenset(
    "investigate issue-guidance notify-law-enforcement notify-organizations notify-regulator withdraw-report".split()
)


def responses(
    told: Judged, least: Thresholds, found: Decided
) -> Iterator[tuple[Response, int | None, int | None, float]]:
    """Yield each response that is told, with who took it and at whom it is aimed, None where they are not known, and its probability."""
    for response in told.responses:
        odds = response.weight * (1 - response.odds[NONE])
        if odds < least.acts.get(response.action, least.act) or done_by_harm(told.words, response.first):
            continue
        # Whoever stands inside the words for a response is acted upon.
        inside = {told.scene.party_at.get(at) for at in range(response.first, response.last)}
        able = [
            (value, number)
            for number, value in response.actors
            if number not in inside and _able(told, found, number, response.action)
        ]
        # What a supplier did to its customer is not what somebody else did to the supplier.
        mistaken = response.action in _LEAVING and _barred(told, response, found)
        if not able or max(able)[0] < (_LITTLE if odds >= _SURE and not mistaken else least.actor):
            if odds < _SURE:
                continue
            spoken_of = None if mistaken else _spoken_of(told, response, found)
            if spoken_of is not None:
                target = _acted_upon(told, found, response, spoken_of)
                yield _taken_by(told, found, response, spoken_of, target), spoken_of, target, odds * _SPOKEN_OF
            elif odds >= _PLAIN and not _barred(told, response, found):
                yield response, None, None, odds * _SPOKEN_OF
            continue
        best = max(able)
        if subject := _told_in_passive(told, response, best[1]):
            if subject.kind != "pronoun" or "OUR" not in told.words.kinds[subject.first]:
                yield response, None, None, odds
            continue
        target = _acted_upon(told, found, response, best[1])
        alike = listed_with(told.scene, best[1], response.first)
        for value, number in sorted(able, key=lambda item: item[1]):
            if value >= max(least.actor, 0.5) or number == best[1] or number in alike:
                yield _taken_by(told, found, response, number, target), number, target, odds


def _told_in_passive(told: Judged, response: Response, number: int) -> Mention | None:
    """Where a response names a party that "was told" something: by whom is not known; who says "we were told" tells of no response."""
    if not response.action.startswith("notify-"):
        return None
    end = told_in_passive(told.words, response.first, response.last)
    mentions = told.scene.parties[number].mentions
    return next((mention for mention in mentions if mention.last == end), None)


def _able(told: Judged, found: Decided, number: int, action: str) -> bool:
    """Whether a party can have taken an action; who was breached and may supply others, but uses nobody, has no supplier to leave."""
    if number not in found.roles or not may_take(found.roles[number][0], action):
        return False
    if action not in _LEAVING or found.roles[number][0] is not Role.BREACHED:
        return True
    return bool(told.suppliers_of(number)) or not told.customers_of(number)


def _acted_upon(told: Judged, found: Decided, response: Response, actor: int) -> int | None:
    """Whom a response is aimed at; whose access is cut is named in its words."""
    aimed = [(value, number) for number, value in response.targets if number in found.roles and number != actor]
    if aimed and max(aimed)[0] > 0.5:
        return max(aimed)[1]
    if response.action not in _CUTTING:
        return None
    inside = {told.scene.party_at.get(at, actor) for at in range(response.first, response.last)} - {actor}
    return inside.pop() if len(inside) == 1 and inside <= found.roles.keys() else None


def _barred(told: Judged, response: Response, found: Decided) -> bool:
    """Whether whoever most likely acted is one that cannot have."""
    odds, best = max(((odds, number) for number, odds in response.actors), default=(0.0, -1))
    return best in found.roles and odds >= _LITTLE and not _able(told, found, best, response.action)


def _spoken_of(told: Judged, response: Response, found: Decided) -> int | None:
    """The party that the sentences up to a response speak of first, where its own names nobody before it.

    Of who leaves another only "it" speaks: "the committee" is somebody else than the party named last.
    """
    words, scene = told.words, told.scene
    sentence = words.sentence_of[response.first]
    begin = words.sentences[sentence][0]
    before = range(begin, response.first)
    said_of_it = response.action not in _LEAVING | _CUTTING or any(not _IT.isdisjoint(words.kinds[at]) for at in before)
    if not said_of_it or any(at in scene.party_at for at in before):
        return None
    for number in range(sentence - 1, max(-1, sentence - 1 - _BACK), -1):
        for party, mention in scene.by_sentence[number]:
            if mention.kind != "pronoun" and _able(told, found, party.number, response.action):
                return party.number
    return None


def _taken_by(told: Judged, found: Decided, response: Response, actor: int, target: int | None) -> Response:
    """The response as that of a party: a customer that cuts a connection leaves its supplier for a while, a platform its client."""
    if response.action not in _CUTTING:
        return response
    action = response.action
    supplied = any(customer == actor for customer, _ in found.pairs)
    of_supplier = any("VENDOR" in told.words.kinds[at] for at in range(response.first, response.last))
    if (actor, target) in found.pairs or (target is None and supplied and of_supplier):
        action = "suspend-supplier"
    elif (target, actor) in found.pairs or found.roles[actor][0] is Role.SUPPLIER_ONLY:
        action = "suspend-access"
    return replace(response, odds={action: 1 - response.odds[NONE], NONE: response.odds[NONE]})


def may_take(role: Role, action: str) -> bool:
    """Return whether a party of a role can take an action: an attacker none, an authority and a reporter few.

    Who repairs, restores, hires, tells its customers or leaves a supplier is one of those that were hit, supply or use;
    only regulators fine, and only authorities arrest.
    """
    if role is Role.ATTACKER:
        return False
    if action in {"fine", "arrest"}:
        return role in _AUTHORITIES
    if role in _AUTHORITIES:
        return action in _OF_AUTHORITIES
    return role is not Role.REPORTER or action in _OF_REPORTERS
