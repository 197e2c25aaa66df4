"""Whether a sentence says that a customer had left its supplier before, is a former one or used it until some time; or that it is none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.date_phrases import MONTHS
from kg.extract.owners import shortly
from kg.extract.relations import SERVANT, holds, mentions
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kg.model import Span

_CUSTOMER, _SUPPLIER, _OTHER = "\ue000", "\ue001", "\ue002"
"""What stands for each letter of the name of a customer, of its supplier and of others."""
_TIMES: Final = 8
"""How often a name is looked for in one sentence."""
_KIN: Final = (
    r"(?:[’']s?)?\s(?:affiliate|arm|competitor|division|owner|parent|partner|reseller|rival|subsidiary|unit)\b"
)
_C, _S = rf"(?:the\s)?{_CUSTOMER}++(?!{_KIN})", rf"(?:the\s)?{_SUPPLIER}++(?!{_KIN})"
_ANOTHER: Final = rf"(?:the\s)?(?:{_OTHER}+|(?-i:[A-Z])[\w&.’'-]{{0,25}}(?:\s(?-i:[A-Z])[\w&.’'-]{{0,25}}){{0,4}})"
_AND_OTHERS: Final = rf"(?:,\s{_ANOTHER}){{0,8}}(?:,?\s(?:and|as\swell\sas)\s{_ANOTHER})?"
_OTHERS_AND: Final = rf"(?:{_ANOTHER}(?:,\s|,?\s(?:and|as\swell\sas)\s)){{0,8}}"
_W: Final = r"(?:(?!(?:and|at|but|by|data|from|in|is|of|on|or|that|to|was|were|which|who|with)\b)[\w’'/&-]{1,25}\s)"
_FORMER: Final = r"(?<!and\s)(?<!or\s)(?<!/)(?:former|ex|one-?time|past|previous|erstwhile)"
_BUYS: Final = r"(?:client|customer|subscriber|user)s?\b"
_SERVES: Final = rf"(?:(?:{SERVANT}|host|hoster|outsourcer)s?\b|{_W}{{1,3}}(?<!parent\s)(?<!sister\s)(?<!holding\s)(?<!partner\s)(?:company|firm))"
_A: Final = r"(?:(?:an?|the|one\sof(?:\s(?:its|the|their))?|also|both|all)\s){0,2}"
_IS: Final = r"(?:\s?\(|,\s(?:which\s|who\s)?(?:(?:is|are|was|were)\s)?|\s(?:is|are|was|were|as)\s)"
_WHO: Final = r"(?:,?\s(?:which|who|that))?"
_MONTH: Final = f"(?:{'|'.join(MONTHS)})"
_TIME: Final = (
    r"(?:(?:the\s)?(?:(?:early|end|fall|late|mid|middle|spring|start|summer|autumn|winter)(?:[\s-](?:of\s)?))?"
    rf"(?:(?:{_MONTH}[a-z]{{0,6}}\.?\s(?:\d{{1,2}},?\s)?|\d{{1,2}}\s{_MONTH}[a-z]{{0,6}}\s)?(?:of\s)?(?:19|20)\d\d\b"
    r"|(?:last|the\sprevious)\s(?:year|month|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|fall|winter)\b)"
    r"|recently(?=\s?[.,;)]|\s(?:and|but|had|relied|used|was|when)\b|\Z))"
)
_DEAL: Final = r"(?:agreement|contract|deal|engagement|partnership|relationship|subscription)"
_LAPSED: Final = r"(?:(?:has|have|had)\s)?(?:already\s)?(?:ended|expired|lapsed|ran\sout|run\sout|(?:(?:was|were|has|had)\s)?(?:not\s(?:been\s)?renewed|been\sterminated))\b"
_UNTIL: Final = (
    rf"\s(?:(?:un)?til|till|up\sto)\s(?:{_TIME}|(?:its|the|their)\s{_W}{{0,2}}{_DEAL}\s{_LAPSED})"
    rf"|\s(?:between\s{_TIME}\sand|from\s{_TIME}\s(?:to|until|till|through))\s{_TIME}"
)
_USED: Final = (
    rf"(?:used|employed|relied\son|depended\son|outsourced\s{_W}{{1,5}}to|bought\s{_W}{{1,5}}from"
    rf"|stored\s{_W}{{1,5}}with)\s{_W}{{0,3}}?{_S}"
)
_ITS: Final = rf"(?:[’']s?\s(?:{_W}{{0,2}}(?:app|cloud|platform|portal|product|service|software|system|tool)s?\b)?|\s(?:platform|service|software|system)s?\b)?"
"""Behind the name of a supplier, what of it is used."""
_BUYER: Final = (
    rf"{_A}(?:{_S}(?:[’']s?)?\s{_W}{{0,2}}?{_BUYS}|{_W}{{0,3}}?{_BUYS}\s(?:of|at)\s{_OTHERS_AND}{_S}(?![’']))"
)
_OF_WHOM: Final = rf"{_FORMER}[\s-]{_W}{{0,3}}?{_BUYS}\sof\s{_OTHERS_AND}{_S}(?![’'])"
_WHOSE: Final = (
    rf"(?:{_FORMER}[\s-]{_S}(?:[’']s?)?\s{_W}{{0,2}}?{_BUYS}|{_S}[’']s?\s(?:now\s)?{_FORMER}[\s-]{_W}{{0,2}}?{_BUYS})"
)
_NAMELY: Final = r"(?:called|named|including|includes?|like|are|were|such\sas)"
_FORMER_SERVANT: Final = rf"(?:now\s)?{_FORMER}[\s-]{_W}{{0,3}}?{_SERVES}"
_BEFORE: Final = r"(?:previously|formerly|once|at\sone\stime|in\sthe\spast)"
_SERVED: Final = rf"(?:hosted|served|supplied|worked\sfor|(?:handled|managed|operated|processed|provided|ran|supplied|stored)\s{_W}{{1,6}}?(?:for|of|to))\s{_C}"
_NOT_USED: Final = rf"(?:(?:has|have|had)\snot|(?:has|have|had)n[’']t)\s(?:(?:been\s{_BUYER})|(?:used|worked\swith|done\sbusiness\swith|dealt\swith|relied\son)\s{_S}{_ITS})\ssince\b"
_SAID: Final = r"(?:\s(?:has\s)?(?:said|says|confirmed|stated|added)\s(?:that\s)?(?:it|they))?"
_LEFT: Final = rf"left\s{_S}(?=\s(?:in\s(?:(?:early|late|mid)[\s-])?(?:(?-i:[A-Z])[a-z]+\b|\d{{4}})|for\s(?:another\b|an?\s|(?-i:[A-Z{_OTHER}]))|last\s|before\s|\w+\s(?:months|years)\s(?:ago|before|earlier)))"
_Told = tuple[tuple[str, ...], tuple[re.Pattern[str], ...]]
"""Words, and what says something with one of them."""


def _told(words: Iterable[str], *sources: str) -> _Told:
    return tuple(words), tuple(regex(source, re.IGNORECASE) for source in sources)


_OVER: Final = (
    _told(
        ("former", "ex-", "one-time", "onetime", "past ", "previous", "erstwhile"),
        # "ALDER, a former customer of BIRCH"; "former BIRCH customer ALDER"
        rf"{_C}{_AND_OTHERS}{_IS}{_A}(?:now\s)?(?:{_OF_WHOM}|{_WHOSE})",
        rf"\b{_OF_WHOM},?\s{_NAMELY}\s{_OTHERS_AND}{_C}",
        rf"\ban?\s{_OF_WHOM},\s{_C}",
        rf"(?<!\w){_WHOSE}[’']?,?\s(?:{_NAMELY}\s)?{_OTHERS_AND}{_C}",
        # "ALDER's former supplier BIRCH"; "BIRCH, a former supplier of ALDER"; "ALDER said that its former supplier BIRCH"
        rf"{_C}[’']s?\s{_FORMER_SERVANT},?\s(?:(?:called|named)\s)?{_S}",
        rf"\b{_FORMER}\s{_C}(?:[’']s?)?\s{_W}{{0,3}}?{_SERVES},?\s(?:(?:called|named)\s)?{_S}",
        rf"{_C}(?-i:[^A-Z;.{_SUPPLIER}{_OTHER}]){{0,100}}?\b(?:its|their)\s{_FORMER_SERVANT},?\s(?:(?:called|named)\s)?{_S}",
        rf"{_S}{_IS}(?:{_A}{_FORMER_SERVANT}\s(?:of|to|for)\s{_OTHERS_AND}{_C}|{_C}[’']s?\s{_FORMER_SERVANT})",
    ),
    _told(
        ("used to",),
        # "ALDER used to be a BIRCH customer"
        rf"{_C}{_AND_OTHERS}{_WHO}{_SAID}\sused\sto\s(?:be\s{_BUYER}|(?:use|employ|rely\son|depend\son|work\swith|outsource\s{_W}{{1,5}}to|buy\s{_W}{{1,5}}from|store\s{_W}{{1,5}}with)\s{_W}{{0,3}}?{_S})",
    ),
    _told(
        ("previously", "formerly", "once", "at one time", "in the past"),
        # "ALDER, which previously used BIRCH"
        rf"{_C}{_AND_OTHERS}{_WHO}{_SAID}\s(?:had\s)?{_BEFORE}\s(?:{_USED}|was\s{_BUYER})",
        rf"{_C}{_AND_OTHERS}{_WHO}{_SAID}\s(?:was|were|had\sbeen)\s{_BEFORE}\s{_BUYER}",
        rf"{_C}{_AND_OTHERS},\s(?:previously|formerly|once)\s{_BUYER}",
        rf"{_S}{_WHO}\s(?:had\s)?{_BEFORE}\s{_SERVED}",
    ),
    _told(
        ("any more", "anymore", "any longer"),
        rf"{_C}{_AND_OTHERS}{_WHO}{_SAID}\s(?:do|does)(?:\snot|n[’']t)\s(?:use|work\swith)\s{_S}{_ITS}\sany\s?(?:more|longer)\b",
    ),
    _told(
        ("no longer",),
        rf"{_C}{_AND_OTHERS}{_WHO}{_SAID}\s(?:is|are|was|were)\sno\slonger\s{_BUYER}",
    ),
    _told(
        ("until", " til", "up to", "between", "from"),
        # "ALDER used BIRCH until 2024"
        rf"{_C}{_AND_OTHERS}(?:{_WHO}{_SAID}\s(?:had\s)?(?:{_USED}{_ITS}|(?:was|were|been)\s{_BUYER})|,\s{_BUYER})(?:{_UNTIL})",
        rf"{_C}{_WHO},?\suntil\s{_TIME},?\s(?:had\s)?(?:{_USED}|(?:was|been)\s{_BUYER})",
        rf"\buntil\s{_TIME},?\s{_C}\s(?:had\s)?(?:{_USED}|(?:was|been)\s{_BUYER})",
        rf"{_S}{_WHO}\s(?:had\s)?{_SERVED}(?:{_UNTIL})",
        rf"{_S}(?:,\s|{_WHO}\s(?:was|had\sbeen)\s)(?:{_C}[’']s?\s{_W}{{0,3}}?{_SERVES}|{_A}{_W}{{0,3}}?{_SERVES}\s(?:of|to|for)\s{_C})(?:{_UNTIL})",
    ),
    _told(
        ("ended", "expired", "lapsed", "ran out", "run out", "renewed", "terminated"),
        # "ALDER said that its contract with BIRCH expired in 2024"
        rf"(?:{_C}[’']s?|{_C},\swhose|{_C}(?-i:[^A-Z;.{_SUPPLIER}{_OTHER}]){{0,100}}?\b(?:its|their))\s{_W}{{0,3}}?{_DEAL}s?\swith\s{_S}\s{_LAPSED}",
        rf"\b{_DEAL}\s(?:between\s(?:{_C}\sand\s{_S}|{_S}\sand\s{_C})|(?:of\s{_C}\swith\s{_S}))\s{_LAPSED}",
    ),
    _told(
        ("since",),
        # "ALDER has not worked with BIRCH since 2021"
        rf"{_C}{_WHO}{_SAID}\s{_NOT_USED}",
    ),
    _told(
        ("left ",),
        # "ALDER left BIRCH in 2023"
        rf"{_C}{_WHO}{_SAID}\s(?:(?:has|had)\s)?(?:already\s)?{_LEFT}",
        rf"{_C}{_WHO}{_SAID}\s(?:has|had)\salready\sleft\s{_S}(?=\s?[.,;)]|\s?\Z)",
    ),
)
_WHOLLY: Final = r"(?=\s{0,2}(?:[.;,)]|\Z)|\s(?:and|but|or|so)\b)"
DENYING: Final = (" not ", "n't", "n’t", "never", "denie")
"""One of them is in every text that says that a company is no customer and never was."""
_NO_CUSTOMER: Final = (
    _told(
        DENYING,
        *(
            rf"{_C}(?:,\s{_A}[^,;.]{{3,60}},)?{_WHO}{_SAID}\s{said}{_WHOLLY}"
            for said in (
                rf"(?:(?:do|does|did)(?:\snot|n[’']t)|(?:has|have|had)\snever|never)\s(?:use[ds]?|rel(?:y|ied)\son|work(?:ed)?\swith)\s{_S}(?:[’']s?\s(?:products|services|software))?",
                rf"(?:(?:is|are|was|were)(?:\s(?:not|never)|n[’']t)|(?:has|have|had)\snever\sbeen|denie[sd]\s(?:being|having\sbeen))\s(?:an?\s)?(?:{_S}(?:[’']s?)?\s{_BUYS}|{_BUYS}\sof\s{_S}(?![’']))",
            )
        ),
    ),
)
FORMERLY: Final = tuple(word for words, _ in _OVER for word in words)
"""One of them is in every text that says that a company is a customer no more."""
_UNSURE: Final = regex(
    r"\b(?:whether|if|unless|not|never|den(?:y|ies|ied)|disput\w+|reject\w*|wrong\w*|false\w*|may|might|could|would)\b|n[’']t\b",
    re.IGNORECASE,
)
_AGAIN: Final = regex(
    r"\b(?:(?:extend|renew)\w*|(?:maintenance|pilot|support|testing|trial)\s(?:agreement|contract|deal)|(?:now|today)\s(?:it\s)?(?:uses?|rel(?:y|ies)|pays?)|today\b|largest|again|resum\w+|once\smore|re-?(?:hired|joined|signed)|(?:came|gone|moved|switched|went)\sback|returned\sto|still\s(?:uses?|rel(?:y|ies)|works?|depends?|is\b|are\b)|(?:and|but|which|it)\s(?:has\s)?(?:now|since|later)\s(?:also\s)?us)",
    re.IGNORECASE,
)
"""That it came back, or is one all the same."""
_IN_PART: Final = regex(
    r"(?:[’']s?)?\s(?:only|just|solely|mainly|as\sa\stest|for\s(?:an?\s)?(?:tests?|testing|pilot|trial))\b",
    re.IGNORECASE,
)
_REACH: Final = 30
"""Characters before such words in which they may be denied."""


def over(text: str, customer: str, supplier: str, others: Collection[str] = ()) -> Span | None:
    """Return where a sentence says that a customer had left its supplier before, None where it does not.

    Args:
        text: the sentence.
        customer: the customer.
        supplier: the supplier.
        others: the names of all who are listed.
    """
    return None if _AGAIN.search(text) else _said(text, customer, supplier, others, _OVER)


def denied(text: str, customer: str, supplier: str, others: Collection[str] = ()) -> Span | None:
    """Return where a sentence says that a company is no customer of a supplier, and not of a part of what it sells, None where it does not; as `over`."""
    return _said(text, customer, supplier, others, _NO_CUSTOMER)


def _said(text: str, customer: str, supplier: str, others: Collection[str], told: Iterable[_Told]) -> Span | None:
    """Where one of some patterns says something of two parties, which it is not unsure of."""
    patterns = [pattern for words, several in told if holds(text, words) for pattern in several]
    folded = text.casefold()
    if not patterns or not all(_begun(name, folded) for name in (customer, supplier)):
        return None
    places = {name: _places(text, name, others) for name in (customer, supplier)}
    if not all(places.values()):
        return None
    places |= {name: _places(text, name, others) for name in others if name not in places and _begun(name, folded)}
    marks = {customer: _CUSTOMER, supplier: _SUPPLIER}
    # What stands within a longer name is none of its own.
    for name in sorted(places, key=len, reverse=True):
        for start, end in places[name]:
            if text[start] not in (_CUSTOMER, _SUPPLIER, _OTHER):
                text = text[:start] + marks.get(name, _OTHER) * (end - start) + text[end:]
    for pattern in patterns:
        said = pattern.search(text)
        unsure = said and _UNSURE.search(text, max(0, said.start() - _REACH), said.start())
        if said and not unsure and not _IN_PART.match(text, said.end()):
            return said.span()
    return None


def _begun(name: str, folded: str) -> bool:
    """Whether a text, in small letters, has the first word of a name, as all have that name it."""
    return name.split(maxsplit=1)[0].casefold() in folded


def _places(text: str, name: str, others: Collection[str]) -> list[Span]:
    """Where a text names somebody, or says the beginning of the name for it."""
    if places := [said.span() for said in mentions(name, text, _TIMES)]:
        return places
    said = shortly(name, text, others)
    return [said.span()] if said else []
