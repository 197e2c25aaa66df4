"""The stories that a Markdown text collects, each under a heading with an address of its own: a newsletter, what a feed brought in a day."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from kg.dates import parse_field
from kg.extract.lexicon import is_common
from kg.extract.passage import Passage
from kg.extract.prose.imprint import ADDRESS, DAY, Printed
from kg.extract.prose.markdown import prose_of
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

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
_WORD: Final = regex(r"\w+")
_LONGEST_SECTION: Final = 3
"""Words."""


class Story(NamedTuple):
    """One story of a collection: its words with the heading, its headline, and what it says of where it is from."""

    words: Passage
    title: Passage
    fields: list[tuple[str, Printed]]


def stories(passage: Passage) -> tuple[list[Story], Passage]:
    """Return the stories of a Markdown text that collects several, and the rest of it; none, and all of it, where it tells one.

    They are what stands under headings of one rank, most of which have an address; under some headings of an article there may be one too,
    and under all of one whose headings only say what part of it they begin.
    """
    headings = list(_HEADING.finditer(passage.text))
    ends = [*(match.start() for match in headings[1:]), len(passage)]
    told = [
        list(_fields(passage, *one)) for one in zip(headings, ends, strict=False)
    ]  # without headings no end is one's
    ranks = [len(match["rank"] or "#" * _LOWEST) for match in headings]
    addressed = Counter(rank for rank, fields in zip(ranks, told, strict=True) if fields)
    chosen, number = max(addressed.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))
    urls = {dict(fields)[ADDRESS].text for rank, fields in zip(ranks, told, strict=True) if fields and rank == chosen}
    if len(urls) < _FEWEST or number * 2 < ranks.count(chosen):
        return [], passage
    found, edges = [], [0]
    for at, match in enumerate(headings):
        if ranks[at] == chosen and told[at]:
            stop = next((other for other in range(at + 1, len(ranks)) if ranks[other] <= chosen), 0)
            end = headings[stop].start() if stop else len(passage)
            title = passage.slice(*match.span("title" if match["rank"] else "bold"))
            if _is_section(prose_of(title).text):
                return [], passage
            found.append(Story(passage.slice(match.start(), end), title, told[at]))
            edges += [match.start(), end]
    rest = zip(edges[::2], [*edges[1::2], len(passage)], strict=True)
    return found, Passage.join(passage.slice(*span) for span in rest)


def _is_section(title: str) -> bool:
    """Whether a heading only says what part of a text it begins ("Background", "Who is affected"), or of which day that tells."""
    words = _WORD.findall(title.lower())
    return (len(words) <= _LONGEST_SECTION and all(map(is_common, words))) or parse_field(title.strip()) is not None


def _fields(passage: Passage, heading: re.Match[str], end: int) -> Iterator[tuple[str, Printed]]:
    """The address of a story, that of its heading or the first below it, and its day; nothing where it has no address."""
    end = min(end, heading.end() + _HEAD)
    address = _LINKED.search(heading[0]) and _LINKED.search(passage.text, heading.start(), heading.end())
    address = address or _ADDRESS.search(passage.text, heading.end(), end)
    if address is None:
        return
    yield ADDRESS, _printed(passage, *address.span("url"))
    if day := _PUBLISHED.search(passage.text, heading.end(), end):
        yield DAY, _printed(passage, *day.span("day"))


def _printed(passage: Passage, start: int, end: int) -> Printed:
    return Printed(passage.text[start:end], passage.span(start, end))
