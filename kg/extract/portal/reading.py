"""Rows of a breach portal: what organizations reported to an authority, to that for health or to that of a state."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.counts import parse_count
from kg.dates import parse_edtf
from kg.extract.date_verbs import dates_told
from kg.extract.doubts import certainties
from kg.extract.owners import Owners
from kg.extract.portal.account import happening, means
from kg.extract.portal.casting import NO, YES, Cast
from kg.extract.portal.cells import kinds_of_breach, listed, listed_dates, read_date, telling
from kg.extract.portal.data import flagged, is_record, kinds_listed
from kg.extract.portal.opened import opened
from kg.extract.portal.prose import exposed
from kg.extract.portal.sources import sources
from kg.extract.portal_columns import flags, is_portal, places
from kg.extract.tabular.asides import is_total
from kg.extract.tabular.row import day_first
from kg.extract.tabular.table import tables
from kg.model import (
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
    RecordCount,
)
from kg.names import key as name_key
from kg.patterns import regex
from kg.vocabulary import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from kg.dates import PartialDate
    from kg.extract.tabular.row import Row, Table
    from kg.model import Document, Extracted

FEED = "breach-portal"
"""Who gives the identifiers of these incidents: made of what a row says."""
_YEAR = regex(r"20[012]\d(?!\d)")
_ONLY_YEAR = regex(r"\s*20\d\d\s*")
_LETTER = regex(r"[^\W\d_]")
_OF_RECORDS = regex(r"records", re.IGNORECASE)
_OF_PEOPLE = regex(r"individual|person|people|consumer|patient|victim|member|customer|user", re.IGNORECASE)
_REMARK = regex(
    r"\W*(?:(?:data |page |list |this |last |table )*(?:updated|modified|revised|refreshed|generated|printed|exported|retrieved|downloaded|as of)\b"
    r"|(?:sources?|notes?|legend|disclaimer|prepared by|contact|report(?: run)? date|date)\b\W*(?::|\Z)|page \d|note that\b|denotes\b|indicates\b|see\b"
    r"|(?:in |for |year )?(?:19|20)\d\d\W*(?:totals?|breaches|incidents|notifications|reports)?\W*\Z)",
    re.IGNORECASE,
)
"""What rows begin with that tell of the table and of no breach."""
_DATES = ("reported", "disclosed", "discovered", "occurred", "start")
_UNSURE = frozenset(
    "associate present attack count residents occurred discovered disclosed reported start end links state story".split()
)
"""Fields whose cells may make no fact; the account is kept as it is, whatever is found in it."""
_FEWEST = 3
"""Cells of a row that says anything."""


def read(document: Document) -> Iterator[Extracted]:
    """Yield an incident for every row of the tables of a portal; a row without an entity, and a repeated one, is a defect."""
    found = [table for table in tables(document) if "entity" in places(table.header)]
    found = opened(document, [table for table in found if is_portal(table.header)] or found)
    if not found:
        yield Defect("line 1", "the header names no column for the covered entity")
    seen: dict[tuple[str, ...], str] = {}
    for table in found:
        yield from _entries(table, seen)


def _entries(table: Table, seen: dict[tuple[str, ...], str]) -> Iterator[Extracted]:
    """What the rows of a table give; `seen` holds the rows met so far."""
    found = places(table.header)
    marked, settled = flags(table.header), {at for field, at in found.items() if field not in _UNSURE}
    fields = {at: field for field, at in found.items()}
    counted = table.header[found["count"]] if "count" in found else ""
    unit = "records" if _OF_RECORDS.search(counted) and not _OF_PEOPLE.search(counted) else "people"
    layout = _Layout(found, fields, marked, frozenset(settled | marked.keys()), day_first(table), unit)
    fewest = min(_FEWEST, max(1, len(table.header) - 2))
    for row in table:
        if isinstance(row, Defect):
            yield row
            continue
        first = seen.setdefault(tuple(row.told), row.place)
        cells = telling(row.told)
        told = len(cells) - cells.count("")
        if told < fewest and not _tells_enough(cells, layout):
            yield Defect(row.place, f"is no row of the portal: {told} of {len(table.header)} cells tell anything")
        elif first != row.place:
            yield Defect(row.place, f"repeats {first}")
        else:
            yield _Entry(row, cells, layout).read()


def _tells_enough(cells: Sequence[str], layout: _Layout) -> bool:
    """Whether a row of few cells names somebody and tells of a breach: remarks, and sums of others, do not."""
    told = {field: cells[at] for field, at in layout.places.items() if at < len(cells) and cells[at]}
    name = told.get("entity", "")
    if not _LETTER.search(name) or is_total(name) or _REMARK.match(name) or read_date(name, day_first=layout.day_first):
        return False
    dates = any(listed_dates(told.get(field, ""), day_first=layout.day_first) for field in _DATES)
    counts = any(parse_count(told.get(field, "")) for field in ("count", "residents"))
    return dates or counts or not told.keys().isdisjoint({"types", "data", "associate"})


class _Layout(NamedTuple):
    """How the rows of a table are read.

    Attributes:
        places: field -> column.
        fields: column -> field.
        flags: column -> kind of data, for those that flag one.
        settled: the columns whose cells always make facts.
        day_first: whether its dates have the day before the month.
        unit: what the counts count that do not say it.
    """

    places: Mapping[str, int]
    fields: Mapping[int, str]
    flags: Mapping[int, str]
    settled: frozenset[int]
    day_first: bool
    unit: str


class _Entry:
    """One row being read."""

    def __init__(self, row: Row, cells: list[str], layout: _Layout) -> None:
        self.row, self.all, self.layout, self.places = row, cells, layout, layout.places
        self.cells = {field: cells[at] for field, at in layout.places.items() if at < len(cells) and cells[at]}
        self.used: set[str] = set()
        self.told: set[int] = set()

    def read(self) -> Extracted:
        """Return the incident, or why the row gives none."""
        cast = Cast(self.row, self.cells, self.places) if "entity" in self.cells else None
        if cast is None or not cast.names:
            return Defect(self.row.place, "names no covered entity")
        if is_total(cast.names[0]):
            return Defect(self.row.place, f"is a sum of others and no breach: {cast.names[0]!r}")
        cast.play()
        if cast.told_vendors:
            self.used.add("associate" if "associate" in self.cells else "present")
        present = self.cell("present").casefold()
        if present in YES or (present in NO and "associate" not in self.cells):
            self.used.add("present")
        self.cast, kinds = cast, self.cell("types")
        return Incident(
            id=self._identifier(cast.title),
            feed=FEED,
            number=self.row.number,
            title=f"{cast.title}: {kinds}" if kinds else cast.title,
            types=tuple(self._types()),
            parties=tuple(cast.parties.values()),
            uses_vendor=tuple(cast.uses.values()),
            affiliations=tuple(cast.affiliations),
            data_types=tuple(self._data_types()),
            record_counts=tuple(self._counts()),
            dates=tuple(self._dates()),
            impacts=tuple(self._impacts(cast.names[0])) if "places" in self.cells else (),
            sources=tuple(sources(self.row, self.all, self.layout.fields, self.told)),
            notes=tuple(self._notes()),  # last: of what made a fact by now there is none
            evidence=(cast.entity,),
        )

    def _identifier(self, name: str) -> str:
        """An identifier that the same row has in a later copy of the portal; the portal prints none."""
        date = self._date("reported") or self._date("occurred")
        told = [date.edtf if date else "", *map(self.cell, ("count", "types", "places"))]
        if not any(told):
            told = self.row.told
        return digest(name_key(name), *told)

    def cell(self, field: str) -> str:
        """The text of a cell, "" for nothing."""
        return self.cells.get(field, "")

    def _date(self, field: str) -> PartialDate | None:
        """The date of a field, None where its cell is none."""
        text = self.cells.get(field)
        return read_date(text, day_first=self.layout.day_first) if text else None

    def _fact(self, field: str) -> Evidence:
        """A cell that may make no fact, as evidence of one: no note is made of it then."""
        self.used.add(field)
        return self.row.evidence(self.places[field])

    def _types(self) -> Iterator[IncidentType]:
        """The kinds of breach that the row tells, each once; a breach of data where it tells none: nothing else is reported there."""
        listed: dict[str, list[str]] = {}
        for concept, text in kinds_of_breach(self.cell("types")):
            listed.setdefault(concept, []).append(text)
        for concept, words in listed.items():
            yield IncidentType(concept, ", ".join(words), (self.cast.evidence("types"),))
        told = {"other", *listed}
        for concept, text in kinds_of_breach(self.cells["attack"]) if "attack" in self.cells else ():
            if concept not in told:
                told.add(concept)
                yield IncidentType(concept, text, (self._fact("attack"),))
        story = self.cell("story")
        for concept, (start, end) in means(story):
            if concept not in told:
                yield IncidentType(concept, story[start:end], (self.cast.told((start, end)),))
        if "types" not in self.places:
            yield IncidentType("data-breach", "", (self.row.evidence(basis=Basis.IMPLIED),))

    def _impacts(self, entity: str) -> Iterator[Impact]:
        """Where the information was: the systems that were hit."""
        proof = (self.cast.evidence("places"),)
        for text in listed(self.cell("places")):
            yield Impact(text, "systems", entity, proof)

    def _data_types(self) -> Iterator[DataExposure]:
        """The kinds of data that a column lists, that columns of their own flag, and that the account tells."""
        if told := self.cell("data"):
            owners = Owners(self.cast.parties.values())
            kinds = list(kinds_listed(told))
            sure = certainties(told, (kind[:2] for kind in kinds))
            for (start, end, concept, whose), certainty in zip(kinds, sure, strict=True):
                proof = self.row.part(self.places["data"], start, end, certainty=certainty)
                yield DataExposure(told[start:end], concept, certainty, owner=owners.of(whose), evidence=(proof,))
        for at, text in self.layout.flags.items():
            if self.row.cell(at).casefold() in YES:
                yield DataExposure(text, flagged(text), evidence=(self.row.evidence(at),))
        for words, concept, span, certainty in exposed(self.cell("story")):
            yield DataExposure(words, concept, certainty, evidence=(self.cast.told(span, certainty=certainty),))

    def _counts(self) -> Iterator[RecordCount]:
        """How many people; where only those of one state are counted, at least as many. No breach is reported that befell nobody: 0 is unknown."""
        if "count" in self.cells and (count := parse_count(self.cells["count"])) and count.high != 0:
            yield RecordCount(count.low, count.high, count.unit or self.layout.unit, evidence=(self._fact("count"),))
        elif (count := parse_count(self.cell("residents"))) and count.low:
            yield RecordCount(count.low, None, "people", evidence=(self._fact("residents"),))

    def _dates(self) -> Iterator[IncidentDate]:
        """When the breach was, from its start to its end where there are columns for them; when it was found and told."""
        cells = self.cells
        begins = "occurred" if "start" not in self.places and "end" in cells else "start"
        if begins in cells and (start := self._date(begins)):
            end = self._date("end")
            if end and start.earliest and end.latest and start.earliest < end.latest:
                told = parse_edtf(f"{start.edtf}/{end.edtf}") if "/" not in start.edtf + end.edtf else start
                yield IncidentDate(told, DateOf.OCCURRED, (self._fact(begins), self._fact("end")))
            else:
                same = [field for field in ("end", DateOf.OCCURRED) if field != begins and self._date(field) == start]
                yield IncidentDate(start, DateOf.OCCURRED, tuple(map(self._fact, (begins, *same))))
        in_account = list(self._told_dates())
        better = {date.what for date in in_account}
        for what in (DateOf.OCCURRED, DateOf.DISCOVERED, DateOf.DISCLOSED, DateOf.REPORTED):
            if what in cells and what not in better and not (what == DateOf.OCCURRED and what in self.used):
                for date in listed_dates(cells[what], day_first=self.layout.day_first):
                    yield IncidentDate(date, what, (self._fact(what),))
        yield from in_account

    def _told_dates(self) -> Iterator[IncidentDate]:
        """When the account says that it happened and was found, each by what it tells first, where no column has it, or a year beside it."""
        story, cells = self.cell("story"), self.cells
        if not _YEAR.search(story):
            return
        year = self.cell("occurred") if "end" not in cells and _ONLY_YEAR.fullmatch(self.cell("occurred")) else ""
        missing = {DateOf.OCCURRED, DateOf.DISCOVERED}.difference(cells) | ({DateOf.OCCURRED} if year else set())
        missing -= {DateOf.OCCURRED} if "start" in cells else set()
        if not missing:
            return
        reported = self._date("reported")
        for first, last in happening(story):
            for found, what in dates_told(story[first:last]) if _YEAR.search(story, first, last) else ():
                late = reported and reported.latest and found.date.latest and found.date.latest > reported.latest
                first_day = found.date.earliest if year and what == DateOf.OCCURRED else None
                near = first_day is None or abs(first_day.year - int(year)) <= 1
                if what in missing and near and not late:
                    missing.discard(DateOf(what))
                    told = self.cast.told((first + found.start, first + found.end))
                    yield IncidentDate(found.date, DateOf(what), (told,))

    def _notes(self) -> Iterator[Note]:
        """Everything that has no term: the state, the account, and what could not be read."""
        fields, used = self.layout.fields, self.used
        settled = self.layout.settled if self.cast.tells_kind else self.layout.settled - {self.places.get("kind", -1)}
        for at, cell in enumerate(self.all):
            partly = fields.get(at) == "data" and is_record(cell)
            if cell and (partly or at not in settled) and at not in self.told and fields.get(at) not in used:
                yield Note(self.row.name(at), cell, (self.row.evidence(at),))
