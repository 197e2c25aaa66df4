"""Names of vendors in what a feed says in words about an incident: labels, appositions, and who did the work.

For feeds that say by a field that there is a vendor, but not who it is. The rules never guess from a name alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.counts import is_group_name
from kg.names import key
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOKEN = r"(?:(?<!\w)(?:[A-Z][\w&’'.+-]{0,40}\w|[A-Z](?=[\s,.)&]|\Z)|\d{1,4}[A-Z]\w{0,40}))"  # noqa: S105 - a token of a grammar
_LEGAL = (
    r"(?:Inc|Incorporated|LLC|LLP|Ltd|Limited|Corp|Corporation|Co|Company|PLC|P\.?C|P\.?A|N\.?A|GmbH|AG|SA|LP)\b\.?"
)
_NAME = rf"(?P<name>(?-i:{_TOKEN}(?:\s+(?:(?:of|the|for|de|la|&)\s+){{0,2}}{_TOKEN}){{0,6}}(?:,?\s+{_LEGAL})?))"
_WORDS = r"(?:[\w’'/&-]+\s+)"
_VENDOR = (
    r"(?:sub-?contractor|contractor|vendor|business\s+associate|service\s+provider|supplier|sub-?processor|payment\s+processor|"
    r"outsourcer|third[- ]party(?:\s+(?:administrator|provider|company|firm|service|processor))?|business\s+partner|web\s+host|"
    r"(?:hosting|cloud|software|payroll|benefits?|billing|storage|mailing|shredding|transcription)\s+(?:provider|company|firm|service))"
)
_FIRM = (
    r"(?:firm|company|agency|bureau|provider|partner|consultant|consultancy|auditor|administrator|courier|shipper|printer|"
    r"accountant|recycler|processor|clearinghouse|laboratory|lab|developer|host|manufacturer|carrier|service)"
)
_FOR = r"\s+(?:that|which|who|hired|contracted|used|retained|employed|working|responsible|handling|providing|for|to)\b"
_LABEL = r"(?:\b(?:the|its|their|name\s+of(?:\s+the)?)\s+)?\b(?:third[- ]party\s+)?(?:partner|vendor|business\s+associate|contractor|supplier|provider)"
_DONE = (
    r"(?:out-?sourced\s+to|sub-?contracted\s+(?:out\s+)?to|contracted\s+(?:with|to|out\s+to)|under\s+contract\s+(?:with|to)|"
    r"(?:hosted|managed|operated|maintained|administered|processed|serviced|supplied|handled|stored|transcribed|printed|mailed)\s+by)"
)
_HELPER = regex(
    r"\b(?:security|forensic|antivirus|research|news|insurance|law|public relations|monitoring|investigat\w+|parent|holding|media)\b",
    re.IGNORECASE,
)
_OF_VENDORS = frozenset(
    "contract vendor associate supplie provide process outsourc party partner host company firm service".split()
)
_OF_FIRMS = frozenset(
    """
    firm company agency bureau provide partner consultan auditor administ courier shipper printe accountant recycler process clearinghouse lab
    developer host manufacturer carrier service
    """.split()
)
_OF_DEEDS = frozenset(
    """
    outsourc out-sourc contract host managed operated maintained administ process serviced supplie handled stored transcribed printe mailed
    """.split()
)
_STEMS = tuple(sorted(_OF_VENDORS | _OF_FIRMS | _OF_DEEDS))
_RULES = tuple(
    (regex(pattern, re.IGNORECASE), Decimal(confidence), stems)
    for pattern, confidence, stems in (
        (rf"{_LABEL}\s*(?:[:=]|\s[-–]|(?:\s+(?:is|was))?\s+(?:named|called|known\s+as)|\s+(?:is|was))\s*(?:the\s+)?{_NAME}", "0.9", _OF_VENDORS),
        (rf"\b{_VENDOR}(?:\s*\([A-Z]{{2,4}}\))?,?\s+(?:(?:called|named|known\s+as)\s+)?(?:the\s+)?{_NAME}", "0.8", _OF_VENDORS),
        (rf"\b(?:an?|its|their|whose|our)\s+(?P<kind>{_WORDS}{{0,4}}?){_FIRM}(?:,\s+|,?\s+(?:called|named|known\s+as)\s+)(?:the\s+)?{_NAME}", "0.8", _OF_FIRMS),
        (rf"{_NAME}\s*[,(]\s*(?:an?|the|its|their|our)\s+(?P<kind>{_WORDS}{{0,5}}?){_VENDOR}\b", "0.8", _OF_VENDORS),
        (rf"{_NAME}\s+(?:is|was)\s+(?:an?|the|its|their|our)\s+(?P<kind>{_WORDS}{{0,5}}?)(?:{_VENDOR}|partner)\b", "0.8", _OF_VENDORS),
        (rf"{_NAME}\s*[,(]\s*(?:an?|the|its|their|our)\s+(?P<kind>{_WORDS}{{0,4}}?){_FIRM}{_FOR}", "0.7", _OF_FIRMS),
        (rf"\b{_DONE}\s+(?:the\s+)?{_NAME}", "0.7", _OF_DEEDS),
    )
)  # fmt: skip
"""Patterns, how sure they are, and stems one of which is in every phrase that they match."""
_OWN = regex(
    rf"\s*(?:The\s+)?{_NAME}(?=\s*(?:\Z|[.,;:(\n]|\s[-–]\s|(?P<sentence>\s(?:He|She|It|They|The|This|These|An?)\s)"
    r"|(?P<verb>\s(?:was|is|had|has|lost|sent|mailed|handles?|provides?|hosts?|failed|left|which|who|accidentally|inadvertently)\b)))"
)
_LONGEST = 20_000
_AROUND = 120
_NO_NAMES = frozenset(
    """
    a after all an and another as at before business by customer customers data during employee employees external
    for former from he her his if in information internal it its laptop no none not of on one other our partner
    partners patient patients police records she some stolen the their there these they third this those two unknown
    unnamed vendor vendors when while january february march april may june july august september october november
    december monday tuesday wednesday thursday friday saturday sunday attorney dr mr mrs ms
    """.split()
)


@dataclass(frozen=True, slots=True)
class NamedVendor:
    """A vendor's name in a text: `text[start:end]`, and how sure the rule is."""

    name: str
    start: int
    end: int
    confidence: Decimal


