"""Names in the titles of leak-site posts that are not told: with hidden letters, cut off, withheld, or a description."""

from __future__ import annotations

import re

from kg.extract.places import PEOPLES, is_place
from kg.names import clean
from kg.nouns import NAMELESS
from kg.patterns import regex

CUT = regex(r"\s?(?:\.{2,}|\u2026)\Z")
"""The end of a name that goes on."""
CUT_DOMAIN = regex(r"(?:www\.)?(?:[\w-]+\.)+[\w-]*(?:\.{2,}|\u2026)|(?:www\.)?[\w-]+\.\w*\u2026")
MASK = regex(
    r"\*{2,}|[#\u2588\u2593\u2592\u2591\u2022\u25cf\u25a0\u00d7]{2,}|(?<!\w)\w{0,2}\?{3,}\w{0,3}(?!\w)|_{3,}"
    r"|(?<!\w)[A-Za-z0-9]-{3,}(?!\w)|(?<!\w)[A-Z][A-Za-z]{1,2}-{4,}(?!\w)|(?<!\w)[xX]{4,}(?!\w)|\w\*(?!\w).*\w\*(?!\w)"
    r"|(?<!\w)(?!(?:We|So|To|It|Is|Oh|Our|You|New|Now|And|The|All|Big|Hi)\b)[A-Z][A-Za-z]{0,2}(?:\.{3,}|\u2026)\s?(?=\w)"
    r"|[\[({<](?i:redacted|hidden|censored|withheld)[\])}>]"
)
"""Letters that are hidden."""
_AT_AN_END = regex(r"\A\*{2,}\s|\s\*{3,}\Z|\A\*(?!\*)[^\s*]+\*{2,}")
"""Those of the first word or the last, where asterisks of other texts are marks of footnotes."""
_SECRET = NAMELESS | frozenset(
    "redacted hidden withheld confidential anonymous anonymized anonymised censored tba tbd tbc".split()
)
_PRIVATE = frozenset({"private", "secret"})
"""Words that do so only beside another."""
_ABOUT = frozenset(
    """
    the a an company companies victim victims client organization organisation corporation firm business target entity name names of is was has been be to by for our
    at request yet not now
    """.split()
)
"""Words around those that say nothing themselves."""
_LONGEST = 60
_WORD = regex(r"[^\s\[\](){}<>,.:;!'\"*-]+")
_DESCRIBED = regex(
    r"(?:access\sto\s)?(?P<article>an?\s|the\s)?(?P<where>(?:[\w.&-]{1,20}\s){0,4})"
    r"(?P<what>company|firm|corporation|organi[sz]ation|business|manufacturer|enterprise|victim|target|client|bank|hospital|clinic|university|cent(?:er|re))"
    r"(?P<number>\s?(?:(?:#|№|no\.?|nr\.?|number)\s?)?\d{1,4})?(?:\s(?:in|from)\s(?P<place>.{2,40}))?\Z",
    re.IGNORECASE,
)
_NOUNS = frozenset(
    "company firm corporation organization organisation business manufacturer enterprise victim target client".split()
)
_SEATED = frozenset("bank hospital clinic university center centre".split())
"""What is called by its town, its people or its trade as well, in whatever letters, unless it is told as one of many."""
_ONE_OF_MANY = regex(r"(?:access\sto|an?|big|large)\s", re.IGNORECASE)
_TRADES = frozenset(
    """
    and big chemical construction consulting energy engineering finance financial food gas global government health healthcare industrial insurance international
    investment it large law legal leading logistics major manufacturing medical mining oil pharmaceutical private public retail security shipping small
    software steel tech technology telecom trading transport transportation
    """.split()
)
"""What a company that is only described is said to do or be."""


def shown(text: str) -> str:
    """Return a part of a title as `clean` does, with the asterisks that hide its first word or its last."""
    return " ".join(text.split()) if _AT_AN_END.search(text.strip()) else clean(text)


def is_withheld(text: str) -> bool:
    """Return whether a text stands in place of a name, or describes somebody ("Company name redacted", "US Company #3")."""
    if len(text) > _LONGEST:
        return False
    words = set(_WORD.findall(text.casefold()))
    if words & _SECRET or (words & _PRIVATE and len(words) > 1):
        return words <= _SECRET | _PRIVATE | _ABOUT
    return not words.isdisjoint(_NOUNS | _SEATED) and _is_description(text)


def _is_description(text: str) -> bool:
    """Whether a text tells of a company only that it is one, with its place, its trade or a number.

    Without an article or a number the word for a company must be in small letters: "Chemical Company" may be a name.
    """
    match = _DESCRIBED.match(text)
    if match is None or (match["place"] and not is_place(match["place"])):
        return False
    words = match["where"].split()
    if match["what"].casefold() in _SEATED and not _ONE_OF_MANY.match(text):
        return False
    if not is_place(match["where"].strip()) and not all(map(_describes, words)):
        return False
    if match["number"]:
        return True
    article = (match["article"] or "").casefold().strip() in {"a", "an"}
    return (bool(words) or match["place"] is not None) and (article or match["what"].islower())


def _describes(word: str) -> bool:
    return word.casefold() in _TRADES or is_of_a_people(word) or is_place(word)


def is_of_a_people(word: str) -> bool:
    """Return whether a word tells of what people somebody is ("Canadian")."""
    return word.casefold() in PEOPLES
