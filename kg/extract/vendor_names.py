"""Whether words call somebody a supplier of whom a text is about, and which words beside them are its name."""

from __future__ import annotations

import re

from kg.extract.places import is_of_place, is_place
from kg.names import clean, slug, split_legal_form
from kg.patterns import regex

GENITIVE = regex(r"['’]s?\Z")
"""The sign of the genitive at the end of a name."""
_INNER = regex(r"['’]s?\s")
_SERVICES = frozenset(
    """
    third-party outside external outsourced outsourcing it cloud hosting web payroll hr benefits software saas crm ehr payment payments billing card email mail mailing
    marketing print printing printer transcription translation collection collections debt data storage backup archive archiving managed service services technology tech
    telemarketing analytics support call logistics shipping delivery fulfillment fulfilment ticketing security cybersecurity transfer file-transfer processing consulting
    """.split()
)
"""What suppliers do for others; a provider or a contractor of another kind serves no business ("healthcare provider")."""
_FOR_OTHERS = frozenset(
    """
    third-party outside external outsourced outsourcing payroll hr benefits billing collection collections debt mailing print printing printer
    telemarketing transcription translation customer call fulfillment fulfilment ticketing
    """.split()
)
"""Of these, what nobody is called but by those for whom it is done; anybody may be a "cloud provider"."""
_OUTSIDE = frozenset("third-party outside external outsourced".split())
_ELSEWHERE = frozenset("health healthcare care medical insurance defense defence government military".split())
NO_NAMES = frozenset(
    """
    the in on at after it its he she they this that when while and but by for from with ceo cto cio ciso it api bec ddos dos vpn crm id ids pii ssn sql aws us usa uk eu fbi
    january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
    """.split()
)
"""Words with a large letter that name no supplier."""


def is_theirs(whose: str) -> bool:
    """Return whether a word before a supplier says that it is the entity's."""
    return whose.strip().casefold() in {"its", "their"}


def is_supplier(whose: str, kind: str) -> bool:
    """Return whether somebody of a kind serves whom the entry is about, and not patients or the state."""
    if is_theirs(whose):
        return True
    *before, noun = _words(kind)
    if not _ELSEWHERE.isdisjoint(before):
        return False
    return noun.rstrip("s") in {"vendor", "supplier", "processor", "subcontractor"} or not _SERVICES.isdisjoint(before)


def serves_others(kind: str, *, told: bool) -> bool:
    """Return whether somebody of a kind serves others by what it is called; less is asked where it is told that it came through somebody."""
    return is_supplier("", kind) and (told or not _FOR_OTHERS.isdisjoint(_words(kind)))


def is_third(kind: str) -> bool:
    """Return whether the words for a kind say that somebody is another than whom a text is about."""
    return not _OUTSIDE.isdisjoint(_words(kind))


def _words(kind: str) -> list[str]:
    return re.split(r"[\s/]+", re.sub(r"\bthird\s+party\b", "third-party", kind.casefold()))


def is_another(text: str, start: int, end: int, names: list[str]) -> bool:
    """Return whether the name text[start:end] is none that the entities may have, and not told to be theirs or hit through them."""
    key, vendor = key_of(text[start:end]).replace("-", ""), text[start:end]
    for name in filter(None, names):
        other = key_of(name).replace("-", "")
        first = re.escape(name.split()[0])
        through = (
            rf"\b(?:by|through|using|via|formerly|previously|now|known\sas|(?:part|subsidiary|unit)\sof)\s(?:the\s)?{first}\b"
            rf"|\ban?\s{first}\b[^,.;]{{0,40}}\s(?:business|company|subsidiary|unit)\b"
            rf"|,\swhich\s{first}\b(?:\s\w+){{0,2}}\s(?:acquired|bought|owns|owned|renamed|sold|spun)\b|,\s(?:renamed|called)\s{first}\b"
        )
        own = other.startswith(key) or key.startswith(other) or _abbreviates(vendor, name) or _abbreviates(name, vendor)
        own = own or f"-{key_of(name)}-" in f"-{key_of(vendor)}-"
        if own or re.search(through, text[end : end + _REACH]):
            return False
    return True


def _abbreviates(short: str, name: str) -> bool:
    """Whether a name may be the initials of another ("AT&T" of "American Telephone & Telegraph")."""
    initials = "".join(re.findall(r"\b\w", name)).casefold()
    return initials.startswith(re.sub(r"\W", "", short).casefold())


def is_name(name: str, kind: str) -> bool:
    """Return whether what stands beside the noun for a kind is the name of a company.

    A genitive inside leaves open where it ends ("Alder's Birch"), as do the large letters of a headline ("Its Provider
    Alder Exposing Records"), and two words beside a contractor may be a person.
    """
    words = name.split()
    if kind.rsplit(maxsplit=1)[-1][0].isupper():
        return False
    if words[0].casefold().strip(".") in NO_NAMES or words[0].isdigit() or is_place(name) or is_of_place(name):
        return False
    if split_legal_form(name)[1]:
        return True
    person = kind.casefold().rstrip("s").endswith("contractor") and len(words) == _NAMES_OF_A_PERSON
    return not _INNER.search(name) and not (person and _SERVICES.isdisjoint(kind.casefold().split()))


_NAMES_OF_A_PERSON = 2
_REACH = 400
"""How much of a text behind a name is looked at."""


def name_end(text: str, start: int, end: int) -> int:
    """Return where a name ends: without the sign of the genitive or a day behind it, and with the full stop of a legal form."""
    name = GENITIVE.sub("", text[start:end])
    while " " in name and name.split()[-1].casefold() in NO_NAMES and not is_place(name.split()[-1]):
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


def key_of(name: str) -> str:
    """Return what spellings of a name share."""
    return slug(split_legal_form(clean(name))[0])


def is_one(key: str, other: str) -> bool:
    """Return whether two names may be one's by their keys: one is the beginning of the other."""
    return bool(key and other) and (key == other or key.startswith(f"{other}-") or other.startswith(f"{key}-"))
