"""Whether a customer still uses its supplier: what it is told to have done about that, and plain words for what was over before.

Of 63 annotated relations that were suspended and 40 that had ended, in texts that these words were chosen with (dev, real, later) and in
others (latest, spared), 28 and 17 are told to be, of 863 active ones 8.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.model import RelationshipStatus
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.prose.cast import Mention
    from kg.extract.prose.deciding import Decided
    from kg.extract.prose.judging import Judged, Pair

_DONE: Final = {"suspend-supplier": RelationshipStatus.SUSPENDED, "end-supplier": RelationshipStatus.ENDED}
_SURE: Final = 0.7
"""How likely such a response has to be; of the less likely ones more are wrong than right about it."""
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
    rf"|\b(?:moved|gone|went)\soff\s(?:the|{_OTHER})|\bleft\s(?:it|for)\b|\bparted\sways\b",
    re.IGNORECASE,
)
_ROLE: Final = r"(?:administrator|agency|client|collector|contractor|customer|host|partner|printer|processor|provider|supplier|vendor)s?"
_FORMER_WORD: Final = r"(?:former|previous|one-time)\s(?:[\w-]+\s){0,3}?"
_FORMER_BEFORE: Final = regex(
    rf"\b{_FORMER_WORD}{_ROLE}(?:\sof\s{_OTHER})?,?(?:\s(?:named|called))?\s\Z"
    rf"|{_OTHER},?\s(?:is\s|was\s|as\s)?(?:an?\s|the\s)?{_FORMER_WORD}{_ROLE}\sof\s\Z",
    re.IGNORECASE,
)
"""Before a party that is the former one, or of whom the other one is."""
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
_BEFORE: Final = 80
"""Characters before a name in which it may be called a former one."""


def standing(told: Judged, found: Decided, pair: Pair) -> tuple[RelationshipStatus, int | None]:
    """Return whether a relationship was active, suspended or ended, and the sentence that says so, None where none does.

    What names no supplier is said of the likeliest one of its customer.
    """
    words = told.words
    customer, supplier = pair
    for party, other in (pair, pair[::-1]):
        for mention in told.scene.parties[party].mentions:
            if _former(told, mention, other):
                return RelationshipStatus.ENDED, words.sentence_of[mention.first]
    rivals = (one for one in told.pairs if one[0] == customer)
    likeliest = max(rivals, key=lambda one: (told.pairs[one], -one[1])) == pair
    for sentence, text in _said_of(told, *pair):
        match = _OVER.search(text)
        if _FORMER_BEHIND.match(text) or (
            match
            and (likeliest or _OTHER in match[0])
            and not _NOT.search(text, max(0, match.start() - _REACH), match.start())
        ):
            return RelationshipStatus.ENDED, sentence
    for response, actor, target, odds in found.responses:
        meant = target == supplier or (target is None and likeliest)
        if response.action in _DONE and odds >= _SURE and actor == customer and meant:
            return _DONE[response.action], words.sentence_of[response.first]
    return RelationshipStatus.ACTIVE, None


def _former(told: Judged, mention: Mention, other: int) -> bool:
    """Whether a party is called a former customer or supplier, where it is said of whom, of the other one."""
    words = told.words
    start = words.starts[mention.first]
    if mention.kind == "group" and _FORMER.search(words.text, start, words.ends[mention.last - 1]):
        return True
    number = words.sentence_of[mention.first]
    before, at = "", words.starts[words.sentences[number][0]]
    for party, near in told.scene.by_sentence[number]:
        if party.number == other and near.is_named and near.last <= mention.first:
            before += words.text[at : words.starts[near.first]] + _OTHER
            at = words.ends[near.last - 1]
    return _FORMER_BEFORE.search((before + words.text[at:start])[-_BEFORE:]) is not None


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
