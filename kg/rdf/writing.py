"""From records to the evidence graph of their document."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from kg.errors import KGError
from kg.model import AffiliationKind, DateOf, Defect, Incident, Role
from kg.names import key as name_key
from kg.rdf.graph import LABEL, A, from_triples, graph_iri
from kg.rdf.terms import day, decimal, integer, literal
from kg.vocabulary import BKG, REUSED, VOCAB, concept, concepts, digest, industry_of, is_graph, phrases

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model import (
        Affiliation,
        Document,
        Extracted,
        IncidentDate,
        Listing,
        Origin,
        Party,
        Proof,
        Record,
        Source,
        SupplyRelationship,
    )
    from kg.rdf.graph import EvidenceGraph, Triple

MAIN_DATE = (DateOf.OCCURRED, DateOf.DISCOVERED, DateOf.DISCLOSED, DateOf.REPORTED)
"""Which of an incident's dates is its date, where it has several."""
_AFFILIATED = {
    AffiliationKind.SUBSIDIARY: "org:subOrganizationOf",
    AffiliationKind.PRODUCT: "productOf",
    AffiliationKind.FORMER_NAME: "formerName",
    AffiliationKind.LINKED: "org:linkedTo",
}


def evidence_graph(document: Document, kind: str, version: str, items: Iterable[Extracted]) -> EvidenceGraph:
    """Return the evidence graph of one document, read by the extractor `kind` of this `version`.

    A record that cannot be written (it ties parties that it does not list, or names a concept that there is not)
    joins the graph's defects; the others are written.
    """
    iri = graph_iri(document.digest, kind, version)
    triples: list[Triple] = []
    defects: list[Defect] = []
    records = incidents = claims = 0
    for item in items:
        if isinstance(item, Defect):
            defects.append(item)
            continue
        try:
            writer = _RecordWriter(iri, item)
            writer.write()
        except Exception as error:  # noqa: BLE001 - records come from any extractor that is installed
            defects.append(Defect(f"record {item.number}", f"cannot be used: {type(error).__name__}: {error}"))
        else:
            triples += writer.triples
            records += 1
            incidents += isinstance(item, Incident)
            claims += writer.claims
    graph = from_triples(iri, list(dict.fromkeys(triples)))
    graph.defects, graph.records, graph.incidents, graph.claims = defects, records, incidents, claims
    return graph


