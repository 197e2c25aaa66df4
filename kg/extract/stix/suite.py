"""What the incident extension suite of STIX says of an incident: impacts, events and tasks, and counts of who was hit.

Version 2 of the suite has impacts, events and tasks as objects of their own; version 1 has them inside the incident, and
of those its confidentiality impacts are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.dates import parse_edtf
from kg.extract.actions import classify
from kg.extract.certainties import least
from kg.extract.concepts import data_concept
from kg.extract.stix.marks import ours
from kg.extract.stix.objects import indices, kind, stated, strings, text, title
from kg.extract.stix.parties import called, moment, party
from kg.model import (
    Action,
    Certainty,
    DataExposure,
    DateOf,
    Impact,
    IncidentDate,
    Note,
    Party,
    RecordCount,
    Role,
)
from kg.vocabulary import concepts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.dates import PartialDate
    from kg.extract.json_in.records import JsonRecord
    from kg.extract.json_in.spans import Path
    from kg.extract.stix.objects import Objects
    from kg.model import Evidence

EXTENSION = "extension-definition--ef765651-680c-498d-9894-99799f2fa126"
"""The incident core extension."""
_INFORMATION = {
    "classified-material": "classified-information", "communication": "communication-data",
    "credentials-admin": "credentials", "credentials-user": "credentials", "financial": "financial-records",
    "legal": "legal-documents", "payment": "payment-cards", "phi": "health-records", "pii": "personal-information",
    "proprietary": "proprietary-data", "system": "configuration-data",
}  # fmt: skip
_LOST = {
    "none": Certainty.DENIED, "suspected-loss": Certainty.SUSPECTED, "confirmed-loss": Certainty.CONFIRMED,
    "exploited-loss": Certainty.CONFIRMED, "contained": Certainty.CONFIRMED,
}  # fmt: skip
_IMPACTS = {"availability": "operational", "monetary": "financial", "physical": "systems", "integrity": "systems"}
_FINER = {
    "public-confidence": "reputation", "brand-damage": "reputation", "legal-and-regulatory": "legal",
    "business-disruption": "operational", "full-destruction": "data-loss", "partial-destruction": "data-loss",
}  # fmt: skip
_TASKS = {
    "investigation": "investigate", "victim-notification": "notify-victims", "ransom-payment": "pay-ransom",
    "recovery": "restore-systems", "external-support": "engage-forensics", "implemented-control": "improve-security",
    "routine-updates": "patch",
}  # fmt: skip
_IMPACT = ("information_type", "description", "loss_type", "record_count", "record_size")
_DONE = frozenset({"successful", "ongoing", "unknown"})
_DATED = {"detected": DateOf.DISCOVERED, "discovery": DateOf.DISCOVERED, "reported": DateOf.DISCLOSED}
_UNITS = {
    **dict.fromkeys("individual employee customer-individual group".split(), "people"),
    **dict.fromkeys("computers-mobile computers-personal computers-server network-device system".split(), "devices"),
    "customer": "customers", "organization": "organizations",
}  # fmt: skip
_CUSTOMERS = "customer-organization"


class Suite:
    """The parts of the suite that one incident refers to.

    Attributes:
        used: paths of the incident that have been told.
        words: where the types of the incident and of its events are said.
        impacts: consequences.
        exposed: kinds of data.
        counts: how many were hit, and how many records.
        responses: the tasks that were done, or are being done.
        groups: customers that are counted and not named.
        impacted: what an impact fell on (its id), where that is said, and whether it did harm there.
        notes: what has no term.
    """

    def __init__(self, objects: Objects, event: JsonRecord, certainty: Certainty) -> None:
        self.objects, self.event, self.certainty = objects, event, certainty
        self.used: set[Path] = set()
        self.core = _core(event)
        if self.core:
            self.used.add((*self.core, "extension_type"))
        self.words: list[tuple[Path, JsonRecord]] = []
        self.impacts: list[Impact] = []
        self.exposed: list[DataExposure] = []
        self.counts: list[RecordCount] = []
        self.responses: list[Action] = []
        self.groups: list[Party] = []
        self.impacted: list[tuple[str, Evidence, bool]] = []
        self.notes: list[Note] = []
        self._dates: list[tuple[DateOf, IncidentDate]] = []
        self._ends: list[tuple[PartialDate, Evidence]] = []

    def read(self) -> None:
        """Take in everything that the incident refers to."""
        self.words += ((path, self.event) for path in self._each("incident_types") if text(self.event, *path))
        for path in [(*self.core, "impacted_entity_counts"), *self._each("impacted_entity_counts")]:
            self._counted(self.event, path)
        for path in self._each("confidentiality_impacts"):
            self._confidentiality(self.event, path)
        self._activities()
        for record in self._referred("impact_refs"):
            struck = self._impact(record)
            for at in indices(record, "impacted_refs"):
                if isinstance(ref := record.get("impacted_refs", at), str):
                    proof = record.evidence("impacted_refs", at, certainty=least(self.certainty, stated(record)))
                    self.impacted.append((ref, proof, struck))
        for record in (*self._referred("events", "event_ref"), *self._referred("event_refs")):
            self._happened(record)
        for record in (*self._referred("tasks", "task_ref"), *self._referred("task_refs")):
            self._task(record)

    def dates(self) -> Iterator[IncidentDate]:
        """Yield the earliest date of each kind that events, tasks and impacts give; what occurred lasted until the last of their ends."""
        for what in DateOf:
            told = [date for kind_, date in self._dates if kind_ is what]
            if not told:
                continue
            first = min(told, key=lambda date: str(date.date.earliest))
            if what is DateOf.OCCURRED and self._ends:
                last, proof = max(self._ends, key=lambda end: str(end[0].latest))
                if (until := between(first.date, last)) and until != first.date:
                    first = IncidentDate(until, what, (*first.evidence, proof))
            yield first

    def member(self, key: str) -> str:
        """Return a text of the extension, or of the incident itself; it counts as used."""
        for path in ((*self.core, key), (key,)):
            if found := text(self.event, *path):
                self.used.add(path)
                return found
        return ""

    def _each(self, key: str) -> list[Path]:
        """The paths of the elements of a list of the extension."""
        return [(*self.core, key, at) for at in indices(self.event, *self.core, key)]

    def _referred(self, key: str, ref: str = "") -> Iterator[JsonRecord]:
        """The objects that a list of the extension refers to; a reference that leads nowhere stays a note."""
        for path in self._each(key):
            where = (*path, ref) if ref else path
            if (found := self.objects.get(text(self.event, *where))) and kind(found) in {"impact", "event", "task"}:
                self.used.add(path)
                self.objects.tell(found)
                yield found

    def _counted(self, record: JsonRecord, path: Path) -> None:
        """How many of each kind were hit; customers that are organizations are a group of parties."""
        counts = record.get(*path)
        for name, count in counts.items() if isinstance(counts, dict) else ():
            if not isinstance(count, int) or isinstance(count, bool) or count < 0:
                continue
            proof = record.evidence(*path, name, certainty=self.certainty)
            if record is self.event:
                self.used.add((*path, name))
            if name == _CUSTOMERS and count:
                words = f"{count:,} customer organizations"
                self.groups.append(
                    Party(words, Role.AFFECTED_DOWNSTREAM, unnamed_group=True, count=(count, count), evidence=(proof,))
                )
            else:
                unit = _UNITS.get(name, name.replace("-", " "))
                self.counts.append(RecordCount(count, count, unit, self.certainty, (proof,)))

    def _confidentiality(self, record: JsonRecord, path: Path) -> bool:
        """A kind of data that was lost, or was not, and how much of it; return whether any of it is told."""
        before = len(self.exposed) + len(self.counts)
        lost = _LOST.get(text(record, *path, "loss_type"), Certainty.SUSPECTED)
        certainty = Certainty.DENIED if lost is Certainty.DENIED else least(lost, self.certainty)
        kind_ = text(record, *path, "information_type")
        if kind_:
            plain = kind_.replace("-", " ")
            concept = kind_ if kind_ in concepts("data-type") else _INFORMATION.get(kind_) or data_concept(plain)
            said = text(record, *path, "description")
            proof = record.evidence(*path, "description" if said else "information_type", certainty=certainty)
            self.exposed.append(DataExposure(said or plain, concept, certainty, evidence=(proof,)))
        for key, unit in (("record_count", "records"), ("record_size", "bytes")):
            count = record.get(*path, key)
            if isinstance(count, int) and not isinstance(count, bool) and count >= 0:
                proof = record.evidence(*path, key, certainty=certainty)
                self.counts.append(RecordCount(count, count, unit, certainty, (proof,)))
        if record is self.event:
            self.used |= {(*path, key) for key in _IMPACT}
        return len(self.exposed) + len(self.counts) > before

    def _impact(self, record: JsonRecord) -> bool:
        """An impact object, one that another has superseded is a note; return whether it did harm."""
        category = text(record, "impact_category").removesuffix("-impact")
        extension = next((name for name in (category, f"{category}-impact") if record.get("extensions", name)), "")
        if text(record, "superseded_by_ref"):
            self.notes.append(
                Note(f"superseded {category} impact", title(record), (record.evidence(certainty=self.certainty),))
            )
            return False
        self._counted(record, ("impacted_entity_counts",))
        self._spell(record)
        if category == "confidentiality":
            if not self._confidentiality(record, ("extensions", extension)):
                says = text(record, "description") or title(record)
                self.notes.append(Note("confidentiality impact", says, (record.evidence(certainty=self.certainty),)))
            return text(record, "extensions", extension, "loss_type") != "none"
        told = record.get("extensions", extension)
        words = [str(value) for value in told.values() if value is not None] if isinstance(told, dict) else []
        finer = next((_FINER[word] for word in words if word in _FINER), "")
        if words and all(word in {"0", "none"} for word in words):
            self.notes.append(
                Note(f"no {category} impact", ", ".join(words), (record.evidence(certainty=self.certainty),))
            )
            return False
        says = text(record, "description") or f"{category}: {', '.join(words)}".strip(": ")
        hit = (self.objects.get(ref) for ref in strings(record.value.get("impacted_refs")))
        on = next((called(found) for found in hit if found and kind(found) == "identity"), "")
        proof = record.evidence(certainty=least(self.certainty, stated(record)))
        self.impacts.append(Impact(says, finer or _IMPACTS.get(category, "other"), on, (proof,)))
        return True

    def _activities(self) -> None:
        """When version 1 says that the attackers were at work, from the first to the last time, and when that was found."""
        times: list[tuple[PartialDate, Path]] = []
        for path in self._each("attacker_activities"):
            for key in ("start_time", "end_time"):
                fidelity = text(self.event, *path, f"{key}_fidelity")
                if told := moment(self.event, *path, key, fidelity=fidelity):
                    times.append((told, (*path, key)))
        if times:
            first, last = (pick(times, key=lambda time: str(time[0].earliest)) for pick in (min, max))
            when = between(first[0], last[0])
            assert when is not None
            ends = dict.fromkeys((first[1], last[1]))
            proofs = tuple(self.event.evidence(*path, certainty=self.certainty) for path in ends)
            self._dates.append((DateOf.OCCURRED, IncidentDate(when, DateOf.OCCURRED, proofs)))
            self.used |= {path for _, path in times}
        for path in self._each("defender_activities"):
            what = _DATED.get(text(self.event, *path, "activity_type") or text(self.event, *path, "type"))
            key = next((key for key in ("start_time", "time") if text(self.event, *path, key)), "")
            if what and key and self._moment(what, self.event, *path, key):
                self.used.add((*path, key))

    def _happened(self, record: JsonRecord) -> None:
        """An event of the incident."""
        if ours(self.event):
            self._spell(record)  # all that it is there for
            return
        proof = record.evidence(certainty=least(self.certainty, stated(record)))
        if text(record, "status") not in {"not-occurred", "pending"}:
            self.words += ((("event_types", at), record) for at in indices(record, "event_types"))
            self._spell(record)
        self.notes.append(Note("event", _says(record, "event_types"), (proof,)))

    def _task(self, record: JsonRecord) -> None:
        """A task: a response where it was done, else a note."""
        types, says = strings(record.value.get("task_types")), _says(record, "task_types")
        proof = record.evidence(certainty=self.certainty)
        outcome = text(record, "outcome") or "unknown"
        for word in types:
            if word in _DATED:
                self._moment(_DATED[word], record, "start_time")
        if outcome not in _DONE:
            self.notes.append(Note(f"task {outcome}", says, (proof,)))
            return
        action = next((_TASKS[word] for word in types if word in _TASKS), "") or classify(says)
        actor, proofs = "", [proof]
        for link in self.objects.links.get(text(record, "id"), ()):
            done_by = self.objects.get(link.source)
            if link.kind in {"performed", "assigned"} and done_by and party(done_by, Role.OTHER):
                actor = called(done_by)
                proofs.append(link.record.evidence(certainty=self.certainty))
                self.objects.tell(link.record)
        self.responses.append(Action(says, action, actor=actor, evidence=tuple(proofs)))

    def _spell(self, record: JsonRecord) -> None:
        """Keep when an impact or event began and ended."""
        last = moment(record, "end_time", fidelity=text(record, "end_time_fidelity"))
        if self._moment(DateOf.OCCURRED, record, "start_time") and last:
            self._ends.append((last, record.evidence("end_time", certainty=self.certainty)))

    def _moment(self, what: DateOf, record: JsonRecord, *path: str | int) -> bool:
        """Keep a time; return whether there is one."""
        told = moment(record, *path, fidelity=text(record, *path[:-1], f"{path[-1]}_fidelity"))
        if told:
            proof = record.evidence(*path, certainty=self.certainty)
            self._dates.append((what, IncidentDate(told, what, (proof,))))
        return told is not None


def _says(record: JsonRecord, types: str) -> str:
    """What an event or a task says in words, or of which types it is."""
    words = (text(record, "description"), text(record, "name"), ", ".join(strings(record.value.get(types))))
    return next(filter(None, words), title(record))


def _core(event: JsonRecord) -> Path:
    """Where the members of the extension are: in it, or in the incident itself."""
    return ("extensions", EXTENSION) if isinstance(event.get("extensions", EXTENSION), dict) else ()


def determination(event: JsonRecord) -> str:
    """Return what was determined of an incident, in lower case, "" where the document does not say."""
    return text(event, *_core(event), "determination").casefold()


def between(first: PartialDate | None, last: PartialDate | None) -> PartialDate | None:
    """Return one date for the first and the last day of something, of which one may be missing."""
    if first is None or last is None or first.edtf == last.edtf:
        return first or last
    try:
        return parse_edtf(f"{first.edtf}/{last.edtf}")
    except ValueError:
        return first
