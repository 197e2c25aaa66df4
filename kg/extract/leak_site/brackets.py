"""Brackets in the titles of leak-site posts, and what stands between the parts of one: which of it belongs to a name."""

from __future__ import annotations

import re

from kg.extract.concepts import find_data_types
from kg.extract.domains import DOMAIN
from kg.extract.leak_site.talk import is_state, tells_state
from kg.extract.places import is_place
from kg.names import split_legal_form
from kg.patterns import regex

BRACKET = regex(r"\s*[(\[{]([^()\[\]{}]{0,200})[)\]}]\s*")
BETWEEN = regex(r"(\s+[-–—|»/\\]+\s+|\s*[|»]\s*|\s*[:;]\s+|\s[-–—]+(?=\S)|(?<=\S)[–—]\s|,\s+(?=(?:https?://|www\.)))")
"""What stands between the parts of a title."""
_GLUED = regex(r"(?P<site>\S+\.[a-z]{2,24})-(?P<state>[^\s.]+)", re.IGNORECASE)
_ADDRESSED = regex(r"(?<=[\w.)])\s((?:https?://|www\.)\S{1,300})\s(?=\w)(?!https?://|www\.)", re.IGNORECASE)
"""An address between the name and what is told besides."""
_OPENED = regex(r"[(\[{«]")
_RELATED = regex(r"\s(?:of|by|to)\s", re.IGNORECASE)
ENDS = frozenset(
    """
    group groupe grupo gruppe holding holdings company co sons partners associates friends family services service solutions international global
    technologies technology systems software labs media ventures industries enterprises
    """.split()
)
"""Words that are no name of their own behind a domain, besides legal forms."""
_ROOTED = frozenset(
    """
    hospital hospitals clinic clinica clínica klinik klinikum krankenhaus municipality município municipio municipalidad comune commune gemeinde mairie city county
    district ministry ministerio ministério department police court parish diocese
    """.split()
)
"""What there is in one country only, so that the country behind the name is no part of it."""
TAIL = regex(
    r"[\s,:-]+(?:(?:has|have|was|were|is|are|been|got|just|now|full|data|all|internal|confidential|access(?=\s+for\s)|files?|documents?|databases?|customers?|clients?)\s+)*+"
    r"(?:leak(?:s|ed|age)?(?:\s+posts?)?|breach(?:ed)?|hack(?:ed)?|dump(?:ed)?|attacked|published|sold|encrypted|stolen|exposed|announce[sd]?|announcement|(?-i:for\s+sale|FOR\s+SALE|(?<=\b[Aa]ccess\s)For\s+Sale))\b[\s!.]*\Z",
    re.IGNORECASE,
)
"""What is told at the end of a title of what was done."""
PORTION = regex(
    r"[\s,.:-]+(?:(?:more\s+than|over|about|up\s+to)\s+)?(?:part\s*\d+|\d+(?:[.,]\d+)?\s?[kmgt]b|\d{1,3}\s?%)(?:\s+\w+){0,2}\Z",
    re.IGNORECASE,
)
"""What is told there of how much was taken, or which part of it is there."""
_WHOLE_OF = r"(?:(?:a|the)\s(?:wholly[\s-]owned\s)?)?(?:subsidiary|division|branch|unit|part|company)\sof|(?:wholly\s|now\s)?owned\sby|belongs\sto|acquired\sby"
_PART_OF = (
    regex(
        rf"\s?[(\[]\s?(?:{_WHOLE_OF})\s(?P<owner>(?-i:[^a-z\W])[^()\[\]]{{1,80}}?)(?:,?\s(?:in|since)\s[\w\s]{{0,12}}\d{{4}})?\s?[)\]]",
        re.IGNORECASE,
    ),
    regex(
        rf"(?:,|\s[-–—])\s(?=(?:a|the)\s)(?:{_WHOLE_OF})\s(?P<owner>(?-i:[^a-z\W])[^()\[\]]{{1,80}}?)(?=\s[-–—|]|\Z)",
        re.IGNORECASE,
    ),
)
"""Whose part somebody is, in brackets, and behind the name."""
_NO_OWNER = regex(
    r"\b(?:attacks?|campaigns?|breach(?:es)?|hacks?|leaks?|incidents?|dumps?|series|fortune\s(?:global\s)?\d+|nasdaq|nyse|s&p)\b",
    re.IGNORECASE,
)
"""What a victim is part of that owns nobody."""
DEALING = regex(
    r"(?:an?\s|the\s)?(?:former\s)?(?:clients?|customers?|partners?|suppliers?|vendors?|contractors?|affiliates?|members?|brands?)\s(?:of|for|to)\s\S",
    re.IGNORECASE,
)
"""What a bracket holds that tells with whom somebody deals; of what kind the dealings are is not sure enough."""
LABELLED = regex(r"[^\W\d][\w. ]{0,20}:\s*\S")
"""What a bracket holds that tells something by its name: "NASDAQ: BAR", "revenue: $5M"."""
AMOUNT = regex(r"[$€£]?\d[\d.,]*\s?(?:[KkMmBb]n?|million|billion)?\+?[$€£]?\s[a-z]{3,20}\Z")
"""What a bracket holds that tells how much there is of something: "200M revenue"."""

