"""The canonical graph: the evidence under its canonical names, each fact once.

A node of an evidence graph has one canonical name: organizations get it from resolution, incidents from
their published identifier, supply relationships from their two ends and their service, and from a term that is one of
several (`kg.resolve.terms`); everything nested under an incident moves with it. What holds is then the set of renamed
triples, plus the projections that queries want (`usesVendor`, `affects`, `exposedDataType`, the type `Vendor`). Where
documents disagree on a fact that can hold one value only, the latest dated document's word is taken and `bkg:conflict`
names the others; an end that is not after the beginning that is taken gives way.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from kg.rdf import LABEL, A
from kg.rdf.terms import literal, value
from kg.resolve.codes import is_code
from kg.resolve.placed import borne, shown
from kg.resolve.validity import named_day
from kg.vocabulary import BKG, REUSED, data_iri, digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from kg.rdf import Anchor, EvidenceGraph, Tie, Triple

_LEFT_BEHIND = frozenset({BKG["quoteStart"], BKG["quoteEnd"], BKG["place"], BKG["note"]})
"""Properties that stay in the evidence."""
_ENDS = frozenset({REUSED["rdf:subject"], REUSED["rdf:object"]})
SINGLE = frozenset(
    BKG[name] for name in (
        "certainty", "earliest", "investigationStatus", "latest", "relationshipStatus", "sensitivity", "validFrom", "validUntil",
    )
) | {REUSED["dct:date"], LABEL}  # fmt: skip
"""Properties that hold one value a node; labels of organizations are settled apart, the others become aliases."""
RISK = frozenset(
    BKG[name] for name in (
        "affectsDownstream", "breached", "discovered", "disclosed", "exposedDataType", "firstReportedBy", "formerName", "involvement",
        "occurred", "productOf", "recordCount", "reported", "response", "usesVendor",
    )
) | {REUSED["org:linkedTo"], REUSED["org:subOrganizationOf"]}  # fmt: skip
"""Facts whose claims have a light copy in the canonical graph."""
HARM = frozenset({BKG["breached"], BKG["affectsDownstream"]})
"""How an incident may have affected a party."""
INCIDENTS = f"<{data_iri('incident')}/"
"""What the canonical nodes of incidents, and of what is nested under them, begin with."""
Teller: TypeAlias = tuple[str, str]
"""Who tells something: the day that the record is dated to, ISO, "" for none, and the document (the IRI of its graph)."""
Told: TypeAlias = dict[str, Teller]
"""Values of one property of one node, each with the latest day and document that give it."""
Key: TypeAlias = tuple[str, ...]
"""Customer, supplier and service of a supply relationship; of one of its terms also what that is known by."""
_FROM, _UNTIL = BKG["validFrom"], BKG["validUntil"]
TOGETHER = {_FROM: _UNTIL, _UNTIL: _FROM}
"""Properties that are settled with another: no term ends before it begins."""
DERIVED = REUSED["prov:wasDerivedFrom"]
"""Ties a record to the document that had it first, of which only the names are told."""
_BETWEEN_TWO = frozenset({BKG["productOf"], BKG["usesVendor"], REUSED["org:linkedTo"], REUSED["org:subOrganizationOf"]})
"""Facts that no organization can have with itself."""


def referents(
    graph: EvidenceGraph, resolved: Mapping[str, str], parted: Collection[Key] = frozenset()
) -> dict[str, str]:
    """Return evidence node -> canonical node for the nodes of a graph that do not simply move with their incident.

    Args:
        graph: the evidence.
        resolved: mention -> canonical node; and canonical incident -> the one that it is held to be the same as.
        parted: the keys of the terms that are relationships of their own.
    """
    found = {mention.iri: resolved[mention.iri] for mention in graph.mentions if mention.iri in resolved}
    for anchor in graph.anchors:
        incident = incident_node(anchor)
        found[anchor.iri] = resolved.get(incident, incident)
    terms = term_keys(graph, found) if parted else {}
    for tie in graph.ties:
        term = terms.get(tie.iri, ())
        found[tie.iri] = relationship(term if term in parted else tie_key(tie, found))
    for node in graph.shared:
        found[node] = f"<{data_iri(*node[len(graph.root) + 2 : -1].split('/'))}>"
    return found


def term_keys(graph: EvidenceGraph, names: Mapping[str, str]) -> dict[str, Key]:
    """Return supply relationship -> key of its term, for those of a graph that say when they began or ended.

    A term is known by when it began, one without a beginning by its end: two that begin on one day are one that ends
    in two ways. What an organization has with itself has no terms.
    """
    stated = sorted((s, p, value(o)) for s, p, o in graph.triples if p in TOGETHER)
    begins = {iri: day for iri, p, day in stated if p == _FROM}
    terms = {iri: f"until {day}" for iri, p, day in stated if p == _UNTIL} | begins
    keys = {tie.iri: tie_key(tie, names) for tie in graph.ties if tie.iri in terms}
    return {iri: (*key, terms[iri]) for iri, key in keys.items() if key[0] != key[1]}


def relationship(key: Key) -> str:
    """Return the canonical node of the supply relationship with a key."""
    return f"<{data_iri('relationship', digest(*key))}>"


def tie_key(tie: Tie, names: Mapping[str, str]) -> Key:
    """Return the canonical customer and supplier of a relationship, and its service."""
    customer, supplier = (moved(names.get(end, end), names) for end in (tie.customer, tie.supplier))
    return customer, supplier, tie.service


def nodes_of(graph: EvidenceGraph) -> list[str]:
    """Return the nodes of a graph that `referents` may name."""
    mentions, anchors = (one.iri for one in graph.mentions), (one.iri for one in graph.anchors)
    return [*mentions, *anchors, *(one.iri for one in graph.ties), *graph.shared]


def incident_node(anchor: Anchor) -> str:
    """Return the canonical node of an incident: of its published identifier, else of its place in its document."""
    scheme, _, identifier = anchor.identifier.partition(":")
    if identifier:
        return f"<{data_iri('incident', scheme, identifier)}>"
    local = anchor.iri[1:-1].rsplit("/document/", 1)[1].replace("/record", "")
    return f"<{data_iri('incident', *local.split('/'))}>"


def moved(term: str, names: Mapping[str, str]) -> str:
    """Return the canonical name of a node nested under a record: it moves with the record's own."""
    head, between, tail = term.partition("/record/")
    number, _, rest = tail.partition("/")
    record = names.get(f"{head}/record/{number}>") if between else None
    return f"{record[:-1]}/{rest}" if record and rest else term


