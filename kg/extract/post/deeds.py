"""Who did what to whom, as the responses of a post say: several may act as one, and suppliers may be what it is done to."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.lexicon import is_common
from kg.extract.owners import shortly
from kg.extract.post.chain import CHANGING, replaced
from kg.extract.post.prose import LEAVING, parts, suspension
from kg.extract.relations import GROUP_NOUN, SUPPLIER, holds, mention, mentions
from kg.extract.tokens import known
from kg.model import RelationshipStatus
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from kg.extract.fields import Value
    from kg.model import Span, SupplyRelationship

_TIMES = 8
"""How often a name is looked for in one text."""
_JOINED = regex(r"\s?,\s(?:(?:and|as\swell\sas)\s)?|\s(?:and|&|as\swell\sas)\s", re.IGNORECASE)
"""Between two names in a row."""
_PARTED = regex(r"(?:\s?,\s(?:(?:and|but|while|whereas)\s)?|\s(?:and|but|while|whereas)\s)(?:both\s)?\Z", re.IGNORECASE)
"""Before the subject of another clause."""
_FIRST = regex(r"\s{0,9}(?:(?:both|the)\s)?", re.IGNORECASE)
_WHEN = regex(r"\b(?:after|as|because|before|once|since|that|when|while)\s(?:the\s)?\Z", re.IGNORECASE)
_AND_OTHERS = regex(r"(?:,?\sand\s(?:\w+\s)?others)?", re.IGNORECASE)
_DOES = regex(
    r"(?:(?:all|also|and|both|each|had|has|have|later|now|since|then)\s)*"
    r"(?!(?:affected|compromised|impacted|related|unaffected)\b)"
    r"(?:[a-z-]+ed|began|brought|built|cut|froze|gave|made|no\slonger|put|rebuilt|reset|sent|set|shut|sought|told|took|went|withdrew|wrote)\b"
)
"""What is said to have been done, behind who did it, or where a part goes on with what they did."""
_SOMEBODY = regex(rf"(?P<name>[A-Z]\w+(?:\s(?:and\s)?[A-Z]\w+){{0,3}})\s{_DOES.pattern}")
_WILL = regex(
    r"(?:(?:are|is|was|were)\b(?!\s(?:\w+ly\s)?(?:\w+ed|told)\b)|(?:did|do|said|says|will|would)\b(?!\sbe\b))"
)
"""As `_DOES`, of those who are called by their whole names; not what was done to them."""
_ACTS = regex(rf"\s(?:{_DOES.pattern}|(?:(?:said|says)\s(?:that\s)?(?:it|they)|is|will)\b)")
_SAYS_SO = regex(r"\s(?:added|confirmed|said|says|stated|told\s[^,;]{1,40})(?:\s(?:in|on|to)\s[^,;]{1,60})?\W*\Z")
"""Behind the name of whoever only says what stands before it."""
_TELLS = regex(
    r"\b(?:alerted|contacted|e-?mailed|informed|notified|told|warned|wrote\sto)\s(?:(?:both|its|the)\s)?"
    rf"(?:(?:[a-z-]{{1,20}}\s){{0,2}}(?:{GROUP_NOUN}|{SUPPLIER}|client|customer|partner)\s)?\Z",
    re.IGNORECASE,
)
_OF_THEM = regex(r"[’'](?:s\b)?|\s(?:(?!(?:about|after|and|as|at|by|in|of|on|that|to|via|when|who|within)\b)[a-z])")
"""Behind a name, what is only of whom it names: "Ash customers"."""
PARTING = (*LEAVING, *CHANGING)
"""One of these is in every text that tells that a supplier was left."""
INFORM = "notify-organizations"
KEEP_OUT = "suspend-access"
LEAVES = {RelationshipStatus.SUSPENDED: "suspend-supplier", RelationshipStatus.ENDED: "end-supplier"}
"""The state of a relation -> the action by which a customer brought it about."""


class Deed(NamedTuple):
    """What one clause of a response tells: its words, who acted, whom they told, and the suppliers that were left by it."""

    value: Value
    actors: tuple[str, ...]
    told: tuple[str, ...]
    suppliers: tuple[str, ...]
    state: str


class _Place(NamedTuple):
    """Where a text names somebody, and whether by a short form."""

    start: int
    end: int
    name: str
    short: bool


def deeds(
    response: Value, names: Sequence[str], vendors: Collection[str], only: str, *, whole: bool = False
) -> Iterator[Deed]:
    """Yield what the clauses of a response tell, those apart that have subjects of their own.

    Args:
        response: the response.
        names: those who may have acted.
        vendors: those of them who may have been left.
        only: their only customer, who left them where nobody else did, "" where there are several.
        whole: whether semicolons do not part it.
    """
    doers: tuple[str, ...] = ()
    for part in [response] if whole else parts(response):
        spans = list(clauses(part.text, names, vendors))
        told = [_deed(part.part(*span), names, vendors) for span in spans]
        if len(told) > 1 and holds(part.text, PARTING) and not any(one.state for one in told):
            # "Ash was told, but Elm kept silent, so the bank left"
            whole_part = _deed(part, names, vendors)
            told = [whole_part] if whole_part.state else told
        for deed in told:
            # "Ash cut its links; reset passwords"
            doers = deed.actors or (doers if _DOES.match(deed.value.text) else ())
            if only and deed.suppliers and not doers and not _is_of_another(deed.value.text, (only, *vendors)):
                doers = (only,)
            yield deed._replace(actors=doers)


def _is_of_another(text: str, names: Iterable[str]) -> bool:
    """Whether a clause begins with somebody who did it and is none of these: "Salesforce disabled Elm", not "Access revoked"."""
    led = _SOMEBODY.match(text)
    if led is None or any(text.startswith(name.split()[0]) for name in names):
        return False
    first = led["name"].split()[0]
    return not (known(first)[1] or is_common(first.casefold()) or first.endswith("ly"))


def _deed(clause: Value, names: Sequence[str], vendors: Collection[str]) -> Deed:
    """What a clause tells by itself: suppliers that act alone are not left, and of those who act with others each may be."""
    text = clause.text
    found = _rows(text, names)
    actors = [one for one in _actors(text, found) if not (one in vendors and replaced(text, one))]
    together = any(one not in vendors for one in actors)
    others = [name for name in names if name not in actors or (together and name in vendors)]
    suppliers, state = _left(text, found, vendors, others)
    return Deed(clause, tuple(one for one in actors if one not in suppliers), _told(text, found), suppliers, state)


def left(text: str, supplier: str, others: Collection[str], *, alone: bool) -> tuple[str, Span]:
    """Return "suspended", "ended" or "" for what a text says of the relation to a supplier, and where it is named.

    Args:
        text: the text.
        supplier: the supplier, who may be one of several in a row.
        others: the names of all.
        alone: whether "the vendor" is this one.
    """
    state, said = suspension(text, supplier, others, alone=alone)
    if said:
        return state, said.span()
    for row in _rows(text, others) if holds(text, LEAVING) else ():
        own = next((place for place in row if place.name == supplier), None)
        if own and len(row) > 1:
            # What is done to all of them is done to each.
            start, one = row[0].start, text[own.start : own.end]
            state, said = suspension(text[:start] + one + text[row[-1].end :], supplier, others, alone=False)
            if said and said.start() == start:
                return state, (own.start, own.end)
    given = replaced(text, supplier)
    return ("ended", given) if given else ("", (0, 0))


def called(name: str, text: str, names: Iterable[str]) -> re.Match[str] | None:
    """Return where a text calls somebody by their name, or begins with a part of it that nobody else has and tells what they did, else None."""
    if said := mention(name, text):
        return said
    said = shortly(name, text, names)
    return said if said and not text[: said.start()].strip() and _ACTS.match(text, said.end()) else None


def clauses(text: str, names: Iterable[str], vendors: Collection[str]) -> Iterator[Span]:
    """Yield where the parts of a text stand that have subjects of their own: "Ash cut its links to Elm, Birch left Elm".

    Args:
        text: the text.
        names: those who may be the subjects.
        vendors: those of them who are suppliers.
    """
    start, acting = 0, False
    for row in _rows(text, names):
        if not _acts(text, row):
            continue
        if row[0].start <= _begins(text, start):
            acting = True
            continue
        # Of a supplier and customers in one row, those act who stand last and are alike.
        alike = next(n for n, _ in enumerate(row) if len({one.name in vendors for one in row[n:]}) == 1)
        before = _PARTED.search(text, start, row[alike].start)
        held = _SAYS_SO.match(text, row[-1].end) or (alike and _WHEN.search(text, start, row[0].start))
        if acting and before and not held:
            yield start, before.start()
            start = row[alike].start
    yield start, len(text)


def leaving(deed: Deed, meant: str, links: Mapping[tuple[str, str], SupplyRelationship]) -> str:
    """Return the action of customers that a deed is which leaves their suppliers, "" where it is none.

    Args:
        deed: the deed.
        meant: the action that its words mean, which is so where a platform did it that is nobody's listed customer.
        links: who uses whom.
    """
    if meant == KEEP_OUT and not deed.actors and _is_of_another(deed.value.text, chain.from_iterable(links)):
        return meant
    served = not deed.actors or any((one, other) in links for one in deed.actors for other in deed.suppliers)
    return LEAVES[RelationshipStatus(deed.state)] if deed.state and served else ""


def sides(
    deed: Deed, action: str, vendors: Iterable[str], links: Mapping[tuple[str, str], SupplyRelationship]
) -> tuple[Sequence[str], Sequence[str]]:
    """Return who did what a deed tells of, and to whom, where it was done to suppliers or to those who were told.

    Args:
        deed: the deed.
        action: one of its actions.
        vendors: those who may be the suppliers; one need not be named where there is no other.
        links: who uses whom; who left a supplier need not be named where only one has.
    """
    if action == INFORM:
        return deed.actors, deed.told
    leaves = action in LEAVES.values()
    targets = list(deed.suppliers) if leaves or action == KEEP_OUT else []
    if leaves and not targets:
        others = [vendor for vendor in vendors if vendor not in deed.actors]
        named = [vendor for vendor in others if mention(vendor, deed.value.text)]
        targets = named[:1] or (others if len(others) == 1 else [])
    left = (link for link in links.values() if link.supplier in targets and LEAVES.get(link.status) == action)
    doers = list(dict.fromkeys(link.customer for link in left))
    return deed.actors or (doers if len(doers) == 1 else []), targets


def _left(
    text: str, found: Sequence[Sequence[_Place]], vendors: Collection[str], others: Collection[str]
) -> tuple[tuple[str, ...], str]:
    """The suppliers that a clause tells were left, in one row, and their state; `others`: who did not act."""
    told = []
    for vendor in vendors:
        state, at = left(text, vendor, others, alone=len(vendors) == 1) if vendor in others else ("", (0, 0))
        if state:
            told.append((at, vendor, state))
    if not told:
        return (), ""
    told.sort()
    at, first, state = told[0]
    row = next((row for row in found if any(place.start == at[0] for place in row)), ())
    beside = {first, *(place.name for place in row)}
    return tuple(vendor for _, vendor, one in told if one == state and vendor in beside), state


def _rows(text: str, names: Iterable[str]) -> list[list[_Place]]:
    """The names in a text, those together that nothing but "and" and commas joins."""
    names, found = list(names), []
    for name in names:
        whole = [_Place(*said.span(), name, short=False) for said in mentions(name, text, _TIMES)]
        if not whole and (first := name.split()[:1]) and first[0] in text and (said := shortly(name, text, names)):
            whole = [_Place(*said.span(), name, short=True)]
        found += whole
    rows: list[list[_Place]] = []
    for place in sorted(found, key=lambda one: (one.start, -one.end, one.short)):
        last = rows[-1][-1] if rows else None
        if last and place.start < last.end:
            continue
        if last and _JOINED.fullmatch(text, last.end, place.start):
            rows[-1].append(place)
        else:
            rows.append([place])
    return rows


def _told(text: str, found: Sequence[Sequence[_Place]]) -> tuple[str, ...]:
    """Those who were told of it, as a clause says."""
    rows = (
        row
        for n, row in enumerate(found)
        if _TELLS.search(text, 0, row[0].start)
        and not _OF_THEM.match(text, row[-1].end)
        and not any(_acts(text, other) and not text.startswith(" and ", other[-1].end) for other in found[1:n])
    )
    return tuple(dict.fromkeys(place.name for row in rows for place in row))


def _begins(text: str, start: int = 0) -> int:
    """Where the first word of a clause begins that may be of a name."""
    first = _FIRST.match(text, start)
    return first.end() if first else start


def _actors(text: str, found: Sequence[Sequence[_Place]]) -> tuple[str, ...]:
    """Those whom a clause begins with: several, and one by a short form, only where what they did follows."""
    row = found[0] if found else ()
    if not row or row[0].start > _begins(text):
        return ()
    if _acts(text, row):
        return tuple(dict.fromkeys(place.name for place in row))
    return () if row[0].short or text[: row[0].start].strip() else (row[0].name,)


def _acts(text: str, row: Sequence[_Place]) -> bool:
    """Whether behind names in a row stands what they did."""
    others = _AND_OTHERS.match(text, row[-1].end)
    at = others.end() if others else row[-1].end
    if not text[at : at + 1].isspace():
        return False
    return bool(_DOES.match(text, at + 1)) or (not any(p.short for p in row) and bool(_WILL.match(text, at + 1)))
