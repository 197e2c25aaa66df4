"""Who helped with an incident, as the responses of a post name them: forensic firms, and authorities."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.actions import classify
from kg.extract.places import is_place
from kg.extract.post.prose import NAME
from kg.extract.post.sources import source_type
from kg.extract.unnamed import is_unnamed
from kg.patterns import gaps, regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.fields import Value

ASSISTANCE = "third_party_assistance"
"""The key of the response that tells who helped."""
_BETWEEN = regex(r"\s?[,;/]\s?(?:and\s)?|(?<!security)\s(?:and|as well as|along with)\s", re.IGNORECASE)
_HELPER = r"(?:firm|compan(?:y|ies)|expert|specialist|consultant|consultanc(?:y|ies)|investigator|responder|provider|partner|team)s?"
_LEAD = regex(
    r"(?:.*\b(?:engag|hir|retain|enlist|appoint|contract|commission)\w*|.*\b(?:brought|called)\sin"
    rf"|.*\b(?:with|by|from|includ\w+|such\sas|via|through|{_HELPER}|\w+[’']s|\w+-owned)|yes)\W{{1,2}}(?:the\s)?(?=(?-i:[A-Z0-9]))",
    re.IGNORECASE,
)
_NAMED = regex(rf"(?P<name>{NAME})(?:[’']s?)?(?:\s(?:for|to|as)\s.*|\s?\(.*|[.)])?\Z")
_PLAIN = regex(
    rf"(?:advis[eo]rs?|analysis|breach|computer|cyber|cyber-?security|data|digital|enforcement|experts?|external|federal|forensics?|global|incident"
    rf"|independent|industry|internal|international|investigation|investigators?|IT|law|leading|local|national|none|outside|part(?:y|ies)|professionals?"
    rf"|recovery|response|review|security|services?|support|third|third[- ]part(?:y|ies)|threat|top|unknown|unspecified|yes|no|true|and|of|for|the|{_HELPER})",
    re.IGNORECASE,
)
"""Words of what one is, and of no name ("External Cybersecurity Experts")."""
_OTHER_HELP = regex(
    r"\b(?:attorneys?|counsel|credit|insur\w*|law firm|lawyers?|legal|monitoring|notification|public relations|PR)\b",
    re.IGNORECASE,
)


class Helper(NamedTuple):
    """Somebody who helped: the name, and whether that of an authority."""

    name: str
    start: int
    is_authority: bool


def helpers(value: Value, key: str) -> Iterator[Helper]:
    """Yield those whom a response names, whatever it calls the others.

    Args:
        value: the response.
        key: its key; only where it asks for them, a name alone is that of one who helped.
    """
    for start, end in gaps(_BETWEEN, value.text):
        part = value.text[start:end]
        lead = _LEAD.match(part)
        named = _NAMED.match(part, lead.end() if lead else 0)
        if not named or not (lead or key == ASSISTANCE) or _OTHER_HELP.search(part):
            continue
        name = named["name"]
        if not (all(map(_PLAIN.fullmatch, name.split())) or is_unnamed(name) or is_place(name)):
            told = classify(name) in {"notify-law-enforcement", "notify-regulator"}
            yield Helper(name, start + named.start(), told or source_type(name) == "government")
