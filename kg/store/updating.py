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

from kg.rdf import LABEL, A
from kg.resolve.canonical import (
    HARM,
    SINGLE,
    TOGETHER,
    Settler,
    beside,
    conflict_prefix,
    contribution,
    facts,
    nodes_of,
    projections,
    referents,
    tie_key,
)
from kg.store.deriving import line, referent_lines, told_loops
from kg.store.renaming import Renaming
from kg.store.stored import node, stored_graph, stored_referents
from kg.store.support import Support
from kg.store.terming import terms_after
from kg.vocabulary import BKG, REUSED

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from kg.rdf import EvidenceGraph, Mention, Triple
    from kg.resolve.canonical import Key, Teller, Told
    from kg.resolve.resolver import JudgedResolver
    from kg.store.deriving import Loop, NamedDay
    from kg.store.ledger import Ledger
    from kg.store.mentioned import Mentioned

_SLICE = 500
"""Documents that are exchanged at a time; bounds what is in memory."""
_NOBODY = ("", "")
_ALIAS, _CONFLICT = REUSED["skos:altLabel"], BKG["conflict"]


@dataclass(frozen=True, slots=True)
class Change:
    """What an update is to do: graphs that go, graphs that come, and where the latter are to be had (all IRIs in brackets).

    Attributes:
        gone: the graphs that go.
        come: the graphs that come, sorted.
        mentions: the mentions of those that come.
        graph: gives one of those that come.
        resolver: decides which mentions are one organization.
        named: what `named_days` gives for the documents that there are after it.
        redated: the graphs that stay, with documents whose names told another day before, or none.
        anew: it may decide otherwise than when the database was made.
        leaving: is given every graph that goes, before it is gone.
        replaced: graph that comes -> the one of the same document that goes.
    """

    gone: frozenset[str]
    come: tuple[str, ...]
    mentions: tuple[Mention, ...]
    graph: Callable[[str], EvidenceGraph]
    resolver: JudgedResolver
    named: NamedDay
    redated: frozenset[str] = frozenset()
    anew: bool = False
    leaving: Callable[[EvidenceGraph], None] | None = None
    replaced: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Updated:
    """What an update did.

    Attributes:
        loops: graph (without brackets) -> the left out relationships, for every document that was touched.
        relationships: the canonical supply relationships that these documents tell of, or told of.
        pairs: the canonical customers and suppliers of these.
        mentioned: the distinct mentions of the database after it.
    """

    loops: dict[str, list[Loop]]
    relationships: set[str]
    pairs: set[tuple[str, str]]
    mentioned: Mentioned


def update(ledger: Ledger, change: Change, mentioned: Mentioned) -> Updated:
    """Exchange documents in a database, and return what came of it.

    Args:
        ledger: the database, which is changed.
        change: what goes and what comes.
        mentioned: the distinct mentions of the database before it.
    """
    quads = ledger.quads
    renaming = Renaming(quads, change.gone, change.mentions, mentioned, change.resolver, anew=change.anew)
    renaming.tell_again(change.redated)
    after = terms_after(quads, renaming, change.gone, map(change.graph, change.come))
    renaming.tell_again(after.graphs)
    exchanging = _Exchange(ledger, renaming, after.parted, change.named)
    # What a document said and what it says are mostly the same: together, nobody else need be asked for that.
    touched = iter(
        sorted({*change.gone, *change.come, *renaming.graphs}, key=lambda iri: (change.replaced.get(iri, iri), iri))
    )
    while part := list(islice(touched, _SLICE)):
        held = {iri: stored_graph(quads, iri) for iri in part if iri in change.gone or iri in renaming.graphs}
        for iri in part:
            if change.leaving and iri in change.gone:
                change.leaving(held[iri])
        coming = [change.graph(iri) for iri in part if iri in change.come]
        exchanging.exchange([*held.values()], [held[iri] for iri in part if iri in renaming.graphs], coming)
    return Updated(exchanging.loops, exchanging.relationships, exchanging.pairs, renaming.mentioned)


