"""Names of vendors in what a feed says in words about an incident: labels, appositions, and who did the work.

For feeds that say by a field that there is a vendor, but not who it is. The rules never guess from a name alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.counts import is_group_name
from kg.extract.places import is_place
from kg.extract.unnamed import is_debris, is_unnamed
from kg.names import key, split_legal_form
from kg.nouns import LONE_TRADES
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
    rf"\s*(?:The\s+)?{_NAME}(?=\s*(?:\Z|[.,;:(\n?]|\s[-–]\s|(?P<sentence>\s(?:He|She|It|They|The|This|These|An?)\s)"
    r"|(?P<verb>\s(?:was|is|had|has|lost|sent|mailed|handles?|provides?|hosts?|failed|left|which|who|accidentally|inadvertently)\b)))"
)
_GUESS = r"(?:possibl[ey]|probabl[ey]|likely|perhaps|maybe|allegedly|presumably|apparently|reportedly|potentially|supposedly|suspected|believed|unconfirmed)"
_GUESSED = regex(
    rf"\s{{0,9}}(?:(?:(?:it\s)?(?:is|was)\s)?(?:most\s|very\s)?{_GUESS}\s{{1,3}}(?:to\s(?:be|have\sbeen)\s{{1,3}})?|(?:may|might|could)\s(?:be|have\sbeen)\s{{1,3}})",
    re.IGNORECASE,
)
"""How a note begins that guesses."""
_GUESSED_AFTER = regex(
    rf"\s{{0,3}}[?]|\s{{0,3}}[-–(,:;]\s{{0,3}}(?:most\s|very\s)?{_GUESS}\b|\s{{0,3}}\([?]", re.IGNORECASE
)
_ITEM = regex(r"[^;\n]+")
_JOINT = regex(r"\s{0,3},\s{1,3}(?:(?:and|&)\s)?|\s(?:and|&)\s|\s/\s|(?<=\w\w\w)/(?=[A-Z])")
_LONGEST_LIST = 300
_LONGEST = 20_000
_AROUND = 120
_PERSONS = LONE_TRADES - frozenset("affiliate apartment printer restaurant shop store".split()) | frozenset(
    """
    administrator archivist caterer cleaner collector consultant custodian driver guard intern investigator mailman nurse physician
    postman programmer scanner secretary staffer student temp trainer transcriber translator tutor volunteer webmaster worker
    """.split()
)
"""What a note calls a partner by that it does not name, alone or behind another word ("Debt Collector")."""
_TRADES = _PERSONS | LONE_TRADES
"""What it calls it by alone."""
_KINDS = frozenset(
    """
    agency archive archives benefit benefits billing cafeteria call care center centre claims cleaning cloud collection collections company courier data
    debt delivery development disposal document email firm health helpdesk host hosting house hvac insurance it janitorial lab laboratory laptop law mail
    mailing mailroom management manager marketing medical office online outside payment payroll pharmacy print printing processing record records
    recycling security service services shipping shredding software staffing storage subsidiary support tax tech technology temporary transcription
    waste web
    """.split()
)
"""Words that tell a line of work, when there is none beside them."""
_NO_NAMES = frozenset(
    """
    a after all an and another as at before business by customer customers data during employee employees external
    for former from he her his if in information internal it its laptop no none not of on one other our partner
    partners patient patients police records she some stolen the their there these they third this those two unknown
    unnamed vendor vendors when while january february march april may june july august september october november
    possibly probably likely perhaps maybe allegedly presumably apparently reportedly potentially supposedly suspected suspect believed
    formerly previously former ex not
    december monday tuesday wednesday thursday friday saturday sunday attorney dr mr mrs ms
    """.split()
)


@dataclass(frozen=True, slots=True)
class NamedVendor:
    """A vendor's name in a text: `text[start:end]`, how sure the rule is, and whether the text only guesses."""

    name: str
    start: int
    end: int
    confidence: Decimal
    guessed: bool = False


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


def own_names(text: str, known: tuple[str, ...] = ()) -> list[NamedVendor]:
    """Return the names that a note about vendors consists of, or the one that it begins with, or names as one."""
    items = [match.span() for match in _ITEM.finditer(text)] if len(text) <= _LONGEST_LIST else []
    spans = [part for item in items for part in _firms(text, *item)]
    found = [_own(text, start, end, known) for start, end in spans] if len(spans) > 1 else []
    named = [name for name in found if name]
    if (
        named
        and len(named) == len(spans)
        and all(name.end >= _last(text, end) for name, (_, end) in zip(named, spans, strict=True))
    ):
        guess = _GUESSED.match(text) is not None  # "Possibly Alder Ltd and Birch Ltd": said of both
        return [replace(name, guessed=name.guessed or guess) for name in named]
    only = own_name(text, known) or next(vendors(text, known), None)
    return [replace(only, guessed=only.guessed or _GUESSED.match(text) is not None)] if only else []


def own_name(text: str, known: tuple[str, ...] = ()) -> NamedVendor | None:
    """Return the name that a note about one organization consists of, or begins with; None where there is none."""
    return _own(text, 0, len(text), known)


def _own(text: str, start: int, end: int, known: tuple[str, ...]) -> NamedVendor | None:
    guess = _GUESSED.match(text, start, end)
    match = _OWN.match(text, guess.end() if guess else start, end)
    if match is None or not is_name(match["name"], known) or _is_trade(match["name"]) or is_place(match["name"]):
        return None
    name = match["name"]
    # "Laptop was stolen" begins as "Fiserv was breached" does.
    if match["verb"] and sum(char.isupper() for char in name) < 2:  # noqa: PLR2004
        return None
    guessed = guess is not None or _GUESSED_AFTER.match(text, match.end("name"), end) is not None
    whole = match.end() >= _last(text, end)
    return NamedVendor(name, *match.span("name"), Decimal("0.8" if whole else "0.7"), guessed)


def _last(text: str, end: int) -> int:
    """Where a part of a text ends without blanks and the full stop."""
    while end and text[end - 1] in " .\t\r\n":
        end -= 1
    return end


def _firms(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The firms of one item, parted where each of them ends in a legal form; the item itself where not."""
    parts: list[tuple[int, int]] = []
    at = start
    for match in [*_JOINT.finditer(text, start, end), None]:
        stop = match.start() if match else end
        if parts and is_debris(text[at:stop]):
            parts[-1] = parts[-1][0], stop
        else:
            parts.append((at, stop))
        at = match.end() if match else end
    return parts if all(split_legal_form(text[slice(*part)].strip())[1] for part in parts) else [(start, end)]


def _is_trade(name: str) -> bool:
    """Whether words tell a trade ("Printer", "Debt Collector"), and are no name."""
    *before, last = words = name.lower().split()
    if _KINDS.issuperset(words):
        return True
    return (last in (_PERSONS if before else _TRADES) and len(before) < 2) or is_unnamed(name)  # noqa: PLR2004


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
