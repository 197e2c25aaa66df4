"""How sure a sentence is that those whom it names were harmed: it may deny it, leave it open, or tell of a mere try."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.clauses import TURN, sureness
from kg.extract.harm import VAIN
from kg.model import Certainty
from kg.patterns import regex

if TYPE_CHECKING:
    from kg.model import Span

HARM = regex(
    r"\b(?:affect|impact|compromis|breach|hack|hit\b|infect|st[eo]l|attack|target|expos|exfiltrat|leak|access|view|reach|damag|victim|encrypt|disrupt|poison|trojan|backdoor"
    r"|malicious|malware|abus|exploit|extort|hijack|downtime|outage|lost\b|(?:that|which|who)\s(?:had\s)?(?:ran|run|installed|downloaded|received|updated)\b)",
    re.IGNORECASE,
)
"""What is done to somebody, or only tried."""
_CONFIRMS = regex(
    r"\s(?:and|but)\s(?:(?:also|but|it|later|then|they)\s){0,2}(?:acknowledged|admitted|confirmed|said)\s",
    re.IGNORECASE,
)
_OF_THEM = regex(
    r",?\s(?:(?:who|which|that|also|all|both|\w+ly)\s)?(?:was|were|is|are|has|have|had|may|might|could|den(?:y|ied|ies))\b",
    re.IGNORECASE,
)
"""Behind names of which a sentence goes on to tell."""
_SPARED = regex(
    r"(?:\s(?:at|from|in|of)(?:\s[\w’'-]{1,25}){1,3}?)?(?:,?\s(?:who|which|that|both|all|also|they|it|but|and|say|says|said|attacked|targeted|is|are|was|were|been|has|have|had|\w+ly)\b)*?"
    r"(?:,?\s(?:not|never|\w+n['’]t)\s(?:(?!and\b)\w+\s){0,2}(?:affected|impacted|compromised|breached|hit|infected)\b|\sunaffected\b"
    r"|\s(?:is|are|was|were|been|remain(?:s|ed)?|escaped)\s(?:\w+ly\s)?(?:spared|unaffected|unharmed|unscathed|untouched)\b)",
    re.IGNORECASE,
)
"""Behind names, what says that they themselves were spared; words for anybody or anything else begin to tell of that."""
_ON = r"(?:(?!\b(?:after|because|when)\b)[^;])*"
"""How far a denial reaches: what it happened after, or with, did happen."""
_NOT = regex(
    rf"\b(?:(?:not(?!\s(?:just|merely|only)\b)|never|without|n['’]t)\s(?:(?!(?:and|but|how|when|who|why)\b)\w+\s){{0,2}}|no\s(?:evidence|indications?|proof|signs?)\s(?:\w+\s){{0,3}}(?:of|that)\b{_ON}"
    rf"|(?:denied|denies|deny)\sthat\s(?!(?:it|they)\b){_ON})\Z",
    re.IGNORECASE,
)
_TRIED = regex(
    r"\b(?:aim|attempt|hope|hoping|intend|plan|planned|planning|seek|sought|tried|tries|try|want)(?:ed|ing|s)?\sto\s(?:(?:\w+ly|gain|get|use\s\w+)\s)?\Z",
    re.IGNORECASE,
)
_IN_VAIN = regex(VAIN, re.IGNORECASE)
_ABLE = regex(
    r"\b(?:can|could|may|might|would)\s(?:\w+ly\s|also\s)?\Z|\b(?:believed|feared|thought)\sthat\b[^;]*\Z|\b(?:open|prone|susceptible|vulnerable)\sto\s(?:(?:an?|such|that|the|this)\s)?\Z",
    re.IGNORECASE,
)
"""Before what could be done, or is thought to have been, which need not have been."""
_REPORTED = regex(r"(?<!\ba\s)(?<!\bin\s)(?<!\bof\s)(?<!\bthe\s)\breported\s\Z", re.IGNORECASE)
"""Before what somebody reported, which a "reported attack" only is said to be."""
_AIMED = regex(r"target\w*\b(?!\s(?:and|or)\s)", re.IGNORECASE)


def befell(text: str, sentence: Span, named: Span, at: int | None = None) -> Certainty:
    """Return how sure a sentence of a text is that those whom it names were harmed.

    Args:
        text: the text.
        sentence: its first character, and the one behind its last.
        named: the same for the names, or the words for a group.
        at: where it tells of the harm; None for what it says of them behind their names, else before.
    """
    begin = max(
        (turn.end() for where in (TURN, _CONFIRMS) for turn in where.finditer(text, sentence[0], named[0])),
        default=sentence[0],
    )
    stop = turn.start() if (turn := TURN.search(text, named[1], sentence[1])) else sentence[1]
    if _SPARED.match(text, named[1], sentence[1]):
        return Certainty.DENIED
    if at is None:
        ahead = [match.start() for match in HARM.finditer(text, begin, named[0])]
        behind = HARM.search(text, named[1], stop)
        if behind and (not ahead or _OF_THEM.match(text, named[1], stop)):
            at = behind.start()
        elif ahead:
            at = ahead[-1]
        else:
            return Certainty.CONFIRMED
    said = next(sureness(text[begin:stop], [at - begin]))
    if said is Certainty.DENIED or _NOT.search(text, begin, at):
        return Certainty.DENIED
    if _TRIED.search(text, begin, at):
        return Certainty.DENIED if _IN_VAIN.search(text, at, sentence[1]) else Certainty.SUSPECTED
    left_open = said is Certainty.SUSPECTED and not _REPORTED.search(text, begin, at)
    doubted = left_open or _ABLE.search(text, begin, at) or _AIMED.match(text, at)
    return Certainty.SUSPECTED if doubted else Certainty.CONFIRMED
