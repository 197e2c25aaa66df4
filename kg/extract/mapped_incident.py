"""One record of a document of one's own as an incident."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kg.counts import parse_count
from kg.extract.concepts import data_concept, split_data_types
from kg.extract.fields import PLACEHOLDER
from kg.extract.post_incident import incident_type
from kg.extract.unnamed import is_unnamed
from kg.model import (
    Basis,
    Certainty,
    DataExposure,
    DateOf,
    Defect,
    Evidence,
    Incident,
    IncidentDate,
    IncidentType,
    InvestigationStatus,
    Note,
    Party,
    RecordCount,
    Role,
    Source,
    SupplyRelationship,
    Technique,
)
from kg.names import clean
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.extract.mapping import MappingFile
    from kg.extract.row import Row

_ROLES = {
    "breached": Role.BREACHED, "affected": Role.AFFECTED_DOWNSTREAM, "vendors": Role.SUPPLIER_ONLY,
    "attackers": Role.ATTACKER, "reporters": Role.REPORTER,
}  # fmt: skip
_URL = regex(r"https?://[^\s<>\"|]+")
_TECHNIQUE = regex(r"\bT\d{4}(?:\.\d{3})?\b")
_CLOSED = frozenset({"closed", "completed", "complete", "resolved", "concluded"})


@dataclass(frozen=True, slots=True)
class _Piece:
    """One value of a field, and where it stands."""

    text: str
    evidence: Evidence


def read(row: Row, places: Mapping[str, int], stated: Mapping[str, str], mapping: MappingFile) -> Incident | Defect:
    """Return the incident of a row; a defect for a row that tells of nobody and has neither title nor id.

    Args:
        row: the record.
        places: field -> column.
        stated: field -> value where the row has none.
        mapping: separators and formats of dates.
    """
    return _Record(row, places, stated, mapping).incident()


class _Record:
    """A row being read; what makes no fact becomes a note."""

    def __init__(self, row: Row, places: Mapping[str, int], stated: Mapping[str, str], mapping: MappingFile) -> None:
        self.row, self.places, self.stated, self.mapping = row, places, stated, mapping
        self._values: dict[str, list[_Piece]] = {}
        self.certainty = self._certainty()
        self.notes = [
            Note(row.name(at), cell.strip(), (row.evidence(at),))
            for at, cell in enumerate(row.cells)
            if at not in set(places.values()) and cell.strip()
        ]

    def incident(self) -> Incident | Defect:
        """Return the incident."""
        parties = self._parties()
        identifier, title = self._first("id"), self._first("title")
        if not parties and not identifier and not title:
            return Defect(self.row.place, "tells of nobody, and has neither title nor id")
        told: dict[str, Any] = {
            "types": tuple(self._types()),
            "data_types": tuple(self._data_types()),
            "record_counts": tuple(self._counts()),
            "dates": tuple(self._dates()),
            "techniques": tuple(self._techniques()),
            "sources": tuple(self._sources()),
            "uses_vendor": tuple(self._relationships(parties)),
            "status": self._status(),
        }
        for piece in self._pieces("description"):
            self._note("description", piece)
        return Incident(
            id=identifier.text if identifier else self.row.place,
            feed=self.mapping.feed if identifier else "",
            number=self.row.number,
            title=" ".join(title.text.split()) if title else "",
            certainty=self.certainty,
            parties=parties,
            notes=tuple(dict.fromkeys(self.notes)),
            evidence=tuple(piece.evidence for piece in (identifier, title) if piece) or (self._whole(),),
            **told,
        )

    def _whole(self) -> Evidence:
        return self.row.evidence(certainty=self.certainty)

    def _pieces(self, field: str) -> list[_Piece]:
        """The values of a field that say something: those of its cell, else the stated one."""
        if field not in self.places and field not in self.stated:
            return []
        if field not in self._values:
            self._values[field] = self._read(field)
        return self._values[field]

    def _read(self, field: str) -> list[_Piece]:
        at = self.places.get(field)
        cell = self.row.cell(at)
        if at is None or not cell or PLACEHOLDER.match(cell):
            text = self.stated.get(field, "").strip()
            return [_Piece(text, replace(self._whole(), basis=Basis.IMPLIED))] if text else []
        whole = self.row.evidence(at, certainty=self.certainty)
        separator = self.mapping.separators.get(field)
        parts = cell.split(separator) if separator else cell.split("\n") if field != "description" else [cell]
        return [_Piece(part.strip(), _within(whole, part.strip())) for part in parts if part.strip()]

    def _first(self, field: str) -> _Piece | None:
        return next(iter(self._pieces(field)), None)

    def _note(self, field: str, piece: _Piece) -> None:
        self.notes.append(Note(field, piece.text, (piece.evidence,)))

    def _certainty(self) -> Certainty:
        self.certainty = Certainty.CONFIRMED
        word = piece.text.casefold() if (piece := self._first("certainty")) else ""
        return Certainty(word) if word in set(Certainty) else Certainty.CONFIRMED

    def _status(self) -> InvestigationStatus | None:
        piece = self._first("status")
        if piece is None:
            return None
        if piece.text.casefold() in _CLOSED:
            return InvestigationStatus.CLOSED
        if piece.text.casefold() in {"ongoing", "open", "contained"}:
            return InvestigationStatus.ONGOING
        self._note("status", piece)
        return InvestigationStatus.UNKNOWN

    def _parties(self) -> tuple[Party, ...]:
        found: dict[str, Party] = {}
        industry = self._first("industry")
        for field, role in _ROLES.items():
            for piece in self._pieces(field):
                name = clean(piece.text)
                if not name or name in found:
                    continue
                count = parse_count(name) if is_unnamed(name) else None
                breached = role is Role.BREACHED
                found[name] = Party(
                    name,
                    role,
                    role is not Role.ATTACKER and is_unnamed(name),
                    (count.low, count.high) if count else None,
                    industry.text if industry and breached else "",
                    tuple(self._identifiers(field)) if breached and len(self._pieces(field)) == 1 else (),
                    (piece.evidence,),
                )
        if industry and not any(party.industry for party in found.values()):
            self._note("industry", industry)
        return tuple(found.values())

    def _identifiers(self, field: str) -> Iterator[str]:
        for name in self.places:
            if name.startswith(f"{field}_") and (piece := self._first(name)):
                yield f"{name.removeprefix(f'{field}_')}:{piece.text}"

    def _relationships(self, parties: tuple[Party, ...]) -> Iterator[SupplyRelationship]:
        """Whoever is affected uses whoever was breached; whoever was breached uses the vendors."""
        by_role = {role: [party for party in parties if party.role is role] for role in _ROLES.values()}
        pairs = [(Role.AFFECTED_DOWNSTREAM, Role.BREACHED), (Role.BREACHED, Role.SUPPLIER_ONLY)]
        for customers, suppliers in pairs:
            for customer in by_role[customers]:
                for supplier in by_role[suppliers]:
                    proof = (*customer.evidence[:1], *supplier.evidence[:1])
                    yield SupplyRelationship(
                        customer.name, supplier.name, evidence=tuple(replace(one, basis=Basis.IMPLIED) for one in proof)
                    )

    def _types(self) -> Iterator[IncidentType]:
        for piece in self._pieces("types"):
            yield IncidentType(incident_type(piece.text), piece.text, (piece.evidence,))

    def _data_types(self) -> Iterator[DataExposure]:
        told: set[str] = set()
        for piece in self._pieces("data_types"):
            listed = [(0, len(piece.text), 0)]
            if "data_types" not in self.mapping.separators:
                listed = list(split_data_types(piece.text))
            for start, end, owner in listed:
                text = " ".join(piece.text[start : owner or end].split())
                if text and text.casefold() not in told:
                    told.add(text.casefold())
                    proof = (_within(piece.evidence, text),)
                    yield DataExposure(text, data_concept(text), self.certainty, evidence=proof)

    def _counts(self) -> Iterator[RecordCount]:
        unit = self._first("unit")
        for piece in self._pieces("count"):
            count = parse_count(piece.text)
            if count is None:
                self._note("count", piece)
            else:
                named = count.unit or (unit.text if unit else "records")
                yield RecordCount(count.low, count.high, named, self.certainty, (piece.evidence,))

    def _dates(self) -> Iterator[IncidentDate]:
        for what in DateOf:
            for piece in self._pieces(what):
                if date := self.mapping.date(what, piece.text):
                    yield IncidentDate(date, what, (piece.evidence,))
                else:
                    self._note(what, piece)

    def _techniques(self) -> Iterator[Technique]:
        for piece in self._pieces("techniques"):
            found = _TECHNIQUE.findall(piece.text)
            for name in dict.fromkeys(found):
                yield Technique(name, evidence=(piece.evidence,))
            if not found:
                self._note("techniques", piece)

    def _sources(self) -> Iterator[Source]:
        publisher = self._first("publisher")
        named = " ".join(publisher.text.split()) if publisher else ""
        urls = [
            (match[0].rstrip(").,;"), piece) for piece in self._pieces("sources") for match in _URL.finditer(piece.text)
        ]
        for url, piece in dict(urls).items():
            yield Source(named, url, "article", evidence=(_within(piece.evidence, url),))
        for piece in self._pieces("sources"):
            if not _URL.search(piece.text):
                yield Source(piece.text, evidence=(piece.evidence,))
        if publisher and not self._pieces("sources"):
            yield Source(named, evidence=(publisher.evidence,))


def _within(whole: Evidence, text: str) -> Evidence:
    """The evidence of a part of a value, where it stands as it is said; else that of the whole value."""
    at = whole.quote.find(text)
    if at < 0 or whole.span is None or whole.quote == text:
        return whole
    start = whole.span[0] + at
    return replace(whole, quote=text, span=(start, start + len(text)))
