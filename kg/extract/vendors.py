"""Through whom an entry of a list of breaches says that it came: suppliers by name, or one that nobody names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.concepts import incident_type
from kg.extract.fields import is_placeholder
from kg.extract.places import is_place
from kg.extract.relations import SERVANT, SUPPLIERS_TELL
from kg.extract.unnamed import is_unnamed
from kg.names import clean, slug, split_legal_form
from kg.nouns import DESCRIBED
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NOUN = rf"(?i:{SERVANT})"
_KIND = (
    r"(?:(?!(?i:and|or|that|who|which|at|of|on|from|through|via|by|in|against|to|for|with|after|its|their|the|an?|attack\w*|breach\w*|hack\w*"
    r"|incident|intrusion|compromise)\b)[\w/-]{1,40}\s+){0,4}?"
)
"""Words of what kind a supplier is; none of them tells what happened."""
_AT = r"(?<!\w)(?i:at|of|on|from|through|via|by|in|against|with)\s+"
_WORD = r"(?:[A-Z0-9]|[a-z]{1,2}[A-Z])(?:[\w&’'+/-]|\.(?=\w)){0,60}"
_NAME = rf"(?>{_WORD}(?:\s(?:(?:of|de|&)\s)?{_WORD}){{0,4}}(?:,?\s(?:Inc|LLC|Ltd|Limited|Corp|Co|GmbH|AG|plc|SA)\b\.?)?)(?!\w)"
_OWNER = r"[A-Z0-9][\w&+-]{0,60}(?:\s[\w&+-]{1,60}){0,4}?"
_OUTSIDE = r"(?i:third[ -]party)\s(?:[a-z-]+\s){0,3}?(?i:platform|service|system|application|tool|company|firm)s?"
_UNNAMED = regex(
    rf"(?P<at>{_AT})?(?<!\w)(?P<vendor>(?P<whose>(?i:an?|its|their)\s+)(?P<kind>{_KIND}{_NOUN}s?|{_OUTSIDE}))\b(?!\s+(?:of|to|for)\b)",
)
_EVENT = r"(?i:breach|hack|attack|incident|compromise|intrusion)"
_BREACH_AT = regex(
    r"(?i:\b(?:expos|st[eo]l|leak|access|compromis|affect|obtain)\w*\s(?:by|in|through|via|after|following|from)\s(?:an?|the)\s)"
    rf"(?:[\w-]+\s){{0,3}}?{_EVENT}\s(?:at|of)\s(?P<vendor>{_NAME})"
)
"""What was taken in a breach at somebody was there."""
_EVENTS_AT = ("breach at ", "breach of ", "hack at ", "hack of ", "incident at ", "attack at ", "compromise of ")
_ATTACK = regex(
    r"(?i:\b(?:in|through|via|by|from|after|following|due\sto)\s(?:the|an?)\s)"
    rf"(?P<vendor>{_NAME})(?:\s(?!(?:and|or)\b)[a-z][\w-]*){{0,2}}\s{_EVENT}\b"
)
"""An attack is called by whom it hit, or by what it was done with."""
_UPDATE = regex(
    r"(?i:\b(?:through|via|by|from|in)\s(?:the|its|(?:an?\s)?(?:compromised|trojani[sz]ed|hijacked|tampered))\s)"
    rf"(?P<vendor>{_NAME})\s(?:software\s)?updates?\b"
)
_BROKEN_INTO = r"(?:hacked|breached|attacked|compromised|infected)"
_HIT = (
    rf"(?:{_BROKEN_INTO}|hit(?!\s(?:\w+\s)?(?:by|with)\s(?![^,.;]*(?:attack|breach|criminal|cyber|gang|hack|intru|malware|ransomware|virus))))\b"
    rf"(?![^,.;]{{0,60}},?\s(?:although|but|though|yet)\s(?:(?:was|were)\s)?(?:not|never)\s(?:been\s)?{_BROKEN_INTO})"
)
"""Attacked, and not only struck by something else, or without success."""
_WAS_HIT = regex(
    rf"(?P<aside>,[^,.]{{1,60}},|,?\s(?:which|who)|\))?\s+(?:itself\s+)?(?:was|were|got|had\sbeen|has\sbeen)\s+(?:itself\s+|also\s+)?{_HIT}",
    re.IGNORECASE,
)
_ITS = regex(
    rf"(?:(?:{_AT}|(?P<bare>(?<!\w)(?=(?i:its|their)\s)))(?P<whose>(?i:its|their|an?|the)\s+)?|(?<!\w)(?P<owner>{_OWNER})['’]s?\s+)(?P<kind>{_KIND}{_NOUN}(?P<many>s)?)"
    rf"(?:(?P<comma>,)\s+|\s+(?:called\s|named\s|known\sas\s)?|\s+\()(?P<vendor>{_NAME})"
)
_APPOSED = regex(
    rf"(?:{_AT}|(?P<bare>(?<!\w)(?:(?i:after|because|since|that|when)\s+)?))(?P<vendor>{_NAME}),\s+(?P<whose>(?i:its|their|an?|the)\s+)?(?P<kind>{_KIND}{_NOUN})s?\b(?P<of>\s+(?:of|to|for)\b)?"
    rf"(?(bare),?(?i:(?={_WAS_HIT.pattern})))"
)
_MORE = regex(rf"(?:,\s+(?:and\s+)?|\s+and\s+)(?P<vendor>{_NAME})")
_SET_OFF = regex(r"[.;)]|,?\s(?:which|who|was|were|had|has|in|on)\b|,\s(?=[a-z])|\s*\Z")
"""What stands behind a name that a comma parts from the noun."""
_JOINED = regex(r"\s+(?:and|&)\s+[A-Z0-9]")
_THING = regex(
    r"\s+(?:accounts?|apps?|applications?|buckets?|credentials?|customers?|databases?|devices?|emails?|employees?|instances?|logins?|networks?|platforms?"
    r"|portals?|products?|servers?|services?|software|systems?|tokens?|tools?|users?|vulnerabilit\w+|flaws?|bugs?)\b"
)
"""What makes a name behind the noun that of a product ("a vendor Azure account")."""
_GENITIVE = regex(r"['’]s?\Z")
_INNER = regex(r"['’]s?\s")
_HIT_THERE = regex(
    r"\b(?:infection|breach|attack|incident|compromise|outage|intrusion|hack)\w*\s+(?:at|of|against|on)\s+\Z",
    re.IGNORECASE,
)
_NEAR = regex(rf"{_AT}\Z")
_STOP = regex(r"[.;!?][\"”’')]{0,2}\s+")
_SAYS = r"(?:said|says|confirmed|announced|report(?:s|ed))"
_ENTITY = regex(rf"\b(?:they|the\s(?:{'|'.join(sorted(DESCRIBED - set(SERVANT.split('|'))))}))\b", re.IGNORECASE)
_OWN_WORDS = regex(
    rf"it\s(?:has\s)?(?:{_SAYS}|admitted|disclosed|revealed|(?:informed|notified|told)\s(?:its\s|the\s)?\w+)\s(?:that\s)?",
    re.IGNORECASE,
)
"""The entity, here "it", says so itself."""
_OPENING = regex(
    r"\A(?:(?:in|on)(?:\s(?-i:[A-Z\d])\w{0,9},?){1,3},\s|(?:[\w-]{1,20}\s){0,3}[\w-]{1,20}\s?[:;–-]\s)", re.IGNORECASE
)
"""A day, or a few words set off, before what a sentence tells ("In May 2030, ", "Supply chain attack: ")."""
_SOME_OF = regex(r"\b(?:one|two|three|several|some)\sof\s\Z", re.IGNORECASE)
_BECAUSE = regex(r"(?<!\w)(?:after|as|because|since|when)\s\Z", re.IGNORECASE)
_OPEN = regex(
    rf"(?<!\bit\s)\b{_SAYS}\b"
    r"|\b(?:no|not|nobody|none|nor|never|neither|without|cannot|\w{1,9}n[’']t|if|whether|unless|according|accus\w+"
    r"|alleg\w+|ask\w*|assum\w+|believ\w+|claim(?:ed|ing|s?(?!\sof\b))|den(?:y|ie)\w*|disput\w+|doubt\w*|false\w*|fear\w*|hoax"
    r"|purported\w*|refut\w+|reject\w*|reported(?:ly)?|rumou?r\w*|suggest\w*|suspect\w*|think\w*|thought|unclear|unconfirmed|untrue|wrong\w*)\b"
    r"|\b(?:day|week|month|year)s?\safter\b|\?",
    re.IGNORECASE,
)
"""Negation, doubt, the talk of others, and what lies long before."""
_PERHAPS = regex(
    r"\b(?:(?-i:may)|might|could|say(?:ing)?|tells?|told|apparent\w*|likely|possib\w+|probabl\w+|reporting)\b",
    re.IGNORECASE,
)
"""What may leave it open; but what came "after" it may be open alone."""
_BEFORE = regex(r"\b(?:ago|before|earlier|last|previous(?:ly)?|separate(?:ly)?|years?)\b", re.IGNORECASE)
"""Another time than the entry's."""
_NEXT_CLAUSE = regex(r",?\s(?:although|and|but|so|though|yet)\b|[.;!]", re.IGNORECASE)
_SERVICES = frozenset(
    """
    third-party outside external outsourced outsourcing it cloud hosting web payroll hr benefits software saas crm ehr payment payments billing card email mail mailing
    marketing print printing printer transcription translation collection collections debt data storage backup archive archiving managed service services technology tech
    telemarketing analytics support call logistics shipping delivery fulfillment fulfilment ticketing security cybersecurity transfer file-transfer processing consulting
    """.split()
)
"""What suppliers do for others; a provider or a contractor of another kind serves no business ("healthcare provider")."""
_ELSEWHERE = frozenset("health healthcare care medical insurance defense defence government military".split())
_NO_NAMES = frozenset(
    """
    the in on at after it its he she they this that when while and but by for from with ceo cto cio ciso it api bec ddos dos vpn crm id ids pii ssn sql aws us usa uk eu fbi
    january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
    """.split()
)
"""Words with a large letter that name no supplier."""
_TAG = regex(
    r"(?:supply[ -]?chain|third[ -]party|vendor|supplier|partner)s?\s*[:/]\s*(?P<vendor>\S.{0,80})", re.IGNORECASE
)
_COMMON = frozenset(
    """
    access account accounts api app application breach bug change cloud code compromise compromised contractor credential credentials data dependency email exploit
    extension flaw hardware hosting infrastructure integration insider leak library malicious malware misconfiguration network open oauth package partner payroll php
    platform plugin portal processor product provider remote saas script server service services site software source storage supplier system third token tokens tool tools
    unauthorized update updates upload vendor vpn vulnerability web website
    """.split()
)
"""Words of a tag that tell how, and not through whom."""


