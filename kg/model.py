"""The frozen records that pass between the stages: a document goes in, records with evidence come out."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from kg.dates import PartialDate

Span: TypeAlias = tuple[int, int]
Bounds: TypeAlias = tuple[int | None, int | None]
SURE: Final = Decimal(1)
"""The confidence in what nothing makes doubtful."""


class Certainty(StrEnum):
    """How sure the source is; not how sure the extractor is (that is `Evidence.confidence`)."""

    CONFIRMED = "confirmed"
    SUSPECTED = "suspected"
    CLAIMED = "claimed"
    DENIED = "denied"


class Basis(StrEnum):
    """Whether a fact was said outright, follows from how a list was laid out, or was computed."""

    STATED = "stated"
    IMPLIED = "implied"
    INFERRED = "inferred"


class Role(StrEnum):
    """What a party was in an incident."""

    BREACHED = "breached"
    AFFECTED_DOWNSTREAM = "affected_downstream"
    SUPPLIER_ONLY = "supplier_only"
    CUSTOMER_UNAFFECTED = "customer_unaffected"
    ATTACKER = "attacker"
    REPORTER = "reporter"
    INVESTIGATOR = "investigator"
    REGULATOR = "regulator"
    OTHER = "other"


EXPOSED: Final = frozenset({Role.BREACHED, Role.AFFECTED_DOWNSTREAM})
"""The roles of those whose data or systems were reached."""


class RelationshipStatus(StrEnum):
    """State of a supply relationship as last reported."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    ENDED = "ended"
    UNKNOWN = "unknown"


class AffiliationKind(StrEnum):
    """How two organizations belong together without being one."""

    SUBSIDIARY = "subsidiary"
    """The party is owned by the other."""
    PRODUCT = "product"
    """The party is a product, brand or unit of the other."""
    FORMER_NAME = "former_name"
    """The other is a name that the party had."""
    LINKED = "linked"
    """They belong together in a way the document does not tell."""


class InvestigationStatus(StrEnum):
    """State of the investigation of an incident."""

    ONGOING = "ongoing"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class DateOf(StrEnum):
    """What a date of an incident dates."""

    OCCURRED = "occurred"
    DISCOVERED = "discovered"
    DISCLOSED = "disclosed"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read.

    Attributes:
        name: path relative to the input it was found under.
        text: the decoded file, byte order mark removed, nothing else touched (of an e-mail message its main headers and
            its text); all spans count its characters.
        digest: SHA-256 of the bytes, hexadecimal.
        location: where it was read from, for the store's bookkeeping; never part of a graph.
        guessed: the encoding it was read in where nothing in it says so, for the report; "" where there was no guess.
    """

    name: str
    text: str
    digest: str
    location: str = ""
    guessed: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where in a document one fact is said.

    Attributes:
        quote: the words, raw: `document.text[span[0]:span[1]]`.
        span: first and one-past-last character, None where a format has no text of its own.
        place: the record and field ("post 1, affected_entities[0].name", "row 3").
        certainty: how sure the source is.
        basis: stated, implied by a list, or inferred.
        confidence: how sure the extractor is, 0 to 1.
    """

    quote: str
    span: Span | None
    place: str
    certainty: Certainty = Certainty.CONFIRMED
    basis: Basis = Basis.STATED
    confidence: Decimal = SURE


Proof: TypeAlias = tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """An organization, group or attacker as one document names it.

    Attributes:
        name: the decoded name; unique within its record.
        role: what it was in the incident.
        unnamed_group: True for "several hospitals" or "an unnamed provider".
        count: lowest and highest number of organizations in the group; None where none is printed.
        industry: the industry as printed, or "".
        identifiers: strong or feed identifiers, each "scheme:value" ("rankiteo:mercor-ai").
        evidence: where it is named.
        region: the state or province that the document says it is in, as printed ("MO"), or "".
    """

    name: str
    role: Role
    unnamed_group: bool = False
    count: Bounds | None = None
    industry: str = ""
    identifiers: tuple[str, ...] = ()
    evidence: Proof = ()
    region: str = ""


