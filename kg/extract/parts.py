"""Parts of a quoted piece of a document: words in it, and the addresses that it prints."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.references import references
from kg.model import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.model import Evidence


def part(whole: Evidence, words: str) -> Evidence:
    """Return the evidence of some words of a piece, wherever its lines break; of all of it where it prints them otherwise."""
    match = re.search(r"\s+(?:>\s*)?".join(map(re.escape, words.split())), whole.quote)
    return between(whole, *match.span()) if match and match[0] else whole


def between(whole: Evidence, start: int, end: int) -> Evidence:
    """Return the evidence of characters [start, end) of a piece."""
    assert whole.span is not None
    return replace(whole, quote=whole.quote[start:end], span=(whole.span[0] + start, whole.span[0] + end))


def cited(pieces: Iterable[Evidence]) -> Iterator[Source]:
    """Yield the addresses that pieces of a document print, each once, with every place that does."""
    yield from gathered(
        Source("", one.url, one.type, evidence=(between(whole, one.start, one.end),))
        for whole in pieces
        # In Markdown a backtick parts an address from what is around it.
        for one in references(whole.quote.replace("`", " "))
    )


def gathered(told: Iterable[Source]) -> Iterable[Source]:
    """Return sources, each address once, with all its evidence."""
    found: dict[str, Source] = {}
    for one in told:
        known = found.setdefault(one.url, one)
        if known is not one:
            found[one.url] = replace(known, evidence=(*known.evidence, *one.evidence))
    return found.values()
