"""Which authorities a post says were told, by their names: "Irish Data Protection Commission", "Maine AG", never "state regulators"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from kg.extract.actions import REGULATORS
from kg.extract.lexicon import GENERIC
from kg.extract.places import is_of_place, is_place
from kg.extract.untaken import NO
from kg.patterns import gaps, regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.fields import Value
    from kg.model import Span

_TOLD = regex(
    r"(?!.{0,60}\b(?:no\b(?!\slater)|none\b|not\b|never\b|pending|required|expected|planned|unknown|unclear|to be|will be|under)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""Not "Pending" or "Not required": what says that a regulator was told."""
_BETWEEN = regex(r"(?:\s?[,;/]\s?(?:and\s)?|\sand\sthe\s)(?![^(]*\))")
_AND = regex(r"\s(?:and|&)\s")
_ABOUT = r"(?:(?:a|an|the|GDPR|HIPAA|breach|data|formal|initial|preliminary|form|8-K|notice|notifications?|filings?|reports?)\s){0,4}"
_LEAD = regex(
    rf"(?:(?:(?-i:(?:[A-Z]\S*\s){{1,4}})(?:also\s|has\s|have\s|had\s)?)?(?:notified|informed|alerted)\s|{_ABOUT}(?:(?:disclosed|filed|made|reported|sent|submitted)\s)?(?:with|to)\s)?(?:the\s)?(?=(?-i:[A-Z]))",
    re.IGNORECASE,
)
_WORD = r"(?:U\.S\.|[A-Z0-9][\w.’'-]*\w)"
_CALLED = regex(rf"(?P<name>{_WORD}(?:\s(?:(?:of|the|for|and|&)\s){{0,2}}{_WORD}){{0,8}})")
_DONE = regex(r"\s(?:8-K|Breach|Disclosure|Filing|Form|Informed|Notice|Notification|Notified|Portal|Report(?:ed)?)\b.*")
"""What goes on behind a name with what was done."""
_BEHIND = regex(
    r"(?:[’']s?)?(?:\s(?:office|breach|portal|filing|form|website|notified|informed|was|were|on|in|within|under|via|through|for|and|as\swell\sas)\b.*|\s?\(.*|[.)])?\Z",
    re.IGNORECASE,
)
_SHORT = regex(
    rf"(?:(?:US|U\.S\.|UK)\s)?(?:{REGULATORS})(?:\s(?:{REGULATORS}|Office\sfor\sCivil\sRights))*(?:[’']s)?|National\sCyber\s?Security\sCent(?:re|er)|Information\sCommissioner(?:[’']s\sOffice)?"
)
_LAW = frozenset("act code directive law regulation rule".split())
_DESCRIBING = frozenset(
    """
    applicable appropriate attorneys authorities agencies banking competent government lead local other regulators regulatory
    relevant respective several state supervisory various
    """.split()
)
_SMALL = frozenset("and for general of the".split())
_ANYONES = GENERIC | {"protection", "privacy", "information", "eu", "european"}
_NEEDED = {"commissioner": 1, "department": 1, "ministry": 1, "authority": 2, "commission": 2, "agency": 2}
"""What an authority is called, and how many words more one has that a place is named with."""


def were_told(value: Value) -> bool:
    """Return whether a value of a field for the regulators that were told says that any was."""
    return not (value.blank or NO.match(" ".join(value.text.split()))) and _TOLD.match(value.text.strip()) is not None


def authorities(value: Value) -> Iterator[Span]:
    """Yield where a value that tells who was told has the name of an authority; of what only may be one, nothing."""
    for start, end in gaps(_BETWEEN, value.text):
        part = value.text[start:end]
        lead = _LEAD.match(part)
        called = _CALLED.match(part, lead.end() if lead else 0)
        if called and _BEHIND.match(part, called.end()):
            for first, last in _names(_DONE.sub("", called["name"])):
                yield start + called.start() + first, start + called.start() + last


def _names(called: str) -> Iterator[Span]:
    """The names in what "and" joins, which may be all one: "Securities and Exchange Commission"."""
    parts = list(gaps(_AND, called))
    sure = [(start, end) for start, end in parts if _is_authority(called[start:end])]
    ends = (called[start:end].casefold().split()[-1] for start, end in parts[:-1])
    if (
        len(sure) < len(parts)
        and _is_authority(called)
        and not any(end in _NEEDED.keys() | {"ag", "general"} for end in ends)
    ):
        known = any(_SHORT.fullmatch(called[start:end]) for start, end in sure)
        sure = sure if known else [(0, len(called))]
    yield from sure


def _is_authority(name: str) -> bool:
    """Return whether some words are certainly the name of an authority: one of a place, or one with words of its own."""
    if _SHORT.fullmatch(name):
        return True
    words = [re.sub(r"[’']s?\Z", "", word).casefold() for word in name.split()]
    placed = {
        word
        for place in (*words, *map(" ".join, pairwise(words)))
        if place not in {"eu", "european"} and (is_place(place) or is_of_place(place))
        for word in place.split()
    }
    rest = [word for word in words if word not in placed | _SMALL | {"office", "state"}]
    if placed and (rest == ["ag"] or (rest == ["attorney"] and "general" in words)):
        return True
    heads = _NEEDED.keys() & rest
    own = [word for word in rest if word not in _DESCRIBING | heads]
    if not heads or words[-1] in _LAW or "authorities" in words or "attorneys" in words:
        return False
    if placed:
        return len(own) >= min(_NEEDED[head] for head in heads)
    described = not _DESCRIBING.isdisjoint(words) or ("authority" in heads and _ANYONES.issuperset(own))
    return not described and heads <= {"authority", "commission", "commissioner"} and len(own) > 1
