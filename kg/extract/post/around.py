"""Suppliers in the list of a post that are not where it happened: those that suffered with their customer, and a vendor's platform; and a partner at which it did happen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.post.chain import clients, links, origins, suppliers
from kg.extract.post.elsewhere import through_third_party
from kg.extract.post.entities import struck
from kg.extract.post.rated import is_slug_of
from kg.extract.post.unaffected import accused, attacked, unbreached
from kg.extract.relations import mention, mentions
from kg.model import Role
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.extract.fields import Value
    from kg.extract.post.entities import Entity
    from kg.extract.relations import Sentence

_SUPPLYING = regex(r"(?:[\w-]{1,20}\s){0,2}suppliers?(?:\s?(?:and|or|&|/)\s?[\w-]{1,20})?\Z", re.IGNORECASE)
_SUFFERED = regex(
    r"\b(?:cash|furlough\w*|hours|jobs|laid\soff|lay-?offs?|orders|output|production|revenues?|sales|shutdown|standstill|stoppage|workers)\b",
    re.IGNORECASE,
)
"""Behind the name of a supplier: what it lost by the standstill of its customer."""
_PARTNER = r"(?:[\w-]{1,20}\s){0,3}?partner"
_A_PARTNER = regex(rf"{_PARTNER}\Z", re.IGNORECASE)
_ITS_PARTNER = regex(rf"\b(?:its|their|[\w&-]{{1,25}}[’']s?)\s{_PARTNER},?\s(?:called\s|named\s)?\Z", re.IGNORECASE)
_AND_ITS_PARTNER = regex(rf"\band\s(?:its|their|the)\s{_PARTNER},?\s\Z", re.IGNORECASE)
_THROUGH = regex(
    r"\b(?:(?:access|attack|breach|compromis|enter|expos|hack|leak)ed|stole|stolen|taken)\b[^.;]{0,80}?"
    rf"\b(?:through|via|(?:account|credential|key|password|token)s?\sof)\s(?:(?:its|the|an?)\s)?(?:{_PARTNER}\s)?\Z",
    re.IGNORECASE,
)
"""Before the name of whom intruders came through."""
_PARTNER_HIT = regex(
    rf",\s(?:an?|the)\s{_PARTNER}\sof\s[^,;.]{{2,60}},\s(?:was|has\sbeen)\s(?:attacked|breached|compromised|hacked)\b",
    re.IGNORECASE,
)
"""Behind the name of a partner that was breached."""
_ATTACK = r"(?:cyber-?\s?attack|(?:ransomware\s|cyber\s)?attack|breach|hack)"
_OWN_ATTACK = regex(rf"[’']?s?\s{_ATTACK}\b", re.IGNORECASE)
_BEHIND = regex(
    rf"[’']?s?\s(?:{_ATTACK}\b|[^.;]{{0,80}}?\b(?:after|following)\s(?:an?|the)\s(?:[\w-]{{1,20}}\s)?{_ATTACK}(?:[’']?s\b)?(?=\s*[.,;]|\s(?:began|forced|halted|in|last|on|that\s(?:began|forced|halted)|this|which)\b|\Z))",
    re.IGNORECASE,
)
_AHEAD = regex(rf"\b{_ATTACK}\s(?:against|at|of|on)\s(?:the\s|(?:its|their)\s{_PARTNER}\s)?\Z", re.IGNORECASE)
_HIT_ITSELF = regex(
    r",\s(?:(?:was|were|(?:has|have|had)\sbeen)\s(?:also\s|itself\s)?(?:attacked|breached|compromised|encrypted|hacked|hit|ransomed|struck)|(?:confirmed|detected|disclosed|discovered|reported|suffered)\san?\b|fell\svictim)\b",
    re.IGNORECASE,
)
"""Behind the aside that calls somebody a customer: that it was entered itself."""
_AFFECTED = regex(
    r",[^,;.]{3,80},\s(?:was|were|(?:has|have|had)\sbeen)\s(?:also\s)?(?:affected|caught\sup|impacted)\b", re.IGNORECASE
)
"""Behind its name: that it was no more than affected."""
_TAKEN = regex(
    r"\b(?:stole|stolen|stealing|taken|took|copied|exfiltrated|leaked)\b[^.;]{0,80}\sfrom\s(?:the\s)?\Z|\b(?:against|at|into)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
"""Before the name of who was entered."""
_PLATFORM = regex(r"\bplatform\b", re.IGNORECASE)


def settle_suppliers(listed: Sequence[Entity], linkids: Sequence[Value], found: Sequence[Sentence]) -> None:
    """Take suppliers for those around the company of a post where only that is said to have been hit: they are no vendors then.

    Mostly the supplier is where it happened: any word of the prose that may say so decides, and so does its silence. Of a post
    about a vendor, the platform beside it is where the data were, unless it is said to have been hit.

    Args:
        listed: the entities of a post, with their roles.
        linkids: the slugs of the organization that it is about.
        found: the sentences of its prose.
    """
    own = {value.text.strip() for value in linkids}
    vendors = [one for one in listed if one.vendor and not one.role]
    platforms = [one for one in vendors if _PLATFORM.search(one.kind)]
    if any(is_slug_of(slug, one.name) for slug in own for one in vendors if one not in platforms):
        for one in platforms:
            one.role = None if struck(one.name, found) or attacked(one.name, found) else Role.SUPPLIER_ONLY
        return
    named = [one.name for one in vendors if not one.group]
    others = [one.name for one in listed if not (one.vendor or one.role or one.group)]
    about = {name for name in others for slug in own if is_slug_of(slug, name)}
    if (
        all(_SUPPLYING.match(one.kind) for one in vendors)
        and all(
            any((said := mention(name, one.text)) and _SUFFERED.search(one.text, said.end()) for one in found)
            for name in named
        )
        and any(accused(name, found) or _is_attacked(name, found) for name in about)
        and not any(accused(name, found) for name in named)
        and not through_third_party(found, [*others, *named])
    ):
        for one in vendors:
            one.vendor, one.around = False, True


def untyped(listed: Sequence[Entity], found: Sequence[Sentence]) -> list[str]:
    """Return the vendors of a post that lists none: those that its prose calls the supplier of another company, and says were hit.

    It need not say so of a supplier where it calls the others its customers, and says or lists of one of them no more than that.

    Args:
        listed: the companies of the post that were affected.
        found: the sentences of its prose.
    """
    names = [one.name for one in listed if not one.group]
    hacked = {link.supplier for link in links(found, names) if attacked(link.customer, found)}
    told = [name for name in suppliers(found, names) if name not in hacked and struck(name, found)]
    return told or origins(found, names) or _serving(listed, names, found) or partners(listed, found)


def _serving(listed: Sequence[Entity], names: Sequence[str], found: Sequence[Sentence]) -> list[str]:
    """The only company that the prose calls the supplier of its customers, and says was hit, or one of them was only affected; not one that it spares."""
    ties = list(clients(found, names))
    told = dict.fromkeys(link.supplier for link in ties)
    entered = any(
        _is_entered(link.customer, found)
        or any(_stands(link.customer, found, _TAKEN))
        or any(_stands(link.supplier, [link.sentence], None, _HIT_ITSELF))
        for link in ties
    )
    clients_too = {one.name for one in listed if one.client}
    served = any(
        struck(link.supplier, found)
        or link.customer in clients_too
        or any(_stands(link.customer, found, None, _AFFECTED))
        for link in ties
    )
    sole = served and not entered and len(told) == 1
    return list(told) if sole and not any(unbreached(name, found) for name in told) else []


def partners(listed: Sequence[Entity], found: Sequence[Sentence]) -> list[str]:
    """Return the partner of another company that is its vendor, since the prose says that it happened there, and at none else; at most one.

    Args:
        listed: the companies of a post that were affected.
        found: the sentences of its prose.
    """
    named = [one for one in listed if not one.group]
    hit = [one for one in named if _is_entered(one.name, found)]
    if len(hit) != 1 or len(named) == 1 or any(_stands(hit[0].name, found, _AND_ITS_PARTNER)):
        return []
    (one,) = hit
    alone = not any(accused(other.name, found) for other in named if other is not one)
    told = (alone and _A_PARTNER.match(one.kind)) or any(_stands(one.name, found, _ITS_PARTNER, _PARTNER_HIT))
    return [one.name] if told else []


def _is_entered(name: str, found: Sequence[Sentence]) -> bool:
    """Whether the prose says of a company that it was attacked, or that intruders came through it."""
    ways = ((_AHEAD, _OWN_ATTACK), (_THROUGH, _PARTNER_HIT))
    return attacked(name, found) or any(any(_stands(name, found, *way)) for way in ways)


def _stands(
    name: str, found: Sequence[Sentence], ahead: re.Pattern[str] | None, behind: re.Pattern[str] | None = None
) -> Iterator[bool]:
    """Yield for each place of a name in the prose whether certain words stand right ahead of it, or right behind it."""
    for one in found:
        for said in mentions(name, one.text, _TIMES):
            led = ahead and ahead.search(one.text, 0, said.start())
            yield bool(led or (behind and behind.match(one.text, said.end())))


_TIMES = 4
"""How often somebody is looked for in one sentence."""


def _is_attacked(name: str, found: Sequence[Sentence]) -> bool:
    """Whether the prose speaks of the attack on a company, or of what it did after one."""
    said = ((one.text, mention(name, one.text)) for one in found)
    return any(at and (_BEHIND.match(text, at.end()) or _AHEAD.search(text, 0, at.start())) for text, at in said)
