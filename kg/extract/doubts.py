"""How sure words are of what they tell: where harm only may have been done, which things of a list only may be, and what somebody denies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.relations import GROUP_NOUN, holds
from kg.model import Certainty
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Span

_MAY_BE = r"(?<!that\s)(?<!which\s)(?<!who\s)(?:may|might|could)(?:\s(?:also|perhaps|possibly|potentially|well)){0,2}\sbe(?=\s(?:affected|at\srisk(?!\s(?:for|from|of)\b)|breached|compromised|exposed(?!\sto\b)|impacted)\b)"
"""Not of a number of others ("500 companies that may be affected"), nor of what may come of it ("at risk of fraud")."""
_HEDGE = regex(
    rf"\b(?:{_MAY_BE}|(?:may|might|could)(?:\s(?:also|perhaps|possibly|potentially|well)){{0,2}}\s(?:have|include)|potential(?:ly)?|possibl[ey]|allegedly|believed to have|suspected|is feared|are feared)\b",
    re.IGNORECASE,
)
_HEDGING = ("may ", "might", "could", "potential", "possibl", "alleged", "believed", "suspected", "feared")
_HARM = regex(
    r"\b(?:expos|compromis|access|stol|steal|leak|taken|affect|breach|copied|viewed|obtain)\w*", re.IGNORECASE
)
_BEEN = regex(r"\sbeen\b(?:,[^,;.]{0,40},)?(?P<what>[^,;.]{0,80})", re.IGNORECASE)
_UNDERGONE = regex(
    r"\b(?:access|acquir|affect|among|at\srisk|breach|captur|compromis|copied|delet|disclos|download|exfiltrat|expos|hack|hit\b|impact|includ|intercept|involv|leak|lost|obtain|part\sof"
    r"|publish|read\b|releas|seen|stolen|taken|viewed|visible)",
    re.IGNORECASE,
)
"""What may have been done to data or to a company, behind "may have been"; who is Russian or what is in plain text was not harmed by it."""
_OTHER_DOUBT = regex(
    r"\s(?:(?:begun|begin|started|originated|come\sfrom|entered|exploited|remained|been\s(?:carried\sout|behind|orchestrated|conducted|in\sthe\snetwork))\b"
    r"|be\s(?:used|exploited|misused|abused)\b|from\s[^,;.]{1,30},|since\b|(?:us(?:e|ing)|exploit|misus(?:e|ing)|abus(?:e|ing)|fac(?:e|ing)|lead(?:ing)?|result(?:ing)?|enabl(?:e|ing)|allow(?:ing)?|caus(?:e|ing)|trigger(?:ing)?)\b)",
    re.IGNORECASE,
)
"""What is told of the doings of intruders, or of what may come of it, and not of whether there was harm."""
_DOUBTFUL_THING = regex(
    r"\s(?:[\w-]{1,20}\s){0,2}?(?:class|lawsuits?|litigation|fines?|penalt\w+|phishing|fraud|scams?|misuse|abuse|identity|risks?|consequences?|fallout|sanctions?|attackers?|hackers?|gangs?|groups?|actors?|perpetrators?|suspects?)\b"
    r"|\s(?:burglars?|robbers?|thief|thieves)\b",
    re.IGNORECASE,
)
_SUFFERS = r"appointments?|bookings?|customer\sservice|deliver(?:y|ies)|earnings|flights?|operations?|orders?|outlook|payments?|prices?|production|results|revenues?|sales|services?|shares?|shipments?|stocks?|suppl(?:y|ies)|times?"
_NO_VICTIM = regex(
    rf"(?:\A|[,;:—]\s|\b(?:that|and|but|said|warned)\s)(?:(?!(?:by|for|from|in|of|on|to|who|with)\b)[\w’'-]{{1,20}}\s){{0,2}}(?-i:{_SUFFERS})\s\Z"
    rf"|\A(?:{_SUFFERS}|(?:more|other|further)\s\w+)\s\Z",
    re.IGNORECASE,
)
"""Before "may be affected": what suffers from an incident without being its victim, and who may be the next."""
_LOOT = regex(
    r"\b(?:(?:accessed|affected|breached|compromised|copied|exposed|impacted|involved|leaked|obtained|stolen|taken|viewed)(?:\s[\w’'-]{1,20}){0,3}?\s(?:data|details|documents|files?|information|records?)"
    r"|(?:data|details|documents|files?|information|records?)(?:\s[\w’'-]{1,20}){0,4}?\s(?:accessed|affected|breached|compromised|copied|exposed|impacted|involved|leaked|obtained|stolen|taken|viewed))\s\Z",
    re.IGNORECASE,
)
"""Before "may include": what was taken, and not a remedy or a penalty."""
_NO_DOUBT = regex(
    r"(?:\b(?:not|never|no\slonger)|n[’']t|\b(?:no|none|neither)\b(?:\s(?!(?:and|but|that|though|which|while|who|yet)\b)[\w’'-]{1,20}){1,6}?\s(?:is|are|was|were))\s(?:\w+ly\s)?\Z"
    r"|\b(?:could|can|may|might|will|would)\s(?:also\s|still\s)?\Z"
    rf"|(?:\A|\b(?!(?:about|and|as|at|by|for|from|in|of|on|or|to|with)\s)[\w’'-]{{1,20}}\s)[“\"]?(?:more|other|further)\s(?:[\w-]{{1,20}}\s){{0,2}}{GROUP_NOUN}\s\Z",
    re.IGNORECASE,
)
"""Before a hedge that is denied, and spares what it is said of; of what is yet to come ("may potentially be used"); and of other organizations
than those of which the harm is told, and neither of their data nor of those in one list with them."""
_MAYBE = regex(
    r"\b(?:possibl[ye]|potential(?:ly)?|maybe|may(?!\s{0,2}[\d,.;)/–-]|\s(?:and|to|through|until|of)\b)|might|perhaps|suspected|likely|probabl[ye]|could|unconfirmed|(?P<claimed>alleged(?:ly)?|claimed|purported(?:ly)?))\b"
    r"(?!\s(?:to\s)?(?:(?:be\s)?(?:more|higher|larger)\b(?!\sthan)|rise|grow|increase|change)\b)",
    re.IGNORECASE,
)
"""Not the month: "visits from May 2030 to June"; nor "possibly more", by which what was said is no less sure."""
_APART = regex(r"[,;.\n]")
_WHICH = regex(r",\s(?:which|who|that)\s[^,;]{1,120},")
"""A clause about one kind in a list; its hedge is not that of the next kind."""
CLOSED = r"(?:(?:(?:case|investigation)\s)?(?:closed|completed?|concluded|resolved)(?:\s?[;:,.(–—-]\s?|\sas\s))?"
"""What a state may begin with that goes on behind it."""
UNTRUE = regex(
    rf"{CLOSED}(?:(?:(?:the|earlier|initial|original)\s)?(?:(?:breach\s)?(?:report|story)\s(?:(?:was|has\sbeen)\s)?(?:retracted|withdrawn)|retracted)"
    r"|retraction|(?:an?\s)?false\s(?:alarm|report)"
    r"|(?:(?:the|all)\s)?(?:(?:breach\s)?(?:allegation|claim|report)s?\s)?(?:(?:was|were|are)\s)?(?:fabricated|unfounded|retracted))\s?[.)]{0,2}",
    re.IGNORECASE,
)
"""All of a state by which the post itself takes the breach back; one that says more may tell what else happened."""
_BREACH = r"(?:data\s)?(?:breach|hack|hacking|cyber-?\s?attack|attack|intrusion|compromise|security\sincident|ransomware\sattack)(?:es|s)?"
DENIES = regex(
    r"(?:,\s(?:which|who)|[’']s\s(?:[\w-]{1,20}\s){0,2})?\s?(?:(?:has|have|had|firmly|flatly|again|publicly|strongly|categorically|also)\s){0,3}"
    r"(?:denie[sd]|deny|denying|disputes?d?|refutes?d?|rejects?\sclaims\sof|rejected\sclaims\sof)\s"
    rf"(?:(?:any|a|the|being|having|been|all|it|that|they|was|were|its|their|own|platforms?|infrastructure|systems?|networks?|servers?|claims?|reports?|allegations?|of|suffering|suffered|alleged|new|recent|massive|major|cloud|experienced|experiencing|had|has|ever|there)\s){{0,7}}(?:{_BREACH}|breached|hacked|compromised|attacked)"
    r"(?=\s{0,2}(?:[,.;:–—\n-]|\Z)|\s(?:after|amid|as|despite|following|claims?|claimed|reports?|when|while|and|by|but|at|on|rumou?rs?|allegations?|in\s(?:a|an|its)\b|of\s(?:its|their)\s(?:[\w-]{1,20}\s)?(?:systems?|networks?|servers?|data|databases?)\b))",
    re.IGNORECASE,
)
"""Behind the name of a company: that it denies all of it."""
DENYING = ("denie", "deny", "disput", "refut", "reject")
"""One of them is in every text in which somebody denies anything; in most posts none is."""
OWNS_UP = regex(
    r"(?:[’']s\s(?:[\w-]{1,20}\s){0,2})?\s?(?:(?:has|have|had|later|since|then|now|also|finally|quietly|eventually|but|privately)\s){0,4}(?:confirm|admit|acknowledg|conced)\w*",
    re.IGNORECASE,
)
"""Behind a name: that its bearer says that it happened."""
_PLATFORM = regex(r",\s(?:which|who)|\b(?:own|platforms?|infrastructure)\b", re.IGNORECASE)
LATER = regex(
    r"\b(?:later|since|now|finally|eventually|quietly|privately|initially|at\sfirst|originally)\s(?:[\w’'-]{1,20}\s){0,2}(?:confirm|admit|acknowledg|conced|denie)\w*"
    r"|\bdenie[sd]\b[^.;]{0,60}\b(?:at\sfirst|initially|before\s(?:confirm|admit)\w*)",
    re.IGNORECASE,
)
"""That who denied it owned up to it, or the reverse, later."""


def hedges(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a sentence by which harm only may have been done; what may come of it, since when and by whom, is no doubt of that."""
    for hedge in _HEDGE.finditer(text) if holds(text, _HEDGING) else ():
        been = _BEEN.match(text, hedge.end())
        harm = (
            _UNDERGONE.search(been["what"])
            if been
            else _HARM.search(text[max(0, hedge.start() - 60) : hedge.end() + 80])
        )
        if (
            harm
            and not _OTHER_DOUBT.match(text, hedge.end())
            and (hedge[0].lower().endswith((" have", " be")) or not _DOUBTFUL_THING.match(text, hedge.end()))
            and not _NO_DOUBT.search(text, max(0, hedge.start() - 80), hedge.start())
            and (not hedge[0].lower().endswith(" include") or _LOOT.search(text, 0, hedge.start()))
            and not (
                hedge[0].lower().endswith(" be")
                and text.startswith((" affected", " impacted"), hedge.end())
                and _NO_VICTIM.search(text, max(0, hedge.start() - 40), hedge.start())
            )
        ):
            yield hedge


def certainties(text: str, kinds: Iterable[Span]) -> Iterator[Certainty]:
    """Yield how sure a list is of each of its kinds of data, in their order; a "possibly" holds up to the next comma."""
    before, certainty = 0, Certainty.CONFIRMED
    for start, end in kinds:
        aside = _WHICH.search(text, before, start)
        maybe = _MAYBE.search(text, aside.end() if aside else before, end)
        if maybe:
            certainty = Certainty.CLAIMED if maybe["claimed"] else Certainty.SUSPECTED
        elif _APART.search(text, before, start) or not before:
            certainty = Certainty.CONFIRMED
        yield certainty
        before = end


def is_denied(told: Iterable[tuple[str, Iterable[int]]], *, wide: bool = True) -> bool:
    """Return whether a company denies all of it, and nothing says that it owned up to it: texts, with where in each the company has been named."""
    denied = False
    for text, called in told:
        if LATER.search(text):
            return False
        for end in called:
            if OWNS_UP.match(text, end):
                return False
            said = DENIES.match(text, end)
            denied = denied or (said is not None and (wide or not _PLATFORM.search(said[0])))
    return denied
