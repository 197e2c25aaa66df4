"""Filling a database: from scratch by one bulk load, or from an earlier state by exchanging what changed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Protocol

import pyoxigraph as ox

from kg.store.affiliating import affiliate, affiliated
from kg.store.deriving import Derivation, descriptions, named_days, told_again, vocabulary
from kg.store.edges import read_edges
from kg.store.lapsing import ends, implied, lapse
from kg.store.layout import EDGES, MENTIONED, QUADS, link_database, sound
from kg.store.ledger import Ledger
from kg.store.mentioned import mentioned, read_mentioned
from kg.store.observing import observe, observe_again
from kg.store.retabulating import tabulated_again
from kg.store.stored import KINDS, stored_mentions
from kg.store.tabulating import tabulated
from kg.store.updating import Change, update

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping
    from pathlib import Path

    from kg.rdf import EvidenceGraph, Mention
    from kg.resolve.resolver import JudgedResolver
    from kg.store.deriving import Loop
    from kg.store.edges import EdgeTable
    from kg.store.mentioned import Mentioned
    from kg.store.spool import Spool

Entry = dict[str, Any]
"""What the manifest says of a document."""
_PART = 250_000
"""Lines that are loaded at a time: Oxigraph needs about 1.5 kB for each, and is no faster with more."""
_WORTH_LOADING = 0.5
"""Share of documents that come or go from which loading everything anew is faster than exchanging them."""


class Coming(Protocol):
    """Evidence graphs (IRIs in brackets) that a database is to take in."""

    def mentions_of(self, wanted: set[str]) -> list[Mention]:
        """Return the mentions of these graphs."""

    def graph(self, iri: str) -> EvidenceGraph:
        """Return one of them."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A database that was filled, and what goes beside it.

    Attributes:
        loops: graph (without brackets) -> the relationships left out of its document.
        count: quads of the database.
        mentioned: its distinct mentions.
        edges: its edge table.
    """

    loops: dict[str, list[Loop]]
    count: int
    mentioned: Mentioned
    edges: EdgeTable


def graphs(documents: Mapping[str, Entry]) -> set[str]:
    """Return the evidence graphs (IRIs in brackets) of documents as the manifest lists them."""
    return {f"<{entry['graph']}>" for entry in documents.values()}


def worth_loading(before: set[str], after: set[str]) -> bool:
    """Return whether a database with other evidence graphs is filled faster from scratch than from the one before."""
    return len(before ^ after) > _WORTH_LOADING * len(after)


def incidents_move(manifest: Mapping[str, Any], resolver: JudgedResolver) -> bool:
    """Return whether other incidents are judged to be one than when a generation was made.

    They move with all that is nested under them, which `follow` does not do: that is rare, and loaded anew.
    """
    return bool(manifest.get("incidents", []) != resolver.incidents)


def load(
    folder: Path, documents: Mapping[str, Entry], spool: Spool, wanted: set[str], resolver: JudgedResolver
) -> Filled:
    """Fill an empty folder with the database of these documents.

    Args:
        folder: where the database goes.
        documents: location -> entry.
        spool: their evidence graphs.
        wanted: those of the spool's graphs that are to be loaded.
        resolver: decides which mentions are one organization.
    """
    mentions = spool.mentions_of(wanted)
    resolved = resolver.resolve(mentions)
    dated = map(spool.graph, sorted(wanted & spool.dated))
    derivation = Derivation(resolved, told_again(spool.tellings, resolved), named_days(documents.values()), dated)

    graphs_of = (derivation.lines(spool.graph(iri)) for iri in sorted(wanted))
    lines = chain(chain.from_iterable(graphs_of), derivation.rest(), descriptions(documents.values()))
    quads = ox.Store(str(folder / QUADS))
    quads.bulk_extend(vocabulary())
    while part := list(islice(lines, _PART)):
        quads.bulk_load("\n".join(part).encode(), format=ox.RdfFormat.N_QUADS)
    ledger = Ledger(quads)
    observe(ledger, documents.values())
    lapse(ledger, implied(quads))
    distinct = mentioned((mention.alike for mention in mentions if mention.kind in KINDS), resolver)
    affiliate(ledger, distinct, resolver)
    quads.flush()
    quads.optimize()
    return Filled(derivation.loops, len(quads), distinct, tabulated(quads))


def follow(
    generation: Path,
    manifest: Mapping[str, Any],
    folder: Path,
    documents: Mapping[str, Entry],
    coming: Coming,
    *,
    resolver: JudgedResolver,
    leaving: Callable[[EvidenceGraph], None] | None = None,
) -> Filled:
    """Fill an empty folder with what a generation becomes when it holds these documents.

    Args:
        generation: where the generation is.
        manifest: of the generation.
        folder: where the database goes.
        documents: location -> entry.
        coming: has the graphs that the generation does not hold.
        resolver: decides which mentions are one organization.
        leaving: is given every graph that the generation holds and the folder will not.
    """
    link_database(generation, folder)
    ledger = Ledger(ox.Store(str(folder / QUADS)))
    anew = manifest["resolver"] != resolver.fingerprint
    before: Mapping[str, Entry] = manifest["documents"]
    old, new = graphs(before), graphs(documents)
    kept = old & new
    other = {at for at in before.keys() | documents.keys() if before.get(at) != documents.get(at)}
    concerned = {told[at]["graph"] for told in (before, documents) for at in other if at in told}
    days, named = named_days(_of_graphs(before, concerned)), named_days(documents.values())
    change = Change(
        frozenset(old - kept),
        tuple(sorted(new - kept)),
        tuple(coming.mentions_of(new - kept)),
        coming.graph,
        resolver,
        named=named,
        redated=frozenset(iri for graph in concerned if (iri := f"<{graph}>") in kept and days(iri) != named(iri)),
        anew=anew,
        leaving=leaving,
        replaced={
            f"<{documents[at]['graph']}>": f"<{before[at]['graph']}>"
            for at in sorted(other)
            if at in before and at in documents
        },
    )
    known, held = _known(generation, manifest, ledger.quads, resolver, anew=anew), affiliated(ledger.quads)
    done = update(ledger, change, known)
    entries = [_of_graphs(told, concerned | done.loops.keys()) for told in (before, documents)]
    ledger.exchange(*map(descriptions, entries))
    seen = observe_again(ledger, chain(*entries), documents.values(), done.relationships)
    lapse(ledger, done.pairs | ends(ledger.quads, seen), done.relationships)
    # The same mentions are affiliated as before; to read the table for that would take longer than most of the rest.
    if anew or done.mentioned is not known or not ledger.holds(held):
        affiliate(ledger, done.mentioned, resolver)
    ledger.quads.flush()
    if sound(generation, manifest, EDGES):
        edges = tabulated_again(read_edges(generation), ledger.quads, ledger.touched)
    else:
        edges = tabulated(ledger.quads)
    return Filled(manifest["loops"] | done.loops, manifest["quads"] + ledger.grown, done.mentioned, edges)


def _of_graphs(documents: Mapping[str, Entry], concerned: Container[str]) -> list[Entry]:
    """The entries of the documents whose evidence is in some graphs (IRIs without brackets)."""
    return [entry for entry in documents.values() if entry["graph"] in concerned]


def _known(
    generation: Path, manifest: Mapping[str, Any], quads: ox.Store, resolver: JudgedResolver, *, anew: bool
) -> Mentioned:
    """The distinct mentions of a generation; asked of its database where their table is not as it was written."""
    if not sound(generation, manifest, MENTIONED):
        return mentioned((mention.alike for mention in stored_mentions(quads)), resolver)
    table = read_mentioned(generation)
    return mentioned(table.alike, resolver) if anew else table
