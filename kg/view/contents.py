"""What goes on a page: the nodes and edges around a focus, with their quotes."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from kg.exposure.structure import blast_radius, exposure
from kg.view.page import Edge, Node, Page, Quote

if TYPE_CHECKING:
    from kg.evidence import Evidence
    from kg.evidence import Quote as Found
    from kg.exposure.projection import Edge as Statement
    from kg.exposure.projection import Node as Thing
    from kg.exposure.projection import Projection

LABELS = {
    "usesVendor": "uses vendor",
    "breached": "breached",
    "affectsDownstream": "affects downstream",
    "exposedDataType": "exposed data",
    "firstReportedBy": "first reported by",
    "subOrganizationOf": "subsidiary of",
    "productOf": "product of",
    "linkedTo": "linked to",
    "citesSource": "cites",
    "customer_unaffected": "did not affect",
    "supplier_only": "involves supplier",
    "attacker": "attacked by",
    "investigator": "investigated by",
    "regulator": "before regulator",
    "other": "also involves",
}
"""Edge types in words; others are shown as their name with blanks."""
_DEEPEST = 12
_TOLD_TWICE = frozenset({"reporter"})
"""Edges left out: who reported first is shown as the source that the incident cites."""
_PEOPLE = frozenset({"organization", "vendor", "group"})


def page_of(projection: Projection, evidence: Evidence, *, focus: Thing | None, hops: int, title: str | None) -> Page:
    """Return the page of the whole graph, or of what is within `hops` of a focus.

    An edge that harm could travel, but that no document confirms, is marked potential.
    """
    kept = set(projection.nodes) if focus is None else _near(projection, focus.iri, hops)
    kept -= _idle(projection, kept)
    tiers = _tiers(projection, focus) if focus else {}
    statements = [edge for edge in _shown(projection) if edge.source in kept and edge.target in kept]
    confirmed = {
        (edge.source, edge.target): edge.certainty == "confirmed"
        for edge in statements
        if edge.type in {"affectsDownstream", "breached"}
    }
    edges = tuple(_edge(projection, edge, evidence, confirmed) for edge in statements)
    nodes = tuple(_node(projection.nodes[iri], tiers.get(iri)) for iri in sorted(kept))
    documents = sorted({quote.document for edge in edges for quote in edge.quotes if quote.document})
    shown = title or (f"Exposure around {focus.label}" if focus else "Third-party incidents")
    return Page(shown, nodes, edges, focus.iri if focus else "", tuple(documents))


def _shown(projection: Projection) -> list[Statement]:
    return [edge for edge in projection.edges if edge.type not in _TOLD_TWICE]


def _near(projection: Projection, start: str, hops: int) -> set[str]:
    """Nodes within so many edges of the start, in either direction."""
    around: dict[str, set[str]] = {}
    for edge in _shown(projection):
        around.setdefault(edge.source, set()).add(edge.target)
        around.setdefault(edge.target, set()).add(edge.source)
    distance, waiting = {start: 0}, deque([start])
    while waiting:
        here = waiting.popleft()
        if distance[here] < hops:
            for there in around.get(here, set()) - distance.keys():
                distance[there] = distance[here] + 1
                waiting.append(there)
    return set(distance)


def _idle(projection: Projection, kept: set[str]) -> set[str]:
    """Nodes that no kept edge touches; they would only float."""
    touched = {
        end
        for edge in _shown(projection)
        if edge.source in kept and edge.target in kept
        for end in (edge.source, edge.target)
    }
    return kept - touched


def _tiers(projection: Projection, focus: Thing) -> dict[str, int]:
    """Supply-chain distance from the focus, in whichever direction is shorter."""
    found = {focus.iri: 0}
    if focus.kind in _PEOPLE:
        for reached in (*exposure(projection, focus.iri, _DEEPEST), *blast_radius(projection, focus.iri, _DEEPEST)):
            found[reached.node.iri] = min(reached.tier, found.get(reached.node.iri, reached.tier))
    return found


def _node(node: Thing, tier: int | None) -> Node:
    properties = tuple((name, value) for name, value in node.properties if name != "url")
    properties += tuple(("identifier", identifier) for identifier in node.identifiers)
    url = next((value for name, value in node.properties if name == "url"), "")
    return Node(node.iri, node.label, node.kind, node.aliases, properties, url, tier)


def _edge(projection: Projection, edge: Statement, evidence: Evidence, confirmed: dict[tuple[str, str], bool]) -> Edge:
    quotes = tuple(quoted(quote) for quote in evidence.quotes(claim.iri for claim in edge.claims))
    dates = sorted(dict(projection.nodes[end].properties).get("date", "") for end in (edge.source, edge.target))
    status = edge.status if edge.type == "usesVendor" else ""
    return Edge(
        f"{edge.source} {edge.type} {edge.target}",
        edge.source,
        edge.target,
        edge.type,
        LABELS.get(edge.type, edge.type.replace("_", " ")),
        edge.certainty,
        edge.basis if edge.claims else "",
        _exposure(projection, edge, confirmed),
        "" if status == "unknown" else status,
        dates[-1],
        quotes,
    )


def _exposure(projection: Projection, edge: Statement, confirmed: dict[tuple[str, str], bool]) -> str:
    """Whether harm along an edge is confirmed by a document, or only possible; "" for edges that carry none."""
    if edge.type in {"affectsDownstream", "breached"}:
        return "confirmed" if confirmed[edge.source, edge.target] else "potential"
    if edge.type == "usesVendor":
        incidents = [hit.source for hit in projection.into("breached", edge.target)]
        if any(confirmed.get((incident, edge.source)) for incident in incidents):
            return "confirmed"
        return "potential" if incidents else ""
    return ""


def quoted(found: Found) -> Quote:
    """Return a claim as pages show it."""
    place = f"{found.record}, characters {found.span[0]}-{found.span[1]}" if found.span else found.record
    return Quote(
        found.words, found.document, place, found.span, found.source, found.url, found.date, found.certainty, found.basis,
        found.extractor, found.confidence, found.iri,
    )  # fmt: skip
