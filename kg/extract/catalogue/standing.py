"""Whether an entry says that its incident happened: some tell of one that is denied, only claimed, or only possible."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.post.prose import hedges
from kg.extract.post.standing import is_denied
from kg.extract.relations import mention
from kg.model import Certainty
from kg.nouns import DESCRIBED
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Sequence

_KINDS = "|".join(
    sorted(
        DESCRIBED
        | set("board center city college council county department district government ministry system".split())
    )
)
_ITSELF = regex(
    rf"(?:\A(?:(?:[A-Z][\w-]{{1,20}}\s(?=[a-z]))?(?i:{_KINDS})(?=\s))?|\b(?:[Ii]t|[Tt]hey|[Oo]fficials|(?:[Tt]he|[Ii]ts|[Aa]n?)\s(?:(?!of\b|and\b)[a-z-]{{1,20}}\s){{0,2}}?(?!(?:hack|attack|intrud|crimin|gang|group|suspect|actor|thie)\w*)[a-z-]{{2,20}})(?=\s|[’']))"
)
"""The entity, where it is not called by its name, or not at all ("School district denies a breach", "Denies a breach")."""
_HEADLINE_CLAIMS = regex(r"\bclaims?\b", re.IGNORECASE)
_UNSURE = (
    r"(?:unconfirmed|unverified|(?:not|never|nor|nothing)\s(?:(?:yet|been|be|independently|officially|publicly)\s){0,3}(?:confirm(?:ed)?|verif(?:y|ied))"
    r"|(?:yet|declined|refused|unable)\sto\s(?:confirm|verify)|n[’']t\s(?:been\s)?(?:confirm(?:ed)?|verif(?:y|ied)))\b"
)
_OPEN = regex(
    rf"\A.*?\b(?:alleged(?:ly)?|purported(?:ly)?|suspected\s(?:of|to)|{_UNSURE}"
    r"(?!\s(?:how|whether\sany|who|what|which|when|where|why|(?:(?:that|whether|if)\s)?(?:(?:the|an?|its|their|personal)\s)?"
    r"(?:number|amount|extent|scope|size|identity|cause|nature|attacker|actor|group|source|vector|vulnerability|ransom\b|payment|data\b(?!\s(?:breach|leak|theft))))))",
    re.IGNORECASE,
)
"""Nobody says for certain what its clause tells; not how many it befell, who did it, and what was taken or paid."""
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
_POSSIBLE = regex(
    r"\b(?:\w+\s(?:an?|the)\s)?(?:possible|potential|suspected|apparent|rumou?red)\s(?:[\w-]{1,20}\s){0,2}?(?:(?:cyber-?)?attack|breach|hack|hacking|intrusion|incident|leak|compromise|theft)\b"
    r"|\bclaims?\s+(?:to|that|responsibility)\b|\bmay\s+have\s+been\b",
    re.IGNORECASE,
)
_CLAUSE = regex(
    rf"(?:[.;]\s|,?\s(?:but|after|when|while|since|following|because)\s)(?!(?:still\s)?{_UNSURE}\W*\Z)", re.IGNORECASE
)
"""Where a clause ends; words that only take back what stands before them are of its clause."""
_HAPPENED = regex(
    r"\b(?:(?:cyber-?)?attack(?!ers?\b)|breach(?!\s?forum)|hack(?!ers?\b|tivis|ing\s(?:group|gang|forum))|malware|intru(?:sion|ded)|stole|steal|leak(?!s?\ssite)|expos|compromis|access|phish(?!ing\s(?:group|gang))"
    r"|infect|encrypt|exfiltrat|defac|disrupt|cancel|offline\b|shut|clos(?:ed|es)\b|hit\b)\w*",
    re.IGNORECASE,
)
_OWNED = regex(
    r"(?<!un)\b(?:confirm(?:s|ed|ing)?|admit(?:s|ted)?|acknowledge[sd]?|suffer(?:s|ed)|disclose[sd]?)\b(?!\s(?:\w+\s){0,3}?(?:investigat|aware|look|prob|review))",
    re.IGNORECASE,
)


def certainty(told: str, names: Sequence[str], *, headline: str = "") -> Certainty:
    """Return how sure an entry is that its incident happened: claimed, or possible, only where no clause tells outright that it did.

    Args:
        told: its summary, behind its entity where that is a headline.
        names: whom it is about.
        headline: that entity.
    """
    called = [said.end() for name in names if (said := mention(name, told))]
    if is_denied([(told, [*called, *(match.end() for match in _ITSELF.finditer(told))])]):
        return Certainty.DENIED
    if _HEADLINE_CLAIMS.search(headline):
        return Certainty.CLAIMED
    claimed = doubted = False
    for clause in _CLAUSE.split(told):
        claims = list(_CLAIMED.finditer(clause))
        doubts = [*claims, *_OPEN.finditer(clause), *_POSSIBLE.finditer(clause), *hedges(clause)]
        first = min((match.start() for match in doubts), default=len(clause))
        last = max((match.end() for match in doubts), default=0)
        if _HAPPENED.search(clause, 0, first) or _OWNED.search(clause, last):
            return Certainty.CONFIRMED  # told outright, so that what else is doubted was no more than a part of it
        claimed, doubted = claimed or bool(claims), doubted or bool(doubts)
    if claimed:
        return Certainty.CLAIMED
    return Certainty.SUSPECTED if doubted else Certainty.CONFIRMED
