"""Whether a customer still uses its supplier: what it is told to have done about that, and plain words for what was over before.

Of 62 annotated relations that were suspended and 34 that had ended, in texts that these words were chosen with (dev, real, later) and in
others (latest, spared), 31 and 14 are told to be, of 811 active ones 6.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.model import RelationshipStatus
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.prose.cast import Mention
    from kg.extract.prose.decided import Decided
    from kg.extract.prose.judged import Judged, Pair

_DONE: Final = {"suspend-supplier": RelationshipStatus.SUSPENDED, "end-supplier": RelationshipStatus.ENDED}
_OTHER: Final = "\N{SYMBOL FOR NULL}"
"""What stands in a stretch of text for the name of the other one of the pair."""
_FIRM: Final = r"(?:agency|company|contractor|firm|host|partner|platform|provider|service|supplier|vendor)"
_TIME: Final = r"(?:(?:early|late|mid|last|this|the\s(?:end|spring|summer|autumn|fall|winter)\sof)[\s-]?)?(?:\d{4}|(?:jan|feb|march|april|may|june|july|aug|sept|oct|nov|dec)\w*|month|year|spring|summer|autumn|winter)"
_OVER: Final = regex(
    rf"\b(?:drop(?:ped|s)|left|parted\s(?:with|from))\s(?:the\s|its\s|that\s)?(?:{_FIRM}\b|{_OTHER}|\w+\sin\s\d{{4}}|it\b)"
    r"|\b(?:no\slonger|not\sany\s(?:more|longer))\s(?:us(?:es?|ed|ing)|works?\swith|worked\swith|sends?|employs?|buys?|does|deals?|an?\s(?:customer|client))\b"
    r"|\b(?:contract|agreement|lease)\b[^.;]{0,40}\b(?:ended|expired|ran\sout|run\sout|lapsed|is\sover)\b|\b(?:not|never|n[’']t)\srenew"
    rf"|\b(?:has|have|had)\snot\s(?:worked\swith|used)[^.;]{{0,30}}\bsince\b|\blast\s(?:worked\swith|used)\b|\bused\s(?:it\s)?in\sthe\spast\b"
    rf"|(?:customer|client|used\s(?:it|the\s\w+|{_OTHER}))\suntil\b|worked\swith\s[^.;,]{{1,40}}?\suntil\s{_TIME}\b"
    r"|\bstopp?ed\s(?:using|working\swith|placing|buying\sfrom|dealing\swith|(?:the|its|all|their)\suse)\b"
    r"|\b(?:moved|switched|changed|gone)\s(?:\w+\s){0,3}?(?:to\s(?:another|an?\s(?:other|different|new|rival))|away\sfrom)"
    rf"|\breplaced\s(?:{_OTHER}|(?:the|its|that)\s{_FIRM}\b)(?![\w’'-])|\bswitched\s(?:\w+\s){{0,3}}?from\s{_OTHER}(?![\w’'-])"
    rf"|\b(?:moved|gone|went)\soff\s(?:the|{_OTHER})|\bleft\s(?:it|for)\b|\bparted\sways\b",
    re.IGNORECASE,
)
_BUYS: Final = r"(?:client|customer)s?"
_ROLE: Final = rf"(?:{_BUYS}|(?:administrator|agency|collector|contractor|host|partner|printer|processor|provider|supplier|vendor)s?)"
_FORMER_BEFORE: Final = regex(
    rf"\b(?:former|previous|one-time)\s(?:(?!(?:is|are|was|were)\s)[\w-]+\s){{0,3}}?(?:(?P<buys>{_BUYS})|{_ROLE}),?(?:\s(?:(?P<of>of)|named|called))?\s\Z",
    re.IGNORECASE,
)
"""Before a party that is the former one, or of whom another one is."""
_FORMER_BEHIND: Final = regex(
    rf",?\s(?:is\s|was\s|as\s)?(?:(?:an?\s|its\s|their\s|the\s)?(?:former|previous)\s(?:[\w-]+\s){{0,3}}?{_ROLE}\b"
    rf"|once\s(?:an?|its|their)\s(?:[\w-]+\s){{0,3}}?{_ROLE}(?=[),.;]|\sof\b))"
    r"(?!\sof\s\Z)",
    re.IGNORECASE,
)
"""Not where the text breaks off because the next name is that of a third party."""
_FORMER: Final = regex(rf"\bformer\s(?:[\w-]+\s){{0,2}}?{_ROLE}\b", re.IGNORECASE)
_NOT: Final = regex(
    r"\b(?:could|if|may|might|neither|never|nor|no\splans?|not|should|told\s(?:all\s|its\s|their\s)?(?:clients|customers|users)|urged|wants?|wanted|whether|without|would)\b|n[’']t\b",
    re.IGNORECASE,
)
_REACH: Final = 45
"""Characters before such words in which they may be denied or only wished."""


def standing(told: Judged, found: Decided, pair: Pair) -> tuple[RelationshipStatus, int | None]:
    """Return whether a relationship was active, suspended or ended, and the sentence that says so, None where none does.

    What names no supplier is said of the likeliest one of its customer. What the customer is told to have done goes before
    plain words in the same sentence.
    """
    customer, supplier = pair
    if (sentence := _parted(told, customer, supplier)) is not None:
        return RelationshipStatus.ENDED, sentence
    rivals = (one for one in told.pairs if one[0] == customer)
    likeliest = max(rivals, key=lambda one: (told.pairs[one], -one[1])) == pair
    done = {
        told.words.sentence_of[response.first]: _DONE[response.action]
        for response, actor, target, _ in found.responses
        if response.action in _DONE and actor == customer and (target == supplier or (target is None and likeliest))
    }
    for sentence, text in _said_of(told, *pair):
        match = _OVER.search(text)
        if _FORMER_BEHIND.match(text) or (
            match
            and (likeliest or _OTHER in match[0])
            and not _NOT.search(text, max(0, match.start() - _REACH), match.start())
        ):
            return done.get(sentence, RelationshipStatus.ENDED), sentence
    at = min(done, key=lambda sentence: (done[sentence] is not RelationshipStatus.ENDED, sentence), default=None)
    return (RelationshipStatus.ACTIVE if at is None else done[at]), at


def _parted(told: Judged, customer: int, supplier: int) -> int | None:
    """The sentence in which a customer is called a former one, or its supplier is, None where none does."""
    words, parties = told.words, told.scene.parties
    for mention in parties[customer].mentions:
        if _former(told, mention, supplies=False):
            return words.sentence_of[mention.first]
    for mention in parties[supplier].mentions:
        number = words.sentence_of[mention.first]
        if _former(told, mention, supplies=True) and customer in _customers_in(told, number, supplier):
            return number
    return None


def _former(told: Judged, mention: Mention, *, supplies: bool) -> bool:
    """Whether a party is called a former customer, or supplier, or another one is called one of its former suppliers, or customers."""
    words = told.words
    start = words.starts[mention.first]
    if mention.kind == "group" and _FORMER.search(words.text, start, words.ends[mention.last - 1]):
        return True
    sentence = words.starts[words.sentence(mention.first)[0]]
    match = _FORMER_BEFORE.search(words.text, max(sentence, start - _REACH), start)
    return match is not None and (bool(match["buys"]) == bool(match["of"])) == supplies


def _customers_in(told: Judged, number: int, supplier: int) -> set[int]:
    """Whom a sentence that calls somebody a former customer of a supplier means: whom it calls so beside its name, else all that it names, or speaks of."""
    words, scene = told.words, told.scene
    start, end = words.sentences[number]
    beside: set[int] = set()
    for listed in scene.lists[number]:
        first, last = listed.span(words)
        if _FORMER_BEHIND.match(words.text, last, words.ends[end - 1]) or _FORMER_BEFORE.search(
            words.text, max(words.starts[start], first - _REACH), first
        ):
            beside |= listed.numbers
    named = {party.number for party, mention in scene.by_sentence[number] if mention.is_named}
    return beside - {supplier} or named - {supplier} or {party.number for party, _ in scene.by_sentence[number]}


def _said_of(told: Judged, customer: int, supplier: int) -> Iterator[tuple[int, str]]:
    """The sentences of a customer, and what stands behind its names in them, up to a party that is neither its supplier nor in one list with it."""
    words, scene = told.words, told.scene
    for number in scene.sentences_of(scene.parties[customer]):
        beside = {supplier}.union(*(one.numbers for one in scene.lists[number] if customer in one.numbers))
        for mention in (mention for party, mention in scene.by_sentence[number] if party.number == customer):
            said, start, stop = "", words.ends[mention.last - 1], words.ends[words.sentences[number][1] - 1]
            for party, other in scene.by_sentence[number]:
                if not other.is_named or other.first < mention.last:
                    continue
                if party.number == supplier:
                    said += words.text[start : words.starts[other.first]] + _OTHER
                    start = words.ends[other.last - 1]
                elif party.number not in beside:
                    stop = words.starts[other.first]
                    break
            yield number, said + words.text[start:stop]