class _RecordWriter:
    """Writes what one record says in the graph of its document."""

    def __init__(self, graph: str, record: Record) -> None:
        self.graph, self.record = f"<{graph}>", record
        self.triples: list[Triple] = []
        self.claims = 0
        self.document = graph.replace("/graph/", "/document/")
        self.root = f"{self.document}/record/{record.number}"
        self.me = f"<{self.root}>"
        self.parties: dict[str, str] = {}
        self.ties: dict[tuple[str, str], str] = {}
        self.terms: dict[tuple[str, str, str], set[tuple[str, ...]]] = defaultdict(set)
        for told in record.uses_vendor:
            if term := _term(told):
                self.terms[told.customer, told.supplier, told.service].add(term)
        self.claimed_by = self.graph

    def write(self) -> None:
        """Write everything the record says."""
        for party in self.record.parties:
            self._party(party)
        if isinstance(self.record, Incident):
            for source in self.record.sources:
                if source.type == "article" and source.url and self.claimed_by == self.graph:
                    self.claimed_by = self._source_iri(source)
            self._incident(self.record)
        for relationship in self.record.uses_vendor:
            self._relationship(relationship)
        for affiliation in self.record.affiliations:
            self._affiliation(affiliation)
        if isinstance(self.record, Incident):
            self._told(self.record)
        else:
            self._listing(self.record)
        if self.record.origin:
            self._origin(self.record.origin)

    def _origin(self, origin: Origin) -> None:
        """Which document had the record first: what documents tell is weighed by who tells it."""
        if not is_graph(origin.graph):
            raise KGError(f"{origin.graph!r} is no graph that an export of a store has")
        self.add(self.me, REUSED["prov:wasDerivedFrom"], f"<{origin.graph}>")
        for name in origin.names:
            self.add(f"<{origin.graph}>", LABEL, literal(name))

    def add(self, subject: str, predicate: str, obj: str) -> None:
        self.triples.append((subject, predicate, obj))

    def node(self, kind: str, class_name: str, *key: str) -> str:
        """A node below the record, typed; its IRI is made of its key fields."""
        iri = f"<{self.root}/{kind}/{digest(*key)}>"
        self.add(iri, A, BKG[class_name])
        return iri

    def shared(self, kind: str, class_name: str, *key: str) -> str:
        """A node of the document that several of its records may speak of."""
        iri = f"<{self.document}/{kind}/{digest(*key)}>"
        self.add(iri, A, BKG[class_name])
        return iri

    def claim(self, triple: Triple, proof: Proof, *, about: str = "") -> None:
        """One claim for every place where the document says so."""
        for evidence in proof:
            self.claims += 1
            iri = f"<{self.root}/claim/{digest(*triple, about, evidence.place, str(evidence.span))}>"
            rows: list[tuple[str, str]] = [
                (A, BKG["Claim"]),
                (REUSED["rdf:subject"], triple[0]),
                (REUSED["rdf:predicate"], triple[1]),
                (REUSED["rdf:object"], triple[2]),
                (BKG["quote"], literal(evidence.quote)),
                (BKG["place"], literal(evidence.place)),
                (BKG["certainty"], concept("certainty", evidence.certainty)),
                (BKG["basis"], concept("basis", evidence.basis)),
                (BKG["confidence"], decimal(evidence.confidence)),
                (REUSED["dct:source"], self.claimed_by),
                (BKG["statedIn"], self.graph),
            ]
            if evidence.span is not None:
                rows += [(BKG["quoteStart"], integer(evidence.span[0])), (BKG["quoteEnd"], integer(evidence.span[1]))]
            if about:
                rows.append((BKG["exposure"], about))
            self.triples += [(iri, predicate, obj) for predicate, obj in rows]

    def state(self, predicate: str, obj: str, proof: Proof, subject: str = "") -> None:
        """A triple together with its claims; the subject is the record unless another is given."""
        triple = (subject or self.me, BKG.get(predicate) or REUSED[predicate], obj)
        self.triples.append(triple)
        self.claim(triple, proof)

    def _party(self, party: Party) -> None:
        kind = "threat-actor" if party.role is Role.ATTACKER else "group" if party.unnamed_group else "party"
        class_name = {"threat-actor": "ThreatActor", "group": "OrganizationGroup", "party": "Organization"}[kind]
        iri = self.node(kind, class_name, party.name)
        self.parties[party.name] = iri
        self.add(iri, LABEL, literal(party.name))
        for identifier in party.identifiers:
            if not all(identifier.partition(":")):
                raise KGError(f"the identifier {identifier!r} of {party.name!r} is not of the form scheme:value")
            self.add(iri, REUSED["dct:identifier"], literal(identifier))
        if party.industry:
            self.add(iri, BKG["industryText"], literal(party.industry))
            if slug := industry(party.industry):
                self.add(iri, BKG["industry"], concept("industry", slug))
        if party.region:
            self.add(iri, BKG["region"], literal(party.region))
        if party.count:
            self._bounds(iri, *party.count)

    def _bounds(self, iri: str, low: int | None, high: int | None) -> None:
        if low is not None:
            self.add(iri, BKG["atLeast"], integer(low))
        if high is not None:
            self.add(iri, BKG["atMost"], integer(high))

    def _relationship(self, told: SupplyRelationship) -> None:
        customer, supplier = self.parties[told.customer], self.parties[told.supplier]
        key, term = (told.customer, told.supplier, told.service), _term(told)
        apart = term if len(self.terms[key]) > 1 else ()
        iri = self.node("relationship", "SupplyRelationship", *key, *apart)
        self.ties[told.customer, told.supplier] = iri
        self.add(iri, BKG["customer"], customer)
        self.add(iri, BKG["supplier"], supplier)
        self.add(iri, BKG["relationshipStatus"], concept("relationship-status", told.status))
        if told.service:
            service = self.shared("service", "Service", told.service)
            self.add(service, LABEL, literal(told.service))
            self.add(iri, BKG["service"], service)
        for predicate, limit in zip(("validFrom", "validUntil"), term, strict=False):
            if limit:
                self.add(iri, BKG[predicate], limit)
        self.state("usesVendor", supplier, told.evidence, customer)
        if isinstance(self.record, Incident):
            self.add(self.me, BKG["supplyRelationship"], iri)
        elif self.record.observed and self.record.observed.latest:
            self.add(iri, BKG["observed"], day(self.record.observed.latest))

    def _affiliation(self, told: Affiliation) -> None:
        former = told.kind is AffiliationKind.FORMER_NAME
        ends = [self.parties[name] for name in ((told.party,) if former else (told.party, told.other))]
        if not told.other.strip() or any("/party/" not in end for end in ends):
            raise KGError(f"{told.party!r} and {told.other!r} cannot be affiliated: both must be named organizations")
        self.state(_AFFILIATED[told.kind], literal(told.other) if former else ends[1], told.evidence, ends[0])

    def _listing(self, listing: Listing) -> None:
        """Notes of a row belong to its relationships, else to those it calls affiliated: it has no incident."""
        affiliated = dict.fromkeys(self.parties[told.party] for told in listing.affiliations)
        for iri in self.ties.values() or affiliated:
            for note in listing.notes:
                self._note(iri, note.key, note.value, note.evidence)

    def _note(self, subject: str, key: str, value: str, proof: Proof) -> None:
        iri = self.node("note", "Note", subject, key, value)
        self.add(iri, BKG["key"], literal(key))
        self.add(iri, REUSED["rdf:value"], literal(value))
        self.state("note", iri, proof, subject)

    def _incident(self, incident: Incident) -> None:
        self.add(self.me, A, BKG["Incident"])
        # Not the document's name: another copy of the document has another, and the same graph.
        self.add(self.me, LABEL, literal(incident.title or incident.id or f"untitled incident {incident.number}"))
        if incident.id:
            self.state("dct:identifier", literal(incident.id), incident.evidence[:1])
        else:
            # Its place tells it from the others of its document; nobody claims that, and no feed gave it.
            self.add(self.me, REUSED["dct:identifier"], literal(f"record {incident.number}"))
        if incident.feed and incident.id:
            self.add(self.me, BKG["feed"], literal(incident.feed))
        self.add(self.me, BKG["certainty"], concept("certainty", incident.certainty))
        if incident.status:
            self.add(self.me, BKG["investigationStatus"], concept("investigation-status", incident.status))
        if incident.incomplete:
            self.add(self.me, BKG["incomplete"], f'"true"^^{REUSED["xsd:boolean"]}')
        for kind in incident.types:
            self.state("incidentType", concept("incident-type", kind.concept), kind.evidence)
        self._dates(incident.dates)
        for party in incident.parties:
            self._role(party)

    def _dates(self, dates: tuple[IncidentDate, ...]) -> None:
        """All dates; the first of the kind that tells most is the incident's, which may be on any day until the last of them."""
        for told in dates:
            self.state(told.what, literal(told.date.edtf), told.evidence)
        if not dates:
            return
        kind = min((told.what for told in dates), key=MAIN_DATE.index)
        days = [told.date for told in dates if told.what == kind]
        days = [told for told in days if told.earliest or told.latest] or days
        days = [told for told in days if not any(told.narrowed_by(other) for other in days)]
        begins, ends = [told.earliest or date.min for told in days], [told.latest or date.max for told in days]
        first = min(begins)
        self.add(self.me, REUSED["dct:date"], literal(days[begins.index(first)].edtf))
        if first > date.min:
            self.add(self.me, BKG["earliest"], day(first))
        if max(ends) < date.max:
            self.add(self.me, BKG["latest"], day(max(ends)))

    def _role(self, party: Party) -> None:
        iri = self.parties[party.name]
        if party.role is Role.BREACHED:
            self.state("breached", iri, party.evidence)
        elif party.role is Role.AFFECTED_DOWNSTREAM:
            self.state("affectsDownstream", iri, party.evidence)
        else:
            involved = self.node("involvement", "Involvement", party.role, name_key(party.name))
            self.add(involved, BKG["incident"], self.me)
            self.add(involved, BKG["party"], iri)
            self.add(involved, BKG["role"], concept("party-role", party.role))
            certainty = party.evidence[0].certainty if party.evidence else self.record_certainty
            self.add(involved, BKG["certainty"], concept("certainty", certainty))
            self.state("involvement", involved, party.evidence)

    @property
    def record_certainty(self) -> str:
        """The certainty of the incident itself, for facts that carry none."""
        return self.record.certainty if isinstance(self.record, Incident) else "confirmed"

    def _told(self, incident: Incident) -> None:
        """Everything that hangs on the incident node."""
        for exposed in incident.data_types:
            iri = self.node("exposure", "DataExposure", exposed.text.casefold())
            kind = concept("data-type", exposed.concept or "other")
            self.add(self.me, BKG["exposure"], iri)
            self.add(iri, LABEL, literal(exposed.text))
            self.add(iri, BKG["dataType"], kind)
            self.add(iri, BKG["certainty"], concept("certainty", exposed.certainty))
            if exposed.sensitivity:
                self.add(iri, BKG["sensitivity"], concept("sensitivity", exposed.sensitivity))
            if exposed.owner in self.parties:
                self.add(iri, BKG["dataOwner"], self.parties[exposed.owner])
            self.claim((self.me, BKG["exposedDataType"], kind), exposed.evidence, about=iri)
        for count in incident.record_counts:
            iri = self.node("count", "RecordCount", str(count.low), str(count.high), count.unit)
            self._bounds(iri, count.low, count.high)
            self.add(iri, BKG["unit"], literal(count.unit))
            self.add(iri, BKG["certainty"], concept("certainty", count.certainty))
            self.state("recordCount", iri, count.evidence)
        for impact in incident.impacts:
            iri = self.node("impact", "Impact", impact.kind, impact.text)
            self.add(iri, LABEL, literal(impact.text))
            self.add(iri, BKG["impactType"], concept("impact-type", impact.kind))
            if impact.on in self.parties:
                self.add(iri, BKG["impactOn"], self.parties[impact.on])
            self.state("impact", iri, impact.evidence)
        self._scores_and_techniques(incident)
        self._responses(incident)
        for source in incident.sources:
            self._source(source)
        for note in incident.notes:
            self._note(self.me, note.key, note.value, note.evidence)

    def _scores_and_techniques(self, incident: Incident) -> None:
        for given in incident.assessments:
            iri = self.node("assessment", "Assessment", given.scale, str(given.score))
            self.add(iri, BKG["scale"], f"<{VOCAB}{given.scale}>")
            self.add(iri, BKG["score"], decimal(given.score))
            self.add(iri, BKG["assessor"], literal(given.by))
            if f"{given.score}" in concepts(given.scale):
                self.add(iri, BKG["grade"], concept(given.scale, f"{given.score}"))
            if given.explanation:
                self.add(iri, REUSED["rdfs:comment"], literal(given.explanation))
            self.state("assessment", iri, given.evidence)
        for technique in incident.techniques:
            iri = self.shared("technique", "Technique", technique.id)
            self.add(iri, REUSED["dct:identifier"], literal(technique.id))
            if technique.name:
                self.add(iri, LABEL, literal(technique.name))
            self.state("technique", iri, technique.evidence)

    def _responses(self, incident: Incident) -> None:
        for done in incident.responses:
            iri = self.node("action", "Action", done.key, done.text)
            self.add(iri, LABEL, literal(done.text))
            self.add(iri, BKG["actionType"], concept("action-type", done.action or "other"))
            if done.key:
                self.add(iri, BKG["responseKey"], literal(done.key))
            if done.actor in self.parties:
                self.add(iri, BKG["actor"], self.parties[done.actor])
            if target := self.ties.get((done.actor, done.target)) or self.parties.get(done.target):
                self.add(iri, BKG["targets"], target)
            self.state("response", iri, done.evidence)

    def _source_iri(self, source: Source) -> str:
        return self.shared("source", "Source", source.url or name_key(source.publisher))

    def _source(self, source: Source) -> None:
        iri = self._source_iri(source)
        if source.publisher:
            self.add(iri, BKG["publisher"], literal(source.publisher))
        if source.url:
            self.add(iri, REUSED["schema:url"], f"{literal(source.url)}^^{REUSED['xsd:anyURI']}")
        if source.type:
            self.add(iri, BKG["sourceType"], concept("source-type", source.type))
        if source.about in self.parties:
            self.add(iri, REUSED["schema:about"], self.parties[source.about])
        self.state("dct:source", iri, source.evidence)
        if source.first:
            self.state("firstReportedBy", iri, source.evidence[-1:])


def _term(told: SupplyRelationship) -> tuple[str, ...]:
    """Since when and until when a relationship holds, as literals, "" where that is open; nothing where both are."""
    since, until = told.valid_from and told.valid_from.earliest, told.valid_until and told.valid_until.end
    return (day(since) if since else "", day(until) if until else "") if since or until else ()


def industry(text: str) -> str:
    """Return the industry slug for a printed industry or NAICS code, "" where the scheme has no label for it."""
    table = phrases("industry")
    words = " ".join(text.casefold().split())
    return (
        industry_of(words)
        or table.get(words)
        or next((table[part.strip()] for part in re.split(r"[/,&]| and ", words) if part.strip() in table), "")
    )