@dataclass(frozen=True, slots=True)
class SupplyRelationship:
    """Customer uses supplier, as one document tells it; both ends are names of parties of the same record."""

    customer: str
    supplier: str
    service: str = ""
    status: RelationshipStatus = RelationshipStatus.ACTIVE
    valid_from: PartialDate | None = None
    valid_until: PartialDate | None = None
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class Affiliation:
    """A party belongs to another; neither makes them one organization, nor one the customer of the other.

    Attributes:
        party: name of a party of the same record, a named organization.
        kind: how they belong together.
        other: name of another such party; for a former name the name itself, which need not be a party's.
        evidence: where the document says so.
    """

    party: str
    kind: AffiliationKind
    other: str
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class DataExposure:
    """One kind of data that was exposed: the words, and the concept they stand for ("" where none is known)."""

    text: str
    concept: str
    certainty: Certainty = Certainty.CONFIRMED
    sensitivity: str = ""
    owner: str = ""
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class RecordCount:
    """How much was exposed: inclusive bounds (None is open) and the unit ("people", "records", ...)."""

    low: int | None
    high: int | None
    unit: str
    certainty: Certainty = Certainty.CONFIRMED
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class IncidentDate:
    """One date of an incident, with what it dates."""

    date: PartialDate
    what: DateOf
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class Action:
    """A response: who did what to whom. `actor` and `target` are names of parties, or ""."""

    text: str
    action: str = ""
    key: str = ""
    actor: str = ""
    target: str = ""
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class Impact:
    """A consequence, of a kind, on a party ("" where the document names none)."""

    text: str
    kind: str
    on: str = ""
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """A score that somebody gave on a scale of theirs."""

    scale: str
    score: Decimal
    by: str
    explanation: str = ""
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What an incident cites; `about` is the party a rating page is about."""

    publisher: str = ""
    url: str = ""
    type: str = ""
    about: str = ""
    first: bool = False
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class IncidentType:
    """A type of incident: the concept, and the words it was given in."""

    concept: str
    text: str
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class Technique:
    """An ATT&CK technique by its id, with the printed name or ""."""

    id: str
    name: str = ""
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A field that has no term of its own: its path in the record and its value as text."""

    key: str
    value: str
    evidence: Proof = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """The document that another, an export of a store, has a record from: its evidence graph (IRI), and its names there."""

    graph: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incident:
    """One security event as one document tells it.

    Attributes:
        id: the record's own identifier, or what the extractor makes one of; where it is "", the graph has the record's number.
        feed: who gives such identifiers ("rankiteo"), or "" where they hold within the document only.
        number: place of the record in its document, from 1.
        title: the title, or "".
        certainty: how sure the document is that it happened.
        incomplete: True where the record was cut off and only part of it could be read.
        identifiers: identifiers of organizations that the record gives without saying whose, "scheme:value".
        origin: the document that had it first, None where that is this one.
    """

    id: str
    feed: str
    number: int
    title: str = ""
    certainty: Certainty = Certainty.CONFIRMED
    incomplete: bool = False
    status: InvestigationStatus | None = None
    types: tuple[IncidentType, ...] = ()
    identifiers: tuple[str, ...] = ()
    parties: tuple[Party, ...] = ()
    uses_vendor: tuple[SupplyRelationship, ...] = ()
    data_types: tuple[DataExposure, ...] = ()
    record_counts: tuple[RecordCount, ...] = ()
    dates: tuple[IncidentDate, ...] = ()
    responses: tuple[Action, ...] = ()
    impacts: tuple[Impact, ...] = ()
    techniques: tuple[Technique, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    evidence: Proof = field(default=())
    affiliations: tuple[Affiliation, ...] = ()
    origin: Origin | None = field(default=None, repr=False)  # few have one


@dataclass(frozen=True, slots=True)
class Listing:
    """One row of a supplier list: a supply relationship outside any incident.

    Attributes:
        number: place of the row in its document, from 1.
        observed: the day or month of the copy of the list, where the row or a mapping gives it.
        origin: the document that had it first, None where that is this one.
    """

    number: int
    parties: tuple[Party, ...]
    uses_vendor: tuple[SupplyRelationship, ...]
    notes: tuple[Note, ...] = ()
    affiliations: tuple[Affiliation, ...] = ()
    observed: PartialDate | None = None
    origin: Origin | None = field(default=None, repr=False)  # few have one


@dataclass(frozen=True, slots=True)
class Defect:
    """A record, or a part of one, that could not be used: where it stands, and why."""

    place: str
    reason: str


Record: TypeAlias = Incident | Listing
Extracted: TypeAlias = Incident | Listing | Defect
