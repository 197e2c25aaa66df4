"""Where in which document a node comes from, told by its claims and by its place in the evidence."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.store.reading import text_of
from kg.validate.findings import Place
from kg.vocabulary import BKG, ID, PROVENANCE_GRAPH, REFERENT_GRAPH, REUSED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store import GraphStore

_SUBJECT, _PREDICATE, _OBJECT, _LABEL, _IDENTIFIER = (
    REUSED[name][1:-1] for name in ("rdf:subject", "rdf:predicate", "rdf:object", "rdfs:label", "dct:identifier")
)
_QUOTE, _START, _END, _PLACE, _EXPOSURE, _REFERENT, _STATED_IN = (
    BKG[name][1:-1] for name in ("quote", "quoteStart", "quoteEnd", "place", "exposure", "referent", "statedIn")
)
_PARTY = BKG["party"][1:-1]
_CALLED = (_LABEL, _IDENTIFIER, BKG["publisher"][1:-1], REUSED["schema:url"][1:-1])
_DOCUMENT = f"{ID}document/"
_LOOKED_AT = 5
"""Nodes that point at a shared one, of which the documents are looked up: one is enough to name a place."""


class Places:
    """Finds labels and places of the nodes of one store."""

    def __init__(self, store: GraphStore) -> None:
        self._store = store

    def label(self, node: str) -> str:
        """Return what a node is called: its label, identifier, publisher or address, or those of the party that it is about.

        Where there are none, it is the end of its IRI.
        """
        graphs = (None, evidence_graph(node))
        for called in (node, *(party for graph in graphs for party in self._values(node, _PARTY, graph))):
            for graph in graphs:
                for name in _CALLED:
                    if found := self._values(called, name, graph):
                        return found[0]
        return node.removeprefix(ID)

    def document(self, graph: str) -> str:
        """Return the name of the document that an evidence graph holds, or ""."""
        if not graph:
            return ""
        described = self._values(graph, _LABEL) or self._values(graph, _LABEL, PROVENANCE_GRAPH[1:-1])
        return described[0] if described else ""

    def of(self, node: str, value: str = "", terms: frozenset[str] = frozenset()) -> Place:
        """Return where a node is told.

        Args:
            node: its IRI, in the evidence or in the canonical graph.
            value: what its claims say at best.
            terms: IRIs of the properties that its claims are about at best.
        """
        tellings = list(self._tellings(node))
        claims = [
            (value not in self._values(claim, _OBJECT, graph), terms.isdisjoint(self._values(claim, _PREDICATE, graph)),
             rank, claim, graph)
            for local, graph in tellings
            for rank, claim in self._claims(local, graph)
        ]  # fmt: skip
        if claims:
            *_, claim, graph = min(claims, key=lambda found: (*found[:4], found[4] or ""))
            return self._place(claim, graph)
        for local, graph in tellings:
            if name := self.document(evidence_graph(local) or graph or ""):
                return Place(name, _record(local))
        return Place()

    def _tellings(self, node: str) -> Iterator[tuple[str, str | None]]:
        """The node in the evidence, and the graphs where it is; the node itself, as the default graph has it, comes last."""
        if graph := evidence_graph(node):
            yield node, graph
        else:
            for local in self._locals(node):
                yield local, evidence_graph(local)
        yield node, None

    def _locals(self, node: str) -> list[str]:
        """What a canonical node is called in the evidence: its own referents, or its place below those of its incident."""
        head, tail = node, ""
        if not node.startswith(ID):
            return []
        while head.startswith(ID):
            found = self._store.find(None, _REFERENT, head, REFERENT_GRAPH[1:-1])
            if found:
                return sorted(text_of(quad.subject) + tail for quad in found)
            head, _, last = head.rpartition("/")
            tail = f"/{last}{tail}"
        return self._shared(node)

    def _shared(self, node: str) -> list[str]:
        """What a node that documents share, such as a source, is called in those whose incidents point at it."""
        tail = node.removeprefix(ID)
        pointing = sorted({text_of(quad.subject) for quad in self._store.find(None, None, node)})[:_LOOKED_AT]
        locals_ = {
            text_of(quad.subject)
            for subject in pointing
            for quad in self._store.find(None, _REFERENT, subject, REFERENT_GRAPH[1:-1])
        }
        return sorted({f"{_DOCUMENT}{local.removeprefix(_DOCUMENT).partition('/')[0]}/{tail}" for local in locals_})

    def _claims(self, node: str, graph: str | None) -> Iterator[tuple[int, str]]:
        """Claims that are the node, or speak of it: the nearer, the lower the rank."""
        if self._values(node, _STATED_IN, graph):
            yield 0, node
        for rank, name in enumerate((_SUBJECT, _EXPOSURE, _OBJECT) if ":" in node else (), 1):
            yield from ((rank, text_of(quad.subject)) for quad in self._store.find(None, name, node, graph))

    def _place(self, claim: str, graph: str | None) -> Place:
        stated = self._values(claim, _STATED_IN, graph)
        home = stated[0] if stated else graph or ""
        said: dict[str, list[str]] = defaultdict(list)
        for where in (graph, home or None):
            for quad in self._store.find(claim, graph=where):
                said[quad.predicate.value].append(text_of(quad.object))
        start, end = (min(said[name], default="") for name in (_START, _END))
        return Place(
            self.document(home),
            min(said[_PLACE], default="") or _record(claim),
            (int(start), int(end)) if start.isdecimal() and end.isdecimal() else None,
            min(said[_QUOTE], default=""),
        )

    def _values(self, node: str, name: str, graph: str | None = None) -> list[str]:
        if ":" not in node:
            return []  # a blank node, or no IRI
        return sorted(text_of(quad.object) for quad in self._store.find(node, name, graph=graph))


def evidence_graph(node: str) -> str | None:
    """Return the evidence graph that a node's IRI says it is in; None for a node of the canonical graph."""
    if not node.startswith(_DOCUMENT):
        return None
    return f"{ID}graph/{node.removeprefix(_DOCUMENT).partition('/')[0]}"


def _record(node: str) -> str:
    """The record that a node of the evidence lies in, or ""."""
    number = node.partition("/record/")[2].partition("/")[0]
    return f"record {number}" if number else ""
