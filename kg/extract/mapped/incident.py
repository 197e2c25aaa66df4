"""One record of a document of one's own as an incident."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.counts import parse_count
from kg.extract.concepts import data_concept, incident_type, split_data_types
from kg.extract.fields import is_placeholder
from kg.extract.identifiers import identifier
from kg.extract.investigations import investigation_status
from kg.extract.mapped.certainty import asked, certainty_of, lowest
from kg.extract.mapped.members import PARTIES, MemberRow
from kg.extract.mapped.parts import split
from kg.extract.mapped.told import party_told, size_of, taken_told
from kg.extract.suppliers.states import says_no_day
from kg.extract.tabular.links import addresses, links
from kg.extract.tabular.row import as_quoted
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
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.extract.mapped.mapping import MappingFile, ReadDate
    from kg.extract.mapped.told import Told
    from kg.extract.tabular.row import Row

_ROLES = {
    "breached": Role.BREACHED, "affected": Role.AFFECTED_DOWNSTREAM, "vendors": Role.SUPPLIER_ONLY,
    "attackers": Role.ATTACKER, "reporters": Role.REPORTER,
}  # fmt: skip
_TECHNIQUE = regex(r"\bT\d{4}(?:\.\d{3})?\b")
_NAMES = regex(r"[^\n,;|/]{3,200}")


class _Piece(NamedTuple):
    """One value of a field, and where it stands."""

    text: str
    evidence: Evidence
    words: str = ""
    """What stands beside an address and says whose it is."""


class Reading:
    """How the records of one table are read: made once, run for every row."""

    def __init__(
        self, places: Mapping[str, int], stated: Mapping[str, str], mapping: MappingFile, date: ReadDate
    ) -> None:
        """Make it of field -> column, of field -> value where the row has none, of separators, and of what reads a field's dates."""
        self.places, self.mapping, self.date = places, mapping, date
        self.stated = {field: text.strip() for field, text in stated.items()}
        self.told = places.keys() | stated.keys()
        self.taken = frozenset(places.values())
        self.roles = [(field, role) for field, role in _ROLES.items() if field in self.told]
        self.dates = [what for what in DateOf if what in self.told]
        self.asked = asked(mapping.columns.get("certainty", ""))
        self.identified = [(name, name.removeprefix("breached_")) for name in places if name.startswith("breached_")]

    def read(self, row: Row) -> Iterator[Incident | Defect]:
        """Yield the incident of a row, and a notice for each date and count of it that cannot be read; a defect for a row that tells of nobody and has neither title nor id."""
        record = _Record(row, self)
        yield (found := record.incident())
        yield from dict.fromkeys(record.unread) if isinstance(found, Incident) else ()


