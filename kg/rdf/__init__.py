"""From records to the evidence graph of their document, and back.

Terms are N-Triples text throughout: a graph is a list of (subject, predicate, object) strings, which
Oxigraph loads as fast as term objects and which sort into the canonical form as they are. Every node of
an evidence graph has an IRI under its document, nested under its record, so that the canonical graph is
the same triples with other names (`kg.resolve.canonical`).
"""

from __future__ import annotations

from kg.rdf.graph import (
    LABEL,
    A,
    Anchor,
    EvidenceGraph,
    Mention,
    Tie,
    Triple,
    describe,
    description,
    from_triples,
    graph_iri,
    standing_for,
)
from kg.rdf.writing import evidence_graph

__all__ = [
    "LABEL",
    "A",
    "Anchor",
    "EvidenceGraph",
    "Mention",
    "Tie",
    "Triple",
    "describe",
    "description",
    "evidence_graph",
    "from_triples",
    "graph_iri",
    "standing_for",
]
