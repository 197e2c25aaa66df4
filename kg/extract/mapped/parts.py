"""The values of one cell of a listing that holds several: an array of JSON, or what the separator of its field parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.fields import is_placeholder
from kg.extract.mapped.members import MemberRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.extract.tabular.row import Row
    from kg.model import Evidence


class Parts:
    """How the cells of one table are parted."""

    def __init__(self, places: Mapping[str, int], separators: Mapping[str, str]) -> None:
        """Make it of field -> column, and field -> what parts several values."""
        self.places, self.separators = places, separators

    def __call__(self, field: str, row: Row) -> Mapping[str, Evidence]:
        """Return name -> evidence of the values of a field, nothing where it has one; "" where none of several says anything."""
        at = self.places.get(field)
        cell = row.cell(at)
        if at is None or not cell:
            return {}
        separator = self.separators.get(field, "")
        if isinstance(row, MemberRow):
            values = row.told_at(at)
            if len(values) < _SEVERAL and not (separator and separator in cell):
                return {}
            told = [(part, proof) for value, proof in values for part in _split(value.text, separator)]
        elif separator and separator in cell:
            told = [(cell[start:end], row.part(at, start, end)) for start, end in _cut(cell, separator)]
        else:
            return {}
        found: dict[str, Evidence] = {}
        for name, proof in told:
            if name and not is_placeholder(name):
                found.setdefault(name, proof)
        return found or {"": row.evidence(at)}


_SEVERAL = 2


def _split(text: str, separator: str) -> list[str]:
    return [part.strip() for part in text.split(separator)] if separator else [text.strip()]


def _cut(cell: str, separator: str) -> Iterator[tuple[int, int]]:
    """Where the parts of a cell stand, without the blanks around them."""
    at = 0
    for part in cell.split(separator):
        start = at + len(part) - len(part.lstrip())
        yield start, start + len(part.strip())
        at += len(part) + len(separator)
