"""The sources that a feed prints in one field: several addresses with blanks, commas or semicolons between, dates behind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kg.dates import parse_edtf
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.dates import PartialDate

# A comma or semicolon belongs to an address unless a blank, another address or the end follows.
_ADDRESS = regex(
    r"(?<![^\s,;|<>()\[\]\"'])(?:https?://|www\.)(?:(?![;,|]+(?:\s|https?://|www\.|\Z))[^\s<>\"|])+", re.IGNORECASE
)
_DATED = regex(
    r"[\s,;.?]{0,3}[(\[]\s?(?:accessed\s)?(?P<year>\d{4})[-/.]?(?P<month>\d\d)[-/.]?(?P<day>\d\d)\s?[)\]]",
    re.IGNORECASE,
)
_CLOSING = {")": "(", "]": "[", "}": "{"}
_HOST = regex(r"(?=[^/]{4,253}\Z)(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,}(?::\d{1,5})?\Z")
_TYPES = (
    ("social", regex(r"(?:\A|\.)(?:twitter|x|facebook|reddit|linkedin|instagram|youtube|t|mastodon)\.(?:com|co|social)\Z")),
    ("leak-site", regex(r"(?:\A|\.)(?:pastebin|ghostbin|zone-h|zone-hc)\.(?:com|org)\Z|\.onion\Z")),
    ("government", regex(r"(?:\A|\.)(?:gov|mil|gouv|gob|govt|gc)(?:\.[a-z]{2})?\Z|\.europa\.eu\Z|\.state\.[a-z]{2}\.us\Z")),
)  # fmt: skip
_FILING = regex(r"breach|notif|idtheft|identity-?theft|edgar", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """One address of a printed list.

    Attributes:
        url: the address, with a scheme.
        type: a slug of the source-type scheme, by the host; "article" where it tells nothing.
        start: first character of the address in the list.
        end: the character after its last.
        seen: the day printed behind it in brackets, on which it was read.
        until: the character after that, or `end`.
    """

    url: str
    type: str
    start: int
    end: int
    seen: PartialDate | None = None
    until: int = 0


def references(text: str) -> Iterator[Reference]:
    """Yield the addresses of a printed list, each once, cleaned of what stands around them."""
    met: set[str] = set()
    for match in _ADDRESS.finditer(text):
        start, end = match.start(), match.start() + len(trimmed(match[0]))
        printed = text[start:end]
        url = printed if printed[:4].lower() == "http" else f"http://{printed}"
        kind = source_type(url)
        if kind and _same(url) not in met:
            met.add(_same(url))
            dated = _DATED.match(text, end)
            seen = _day(dated) if dated else None
            yield Reference(url, kind, start, end, seen, dated.end() if dated and seen else end)


def source_type(url: str) -> str:
    """Return the source-type slug that an address suggests, "" where it is no address."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ""
    kind = _host_type(host) if parts.scheme.lower() in {"http", "https"} else ""
    return "filing" if kind == "government" and _FILING.search(parts.path) else kind


@lru_cache(maxsize=4096)
def _host_type(host: str) -> str:
    """The source-type slug of a host, "" where it is none; a feed cites the same hosts again and again."""
    if not _HOST.match(host):
        return ""
    return next((slug for slug, pattern in _TYPES if pattern.search(host)), "article")


def trimmed(printed: str) -> str:
    """Return an address without the punctuation of the text around it; a bracket stays where its partner is in it."""
    end = len(printed)
    unpaired = {mark: printed.count(mark) - printed.count(opening) for mark, opening in _CLOSING.items()}
    while end:
        last = printed[end - 1]
        if last in _CLOSING and unpaired[last] > 0:
            unpaired[last] -= 1
        elif last not in ".,;:'\"!?*":
            break
        end -= 1
    return printed[:end]


def _same(url: str) -> str:
    return re.sub(r"\Ahttps?://(?:www\.)?", "", url, flags=re.IGNORECASE).rstrip("/")


def _day(match: re.Match[str]) -> PartialDate | None:
    try:
        return parse_edtf(f"{match['year']}-{match['month']}-{match['day']}")
    except ValueError:
        return None
