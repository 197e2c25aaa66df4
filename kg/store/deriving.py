"""The lines of a generation: everything that follows from the evidence graphs, the same for the same evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.rdf import describe
from kg.resolve.canonical import Settler, canonical_triples, loops, referents
from kg.vocabulary import BKG, PROVENANCE_GRAPH, REFERENT_GRAPH, ontology_dir

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.rdf import EvidenceGraph
    from kg.resolve import Resolver


@dataclass(slots=True)
class Generation:
    """What a store is to hold, vocabulary apart.

    Attributes:
        lines: N-Quads, in no order: evidence, descriptions, referents, canonical facts.
        loops: graph IRI, record and reason of every supply relationship that was left out because both its ends
            are one organization.
    """

    lines: list[str] = field(default_factory=list)
    loops: list[tuple[str, str, str]] = field(default_factory=list)


def derive(graphs: Iterable[EvidenceGraph], entries: Iterable[dict[str, Any]], resolver: Resolver) -> Generation:
    """Return the generation that follows from evidence graphs.

    Args:
        graphs: the evidence.
        entries: what the manifest says of each document.
        resolver: decides which mentions are one organization.
    """
    held = list(graphs)
    resolved = resolver.resolve([mention for graph in held for mention in graph.mentions])
    derived, settler = Generation(), Settler()
    for graph in held:
        names = referents(graph, resolved)
        derived.lines += graph.lines()
        derived.lines += [f"{local} {BKG['referent']} {name} {REFERENT_GRAPH} ." for local, name in names.items()]
        derived.loops += _told(graph, names)
        settler.add(canonical_triples(graph, names), graph.iri)
    derived.lines += _descriptions(entries)
    derived.lines += [f"{s} {p} {o} ." for s, p, o in settler.settle()]
    return derived


def _told(graph: EvidenceGraph, names: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    called = {mention.iri: mention.name for mention in graph.mentions}
    for tie in loops(graph, names):
        customer, supplier = called.get(tie.customer, ""), called.get(tie.supplier, "")
        number = tie.iri.partition("/record/")[2].partition("/")[0]
        reason = f"{customer} and {supplier} are one organization, which cannot be its own supplier"
        yield graph.iri[1:-1], f"record {number}", reason


def _descriptions(entries: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The description of every evidence graph, in the provenance graph and among the canonical facts."""
    names: dict[str, set[str]] = {}
    held: dict[str, dict[str, Any]] = {}
    for entry in entries:
        held[entry["graph"]] = entry
        names.setdefault(entry["graph"], set()).add(entry["name"])
    for iri, entry in held.items():
        for s, p, o in describe(f"<{iri}>", sorted(names[iri]), entry["digest"], entry["kind"], entry["version"]):
            yield f"{s} {p} {o} {PROVENANCE_GRAPH} ."
            yield f"{s} {p} {o} ."


def vocabulary_lines() -> list[str]:
    """Return the ontology and its schemes as lines of the default graph, which every store carries.

    Axioms over blank nodes stay in the ontology's own file: no query reads them, and Oxigraph would name their
    nodes differently in every build.
    """
    folder = ontology_dir()
    paths = [*sorted(folder.glob("*.ttl")), *sorted((folder / "vocab").glob("*.ttl"))]
    return [
        f"{quad} ."
        for path in paths
        for quad in ox.parse(path=path)
        if not isinstance(quad.subject, ox.BlankNode) and not isinstance(quad.object, ox.BlankNode)
    ]
