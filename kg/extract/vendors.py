"""Through whom an entry of a list of breaches says that it came: suppliers by name, or one that nobody names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.concepts import incident_type
from kg.extract.fields import is_placeholder
from kg.extract.harm import VAIN
from kg.extract.places import is_place
from kg.extract.relations import NEGATED, SERVANT, SUPPLIERS_TELL
from kg.extract.unnamed import is_unnamed
from kg.extract.vendor_names import (
    GENITIVE,
    NO_NAMES,
    is_another,
    is_name,
    is_one,
    is_supplier,
    is_theirs,
    is_third,
    key_of,
    name_end,
    serves_others,
)
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
_AT = r"(?<!\w)(?i:at|of|on|from|through|via|by|in|against|with|(?<=\btraced\s)to|(?<=\btraced\sback\s)to)\s+"
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
_SERIES = r"(?:series|string|spate|wave)\sof\s"
_ATTACKS_ON = regex(
    rf"(?i:\b(?:(?:(?:traced|linked|attributed)(?:\sback)?\sto|due\sto)\s(?:(?:an?|the)\s)?(?:{_SERIES})?|part\sof\s(?:an?|the)\s{_SERIES})(?:[\w-]+\s)?"
    r"(?:attacks?|breach(?:es)?|compromise|hacks?|intrusions?|unauthori[sz]ed\saccess)\s(?:against|at|into|of|on|to)\s(?:the\s)?)"
    rf"(?P<vendor>{_NAME})\s(?P<kind>(?:[a-z-]+\s){{0,2}}(?:services?|platforms?))\b"
)
"""What came of attacks on a service that others use ("traced back to a series of attacks against the Alder cloud service")."""
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
    rf"(?P<aside>,[^,.]{{1,60}},|,?\s(?:which|who)|\))?\s+(?:itself\s+)?(?:(?:was|were|got|had\sbeen|has\sbeen)\s+(?:itself\s+|also\s+)?{_HIT}"
    rf"|(?:had\s)?(?:experienced|had|suffered)\s(?:an?|its\sown)\s(?:(?!{VAIN})[\w-]+\s){{0,2}}?{_EVENT}\b)",
    re.IGNORECASE,
)
_ITS = regex(
    rf"(?:(?:{_AT}|(?P<bare>(?<!\w)(?=(?i:its|their)\s)))(?P<whose>(?i:its|their|an?|the)\s+)?|(?<!\w)(?P<owner>{_OWNER})['’]s?\s+)(?P<kind>{_KIND}{_NOUN}(?P<many>s)?|{_OUTSIDE}(?=,|\s\(|\s(?i:called|named|known\sas)\s))"
    rf"(?:(?P<comma>,)\s+|\s+(?:called\s|named\s|known\sas\s)?|\s+\()(?P<vendor>{_NAME})"
)
_LED = regex(
    rf"(?:\A|(?<=[.;:,]\s)|(?<!\w)(?i:after|as|because|since|when)\s)(?P<lead>(?:(?i:an?|the)\s)?(?P<kind>{_KIND}{_NOUN}|{_OUTSIDE}))"
    rf"(?:(?P<comma>,)\s+|\s+(?:called\s|named\s|known\sas\s)?|\s+\()(?P<vendor>{_NAME})"
)
"""Who is called a vendor, and not whose, at the beginning of what is told; it may be the entity by another name."""
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
_HIT_THERE = regex(
    r"\b(?:infection|breach|attack|incident|compromise|outage|intrusion|hack)(?!ers?\b)\w*\s+(?:at|of|against|on)\s+\Z"
    r"|\b(?:was|were|(?<!not\s)been)\s(?:\w+ly\s|later\s)?traced\s(?:back\s)?to\s+\Z",
    re.IGNORECASE,
)
_NOT_THERE = regex(
    r"(?:\b(?:not|never|nor)|n['’]t)\s(?:(?:because|by|came|caused|come|connected|due|from|in|linked|of|part|related|result|stem|through|to|via|with|an?|any|the)\s){0,6}"
    r"(?:[a-z]+\s)?\Z|\b(?:no|without)\s(?:an?\s|any\s)?(?:[a-z]+\s)?\Z",
    re.IGNORECASE,
)
"""What denies it right before."""
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
    own = [key_of(name) for name in (*names, *attackers)]
    found: dict[str, Through] = {}
    near = (*_behind(text, names), *_before(text, names, told=told), *_led(text, names, told=told)) if described else ()
    for start, end, hit in (*near, *events):
        key = key_of(text[start:end])
        if key and not any(is_one(key, other) for other in own):
            found.setdefault(key, Through(start, end, named=True, hit=hit))
    for match in _UNNAMED.finditer(text) if described and not found else ():
        hit = _is_hit(text, *match.span("vendor"), names)
        if match["at"] or (hit and (told or is_theirs(match["whose"])) and is_supplier(match["whose"], match["kind"])):
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
    common = not _COMMON.isdisjoint(words) or words[0] in NO_NAMES or incident_type(name) != "other"
    return match.span("vendor") if told and not common else None


def _behind(text: str, names: list[str]) -> Iterator[tuple[int, int, bool]]:
    """Suppliers whose name stands behind what they are ("its print vendor Alder Mailing")."""
    own = [key_of(name) for name in names]
    for match in _ITS.finditer(text):
        start, end = match.span("vendor")
        begin = match.start(next(group for group in ("owner", "whose", "kind") if match[group]))
        whose = match["whose"] or ""
        if match["owner"]:
            if not any(is_one(key_of(match["owner"]), other) for other in own):
                continue
        elif not is_supplier(whose, match["kind"]) or (not is_theirs(whose) and _happened_at(text, begin) is False):
            continue
        if match["comma"] and not _SET_OFF.match(text, end):
            continue
        at, spans = end, [(start, end)]
        while match["many"] and (more := _MORE.match(text, at)):
            spans.append(more.span("vendor"))
            at = more.end()
        if (_THING.match(text, at) and not GENITIVE.search(text[start:at])) or (
            not match["many"] and _JOINED.match(text, end)
        ):
            continue
        bare = match["bare"] is not None
        closed = bare and match["comma"] and text.startswith(",", at)  # "its vendor, Alder, was hit"
        hit = _is_hit(text, begin, at + bool(closed), names)
        if bare and not hit:
            continue
        for first, last in spans:
            if is_name(text[first:last], match["kind"]):
                yield first, name_end(text, first, last), hit


def _led(text: str, names: list[str], *, told: bool) -> Iterator[tuple[int, int, bool]]:
    """Suppliers that were hit by what the text begins with, though it does not say whose they are ("Payroll provider Alder was hacked")."""
    for match in _LED.finditer(text):
        start, end = match.span("vendor")
        if (
            serves_others(match["kind"], told=told)
            and is_name(match["vendor"], match["kind"])
            and _may_be_another(text, match, names, told=told)
            and _is_hit(text, match.start("lead"), end + bool(match["comma"] and text.startswith(",", end)), names)
        ):
            yield start, name_end(text, start, end), True


def _may_be_another(text: str, match: re.Match[str], names: list[str], *, told: bool) -> bool:
    """Whether a vendor that is called nobody's is not the entity by another name ("Kronos": "Payroll provider UKG was hacked").

    The text has to say so by what came of it, by the word for a third party, or by the entity's own name, if it is not what was hit.
    """
    at = match.start("kind" if match.start("kind") < match.start("vendor") else "vendor")
    caused = _BECAUSE.search(_ARTICLE.sub("", text[max(0, at - _NEAREST) : at]))
    apart = told or is_third(match["kind"]) or caused or _tells_of(text, match, names)
    return bool(apart) and is_another(text, *match.span("vendor"), names)


def _tells_of(text: str, match: re.Match[str], names: list[str]) -> bool:
    """Whether a text names the entity beside a vendor, and not as what was hit itself."""
    start, end = match.span("vendor")
    rest = f"{text[:start]},{text[end:]}"
    for name in filter(None, names):
        one = re.escape(name)
        struck = (
            rf"(?<!\w){one}\s(?:was|were)\s(?:{_BROKEN_INTO}|hit)\b|{_EVENT}\s(?:against|at|of|on)\s(?:the\s)?{one}"
        )
        if name in rest and not re.search(struck, rest):
            return True
    return False


_ARTICLE = regex(r"\b(?:an?|the)\s\Z", re.IGNORECASE)
_NEAREST = 20
"""Characters of the last two words before a name."""


def _before(text: str, names: list[str], *, told: bool) -> Iterator[tuple[int, int, bool]]:
    """Suppliers whose name stands before what they are ("at Alder Mailing, its print vendor")."""
    for match in _APPOSED.finditer(text):
        start, end = match.span("vendor")
        whose = match["whose"] or ""
        hit = _is_hit(text, start, match.end(), names)
        if (
            is_supplier(whose, match["kind"])
            and not (match["of"] and not is_theirs(whose))
            and is_name(match["vendor"], match["kind"])
            and (match["bare"] is None or (hit and (is_theirs(whose) or serves_others(match["kind"], told=False))))
            and (match["bare"] is None or is_theirs(whose) or _may_be_another(text, match, names, told=told))
        ):
            yield start, name_end(text, start, end), hit


def _of_event(text: str, folded: str, *, told: bool) -> Iterator[tuple[int, int, bool]]:
    """Suppliers that are told of by what happened there ("exposed in a breach at Alder Mail", "through the Alder update")."""
    for pattern, asked, hit in (
        (_BREACH_AT, any(map(folded.__contains__, _EVENTS_AT)), True),
        (_ATTACKS_ON, " service" in folded or " platform" in folded, True),
        (_UPDATE, " update" in folded, False),
        (_ATTACK, told, True),
    ):
        for match in pattern.finditer(text) if asked else ():
            start, end = match.span("vendor")
            if pattern is _ATTACKS_ON and not (is_supplier("", match["kind"]) and _is_so(text, match.start())):
                continue
            if is_name(match["vendor"], "vendor") and (pattern is not _BREACH_AT or _SET_OFF.match(text, end)):
                yield start, name_end(text, start, end), hit


def _is_hit(text: str, start: int, end: int, names: list[str]) -> bool:
    """Whether the supplier whose words are text[start:end] is said to have been hit itself, and that it came through it.

    That it was hit may be told besides, or be the talk of others: a sentence that begins so counts only where it is the
    first one, with or without the words by which the entity says it; any other has to tell what happened after it.
    """
    there = _happened_at(text, start)
    if there is not None:
        return there
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


def _happened_at(text: str, start: int) -> bool | None:
    """Whether it happened at whom a text speaks of from there on; None where the words before speak of no event."""
    there = _HIT_THERE.search(text, max(0, start - _REACH), start)
    return None if there is None else not _NOT_THERE.search(text, max(0, there.start() - _REACH), there.start())


def _is_so(text: str, at: int) -> bool:
    """Whether nothing just before a place denies what is told there."""
    return not NEGATED.search(re.split(r"[.;,]\s", text[max(0, at - _REACH) : at])[-1])
