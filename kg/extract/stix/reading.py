"""STIX 2.0 and 2.1: bundles of objects, one or several in a document, JSON Lines of objects, and TAXII envelopes.

Each object comes to one end. An incident, a campaign that harmed somebody and a report that says who was harmed are
incidents; a relationship that says that one identity uses or owns another is a listing; what these refer to is told of in
them; every other object is set aside with the reason. Objects of custom types are set aside in any case, so that the
report counts them, and kept as notes of the incident that refers to them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import UnreadableError
from kg.extract.json_in.records import JsonRecord, records
from kg.extract.stix.incident import incident
from kg.extract.stix.objects import (
    COLLECTIONS,
    STANDARD,
    Objects,
    kind,
    kind_of,
    listed,
    text,
    ties,
)
from kg.extract.stix.parties import listing
from kg.extract.stix_ids import is_object
from kg.model import Defect

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from kg.model import Document, Extracted, Record

_READ = frozenset({"incident", "campaign", "report", "grouping", "identity", "relationship", "sighting"})
"""Types that make records; the library checks them, and what it finds wrong is a reason not to read one."""
_VERSIONS = (None, "2.0", "2.1")
"""Of which an object may say that it is; those of 2.0 do not say it, and are tied together as those of 2.1 are."""
_EXTRA = "STIX needs the library stix2: pip install 'breachkg[stix]'"


def read(document: Document) -> Iterator[Extracted]:
    """Yield the records of a document, and a defect for every object that none of them tells of.

    Raises:
        UnreadableError: the library stix2 is not installed.
    """
    check = _checker(document)
    chosen: dict[str, JsonRecord] = {}
    for found in _objects(document):
        reason = found if isinstance(found, Defect) else _unfit(found, check)
        if isinstance(reason, Defect):
            yield reason
            continue
        assert isinstance(found, JsonRecord)
        yield from _choose(chosen, found)
    revoked = set()
    for name, record in list(chosen.items()):
        if record.value.get("revoked") is True:
            yield Defect(record.place, f"is a revoked {kind(record)}")
            del chosen[name]
            revoked.add(name)
    objects = Objects(chosen)
    yield from _records(objects)
    for record in chosen.values():
        if text(record, "id") not in objects.used:
            yield Defect(record.place, _unused(record, objects, revoked))


def _checker(document: Document) -> Callable[[Mapping[str, Any]], object]:
    """The library's check of one object; imported here, since it takes a third of a second."""
    try:
        from stix2 import parse  # noqa: PLC0415 - see above
    except ImportError as error:
        raise UnreadableError(document.name, _EXTRA) from error

    # Ids that were made of those of STIX 1 hold UUIDs of no variant, which tools take. All are checked as of 2.1, which
    # asks less of an identity than 2.0: objects of 2.1 may lack the version, too.
    def check(value: Mapping[str, Any]) -> object:
        name = value["type"] + value["id"][value["id"].index("--") :]
        return parse({**value, "spec_version": "2.1", "id": name}, allow_custom=True, interoperability=True)

    return check


def _objects(document: Document) -> Iterator[JsonRecord | Defect]:
    """Every object of every bundle, numbered through."""
    number = 0
    for found in records(document, is_object):
        members = [found] if isinstance(found, Defect) else _members(found)
        for member in members:
            number += 1
            if isinstance(member, JsonRecord):
                member.number = number
            yield member


def _members(record: JsonRecord) -> Iterator[JsonRecord | Defect]:
    """The objects of a bundle that was read as one record; any other record is an object itself."""
    inside = record.value.get("objects")
    bundle = record.value.get("type") == "bundle"
    if bundle and "objects" not in record.value:
        # A bundle of nothing is allowed, as no empty list is; drafts of STIX 2.0 have a list for each type.
        for name in (name for name, value in record.value.items() if isinstance(value, list)):
            yield Defect(record.place_of(name), 'is not read: the objects of a bundle stand in "objects"')
        return
    if is_object(record.value) or not isinstance(inside, list):
        yield Defect(record.place, "is a bundle without objects") if bundle else record
        return
    if not inside:
        yield Defect(record.place, "is a bundle without objects")
    yield from (record.inner(0, "objects", at) for at in range(len(inside)))


