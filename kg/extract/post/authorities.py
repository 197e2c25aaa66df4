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
    r"(?!(?:.{0,60}(?::|\s[-–—])\s?)?(?:no\b(?!\slater)|none\b)"
    r"|.{0,60}\bno(?:ne)?\W*\Z|.{0,60}\b(?:no\s(?:[\w-]+\s){0,2}(?:regulators?|authorit\w+|agenc\w+|disclosures?|notic\w+|notif\w+|fil\w+|report\w*)\b"
    r"|not\b|never\s(?:been\s)?(?:alerted|contacted|filed|informed|notified|reported|told)\b"
    r"|pending|required|expected|planned|unknown|unclear|to be|will be|under)\b)",
    re.IGNORECASE | re.DOTALL,
)
"""Not "Pending" or "No filing": what says that a regulator was told, whatever else it denies ("SEC filing; no material impact")."""
_BETWEEN = regex(r"(?:\s?[,;/]\s?(?:and\s)?|\sand\sthe\s)(?![^(]*\))")
_DOUBTED = regex(
    r"\b(?:assumed|presum\w+|likely|potential(?:ly)?|possibl[ey]|recommended|should)\b|,\sif\b", re.IGNORECASE
)
_DEPARTMENT = regex(r"[^(]*\b(?:Department|Ministry)\sof\s[\w\s]+\Z")
_GOES_ON = regex(r",\s(?P<name>[A-Z]\w+(?:\s[A-Z]\w+)?)(?:,|\sand\s[A-Z])")
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
    r"(?:[’']s?)?(?:\s(?:office|breach|portal|filing|form|website|notified|informed|was|were|on|in|within|under|via|through|filed|for|and|as\swell\sas)\b.*|\s?[(:].*|\.\s.*|[.)])?\Z",
    re.IGNORECASE,
)
_SHORT = regex(
    rf"(?:(?:US|U\.S\.|UK)\s)?(?:{REGULATORS})(?:\s(?:{REGULATORS}|Office\sfor\sCivil\sRights))*(?:[’']s)?|National\sCyber\s?Security\sCent(?:re|er)|Information\sCommissioner(?:[’']s\sOffice)?"
    r"|(?:Charit(?:ies|y)|Information|Pensions|Utility)\sRegulator"
)
_LAW = frozenset("act code directive law regulation rule".split())
_DESCRIBING = frozenset(
    """
    applicable appropriate attorneys authorities agencies banking competent government lead local other regulators regulatory
    relevant respective several state supervisory various
    """.split()
)
_OF_IT = regex(r"[’']s?\Z")
_TOPICS = frozenset("data federal freedom information privacy protection".split())
"""What stands before "and" in the name of one authority for several things."""
_SMALL = frozenset("and for general of the".split())
_ANYONES = GENERIC | {"protection", "privacy", "information", "eu", "european"}
_NEEDED = {"commissioner": 1, "department": 1, "ministry": 1, "authority": 2, "commission": 2, "agency": 2}
"""What an authority is called, and how many words more one has that a place is named with."""


def were_told(value: Value) -> bool:
    """Return whether a value of a field for the regulators that were told says that any was."""
    return not (value.blank or NO.match(" ".join(value.text.split()))) and _TOLD.match(value.text.strip()) is not None


def authorities(value: Value) -> Iterator[Span]:
    """Yield where a value that tells who was told has the name of an authority; of what only may be one, nothing."""
    if _DOUBTED.search(value.text):
        return
    for start, end in gaps(_BETWEEN, value.text):
        part = value.text[start:end]
        rest = value.text[end:].partition(";")[0]
        if _DEPARTMENT.match(part) and (goes := _GOES_ON.match(rest)) and not _is_authority(goes["name"]):
            continue
        lead = _LEAD.match(part)
        called = _CALLED.match(part, lead.end() if lead else 0)
        if called and _BEHIND.match(part, called.end()):
            for first, last in _names(_DONE.sub("", called["name"])):
                yield start + called.start() + first, start + called.start() + last


def _names(called: str) -> Iterator[Span]:
    """The names in what "and" joins, which may be all one: "Securities and Exchange Commission"; without an "'s" behind."""
    found: list[Span] = []
    for start, end in gaps(_AND, called):
        if found and _is_one(called[slice(*found[-1])], called[start:end], called[found[-1][0] : end]):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    for start, end in found:
        if _is_authority(called[start:end]):
            yield start, start + len(_OF_IT.sub("", called[start:end]))


def _is_one(left: str, right: str, both: str) -> bool:
    """Whether what "and" joins is one name, or a part of one: "Data Protection and Information Commissioner", not "Texas and Maine AG"."""
    words = _words(left)
    placed = _placed(words)
    if not _is_authority(right):
        ended = _SHORT.fullmatch(left) or words[-1] in _NEEDED.keys() | placed | {"ag", "general"}
        return not _is_authority(left) or (not ended and _is_authority(both))
    own = set(words) - placed - _SMALL - {"office"}
    of_place = placed and not _placed(_words(right)) and right.upper() != right
    return bool(own) and not _is_authority(left) and (bool(of_place) or _TOPICS.issuperset(own))


def _words(name: str) -> list[str]:
    return [_OF_IT.sub("", word).casefold() for word in name.split()]


def _placed(words: list[str]) -> set[str]:
    """The words of a name that are those of a place."""
    return {
        word
        for place in (*words, *map(" ".join, pairwise(words)))
        if place not in {"eu", "european"} and (is_place(place) or is_of_place(place))
        for word in place.split()
    }


def is_known(name: str) -> bool:
    """Return whether some words are a name that only an authority has: "CNIL", "Maine AG"."""
    words = _words(name)
    placed = _placed(words)
    rest = [word for word in words if word not in placed | _SMALL | {"office", "state"}]
    general = rest == ["ag"] or (rest == ["attorney"] and "general" in words)
    return _SHORT.fullmatch(name) is not None or (bool(placed) and general)


def _is_authority(name: str) -> bool:
    """Return whether some words are certainly the name of an authority: one of a place, or one with words of its own."""
    if is_known(name):
        return True
    words = _words(name)
    placed = _placed(words)
    rest = [word for word in words if word not in placed | _SMALL | {"office", "state"}]
    heads = _NEEDED.keys() & rest
    own = [word for word in rest if word not in _DESCRIBING | heads]
    if not heads or words[-1] in _LAW or "authorities" in words or "attorneys" in words:
        return False
    if placed:
        return len(own) >= min(_NEEDED[head] for head in heads)
    described = not _DESCRIBING.isdisjoint(words) or ("authority" in heads and _ANYONES.issuperset(own))
    return not described and heads <= {"authority", "commission", "commissioner"} and len(own) > 1
