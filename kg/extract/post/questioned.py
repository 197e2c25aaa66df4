"""Whether the prose of a post leaves it open that a listed company was affected, or denies it in other words than those that clear one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.post.unaffected import BEFORE, HARMED, NAMES, OBJECT, SPARING, WORD, counted
from kg.extract.relations import holds, mention
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.extract.relations import Sentence
    from kg.model import Evidence

_COMPANY = "company|firm|group|business|organi[sz]ation|bank|insurer|retailer|airline|airport|hospital|university|school|agency|council|maker|carmaker|operator"
_THINGS = r"(?:data|records?|information|files?)"
_WHOSE = r"(?:(?:customers?[’']?|own|user)\s)?"
_BEEN = rf"(?:was|were|is|are|(?:has|have|had)\sbeen)\s(?:also\s)?(?:accessed|stolen|taken|{HARMED})\b"
_ITS = rf"(?:(?:its|their)\s{_WHOSE}{_THINGS})"
_WHOLLY = r"(?!\s(?:financially|materially|as\s(?:bad|hard|much|seve|strong)|to\sthe\s|by\s(?![^,;.]{0,30}\b(?:attack|breach|hack|incident|intrusion|leak|theft))))"
_DENIED = regex(
    # It, or all that it holds; not what else may be spoken of behind its name.
    rf"(?:[’']s\s{_WHOSE}{_THINGS}|(?:,?\s(?:and|or|nor)\s{NAMES})?(?:,\s[^,;.]{{2,80}},)?"
    rf"(?:\s(?:[\w-]{{1,20}}\s){{0,3}}?(?:said|says|say|stated|told\s[^,;.]{{2,40}}?|insist(?:s|ed)?|stress(?:es|ed)?)\s(?:that\s)?(?:it|they|the\s(?:{_COMPANY})))?)"
    rf"\s(?:(?:was|were|is|are|has|have|had)(?:\s(?:itself|themselves|apparently))?(?:\snot|\snever|n[’']t)\s(?:been\s)?(?:{HARMED}{_WHOLLY}|among\s(?:the|those)(?!\s(?:first|initial|early|earliest|original|worst))(?:\s[\w-]{{1,20}}){{1,3}}?)"
    rf"|(?:(?:has|have|had|also)\s){{0,2}}denie[sd]\s(?:being|having\sbeen|(?:that\s)?(?:it|they|the\s(?:{_COMPANY}))\s(?:was|were|(?:has|had|have)\sbeen))\s{HARMED}{_WHOLLY}"
    r"|(?:(?:was|were|is|are|remain(?:s|ed)?|escaped|emerged)\s)(?:unaffected|unharmed|untouched|unscathed)|(?:(?:was|were)|(?:has|have|had)\sbeen)\sspared(?!\s))(?!\w)"
    r"|(?:(?!\b(?:own|systems?|networks?|servers?|infrastructure|may|might|could|but|though|although|stole\w*|taken|theft|lost|leaked|breached?|notif\w+|affected|passengers|customers|users|people|since|after|reset|blocked|published)\b)[^;.]){0,80}?\b(?:"
    rf"no\s(?:(?:sign|evidence|indication|trace)s?\sof\s(?:any\s)?)?(?:unauthori[sz]ed\saccess|intrusion)\b(?!\s(?:in|into|on|to)\s(?!{_ITS}))"
    rf"|no\s(?:sign|evidence|indication|trace)s?\sthat\s(?:it|they|{_ITS})\s{_BEEN}"
    rf"|none\sof\s{_ITS}\s{_BEEN}|(?:whether|if)\s(?:it|they|{_ITS})\s{_BEEN})",
    re.IGNORECASE,
)
"""Behind a name: that it was not hit, in any words, or that nobody knows yet. What says so of its own systems, of a part or of what may be does not."""
_LEFT_OPEN = regex(
    r"\b(?:none\sof\s(?:the\s)?|neither\s(?:[\w&.’'-]{1,25},?\s){0,6}?|(?:not\s(?:yet\s)?(?:known|clear)|un(?:known|clear))\s(?:whether|if)\s(?:the\s)?)\Z",
    re.IGNORECASE,
)
"""Before a name, what denies or leaves open that harm was done behind it."""
_HARM_BEHIND = regex(
    rf"[’']s?\s{_WHOSE}{_THINGS}\s{_BEEN}(?=\s{{0,2}}(?:[,.;]|\Z)|\s(?:by|during|in)\s(?:it|the|this)\b)|(?:,?\s(?:and|or|nor)\s{NAMES})?\s(?:is|are|was|were|has\sbeen|have\sbeen|had\sbeen)\s{HARMED}\b",
    re.IGNORECASE,
)
_PAST = regex(
    r"\b(?:initially|originally|first|believe[sd]?|thought|assum\w+|expect\w*|hope[sd]?|false\w*|untrue|wrong\w*|unless)\b|\bnot\strue\b",
    re.IGNORECASE,
)
"""A denial that is taken back, or was only hoped."""
_AND_ITS = regex(
    r",?\s(?:but|though|although|while)\b[^.;]{0,40}\b(?:its|their|some|few)\b|\s(?:until|except)\b"
    rf"|,?\s(?:but|then)\s(?:(?:it|they|later|then|now|also)\s){{0,3}}(?:admitted|confirmed|corrected|lost|retracted|(?:was|were)\s(?:later\s|now\s)?{HARMED})\b"
    rf"|\s(?:by|in)\s(?:an?|the|last)\s(?:[\w’'-]{{1,20}}\s){{0,2}}?(?:{BEFORE}|(?:month|week|year)[’']s)\b|\soperationally\b",
    re.IGNORECASE,
)
"""Behind a denial: what was hit of it all the same, or that it is about another attack."""
_LISTED = regex(
    rf"(?:,?\s(?:and|or|nor)\s{WORD}|,\s{WORD})(?:\s{WORD}){{0,4}}?\s(?:is|are|was|were|has|have|had|remain)\b",
    re.IGNORECASE,
)
"""Behind a name: others in one list with it, of which a sentence speaks as a whole."""


def questioned(name: str, found: Sequence[Sentence], others: Iterable[str] = ()) -> Evidence | None:
    """Return the first words of the prose by which it is not sure that a company was affected, None where there are none.

    Args:
        name: the company.
        found: the sentences of the prose, in order.
        others: whom else the post lists.
    """
    others = [other for other in others if other != name]
    return next((proof for sentence in found if (proof := _questions(name, sentence, others))), None)


def _questions(name: str, sentence: Sentence, others: Sequence[str]) -> Evidence | None:
    """The words of a sentence from a company's name on that deny that it was affected, or leave it open."""
    text = sentence.text
    said = mention(name, text) or counted(name, text) if holds(text, SPARING) else None
    left_open = said and _LEFT_OPEN.search(text, 0, said.start())
    if said is None or _PAST.search(text) or (not left_open and OBJECT.search(text, 0, said.start())):
        return None
    denied = (_HARM_BEHIND if left_open else _DENIED).match(text, said.end())
    if denied is None or _AND_ITS.match(text, denied.end()):
        return None
    # What is said behind another name is said of that one, unless both stand in one list.
    if any(mention(other, denied[0]) for other in others) and not _LISTED.match(denied[0]):
        return None
    # "None of ALDER's data was taken" is no such sentence without its first words.
    start = left_open.start() if left_open else said.start()
    return sentence.evidence(start, denied.end())
