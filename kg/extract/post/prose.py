"""What the prose of an incident post adds to its fields, each fact with its words.

Rules over sentences, with the names of the post's own fields as the gazetteer. They look for what the
fields cannot say: who used whom, who reported first, who suspended whom, which unnamed group is
concerned, who claims the attack, and whether the text hedges.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.counts import group_size
from kg.extract.brackets import without_brackets
from kg.extract.doubts import hedges
from kg.extract.lexicon import is_common
from kg.extract.owners import shortly
from kg.extract.relations import ENDS, GROUP_NOUN, NEGATED, RELIES, RELYING, SUPPLIER, SUSPENDS, holds, mention
from kg.names import key as name_key
from kg.patterns import gaps, regex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kg.extract.fields import Value
    from kg.extract.relations import Sentence
    from kg.model import Bounds, Evidence

NAME = r"(?:[A-Z0-9][\w&.’'-]*[\w&](?:\s(?:(?:of|the|and|for|&|d[aeiou]s?|del|dell[aeo]|der|di)\s)?(?=[A-Z0-9])[\w&.’'-]*[\w&]){0,5})"
_QUANTITY = (
    r"(?:multiple|several|many|numerous|various|dozens of|hundreds of|thousands of|a number of|a handful of|some|most|two|three|four|"
    r"five|six|seven|eight|nine|ten|\d[\d,.]*(?:\s(?:thousand|million))?)"
)
_GROUP = rf"(?P<group>{_QUANTITY}(?:\s(?!and\b|or\b|of\b|that\b|which\b|who\b)[\w’'/-]+){{0,4}}?\s{GROUP_NOUN})"
GROUP_RELIES = regex(
    rf"\b{_GROUP}\s(?:that|which|who)?\s?(?:had\s|have\s|also\s|all\s|currently\s|still\s){{0,2}}{RELIES}\b(?P<rest>[^.;,\n]{{0,80}})",
    re.IGNORECASE,
)
INVESTIGATED_BY = regex(
    rf"\b(?P<verb>investigations?|inquir(?:y|ies)|probes?|reviews?)\s(?:\w+\s)?by\s{_GROUP}", re.IGNORECASE
)
_OUTLET = rf"(?P<name>(?:[AO]\s(?=[A-Z]))?{NAME})"
FIRST_REPORTED = regex(
    rf"\b(?:first|initially|originally)\s+(?:reported|revealed|disclosed|published|described|noticed|spotted|covered)\s+by\s+(?:the\s)?{_OUTLET}"
)
REPORTED_FIRST = regex(
    rf"\b{_OUTLET}(?:,\s+(?:which|who))?(?:\s+had)?\s+(?:was\s+(?:the\s+)?first\s+to\s+report|first\s+reported|broke\s+the\s+(?:news|story))\b"
)
_APART = regex(r"\s*;\s*(?![^()]*\))")
_AND = regex(r"\sand\s")
_AND_THE = regex(r"\sand\s(?=The\s)")
_NEWS = r"(?:affair|attack|breach|break-in|campaign|case|compromise|cyber-?attack|disruption|event|exposure|hack|hacking|incident|infection|intrusion|it|leak|loss|malware|matter|news|outage|story|that|theft|this)(?:e?s)?"
_ELSE = regex(
    r"\b(?:acquisition|appointment|bid|contract|deal|departure|earnings|fine|job\scuts|lawsuit|layoffs|merger|penalty|purchase|resignation|results|sale|settlement|suit|takeover)s?\b(?P<last>[^.;]{0,40}\Z)?",
    re.IGNORECASE,
)
"""What is another matter than an incident."""
_TO_SOMEBODY = regex(rf"(?:[^.;,]{{0,60}}?\b{_NEWS})?\sto\s(?!(?:be|have)\b)", re.IGNORECASE)
"""Of what was reported to an authority, or to those concerned, and not to the public."""
_ITS = rf"(?:(?:its|the|their|[\w-]{{1,20}}\s(?:{SUPPLIER})|{SUPPLIER})\s){{0,2}}(?:(?:[\w-]{{1,20}}\s){{0,2}}?access\s(?:by|for|of|to)\s)?"
_WHOSE = rf"(?:the|its|their)\s(?:[\w-]{{1,20}}\s)?(?:{SUPPLIER})"
_ALONG = r"\s(?:(?!(?:after|and|as|because|but|in|of|on|or|since|which|while|who|with)\b)[\w’'-]{1,20}\s){1,4}?(?:from|provided\sby|to|with)\s"
_WAS = r"(?:[’']s\s(?:access|contract))?\s(?:(?:was|were|is|are|has|have|had|been|since|then|also|now)\s){0,3}"
_LEFT = tuple(
    (
        state,
        regex(rf"{words}|{access}{_WHOSE}[’']s\saccess\b", re.IGNORECASE),
        regex(rf"\b(?:(?:{bare})\w*\s(?:off\s|from\s)?|(?:{moved})\w*{_ALONG}){_ITS}\Z", re.IGNORECASE),
        regex(rf"{_WAS}(?:{done})\b", re.IGNORECASE),
    )
    for state, words, access, bare, moved, done in (
        ("ended", ENDS, r"\bterminat\w*\s", r"cancel|ditch|drop|no\slonger\s(?:use|work\w*\swith)|part\w*\sways\swith|remov|terminat", "cancel|terminat",
         r"cancell?ed|discontinued|ended|expired|lapsed|ran\sout|severed|terminated"),
        ("suspended", rf"{SUSPENDS}|\bput\b.{{0,60}}\bon hold\b|\b(?:disabl|disconnect)\w*\s(?:[\w’'-]{{1,20}}\s){{0,3}}?(?:connection|integration)",
         r"\b(?:cut\soff|disabl\w*|remov\w*|revok\w*|suspend\w*)\s", "cut|disabl|disconnect|freez|froze|halt|paus|revok|suspend",
         "disconnect|freez|froze|halt|paus|stopp|suspend", "disabled|disconnected|frozen|halted|paused|revoked|suspended"),
    )
)  # fmt: skip
"""A state, what tells of it, what does before the name of a supplier, and what does behind it."""
LEAVING = (
    *("cancel", "ceas", "cut", "disabl", "disconnect", "discontinu", "ditch", "drop", "end ", "ends ", "ended", "ending", "expire", "freez", "froze", "halt", "lapse", "no longer", "on hold"),
    *("paus", "ran out", "remov", "renew", "revok", "run out", "sever", "stopp", "suspend", "terminat", "ways with"),
)  # fmt: skip
"""One of them is in every text that tells of it."""
_DEALT = regex(
    r"\b(?:access|account|agreement|contract|deal|engagement|integration|partnership|relationship|use)s?\s(?:(?:for|of|with)\s|between\s[^;.]{1,60}\sand\s)(?:the\s)?\Z",
    re.IGNORECASE,
)
"""Before the name of a supplier, the dealings with it."""
_WHOLE = regex(
    r"[’']s?\saccess\b|\s(?:platform|service|system)s?\b|\s{0,2}(?:[.,;:]|\Z)|\s(?:after|and\s(?:(?!re(?:activat|connect|enabl|instat|stor|sum)\w*\s(?:it\b|(?:its\s|the\s)?(?:access|connection|service|use|work)))\w+ed|reset|took)|as|following|from|in|over|until|while)\b",
    re.IGNORECASE,
)
"""Behind the name of a supplier that is left: not what is only of it, as its tokens."""
_SHORT = regex(r"\(([A-Z][\w&-]{1,9})\)\s*\Z")
_VENDOR = regex(rf"\b(?<!another\s)(?<!new\s)(?<!other\s)(?:{SUPPLIER})\b", re.IGNORECASE)
_FIRM = regex(r"(?:(?<=\bto\sthe\s)|(?<=\bwith\sthe\s))firm\b(?!\s[A-Z])")
_ANOTHER_FIRM = regex(r"\ban?\s(?:[\w’'-]{1,20}\s){0,3}firm\b|\b(?:engaged|hired|retained)\b", re.IGNORECASE)
_CLAUSE = regex(
    r"[,;:–—()]|\b(?:after|although|and|as|because|before|but|how|since|though|when|which|while|who|why)\b",
    re.IGNORECASE,
)
_UNSETTLED = regex(
    r"\b(?:instead\sof|if|rather\sthan|ruled?\sout|short\sof|unless|whether)\b"
    r"|\b(?:can(?:not)?|could|may|might|should)\s(?:(?:also|be|been|even|have|not|soon|still|well|yet|\w+ly)\s){0,4}\Z",
    re.IGNORECASE,
)
_WISHED = regex(
    r"\b(?-i:can(?:not)?|could|may|might|should)\b(?!\s(?:confirm|say)\b)|\b(?:advis|ask|avoid|call|consider|contemplat|demand|deny|discuss|explor|mull|plan|possib|recommend|request|threat|urg(?!en)|want|weigh)\w*\b",
    re.IGNORECASE,
)
"""Beside what is only asked for, thought of or possible, unless it is said to have been done: then there was a call or a plan of something else."""
_DONE = regex(r"(?:\w+ed|cut|froze|no longer|put|stopped)\b", re.IGNORECASE)
_STATED = regex(
    r"\b(?:is|are|was|were|will)\s(?:(?:also|now|\w+ly)\s)?\Z"
    r"|(?<!to\s)(?<!have\s)\b(?:agreed|chose|decided|opted|resolved|voted|(?:was|were)\s(?:compelled|forced))\s(?:\w+ly\s)?to\s(?:(?:be|\w+ly)\s)?\Z",
    re.IGNORECASE,
)
"""Before what is no wish: it was done, will be, or was decided."""
_THAT = regex(r"\b(?:ask|demand|insist|recommend|request|urg)\w*\sthat\s(?:[\w.&’'-]{1,20}\s){1,4}\Z", re.IGNORECASE)
_BE = regex(r"\b(?:be|being|to)\s(?:\w+ly\s)?\Z", re.IGNORECASE)
"""Before what looks like a past, and is none."""
_TO = regex(r"\bto\s(?:(?:be|\w+ly)\s)?\Z", re.IGNORECASE)
_DECIDED = regex(
    r"\b(?:(?:is|are|was|were|had|has|have|set|going|but|on|(?:first|second|third|latest|last(?!\s(?:fall|month|night|spring|summer|week|winter|year)\b))(?:\s[\w-]{1,20}){0,3})"
    r"|(?:(?:agree|announc|caus|ch[oi]|compel|deci[ds]|exercis|forc|instruct|invok|lead|led|mov|proceed|prompt|resolv)\w*|action|act(?:ed|s)|beg[au]n|direct(?:ed|s)|elect(?:ed|s)|manage[ds]|opted|order(?:ed|s)?|push(?:ed|es)|start(?:ed|s)|steps?|use[ds]|vote[ds]?|vow(?:ed|s)?)\s(?:[\w.&’'-]{1,20}\s){0,6}?)\s?"
    r"to\s(?:(?:be|\w+ly)\s)?\Z",
    re.IGNORECASE,
)
"""Of what is yet to be done, what will be ("decided to end"); else it is but wished."""
_WILL = regex(r"\b(?:will|would)\b", re.IGNORECASE)
_ON_CONDITION = regex(r"\b(?:if|unless)\b", re.IGNORECASE)
_CLAUSE_REACH = 80


def parts(response: Value) -> Iterator[Value]:
    """Yield the parts of a response, which semicolons part."""
    found = (response.part(*span) for span in gaps(_APART, response.text))
    return (part for part in found if not part.blank)


def suspension(sentence: str, supplier: str, others: Iterable[str], *, alone: bool) -> tuple[str, re.Match[str] | None]:
    """Return "suspended", "ended" or "" for what a sentence says of the relation to a supplier, and where it is named; `alone`, as "the vendor" too."""
    if not holds(sentence, LEAVING):
        return "", None
    said = next(filter(None, (mention(name, sentence) for name in _called(supplier))), None)
    said = said or shortly(supplier, sentence, others) or (_the_vendor(sentence) if alone else None)
    if said is None:
        return "", None
    for state, words, bare, done in _LEFT:
        named = bare.search(sentence, 0, said.start()) if _WHOLE.match(sentence, said.end()) else None
        passive = done.match(sentence, said.end()) and _DEALT.search(sentence, 0, said.start())
        if any(_is_settled(sentence, one) for one in (named, passive, *words.finditer(sentence)) if one):
            return state, said
    return "", None


def _the_vendor(sentence: str) -> re.Match[str] | None:
    """Where a sentence speaks of the only supplier as one."""
    return _VENDOR.search(sentence) or (None if _ANOTHER_FIRM.search(sentence) else _FIRM.search(sentence))


@lru_cache(maxsize=4096)
def _called(supplier: str) -> tuple[str, ...]:
    """What a supplier is called that is listed with its initials: "Alder Birch Cedar (ABC)"."""
    plain = without_brackets(supplier)
    initials = "".join(word[0] for word in plain.split()).casefold()
    short = (one for one in _SHORT.findall(supplier) if one.casefold() in initials)
    return tuple(dict.fromkeys((supplier, plain, *short)))


def _is_settled(text: str, said: re.Match[str]) -> bool:
    """Whether something was done, or is decided, as a sentence says: not where its clause denies it, or only wishes it or thinks of it."""
    at = said.start()
    reach = max(0, at - _CLAUSE_REACH)
    start = max((match.end() for match in _CLAUSE.finditer(text, reach, at)), default=reach)
    if NEGATED.search(text, start, at) or _UNSETTLED.search(text, start, at):
        return False
    done = _DONE.match(text, at) and not (_BE.search(text, start, at) or _THAT.search(text, start, at))
    if not (done or _STATED.search(text, start, at)) and _WISHED.search(text, start, at):
        return False
    if _TO.search(text, start, at):
        return _DECIDED.search(text, reach, at) is not None
    return not (_WILL.search(text, start, at) and _ON_CONDITION.search(text, said.end()))


@dataclass(frozen=True, slots=True)
class Group:
    """An unnamed group that relied on a supplier, and may investigate."""

    name: str
    count: Bounds | None
    evidence: Evidence
    quote: Evidence
    verb: Evidence | None = None
    rest: str = ""


def groups(found: Iterable[Sentence]) -> Iterator[Group]:
    """Yield the unnamed groups that the prose says relied on somebody's services, or opened investigations."""
    for sentence in (one for one in found if holds(one.text, RELYING)):
        for match in GROUP_RELIES.finditer(sentence.text):
            verb = INVESTIGATED_BY.search(sentence.text)
            same = verb is not None and verb.start("group") == match.start("group")
            yield Group(
                " ".join(match["group"].split()),
                group_size(sentence.text, *match.span("group")),
                sentence.evidence(*match.span("group")),
                sentence.evidence(match.start(), match.start() + len(match[0].rstrip())),
                verb=sentence.evidence(*verb.span()) if same and verb else None,
                rest=match["rest"],
            )


