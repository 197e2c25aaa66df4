"""Supplier tables: CSV with one supply relationship a row (customer, supplier, service, since, until)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.counts import is_group_name
from kg.dates import parse_field
from kg.extract.row import columns as known_columns
from kg.extract.table import table
from kg.model import Defect, Listing, Note, Party, RelationshipStatus, Role, SupplyRelationship
from kg.names import clean
from kg.names import key as name_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.dates import PartialDate
    from kg.extract.row import Row
    from kg.model import Document, Extracted

_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "customer": ("customer", "company", "client", "controller"),
    "supplier": ("supplier", "vendor", "sub processor", "subprocessor", "provider", "processor"),
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
        columns = known_columns(table(document).header, _COLUMNS)
        return "customer" in columns and "supplier" in columns

    def extract(self, document: Document) -> Iterator[Extracted]:
        """Yield a listing for every row; a row without both names, or with one name twice, is a defect."""
        rows = table(document)
        columns = known_columns(rows.header, _COLUMNS)
        if "customer" not in columns or "supplier" not in columns:
            yield Defect("line 1", "the header names no customer column and supplier column")
            return
        seen: dict[tuple[str, ...], int] = {}
        for row in rows:
            if isinstance(row, Defect):
                yield row
                continue
            repeated = seen.setdefault(tuple(map(str.strip, row.cells)), row.number)
            if repeated != row.number:
                yield Defect(row.place, f"repeats row {repeated}")
            else:
                yield _listing(row, columns)


def _listing(row: Row, columns: Mapping[str, int]) -> Extracted:
    cells = {column: row.cell(place) for column, place in columns.items()}
    customer, supplier = clean(cells.get("customer", "")), clean(cells.get("supplier", ""))
    if not customer or not supplier:
        return Defect(row.place, "names no customer" if not customer else "names no supplier")
    if name_key(customer) == name_key(supplier):
        return Defect(row.place, f"names {customer} as its own supplier")
    proof = (row.evidence(),)
    dates: dict[str, PartialDate | None] = {}
    notes = [Note(row.name(place), cell.strip(), proof)
             for place, cell in enumerate(row.cells) if place not in columns.values() and cell.strip()]  # fmt: skip
    for column in ("since", "until"):
        text = cells.get(column, "")
        dates[column] = parse_field(text) if text else None
        if text and dates[column] is None:
            notes.append(Note(column, text, proof))
    since, until = dates["since"], dates["until"]
    if since and until and since.earliest and until.latest and until.latest <= since.earliest:
        return Defect(row.place, f"ends ({until.edtf}) no later than it begins ({since.edtf})")
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
    return Listing(row.number, parties, (relationship,), tuple(notes))
