"""The evidence graph of one document, and what resolution needs to know of it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from kg.names import key as name_key
from kg.rdf.terms import literal, value
from kg.vocabulary import BKG, PROVENANCE_GRAPH, REUSED, data_iri, digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.model import Defect

Triple: TypeAlias = tuple[str, str, str]
A = REUSED["rdf:type"]
LABEL = REUSED["rdfs:label"]
_IDENTIFIER = REUSED["dct:identifier"]
_TELLING = (A, LABEL, _IDENTIFIER, *(BKG[name] for name in ("customer", "feed", "region", "service", "supplier")))
"""Properties that tell of mentions, anchors and ties."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A party as a document names it, for resolution: its node, its kind, its name, what identifies it, and the region that it is said to be in."""

    iri: str
    kind: str
    name: str
    identifiers: tuple[str, ...] = ()
    region: str = ""

    @property
    def alike(self) -> str:
        """Return what all mentions share that are resolved alike: kind, name, identifiers and region, as one text."""
        place = [{"region": self.region}] if self.region else []
        return json.dumps([self.kind, self.name, *sorted(set(self.identifiers)), *place], ensure_ascii=False)


def standing_for(alike: str) -> Mention:
    """Return a mention that stands for all that are alike; its node is that text itself."""
    kind, name, *told = json.loads(alike)
    region = told.pop()["region"] if told and isinstance(told[-1], dict) else ""
    return Mention(alike, kind, name, tuple(told), region)


@dataclass(frozen=True, slots=True)
class Anchor:
    """An incident of a document: its node, and the identifier that it shares with other tellings of it ("" for none)."""

    iri: str
    identifier: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A supply relationship of a document: its node, both ends, and the normal form of its service."""

    iri: str
    customer: str
    supplier: str
    service: str


@dataclass(slots=True)
class EvidenceGraph:
    """What one document says: the triples of its graph, what could not be used, and what resolution needs.

    Attributes:
        iri: the graph, as an N-Triples term.
        root: what the IRIs of its nodes begin with, without brackets.
        shared: the nodes that belong to no record: several records of the document may speak of them.
    """

    iri: str
    root: str
    triples: list[Triple] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    defects: list[Defect] = field(default_factory=list)
    records: int = 0
    incidents: int = 0
    claims: int = 0

    def lines(self) -> list[str]:
        """Return the graph as N-Quads lines, in the order of writing."""
        return [f"{s} {p} {o} {self.iri} ." for s, p, o in self.triples]


def graph_iri(digest_of_bytes: str, extractor: str, version: str) -> str:
    """Return the IRI (no brackets) of the evidence graph for these bytes as this extractor reads them."""
    return data_iri("graph", digest(digest_of_bytes, extractor, version))


def describe(iri: str, names: Iterable[str], digest_of_bytes: str, kind: str, version: str) -> list[Triple]:
    """Return the description of an evidence graph: the document's names and digest, and who read it."""
    return [
        (iri, A, BKG["ReportGraph"]),
        *((iri, LABEL, literal(name)) for name in names),
        (iri, REUSED["dct:identifier"], literal(f"sha256:{digest_of_bytes}")),
        (iri, BKG["documentKind"], literal(kind)),
        (iri, BKG["extractorName"], literal(kind)),
        (iri, BKG["extractorVersion"], literal(version)),
    ]


def description(iri: str, names: Iterable[str], digest_of_bytes: str, kind: str, version: str) -> list[str]:
    """Return what `describe` does as lines of N-Quads, for the provenance graph and for the canonical facts."""
    told = describe(iri, names, digest_of_bytes, kind, version)
    return [text for s, p, o in told for text in (f"{s} {p} {o} {PROVENANCE_GRAPH} .", f"{s} {p} {o} .")]


def from_triples(iri: str, triples: list[Triple]) -> EvidenceGraph:
    """Return the evidence graph (its IRI without brackets) of these triples, with the mentions, anchors and ties it holds."""
    graph = EvidenceGraph(f"<{iri}>", iri.replace("/graph/", "/document/"), triples)
    kinds = {BKG["Organization"]: "party", BKG["OrganizationGroup"]: "group", BKG["ThreatActor"]: "threat-actor"}
    said: dict[str, dict[str, list[str]]] = {predicate: {} for predicate in _TELLING}
    for s, p, o in triples:
        if p in said and o != BKG["Claim"]:
            said[p].setdefault(s, []).append(o)
    labels, feeds, services, regions = said[LABEL], said[BKG["feed"]], said[BKG["service"]], said[BKG["region"]]
    for node, types in said[A].items():
        if "/record/" not in node:
            graph.shared.append(node)
        identifiers = tuple(sorted(map(value, said[_IDENTIFIER].get(node, ()))))
        if kind := next((kinds[t] for t in types if t in kinds), None):
            region = next(map(value, regions.get(node, ())), "")
            graph.mentions.append(Mention(node, kind, value(labels[node][0]), identifiers, region))
        elif BKG["Incident"] in types:
            feed = next(map(value, feeds.get(node, ())), "")
            graph.anchors.append(Anchor(node, f"{feed}:{identifiers[0]}" if feed and identifiers else ""))
        elif BKG["SupplyRelationship"] in types:
            service = value(labels[services[node][0]][0]) if node in services else ""
            ends = said[BKG["customer"]][node][0], said[BKG["supplier"]][node][0]
            graph.ties.append(Tie(node, *ends, name_key(service) if service else ""))
    return graph
