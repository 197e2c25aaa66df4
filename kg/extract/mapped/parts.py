"""The values of one cell that holds several: an array of JSON, list items of a page, or what a separator parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.extract.fields import is_placeholder
from kg.extract.mapped.members import PARTIES, MemberRow
from kg.extract.suppliers.several import (
    customers_in,
    ends_name,
    listed_names,
    lists_customers,
    located,
    suppliers_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.extract.tabular.row import Row
    from kg.model import Evidence, Span


class Parts:
    """How the cells of one table of a listing are parted."""

    def __init__(self, places: Mapping[str, int], separators: Mapping[str, str]) -> None:
        """Make it of field -> column, and field -> what parts several values."""
        self.places, self.separators = places, separators

    def __call__(self, field: str, row: Row) -> Mapping[str, Evidence]:
        """Return name -> evidence of the values of a field, nothing where it has one; "" where none of several says anything."""
        at = self.places.get(field)
        cell = row.cell(at)
        if at is None or not cell:
            return {}
        told = list(self._told(field, row, at))
        found: dict[str, Evidence] = {}
        for name, proof in told:
            if name and not is_placeholder(name):
                found.setdefault(name, proof)
        return found or ({"": row.evidence(at)} if told else {})

    def _told(self, field: str, row: Row, at: int) -> Iterable[tuple[str, Evidence]]:
        """The values of a cell that has several; none of any other."""
        cell, separator, named = row.cell(at), self.separators.get(field, ""), field in PARTIES
        if isinstance(row, MemberRow):
            values = row.told_at(at)
            if len(values) < _SEVERAL and not (separator and separator in cell):
                return ()
            return [(part, proof) for value, proof in values for part in split(value.text, separator, named=named)]
        if named and (listed := listed_names(row, at)):
            return [(part, proof) for text, proof in listed.items() for part in split(text, separator, named=named)]
        if separator and separator in cell:
            return [(cell[start:end], row.part(at, start, end)) for start, end in _cut(cell, separator, named=named)]
        return _lines(field, row, at) if named and "\n" in cell else ()


_SEVERAL = 2


def _lines(field: str, row: Row, at: int) -> Iterable[tuple[str, Evidence]]:
    """Those whom the lines of a cell name, where they are read as several without a mapping too."""
    cell = row.cell(at)
    names = suppliers_in(cell) if field == "supplier" else customers_in(cell, plural=lists_customers(row.name(at)))
    found = list(located(row, at, names))
    return found if len(found) >= _SEVERAL else ()


def split(text: str, separator: str, *, named: bool) -> list[str]:
    """Return the values that a separator parts, without blanks around them; the text itself where there is none.

    Args:
        text: what a cell says.
        separator: what parts its values, "" for nothing.
        named: whether they are names: a comma before a legal form parts none.
    """
    return [text[slice(*part)] for part in _cut(text, separator, named=named)]


def _cut(text: str, separator: str, *, named: bool) -> list[Span]:
    """Where the values stand."""
    found: list[Span] = []
    at = 0
    for piece in text.split(separator) if separator else [text]:
        part = piece.strip()
        start = at + len(piece) - len(piece.lstrip())
        at += len(piece) + len(separator)
        if found and part and named and separator.strip() == "," and ends_name(part):
            found[-1] = (found[-1][0], start + len(part))
        else:
            found.append((start, start + len(part)))
    return found
