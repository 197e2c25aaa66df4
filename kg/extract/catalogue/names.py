"""Whom the entries of a breach catalogue name: entities that are names, descriptions, headlines or nobody, and actors."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.counts import parse_count
from kg.extract.domains import domain_of
from kg.extract.fields import is_placeholder
from kg.extract.places import is_place
from kg.extract.unnamed import is_unnamed
from kg.names import clean, split_legal_form
from kg.patterns import regex

_NUMBERED = regex(r"\s+(?:[-–—]\s*)?#?\d{6,14}\Z")
_COUNTED = regex(r"\s*\((\d{1,6})\)\s*\Z")
_BRACKET = regex(r"\s*\(([^()]{1,100})\)\s*")
_VIA = regex(r"\s\((?:via|through)\s(?P<who>[A-Z][\w.&'’+-]{0,40}(?:\s[A-Z][\w.&'’+-]{0,40}){0,3})\)")
_ANYBODY = regex(
    r"(?:jane|john)\s+(?:and\s+\w+\s+)?does?\b|anonymous\b|undisclosed\b|unnamed\b|unidentified\b", re.IGNORECASE
)
_PUBLISHER = regex(r"\s+[-–—|]\s+[^-–—|]{2,60}\Z")
_LONGEST_NAME = 8
"""Words; what is longer, or has a verb of a headline, is one."""
_VERBS = r"(?:says?|confirms?|reveals?|discloses?|announces?|reports?|suffers?|claims?|warns?|admits?|hit|hits|hacked|breached|leaks?|leaked|recalls?|exposes?|exposed|steals?|stole|investigates?|discovers?|faces?|blames?|attacked|targets?|targeted)"
_HEADLINE = regex(rf"(?P<who>.{{2,80}}?)\s+(?:(?:has|have|was|were|is|are)\s+)?(?P<verb>{_VERBS})\b.+", re.IGNORECASE)
_OF_EVENT = regex(
    r"(?:.*\b)?(?:data\s+|cyber\s?)?(?:breach|hack|attack|leak|compromise|intrusion|incident|heist)\s+(?:of|on|at|against)\s+(?:the\s+)?"
    r"(?P<who>[A-Z0-9][^:;,'’]{1,60}?)(?:['’]s?\b.*|[:;,].*|\s+[-–—|]\s.*"
    r"|\s+(?:after|amid|by|due\sto|following|that|via|which|with|involving|claimed|exposes?|leads?|is|are|was|were|has|have|may\shave|could"
    r"|(?:affect|cancel|cause|close|compromise|continue|cost|cripple|delay|disrupt|force|halt|hit|impact|knock|leak|leave|prompt|put|raise"
    r"|reveal|send|shut|spark|spill|steal|take|threaten|trigger)s)\b.*)?\Z",
    re.IGNORECASE,
)
_OWNS_UP = regex(
    r"(?P<who>[A-Z0-9][\w.&'’+-]*(?:\s[\w.&'’+-]+){0,3}?)\s(?:has\s)?(?:acknowledges?|admits?|confirms?|discloses?|suffers?)\b",
    re.IGNORECASE,
)
"""Who says so of themselves at the beginning of a headline, before "breach of" what they have or use."""
_LOOKS_ON = regex(
    r"(?:cisa|fbi|nsa|ncsc|ico|cia|doj|hhs|europol|interpol|congress|white\shouse)\b|.*\b(?:agency|analysts?|attackers?|authorities|commission|court|department|experts?"
    r"|gangs?|government|groups?|hackers?|minist\w+|officials?|police|prosecutors?|regulators?|reports?|researchers?|senator|sources?|spokes\w+)\b|(?:how|why|what|who|new|more|they|it)\b",
    re.IGNORECASE,
)
"""Who says so of others."""
_KIND = regex(
    r"(?:[\w&-]+\s){1,3}(?:giant|firm|maker|startup|provider|vendor|supplier|contractor)\s(?=[A-Z0-9])", re.IGNORECASE
)
"""What a headline calls somebody before the name."""
_VENDOR = regex(r".*\b(?:provider|vendor|supplier|contractor)\s\Z", re.IGNORECASE)
_USERS = regex(r"(?P<who>[A-Z].{1,100}?)\s+(?:customers|users|clients|tenants|subscribers)\Z")
_THING = regex(
    r"(?P<who>(?:[A-Z0-9][\w.&'’-]*\s+){1,4})(?:(?:discussion|message|bulletin|support|community|user|customer|online|game|mobile|e-?mail|web|hosted)\s+)*"
    r"(?:boards?|forums?|websites?|sites?|apps?|servers?|databases?|portals?|stores?|accounts?)\b(?:\s+[a-z]+)*\Z"
)
_GENERIC = frozenset(
    """
    a an the small large major minor local national international multinational global multiple several various many some numerous two three four
    five six seven eight nine ten dozens hundreds thousands unknown unnamed undisclosed unspecified anonymous another one private public
    """.split()
)
_DEMONYM = regex(r"(?:[A-Z]\w+(?:an|ian|ish|ese|ean|ch|ani|aini)|U\.?S\.?A?|UK|EU)\Z")
_PEOPLE = frozenset(
    "activists journalists dissidents politicians officials researchers developers diplomats employees citizens voters executives individuals residents users customers patients".split()
)
_PLURAL = regex(r"[a-z]+s\Z")
_ACTOR_KINDS = frozenset(
    ("criminal", "criminals", "nation state", "nation-state", "state", "hacktivist", "hacktivists", "insider", "competitor", "terrorist", "researcher", "script kiddie", "unknown", "?", "other", "accident", "internal", "partner")
)  # fmt: skip
_AND = regex(r"\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+")


class Entity(NamedTuple):
    """Whom an entry is about.

    Attributes:
        names: the organizations, or the one description of somebody who is not named.
        unnamed: whether it is a description.
        number: how many organizations it stands for, where that is told.
        suppliers: whose customers they are.
        headline: whether the entity is the headline of an article.
        rest: words of the entity that are part of no name.
        there: whether it happened at these suppliers.
    """

    names: tuple[str, ...]
    unnamed: bool = False
    number: tuple[int | None, int | None] | None = None
    suppliers: tuple[str, ...] = ()
    headline: bool = False
    rest: str = ""
    there: bool = False


def entity(printed: str) -> Entity:
    """Return whom an entity stands for."""
    text = clean(printed)
    if len(text) > _LONGEST:
        return Entity((), headline=True, rest=text)
    if not text or is_placeholder(text):
        return Entity(())
    if text.endswith("?"):
        return Entity((text,), unnamed=True)
    if match := _OF_EVENT.match(_PUBLISHER.sub("", text)) or _OF_EVENT.match(text):
        return _from_event(text, clean(match["who"]))
    counted = _COUNTED.search(text)
    text = _COUNTED.sub("", text)
    if _is_headline(text) and not is_unnamed(text):
        return _from_headline(text)
    if _ANYBODY.match(text):
        somebody = clean(_NUMBERED.sub("", re.split(r"\s+[-–—|]\s+", text)[0]))
        return Entity((somebody,), unnamed=True, rest=printed if printed != somebody else "")
    name = clean(_NUMBERED.sub("", text)) or text
    if match := _USERS.match(name):
        return Entity((name,), unnamed=True, suppliers=tuple(_several(match["who"])))
    # A number behind the name of an organization tells of its second entry, not of two organizations.
    if is_unnamed(name) or _is_description(name):
        told = parse_count(name)
        number = int(counted[1]) if counted else None
        count = (number, number) if number else (told.low, told.high) if told else None
        return Entity((name,), unnamed=True, number=count)
    return _named(name, printed)


def _from_event(text: str, who: str) -> Entity:
    """Who "a breach of" somebody hit: that one, or who says so, with a vendor of theirs where it is called one."""
    kind, name = _parted(who)
    long = len(text.split()) > _LONGEST_NAME
    subject = _OWNS_UP.match(text)
    if subject is None or _LOOKS_ON.match(subject["who"]) or _OF_EVENT.match(subject["who"]):
        return Entity((name,), headline=long, rest=text)
    suppliers = (name,) if _VENDOR.match(kind) else ()
    return Entity(
        (_parted(clean(subject["who"]))[1],), suppliers=suppliers, headline=long, rest=text, there=bool(suppliers)
    )


def _parted(who: str) -> tuple[str, str]:
    """What somebody is, and the name behind it ("Cloud Giant Alder")."""
    match = _KIND.match(who)
    return (match[0], who[match.end() :]) if match else ("", who)


def _named(name: str, printed: str) -> Entity:
    """An entity that is the name of an organization, with what stands beside it."""
    first = re.split(r"\s+[-–—|]\s+", name)[0]
    bare = clean(_BRACKET.sub(" ", first)) or first
    if (match := _THING.match(bare)) and not domain_of(bare):
        bare = clean(match["who"])
    names = tuple(_several(bare))
    if (through := _VIA.search(first)) and not is_unnamed(through["who"]) and through["who"] not in names:
        return Entity(names, suppliers=(clean(through["who"]),), rest=printed)
    return Entity(names, rest=printed if clean(printed) != " ".join(names) else "")


def _several(text: str) -> list[str]:
    """The names in a row; two that "and" joins only where one is a domain or both begin with one word."""
    parts = list(dict.fromkeys(part for part in map(clean, _AND.split(text)) if part))
    alike = len({part.split()[0] for part in parts}) == 1
    listed = len(parts) > _PAIR or any(map(domain_of, parts)) or alike
    named = all(part[0].isupper() or domain_of(part) for part in parts)
    return parts if listed and named and not split_legal_form(text)[1] else [text]


_PAIR = 2


def _is_headline(text: str) -> bool:
    words = text.split()
    return len(words) > _LONGEST_NAME or (len(words) > _SHORT and words[0][0].isupper() and bool(_HEADLINE.match(text)))


_SHORT = 4
_LONGEST = 400
"""Characters of what may be a name or a headline."""


def _from_headline(text: str) -> Entity:
    """Who a headline says was hit: its subject; nobody where that is who did it, or asks a question."""
    bare = _PUBLISHER.sub("", text)
    match = _HEADLINE.match(bare)
    hit = re.compile(
        r"(?:confirm|disclos|reveal|report|suffer|admit|hit|hack|breach|leak|expose|announce|investigat|say|warn)",
        re.IGNORECASE,
    )
    who = clean(match["who"]) if match and hit.match(match["verb"]) else ""
    if (
        who
        and len(who.split()) <= _SHORT
        and re.match(r"[A-Z0-9]", who)
        and not re.match(r"(?:hackers?|attackers?|are|is|how|why|what|who|new|more)\b", who, re.IGNORECASE)
    ):
        return Entity((_parted(who)[1],), headline=True, rest=text)
    return Entity((), headline=True, rest=text)


def _is_description(name: str) -> bool:
    """Whether words describe an organization or people instead of naming one ("Small UK-based TV station")."""
    words = name.split()
    last, first = words[-1], words[0].casefold()
    if last.casefold() in _PEOPLE and len(words) > 1:
        return True
    described = first in _GENERIC or "-based" in name or _DEMONYM.match(words[0]) is not None
    return (
        len(words) > 1
        and described
        and last.islower()
        and (first in _GENERIC or "-based" in name or _PLURAL.match(last) is not None)
    )


def actors(printed: str) -> tuple[str, list[str]]:
    """Return what kind of actor is told ("" where none is), and the names of the actors ("Criminal:TA505 and Silence")."""
    kind, _, rest = (part.strip() for part in clean(printed[:_LONGEST]).partition(":"))
    if kind.casefold() not in _ACTOR_KINDS:
        kind, rest = "", clean(printed)
    rest = "" if is_placeholder(rest) or is_place(rest) or is_unnamed(rest) else rest
    return ("" if is_placeholder(kind) else kind), [name for name in map(clean, _AND.split(rest)) if name]
