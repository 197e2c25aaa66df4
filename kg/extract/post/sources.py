"""What a post cites: its references, its article, its rating pages, and who reported first."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.extract.post.authorities import is_known
from kg.extract.post.rated import rating_lines
from kg.model import Source
from kg.names import key as name_key
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.extract.fields import Value
    from kg.extract.post.casting import Cast

ARTICLE_LINE = regex(r"^[ \t]*Source:[ \t]*(?P<url>https?://\S+)", re.MULTILINE | re.IGNORECASE)
_URL = regex(r"https?://[^\s<>\"]+\Z", re.IGNORECASE)
_TYPES = tuple(
    (slug, regex(pattern, re.IGNORECASE))
    for slug, pattern in (
        ("filing", r"\b(?:SEC|8-K|10-K|filing|attorney general|AG notice|HHS|OCR|breach portal)\b"),
        ("government", r"\b(?:CISA|ENISA|Europol|FBI|NCSC|(?:(?<!Bloomberg )government|police)(?!(?!.*\b(?:authority|force|ireland|nationale|office|scotland|service|statement)\b)(?-i:\s[A-Z]))|ministry|commission|(?<!news )agency|department|(?:cyber ?)?security cent(?:re|er)|cent(?:re|er) for cyber ?security)\b"),
        ("statement", r"\b(?:statement|notice|blog|letter|press release|announcement|advisory|company|website)\b"),
        ("leak-site", r"\b(?:leak site|dark web|telegram)\b"),
        ("social", r"\b(?:twitter|linkedin|reddit|mastodon|facebook post|x post)\b"),
    )
)  # fmt: skip


def sources(told: Any, prose: Sequence[Value], people: Cast) -> list[Source]:
    """Return the sources of a post, each once."""
    collected: list[Source] = []
    for source in _mentions(told, prose, people):
        at = next((at for at, known in enumerate(collected) if _is_same(known, source)), None)
        if at is None:
            collected.append(source)
        else:
            collected[at] = _joined(collected[at], source)
    return collected


def _is_same(one: Source, other: Source) -> bool:
    """Whether two mentions are of one source: the same address, or the same publisher with one address at most."""
    if one.url and other.url:
        return _address(one.url) == _address(other.url)
    return bool(one.publisher) and name_key(one.publisher) == name_key(other.publisher)


def _joined(one: Source, other: Source) -> Source:
    """A source with what another mention of it adds."""
    return replace(
        one,
        publisher=one.publisher or other.publisher,
        url=one.url or other.url,
        type=one.type or other.type,
        about=one.about or other.about,
        first=one.first or other.first,
        evidence=one.evidence + tuple(e for e in other.evidence if e not in one.evidence),
    )


def publishers(told: Any) -> set[str]:
    """Return the keys of the names of those to whose reports a post refers."""
    named = (_publisher(item) for item in told.items("references"))
    return {name_key(value.text) for value in named if value is not None}


def _publisher(item: Mapping[str, Value]) -> Value | None:
    return item.get("source") or item.get("name") or item.get("publisher")


def _mentions(told: Any, prose: Sequence[Value], people: Cast) -> Iterator[Source]:
    for item in told.items("references"):
        named, url = _publisher(item), item.get("url") or item.get("link")
        parts = [value for value in (named, url) if value is not None and value.complete and not value.blank]
        if not parts:
            continue
        told.details.use(*parts)
        publisher = " ".join(named.text.split()) if named in parts and named else ""
        address = url.text.strip() if url in parts and url else ""
        if _URL.match(publisher) and not address:
            publisher, address = "", publisher
        yield Source(
            publisher,
            address if _URL.match(address) else "",
            source_type(publisher),
            evidence=tuple(p.evidence() for p in parts),
        )
    for value in prose:
        for match in ARTICLE_LINE.finditer(value.text):
            yield Source("", match["url"], "article", evidence=(value.evidence(*match.span("url")),))
        for match in rating_lines(value.text):
            about = people.by_identifier(f"rankiteo:{match['slug']}") or people.known_as(match["name"].strip())
            yield Source("", match["url"], "rating", about, evidence=(value.evidence(*match.span("url")),))
    for name, _, statement in people.reporters:
        yield Source(name, "", source_type(name), first=True, evidence=(statement,))


def source_type(publisher: str) -> str:
    """Return the source-type slug that a publisher's printed name suggests; "article" where it suggests nothing."""
    if not publisher:
        return ""
    kind = next((slug for slug, pattern in _TYPES if pattern.search(publisher)), "")
    if kind or not is_known(publisher):
        return kind or "article"
    return "filing" if publisher.endswith("AG") else "government"


def _address(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", url).rstrip("/").casefold()
