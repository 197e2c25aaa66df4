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
from kg.exposure.statements import Claim, Edge, Exposure, Node, Relationship
from kg.vocabulary import BKG, NS, PREFIXES, REUSED, VOCAB, sector_of

if TYPE_CHECKING:
    from collections.abc import Collection

    import networkx as nx

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
_DIRECT = {
    name: BKG[name]
    for name in ("usesVendor", "breached", "affectsDownstream", "exposedDataType", "firstReportedBy", "productOf")
} | {name: REUSED[f"org:{name}"] for name in ("subOrganizationOf", "linkedTo")}
"""Edge type -> its property."""
_ASKED_AGAIN = {REUSED["rdfs:label"], BKG["certainty"], BKG["exposedDataType"]}
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
                tuple(self.claims.get((s, name, o), ())),
                tuple(self.relationships.get((s, o), ())) if name == "usesVendor" else (),
            )
            for name, term in _DIRECT.items()
            for s, o in self.pairs(term)
            if s in nodes and o in nodes
        ]
        edges += self._involvements(nodes)
        edges += self._citations(nodes)
        return Projection(nodes, edges, self._exposures())

    def _exposures(self) -> dict[str, list[Exposure]]:
        texts, kinds = dict(self.pairs(REUSED["rdfs:label"])), dict(self.pairs(BKG["dataType"]))
        certainty = dict(self.pairs(BKG["certainty"]))
        found: dict[str, list[Exposure]] = defaultdict(list)
        for incident, iri in self.pairs(BKG["exposure"]):
            if iri in kinds and incident not in self.claimed:
                found[incident].append(Exposure(texts.get(iri, ""), _slug(kinds[iri]), _slug(certainty.get(iri, ""))))
        return {incident: sorted(told, key=lambda e: e.text.casefold()) for incident, told in found.items()}

    def _nodes(self) -> dict[str, Node]:
        labels, aliases = self.multi(REUSED["rdfs:label"]), self.multi(REUSED["skos:altLabel"])
        former = self.multi(BKG["formerName"])
        identifiers, types = self.multi(REUSED["dct:identifier"]), self.classes()
        publishers, urls = self.multi(BKG["publisher"]), self.multi(REUSED["schema:url"])
        printed, industries = self._printed(), self.multi(BKG["industry"])
        nodes: dict[str, Node] = {}
        for iri, classes in sorted(types.items()):
            kind = next((KINDS[c] for c in classes if c in KINDS), None)
            if kind is None:
                continue
            kind = "vendor" if "Vendor" in classes else kind
            label = (labels.get(iri) or publishers.get(iri) or urls.get(iri) or [iri])[0]
            extra = [("url", u) for u in urls.get(iri, [])]
            nodes[iri] = Node(
                iri,
                kind,
                label,
                tuple(dict.fromkeys((*aliases.get(iri, ()), *(n for n in former.get(iri, ()) if n != label)))),
                tuple(identifiers.get(iri, ())),
                tuple(printed.get(iri, [])) + tuple(extra),
                tuple(n for n in former.get(iri, ()) if n not in {label, *aliases.get(iri, ())}),
                next(
                    filter(None, (sector_of(i.removeprefix(f"{VOCAB}industry/")) for i in industries.get(iri, ()))), ""
                ),
            )
        preferred = self.multi(f"<{PREFIXES['skos']}prefLabel>")
        for _, concept in self.pairs(BKG["exposedDataType"]):
            if concept not in nodes:
                label = preferred.get(concept, [concept.removeprefix(VOCAB + "data-type/")])[0]
                nodes[concept] = Node(concept, "data-type", label)
        return nodes

    def _printed(self) -> dict[str, list[tuple[str, str]]]:
        """The literal properties that are shown with a node."""
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        names = {"date": REUSED["dct:date"], "earliest": BKG["earliest"], "latest": BKG["latest"], "industry": BKG["industryText"],
                 "at least": BKG["atLeast"], "at most": BKG["atMost"], "conflict": BKG["conflict"], "certainty": BKG["certainty"],
                 "investigation": BKG["investigationStatus"], "type": BKG["incidentType"]}  # fmt: skip
        for name, term in names.items():
            for subject, value in self.pairs(term):
                found[subject].append((name, value.rsplit("/", 1)[-1] if value.startswith(VOCAB) else value))
        return found

    def _claims(self) -> None:
        said = {part: dict(self.pairs(REUSED[f"rdf:{part}"])) for part in ("subject", "predicate", "object")}
        certainty, basis = dict(self.pairs(BKG["certainty"])), dict(self.pairs(BKG["basis"]))
        for iri, subject in said["subject"].items():
            predicate, value = edge_type(said["predicate"].get(iri, "")), said["object"].get(iri, "")
            claim = Claim(iri, _slug(certainty.get(iri, "")), _slug(basis.get(iri, "")))
            self.claims[subject, predicate, value].append(claim)
        self.claimed = said["subject"].keys()

    def _relationships(self) -> None:
        suppliers, states = dict(self.pairs(BKG["supplier"])), dict(self.pairs(BKG["relationshipStatus"]))
        # What a later copy of a list no longer names was over by then, unless an end is stated.
        begins, ends = dict(self.pairs(BKG["validFrom"])), dict(self.pairs(BKG["observedUntil"]))
        ends |= dict(self.pairs(BKG["validUntil"]))
        services, labels = dict(self.pairs(BKG["service"])), dict(self.pairs(REUSED["rdfs:label"]))
        for iri, customer in self.pairs(BKG["customer"]):
            told = Relationship(
                iri,
                _slug(states.get(iri, "unknown")),
                labels.get(services.get(iri, ""), ""),
                date.fromisoformat(begins[iri]) if iri in begins else None,
                date.fromisoformat(ends[iri]) if iri in ends else None,
            )
            self.relationships[customer, suppliers.get(iri, "")].append(told)

    def _citations(self, nodes: dict[str, Node]) -> list[Edge]:
        """Edges from incidents to sources; asked for incident by incident, since every claim has its source too."""
        cited = (
            self.store.find(iri, REUSED["dct:source"][1:-1]) for iri, node in nodes.items() if node.kind == "incident"
        )
        ends = sorted((quad.subject.value, quad.object.value) for quads in cited for quad in quads)  # type: ignore[union-attr]
        return [Edge(incident, "citesSource", source) for incident, source in ends if source in nodes]

    def _involvements(self, nodes: dict[str, Node]) -> list[Edge]:
        """Edges from incidents to the parties in other roles, named by the role."""
        parties, roles = dict(self.pairs(BKG["party"])), dict(self.pairs(BKG["role"]))
        found: dict[tuple[str, str, str], list[Claim]] = {}
        for incident, involved in self.pairs(BKG["involvement"]):
            party, role = parties.get(involved, ""), _slug(roles.get(involved, ""))
            if incident in nodes and party in nodes and role:
                # A document may tell of one organization in one role by two names.
                claims = self.claims.get((incident, "involvement", involved), ())
                found.setdefault((incident, role, party), []).extend(claims)
        return [Edge(*statement, tuple(claims)) for statement, claims in found.items()]


def _slug(concept: str) -> str:
    """The last part of a concept's IRI."""
    return concept.rsplit("/", 1)[-1]
