"""An incident, a campaign or a report of STIX as an incident: who was harmed, by whom, and all that is said of it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.extract.certainties import least
from kg.extract.stix.cited import Cited, from_tracker
from kg.extract.stix.kinds import incident_types
from kg.extract.stix.marks import cited, numbered, ours, sure
from kg.extract.stix.objects import (
    ACTORS,
    COLLECTIONS,
    STANDARD,
    TIES,
    kind,
    listed,
    stated,
    strings,
    text,
    title,
    victim_role,
)
from kg.extract.stix.parties import (
    about,
    affiliation,
    called,
    details,
    moment,
    party,
    relationships,
    surroundings,
    whole,
)
from kg.extract.stix.suite import Suite, between, determination
from kg.model import (
    Basis,
    Certainty,
    DateOf,
    Incident,
    IncidentDate,
    InvestigationStatus,
    Note,
    Party,
    Role,
    SupplyRelationship,
    Technique,
)
from kg.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.json_in.records import JsonRecord
    from kg.extract.json_in.spans import Path
    from kg.extract.stix.objects import Link, Objects
    from kg.model import Affiliation, Evidence

_DETERMINED = {"suspected": Certainty.SUSPECTED, "false-positive": Certainty.DENIED}
_HARMLESS = frozenset({"blocked", "failed-attempt", "low-value"})
"""Determinations of incidents that took place and harmed nobody."""
_CLAIM = regex(
    r"\bclaim(?:s|ed|ing)?\b|\bleak[ -]?sites?\b|\balleged(?:ly)?\b|\b(?:publish|post|list|add|announc|nam|disclos|reveal)\w*\s(?:(?:a|an|its|another|the)\s)?"
    r"(?:new|latest)\svictims?(?=\s*(?:[:(–-]|\Z)|\s(?:on|to|called|named)\b)|\bnew\svictims?:",
    re.IGNORECASE,
)
_STATUS = {
    "open": InvestigationStatus.ONGOING,
    "new": InvestigationStatus.ONGOING,
    "closed": InvestigationStatus.CLOSED,
}
_THROUGH_VENDOR = "supply-chain-customer"
_VAGUE = frozenset({"related-to", "derived-from", "duplicate-of", "led-to"})
_PARTS = {
    "investigates": Role.INVESTIGATOR, "investigated": Role.INVESTIGATOR, "investigated-by": Role.INVESTIGATOR,
    "reports": Role.REPORTER, "reported": Role.REPORTER, "reported-by": Role.REPORTER, "disclosed": Role.REPORTER,
    "regulates": Role.REGULATOR, "regulated-by": Role.REGULATOR,
    # As this package writes them.
    "affects-downstream": Role.AFFECTED_DOWNSTREAM, "involves-supplier": Role.SUPPLIER_ONLY, "spares": Role.CUSTOMER_UNAFFECTED,
}  # fmt: skip
"""What an identity was in an incident that a relationship ties it to; others are told of as such."""
_RANK = (
    Role.BREACHED,
    Role.CUSTOMER_UNAFFECTED,
    Role.AFFECTED_DOWNSTREAM,
    Role.ATTACKER,
    Role.INVESTIGATOR,
    Role.REGULATOR,
    Role.REPORTER,
    Role.SUPPLIER_ONLY,
    Role.OTHER,
)
_TECHNIQUE = regex(r"T\d{4}(?:\.\d{3})?")
_READ: tuple[Path, ...] = tuple(
    (key,)
    for key in "type id spec_version name created modified created_by_ref confidence revoked first_seen last_seen published"
    " object_marking_refs object_refs".split()
)


def incident(objects: Objects, event: JsonRecord) -> Incident:
    """Return an object (an incident, a campaign or a report) as an incident; all that it tells of counts as used."""
    return _Telling(objects, event).incident()


class _Telling:
    """One event being read: what has been found of it so far."""

    def __init__(self, objects: Objects, event: JsonRecord) -> None:
        self.objects, self.event, self.me = objects, event, text(event, "id")
        self.ours, self.determined = ours(event), determination(event)
        self.certainty = _certainty(objects, event, self.determined)
        self.suite = Suite(objects, event, self.certainty)
        self.parties: dict[str, Party] = {}
        self.uses: list[SupplyRelationship] = []
        self.affiliations: list[Affiliation] = []
        self.techniques: dict[str, Technique] = {}
        self.notes: list[Note] = []
        self.noted: set[str] = set()

    def incident(self) -> Incident:
        event, suite = self.event, self.suite
        self.objects.tell(event)
        suite.read()
        self._linked()
        self._impacted()
        self._chain()
        self._groups()
        self._described()
        sources = Cited(self.objects, event, self.certainty)
        if (reporter := sources.reporter) and reporter.name not in self.parties:
            self._add(reporter)
        types = incident_types(suite)
        number, feed, numbers = numbered(event)
        used = {*_READ, *sources.used, *numbers}
        if self.determined not in _HARMLESS:
            used.add((*suite.core, "determination"))
        status = suite.member("investigation_status")
        return Incident(
            number or self.me, feed or "stix", event.number, text(event, "name"), self.certainty,
            status=_STATUS.get(status.casefold(), InvestigationStatus.UNKNOWN) if status else None,
            types=types, parties=tuple(self.parties.values()), uses_vendor=tuple(self.uses),
            data_types=tuple(suite.exposed), record_counts=tuple(suite.counts), dates=tuple(self._dates(sources)),
            responses=tuple(suite.responses), impacts=tuple(suite.impacts), techniques=tuple(self.techniques.values()),
            sources=tuple(sources.sources),
            notes=(*self.notes, *suite.notes, *sources.notes, *event.notes(used | suite.used)),
            evidence=(event.evidence(*(numbers[0] if numbers else ("id",)), certainty=self.certainty),),
            affiliations=tuple(self.affiliations),
        )  # fmt: skip

    def _linked(self) -> None:
        """Take in everything that the event is tied to, and what is remarked on it; of a report, what it lists."""
        for remark in self.objects.remarks(self.me):
            self.objects.tell(remark)
            self.notes += (replace(note, key=f"{kind(remark)}: {note.key}") for note in remark.notes(_READ))
        for link in self.objects.links.get(self.me, ()):
            self._link(link, link.other(self.me))
        if kind(self.event) in COLLECTIONS:
            for link in self.objects.harms(self.event):
                self._link(link, link.source, link.target)
            for victim in self.objects.victims(self.event):
                self._victim(victim)
            self._beside(self.event)
            return
        for collection in self.objects.collections(self.me):
            if self.objects.about_one(collection):
                self._beside(collection)

    def _victim(self, record: JsonRecord) -> None:
        """Take in an organization that a report lists as its victim."""
        proof = record.evidence("roles", victim_role(record) or 0, certainty=self.certainty)
        role = Role.OTHER if self.certainty is Certainty.DENIED else Role.BREACHED
        if member := party(record, role, proof, certainty=self.certainty):
            self._tell(record, member)

    def _beside(self, collection: JsonRecord) -> None:
        """Take in what a report lists beside the event, as far as it does not say by itself who was what."""
        for ref in listed(collection):
            found = self.objects.get(ref)
            if found and kind(found) not in {"identity", "incident", *ACTORS, *COLLECTIONS, *TIES}:
                self._other(found)

    def _link(self, link: Link, *ends: str) -> None:
        """Take in one relationship: its ends that are not the event."""
        certainty = self._sure(link)
        if link.aimed:
            certainty = least(certainty, Certainty.SUSPECTED)
        proof = whole(link, certainty)
        self.objects.tell(link.record)
        found = [record for end in ends if (record := self.objects.get(end))]
        if not found:
            self.notes.append(Note(link.kind, ends[0], (proof,)))
        if text(link.record, "id") not in self.noted:
            self.noted.add(text(link.record, "id"))
            self.notes += details(link, " and ".join(map(title, found)))
        for record in found:
            role = None if self.objects.sector(record) else self._role(link, record)
            member = party(record, role, proof, certainty=certainty) if role else None
            if member:
                self._tell(record, member)
            else:
                self._other(record, link, proof)

    def _sure(self, link: Link) -> Certainty:
        """How sure a link is: no surer than the event, but for what this package wrote, which is as sure as it says."""
        return sure(link.record) if self.ours else least(self.certainty, sure(link.record))

    def _role(self, link: Link, record: JsonRecord) -> Role | None:
        """What an identity or actor was; None for other objects, and where a link does not say."""
        if kind(record) in ACTORS:
            return None if link.kind in _VAGUE else Role.ATTACKER
        if kind(record) != "identity":
            return None
        if link.harm and link.harm[1] == text(record, "id"):
            harmless = not self.ours and (self.certainty is Certainty.DENIED or self.determined in _HARMLESS)
            kind_of_victims = link.aimed and not self.objects.harmed(link)
            return Role.OTHER if harmless or kind_of_victims else Role.BREACHED
        return _PARTS.get(link.kind, Role.OTHER)

    def _tell(self, record: JsonRecord, member: Party) -> None:
        """Add a party, with what its object says of it."""
        self._add(member)
        self.objects.tell(record)
        if text(record, "id") not in self.noted:
            self.noted.add(text(record, "id"))
            self.notes += about(record)

    def _add(self, found: Party) -> None:
        """Add a party, or its part to the one of that name: the weightier role, with what says that and not the other."""
        known = self.parties.get(found.name)
        if known is not None:
            role = min(known.role, found.role, key=_RANK.index)
            proof = [one for told in (known, found) if told.role is role for one in told.evidence]
            found = replace(known, role=role, evidence=tuple(dict.fromkeys(proof)))
        self.parties[found.name] = found

    def _other(self, record: JsonRecord, link: Link | None = None, *proof: Evidence) -> None:
        """Take in an object that is no party: a technique, else a note; one of a custom type is not told of by that."""
        technique = next(filter(_TECHNIQUE.fullmatch, cited(record, "external_id")), "")
        if technique and kind(record) == "attack-pattern":
            named = record.evidence("name", certainty=self.certainty)
            self.techniques.setdefault(technique, Technique(technique, text(record, "name"), (named, *proof)))
        elif text(record, "id") not in self.noted:
            self.noted.add(text(record, "id"))
            key = (
                link.kind if link and link.kind in _VAGUE else "sector" if self.objects.sector(record) else kind(record)
            )
            self.notes.append(Note(key, title(record), (record.evidence(certainty=self.certainty), *proof)))
        if kind(record) in STANDARD:
            self.objects.tell(record)
        if kind(record) == "campaign":
            self._attackers(record)

    def _attackers(self, campaign: JsonRecord) -> None:
        """Add who is behind a campaign that the event is part of."""
        name = text(campaign, "id")
        for link in self.objects.links.get(name, ()):
            actor = self.objects.get(link.other(name))
            if actor and kind(actor) in ACTORS and link.kind not in _VAGUE:
                certainty = self._sure(link)
                proof = link.record.evidence(certainty=certainty, basis=Basis.IMPLIED)
                if member := party(actor, Role.ATTACKER, certainty=certainty):
                    self._tell(actor, replace(member, evidence=(proof,)))
                    self.objects.tell(link.record)

    def _impacted(self) -> None:
        """Take in whom the impacts fell on: beside a party that was hit itself, what happened there reached them."""
        harmless = self.certainty is Certainty.DENIED or self.determined in _HARMLESS
        role = Role.AFFECTED_DOWNSTREAM if self._hit() else Role.BREACHED
        for ref, proof, struck in self.suite.impacted:
            record = self.objects.get(ref)
            if record is None:
                self.notes.append(Note("impacted", ref, (proof,)))
                continue
            named = kind(record) == "identity" and not self.objects.sector(record)
            hit = role if struck and not harmless else Role.OTHER
            member = party(record, hit, proof, certainty=proof.certainty) if named else None
            if member:
                self._tell(record, member)
            else:
                self._other(record, None, proof)

    def _described(self) -> None:
        """Add the industries of the parties, and note where they are, as relationships say it."""
        found = [record for ref in self.noted if (record := self.objects.get(ref)) and kind(record) == "identity"]
        for record in sorted(found, key=lambda record: record.number):
            if known := self.parties.get(called(record)):
                self.parties[known.name], told = surroundings(self.objects, record, known)
                self.notes += told

    def _chain(self) -> None:
        """Tie the parties that use or own one another; a customer that was hit beside its vendor was hit through it."""
        ids = {ref for ref in self.noted if (record := self.objects.get(ref)) and called(record) in self.parties}
        # Those of actors tie nobody in such a way, and may be as many as all their victims.
        own = (
            link
            for ref in ids
            if kind(self.objects.by_id[ref]) == "identity"
            for link in self.objects.links.get(ref, ())
        )
        links = {id(link): link for link in own}
        for link in sorted(links.values(), key=lambda link: link.record.number):
            if not {link.source, link.target} <= ids:
                continue
            uses, belongs = relationships(self.objects, link), affiliation(self.objects, link)
            self.uses += uses
            self.affiliations += [belongs] if belongs else []
            if uses or belongs:
                self.objects.tell(link.record)
                self.notes += details(link)
        if self.ours:
            return  # who was hit through whom is said
        hit = self._hit()
        through = {uses.customer for uses in self.uses if uses.customer in hit and uses.supplier in hit}
        typed = [
            r.evidence(*path, certainty=self.certainty)
            for path, r in self.suite.words
            if text(r, *path).casefold() == _THROUGH_VENDOR
        ]
        if typed and hit and not through:
            through = set(hit)
            if not any(uses.customer in hit for uses in self.uses):
                self._unnamed_vendor(hit, typed[0])
        for name in through if through < set(hit) or typed else ():
            self.parties[name] = replace(self.parties[name], role=Role.AFFECTED_DOWNSTREAM)

    def _hit(self) -> list[str]:
        """The names of the parties that it happened to."""
        return [name for name, found in self.parties.items() if found.role is Role.BREACHED]

    def _unnamed_vendor(self, victims: list[str], proof: Evidence) -> None:
        """Add the vendor through which the victims were hit, of whom the document says no more than that."""
        name = f"unnamed vendor of {victims[0]}"
        self._add(Party(name, Role.BREACHED, unnamed_group=True, count=(1, None), evidence=(proof,)))
        self.uses += (SupplyRelationship(victim, name, evidence=(proof,)) for victim in victims)

    def _groups(self) -> None:
        """Add customers that are counted and not named; whose they are is plain where one party was hit."""
        hit = self._hit()
        downstream = [found for found in self.parties.values() if found.role is Role.AFFECTED_DOWNSTREAM]
        named = sum(not found.unnamed_group for found in downstream)
        for told in self.suite.groups:
            count = told.count[0] if told.count else None
            rest = (count or 0) - named
            # Those that are named, though it may not be told which of them are customers.
            if rest <= max(len(hit) - 1, 0):
                self.notes.append(Note("customer organizations", str(count), told.evidence))
                continue
            words = f"{rest:,} other customer organization{'s' if rest > 1 else ''}" if named else told.name
            group = replace(told, name=words, count=(rest, rest))
            self._add(group)
            if len(hit) == 1:
                proof = tuple(replace(one, basis=Basis.IMPLIED) for one in group.evidence)
                self.uses.append(SupplyRelationship(group.name, hit[0], evidence=proof))

    def _dates(self, sources: Cited) -> Iterator[IncidentDate]:
        """When it happened, was found, and was told of: when it was published, else when its object was made."""
        first, last = (moment(self.event, key) for key in ("first_seen", "last_seen"))
        if seen := between(first, last):
            proof = self.event.evidence("first_seen" if first else "last_seen", certainty=self.certainty)
            yield IncidentDate(seen, DateOf.OCCURRED, (proof,))
        known = {told.what for told in sources.dates} | ({DateOf.OCCURRED} if seen else set())
        yield from (told for told in self.suite.dates() if told.what not in known)
        yield from sources.dates


def _certainty(objects: Objects, event: JsonRecord, determined: str) -> Certainty:
    """How sure an event is: as was determined, less sure by a low confidence; what attackers say is a claim.

    Of what this package wrote a label says whether it is one, and no words.
    """
    words = [text(event, "name")]
    for key in ("labels", "report_types"):
        words += strings(event.value.get(key))
    claimed = any(map(_CLAIM.search, words)) or from_tracker(objects, event)
    if ours(event):
        claimed = Certainty.CLAIMED in strings(event.value.get("labels"))
    if determined not in {"confirmed", "false-positive"} and claimed:
        return Certainty.CLAIMED
    return least(_DETERMINED.get(determined, Certainty.CONFIRMED), stated(event))
