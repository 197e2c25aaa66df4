"""Whom the entries of a breach catalogue name: entities that are names, descriptions, headlines or nobody, and actors."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.counts import parse_count
from kg.extract.domains import domain_of
from kg.extract.fields import is_placeholder
from kg.extract.places import is_place
from kg.extract.tokens import known
from kg.extract.unnamed import is_unnamed
from kg.extract.vendor_names import is_supplier
from kg.names import clean, split_legal_form
from kg.nouns import DESCRIBED, ORGANIZATION_NOUNS
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
_HIT = regex(
    r"(?:confirm|disclos|reveal|report|suffer|admit|hit|hack|breach|leak|expose|announce|investigat|say|warn)",
    re.IGNORECASE,
)
"""How the verbs begin whose subject was hit."""
_SUBJECT = regex(r"(?!(?i:hackers?|attackers?|are|is|how|why|what|who|new|more)\b)[A-Z0-9]")
_OF_EVENT = regex(
    r"(?:.*\b)?(?:data\s+|cyber\s?)?(?:breach|hack|attack|leak|compromise|intrusion|incident|heist)\s+(?:of|on|at|against)\s+(?:the\s+)?"
    r"(?P<who>[A-Z0-9][^:;,'’]{1,60}?)(?:['’]s?\b.*|[:;,].*|\s+[-–—|]\s.*"
    r"|\s+(?:after|amid|by|due\sto|following|that|via|which|with|involving|claimed|exposes?|leads?|is|are|was|were|has|have|may\shave|could"
    r"|(?:affect|cancel|cause|close|compromise|continue|cost|cripple|delay|disrupt|force|halt|hit|impact|knock|leak|leave|prompt|put|raise"
    r"|reveal|send|shut|spark|spill|steal|take|threaten|trigger)s)\b.*)?\Z",
    re.IGNORECASE,
)
_WITH_EVENT = regex(
    r"(?P<who>\S.{0,60}?)(?:['’]s?)?\s(?:(?:data|security|cyber|ransomware|supply[- ]chain)\s?)?(?:breach|hack|attack|leak|compromise|intrusion|incident|heist)"
)
"""Whom it befell, or a description, before what happened ("Alder data breach")."""
_IN_NAMES = regex(r"(?:&|and|d[aeiu]|de[lnrs]|for|l[ae]|of|the|v[ao]n)\Z")
"""Words that names have in small letters ("Bank of Alder")."""
_OWNS_UP = regex(
    r"(?P<who>[A-Z0-9][\w.&'’+-]*(?:\s[\w.&'’+-]+){0,3}?)\s(?:has\s)?(?:acknowledges|admits|confirms|discloses|suffers)\b",
    re.IGNORECASE,
)
"""Who may say so of themselves at the beginning of a headline: one, for "researchers disclose" what befell others."""
_THEIRS = regex(r"(?:[Ii]ts|[Tt]heir|[a-z][a-z-]*)\s")
"""What nobody is called by, so that it belongs to whoever says so."""
_SUPPLIER = r"[Pp]rovider|[Vv]endor|[Ss]upplier|[Cc]ontractor"
_KIND = regex(
    rf"(?:[\w&-]+\s){{1,3}}(?P<noun>giant|firm|maker|startup|Giant|Firm|Startup|(?P<supplier>{_SUPPLIER}))\s(?=[A-Z0-9])"
)
"""What a headline calls somebody before the name."""
_BARE_KIND = regex(r"(?:[Vv]endor|[Ss]upplier|[Cc]ontractor)\s(?=[A-Z0-9])")
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
_LISTED = regex(r"\s*,\s*(?:and\s+)?|\s+and\s+")
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
    if match := _WITH_EVENT.fullmatch(text):
        who = clean(match["who"]).rstrip(" :,-–—")
        words = [word for word in who.split() if not _IN_NAMES.match(word)]
        named = bool(words) and all(word[0].isdigit() or word != word.lower() for word in words)
        return _named(who, printed) if named else Entity((text,), unnamed=True)
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
    """Who "a breach of" somebody hit: that one, or who says so, where it is theirs or a vendor's that is called one.

    Anybody may say so of others: hackers, a mayor, a state.
    """
    name, supplier = _parted(who)
    long = len(text.split()) > _LONGEST_NAME
    subject = _OWNS_UP.match(text)
    if subject is None or _OF_EVENT.match(subject["who"]):
        return Entity((name,), headline=long, rest=text)
    if not supplier and (bare := _BARE_KIND.match(who)):
        name, supplier = who[bare.end() :], True
    if not supplier and (name != who or not _THEIRS.match(who)):
        return Entity((name,), headline=long, rest=text)
    suppliers = (name,) if supplier else ()
    return Entity((_parted(clean(subject["who"]))[0],), suppliers=suppliers, headline=long, rest=text, there=supplier)


def _parted(who: str) -> tuple[str, bool]:
    """The name of somebody without what they are before it ("Cloud Giant Alder"), and whether that is a supplier.

    In large letters that may be words of the name ("Green Giant Foods", "Virtual Care Provider Inc."), but for what
    suppliers do.
    """
    match = _KIND.match(who)
    if match is None:
        return who, False
    kind, name = match[0].strip(), who[match.end() :]
    serves = is_supplier("", kind)
    ends = len(split_legal_form(who)[0]) <= match.end() or f"{name.casefold()}s" in ORGANIZATION_NOUNS
    if ends or not (serves or match["noun"].islower()):
        return who, False
    return name, serves and match["supplier"] is not None


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
    """The names in a row; two that "and" joins only where one is a domain, both begin with one word, or an "&" is of one."""
    within = " and " in text and "&" in text  # "Alder and Birch & Co" are two
    parts = list(dict.fromkeys(part for part in map(clean, (_LISTED if within else _AND).split(text)) if part))
    alike = len({part.split()[0] for part in parts}) == 1
    listed = len(parts) > _PAIR or any(map(domain_of, parts)) or alike or within
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
    match = _HEADLINE.match(_PUBLISHER.sub("", text))
    who = clean(match["who"]) if match and _HIT.match(match["verb"]) else ""
    hit = _SUBJECT.match(who) and len(who.split()) <= _SHORT
    return Entity((_parted(who)[0],) if hit else (), headline=True, rest=text)


def _is_description(name: str) -> bool:
    """Whether words describe an organization or people instead of naming one ("Small UK-based TV station")."""
    words = name.split()
    if len(words) < _PAIR:
        return False
    first, last = words[0], words[-1]
    several = _DEMONYM.match(first) and _PLURAL.match(last)
    one = last in DESCRIBED and "DEMONYM" in known(first)[1]
    described = first.casefold() in _GENERIC or "-based" in name or several or one
    return last.casefold() in _PEOPLE or bool(described and last.islower())


def actors(printed: str) -> tuple[str, list[str]]:
    """Return what kind of actor is told ("" where none is), and the names of the actors ("Criminal:TA505 and Silence")."""
    kind, _, rest = (part.strip() for part in clean(printed[:_LONGEST]).partition(":"))
    if kind.casefold() not in _ACTOR_KINDS:
        kind, rest = "", clean(printed)
    rest = "" if is_placeholder(rest) or is_place(rest) or is_unnamed(rest) else rest
    return ("" if is_placeholder(kind) else kind), [name for name in map(clean, _AND.split(rest)) if name]
