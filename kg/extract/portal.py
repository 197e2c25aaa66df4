"""Rows of a breach portal: what covered entities and their business associates reported to the authority.

A business associate is a vendor. In a row of one it was breached itself, and covered entities are its customers. In a
row of a covered entity the vendor is named in a column of older files, in the account, or not at all.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.counts import parse_count
from kg.dates import parse_field
from kg.extract.portal_prose import associates, covered_entities, exposed, speaks_of_associate
from kg.extract.post_incident import incident_type
from kg.extract.row import columns
from kg.extract.supplier_names import read_supplier
from kg.extract.table import table
from kg.model import (
    Affiliation,
    AffiliationKind,
    Basis,
    DataExposure,
    DateOf,
    Defect,
    Evidence,
    Impact,
    Incident,
    IncidentDate,
    IncidentType,
    Note,
    Party,
    RecordCount,
    Role,
    SupplyRelationship,
)
from kg.names import clean
from kg.names import key as name_key
from kg.vocabulary import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.extract.row import Row
    from kg.model import Document, Extracted, Span

_COLUMNS = {
    "entity": ("name of covered entity", "covered entity name", "covered entity", "name of entity"),
    "kind": ("covered entity type", "entity type", "type of covered entity"),
    "count": ("individuals affected", "number of individuals affected", "individuals"),
    "reported": ("breach submission date", "submission date", "date reported"),
    "disclosed": ("date posted or updated", "date posted", "date added"),
    "occurred": ("date of breach", "breach date"),
    "types": ("type of breach", "breach type"),
    "places": ("location of breached information", "location of breached phi", "location of information"),
    "present": ("business associate present",),
    "associate": ("business associate involved", "business associate name", "business associate"),
    "story": ("web description", "summary", "description"),
}
FEED = "breach-portal"
"""Who gives the identifiers of these incidents: made of what a row says."""
_NULLS = frozenset({"", "\\N", "\\", "null", "n/a", "na", "none", "-"})
_ASSOCIATE = "business associate"
_UNNAMED_VENDOR = "unnamed business associate"
_UNNAMED_CUSTOMERS = "unnamed covered entities"
_SURE = Decimal("0.9")
"""Confidence in a name that a rule found in the account."""
_TOLD = re.compile(r"\b(?:d\.?/?b\.?/?a\b|formerly|f/k/a|now known as|trading as|(?:subsidiary|division|unit) of|an? [^,()]{2,40} company\b)", re.IGNORECASE)  # fmt: skip
_CUT = re.compile(r"[\s,]*\([^)]*\Z")
_FEWEST = 3
"""Cells of a row that says anything."""


class PortalExtractor:
    """Reads the table of a breach portal."""

    name = "portal"
    version = "1"
    description = "Breach portal tables (CSV, as of the US health portal): covered entity, individuals affected, type, business associate, account."

    def recognizes(self, document: Document) -> bool:
        """Return whether the header names covered entities, how many were affected, and the kind of breach."""
        return columns(table(document).header, _COLUMNS).keys() >= {"entity", "count", "types"}

    def extract(self, document: Document) -> Iterator[Extracted]:
        """Yield an incident for every row; a row without an entity, and a repeated one, is a defect."""
        rows = table(document)
        places = columns(rows.header, _COLUMNS)
        if "entity" not in places:
            yield Defect("line 1", "the header names no column for the covered entity")
            return
        seen: dict[tuple[str, ...], str] = {}
        for row in rows:
            if isinstance(row, Defect):
                yield row
                continue
            first = seen.setdefault(tuple(map(str.strip, row.cells)), row.place)
            if sum(cell.strip() not in _NULLS for cell in row.cells) < _FEWEST:
                yield Defect(row.place, f"is no row of the portal: {len(row.cells)} of {len(rows.header)} cells")
            elif first != row.place:
                yield Defect(row.place, f"repeats {first}")
            else:
                yield _Entry(row, places).read()


class _Entry:
    """One row being read."""

    def __init__(self, row: Row, places: Mapping[str, int]) -> None:
        self.row, self.places = row, places
        self.parties: dict[str, Party] = {}
        self.uses: dict[tuple[str, str], SupplyRelationship] = {}
        self.affiliations: list[Affiliation] = []

    def read(self) -> Extracted:
        """Return the incident, or why the row gives none."""
        names = self._entities()
        if not names:
            return Defect(self.row.place, "names no covered entity")
        if _ASSOCIATE in self.cell("kind").casefold():
            self._associate(names)
        else:
            self._covered(names)
        types = list(self._types())
        kinds = ", ".join(kind.text for kind in types)
        return Incident(
            id=self._identifier(names[0]),
            feed=FEED,
            number=self.row.number,
            title=f"{names[0]}: {kinds}" if kinds else names[0],
            types=tuple(types),
            parties=tuple(self.parties.values()),
            uses_vendor=tuple(self.uses.values()),
            affiliations=tuple(self.affiliations),
            data_types=tuple(self._data_types()),
            record_counts=tuple(self._counts()),
            dates=tuple(self._dates()),
            impacts=tuple(self._impacts(names[0])),
            notes=tuple(self._notes()),
            evidence=(self.evidence("entity"),),
        )

    def _identifier(self, name: str) -> str:
        """An identifier that the same row has in a later copy of the portal; the portal prints none."""
        date = parse_field(self.cell("reported")) or parse_field(self.cell("occurred"))
        told = [date.edtf if date else "", *(self.cell(field) for field in ("count", "types", "places"))]
        return digest(name_key(name), *told)

    def cell(self, field: str) -> str:
        """The text of a cell, "" for nothing."""
        text = self.row.cell(self.places.get(field))
        return "" if text.casefold() in _NULLS or text in _NULLS else text

    def evidence(self, field: str, **changes: Any) -> Evidence:
        """A cell as evidence."""
        return self.row.evidence(self.places[field], **changes)

    def told(self, span: Span) -> Evidence:
        """Some characters of the account as evidence: a rule found them."""
        return self.row.part(self.places["story"], *span, confidence=_SURE)

    def _entities(self) -> list[str]:
        """Names of the entities of the row; a cell may list several, and may be cut off."""
        found: list[str] = []
        for part in _CUT.sub("", self.cell("entity")).split(";"):
            told = read_supplier(part) if _TOLD.search(part) else None
            names = told.names if told and told.names else (clean(part.strip(" ,")),)
            found += [name for name in names[:1] if name]
            if told and told.names:
                self._affiliated(told.affiliations)
        return list(dict.fromkeys(found))

    def _affiliated(self, told: tuple[tuple[str, AffiliationKind, str], ...]) -> None:
        for party, kind, other in told:
            proof = (self.evidence("entity"),)
            self.affiliations.append(Affiliation(party, kind, other, proof))
            for name in (party,) if kind is AffiliationKind.FORMER_NAME else (party, other):
                self._party(name, Role.OTHER, proof[0])

    def _party(self, name: str, role: Role, proof: Evidence, *, group: bool = False) -> None:
        """Add a party; one that is told of already keeps the weightier role."""
        known = self.parties.get(name)
        if known is None or known.role is Role.OTHER:
            industry = self.cell("kind") if proof.span == self.evidence("entity").span else ""
            industry = "" if _ASSOCIATE in industry.casefold() else industry
            self.parties[name] = Party(name, role, group, industry=industry, evidence=(proof,))

    def _relate(self, customer: str, supplier: str, *proof: Evidence) -> None:
        if name_key(customer) != name_key(supplier):
            self.uses[customer, supplier] = SupplyRelationship(customer, supplier, evidence=proof)

    def _associate(self, names: list[str]) -> None:
        """The row of a business associate: it was breached, and covered entities use it."""
        kind = self.evidence("kind")
        for name in names:
            self._party(name, Role.BREACHED, self.evidence("entity"))
        own = {name_key(name) for name in names}
        customers = [(name, span) for name, span in covered_entities(self.cell("story")) if name_key(name) not in own]
        for customer, span in customers:
            told = self.told(span)
            self._party(customer, Role.AFFECTED_DOWNSTREAM, told)
            self._relate(customer, names[0], told, kind)
        if not customers:
            implied = self.evidence("kind", basis=Basis.IMPLIED)
            self._party(_UNNAMED_CUSTOMERS, Role.AFFECTED_DOWNSTREAM, implied, group=True)
            self._relate(_UNNAMED_CUSTOMERS, names[0], implied)

    def _covered(self, names: list[str]) -> None:
        """The row of a covered entity: breached itself, or through a business associate."""
        vendors = [(name, proof) for name, proof in self._vendors() if name_key(name) not in set(map(name_key, names))]
        unnamed = None if vendors else self._unnamed_vendor()
        through = bool(vendors) or (unnamed is not None and self._present())
        for name in names:
            role = Role.AFFECTED_DOWNSTREAM if through else Role.BREACHED
            self._party(name, role, self.evidence("entity"))
        if unnamed is not None:
            vendors = [(_UNNAMED_VENDOR, unnamed)]
        for vendor, proof in vendors:
            role = Role.BREACHED if through else Role.SUPPLIER_ONLY
            self._party(vendor, role, proof, group=unnamed is not None)
            for name in names:
                self._relate(name, vendor, proof)

    def _present(self) -> bool:
        """Whether the portal says that a business associate had part."""
        return self.cell("present").casefold() in {"true", "yes", "y", "1"} or bool(self.cell("associate"))

    def _vendors(self) -> Iterator[tuple[str, Evidence]]:
        """The business associates that are named, in a column or in the account."""
        named = self.cell("associate")
        if named and named.casefold() not in {"yes", "no", "true", "false"}:
            for part in re.split(r"\s*;\s*", named):
                if name := clean(part):
                    yield name, self.evidence("associate")
            return
        for name, span in associates(self.cell("story"), involved=self._present()):
            yield name, self.told(span)

    def _unnamed_vendor(self) -> Evidence | None:
        """What says that a business associate had part whom nobody names, None where nothing does."""
        if self._present():
            field = "present" if self.cell("present") else "associate"
            return self.evidence(field)
        span = speaks_of_associate(self.cell("story"))
        return self.told(span) if span else None

    def _types(self) -> Iterator[IncidentType]:
        for text in _listed(self.cell("types")):
            yield IncidentType(incident_type(text), text, (self.evidence("types"),))

    def _impacts(self, entity: str) -> Iterator[Impact]:
        """Where the information was: the systems that were hit."""
        for text in _listed(self.cell("places")):
            yield Impact(text, "systems", entity, (self.evidence("places"),))

    def _data_types(self) -> Iterator[DataExposure]:
        for words, concept, span in exposed(self.cell("story")):
            yield DataExposure(words, concept, evidence=(self.told(span),))

    def _counts(self) -> Iterator[RecordCount]:
        if count := parse_count(self.cell("count")):
            yield RecordCount(count.low, count.high, "people", evidence=(self.evidence("count"),))

    def _dates(self) -> Iterator[IncidentDate]:
        for what in (DateOf.OCCURRED, DateOf.DISCLOSED, DateOf.REPORTED):
            if date := parse_field(self.cell(what)):
                yield IncidentDate(date, what, (self.evidence(what),))

    def _notes(self) -> Iterator[Note]:
        """Everything that has no term: the state, the account, and what could not be read."""
        read = {"entity", "kind", "types", "places", "present", "associate"}
        unread = {"count"} if not parse_count(self.cell("count")) else set()
        unread |= {what for what in ("occurred", "disclosed", "reported") if not parse_field(self.cell(what))}
        taken = {at for field, at in self.places.items() if field != "story" and (field in read or field not in unread)}
        for at, cell in enumerate(self.row.cells):
            text = cell.strip()
            if at not in taken and text not in _NULLS:
                yield Note(self.row.name(at), text, (self.row.evidence(at),))


def _listed(cell: str) -> list[str]:
    """The values of a cell, each once; a comma parts them."""
    return list(dict.fromkeys(part.strip() for part in cell.split(",") if part.strip()))