class Through(NamedTuple):
    """A supplier in a text: `text[start:end]` names it, or tells of it where it is not named; and whether it was hit."""

    start: int
    end: int
    named: bool
    hit: bool


def through(text: str, entities: Iterable[str], attackers: Iterable[str] = (), *, told: bool = False) -> list[Through]:
    """Return through whom a summary says that it came to those whom an entry is about: nobody of themselves.

    Args:
        text: the summary.
        entities: whom the entry is about.
        attackers: who did it.
        told: whether it is told besides that it came through somebody; then less of the summary names them.
    """
    folded = text.casefold()
    described = any(map(folded.__contains__, SUPPLIERS_TELL))
    events = list(_of_event(text, folded, told=told))
    if not described and not events:
        return []
    names = list(entities)
    own = [_key(name) for name in (*names, *attackers)]
    found: dict[str, Through] = {}
    near = (*_behind(text, names), *_before(text, names)) if described else ()
    for start, end, hit in (*near, *events):
        key = _key(text[start:end])
        if key and not any(_is_one(key, other) for other in own):
            found.setdefault(key, Through(start, end, named=True, hit=hit))
    for match in _UNNAMED.finditer(text) if described and not found else ():
        hit = _is_hit(text, *match.span("vendor"), names)
        if match["at"] or (
            hit and (told or _is_theirs(match["whose"])) and _is_supplier(match["whose"], match["kind"])
        ):
            return [Through(*match.span("vendor"), named=False, hit=hit)]
    return list(found.values())


