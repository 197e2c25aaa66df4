"""Links of Markdown and HTML cells: a cell says the words that are shown, and the address stands around them."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from kg.patterns import regex

if TYPE_CHECKING:
    from kg.model import Span

_MARKDOWN = regex(
    r"(?<!!)\[(?P<words>[^\[\]\n]{1,300})\]\(<?(?P<url>https?://[^\s()<>]{1,2000})>?(?:\s\"[^\"\n]{0,300}\")?\)"
)
_ANCHOR = regex(
    r"<a\s[^<>]{0,600}?href=[\"'](?P<url>https?://[^\"'<>\s]{1,2000})[\"'][^<>]{0,600}>(?P<words>[^<>]{1,300})</a>"
)
_BEFORE, _BEHIND = 3_000, 3_000
"""Characters around the words of a link in which the link is looked for."""


class Link(NamedTuple):
    """A link: its words, its address, and its characters in the document."""

    words: str
    url: str
    span: Span


def links(source: str, span: Span) -> list[Link]:
    """Return the links of a document that have characters in a span of it."""
    start, end = span
    opened = max(source.rfind("[", max(0, start - _BEFORE), start), source.rfind("<a", max(0, start - _BEFORE), start))
    first, last = (start if opened < 0 else opened), min(len(source), end + _BEHIND)
    found: list[Link] = []
    for pattern, opening in ((_MARKDOWN, "]("), (_ANCHOR, "<a")):
        if source.find(opening, first, last) >= 0:
            found += [
                Link(" ".join(unescape(match["words"]).split()), unescape(match["url"]), match.span())
                for match in pattern.finditer(source, first, last)
                if match.start() < end and match.end() > start
            ]
    return found
