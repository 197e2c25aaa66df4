"""The quads of a store that speak of a selection: a graph that opens like the whole one.

A quad of a document's evidence is kept if it is kept under its canonical names, so of every document only what it says
of the selection is left. The vocabulary is kept whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.exposure.disputes import HARMS, OVERTAKEN, SPARED
from kg.exposure.projection import edge_type
from kg.resolve.canonical import DERIVED, home, moved, record_of
from kg.store.stored import stored_referents
from kg.vocabulary import BKG, ID, REUSED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.export.selection import Selection
    from kg.exposure import Edge

_VENDOR = BKG["Vendor"][1:-1]
_FIRST = ox.NamedNode(DERIVED[1:-1])


def excerpt(selection: Selection) -> ox.Store:
    """Return the quads of a selection, in memory."""
    kept, found = ox.Store(), _Scope(selection)
    kept.extend(quad for quad in selection.store.quads if found.holds(quad))
    return kept


def _behind(edges: Iterable[Edge]) -> set[str]:
    """The claims and relationships behind statements."""
    claims = {claim.iri for edge in edges for claim in edge.claims}
    return claims | {told.iri for edge in edges for told in edge.relationships}


class _Scope:
    """Decides what belongs to a selection, by canonical IRI."""

    def __init__(self, selection: Selection) -> None:
        self.selection = selection
        self.nodes = selection.projection.nodes
        self.edges = {(edge.source, edge.type, edge.target) for edge in selection.projection.edges}
        # One that a later document overtakes is told in the role that it was told in.
        self.edges |= {(start, SPARED, end) for start, kind, end in self.edges if kind == OVERTAKEN}
        self.types = {edge.type for edge in selection.whole.edges}
        self.vendors = {target for _, kind, target in self.edges if kind == "usesVendor"}
        self.referents = stored_referents(selection.store.quads)
        self.names: dict[str, str] = {}
        self.gone = self._gone()
        self.relationships = {told.iri for edge in selection.projection.edges for told in edge.relationships}
        self.beside = self._beside()
        kept = self.nodes.keys() | self.relationships
        self.records = {record_of(node) for node, name in self.referents.items() if name[1:-1] in kept} - {""}
        self.origins = {
            str(quad.object)[1:-1] for quad in selection.store.quads.quads_for_pattern(None, _FIRST, None, None)
            if record_of(str(quad.subject)) in self.records
        }  # fmt: skip

    def _gone(self) -> set[str]:
        """What stands behind statements that are left out, and what is of another certainty than was asked for."""
        whole, kept = self.selection.whole.edges, self.selection.projection.edges
        kept_behind = _behind(kept)
        gone = _behind(whole) - kept_behind
        roles, parties = dict(self.selection.pairs(BKG["role"])), dict(self.selection.pairs(BKG["party"]))
        gone |= {
            involved for incident, involved in self.selection.pairs(BKG["involvement"])
            if (incident, roles.get(involved, "").rsplit("/", 1)[-1], parties.get(involved, "")) not in self.edges
        }  # fmt: skip
        kinds = dict(self.selection.pairs(BKG["dataType"]))
        gone |= {
            exposure for incident, exposure in self.selection.pairs(BKG["exposure"])
            if incident in self.nodes and (incident, "exposedDataType", kinds.get(exposure, "")) not in self.edges
        }  # fmt: skip
        if self.selection.certainty is not None:
            gone |= {
                node for node, certainty in self.selection.pairs(BKG["certainty"])
                if certainty.rsplit("/", 1)[-1] not in self.selection.certainty
                and node not in self.nodes and node not in kept_behind
            }  # fmt: skip
        return gone

    def _beside(self) -> set[str]:
        """Shared nodes that are no nodes of the projection: relationships, their services, techniques, claims with their graphs and sources."""
        found = set(self.relationships)
        about = {
            claim: subject for claim, subject in self.selection.pairs(REUSED["rdf:subject"]) if claim not in self.gone
        }
        found |= {claim for claim, subject in about.items() if subject in self.nodes}
        found |= {service for relationship, service in self.selection.pairs(BKG["service"]) if relationship in found}
        found |= {source for claim, source in self.selection.pairs(REUSED["dct:source"]) if claim in found}
        found |= {technique for incident, technique in self.selection.pairs(BKG["technique"]) if incident in self.nodes}
        return found | {graph for claim, graph in self.selection.pairs(BKG["statedIn"]) if claim in found}

    def _name(self, iri: str) -> str:
        """The canonical IRI of a node of a document."""
        found = self.names.get(iri)
        if found is None:
            term = f"<{iri}>"
            found = self.referents.get(term) or (term if "/claim/" in iri else moved(term, self.referents))
            found = self.names[iri] = found[1:-1]
        return found

    def _keeps(self, iri: str) -> bool:
        """Whether a canonical node belongs to the selection; terms and concepts always do."""
        if not iri.startswith(ID) or iri in self.nodes or iri in self.beside or iri in self.origins:
            return iri not in self.gone
        incident, inside = home(f"<{iri}>")
        return bool(inside) and incident is not None and incident[1:-1] in self.nodes and iri not in self.gone

    def holds(self, quad: ox.Quad) -> bool:
        """Return whether a quad speaks of the selection, or tells who had a record of it first."""
        if quad.predicate == _FIRST:
            return record_of(str(quad.subject)) in self.records
        subject = self._name(quad.subject.value)  # type: ignore[union-attr]
        if not self._keeps(subject):
            return False
        if not isinstance(quad.object, ox.NamedNode):
            return True
        if quad.object.value == _VENDOR:
            return subject in self.vendors or not subject.startswith(ID)
        value, kind = self._name(quad.object.value), edge_type(quad.predicate.value)
        if subject.startswith(ID) and kind in self.types:
            return (subject, kind, value) in self.edges
        if kind == "affects":
            return any((subject, harm, value) in self.edges for harm in HARMS)
        return self._keeps(value)
