"""Asking the evidence in a database who says a canonical fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.rdf import LABEL, Mention
from kg.rdf.terms import literal, value
from kg.resolve.canonical import DERIVED, Dating, home, moved, record_of
from kg.resolve.placed import borne
from kg.store.stored import graph_of
from kg.vocabulary import BKG, REFERENT_GRAPH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kg.rdf import Triple
    from kg.resolve.canonical import Teller
    from kg.store.deriving import NamedDay

_REFERENT, _REFERENTS = ox.NamedNode(BKG["referent"][1:-1]), ox.NamedNode(REFERENT_GRAPH[1:-1])


class Support:
    """Looks facts up in the documents of a database; nothing may change meanwhile.

    Args:
        quads: the database.
        named: what `named_days` gives for its documents.
        without: the evidence graphs (in brackets) that are not asked.
    """

    def __init__(self, quads: ox.Store, named: NamedDay, without: Collection[str] = frozenset()) -> None:
        self._quads, self._named, self._without = quads, named, without
        self._nodes: dict[str, list[str]] = {}
        self._names: dict[str, str | None] = {}
        self._dating: dict[str, Dating] = {}

    def says(self, fact: Triple) -> bool:
        """Return whether any document says a canonical fact."""
        subject, predicate, obj = fact
        return any(
            said == obj or (said[0] == "<" and self._name(said) == obj)
            for node in self._nodes_of(subject)
            for said in self._objects(node, predicate)
        )

    def values(self, subject: str, predicate: str) -> Iterator[tuple[Teller, str]]:
        """Yield (who tells it, object) for each value that a document gives a canonical node's property."""
        for node in self._nodes_of(subject):
            for said in self._objects(node, predicate):
                name = (self._name(said) or said) if said[0] == "<" else said
                yield self._teller(node), name
                for told in self._placed(node, subject, said) if predicate == LABEL else ():
                    yield self._teller(node), told

    def _placed(self, node: str, canonical: str, label: str) -> list[str]:
        """The names that an organization of a document has because of its place."""
        if "/organization/" not in canonical or (region := next(self._objects(node, BKG["region"]), None)) is None:
            return []
        return [*map(literal, borne(Mention(node, "party", value(label), region=value(region)), canonical))]

    def _nodes_of(self, canonical: str) -> Iterator[str]:
        """The nodes of documents that a canonical node stands for."""
        if "/document/" in canonical:
            return  # a claim, or what else a document shares with nobody
        yield from self._referring(canonical)
        incident, rest = home(canonical)
        if incident and rest:
            yield from (f"{node[:-1]}/{rest}>" for node in self._referring(incident))

    def _referring(self, canonical: str) -> list[str]:
        known = self._nodes.get(canonical)
        if known is None:
            found = self._quads.quads_for_pattern(None, _REFERENT, ox.NamedNode(canonical[1:-1]), _REFERENTS)
            nodes = (str(quad.subject) for quad in found)
            known = self._nodes[canonical] = [node for node in nodes if graph_of(node) not in self._without]
        return known

    def _objects(self, node: str, predicate: str) -> Iterator[str]:
        found = self._quads.quads_for_pattern(
            ox.NamedNode(node[1:-1]), ox.NamedNode(predicate[1:-1]), None, ox.NamedNode(graph_of(node)[1:-1])
        )
        return (str(quad.object) for quad in found)

    def _name(self, node: str) -> str | None:
        """The canonical name of a node of a document, None where it has none but its own."""
        if "/document/" not in node:
            return None
        if node not in self._names:
            self._names[node] = self._referent(node) or self._moved(node)
        return self._names[node]

    def _moved(self, node: str) -> str | None:
        record = f"{record_of(node)}>"
        name = self._referent(record) if record != ">" else None
        return moved(node, {record: name}) if name else None

    def _referent(self, node: str) -> str | None:
        found = self._quads.quads_for_pattern(ox.NamedNode(node[1:-1]), _REFERENT, None, _REFERENTS)
        return next((str(quad.object) for quad in found), None)

    def _teller(self, node: str) -> Teller:
        """Who tells what is said of a node, as the record of the node is dated."""
        graph = graph_of(node)
        if graph not in self._dating:
            found = [told for term in Dating.TERMS for told in self._told(graph, None, term)]
            origins = {obj for _, term, obj in found if term == DERIVED}
            found += [told for origin in origins for told in self._told(graph, origin, LABEL)]
            self._dating[graph] = Dating(found, graph, self._named(graph))
        return self._dating[graph].of(node)

    def _told(self, graph: str, subject: str | None, term: str) -> Iterator[Triple]:
        """What a document says in a term, of one node or of all."""
        about = ox.NamedNode(subject[1:-1]) if subject else None
        found = self._quads.quads_for_pattern(about, ox.NamedNode(term[1:-1]), None, ox.NamedNode(graph[1:-1]))
        return ((str(quad.subject), term, str(quad.object)) for quad in found)
