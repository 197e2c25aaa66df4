"""What the dates of a sentence on a compromise date, by the words near each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.dates import find_dates
from kg.extract.date_verbs import DISCLOSING
from kg.model import DateOf
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.dates import FoundDate

_SAID_THAT = regex(r"\sthat\s(?:(?:on|in|by|since)\s)?\Z", re.IGNORECASE)
_DATES = (
    (DateOf.DISCOVERED, regex(r"\b(?:discover|detect|notic|identif|spott|found\b|became aware|learn(?:ed|t)\b)", re.IGNORECASE)),
    (DateOf.DISCLOSED, regex(rf"\b(?:advisor|article|blog|bulletin|report|warn|alert|notify|{'|'.join(word.removesuffix('ed') for word in DISCLOSING.split())})", re.IGNORECASE)),
    (DateOf.OCCURRED, regex(r"\b(?:compromis|hack|breach|inject|upload|publish|releas|push|attack|exploit|stole|steal|hijack|alter|infect|gain|tamper|malicious|unauthori[sz]ed|replac|intru|plant|modif|creat|distribut|trojan|backdoor|deliver)", re.IGNORECASE)),
)  # fmt: skip
_KNOWN = (DateOf.DISCOVERED, DateOf.DISCLOSED)
_ANSWERED = regex(r"\b(?:publish|releas|patch|fix|confirm|announc)", re.IGNORECASE)
"""Words of what is done about something that is known."""
_MADE = r"(?:built|created|developed|launched|published|registered|released|uploaded)"
_EVENT = r"(?:attack|breach|campaign|case|compromise|hack|incident|intrusion|leak|one|theft)"
_OF_ANOTHER = regex(
    rf"(?P<made>,\s(?:(?:which|that)\s(?:had\s(?:been\s)?|was\s))?(?:first|initially|originally)\s{_MADE}\s(?:back\s)?in\s"
    rf"|\b(?:{_MADE}\s(?:before|prior\sto)|(?:builds?|copies|releases?|versions?)\s(?:before|earlier\sthan|from\sbefore|older\sthan|prior\sto))\s)\Z"
    rf"|\b(?:like|recall(?:s|ed)?|reminiscent\sof|resembl(?:es?|ed|ing)|similar\sto|unlike)\s(?:[\w’'-]+\s){{0,4}}?{_EVENT}s?\s(?:from|in|of|on)\s\Z"
    rf"|\b(?:earlier|previous|prior|separate)\s(?:[\w-]+\s){{0,2}}?{_EVENT}s?\s(?:from|in|of|on)\s\Z",
    re.IGNORECASE,
)
"""Before a date that is the age of something, or that of something else that happened."""
_FROM = regex(r"\b(?:dated|from|of)\s\Z", re.IGNORECASE)
_AND_OLDER = regex(r"\s(?:and|or)\s(?:before|earlier|older|prior)\b", re.IGNORECASE)


def dated(sentence: str) -> Iterator[tuple[FoundDate, DateOf]]:
    """Yield the dates of a sentence with what they date: a lone one what the word nearest to it tells of.

    Of several each has the words between it and the one before ("uploaded on 2 May and detected on 4 May"); one that opens
    its sentence has those that follow it, and so have the next ones then ("On 2 May it was uploaded, on 4 May detected").
    What came to be known is answered later and did not occur then ("detected on 2 May, and a patched version was published on 4 May").
    The age of what was hit, and when something like it happened, date nothing of it.
    """
    dates = [found for found in find_dates(sentence) if not _is_of_another(sentence, found)]
    gaps = [(0, len(sentence))]
    if len(dates) > 1:
        ends, starts = [found.end for found in dates], [found.start for found in dates]
        gaps = list(zip([0, *ends], [*starts, len(sentence)], strict=True))
        if _told_of(sentence, *gaps[0], dates[0]) is None:
            del gaps[0]
    told = [
        (found, gap, what) for found, gap in zip(dates, gaps, strict=False) if (what := _told_of(sentence, *gap, found))
    ]
    known = min((one.date.latest for one, _, what in told if what in _KNOWN and one.date.latest), default=None)
    for found, gap, what in told:
        later = known and found.date.earliest and found.date.earliest > known
        if not (later and what is DateOf.OCCURRED and _ANSWERED.search(sentence, *gap)):
            yield found, what


def _told_of(sentence: str, start: int, end: int, found: FoundDate) -> DateOf | None:
    """What the word nearest to a date tells of, of those in this part of its sentence; not one that says it ("said that on 2 May ...")."""
    near = [
        (max(match.start() - found.end, found.start - match.end(), 0), what)
        for what, words in _DATES
        for match in words.finditer(sentence, start, end)
        if not _SAID_THAT.search(sentence, match.end(), found.start)
    ]
    return min(near, key=lambda one: one[0])[1] if near else None


def _is_of_another(sentence: str, found: FoundDate) -> bool:
    """Whether a date is the age of something, which may be long before it was hit, or that of something else that happened."""
    reach = max(0, found.start - _REACH)
    if _FROM.search(sentence, reach, found.start) and _AND_OLDER.match(sentence, found.end):
        return True
    other = _OF_ANOTHER.search(sentence, reach, found.start)
    return other is not None and not (other["made"] and _HARMFUL.search(sentence, reach, other.start()))


_REACH = 200
"""Characters before a date that tell what it is the age of."""


_HARMFUL = regex(r"\b(?:backdoor|fake|malicious|malware|trojan|typo-?squat|\d\.\d)", re.IGNORECASE)
"""What does harm from the day on which it is published, or may be what does."""
