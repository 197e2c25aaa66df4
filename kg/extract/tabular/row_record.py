"""A row of a table as a record whose members are its cells, for the formats that are published as JSON and as tables."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from kg.extract.passage import Passage
from kg.model import Note

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kg.extract.json_in.spans import Path
    from kg.extract.tabular.row import Row
    from kg.model import Evidence


class RowRecord:
    """One row, read by the names of its columns as a JSON record is by its keys.

    Attributes:
        number: which row of the document it is, from 1.
        place: the row in words.
        text: the document's text.
        value: column -> cell, for the cells that say something; of a repeated name, the first.
    """

    def __init__(self, row: Row) -> None:
        self.row, self.number, self.place, self.text = row, row.number, row.place, row.source
        self._columns: dict[str, int] = {}
        for at in range(len(row.cells)):
            if row.cell(at):
                self._columns.setdefault(row.name(at), at)
        self.value: dict[str, Any] = {name: row.cell(at) for name, at in self._columns.items()}

    @cached_property
    def raw(self) -> str:
        """The row as it stands in the text."""
        return self.text[slice(*self.row.span)]

    def get(self, *path: str | int) -> Any:
        """Return the cell of a column, None where there is none."""
        return self.value.get(str(path[0])) if len(path) == 1 else None

    def evidence(self, *path: str | int, start: int = 0, end: int | None = None, **changes: Any) -> Evidence:
        """Return the evidence for a cell, or for characters [start, end) of it; `changes` set its other fields."""
        at = self._columns[str(path[0])]
        if not start and end is None:
            return self.row.evidence(at, **changes)
        return self.row.part(at, start, len(self.row.cell(at)) if end is None else end, **changes)

    def passage(self, *path: str | int) -> Passage:
        """Return a cell as decoded text that knows where its characters stand in the document."""
        at = self._columns[str(path[0])]
        first, last = self.row.spans[at]
        raw = Passage.of(self.text[first:last], first)
        doubled = raw.replaced((found, found + 2, '"') for found in _doubled(raw.text))
        told = self.row.cell(at)
        return next((one for one in (raw, doubled) if one.text == told), raw.replaced([(0, len(raw), told)]))

    def notes(self, used: Collection[Path] = ()) -> Iterator[Note]:
        """Yield a note for every cell that is not in `used`; another column of the same name is told too."""
        for at in range(len(self.row.cells)):
            name = self.row.name(at)
            if self.row.cell(at) and ((name,) not in used or self._columns[name] != at):
                yield Note(name, self.row.cell(at), (self.row.evidence(at),))


def _doubled(raw: str) -> Iterator[int]:
    """Where a quotation mark stands twice for one."""
    at = raw.find('""')
    while at >= 0:
        yield at
        at = raw.find('""', at + 2)
