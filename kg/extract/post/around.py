"""Suppliers in the list of a post that are not where it happened: those that suffered with their customer, and a vendor's platform."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.post.elsewhere import through_third_party
from kg.extract.post.entities import struck
from kg.extract.post.rated import is_slug_of
from kg.extract.post.unaffected import accused, attacked
from kg.extract.relations import mention
from kg.model import Role
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.extract.fields import Value
    from kg.extract.post.entities import Entity
    from kg.extract.relations import Sentence

_SUPPLYING = regex(r"(?:[\w-]{1,20}\s){0,2}suppliers?(?:\s?(?:and|or|&|/)\s?[\w-]{1,20})?\Z", re.IGNORECASE)
_SUFFERED = regex(
    r"\b(?:cash|furlough\w*|hours|jobs|laid\soff|lay-?offs?|orders|output|production|revenues?|sales|shutdown|standstill|stoppage|workers)\b",
    re.IGNORECASE,
)
"""Behind the name of a supplier: what it lost by the standstill of its customer."""
_ATTACK = r"(?:cyber-?\s?attack|(?:ransomware\s|cyber\s)?attack|breach|hack)"
_BEHIND = regex(
    rf"[’']?s?\s(?:{_ATTACK}\b|[^.;]{{0,80}}?\b(?:after|following)\s(?:an?|the)\s(?:[\w-]{{1,20}}\s)?{_ATTACK}(?:[’']?s\b)?(?=\s*[.,;]|\s(?:began|forced|halted|in|last|on|that\s(?:began|forced|halted)|this|which)\b|\Z))",
    re.IGNORECASE,
)
_AHEAD = regex(rf"\b{_ATTACK}\s(?:against|at|of|on)\s(?:the\s)?\Z", re.IGNORECASE)
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


def _is_attacked(name: str, found: Sequence[Sentence]) -> bool:
    """Whether the prose speaks of the attack on a company, or of what it did after one."""
    said = ((one.text, mention(name, one.text)) for one in found)
    return any(at and (_BEHIND.match(text, at.end()) or _AHEAD.search(text, 0, at.start())) for text, at in said)
