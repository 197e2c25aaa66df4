"""Rows of tables: the cells of one record, each with the way back to the document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kg.model import Defect, Span

MAX_CHARACTERS = 1_000_000
"""Of one row; a longer one is refused."""
MAX_COLUMNS = 1_000
"""Of one row; a wider one is refused."""


@dataclass(frozen=True)
class Row:
    """One row of a table, the header apart.

    Attributes:
        number: which row of the document it is, from 1; the rows of all its tables are counted in one go.
        place: the row in words ("row 3"; "table 2, row 3" where a document has several).
        cells: the decoded cells as they stand, blanks kept.
        source: the document's text.
        span: the row in it.
        header: the names of the columns; a row may have fewer cells, or more.
        locate: returns the spans of the cells.
    """

    number: int
    place: str
    cells: Sequence[str]
    source: str
    span: Span
    header: Sequence[str]
    locate: Callable[[], Sequence[Span]]

    def cell(self, column: int | None) -> str:
        """Return a cell, blanks around it removed, "" where the row has none there."""
        return self.cells[column].strip() if column is not None and column < len(self.cells) else ""

    def name(self, column: int) -> str:
        """Return the name of a column, by its number where the header has none ("column 4")."""
        named = self.header[column].strip() if column < len(self.header) else ""
        return named or f"column {column + 1}"

    @cached_property
    def spans(self) -> Sequence[Span]:
        """The raw characters of every cell, without quotation marks and blanks around it."""
        return self.locate()

    def evidence(self, column: int | None = None, **changes: Any) -> Evidence:
        """Return the row, or one of its cells, as evidence; `changes` set the other fields of it."""
        start, end = self.span if column is None else self.spans[column]
        place = self.place if column is None else f"{self.place}, {self.name(column)}"
        return Evidence(self.source[start:end], (start, end), place, **changes)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a document.

    Attributes:
        header: the names of the columns, blanks around them removed.
        titles: what stands above the table and may say whose it is: captions and headings, the nearest first.
        rows: yields its rows in order, and a `Defect` for each that cannot be read; empty rows are left out.
    """

    header: tuple[str, ...]
    titles: tuple[str, ...]
    rows: Callable[[], Iterator[Row | Defect]]

    def __iter__(self) -> Iterator[Row | Defect]:
        return self.rows()


_SEPARATORS = re.compile(r"[\s_-]+")


def plain(name: str) -> str:
    """Return the name of a column as it is compared: lower case, blanks for hyphens and underscores."""
    return _SEPARATORS.sub(" ", name).strip().casefold()


def columns(header: Sequence[str], known: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return field -> column for the fields whose name (any of `known`, the first that is there) the header holds."""
    names = [plain(name) for name in header]
    found: dict[str, int] = {}
    for field, spellings in known.items():
        place = next((names.index(name) for name in spellings if name in names), None)
        if place is not None:
            found[field] = place
    return found
