"""Exports: the graph as a file for other tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import KGError
from kg.export.graphml import graphml
from kg.exposure import project
from kg.store.durable import failures, write_atomically
from kg.store.files import NAMES, serialize
from kg.store.history import history_lines
from kg.store.layout import Layout
from kg.store.reading import damage

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.store import GraphStore

FORMATS = (*NAMES, "graphml")
"""Names of the export formats."""
_OF_GRAPHS = ("nquads", "trig", "jsonld")


def export(store: GraphStore, kind: str, path: Path, *, with_history: bool = False) -> None:
    """Write a graph to a file; the same graph gives the same bytes.

    Args:
        store: the open store (`KnowledgeGraph.store`).
        kind: one of `FORMATS`. Turtle holds the canonical graph only; the others of RDF hold every graph.
        path: the file to create or replace.
        with_history: also when every document was known, and the evidence that no longer holds; then the bytes depend
            on when the store was built. Only for formats of several graphs.

    Raises:
        KGError: there is no such format.
        StoreError: the store is damaged, or the file cannot be written.
    """
    if kind not in FORMATS:
        raise KGError(f"no export format {kind!r}; there are {', '.join(FORMATS)}")
    if with_history and kind not in _OF_GRAPHS:
        raise KGError(f"{kind} cannot hold the history; {', '.join(_OF_GRAPHS)} can")
    with damage(store.path):
        more = _history(store) if with_history else ()
        text = graphml(project(store)) if kind == "graphml" else serialize(store.quads, NAMES[kind], more)
    with failures(path):
        write_atomically(path, text)


def _history(store: GraphStore) -> Iterable[str]:
    if store.folder is None:
        raise KGError(f"{store.name}: {store.kind} has no history; build a store")
    return history_lines(Layout(store.path), store.manifest)
