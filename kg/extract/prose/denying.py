"""How sure a text is of its incident where it says of no harm outright that it was done: all of it is denied, or left open."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.extract.clauses import DOUBTFUL, EVENT, TURN, among, sureness
from kg.model import Certainty
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.tokens import Tokens

_HARM: Final = regex(
    rf"\b(?:(?P<itself>{EVENT}|attacked|breached|broken?\s(?:in|into)|compromised|hacked|infected|phished)|abused|accessed|activity|affected|altered|bribed|changed|controlled|copied|crashed|demanded"
    r"|disrupt(?:ed|ion)|down|downloaded|encrypted|entered|exfiltrated|expos(?:ed|es|ing|ure)|fail(?:ed|s)|fraud(?:ulently)?|gone|got(?:ten)?\sinto|hit|impacted|intruders?|leaked|lost|malicious|obtained"
    r"|offered|offline|posted|published|reached|read|scraped|seen|sold|steal(?:s|ing)?|stole|stolen|taken|took|unauthori[sz]ed|malware|ransomware|uploaded|victims?|viewed)\b",
    re.IGNORECASE,
)
"""What somebody does to a company or its data; of many words, since one that is told outright is enough for an incident."""
_KNOWN: Final = regex(
    rf"(?:\b(?:its|that|the|their|this)|['’]s)\s(?:(?!{DOUBTFUL}\b)[\w-]{{1,20}}\s){{0,2}}\Z", re.IGNORECASE
)
"""Before a noun for an incident that is taken to have happened."""
_GRANTED: Final = regex(
    rf"\b(?:by|during|for|from|in|over)\san?\s(?:(?!{DOUBTFUL}\b)[\w-]{{1,20}}\s){{0,4}}{EVENT}\b[^,;]{{0,60}}?\s(?:that|which)\s(?:has\s|had\s)?"
    r"(?:brought|compromised|crippled|cut|disrupted|exposed|forced|hit|knocked|left|put|shut|struck|took|\w+ed)\b",
    re.IGNORECASE,
)
"""An incident of which is told what it did, whatever is asked beside: "whether names were taken in a breach that shut its shops"."""


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
        if unsure and harm["itself"] and (among(granted, at) or _KNOWN.search(clause, 0, at)):
            yield Certainty.CONFIRMED
        else:
            yield sure if harm["itself"] or sure is not Certainty.SUSPECTED else None