def _unfit(record: JsonRecord, check: Callable[[Mapping[str, Any]], object]) -> Defect | None:
    """Why an object cannot be read, None where it can."""
    if not is_object(record.value):
        return Defect(record.place, "is not a STIX object: its id is not its type, two hyphens and a UUID")
    if kind(record) == "x-opencti-incident":  # of STIX 2.0, which has no incidents
        record.value["type"] = "incident"
    version, named = record.value.get("spec_version"), kind(record)
    if version not in _VERSIONS:
        return Defect(record.place, f"is of STIX {version}; only STIX 2.0 and 2.1 are read")
    if named in _READ:
        try:
            check(record.value)
        except Exception as error:  # noqa: BLE001 - the library meets hostile values with many kinds of error
            return Defect(record.place, f"is no valid {named}: {' '.join(str(error).split()) or type(error).__name__}")
    return None


def _choose(chosen: dict[str, JsonRecord], record: JsonRecord) -> Iterator[Defect]:
    """Keep the latest version of every object; the others are defects.

    A relationship that was copied by hand, its id with it, is another one: few objects refer to relationships.
    """
    known = chosen.setdefault(text(record, "id"), record)
    if known is record:
        return
    if text(record, "modified") > text(known, "modified"):
        chosen[text(record, "id")] = record
        yield Defect(known.place, f"is an earlier version of {record.place}")
    elif text(record, "modified") < text(known, "modified"):
        yield Defect(record.place, f"is an earlier version of {known.place}")
    elif record.value == known.value:
        yield Defect(record.place, f"repeats {known.place}")
    elif kind(record) == "relationship":
        record.value["id"] += f" {record.place}"  # so that each comes to an end of its own
        chosen[text(record, "id")] = record
    else:
        yield Defect(record.place, f"has the id and the time of {known.place}, and says something else")


def _records(objects: Objects) -> Iterator[Record]:
    """The records, in the order of the objects that they are made of; reports last, when all else is told of."""
    events = [record for record in objects.by_id.values() if kind(record) == "incident" or _campaign(objects, record)]
    harmed = {text(record, "id") for record in events}
    events += [
        record
        for record in objects.by_id.values()
        if kind(record) in COLLECTIONS
        and not harmed & set(listed(record))
        and (objects.harms(record) or objects.victims(record))
    ]
    yield from (incident(objects, event) for event in events)
    for record in objects.by_id.values():
        if kind(record) == "relationship" and text(record, "id") not in objects.used:
            yield from filter(None, (listing(objects, link) for link in ties(record)))


def _campaign(objects: Objects, record: JsonRecord) -> bool:
    """Whether a campaign is said to have harmed somebody."""
    name = text(record, "id")
    return kind(record) == "campaign" and any(
        link.harm and link.harm[0] == name and objects.harmed(link) for link in objects.links.get(name, ())
    )


def _unused(record: JsonRecord, objects: Objects, revoked: Collection[str]) -> str:
    """Why an object made no record and is told of in none."""
    named = kind(record)
    if named not in STANDARD:
        return f"is of the custom type {named}, which is not mapped"
    if named == "relationship":
        ends = [text(record, key) for key in ("source_ref", "target_ref")]
        missing = [end for end in ends if end not in objects.by_id]
        if missing and missing[0] in revoked:
            return f"refers to {missing[0]}, which was revoked"
        if missing:
            return f"refers to {missing[0]}, which the document does not hold"
        return f"{kind_of(ends[0])} {text(record, 'relationship_type')} {kind_of(ends[1])}: no incident or supply relationship tells of it"
    me = text(record, "id")
    for collection in objects.collections(me):
        if text(collection, "id") in objects.used:
            return f"{named}: a {kind(collection)} lists it, but nothing says what part it had in an incident"
    return f"{named}: no incident or supply relationship refers to it"
