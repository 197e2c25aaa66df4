"""Who, in the prose of a report on a compromised product, was reached through it: names in lists, and counted groups."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kg.counts import is_group_name, parse_count
from kg.model import Basis, Party, Role, SupplyRelationship
from kg.names import clean
from kg.names import key as name_key
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Evidence

_VICTIMS = (
    r"(?:organi[sz]ations|companies|firms|businesses|corporations|vendors|suppliers|customers|clients|distributions|distros|agencies"
    r"|providers|banks|manufacturers|institutions|universities|hospitals|airlines|retailers|sites|stores|websites|schools|municipalities|offices|practices|clinics|dealers|dealerships|homes|unions|insurers|payers|utilities|hotels|merchants|states|cities|counties|governments|pharmacies|brands|publishers)"
)
_INCLUDING = regex(
    rf"\b{_VICTIMS}\b[^.;:\n]{{0,40}}?[\s,](?:including|include|such\s+as|like)\s*:?\s+(?P<list>[^.;:]{{2,400}}(?:\.\w[^.;:]{{0,100}}){{0,5}})",
    re.IGNORECASE,
)
_AT_USERS = regex(
    r"\bat\s+(?P<name>[A-Z0-9][\w.&'’-]*(?:\s+[A-Z0-9&][\w.&'’-]*){0,4})\s+(?:that|which|who)\s+(?:had\s+)?(?:use[sd]?|installed|r[au]n|relied)\b"
)
_GROUP = (
    rf"(?P<group>(?:(?:at\s+least|more\s+than|over|nearly|almost|about|around|up\s+to|some)\s+)?(?:several|multiple|many|numerous|dozens\s+of|hundreds\s+of|thousands\s+of"
    rf"|\d[\d,.]*(?:\s(?:thousand|million))?)(?:\s(?!and\b|or\b|of\b|from\b|at\b|in\b|that\b|which\b|who\b|were\b|was\b)[\w’'/-]+){{0,4}}?\s{_VICTIMS})"
)
_REACHED = (
    regex(rf"\b(?:against|affect(?:s|ed|ing)?|impact(?:s|ed|ing)?|hit|reached|compromis(?:ed|ing)|infect(?:ed|ing))\s+{_GROUP}", re.IGNORECASE),
    regex(rf"\b{_GROUP}\s[^.;\n]{{0,40}}?\b(?:were|was|are|been)\s(?:\w+\s){{0,5}}?(?:affected|compromised|infected|hit|breached|hacked)\b", re.IGNORECASE),
)  # fmt: skip
_SERVED = (
    regex(rf"\b{_GROUP}\s(?:and\s\w+\s)?(?:that|which|who)?\s?(?:had\s|have\s|also\s|all\s){{0,2}}(?:rel(?:y|ied)\s(?:up)?on|depend(?:ed)?\son|use[ds]?|work(?:ed)?\swith)\b", re.IGNORECASE),
    regex(rf"\b(?:provid|offer|suppl|sell|host|manag|serv)\w*\s(?:[^.;]{{1,80}}?\s(?:to|for|of)\s)?{_GROUP}", re.IGNORECASE),
)  # fmt: skip
_BETWEEN = regex(r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|&)\s+")
_NAME = regex(r"(?:[A-Z0-9]|[a-z]{1,8}[A-Z])[\w.&'’+-]*(?:\s(?:of|the|and|for|de|[A-Z0-9][\w.&'’+-]*)){0,4}")


_SAYS_MORE = regex(
    r"\s(?:were|was|are|is|have|had|has|could|may|might|who|which|that|in|during|after|before|through|via|by|to|with|as|from"
    r"|confirmed|reported|said|disclosed|used|installed|downloaded|received|lost|suffered)\b"
)
"""What stands behind the last name of a list."""
_SPARED = regex(
    r"\b(?:not|never|n['’]t)\s(?:\w+\s){0,2}(?:affected|impacted|compromised|breached|hit|infected)\b|\bunaffected\b",
    re.IGNORECASE,
)


class Reached(NamedTuple):
    """One party that was reached: `text[start:end]` names or describes it; a group is unnamed."""

    start: int
    end: int
    group: bool


def downstream(text: str) -> Iterator[Reached]:
    """Yield whom a text says to have been reached, each once."""
    met: set[str] = set()
    for start, end, group in (*_listed(text), *_users(text), *_groups(text)):
        name = text[start:end].casefold()
        if name not in met:
            met.add(name)
            yield Reached(start, end, group)


def served(text: str) -> Iterator[Reached]:
    """Yield the groups that a text says to use, or to be provided by, whoever it is about."""
    met: set[str] = set()
    for pattern in _SERVED:
        for match in pattern.finditer(text):
            if is_group_name(match["group"]) and match["group"].casefold() not in met:
                met.add(match["group"].casefold())
                yield Reached(*match.span("group"), group=True)


def _listed(text: str) -> Iterator[Reached]:
    """The names of a list behind "organizations, including"; what is no name ends it."""
    for match in _INCLUDING.finditer(text):
        if _SPARED.search(match[0]):
            continue
        at, last = match.start("list"), match.end("list")
        while at < last:
            following = _BETWEEN.search(text, at, last)
            end = following.start() if following else last
            name = text[at:end].rstrip(" .")
            if (told := _NAME.match(name)) and _SAYS_MORE.match(name, told.end()):
                name = told[0]
                following = None
            if not _NAME.fullmatch(name) or is_group_name(name) or not clean(name):
                break
            yield Reached(at, at + len(name), group=False)
            at = following.end() if following else last


def _users(text: str) -> Iterator[Reached]:
    for match in _AT_USERS.finditer(text):
        yield Reached(*match.span("name"), group=False)


def _groups(text: str) -> Iterator[Reached]:
    for pattern in _REACHED:
        for match in pattern.finditer(text):
            if is_group_name(match["group"]):
                yield Reached(*match.span("group"), group=True)


def reached(name: str, proof: Evidence, *, group: bool) -> Party:
    """Return the party of a name, or of the words for a group with the number of its members."""
    count = parse_count(name) if group else None
    bounds = (count.low, None if re.match(r"[\d,]+\+", name) else count.high) if count else None
    return Party(name, Role.AFFECTED_DOWNSTREAM, group, bounds, evidence=(proof,))


def relied(compromised: Iterable[Party], customers: Iterable[Party]) -> Iterator[SupplyRelationship]:
    """Yield what follows from parties reached through compromised ones: they used these."""
    suppliers = [one for one in compromised if one.role is Role.BREACHED and not one.unnamed_group]
    for customer in customers:
        for supplier in suppliers:
            if name_key(customer.name) != name_key(supplier.name):
                proof = tuple(replace(one, basis=Basis.IMPLIED) for one in (*customer.evidence, *supplier.evidence))
                yield SupplyRelationship(customer.name, supplier.name, evidence=proof)