def home(node: str) -> tuple[str | None, str]:
    """Return what `moved` undoes: the canonical incident that a canonical node is, or is nested under, and the rest.

    None for a node that belongs to no incident.
    """
    if not node.startswith(INCIDENTS):
        return None, ""
    scheme, identifier, *rest = node[len(INCIDENTS) : -1].split("/", 2)
    return f"{INCIDENTS}{scheme}/{identifier}>", rest[0] if rest else ""


def contribution(graph: EvidenceGraph) -> EvidenceGraph:
    """Return the part of a document's evidence that the canonical graph rests on, whatever its nodes are called there.

    Notes stay behind, and so do claims that carry no risk, and where exactly a quote stands.
    """
    left = {s for s, p, o in graph.triples if p == A and o == BKG["Note"]}
    left |= {s for s, p, o in graph.triples if p == REUSED["rdf:predicate"] and o not in RISK}
    kept = [t for t in graph.triples if t[1] not in _LEFT_BEHIND and t[0] not in left and t[2] not in left]
    return replace(graph, triples=kept)


def facts(graph: EvidenceGraph, names: Mapping[str, str], named: str = "") -> Iterator[tuple[Teller, Triple]]:
    """Yield what a document's contribution says under canonical names, each fact with who tells it.

    A relationship or an affiliation of an organization with itself is left out, with all that is said of it (`loops`
    tells of the former).

    Args:
        graph: what `contribution` gave.
        names: what `referents` gave for it.
        named: the day that the names of the document tell, "" for none.
    """
    left = {tie.iri for tie in loops(graph, names)} | _claims_of_loops(graph, names)
    left |= {o for _, p, o in graph.triples if p == DERIVED}
    tellers = Dating(graph.triples, graph.iri, named)
    renamed = dict(names)
    for mention in graph.mentions:
        if mention.region and mention.iri in names:
            for told in borne(mention, names[mention.iri]):
                yield tellers.of(mention.iri), (names[mention.iri], LABEL, literal(told))

    def name(term: str) -> str:
        known = renamed.get(term)
        if known is None:
            known = renamed[term] = term if "/claim/" in term else moved(term, names)
        return known

    for s, p, o in graph.triples:
        if s in left or o in left:
            continue
        subject, obj = name(s), name(o) if o[0] == "<" else o
        if p not in _BETWEEN_TWO or subject != obj:
            yield tellers.of(s), (subject, p, obj)


def projections(fact: Triple) -> Iterator[Triple]:
    """Yield what follows from one canonical fact.

    Suppliers become vendors, whoever is breached or affected downstream is affected, and an incident exposed the
    data types of its exposures.
    """
    s, p, o = fact
    if p == BKG["supplier"] and "/group/" not in o:
        yield o, A, BKG["Vendor"]
    elif p in HARM:
        yield s, BKG["affects"], o
    elif p == BKG["dataType"] and "/exposure/" in s:
        yield s.rsplit("/exposure/", 1)[0] + ">", BKG["exposedDataType"], o


def loops(graph: EvidenceGraph, names: Mapping[str, str]) -> list[Tie]:
    """Return the supply relationships whose two ends are one organization under the names that `referents` gave."""
    return [tie for tie in graph.ties if names.get(tie.customer, tie.customer) == names.get(tie.supplier, tie.supplier)]


