"""Supplier tables: CSV with one supply relationship a row (customer, supplier, service, since, until)."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from kg.counts import is_group_name
from kg.dates import parse_field
from kg.model import Defect, Evidence, Listing, Note, Party, RelationshipStatus, Role, SupplyRelationship
from kg.names import clean
from kg.names import key as name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.dates import PartialDate
    from kg.model import Document, Extracted

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "customer": ("customer", "company", "client", "controller"),
    "supplier": ("supplier", "vendor", "sub processor", "subprocessor", "provider", "processor"),
    "service": ("service", "purpose", "description", "service category / what they do", "activity"),
    "since": ("since", "from", "valid from", "start"),
    "until": ("until", "to", "valid until", "end"),
    "status": ("status",),
}


_DELIMITERS = (",", ";", "\t")
_LONGEST_HEADER = 10_000
_MOST_LINES = 200
"""Lines of one row; a quotation mark that is still open then was never meant to be one."""
_END = "\0"
"""Fed behind the last line of a row; where it ends up in a cell, a quotation mark is open. No document holds one."""


class SupplierTableExtractor:
    """Reads supplier tables."""

    name = "suppliers"
    version = "1"
    description = "Supplier tables: CSV with columns customer, supplier, and optionally service, since, until, status."

    def recognizes(self, document: Document) -> bool:
        """Return whether the first line is a header that names a customer and a supplier column."""
        columns = _columns(_Table(document.text).header)
        return "customer" in columns and "supplier" in columns

    def extract(self, document: Document) -> Iterator[Extracted]:
        """Yield a listing for every row; a row without both names, or with one name twice, is a defect."""
        table = _Table(document.text)
        columns = _columns(table.header)
        if "customer" not in columns or "supplier" not in columns:
            yield Defect("line 1", "the header names no customer column and supplier column")
            return
        seen: dict[tuple[str, ...], int] = {}
        for number, row in enumerate(table, 1):
            if row.open:
                yield Defect(f"row {number}", "a quotation mark is not closed")
                continue
            repeated = seen.setdefault(tuple(cell.strip() for cell in row.cells), number)
            if repeated != number:
                yield Defect(f"row {number}", f"repeats row {repeated}")
            else:
                yield _listing(row, number, columns, table.header)


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: its cells, its characters, where they start, and whether a quotation mark in it is never closed."""

    cells: list[str]
    text: str
    start: int
    open: bool = False

    def evidence(self, number: int) -> Evidence:
        quote = self.text.rstrip("\r\n")
        return Evidence(quote, (self.start, self.start + len(quote)), f"row {number}")


class _Table:
    """A CSV text: its header, and the rows behind it, empty ones left out."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._begin = len(text) - len(text.lstrip("\r\n"))
        end = re.compile(r"[\r\n]|\Z").search(text, self._begin)
        line = text[self._begin : end.start()] if end else ""
        # Comma, semicolon or tab, whichever the header uses most.
        self._delimiter = max(_DELIMITERS, key=line.count)
        self.header = self._cells([line])[0] if len(line) < _LONGEST_HEADER else []

    def __iter__(self) -> Iterator[_Row]:
        lines = list(io.StringIO(self._text[self._begin :], newline=""))
        at, start = 1, self._begin + len(lines[0]) if lines else 0
        while at < len(lines):
            cells, taken = self._cells(lines[i] for i in range(at, min(at + _MOST_LINES, len(lines))))
            unclosed = bool(cells) and _END in cells[-1]
            text = "".join(lines[at : at + (1 if unclosed else taken)])
            if any(cell.strip() for cell in cells):
                yield _Row(cells, text, start, unclosed)
            at, start = at + (1 if unclosed else taken), start + len(text)

    def _cells(self, lines: Iterable[str]) -> tuple[list[str], int]:
        """The cells of the row that these lines begin with, and how many lines it takes."""
        reader = csv.reader(chain(lines, (_END,)), delimiter=self._delimiter)
        try:
            return next(reader, []), reader.line_num
        except csv.Error:
            return [_END], 1  # longer than any cell: nothing but an open quotation mark makes one


def _columns(header: list[str]) -> dict[str, int]:
    names = [" ".join(re.sub(r"[_-]", " ", cell.casefold()).split()) for cell in header]
    found: dict[str, int] = {}
    for column, known in _COLUMNS.items():
        place = next((names.index(name) for name in known if name in names), None)
        if place is not None:
            found[column] = place
    return found


def _listing(row: _Row, number: int, columns: Mapping[str, int], header: list[str]) -> Extracted:
    cells = {column: row.cells[place].strip() for column, place in columns.items() if place < len(row.cells)}
    customer, supplier = clean(cells.get("customer", "")), clean(cells.get("supplier", ""))
    if not customer or not supplier:
        return Defect(f"row {number}", "names no customer" if not customer else "names no supplier")
    if name_key(customer) == name_key(supplier):
        return Defect(f"row {number}", f"names {customer} as its own supplier")
    proof = (row.evidence(number),)
    dates: dict[str, PartialDate | None] = {}
    notes = [Note(header[place] if place < len(header) else f"column {place + 1}", cell.strip(), proof)
             for place, cell in enumerate(row.cells) if place not in columns.values() and cell.strip()]  # fmt: skip
    for column in ("since", "until"):
        text = cells.get(column, "")
        dates[column] = parse_field(text) if text else None
        if text and dates[column] is None:
            notes.append(Note(column, text, proof))
    since, until = dates["since"], dates["until"]
    if since and until and since.earliest and until.latest and until.latest <= since.earliest:
        return Defect(f"row {number}", f"ends ({until.edtf}) no later than it begins ({since.edtf})")
    status = cells.get("status", "").casefold()
    known = status in set(RelationshipStatus)
    if status and not known:
        notes.append(Note("status", cells["status"], proof))
    parties = tuple(
        Party(name, Role.OTHER, unnamed_group=is_group_name(name), evidence=proof) for name in (customer, supplier)
    )
    relationship = SupplyRelationship(
        customer, supplier, " ".join(cells.get("service", "").split()),
        RelationshipStatus(status) if known else RelationshipStatus.ACTIVE, since, until, proof,
    )  # fmt: skip
    return Listing(number, parties, (relationship,), tuple(notes))
