"""The canonical graph as plain nodes and typed edges, and as a networkx graph.

An edge is a statement between two nodes (`statements`). `usesVendor` edges carry the state
and validity of the relationships behind them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from kg.errors import KGError
from kg.exposure.disputes import TOLD_ON, days_of, involvements
from kg.exposure.statements import Claim, Edge, Exposure, Node, Relationship
from kg.vocabulary import BKG, NS, PREFIXES, REUSED, VOCAB, sector_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    import networkx as nx

    from kg.exposure.disputes import Days
    from kg.store import GraphStore

KINDS = {
    "Organization": "organization",
    "OrganizationGroup": "group",
    "Incident": "incident",
    "ThreatActor": "threat-actor",
    "Source": "source",
}
"""Classes whose members are nodes, and the kind they are shown as; an organization that supplies is a vendor."""
SYMMETRIC = frozenset({"linkedTo"})
"""Edge types that say the same read either way."""
DIRECT = {
    name: BKG[name]
    for name in ("usesVendor", "breached", "affectsDownstream", "exposedDataType", "firstReportedBy", "productOf")
} | {name: REUSED[f"org:{name}"] for name in ("subOrganizationOf", "linkedTo")}
"""Edge type -> its property."""
_PRINTED = {
    "date": REUSED["dct:date"], "earliest": BKG["earliest"], "latest": BKG["latest"], "industry": BKG["industryText"],
    "at least": BKG["atLeast"], "at most": BKG["atMost"], "conflict": BKG["conflict"], "certainty": BKG["certainty"],
    "investigation": BKG["investigationStatus"], "type": BKG["incidentType"],
}  # fmt: skip
"""The literal properties that are shown with a node."""
_LABEL, _URL, _PUBLISHER = REUSED["rdfs:label"], REUSED["schema:url"], BKG["publisher"]
_ALIAS, _FORMER, _INDUSTRY, _IDENTIFIER = (
    REUSED["skos:altLabel"],
    BKG["formerName"],
    BKG["industry"],
    REUSED["dct:identifier"],
)
_OF_NODES = (_LABEL, _URL, _PUBLISHER, _ALIAS, _FORMER, _INDUSTRY, _IDENTIFIER, *_PRINTED.values())
"""Properties that a node is made of."""
_STATE, _FROM, _UNTIL, _SEEN_UNTIL = (
    BKG[name] for name in ("relationshipStatus", "validFrom", "validUntil", "observedUntil")
)
_ASKED_AGAIN = {_LABEL, BKG["certainty"], BKG["exposedDataType"]}
"""Properties that are asked for more than once, and are kept meanwhile."""


@dataclass(slots=True)
class Projection:
    """All nodes and edges, with both directions of every edge type at hand.

    `exposed` lists, for an incident's IRI, the data that its documents say was exposed.
    """

    nodes: dict[str, Node]
    edges: list[Edge]
    exposed: dict[str, list[Exposure]]
    forward: dict[str, dict[str, list[Edge]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    backward: dict[str, dict[str, list[Edge]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))

    def __post_init__(self) -> None:
        for edge in self.edges:
            self.forward[edge.type][edge.source].append(edge)
            self.backward[edge.type][edge.target].append(edge)

    def out(self, kind: str, node: str) -> list[Edge]:
        """Return the edges of a type that leave a node."""
        return self.forward[kind].get(node, [])

    def into(self, kind: str, node: str) -> list[Edge]:
        """Return the edges of a type that reach a node."""
        return self.backward[kind].get(node, [])

    def exposures(self, incident: str) -> list[Exposure]:
        """Return the data that an incident exposed."""
        return self.exposed.get(incident, [])

    def leaving(self, nodes: Collection[str]) -> list[Edge]:
        """Return the edges of any type that leave some nodes."""
        return [edge for edge in self.edges if edge.source in nodes]

    def to_networkx(self) -> nx.MultiDiGraph[str]:
        """Return a `MultiDiGraph`: nodes are IRIs with label and type, edges are keyed by type and carry claim IRIs."""
        import networkx as nx  # noqa: PLC0415 - half a second that only this call pays

        graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
        for node in self.nodes.values():
            graph.add_node(node.iri, label=node.label, type=node.kind, aliases=list(node.aliases))
        for edge in self.edges:
            told: dict[str, Any] = {"type": edge.type, "claims": edge.claim_iris}
            if edge.claims:
                told |= {"certainty": edge.certainty, "basis": edge.basis}
            if edge.relationships:
                told["status"] = edge.status
            graph.add_edge(edge.source, edge.target, key=edge.type, **told)
        return graph


def edge_type(predicate: str) -> str:
    """Return the edge type that a property is shown as: its name, given in full, with its prefix or alone."""
    for prefix in ("bkg", "org"):
        predicate = predicate.removeprefix(f"{prefix}:").removeprefix(PREFIXES[prefix])
    return predicate


def ends_and_type(edge: Edge | tuple[str, str, str]) -> tuple[str, str, str]:
    """Return source, target and type of an edge, which is what networkx knows it by.

    Raises:
        KGError: it is no edge.
    """
    match edge:
        case Edge():
            return edge.source, edge.target, edge.type
        case str(source), str(target), str(kind):
            return source, target, kind
    raise KGError(f"an edge is its source, target and type, not {edge!r}")


def project(store: GraphStore) -> Projection:
    """Return the nodes and edges of the canonical graph, in a fixed order."""
    return _Projector(store).run()


class _Projector:
    """Reads the default graph by predicate, which costs a scan each and no join."""

    def __init__(self, store: GraphStore) -> None:
        self.store = store
        self.claims: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
        self.relationships: dict[tuple[str, str], list[Relationship]] = defaultdict(list)
        self.claimed: Collection[str] = ()
        self.kept: dict[str, list[tuple[str, str]]] = {}
        self.days: Days | None = None

    def pairs(self, term: str) -> list[tuple[str, str]]:
        """Subject and object values of one property, sorted."""
        if term in self.kept:
            return self.kept[term]
        told = sorted(self.store.pairs(term[1:-1]))
        if term in _ASKED_AGAIN:
            self.kept[term] = told
        return told

    def classes(self) -> dict[str, list[str]]:
        """The classes of every node that is shown; most nodes of a graph are claims, which are not."""
        found: dict[str, list[str]] = defaultdict(list)
        for name in sorted((*KINDS, "Vendor")):
            for quad in self.store.find(None, REUSED["rdf:type"][1:-1], NS + name):
                found[quad.subject.value].append(name)  # type: ignore[union-attr]
        return found

    def multi(self, term: str) -> dict[str, list[str]]:
        """Subject -> its objects of one property."""
        found: dict[str, list[str]] = defaultdict(list)
        for subject, value in self.pairs(term):
            found[subject].append(value)
        return found

    def run(self) -> Projection:
        nodes = self._nodes()
        self._claims()
        self._relationships()
        edges = [
            Edge(
                s,
                name,
                o,
                tuple(self._claims_of(s, name, o)),
                tuple(self.relationships.get((s, o), ())) if name == "usesVendor" else (),
            )
            for name, term in DIRECT.items()
            for s, o in self.pairs(term)
            if s in nodes and o in nodes
        ]
        edges += self._involvements(nodes)
        edges += self._citations(nodes)
        return Projection(nodes, edges, self._exposures())

    def _exposures(self) -> dict[str, list[Exposure]]:
        texts, kinds = dict(self.pairs(_LABEL)), dict(self.pairs(BKG["dataType"]))
        certainty = dict(self.pairs(BKG["certainty"]))
        found: dict[str, list[Exposure]] = defaultdict(list)
        for incident, iri in self.pairs(BKG["exposure"]):
            if iri in kinds and incident not in self.claimed:
                found[incident].append(
                    Exposure(texts.get(iri, ""), slug_of(kinds[iri]), slug_of(certainty.get(iri, "")))
                )
        return {incident: sorted(told, key=lambda e: e.text.casefold()) for incident, told in found.items()}

    def _nodes(self) -> dict[str, Node]:
        told = {term: self.multi(term) for term in _OF_NODES}
        nodes: dict[str, Node] = {}
        for iri, classes in sorted(self.classes().items()):
            if kind := kind_of(classes):
                nodes[iri] = node_of(iri, kind, lambda term, iri=iri: told[term].get(iri, ()))  # type: ignore[misc]
        preferred = self.multi(f"<{PREFIXES['skos']}prefLabel>")
        for _, concept in self.pairs(BKG["exposedDataType"]):
            if concept not in nodes:
                nodes[concept] = data_type(concept, preferred.get(concept, ()))
        return nodes

    def _claims(self) -> None:
        said = {part: dict(self.pairs(REUSED[f"rdf:{part}"])) for part in ("subject", "predicate", "object")}
        certainty, basis = dict(self.pairs(BKG["certainty"])), dict(self.pairs(BKG["basis"]))
        for iri, subject in said["subject"].items():
            predicate, value = edge_type(said["predicate"].get(iri, "")), said["object"].get(iri, "")
            claim = Claim(iri, slug_of(certainty.get(iri, "")), slug_of(basis.get(iri, "")))
            self.claims[subject, predicate, value].append(claim)
        self.claimed = said["subject"].keys()

    def _relationships(self) -> None:
        told = {
            term: dict(self.pairs(term))
            for term in (_STATE, _FROM, _UNTIL, _SEEN_UNTIL, BKG["supplier"], BKG["service"], _LABEL)
        }
        for iri, customer in self.pairs(BKG["customer"]):
            service = told[_LABEL].get(told[BKG["service"]].get(iri, ""), "")
            one = relationship_of(iri, service, lambda term, iri=iri: told[term].get(iri, ""))  # type: ignore[misc]
            self.relationships[customer, told[BKG["supplier"]].get(iri, "")].append(one)

    def _citations(self, nodes: dict[str, Node]) -> list[Edge]:
        """Edges from incidents to sources, which every claim has too."""
        cited = sorted(self.store.pairs_of(f"{NS}Incident", REUSED["dct:source"][1:-1]))
        return [
            Edge(incident, "citesSource", source)
            for incident, source in cited
            if incident in nodes and nodes[incident].kind == "incident" and source in nodes
        ]

    def _involvements(self, nodes: dict[str, Node]) -> list[Edge]:
        """Edges from incidents to the parties in other roles, named by the role, and those it is said no more to have spared."""
        parties, roles = dict(self.pairs(BKG["party"])), dict(self.pairs(BKG["role"]))
        told = []
        for incident, involved in self.pairs(BKG["involvement"]):
            party, role = parties.get(involved, ""), slug_of(roles.get(involved, ""))
            if incident in nodes and party in nodes and role:
                told.append(((incident, role, party), self._claims_of(incident, "involvement", involved)))
        return involvements(told, self._claims_of, lambda _: self._days())

    def _claims_of(self, source: str, kind: str, target: str) -> Sequence[Claim]:
        return self.claims.get((source, kind, target), ())

    def _days(self) -> Days:
        if self.days is None:
            self.days = days_of(
                (kind, text, claims) for (_, kind, text), claims in self.claims.items() if kind in TOLD_ON
            )
        return self.days


def kind_of(classes: Iterable[str]) -> str | None:
    """Return the kind that a node of some classes (local names) is shown as, None where it is not shown."""
    told = sorted(classes)
    kind = next((KINDS[name] for name in told if name in KINDS), None)
    return "vendor" if kind and "Vendor" in told else kind


def node_of(iri: str, kind: str, told: Callable[[str], Sequence[str]]) -> Node:
    """Return a node of which these are the values of a property (in brackets), sorted."""
    aliases, former, urls = told(_ALIAS), told(_FORMER), told(_URL)
    label = next(iter(told(_LABEL) or told(_PUBLISHER) or urls), iri)
    printed = [
        (name, slug_of(value) if value.startswith(VOCAB) else value)
        for name, term in _PRINTED.items()
        for value in told(term)
    ]
    sectors = (sector_of(industry.removeprefix(f"{VOCAB}industry/")) for industry in told(_INDUSTRY))
    return Node(
        iri,
        kind,
        label,
        tuple(dict.fromkeys((*aliases, *(name for name in former if name != label)))),
        tuple(told(_IDENTIFIER)),
        (*printed, *(("url", url) for url in urls)),
        tuple(name for name in former if name not in {label, *aliases}),
        next(filter(None, sectors), ""),
    )


def data_type(iri: str, labels: Sequence[str]) -> Node:
    """Return the node of a kind of data that has these labels, sorted."""
    return Node(iri, "data-type", next(iter(labels), iri.removeprefix(VOCAB + "data-type/")))


def relationship_of(iri: str, service: str, told: Callable[[str], str]) -> Relationship:
    """Return a supply relationship for a service of which this is the last value of a property (in brackets), "" for none."""
    # What a later copy of a list no longer names was over by then, unless an end is stated.
    begin, end = told(_FROM), told(_UNTIL) or told(_SEEN_UNTIL)
    return Relationship(
        iri,
        slug_of(told(_STATE) or "unknown"),
        service,
        date.fromisoformat(begin) if begin else None,
        date.fromisoformat(end) if end else None,
    )


def slug_of(concept: str) -> str:
    """Return the last part of a concept's IRI."""
    return concept.rsplit("/", 1)[-1]
