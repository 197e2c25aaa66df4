"""Columns of numbers and texts in files that are mapped into memory as they are, and how sorted ones are brought up to date.

One numpy file a column: `numpy.load(..., mmap_mode="r")` opens a million rows in a millisecond. Where little changes, the
rest is moved in whole runs, so that the work for each row is that of copying it.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

_BARE_HEADER = 128
"""Bytes of a file without rows, which cannot be mapped."""


@dataclass(frozen=True, slots=True)
class Texts:
    """A column of texts: their UTF-8 bytes in a row, and where each ends."""

    bytes: NDArray[np.uint8]
    ends: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, at: int) -> str:
        start = int(self.ends[at - 1]) if at else 0
        return self.bytes[start : int(self.ends[at])].tobytes().decode("utf-8")

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))

    def place(self, text: str) -> int | None:
        """Return the row of a text in a sorted column, None where it is not in it."""
        at = bisect_left(self, text)
        return at if at < len(self) and self[at] == text else None


def texts(values: Sequence[str]) -> Texts:
    """Return a column of these texts."""
    import numpy as np  # noqa: PLC0415 - reading a store must not need it

    encoded = [value.encode("utf-8", "surrogatepass") for value in values]
    ends = np.cumsum([len(value) for value in encoded], dtype=np.int64)
    return Texts(np.frombuffer(b"".join(encoded), np.uint8), ends)


def picked(held: Texts, more: Texts, order: NDArray[Any]) -> Texts:
    """Return the rows of two columns, one after the other, in an order."""
    import numpy as np  # noqa: PLC0415

    every = np.concatenate([held.bytes, more.bytes])
    ends = np.concatenate([held.ends, more.ends + len(held.bytes)])
    starts = np.concatenate([[0], ends[:-1]])
    breaks = np.flatnonzero(np.diff(order) != 1) + 1
    firsts, lasts = np.concatenate([[0], breaks]), np.concatenate([breaks, [len(order)]]) - 1
    runs = [every[starts[order[a]] : ends[order[b]]] for a, b in zip(firsts, lasts, strict=True)] if len(order) else []
    return Texts(np.concatenate([every[:0], *runs]), np.cumsum((ends - starts)[order], dtype=np.int64))


def exchanged(held: Texts, gone: Collection[str], come: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return how rows of a sorted column change places when some go and others come.

    Args:
        held: the column.
        gone: rows that go; all are in it.
        come: rows that come, sorted; of those in it, all go too.

    Returns:
        The new order of the old rows and, numbered on from these, the coming ones; and the new place of each of them
        (that of the same text for one that comes again, -1 for one that does not).
    """
    import numpy as np  # noqa: PLC0415

    stays = np.ones(len(held), dtype=bool)
    stays[[bisect_left(held, text) for text in gone]] = False
    kept = np.flatnonzero(stays)
    spots = [bisect_left(held, text) for text in come]
    order = np.insert(kept, np.searchsorted(kept, spots), len(held) + np.arange(len(come)))
    place = np.full(len(held) + len(come), -1, dtype=np.int64)
    place[order] = np.arange(len(order))
    for number, (spot, text) in enumerate(zip(spots, come, strict=True)):
        if spot < len(held) and held[spot] == text:
            place[spot] = place[len(held) + number]
    return order, place


def among(column: NDArray[Any], wanted: Sequence[int]) -> NDArray[np.bool_]:
    """Return which numbers of a column are among a few."""
    import numpy as np  # noqa: PLC0415

    # Not `numpy.isin`, which loads the arrays with gaps, and sorts the column.
    few = np.sort(np.array([*wanted, -1], dtype=np.int64))
    spots = np.searchsorted(few, column)
    told: NDArray[np.bool_] = few[np.minimum(spots, len(few) - 1)] == column
    return told


def write_columns(folder: Path, columns: Mapping[str, NDArray[Any] | Texts]) -> None:
    """Write columns into a folder, which is made: one file each, two for texts."""
    import numpy as np  # noqa: PLC0415

    folder.mkdir()
    for name, column in columns.items():
        parts: dict[str, NDArray[Any]] = (
            {f"{name}.bytes": column.bytes, f"{name}.ends": column.ends}
            if isinstance(column, Texts)
            else {name: column}
        )
        for part, values in parts.items():
            np.save(folder / f"{part}.npy", values, allow_pickle=False)


def read_texts(folder: Path, name: str) -> Texts:
    """Return a column of texts, mapped into memory."""
    return Texts(read_column(folder, f"{name}.bytes"), read_column(folder, f"{name}.ends"))


def read_column(folder: Path, name: str) -> Any:
    """Return a column of numbers, mapped into memory."""
    import numpy as np  # noqa: PLC0415

    path = folder / f"{name}.npy"
    # As a plain array: single rows of a `memmap` take three times as long.
    return np.asarray(np.load(path, mmap_mode="r" if path.stat().st_size > _BARE_HEADER else None))
