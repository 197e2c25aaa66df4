"""Filling a database: from scratch by one bulk load, or from an earlier state by exchanging what changed."""

from __future__ import annotations

from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Protocol

import pyoxigraph as ox

from kg.store.deriving import Derivation, descriptions, told_again, vocabulary_lines
from kg.store.durable import failures
from kg.store.edges import write_edges
from kg.store.history import keep_graphs, retired
from kg.store.layout import QUADS, Layout, link_database
from kg.store.observing import observe
from kg.store.reading import damage
from kg.store.spool import pack
from kg.store.updating import Change, exchange_lines, stored_graph, update

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.rdf import EvidenceGraph, Mention
    from kg.resolve import Resolver
    from kg.store.deriving import Loop
    from kg.store.spool import Spool

Entry = dict[str, Any]
"""What the manifest says of a document."""


_PART = 250_000
"""Lines that are loaded at a time: Oxigraph needs about 1.5 kB for each, and is no faster with more."""


class Coming(Protocol):
    """Evidence graphs (IRIs in brackets) that a database is to take in."""

    def mentions_of(self, wanted: set[str]) -> list[Mention]:
        """Return the mentions of these graphs."""

    def graph(self, iri: str) -> EvidenceGraph:
        """Return one of them."""


OWN = frozenset(
    ["documents", "history", "loops", "quads", "made_with", "resolver", "incidents", "written", "checksums"]
)
"""What the manifest says of the generation itself; the rest goes on to the next."""
_WORTH_A_REBUILD = 0.5
"""Share of documents that come or go from which loading everything anew is faster than exchanging them."""


def writer() -> str:
    """Return the version of this package, "unknown" where it is not installed."""
    try:
        return version("breachkg")
    except PackageNotFoundError:
        return "unknown"


def made_with() -> list[str]:
    """Return what decides, beside the documents, what a generation holds: this package and its vocabulary."""
    return [writer(), sha256("\n".join(sorted(vocabulary_lines())).encode()).hexdigest()]


def write_generation(
    layout: Layout,
    documents: dict[str, Entry],
    spool: Spool,
    resolver: Resolver,
    *,
    now: str,
    keep: int,
    more: Mapping[str, Any],
    anew: bool = False,
) -> None:
    """Write the generation that holds these documents, and make it the current one.

    Args:
        layout: the store.
        documents: location -> entry.
        spool: the evidence graphs that the current generation does not hold; it may grow by those it does.
        resolver: decides which mentions are one organization.
        now: when its news are said to be known.
        keep: generations that stay.
        more: what else the manifest is to say.
        anew: load every document, even where little has changed.

    Raises:
        StoreError: it cannot be written; the one before stays current.
    """
    current = layout.current()
    manifest = layout.manifest(current)
    recipe = made_with()
    before, after = graphs(manifest["documents"]), graphs(documents)
    with damage(layout.path), layout.next_generation(keep) as folder, failures(layout.path):
        old = ox.Store.read_only(str(current / QUADS)) if current else None
        history = retired(manifest, documents, now)
        if old is not None:
            keep_graphs(layout, old, {iri[1:-1] for iri in before - after})
        many = len(before ^ after) > _WORTH_A_REBUILD * len(after)
        # Incidents judged to be one move with all that is nested under them: that is rare, and loaded anew.
        anew = anew or manifest.get("made_with") != recipe or manifest.get("incidents", []) != resolver.incidents
        if anew or current is None or old is None or many:
            for iri in sorted(after - set(spool)):
                assert old is not None, "without a generation before, every document is fresh"
                spool.add(pack(stored_graph(old, iri)))
            loops = load(folder, documents, spool, after, resolver)
        else:
            link_database(current, folder)
            told = exchange(folder, manifest["documents"], documents, spool, resolver)
            loops = {iri: told for iri, told in (manifest["loops"] | told).items() if f"<{iri}>" in after}
        quads = ox.Store.read_only(str(folder / QUADS))
        write_edges(quads, folder)
        count = len(quads)
        del quads, old  # closes the files
        layout.write_manifest(
            folder,
            {
                "documents": documents,
                "history": history,
                "loops": {iri: told for iri, told in sorted(loops.items()) if told},
                "quads": count,
                "made_with": recipe,
                "resolver": resolver.fingerprint,
                "incidents": resolver.incidents,
                "written": now,
                **more,
            },
        )


def graphs(documents: Mapping[str, Entry]) -> set[str]:
    """Return the evidence graphs (IRIs in brackets) of documents as the manifest lists them."""
    return {f"<{entry['graph']}>" for entry in documents.values()}


def load(
    folder: Path, documents: Mapping[str, Entry], spool: Spool, wanted: set[str], resolver: Resolver
) -> dict[str, list[Loop]]:
    """Fill an empty folder with the database of these documents; return the relationships left out of each.

    Args:
        folder: where the database goes.
        documents: location -> entry.
        spool: their evidence graphs.
        wanted: those of the spool's graphs that are to be loaded.
        resolver: decides which mentions are one organization.
    """
    resolved = resolver.resolve(spool.mentions_of(wanted))
    derivation = Derivation(resolved, told_again(spool.tellings, resolved))

    graphs_of = (derivation.lines(spool.graph(iri)) for iri in sorted(wanted))
    lines = chain(
        vocabulary_lines(), chain.from_iterable(graphs_of), derivation.rest(), descriptions(documents.values())
    )
    quads = ox.Store(str(folder / QUADS))
    while part := list(islice(lines, _PART)):
        quads.bulk_load("\n".join(part).encode(), format=ox.RdfFormat.N_QUADS)
    observe(quads, documents.values())
    quads.flush()
    quads.optimize()
    return derivation.loops


def exchange(
    folder: Path,
    before: Mapping[str, Entry],
    after: Mapping[str, Entry],
    coming: Coming,
    resolver: Resolver,
) -> dict[str, list[Loop]]:
    """Bring the database in a folder from one set of documents to another; return what `update` returns.

    Args:
        folder: where the database is.
        before: location -> entry of the documents that it holds.
        after: location -> entry of those that it is to hold.
        coming: has the graphs that come.
        resolver: decides which mentions are one organization.
    """
    old, new = graphs(before), graphs(after)
    quads = ox.Store(str(folder / QUADS))
    change = Change(frozenset(old - new), tuple(sorted(new - old)), tuple(coming.mentions_of(new - old)), coming.graph)
    loops = update(quads, change, resolver)
    exchange_lines(quads, descriptions(before.values()), descriptions(after.values()))
    observe(quads, after.values())
    quads.flush()
    return {iri[1:-1]: told for iri, told in loops.items()}
