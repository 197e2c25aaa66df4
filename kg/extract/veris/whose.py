"""What a record says in words of a vendor that it names: that it is the victim's, and that the attack was on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.bystanders import MISDEED, came_after, helped, is_spared
from kg.extract.relations import NEGATED, SUPPLIERS_TELL
from kg.extract.veris.name_words import is_common
from kg.extract.veris.vendor_phrases import VENDOR
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.extract.veris.vendor_phrases import NamedVendor
    from kg.model import Span

_AROUND, _BEHIND, _LONGEST = 160, 60, 20_000
_STOP = regex(r"[.;!?]\s+(?=[A-Z\"“])|\n")
_CALLED = (*SUPPLIERS_TELL, "associate")
_DEALS_WITH_IT = regex(
    r"\b(?:investigat|forensic|respond|response|remediat|(?:credit|identity)\smonitor)", re.IGNORECASE
)
"""What one does that is hired because it happened."""
_OWNED = regex(
    rf"(?:\b(?:its|their|our|whose)|(?P<whose>[\w.&-]+)(?:['’]s|(?<=s)['’]))\s(?:[\w&/-]+\s){{0,4}}?(?:{VENDOR},?|on|in|with|at)\s(?:(?:called|named)\s)?"
    r"(?:the\s)?\Z|\b(?:data|records?|files?|information|databases?|systems?|servers?|web\s?sites?|backups?)\s[^.;\n]{0,40}?"
    r"\b(?:stored|hosted|held|kept)\s(?:by|with|on)\s(?:the\s)?\Z",
    re.IGNORECASE,
)
"""What stands before the name of a vendor that is the victim's ("its vendor X", "Y's files on X", "data was stored with X")."""
_SERVING = regex(
    rf"\s?(?:[,(]|is|was)\s?(?:(?P<its>its|their|our)|an?|the|one\sof)\s(?:[\w'’/&-]+\s){{0,5}}?{VENDOR}\b",
    re.IGNORECASE,
)
_SERVED = regex(r"\b(?i:of|for|to|by|with|serv\w+|help\w+)\s(?:[Tt]he\s)?([A-Z][\w.&-]*)")
_HARM = r"(?:(?:cyber-?)?attack|breach|incident|intrusion|hack(?:ing)?|compromise|ransomware|security\sevent)"
_HIT = r"(?:hit|breached|hacked|attacked|compromised|infected|infiltrated|struck|burglari[sz]ed|the\svictim)"
_STRUCK_AT = regex(
    rf"(?:\b{_HARM}s?\s(?:\w+\s){{0,2}}?(?:on|at|of|against|involving|affecting|targeting|within|into|in)\s|\b{_HIT}\s"
    r"|\b(?:stolen|taken|exfiltrated|copied|leaked)\sfrom\s|\b(?:servers?|systems?|networks?|platforms?|environments?|databases?|computers?)\sof\s)"
    rf"(?:(?:the|its|their|an?|one\sof|third[- ]party)\s|[\w-]+\s(?={VENDOR})|{VENDOR},?\s){{0,4}}\Z",
    re.IGNORECASE,
)
"""What stands before the one that was hit."""
_STRUCK = regex(
    r"(?:\s?\([^()]{1,30}\))?(?:,\s[^.;]{1,120}?,|,)?(?:['’]s?\s(?:[\w-]+\s){0,3}|\s)?(?:(?:that|which|also|recently|itself)\s)?"
    r"(?:(?:said|says|confirmed|reported|disclosed|announced)\s(?:that\s)?(?:it|its|their)\s(?:[\w-]+\s){0,5}?)?"
    rf"(?:(?:was|were|been|got)\s(?:\w+\s){{0,2}}?(?:{_HIT}|involved\sin\san?\s(?:\w+\s)?{_HARM})\b|(?:(?:has|had)\s)?(?:been\s{_HIT}"
    rf"|(?:suffered|experienced|f[ae]ll(?:en)?\svictim\sto)\s(?:[\w-]+\s){{0,5}}?{_HARM})\b"
    rf"|(?:(?:data|security|ransomware|cyber|malware|network)\s){{0,2}}{_HARM}\b(?!\s(?:detect|notif|prevent|report|respon|team)))",
    re.IGNORECASE,
)
"""What stands behind it."""
_SOME_VENDOR = regex(
    rf"\b(?:(?:its|their|one\sof\sits)\s(?:[\w-]+\s){{0,3}}?{VENDOR}|(?:an?|the)\s(?:(?!unauthori[sz]ed|unknown|malicious)[\w-]+\s){{0,3}}?"
    rf"(?:third[- ]party\s{VENDOR}|third[- ]party|vendor|contractor|supplier|business\sassociate))\b",
    re.IGNORECASE,
)
"""A vendor without a name; "the cloud provider" may be the victim, and "an unauthorized third party" is the intruder."""
_KEYS = regex(
    r"\b(?:us(?:ed|ing|e)\s(?!by\b)|(?:st[eo]al\w*|stole\w*|through|via|compromised|abus\w+)\s)(?:[\w'’/&.,-]+\s){0,6}?"
    r"(?:credentials?|passwords?|log-?ins?|tokens?|user\s?names?|vpn|remote\saccess)\b"
    r"|\b(?:credentials?|tokens?|log-?ins?)\s(?:[\w-]+\s){0,3}?(?:stolen|taken|obtained)\b",
    re.IGNORECASE,
)
_ENTERED = regex(
    r"\b(?:access|entry|enter\w*|into|pivot\w*|connect\w*|spread|moved?|via|through)\s(?:(?:to|into|in)\s)?(?:[\w'’.&-]+\s){0,5}?"
    r"(?:networks?|systems?|servers?|environments?|perimeter|pos|tills?|registers?)\b",
    re.IGNORECASE,
)
"""How an intruder goes on from a vendor into the victim's own network, and comes by the keys to it."""
_LOOKED_INTO_IT = regex(
    r",?\s(?:[\w-]+\s){0,6}?(?:forensic|investigat\w*(?=[.,;]|\Z|\s(?:how|into|it|of\sthe|that|the|this|what|whether|why)\b)"
    r"|notification\sletters?|(?:credit|identity)\s(?:theft\s)?(?:monitor|protect))",
    re.IGNORECASE,
)
"""Behind the name of one that helped: that it was with the breach, and not with the work it is hired for."""
_INSTEAD = regex(
    r"(?P<spared>[^.;]{1,120}?)[.,;]?\s(?:but|rather|instead),?\s(?:(?:rather|instead|it|later|had|has|was|were|been|by\s\w+|\w+ly)\s"
    r"|(?:an?|its|one\sof\sits)\s(?:\w+\s)?employees?\s(?:of\sit\s)?)*",
    re.IGNORECASE,
)
"""Behind the name of one that is spared: what leads to its own deed."""

