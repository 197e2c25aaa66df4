"""Whether an entry says that its incident happened: some tell of one that is denied, only claimed, or only possible."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.post.prose import hedges
from kg.extract.post.standing import is_denied
from kg.extract.relations import mention
from kg.model import Certainty
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

_ITSELF = regex(
    r"(?:\A|\b(?:[Ii]t|[Tt]hey|[Oo]fficials|(?:[Tt]he|[Ii]ts|[Aa]n?)\s(?:(?!of\b|and\b)[a-z-]{1,20}\s){0,2}?(?!(?:hack|attack|intrud|crimin|gang|group|suspect|actor|thie)\w*)[a-z-]{2,20})(?=\s|[’']))"
)
"""The entity, where it is not called by its name, or not at all ("Denies a breach")."""
_HEADLINE_CLAIMS = regex(r"\bclaims?\b", re.IGNORECASE)
_DOUBT = regex(
    r"\balleged(?:ly)?\b|\bsuspected\s+(?:of|to)\b|\bclaims?\s+(?:to|that|responsibility)\b|\bpurported(?:ly)?\b|\bmay\s+have\s+been\b",
    re.IGNORECASE,
)
_OPEN = regex(
    r"\b(?:unconfirmed|unverified|(?:not|never|nor)\s(?:(?:yet|been|be|independently|officially|publicly)\s){0,3}(?:confirmed|verified)|n[’']t\s(?:been\s)?(?:confirmed|verified))\b"
    r"(?!\s(?:how|whether\sany|who|what|which|when|where|why|(?:the\s|an?\s)?(?:number|amount|extent|scope|size|identity|cause|nature|attacker|actor|group|source|vector|vulnerability)))",
    re.IGNORECASE,
)
"""Nobody says for certain that it happened; not how many it befell, and who did it."""
_ATTACKERS = (
    r"(?:hackers?|hacktivists?|attackers?|criminals?|cyber-?criminals?|(?:threat\s)?actors?|gangs?|groups?|ransomware)"
)
_CLAIMED = regex(
    rf"(?:\A|[.;:,]\s)(?i:(?:[\w-]{{1,20}}\s)?(?:cyber-?)?(?:attack|breach|hack)\s)?(?i:claimed)\sby\s(?:(?:an?|the)\s)?(?:[\w-]{{1,20}}\s){{0,2}}?(?:{_ATTACKERS}\b|[A-Z])"
    r"|\b(?i:claim(?:s|ed)?|claiming)\s(?:(?:an?|the|this|that|they|it|to\shave)\s(?:(?!(?:after|from|over|for|following)\b)[\w-]{1,20}\s){0,2}?(?:(?:cyber-?)?attack|breach|hack|intrusion|breached|hacked|compromised|attacked)\b"
    r"|(?:data\s)?(?:(?:cyber-?)?attack|breach|hack|intrusion)\s(?:on|of|at|against)\b)"
    r"|\b(?:[Ll]isted|[Nn]amed|[Aa]dded|[Aa]ppear(?:s|ed))\b[^.;]{0,60}\b(?:leak|leaks|extortion|shaming|dark[- ]?web)[ -]?(?:site|blog|portal|page)\b"
)
"""Attackers say it; what they posted of it is out."""
_OWNED = regex(
    r"(?<!un)\b(?:confirm(?:s|ed|ing)?|admit(?:s|ted)?|acknowledge[sd]?|suffer(?:s|ed)|disclose[sd]?|(?<!whether\s)(?<!whether\sit\s)(?<!if\sit\s)(?<!that\sit\s)(?:was|were)\s(?:hit|breached|hacked|attacked|compromised))\b",
    re.IGNORECASE,
)
_POSSIBLE = regex(
    r"\b(?:possible|potential|suspected|apparent|rumou?red)\s(?:[\w-]{1,20}\s){0,2}?(?:(?:cyber-?)?attack|breach|hack|hacking|intrusion|incident|leak|compromise|theft)\b",
    re.IGNORECASE,
)
_CLAUSE = regex(r"[.;:]\s|,?\s(?:but|and|after|when|while|since|following|because)\s", re.IGNORECASE)
_HAPPENED = regex(
    r"\b(?:(?:cyber-?)?attack(?!ers?\b)|breach|hack(?!ers?\b|ing\s(?:group|gang))|malware|intru(?:sion|ded)|stole|steal|leak(?!s?\ssite)|expos|compromis|access|phish|infect|encrypt|exfiltrat)\w*",
    re.IGNORECASE,
)


def certainty(told: str, names: Sequence[str], *, headline: str = "") -> Certainty:
    """Return how sure an entry is that its incident happened.

    Args:
        told: its summary, behind its entity where that is a headline.
        names: whom it is about.
        headline: that entity.
    """
    called = [said.end() for name in names if (said := mention(name, told))]
    if is_denied([(told, [*called, *(match.end() for match in _ITSELF.finditer(told))])]):
        return Certainty.DENIED
    owned = _OWNED.search(_OPEN.sub("", told)) is not None
    if _HEADLINE_CLAIMS.search(headline) or (_CLAIMED.search(told) and not owned):
        return Certainty.CLAIMED
    left_open = _OPEN.search(told) and not owned
    return Certainty.SUSPECTED if left_open or _DOUBT.search(told) or _only_possible(told) else Certainty.CONFIRMED


def _only_possible(told: str) -> bool:
    """Whether words leave open that it happened, and none say outright that something did."""
    doubted = False
    for clause in _CLAUSE.split(told):
        doubts = [match.start() for match in (*_POSSIBLE.finditer(clause), *hedges(clause))]
        if _HAPPENED.search(clause, 0, min(doubts, default=len(clause))):
            return False
        doubted = doubted or bool(doubts)
    return doubted
