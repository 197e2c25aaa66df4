"""What documents said, read back from the database that holds them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.rdf import LABEL, A, Anchor, Mention, from_triples, standing_for
from kg.rdf.terms import value
from kg.vocabulary import BKG, REFERENT_GRAPH, REUSED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.rdf import EvidenceGraph

KINDS = {"party": "Organization", "threat-actor": "ThreatActor"}
"""Kinds of mentions that are resolved, and their classes."""
_IDENTIFIER, _REGION = REUSED["dct:identifier"], BKG["region"]


def stored_graph(quads: ox.Store, iri: str) -> EvidenceGraph:
    """Return an evidence graph (its IRI in brackets) as the database holds it."""
    # A pattern's quads would name the graph each time, and to look up a term is what takes the time.
    found: Any = quads.query(f"SELECT ?s ?p ?o {{ GRAPH {node(iri)} {{ ?s ?p ?o }} }}")
    return from_triples(iri[1:-1], [(str(s), str(p), str(o)) for s, p, o in found])


def stored_mentions(quads: ox.Store, graph: str | None = None) -> Iterator[Mention]:
    """Yield the mentions of organizations and threat actors in all documents of a database, or in one graph (IRI in brackets)."""
    within = None if graph is None else node(graph)
    found = {
        str(quad.subject): kind
        for kind, name in KINDS.items()
        for quad in quads.quads_for_pattern(None, node(A), node(BKG[name]), within)
        if quad.graph_name != ox.DefaultGraph()
    }
    names: dict[str, str] = {}
    identifiers: dict[str, list[str]] = {}
    for quad in quads.quads_for_pattern(None, node(LABEL), None, within):
        if (subject := str(quad.subject)) in found:
            names[subject] = value(str(quad.object))
    for quad in quads.quads_for_pattern(None, node(_IDENTIFIER), None, within):
        if (subject := str(quad.subject)) in found:
            identifiers.setdefault(subject, []).append(value(str(quad.object)))
    regions = {
        subject: value(str(quad.object))
        for quad in quads.quads_for_pattern(None, node(_REGION), None, within)
        if (subject := str(quad.subject)) in found
    }
    for iri, kind in found.items():
        yield Mention(iri, kind, names[iri], tuple(sorted(identifiers.get(iri, ()))), regions.get(iri, ""))


def stored_alike(quads: ox.Store, alike: str) -> Iterator[str]:
    """Yield the nodes of the mentions of a database that are alike (`Mention.alike`)."""
    wanted = standing_for(alike)
    kind, identifiers = node(BKG[KINDS[wanted.kind]]), set(wanted.identifiers)
    for quad in quads.quads_for_pattern(None, node(LABEL), ox.Literal(wanted.name), None):
        subject, graph = quad.subject, quad.graph_name
        if graph != ox.DefaultGraph() and ox.Quad(subject, node(A), kind, graph) in quads:
            told = quads.quads_for_pattern(subject, node(_IDENTIFIER), None, graph)
            region = next(quads.quads_for_pattern(subject, node(_REGION), None, graph), None)
            if {value(str(one.object)) for one in told} == identifiers and (
                value(str(region.object)) if region else ""
            ) == wanted.region:
                yield str(subject)


def stored_referents(quads: ox.Store, nodes: Iterable[str] | None = None) -> dict[str, str]:
    """Return node of a document -> canonical node, both as N-Triples terms, as the database holds them: all, or of these nodes."""
    term, within = node(BKG["referent"]), node(REFERENT_GRAPH)
    subjects = [None] if nodes is None else map(node, nodes)
    found = (quad for subject in subjects for quad in quads.quads_for_pattern(subject, term, None, within))
    return {str(quad.subject): str(quad.object) for quad in found}


def stored_anchors(quads: ox.Store, incident: str) -> Iterator[Anchor]:
    """Yield the incidents of documents that have a canonical node (its IRI in brackets)."""
    for quad in quads.quads_for_pattern(None, node(BKG["referent"]), node(incident), node(REFERENT_GRAPH)):
        within = node(graph_of(str(quad.subject)))
        feed, identifier = (
            min(
                (value(str(one.object)) for one in quads.quads_for_pattern(quad.subject, node(term), None, within)),
                default="",
            )
            for term in (BKG["feed"], _IDENTIFIER)
        )
        yield Anchor(str(quad.subject), f"{feed}:{identifier}" if feed and identifier else "")


def node(iri: str) -> ox.NamedNode:
    """Return an IRI in brackets as a term of the database."""
    return ox.NamedNode(iri[1:-1])


def graph_of(node_of_document: str) -> str:
    """Return the evidence graph (IRI in brackets) that a node of a document is in."""
    head, _, tail = node_of_document.partition("/document/")
    return f"{head}/graph/{tail.split('/', 1)[0].rstrip('>')}>"
