"""Whether a customer still uses its supplier: what plain words say of it.

Of 63 annotated relations that were suspended and 40 that had ended, in texts that these words were chosen with (dev, real, later) and in
others (latest, spared), 26 and 14 are told to be (2 more are told the other way), of 863 active ones 7.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from kg.extract.prose.pairs import lists
from kg.model import RelationshipStatus
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.prose.cast import Mention
    from kg.extract.prose.judging import Judged, Pair

_SUPPLIER: Final = "\N{SYMBOL FOR NULL}"
"""What stands in a stretch of text for the supplier's name."""
_FIRM: Final = r"(?:agency|company|contractor|firm|host|partner|platform|provider|service|supplier|vendor)"
_TIE: Final = r"(?:connections?|connectivity|feeds?|integrations?|interfaces?|links?|plug-?ins?)"
_WITHIN: Final = r"(?:\s[\w’'-]+){0,5}?\s"
_SUSPENDED: Final = regex(
    rf"\b(?:suspend(?:ed|s|ing)?|paus(?:ed|es|ing)|halted|interrupted){_WITHIN}(?:use|using|work|accounts?|business|contracts?|cooperation|dealings|exchange|mailings?|orders?"
    rf"|partnership|payments?|projects?|relationships?|sending|services?|shipments|surveys|transfers?|applications?|apps?|programs?|software|systems?|tools?|access|{_FIRM}|{_TIE}|{_SUPPLIER})"
    rf"|\b(?:disconnect(?:ed|s|ing)|unplugged|cut(?:\soff)?|sever(?:ed|s)|switch(?:ed|es|ing)\soff|turn(?:ed|s|ing)\soff|shut(?:\soff|\sdown)?|block(?:ed|s|ing)|disabl(?:ed|es|ing)"
    rf"|revok(?:ed|es|ing)|withdr(?:ew|awn)|clos(?:ed|es|ing)|remov(?:ed|es|ing)){_WITHIN}(?:{_TIE}\b|(?:{_FIRM}|{_SUPPLIER})[’']s?\saccess\b)"
    rf"|\b(?:switch|turn)(?:ed|ing|es|s)\soff\s(?:the|its|their|that)\s(?:\w+\s){{0,2}}?(?:service|tool|platform|software|program|system|app|product)\b"
    rf"|\b(?:switch|turn)(?:ed|ing|es|s)\s(?:the|its|their|that)\s(?:\w+\s){{0,2}}?(?:service|tool|platform|software|{_TIE})\soff\b"
    r"|\bstop(?:s|ped)?\s(?:\w+ing|all)\b[^.;]{0,60}\b(?:for\s(?:now|the\stime\sbeing)|until|while|temporarily)\b|\bput\b[^.;]{0,40}\bon\s(?:hold|ice)\b"
    r"|\b(?:is|are|has\sbeen|have\sbeen)\s(?:suspended|paused|on\shold)\b|\btook\s(?:its|their|the|our)\s(?:links?|connections?)\b[^.;]{0,30}\b(?:down|off)\b|\btemporarily\sstopped\b",
    re.IGNORECASE,
)
_ENDED: Final = regex(
    rf"\b(?:end(?:ed|s|ing)|terminat(?:ed|es|ing)|cancell?ed|br(?:oke|oken)\soff|severed|gave\sup|given\sup|cut){_WITHIN}(?:contracts?|agreements?|relationships?|ties|use|cooperation"
    rf"|partnership|subscription|{_SUPPLIER})"
    rf"|\b(?:drop(?:ped|s)|dismissed|fired|abandoned|quit|replac(?:ed|es|ing)|left|parted\s(?:with|from))\s(?:the\s|its\s|that\s)?(?:{_FIRM}\b|{_SUPPLIER}|\w+\sin\s\d{{4}}|it\b)"
    r"|\b(?:no\slonger|not\sany\s(?:more|longer))\s(?:us(?:es?|ed|ing)|works?\swith|worked\swith|sends?|employs?|buys?|does|deals?|an?\s(?:customer|client))\b"
    r"|\bstopp?ed\s(?:using|working\swith|sending|placing|buying\sfrom|dealing\swith|(?:the|its|all|their)\suse)\b"
    rf"|\b(?:moved|switched|changed|gone|switching|moving)\s(?:\w+\s){{0,3}}?(?:to\s(?:another|an?\s(?:other|different|new|rival))|away\sfrom|over\sto\s(?:another|a\s(?:different|new|rival)))"
    r"|\b(?:contract|agreement|lease)\b[^.;]{0,40}\b(?:ended|expired|ran\sout|run\sout|lapsed|is\sover)\b|\b(?:not|never|n[’']t)\srenew"
    rf"|\b(?:has|have|had)\snot\s(?:worked\swith|used)[^.;]{{0,30}}\bsince\b|\blast\s(?:worked\swith|used)\b|\bused\s(?:it\s)?in\sthe\spast\b|(?:customer|client|used\s(?:it|the\s\w+|{_SUPPLIER})|worked\swith\s\w+)\suntil\b"
    rf"|\b(?:moved|gone|went)\soff\s(?:the|{_SUPPLIER})|\bleft\s(?:it|for)\b|\bparted\sways\b",
    re.IGNORECASE,
)
_ROLE: Final = r"(?:administrator|agency|client|collector|contractor|customer|host|partner|printer|processor|provider|supplier|vendor)s?"
_FORMER_BEFORE: Final = regex(
    rf"\b(?:former|previous|one-time)\s(?:[\w-]+\s){{0,3}}?{_ROLE},?(?:\s(?:of|named|called))?\s\Z", re.IGNORECASE
)
_FORMER_BEHIND: Final = regex(
    rf",?\s(?:is\s|was\s|as\s)?(?:an?\s|its\s|their\s|the\s)?(?:former|previous)\s(?:[\w-]+\s){{0,3}}?{_ROLE}\b",
    re.IGNORECASE,
)
_FORMER: Final = regex(rf"\bformer\s(?:[\w-]+\s){{0,2}}?{_ROLE}\b", re.IGNORECASE)
_NOT: Final = regex(
    r"\b(?:could|if|may|might|neither|never|nor|no\splans?|not|should|told\s(?:all\s|its\s|their\s)?(?:clients|customers|users)|urged|wants?|wanted|whether|without|would)\b|n[’']t\b",
    re.IGNORECASE,
)
_REACH: Final = 45
"""Characters before such words in which they may be denied or only wished."""


