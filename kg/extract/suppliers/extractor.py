"""Supplier tables: who uses whom, one supply relationship a row, in CSV, Markdown, HTML or JSON; and lists of suppliers.

The columns are guessed from the header (`kg.extract.suppliers.columns`), or told by a mapping file. A table of one
customer has no column for it: a title above the table names the customer then, or the mapping does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from kg.dates import parse_field
from kg.extract.portal.columns import lists_breaches
from kg.extract.suppliers.columns import columns, is_supplier_table, titled_customer
from kg.extract.suppliers.customers import customers_in, may_list
from kg.extract.suppliers.keyed import by_customer
from kg.extract.suppliers.lists import supplier_lists
from kg.extract.suppliers.names import is_same, own_affiliate, read_supplier
from kg.extract.suppliers.remarks import brackets, validity, without_validity
from kg.extract.tabular.row import day_first
from kg.extract.tabular.table import tables
from kg.extract.unnamed import is_unnamed
from kg.model import (
    Affiliation,
    AffiliationKind,
    Basis,
    Defect,
    Evidence,
    Listing,
    Note,
    Party,
    RelationshipStatus,
    Role,
    SupplyRelationship,
)
from kg.names import clean
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from kg.dates import PartialDate
    from kg.extract.tabular.row import Row, Table, Text
    from kg.model import Document, Extracted, Proof

BESIDE = Decimal("0.8")
"""Confidence that a name in a bracket is used with the one before it, or belongs to it."""
_AFFILIATES = regex(
    r"\b(?:affiliates?|subsidiar(?:y|ies)|(?:group|affiliated|related|sister) (?:compan(?:y|ies)|entit(?:y|ies)|members?))\Z", re.IGNORECASE
)  # fmt: skip
_LEI = regex(r"[A-Z0-9]{18}\d{2}")
_STATES = {
    RelationshipStatus.ACTIVE: "active|current|in use|live|approved|existing|enabled|yes",
    RelationshipStatus.SUSPENDED: "suspended|paused|on hold|disabled",
    RelationshipStatus.ENDED: "ended|inactive|former|terminated|removed|discontinued|retired|deprecated|decommissioned|offboarded|expired|closed",
    RelationshipStatus.UNKNOWN: "unknown|planned|pending|upcoming|coming soon|proposed|future",
}
_STATUS = {word: status for status, words in _STATES.items() for word in words.split("|")}


class SupplierTableExtractor:
    """Reads supplier tables."""

    name = "suppliers"
    version = "12"
    description = (
        "Supplier tables (CSV, Markdown, HTML, JSON) and lists (Markdown, HTML): customer and supplier, or the sub-processors of the"
        " customer that a heading names; purpose, since, until, status where there are such columns."
    )

    def recognizes(self, document: Document) -> bool:
        """Return whether it holds a table whose header names customers and suppliers, or sub-processors, or a list of these.

        A list of breaches that tells through whose systems each came is a breach portal.
        """
        listed = any(is_supplier_table(table) and not lists_breaches(table.header) for table in tables(document))
        listed = listed or bool(supplier_lists(document))
        return listed or bool(by_customer(document))

    def extract(self, document: Document) -> Iterator[Extracted]:
        """Yield a listing for every row; a row without both names, a repeated one and a self-supplier are defects.

        Tables of a page that list no suppliers are left out, unless it has no other.
        """
        found = list(tables(document))
        listed = [table for table in found if is_supplier_table(table)] + supplier_lists(document)
        seen: dict[tuple[str, ...], str] = {}
        if not listed and (keys := by_customer(document)):
            for name, key, table in keys:
                yield from read_table(table, Layout(columns(table.header), titled=(name, key)), seen)
            return
        listed = listed or [table for table in found if _may_list(table)]
        if not listed:
            yield Defect("line 1", "the header names no customer column and supplier column")
        for table in listed:
            date = partial(_date, day_first=day_first(table))
            yield from read_table(table, Layout(columns(table.header), date=date, several=True), seen)


def _date(_: str, text: str, *, day_first: bool) -> PartialDate | None:
    return parse_field(text, day_first=day_first)


def _may_list(table: Table) -> bool:
    """Whether a table that somebody took for a supplier table can be read as one."""
    found = columns(table.header)
    return "supplier" in found and (
        "customer" in found or "service" in found or titled_customer(table.titles) is not None
    )


@dataclass(frozen=True, slots=True)
class Layout:
    """How the rows of a table are read.

    Attributes:
        columns: field -> column. Fields: customer, supplier, service, since, until, status, observed (the day of the
            copy of the list), and identifiers of the two by scheme ("customer_lei", "supplier_domain"); the scheme "registered" is
            that of the EU's register.
        constants: field -> what holds for every row that does not say otherwise.
        date: reads the date of a field (its name, then its text) as the table prints it.
        titled: the customer and what names it, where that is known without the table's titles.
        several: whether a cell under "customers" may list several.
    """

    columns: Mapping[str, int]
    constants: Mapping[str, str] = field(default_factory=dict)
    date: Callable[[str, str], PartialDate | None] = lambda _, text: parse_field(text)
    titled: tuple[str, Text] | None = None
    several: bool = False


def read_table(table: Table, layout: Layout, seen: dict[tuple[str, ...], str]) -> Iterator[Extracted]:
    """Yield a listing or a defect for every row of a supplier table.

    Args:
        table: the table.
        layout: how it is read.
        seen: the rows that the document has told so far, with their places; rows are added.
    """
    titled = layout.titled
    if titled is None and "customer" not in layout.columns and "customer" not in layout.constants:
        titled = titled_customer(table.titles)
    told = dict(layout.constants) | ({"customer": titled[0]} if titled else {})
    title: Evidence | None = None
    named: Row | None = None
    listing = layout.columns.get("customer") if layout.several else None
    if listing is not None and not may_list(table.header[listing]):
        listing = None
    for row in table:
        if isinstance(row, Defect):
            yield row
            continue
        if titled and title is None:
            title = Evidence(row.source[slice(*titled[1].span)], titled[1].span, "title")
        cells = told | {name: cell for name, at in layout.columns.items() if (cell := row.cell(at))}
        above = title
        if (at := layout.columns.get("customer")) is not None:
            if row.cell(at):
                named = row
            elif named and "customer" not in told and _goes_on(row, cells):
                cells["customer"], above = named.cell(at), named.evidence(at)
        first = seen.setdefault((cells.get("customer", ""), *row.told), row.place)
        if first != row.place:
            yield Defect(row.place, f"repeats {first}")
        elif listing is not None and row.cell(listing) and len(customers := customers_in(row.cell(listing))) > 1:
            proofs = {name: row.part(listing, *span) for name, span in customers.items()}
            read = [_Entry(row, layout, cells | {"customer": one}, None, proofs[one]).read() for one in customers]
            yield from _together(read, row.evidence())
        else:
            yield _Entry(row, layout, cells, above).read()


def _together(read: Sequence[Extracted], proof: Evidence) -> Iterator[Extracted]:
    """What one row gives for each of several customers as one listing; why it gives none for one of them is a note."""
    reasons = dict.fromkeys(one.reason for one in read if isinstance(one, Defect))
    listings = [one for one in read if isinstance(one, Listing)]
    if not listings:
        yield Defect(proof.place, "; ".join(reasons))
        return
    parties = {party.name: party for one in reversed(listings) for party in reversed(one.parties)}
    notes = dict.fromkeys(note for one in listings for note in one.notes)
    yield Listing(
        listings[0].number,
        tuple(reversed(parties.values())),
        tuple(told for one in listings for told in one.uses_vendor),
        (*notes, *(Note("customer", reason, (proof,)) for reason in reasons)),
        tuple(dict.fromkeys(told for one in listings for told in one.affiliations)),
        listings[0].observed,
    )


def _goes_on(row: Row, cells: Mapping[str, str]) -> bool:
    """Whether a row without a customer is of the one above, as merged cells leave it: it tells more than one word does."""
    return "supplier" in cells and (len(row.header) == _TWO or sum(map(bool, row.told)) > 1)


_TWO = 2
"""Columns of a table that holds nothing but names."""


class _Entry:
    """One row of a supplier table being read, for one customer; `title` or a `part` of the row names that one."""

    def __init__(
        self, row: Row, layout: Layout, cells: Mapping[str, str], title: Evidence | None, part: Evidence | None = None
    ) -> None:
        self.row, self.layout, self.cells, self.title, self.part = row, layout, cells, title, part
        self.customer = clean(cells.get("customer", ""))
        self.named = read_supplier(cells.get("supplier", ""))
        self.service = " ".join(cells.get("service", "").split())
        self.remarks = [told for remark in brackets(self.service) if (told := validity(remark))]
        self.proof: Proof = (row.evidence(),)
        self.notes = self._unread()

    def read(self) -> Extracted:
        """Return the listing, or why the row gives none."""
        names, service = self.named.names, without_validity(self.service).strip()
        if reason := self._nameless():
            return Defect(self.row.place, reason)
        since, until, status = self._since(), self._until(), self._status()
        if since and until and since.earliest and until.end and until.end <= since.earliest:
            return Defect(self.row.place, f"ends ({until.edtf}) no later than it begins ({since.edtf})")
        affiliations = self._affiliations()
        own = own_affiliate(self.customer, self.named, (self.service, *self.row.cells))
        relationships: tuple[SupplyRelationship, ...] = ()
        if own and not _is_group(names[0]):
            if not any({told.party, told.other} == {names[0], self.customer} for told in affiliations):
                affiliations.append(Affiliation(names[0], own, self.customer, self._proof(names[0])))
        else:
            relationships = tuple(
                SupplyRelationship(self.customer, name, service, status, since, until, self._proof(name))
                for name in names
            )
        observed = self._dated("observed")
        return Listing(
            self.row.number,
            self._parties(affiliations),
            relationships,
            tuple(self.notes),
            tuple(affiliations),
            observed,
        )

    def _nameless(self) -> str:
        """Why a row is no relationship of two."""
        if not self.customer:
            if "customer" in self.layout.columns:
                return "names no customer"
            return "names no customer: neither a column nor a title tells whose supplier it is (a mapping file can)"
        if not self.named.names:
            return "names no supplier"
        return f"names {self.customer} as its own supplier" if is_same(self.customer, self.named.names[0]) else ""

    def _unread(self) -> list[Note]:
        """Notes for the cells that no field takes, and for what the supplier's cell says besides names and dates."""
        taken = self.layout.columns.values()
        notes = [
            Note(self.row.name(at), cell, self.proof)
            for at, cell in enumerate(self.row.told)
            if cell and at not in taken
        ]
        notes += (Note(key, value, self.proof) for key, value in self.named.notes)
        return notes + ([Note("section", self.row.section, self.proof)] if self.row.section else [])

    def _since(self) -> PartialDate | None:
        return self._dated("since") or self.named.since or self._remarked("since")

    def _until(self) -> PartialDate | None:
        return self._dated("until") or self.named.until or self._remarked("until")

    def _dated(self, which: str) -> PartialDate | None:
        """The date in a cell; a cell that is none becomes a note."""
        text = self.cells.get(which, "")
        found = self.layout.date(which, text) if text else None
        if text and found is None:
            self.notes.append(Note(which, text, self.proof))
        return found

    def _remarked(self, which: str) -> PartialDate | None:
        """The date in a bracket of the purpose ("hosting (until May 2025)")."""
        return next((found for remark in self.remarks if (found := getattr(remark, which))), None)

    def _status(self) -> RelationshipStatus:
        text = self.cells.get("status", "")
        known = _STATUS.get(" ".join(text.casefold().split())) if text else None
        if text and known is None:
            self.notes.append(Note("status", text, self.proof))
        told = next((remark.status for remark in self.remarks if remark.status), None)
        return known or self.named.status or told or RelationshipStatus.ACTIVE

    def _proof(self, name: str) -> Proof:
        """What says that a supplier is used: the row, less surely for a name beside another, and the title."""
        implied = Basis.IMPLIED if self.title else Basis.STATED
        if self.named.names and name != self.named.names[0]:
            row = self.row.evidence(basis=Basis.IMPLIED, confidence=BESIDE)
        else:
            row = self.row.evidence(basis=implied) if self.title else self.proof[0]
        named = self.title or self.part
        return (row,) if named is None else (row, named)

    def _affiliations(self) -> list[Affiliation]:
        """What the supplier's cell says of who belongs to whom; what is said of unnamed groups becomes notes."""
        found: list[Affiliation] = []
        if not self.named.affiliations:
            return found
        at = self.layout.columns.get("supplier")
        for party, kind, other in self.named.affiliations:
            if _is_group(party) or (kind is not AffiliationKind.FORMER_NAME and _is_group(other)):
                self.notes.append(Note(str(kind), f"{party}: {other}", self.proof))
                continue
            sure = BESIDE if kind is AffiliationKind.LINKED else Decimal(1)
            found.append(Affiliation(party, kind, other, (self.row.evidence(at, confidence=sure),)))
        return found

    def _parties(self, affiliations: list[Affiliation]) -> tuple[Party, ...]:
        """Everyone the row names, once."""
        names = [self.customer, *self.named.names]
        for told in affiliations:
            names += [told.party] if told.kind is AffiliationKind.FORMER_NAME else [told.party, told.other]
        identifiers = self._identifiers()
        return tuple([
            Party(
                name,
                Role.OTHER,
                _is_group(name),
                identifiers=tuple(identifiers.get(name, ())),
                evidence=self._named() if name == self.customer else self.proof,
            )
            for name in dict.fromkeys(names)
        ])  # fmt: skip

    def _named(self) -> Proof:
        """Where the customer is named."""
        return (self.part,) if self.part else (self.title, *self.proof) if self.title else self.proof

    def _identifiers(self) -> dict[str, list[str]]:
        """Name -> identifiers that columns of their own give."""
        found: dict[str, list[str]] = {}
        for name, cell in self.cells.items():
            who, _, scheme = name.partition("_")
            if scheme and cell:
                if scheme == "registered":  # a code of the EU's register, the LEI where it looks like one
                    scheme = "lei" if _LEI.fullmatch(cell.strip()) else ""
                if scheme:
                    whose = self.customer if who == "customer" else self.named.names[0]
                    found.setdefault(whose, []).append(f"{scheme}:{cell}")
                elif cell.strip() not in {self.customer, *self.named.names}:
                    self.notes.append(Note(self.row.name(self.layout.columns[name]), cell.strip(), self.proof))
        return found


@lru_cache(maxsize=65_536)
def _is_group(name: str) -> bool:
    """Whether a name stands for organizations that nobody names."""
    return is_unnamed(name) or _AFFILIATES.search(name) is not None
