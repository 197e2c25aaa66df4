"""What is told of a text: of all that the model holds likely, what passes the thresholds and contradicts nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.dates import parse_edtf
from kg.extract.date_verbs import OTHER
from kg.extract.prose.dating import dated_by
from kg.extract.prose.decided import Decided
from kg.extract.prose.excepting import listed_as_hit
from kg.extract.prose.judging import YES
from kg.extract.prose.network import NONE
from kg.extract.prose.responding import responses
from kg.extract.prose.showing import shown
from kg.extract.prose.sparing import cleared, imagined, no_customer, served_otherwise, spared
from kg.model import EXPOSED, DateOf, Role
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.prose.cast import Party
    from kg.extract.prose.decided import Thresholds
    from kg.extract.prose.judged import Judged, Odds
    from kg.extract.prose.reading import Phrase

_RULED: Final = 0.9
"""How sure is what a rule says: in `tests/quality/texts` the verb of its clause is right of 93 of 100 dates."""
_CLEARED: Final = 0.5
"""How sure it is at least that a customer was spared of which the text says so in plain words."""
_CUSTOMERS: Final = frozenset(
    {Role.BREACHED, Role.AFFECTED_DOWNSTREAM, Role.SUPPLIER_ONLY, Role.CUSTOMER_UNAFFECTED, Role.OTHER, Role.REGULATOR}
)
_SUPPLIERS: Final = frozenset({Role.BREACHED, Role.SUPPLIER_ONLY, Role.AFFECTED_DOWNSTREAM, Role.OTHER})


def decide(told: Judged, least: Thresholds) -> Decided | None:
    """Return what is told of a text, None where it tells of no incident, or nothing of one."""
    harms = sum(1 for _ in _harms(told))
    wanted = least.quiet[harms] if harms < len(least.quiet) else least.told
    if told.told < wanted or (harms == 0 and _uneventful(told, least)):
        return None
    told = replace(told, roles={party.number: _listed(told, party) for party in told.scene.parties})
    found = Decided(_parties(told, least))
    _relate(told, least, found)
    if told.told < least.alone and EXPOSED.isdisjoint(role for role, _ in found.roles.values()):
        return None
    found.data = list(_kinds(told, least))
    found.dates = list(_dates(told, least))
    found.counts = list(_counts(told, least, found))
    found.responses = list(responses(told, least, found))
    if not found.data and _harmless(told):
        return None
    return found if any((found.roles, found.data, found.dates, found.counts, found.responses)) else None


_HARM: Final = frozenset({"HACK", "HIT", "STEAL", "EXPOSE", "LOCK", "ACCESS", "EVENT", "HARM", "GANG", "FLAW"})
_ADVERSE: Final = frozenset(
    """
    dark defective down error expired failed faulty lose loses losing loss lost mistake offline outage silent tampered
    unable unavailable wrong
    """.split()
)
_EVERYDAY: Final = frozenset("take takes taking".split())
_BRIEF: Final = 3
"""Sentences of a text of which so little is expected that it has to name what went wrong."""


_UNEXPLOITED: Final = regex(
    r"\b(?:knows?\sof|aware\sof|heard\sof|seen|evidence\sof|reports?\sof|signs?\sof)\s(?:no|any)\s(?:active\s|such\s|known\s)?(?:attacks?|exploitation|exploits?)\b"
    r"|\bno\s(?:known|reports?\sof|evidence\sof|signs?\sof)\s(?:active\s|such\s)?(?:attacks?|exploitation|exploits?)\b"
    r"|\b(?:not|none)\s(?:has\s|have\s)?(?:yet\s)?(?:been\s)?exploited\b"
    r"|\b(?:no|not|[a-z]{3,6}n[’']t)\s(?:yet\s|been\s){0,2}(?:aware|detected|evidence|indications?|known|observed|reports?|seen|signs?)\b[^.\n]{0,30}\bin[\s-]the[\s-]wild\b"
    r"|\bno\s(?:attacks?|exploitation)\s(?:has|have|had|is|are|was|were)\s(?:yet\s)?(?:been\s)?(?:known|noticed|observed|reported|seen)\b",
    re.IGNORECASE,
)
"""A flaw that nobody is known to have used is no incident, unless data are said to be gone."""
_REHEARSED: Final = regex(r"\b(?:drills?|tabletop|table-top|war\sgames?|simulat(?:ed|ion|or))\b", re.IGNORECASE)
"""Nor is what is rehearsed."""
_HONOURED: Final = regex(
    r"\b(?:gave|gives|given|handed|presented|received|receives|won|wins)\s(?:[\w-]{1,20}\s){0,4}?(?:awards?|prizes?)\b"
    r"|\b(?:awards?|prizes?)\s(?:[\w-]{1,20}\s){0,4}?(?:goes|went|given|presented)\b",
    re.IGNORECASE,
)
"""Nor is that somebody won a prize, where a text opens with it and with no word for harm."""
_PLANNED: Final = regex(
    r"\b(?:planned|scheduled|routine)\s(?:\w+\s)?(?:maintenance|downtime|outages?)\b", re.IGNORECASE
)
"""Nor is what was planned, where a brief text tells no more; in a longer one it may be where a failure began."""


def _harmless(told: Judged) -> bool:
    """Whether a text tells of a flaw that nobody used, of a rehearsal, of a prize, or in brief of what was planned."""
    text = told.words.text
    brief = len(told.words.sentences) <= _BRIEF
    last = told.words.sentences[:_BRIEF][-1][1]
    opening = text[: told.words.ends[last - 1]]
    return bool(
        _UNEXPLOITED.search(text)
        or _REHEARSED.search(opening)
        or (_HONOURED.search(opening) and all(at >= last for at in _harms(told)))
        or (brief and _PLANNED.search(text))
    )


def _harms(told: Judged) -> Iterator[int]:
    """The words of a text that may be for something going wrong: not those of a name, nor what a thing does ("software that encrypts files")."""
    scene = told.scene
    named = {at for at, number in scene.party_at.items() if scene.parties[number].kind == "ORG"}
    for at, (word, kinds) in enumerate(zip(told.words.lowers, told.words.kinds, strict=True)):
        name = at in named and told.words.words[at].istitle()
        if name or ("LOCK" in kinds and word.endswith("s")):
            continue
        if word in _ADVERSE or (not _HARM.isdisjoint(kinds) and word not in _EVERYDAY):
            yield at


def _uneventful(told: Judged, least: Thresholds) -> bool:
    """Whether nothing happens in a brief text without a word for harm: no date, no count, no response. A supply relation is no incident."""
    if len(told.words.sentences) > _BRIEF:
        return False
    return not (
        any(response.weight * (1 - response.odds[NONE]) >= least.act for response in told.responses)
        or any(phrase.odds[YES] >= least.count for phrase in told.counts)
        or any(1 - phrase.odds[NONE] >= least.date for phrase in told.dates)
    )


def _listed(told: Judged, party: Party) -> Odds:
    """How likely each role of a party is: one that is listed among those affected is unaffected in no case."""
    odds = told.roles[party.number]
    if not listed_as_hit(told, party):
        return odds
    unaffected, affected = Role.CUSTOMER_UNAFFECTED, Role.AFFECTED_DOWNSTREAM
    return odds | {unaffected: 0.0, affected: odds[affected] + odds[unaffected]}


def _parties(told: Judged, least: Thresholds) -> dict[int, tuple[Role, float]]:
    chosen = {}
    for party in told.scene.parties:
        role, odds = _likeliest(told.roles[party.number])
        if role == Role.REPORTER and (party.kind == "ATT" or party.sort == "place"):
            continue
        if role in EXPOSED and (imagined(told, party) or no_customer(told, party)):
            continue
        customer = role in {*EXPOSED, Role.OTHER} and told.suppliers_of(party.number, least.linked)
        denied = customer and cleared(told, party)
        if denied or (role in EXPOSED and spared(told, party)):
            role, odds = Role.CUSTOMER_UNAFFECTED, told.roles[party.number][Role.CUSTOMER_UNAFFECTED]
            if denied:
                odds = max(odds, _CLEARED)
        if odds >= least.roles.get(role, least.role):
            chosen[party.number] = (Role(role), odds)
    return chosen


def _likeliest(odds: Odds) -> tuple[str, float]:
    label = max((label for label in odds if label != NONE), key=odds.__getitem__)
    return label, odds[label]


def _relate(told: Judged, least: Thresholds, found: Decided) -> None:
    """Take in the likely relations, the likeliest first; an end that falls a little short of a role is given its likeliest."""
    for (customer, supplier), odds in sorted(told.pairs.items(), key=lambda item: (-item[1], item[0])):
        wanted = least.pair if shown(told, (customer, supplier)).of_customer else least.unquoted
        if odds < wanted or no_customer(told, told.scene.parties[customer]):
            continue
        ends = ((customer, _CUSTOMERS), (supplier, _SUPPLIERS))
        roles = {
            number: role
            for number, able in ends
            if (role := found.roles.get(number) or _linked(told, number, able, least)) and role[0] in able
        }
        if len(roles) < len(ends) or (supplier, customer) in found.pairs:
            continue
        if roles[customer][0] in EXPOSED or not served_otherwise(told, told.scene.parties[customer]):
            found.roles |= roles
            found.pairs[customer, supplier] = odds


def _linked(told: Judged, number: int, able: frozenset[Role], least: Thresholds) -> tuple[Role, float] | None:
    odds = dict(told.roles[number])
    party = told.scene.parties[number]
    if Role.CUSTOMER_UNAFFECTED in able and cleared(told, party):
        return Role.CUSTOMER_UNAFFECTED, max(odds[Role.CUSTOMER_UNAFFECTED], _CLEARED)
    if spared(told, party):
        odds[Role.OTHER] += sum(odds[role] for role in EXPOSED)  # a customer it may be all the same
        able -= EXPOSED
    elif imagined(told, party):
        able -= EXPOSED
    if odds[Role.CUSTOMER_UNAFFECTED] < least.roles.get(Role.CUSTOMER_UNAFFECTED, least.role):
        odds[Role.OTHER] += odds.pop(Role.CUSTOMER_UNAFFECTED)  # who is not surely spared is told to be neither
        able -= {Role.CUSTOMER_UNAFFECTED}
    role = max(sorted(able), key=lambda role: odds[role])
    return (role, odds[role]) if odds[role] >= least.linked else None


def _kinds(told: Judged, least: Thresholds) -> Iterator[tuple[Phrase, str, float]]:
    words, seen = told.words, set()
    for phrase in told.data:
        concept, _ = _likeliest(phrase.odds)
        odds = phrase.weight * (1 - phrase.odds[NONE])
        text = tuple(words.lowers[phrase.first : phrase.last])
        if odds >= least.data and text not in seen:
            seen.add(text)
            yield phrase, concept, odds


def _dates(told: Judged, least: Thresholds) -> Iterator[tuple[Phrase, str, float]]:
    seen = set()
    for phrase in told.dates:
        what, odds = _likeliest(phrase.odds)
        ruled = dated_by(told, phrase)
        if ruled is not None:
            what, odds = ruled, max(odds if what == ruled else 0.0, _RULED)
        if what == OTHER or odds < least.date:
            continue
        # Only what goes on has an open end: "told its customers from 4 May on" is told on that day.
        date = phrase.thing.date
        if what != DateOf.OCCURRED and ".." in date.edtf:
            date = parse_edtf(date.edtf.replace("..", "").strip("/"))
        if (date.edtf, what) not in seen:
            seen.add((date.edtf, what))
            yield replace(phrase, thing=replace(phrase.thing, date=date)), what, odds


def _counts(told: Judged, least: Thresholds, found: Decided) -> Iterator[tuple[Phrase, float]]:
    groups = [told.scene.parties[number] for number in found.roles if told.scene.parties[number].kind == "GRP"]
    for phrase in told.counts:
        odds = phrase.odds[YES]
        inside = any(group.first <= phrase.first < group.last for group in groups)
        if odds >= least.count and not inside and phrase.thing.count.unit:
            yield phrase, odds