def standing(told: Judged, pair: Pair) -> tuple[RelationshipStatus, int | None]:
    """Return whether a relationship was active, suspended or ended, and the sentence that says so, None where none does.

    Words that name no supplier are of the likeliest one of their customer.
    """
    for mention in (mention for number in pair for mention in told.scene.parties[number].mentions):
        if _former(told, mention):
            return RelationshipStatus.ENDED, told.words.sentence_of[mention.first]
    likeliest = max(sorted(told.pairs), key=lambda one: (one[0] == pair[0], told.pairs[one])) == pair
    for sentence, text in _said_of(told, *pair):
        if _FORMER_BEHIND.match(text):
            return RelationshipStatus.ENDED, sentence
        for status, words in ((RelationshipStatus.SUSPENDED, _SUSPENDED), (RelationshipStatus.ENDED, _ENDED)):
            match = words.search(text)
            if match is None or not (likeliest or _SUPPLIER in match[0]):
                continue
            if not _NOT.search(text, max(0, match.start() - _REACH), match.start()):
                return status, sentence
    return RelationshipStatus.ACTIVE, None


def _former(told: Judged, mention: Mention) -> bool:
    """Whether a party is called a former customer or supplier."""
    words = told.words
    start = words.starts[mention.first]
    sentence = words.starts[words.sentences[words.sentence_of[mention.first]][0]]
    if mention.kind == "group" and _FORMER.search(words.text, start, words.ends[mention.last - 1]):
        return True
    return _FORMER_BEFORE.search(words.text, max(sentence, start - _REACH), start) is not None


def _said_of(told: Judged, customer: int, supplier: int) -> Iterator[tuple[int, str]]:
    """The sentences of a customer, and what stands behind its names in them, up to a party that is neither its supplier nor in one list with it."""
    words, scene = told.words, told.scene
    for number in sorted({words.sentence_of[mention.first] for mention in scene.parties[customer].mentions}):
        beside = {supplier}
        for members in lists(scene, number):
            numbers = {party.number for party, _ in members}
            beside |= numbers if customer in numbers else set()
        here = [(party.number, mention) for party, mention in scene.by_sentence[number]]
        named = [(one, mention) for one, mention in here if mention.kind in {"name", "group"}]
        for mention in (mention for one, mention in here if one == customer):
            following = [(one, other) for one, other in named if other.first >= mention.last]
            strangers = [other.first for one, other in following if one not in beside]
            last = strangers[0] if strangers else words.sentences[number][1]
            start, parts = words.ends[mention.last - 1], []
            for other in (other for one, other in following if one == supplier and other.first < last):
                parts += [words.text[start : words.starts[other.first]], _SUPPLIER]
                start = words.ends[other.last - 1]
            parts.append(words.text[start : words.starts[last] if strangers else words.ends[last - 1]])
            yield number, "".join(parts)
