"""Supplier tables: CSV with one supply relationship a row (customer, supplier, service, since, until)."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from kg.counts import is_group_name
from kg.dates import parse_field
from kg.model import Defect, Evidence, Listing, Note, Party, RelationshipStatus, Role, SupplyRelationship
from kg.names import clean
from kg.names import key as name_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.dates import PartialDate
    from kg.model import Document, Extracted

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "customer": ("customer", "company", "client", "controller"),
    "supplier": ("supplier", "vendor", "sub-processor", "subprocessor", "provider", "processor"),
    "service": ("service", "purpose", "description", "service category / what they do", "activity"),
    "since": ("since", "from", "valid from", "start"),
    "until": ("until", "to", "valid until", "end"),
    "status": ("status",),
}


class SupplierTableExtractor:
    """Reads supplier tables."""

    name = "suppliers"
    version = "1"
    description = "Supplier tables: CSV with columns customer, supplier, and optionally service, since, until, status."

    def recognizes(self, document: Document) -> bool:
        """Return whether the first line is a header that names a customer and a supplier column."""
        columns = _columns(_header(document.text))
        return "customer" in columns and "supplier" in columns

    def extract(self, document: Document) -> Iterator[Extracted]:
        """Yield a listing for every row; a row without both names, or with one name twice, is a defect."""
        rows = _Rows(document.text)
        columns = _columns(rows.header)
        if "customer" not in columns or "supplier" not in columns:
            yield Defect("line 1", "the header names no customer column and supplier column")
            return
        seen: dict[tuple[str, ...], int] = {}
        for number, row in enumerate(rows, 1):
            if not any(cell.strip() for cell in row.cells):
                continue
            repeated = seen.setdefault(tuple(cell.strip() for cell in row.cells), number)
            if repeated != number:
                yield Defect(f"row {number}", f"repeats row {repeated}")
                continue
            yield _listing(row, number, columns, rows.header)


class _Row:
    """One row with its cells and its place in the text."""

    def __init__(self, cells: list[str], text: str, start: int) -> None:
        self.cells, self.text, self.start = cells, text, start

    def evidence(self, number: int) -> Evidence:
        quote = self.text.rstrip("\r\n")
        return Evidence(quote, (self.start, self.start + len(quote)), f"row {number}")


class _Rows:
    """The rows of a CSV text behind its header, each with its characters."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self._text, self._offset, self._start = text, 0, 0
        self._reader = csv.reader(self._feed(), dialect=_dialect(text), strict=False)
        self.header = next(self._reader, [])

    def _feed(self) -> Iterator[str]:
        for line in self._lines:
            self._offset += len(line)
            yield line

    def __iter__(self) -> Iterator[_Row]:
        while True:
            self._start = self._offset
            try:
                cells = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                cells = [f"unreadable row: {error}"]
            yield _Row(cells, self._text[self._start : self._offset], self._start)


def _dialect(text: str) -> type[csv.Dialect]:
    """Comma, semicolon or tab, whichever the header line uses most."""
    line = text.split("\n", 1)[0]

    class Dialect(csv.excel):
        delimiter = max((",", ";", "\t"), key=line.count)

    return Dialect


def _header(text: str) -> list[str]:
    line = text.lstrip("\r\n").split("\n", 1)[0]
    return next(csv.reader([line], dialect=_dialect(line)), []) if len(line) < 10_000 else []  # noqa: PLR2004 - no header


def _columns(header: list[str]) -> dict[str, int]:
    names = [" ".join(cell.casefold().replace("_", " ").split()) for cell in header]
    found: dict[str, int] = {}
    for column, known in _COLUMNS.items():
        place = next((names.index(name) for name in known if name in names), None)
        if place is not None:
            found[column] = place
    return found


def _listing(row: _Row, number: int, columns: dict[str, int], header: list[str]) -> Extracted:
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
    if since and until and since.earliest and until.latest and until.latest < since.earliest:
        return Defect(f"row {number}", f"ends ({until.edtf}) before it begins ({since.edtf})")
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