_DID = regex(r"(?:e-?mailed|publish|misconfig|misused|dumped|sold\b|shared\b|uploaded)", re.IGNORECASE)
"""Deeds that do harm with what one has, beside `MISDEED`: in the accounts of portals, which tell of much else, they need not."""


def calls_vendor(text: str) -> bool:
    """Return whether a text calls somebody a vendor; most do not, and need not be searched."""
    lower = text.lower()
    return any(word in lower for word in _CALLED)


def is_victims(text: str, vendor: NamedVendor, victims: Collection[str]) -> bool:
    """Return whether a sentence says outright that a vendor is one of the victims', or that it was the vendor that was hit."""
    start, end = _sentence(text, vendor.start, vendor.end)
    if _DEALS_WITH_IT.search(text, start, end):
        return False
    known = {word.casefold() for name in victims for word in name.split() if not is_common(word)}
    if owned := _OWNED.search(text, start, vendor.start):
        return owned["whose"] is None or owned["whose"].casefold() in known
    if serving := _SERVING.match(text, vendor.end, end):
        served = (told[1].casefold() for told in _SERVED.finditer(text, serving.end(), end))
        if serving["its"] or not known.isdisjoint(served):
            return True
    return _struck(text, vendor.start, vendor.end)


def is_bystander(text: str, vendor: NamedVendor) -> bool:
    """Return whether a sentence says of a vendor that it was not concerned, or that it helped, or was hired, afterwards."""
    start, end = _sentence(text, vendor.start, vendor.end)
    if is_spared(text[start:end], vendor.start - start, vendor.end - start):
        instead = _INSTEAD.match(text, vendor.end)
        return not (
            instead
            and NEGATED.search(instead["spared"])
            and (MISDEED.match(text, instead.end()) or _DID.match(text, instead.end()))
        )
    before, after = text[start : vendor.start], text[vendor.end : end]
    return came_after(after) or (_LOOKED_INTO_IT.match(after) is not None and helped(before, after))


def began_at(texts: list[str], name: str) -> bool:
    """Return whether texts say that a vendor was hit, and none that the intruder went on from there; "" for one without a name."""
    for text in (text[:_LONGEST] for text in texts):
        named = re.finditer(re.escape(name), text) if name else ()
        if any(_struck(text, *match.span()) for match in (*named, *_SOME_VENDOR.finditer(text))):
            return not went_on(texts, name)
    return False


def went_on(texts: list[str], name: str) -> bool:
    """Return whether texts say that the intruder went on into the victim's network, or had the vendor's keys to it."""
    for text in texts:
        after = [text[match.start() : match.end() + _BEHIND] for match in _ENTERED.finditer(text)]
        if _KEYS.search(text) or not all((name and name in words) or _SOME_VENDOR.search(words) for words in after):
            return True
    return False


def _struck(text: str, start: int, end: int) -> bool:
    """Whether the one that stands at a place of a text is said to have been hit."""
    first, last = _sentence(text, start, end)
    struck = _STRUCK_AT.search(text, first, start) or _STRUCK.match(text, end, last)
    return struck is not None and NEGATED.search(text, first, last) is None


def _sentence(text: str, start: int, end: int) -> Span:
    """The sentence around a place, or what is near of it."""
    first = max((stop.end() for stop in _STOP.finditer(text, max(start - _AROUND, 0), start)), default=start - _AROUND)
    last = _STOP.search(text, end, end + _AROUND)
    return max(first, 0), last.start() if last else min(len(text), end + _AROUND)
