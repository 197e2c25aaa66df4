"""How sure a text is of its incident where it says of no harm outright that it was done: all of it is denied, or left open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.extract.prose.excepting import TURN
from kg.model import Certainty
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.extract.tokens import Tokens
    from kg.model import Span

_EVENT: Final = r"(?:attacks?|break-ins?|breach(?:es)?|compromise|cyber-?attacks?|failure|hacks?|incidents?|intrusions?|leaks?|loss(?:es)?|outages?|thefts?)"
_HARM: Final = regex(
    rf"\b(?:(?P<itself>{_EVENT}|attacked|breached|broken?\s(?:in|into)|compromised|hacked|infected|phished)|abused|accessed|activity|affected|altered|bribed|changed|controlled|copied|crashed|demanded"
    r"|disrupt(?:ed|ion)|down|downloaded|encrypted|entered|exfiltrated|expos(?:ed|es|ing|ure)|fail(?:ed|s)|fraud(?:ulently)?|gone|got(?:ten)?\sinto|hit|impacted|intruders?|leaked|lost|malicious|obtained"
    r"|offered|offline|posted|published|reached|read|scraped|seen|sold|steal(?:s|ing)?|stole|stolen|taken|took|unauthori[sz]ed|malware|ransomware|uploaded|victims?|viewed)\b",
    re.IGNORECASE,
)
"""What somebody does to a company or its data; of many words, since one that is told outright is enough for an incident."""
_DOUBTFUL: Final = r"(?:alleged|claimed|possible|potential|purported|reported|rumou?red|supposed|suspected|unconfirmed)"
_KNOWN: Final = regex(
    rf"(?:\b(?:its|that|the|their|this)|['’]s)\s(?:(?!{_DOUBTFUL}\b)[\w-]{{1,20}}\s){{0,2}}\Z", re.IGNORECASE
)
"""Before a noun for an incident that is taken to have happened."""
_GRANTED: Final = regex(
    rf"\b(?:by|during|for|from|in|over)\san?\s(?:(?!{_DOUBTFUL}\b)[\w-]{{1,20}}\s){{0,4}}{_EVENT}\b[^,;]{{0,60}}?\s(?:that|which)\s(?:has\s|had\s)?"
    r"(?:brought|compromised|crippled|cut|disrupted|exposed|forced|hit|knocked|left|put|shut|struck|took|\w+ed)\b",
    re.IGNORECASE,
)
"""An incident of which is told what it did, whatever is asked beside: "whether names were taken in a breach that shut its shops"."""
_BUT_NOT: Final = (
    r"(?!\b(?:after|because|before|contradicting|despite|following|result|since|through|when|where|which|who|whose)\b)"
)
"""What follows these has happened, whatever is denied before them."""
_NO_BLAME: Final = r"(?!\b(?:blame\w*|fault|guilt\w*|liab\w+|negligen\w+|(?<!\bclaimed\s)responsib\w+|wrongdoing)\b)"
"""Who denies that he is to blame for an incident does not deny the incident."""
_ASKED: Final = (
    r"\b(?:if|whether)\b(?:(?!\b(?:after|because|despite|following|since|(?<!\band\s)(?<!\bor\s)when)\b)[^;])*"
)
_CLAIM: Final = r"(?:allegations?|claims?(?!\s(?:against|for|over)\b)|reports?|rumou?rs?|stor(?:y|ies)|suggestions?)"
_DENY: Final = r"(?<!\bcannot\s)(?<!\bnor\s)(?<!\bnot\s)(?<!n['’]t\s)\b(?:contest|den|dismiss|disput|refut|reject)(?:y|e|es|ies|ed|ied|ing|ying|s)?\b"
_FALSE: Final = r"(?:a\s(?:fake|hoax|lie)|baseless|fabricated|faked?|false|forged|incorrect|invented|made\sup|not\strue|unfounded|untrue|wrong)"
_DENIED: Final = regex(
    rf"\b{_FALSE}\sthat\b.*"
    rf"|{_DENY}\s(?:{_BUT_NOT}{_NO_BLAME}(?!(?:against|for|in(?!\sany\b)|over)\b)[\w’'-]{{1,25}},?\s){{0,6}}?(?:{_CLAIM}|any|being|having|it|that(?=\s(?:any|data|hackers|its?|the|they)\b|\s(?-i:[A-Z]))|{_EVENT})\b(?:{_BUT_NOT}{_NO_BLAME}.)*"
    rf"|\b(?:{_CLAIM}|documents|posts?|screenshots|(?P<itself>{_EVENT}))\b[^;:]*?\b(?:(?:are|be|been|is|proved|was|were)\s(?:to\sbe\s)?(?:\w+ly\s)?"
    rf"(?:{_FALSE}|denied|refuted|(?:dismissed|rejected)(?(itself)\sas\b))|turned\sout\sto\sbe\s{_FALSE}|(?:never|not)\s(?:happened|occurred|taken\splace|took\splace))\b",
    re.IGNORECASE | re.DOTALL,
)
"""What is said not to be so: "it is not true that", "denied that", "reports that ... are false"."""
_NO_INTRUDER: Final = "".join(
    rf"(?<!\b{who}\s)" for who in "attacker attackers criminals hacker hackers intruder intruders thieves".split()
)
"""Where there are intruders there was an intrusion, whatever they may have seen."""
_OPEN: Final = regex(
    rf"{_NO_INTRUDER}\b(?:could|may|might)\s(?:also\s|well\s)?(?:be|have)\b(?!\s(?:heard|read|seen)\b)(?:{_BUT_NOT}[^,;])*|{_ASKED}|\b(?:believed|feared|rumou?red|thought)\sto\shave\b[^,;]*"
    rf"|\b(?:{_DOUBTFUL}|allegedly|apparently|possibly|potentially|purportedly|reportedly|supposedly)\s"
    r"(?!(?:attackers?|criminals?|gang|group|hackers?|intruders?|thieves)\b)(?:[\w’'-]{1,25}\s){0,3}?[\w’'-]{1,25}",
    re.IGNORECASE | re.DOTALL,
)
"""What is not said to be so, nor not to be."""
_NEGATED: Final = regex(
    r"\b(?:neither|never|no(?!\s(?:doubt|fewer|later|less|longer)\b)|none|not(?!\s(?:just|merely|only|until)\b)|without)\b[^,;:]*|n['’]t\b[^,;:]*",
    re.IGNORECASE | re.DOTALL,
)


def certainty(words: Tokens, read: Certainty) -> Certainty:
    """Return how sure a text is of its incident: what was read from it, or less where it says of no harm outright that it was done."""
    if read not in {Certainty.CONFIRMED, Certainty.SUSPECTED}:
        return read
    found = set()
    for first, last in words.sentences:
        for clause in TURN.split(words.printed(first, last)):
            for said in _said(clause):
                if said is Certainty.CONFIRMED:
                    return read
                found.add(said)
    return next((sure for sure in (Certainty.DENIED, Certainty.SUSPECTED) if sure in found), read)


def _said(clause: str) -> Iterator[Certainty | None]:
    """How sure a clause is of each harm in it; None where a mere part of the incident is open or was not done."""
    harms = list(_HARM.finditer(clause))
    granted = [match.span() for match in _GRANTED.finditer(clause)]
    for harm, sure in zip(harms, sureness(clause, [harm.start() for harm in harms]), strict=True):
        at = harm.start()
        unsure = sure is None or sure is Certainty.SUSPECTED
        if unsure and harm["itself"] and (_among(granted, at) or _KNOWN.search(clause, 0, at)):
            yield Certainty.CONFIRMED
        else:
            yield sure if harm["itself"] or sure is not Certainty.SUSPECTED else None


def sureness(clause: str, places: Iterable[int]) -> Iterator[Certainty | None]:
    """Yield how sure a clause is of what it says at places in it: denied, suspected where that is left open, None where it is merely negated."""
    denied, left_open, negated = (
        [match.span() for match in pattern.finditer(clause)] for pattern in (_DENIED, _OPEN, _NEGATED)
    )
    for at in places:
        if denials := _among(denied, at):
            # "Claims that no data were stolen are false" says that they were.
            yield Certainty.CONFIRMED if max(_among(negated, at), default=0) > denials[0] else Certainty.DENIED
        elif _among(left_open, at):
            yield Certainty.SUSPECTED
        else:
            yield None if _among(negated, at) else Certainty.CONFIRMED


def _among(spans: Iterable[Span], at: int) -> list[int]:
    """Where those of some stretches begin in which a place is."""
    return [start for start, end in spans if start <= at < end]
