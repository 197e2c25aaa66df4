"""Which values of name fields stand for nobody in particular: `kg.counts.is_group_name`, and what is a name all the same; cut-off ends of names."""

from __future__ import annotations

import re

from kg.amounts import WORDS
from kg.counts import is_group_name
from kg.extract.places import is_place
from kg.nouns import DESCRIBED, LONE_GROUPS, LONE_TRADES, ORGANIZATION_NOUNS, PEOPLE
from kg.patterns import regex

_RUN_TOGETHER = frozenset("schools hospitals clinics colleges pharmacies hotels surgeries libraries stores".split())
"""Several that one organization runs, often under one name ("Willow Creek schools")."""
_MOST_WORDS = 4
_NAME = regex(r"[A-Z][a-z][\w'’.-]*")
_OF_A_PEOPLE = regex(r"[A-Z]\w+(?:an|ish|ese|ern)s?")
_DESCRIBING = WORDS.keys() | frozenset(
    """
    several multiple various numerous many some most few all other others unknown unnamed undisclosed unspecified certain affected impacted
    public private local regional rural urban independent international national federal municipal state city county district foreign global major large
    small leading top big community elementary primary secondary middle high charter catholic christian medical dental veterinary general online
    downstream corporate commercial partner member client customer healthcare nonprofit teaching children's luxury boutique retail
    """.split()
)
"""Words that tell of what kind they are, or how many."""
_SUCH = frozenset(
    "account affected all card certain credit current debit former individual other past policy some various".split()
)
"""Words before a plural in large letters that leave it a plural ("Former Patients", "Credit Unions")."""
_PLURALS = LONE_GROUPS | ORGANIZATION_NOUNS | PEOPLE
_ONE_OF_MANY = frozenset("a an another anonymous one private small unknown unidentified".split()) | _DESCRIBING
_KINDS = (
    DESCRIBED | LONE_TRADES | frozenset(word.removesuffix("s") for word in PEOPLE | ORGANIZATION_NOUNS)
    | frozenset("person pharmacy practice cafe bar pub salon spa office officeholder church charity county city agency municipality".split())
)  # fmt: skip
"""Singulars for somebody of a kind."""
_LASTS = _KINDS | _PLURALS | {"individual", "person", "citizen", "resident"}
_SIGNS = "[](){}<>\"'*.,"
_NOBODYS = frozenset(
    "a an another anonymous certain local one private undisclosed unidentified unknown unnamed".split()
)
CREDENTIAL = r"(?:m\.?\s?d|d\.?o|d\.?d\.?s|d\.?m\.?d|d\.?p\.?m|d\.?c|o\.?d|ph\.?\s?d|r\.?n|n\.?p|pa-c|esq|c\.?p\.?a|f\.?a\.?c\.?[sp])\.?"
_DEBRIS = regex(
    rf"(?:{CREDENTIAL}|inc|incorporated|llc|l\.l\.c|llp|pllc|ltd|limited|corp|corporation|co|company|plc|p\.?\s?c|p\.?\s?a|p\.?l\.?l\.?c|n\.?\s?a"
    r"|gmbh|ag|s\.?a|s\.?p\.?a|b\.?v|n\.?v|lp|l\.p|jr|sr|ii|iii|the|usa|u\.s\.a)\.?",
    re.IGNORECASE,
)


def is_unnamed(name: str) -> bool:
    """Return whether a name stands for organizations, or an organization, that nobody names.

    "US hospitals", "Ohio schools" and "Several banks" do; "Willow Creek schools" is the name of those who run them.
    """
    words = name.split()
    if len(words) in range(2, _MOST_WORDS + 1) and words[-1] in _RUN_TOGETHER:
        before = words[:-1]
        if all(map(_names, before)) and not is_place(" ".join(before)):
            return False
    return is_group_name(name) or (bool(words) and words[-1].strip(_SIGNS).lower() in _LASTS and _is_somebody(words))


def is_debris(printed: str) -> bool:
    """Return whether a value is only the end of the name before it, cut off at a comma ("Inc.", " MD")."""
    return _DEBRIS.fullmatch(printed.strip()) is not None


def _is_somebody(words: list[str]) -> bool:
    """Whether words are those for somebody of a kind ("Local restaurant", "Individual"), or for some ("Former Patients")."""
    if len(words) > _MOST_WORDS:
        return False
    words = [word.strip(_SIGNS) for word in words]
    first, last = words[0].lower(), words[-1].lower()
    if last in _PLURALS:
        return len(words) > 1 and all(word.lower() in _SUCH for word in words[:-1])
    if last in {"individual", "person"} or (last in {"citizen", "resident"} and len(words) > 1):  # in whatever letters
        return all(word.lower() in _NOBODYS for word in words[:-1])
    return len(words) > 1 and last in _KINDS and first in _ONE_OF_MANY and all(map(str.islower, words[1:]))


def _names(word: str) -> bool:
    """Whether a word is one of a name, and neither of a kind nor of a people."""
    told = _NAME.fullmatch(word) is not None
    return told and word.casefold() not in _DESCRIBING and not _OF_A_PEOPLE.fullmatch(word)