def reporters(found: Iterable[Sentence], publishers: Collection[str]) -> Iterator[tuple[str, Evidence, Evidence]]:
    """Yield (name, evidence for the name, evidence for the statement) of whoever reported first what a post is about.

    Args:
        found: the sentences of the prose.
        publishers: the keys of the names that the post refers to.
    """
    for sentence in (one for one in found if holds(one.text, ("first", "initially", "originally", "broke"))):
        for pattern in (FIRST_REPORTED, REPORTED_FIRST):
            for match in pattern.finditer(sentence.text):
                if not _is_news(sentence.text, match, passive=pattern is FIRST_REPORTED):
                    continue
                said, whole = sentence.evidence(*match.span()), match["name"]
                several = list(gaps(_AND, whole))
                # "The Post and Courier" is one; of two, the post mostly refers to one by name.
                if not any(name_key(whole[start:end]) in publishers for start, end in several):
                    several = list(gaps(_AND_THE, whole))
                for start, end in several:
                    name, place = re.sub(r"[’']s$|[.,]$", "", whole[start:end]), match.start("name") + start
                    yield name, sentence.evidence(place, place + len(name)), said


def _is_news(text: str, match: re.Match[str], *, passive: bool) -> bool:
    """Whether it was the incident that was reported to the public, and not a fine or a merger."""
    if _TO_SOMEBODY.match(text, match.end()) or is_common(match["name"].lower()):
        return False
    if passive:
        return not any(said["last"] is not None for said in _ELSE.finditer(text, 0, match.start()))
    told = text[match.end() : match.end() + _TOLD]
    return not _ELSE.search(_PART.split(told, maxsplit=1)[0])