DESCRIBING = regex(
    r"(?:the|an?)\s(?:\S+\s){0,3}?(?-i:(?!(?:of|and|for|in|at|on|by|with)\b)[a-z]{3,}\b)|(?:magnet|torrent|onion|mirror)s?(?:\slinks?)?\Z",
    re.IGNORECASE,
)
"""What a bracket holds that tells what somebody does, or how to get the files."""


def part_of(text: str) -> re.Match[str] | None:
    """Return where a title says of whom its victim is a part."""
    if not _RELATED.search(text):
        return None
    match = next((match for pattern in _PART_OF if (match := pattern.search(text, 1))), None)
    if match is None or _NO_OWNER.search(match["owner"]) or is_place(match["owner"]):
        return None
    return None if is_state(match["owner"]) or tells_state(match["owner"].casefold().split()) else match


def is_of_name(before: str, behind: str) -> bool:
    """Return whether a place in brackets between two texts is part of a name.

    It is where a word of a name follows, or nothing does and what stands before is no whole name: "Alder Bank (Peru)"
    is not the Alder Bank of another country, while "Alder Inc. (Peru)" is told in full without it.
    """
    before, following = before.strip(" ,"), behind.split()
    if not before or before[-1] in "-–—|/\\:;":
        return False
    words = [word.strip(".,") for word in before.casefold().split()]
    whole = words[-1] in ENDS or not _ROOTED.isdisjoint(words) or split_legal_form(before)[1] != ""
    name = BETWEEN.split(f" {behind}")[0].strip(" ,;!.")
    ended = not name or behind[:1] in ",;:" or DOMAIN.fullmatch(following[0].strip("<>,;")) is not None
    if ended or tells_state(name.casefold().split()) or TAIL.fullmatch(f" {name}"):
        return not whole
    return True


def split(text: str) -> list[str]:
    """Return the parts of a title, with what stands between them; what is in brackets stays together, and so do « and »."""
    if not _OPENED.search(text):
        return BETWEEN.split(text)
    closed = [match.span() for match in BRACKET.finditer(text)]
    quoted, found, done = "«" in text, [], 0
    for match in BETWEEN.finditer(text):
        start, end = match.span()
        if any(first < start < last - 1 for first, last in closed) or (quoted and "»" in match[0]):
            continue
        found += [text[done:start], match[0]]
        done = end
    return [*found, text[done:]]


def unglued(text: str) -> str:
    """Return a title with hyphens between blanks around an address, and where one joins a state of the extortion to a domain ("ALDER.COM-FILES-PART1")."""
    text = _ADDRESSED.sub(r" - \1 - ", text)
    glued = _GLUED.fullmatch(text)
    if glued is None or not tells_state(glued["state"].casefold().split("-")):
        return text
    return f"{glued['site']} - {glued['state']}"


def is_data(part: str) -> bool:
    """Return whether a part of a title is a kind of data ("passwords")."""
    return any(end - start == len(part) for start, end, _ in find_data_types(part, 0, len(part)))