def _claims_of_loops(graph: EvidenceGraph, names: Mapping[str, str]) -> set[str]:
    """Claims that an organization uses itself or belongs to itself."""
    tying = {s for s, p, o in graph.triples if p == REUSED["rdf:predicate"] and o in _BETWEEN_TWO}
    ends: dict[str, set[str]] = defaultdict(set)
    for s, p, o in graph.triples:
        if s in tying and p in _ENDS:
            ends[s].add(names.get(o, o))
    return {claim for claim, found in ends.items() if len(found) == 1}


class Dating:
    """The latest day that each record of a document is dated to, ISO; what no record owns has the document's latest.

    An incident has its date, a row of a list the day of its copy; what has neither has the day of the document's name.
    A record of an export is told by the document that it was told by first.
    """

    TERMS = (BKG["latest"], BKG["observed"], DERIVED)
    """Properties that date a record, or say who tells it."""

    def __init__(self, triples: Iterable[Triple], document: str, named: str) -> None:
        """Take the days from what the document (its graph's IRI) says, and the one that its names tell ("" for none)."""
        self._days: dict[str, str] = {}
        self._origins: dict[str, str] = {}
        labels: dict[str, list[str]] = defaultdict(list)
        for s, p, o in triples:
            if p == DERIVED:
                self._origins[record_of(s)] = o
            elif p in self.TERMS:
                record = record_of(s)
                self._days[record] = max(self._days.get(record, ""), value(o))
            elif p == LABEL and "/document/" not in s:
                labels[s].append(value(o))
        self._own = (named, document)
        self._named = {origin: named_day(*labels[origin]) for origin in set(self._origins.values())}
        self._latest = max(self._days.values(), default=named)

    def of(self, term: str) -> Teller:
        """Return who tells what is said of a node."""
        record = record_of(term)
        if not record:
            return self._latest, self._own[1]
        origin = self._origins.get(record)
        named, document = (self._named[origin], origin) if origin else self._own
        return self._days.get(record, named), document


def record_of(term: str) -> str:
    """Return the record that a node of a document is or is nested under, "" for none."""
    head, between, tail = term.partition("/record/")
    return head + between + tail.partition("/")[0].rstrip(">") if between else ""


class Settler:
    """Collects what documents say of the facts that can hold one value only, and settles them."""

    def __init__(self) -> None:
        self._told: dict[tuple[str, str], Told] = defaultdict(dict)

    def add(self, teller: Teller, fact: Triple) -> None:
        """Take in a value, and who gives it."""
        subject, predicate, obj = fact
        told = self._told[subject, predicate]
        told[obj] = max(told.get(obj, ("", "")), teller)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield the subjects and predicates that were given values."""
        yield from self._told

    def told(self, subject: str, predicate: str) -> Told:
        """Return the values that were given to a subject's predicate."""
        return self._told.get((subject, predicate), {})

    def forget(self, subject: str, predicate: str) -> None:
        """Leave the values of a subject's predicate out of what is settled."""
        self._told.pop((subject, predicate), None)

    def settle(self) -> Iterator[Triple]:
        """Yield the facts that hold, and what is noted of the values that were not taken."""
        for (subject, predicate), told in self._told.items():
            ranked = _ranked(predicate, told, subject)
            begun = _ranked(_FROM, self._told.get((subject, _FROM), {}))[:1] if predicate == _UNTIL else []
            taken = [obj for obj in ranked if not begun or value(begun[0]) < value(obj)][:1]
            for obj in ranked:
                yield (subject, predicate, obj) if obj in taken else beside(subject, predicate, obj)


def _ranked(predicate: str, told: Told, subject: str = "") -> list[str]:
    """The values of a property of a node, the one that is believed first."""
    if predicate != LABEL or len(told) == 1:
        return sorted(told, key=lambda obj: (told[obj], obj), reverse=True)
    # Of the names that one document has for an organization, the shortest is how it is called, and of these the one that the
    # table spells so ("GitHub"); whatever the day, a code is none. Where a place tells it apart from others of its name,
    # it is called with that.
    from kg.resolve.table import table  # noqa: PLC0415 - most changes settle no name

    spellings = table().spellings
    may = shown([*map(value, told)], subject) if "/organization/name/" in subject else ()
    return sorted(
        told,
        key=lambda obj: (
            value(obj) in may, not is_code(value(obj)), told[obj], -len(obj), value(obj) in spellings, obj,
        ),
        reverse=True,
    )  # fmt: skip


def beside(subject: str, predicate: str, other: str) -> Triple:
    """Return what becomes of a value that was not taken: an alias for a label, else a conflict note."""
    if predicate == LABEL:
        return subject, REUSED["skos:altLabel"], other
    said = value(other).rsplit("/", 1)[-1] if other[0] == "<" else value(other)
    return subject, BKG["conflict"], literal(f"{conflict_prefix(predicate)}{said}")


def conflict_prefix(predicate: str) -> str:
    """Return how the conflict notes about a property begin."""
    return f"{predicate[1:-1].rsplit('#', 1)[-1].rsplit('/', 1)[-1]}: also reported as "