_TOLD, _PART = 60, regex(r"[.;,]")


def hedged(found: Iterable[Sentence]) -> tuple[bool, bool]:
    """Return whether the prose says that harm only may have been done, and whether it does, or says what the data only may include."""
    said = {hedge[0].casefold().endswith("include") for sentence in found for hedge in hedges(sentence.text)}
    return False in said, bool(said)


_PROVIDES = regex(
    r"\b(?:provid|suppl|offer|operat|host|run|perform|handl|process)(?:es|s|ies|ing|ed)\s+(?P<service>[^.;:\n]{4,80}?)\s+(?:for|to|on behalf of)\s(?P<whom>[\w’'-]{0,20}(?:\s[\w’'-]{1,20})?)",
    re.IGNORECASE,
)
_PROVIDING = ("provid", "suppl", "offer", "operat", "host", "run", "perform", "handl", "process")
_OF_THE_NAME = regex(
    r"(?:[’']s?(?:\s[\w-]{1,20}){1,3})?(?:\s\([^()]{1,40}\))?"
    r"(?:,?\s(?:which|that|who)|,\s(?:an?|the|its)\s[^,;:.]{3,60}(?:,|,?\s(?:which|that|who))|\s(?:is|was)\s(?:an?|the)\s[^,;:.]{3,60}\s(?:which|that|who))?"
    r"(?:\s(?:also|currently|mainly|primarily|has|had|have|itself)){0,2}\s",
    re.IGNORECASE,
)
"""What stands between a name and a verb of which it is the subject."""
_NO_SERVICE = regex(
    r"(?:no|any|further|more|additional|free|few|little|up|its?|them|their|updates?|help|support|assistance|access)\b"
    r"|.*(?:\b(?:has|have|had|been|was|were|is|are|will|said|says|because|after|which|that|who|according|compromised|affected|breached|stolen)\b"
    r"|\b(?:refunds?|compensation|vouchers?|discounts?|apolog(?:y|ies)|rewards?|bounty|ransom|details|updates?|guidance|information|notices?|notifications?|letters?"
    r"|statements?|comments?|evidence|samples?|proof|tips|indicators|workarounds?|patch(?:es)?|fix(?:es)?|relief|money)\Z"
    r"|\b(?:credit|identity|fraud|dark[- ]web)[\w\s-]{0,30}\b(?:monitoring|protection|restoration|theft)"
    r"|\b(?:stolen|leaked|(?:million|thousand|billion|\d[\d,.]*)\s(?:[\w-]{1,20}\s){0,2}(?:records|files|accounts|documents|rows|users|customers|emails)))",
    re.IGNORECASE,
)
"""What is given to those affected, or to the press; clauses; and loot."""
_HARMED = regex(
    r"(?:sale|free|purchase|download|(?:the\s|all\s|any\s|its\s)?(?:those|affected|impacted|victims?|anyone|everyone|individuals|people|patients|consumers|comment|data))\b",
    re.IGNORECASE,
)


def services(found: Iterable[Sentence], suppliers: Sequence[str]) -> Iterator[tuple[str, str, Evidence]]:
    """Yield (supplier, service, evidence) where a sentence says of a supplier what it provides to its customers."""
    for sentence in (one for one in found if holds(one.text, _PROVIDING)):
        text = sentence.text
        for supplier in suppliers:
            name = mention(supplier, text)
            match = _PROVIDES.search(text, name.end(), name.end() + 240) if name else None
            if not (match and name and _OF_THE_NAME.fullmatch(text, name.end(), match.start())):
                continue
            if not (_NO_SERVICE.match(match["service"]) or _HARMED.match(match["whom"])):
                yield supplier, " ".join(match["service"].split()), sentence.evidence(*match.span("service"))
