"""Who supplies whom among the companies that a post lists, where a sentence says so outright; and who took whose place.

A list sets several vendors beside the customers; the prose may say that one of them is the vendor of another, or the one that
was hired instead of the one that was breached.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.harm import BEFELL
from kg.extract.post.elsewhere import EARLIER
from kg.extract.relations import (
    NEGATED,
    RELIES,
    RELYING,
    SERVANT,
    SUPPLIER,
    Relation,
    holds,
    is_servants,
    mention,
    mentions,
)
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from kg.extract.relations import Sentence
    from kg.model import Evidence, Span

_KIND = (
    r"(?:(?!(?:a|an|the|of|to|for|by|and|or|its|their|former)\s)[\w’'/&-]{1,25}\s){0,4}?"
    rf"(?:(?:{SERVANT}|host|outsourcer)s?|hoster)"
)
_USES = regex(
    rf"(?:,?\s(?:which|that|who))?\s(?:(?:has|have|had|also|still|itself|in\sturn)\s){{0,2}}(?:(?!using\b|bought\b|buys?\b|work){RELIES}|(?:was|were|is|are)\shosted|outsourc(?:es?|ed)\s(?:(?!to\s)[\w’'-]{{1,25}}\s){{0,6}}?to)"
    r"\s(?:(?:(?:the|a|an|its|software|services?|systems?|servers?|cloud|platform|products?|tools?|of|by|from|on|with)\s){0,4}"
    r"|(?:(?!by\b|from\b|and\b|or\b)[\w.’'-]{1,25}\s){1,6}?(?:made|built|developed|sold|provided|supplied|owned|offered)\sby\s(?:the\s)?)",
    re.IGNORECASE,
)
"""CUSTOMER ... SUPPLIER, or what it makes: CUSTOMER, which used the transfer application made by SUPPLIER."""
_OWN = regex(rf"[’']s?\s{_KIND},?\s(?:called\s|named\s)?", re.IGNORECASE)
"""CUSTOMER's provider SUPPLIER."""
_SERVED = regex(
    rf"\s?(?:,\s(?:(?:which|that|who)\s(?:is|was)\s)?|\s(?:is|was)\s)"
    rf"(?:(?:a|an|the|another)\s{_KIND}\s(?:(?:that\s(?:is|was)\s)?(?:used|employed|hired|engaged|chosen|contracted)\sby|of|to|for|serving)|(?:used|hired|engaged|employed)\sby)"
    r"\s(?:the\s)?",
    re.IGNORECASE,
)
"""SUPPLIER, the provider used by CUSTOMER."""
_SERVES = regex(
    r"(?:,\s(?:which|that|who))?\s(?:(?:also|has|had)\s)?(?:hosts?|hosted|supplies|supplied|serves|served)\s(?:the\s)?",
    re.IGNORECASE,
)
"""SUPPLIER, which hosts CUSTOMER."""
_CALLED = regex(
    r"\b(?:(?:its|their|third[- ]party|[\w&-]{1,25}[’']s?)\s(?:[\w-]{1,25}\s){0,3}?(?:provider|processor|host)|(?:[\w-]{1,25}\s){0,3}?(?:vendor|supplier|(?:sub-?)?contractor))\s(?:called\s|named\s)?\Z",
    re.IGNORECASE,
)
"""CUSTOMER ... its payroll provider SUPPLIER."""
_CLIENT_OF = regex(
    r"(?:,?\s(?:(?:which|that|who)\s)?(?:is|are)|,)\s(?:(?:also|all|both)\s)?(?:(?:an?|the|another|one\sof\sthe|among\sthe)\s)?"
    r"(?:(?!(?:of|for|by|and|or|once|potential|prospective|possible|future|reportedly|allegedly)\s|\d)[\w’'-]{1,20}\s){0,3}?(?:customer|client|tenant)s?\sof\s(?:the\s)?",
    re.IGNORECASE,
)
"""CUSTOMER, a client of SUPPLIER."""
_DID = regex(
    r"\s(?:can|claimed|could|did|found|had|has|have|is|lost|may|might|noticed|received|reported|said|saw|says|told|was|were|will|would|wrote)\b",
    re.IGNORECASE,
)
_HAS_CLIENT = regex(
    r"(?:,\swhose\s|[’']s?\s)(?:(?!(?:of|for|by|and|or)\s)[\w’'-]{1,20}\s){0,2}?(?:customers?|clients?|tenants?)\s(?:(?:includ(?:e|ed|ing)|are|such\sas|is)\s(?:the\s)?)?",
    re.IGNORECASE,
)
"""SUPPLIER, whose customers include CUSTOMER."""
_EVENT = r"(?:[\w-]{1,20}\s){0,2}?(?:attack|breach|compromise|hack|incident|intrusion|leak)"
_WAS_REACHED = regex(
    rf"(?:[’']s?\s(?:[\w-]{{1,20}}\s){{1,3}}?|\s(?:(?:customer|client|employee|member|patient|user)s?\s(?:(?:data|details|records|information)\s)?)?"
    rf"|\s(?:said|says|confirmed|disclosed|told\s[\w\s]{{1,30}}?|warned\s[\w\s]{{1,30}}?)\s(?:that\s)?(?:[\w’'-]{{1,20}}\s){{1,5}}?)"
    rf"(?:(?:may|might|could)\shave\sbeen|was|were|is|are|(?:has|have|had)\sbeen)\s(?:(?:also|indirectly)\s)?(?:{BEFELL}|caught\sup|compromised)\s"
    rf"(?:by|in|through|via|because\sof|due\sto|as\sa\sresult\sof)\s(?:an?\s|the\s)?(?:{_EVENT}s?\s(?:at|of|on|against)\s(?:the\s)?)?",
    re.IGNORECASE,
)
"""CUSTOMER was affected by the breach at SUPPLIER, or by that of it, where `_OWN_EVENT` stands behind."""
_OPEN = regex(r"\b(?:whether|if|unclear|unknown|years?\s(?:ago|before|earlier)|not\sthe\sfirst)\b", re.IGNORECASE)
"""With these nobody says that it was so, or that it was now."""
_OWN_EVENT = regex(rf"(?:[’']s?)?\s{_EVENT}\b", re.IGNORECASE)
_PROVIDES_TO = regex(
    r"(?:,\s(?:which|that|who))?\s(?:(?:also|has|had)\s)?(?:provid(?:es|ed)|suppli(?:es|ed)|process(?:es|ed)|handl(?:es|ed)|manag(?:es|ed)|runs?|ran|operat(?:es|ed))"
    r"\s(?:(?!(?:by|from|and|no|that|which)\b)[\w’'-]{1,25}\s){1,5}?(?:to|for|of)\s(?:the\s)?",
    re.IGNORECASE,
)
"""SUPPLIER, which provides payroll services to CUSTOMER."""
_ASIDE = regex(
    r"(?:\s(?-i:[A-Z])[\w.&-]{0,20}){0,2},\s(?:which|who|an?|the)\s[^;.]{3,200}?,\s(?=(?:has|have|had|was|said|says|confirmed|disclosed|reported|told|revealed|admitted|notified|announced|suffered)\b)",
    re.IGNORECASE,
)
_ITS = regex(
    rf"\b(?:its|their)\s(?:[\w-]{{1,25}}\s){{0,4}}?(?:{SERVANT}),?\s(?:called\s|named\s)?\Z",
    re.IGNORECASE,
)
"""Its payroll provider SUPPLIER."""
_WHOSE = ("its ", "their ")
_APART = regex(r"(?:competitor|rival|alternative|former|unlike|other than|no longer)", re.IGNORECASE)

