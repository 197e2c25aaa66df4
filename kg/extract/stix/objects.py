"""The objects of a STIX document, tied together: what refers to what, and which of them a record has told of."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.counts import is_group_name
from kg.model import Certainty
from kg.patterns import regex
from kg.vocabulary import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.extract.json_in.records import JsonRecord

ACTORS = frozenset({"threat-actor", "intrusion-set"})
COLLECTIONS = frozenset({"report", "grouping"})
"""Objects that say of others that they belong together, which a bundle does not."""
DOMAIN = frozenset(
    "attack-pattern campaign course-of-action grouping identity incident indicator infrastructure intrusion-set location"
    " malware malware-analysis note observed-data opinion report threat-actor tool vulnerability".split()
)
OBSERVABLES = frozenset(
    "artifact autonomous-system directory domain-name email-addr email-message file ipv4-addr ipv6-addr mac-addr mutex"
    " network-traffic process software url user-account windows-registry-key x509-certificate".split()
)
REMARKS = frozenset({"note", "opinion"})
"""Objects that say something about those that they list."""
TIES = frozenset({"relationship", "sighting"})
DEFINITIONS = frozenset({"marking-definition", "extension-definition", "language-content"})
SUITE = frozenset({"event", "impact", "task"})
"""Objects of the incident extension suite."""
STANDARD = DOMAIN | OBSERVABLES | TIES | DEFINITIONS | SUITE

_HARMS = frozenset({"targets", "impacts", "affects", "compromises", "compromised", "breached", "attacks", "attacked"})
_HARMED = frozenset(
    {"victim-of", "affected-by", "targeted-by", "impacted-by", "compromised-by", "breached-by", "attacked-by"}
)
_AIMS = frozenset({"targets", "targeted-by", "attacks", "attacked-by"})
_HIGH = 70
"""From here on the scales of STIX call a confidence high."""
_OPENCTI = "extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba"
"""Where OpenCTI says what an identity is."""
PLACES = frozenset({"country", "region", "city"})
"""What an identity may be in OpenCTI that is none; all are organizations by their class."""
_SECTOR = regex(r"\b(?:sectors?|industry|industries)\Z", re.IGNORECASE)
_BLANKS = regex(r"[\s_]+")


@dataclass(frozen=True, slots=True)
class Link:
    """That one object says something of another: a relationship, or where something was sighted."""

    source: str
    kind: str
    target: str
    record: JsonRecord

    def other(self, end: str) -> str:
        """Return the end that is not this one."""
        return self.target if end == self.source else self.source

    @property
    def aimed(self) -> bool:
        """Return whether it says whom somebody aims at, and not that they were hit: of anything but an incident."""
        return self.kind in _AIMS and "incident" not in {kind_of(self.source), kind_of(self.target)}

    @property
    def harm(self) -> tuple[str, str] | None:
        """Return who is said to have harmed whom, None where it is said of nobody."""
        if self.kind in _HARMS:
            return self.source, self.target
        return (self.target, self.source) if self.kind in _HARMED else None


@dataclass(slots=True)
class Objects:
    """The objects of a document by id; of several versions the latest, revoked ones left out.

    Attributes:
        by_id: id -> object.
        links: id -> what ties it to others, in the order of the document.
        used: ids of those that a record has told of.
    """

    by_id: dict[str, JsonRecord]
    links: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))
    used: set[str] = field(default_factory=set)
    _collections: dict[str, list[JsonRecord]] = field(default_factory=lambda: defaultdict(list))
    _remarks: dict[str, list[JsonRecord]] = field(default_factory=lambda: defaultdict(list))
    _about_one: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for record in self.by_id.values():
            for link in ties(record):
                self.links[link.source].append(link)
                if link.target != link.source:
                    self.links[link.target].append(link)
            if kind(record) in REMARKS:
                for ref in listed(record):
                    self._remarks[ref].append(record)
            if kind(record) in COLLECTIONS:
                refs = listed(record)
                for ref in refs:
                    self._collections[ref].append(record)
                if sum(kind_of(ref) == "incident" and ref in self.by_id for ref in refs) == 1:
                    self._about_one.add(text(record, "id"))

    def get(self, ref: object) -> JsonRecord | None:
        """Return the object that a reference names, None where the document has none."""
        return self.by_id.get(ref) if isinstance(ref, str) else None

    def tell(self, *records: JsonRecord) -> None:
        """Count objects as told of."""
        self.used.update(text(record, "id") for record in records)

    def collections(self, ref: str) -> list[JsonRecord]:
        """Return the reports and groupings that list an object."""
        return self._collections.get(ref, [])

    def remarks(self, ref: str) -> list[JsonRecord]:
        """Return the notes and opinions about an object."""
        return self._remarks.get(ref, [])

    def about_one(self, collection: JsonRecord) -> bool:
        """Return whether a report or grouping lists one incident only, so that what it lists beside belongs to that."""
        return text(collection, "id") in self._about_one

    def harmed(self, link: Link) -> JsonRecord | None:
        """Return the identity that a link says was harmed; a kind of victims ("the energy sector") is none."""
        found = self.get(link.harm[1]) if link.harm else None
        return found if found and self._one(found) else None

    def _one(self, record: JsonRecord) -> bool:
        """Whether an object is an organization."""
        return (
            kind(record) == "identity"
            and text(record, "identity_class") not in {"class", "individual", "system"}
            and in_opencti(record) not in PLACES
            and not self.sector(record)
        )

    def victims(self, collection: JsonRecord) -> list[JsonRecord]:
        """Return the organizations a report or grouping lists that say themselves that they are its victims, as MISP writes them."""
        found = [record for ref in listed(collection) if (record := self.get(ref)) and record.value.get("roles")]
        return [record for record in found if self._one(record) and victim_role(record) is not None]

    def sector(self, record: JsonRecord) -> bool:
        """Return whether an identity is a sector: OpenCTI says so, or it is called as an industry is and not said to be an organization.

        A class is one by other names, too ("Widget sector"), and where others are part of it.
        """
        if kind(record) != "identity":
            return False
        if said := in_opencti(record):
            return said == "sector"
        me, name, group = (text(record, key) for key in ("id", "name", "identity_class"))
        if group in {"organization", "individual", "system"}:
            return False
        if name.casefold() in phrases("industry") and not is_group_name(name):
            return True
        if group != "class":
            return False
        return _SECTOR.search(name) is not None or any(
            link.kind == "part-of" and link.target == me for link in self.links.get(me, ())
        )

    def harms(self, collection: JsonRecord) -> list[Link]:
        """Return the links of a collection that say who was harmed: those it lists, and those between what it lists."""
        refs = dict.fromkeys(listed(collection))
        return [
            link
            for ref in refs
            for link in self.links.get(ref, ())
            # An actor has links to all its victims, whom as many reports list: what is quick to ask comes first.
            if link.source == ref and (link.target in refs or link.record.value["id"] in refs) and self.harmed(link)
        ]


def ties(record: JsonRecord) -> Iterator[Link]:
    """Yield what an object says of others: one thing where it is a relationship, of a sighting one for each place."""
    if kind(record) == "relationship":
        ends = text(record, "source_ref"), text(record, "target_ref")
        if all(ends):
            yield Link(ends[0], _BLANKS.sub("-", text(record, "relationship_type").casefold()), ends[1], record)
    elif kind(record) == "sighting":
        for ref in strings(record.value.get("where_sighted_refs")):
            yield Link(ref, "sighted", text(record, "sighting_of_ref"), record)


def in_opencti(record: JsonRecord) -> str:
    """Return what an identity is in OpenCTI ("sector"): as its extension says, its files, or those before its version 4; else ""."""
    said = (("extensions", _OPENCTI, "type"), ("x_opencti_type",), ("x_opencti_identity_type",))
    return next(filter(None, (text(record, *path) for path in said)), "").casefold()


def victim_role(record: JsonRecord) -> int | None:
    """Return which of the roles of an identity is that of a victim, None where none is."""
    roles = [role.strip().casefold() for role in strings(record.value.get("roles"))]
    listed_roles = isinstance(record.value.get("roles"), list) and len(roles) == len(record.value["roles"])
    return roles.index("victim") if listed_roles and "victim" in roles else None


def kind(record: JsonRecord) -> str:
    """Return the type of an object."""
    return text(record, "type")


def kind_of(ref: str) -> str:
    """Return the type that a reference names, whether or not the document has the object."""
    return ref.partition("--")[0]


def text(record: JsonRecord, *path: str | int) -> str:
    """Return the text of a member, blanks around it removed, "" where there is none."""
    value = record.get(*path)
    return " ".join(value.split()) if isinstance(value, str) else ""


def strings(value: object) -> list[str]:
    """Return the texts of a list, or of a text alone."""
    if isinstance(value, str):
        return [value]
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def indices(record: JsonRecord, *path: str | int) -> range:
    """Return the indices of the elements of a list, none for anything else."""
    value = record.get(*path)
    return range(len(value) if isinstance(value, list) else 0)


def listed(collection: JsonRecord) -> list[str]:
    """Return the ids that a report, a grouping, a note or an opinion lists, each once."""
    return list(dict.fromkeys(strings(collection.value.get("object_refs"))))


def title(record: JsonRecord) -> str:
    """Return what an object is called: its name, an observable's value, else its id."""
    names = (text(record, key) for key in ("name", "value", "path", "key", "product", "definition_type"))
    return next(filter(None, names), text(record, "id"))


def stated(record: JsonRecord) -> Certainty:
    """Return how sure an object is by its confidence: from 70 of 100 on, and without one, it is sure."""
    confidence = record.value.get("confidence")
    unsure = isinstance(confidence, int) and not isinstance(confidence, bool) and confidence < _HIGH
    return Certainty.SUSPECTED if unsure else Certainty.CONFIRMED
