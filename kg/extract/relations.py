"""Sentences of the prose that a record carries, and the supply relations that one of them states between named parties."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from kg.patterns import gaps, regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.extract.fields import Value
    from kg.model import Evidence, Span

SUPPLIER = "vendor|supplier|provider|contractor"
"""What one is called that serves others, whatever it does for them, as alternatives of an expression."""
SERVANT = f"{SUPPLIER}|subcontractor|sub-contractor|processor|subprocessor|sub-processor"
"""The same, and what only those are called who do part of another's work."""
SUPPLIERS_TELL = (*SUPPLIER.split("|"), "processor", "third-party", "third party")
"""One of them is in every text that calls somebody so."""
GROUP_NOUN = (
    r"(?:companies|firms|labs|laborator(?:y|ies)|organi[sz]ations|customers|clients|businesses|institutions|hospitals|banks|"
    r"insurers|retailers|schools|universities|agencies|providers|vendors|suppliers|startups|brands|airlines|dealers(?:hips)?|pharmacies|"
    r"carmakers|manufacturers|governments|municipalities|councils|states|tenants|partners|enterprises|developers|publishers|employers)"
)
"""What many of those are called who use one, or are hit together."""
RELIES = (
    r"(?:relied|relies|rely|relying|depended|depends?|used|uses?|using|worked with|works? with|contracted|contracts?|bought|buys?|"
    r"outsourced|hired|subscribed to|were served by|are served by|were customers of|are customers of|were clients of|are clients of)"
)
RELYING = (
    *("reli", "rely", "depend", " use", "using", "worked with", "work with", "works with", "contract", "bought", "buy"),
    *("outsourced", "hired", "subscribed", "served by", "customers of", "clients of"),
)  # fmt: skip
"""One of them is in every text in which somebody relies on a supplier."""
_GAP = r"(?:\s(?!(?:after|and|at|because|before|but|by|from|or|since|to|under|until|up|when|which|while|who|with)\b)[\w.&’'-]{1,25}){0,4}?\s"
"""A few words between a verb and its object."""
_TIES = r"(?:(?:agreement|arrangement|collaboration|contract|cooperation|deal|dealing|engagement|partnership|relation|relationship|subscription)s?|ties|use\sof|work(?:ing)?\swith|business\swith)\b"
SUSPENDS = (
    rf"\b(?:suspend|paus|halt|freez|froze|stopp)\w*\b(?!\susing\b){_GAP}(?:{_TIES}|business\b|(?:project|integration)s?\b|sending\b|data\ssharing\b|(?:supplier|vendor)s?\b(?![’'])(?!\saccess))"
    rf"|\btemporarily\s(?:ceased|stopped)\susing\b|\b(?:ceased|discontinued|stopped)\susing\b(?=[^.;]{{0,80}}\b(?:pending|temporarily|until|while)\b)|\b(?:cut|disconnect|sever)\w*\b{_GAP}(?:connection|integration|link)s?\s(?:to|with)\s(?:the\s)?(?:{SUPPLIER}|(?-i:(?!Internet\b)[A-Z]))|\bdisconnect\w*\b{_GAP}integrations?\b"
)
"""That a customer suspended its relation with a supplier, as an alternative of an expression that minds no case."""
ENDS = (
    rf"\b(?:cancel(?:s|l?ed|l?ing|lation)?|ceas(?:e[sd]?|ing)|cut(?:s|ting)?|discontinu(?:e[sd]?|ing)|dropp?(?:s|ed|ing)?|end(?:s|ed|ing)?(?!\s(?:customer|user)s?\b)|sever(?:s|ed|ing)?|terminat\w*)\b{_GAP}{_TIES}"
    rf"|\b(?:allow(?:s|ed|ing)?|lets?|letting)\b{_GAP}(?:agreement|contract|deal|partnership|relationship|subscription)s?\b(?:\s[\w.&’'-]{{1,25}}){{0,6}}?\s(?:expire|lapse|run\sout)\b"
    rf"|\b(?:terminat\w*|dropp?(?:s|ed|ing)?)\b{_GAP}(?:(?:{SUPPLIER})s?|the\sservice)\b(?![’'])(?!\saccess)"
    rf"|(?<!temporarily\s)\b(?:ceased|discontinued|stopped)\s(?:using|(?:working|doing\sbusiness|dealing)\swith)\b(?![^.;]{{0,80}}\b(?:pending|temporarily|until|while)\b)|(?:\b(?:not|never)|n[’']t)\srenew\w*{_GAP}{_TIES}"
)
"""That it ended the relation."""
_RELATION = regex(
    rf"\b(?:{SUPPLIER}|collaborat\w+|partner\w*|suppl(?:y|ies|ied)|contract\w*|relationship|relied|relies|rely|"
    r"depend\w*|uses|used|using|customers?|clients?|serv(?:es|ed|ices?|ing)|outsourc\w+|hosts?|hosted|process(?:es|ed|or)|works? (?:with|for)|"
    r"worked (?:with|for)|on behalf of|built|runs?|ran|manages?|managed|bought|buys?|hired|through|via|stolen from|engag\w+)\b",
    re.IGNORECASE,
)
_ACTS = regex(r"(?:bought|buys?|depend\w*|engag\w+|hired|outsourc\w+|rel(?:ied|ies|y)|use[ds]|using)\Z", re.IGNORECASE)
"""What a customer does: behind the name of a supplier, it says what that one does, unless "by" follows."""
_BY = regex(r"\s(?:[\w-]{1,20}\s){0,2}?by\s", re.IGNORECASE)
_AT = regex(r"\s(?:at|in)\s(?:the\s)?", re.IGNORECASE)
_OBJECT = regex(
    r"(?:\s(?!(?:after|against|and|because|but|into|or|that|to|when|which|while|who)\b)[\w.&’'-]{1,25}){0,8}(?:,|\sand)?\s(?:the\s)?\Z",
    re.IGNORECASE,
)
"""Between who hires and who is hired, no words of another clause."""
_FROM = regex(r"\bfrom\s", re.IGNORECASE)
_WARES = regex(
    r"(?:[’']s?)?\s(?:[\w-]{1,20}\s){0,2}?(?:licen[cs]es?|products?|services?|software|subscriptions?|systems?|tools?)\b",
    re.IGNORECASE,
)
_AND_THAT = regex(r"\band\sthat\s(?:the\s)?\Z", re.IGNORECASE)
"""Before a name with which another statement begins."""
_LEAD = regex(r"\b(?:(?:clients|customers|users)\b[^.;]{0,40}|(?:client|customer|user)\s)\Z", re.IGNORECASE)
_ITS_SERVANT = regex(
    rf"[’']s?\s(?:(?!(?:and|or)\b)[\w’'/&-]{{1,25}}\s){{0,4}}?(?:(?:{SERVANT}|partner)(?:,|\s(?:called|named)\b|\s(?-i:[A-Z0-9])|\s?[.;]|\Z))",
    re.IGNORECASE,
)
_OTHER_CLAUSE = regex(
    r";|\b(?:said|says|told|tells|put|puts|confirmed|reported|was|were|is|are|has|had|have|did|does|disclosed|warned|notified|lost|saw|suffered)\s",
    re.IGNORECASE,
)
"""Words of a clause that ends before the next name: "A said that it was hit, B uses C" says nothing of A and C."""
NEGATED = regex(
    r"\b(?:no|not(?!\s(?:just|merely|only)\b)|never|without|neither|nor|denie[sd]|deny)\b|n['’]t\b", re.IGNORECASE
)
SENTENCE_END = regex(r"(?<=[.!?])[\"”’')\]]*\s+(?=[\"“‘'(]?[A-Z0-9])|\n+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the prose, with its place in the text it was cut from."""

    value: Value
    start: int
    text: str

    def evidence(self, start: int, end: int, **changes: object) -> Evidence:
        """Return the evidence for characters [start, end) of the sentence."""
        return self.value.evidence(self.start + start, self.start + end, **changes)


def sentences(texts: Iterable[Value]) -> list[Sentence]:
    """Return the sentences of the texts, in order."""
    return [
        Sentence(value, start, value.text[start:end])
        for value in texts
        for start, end in gaps(SENTENCE_END, value.text)
        if value.text[start:end].strip()
    ]


def holds(text: str, words: Iterable[str]) -> bool:
    """Return whether a text holds one of some words, or beginnings of them, in small letters: a test that costs little before one that costs much."""
    folded = _folded(text)
    for word in words:  # noqa: SIM110 - `any` takes twice as long, and this is asked of every sentence many times
        if word in folded:
            return True
    return False


@lru_cache(maxsize=1024)
def _folded(text: str) -> str:
    return text.lower().replace("\xa0", " ")


def mention(name: str, text: str, start: int = 0) -> re.Match[str] | None:
    """Return the first place where a name stands in the text as whole words, or None."""
    return _pattern(name).search(text, start)


def mentions(name: str, text: str, most: int) -> Iterator[re.Match[str]]:
    """Yield the places where a name stands in the text as whole words, the first ones."""
    return islice(_pattern(name).finditer(text), most)


def everywhere(text: str, letters: str) -> Iterator[int]:
    """Yield every place where letters stand in a text, inside of words as well."""
    place = text.find(letters)
    while place >= 0:
        yield place
        place = text.find(letters, place + 1)


@lru_cache(maxsize=8192)
def _pattern(name: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in name.split())
    return re.compile(rf"(?<![\w-]){words}(?![\w-])", re.IGNORECASE if len(name) > 4 else 0)  # noqa: PLR2004 - "BBC" is no "bbc"


@dataclass(frozen=True, slots=True)
class Relation:
    """Customer uses supplier, with the sentence and the span in it that says so."""

    customer: str
    supplier: str
    evidence: Evidence
    sentence: Sentence


def relations(found: Sequence[Sentence], customers: Sequence[str], suppliers: Sequence[str]) -> Iterator[Relation]:
    """Yield the supply relations that one sentence states between two named parties.

    The quote runs from one name to the other and must hold a word of business between them, or just before.
    """
    for sentence in found:
        names = dict.fromkeys((*customers, *suppliers))
        named = {name: match.span() for name in names if (match := mention(name, sentence.text))}
        for customer in customers:
            for supplier in suppliers if customer in named else ():
                told = supplier in named and supplier != customer
                if told and (span := _stated(sentence.text, named, customer, supplier)):
                    yield Relation(customer, supplier, sentence.evidence(*span), sentence)


def is_servants(text: str, end: int) -> bool:
    """Return whether what is told up to a name is told of its bearer's supplier: "a subcontractor of ALDER's vendor BIRCH"."""
    return _ITS_SERVANT.match(text, end) is not None


def _stated(text: str, named: Mapping[str, Span], customer: str, supplier: str) -> Span | None:
    """The words that state a relation, unless they reach over another party that the customer is tied to more closely."""
    first, last = sorted((named[customer], named[supplier]))
    between = text[first[1] : last[0]]
    for name, (start, end) in named.items():
        inside = first[1] <= start and end <= last[0] and name not in (customer, supplier)
        before = text[first[1] : start]
        if inside and (_RELATION.search(before) or _OTHER_CLAUSE.search(before)):
            return None
    if ";" in between or NEGATED.search(between) or (last == named[customer] and is_servants(text, last[1])):
        return None
    if _AND_THAT.search(between):
        return None
    ahead = first == named[customer]
    if any(_ties(text, word.group(), first[1] + word.end(), last, ahead=ahead) for word in _RELATION.finditer(between)):
        return first[0], last[1]
    lead = _LEAD.search(text, 0, first[0])
    return (lead.start(), last[1]) if lead else None


def _ties(text: str, word: str, end: int, last: Span, *, ahead: bool) -> bool:
    """Whether a word of business between two names is about both; `end`: of it; `last`: the second name; `ahead`: whether the first is the customer."""
    if not _ACTS.match(word):
        return True
    if not ahead:
        return bool(_BY.match(text, end) or _AT.fullmatch(text, end, last[0]))
    act = word.casefold()
    if act.startswith(("bought", "buy")):
        # Who buys a company is not its customer.
        return bool(_FROM.search(text, end, last[0]) or _WARES.match(text, last[1]))
    return not act.startswith(("engag", "hired")) or _OBJECT.match(text, end, last[0]) is not None
