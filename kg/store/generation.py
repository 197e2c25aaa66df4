"""Writing a generation: its database, the tables beside it, and the manifest."""

from __future__ import annotations

from functools import cache, partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.store.deriving import vocabulary_files
from kg.store.durable import failures
from kg.store.edges import write_edges
from kg.store.filling import follow, graphs, incidents_move, load, worth_loading
from kg.store.history import keep_graph, retired
from kg.store.layout import QUADS
from kg.store.mentioned import write_mentioned
from kg.store.reading import damage
from kg.store.spool import pack
from kg.store.stored import stored_graph
from kg.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.resolve.resolver import JudgedResolver
    from kg.store.filling import Entry, Filled
    from kg.store.layout import Layout
    from kg.store.spool import Spool

_OWN = frozenset(
    ["documents", "history", "loops", "quads", "made_with", "resolver", "incidents", "written", "checksums"]
)
"""What the manifest says of the generation itself; the rest goes on to the next."""


@cache
def made_with() -> list[str]:
    """Return what decides, beside the documents, what a generation holds: this package and its vocabulary."""
    return [VERSION, sha256(b"\0".join(file.read_bytes() for file in vocabulary_files())).hexdigest()]


def write_generation(
    layout: Layout,
    manifest: Mapping[str, Any],
    documents: dict[str, Entry],
    spool: Spool,
    resolver: JudgedResolver,
    *,
    now: str,
    keep: int,
    more: Mapping[str, Any] | None = None,
    anew: bool = False,
) -> dict[str, Any]:
    """Write the generation that holds these documents, make it the current one, and return its manifest.

    Args:
        layout: the store.
        manifest: of the current generation.
        documents: location -> entry.
        spool: the evidence graphs that the current generation does not hold; it may grow by those it does.
        resolver: decides which mentions are one organization.
        now: when its news are said to be known.
        keep: generations that stay.
        more: what else the manifest is to say; what the one before says, if None.
        anew: load every document, even where little has changed.

    Raises:
        StoreError: it cannot be written; the one before stays current.
    """
    if more is None:
        more = {name: told for name, told in manifest.items() if name not in _OWN}
    with damage(layout.path), layout.next_generation(keep) as folder, failures(layout.path):
        history = retired(manifest, documents, now)
        filled = _fill(layout, manifest, folder, documents, spool, resolver=resolver, anew=anew)
        write_mentioned(filled.mentioned, folder)
        write_edges(filled.edges, folder)
        held = {iri[1:-1] for iri in graphs(documents)}
        written = {
            "documents": documents,
            "history": history,
            "loops": {iri: told for iri, told in sorted(filled.loops.items()) if told and iri in held},
            "quads": filled.count,
            "made_with": made_with(),
            "resolver": resolver.fingerprint,
            "incidents": resolver.incidents,
            "written": now,
            **more,
        }
        layout.write_manifest(folder, written)
    return written


def _fill(
    layout: Layout,
    manifest: Mapping[str, Any],
    folder: Path,
    documents: dict[str, Entry],
    spool: Spool,
    *,
    resolver: JudgedResolver,
    anew: bool,
) -> Filled:
    """Fill the folder of a generation in the cheaper of two ways; the evidence that goes is kept in the history."""
    current = layout.current()
    after = graphs(documents)
    if current is None:
        return load(folder, documents, spool, after, resolver)
    before = graphs(manifest["documents"])
    other = manifest.get("made_with") != made_with() or incidents_move(manifest, resolver)
    leaving = partial(keep_graph, layout)
    if not (anew or other or worth_loading(before, after)):
        return follow(current, manifest, folder, documents, spool, resolver=resolver, leaving=leaving)
    old = ox.Store.read_only(str(current / QUADS))
    for iri in sorted(before - after):
        leaving(stored_graph(old, iri))
    for iri in sorted(after - set(spool)):
        spool.add(pack(stored_graph(old, iri)))
    return load(folder, documents, spool, after, resolver)
