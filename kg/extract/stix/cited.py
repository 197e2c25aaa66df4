"""Who tells of an event in STIX: its maker, what it cites, the reports that list it, and for whom it is marked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.dates import parse_edtf
from kg.extract.references import source_type
from kg.extract.stix.marks import CITED, FIRST, cited, dated, labelled, ours
from kg.extract.stix.objects import COLLECTIONS, indices, kind, strings, text, title
from kg.extract.stix.parties import called, moment, party
from kg.model import Certainty, DateOf, IncidentDate, Note, Party, Role, Source
from kg.patterns import regex

if TYPE_CHECKING:
    from kg.extract.json_in.records import JsonRecord
    from kg.extract.json_in.spans import Path
    from kg.extract.stix.objects import Objects

_MARKED = {
    "613f2e26-407d-48c7-9eca-b8e91df99dc9": "TLP:WHITE", "34098fce-860f-48ae-8e50-ebd3cc5e41da": "TLP:GREEN",
    "f88d31f6-486f-44da-b317-01333bde0b82": "TLP:AMBER", "5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "TLP:RED",
    "94868c89-83c2-464b-929b-a1a8aa3c8487": "TLP:CLEAR", "bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "TLP:GREEN",
    "55d920b0-5e8b-4f79-9ee9-91f868d9b421": "TLP:AMBER", "939a9414-2ddd-4d32-a0cd-375ea402b003": "TLP:AMBER+STRICT",
    "e828b379-4e03-4974-9ac4-e53a884c97c1": "TLP:RED",
}  # fmt: skip
"""The traffic light markings, whose objects no document need hold."""
_TRACKER = regex(
    r"\bransomware(?:\.?live|2stix)\b|\bransom(?:ware)?[-_ ]?(?:feed|look|watch)\b|\bdouble[-_ ]?extortion\b",
    re.IGNORECASE,
)
"""Who collects what extortionists publish of their victims."""
_ZERO = "1970-01-01T00:00:00"
"""Where clocks begin: the time of what has none."""


class Cited:
    """The sources of one event.

    Attributes:
        used: paths of the event that have been told.
        reporter: the organization that made the object, or None.
        sources: what it cites, and who tells of it.
        dates: when it was told of, and what labels say of other dates.
        notes: markings, and a maker whom the document does not hold.
    """

    def __init__(self, objects: Objects, event: JsonRecord, certainty: Certainty) -> None:
        self.objects, self.event, self.certainty = objects, event, certainty
        self.used: set[Path] = set()
        self.reporter: Party | None = None
        self.sources: list[Source] = []
        self.dates: list[IncidentDate] = []
        self.notes: list[Note] = []
        self._maker()
        self._references()
        if kind(event) not in COLLECTIONS:
            for collection in objects.collections(text(event, "id")):
                self._collected(collection)
        self._reported()
        for what in (DateOf.OCCURRED, DateOf.DISCOVERED, DateOf.DISCLOSED):
            self._labelled(what)
        self._markings()

    def _maker(self) -> None:
        ref = text(self.event, "created_by_ref")
        if not ref:
            return
        proof = self.event.evidence("created_by_ref", certainty=self.certainty)
        maker = self.objects.get(ref)
        if maker is None or not called(maker):
            self.notes.append(Note("created_by_ref", ref, (proof,)))
            return
        self.objects.tell(maker)
        self.reporter = party(maker, Role.REPORTER, proof, certainty=self.certainty)
        self.sources.append(Source(called(maker), evidence=(maker.evidence("name"), proof)))

    def _references(self) -> None:
        """The references that have an address, and those that `kg.export.stix` says are sources; the others stay notes."""
        keys = ("source_name", "url", "description")
        for at in indices(self.event, "external_references"):
            name, url, said = (text(self.event, "external_references", at, key) for key in keys)
            found, told = source_type(url), ours(self.event) and said in {CITED, FIRST}
            if found or (told and name):
                self.used |= {("external_references", at, key) for key in keys if key != "description" or told}
                proof = self.event.evidence(
                    "external_references", at, "url" if found else "source_name", certainty=self.certainty
                )
                first = told and said == FIRST
                self.sources.append(Source(name, url if found else "", found, first=first, evidence=(proof,)))

    def _collected(self, collection: JsonRecord) -> None:
        """A report or grouping that lists the event: a source of it."""
        self.objects.tell(collection)
        maker = self.objects.get(text(collection, "created_by_ref"))
        urls = enumerate(cited(collection, "url"))
        at, url = next((told for told in urls if source_type(told[1])), (-1, ""))
        name = text(collection, "external_references", at, "source_name") if url else ""
        proof = [collection.evidence("name" if text(collection, "name") else "id", certainty=self.certainty)]
        publisher = title(collection)
        if maker and called(maker):
            self.objects.tell(maker)
            proof.append(maker.evidence("name"))
            publisher = called(maker)
        if name and name != publisher:  # somebody else's words, that the report passes on
            other = collection.evidence("external_references", at, "url", certainty=self.certainty)
            self.sources.append(Source(name, url, source_type(url), evidence=(other,)))
            url = ""
        self.sources.append(Source(publisher, url, "report", evidence=tuple(proof)))
        self._dated(collection, "published")

    def _reported(self) -> None:
        """When it was published; where nobody says so, when its object was made, unless a label knows better."""
        self._dated(self.event, "published")
        told = self.dates or self._labelled(DateOf.REPORTED)
        if not told and not text(self.event, "created").startswith(_ZERO):
            self._dated(self.event, "created")

    def _labelled(self, what: DateOf) -> bool:
        """Keep the dates that labels give; return whether any does, or says that nobody knows. `kg.export.stix` writes such."""
        told = False
        for path, printed in labelled(self.event, dated(what)):
            try:
                date = None if printed == "unknown" else parse_edtf(printed)
            except ValueError:
                continue
            told = True
            self.used.add(path)
            if date:
                proof = self.event.evidence(*path, certainty=self.certainty)
                self.dates.append(IncidentDate(date, what, (proof,)))
        return told

    def _dated(self, record: JsonRecord, key: str) -> None:
        if (told := moment(record, key)) and told not in {date.date for date in self.dates}:
            self.dates.append(IncidentDate(told, DateOf.REPORTED, (record.evidence(key, certainty=self.certainty),)))

    def _markings(self) -> None:
        for at, ref in enumerate(strings(self.event.value.get("object_marking_refs"))):
            marking = self.objects.get(ref)
            said = _MARKED.get(ref.partition("--")[2], "")
            if marking:
                self.objects.tell(marking)
                definition = marking.value.get("definition")
                told = strings([*definition.values()]) if isinstance(definition, dict) else []
                said = said or text(marking, "name") or next(iter(told), "")
            proof = [self.event.evidence("object_marking_refs", at)] + ([marking.evidence()] if marking else [])
            self.notes.append(Note("marking", said or ref, tuple(proof)))


def from_tracker(objects: Objects, event: JsonRecord) -> bool:
    """Return whether an event comes from somebody who collects what extortionists say: its maker, or all that it cites."""
    maker = objects.get(text(event, "created_by_ref"))
    if maker and called(maker):
        return _TRACKER.search(called(maker)) is not None
    named = zip(cited(event, "source_name"), cited(event, "url"), strict=True)
    told = [f"{name} {url.partition('?')[0]}" for name, url in named]
    return bool(told) and all(map(_TRACKER.search, told))
