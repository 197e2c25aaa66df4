"""What a database mentions, each distinct mention once, and by which keys the resolver may find one from another.

Mentions that are alike are resolved alike, so whoever asks what a change may rename asks here: the mentions that come or
go, and what chains of keys connect with them. A key is kept as 64 bits of its digest; two keys that meet only make
the answer larger than it need be.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

from kg.rdf import standing_for
from kg.store.columns import Texts, exchanged, picked, read_column, read_texts, texts, write_columns
from kg.store.layout import MENTIONED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from kg.resolve import Resolver


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The distinct mentions of a database.

    Attributes:
        alike: each of them, as `Mention.alike` tells it; sorted.
        key: keys, sorted; each as often as mentions have it.
        has: which mention has the key in the same row.
    """

    alike: Texts
    key: NDArray[np.uint64]
    has: NDArray[np.int32]

    def related(self, alike: Iterable[str], resolver: Resolver) -> set[str]:
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
        import numpy as np  # noqa: PLC0415 - reading a store must not need it

        wanted = _hashed(keys)
        firsts, lasts = (np.searchsorted(self.key, wanted, side=side) for side in ("left", "right"))
        rows = {int(row) for a, b in zip(firsts, lasts, strict=True) for row in self.has[a:b]}
        return {self.alike[row] for row in rows}

    def exchanged(self, gone: Collection[str], come: Collection[str], resolver: Resolver) -> Mentioned:
        """Return what a database mentions when some mentions have gone that are here, and others have come that are not."""
        import numpy as np  # noqa: PLC0415

        new = sorted(come)
        order, place = exchanged(self.alike, gone, new)
        stays = place[self.has] >= 0
        key, has = _keyed(new, place[len(self.alike) :], resolver)
        return _sorted(
            picked(self.alike, texts(new), order),
            np.concatenate([self.key[stays], key]),
            np.concatenate([place[self.has[stays]], has]),
        )


def mentioned(alike: Iterable[str], resolver: Resolver) -> Mentioned:
    """Return the table of mentions of which these are all that are distinct."""
    distinct = sorted(set(alike))
    return _sorted(texts(distinct), *_keyed(distinct, range(len(distinct)), resolver))


def read_mentioned(generation: Path) -> Mentioned:
    """Return the table of a generation, mapped into memory."""
    folder = generation / MENTIONED
    return Mentioned(read_texts(folder, "alike"), read_column(folder, "key"), read_column(folder, "has"))


def write_mentioned(table: Mentioned, generation: Path) -> None:
    """Write a table into the folder of a generation."""
    write_columns(generation / MENTIONED, {"alike": table.alike, "key": table.key, "has": table.has})


def _keyed(
    alike: Sequence[str], places: Iterable[int], resolver: Resolver
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """The keys of mentions, hashed, and the place of whoever has each."""
    import numpy as np  # noqa: PLC0415

    found = [_hashed(resolver.keys(standing_for(text))) for text in alike]
    has = [np.full(len(keys), place, dtype=np.int64) for keys, place in zip(found, places, strict=True)]
    return np.concatenate([_hashed(()), *found]), np.concatenate([np.zeros(0, dtype=np.int64), *has])


def _hashed(keys: Iterable[str]) -> NDArray[np.uint64]:
    import numpy as np  # noqa: PLC0415

    digests = b"".join(blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest() for key in keys)
    return np.frombuffer(digests, dtype="<u8")


def _sorted(alike: Texts, key: NDArray[np.uint64], has: NDArray[np.int64]) -> Mentioned:
    import numpy as np  # noqa: PLC0415

    order = np.lexsort([has, key])
    return Mentioned(alike, key[order], has[order].astype(np.int32))
