"""The identities and actors of STIX as parties, and what relationships between identities say of supply and ownership."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.dates import parse_edtf
from kg.extract.identifiers import identifier
from kg.extract.stix.marks import BASIS, SERVICE, STATUS, certainties, labelled, sure
from kg.extract.stix.objects import PLACES, in_opencti, indices, kind, kind_of, stated, text, title
from kg.extract.unnamed import is_unnamed
from kg.model import (
    Affiliation,
    AffiliationKind,
    Basis,
    Certainty,
    Listing,
    Note,
    Party,
    RelationshipStatus,
    Role,
    SupplyRelationship,
)
from kg.names import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.dates import PartialDate
    from kg.extract.json_in.records import JsonRecord
    from kg.extract.json_in.spans import Path
    from kg.extract.stix.objects import Link, Objects
    from kg.model import Evidence

_USES = frozenset(
    """
    uses customer-of client-of buys-from procures-from consumes subscribes-to depends-on relies-on outsources-to contracts contracted
    supplied-by served-by serviced-by hosted-by managed-by uses-services-of uses-service-of uses-service uses-services uses-vendor
    """.split()
)
_SUPPLIES = frozenset(
    """
    supplies supplies-to supplier-of supplier-to supplier-for vendor-of vendor-to vendor-for provides provides-to provider-of
    provider-to provider-for provides-service-to provides-services-to service-provider-of service-provider-for services serves
    hosts manages processor-of processor-for subprocessor-of subprocessor-for sub-processor-of sub-processor-for contractor-of
    contractor-for subcontractor-of sells-to business-associate-of
    """.split()
)
_BELONGS = {
    "subsidiary-of": AffiliationKind.SUBSIDIARY,
    "owned-by": AffiliationKind.SUBSIDIARY,
    "part-of": AffiliationKind.SUBSIDIARY,
    "division-of": AffiliationKind.PRODUCT,
    "unit-of": AffiliationKind.PRODUCT,
    "brand-of": AffiliationKind.PRODUCT,
    "product-of": AffiliationKind.PRODUCT,
    "affiliated-with": AffiliationKind.LINKED,
    "affiliate-of": AffiliationKind.LINKED,
    "partner-of": AffiliationKind.LINKED,
}
_OWNS = frozenset({"parent-of", "owns", "acquired", "parent-company-of"})
_STRONG = {"lei": "lei", "gleif": "lei", "wikidata": "wikidata", "domain": "domain"}
"""Sources of external ids that identify organizations everywhere."""
_HOUSEKEEPING: frozenset[Path] = frozenset(
    (key,)
    for key in "type id spec_version created modified created_by_ref object_marking_refs revoked lang confidence".split()
)
_READ: frozenset[Path] = _HOUSEKEEPING | {("name",), ("identity_class",)}
_TOLD: frozenset[Path] = _HOUSEKEEPING | {
    (key,) for key in ("relationship_type", "source_ref", "target_ref", "start_time", "stop_time")
}


def party(record: JsonRecord, role: Role, *proof: Evidence, certainty: Certainty = Certainty.CONFIRMED) -> Party | None:
    """Return an identity or actor as a party, None for a person, a system or a place, which are no organizations.

    Args:
        record: the object.
        role: what it was.
        proof: what says so; where it is named is added.
        certainty: how sure it is.
    """
    group = text(record, "identity_class")
    name, is_identity = called(record), kind(record) == "identity"
    if not name or (is_identity and (group in {"individual", "system"} or in_opencti(record) in PLACES)):
        return None
    references = indices(record, "external_references") if is_identity else ()
    named = record.evidence("name", certainty=certainty, basis=proof[0].basis if proof else Basis.STATED)
    return Party(
        name,
        role,
        unnamed_group=is_identity and (group == "class" or is_unnamed(name)),
        industry=text(record, "sectors", 0).replace("-", " ") if is_identity else "",
        identifiers=tuple(filter(None, (_identifier(record, at) for at in references))),
        evidence=(named, *proof),
    )


def called(record: JsonRecord) -> str:
    """Return the name that an identity or actor has as a party, "" where it has none."""
    return clean(text(record, "name"))


def _identifier(record: JsonRecord, at: int) -> str:
    """The strong identifier that a reference is, "" where it is none."""
    scheme = _STRONG.get(text(record, "external_references", at, "source_name").casefold(), "")
    value = text(record, "external_references", at, "external_id")
    return identifier(scheme, value, called(record)) if scheme and value else ""


def about(record: JsonRecord) -> Iterator[Note]:
    """Yield what an identity or actor is said to be besides its name, as notes."""
    read: set[Path] = {("sectors", 0) if isinstance(record.value.get("sectors"), list) else ("sectors",)}
    read |= {("external_references", at) for at in indices(record, "external_references") if _identifier(record, at)}
    for note in record.notes(_READ | read):
        yield Note(f"{text(record, 'name')}: {note.key}", note.value, note.evidence)


def details(link: Link, other: str = "") -> Iterator[Note]:
    """Yield what a relationship says besides what it ties, as notes; `other` names its other end."""
    if kind(link.record) != "relationship":
        read = _HOUSEKEEPING | {("sighting_of_ref",), ("where_sighted_refs",)}
    else:
        dated = supply(link) and any(_interval(link.record))
        read = _TOLD if dated else _TOLD - {("start_time",), ("stop_time",)}
        said = [certainties(link.record), labelled(link.record, BASIS, tuple(Basis))]
        if supply(link):
            said += [labelled(link.record, STATUS, tuple(RelationshipStatus)), labelled(link.record, SERVICE)]
        read |= {path for labels in said for path, _ in labels}
    for note in link.record.notes(read):
        yield Note(f"{link.kind}{' ' + other if other else ''}: {note.key}", note.value, note.evidence)


def supply(link: Link) -> tuple[str, str] | None:
    """Return customer and supplier (ids of identities) where a relationship says that one uses the other."""
    if kind(link.record) != "relationship" or {kind_of(link.source), kind_of(link.target)} != {"identity"}:
        return None
    if link.kind.removeprefix("x-") in _USES:
        return link.source, link.target
    return (link.target, link.source) if link.kind.removeprefix("x-") in _SUPPLIES else None


def affiliation(objects: Objects, link: Link) -> Affiliation | None:
    """Return that one identity belongs to another, None where a relationship says no such thing of two named ones."""
    told = link.kind.removeprefix("x-")
    if (told not in _BELONGS and told not in _OWNS) or link.source == link.target:
        return None
    ends = [link.source, link.target] if told in _BELONGS else [link.target, link.source]
    if any(found and objects.sector(found) for found in map(objects.get, ends)):
        return None
    named = [found.name for end in ends if (found := _named(objects, end)) and not found.unnamed_group]
    if len(set(named)) < len(ends):
        return None
    return Affiliation(named[0], _BELONGS.get(told, AffiliationKind.SUBSIDIARY), named[1], (whole(link),))


def relationships(objects: Objects, link: Link) -> list[SupplyRelationship]:
    """Return that one identity uses another, once for each service, nothing where a link does not say so of two organizations."""
    ends = [_named(objects, end) for end in supply(link) or ()]
    names = [end.name for end in ends if end]
    if len(set(names)) < 2:  # noqa: PLR2004 - customer and supplier
        return []
    since, until = _interval(link.record)
    states = [RelationshipStatus(told) for _, told in labelled(link.record, STATUS, tuple(RelationshipStatus))]
    status = states[0] if states else RelationshipStatus.ACTIVE
    return [
        SupplyRelationship(names[0], names[1], service, status, since, until, evidence=(whole(link),))
        for service in [told for _, told in labelled(link.record, SERVICE)] or [""]
    ]


def _interval(record: JsonRecord) -> tuple[PartialDate | None, PartialDate | None]:
    """Since when and until when a relationship holds; nothing where it would end no later than it begins."""
    since, until = moment(record, "start_time"), moment(record, "stop_time")
    turned = since and until and since.latest and until.earliest and until.earliest <= since.latest
    return (None, None) if turned else (since, until)


def listing(objects: Objects, link: Link) -> Listing | None:
    """Return a supply relationship or an affiliation that stands outside any incident, None where a link is neither."""
    used, belongs = relationships(objects, link), affiliation(objects, link)
    if not used and belongs is None:
        return None
    ends = [record for end in (link.source, link.target) if (record := objects.get(end))]
    objects.tell(link.record, *ends)
    parties, notes = [], [*details(link), *(note for end in ends for note in about(end))]
    for end in ends:
        if found := party(end, Role.OTHER, whole(link), certainty=sure(link.record)):
            found, beside = surroundings(objects, end, found)
            parties.append(found)
            notes += beside
    return Listing(
        link.record.number,
        tuple({found.name: found for found in parties}.values()),
        tuple(used),
        tuple(notes),
        (belongs,) if belongs else (),
    )


def surroundings(objects: Objects, record: JsonRecord, member: Party) -> tuple[Party, list[Note]]:
    """Return the party that an identity is, with the sector that it is part of as its industry and the domains that belong to it, and notes of these and of where it is."""
    me, notes = text(record, "id"), []
    for link in objects.links.get(me, ()):
        other = objects.get(link.other(me))
        if other is None or (link.source != me and link.kind != "belongs-to"):
            continue
        proof = link.record.evidence(certainty=stated(link.record))
        if link.source != me:
            domain = text(other, "value") if kind(other) == "domain-name" else ""
            if own := identifier("domain", domain, member.name):
                objects.tell(link.record, other)
                member = replace(member, identifiers=tuple(dict.fromkeys((*member.identifiers, own))))
                notes.append(Note(f"{member.name}: domain-name", domain, (other.evidence("value"), proof)))
        elif link.kind == "part-of" and objects.sector(other):
            objects.tell(link.record, other)
            # What says the sector says nothing of the role, so that it is no evidence of the party.
            member = replace(member, industry=member.industry or called(other))
            notes.append(Note(f"{member.name}: sector", called(other), (other.evidence("name"), proof)))
        elif link.kind in {"located-at", "located-in"} and kind(other) == "location":
            objects.tell(link.record, other)
            place = next(
                filter(None, (text(other, key) for key in ("name", "city", "country", "region"))), title(other)
            )
            notes.append(Note(f"{member.name}: {link.kind}", place, (proof,)))
    return member, notes


def moment(record: JsonRecord, *path: str | int, fidelity: str = "") -> PartialDate | None:
    """Return the day of a timestamp, or the month or year where it is no more precise; None where it is none."""
    length = {"year": 4, "month": 7}.get(fidelity, 10)
    try:
        return parse_edtf(text(record, *path)[:10]) and parse_edtf(text(record, *path)[:length])
    except ValueError:
        return None


def _named(objects: Objects, ref: str) -> Party | None:
    found = objects.get(ref)
    return party(found, Role.OTHER) if found and kind(found) == "identity" else None


def whole(link: Link, certainty: Certainty | None = None) -> Evidence:
    """Return the evidence that a link is, as sure as it says of itself unless another certainty is given."""
    based = [Basis(told) for _, told in labelled(link.record, BASIS, tuple(Basis))]
    return link.record.evidence(certainty=certainty or sure(link.record), basis=based[0] if based else Basis.STATED)
