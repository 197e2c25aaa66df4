"""Who is taken out of what a text tells of others: by words before a list of names, a label or heading above it, or a verb left out behind it.

"Neither Alder nor Birch lost data", "all customers but Alder", "Not affected: Alder, Birch", "Birch was hit, Alder was not". What
stands behind a single name is asked by `sparing`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.extract.prose.context import VERBS
from kg.extract.prose.pairs import lists
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.prose.cast import Party
    from kg.extract.prose.judging import Judged
    from kg.extract.prose.tokens import Tokens
    from kg.model import Span

TURN: Final = regex(r";|,?\s(?:but|while|whereas|although|though)\s")
"""Where a clause begins that says something else than the one before it."""
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

_HURT: Final = (
    r"(?:affected|hit|impacted|touched|involved|harmed|hurt|stolen|taken|copied|exposed|leaked|accessed|concerned"
    r"|lost|lose|loses|loss(?:es)?|damage|harm|disrupted|disruptions?|outages?|among|victims?)"
)
_NOT_HURT: Final = (
    r"(?:not\s(?:been\s|(?!only|just)\w+ly\s)?(?:affected|hit|impacted|touched|involved|compromised|breached|hacked|concerned|exposed|among\s(?:the\s)?(?:victims|affected))"
    r"|unaffected|untouched|unharmed|unscathed|spared|safe)"
)
_ALL: Final = r"(?:customers?|clients?|companies|company|firms?|organi[sz]ations?|users?)"
_LEAD: Final = (
    r"(?:(?!(?:all|alone|also|and|at|because|but|by|even|first|for|from|if|in|just|merely|of|on|only|or|solely|than|that|to|until|was|were|when|which|who|with|yet)\b)[\w’'-]{1,25}\s){0,4}"
    rf"(?:{_ALL},\s)?"
)
"""Words that may stand before the first name of a list ("its two customers")."""
_LONG_LEAD: Final = r"(?:(?!(?:and|apart|are|aside|beyond|but|except|excepting|fewer|had|has|have|is|less|more|other\sthan|said|than|that|was|were|which|who)\b)[\w’'-]{1,25},?\s){0,8}"
"""The same where those of whom something is denied are told first ("none of its customers, among them")."""
_NONE: Final = regex(
    rf"\b(?:neither|nor|(?:none|not\s(?:one|any|a\ssingle\sone))\sof|no\s(?:other\s)?(?:one\b|{_ALL}))\s{_LONG_LEAD}\Z|\bno\s(?:other\s)?{_ALL},\s{_LONG_LEAD}\Z"
    rf"|\b(?:no|none\sof\sthe|not\sany)\s(?:customer\s|client\s)?(?:data|files?|records?|information|documents?)\s(?:of|from|about|belonging\sto)\s{_LEAD}\Z",
    re.IGNORECASE,
)
"""Before a list of whom the verb behind it is denied."""
_HURT_BEHIND: Final = regex(
    r"(?:\samong\sthem,)?(?:\snor\s[^,.;]{1,60}?)?(?:\s(?:that|which|who)\s(?:use|used|uses|rely|relied|relies|run|runs|ran|work|worked)\b[^,.;]{0,40}?)?"
    r"(?:\s(?:was|were|is|are|has|have|had|been|be|being|appears?|appeared|seems?|seemed|believed|thought|known|to|also|itself|themselves|directly|ever|any|anything|of|its|their"
    r"|data|files|records|an?|customer|client|said|says|reported|suffered|saw)){0,7}"
    rf"\s{_HURT}\b",
    re.IGNORECASE,
)
_NOT_TO: Final = regex(
    r"\b(?:attack\w*|break-in|breach|failure|hack\w*|incident|intru\w+|it|leak|malware|outage|ransomware|theft|they|thieves|this|worm)\b[^.;:]{0,80}?"
    r"\b(?:not|never|n['’]t|without)\s(?:(?!only|just|merely|solely)\w+\s)?(?:affect|reach|touch|hit|harm|hurt|impact|involv|concern|extend|spread|compromis)(?:e|ed|ing)?\s"
    rf"(?:(?:to|either)\s)?{_LEAD}\Z"
    rf"|(?<!\bnot\s)\b(?:spared|sparing)\s{_LEAD}\Z"
    rf"|\bno\s(?:impact|effect|harm|damage|consequences?|disruptions?)\s(?:on|to|for|at)\s{_LEAD}\Z",
    re.IGNORECASE,
)
"""Before a list of whom harm is denied by the verb that stands before it."""
_EXCEPT: Final = regex(
    rf"\b(?:except(?:ing)?(?:\sfor)?|excluding|save\sfor|barring|with\sthe\s(?:\w+\s)?exceptions?\sof|(?P<all>apart\sfrom|aside\sfrom|other\sthan|but))\s{_LEAD}\Z",
    re.IGNORECASE,
)
_NOT: Final = regex(r"\bnot\s\Z", re.IGNORECASE)
_BUT: Final = regex(r",?\sbut\s", re.IGNORECASE)
_EVERY: Final = regex(r"\b(?:all|each|entire|every(?:body|one)?|rest|whole)\b", re.IGNORECASE)
"""Beside words that may also mean "besides"."""
_DENIED: Final = regex(
    r"\b(?:no|none|nobody|not|never|neither|nor|unaffected|untouched|unharmed|spared)\b|n['’]t\b", re.IGNORECASE
)
_HARM: Final = regex(rf"\b(?:{_HURT}|breached|compromised|hacked)\b", re.IGNORECASE)
_WHO: Final = (
    rf"\W{{0,4}}(?:(?:who|which|those|these|the|other|still|also|that|is|are|was|were|have|has|been|{_ALL})\s){{0,6}}"
)
_LABEL: Final = regex(
    rf"{_WHO}(?:(?:{_NOT_HURT}(?:\s[\w’'-]+){{0,4}}|(?<=\bis\s)not|(?<=\bare\s)not|(?<=\bwas\s)not|(?<=\bwere\s)not)(?:\s?:|\s[–—|-])(?:[^:]*(?:[,;]|\band))?\s?(?:the\s)?\Z"
    rf"|{_NOT_HURT}(?:\sby[^,.;:]{{0,40}})?\s(?:is|are|was|were|includes?|included)\s{_LEAD}\Z)",
    re.IGNORECASE,
)
"""What begins a sentence or line whose names follow: "Who is not affected:", "Not affected were"."""
_HEADING: Final = regex(rf"{_WHO}{_NOT_HURT}(?:\s[\w’'-]+){{0,4}}\W*", re.IGNORECASE)
_NOR_WAS: Final = regex(rf"\b(?:nor|neither)\s(?:was|were|is|are|did|has|have|had)\s{_LEAD}\Z", re.IGNORECASE)
_WAS_NOT: Final = regex(
    r"\s(?:was|were|is|are|did|has|have|had)(?:\snot|n['’]t)(?:\sbeen)?\s*(?:[.;,)!]|\Z)", re.IGNORECASE
)
"""Behind a list of whom the verb before it is denied."""
_ONLY_ONE: Final = regex(r",?\sonly\s", re.IGNORECASE)
_OWNS: Final = regex(r"['’](?:s\b|\s\w)")
"""Behind a name of whose things a sentence speaks."""
_END: Final = regex(r"\s*(?:[.;,!]|\Z)")
_ASIDE: Final = regex(
    r",\s(?:all|also|an?|another|both|each|its|the|their|three|two|where|which|who|whose)\b[^,.;]{0,80},|\s\([^()]{0,80}\)",
    re.IGNORECASE,
)
_APPOSED: Final = regex(rf"(?:\b{_ALL},|,\s(?:among\sthem|including|like|such\sas))\s\Z", re.IGNORECASE)
"""Before a list that says who the others are, and ends with a comma ("its clients, Alder and Birch, were not")."""
RELATIVE: Final = regex(r",\s(?:where|which|who|whose)\b[^,.;]{0,80},", re.IGNORECASE)
_AND: Final = regex(rf",?\s(?:and|or|nor)\s{_LEAD}", re.IGNORECASE)
"""Between two lists that are one."""
_REACH: Final = 200
"""Characters before and behind a list in which these are looked for."""
_ITEM: Final = 10
"""Words of a line that is an item of a list."""


def excepted(told: Judged, party: Party) -> bool:
    """Return whether a text takes a party, by name, out of those of whom it tells harm."""
    words = told.words
    for number in sorted({words.sentence_of[mention.first] for mention in party.mentions}):
        first, last = words.sentences[number]
        for begin, end in _lists(told, number, party):
            before = words.text[max(words.starts[first], begin - _REACH) : begin]
            behind = words.text[end : min(words.ends[last - 1], end + _REACH)]
            if _but_for_one(told, number, party, end):
                return True
            behind = behind.removeprefix(",") if _APPOSED.search(before) else behind
            if _OWNS.match(behind) or not (ONLY | _ALONE).isdisjoint(WORD.findall(behind.lower())[:1]):
                continue
            if _taken_out(before, behind) or _left_out(told, number, before, behind):
                return True
            if _labelled(words.text[words.starts[first] : begin], behind) or _listed_apart(told, number):
                return True
    return False


def _lists(told: Judged, number: int, party: Party) -> Iterator[Span]:
    """Where each list of names of a sentence stands in which a party is; those that "and" joins are one."""
    starts, ends = told.words.starts, told.words.ends
    found: list[tuple[int, int, bool]] = []
    for members in lists(told.scene, number):
        # "Its other clients, Alder and Birch, were not": a group that is told by name is no member of its own list.
        grouped = len(members) > 1 and members[0][1].kind == "group" and told.words.words[members[0][1].last] == ","
        begin, end = starts[members[grouped][1].first], ends[members[-1][1].last - 1]
        here = any(one is party for one, _ in members)
        if found and _AND.fullmatch(told.words.text, found[-1][1], begin):
            begin, _, before = found.pop()
            here |= before
        found.append((begin, end, here))
    yield from ((begin, end) for begin, end, here in found if here)


def _but_for_one(told: Judged, number: int, party: Party, end: int) -> bool:
    """Whether a list, which ends at a character, is of those of whom only another was hit ("of Alder and Birch only Birch lost data")."""
    words = told.words
    only = _ONLY_ONE.match(words.text, end)
    named = [
        one for one, mention in told.scene.by_sentence[number] if only and words.starts[mention.first] == only.end()
    ]
    stop = words.ends[words.sentences[number][1] - 1]
    return only is not None and named not in ([], [party]) and _HARM.search(words.text, only.end(), stop) is not None


def _taken_out(before: str, behind: str) -> bool:
    """Whether the words before a list deny what is told of it, or except it from what is told of all."""
    clause = TURN.split(behind, maxsplit=1)[0]
    if _NOT_TO.search(before) or (_NONE.search(before) and _hurt(_plain(clause))):
        return True
    if _NOT.search(before) and _BUT.match(behind):
        return _HARM.search(behind) is not None
    if not (match := _EXCEPT.search(before)):
        return False
    rest = f"{TURN.split(before[: match.start()])[-1]} {RELATIVE.sub('', clause)}"
    return bool((not match["all"] or _EVERY.search(rest)) and _HARM.search(rest) and not _DENIED.search(rest))


def _labelled(before: str, behind: str) -> bool:
    """Whether a list follows a label of those not affected."""
    match = _LABEL.match(before)
    return match is not None and (";" not in before or _END.match(_plain(behind)) is not None)


def _plain(text: str) -> str:
    """Words without what is only put in between, unless that tells of harm."""
    return _ASIDE.sub(lambda aside: aside[0] if _HARM.search(aside[0]) else "", text)


def _hurt(clause: str) -> bool:
    """Whether the verb right behind a list is one of harm, and of no mere part."""
    match = _HURT_BEHIND.match(clause)
    return match is not None and ONLY.isdisjoint(WORD.findall(clause[: match.end() + 20].lower()))


def _left_out(told: Judged, number: int, before: str, behind: str) -> bool:
    """Whether a verb of harm that was told of others is denied of a list without being told again ("Birch was hit, Alder was not")."""
    clause = _plain(behind)
    if not (_WAS_NOT.match(clause) or (_NOR_WAS.search(before) and _END.match(clause))):
        return _NOR_WAS.search(before) is not None and _hurt(clause)
    words = told.words
    first, last = words.sentences[max(number - 1, 0)]
    return any(_HARM.search(text) for text in (before, words.text[words.starts[first] : words.ends[last - 1]]))


def _listed_apart(told: Judged, number: int) -> bool:
    """Whether a sentence is an item of a list whose heading says that these were not affected."""
    words = told.words
    first, last = words.sentences[number]
    if not _is_item(words, first, last):
        return False
    above = words.text[: words.starts[first]].splitlines()
    for line in reversed([line for line in above if line.strip()]):
        if _HEADING.fullmatch(line):
            return True
        if _HARM.search(line) or len(line.split()) > _ITEM:
            return False
    return False


def _is_item(words: Tokens, first: int, last: int) -> bool:
    """Whether a sentence is a line of its own with few words and no verb."""
    start = words.starts[first]
    lead = words.text[words.text.rfind("\n", 0, start) + 1 : start]
    return (
        last - first <= _ITEM
        and not WORD.search(lead.lower())
        and all(VERBS.isdisjoint(kinds) for kinds in words.kinds[first:last])
    )
