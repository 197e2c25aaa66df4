"""Whether the prose of a post says of a listed company that it was not affected, which its list does not say.

Only plain words on all of the company count: that its own systems were not breached is what many say whose data was taken from
their supplier. Nobody is cleared of whom any other words may say that they were hit: whatever else is told of a company than
whose customer it is may say so, in words that no list holds. Of whom the prose denies it in other words, or beside others, or
says that it is being looked into, nobody can be sure: it is suspected only. Of a supplier, it is enough that its own systems
were not breached.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.doubts import DENIES, DENYING, LATER
from kg.extract.post.entities import CUSTOMERS_OWN, struck
from kg.extract.post.standing import confirmed
from kg.extract.relations import NEGATED, SERVANT, SUPPLIER, holds, mention, mentions
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.extract.relations import Sentence
    from kg.model import Evidence, Span

_LEAD = regex(
    r"(?:\A\W{0,3}|[,;]\s|\b(?:that|but|while|whereas|said|says)\s)(?:the\s)?(?:(?:other|remaining)\s)?\Z",
    re.IGNORECASE,
)
"""Before a name that is the subject: "customers of ALDER were not affected" clears nobody."""
_WORD = r"(?:(?-i:[A-Z\d])[\w&.’'-]*|&|and|both|of|others|the)"
_NAMES = rf"{_WORD}(?:,?\s{_WORD}){{0,15}}?"
_BEFORE = r"(?:another|different|earlier|former|previous|prior|separate)"
_SAID = r"\s(?:has\s|have\s)?(?:said|says|say|confirmed|stated)\s(?:that\s)?"
_NOT = r"(?:(?:was|were|is|are)(?:\snot|n[’']t)|(?:has|have|had)(?:\snot|n[’']t)\sbeen)"
_END = (
    rf"(?:\s(?:at\sall|in\sany\sway)|\sby\s(?:it|(?:the|this)\s(?:(?!(?:{_BEFORE}|second|third|\d{{4}})\s)[\w-]{{1,20}}\s){{0,2}}?(?:attack|breach|hack|incident|intrusion|leak|theft)))?"
    rf"(?=\s{{0,2}}(?:[.)]|\Z)|,?\s(?:because|according\sto|thanks\sto|(?:and\s)?(?:attribut|blam)\w{{2,4}})\b|,\s(?:it|they|the\s(?:company|firm|maker|{SERVANT})|a\sspokes\w{{3,6}})\s(?:said|says)\b)"
)
_HARMED = r"(?:affected|impacted|harmed|hit|touched)"
_SYSTEMS = (
    r"(?:own\s)?(?:(?:core|corporate|internal)\s)?(?:platform|system|network|infrastructure|server|environment)s?"
)
_WAS = r"(?:was|were|(?:has|have|had)\sbeen)"
_ENTERED = r"(?:attacked|breached|compromised|hacked|infiltrated)"
_ASIDE = rf"(?:,\s(?:which|who|also|an?|another|its|the|their|one\sof)\s(?:(?!\b{_ENTERED}\b)[^,;.]){{3,80}},)?"
_NOT_ITSELF = rf"(?:,?\s(?:itself|themselves),?)?\s{_NOT}\s(?:(?:itself|themselves|ever)\s)?"
_FOUND = rf"{_SAID}(?:none\sof\s(?:its|their)\s{_SYSTEMS}(?:\s(?:and|or)\s[\w-]{{1,20}})?\s{_WAS}\s{_ENTERED}|(?:there\s(?:is|was)|(?:(?:it|they)\s)?(?:has\s|had\s)?found)\sno\s(?:evidence|indications?|signs?)\s(?:(?:of|that\s[^.;,]{{1,60}}?\sby)\sa\s(?:breach|compromise)\sof\s(?:its|their)\s{_SYSTEMS}|that\s(?:its|their)\s{_SYSTEMS}\s{_WAS}\s{_ENTERED}))"
_SPARED = regex(
    rf"(?:\s\([^()]{{1,20}}\))?(?:\s(?:also\s)?(?:uses?|used|rel(?:y|ies|ied)\son)\s{_NAMES}(?:\sfor\s[\w-]{{1,20}})?,?\s(?:but|yet|and|though))?{_ASIDE}"
    rf"(?:(?P<itself>(?:{_SAID}(?:it|they))?\s(?:{_NOT}\s{_HARMED}|(?:was|were|is|are|remain(?:s|ed)?)\s(?:unaffected|unharmed|untouched)))"
    rf"|{_FOUND}|(?:(?:[’']s?)?\s{_SYSTEMS}|{_SAID}(?:its|their|the)\s{_SYSTEMS}){_NOT_ITSELF}{_ENTERED}|(?:{_SAID}(?:it|they))?{_NOT_ITSELF}(?:{_ENTERED}|{_HARMED})){_END}",
    re.IGNORECASE,
)
"""Behind a name: that it was not hit itself, or that nobody entered its systems, which is enough for a supplier; that those run on is not."""
_DENYING = ("denie", "not ", "n't", "n’t", "never ", "no ", "none ", "neither ", "un", "spared", "whether ", "if ")
"""One of them is in every text that spares somebody, or leaves it open."""
_NO_SIGN = regex(
    r"\b(?:no|(?:not|n[’']t)\s(?:\w+\s){0,3}?any)\s(?:evidence|indications?|signs?)\sthat\s(?:the\s)?\Z", re.IGNORECASE
)
_WAS_ENTERED = regex(rf"{_ASIDE}(?:[’']s?\s{_SYSTEMS})?\s{_WAS}\s{_ENTERED}{_END}", re.IGNORECASE)
"""Behind a name before which the signs of it are denied."""
_PROVIDER = regex(rf"\b(?:its|their|the)\s(?:[\w-]{{1,20}}\s){{0,3}}?(?:{SERVANT}),?\s\Z", re.IGNORECASE)
_ACCUSED = regex(
    r"\b(?:access|attack|breach|compromis|disrupt|encrypt|exfiltrat|expos|hack|incident|infiltrat|intru|leak|malware|offline|outage|ransom|"
    r"steal|stole|theft|cop(?:y|ied)|left|lost|mailed|misconfigur|mistake|publish|sent|show(?:ed|n)|sold|unauthori[sz]|vulnerab|zero-day)\w*",
    re.IGNORECASE,
)
_INTO = regex(
    r"\b(?:against|at|from|into|(?:account|database|environment|network|platform|server|system)s?\sof)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_FLAW = regex(r"\b(?:bug|flaw|vulnerability|zero-day|CVE-\d{4}-\d+)s?\s(?:affecting|in)\s(?:the\s)?\Z", re.IGNORECASE)
_PRODUCT = regex(r"\s[A-Z][\w-]*+(?![’'])")
"""Behind a name: what was hit by a flaw of it was hit at those who run it."""
_DOUBTED = regex(
    r"\b(?:whether|if|unless|until|initially|originally|first|believe[sd]?|thought|assum\w+|expect\w*|hope[sd]?|den(?:y|ies|ied)|disput\w+|false\w*|untrue|wrong\w*)\b|\bnot\s(?:true|clear|known|sure|say)\b",
    re.IGNORECASE,
)
_OBJECT = regex(
    r"\b(?:at|by|from|in|into|of|on|than|through|to|unlike|use[sd]?|using|via|with)\s(?:the\s)?\Z|[’']s\s\Z",
    re.IGNORECASE,
)
"""Before a name of which a sentence does not speak: "customers of ALDER", "the attack on ALDER"."""
_ATTACKED = regex(
    r"(?:\sand\s(?-i:[A-Z])[\w.-]{1,25})?(?:\sitself|\salso)?\s(?:(?:was|were|(?:has|had)\sbeen)\s(?:also\s|itself\s)?(?:attacked|breached|encrypted|hacked|(?:hit|struck)\sby\sransomware|ransomed)"
    r"|fell\svictim\sto|suffered\san?\s(?:[\w-]{1,20}\s){0,2}?(?:attack|breach|intrusion))\b(?!\s(?:after|at|because|in\sthe(?!\ssame\s)|of\sits|through|via|when)\b)",
    re.IGNORECASE,
)
_ATTACKED_AHEAD = regex(
    r"(?<!not\s)(?<!never\s)(?<!n[’']t\s)\b(?:attacked|breached|broke\sinto|encrypted|hacked)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_ALONE = regex(r"\s{0,2}(?:[.,;]|\Z)|\s(?:and|as\swell|by|in|itself|on|too|with)\b", re.IGNORECASE)
"""Behind the name of who was attacked: not what is theirs at another one, as an account."""
_COMPANY = "company|firm|group|business|organi[sz]ation|bank|insurer|retailer|airline|airport|hospital|university|school|agency|council|maker|carmaker|operator"
_THINGS = r"(?:data|records?|information|files?)"
_WHOSE = r"(?:(?:customers?[’']?|own|user)\s)?"
_BEEN = rf"(?:was|were|is|are|(?:has|have|had)\sbeen)\s(?:also\s)?(?:accessed|stolen|taken|{_HARMED})\b"
_ITS = rf"(?:(?:its|their)\s{_WHOSE}{_THINGS})"
_WHOLLY = r"(?!\s(?:financially|materially|as\s(?:bad|hard|much|seve|strong)|to\sthe\s|by\s(?![^,;.]{0,30}\b(?:attack|breach|hack|incident|intrusion|leak|theft))))"
_DENIED = regex(
    # It, or all that it holds; not what else may be spoken of behind its name.
    rf"(?:[’']s\s{_WHOSE}{_THINGS}|(?:,?\s(?:and|or|nor)\s{_NAMES})?(?:,\s[^,;.]{{2,80}},)?"
    rf"(?:\s(?:[\w-]{{1,20}}\s){{0,3}}?(?:said|says|say|stated|told\s[^,;.]{{2,40}}?|insist(?:s|ed)?|stress(?:es|ed)?)\s(?:that\s)?(?:it|they|the\s(?:{_COMPANY})))?)"
    rf"\s(?:(?:was|were|is|are|has|have|had)(?:\s(?:itself|themselves|apparently))?(?:\snot|\snever|n[’']t)\s(?:been\s)?(?:{_HARMED}{_WHOLLY}|among\s(?:the|those)(?!\s(?:first|initial|early|earliest|original|worst))(?:\s[\w-]{{1,20}}){{1,3}}?)"
    rf"|(?:(?:has|have|had|also)\s){{0,2}}denie[sd]\s(?:being|having\sbeen|(?:that\s)?(?:it|they|the\s(?:{_COMPANY}))\s(?:was|were|(?:has|had|have)\sbeen))\s{_HARMED}{_WHOLLY}"
    r"|(?:(?:was|were|is|are|remain(?:s|ed)?|escaped|emerged)\s)(?:unaffected|unharmed|untouched|unscathed)|(?:(?:was|were)|(?:has|have|had)\sbeen)\sspared(?!\s))(?!\w)"
    r"|(?:(?!\b(?:own|systems?|networks?|servers?|infrastructure|may|might|could|but|though|although|stole\w*|taken|theft|lost|leaked|breached?|notif\w+|affected|passengers|customers|users|people|since|after|reset|blocked|published)\b)[^;.]){0,80}?\b(?:"
    rf"no\s(?:(?:sign|evidence|indication|trace)s?\sof\s(?:any\s)?)?(?:unauthori[sz]ed\saccess|intrusion)\b(?!\s(?:in|into|on|to)\s(?!{_ITS}))"
    rf"|no\s(?:sign|evidence|indication|trace)s?\sthat\s(?:it|they|{_ITS})\s{_BEEN}"
    rf"|none\sof\s{_ITS}\s{_BEEN}|(?:whether|if)\s(?:it|they|{_ITS})\s{_BEEN})",
    re.IGNORECASE,
)
"""Behind a name: that it was not hit, in any words, or that nobody knows yet. What says so of its own systems, of a part or of what may be does not."""
_LEFT_OPEN = regex(
    r"\b(?:neither\s(?:[\w&.’'-]{1,25},?\s){0,6}?|(?:not\s(?:yet\s)?(?:known|clear)|un(?:known|clear))\s(?:whether|if)\s(?:the\s)?)\Z",
    re.IGNORECASE,
)
"""Before a name, what denies or leaves open that harm was done behind it."""
_HARM_BEHIND = regex(
    rf"(?:,?\s(?:and|or|nor)\s{_NAMES})?\s(?:is|are|was|were|has\sbeen|have\sbeen|had\sbeen)\s{_HARMED}\b",
    re.IGNORECASE,
)
_PAST = regex(
    r"\b(?:initially|originally|first|believe[sd]?|thought|assum\w+|expect\w*|hope[sd]?|false\w*|untrue|wrong\w*|unless)\b|\bnot\strue\b",
    re.IGNORECASE,
)
"""A denial that is taken back, or was only hoped."""
_AND_ITS = regex(
    r",?\s(?:but|though|although|while)\b[^.;]{0,40}\b(?:its|their|some|few)\b|\s(?:until|except)\b"
    rf"|,?\s(?:but|then)\s(?:(?:it|they|later|then|now|also)\s){{0,3}}(?:admitted|confirmed|corrected|lost|retracted|(?:was|were)\s(?:later\s|now\s)?{_HARMED})\b"
    rf"|\s(?:by|in)\s(?:an?|the|last)\s(?:[\w’'-]{{1,20}}\s){{0,2}}?(?:{_BEFORE}|(?:month|week|year)[’']s)\b|\soperationally\b",
    re.IGNORECASE,
)
"""Behind a denial: what was hit of it all the same, or that it is about another attack."""
_LISTED = regex(
    rf"(?:,?\s(?:and|or|nor)\s{_WORD}|,\s{_WORD})(?:\s{_WORD}){{0,4}}?\s(?:is|are|was|were|has|have|had|remain)\b",
    re.IGNORECASE,
)
"""Behind a name: others in one list with it, of which a sentence speaks as a whole."""
_COUNTED = regex(r"(?P<number>\d[\d,.]*)\s(?:[\w-]{1,20}\s){0,2}?(?P<noun>[a-z]{3,20})\Z", re.IGNORECASE)
_ON_IT = regex(
    r"\W{0,3}(?:(?:(?:By|In|On|Since)\s\w{1,20}|[\w’'-]{1,25}),?\s(?:[a-z\d][\w’'-]{0,25},?\s){0,10}?)?(?:[Ii]ts?|[Tt]hey|[Tt]heir|[Tt]he\s(?:company|firm))\b"
)
"""What begins a sentence that goes on about whom the one before it names, and names nobody else first."""
_SERVED = regex(
    rf"\W{{0,3}}{_NAMES}(?:,?\s(?:which|that|who)|,)?\s(?:(?:is|was)\s)?(?:also\s)?(?:serves|served|hosts|hosted|(?:an?|the)\s(?:[\w-]{{1,20}}\s){{0,3}}?"
    rf"(?:{SUPPLIER})\s(?:of\s(?:[\w-]{{1,20}}\s){{1,3}}?)?(?:of|to|for))\s(?:{_NAMES}\s)?\Z",
    re.IGNORECASE,
)
"""What stands before a customer in a sentence about its supplier: "BIRCH, a vendor of ALDER"."""
_NO_MORE = regex(
    rf"(?:,?\s{_NAMES})?(?:,\s(?:(?:was|has\sbeen)\s(?:attacked|breached|compromised|hacked|hit)|(?:disclosed|reported|suffered)\san?\s(?:cyber\s?|data\s|ransomware\s|security\s)?(?:attack|breach|hack|incident))"
    r"(?:\s(?:by|in|last|on|this)\s[\w-]{1,20}(?:\s\d{4})?){0,2})?\s{0,2}\.?\s{0,2}\Z",
    re.IGNORECASE,
)
"""What stands behind it: whom else the supplier serves, and that it was breached."""
_USES = regex(
    rf"(?:(?:it|they|the\s(?:company|firm))\b)?\s(?:also\s)?(?:(?:is|was|are|were)\s(?:also\s)?(?:(?:an?|another|one\sof\sthe)\s)?(?:client|customer|user)s?\sof|use[sd]?|rel(?:y|ies|ied)\son)\s{_NAMES}(?:\sfor\s[\w-]{{1,20}})?\s{{0,2}}\.?\s{{0,2}}\Z",
    re.IGNORECASE,
)
"""All that stands behind a customer in a sentence about whom it uses; "It uses BIRCH" is such a sentence as a whole."""


def unaffected(name: str, found: Sequence[Sentence], others: Iterable[str] = ()) -> Evidence | None:
    """Return the words by which the prose says that a company was not affected, None where other words may say that it was.

    Args:
        name: the company.
        found: the sentences of the prose, in order.
        others: whom else the post lists.
    """
    others = [other for other in others if other != name]
    proof = next((cleared for one in found if (cleared := spares(name, one, itself=True))), None)
    spoken_of = False
    for sentence in found if proof else ():
        text = sentence.text
        named = mention(name, text) or _shortly(name, text, others)
        if named and _SERVED.match(text, 0, named.start()) and _NO_MORE.match(text, named.end()):
            # What goes on from here is about the supplier.
            spoken_of = False
            continue
        spoken_of = named is not None or (spoken_of and _ON_IT.match(text) is not None)
        start, end = named.span() if named else (0, 0)
        uses = not text[:start].strip() and _USES.match(text, end)
        if spoken_of and not uses and not spares(name, sentence, itself=True):
            return None
    return proof


def _shortly(name: str, text: str, others: Sequence[str]) -> re.Match[str] | None:
    """Where a text may call a company by the first word of its name, and nobody else by it."""
    first = next((word for word in name.split() if word.casefold() not in {"the", "a", "an"}), name)
    found = mention(first, text) if not first[0].isdigit() else None
    for other in others if found else ():
        text = text.replace(other, " " * len(other))
    found = mention(first, text) if found else None
    return found if found and found[0] == first else None


def unbreached(name: str, found: Sequence[Sentence], customers: Sequence[str] = ()) -> Evidence | None:
    """Return the first words of the prose that say plainly of a company, or of all of its systems, that it was not hit, None where there are none.

    Args:
        name: the company.
        found: the sentences of the prose.
        customers: those of whom one has to confirm that harm was done, for a mere denial to be of the company alone.
    """
    proof = next((proof for sentence in found if (proof := spares(name, sentence))), None)
    if proof:
        return proof
    denying = (one for one in found if holds(one.text, DENYING))
    denials = ((s, said.start(), DENIES.match(s.text, said.end())) for s in denying if (said := mention(name, s.text)))
    denial = next((s.evidence(start, denied.end()) for s, start, denied in denials if denied), None)
    if denial is None or any(LATER.search(one.text) for one in found):
        return None
    return denial if confirmed(found, customers) else None


def spares(name: str, sentence: Sentence, *, itself: bool = False) -> Evidence | None:
    """Return the words of a sentence, from a company's name on, that say plainly that it was not hit, None where it has none.

    Args:
        name: the company.
        sentence: what may say so.
        itself: whether it is not enough that nobody entered its systems.
    """
    text = sentence.text
    if not holds(text, _DENYING) or _DOUBTED.search(text):
        return None
    called = [*mentions(name, text, _TIMES)] or [one for one in [_counted(name, text)] if one]
    if called and (itself or _harmed_before(text, called[0])):
        del called[1:]
    for said in called:
        span = _without_sign(text, said) if not itself else None
        spared = _SPARED.match(text, said.end())
        if spared and not (itself and spared["itself"] is None):
            subject = _LEAD.search(text, 0, said.start()) or (not itself and _PROVIDER.search(text, 0, said.start()))
            span = (said.start(), spared.end()) if subject else span
        if span:
            return sentence.evidence(*span)
    return None


def _harmed_before(text: str, said: re.Match[str]) -> bool:
    """Whether harm is told in a sentence up to a name, or of it: then nothing clears it that is said where it is named again."""
    ahead = _ACCUSED.search(text, 0, said.start()) or _INTO.search(text, 0, said.start())
    return bool(ahead or _ATTACKED.match(text, said.end()))


def _without_sign(text: str, said: re.Match[str]) -> Span | None:
    """Where a text says, around a name, that nothing shows that it, or all of its systems, was entered."""
    sign, entered = _NO_SIGN.search(text, 0, said.start()), _WAS_ENTERED.match(text, said.end())
    return (sign.start(), entered.end()) if sign and entered else None


def accused(name: str, found: Sequence[Sentence], others: Sequence[str] = ()) -> bool:
    """Return whether any words of the prose may say that a company was hit, beside those that spare it.

    Args:
        name: the company.
        found: the sentences of the prose, in order.
        others: whom else the post lists; what a sentence says that begins with one of them, it says of that one.
    """
    spoken_of = False
    for sentence in found:
        text = sentence.text
        named = mention(name, text)
        led = any((said := mention(other, text)) and not text[: said.start()].strip() for other in others)
        spoken_of = named is not None or (spoken_of and not led and _ON_IT.match(text) is not None)
        if not spoken_of or spares(name, sentence) or (named and CUSTOMERS_OWN.match(text, named.end())):
            continue
        if named and _FLAW.search(text, 0, named.start()) and _PRODUCT.match(text, named.end()):
            continue
        start = named.end() if named else 0
        harmed = _ACCUSED.search(text, start)
        if (harmed and not NEGATED.search(text, start, harmed.start())) or (
            named and _INTO.search(text, 0, named.start())
        ):
            return True
    return struck(name, [one for one in found if not spares(name, one)])


def reached_through(name: str, supplier: str, found: Sequence[Sentence]) -> bool:
    """Return whether a company that may have been breached was only reached through its own supplier, as far as the prose tells.

    Args:
        name: the company.
        supplier: the one that it uses.
        found: the sentences of the prose.
    """
    if struck(name, found, supplier):
        return False
    if struck(supplier, found) or unbreached(name, found):
        return True
    # Where a sentence names both, what it tells may have befallen either.
    alone, of_supplier = ([s for s in found if not mention(other, s.text)] for other in (supplier, name))
    return accused(supplier, of_supplier) and not accused(name, alone)


_TIMES = 4
"""How often a company is looked for in one sentence."""


def attacked(name: str, found: Iterable[Sentence]) -> bool:
    """Return whether the prose says plainly of a company that intruders were in its own systems, not that it lost what another held.

    Args:
        name: the company.
        found: the sentences of the prose.
    """
    for sentence in found:
        text = sentence.text
        for said in mentions(name, text, _TIMES):
            if _ATTACKED.match(text, said.end()) and not (
                _OBJECT.search(text, 0, said.start()) or _DOUBTED.search(text, 0, said.start())
            ):
                return True
            if _ATTACKED_AHEAD.search(text, 0, said.start()) and _ALONE.match(text, said.end()):
                return True
    return False


def _counted(name: str, text: str) -> re.Match[str] | None:
    """Where a text speaks of a group by its number: "the remaining 117 customers" are "117 other customers"."""
    told = _COUNTED.match(name)
    return mention(f"{told['number']} {told['noun']}", text) if told else None


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
    said = mention(name, text) or _counted(name, text) if holds(text, _DENYING) else None
    if said is None or _PAST.search(text) or _OBJECT.search(text, 0, said.start()):
        return None
    denied = (_HARM_BEHIND if _LEFT_OPEN.search(text, 0, said.start()) else _DENIED).match(text, said.end())
    if denied is None or _AND_ITS.match(text, denied.end()):
        return None
    # What is said behind another name is said of that one, unless both stand in one list.
    if any(mention(other, denied[0]) for other in others) and not _LISTED.match(denied[0]):
        return None
    return sentence.evidence(said.start(), denied.end())