def tagged(text: str) -> tuple[int, int] | None:
    """Return where a tag for the way in names the supplier that it was ("Supply Chain:Alder Mailing")."""
    match = _TAG.fullmatch(text.strip()) if text == text.strip() else None
    if match is None:
        return None
    name = match["vendor"]
    words = re.split(r"[\s/-]+", name.casefold())
    told = re.fullmatch(_NAME, name) and not is_placeholder(name) and not is_unnamed(name) and not is_place(name)
    common = not _COMMON.isdisjoint(words) or words[0] in _NO_NAMES or incident_type(name) != "other"
    return match.span("vendor") if told and not common else None


def _behind(text: str, names: list[str]) -> Iterator[tuple[int, int, bool]]:
    """Suppliers whose name stands behind what they are ("its print vendor Alder Mailing")."""
    own = [_key(name) for name in names]
    for match in _ITS.finditer(text):
        start, end = match.span("vendor")
        if match["owner"]:
            if not any(_is_one(_key(match["owner"]), other) for other in own):
                continue
        elif not _is_supplier(match["whose"] or "", match["kind"]):
            continue
        if match["comma"] and not _SET_OFF.match(text, end):
            continue
        at, spans = end, [(start, end)]
        while match["many"] and (more := _MORE.match(text, at)):
            spans.append(more.span("vendor"))
            at = more.end()
        if (_THING.match(text, at) and not _GENITIVE.search(text[start:at])) or (
            not match["many"] and _JOINED.match(text, end)
        ):
            continue
        bare = match["bare"] is not None
        closed = bare and match["comma"] and text.startswith(",", at)  # "its vendor, Alder, was hit"
        begin = match.start(next(group for group in ("owner", "whose", "kind") if match[group]))
        hit = _is_hit(text, begin, at + bool(closed), names)
        if bare and not hit:
            continue
        for first, last in spans:
            if _is_name(text[first:last], match["kind"]):
                yield first, _name_end(text, first, last), hit