class _Record:
    """A row being read; what makes no fact becomes a note."""

    __slots__ = ("_values", "certainty", "fields", "mapping", "notes", "row", "unread")

    def __init__(self, row: Row, fields: Reading) -> None:
        self.row, self.fields, self.mapping = row, fields, fields.mapping
        self._values: dict[str, list[_Piece]] = {}
        self.unread: list[Defect] = []
        self.notes = [
            Note(row.name(at), cell, (row.evidence(at),))
            for at, cell in enumerate(row.told)
            if cell and at not in fields.taken
        ]
        self.certainty = Certainty.CONFIRMED
        if "certainty" in fields.told:
            self.certainty = self._certainty()

    def incident(self) -> Incident | Defect:
        """Return the incident."""
        parties = self._parties()
        given, title = self._first("id"), self._first("title")
        if not parties and not given and not title:
            return Defect(self.row.place, "tells of nobody, and has neither title nor id")
        there = self.fields.told
        told: dict[str, Any] = {
            "types": tuple(self._types()) if "types" in there else (),
            "data_types": tuple(self._data_types()) if "data_types" in there else (),
            "record_counts": tuple(self._counts()) if "count" in there else (),
            "dates": tuple(self._dates()),
            "techniques": tuple(self._techniques()) if "techniques" in there else (),
            "sources": tuple(self._sources()) if "sources" in there or "publisher" in there else (),
            "uses_vendor": tuple(self._relationships(parties)) if len(parties) > 1 else (),
            "status": self._status(),
        }
        for piece in self._pieces("description"):
            self._note("description", piece)
        return Incident(
            id=given.text if given else self.row.place,
            feed=self.mapping.feed if given else "",
            number=self.row.number,
            title=" ".join(title.text.split()) if title else "",
            certainty=self.certainty,
            parties=parties,
            notes=tuple(dict.fromkeys(self.notes) if len(self.notes) > 1 else self.notes),
            evidence=tuple([piece.evidence for piece in (given, title) if piece]) or (self._whole(),),
            **told,
        )

    def _certainty(self) -> Certainty:
        """How sure the record is; at most suspected where its words for that are not known."""
        at = self.fields.places.get("certainty")
        cell, pieces = self.row.cell(at), self._pieces("certainty")
        told = certainty_of(cell, self.fields.asked) if cell else None
        if told is None and len(pieces) > 1:
            told = lowest([certainty_of(piece.text, self.fields.asked) for piece in pieces])
        if told is None and pieces:
            told = certainty_of(pieces[0].text, self.fields.asked) if len(pieces) == 1 else None
            for piece in () if told else pieces:
                self._note("certainty", piece)
        if told is Certainty.CONFIRMED and self._by_attackers(cell):
            return Certainty.CLAIMED
        # "n/a" is a word too, which confirms nothing; a blank cell or a dash leaves what holds without the column.
        unsure = pieces or any(map(str.isalnum, cell))
        return told or (Certainty.SUSPECTED if unsure else Certainty.CONFIRMED)

    def _by_attackers(self, cell: str) -> bool:
        """Whether what is said of the certainty names the record's attackers ("confirmed by Ravens")."""
        named = self.row.cell(self.fields.places.get("attackers")).casefold()
        told = cell.casefold()
        return bool(named) and len(told) > len("confirmed by") and any(name in told for name in _NAMES.findall(named))

    def _whole(self, basis: Basis = Basis.STATED) -> Evidence:
        return self.row.evidence(certainty=self.certainty, basis=basis)

    def _pieces(self, field: str) -> list[_Piece]:
        """The values of a field that say something: those of its cell, else the stated one."""
        found = self._values.get(field)
        if found is None:
            found = self._values[field] = self._read(field) if field in self.fields.told else []
        return found

    def _read(self, field: str) -> list[_Piece]:
        at = self.fields.places.get(field)
        cell = self.row.cell(at)
        if at is None or not cell or is_placeholder(cell):
            text = self.fields.stated.get(field, "")
            return [_Piece(text, self._whole(Basis.IMPLIED))] if text else []
        sure = self.certainty is Certainty.CONFIRMED
        whole = self.row.evidence(at) if sure else self.row.evidence(at, certainty=self.certainty)
        separator = self.mapping.separators.get(field, "" if field == "description" else "\n")
        named = field in PARTIES
        if separator and isinstance(self.row, MemberRow):
            return list(self._members(self.row, at, separator, named=named))
        items = self.row.list_items(at) if field in self.mapping.separators else ()  # else its lines part them
        if not items and (not separator or separator not in cell):
            return [_Piece(cell, _within(whole, cell))]
        parts = [part for text in (items or [cell]) for part in split(text, separator, named=named)]
        return [_Piece(part, _within(whole, part)) for part in parts if part and not is_placeholder(part)]

    def _members(self, row: MemberRow, at: int, separator: str, *, named: bool) -> Iterator[_Piece]:
        """The values of a cell that is a member of a record, or several."""
        for value, proof in row.told_at(at):
            whole = proof if self.certainty is Certainty.CONFIRMED else replace(proof, certainty=self.certainty)
            for part in split(value.text, separator, named=named):
                if part and not is_placeholder(part):
                    yield _Piece(part, _within(whole, part), value.words)

    def _first(self, field: str) -> _Piece | None:
        found = self._pieces(field)
        return found[0] if found else None

    def _note(self, field: str, piece: _Piece) -> None:
        self.notes.append(Note(field, piece.text, (piece.evidence,)))

    def _notice(self, piece: _Piece, why: str) -> None:
        """Tell that a value is not read, though it has digits."""
        reason = f"{as_quoted(piece.text)} {why}; the incident is kept without it"
        self.unread.append(Defect(piece.evidence.place, reason))

    def _status(self) -> InvestigationStatus | None:
        piece = self._first("status")
        if piece is None:
            return None
        told = investigation_status(piece.text)
        if told is None:
            self._note("status", piece)
        return told or InvestigationStatus.UNKNOWN

    def _parties(self) -> tuple[Party, ...]:
        found: dict[str, Party] = {}
        industry = self._first("industry")
        for field, role in self.fields.roles:
            last = ""
            for piece in self._pieces(field):
                told = party_told(piece.text)
                if told.more:
                    self._note(field, piece)
                if told.spared and not told.name and last:
                    found |= self._spared(found.pop(last), field)
                if not told.name or told.name in found:
                    continue
                last = told.name
                party = self._party(field, role, piece, told)
                found |= self._spared(party, field) if told.spared else {last: party}
        if industry and not any(party.industry for party in found.values()):
            self._note("industry", industry)
        return tuple(found.values())

    def _party(self, field: str, role: Role, piece: _Piece, told: Told) -> Party:
        breached = role is Role.BREACHED
        industry = self._first("industry") if breached else None
        proof = piece.evidence
        if told.certainty:
            proof = replace(proof, certainty=lowest((proof.certainty, told.certainty)) or told.certainty)
        return Party(
            told.name,
            role,
            told.unnamed and role is not Role.ATTACKER,
            size_of(told.name) if told.unnamed else None,
            industry.text if industry else "",
            tuple(self._identifiers(told.name)) if breached and len(self._pieces(field)) == 1 else (),
            (proof,),
        )

    @staticmethod
    def _spared(party: Party, field: str) -> dict[str, Party]:
        """What remains of a party that nothing befell: a customer; none of any other."""
        return {party.name: replace(party, role=Role.CUSTOMER_UNAFFECTED)} if field == "affected" else {}

    def _identifiers(self, whose: str) -> Iterator[str]:
        for name, scheme in self.fields.identified:
            piece = self._first(name)
            if piece and (told := identifier(scheme, piece.text, whose)):
                yield told
            elif piece:
                self._note(name, piece)

    def _relationships(self, parties: tuple[Party, ...]) -> Iterator[SupplyRelationship]:
        """Whoever is affected, or was spared, uses whoever was breached; whoever was breached uses the vendors."""
        for using, used in _PAIRS:
            customers = [party for party in parties if party.role is using]
            suppliers = [party for party in parties if party.role is used] if customers else []
            for customer in customers:
                for supplier in suppliers:
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
            taken = self._taken(piece)
            listed = [(0, len(taken), 0)]
            if "data_types" not in self.mapping.separators:
                listed = list(split_data_types(taken))
            for start, end, owner in listed:
                text = " ".join(taken[start : owner or end].strip(" ;").split())
                if text and text.casefold() not in told:
                    told.add(text.casefold())
                    proof = (_within(piece.evidence, text),)
                    yield DataExposure(text, data_concept(text), self.certainty, evidence=proof)

    def _taken(self, piece: _Piece) -> str:
        """What a value says of data that was taken; what it denies is a note, and so is an answer without any."""
        taken, more = taken_told(piece.text)
        if more:
            self._note("data_types", piece)
        return taken

    def _counts(self) -> Iterator[RecordCount]:
        unit = self._first("unit")
        for piece in self._pieces("count"):
            count = parse_count(piece.text)
            if count is None:
                self._note("count", piece)
                if any(map(str.isdecimal, piece.text)):
                    self._notice(piece, "is no number that can be read")
            else:
                named = count.unit or (unit.text if unit else "records")
                yield RecordCount(count.low, count.high, named, self.certainty, (piece.evidence,))

    def _dates(self) -> Iterator[IncidentDate]:
        for what in self.fields.dates:
            for piece in self._pieces(what):
                if date := self.fields.date(what, piece.text):
                    yield IncidentDate(date, what, (piece.evidence,))
                else:
                    self._note(what, piece)
                    if not says_no_day(piece.text):
                        form = self.mapping.dates.get(what)
                        self._notice(piece, "is no date that can be read" + (f" as {form!r}" if form else ""))

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
        found: dict[str, Source] = {}
        for one in self._cited(named):
            found.setdefault(one.url or f" {one.publisher}", one)
        yield from found.values()
        if publisher and not found and not self._pieces("sources"):
            yield Source(named, evidence=(publisher.evidence,))

    def _cited(self, publisher: str) -> Iterator[Source]:
        """What links of a page or of Markdown lead to, and what is printed besides; words beside an address become a note."""
        at, pieces = self.fields.places.get("sources", -1), self._pieces("sources")
        cell = left = self.row.cell(at) if at >= 0 else ""
        for link in links(self.row, at) if at >= 0 else ():
            left = link.taken_from(left, self.row.source)
            proof = Evidence(
                self.row.source[slice(*link.span)],
                link.span,
                f"{self.row.place}, {self.row.name(at)}",
                self.certainty,
            )
            yield Source(publisher or link.publisher, link.url, "article", evidence=(proof,))
        for piece in pieces if left == cell else self._besides(pieces, left):
            beside = piece.text
            for printed, url in addresses(piece.text):
                beside = beside.replace(printed, "", 1)
                proof = _within(piece.evidence, printed)
                yield Source(publisher or piece.words, url, "article", evidence=(proof,))
            if beside == piece.text:
                yield Source(piece.text, evidence=(piece.evidence,))
            elif any(map(str.isalnum, beside)):
                self._note("sources", piece)

    def _besides(self, pieces: Sequence[_Piece], left: str) -> Iterator[_Piece]:
        """The values of the cell of the sources in which nothing links; what else is left of it becomes a note."""
        separator = self.mapping.separators.get("sources", "\n")
        whole = {piece.text: piece for piece in pieces}
        for part in map(str.strip, left.split(separator)):
            if part in whole:
                yield whole[part]
            elif any(addresses(part)):
                yield _Piece(part, pieces[0].evidence)
            elif any(map(str.isalnum, part)):
                at = self.fields.places["sources"]
                self._note("sources", _Piece(self.row.cell(at), self.row.evidence(at)))


_PAIRS = (
    (Role.AFFECTED_DOWNSTREAM, Role.BREACHED),
    (Role.CUSTOMER_UNAFFECTED, Role.BREACHED),
    (Role.BREACHED, Role.SUPPLIER_ONLY),
)
"""Who uses whom."""


def _within(whole: Evidence, text: str) -> Evidence:
    """The evidence of a part of a value, where it stands as it is said; else that of the whole value."""
    if whole.quote == text or whole.span is None or (at := whole.quote.find(text)) < 0:
        return whole
    start = whole.span[0] + at
    return Evidence(text, (start, start + len(text)), whole.place, whole.certainty, whole.basis, whole.confidence)
