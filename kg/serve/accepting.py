"""Content negotiation: which of the media types on offer a client wants most (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterable

_TOKEN = r"[\w!#$%&'*+.^`|~-]+"  # noqa: S105 - the word of the RFC
_RANGE = regex(rf'({_TOKEN})/({_TOKEN})((?:\s*;\s*{_TOKEN}=(?:"[^"]*"|{_TOKEN}))*)\s*(?:,|\Z)', re.ASCII)
_QUALITY = regex(r";\s*q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\s*(?:;|\Z)", re.IGNORECASE)
_LONGEST = 4096
"""Characters of a header that are looked at."""


def best(accept: str | None, offered: Iterable[str]) -> str:
    """Return the media type that a client wants most of those offered, "" if it wants none of them.

    Of those it wants alike, the first. Parameters of a range other than q are passed over; so is what is no range.
    """
    types = list(offered)
    if accept is None or not accept.strip():
        return types[0]
    ranges = [
        (kind.lower(), sub.lower(), _quality(parameters)) for kind, sub, parameters in _RANGE.findall(accept[:_LONGEST])
    ]
    wanted = [_wanted(media_type, ranges) for media_type in types]
    most = max(wanted)
    return types[wanted.index(most)] if most > 0 else ""


def _quality(parameters: str) -> float:
    found = _QUALITY.search(parameters)
    return float(found[1]) if found else 1.0


def _wanted(media_type: str, ranges: list[tuple[str, str, float]]) -> float:
    """The q of the narrowest range that a media type falls under."""
    kind, sub = media_type.split("/")
    for narrow in ((kind, sub), (kind, "*"), ("*", "*")):
        found = [quality for *told, quality in ranges if tuple(told) == narrow]
        if found:
            return max(found)
    return 0.0
