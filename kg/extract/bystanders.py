"""Whether a sentence tells of somebody whom it names that the breach was not theirs: they were spared, or came to help."""

from __future__ import annotations

import re

from kg.patterns import regex

HARM = regex(
    r"\b(?:breach|hack|attack|incident|intrusion|compromis|expos|leak|stol|theft|access|outage|intru|hit\b|ransom|taken|obtain|cop[iy]|reach|lost)\w*",
    re.IGNORECASE,
)
"""What was done to somebody or something."""
_DENIED_BEFORE = regex(
    r"\b(?:none\sof\s(?:[\w’'-]{1,20}\s){0,3}|(?:no\s(?:evidence|indication|sign|suggestion)s?|not\sbelieve)\sthat\s(?P<what>[^.;]{0,60})"
    r"|(?:rul(?:es|ed|ing)\sout|rather\sthan|instead\sof|independent\sof|unrelated\sto)\s(?:[\w’'-]{1,20}\s){0,4})\Z",
    re.IGNORECASE,
)
TOUCHED = (
    r"(?:affected|compromised|breached|impacted|involved|hacked|touched|hit|at\sfault|responsible|to\sblame|accessed|attacked|"
    r"exposed|implicated|penetrated|infected|the\s(?:source|cause|target))\b"
)
_SPARED = regex(
    r"(?:[’']s?)?(?:\s\([^()]{1,20}\))?(?:,\s(?:an?|its|that|the|their|which|who)\s[^,;.]{3,80}(?=,))?(?:,?\s(?!(?:and|but|while|because|since|after|when|as|that|which|who|whose|where|said|says|was|were|is|are|has|have|had)\b)"
    r"[\w&.’'-]{1,30}){0,5}?(?:,?\s(?:that|which|who))?"
    r"(?:\s(?:said|says|confirmed|reported|stated)\s(?:that\s)?(?:it|they|(?:its|their)\s(?:own\s)?(?:systems?|networks?|servers?)))?"
    rf",?\s(?:(?:(?:was|were|is|are)(?:\snot|n[’']t)|(?:has|have|had)(?:\snot|n[’']t)\sbeen)\s(?:(?:itself|themselves|directly|also|ever|in\sany\sway)\s){{0,2}}{TOUCHED}"
    r"|(?:was|were|is|are|remain(?:s|ed)?)\s(?:[\w-]{1,20}\s){0,2}(?:unaffected|uninvolved|untouched|unharmed|uncompromised)\b"
    r"|(?:has|have|had|play(?:s|ed)?)\sno\s(?:part|role|involvement)\b"
    r"|(?:found|reported|saw|had)\sno\s(?:impact|evidence|indications?|signs?|traces?)\s[^.;,]{0,60}?\b(?:its|their)\s(?:own\s)?(?:systems?|networks?|servers?)\b)",
    re.IGNORECASE,
)
"""Behind a name: that it was not concerned."""
_WORDS = r"(?:(?!(?:and|because|but|instead|only|rather|since|though|when|which|who)\b)[\w’'()&/-]+\s){0,8}?(?:[\w’'()&/-]+,\s)?"
_UNREACHED = regex(
    rf"(?:\b(?:not|never)|n[’']t)\s(?:[\w-]+\s)?(?:affect|breach|compromise|concern|hit|impact|involve|reach|touch|at|(?:occur|happen)\s(?:at|in))\s{_WORDS}\Z",
    re.IGNORECASE,
)
_NEITHER = regex(
    rf"\b(?:neither|no\s(?:[\w-]+\s)?(?:systems?|networks?|servers?)\s(?:at|of))\s{_WORDS}\Z", re.IGNORECASE
)
_TOUCHED_BEHIND = regex(rf"[^.;]{{0,60}}?\b(?:was|were)\s{TOUCHED}", re.IGNORECASE)
MISDEED = regex(
    r"\b(?:stole|lost\b|loss\b|hack|breach(?:ed)?\b|infect|attack|ransom|malware|phish|virus|accessed|access to|unauthori[sz]ed|impermissib|disclos|expos"
    r"|mis(?:directed|mailed|sent|placed|takenly)|mailed|sent\b|print|theft|intru|compromis|vulnerab|error|unsecured|not secure|left\b|burgl|broke|viewed|posted"
    r"|visible|bypass|improper|inadvertent|accident)",
)
"""What is done to data that should not be."""
MARK = r"(?:\s*\((?:the )?[\"“]?(?:BAs?|CEs?|CE's)[\"”]?\))?"
"""What the accounts of a portal put in brackets behind a name."""
_HELPED = regex(
    rf"{MARK},?(?: (?:to|which|who|and|then|also|immediately|promptly))*? (?:(?:restor|recover)[a-z]* (?!its\b|their\b)|(?:assist|help)[a-z]* "
    r"|(?:was|were) (?:hired|engaged|retained|called in|brought in)\b)"
)
ASIDE = r"(?:,? (?:which|who|whom|that|an?|the|located|based)\b[^.;]{0,120}?,)?"
"""What may stand between commas behind a name."""
_NOTICES = (
    r"(?:(?:breach )?notification letters?|letters? of notification|letters? (?:notifying|informing)|breach (?:notices?|letters?|notifications?)|notices? of the (?:breach|incident)"
    r"|call cent(?:er|re)|the notices\b|credit monitoring|identity (?:theft )?(?:protection|restoration|monitoring)|hot ?line|toll-free)"
)
AFTERWARDS = regex(
    rf"{MARK},?{ASIDE},?(?: (?:has|had|then|also|later|remotely|immediately|promptly|subsequently))* (?:(?:wip|alert)(?:ed|s)\b"
    rf"|(?:mailed|sent|issued|prepared|printed|distributed|provided|offered|ran|runs|operated|staffed|set up|handled|managed|hosted) [^.;]{{0,60}}?\b{_NOTICES})"
)
"""What helpers do after a breach."""
ERRED = regex(
    r"\b(?:wrong|incorrect|error|mistak|mis-?(?:sent|mailed|directed|placed)|visible|expos|inadvert|improper|impermiss|accident|another|disclos|BA['’]s|ssociate['’]s|that it\b|one of its|its (?:own )?(?:servers?|systems?|networks?))"
)
"""What is said of one who did the harm, by a mistake or else."""
_HIRED_AFTER = regex(
    r"[^.;]{0,120}?\b(?:hired|engaged|retained|contracted|brought in|called in)\b(?: [\w-]+){0,3}? (?:after|following|since|in response to|because of|due to) (?:the|this|that) "
    r"(?:[\w-]+ ){0,3}?(?:breach|incident|attack|theft|loss|discovery|event|intrusion|hack)\b"
)
_HELPING = ("etter", "otic", "otif", "call", "onitor", "rotect", "estor", "toll", "hot", "wip", "alert")
_HIRING = ("hired", "engaged", "retained", "contracted", "brought in", "called in")
"""One of them is in what tells that somebody helped, or was hired."""
CALLED_IN = regex(r"\b(?:hired|engaged|retained|arranged for|assisted by|the (?:help|assistance) of)\b[^.]{0,60}\Z")
_TO_HELP = regex(
    rf"{MARK},? (?:to|for) (?:investigat|assist|help|restor|recover|conduct|perform|a forensic|forensic|remediat|review)"
)


def is_spared(text: str, start: int, end: int) -> bool:
    """Return whether a sentence says of somebody, whose words are text[start:end], that it was not concerned."""
    before = text[max(0, start - 120) : start]
    if _SPARED.match(text, end) or _UNREACHED.search(before):
        return True
    if _NEITHER.search(before) and _TOUCHED_BEHIND.match(text, end):
        return True
    said = _DENIED_BEFORE.search(before)
    return said is not None and not HARM.search(said["what"] or "")


def helped(before: str, after: str) -> bool:
    """Return whether a sentence tells by the words before and behind a name that it was somebody who helped, or was hired after a breach."""
    if came_after(after):
        return True
    return bool(_HELPED.match(after) or (_TO_HELP.match(after) and CALLED_IN.search(before)))


def came_after(after: str) -> bool:
    """Return whether the words behind a name tell that it did what is done after a breach, or was hired because of one."""
    helps = any(map(after.__contains__, _HELPING)) and AFTERWARDS.match(after)
    if helps and not ERRED.search(after):
        return True
    return any(map(after.__contains__, _HIRING)) and _HIRED_AFTER.match(after) is not None