def vendors(text: str, known: tuple[str, ...] = ()) -> Iterator[NamedVendor]:
    """Yield the vendors that a text names as such, each once, the surest first.

    Args:
        text: sentences about one incident.
        known: names that are not to be taken for a vendor's: those of the organizations that it happened to.
    """
    met: set[str] = set()
    found = [
        (confidence, match)
        for start, end, there in _passages(text[:_LONGEST])
        for rule, confidence, stems in _RULES
        if not stems.isdisjoint(there)
        for match in rule.finditer(text, start, end)
    ]
    for confidence, match in sorted(found, key=lambda item: (-item[0], item[1].start("name"))):
        kind = match.groupdict().get("kind") or ""
        if not _HELPER.search(kind) and is_name(match["name"], known) and key(match["name"]) not in met:
            met.add(key(match["name"]))
            yield NamedVendor(match["name"], *match.span("name"), confidence)


def _passages(text: str) -> Iterator[tuple[int, int, set[str]]]:
    """The parts of a text around the stems that the rules need, with those in it; the rules are slow, and most text has none."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters have no small form of one character
        yield 0, len(text), set(_STEMS)
        return
    first = last = -1
    there: set[str] = set()
    for place, stem in sorted((at, known) for known in _STEMS if known in lower for at in _places(lower, known)):
        if last < place - _AROUND:
            if last >= 0:
                yield first, last, there
            first, there = max(0, place - _AROUND), set()
        last = min(len(text), place + _AROUND)
        there.add(stem)
    if last >= 0:
        yield first, last, there


def _places(text: str, stem: str) -> Iterator[int]:
    place = text.find(stem)
    while place >= 0:
        yield place
        place = text.find(stem, place + 1)


def own_name(text: str, known: tuple[str, ...] = ()) -> NamedVendor | None:
    """Return the name that a note about one organization consists of, or begins with; None where there is none."""
    match = _OWN.match(text)
    if match is None or not is_name(match["name"], known):
        return None
    name = match["name"]
    # "Laptop was stolen" begins as "Fiserv was breached" does.
    if match["verb"] and sum(char.isupper() for char in name) < 2:  # noqa: PLR2004
        return None
    return NamedVendor(name, *match.span("name"), Decimal("0.8" if match.end() >= len(text.rstrip(" .")) else "0.7"))


def is_name(text: str, known: tuple[str, ...] = ()) -> bool:
    """Return whether words can be an organization's name, and none of the known ones (nor a part or an extension of one)."""
    words = text.split()
    if (
        not words
        or words[0].lower().strip(".,") in _NO_NAMES
        or is_group_name(text)
        or is_group_name(f"a {text.lower()}")
    ):
        return False
    mine = f" {key(text)} "
    return not any(mine in f" {key(name)} " or f" {key(name)} " in mine for name in known if key(name))