def _before(text: str, names: list[str]) -> Iterator[tuple[int, int, bool]]:
    """Suppliers whose name stands before what they are ("at Alder Mailing, its print vendor")."""
    for match in _APPOSED.finditer(text):
        start, end = match.span("vendor")
        whose = match["whose"] or ""
        hit = _is_hit(text, start, match.end(), names)
        if (
            _is_supplier(whose, match["kind"])
            and not (match["of"] and not _is_theirs(whose))
            and _is_name(match["vendor"], match["kind"])
            and (match["bare"] is None or (hit and _is_theirs(whose)))
        ):
            yield start, _name_end(text, start, end), hit


def _of_event(text: str, folded: str, *, told: bool) -> Iterator[tuple[int, int, bool]]:
    """Suppliers that are told of by what happened there ("exposed in a breach at Alder Mail", "through the Alder update")."""
    for pattern, asked, hit in (
        (_BREACH_AT, any(map(folded.__contains__, _EVENTS_AT)), True),
        (_UPDATE, " update" in folded, False),
        (_ATTACK, told, True),
    ):
        for match in pattern.finditer(text) if asked else ():
            start, end = match.span("vendor")
            if _is_name(match["vendor"], "vendor") and (pattern is not _BREACH_AT or _SET_OFF.match(text, end)):
                yield start, _name_end(text, start, end), hit


