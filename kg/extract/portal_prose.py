"""Who is named in the account of a breach portal: business associates, which are vendors, and covered entities.

The accounts call the two "business associate (BA), NAME" and "covered entity (CE), NAME". Talk of agreements with
business associates names nobody who took part.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.extract.concepts import data_concept, split_data_types
from kg.names import clean, split_legal_form
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Span

_FORM = r"(?:,? (?:Inc|LLC|L\.L\.C|Ltd|LLP|LP|L\.P|PLLC|PLC|Corp|Corporation|Co|P\.?C|P\.?A|N\.?A|P\.?S\.?C|M\.?D|D\.?D\.?S)\b\.?)"
_WORD = r"(?:(?:St|Dr|Drs|Mt|Ft|Jr|Sr|[A-Z])\.(?=[ ,])|(?:[A-Z]\.){2,}|[A-Z0-9&][\w&'’/-]*+(?:\.[\w&'’/-]++)*+)"
_NAME = rf"{_WORD}(?:{_FORM}|,? (?:d/b/a|dba|D/B/A|DBA)(?= [A-Z])|(?: (?:of|and|the|for|&|de|del|la|y|at|in))++(?= [A-Z0-9])| {_WORD}| \([A-Z][\w-]*\))*+"
_MARK = r"(?:\s*\((?:the )?[\"“]?(?:BAs?|CEs?|CE's)[\"”]?\))?"
_ASSOCIATE = rf"[Bb]usiness [Aa]ssociates?(?:['’]s)?{_MARK}"
_ENTITY = rf"[Cc]overed [Ee]ntity(?:['’]s)?{_MARK}"
_BEHIND = regex(
    rf"(?:{_ASSOCIATE}(?: and [a-z][a-z -]{{3,40}})?,|[Bb]usiness [Aa]ssociates? ?\(BAs?\)) (?P<name>{_NAME})"
)
_AHEAD = regex(
    rf"(?P<name>{_NAME}),? (?:is |was |as )?(?:an?|the|its|their|our|[a-z]+['’]s)(?: (?!covered|of\b|that|which)[\w-]+){{0,7}}? {_ASSOCIATE}(?! agreement)"
)
_AGREED = regex(rf"[Bb]usiness [Aa]ssociate agreements? with (?P<name>{_NAME})")
_ENTITY_BEHIND = regex(rf"{_ENTITY},? (?P<name>{_NAME})")
_OWNER = regex(rf"(?P<name>{_NAME})(?<=['’]s|s['’]) (?:former )?{_ASSOCIATE}(?! agreement)")
_SPOKEN = regex(rf"{_ASSOCIATE}(?!\s*(?:agreement|contract))(?! (?:to|and)\b)")
_SENTENCE = regex(r"[^.]*(?:\.(?!\s+[A-Z\\]|\s*\Z)[^.]*)*\.?")
_NOBODY = regex(
    r"(?:The|A|An|In|On|Following|Upon|After|During|When|As|At|By|For|This|That|These|It|CE|CEs|BA|BAs|OCR|HHS|PHI|ePHI|HIPAA|Business Associate|Covered"
    r"|Agreements?|Immediately|Although|However|Additionally|Contracts?|Act|Rules?)\b(?:[ '’]|\Z)"
)
_TELLS = r"(?:includ(?:ed|es|ing)|contain(?:ed|s|ing)|consist(?:ed|s) of|compris(?:ed|es)|involv(?:ed|es|ing))"
_LISTED = regex(
    r"\b(?:PHI|ePHI|information|data|records?|files?|letters?|tapes?|disks?|discs?|drives?|servers?|computers?|laptops?|forms?|reports?|documents?|database|devices?)\b"
    rf"[^.;]{{0,120}}?\b{_TELLS}\s+(?P<list>[^;]{{3,700}}?)(?=[;]|\.(?:\s|\Z)|\Z)",
    re.IGNORECASE,
)
_LATER = regex(rf"\b{_TELLS}(?: (?:the )?(?:patients?|individuals?|members?)['’]s?)?\s")
_WHOSE = regex(
    r"\s+(?:of(?! (?:birth|service|death|kin|admission))|for|on|to|from|and\Z|regarding|related|belonging|pertaining|affecting|requiring|was|were|which|that|who)\b.*\Z",
    re.DOTALL,
)
_NOT_DATA = regex(r"(?:but|no|not|on|to|in|if|when|were|was|other than|none|any|\d)\b", re.IGNORECASE)
_JOINED, _ASIDE, _OWNS, _LETTERS = (
    regex(r"(?<=\S) and "),
    regex(r"\s*\([^)]*\)?\Z"),
    regex(r"['’]s\Z"),
    regex(r"[^\W\d_]{2}"),
)
_LONGEST = 20_000
"""Characters of an account that are read."""


def associates(story: str, *, involved: bool) -> list[tuple[str, Span]]:
    """Return the business associates that an account names, with the characters of each name.

    Args:
        story: the account.
        involved: whether the portal says that one had part in the breach; one that an agreement was made with is it then.
    """
    patterns = [_BEHIND, _AHEAD] + ([_AGREED] if involved else [])
    for pattern in patterns:
        found = list(_names(pattern, story))
        if found:
            return found
    return []


def covered_entities(story: str) -> list[tuple[str, Span]]:
    """Return the covered entities that an account names, with the characters of each name."""
    found = list(_names(_ENTITY_BEHIND, story)) or list(_names(_OWNER, story))
    return found[:1]


def speaks_of_associate(story: str) -> Span | None:
    """Return where the first two sentences of an account speak of a business associate that nobody names, else None."""
    ends = [match.end() for match in _SENTENCE.finditer(story[:_LONGEST]) if match[0].strip()]
    match = _SPOKEN.search(story, 0, ends[min(1, len(ends) - 1)] if ends else 0)
    return match.span() if match else None


def exposed(story: str) -> Iterator[tuple[str, str, Span]]:
    """Yield (words, concept, characters) for each kind of data that an account lists as having been in reach."""
    told: set[str] = set()
    for match in _LISTED.finditer(story[:_LONGEST]):
        begin = max((later.end() for later in _LATER.finditer(match["list"])), default=0)
        text = match["list"][begin:]
        for start, end, _ in split_data_types(text):
            kind = _WHOSE.sub("", text[start:end])
            words = " ".join(kind.split())
            if _NOT_DATA.match(words):
                continue
            if (concept := data_concept(words)) and words.casefold() not in told and len(words) < _LONGEST_KIND:
                told.add(words.casefold())
                at = match.start("list") + begin + start
                yield words, concept, (at, at + len(kind))


_LONGEST_KIND = 80
"""Characters; what is longer is a clause."""


def _names(pattern: re.Pattern[str], story: str) -> Iterator[tuple[str, Span]]:
    """The names that a pattern finds, each once; two that "and" joins behind a plural are two."""
    told: set[str] = set()
    for match in pattern.finditer(story[:_LONGEST]):
        plural = "ssociates" in match[0].removesuffix(match["name"])
        start = match.start("name")
        for part in _JOINED.split(match["name"]) if plural else [match["name"]]:
            at = story.index(part, start)
            name = clean(_ASIDE.sub("", part).rstrip(" ,;:'’"))
            name = name if split_legal_form(name)[1] else name.rstrip(".")
            name = _OWNS.sub("", name)
            if _LETTERS.search(name) and not _NOBODY.match(name) and name.casefold() not in told:
                told.add(name.casefold())
                yield name, (at, at + len(name)) if story.startswith(name, at) else (at, at + len(part))
            start = at + len(part)
