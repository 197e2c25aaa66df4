"""Who is taken out of what a text tells of others: by words before a list of names, a label or heading above it, or a verb left out behind it.

"Neither Alder nor Birch lost data", "all customers but Alder", "Not affected: Alder, Birch", "Birch was hit, Alder was not". What
stands behind a single name is asked by `sparing`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.extract.clauses import TURN
from kg.extract.harm import BEFELL, DONE, HIT
from kg.extract.lexicon import VERBS
from kg.nouns import LONE_GROUPS, ORGANIZATION_NOUNS
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.prose.cast import Mention, Party
    from kg.extract.prose.judged import Judged
    from kg.extract.tokens import Tokens
    from kg.model import Span

OWN: Final = frozenset(
    "own internal system systems network networks server servers infrastructure environment website websites".split()
)
"""What a customer that was hit through its supplier says was not touched."""
_PARTS: Final = frozenset(
    """
    accounts address addresses app apps balance balances card cards chats coins contracts credentials database funds keys login logins markets number
    numbers operations password passwords payment payments photos pictures purchases safety site tokens unit units wallet wallets
    """.split()
)
"""What may have been spared where the rest was not: "no passwords were involved" spares nobody."""
ONLY: Final = OWN | _PARTS
_ALONE: Final = frozenset({"alone", "first", "only"})
"""Behind a name that is not all that was hit."""
WORD: Final = regex(r"[a-z]+")

_AMONG: Final = r"among\s(?:the\s)?(?:affected|them|those|victims)"
_HURT: Final = (
    rf"(?:{BEFELL}|concerned|lost|lose|loses|loss(?:es)?|damage|harm|disruptions?|outages?|{_AMONG}|victims?)"
)
_NOT_HURT: Final = rf"(?:not\s(?:been\s|(?!only|just)\w+ly\s)?(?:{HIT}|concerned|exposed|involved|touched|{_AMONG})|unaffected|untouched|unharmed|unscathed|spared|safe)"
_ALL: Final = r"(?:customers?|clients?|companies|company|firms?|organi[sz]ations?|users?)"
_GROUP: Final = rf"(?:{_ALL}|{'|'.join(sorted(LONE_GROUPS | ORGANIZATION_NOUNS))})"
BE: Final = r"(?:am|are|be|been|is|was|were)"
_HAVE: Final = r"(?:had|has|have)"
_NO_VERB: Final = rf"(?!(?:{BE}|{_HAVE})\b)[\w’'-]{{1,25}}"
_EVERYONE: Final = regex(
    rf"\b(?:every(?:body|one)|all|(?:all|each|every)\s(?:{_NO_VERB}\s){{0,5}}?{_GROUP}(?:\s(?:of|that|who)(?:\s{_NO_VERB}){{1,4}})?)\s\Z",
    re.IGNORECASE,
)
"""Before a "but" that excepts: behind anything else it begins what another clause says."""
_LEAD: Final = (
    r"(?:(?!(?:all|alone|also|and|as|at|because|but|by|even|first|for|from|if|in|just|merely|of|on|only|or|solely|than|that|to|until|was|were|when|which|who|with|yet)\b)[\w’'-]{1,25}\s){0,4}"
    rf"(?:{_ALL},\s)?"
)
"""Words that may stand before the first name of a list ("its two customers")."""
_LONG_LEAD: Final = r"(?:(?!(?:and|apart|are|as|aside|besides?|beyond|but|except|excepting|fewer|had|has|have|is|less|like|more|other\sthan|outside|said|save|than|that|was|were|which|who)\b)[\w’'-]{1,25},?\s){0,8}"
"""The same where those of whom something is denied are told first ("none of its customers, among them")."""
_NONE: Final = regex(
    rf"\b(?:neither|nor|(?:none|not\s(?:one|any|a\ssingle\sone))\sof)\s{_LONG_LEAD}\Z|\bno\s(?:other\s)?(?:one\b|{_ALL}),?\s{_LONG_LEAD}(?<!\bat\s)(?<!\bin\s)(?<!\bof\s)\Z"
    rf"|\b(?:no|none\sof\sthe|not\sany)\s(?:customer\s|client\s)?(?:data|files?|records?|information|documents?)\s(?:of|from|about|belonging\sto)\s{_LEAD}\Z",
    re.IGNORECASE,
)
"""Before a list of whom the verb behind it is denied."""
_HURT_BEHIND: Final = regex(
    r"(?:\samong\sthem,)?(?:\snor\s[^,.;]{1,60}?)?(?:\s(?:that|which|who)\s(?:use|used|uses|rely|relied|relies|run|runs|ran|work|worked)\b[^,.;]{0,40}?)?"
    r"(?:\s(?:was|were|is|are|has|have|had|been|be|being|appears?|appeared|seems?|seemed|believed|thought|known|to|also|itself|themselves|directly|ever|any|anything|of|its|their"
    r"|data|files|records|an?|customer|client|said|says|reported|suffered|saw)){0,7}"
    rf"\s{_HURT}\b(?!\sfor\sgood\b)",
    re.IGNORECASE,
)
_NOT_TO: Final = regex(
    r"\b(?:attack\w*|break-in|breach|failure|hack\w*|incident|intru\w+|it|leak|malware|outage|ransomware|theft|they|thieves|this|worm)\b[^.;:]{0,80}?"
    r"\b(?:not|never|n['’]t|without)\s(?:(?!only|just|merely|solely)\w+\s)?(?:affect|reach|touch|hit|harm|hurt|impact|involv|concern|extend|spread|compromis)(?:e|ed|ing)?\s"
    rf"(?:(?:to|either)\s)?{_LEAD}\Z"
    rf"|(?<!\bnot\s)(?<!\bwithout\s)\b(?:spared|sparing)\s{_LEAD}\Z"
    rf"|\bno\s(?:impact|effect|harm|damage|consequences?|disruptions?)\s(?:on|to|for|at)\s{_LEAD}\Z",
    re.IGNORECASE,
)
"""Before a list of whom harm is denied by the verb that stands before it."""
_NO_MORE: Final = regex(
    r"\s*(?:[.;!)]|,(?!\s(?:just|merely|only)\b)|\Z|(?:and|n?or)\s(?:any|its|their)\b|(?:at\sall|in\sany\sway|because|since|whose)\b)",
    re.IGNORECASE,
)
"""Behind such a list where it is denied of all that they are, not of their staff, or until a day."""
_EXCEPT: Final = regex(
    rf"\b(?:except(?:ing)?(?:\sfor)?|excluding|save\sfor|barring|with\sthe\s(?:\w+\s)?exceptions?\sof|(?P<all>apart\sfrom|aside\sfrom|other\sthan|but))\s{_LEAD}\Z",
    re.IGNORECASE,
)
_NOT: Final = regex(r"\bnot\s\Z", re.IGNORECASE)
_BUT: Final = regex(rf",?\sbut\s{_LEAD}", re.IGNORECASE)
_BUT_NOT: Final = regex(rf",?\s(?:and|but|(?:al)?though)\snot\s(?:(?:at|from|of)\s)?{_LEAD}\Z", re.IGNORECASE)
_EVERY: Final = regex(r"\b(?:all|each|entire|every(?:body|one)?|rest|whole)\b", re.IGNORECASE)
"""Beside words that may also mean "besides"."""
DENIAL: Final = regex(
    r"\b(?:no|none|nobody|not|never|neither|nor|unaffected|untouched|unharmed|spared)\b|n['’]t\b", re.IGNORECASE
)
HARM: Final = regex(rf"\b(?:{_HURT}|{DONE}|expose|steal|stole)\b", re.IGNORECASE)
_DONE: Final = (
    r"(?:(?:both|all|also|not|never|\w+ly)\s){0,2}(?!(?:concerned|involved)\s(?:about|in|that|with)\b|hit\s(?:by|with)\s[^,;.]{0,40}\b(?:fines?|(?:law)?suits?)\b|taken\s(?:on|over|to)\b)"
    rf"(?:{DONE}|concerned|victims?|{_AMONG})\b"
)
_LOST: Final = r"(?:los(?:es?|t)\s(?:[\w’',.-]{1,25}\s){0,5}?(?:access|data|details|documents|files|information|names|records)|suffer(?:ed|s)?|had\s(?:[\w’'-]{1,25}\s){1,5}(?:copied|exposed|leaked|stolen|taken))\b"
_WAS_HIT: Final = regex(rf"\b{BE}\s{_DONE}", re.IGNORECASE)
_LEFT_OUT: Final = {
    "be": _WAS_HIT,
    "been": _WAS_HIT,
    "have": regex(rf"\b{_HAVE}\s(?:(?:also|both|not)\s)?(?:been\s{_DONE}|{_LOST})", re.IGNORECASE),
    "did": regex(rf"\b{_LOST}", re.IGNORECASE),
}
"""What the verb that is denied may stand for: "was not" for "was hit", "did not" for "lost data"."""
_STRUCK: Final = regex(
    rf"\b{BE}\s{_DONE}|\b{_LOST}|(?<!\ball\s)(?<!\bits\s)(?<!\bother\s)(?<!\bthe\s)\b(?:affect(?:ed|s)?|disrupt(?:ed|s)|expos(?:ed|es)|harm(?:ed|s)|hit|hits|impact(?:ed|s)|reached|stole|struck|touched"
    r"|(?:concern|involv)(?:ed|s)\s(?:\w+\s){0,2}(?:data|files|information|records))\b",
    re.IGNORECASE,
)
"""That somebody was hit, told by the verb of a clause."""
_TOLD_WORDS: Final = r"asked|aware|how|if|inform(?:ed|s)|kn[eo]w\w*|learn(?:ed|t)|notif(?:ied|ies)|tell|tells|told|warn(?:ed|s)|what|whether|which|who|whom|whose|(?<!ed\s)(?<!said\s)(?<!says\s)that"
_TOLD: Final = regex(
    rf"\b(?:{_TOLD_WORDS})\b"
    r"|\b\w+(?:ed|id|ays)\s(?:that\s)?(?:it|its|their|they)\b|\b(?:and|then)\s(?:\w+ly\s)?(?:are|had|has|have|is|was|were|\w+ed)\b",
    re.IGNORECASE,
)
"""Where the verb of a clause is another one: who was hit was told, or knows, or has done something since."""
_WHO: Final = rf"(?:(?:who|which|those|these|the|among|other|still|also|that|whose\s[\w-]{{1,25}}|{_HAVE}|{BE}|{_GROUP})\s){{0,9}}"
"""Words that say of whom a label or heading speaks."""
_LABEL: Final = regex(
    rf"(?:\A\W{{0,4}}{_WHO}|\b(?:those|these|following|{_GROUP})\s(?-i:[a-z’'-]{{1,25}}\s){{0,12}}?)"
    rf"(?:(?:{_NOT_HURT}(?:\s[\w’'-]+){{0,4}}|(?<=\bis\s)not|(?<=\bare\s)not|(?<=\bwas\s)not|(?<=\bwere\s)not)(?:\s?:|\s[–—|-])(?:[^:]{{0,300}}(?:[,;]|\band))?\s?(?:the\s)?\Z"
    rf"|{_NOT_HURT}(?:\sby[^,.;:]{{0,40}})?\s(?:is|are|was|were|includes?|included)\s{_LEAD}\Z)",
    re.IGNORECASE,
)
"""What a sentence or line says of those whose names follow: "Who is not affected:", "Not affected were"."""
_HEADING: Final = regex(rf"\W{{0,4}}{_WHO}(?:(?P<spared>{_NOT_HURT})|{_HURT})(?:\s[\w’'-]+){{0,4}}\W*", re.IGNORECASE)
"""A line that says whether those listed below it were affected."""
_VERB: Final = rf"(?:(?P<be>{BE})|(?P<did>did)|(?P<have>{_HAVE}))"
_NOR_WAS: Final = regex(rf"\b(?:nor|neither)\s{_VERB}\s{_LEAD}\Z", re.IGNORECASE)
_WAS_NOT: Final = regex(
    rf"\s{_VERB}(?:\snot|n['’]t)(?P<been>\sbeen)?\s*(?:[.;,)!]|\Z)",
    re.IGNORECASE,
)
"""Behind a list of whom the verb before it is denied."""
_WHOM: Final = regex(r"\A\s(?:that|which|who|whose)\b", re.IGNORECASE)
_ALL_HURT: Final = regex(rf",\s(?:(?!(?:{_TOLD_WORDS})\b)[\w’'-]{{1,25}},?\s){{0,10}}?{_HURT}\b", re.IGNORECASE)
"""Behind an exception with which a sentence begins ("apart from Alder, all customers lost data")."""
_ONLY_ONE: Final = regex(r",?\sonly\s", re.IGNORECASE)
_OWNS: Final = regex(r"['’](?:s\b|\s\w)")
"""Behind a name of whose things a sentence speaks."""
_END: Final = regex(r"\s*(?:[.;,!]|\Z)")
_STOP: Final = regex(r"\s*(?:[.;!]|\Z|,\s[^,;.]{1,60}\s(?:said|says)\W*\Z)")
_ASIDE: Final = regex(
    r",\s(?:all|also|an?|another|both|each|its|the|their|three|two|where|which|who|whose)\b[^,.;]{0,80},|\s\([^()]{0,80}\)",
    re.IGNORECASE,
)
_APPOSED: Final = regex(rf"(?:\b{_ALL},|,\s(?:among\sthem|including|like|such\sas))\s\Z", re.IGNORECASE)
"""Before a list that says who the others are, and ends with a comma ("its clients, Alder and Birch, were not")."""
RELATIVE: Final = regex(r",\s(?:where|which|who|whose)\b[^,.;]{0,80},", re.IGNORECASE)
_THOSE_OF: Final = regex(r"\b(?:that|those)\s(?:at|from|of)\s\Z", re.IGNORECASE)
_JOINT: Final = regex(rf"[\s;,:]*(?:\b(?:and|but|(?:al)?though|whereas|while|yet)\s)?{_LEAD}\Z", re.IGNORECASE)
"""Between a clause and the list with which the next one begins."""
_COMMA: Final = regex(rf",|{TURN.pattern}")
_SAID: Final = regex(r",\s[^,;]{1,60}\s(?:said|says)\W*\Z", re.IGNORECASE)
_PREPOSITION: Final = regex(r"\s(?:after|at|by|during|from|in|last|on|over|through|this|when)\b", re.IGNORECASE)
_AUXILIARY: Final = regex(rf",\s(?:{BE}|{_HAVE}|can|could|did|do|does|may|might|must|will|would)\b", re.IGNORECASE)
"""Behind an exception between commas whose sentence goes on: what was told before it was not all."""
_BULLET: Final = regex(r"\s*(?:[^\w\s]{1,2}|\d{1,3}[.)])\s")
_OF_OTHERS: Final = regex(rf"\b(?:{_HURT}|reached|struck)\s{_LEAD}\Z", re.IGNORECASE)
"""What was done to those who are named next."""
_OF_ITS: Final = frozenset({"its", "their", "them"})
"""In the name of a group that belongs to those named before it."""
_AND: Final = regex(rf",?\s(?:and|or|nor)\s{_LEAD}", re.IGNORECASE)
"""Between two lists that are one."""
_REACH: Final = 200
"""Characters before and behind a list in which these are looked for."""
_ITEM: Final = 10
"""Words of a line that is an item of a list."""


def excepted(told: Judged, party: Party) -> bool:
    """Return whether a text takes a party, by name, out of those of whom it tells harm."""
    words = told.words
    for number in told.scene.sentences_of(party):
        first, last = words.sentences[number]
        for begin, end in _lists(told, number, party):
            before = words.text[max(words.starts[first], begin - _REACH) : begin]
            behind = words.text[end : min(words.ends[last - 1], end + _REACH)]
            another = _next(told, number, party, end)
            if _only_another(before, behind, another):
                return True
            behind = behind.removeprefix(",") if _APPOSED.search(before) else behind
            if _OWNS.match(behind) or not (ONLY | _ALONE).isdisjoint(WORD.findall(behind.lower())[:1]):
                continue
            denied = _taken_out(before, behind) or _left_out(told, number, before, behind)
            if denied and not _still_hit(behind[: another[0]]):
                return True
            labelled = _LABEL.search(words.text[words.starts[first] : begin]) and _END.match(_plain(behind))
            if labelled or _headed(told, number) == "spared":
                return True
    return False


def listed_as_hit(told: Judged, party: Party) -> bool:
    """Return whether a party stands in a list whose heading says that those in it were affected."""
    return any(_headed(told, number) == "hit" for number in told.scene.sentences_of(party))


def _lists(told: Judged, number: int, party: Party) -> Iterator[Span]:
    """Where each list of names of a sentence stands in which a party is; those that "and" joins are one."""
    words = told.words
    found: list[tuple[int, int, bool]] = []
    for listed in told.scene.lists[number]:
        members = listed.members
        # "Its other clients, Alder and Birch, were not": a group that is told by name is no member of its own list.
        grouped = len(members) > 1 and members[0][1].kind == "group" and words.words[members[0][1].last] == ","
        begin, end = words.span(members[grouped][1].first, members[-1][1].last)
        here = any(one is party and _is_named(words, mention, party) for one, mention in members)
        if found and _AND.fullmatch(words.text, found[-1][1], begin):
            begin, _, before = found.pop()
            here |= before
        found.append((begin, end, here))
    yield from ((begin, end) for begin, end, here in found if here)


def _is_named(words: Tokens, mention: Mention, party: Party) -> bool:
    """Whether a mention may be of a party by its words: "Alder Oil" is not Alder Line, whatever else took the two for one."""
    here, name = set(words.lowers[mention.first : mention.last]), set(words.lowers[party.first : party.last])
    return here.isdisjoint(name) or here <= name or name <= here


def _next(told: Judged, number: int, party: Party, end: int) -> Span:
    """Where the next list of others stands behind a character of a sentence, counted from there; beyond the sentence where there is none."""
    words = told.words
    for listed in told.scene.lists[number]:
        start, stop = listed.span(words)
        mentioned = {word for _, one in listed.members for word in words.lowers[one.first : one.last]}
        if start >= end and party.number not in listed.numbers and _OF_ITS.isdisjoint(mentioned):
            return start - end, stop - end
    return _REACH, _REACH


def _only_another(before: str, behind: str, another: Span) -> bool:
    """Whether harm is told of the next list alone ("of Alder and Birch only Birch lost data", "not Alder but Birch lost data")."""
    between = behind[: another[0]]
    only = _ONLY_ONE.fullmatch(between) and not HARM.search(before)
    contrasted = _NOT.search(before) and _BUT.fullmatch(between)
    return bool(only or contrasted) and _hurt(_WHOM.sub("", _plain(behind[another[1] :]), count=1))


def _taken_out(before: str, behind: str) -> bool:
    """Whether the words before a list deny what is told of it, or except it from what is told of all."""
    clause = TURN.split(behind, maxsplit=1)[0]
    if _NOT_TO.search(before) and _NO_MORE.match(clause):
        return True
    clause = _plain(clause)
    if _NONE.search(before) and _hurt(clause):
        return True
    if match := _BUT_NOT.search(before):
        lead = _clause(before[: match.start()])
        told = _hurt(clause.removeprefix(",")) or (_END.match(clause) is not None and _struck(lead))
        return told and ONLY.isdisjoint(WORD.findall(lead.lower()))
    match = _EXCEPT.search(before)
    return match is not None and _is_exception(match, TURN.split(before[: match.start()])[-1], clause)


def _is_exception(match: re.Match[str], lead: str, clause: str) -> bool:
    """Whether a list is excepted from harm that the words before or behind it tell: "all but Alder were hit", "hit all except Alder"."""
    rest = f"{lead} {clause}"
    if DENIAL.search(rest) or (match["all"] and not _EVERY.search(rest)):
        return False
    if match["all"] and match["all"].lower() == "but" and (_STRUCK.search(lead) or not _EVERYONE.search(lead)):
        return _STOP.match(clause) is not None and _struck(lead)
    if _hurt(clause.removeprefix(",")) or _ALL_HURT.match(clause):
        return True
    goes_on = _END.match(clause) or _PREPOSITION.match(clause)
    return goes_on is not None and not _AUXILIARY.match(clause) and _struck(lead)


def _still_hit(behind: str) -> bool:
    """Whether a later clause tells harm of no one else: "did not reach Alder, but names of its clients were stolen"."""
    clauses = TURN.split(_OF_OTHERS.sub("", behind))[1:]
    return any(HARM.search(clause) and not DENIAL.search(clause) for clause in clauses)


def _struck(clause: str) -> bool:
    """Whether the verb of a clause is one of harm."""
    return _STRUCK.search(clause) is not None and _TOLD.search(clause) is None


def _clause(text: str) -> str:
    """The last clause of what stands before something."""
    return _COMMA.split(RELATIVE.sub("", text))[-1]


def _plain(text: str) -> str:
    """Words without what is only put in between, unless that tells of harm."""
    return _ASIDE.sub(lambda aside: aside[0] if HARM.search(aside[0]) else "", text)


def _hurt(clause: str) -> bool:
    """Whether the verb right behind a list is one of harm, and of no mere part."""
    match = _HURT_BEHIND.match(clause)
    return match is not None and ONLY.isdisjoint(WORD.findall(clause[: match.end() + 20].lower()))


def _left_out(told: Judged, number: int, before: str, behind: str) -> bool:
    """Whether a verb of harm that was told of others is denied of a list without being told again ("Birch was hit, Alder was not")."""
    clause, nor = _plain(behind), _NOR_WAS.search(before)
    if nor and not _END.match(clause):
        return _hurt(clause)
    verb = nor or _WAS_NOT.match(clause)
    if verb is None or _THOSE_OF.search(before):
        return False
    lead = _JOINT.sub("", RELATIVE.sub("", before[: nor.start()] if nor else before))
    if not lead and number:
        lead = _SAID.sub("", told.words.printed(*told.words.sentences[number - 1]))
    lead = _clause(lead)
    return _LEFT_OUT[str(verb.lastgroup)].search(lead) is not None and _TOLD.search(lead) is None


def _headed(told: Judged, number: int) -> str:
    """What the heading of a list says of those in it, where a sentence is an item: that they were "spared", "hit", or nothing."""
    words = told.words
    first, last = words.sentences[number]
    if not _is_item(words, first, last):
        return ""
    begin = words.text.rfind("\n", 0, words.starts[first]) + 1
    mark, parted = _mark(words.text[begin : words.ends[last - 1]]), False
    for line in reversed(words.text[:begin].splitlines()):
        other = _mark(line) != mark
        if (other or not mark) and (match := _HEADING.fullmatch(line)):
            return "spared" if match["spared"] else "" if DENIAL.search(line) else "hit"
        # What is no item of the same list heads another one.
        other |= (parted and not mark) or line.rstrip().endswith(":")
        if line.strip() and (other or HARM.search(line) or len(line.split()) > _ITEM):
            return ""
        parted |= not line.strip()
    return ""


def _mark(line: str) -> str:
    """What marks a line as an item of a list, the same for all numbers; nothing for none."""
    match = _BULLET.match(line)
    return match[0].strip().lstrip("0123456789") if match else ""


def _is_item(words: Tokens, first: int, last: int) -> bool:
    """Whether a sentence is a line of its own with few words and no verb."""
    start = words.starts[first]
    lead = words.text[words.text.rfind("\n", 0, start) + 1 : start]
    return (
        last - first <= _ITEM
        and not WORD.search(lead.lower())
        and all(VERBS.isdisjoint(kinds) for kinds in words.kinds[first:last])
    )
