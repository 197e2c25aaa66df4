"""Records as the JSON objects of `kg extract`: one incident, or one row of a supplier list, a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.model import Incident, Listing, Role

if TYPE_CHECKING:
    from kg.model import Action, Affiliation, DataExposure, Note, Party, Proof, Record, RecordCount, SupplyRelationship


def as_json(document: str, record: Record) -> dict[str, Any]:
    """Return the record of a document (its name) as plain JSON values, with stable keys.

    A row of a supplier list has the same keys; its `incident` is None.
    """
    incident = record if isinstance(record, Incident) else Incident("", "", record.number)
    suppliers = {relationship.supplier for relationship in record.uses_vendor}
    told: dict[str, Any] = {
        "document": document,
        "incident": (incident.id or f"record {incident.number}") if isinstance(record, Incident) else None,
        "title": incident.title,
        "certainty": str(incident.certainty),
        "incomplete": incident.incomplete,
        "types": [kind.concept for kind in incident.types],
        "status": str(incident.status or "unknown"),
        "identifiers": _by_scheme(incident.identifiers),
        "parties": [_party(party, suppliers) for party in record.parties],
        "uses_vendor": [_relationship(relationship) for relationship in record.uses_vendor],
        "affiliations": [_affiliation(affiliation) for affiliation in record.affiliations],
        "data_types": [_data_type(exposed) for exposed in incident.data_types],
        "record_counts": [_count(count) for count in incident.record_counts],
        "dates": [{"edtf": d.date.edtf, "what": str(d.what), "span": _span(d.evidence)} for d in incident.dates],
        "responses": [_response(action) for action in incident.responses],
        "impacts": [
            {"kind": i.kind, "text": i.text, "on": i.on or None, "span": _span(i.evidence)} for i in incident.impacts
        ],
        "threat_actors": [party.name for party in incident.parties if party.role is Role.ATTACKER],
        "techniques": [technique.id for technique in incident.techniques],
        "observed": record.observed.edtf if isinstance(record, Listing) and record.observed else None,
        "notes": _notes(record.notes),
        "assessments": [
            {
                "scale": a.scale,
                "score": float(a.score) if a.score % 1 else int(a.score),
                "by": a.by,
                "explanation": a.explanation or None,
            }
            for a in incident.assessments
        ],
        "sources": [
            {
                "publisher": s.publisher or None,
                "url": s.url or None,
                "type": s.type or None,
                "first": s.first,
                "about": s.about or None,
            }
            for s in incident.sources
        ],
    }
    return told


def _span(proof: Proof) -> list[int] | None:
    return next((list(evidence.span) for evidence in proof if evidence.span), None)


def _by_scheme(identifiers: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for identifier in identifiers:
        scheme, _, value = identifier.partition(":")
        found.setdefault(scheme, []).append(value)
    return found


def _notes(notes: tuple[Note, ...]) -> dict[str, str | list[str]]:
    """The values by key: a text, or a list where several have one key."""
    found: dict[str, dict[str, None]] = {}
    for note in notes:
        found.setdefault(note.key, {})[note.value] = None
    return {key: next(iter(values)) if len(values) == 1 else list(values) for key, values in found.items()}


def _party(party: Party, suppliers: set[str]) -> dict[str, Any]:
    return {
        "name": party.name,
        "role": str(party.role),
        "is_vendor": party.name in suppliers,
        "unnamed_group": party.unnamed_group,
        "count": list(party.count) if party.count else None,
        "industry": party.industry or None,
        "region": party.region or None,
        "identifiers": _by_scheme(party.identifiers),
        "span": _span(party.evidence),
    }


def _relationship(told: SupplyRelationship) -> dict[str, Any]:
    first = told.evidence[0] if told.evidence else None
    return {
        "customer": told.customer,
        "supplier": told.supplier,
        "service": told.service or None,
        "status": str(told.status),
        "valid_from": told.valid_from.edtf if told.valid_from else None,
        "valid_until": told.valid_until.edtf if told.valid_until else None,
        "basis": str(first.basis) if first else None,
        "quote": first.quote if first else None,
        "span": list(first.span) if first and first.span else None,
    }


def _affiliation(told: Affiliation) -> dict[str, Any]:
    return {
        "party": told.party,
        "kind": str(told.kind),
        "other": told.other,
        "quote": told.evidence[0].quote if told.evidence else None,
        "span": _span(told.evidence[:1]),
    }


def _data_type(exposed: DataExposure) -> dict[str, Any]:
    return {
        "text": exposed.text,
        "concept": exposed.concept or None,
        "sensitivity": exposed.sensitivity or None,
        "certainty": str(exposed.certainty),
        "owner": exposed.owner or None,
        "span": _span(exposed.evidence),
    }


def _count(count: RecordCount) -> dict[str, Any]:
    return {
        "low": count.low,
        "high": count.high,
        "unit": count.unit,
        "certainty": str(count.certainty),
        "span": _span(count.evidence),
    }


def _response(action: Action) -> dict[str, Any]:
    return {
        "key": action.key or None,
        "actor": action.actor or None,
        "action": action.action or None,
        "target": action.target or None,
        "text": action.text,
        "span": _span(action.evidence),
    }
