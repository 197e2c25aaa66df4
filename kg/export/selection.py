"""What of a graph goes into a file: every format writes the same selection.

Statements are kept by their distance from a focus, then by their certainty; with these goes what nothing is left to say of.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from kg.checks import several, whole_number
from kg.errors import KGError
from kg.evidence import Evidence
from kg.exposure import Finder, Projection, project
from kg.exposure.statements import distances, name_of, neighbours, standing
from kg.exposure.structure import harms, overruled, sparings
from kg.model import Certainty
from kg.vocabulary import VOCAB

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from kg.evidence import Quote
    from kg.exposure import Edge, Node
    from kg.store import GraphStore

DEFAULT_DEPTH = 2
_ENDS = frozenset({"data-type", "source"})
"""Kinds of nodes that lead nowhere: two incidents that expose passwords have nothing else to do with one another."""


@dataclass(frozen=True)
class Selection:
    """What goes into a file.

    Attributes:
        store: the open store.
        whole: everything in it.
        projection: what is selected of that: all of it, if nothing was asked for.
        certainty: the certainties of what is kept; None for any.
    """

    store: GraphStore
    whole: Projection
    projection: Projection
    certainty: frozenset[str] | None = None

    def pairs(self, term: str) -> list[tuple[str, str]]:
        """Return subject and object of every triple of a property (an IRI in brackets) of the canonical graph, sorted."""
        return sorted(self.store.pairs(term[1:-1]))

    def quotes(self, claims: Iterable[str]) -> list[Quote]:
        """Return claims (IRIs) as quotes."""
        return self._evidence.quotes(claims)

    def harm(self, edge: Edge) -> str:
        """Return whether harm along a statement is "confirmed" or "potential", by all that the store holds; else ""."""
        return self._harm[edge.source, edge.type, edge.target]

    def overruled(self, edge: Edge) -> bool:
        """Return whether a statement of harm does not count, by all that the store holds, for its customer was left alone."""
        return overruled(edge, self._spared)

    @cached_property
    def _evidence(self) -> Evidence:
        evidence = Evidence(self.store)
        evidence.read_ahead(standing(self.projection.edges), sum(len(edge.claims) for edge in self.whole.edges))
        return evidence

    @cached_property
    def _harm(self) -> dict[tuple[str, str, str], str]:
        whole = self.whole
        return {(edge.source, edge.type, edge.target): word for edge, word in harms(whole.edges, whole.nodes)}

    @cached_property
    def _spared(self) -> set[tuple[str, str]]:
        return sparings(self.whole.edges)


def select(
    store: GraphStore,
    *,
    focus: str | Node | None = None,
    depth: int = DEFAULT_DEPTH,
    certainty: str | Collection[str] | None = None,
) -> Selection:
    """Return what of an open store is asked for.

    Args:
        store: the open store.
        focus: name, title, identifier or IRI of what the file is about; all of the graph if None.
        depth: how many statements away from the focus, in either direction.
        certainty: keep to statements that are "confirmed", "suspected", "claimed" or "denied": of several claims the
            strongest counts. What no claim stands behind (who is cited) goes with the incident that it is about.

    Raises:
        UnknownNameError: the focus stands for nothing, or for several things.
        KGError: there is no such certainty, or the depth is negative.
    """
    whole = project(store)
    if focus is None and not certainty:
        return Selection(store, whole, whole)
    wanted = frozenset(several(certainty, "certainty")) if certainty else None
    if wanted and (unknown := wanted - set(map(str, Certainty))):
        raise KGError(f"no certainty is called {', '.join(sorted(map(str, unknown)))}")
    if (depth := whole_number(depth, "depth")) < 0:
        raise KGError(f"depth is {depth}; it cannot be negative")
    edges, kept = whole.edges, set(whole.nodes)
    if focus is not None:
        start = Finder(whole.nodes).one(name_of(focus))
        kept = _near(whole, start, depth)
        edges = [edge for edge in edges if {edge.source, edge.target} <= kept]
    if wanted is not None:
        edges = _sure(edges, wanted)
        kept = {end for edge in edges for end in (edge.source, edge.target)} | ({start.iri} if focus else set())
    nodes = {iri: node for iri, node in whole.nodes.items() if iri in kept}
    kinds = {(edge.source, edge.target) for edge in edges if edge.type == "exposedDataType"}
    exposed = {
        incident: [
            one for one in told
            if (incident, f"{VOCAB}data-type/{one.concept}") in kinds and (wanted is None or one.certainty in wanted)
        ]
        for incident, told in whole.exposed.items()
        if incident in kept
    }  # fmt: skip
    return Selection(store, whole, Projection(nodes, edges, exposed), wanted)


def _sure(edges: list[Edge], wanted: frozenset[str]) -> list[Edge]:
    """The statements of these certainties, and those that nobody claims about what they are about."""
    kept = {id(edge) for edge in edges if edge.claims and edge.certainty in wanted}
    about = {end for edge in edges if id(edge) in kept for end in (edge.source, edge.target)}
    return [edge for edge in edges if id(edge) in kept or (not edge.claims and edge.source in about)]


def _near(projection: Projection, start: Node, depth: int) -> set[str]:
    """The nodes within so many statements of the start."""
    around = neighbours(projection.edges)
    leading = {
        iri: others for iri, others in around.items() if iri == start.iri or projection.nodes[iri].kind not in _ENDS
    }
    return set(distances(leading, start.iri, depth))