_TAKE_PLACE = regex(
    rf"\b(?P<verb>replac(?:e[sd]?|ing)|swap(?:s|ped)|ditch(?:es|ed)|dropp?(?:s|ed))\s"
    rf"(?:(?:its|the|their)\s(?:[\w-]{{1,20}}\s){{1,3}}?(?:{SUPPLIER})\s|(?:(?:its|the|their|long-?time|it|outsourcer|{SUPPLIER})\s){{0,3}})\Z",
    re.IGNORECASE,
)
_BY = regex(
    r"\s(?:(?:with|by|for)|in\sfavou?r\sof)\s(?:(?:the|its|rival|outsourcer|vendor|supplier|provider|competitor)\s){0,3}",
    re.IGNORECASE,
)
_FROM = regex(
    r"\b(?P<verb>switch(?:es|ed|ing)?|(?:mov(?:es?|ed|ing)|migrat(?:es?|ed|ing))\s(?:its|their)\s(?:[\w’'-]{1,20}\s){1,5}?)\s?(?:away\s)?from\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_TO = regex(r"\sto\s(?:(?:the|its|rival)\s){0,2}", re.IGNORECASE)
_REPLACED_BY = regex(
    r"\s(?:was|were|has\sbeen|is|had\sbeen|is\sbeing|will\sbe)\s(?:since\s|now\s)?(?P<verb>replaced)\sby\s(?:(?:the|its|rival)\s){0,2}",
    re.IGNORECASE,
)
_REPLACES = regex(
    r"\s(?:(?:has|have|had|since|now|will|is\sto)\s){0,2}(?P<verb>replac(?:es?|ed)|took\sover\sfrom|succeeded|succeeds)\s(?:the\s)?",
    re.IGNORECASE,
)
_AS = regex(
    r"\s(?:as|at)\s(?:(?:[\w-]{1,20}\s){0,4}?(?P<own>its|their)\b|(?=(?P<others>[^.,;]{0,60}[’']s?\s)))?", re.IGNORECASE
)
_SAID = regex(
    r"\b(?:announced|confirmed|disclosed|reported|revealed|said|says|told\s[^,;.]{1,40}?)\s(?:that\s)?(?:the\s)?\Z",
    re.IGNORECASE,
)
"""Between who tells of another, and that one."""
_ANOTHER = regex(
    rf"(?-i:[A-Z0-9])|(?:another|an?\s(?:new|different|rival))\s(?:[\w-]{{1,20}}\s){{0,3}}?(?:{SUPPLIER})\b",
    re.IGNORECASE,
)
_ALONE = regex(r"\s{0,2}(?:[.,;:]|\Z)|\s(?:after|as|following|in|over)\b", re.IGNORECASE)
"""Behind the name of a supplier that was replaced, where nobody says by whom."""
_AT = regex(r"\s(?:at|of|on|against)\s(?:the\s)?\Z", re.IGNORECASE)
_INTRUDED = regex(
    r"\b(?:breached|hacked|attacked|compromised|infiltrated|entered|hit|into|against|at|on|from)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
_LOOT = regex(
    r"(?:[’']s?)?\s(?:[\w-]{1,20}\s)?(?:credentials?|tokens?|passwords?|logins?|accounts?|vulnerabilit\w+|flaws?|bugs?|data|as\sa)\b"
    r"|(?:\s(?:and|as\swell\sas)\s(?:[\w.&-]{1,25}\s?){1,3}?)?\sto\s(?:advise|assist|contain|help|investigate|look|review)\b",
    re.IGNORECASE,
)
"""With these the intruders used the other, not the company; or it was called in."""
_NOT_YET = regex(
    r"\b(?:will|plans?|planned|planning|to|may|might|would|could|consider\w*|intends?|looking|wants?|expects?|about|being|temporarily)\s(?:[\w-]{1,15}\s){0,2}\Z",
    re.IGNORECASE,
)
_FOR_A_WHILE = regex(
    r"[^.;]{0,160}?\b(?:temporarily|until\s(?!(?:19|20)\d\d)[^.;]{0,60}\b(?:restor|resum|return|back)|for\s(?:a|one|two|three|several|\d+)\s(?:few\s)?(?:days?|weeks?))",
    re.IGNORECASE,
)
_DOING = regex(r"\w{2,10}ing\b", re.IGNORECASE)


class Change(NamedTuple):
    """That a new supplier took the place of an old one, with whose it is, and whether it has.

    The new one is "" where it is nobody who is listed, the customer where the sentence does not name them.
    """

    old: str
    new: str
    customer: str
    over: bool
    evidence: Evidence


def _in_a_row(text: str, names: Iterable[str]) -> Iterator[tuple[Span, str, Span, str]]:
    """Yield each two names that stand next to each other in a sentence, each with its place; they stand there a few times at most."""
    found = [(match.span(), name) for name in names for match in mentions(name, text, _TIMES)]
    found.sort(key=lambda one: (one[0][0], -one[0][1]))
    for (first, one), (second, other) in pairwise(found):
        if one != other and first[1] <= second[0]:
            yield first, one, second, other


def links(found: Sequence[Sentence], names: Sequence[str]) -> Iterator[Relation]:
    """Yield who uses whom among `names`, where nothing but words that say so stands between the two, or the sentence is about the one."""
    for sentence in found:
        if holds(sentence.text, _WHOSE) and (told := subject(sentence.text, names)) is not None:
            for other in names:
                said = mention(other, sentence.text, told[1]) if other != told[0] else None
                if said and _ITS.search(sentence.text, told[1], said.start()):
                    yield Relation(told[0], other, sentence.evidence(told[2], said.end()), sentence)
        for first, one, second, other in _in_a_row(sentence.text, names):
            if pair := _pair(sentence.text, one, first, other, second):
                yield Relation(*pair, sentence.evidence(first[0], second[1]), sentence)


def subject(text: str, names: Iterable[str]) -> tuple[str, int, int] | None:
    """Return whom a sentence is about that begins with them and an aside ("X, which serves Y, has"): the name, the aside's end, the name's start."""
    for name in names:
        said = mention(name, text)
        if said and said.start() <= _OPENING and (aside := _ASIDE.match(text, said.end())):
            return name, aside.end(), said.start()
    return None


def is_subjects(text: str, names: Iterable[str], customer: str, supplier: str) -> bool:
    """Return whether the supplier is that of whom the sentence is about, and the customer stands but in an aside on them."""
    told = subject(text, names) if holds(text, _WHOSE) else None
    if told is None or customer == told[0]:
        return False
    one, other = mention(customer, text), mention(supplier, text, told[1])
    return bool(one and other and one.end() <= told[1] and _ITS.search(text, told[1], other.start()))


def suppliers(found: Sequence[Sentence], names: Sequence[str]) -> list[str]:
    """Return those of `names` that sentences call the supplier of another one of them: whatever their type, they are vendors."""
    told = {link.supplier for link in links(found, names)}
    for sentence in found:
        for first, one, second, other in _in_a_row(sentence.text, names):
            between = (sentence.text, first[1], second[0])
            if _CALLED.search(*between) and not _APART.search(*between):
                told.add(other)
            elif _PROVIDES_TO.fullmatch(*between):
                told.add(one)
    return [name for name in names if name in told]


def clients(found: Sequence[Sentence], names: Sequence[str]) -> Iterator[Relation]:
    """Yield whose customers sentences call some of `names`."""
    for sentence in found:
        for first, one, second, other in _in_a_row(sentence.text, names):
            pair = _client(sentence.text, one, first, other, second)
            if pair and _may_tie(sentence.text, first[1], second[0]):
                yield Relation(*pair, sentence.evidence(first[0], second[1]), sentence)


def origins(found: Sequence[Sentence], names: Sequence[str]) -> list[str]:
    """Return those of `names` at whom it was, as sentences say of another one of them that it was reached by what happened there."""
    told = set()
    for sentence in found:
        text = sentence.text
        for first, _, second, other in (
            _in_a_row(text, names) if not (EARLIER.search(text) or _OPEN.search(text)) else ()
        ):
            led = _WAS_REACHED.fullmatch(text, first[1], second[0])
            event = led and (_AT.search(led[0]) or _OWN_EVENT.match(text, second[1]))
            if event and not NEGATED.search(text, first[1], second[0]) and not is_servants(text, second[1]):
                told.add(other)
    return [name for name in names if name in told]


def _pair(text: str, one: str, first: Span, other: str, second: Span) -> tuple[str, str] | None:
    """The (customer, supplier) of two names that stand in a row, None where the words between do not say so."""
    start, end = first[1], second[0]
    if not _may_tie(text, start, end):
        return None
    intruding = _INTRUDED.search(text, max(0, first[0] - 40), first[0]) or _LOOT.match(text, second[1])
    if (_USES.fullmatch(text, start, end) and not intruding) or _OWN.fullmatch(text, start, end):
        return one, other
    if (_SERVED.fullmatch(text, start, end) or _SERVES.fullmatch(text, start, end)) and not is_servants(
        text, second[1]
    ):
        return other, one
    return _client(text, one, first, other, second)


def _client(text: str, one: str, first: Span, other: str, second: Span) -> tuple[str, str] | None:
    """The (customer, supplier) of two names that stand in a row, None where the words between call neither a customer of the other."""
    if _CLIENT_OF.fullmatch(text, first[1], second[0]):
        # "After ALDER, a customer of BIRCH said" tells of somebody else.
        return None if text.startswith(",", first[1]) and _DID.match(text, second[1]) else (one, other)
    return (other, one) if _HAS_CLIENT.fullmatch(text, first[1], second[0]) else None


def _may_tie(text: str, start: int, end: int) -> bool:
    """Whether the words between two names may say that they are tied, and not that they are not."""
    told = end - start <= _FAR and holds(text[start:end], _TYING)
    return told and not (NEGATED.search(text, start, end) or _APART.search(text, start, end))


_TYING = (
    *("client", "contractor", "customer", "employed", "engaged", "handl", "host", "manag", "operat", "outsourc", "process", "provid", "ran ", "run", "serv", "suppl", "tenant", "vendor"),
    *RELYING,
)  # fmt: skip
"""One of these is between two names that are tied."""
_TIMES = 8
"""How often a name is looked for in one sentence."""
CHANGING = ("replac", "switch", "migrat", "move", "moving", "swap", "ditch", "drop", "took over", "succeed")
"""One of these is in every sentence that tells of a change."""
_OPENING = 4
_FAR = 120
"""Characters between two names that are tied outright, at most."""


def changes(found: Sequence[Sentence], vendors: Sequence[str], customers: Sequence[str]) -> Iterator[Change]:
    """Yield which of the listed vendors gave way to another one, listed or not, as supplier of one of the customers."""
    names = dict.fromkeys((*vendors, *customers))
    for sentence in (one for one in found if holds(one.text, CHANGING)):
        text, gone = sentence.text, set()
        for first, one, second, other in _in_a_row(text, names):
            rivals = None if one in vendors else [name for name in customers if name != one]
            change = _change(text, (*first, *second), one, other, rivals)
            if change and change[0] in vendors:
                gone.add(change[0])
                yield _of_customer(sentence, change, (first[0], second[1]), names)
        for old in (vendor for vendor in vendors if vendor not in gone):
            if left := _given_up(text, old):
                yield _of_customer(sentence, (old, "", left[1]), left[0], names)


def _of_customer(sentence: Sentence, change: tuple[str, str, int], at: Span, names: Iterable[str]) -> Change:
    """A change, (old, new, where the verb stands), with the customer: who else is named last before it, or else behind; `at`: where the suppliers are named."""
    (old, new, verb), text = change, sentence.text
    named = sorted((said.start(), c) for c in names if c not in (old, new) and (said := mention(c, text)))
    before = [one for one in named if one[0] < at[0]]
    customer = (before[-1:] or named[:1] or [(0, "")])[0][1]
    start = before[-1][0] if before else min(at[0], verb)
    return Change(old, new, customer, _is_over(text, verb), sentence.evidence(start, at[1]))


def _is_over(text: str, verb: int) -> bool:
    """Whether a change has come about and stays, as the words around its verb say: it may be only planned, or for a while."""
    return not (
        _NOT_YET.search(text, max(0, verb - 40), verb) or _DOING.match(text, verb) or _FOR_A_WHILE.match(text, verb)
    )


def replaced(text: str, old: str) -> Span | None:
    """Return where a supplier is named of whom a text says that another one has taken its place, None where it does not."""
    left = _given_up(text, old) if holds(text, CHANGING) else None
    return left[0] if left and _is_over(text, left[1]) else None


def _given_up(text: str, old: str) -> tuple[Span, int] | None:
    """Where a supplier is named that gives way to another one, whoever that is, and where the verb stands; None where it does not."""
    for said in mentions(old, text, _TIMES):
        if led := _led(text, said.span()):
            return said.span(), led.start("verb")
    return None


def _led(text: str, at: Span, new: int | None = None) -> re.Match[str] | None:
    """What says that a supplier gives way, to one that is named at `new`, or whose name or kind stands there."""
    start, end = at

    def meets(between: re.Pattern[str]) -> re.Match[str] | None:
        if new is not None:
            return between.fullmatch(text, end, new)
        then = between.match(text, end)
        return then if then and _ANOTHER.match(text, then.end()) else None

    for before, between in ((_TAKE_PLACE, _BY), (_FROM, _TO)):
        led = before.search(text, max(0, start - 80), start)
        if led and not NEGATED.search(text, max(0, led.start() - 20), led.start()):
            alone = new is None and led["verb"].casefold().startswith("replac") and _ALONE.match(text, end)
            if alone or meets(between):
                return led
    return meets(_REPLACED_BY)


def _change(
    text: str, at: tuple[int, int, int, int], one: str, other: str, rivals: Sequence[str] | None
) -> tuple[str, str, int] | None:
    """(old, new, where the verb stands) of two names in a row, None where neither replaces the other; `rivals`: the other customers, if `one` may be one."""
    start, end, second, stop = at
    if led := _led(text, (start, end), second):
        return one, other, led.start("verb")
    # "ACME has replaced VENDOR" and "as its provider" say who ended it, "VENDOR has replaced VENDOR as" who follows.
    led, role = _REPLACES.fullmatch(text, end, second), _AS.match(text, stop)
    if led is None or role is None:
        return None
    if rivals is not None and led["verb"].casefold().startswith("replac"):
        told_by = _SAID.search(text, 0, start) and any(mention(rival, text[:start]) for rival in rivals)
        if not told_by if role["own"] else not (rivals or role["others"]):
            return None
    return other, one, led.start("verb")
