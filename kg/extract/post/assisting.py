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
FORENSICS = "engage-forensics"
_BETWEEN = regex(r"\s?(?:[,;]|/(?!CC\b))\s?(?:and\s)?|(?<!security)\s(?:and|as well as|along with)\s", re.IGNORECASE)
_HELPER = r"(?:firm|compan(?:y|ies)|expert|specialist|consultant|consultanc(?:y|ies)|investigator|responder|provider|partner|team)s?"
_LEAD = regex(
    r"(?:.*\b(?:engag|hir|retain|enlist|contract|commission)\w*|.*\b(?:brought|called)\sin"
    rf"|.*\b(?:with|by|via|through|{_HELPER}|\w+-owned|\w+[’']s(?!\s(?:Bureau|College|Department|Office)\b))|yes)\W{{1,2}}(?:the\s)?(?=(?-i:[A-Z0-9]))",
    re.IGNORECASE,
)
_AMONG = regex(r".*\b(?:from|including|includes|such\sas)\s(?=(?-i:[A-Z0-9]))", re.IGNORECASE)
_NAMED = regex(rf"(?P<name>{NAME})(?:[’']s?)?(?:\s(?:for|to|as)\s.*|\s?\(.*|[.)])?\Z")
_PLAIN = frozenset(
    """
    advisor advisors adviser advisers agencies agency analysis and assistance authorities authority breach ceo chief ciso computer confirmed cyber cybersecurity cyber-security data defence
    defense digital enforcement engaged engineers external federal for forensic forensics global government guard hired incident independent industry intelligence internal
    international investigation investigations involved it law leading likely local managed mssp national no none notified of officer ongoing outside outsourced parties party
    pending planned police professionals recovery requested researchers response retained review security service services soc specialised specialized state support
    the third third-party threat top true unconfirmed unknown unspecified vendor vendors yes
    """.split()
)
"""Words of what one is, or of whether anybody helps, and of no name ("External Cybersecurity Experts", "Pending")."""
_ROLE = regex(_HELPER, re.IGNORECASE)
_OTHER_HELP = regex(
    r"\b(?:attorneys?|call cent(?:er|re)|counsel|credit|epiq|equifax|experian|identity\w*|insur\w*|law firm|lawyers?|legal|mailing|llp|monitoring|notification|public relations|transunion|PR)\b",
    re.IGNORECASE,
)
EXPERTS = regex(
    r"\b(?:consultants?|experts?|forensics?|incident[- ]response|investigators?|security|specialists?)\b", re.IGNORECASE
)
"""What those are called who are no authorities."""


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
        asked = key == ASSISTANCE
        lead = _LEAD.match(part) or (_AMONG.match(part) if asked else None)
        named = _NAMED.match(part, lead.end() if lead else 0)
        engaged = asked or (lead and classify(part) == FORENSICS)
        if not (named and engaged) or _OTHER_HELP.search(part) or _is_plain(named["name"]):
            continue
        told = classify(named["name"]) in {"notify-law-enforcement", "notify-regulator"}
        yield Helper(named["name"], start + named.start(), told or source_type(named["name"]) == "government")


def _is_plain(name: str) -> bool:
    words = name.casefold().split()
    plain = all(word in _PLAIN or _ROLE.fullmatch(word) or is_place(word) for word in words)
    return plain or is_unnamed(name) or is_place(name)
