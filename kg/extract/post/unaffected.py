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
from kg.extract.lexicon import is_common
from kg.extract.post.entities import CUSTOMERS_OWN, struck
from kg.extract.post.standing import confirmed
from kg.extract.relations import GROUP_NOUN, NEGATED, SERVANT, SUPPLIER, holds, mention, mentions
from kg.extract.tokens import known
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from kg.extract.relations import Sentence
    from kg.model import Evidence, Span

_LEAD = regex(
    r"(?:\A\W{0,3}|[,;]\s|\b(?:that|but|while|whereas|said|says)\s)(?:the\s)?(?:(?:other|remaining)\s)?\Z",
    re.IGNORECASE,
)
"""Before a name that is the subject: "customers of ALDER were not affected" clears nobody."""
WORD = r"(?:(?-i:[A-Z\d])[\w&.’'-]*|&|and|both|of|others|the)"
NAMES = rf"{WORD}(?:,?\s{WORD}){{0,15}}?"
BEFORE = r"(?:another|different|earlier|former|previous|prior|separate)"
_SAID = r"\s(?:has\s|have\s)?(?:said|says|say|confirmed|stated)\s(?:that\s)?"
_NOT = r"(?:(?:was|were|is|are)(?:\snot|n[’']t)|(?:has|have|had)(?:\snot|n[’']t)\sbeen)"
_END = (
    rf"(?:\s(?:at\sall|in\sany\sway)|\sby\s(?:it|(?:the|this)\s(?:(?!(?:{BEFORE}|second|third|\d{{4}})\s)[\w-]{{1,20}}\s){{0,2}}?(?:attack|breach|hack|incident|intrusion|leak|theft)))?"
    rf"(?=\s{{0,2}}(?:[.)]|\Z)|,?\s(?:because|according\sto|thanks\sto|(?:and\s)?(?:attribut|blam)\w{{2,4}})\b|,\s(?:it|they|the\s(?:company|firm|maker|{SERVANT})|a\sspokes\w{{3,6}})\s(?:said|says)\b)"
)
HARMED = r"(?:affected|impacted|harmed|hit|touched)"
_SYSTEMS = (
    r"(?:own\s)?(?:(?:core|corporate|internal)\s)?(?:platform|system|network|infrastructure|server|environment)s?"
)
_WAS = r"(?:was|were|(?:has|have|had)\sbeen)"
_ENTERED = r"(?:attacked|breached|compromised|hacked|infiltrated)"
_ASIDE = rf"(?:,\s(?:which|who|also|an?|another|its|the|their|one\sof)\s(?:(?!\b{_ENTERED}\b)[^,;.]){{3,80}},)?"
_NOT_ITSELF = rf"(?:,?\s(?:itself|themselves),?)?\s{_NOT}\s(?:(?:itself|themselves|ever)\s)?"
_FOUND = rf"{_SAID}(?:none\sof\s(?:its|their)\s{_SYSTEMS}(?:\s(?:and|or)\s[\w-]{{1,20}})?\s{_WAS}\s{_ENTERED}|(?:there\s(?:is|was)|(?:(?:it|they)\s)?(?:has\s|had\s)?found)\sno\s(?:evidence|indications?|signs?)\s(?:(?:of|that\s[^.;,]{{1,60}}?\sby)\sa\s(?:breach|compromise)\sof\s(?:its|their)\s{_SYSTEMS}|that\s(?:its|their)\s{_SYSTEMS}\s{_WAS}\s{_ENTERED}))"
_SPOKESMAN = r"(?:(?:[’']s)?\sspokes\w{3,6}(?:,?\s(?-i:[A-Z])[\w.’-]{1,20}){0,3},?)?"
_TOLD = r"\stold\s(?:(?!(?:him|it|me|them|that|us)\b)[\w.&’'-]{1,25}\s){1,4}?(?:that\s)?it"
_UNHURT = r"(?:unaffected|unharmed|untouched)"
_ENDED = r"(?:,?\s(?:as|and\s(?:neither|so)|nor)\s(?:was|were|is|are|has|have)\s(?:the\s)?(?-i:[A-Z\d])|,\s(?:(?-i:[A-Z])[\w.&’'-]{1,25}\s){1,4}(?:said|says)\b(?!,?\s(?:although|but|though|until)\b))"
_SPARED = regex(
    rf"(?:\s\([^()]{{1,20}}\))?(?:\s(?:also\s)?(?:uses?|used|rel(?:y|ies|ied)\son)\s{NAMES}(?:\sfor\s[\w-]{{1,20}})?,?\s(?:but|yet|and|though))?{_ASIDE}"
    rf"(?:(?P<itself>(?:{_SPOKESMAN}(?:{_SAID}(?:it|they)|{_TOLD}))?\s(?:{_NOT}\s{HARMED}|(?:was|were|is|are|remain(?:s|ed)?)\s{_UNHURT}|(?:was|were)\sspared)(?:\seither)?)"
    rf"|{_FOUND}|(?:(?:[’']s?)?\s{_SYSTEMS}|{_SAID}(?:its|their|the)\s{_SYSTEMS}){_NOT_ITSELF}{_ENTERED}|(?:{_SAID}(?:it|they))?{_NOT_ITSELF}(?:{_ENTERED}|{HARMED}))(?:{_END}|(?={_ENDED}))",
    re.IGNORECASE,
)
"""Behind a name: that it was not hit itself, or that nobody entered its systems, which is enough for a supplier; that those run on is not."""
_ITEM = r"(?:the\s)?(?-i:[A-Z\d])[\w&.’'-]{0,25}(?:\s(?:&\s)?(?-i:[A-Z\d])[\w&.’'-]{0,25}){0,5}"
_JOIN = r"(?:,\s(?:(?:and|or|nor)\s)?|\s(?:and|or|nor)\s)"
_ROW = rf"{_ITEM}(?:{_JOIN}{_ITEM}){{0,12}}"
_TOGETHER = regex(
    r"(?:\A\W{0,3}|\b(?:that|but|while|whereas|said|says|confirmed)\s)(?:"
    rf"(?:both\s)?(?P<row>{_ROW})(?:,\s(?:all|also|both|other|two|which|who)\s(?:(?!\b{_ENTERED}\b)[^,;.]){{3,80}},)?(?:{_SAID}they)?\s"
    rf"(?:(?:(?:were|are)(?:\snot|n[’']t)|(?:have|had)(?:\snot|n[’']t)\sbeen)\s{HARMED}|(?:were|are|remain(?:ed)?)\s{_UNHURT}|were\sspared)"
    rf"|(?:(?:all|its|several|the)\s)?(?:other|remaining)\s(?:[\w-]{{1,20}}\s){{0,2}}?(?:clients|customers|{GROUP_NOUN}),?\s(?:including|like|such\sas)\s(?P<among>{_ROW}),?\s(?:(?:were|are)(?:\snot|n[’']t)\s{HARMED}|(?:were|are|remain(?:ed)?)\s{_UNHURT})"
    rf"|neither\s(?P<neither>{_ROW})\s(?:was|were|is|are|(?:has|have|had)\sbeen)\s{HARMED}"
    rf"|{_ROW}(?:{_SAID}(?:it|they))?\s(?:(?:was|were|is|are|remain(?:s|ed)?)\s{_UNHURT},?\s(?:as|and\sso)|{_NOT}\s{HARMED},?\s(?:nor|and\sneither))\s(?:was|were|is|are)\s(?P<too>{_ROW}))(?:{_END}|(?={_ENDED}))",
    re.IGNORECASE,
)
"""That several were not hit: one list that is the whole subject of a sentence, or who is named behind those that it spares."""
_FOR_IT = regex(
    r"(?:\A\W{0,3}|,\s|\b(?:but|while)\s)(?:an?|the)\s(?:[\w-]{1,20}\s){0,2}?(?:spokes\w{3,6}|representative)\s(?:at|for|of)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_TOLD_WHOM = regex(rf"{_SPOKESMAN}{_TOLD}\b", re.IGNORECASE)
_SAYS_OF_IT = regex(rf"{_SAID}it\b|{_TOLD}\b", re.IGNORECASE)
SPARING = ("denie", "not ", "n't", "n’t", "never ", "no ", "none ", "neither ", "un", "spared", "whether ", "if ")
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
_INTO = regex(r"\b(?:against|at|from|into)\s(?:the\s)?\Z", re.IGNORECASE)
_FLAW = regex(r"\b(?:bug|flaw|vulnerability|zero-day|CVE-\d{4}-\d+)s?\s(?:affecting|in)\s(?:the\s)?\Z", re.IGNORECASE)
_PRODUCT = regex(r"\s[A-Z][\w-]*+(?![’'])")
"""Behind a name: what was hit by a flaw of it was hit at those who run it."""
_DOUBTED = regex(
    r"\b(?:whether|if|unless|until|initially|originally|first|believe[sd]?|thought|assum\w+|expect\w*|hope[sd]?|den(?:y|ies|ied)|disput\w+|false\w*|untrue|wrong\w*)\b|\bnot\s(?:true|clear|known|sure|say)\b",
    re.IGNORECASE,
)
OBJECT = regex(
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
_COUNTED = regex(r"(?P<number>\d[\d,.]*)\s(?:[\w-]{1,20}\s){0,2}?(?P<noun>[a-z]{3,20})\Z", re.IGNORECASE)
_ON_IT = regex(
    r"\W{0,3}(?:(?:(?:By|In|On|Since)\s\w{1,20}|(?P<first>[\w’'-]{1,25})),?\s(?:[a-z\d][\w’'-]{0,25},?\s){0,10}?)?(?:[Ii]ts?|[Tt]hey|[Tt]heir|[Tt]he\s(?:company|firm))\b"
)
"""What begins a sentence that goes on about whom the one before it names, and names nobody else first."""
_SERVED = regex(
    rf"\W{{0,3}}{NAMES}(?:,?\s(?:which|that|who)|,)?\s(?:(?:is|was)\s)?(?:also\s)?(?:serves|served|hosts|hosted|(?:an?|the)\s(?:[\w-]{{1,20}}\s){{0,3}}?"
    rf"(?:{SUPPLIER})\s(?:of\s(?:[\w-]{{1,20}}\s){{1,3}}?)?(?:of|to|for))\s(?:{NAMES}\s)?\Z",
    re.IGNORECASE,
)
"""What stands before a customer in a sentence about its supplier: "BIRCH, a vendor of ALDER"."""
_NO_MORE = regex(
    rf"(?:,?\s{NAMES})?(?:,\s(?:(?:was|has\sbeen)\s(?:attacked|breached|compromised|hacked|hit)|(?:disclosed|reported|suffered)\san?\s(?:cyber\s?|data\s|ransomware\s|security\s)?(?:attack|breach|hack|incident))"
    r"(?:\s(?:by|in|last|on|this)\s[\w-]{1,20}(?:\s\d{4})?){0,2})?\s{0,2}\.?\s{0,2}\Z",
    re.IGNORECASE,
)
"""What stands behind it: whom else the supplier serves, and that it was breached."""
_USES = regex(
    rf"(?:(?:(?:it|they|the\s(?:company|firm))\b)?\s(?:also\s)?(?:(?:is|was|are|were)\s(?:also\s)?(?:(?:an?|another|one\sof\sthe)\s)?(?:client|customer|user)s?\sof|(?:(?:do|does|did|has|have|had)\s(?:not|never)\s)?(?:use[sd]?|rel(?:y|ies|ied)\son))\s{NAMES}(?:\sfor\s[\w-]{{1,20}})?"
    rf"|(?:it|they|the\s(?:company|firm))\s(?:use[sd]?|runs?|rel(?:y|ies|ied)\son)\s(?:its|their)\sown\s(?:[\w-]{{1,20}}\s){{0,2}}?(?:cloud|network|platform|server|software|system|technolog)\w{{0,3}})\s{{0,2}}\.?\s{{0,2}}\Z",
    re.IGNORECASE,
)
"""All that stands behind a customer in a sentence about whom it uses; "It uses BIRCH" is such a sentence as a whole."""

_TAKEN_BACK = regex(
    r"\W{0,3}(?:both|all\s(?:of\sthem|three|four))\b|(?:a\s(?:day|week|month)|days|weeks|months|hours)\slater\b",
    re.IGNORECASE,
)
"""How a sentence begins that may say otherwise of those whom one before it spares."""


def unaffected(name: str, found: Sequence[Sentence], others: Iterable[str] = ()) -> Evidence | None:
    """Return the words by which the prose says that a company was not affected, None where other words may say that it was.

    Args:
        name: the company.
        found: the sentences of the prose, in order.
        others: whom else the post lists.
    """
    others = [other for other in others if other != name]
    proof = next((cleared for one in found if (cleared := spares(name, one, others, itself=True))), None)
    spoken_of = False
    for sentence in found if proof else ():
        text = sentence.text
        if _TAKEN_BACK.match(text):
            return None
        named = mention(name, text) or _shortly(name, text, others)
        if named and _SERVED.match(text, 0, named.start()) and _NO_MORE.match(text, named.end()):
            # What goes on from here is about the supplier.
            spoken_of = False
            continue
        spoken_of = named is not None or (spoken_of and _goes_on(text))
        start, end = named.span() if named else (0, 0)
        uses = not text[:start].strip() and _USES.match(text, end)
        if spoken_of and not uses and not spares(name, sentence, others, itself=True):
            return None
    return proof


def _goes_on(text: str) -> bool:
    """Whether a sentence goes on about whom the one before it names: it begins with no other name ("Ford said that it was hit")."""
    said = _ON_IT.match(text)
    first = said["first"].removesuffix("'s").removesuffix("’s") if said and said["first"] else ""
    common = not first or known(first)[1] or is_common(first.casefold()) or first.endswith("ly")
    return said is not None and bool(common)


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


def spares(name: str, sentence: Sentence, others: Collection[str] = (), *, itself: bool = False) -> Evidence | None:
    """Return the words of a sentence, from a company's name on, that say plainly that it was not hit, None where it has none.

    Args:
        name: the company.
        sentence: what may say so.
        others: whom else the post lists; "ALDER told BIRCH it was not affected" may be of either.
        itself: whether it is not enough that nobody entered its systems.
    """
    text = sentence.text
    if not holds(text, SPARING) or _DOUBTED.search(text):
        return None
    called = [*mentions(name, text, _TIMES)] or [one for one in [counted(name, text)] if one]
    if called and (itself or _harmed_before(text, called[0])):
        del called[1:]
    for said in called:
        span = _without_sign(text, said) if not itself else None
        spared = _SPARED.match(text, said.end())
        told = _TOLD_WHOM.match(text, said.end())
        unsure = told and (not itself or any(mention(other, told[0]) for other in others))
        if spared and not unsure and not (itself and spared["itself"] is None):
            subject = _LEAD.search(text, 0, said.start()) or (not itself and _PROVIDER.search(text, 0, said.start()))
            subject = subject or (_SAYS_OF_IT.match(text, said.end()) and _FOR_IT.search(text, 0, said.start()))
            span = (said.start(), spared.end()) if subject else span
        if span:
            return sentence.evidence(*span)
    together = _together(name, text, called[0].start()) if itself and called else None
    return sentence.evidence(*together) if together else None


def _together(name: str, text: str, start: int) -> Span | None:
    """Where a text says of a list in which a name stands first, at `start`, that all of it was not hit."""
    for told in _TOGETHER.finditer(text):
        group = told.lastgroup or "row"
        first, last = told.span(group)
        items = [
            item.casefold().removeprefix("the ") for item in re.split(_JOIN, " ".join(told[group].split()).rstrip("."))
        ]
        if (
            first <= start < last
            and name.casefold().removeprefix("the ") in items
            and (group != "row" or len(items) > 1)
        ):
            return told.start("row") if told["row"] else told.start(), told.end()
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
                OBJECT.search(text, 0, said.start()) or _DOUBTED.search(text, 0, said.start())
            ):
                return True
            if _ATTACKED_AHEAD.search(text, 0, said.start()) and _ALONE.match(text, said.end()):
                return True
    return False


def counted(name: str, text: str) -> re.Match[str] | None:
    """Return where a text speaks of a group by its number: "the remaining 117 customers" are "117 other customers"."""
    told = _COUNTED.match(name)
    return mention(f"{told['number']} {told['noun']}", text) if told else None
