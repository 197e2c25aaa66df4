"""What is said of a document that is of no known format, so that its owner sees what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import DocumentError
from kg.extract import portal_columns
from kg.extract.supplier_words import SOLD, SUPPLIER
from kg.extract.suppliers import columns as supplier_columns
from kg.extract.supply_chain.columns import OF_FLAWS
from kg.extract.tabular.row import columns, plain
from kg.extract.tabular.table import tables
from kg.extract.veris.extractor import named_as_test

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.extract.tabular.row import Table
    from kg.model import Document

_DATA = (".csv", ".tsv", ".json", ".jsonl", ".ndjson")
_PAGES = (".html", ".htm", ".md", ".markdown")
_MOST, _LONGEST = 8, 40

# Kind -> what it cannot do without, and how that is headed; a table that has all but one of these is nearly of the kind.
_NEEDED: Mapping[str, Mapping[str, Sequence[str]]] = {
    "a breach list of Have I Been Pwned": {
        "Name": ("name", "title"),
        "PwnCount": ("pwn count",),
        "DataClasses": ("data classes",),
    },
    "a breach catalogue": {
        "entity": ("entity", "organisation", "organization", "organization name", "company", "company name"),
        "year": ("year", "month", "date", "date of breach", "breach date"),
        "records": ("records", "records lost", "records exposed", "records stolen", "number of records"),
        "method": ("method", "method of leak", "leak method", "breach method", "attack method"),
    },
    "a table of software supply-chain attacks": {
        "technology": ("technology", "technologies", "affected technology", "affected software", "compromised package"),
        "compromise date": (
            "initial compromise date", "compromise date", "attack date", "detection date", "discovery date", "report date",
        ),
        "attack category": ("attack major category", "attack minor category", "attack category", "attack type", "attack vector"),
    },
}  # fmt: skip


def unknown(document: Document) -> str:
    """Return why a document is not read: it is a test, or no extractor recognizes it; and, where it is a table of data, by which columns, and what it lacks."""
    if named_as_test(document):
        return "is a test of the VERIS schema by its name (--input-format veris reads it)"
    data = document.name.casefold().removesuffix(".gz").endswith(_DATA)
    table = _first(document) if data or document.name.casefold().endswith(_PAGES) else None
    lacking = lacks(table.header) if table else ""
    named = _columns(table) if table and (data or lacking) else []
    if not named:
        return "no extractor recognizes it (see `kg formats`, or name one with --input-format)"
    told = ", ".join(name[:_LONGEST] for name in named[:_MOST]) + (", ..." if len(named) > _MOST else "")
    nearly = f": {lacking}" if lacking else ""
    return f"no extractor recognizes it by {told}{nearly} (a mapping file can tell what these hold: --map; see `kg formats`)"


def lacks(header: tuple[str, ...]) -> str:
    """Return what columns a table lacks to be of a known kind, if it is nearly of one; "" if it is not."""
    names = list(map(plain, header))
    if any(map(OF_FLAWS.search, names)) or any(map(SOLD.search, names)):
        return ""
    for kind, needed in _NEEDED.items():
        there = columns(header, needed)
        if len(missing := [name for name in needed if name not in there]) == 1:
            return f'nearly {kind}, but no column is headed as such are ("{missing[0]}")'
    found = supplier_columns.columns(header)
    supplier = _suppliers_in(header)
    if supplier and "customer" not in found:
        return 'nearly a supplier list, but neither a column nor a title says whose ("customer")'
    if not supplier and "customer" in found and found.keys() & {"service", "since", "until", "status"}:
        return 'nearly a supplier list, but no column names the suppliers ("supplier")'
    told = portal_columns.places(header)
    telling = {field for field in told.keys() & portal_columns.OF_INCIDENTS if names[told[field]] != "year"}
    if "entity" not in told and len(telling) > 1:
        return 'nearly a breach portal, but no column names who was breached ("name of entity")'
    if "entity" in told and telling:
        return 'nearly a breach portal, but too little tells of breaches ("individuals affected", "type of breach", "date of breach")'
    return ""


def names_suppliers(document: Document) -> bool:
    """Return whether the first table of a document has a column that names suppliers."""
    table = _first(document)
    return table is not None and _suppliers_in(table.header)


def _suppliers_in(header: tuple[str, ...]) -> bool:
    at = supplier_columns.columns(header).get("supplier")
    return at is not None and SUPPLIER.search(plain(header[at])) is not None


def _first(document: Document) -> Table | None:
    try:
        return next(tables(document), None)
    except DocumentError:
        return None


def _columns(table: Table) -> list[str]:
    """The names of the columns, or of the members of the first records."""
    names = (" ".join(name.split()) for name in table.header)
    return [name for name in names if name.isprintable() and name]
