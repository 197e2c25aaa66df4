"""Whether an entry says that its incident happened: some tell of one that is denied, only claimed, or only possible."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.doubts import hedges, is_denied
from kg.extract.harm import VAIN
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
_OTHERS = frozenset("client contractor customer partner party provider subcontractor supplier vendor".split())
"""Who may be another than the entity."""
_CALLED = rf"(?:\A(?:[\w-]{{1,20}}\s){{0,3}}?|\bthe\s)(?:{'|'.join(sorted(set(_KINDS.split('|')) - _OTHERS))})"
_SAYING = r"(?:announce[sd]?|claim(?:s|ed)?|conclude[sd]?|confirm(?:s|ed)?|insist(?:s|ed)?|maintain(?:s|ed)?|says?|said|state[sd]?|stresse[sd])"
_SAYS = (
    rf"(?:\A|(?:{_CALLED}|\b(?:it|they|officials|spokes(?:man|woman|person)))\s(?:(?:also|has|have|had|now)\s){{0,2}})"
    rf"(?:{_SAYING}|finds?|found|report(?:s|ed))\s(?:that\s)?"
)
_SYSTEMS = r"(?:(?:computer|core|corporate|internal|it)\s)?(?:environment|infrastructure|networks?|servers?|systems?|websites?)"
EVENT = r"(?:(?:data|security)\s)?(?:(?:cyber-?\s?)?attack|breach|compromise|hack|hacking|intrusion|leak)"
_WAS_NOT = (
    r"\s(?:(?:(?:is|are|was|were|has|have|had|did)\s)?(?:not|never)|(?:is|are|was|were|has|have|had|did)n[’']t)\s"
    r"(?:(?:actually|an?|any|been|by|ever|experienced?|had|hit|of|ransomware|suffer|suffered|the|to|victim)\s){0,6}"
    rf"(?:attacked|breached|compromised|hacked|hit|infected|penetrated|{EVENT})"
)
_NOT_HIT = rf"(?:(?:{_SAYS})?(?:{_CALLED}(?:[’']s?\s{_SYSTEMS})?|\b(?:its|their|the)\s{_SYSTEMS})|(?:{_SAYS}|\A)(?:it|they|this)){_WAS_NOT}"
_NO_EVENT = rf"no\s(?:(?:actual|new|ransomware|recent|such)\s){{0,2}}{EVENT}"
_NONE = (
    rf"(?:(?:{_SAYS})?\bthere\s(?:is|was|were|(?:has|had)\sbeen)\s|{_SAYS}){_NO_EVENT}|\A{_NO_EVENT}(?=\s*(?:[.,;:]|\Z))"
    rf"|\b{_NO_EVENT}\s(?:(?:has|had)\s)?(?:ever\s)?(?:happened|occurred|taken\splace|took\splace)"
)
_TALK = r"(?:allegations?|claims?|reports?|rumou?rs?)"
_UNTRUE = (
    rf"(?:{_SAYS})?\b(?:(?:the|an?|any|alleged|claimed|purported|reported|supposed)\s){{0,2}}"
    rf"(?:{EVENT}(?:\s{_TALK})?|{_TALK}\s(?:about|of|that)\s(?:(?!\b(?:no|not|never)\b)[^.;]){{1,80}}?)\s(?:is|are|was|were|(?:has|have|had)\sbeen|(?:proved|turned\sout)\sto\sbe)\s(?:\w+ly\s)?"
    r"(?:an?\s)?(?:baseless|bogus|fabricated|fakes?|false|hoax|invented|lies?|not\s(?:real|true)|unfounded|untrue)"
    rf"|\b(?:bogus|fabricated|fake|false|hoax)\s(?:{_TALK}\sof\s(?:an?\s|the\s)?)?{EVENT}(?=\W*\Z|[.,;:]|\s{_TALK})"
)
_SPARED = (
    rf"(?:{_SAYS})?\b(?:its|their)\sown\s{_SYSTEMS}{_WAS_NOT}"
    rf"|(?:{_SAYS})?\bno\s(?:evidence|indications?|proof|signs?)\sof\s(?:an?\s|any\s)?{EVENT}"
)
"""What may be said as well where it happened at a supplier, or may yet come out."""
_NOT_SO = regex(
    rf"(?:(?P<denied>{_NOT_HIT}|{_NONE}|{_UNTRUE})|{_SPARED})\b(?:\s(?:at|in|into|of|on|to)\s(?:its|their|the|any)\s{_SYSTEMS}\b)?"
    r"(?!\s(?:affecting|because|before|by|directly|due|forums?|involving|notif\w*|of|only|since|through|to|until|via|with)\b)"
    rf"(?:,?\s(?:after|amid|contrary\sto|despite|dismissing|following|rejecting)\s(?:[\w’'-]+\s){{0,3}}?{_TALK}\b[^.,;]*)?",
    re.IGNORECASE,
)
"""What says that the entity was not hit, or that there was no incident; not that something was not taken, or not by somebody."""
_WAS = r"\s(?:(?:is|was|were|(?:has|had)\sbeen)\s)?"
_IN_VAIN = regex(
    rf"{VAIN}\s(?:(?!(?:after|and|before|by|during|for|from|in|of|on|or|since|to|when)\b)[\w-]{{1,20}}\s){{0,2}}?{EVENT}\b"
    rf"(?:\s(?:against|at|in|into|of|on)\s(?:the\scompany|(?:its|the|their)\s{_SYSTEMS})\b)?(?:{_WAS}{VAIN})?"
    rf"|\b{EVENT}(?:\sattempts?)?{_WAS}{VAIN}(?=\W*\Z|[.,;:]|\s(?:after|and|before|but|by|in|on)\b)",
    re.IGNORECASE,
)
_TAKEN = r"(?:accessed|breached|compromised|exfiltrated|exposed|leaked|published|stolen|taken)"
UNTOUCHED = regex(
    rf"\bno\s(?!(?:less|fewer|more|doubt|surprise|idea|access|authentication|authori[sz]ation|encryption|security|protection|controls?|firewall)\b)(?:(?!(?:after|and|because|but|how|since|so|that|when|which|while|who|ransom)\b)[\w’'-]{{1,20}}\s){{0,3}}?(?:data|details|files|information|passwords|records)\s(?:(?:has|have|had|is|are|was|were)\s)?(?:been\s)?{_TAKEN}\b"
    rf"|\b(?:data|files|information|records)\s(?:(?:has|have|had|is|are|was|were)\s)?(?:not|never)\s(?:been\s)?{_TAKEN}\b",
    re.IGNORECASE,
)
"""What says that something was not taken."""
LEAKED = regex(r"\b(?:leak|stole|expos|exfiltrat|harvest)", re.IGNORECASE)
"""What says that something was, where other things were not."""
_MAY_DENY = regex(
    rf"{VAIN}|\b(?:no|never|lies?\b)|n[’']t\b|baseless|bogus|fabricat|fake|false|hoax|invented|unfounded|untrue",
    re.IGNORECASE,
)
"""What stands in whatever says so; most summaries have none, and need no closer look."""
_TELLS_NOTHING = regex(
    rf"(?:\W|\b(?:(?:(?-i:[A-Z])[\w’'-]+\s){{0,3}}{_SAYING}|after|an?|and|as|in|it|its|on|that|the|their|they|this|to|according|also|inquiry|investigat\w+|later|now"
    rf"|officials|police|review|spokes\w+|statement|today|\w+day|{_KINDS}|(?:[\w’'-]+\s){{1,4}}(?:is|are|remains?)\s(?:safe|secure))\b)*+",
    re.IGNORECASE,
)
"""What may be left of a clause whose denial is cut out: who says so, and when, and that all is well."""
_HEADLINE_CLAIMS = regex(r"\bclaims?\b", re.IGNORECASE)
UNSURE = (
    r"(?:unconfirmed|unverified|(?:not|never|nor|nothing)\s(?:(?:yet|been|be|independently|officially|publicly)\s){0,3}(?:confirm(?:ed)?|verif(?:y|ied))"
    r"|(?:yet|declined|refused|unable)\sto\s(?:confirm|verify)|n[’']t\s(?:been\s)?(?:confirm(?:ed)?|verif(?:y|ied)))\b"
)
_OPEN = regex(
    rf"\A.*?\b(?:alleged(?:ly)?|purported(?:ly)?|suspected\s(?:of|to)|{UNSURE}"
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
    r"|to\shave\s(?:[\w-]{1,20}\s)?(?:accessed|broken\sinto|exfiltrated|infiltrated|penetrated|stolen)\b"
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
    rf"(?:[.;]\s|,?\s(?:but|after|when|while|since|following|because)\s)(?!(?:still\s)?{UNSURE}\W*\Z)", re.IGNORECASE
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
    denied = False
    if _MAY_DENY.search(told):
        told = _of_the_company(told, names)
        denied = any(match["denied"] for match in _NOT_SO.finditer(told))
        told, vain = _IN_VAIN.subn("", _NOT_SO.sub("", told))
        denied = denied or vain > 0
        told = UNTOUCHED.sub("", told)
    claimed = doubted = told_of = False
    for clause in _CLAUSE.split(told):
        claims = list(_CLAIMED.finditer(clause))
        doubts = [*claims, *_OPEN.finditer(clause), *_POSSIBLE.finditer(clause), *hedges(clause)]
        first = min((match.start() for match in doubts), default=len(clause))
        last = max((match.end() for match in doubts), default=0)
        if _HAPPENED.search(clause, 0, first) or _OWNED.search(clause, last):
            return Certainty.CONFIRMED  # told outright, so that what else is doubted was no more than a part of it
        claimed, doubted = claimed or bool(claims), doubted or bool(doubts)
        told_of = told_of or not (doubts or _TELLS_NOTHING.fullmatch(clause))
    if denied and not told_of:
        return Certainty.DENIED
    if claimed:
        return Certainty.CLAIMED
    return Certainty.SUSPECTED if doubted else Certainty.CONFIRMED


def _of_the_company(told: str, names: Sequence[str]) -> str:
    """What is told, where whom it is about is called no other than the company."""
    for name in names:
        if said := mention(name, told):
            told = f"{told[: said.start()]}the company{told[said.end() :]}"
    return told
