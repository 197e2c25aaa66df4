"""Bringing a database from one set of documents to another, touching only what rests on what changed.

A canonical fact goes when nothing says it any more. Who else says it is asked of the evidence itself: the
referents of a canonical node are its nodes in the documents, and each document holds what it says of them. So there
is no count to keep beside the facts, and the result is what a build from scratch would give.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.rdf import LABEL, A, Mention, from_triples
from kg.rdf.terms import value
from kg.resolve.canonical import (
    HARM,
    SINGLE,
    Settler,
    conflict_prefix,
    contribution,
    facts,
    projections,
    referents,
)
from kg.store.deriving import line, referent_lines, told_loops
from kg.store.support import Support
from kg.vocabulary import BKG, REFERENT_GRAPH, REUSED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.rdf import EvidenceGraph, Triple
    from kg.resolve import Resolver
    from kg.store.deriving import Loop

_SLICE = 500
"""Documents that are exchanged at a time; bounds what is in memory."""
_ALIAS, _CONFLICT = REUSED["skos:altLabel"], BKG["conflict"]


@dataclass(frozen=True, slots=True)
class Change:
    """What an update is to do: graphs that go, graphs that come, and where the latter are to be had (all IRIs in brackets)."""

    gone: frozenset[str]
    come: tuple[str, ...]
    mentions: tuple[Mention, ...]
    graph: Callable[[str], EvidenceGraph]


def update(quads: ox.Store, change: Change, resolver: Resolver) -> dict[str, list[Loop]]:
    """Exchange documents in a database; return the left out relationships of every document that was touched.

    Args:
        quads: the database, which is changed.
        change: what goes and what comes.
        resolver: decides which mentions are one organization, among those that stay and those that come.
    """
    before = stored_referents(quads)
    staying = [mention for mention in stored_mentions(quads) if _graph_of(mention.iri) not in change.gone]
    after = resolver.resolve([*staying, *change.mentions])
    renamed = {_graph_of(m.iri) for m in staying if after.get(m.iri) != before.get(m.iri)}
    update = _Update(quads, before, after)
    touched = iter(sorted({*change.gone, *change.come, *renamed}))
    while part := list(islice(touched, _SLICE)):
        held = {iri: stored_graph(quads, iri) for iri in part if iri in change.gone or iri in renamed}
        coming = [change.graph(iri) for iri in part if iri in change.come]
        update.exchange([*held.values()], [held[iri] for iri in part if iri in renamed], coming)
    return update.loops


def stored_graph(quads: ox.Store, iri: str) -> EvidenceGraph:
    """Return an evidence graph (its IRI in brackets) as the database holds it."""
    found = quads.quads_for_pattern(None, None, None, ox.NamedNode(iri[1:-1]))
    return from_triples(iri[1:-1], [(str(q.subject), str(q.predicate), str(q.object)) for q in found])


def stored_mentions(quads: ox.Store) -> Iterator[Mention]:
    """Yield the mentions of organizations and threat actors in all documents of a database."""
    kinds = {"Organization": "party", "ThreatActor": "threat-actor"}
    found = {
        str(quad.subject): kind
        for name, kind in kinds.items()
        for quad in quads.quads_for_pattern(None, _node(A), _node(BKG[name]), None)
        if quad.graph_name != ox.DefaultGraph()
    }
    names: dict[str, str] = {}
    identifiers: dict[str, list[str]] = {}
    for quad in quads.quads_for_pattern(None, _node(LABEL), None, None):
        if (subject := str(quad.subject)) in found:
            names[subject] = value(str(quad.object))
    for quad in quads.quads_for_pattern(None, _node(REUSED["dct:identifier"]), None, None):
        if (subject := str(quad.subject)) in found:
            identifiers.setdefault(subject, []).append(value(str(quad.object)))
    for iri, kind in found.items():
        yield Mention(iri, kind, names[iri], tuple(sorted(identifiers.get(iri, ()))))


def stored_referents(quads: ox.Store) -> dict[str, str]:
    """Return node of a document -> canonical node, both as N-Triples terms, as the database holds them."""
    found = quads.quads_for_pattern(None, _node(BKG["referent"]), None, _node(REFERENT_GRAPH))
    return {str(quad.subject): str(quad.object) for quad in found}


def _node(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri[1:-1])


def _graph_of(node: str) -> str:
    """The evidence graph that a node of a document is in."""
    head, _, tail = node.partition("/document/")
    return f"{head}/graph/{tail.split('/', 1)[0]}>"


@dataclass(slots=True)
class _Update:
    """One update: the database, and the names before and after."""

    quads: ox.Store
    before: Mapping[str, str]
    after: Mapping[str, str]
    loops: dict[str, list[Loop]] = field(default_factory=dict)

    def exchange(self, old: list[EvidenceGraph], renamed: list[EvidenceGraph], new: list[EvidenceGraph]) -> None:
        """Exchange a few documents: `old` under the names before; `renamed` of them, and `new`, under those after."""
        said, pairs = self._withdraw(old, {graph.iri for graph in renamed})
        settler = Settler()
        told: set[Triple] = set()
        added = [text for graph in new for text in graph.lines()]
        for graph in (*renamed, *new):
            names = referents(graph, self.after)
            added += referent_lines(names)
            self.loops[graph.iri[1:-1]] = told_loops(graph, names)
            for day, fact in facts(contribution(graph), names):
                if fact[1] in SINGLE:
                    settler.add(day, graph.iri, fact)
                else:
                    told.add(fact)
        support = Support(self.quads)
        gone = {fact for fact in said - told if not support.says(fact)}
        for pair in pairs | set(settler.pairs()):
            for day, document, obj in support.values(*pair):
                settler.add(day, document, (*pair, obj))
        settled, held = set(settler.settle()), self._settled(pairs | set(settler.pairs()))
        self._remove(map(line, gone | (held - settled)))
        self._add([*added, *map(line, told), *map(line, settled - held)])
        self._project(said | told)

    def _withdraw(self, old: list[EvidenceGraph], kept: set[str]) -> tuple[set[Triple], set[tuple[str, str]]]:
        """Take documents out, the evidence of some of them kept; what they said, and what of it may hold one value only."""
        said: set[Triple] = set()
        pairs: set[tuple[str, str]] = set()
        for graph in old:
            names = referents(graph, self.before)
            for _, fact in facts(contribution(graph), names):
                if fact[1] in SINGLE:
                    pairs.add(fact[:2])
                else:
                    said.add(fact)
            self._remove(referent_lines(names))
            self.loops[graph.iri[1:-1]] = []
            if graph.iri not in kept:
                self.quads.remove_graph(_node(graph.iri))
        return said, pairs

    def _settled(self, pairs: Iterable[tuple[str, str]]) -> set[Triple]:
        """What the canonical graph holds for these subjects and predicates, with the values noted beside."""
        held: set[Triple] = set()
        for subject, predicate in pairs:
            held |= {(subject, predicate, obj) for obj in self._objects(subject, predicate)}
            if predicate == LABEL:
                held |= {(subject, _ALIAS, obj) for obj in self._objects(subject, _ALIAS)}
            else:
                start = f'"{conflict_prefix(predicate)}'
                notes = self._objects(subject, _CONFLICT)
                held |= {(subject, _CONFLICT, obj) for obj in notes if obj.startswith(start)}
        return held

    def _objects(self, subject: str, predicate: str) -> list[str]:
        found = self.quads.quads_for_pattern(_node(subject), _node(predicate), None, ox.DefaultGraph())
        return [str(quad.object) for quad in found]

    def _project(self, touched: set[Triple]) -> None:
        """Make what follows from facts follow from those that are there now."""
        due = {projected for fact in touched for projected in projections(fact)}
        holds = {fact for fact in due if self._follows(fact)}
        self._remove(map(line, due - holds))
        self._add(map(line, holds))

    def _follows(self, projected: Triple) -> bool:
        s, p, o = projected
        if p == A:
            return self._holds(None, BKG["supplier"], s)
        if p == BKG["affects"]:
            return any(self._holds(s, predicate, o) for predicate in HARM)
        return any(self._holds(exposure, BKG["dataType"], o) for exposure in self._objects(s, BKG["exposure"]))

    def _holds(self, s: str | None, p: str, o: str) -> bool:
        found = self.quads.quads_for_pattern(_node(s) if s else None, _node(p), _node(o), ox.DefaultGraph())
        return next(found, None) is not None

    def _remove(self, lines: Iterable[str]) -> None:
        for quad in _parsed(lines):
            self.quads.remove(quad)

    def _add(self, lines: Iterable[str]) -> None:
        self.quads.extend(_parsed(lines))


def _parsed(lines: Iterable[str]) -> Iterator[ox.Quad]:
    return iter(ox.parse("\n".join(lines).encode(), format=ox.RdfFormat.N_QUADS))


def exchange_lines(quads: ox.Store, before: Iterable[str], after: Iterable[str]) -> None:
    """Make the database hold the lines `after` instead of the lines `before`."""
    old, new = set(before), set(after)
    for quad in _parsed(sorted(old - new)):
        quads.remove(quad)
    quads.extend(_parsed(sorted(new - old)))
