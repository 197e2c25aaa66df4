"""Links of Markdown and HTML cells, whose words are shown and whose address stands around them; and addresses that are printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.extract.entities import unescape
from kg.extract.references import references, trimmed
from kg.extract.tabular.markdown_table import plain_text
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.tabular.row import Row
    from kg.model import Span

_MARKDOWN = regex(
    r"(?<!!)\[(?P<words>[^\[\]\n]{0,300})\]\((?:<(?P<enclosed>https?://[^\s<>]{1,2000})>|(?P<url>https?://(?:[^\s()<>]|\([^\s()<>]{0,300}\)){1,2000}+))"
    r"(?:\s\"[^\"\n]{0,300}\")?\)"
)
_ANCHOR = regex(
    r"<a\s[^<>]{0,600}?href\s?=\s?[\"'\\]{0,2}(?P<url>https?://[^\"'<>\s\\]{1,2000}+)[^<>]{0,600}>(?P<words>(?:[^<]|<(?!/?a\b)){0,1000}+)</a\s{0,3}>",
    re.IGNORECASE,
)
_TAG = regex(r"<[^<>]{0,1000}>")
_ESCAPED = regex(r"\\([!-/:-@\[-`{-~])")
_BARE = regex(r"https?://[^\s<>\"|]+", re.IGNORECASE)
_POINTS = regex(
    r"(?:(?:click|see|read|view|more|full|the|original|external|hier|zum|zur|mehr|voir|lire|ver|vedi|leggi|zie) )*"
    r"(?:here|links?|urls?|web|website|web ?page|page|sources?|article|report|story|details?|more|read|view|open|info|pdf|online|hier|quellen?|artikel|bericht|webseite|lesen|infos"
    r"|ici|lien|suite|plus|fuentes?|enlace|aquí|artículo|más|qui|fonte|articolo|altro|bron|meer)",
    re.IGNORECASE,
)
"""Words that only point to what is behind them."""
_BEFORE, _BEHIND = 3_000, 3_000
"""Characters around the words of a link in which the link is looked for."""


class Link(NamedTuple):
    """A link: its words, its address, and the characters of all of it, and of the address, in the document."""

    words: str
    url: str
    span: Span
    address: Span

    def taken_from(self, text: str, source: str) -> str:
        """Return a text of the document without the link as it stands there, or without its words."""
        raw = source[slice(*self.span)]
        forms = (raw, raw.replace('""', '"'), raw.replace('\\"', '"'), self.words)
        return text.replace(next((one for one in forms if one in text), raw), "", 1)

    @property
    def publisher(self) -> str:
        """Return the words as a publisher's name, "" where they are an address, a number, or only point ("read more")."""
        named = self.words.strip(" .:…>»→↗[]()")
        points = _POINTS.fullmatch(named) or ("/" in named and " " not in named)
        return "" if points or not any(map(str.isalpha, named)) else self.words


def links(row: Row, column: int) -> list[Link]:
    """Return the links to absolute addresses that stand in a cell of a table, or around it; what it only prints is none."""
    if not row.links_somewhere:
        return []
    source, (start, end) = row.source, row.outer(column)
    opened = max(source.rfind("[", max(0, start - _BEFORE), start), source.rfind("<a", max(0, start - _BEFORE), start))
    first, last = (start if opened < 0 else opened), min(len(source), end + _BEHIND)
    found: list[Link] = []
    for pattern, openings in ((_MARKDOWN, ("](",)), (_ANCHOR, ("<a", "<A"))):
        if any(source.find(opening, first, last) >= 0 for opening in openings):
            found += [
                _link(match)
                for match in pattern.finditer(source, first, last)
                if match.start() < end and match.end() > start
            ]
    return found


def _link(match: re.Match[str]) -> Link:
    told = match.groupdict()
    if "enclosed" not in told:
        words, url = unescape(_TAG.sub("", told["words"])), told["url"]
    else:
        words, url = plain_text(told["words"]), _ESCAPED.sub(r"\1", told["enclosed"] or told["url"])
    return Link(
        " ".join(words.split()), unescape(url), match.span(), match.span("enclosed" if told.get("enclosed") else "url")
    )


def addresses(text: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses that a text prints, each once: as it stands, and with a scheme."""
    found = [(text[one.start : one.end], one.url) for one in references(text)]
    # An address within one's own network is none that a feed would cite.
    yield from found or dict.fromkeys((told, told) for match in _BARE.finditer(text) if (told := trimmed(match[0])))
