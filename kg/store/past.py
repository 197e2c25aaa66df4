"""Earlier states of a store: what was known on a day, and what held on a day.

A state is made from the generation at hand by exchanging the documents that were not yet known, or no longer hold,
so it is what a build from those documents would have given. It lives in a folder of its own, for as long as it is open.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.dates import as_day
from kg.errors import StoreError
from kg.store.durable import failures
from kg.store.edges import write_edges
from kg.store.filling import follow, graphs, incidents_move, load, worth_loading
from kg.store.history import end_of, kept_graph, known_at
from kg.store.judged import resolver_of
from kg.store.layout import QUADS, Hold, Layout, link_database
from kg.store.reading import open_folder
from kg.store.spool import Spool, pack
from kg.store.stored import stored_graph
from kg.store.tabulating import tabulated
from kg.vocabulary import PREFIXES

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from kg.rdf import EvidenceGraph, Mention
    from kg.store.filling import Entry, Filled
    from kg.store.reading import GraphStore


def past(store: GraphStore, *, as_of: date | None = None, valid_on: date | None = None) -> GraphStore:
    """Return the state of an open store that holds what was known at the end of a day, or what was in force on a day.

    Args:
        store: an open generation.
        as_of: keep to the documents that were known when this day was over (UTC).
        valid_on: keep to the supply relationships in force on this day.

    Raises:
        KGError: a day is no date, but a text, say.
        StoreError: the store is a file, which has no history, or its history is damaged.
    """
    as_of, valid_on = as_day(as_of), as_day(valid_on)
    if store.folder is None:
        raise StoreError(f"{store.name}: {store.kind} has no history; build a store")
    layout = Layout(store.path)
    known = store.manifest["documents"] if as_of is None else known_at(store.manifest, end_of(as_of))
    if known == store.manifest["documents"] and valid_on is None:
        return store
    with failures(store.path), layout.past_state() as folder:
        loops = store.manifest["loops"]
        if known == store.manifest["documents"]:
            link_database(store.folder, folder)
        else:
            filled = _filled(store, layout, folder, known)
            held = graphs(known)
            loops = {iri: told for iri, told in filled.loops.items() if told and f"<{iri}>" in held}
        if valid_on is not None:
            _keep_to(folder, valid_on)
            write_edges(tabulated(ox.Store.read_only(str(folder / QUADS))), folder)
        else:
            write_edges(filled.edges, folder)
        manifest = store.manifest | {"documents": known, "loops": loops}
        layout.write_manifest(folder, manifest)
        return open_folder(store.path, folder, manifest, Hold(folder, once=True), store.generation)


def _filled(store: GraphStore, layout: Layout, folder: Path, known: dict[str, Entry]) -> Filled:
    """Fill a folder with these documents in the cheaper of two ways."""
    assert store.folder is not None
    resolver, kept = resolver_of(store.path), _Kept(layout)
    before, after = graphs(store.manifest["documents"]), graphs(known)
    if not (incidents_move(store.manifest, resolver) or worth_loading(before, after)):
        return follow(store.folder, store.manifest, folder, known, kept, resolver=resolver)
    with closing(Spool(folder)) as spool:
        for iri in sorted(after):
            spool.add(pack(stored_graph(store.quads, iri) if iri in before else kept.graph(iri)))
        return load(folder, known, spool, after, resolver)


class _Kept:
    """The evidence graphs of documents that no longer hold."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout

    def mentions_of(self, wanted: set[str]) -> list[Mention]:
        return [mention for iri in sorted(wanted) for mention in self.graph(iri).mentions]

    def graph(self, iri: str) -> EvidenceGraph:
        return kept_graph(self._layout, iri[1:-1])


_NOT_IN_FORCE = """
DELETE { ?relationship ?p ?o . ?s ?q ?relationship } WHERE {
  ?relationship a bkg:SupplyRelationship .
  OPTIONAL { ?relationship bkg:validFrom ?begin }
  OPTIONAL { ?relationship bkg:validUntil ?stated }
  OPTIONAL { ?relationship bkg:observedUntil ?gone }
  BIND(COALESCE(?stated, ?gone) AS ?end)
  FILTER(COALESCE(?begin > ?day, false) || COALESCE(?end <= ?day, false))
  { ?relationship ?p ?o } UNION { ?s ?q ?relationship }
}
"""
_RESTED_ON_THEM = """
DELETE { ?customer bkg:usesVendor ?supplier . ?claim ?p ?o } WHERE {
  ?customer bkg:usesVendor ?supplier .
  FILTER NOT EXISTS { ?relationship bkg:customer ?customer ; bkg:supplier ?supplier }
  OPTIONAL { ?claim rdf:subject ?customer ; rdf:predicate bkg:usesVendor ; rdf:object ?supplier ; ?p ?o }
} ;
DELETE { ?vendor a bkg:Vendor } WHERE {
  ?vendor a bkg:Vendor .
  FILTER NOT EXISTS { ?relationship bkg:supplier ?vendor }
}
"""


def _keep_to(folder: Path, valid_on: date) -> None:
    """Take out the relationships that are not in force on a day, and what rested on them alone."""
    quads = ox.Store(str(folder / QUADS))
    quads.update(_NOT_IN_FORCE.replace("?day", f'"{valid_on.isoformat()}"^^xsd:date'), prefixes=PREFIXES)
    quads.update(_RESTED_ON_THEM, prefixes=PREFIXES)
    quads.flush()