@dataclass(slots=True)
class _Exchange:
    """The exchanges of one update: the database, what is called how after them, and how its documents are dated."""

    ledger: Ledger
    renaming: Renaming
    parted: Collection[Key]
    named: NamedDay
    loops: dict[str, list[Loop]] = field(default_factory=dict)
    relationships: set[str] = field(default_factory=set)
    pairs: set[tuple[str, str]] = field(default_factory=set)

    def exchange(self, old: list[EvidenceGraph], renamed: list[EvidenceGraph], new: list[EvidenceGraph]) -> None:
        """Exchange a few documents: `old` under the names before; `renamed` of them, and `new`, under those after."""
        said, before, referring = self._told_before(old)
        settler, own = Settler(), Settler()
        told: set[Triple] = set()
        referring_after: set[str] = set()
        for graph in (*renamed, *new):
            names = referents(graph, self.renaming.of(graph), self.parted)
            referring_after.update(referent_lines(names))
            self._note_ties(graph, names)
            self.loops[graph.iri[1:-1]] = told_loops(graph, names)
            for told_by, fact in facts(contribution(graph), names, self.named(graph.iri)):
                if fact[1] in SINGLE:
                    (own if _own(fact) else settler).add(told_by, fact)
                else:
                    told.add(fact)
        told.update(own.settle())
        support = Support(self.ledger.quads, self.named, frozenset(graph.iri for graph in old))
        gone = {fact for fact in said - told if not support.says(fact)}
        held: set[Triple] = set()
        pairs = {*before.pairs(), *settler.pairs()}
        for pair in pairs | {(subject, TOGETHER[predicate]) for subject, predicate in pairs if predicate in TOGETHER}:
            values = self._settled(*pair)
            # Where all agreed and it is told again, nobody else need be asked.
            if len(values) == 1 and settler.told(*pair).keys() == {obj for _, _, obj in values}:
                held |= values
                continue
            others = _others(pair, support.values(*pair), values, before.told(*pair), settler.told(*pair))
            if others is None:
                settler.forget(*pair)
                continue
            held |= values
            for told_by, obj in others:
                settler.add(told_by, (*pair, obj))
        settled = set(settler.settle())
        lost, won = gone | (held - settled), (told - said) | (settled - held)
        lost_own, won_own = set(filter(_own, lost)), set(filter(_own, won))
        evidence = (text for graph in new for text in graph.lines())
        kept = {graph.iri for graph in renamed}
        # To load writes files at once, and first those of what waits in memory; the fewer, the longer the database stays
        # quick. So nothing waits yet.
        self.ledger.load([*evidence, *(referring_after - referring)], won_own)
        self.ledger.unload(referring - referring_after, lost_own)
        for graph in old:
            if graph.iri not in kept:
                self.ledger.drop(graph.iri[1:-1], len(graph.triples))
        self.ledger.remove(map(line, lost - lost_own))
        self.ledger.add(map(line, won - won_own))
        self._project(said | told)

    def _told_before(self, old: list[EvidenceGraph]) -> tuple[set[Triple], Settler, set[str]]:
        """What documents say that go or are told again, what of it may hold one value only, and the lines of their referents."""
        said: set[Triple] = set()
        referring: set[str] = set()
        own, shared = Settler(), Settler()
        for graph in old:
            names = stored_referents(self.ledger.quads, nodes_of(graph))
            for told_by, fact in facts(contribution(graph), names):
                if fact[1] not in SINGLE:
                    said.add(fact)
                elif _own(fact):
                    own.add(told_by, fact)
                else:
                    shared.add(told_by, fact)
            self._note_ties(graph, names)
            referring.update(referent_lines(names))
            self.loops[graph.iri[1:-1]] = []
        return said | set(own.settle()), shared, referring

    def _note_ties(self, graph: EvidenceGraph, names: Mapping[str, str]) -> None:
        for tie in graph.ties:
            self.relationships.add(names[tie.iri])
            customer, supplier, *_ = tie_key(tie, names)
            self.pairs.add((customer, supplier))

    def _settled(self, subject: str, predicate: str) -> set[Triple]:
        """What the canonical graph holds for a subject and a predicate, with the values noted beside."""
        held = {(subject, predicate, obj) for obj in self._objects(subject, predicate)}
        if predicate == LABEL:
            return held | {(subject, _ALIAS, obj) for obj in self._objects(subject, _ALIAS)}
        start = f'"{conflict_prefix(predicate)}'
        notes = self._objects(subject, _CONFLICT)
        return held | {(subject, _CONFLICT, obj) for obj in notes if obj.startswith(start)}

    def _objects(self, subject: str, predicate: str) -> list[str]:
        found = self.ledger.quads.quads_for_pattern(node(subject), node(predicate), None, ox.DefaultGraph())
        return [str(quad.object) for quad in found]

    def _project(self, touched: set[Triple]) -> None:
        """Make what follows from facts follow from those that are there now."""
        due = {projected for fact in touched for projected in projections(fact)}
        holds = {fact for fact in due if self._follows(fact)}
        self.ledger.remove(map(line, due - holds))
        self.ledger.add(map(line, holds))

    def _follows(self, projected: Triple) -> bool:
        s, p, o = projected
        if p == A:
            return self._holds(None, BKG["supplier"], s)
        if p == BKG["affects"]:
            return any(self._holds(s, predicate, o) for predicate in HARM)
        return any(self._holds(exposure, BKG["dataType"], o) for exposure in self._objects(s, BKG["exposure"]))

    def _holds(self, s: str | None, p: str, o: str) -> bool:
        found = self.ledger.quads.quads_for_pattern(node(s) if s else None, node(p), node(o), ox.DefaultGraph())
        return next(found, None) is not None


def _others(
    pair: tuple[str, str], values: Iterator[tuple[Teller, str]], held: set[Triple], before: Told, after: Told
) -> list[tuple[Teller, str]] | None:
    """What all others tell of a property that can hold one value only; None where what some tell leaves its values as they are.

    Hundreds may tell the state of a relationship, and thousands the name of a large vendor. The values stay when each that
    went is told by another, too, and when one who is not touched tells the one that is taken, later than all did who told it
    and went, and than all who come with another: then the latest word for it was, and is, not of those that were touched.

    Args:
        pair: subject and property.
        values: yields what others tell.
        held: what the canonical graph holds, with the values noted beside.
        before: what was told by those that go.
        after: what is told by those that come.
    """
    taken = next((obj for _, predicate, obj in held if predicate == pair[1]), None)
    known = all(obj == taken or beside(*pair, obj) in held for obj in before.keys() | after.keys())
    least = max([before.get(taken or "", _NOBODY), *(teller for obj, teller in after.items() if obj != taken)])
    # The day of a document that had it by its name is not known any more; an end is settled with its beginning.
    may_stand = taken and known and all(day for day, _ in before.values()) and pair[1] not in TOGETHER
    missing, sure = before.keys() - after.keys(), False
    found: list[tuple[Teller, str]] = []
    for teller, obj in values:
        found.append((teller, obj))
        missing.discard(obj)
        sure = sure or (obj == taken and teller > least)
        if may_stand and sure and not missing:
            return None
    return found


def _own(fact: Triple) -> bool:
    """Whether a fact is about a node that its document shares with nobody, as a claim is: it comes and goes with the document."""
    return "/document/" in fact[0]
