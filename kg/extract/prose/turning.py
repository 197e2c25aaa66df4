"""Relations that the model has the wrong way round: of whom a text says in so many words that it is the customer of the other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.model import Role
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.prose.cast import Mention, Party
    from kg.extract.prose.context import Scene
    from kg.extract.prose.judged import Judged, Pair

_CUSTOMERS: Final = r"(?:customers?|clients?)"
_WHOSE: Final = regex(
    rf"(?:\b(?P<own>its|our|their)|[’']s)\s(?:[\w-]{{1,25}}\s){{0,2}}?{_CUSTOMERS},?\s(?:(?:including|like|such\sas)\s)?\Z",
    re.IGNORECASE,
)
_OF: Final = regex(
    rf",?\s(?:(?:is|was|are|were|both|all)\s)?(?:an?\s|another\s|the\s|one\sof\sthe\s)?(?:[\w-]{{1,25}}\s){{0,2}}?{_CUSTOMERS}\sof\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_LISTS: Final = regex(r"\b(?:counts|counted|has|lists|listed|names|numbers)\s\Z", re.IGNORECASE)
_AMONG: Final = regex(rf"\s(?:among|as)\s(?:one\sof\s)?its\s(?:[\w-]{{1,25}}\s){{0,2}}?{_CUSTOMERS}\b", re.IGNORECASE)
_BEFORE: Final = 120
"""Characters before a list in which these are looked for."""


def turn(told: Judged) -> None:
    """Turn each relation whose supplier is called a customer of its customer.

    Who was none then is harmed through nobody; where the harm likely began with it, its customer was harmed through it.
    """
    said = set(_said(told.scene))
    wrong = [(one, other) for one, other in told.pairs if (other, one) in said and (one, other) not in said]
    for one, other in wrong:
        told.pairs[other, one] = max(told.pairs.pop((one, other)), told.pairs.get((other, one), 0.0))
        if max(told.roles[one], key=told.roles[one].__getitem__) == Role.BREACHED:
            told.roles[other][Role.AFFECTED_DOWNSTREAM] += told.roles[other][Role.BREACHED]
            told.roles[other][Role.BREACHED] = 0.0
    for one in {one for one, _ in wrong} - {customer for customer, _ in told.pairs}:
        odds = told.roles[one]
        for role in (Role.AFFECTED_DOWNSTREAM, Role.CUSTOMER_UNAFFECTED):
            odds[Role.SUPPLIER_ONLY], odds[role] = odds[Role.SUPPLIER_ONLY] + odds[role], 0.0


def _said(scene: Scene) -> Iterator[Pair]:
    """The (customer, supplier) of which the text says so."""
    words = scene.words
    for number, (first, _) in enumerate(words.sentences):
        lists = scene.lists[number]
        for at, listed in enumerate(lists):
            begin, end = listed.span(words)
            start = max(words.starts[first], begin - _BEFORE)
            before = words.text[start:begin]
            last = lists[at - 1].members[-1] if at else None
            following = lists[at + 1].members[0] if at + 1 < len(lists) else None
            supplier = None
            if whose := _WHOSE.search(before):
                supplier = _meant(scene, number, start + whose.start(), last, (whose["own"] or "").lower())
            elif last and _LISTS.search(before) and _AMONG.match(words.text, end):
                supplier = last[0]
            elif following and _OF.fullmatch(words.text, end, words.starts[following[1].first]):
                supplier = following[0]
            if supplier:
                yield from ((party.number, supplier.number) for party, _ in listed.members if party is not supplier)


def _meant(scene: Scene, number: int, at: int, last: tuple[Party, Mention] | None, own: str) -> Party | None:
    """Whose customer is spoken of at a character of a sentence: who is named right there, or, where "its" stands there, last before.

    Of "its" in a sentence that names nobody before it, who is named first in the one before; of "our", who speaks.
    """
    if own == "our":
        starts = scene.words.starts
        return next((party for party, mention in scene.by_sentence[number] if starts[mention.first] == at), None)
    if last:
        return last[0] if own or scene.words.ends[last[1].last - 1] == at else None
    if not own or not number:
        return None
    earlier = scene.lists[number - 1]
    return earlier[0].members[0][0] if earlier else None
