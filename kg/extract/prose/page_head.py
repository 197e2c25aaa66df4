"""Where an HTML page says itself that it is from: its links, its meta tags, its JSON-LD, and the mark of a browser that saved it.

Trafilatura, which tells what of a page is its article, has these too, but not where they stand, and guesses days that no tag gives.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from kg.extract.entities import unescape
from kg.extract.json_in.spans import places
from kg.extract.markup import PageParser
from kg.extract.prose.imprint import ADDRESS, DAY, PUBLISHER, Printed
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.json_in.spans import Place

_ATTRIBUTE: Final = regex(
    r"[\s\"'/](?P<name>[A-Za-z][\w:.-]{0,60})\s{0,9}=\s{0,9}(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<bare>[^\s\"'<>]+))"
)
_META: Final = {
    name: (kind, rank)
    for kind, names in (
        (ADDRESS, ("og:url",)),
        (PUBLISHER, ("og:site_name", "dc.publisher", "dcterms.publisher")),
        (
            DAY,
            ("article:published_time", "datepublished", "dc.date.issued", "dcterms.issued", "citation_publication_date", "parsely-pub-date"),
        ),
    )
    for rank, name in enumerate(names, 1)
}  # fmt: skip
"""Name of a meta tag -> what it tells, and its rank among those that tell the same."""
_CANONICAL: Final = 0
_LINKED_DATA: Final = 20
_SAVED: Final = 30
"""Ranks of what is no meta tag."""
_SAVED_FROM: Final = regex(r"\s*saved from url=\(\d{1,6}\)(?P<url>\S{1,2000})\s*\Z")
_ARTICLES: Final = ("Article", "BlogPosting", "ForumPosting", "MediaPosting", "Report")
"""How the types of schema.org for articles end."""
_LONGEST_DATA: Final = 1_000_000


def page_head(text: str) -> list[tuple[str, Printed]]:
    """Return what the head of a page tells of where it is from, the surest first; its tags are known to end."""
    reader = _Head(text)
    reader.feed(text)
    reader.close()
    found = reader.found
    called = {
        next((printed.text for kind, printed in one if kind == ADDRESS), str(number))
        for number, one in enumerate(reader.articles)
    }
    if len(called) == 1:  # of a page that lists several none is the page
        found += ((_LINKED_DATA, kind, printed) for one in reader.articles for kind, printed in one)
    return [(kind, printed) for _, kind, printed in sorted(found, key=lambda one: one[0])]


class _Head(PageParser):
    """Collects the fields of a page, each with its rank."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self.found: list[tuple[int, str, Printed]] = []
        self.articles: list[list[tuple[str, Printed]]] = []
        self._is_head = True
        self._is_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in a link or a meta tag of the head."""
        self._is_head &= tag != "body"
        self._is_data = tag == "script" and (dict(attrs).get("type") or "").lower() == "application/ld+json"
        if not self._is_head or tag not in {"link", "meta"}:
            return
        told = self._attributes()
        kind, rank = "", 0
        if tag == "link":
            rel, value = told.get("rel"), told.get("href")
            if rel and rel.text.lower() == "canonical":
                kind, rank = ADDRESS, _CANONICAL
        else:
            named, value = told.get("property") or told.get("name") or told.get("itemprop"), told.get("content")
            kind, rank = _META.get(named.text.lower(), ("", 0)) if named else ("", 0)
        if kind and value and value.text.strip():
            self.found.append((rank, kind, value))

    def _attributes(self) -> dict[str, Printed]:
        """The attributes of the tag that is being read, each with its place."""
        found: dict[str, Printed] = {}
        at = self.place()
        for match in _ATTRIBUTE.finditer(self.get_starttag_text() or ""):
            start, end = match.span(match.lastgroup or 0)
            found.setdefault(
                match["name"].lower(), Printed(unescape(self.source[at + start : at + end]), (at + start, at + end))
            )
        return found

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - whichever it is
        """End JSON-LD."""
        self._is_data = False

    def handle_comment(self, data: str) -> None:
        """Take in the mark of a browser that saved the page."""
        if self._is_head and (match := _SAVED_FROM.match(data)):
            at = self.source.index(data, self.place()) + match.start("url")
            self.found.append((_SAVED, ADDRESS, Printed(match["url"], (at, at + len(match["url"])))))

    def handle_data(self, data: str) -> None:
        """Take in JSON-LD."""
        if self._is_data and len(data) <= _LONGEST_DATA:
            at = self.place()
            try:
                self.articles += _articles(data, at)
            except (ValueError, RecursionError):
                return


def _articles(data: str, at: int) -> Iterator[list[tuple[str, Printed]]]:
    """The articles that JSON-LD is about, each as its fields; what is only mentioned in another object is left out."""
    value = json.loads(data)
    start = len(data) - len(data.lstrip())
    for one, (_, _, place) in _objects(value, places(data, start, len(data))[0]):
        kinds = one.get("@type")
        if isinstance(place, dict) and any(
            isinstance(kind, str) and kind.endswith(_ARTICLES)
            for kind in (kinds if isinstance(kinds, list) else [kinds])
        ):
            yield list(_told(one, place, at))


def _objects(value: Any, place: Place) -> Iterator[tuple[dict[str, Any], Place]]:
    """The objects at the top of JSON-LD, in a list or in a graph."""
    if isinstance(value, dict) and "@graph" in value and isinstance(place[2], dict):
        value, place = value["@graph"], place[2]["@graph"]
    if isinstance(value, list) and isinstance(place[2], list):
        yield from ((one, there) for one, there in zip(value, place[2], strict=True) if isinstance(one, dict))
    elif isinstance(value, dict):
        yield value, place


def _told(one: dict[str, Any], place: dict[str, Place], at: int) -> Iterator[tuple[str, Printed]]:
    for name, kind in (("url", ADDRESS), ("datePublished", DAY)):
        if isinstance(one.get(name), str) and one[name]:
            start, end, _ = place[name]
            yield kind, Printed(one[name], (at + start, at + end))
    publisher, (start, end, within) = one.get("publisher"), place.get("publisher", (0, 0, None))
    if isinstance(publisher, dict) and isinstance(within, dict):
        publisher, (start, end, _) = publisher.get("name"), within.get("name", (0, 0, None))
    if publisher and isinstance(publisher, str):
        yield PUBLISHER, Printed(publisher, (at + start, at + end))