def _is_hit(text: str, start: int, end: int, names: list[str]) -> bool:
    """Whether the supplier whose words are text[start:end] is said to have been hit itself, and that it came through it.

    That it was hit may be told besides, or be the talk of others: a sentence that begins so counts only where it is the
    first one, with or without the words by which the entity says it; any other has to tell what happened after it.
    """
    if _HIT_THERE.search(text, max(0, start - _REACH), start):
        return True
    struck = _WAS_HIT.match(text, end)
    if struck is None:
        return False
    before, behind = text[max(0, start - _REACH) : start], text[struck.end() : struck.end() + _REACH]
    for name in filter(None, names):
        before, behind = before.replace(name, "it"), behind.replace(name, "it")
    before, behind = _ENTITY.sub("it", before), _NEXT_CLAUSE.split(_ENTITY.sub("it", behind), 1)[0]
    *others, lead = _STOP.split(_OPENING.sub("", before))
    lead = _SOME_OF.sub("", lead)
    if own := _OWN_WORDS.match(lead):
        lead = lead[own.end() :]
    because = _BECAUSE.search(lead) is not None
    if "that" in lead.split() or any(map(_OPEN.search, (lead, behind))) or _BEFORE.search(behind):
        return False
    if _PERHAPS.search(behind) or (_PERHAPS.search(lead) and not because):
        return False
    if _NEAR.search(lead):  # "at its vendor was hacked" tells of somebody there
        return struck["aside"] is not None
    return because or (not lead.strip() and not others and start <= _REACH)


_REACH = 400
"""How much of a text before a supplier is looked at."""


def _is_theirs(whose: str) -> bool:
    return whose.strip().casefold() in {"its", "their"}


def _is_supplier(whose: str, kind: str) -> bool:
    """Whether somebody of a kind serves whom the entry is about, and not patients or the state."""
    if _is_theirs(whose):
        return True
    *before, noun = re.split(r"[\s/]+", kind.casefold())
    if not _ELSEWHERE.isdisjoint(before):
        return False
    return noun.rstrip("s") in {"vendor", "supplier", "processor", "subcontractor"} or not _SERVICES.isdisjoint(before)


def _is_name(name: str, kind: str) -> bool:
    """Whether what stands beside the noun is the name of a company.

    A genitive inside leaves open where it ends ("Alder's Birch"), as do the large letters of a headline ("Its Provider
    Alder Exposing Records"), and two words beside a contractor may be a person.
    """
    words = name.split()
    if kind.rsplit(maxsplit=1)[-1][0].isupper():
        return False
    if words[0].casefold().strip(".") in _NO_NAMES or words[0].isdigit() or is_place(name):
        return False
    if split_legal_form(name)[1]:
        return True
    person = kind.casefold().rstrip("s").endswith("contractor") and len(words) == _NAMES_OF_A_PERSON
    return not _INNER.search(name) and not (person and _SERVICES.isdisjoint(kind.casefold().split()))


_NAMES_OF_A_PERSON = 2


def _name_end(text: str, start: int, end: int) -> int:
    """Where a name ends: without the sign of the genitive or a day behind it, and with the full stop of a legal form."""
    name = _GENITIVE.sub("", text[start:end])
    while " " in name and name.split()[-1].casefold() in _NO_NAMES and not is_place(name.split()[-1]):
        name = name.rsplit(" ", 1)[0]
    if text[start + len(name) : start + len(name) + 1] == "." and name.split()[-1] in {
        "Inc",
        "Ltd",
        "Corp",
        "Co",
        "Bros",
    }:
        return start + len(name) + 1
    return start + len(name)


def _key(name: str) -> str:
    return slug(split_legal_form(clean(name))[0])


def _is_one(key: str, other: str) -> bool:
    """Whether two names may be one's: one is the beginning of the other."""
    return bool(key and other) and (key == other or key.startswith(f"{other}-") or other.startswith(f"{key}-"))
