"""Which terms are relationships of their own when documents have come and gone, and who has to be told again for it.

A term is one of several only where some document states it beside another, so a document that comes or goes may give
other documents' relationships another name. They are found by their two ends: whoever states a term between these.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.resolve.canonical import TOGETHER, nodes_of, referents, relationship
from kg.resolve.terms import Term, parted, terms
from kg.store.stored import graph_of, node, stored_graph, stored_referents
from kg.vocabulary import BKG, REFERENT_GRAPH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from kg.rdf import EvidenceGraph
    from kg.resolve.canonical import Key
    from kg.store.renaming import Renaming


@dataclass(frozen=True, slots=True)
class TermsAfter:
    """What terms are after a change.

    Attributes:
        parted: the keys of those that are relationships of their own, as far as a graph states them that comes or is
            to be told again.
        graphs: graphs that stay, and in which a relationship is called otherwise for it.
    """

    parted: set[Key]
    graphs: set[str]


def terms_after(
    quads: ox.Store, renaming: Renaming, gone: Collection[str], coming: Iterable[EvidenceGraph]
) -> TermsAfter:
    """Return what terms are after a change, asked of the database as it is before.

    Args:
        quads: the database.
        renaming: how its mentions are called after the change, and which graphs are told again for that.
        gone: the graphs that go (IRIs in brackets).
        coming: the graphs that come.
    """
    told = [terms(graph, referents(graph, renaming.of(graph))) for graph in coming]
    due: set[Key] = set()
    touched = {*gone, *renaming.graphs}
    for graph in _dated(quads, touched):
        due.update(term.key[:-1] for term in terms(graph, _names(quads, graph)))
        if graph.iri in renaming.graphs:
            told.append(terms(graph, referents(graph, renaming.of(graph))))
    due.update(term.key[:-1] for stated in told for term in stated)
    held: dict[str, dict[Term, str]] = {}
    for graph in _dated(quads, _telling(quads, due) - touched):
        names = _names(quads, graph)
        held[graph.iri] = {term: names[term.iri] for term in terms(graph, names)}
    told += [[term for term in named if term.key[:-1] in due] for named in held.values()]
    # Whether the others are relationships of their own does not change, and shows in what they are called.
    apart = {term.key for named in held.values() for term, name in named.items() if name == relationship(term.key)}
    after = parted(told) | {key for key in apart if key[:-1] not in due}

    def stays(term: Term, name: str) -> bool:
        return name == relationship(term.key if term.key in after else term.key[:-1])

    return TermsAfter(after, {iri for iri, named in held.items() if not all(stays(*one) for one in named.items())})


def _dated(quads: ox.Store, graphs: Iterable[str]) -> Iterator[EvidenceGraph]:
    """The graphs, of some, that say since when or until when a relationship is."""
    for iri in sorted(graphs):
        found = (quads.quads_for_pattern(None, node(term), None, node(iri)) for term in TOGETHER)
        if any(map(any, found)):
            yield stored_graph(quads, iri)


def _names(quads: ox.Store, graph: EvidenceGraph) -> dict[str, str]:
    return stored_referents(quads, nodes_of(graph))


def _telling(quads: ox.Store, due: Iterable[Key]) -> set[str]:
    """The graphs that tell of relationships between the same two as some keys."""
    suppliers: dict[str, set[str]] = defaultdict(set)
    for customer, supplier, *_ in due:
        suppliers[customer].add(supplier)
    return {
        graph_of(str(told.subject))
        for customer, wanted in suppliers.items()
        for one in quads.quads_for_pattern(None, node(BKG["customer"]), node(customer), ox.DefaultGraph())
        for other in quads.quads_for_pattern(one.subject, node(BKG["supplier"]), None, ox.DefaultGraph())
        if str(other.object) in wanted
        for told in quads.quads_for_pattern(None, node(BKG["referent"]), one.subject, node(REFERENT_GRAPH))
    }
