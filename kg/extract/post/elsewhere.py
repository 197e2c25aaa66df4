"""Whether the prose of a post places the breach at somebody else's system, which makes the company of the post its victim.

Much prose that speaks of a provider says nothing of the kind: it spares the provider, the company is the provider itself,
an "unauthorized third party" is the intruder, or the provider helps, or tells the people whose data was taken.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.bystanders import HARM, is_spared
from kg.extract.relations import NEGATED, SERVANT, SUPPLIER, mention
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.extract.relations import Sentence
    from kg.model import Evidence

THIRD_PARTY = regex(
    rf"\b(?:third[- ]part(?:y|ies)|(?:outside|external|cloud|service|help[- ]?desk|software|hosting|technology|it|crm|payroll|unnamed) (?:{SUPPLIER}|platform|firm|system|application|company|partner)s?"
    rf"|(?:its|their|a|an|one of (?:its|their)|the company[’']s) (?:supplier|vendor|service provider|contractor|subcontractor)s?|(?:{SUPPLIER})[’']s (?:system|network|platform)s?"
    rf"|(?:from|at|through|via|by) (?:a |an |its )?(?:[\w-]+ ){{0,2}}(?:{SUPPLIER}|help[- ]desk provider)"
    r"|(?:software|systems?|platform|tools?|applications?|services?) (?:supplied|provided|operated|hosted|run|made|developed) by(?-i:(?=\s[A-Z])))\b",
    re.IGNORECASE,
)
_WHOSE = (
    r"(?:its|their|the\s(?:airline|airport|bank|broker|business|chain|charity|club|college|company|council|firm|group|hospital|insurer|lender|maker|mutual|operator|organi[sz]ation"
    r"|retailer|school|society|union|university|utility)[’']s)"
)
_SERVES = rf"(?:[\w-]{{1,20}}\s){{0,4}}?(?:{SERVANT}|partner)"
_ENTERED = (
    r"(?:(?:was|were|has\sbeen|had\sbeen|got)\s(?:itself\s)?(?:attacked|breached|compromised|encrypted|hacked|infected|(?:hit|struck)\s(?:by|in)\s(?:an?\s)?(?:[\w-]{1,20}\s)?(?:attack|cyber|hack|malware|ransomware))"
    r"|suffered\san?\s(?:[\w-]{1,20}\s){0,2}(?:attack|breach|incident|intrusion)|fell\svictim\sto)"
)
_THERE = regex(
    rf"\b(?:(?P<at>at|on|of|into)\s(?:(?:{_WHOSE}\s{_SERVES}|one\sof\s{_WHOSE}\s{_SERVES}s)"
    r"(?=[’']s\b|\s?[,.;:)]|\s(?:after|and|called|caused|exposed|forced|had|has|in|last|led|left|named|on|that|this|was|were|which|who|(?-i:[A-Z]))|\Z)"
    r"|(?-i:[A-Z])[\w&.’'-]{0,30}(?:\s(?-i:[A-Z])[\w&.’'-]{0,30}){0,3},\s(?:the|an?)\s(?:[\w-]{1,20}\s){0,3}?(?:agency|company|firm)\s(?:that|which)\s"
    rf"[^.;,]{{1,60}}?\b{_WHOSE}(?!\sown\b))"
    rf"|(?<!hours\s)(?<!day\s)(?<!days\s)(?<!week\s)(?<!weeks\s)(?<!month\s)(?<!months\s)(?<!years\s)(?<!year\s)(?<!soon\s)(?<!shortly\s)(?:(?P<when>after|as|because|since|when)|said|says|that)\s(?!their\b){_WHOSE}\s{_SERVES}(?=\s{_ENTERED}))",
    re.IGNORECASE,
)
"""Who serves the company, behind the words for what happened there, or before them."""
_EVENT = regex(
    r"\b(?:(?:cyber-?)?attack|breach|compromise|hack|incident|intrusion|theft)(?:\s(?:happened|occurred|took\splace|was))?\s\Z"
    r"|\b(?:not|n[’']t)\s[^.;,]{1,80}\sbut\s(?:rather\s)?\Z",
    re.IGNORECASE,
)
"""Before where it happened."""
_ELSE = regex(
    r"\bbut\s(?:rather\s)?\Z|\b(?:affected|disrupted|harmed|hit|impacted)\s(?:by|in)\s(?:an?\s|the\s)?(?:[\w-]{1,20}\s){1,2}\Z",
    re.IGNORECASE,
)
"""Before it, what ends a denial: "not at ALDER but", or "ALDER was not affected by the breach"."""
_NOUN = rf"(?:(?:{SERVANT}|platform|firm|system|application|app|partner|administrator)s?|compan(?:y|ies))"
_HEAD = regex(
    rf"(?:\s(?!(?:and|or|to|at|of|in|on|for|with|by|from|was|were|is|are|may|might|had|has|have|who|that|which|the|a|its|their|illegally|"
    rf"gained|obtained|accessed|acquired|copied|stole|used|using|hacked|infiltrated|compromised|broke|breached)\b)[\w-]{{1,20}}){{0,3}}?\s{_NOUN}\b",
    re.IGNORECASE,
)
"""What follows "third-party" where that is no party itself."""
_CALLED_IN = regex(
    r"\b(?:engag|hir|retain|appoint|consult|brought in|help of|assist|support of|working with|work with|with the aid)\w*",
    re.IGNORECASE,
)
_HELPER = regex(
    r"\b(?:forensic|cyber ?security|security|expert|specialist|investigator|consultant|counsel|lawyer|auditor|researcher|incident response|"
    r"assist|review|monitoring|claim|insur|risk)\w*",
    re.IGNORECASE,
)
_AFTERCARE = regex(
    r"\b(?:(?:credit|identity|fraud|dark[- ]web|id)\s(?:[\w-]{1,20}\s){0,3}(?:monitoring|protection|restoration|repair|services?)"
    r"|(?:notif(?:y|ies|ied|ying|ications?)|contact(?:ed|ing)?|inform(?:ed|ing|s)?|mail(?:ed|ing)|letters|call\scent\w{1,3})\b"
    r"(?=(?:\s(?!(?:that|of|about|which|who|whose|when|after|because|had|was|were|by)\b)[\w’'-]{1,20}){0,6}?\s(?:through|via|using)\s(?:[\w-]{1,20}\s){0,3}\Z))",
    re.IGNORECASE,
)
"""What is done for the people concerned, often by somebody hired for it."""
_INTRUDER_BEFORE = regex(
    r"\b(?:(?:unauthori[sz]ed|malicious|criminal|unknown|hostile|rogue|nefarious|unidentified)\s"
    r"|(?:sell|sold|disclos|accessible|available|expos|releas|visible)\w*\s(?:[\w-]{1,20}\s){0,3}?(?:to|with)\s(?:(?:a|an|any|other|some)\s){0,2}"
    r"|(?:access|acquir|obtain|view|cop|stol|tak|download|exfiltrat)\w*\sby\s(?:(?:a|an|some|any|another)\s)?)\Z",
    re.IGNORECASE,
)
_RECIPIENTS = regex(
    r"\b(?:shar|pass|transferr|giv)\w*\s(?:[\w-]{1,20}\s){0,2}?(?:to|with|on\sto)\s(?:(?:any|other|some)\s)?\Z",
    re.IGNORECASE,
)
_INTRUDER_AFTER = regex(
    r"\s(?:(?:actor|attacker|hacker|intruder|criminal)s?\b"
    r"|(?:(?:may|might|had|has|have|who|that|illegally|unlawfully)\s){0,3}(?:gain|obtain|access|acquir|cop(?:y|ied)|st[oe][la]|infiltrat|broke|hack|exfiltrat|exploit|enter|view|download|got\sin)\w*)",
    re.IGNORECASE,
)
_LIKE_A_NAME = regex(
    r"\b(?:it|the\s(?:company|firm|group|business|organi[sz]ation))\b(?=\s(?:is|was)\b|,\s)", re.IGNORECASE
)
_IS_KIND = regex(
    r"(?:\s\([^()]{1,30}\))?(?:,|\s[–—-]|\s(?:itself\s)?(?:is|was)|,?\swhich\sis|,?\s(?:which\s|that\s)?(?:operate|act|serve|work)[sd]\sas)\s(?:a|an|the|one\sof\sthe)\s"
    r"(?:(?!(?:of|from|at|by|through|via|to|with|using|in|on|for|after|when|and|said|says|that|which|whose|its|their|a|an|the|was|were|is|hit)\b)"
    r"[\w’'/&.-]{1,30},?\s){0,6}[\w’'/&.-]{1,30}",
    re.IGNORECASE,
)
"""What stands between a name and the kind of company that its bearer is, with that kind."""
_SYSTEM = regex(
    r"(?:cloud|service|help[- ]?desk|software|hosting|technology|it|crm|payroll) (?:platform|system|application)s?",
    re.IGNORECASE,
)
_OWN = regex(
    r"\b(?:its|their|our|own|internal|[\w.&-]{1,30}[’']s?)\s(?:[\w-]{1,20}\s){0,2}\Z|\b(?:information|certain)\s\Z",
    re.IGNORECASE,
)
"""What a company runs itself ("shut down its IT systems")."""
_SUFFERING = regex(
    rf"(?:its|their|the company[’']s) (?:[\w-]+ ){{0,2}}(?:{SUPPLIER}|subcontractor)s",
    re.IGNORECASE,
)
"""All of somebody's suppliers, who are told of what befell it rather than the place where it happened."""
_ORIGIN = regex(
    r"\b(?:at|from|of|through|via|by|in|on|against|using)\s(?:the\s(?:[\w-]{1,20}\s){0,2})?\Z", re.IGNORECASE
)
_THE = regex(r"\bthe\s(?:[\w-]{1,20}\s){0,2}\Z", re.IGNORECASE)
_TO_COME = regex(
    r"\b(?:another|different|new|rival)\s(?:(?!(?:at|by|for|from|in|of|on|to|with)\b)[\w-]{1,20}\s){0,2}\Z"
    r"|\b(?:build|buil[dt]|choos|chose|creat|design|develop|install|introduc|launch|plan|select|set(?:ting)?\sup|test)\w*\s(?:(?:an?|its|own|the|their)\s){1,3}(?:[\w-]{1,20}\s)?\Z",
    re.IGNORECASE,
)
"""Before what a company has, or will have, since then."""
_HARMED = regex(r"\s(?:which\s|that\s|who\s)?(?:had|has|was|were|lost|suffered)\b", re.IGNORECASE)
_NEVER_ITSELF = regex(
    r"\b(?:third|vendor|supplier|contractor|partner|payroll|hosting|help[- ]?desk|outside|external|unnamed|crm)",
    re.IGNORECASE,
)
"""What a company is to another one, and not to everybody ("the technology company")."""
EARLIER = regex(
    r"\b(?:follows|previous(?:ly)?|unrelated|separate)\s(?:[\w’'-]{1,20}\s){0,4}?(?:19|20)\d\d\b"
    r"|\b(?:a|an|another|its|the)\s(?:previous|prior|past|earlier|unrelated|separate)\s(?:[\w-]{1,20}\s){0,2}?(?:breach|hack|attack|incident|intrusion)"
    r"|\b(?:second|third|fourth|fifth)\s(?:[\w-]{1,20}\s){0,3}?(?:breach|hack|attack|incident|intrusion)\b[^.;]{0,40}\b(?:following|after|since)\b"
    r"|\b(?:already|previously)\s(?:been\s(?:attacked|breached|hacked|hit)|fallen\svictim|suffered)\b[^.;,]{0,40}\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
"""That another breach is told of."""
_NAMED = regex(r"\s(?:(?:called|named|known\sas)\s)?(?:the\s)?|,\s", re.IGNORECASE)
_OWNED = regex(r"\b(?:its|their|his|our|whose)\b|[’']s?\s(?:[\w-]{1,20}\s){0,3}\Z", re.IGNORECASE)
_BACK = regex(rf"\bthe\s(?:[\w-]{{1,20}}\s)?(?:{SUPPLIER})\b", re.IGNORECASE)
_LEAST = 4
"""Letters that the first word of a name has at least that stands for the whole."""


def through_third_party(found: Iterable[Sentence], names: Sequence[str] = ()) -> Evidence | None:
    """Return the first words that place the breach at somebody else's system.

    Args:
        found: the sentences of the prose.
        names: the companies of the post; where one of them is the provider, it is nobody else.
    """
    itself, before = False, ""
    for sentence in found:
        for match in THIRD_PARTY.finditer(sentence.text):
            end = match.end()
            noun = _HEAD.match(sentence.text, end) if match[0].lower().startswith("third") else None
            bare = noun is None and match[0].lower().startswith("third")
            end = noun.end() if noun else end
            if _is_company(sentence.text, match.start(), end, names, before):
                itself = True
            elif _is_own(sentence.text, match) or (itself and _BACK.search(match[0])) or _known(sentence.text, match):
                continue
            elif not (
                NEGATED.search(sentence.text, max(0, match.start() - _NEAR), match.start())
                or is_spared(sentence.text, match.start(), end)
                or _helps(sentence.text, match)
                or (bare and _intrudes(sentence.text, match))
            ):
                return sentence.evidence(*match.span())
        # Of several companies that are listed one may be the supplier.
        for match in _THERE.finditer(sentence.text) if len(names) == 1 else ():
            if _is_there(sentence.text, match, names, before):
                return sentence.evidence(*match.span())
        before = sentence.text
    return None


def _is_there(text: str, match: re.Match[str], names: Sequence[str], before: str) -> bool:
    """Whether it happened at whom words tell of: none of the companies, nor one of an earlier breach, nor one who only helps."""
    start, end = match.span()
    if (match["at"] and not _EVENT.search(text, 0, start)) or _helps(text, match):
        return False
    if EARLIER.search(text, 0, start) or "unrelated" in text:
        return False
    turn = _ELSE.search(text, max(0, start - 60), start)
    ahead = turn.end() if turn else 0
    # "could not deliver after" denies nothing of what stands behind it, as "not because" does.
    near = start - (_CLOSE if match["when"] else _NEAR)
    if NEGATED.search(text, max(ahead, near), start) or is_spared(text[ahead:], start - ahead, end - ahead):
        return False
    # Who is named right behind it is the one who serves the company.
    beside = _PAUSE.split(text[end : end + _REACH].lstrip(" ,"), maxsplit=1)[0]
    return not (_named(text[start:end], names) or _named(beside, names) or _is_company(text, start, end, names, before))


_NEAR, _CLOSE, _REACH = 25, 6, 60
"""Characters before words in which they are denied, and behind them in which somebody is named."""
_PAUSE = regex(r"[,.;]")


def _named(text: str, names: Sequence[str]) -> bool:
    """Whether a text names one of the companies, or calls it by its first word."""
    return any(mention(word, text) for name in names for word in (name, name.split()[0]) if len(word) >= _LEAST)


def _is_own(text: str, match: re.Match[str]) -> bool:
    """Whether a company's own systems are meant, or all of its suppliers, and not where it happened."""
    words = match[0].lower()
    if _SYSTEM.fullmatch(words):
        return words.startswith("it ") or _OWN.search(text, 0, match.start()) is not None
    return _SUFFERING.fullmatch(words) is not None and not _ORIGIN.search(text, 0, match.start())


def _known(text: str, match: re.Match[str]) -> bool:
    """Whether a provider is whom the text has spoken of ("the technology company said"), or one of an earlier breach."""
    if EARLIER.search(text, 0, match.start()):
        return True
    if _TO_COME.search(text, 0, match.start()) and not _HARMED.match(text, match.end()):
        return True
    spoken_of = match[0].lower().startswith("the ") or _THE.search(text, 0, match.start())
    return bool(spoken_of) and not _ORIGIN.search(text, 0, match.start()) and not _NEVER_ITSELF.search(match[0])


def _helps(text: str, match: re.Match[str]) -> bool:
    """Whether a third party was called in, or does something for the people concerned."""
    before = text[max(0, match.start() - 40) : match.start()]
    if _CALLED_IN.search(before) or _HELPER.search(text[match.start() : match.end() + 40]):
        return True
    # With the words of the match that lead to the provider ("through a vendor").
    lead = text[max(0, match.start() - 120) : match.end()].rpartition(" ")[0] + " "
    care = _AFTERCARE.search(lead)
    return care is not None and not HARM.search(lead, care.end())


def _intrudes(text: str, match: re.Match[str]) -> bool:
    """Whether a bare "third party" is whoever got hold of the data."""
    before = text[max(0, match.start() - 60) : match.start()]
    if match[0].endswith("ies") and _RECIPIENTS.search(before):
        return True
    return _INTRUDER_BEFORE.search(before) is not None or _INTRUDER_AFTER.match(text, match.end()) is not None


def _is_company(text: str, start: int, end: int, names: Sequence[str], sentence_before: str) -> bool:
    """Whether the provider is one of the companies: "Acme, a payroll provider", "the payroll provider Acme"."""
    short = [first for name in names if len(first := name.split()[0]) >= _LEAST and first != name]
    known = (*names, *short)
    for name in known:
        behind = mention(name, text, end)
        if behind and (between := _NAMED.fullmatch(text, end, behind.start())):
            owned = _OWNED.search(text[start:end]) or _OWNED.search(text[max(0, start - 40) : start])
            comma = between[0].startswith(",")
            if not owned and (not comma or text.startswith(",", behind.end())):
                return True
        ahead = mention(name, text, max(0, start - 160))
        if ahead and ahead.end() <= start and _IS_KIND.fullmatch(text, ahead.end(), end):
            return True
    said = _LIKE_A_NAME.search(text, max(0, start - 120), start)
    if said is None or not _IS_KIND.fullmatch(text, said.end(), end):
        return False
    return any(mention(name, sentence_before) or mention(name, text[: said.start()]) for name in known)
