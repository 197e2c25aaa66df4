"""The stories that a Markdown text collects, each under a heading with an address of its own: a newsletter, what a feed brought in a day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.extract.passage import Passage
from kg.extract.prose.imprint import ADDRESS, DAY, Printed
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.model import Span

_HEADING: Final = regex(
    r"^(?:[ ]{0,3}(?P<rank>#{1,6})[ \t]+(?P<title>[^\n]{1,1000})"
    r"|[*_]{2,3}(?P<bold>\[[^\[\]\n]{1,500}\]\(https?://[^)\s]{1,2000}\))[*_]{2,3}[ \t]*)$",
    re.MULTILINE,
)
_LOWEST: Final = 7
"""The rank of a heading that is only a link in heavy type."""
_LINKED: Final = regex(r"\[[^\[\]\n]{1,500}\]\((?P<url>https?://[^)\s]{1,2000})\)[*_ \t]{0,9}\Z")
_ADDRESS: Final = regex(
    r"^[ \t]{0,9}(?:[-*+][ \t]+)?(?:[*_]{0,3}(?:link|url|source|original|article|read more):[*_]{0,3}[ \t]*)?"
    r"(?:\[[^\[\]\n]{1,2000}\]\(|<)?(?P<url>https?://[^)\s<>]{1,2000})[)>]?[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
_PUBLISHED: Final = regex(
    r"^[ \t]{0,9}(?:[-*+][ \t]+)?[*_]{0,3}(?:date published|published(?: on)?|publication date|date|posted(?: on)?):[*_]{0,3}[ \t]*(?P<day>[^\n]{1,100})$",
    re.MULTILINE | re.IGNORECASE,
)
_HEAD: Final = 600
"""Characters below a heading in which the address of its story stands."""
_FEWEST: Final = 2


class Story(NamedTuple):
    """One story of a collection: its words with the heading, its headline, and what it says of where it is from."""

    words: Passage
    title: Passage
    fields: list[tuple[str, Printed]]


def stories(passage: Passage) -> tuple[list[Story], Passage]:
    """Return the stories of a Markdown text that collects several, and the rest of it; none, and all of it, where it tells one."""
    found = list(_found(passage))
    if len({dict(story.fields)[ADDRESS].text for _, story in found}) < _FEWEST:
        return [], passage
    edges = [0, *(edge for span, _ in found for edge in span), len(passage)]
    rest = [passage.slice(start, end) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return [story for _, story in found], Passage.join(rest)


def _found(passage: Passage) -> Iterator[tuple[Span, Story]]:
    """The stretches under headings that have an address, up to the next heading that is no lower."""
    headings = list(_HEADING.finditer(passage.text))
    ranks = [len(match["rank"] or "#" * _LOWEST) for match in headings]
    done = 0
    for number, match in enumerate(headings):
        following = [other.start() for other in headings[number + 1 : number + 2]]
        body = min([*following, len(passage), match.end() + _HEAD])
        fields = list(_fields(passage, match, body))
        if match.start() < done or not fields:
            continue
        lower = (at for at in range(number + 1, len(ranks)) if ranks[at] <= ranks[number])
        done = next((headings[at].start() for at in lower), len(passage))
        title = passage.slice(*match.span("title" if match["rank"] else "bold"))
        yield (match.start(), done), Story(passage.slice(match.start(), done), title, fields)


def _fields(passage: Passage, heading: re.Match[str], end: int) -> Iterator[tuple[str, Printed]]:
    """The address of a story, that of its heading or the first below it, and its day; nothing where it has no address."""
    address = _LINKED.search(heading[0]) and _LINKED.search(passage.text, heading.start(), heading.end())
    address = address or _ADDRESS.search(passage.text, heading.end(), end)
    if address is None:
        return
    yield ADDRESS, _printed(passage, *address.span("url"))
    if day := _PUBLISHED.search(passage.text, heading.end(), end):
        yield DAY, _printed(passage, *day.span("day"))


def _printed(passage: Passage, start: int, end: int) -> Printed:
    return Printed(passage.text[start:end], passage.span(start, end))
