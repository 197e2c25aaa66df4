"""What a database mentions, each distinct mention once, and by which keys the resolver may find one from another.

Mentions that are alike are resolved alike, so whoever asks what a change may rename asks here: the mentions that come or
go, and what chains of keys connect with them. A key is kept as 64 bits of its digest; two keys that meet only make
the answer larger than it need be.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from kg.rdf import standing_for
from kg.store.columns import (
    Texts,
    between,
    exchanged,
    moved,
    moved_texts,
    numbers,
    read_column,
    read_texts,
    runs,
    texts,
    write_columns,
)
from kg.store.layout import MENTIONED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from kg.resolve.resolver import JudgedResolver
    from kg.store.columns import Numbers

_PLACE: Final = 32
"""Bits of a place."""


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The distinct mentions of a database.

    Attributes:
        alike: each of them, as `Mention.alike` tells it; sorted.
        key: keys, sorted; each as often as mentions have it.
        has: which mention has the key in the same row.
    """

    alike: Texts
    key: Numbers
    has: Numbers

    def related(self, alike: Iterable[str], resolver: JudgedResolver) -> set[str]:
        """Return the mentions here that some have to do with, through chains of keys, they themselves included."""
        links: dict[str, set[str]] = {}
        for link in resolver.links:
            for key in link:
                links[key] = links.get(key, set()) | link
        found: set[str] = set()
        todo = {key for text in alike for key in resolver.keys(standing_for(text))}
        seen: set[str] = set()
        while todo := todo - seen:
            seen |= todo
            new = self.holding(todo) - found
            found |= new
            # A chain of links may lead over keys that no mention has.
            linked = {other for key in todo for other in links.get(key, ())}
            todo = linked.union(*(resolver.keys(standing_for(text)) for text in new))
        return found

    def holding(self, keys: Iterable[str]) -> set[str]:
        """Return the mentions here that have one of these keys, and, where two keys meet, perhaps some more."""
        wanted = map(_hashed, keys)
        return {self.alike[self.has[row]] for key in wanted for row in between([self.key], [key])}

    def exchanged(self, gone: Collection[str], come: Collection[str], resolver: JudgedResolver) -> Mentioned:
        """Return what a database mentions when some mentions have gone that are here, and others have come that are not."""
        new, lost = sorted(come), set(map(self.alike.place, gone))
        order, place = exchanged(self.alike, gone, new)
        alike = moved_texts(self.alike, texts(new), order)
        has = numbers("i", map(place.__getitem__, self.has))
        key, had = _keyed(((text, bisect_left(alike, text)) for text in new), resolver)
        spots = [between([self.key, has], row).start for row in zip(key, had, strict=True)]
        order = runs(len(has), [row for row, one in enumerate(self.has) if one in lost], spots)
        return Mentioned(alike, moved((self.key, key), order), moved((has, had), order))


def mentioned(alike: Iterable[str], resolver: JudgedResolver) -> Mentioned:
    """Return the table of mentions of which these are all that are distinct."""
    distinct = sorted(set(alike))
    return Mentioned(texts(distinct), *_keyed(((text, place) for place, text in enumerate(distinct)), resolver))


def read_mentioned(generation: Path) -> Mentioned:
    """Return the table of a generation, mapped into memory."""
    folder = generation / MENTIONED
    return Mentioned(read_texts(folder, "alike"), read_column(folder, "key"), read_column(folder, "has"))


def write_mentioned(table: Mentioned, generation: Path) -> None:
    """Write a table into the folder of a generation."""
    write_columns(generation / MENTIONED, {"alike": table.alike, "key": table.key, "has": table.has})


def _keyed(placed: Iterable[tuple[str, int]], resolver: JudgedResolver) -> tuple[Numbers, Numbers]:
    """The keys of mentions, hashed and sorted, and the place of whoever has each."""
    # One number for both takes a third of the memory of two.
    both = sorted(_hashed(key) << _PLACE | place for text, place in placed for key in resolver.keys(standing_for(text)))
    return numbers("Q", (one >> _PLACE for one in both)), numbers("i", (one & (1 << _PLACE) - 1 for one in both))


def _hashed(key: str) -> int:
    return int.from_bytes(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")
