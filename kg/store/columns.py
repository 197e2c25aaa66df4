"""Columns of numbers and texts in files that are mapped into memory as they are, and how sorted ones are brought up to date.

One file a column, in the format of numpy: `numpy.load(..., mmap_mode="r")` opens a million rows in a millisecond. Here a
column is a view of memory that knows its type, and `numpy.asarray` makes it an array without copying it. So only who
computes needs numpy, which takes longer to load than a small update has to do here. Where little changes, the rest is moved
in whole runs, so that the work for each row is that of copying it.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate
from mmap import ACCESS_READ, mmap
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    Numbers = memoryview
    Both = tuple[Numbers, Numbers]
    """A column, and the one of rows that come into it."""
    Run = tuple[int, int, int]
    """Rows of both columns: of which (0 or 1), the first, and the one behind the last."""

_ORDER: Final = "<" if sys.byteorder == "little" else ">"
_TYPES: Final = {"B": "|u1", "i": f"{_ORDER}i4", "q": f"{_ORDER}i8", "Q": f"{_ORDER}u8", "f": f"{_ORDER}f4"}
"""The types of numbers, as Python and as numpy call them."""
_HEADER: Final = 128
"""Bytes before the numbers of a file, as numpy writes them for any number of rows."""


@dataclass(frozen=True, slots=True)
class Texts:
    """A column of texts: their UTF-8 bytes in a row, and where each ends."""

    bytes: Numbers
    ends: Numbers

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, at: int) -> str:
        return str(self.bytes[begin(self.ends, at) : self.ends[at]], "utf-8")

    def __iter__(self) -> Iterator[str]:
        return map(self.__getitem__, range(len(self)))

    def place(self, text: str) -> int | None:
        """Return the row of a text in a sorted column, None where it is not in it."""
        at = bisect_left(self, text)
        return at if at < len(self) and self[at] == text else None

    def near(self, text: str) -> float:
        """Return the row of a text in a sorted column, or, where it is not in it, what lies between the rows beside it."""
        place = self.place(text)
        return bisect_left(self, text) - 0.5 if place is None else place


def numbers(code: str, values: Iterable[float]) -> Numbers:
    """Return a column of these numbers, of a type as `array` calls it."""
    made: array[Any] = array(code, values)
    return memoryview(made)


def texts(values: Iterable[str]) -> Texts:
    """Return a column of these texts."""
    encoded = [value.encode("utf-8", "surrogatepass") for value in values]
    return Texts(memoryview(b"".join(encoded)), numbers("q", accumulate(map(len, encoded))))


def begin(ends: Sequence[int], at: int) -> int:
    """Return where what a row holds begins, from where that of every row ends."""
    return ends[at - 1] if at else 0


def between(columns: Sequence[Sequence[int]], values: Iterable[float]) -> range:
    """Return the rows that have these values in the first of the columns that they are sorted by, or where they would be."""
    first, last = 0, len(columns[0])
    for column, value in zip(columns, values, strict=False):
        first, last = bisect_left(column, value, first, last), bisect_right(column, value, first, last)
    return range(first, last)


def runs(size: int, gone: Iterable[int], spots: Iterable[int]) -> list[Run]:
    """Return what becomes of a column of so many rows.

    Args:
        size: rows.
        gone: the rows that go.
        spots: for each row that comes, the one before which it comes; ascending.
    """
    found: list[Run] = []
    at, coming = 0, list(enumerate(spots))
    # Who comes before a row that goes is told before it.
    for spot, number in sorted([*((spot, number) for number, spot in coming), *((row, len(coming)) for row in gone)]):
        if at < spot:
            found.append((0, at, spot))
        at = spot
        if number < len(coming):
            found.append((1, number, number + 1))
        else:
            at += 1
    return [*found, (0, at, size)] if at < size else found


def exchanged(held: Texts, gone: Iterable[str], come: Sequence[str]) -> tuple[list[Run], array[int]]:
    """Return what becomes of a sorted column when some of its rows go and others come, and the new place of every old row.

    Args:
        held: the column.
        gone: rows that go; all are in it.
        come: rows that come, sorted; of those in it, all go too.

    Returns:
        The runs; and the places: that of the same text for a row that comes again, that of the next that stays for one that does not.
    """
    spots = [bisect_left(held, text) for text in come]
    order = runs(len(held), [bisect_left(held, text) for text in gone], spots)
    place, came, at = array("i"), [], 0
    for of, first, last in order:
        if of == 0:
            place.extend([at] * (first - len(place)))
            place.extend(range(at, at + last - first))
        else:
            came.append(at)
        at += last - first
    place.extend([at] * (len(held) - len(place)))
    for spot, text, now in zip(spots, come, came, strict=True):
        if spot < len(held) and held[spot] == text:
            place[spot] = now
    return order, place


def moved(both: Both, order: Iterable[Run]) -> Numbers:
    """Return the column of these runs."""
    return memoryview(b"".join([both[of][first:last] for of, first, last in order])).cast(both[0].format)  # type: ignore[call-overload, no-any-return]


def moved_ends(both: Both, order: Iterable[Run]) -> Numbers:
    """Return where what the rows of these runs hold ends, when it is moved with them."""
    found = array("q")
    for of, first, last in order:
        by = begin(found, len(found)) - begin(both[of], first)
        found.extend([end + by for end in both[of][first:last]])
    return memoryview(found)


def held_by(ends: Both, order: Iterable[Run]) -> list[Run]:
    """Return the runs of what the rows of these runs hold, from where that of every row ends."""
    return [(of, begin(ends[of], first), begin(ends[of], last)) for of, first, last in order]


def moved_texts(held: Texts, more: Texts, order: Collection[Run]) -> Texts:
    """Return the column of these runs."""
    ends = held.ends, more.ends
    return Texts(moved((held.bytes, more.bytes), held_by(ends, order)), moved_ends(ends, order))


def write_columns(folder: Path, columns: Mapping[str, Numbers | Texts]) -> None:
    """Write columns into a folder, which is made: one file each, two for texts."""
    folder.mkdir()
    for name, column in columns.items():
        parts = (
            {f"{name}.bytes": column.bytes, f"{name}.ends": column.ends}
            if isinstance(column, Texts)
            else {name: column}
        )
        for part, values in parts.items():
            with (folder / f"{part}.npy").open("wb") as file:
                file.writelines((_header(_TYPES[values.format], len(values)), values))


def read_texts(folder: Path, name: str) -> Texts:
    """Return a column of texts, mapped into memory."""
    return Texts(read_column(folder, f"{name}.bytes"), read_column(folder, f"{name}.ends"))


def read_column(folder: Path, name: str) -> Numbers:
    """Return a column of numbers, mapped into memory.

    Raises:
        OSError: there is none.
        ValueError: it is damaged.
    """
    path = folder / f"{name}.npy"
    with path.open("rb") as file:
        whole = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
    for code, told in _TYPES.items():
        rows, rest = divmod(len(whole) - _HEADER, int(told[-1]))
        if not rest and whole[:_HEADER] == _header(told, rows):
            return whole[_HEADER:].cast(code)  # type: ignore[call-overload, no-any-return]
    raise ValueError(f"{path} is no column")


def _header(told: str, rows: int) -> bytes:
    text = f"{{'descr': '{told}', 'fortran_order': False, 'shape': ({rows},), }}"
    return b"\x93NUMPY\x01\x00" + (_HEADER - 10).to_bytes(2, "little") + text.ljust(_HEADER - 11).encode() + b"\n"
