"""Names of vendors in what a feed says in words about an incident: labels, appositions, and who did the work.

For feeds that say by a field that there is a vendor, but not who it is. The rules never guess from a name alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from kg.extract.places import is_place
from kg.extract.relations import everywhere
from kg.extract.unnamed import is_debris
from kg.extract.veris.name_words import NAME, is_name, is_trade, is_whole
from kg.extract.veris.names import KIND_OF, domain
from kg.names import key, split_legal_form
from kg.nouns import PEOPLE
from kg.patterns import gaps, regex

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS = r"(?:[\w’'/&-]+\s+)"
VENDOR = (
    r"(?:sub-?contractor|contractor|vendor|business\s+associate|service\s+provider|supplier|sub-?processor|payment\s+processor|"
    r"outsourcer|third[- ]party(?:\s+(?:administrator|provider|company|firm|service|processor))?|business\s+partner|web\s+host|"
    r"(?:hosting|cloud|software|payroll|benefits?|billing|storage|mailing|shredding|transcription)\s+(?:provider|company|firm|service)|"
    r"(?:IT|IT\s+services?|managed\s+services?|technology|data|records?|claims|scanning|printing|disposal|recycling|marketing)\s+provider)"
)
"""What a vendor is called."""
_FIRM = (
    r"(?:firm|company|agency|bureau|provider|partner|consultant|consultancy|auditor|administrator|courier|shipper|printer|"
    r"accountant|recycler|processor|clearinghouse|laboratory|lab|developer|host|manufacturer|carrier|service)"
)
_FOR = r"\s+(?:that|which|who|hired|contracted|used|retained|employed|working|responsible|handling|providing|for|to)\b"
_LABEL = (
    r"(?:\b(?:the|its|their|name\s+of(?:\s+the)?)\s+)?\b(?:third[- ]party|(?:third[- ]party\s+)?(?:partner|vendor|business\s+associate|"
    r"contractor|supplier|provider))(?:['’]s)?(?:\s+name)?"
)
_DONE = (
    r"(?:out-?sourced\s+to|sub-?contracted\s+(?:out\s+)?to|contracted\s+(?:with|to|out\s+to)|under\s+contract\s+(?:with|to)|"
    r"(?:hosted|managed|operated|maintained|administered|processed|serviced|supplied|handled|stored|transcribed|printed|mailed)\s+by)"
)
_HELPER = regex(
    r"\b(?:security|forensic|antivirus|research|news|insurance|law|public relations|monitoring|investigat\w+|parent|holding|media)\b",
    re.IGNORECASE,
)
_HELPED = regex(
    r"\b(?:security|antivirus|anti-virus|forensics?|research|news|insurance|monitoring)\s\Z"
    r"|\b(?:sold\b[^.;\n]{0,60}?\sto|(?:discovered|detected|found|identified|uncovered)\sby)\s(?:an?|the)\s(?:[\w-]+\s){0,3}\Z",
    re.IGNORECASE,
)
"""What stands before one that helped, or bought what was stolen, and supplied nothing."""
_TELLING = regex(r"\s(?:reported|reports|says|said|wrote|writes|notes|noted|learned|has\slearned|found|believes)\b")
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
_OF_KEEPERS = frozenset(("held", "host", "kept", "stored"))
_STEMS = tuple(sorted(_OF_VENDORS | _OF_FIRMS | _OF_DEEDS | _OF_KEEPERS))
_RULES = tuple(
    (regex(pattern, re.IGNORECASE), Decimal(confidence), stems, regex(pattern.removeprefix(NAME), re.IGNORECASE))
    for pattern, confidence, stems in (
        (rf"{_LABEL}\s*(?:[:=]|\s[-–]|(?:\s+(?:is|was))?\s+(?:named|called|known\s+as)|\s+(?:is|was))\s*(?:the\s+)?{NAME}", "0.9", _OF_VENDORS),
        (rf"\b{VENDOR}(?:\s*\([A-Z]{{2,4}}\))?,?\s+(?:(?:called|named|known\s+as)\s+)?(?:the\s+)?{NAME}", "0.8", _OF_VENDORS),
        (rf"\b(?:an?|its|their|whose|our)\s+(?P<kind>{_WORDS}{{0,4}}?){_FIRM}(?:,\s+|,?\s+(?:called|named|known\s+as)\s+)(?:the\s+)?{NAME}", "0.8", _OF_FIRMS),
        (rf"{NAME}\s*[,(]\s*(?:an?|the|its|their|our)\s+(?P<kind>{_WORDS}{{0,5}}?){VENDOR}\b", "0.8", _OF_VENDORS),
        (rf"{NAME}\s+(?:is|was)\s+(?:an?|the|its|their|our)\s+(?P<kind>{_WORDS}{{0,5}}?)(?:{VENDOR}|partner)\b", "0.8", _OF_VENDORS),
        (rf"{NAME}\s*[,(]\s*(?:an?|the|its|their|our)\s+(?P<kind>{_WORDS}{{0,4}}?){_FIRM}{_FOR}", "0.7", _OF_FIRMS),
        (rf"\b{_DONE}\s+(?:the\s+)?{NAME}", "0.7", _OF_DEEDS),
        (rf"\b(?:stored|hosted|held|kept)\s+(?:with|on(?=(?-i:(?:\s[A-Z][\w.&]*){{1,3}}\s(?:Services|Cloud)\b)))\s+(?:the\s+)?{NAME}", "0.7", _OF_KEEPERS),
    )
)  # fmt: skip
"""Patterns, how sure they are, stems one of which is in every phrase that they match, and what stands behind a name in front: that is soon found."""
_OWN = regex(
    rf"\s*(?:[Tt]he\s+)?{NAME}(?=\s*(?:\Z|\.(?!\w)|[,;:(\n?]|\s[-–]\s|(?P<sentence>\s(?:He|She|It|They|The|This|These|An?)\s)"
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
_QUALITY = regex(r"[\s-](?:compliant|certified|based|accredited|approved|owned)\b")
_POSSESSED = regex(r"\s{1,3}([a-z]+)")
_NOT_POSSESSED = frozenset(
    """
    a accidentally after and are as at because before but by did does during failed for from had has have in inadvertently is left lost mailed
    may might mistakenly of on or sent stole that the to told was were when where which while who will with would
    """.split()
)
"""What follows a name that ends as a possessive does ("Moody's lost it")."""
_EQUALS = regex(r"(?:\b(?:is|was|by|to|with)|[:=–-])\s{0,3}(?:the\s{1,3})?\Z", re.IGNORECASE)
_REACH = 12
_HIRED = regex(r"\s(?:was|had\sbeen)\s(?:(?:hired|retained|engaged)\sto\s[a-z]|hired\s(?:by|as|for)\b)")
_WHO = regex(r".{0,2}\Z|[A-Z][a-z]+(?:er|or|ist|man|ian|[ae]nt|ee|ief)\Z")
"""One that is hired, and whom no name tells ("Hacker")."""
_THING = (
    r"(?:portals?|web\s?sites?|sites?|servers?|systems?|databases?|networks?|platforms?|software|buckets?|warehouses?|facility|facilities|trucks?|"
    r"vans?|data\s?cent(?:er|re)s?)"
)
_POSSESSOR = regex(
    rf"\s{{0,9}}(?:(?:The|An?)\s+)?{NAME}(?:['’]s\s+(?:[a-z-]{{1,20}}\s+){{0,2}}(?:{_THING}|employees?|staff|laptops?)\b"
    r"|(?<!['’]s)\s(?:employees?|staff|workers?)\b(?!\s(?:of|at|from|for)\b))"
)
_BELONGING = regex(rf"\b{_THING}\s+belonging\s+to\s+(?:the\s+)?{NAME}", re.IGNORECASE)
_STAFF_OF = regex(
    r"\s{0,9}(?:(?-i:(?:[A-Z][\w.'’-]{0,20}\s){0,3}[A-Z][\w'’-]{0,20}),\s)?(?:(?!former|ex-)[\w-]{1,15}\s){0,3}?"
    r"(?:(?:employees?|staff|workers?|consultants?|technicians?|engineers?|representatives?)\s(?:of|at|from)|contractors?\sfrom|work(?:s|ing)\sfor)\s"
    rf"(?:the\s+)?{NAME}",
    re.IGNORECASE,
)
"""Somebody, named or not, who works for a firm: that is the partner."""
_LONGEST_LIST = 300
_LONGEST = 20_000
_AROUND = 120
_WEAK = Decimal("0.7")


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
        for rule, confidence, stems, behind in _RULES
        if not stems.isdisjoint(there) and behind.search(text, start, end)
        for match in rule.finditer(text, start, end)
    ]
    for confidence, match in sorted(found, key=lambda item: (-item[0], item[1].start("name"))):
        kind = match.groupdict().get("kind") or ""
        name, start = _told(text, match), match.start("name")
        if name and not _HELPER.search(kind) and is_name(name, known) and key(name) not in met:
            met.add(key(name))
            yield NamedVendor(name, start, start + len(name), confidence)


def _told(text: str, match: re.Match[str]) -> str:
    """The name that a rule found, "" where what it found is none: only a part of one, or a quality ("is HIPAA compliant")."""
    name, end = match["name"], match.end("name")
    if not is_whole(text, name, end) or _QUALITY.match(text, end):
        return ""
    if _HELPED.search(text, max(0, match.start() - _AROUND), match.start()):
        return ""
    if _TELLING.match(text, end) and text[match.start() : match.start("name")].rstrip().endswith(","):
        return ""  # "got in through a contractor, Alder News reported"
    if name[-2:] in {"'s", "’s"} and (after := _POSSESSED.match(text, end)) and after[1] not in _NOT_POSSESSED:
        # "Payroll vendor Alder's portal"; but a vendor that is "Alder's hosting provider" is another.
        return "" if _EQUALS.search(text, max(0, match.start("name") - _REACH), match.start("name")) else name[:-2]
    return name


def _passages(text: str) -> Iterator[tuple[int, int, set[str]]]:
    """The parts of a text around the stems that the rules need, with those in it; the rules are slow, and most text has none."""
    lower = text.lower()
    if len(lower) != len(text):  # a few letters have no small form of one character
        yield 0, len(text), set(_STEMS)
        return
    first = last = -1
    there: set[str] = set()
    for place, stem in sorted((at, known) for known in _STEMS if known in lower for at in everywhere(lower, known)):
        if last < place - _AROUND:
            if last >= 0:
                yield first, last, there
            first, there = max(0, place - _AROUND), set()
        last = min(len(text), place + _AROUND)
        there.add(stem)
    if last >= 0:
        yield first, last, there


def own_names(text: str, known: tuple[str, ...] = ()) -> list[NamedVendor]:
    """Return the names that a note about vendors consists of, or the one that it begins with, or names as one."""
    items = [match.span() for match in _ITEM.finditer(text)] if len(text) <= _LONGEST_LIST else []
    spans = [part for item in items for part in _firms(text, *item)]
    found = [_own(text, start, end, known) for start, end in spans] if len(spans) > 1 else []
    named = [name for name, (_, end) in zip(found, spans, strict=False) if name and name.end >= _last(text, end)]
    if named and len(named) == len(spans):
        guess = _GUESSED.match(text) is not None  # "Possibly Alder Ltd and Birch Ltd": said of both
        return [replace(name, guessed=name.guessed or guess) for name in named]
    only = (
        _weak(text, _STAFF_OF.match(text[:_LONGEST_LIST]), known)
        or own_name(text, known)
        or next(vendors(text, known), None)
        or _owner(text, known)
    )
    return [replace(only, guessed=only.guessed or _GUESSED.match(text) is not None)] if only else []


def own_name(text: str, known: tuple[str, ...] = ()) -> NamedVendor | None:
    """Return the name that a note about one organization consists of, or begins with; None where there is none."""
    if text[:1].islower() or text[:1] == "[":  # "alder.example" and "[12]3.example" begin as no name does
        site = text.rstrip(" .\n")
        if domain(site.replace("[", "").replace("]", "")) and is_name(site, known):
            return NamedVendor(site, 0, len(site), Decimal("0.8"))
    return _own(text, 0, len(text), known)


def _own(text: str, start: int, end: int, known: tuple[str, ...]) -> NamedVendor | None:
    guess = _GUESSED.match(text, start, end)
    match = _OWN.match(text, guess.end() if guess else start, end)
    if match is None or not _may_own(text, match["name"], match.end("name"), known):
        return None
    name = match["name"]
    # "Laptop was stolen" begins as "Fiserv was breached" does; but only somebody is hired.
    hired = (
        match["verb"]
        and _HIRED.match(text, match.end("name"))
        and not _WHO.match(name)
        and f"{name.lower()}s" not in PEOPLE
    )
    if match["verb"] and not hired and not _is_odd(name):
        return None
    # "Unfortunately, it was lost"
    if text[match.end("name") : match.end("name") + 1] == "," and name.endswith("ly") and name.isalpha():
        return None
    guessed = guess is not None or _GUESSED_AFTER.match(text, match.end("name"), end) is not None
    whole = match.end() >= _last(text, end)
    return NamedVendor(name, *match.span("name"), Decimal("0.8" if whole else "0.7"), guessed)


def _may_own(text: str, name: str, end: int, known: tuple[str, ...]) -> bool:
    """Whether a name in a note, that ends at `end`, can be that of the organization which the note is about."""
    return is_whole(text, name, end) and is_name(name, known) and not is_trade(name) and not is_place(name)


def _is_odd(name: str) -> bool:
    """Whether a name is spelled as no other word is."""
    return sum(char.isupper() for char in name) > 1


def _owner(text: str, known: tuple[str, ...]) -> NamedVendor | None:
    """The organization whose thing or staff a note names ("ADP's portal", "ADP employee", "a server belonging to Alder")."""
    match = _POSSESSOR.match(text[:_LONGEST_LIST])
    if match and _is_odd(match["name"]) and (found := _weak(text, match, known)):
        return found
    match = _BELONGING.search(text[:_LONGEST]) if "belonging" in text else None
    return _weak(text, match, known) if match and _told(text, match) == match["name"] else None


def _weak(text: str, match: re.Match[str] | None, known: tuple[str, ...]) -> NamedVendor | None:
    """The organization that a rule for notes found, if it is one."""
    if match and _may_own(text, match["name"], match.end("name"), known):
        return NamedVendor(match["name"], *match.span("name"), _WEAK)
    return None


def _last(text: str, end: int) -> int:
    """Where a part of a text ends without blanks and the full stop."""
    return len(text[:end].rstrip(" .\t\r\n"))


def _firms(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The firms of one item, parted where each of them ends in a legal form or one is spelled as no other word is; else the item itself."""
    parts: list[tuple[int, int]] = []
    for at, stop in gaps(_JOINT, text, start, end):
        if parts and is_debris(text[at:stop]):
            parts[-1] = parts[-1][0], stop
        else:
            parts.append((at, stop))
    told = [text[slice(*part)].strip() for part in parts]
    odd = sum(_is_odd(name) and " " not in name for name in told)
    # "Alder and FedEx"; but "Alder and Birch" may be one firm
    sure = (odd == len(told) or (odd and " and " in text[start:end])) and not any(map(KIND_OF.match, told))
    return parts if sure or all(split_legal_form(name)[1] for name in told) else [(start, end)]
